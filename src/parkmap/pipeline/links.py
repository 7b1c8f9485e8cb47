"""Orchestration of `parkmap belts` and `parkmap linkage`: from a plan and a road file to gaps, times and new links."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import geopandas as gpd

from parkmap.analysis.belts import REACH_M, Belt, belt
from parkmap.analysis.link_times import link_times
from parkmap.analysis.linkage import REFERENCE_MINUTES, Times, linkage
from parkmap.analysis.network.travel import Assumed
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.road_file import city_roads
from parkmap.pipeline.parcels import plan_neighbours
from parkmap.plan.travel import load_travel
from parkmap.results.links import GraphRule, LinkResults, LinkSet, Neighbours
from parkmap.results.plan import analyse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from parkmap.layers.road_file import RoadFile
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.schema import Component
    from parkmap.plan.travel import TravelProfile
    from parkmap.results.plan import PlanResults

BELT_ROLES: Final = ("belt", "corridor")
LINK_CLASS: Final = "trunk"
"""Class of street whose speed a new direct link is taken to have."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkRequest:
    """What is asked.

    Parameters
    ----------
    profile
        Travel profile of config/travel.yaml.
    roads
        Road file; None looks for `layers/<city>/roads.npz`.
    reach_m
        Reach of a member of a belt.
    reference_minutes
        Reference time of the linkage index.
    roles
        Roles whose components are linked; empty takes every role but belts with two components or more.
    items
        Ids of components, parks or projects to link instead.
    link_kmh
        Speed over a new link; None takes that of a trunk road in the profile.
    """

    profile: str = "drive"
    roads: Path | None = None
    reach_m: float = REACH_M
    reference_minutes: float = REFERENCE_MINUTES
    roles: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    link_kmh: float | None = None


def links(catalog: Catalog, plan_id: str, request: LinkRequest, *, as_of: dt.date) -> LinkResults:
    """Measure belts and linkage of a plan.

    Parameters
    ----------
    catalog
        Where plans, layers and travel profiles lie.
    plan_id
        Id of the plan.
    request
        What is asked.
    as_of
        Day for which validity is told.

    Returns
    -------
    LinkResults
        Belts and sets of linked components.

    Raises
    ------
    InvalidInputError
        With every problem of the plan, the road file or the request.
    """
    base = analyse(catalog, plan_id, as_of=as_of)
    profile = load_travel(catalog).profile(request.profile)
    sets = _sets(base, request)
    roads = city_roads(catalog, base.plan, request.roads)
    link_kmh = request.link_kmh or profile.speed_of(LINK_CLASS) or profile.straight.kmh
    belts = {
        component.id: _belt(base, component, roads, profile, request.reach_m)
        for component in base.plan.components
        if component.role in BELT_ROLES
    }
    members = [name for component in base.plan.components for name in component.members]
    return LinkResults(
        base=base,
        profile=profile,
        roads=None if roads is None else roads.meta,
        reach_m=request.reach_m,
        belts=belts,
        member_names=base.geography.places.loc[list(dict.fromkeys(members)), ["name_zh", "name_en"]],
        sets=tuple(_linked(base, role, ids, (roads, profile, link_kmh, request)) for role, ids in sets),
        findings=() if roads is None else tuple(roads.findings),
    )


def plan_graph(
    catalog: Catalog, plan_id: str, rule: GraphRule, request: LinkRequest, *, districts: bool, as_of: dt.date
) -> tuple[PlanResults, Neighbours]:
    """Return a plan with the graph that a rule makes of its places, or of its districts.

    Parameters
    ----------
    catalog
        Where plans, layers and travel profiles lie.
    plan_id
        Id of the plan.
    rule
        What makes two places neighbours.
    request
        Profile and road file, for the rule `time`.
    districts
        Whether districts are compared, and not components and parks.
    as_of
        Day for which validity is told.

    Raises
    ------
    InvalidInputError
        With every problem of the plan, the road file or the rule.
    """
    base = analyse(catalog, plan_id, as_of=as_of)
    adjacency = base.district_adjacency if districts else base.adjacency
    frame = base.geography.districts.set_geometry("outline") if districts else base.items
    places = frame.loc[adjacency.items.index]
    times = None
    if rule.kind == "time":
        nowhere = gpd.GeoSeries([None] * len(places), index=places.index, crs=frame.crs)
        profile = load_travel(catalog).profile(request.profile)
        times = _times(places, nowhere, city_roads(catalog, base.plan, request.roads), profile)
    return base, plan_neighbours(adjacency, places.geometry, rule, times=times)


