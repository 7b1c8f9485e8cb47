"""Orchestration of `parkmap reach`: from a plan and the user's files to who is within reach."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from parkmap.analysis.accessibility import cumulative_opportunities, enhanced_two_step_fca, nearest_costs, two_step_fca
from parkmap.analysis.catchment import Reachability, reachability
from parkmap.analysis.network.travel import Assumed
from parkmap.analysis.service_area import ReachRules, district_shares, rule_findings, service_areas
from parkmap.defaults import HOLE_M2, REACH_MINUTES, REACH_PROFILE, SNAP_LIMIT_M, STREET_BUFFER_M
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.demand import read_demand
from parkmap.layers.features import anchors, read_features
from parkmap.layers.road_file import RoadFile, read_roads
from parkmap.plan.travel import TRAVEL_FILE, Preset, TravelProfile, load_travel
from parkmap.results.plan import analyse
from parkmap.results.reach import ReachResults

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from parkmap.plan.catalog import Catalog
    from parkmap.plan.schema import Plan
    from parkmap.results.plan import PlanResults

LUO_QI_WEIGHTS: Final = (1.0, 0.68, 0.22)
"""Weights of three bands after Luo and Qi (2009), used where there are three bands and none are given."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReachRequest:
    """What is asked.

    Parameters
    ----------
    profile, minutes, metres
        How, and how far; minutes or metres, not both. None takes the preset's, then walking and 5, 10, 15 minutes.
    preset
        Id of a circle in config/travel.yaml.
    roads
        Road file; None looks for `layers/<city>/roads.npz`.
    sites
        User's sites; None takes the plan's own components and parks.
    items
        Ids of the plan's items to take as sites; empty takes all that have a place of their own.
    capacity
        Property of the sites that holds their capacity; None counts each as 1.
    demand, weight
        User's demand and the property that holds its weight; None counts each point as 1.
    barriers
        User's areas that no one crosses beside the streets.
    nearest
        To how many of the nearest sites each demand point's costs are listed.
    towards
        Travel to the sites.
    band_weights
        Weights of the bands for the enhanced floating catchment; None takes those of Luo and Qi where there are three.
    street_buffer_m, hole_m2, snap_limit_m
        Numbers of drawing and snapping.
    """

    profile: str | None = None
    minutes: tuple[float, ...] | None = None
    metres: tuple[float, ...] | None = None
    preset: str | None = None
    roads: Path | None = None
    sites: Path | None = None
    items: tuple[str, ...] = ()
    capacity: str | None = None
    demand: Path | None = None
    weight: str | None = None
    barriers: Path | None = None
    nearest: int = 1
    towards: bool = False
    band_weights: tuple[float, ...] | None = None
    street_buffer_m: float = STREET_BUFFER_M
    hole_m2: float = HOLE_M2
    snap_limit_m: float = SNAP_LIMIT_M


def reach(catalog: Catalog, plan_id: str, request: ReachRequest, *, as_of: dt.date) -> ReachResults:
    """Answer who is within reach of the sites of a plan.

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
    ReachResults
        Areas, tables and findings.

    Raises
    ------
    InvalidInputError
        With every problem of the plan, the road file or the user's files.
    """
    base = analyse(catalog, plan_id, as_of=as_of)
    travel = load_travel(catalog)
    preset = None if request.preset is None else travel.preset(request.preset)
    profile = travel.profile(request.profile or (preset.profile if preset else REACH_PROFILE))
    rules = reach_rules(request, profile, preset)
    wrong = list(rule_findings(rules))
    if wrong:
        raise InvalidInputError(wrong)
    roads, (sites, unplaced), demand, barriers = _gathered(
        lambda: city_roads(catalog, base.plan, request.roads),
        lambda: _sites(base, request),
        lambda: _demand(base, request),
        lambda: _barriers(base, request),
    )
    network = None if roads is None else roads.roads
    areas = service_areas(sites, network, rules, barriers=barriers)
    served = None if demand is None else reachability(demand, sites, network, rules)
    weights = request.band_weights or (LUO_QI_WEIGHTS if len(rules.cutoffs) == len(LUO_QI_WEIGHTS) else ())
    found = (*unplaced, *_road_findings(roads, profile), *areas.findings)
    return ReachResults(
        base=base.reading_also(*_files(catalog, base, request)),
        sites=sites,
        rules=rules,
        profile=profile,
        preset=preset,
        roads=None if roads is None else roads.meta,
        areas=areas,
        districts=district_shares(base.geography.districts, areas.areas),
        demand=served,
        demand_names=None if demand is None else demand[["name_zh", "name_en"]],
        access=None if served is None else _access(served, sites, rules, weights),
        nearest=None if served is None else nearest_costs(served.pairs, served.demand["weight"], k=request.nearest),
        band_weights=tuple(weights),
        findings=tuple(found),
    )


