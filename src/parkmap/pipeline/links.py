"""A plan with a graph of neighbours, for `parkmap adjacency`."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import geopandas as gpd

from parkmap.analysis.link_times import link_times
from parkmap.analysis.network.travel import Assumed
from parkmap.layers.road_file import city_roads
from parkmap.pipeline.parcels import plan_neighbours
from parkmap.plan.travel import load_travel
from parkmap.results.plan import analyse

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from parkmap.plan.catalog import Catalog
    from parkmap.results.links import GraphRule, Neighbours
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkRequest:
    """How one travels.

    Parameters
    ----------
    profile
        Travel profile of config/travel.yaml.
    roads
        Road file; None looks for `layers/<city>/roads.npz`.
    """

    profile: str = "drive"
    roads: Path | None = None


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
        profile, roads = load_travel(catalog).profile(request.profile), city_roads(catalog, base.plan, request.roads)
        assumed = Assumed(speed_kmh=profile.straight.kmh, detour_factor=profile.detour.factor)
        network = None if roads is None else roads.roads
        times = link_times(places, nowhere, roads=network, profile=profile.id, assumed=assumed)
    return base, plan_neighbours(adjacency, places.geometry, rule, times=times)