def _assumed(profile: TravelProfile) -> Assumed:
    return Assumed(speed_kmh=profile.straight.kmh, detour_factor=profile.detour.factor)


def _belt(
    base: PlanResults, component: Component, roads: RoadFile | None, profile: TravelProfile, reach_m: float
) -> Belt:
    places = base.geography.places.loc[list(component.members), ["accuracy_m", "geometry"]]
    members = gpd.GeoDataFrame(places, geometry="geometry", crs=base.geography.places.crs)
    nowhere = gpd.GeoSeries([None] * len(members), index=members.index, crs=members.crs)
    return belt(
        members,
        base.items.geometry[component.id],
        base.geography.districts,
        base.items.at[component.id, "district_ids"],
        times=_times(members, nowhere, roads, profile) if len(members) else None,
        reach_m=reach_m,
    )


def _times(places: gpd.GeoDataFrame, around: gpd.GeoSeries, roads: RoadFile | None, profile: TravelProfile) -> Times:
    network = None if roads is None else roads.roads
    return link_times(places, around, roads=network, profile=profile.id, assumed=_assumed(profile))


def _sets(base: PlanResults, request: LinkRequest) -> list[tuple[str | None, tuple[str, ...]]]:
    """Return the sets to link, as role (or None) and ids.

    Raises
    ------
    InvalidInputError
        When an id or a role does not exist, or names fewer than two places.
    """
    problems = list(_request_findings(base, request))
    if problems:
        raise InvalidInputError(problems)
    if request.items:
        return [(None, tuple(dict.fromkeys(request.items)))]
    roles = request.roles or tuple(dict.fromkeys(c.role for c in base.plan.components if c.role not in BELT_ROLES))
    sets = [(role, _of_role(base, role)) for role in roles]
    return [(role, ids) for role, ids in sets if len(ids) > 1 or request.roles]


def _of_role(base: PlanResults, role: str) -> tuple[str, ...]:
    """Return the components of a role of which at least a district is known: the others cannot be linked."""
    ids = [component.id for component in base.plan.components if component.role == role]
    return tuple(name for name in ids if base.items.geometry[name] is not None or base.items.at[name, "district_ids"])


def _request_findings(base: PlanResults, request: LinkRequest) -> Iterator[Finding]:
    known = list(base.items.index)
    for name in request.items:
        if name not in known:
            yield finding("linkage.unknown_item", "error", key=name, name=name, known=", ".join(known))
    if request.items and len(set(request.items)) < 2:  # noqa: PLR2004
        yield finding("linkage.too_few", "error", count=len(set(request.items)))
    for role in request.roles:
        if len(_of_role(base, role)) < 2:  # noqa: PLR2004
            yield finding("linkage.few_of_role", "error", key=role, role=role, count=len(_of_role(base, role)))


def _linked(
    base: PlanResults,
    role: str | None,
    ids: Sequence[str],
    means: tuple[RoadFile | None, TravelProfile, float, LinkRequest],
) -> LinkSet:
    roads, profile, link_kmh, request = means
    chosen = base.items.loc[list(ids)]
    districts = base.geography.districts
    around = [_around(districts, names) for names in chosen["district_ids"]]
    times = _times(chosen, gpd.GeoSeries(around, index=chosen.index, crs=districts.crs), roads, profile)
    return LinkSet(role=role, linkage=linkage(times, link_kmh=link_kmh, reference_minutes=request.reference_minutes))


def _around(districts: gpd.GeoDataFrame, names: Sequence[str]) -> object:
    """Return the area of some districts, or None where there are none."""
    own = districts.geometry[districts.index.isin(names)]
    return own.union_all() if len(own) else None