def _gathered(*reads: Callable[[], Any]) -> tuple[Any, ...]:
    """Read every input before telling what is wrong with any of them."""
    read: list[Any] = []
    wrong: list[Finding] = []
    for one in reads:
        try:
            read.append(one())
        except InvalidInputError as error:
            wrong += error.findings
    if wrong:
        raise InvalidInputError(wrong)
    return tuple(read)


def city_roads(catalog: Catalog, plan: Plan, path: Path | None = None) -> RoadFile | None:
    """Return the road file of a plan's city: the one named, else `layers/<city>/roads.npz`, else None.

    Parameters
    ----------
    catalog
        Where to look.
    plan
        The plan, for its city and working system.
    path
        A road file that the user named.

    Raises
    ------
    InvalidInputError
        When the file cannot be used.
    """
    chosen = path or catalog.resolve(road_name(plan))
    return None if chosen is None else read_roads(chosen, crs=plan.crs, name=catalog.display(chosen))


def road_name(plan: Plan) -> str:
    """Return where the road file of a plan's city is looked for.

    Parameters
    ----------
    plan
        The plan.
    """
    return f"layers/{plan.city}/roads.npz"


def reach_rules(request: ReachRequest, profile: TravelProfile, preset: Preset | None) -> ReachRules:
    """Return the rules of a request.

    Parameters
    ----------
    request
        What is asked.
    profile
        The profile in use.
    preset
        The circle in use, or None.
    """
    minutes = request.minutes or (preset.minutes if preset else REACH_MINUTES)
    return ReachRules(
        profile=profile.id,
        unit="metres" if request.metres else "minutes",
        cutoffs=tuple(request.metres or minutes),
        assumed=Assumed(
            speed_kmh=profile.straight.kmh,
            detour_factor=profile.detour.factor,
            snap_limit_m=request.snap_limit_m,
        ),
        towards=request.towards,
        street_buffer_m=request.street_buffer_m,
        hole_m2=request.hole_m2,
    )


def _sites(base: PlanResults, request: ReachRequest) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    if request.sites is not None:
        own = read_features(request.sites, crs=base.plan.crs, numbers={"capacity": request.capacity})
        return anchors(own), []
    unknown = [name for name in request.items if name not in base.items.index]
    if unknown:
        known = ", ".join(base.items.index)
        raise InvalidInputError([finding("reach.unknown_item", "error", key=n, name=n, known=known) for n in unknown])
    items = base.items.loc[list(request.items)] if request.items else base.items[base.items["section"] != "projects"]
    placed = items.geometry.notna() & ~items["method"].isin(["buffered_path"])
    chosen = items[placed].assign(capacity=1.0)
    left = tuple(str(name) for name in items.index[~placed])
    notes = [finding("reach.no_point", "note", key=", ".join(left), ids=left, count=len(left))] if left else []
    return anchors(chosen[["name_zh", "name_en", "capacity", "geometry"]].rename_axis("site")), notes


def _demand(base: PlanResults, request: ReachRequest) -> gpd.GeoDataFrame | None:
    if request.demand is None:
        return None
    return anchors(read_demand(request.demand, weight=request.weight, districts=base.geography.districts))


def _barriers(base: PlanResults, request: ReachRequest) -> gpd.GeoSeries | None:
    return None if request.barriers is None else read_features(request.barriers, crs=base.plan.crs).geometry


def _access(
    served: Reachability, sites: gpd.GeoDataFrame, rules: ReachRules, weights: tuple[float, ...]
) -> pd.DataFrame:
    weight, supply, last = served.demand["weight"], sites["capacity"], rules.cutoffs[-1]
    enhanced = (
        enhanced_two_step_fca(served.pairs, weight, supply, cutoffs=rules.cutoffs, weights=weights)
        if weights
        else float("nan")
    )
    return pd.DataFrame(
        {
            "opportunities": cumulative_opportunities(served.pairs, weight, supply, cutoff=last),
            "two_step": two_step_fca(served.pairs, weight, supply, cutoff=last),
            "enhanced": enhanced,
        },
        index=weight.index,
    )


def _road_findings(roads: RoadFile | None, profile: TravelProfile) -> Iterator[Finding]:
    """Yield what the road file says of itself, and whether its speeds are still those in use."""
    if roads is None:
        return
    yield from roads.findings
    now = profile.model_dump(mode="json")
    then = {str(own["id"]): own for own in roads.meta.profiles}
    if profile.id in then and then[profile.id] != now:
        yield finding("roads.other_speeds", "warning", file=roads.meta.origin, key=profile.id, profile=profile.id)


def _files(catalog: Catalog, base: PlanResults, request: ReachRequest) -> list[Path | None]:
    files = [request.roads or catalog.resolve(road_name(base.plan)), request.sites, request.demand, request.barriers]
    files.append(catalog.resolve(TRAVEL_FILE))
    return files
