"""The frozen bundle of one question of reach, read by its report, tables, map layer and GeoJSON."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.catchment import Reachability
    from parkmap.analysis.service_area import ReachRules, ServiceAreas
    from parkmap.finding import Finding
    from parkmap.layers.road_file import RoadMeta
    from parkmap.plan.travel import Preset, TravelProfile
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReachResults:
    """Who is within reach of the sites of one plan.

    Parameters
    ----------
    base
        The plan, analysed.
    sites
        Index site; name_zh, name_en, capacity; points in the working system.
    rules
        Cut-offs, numbers of estimates and of drawing.
    profile
        The profile with what its speeds rest on.
    preset
        The circle that was asked for, or None.
    roads
        Where the road file is from, or None where there is none.
    areas
        What each site reaches.
    districts
        Index (district, cutoff): area and share of each district within any site's area.
    demand
        Tables of demand, or None where none was given.
    demand_names
        Index demand; name_zh, name_en; None with `demand`.
    access
        Index demand: opportunities, two_step, enhanced (missing where no band weights fit); None with `demand`.
    nearest
        Index demand; columns 1 to k: costs to the nearest sites, missing where there are fewer within the last cut-off;
        None with `demand`.
    band_weights
        Weights of the bands in the enhanced method; empty where there are none.
    findings
        What was found on the way; no error among them.
    """

    base: PlanResults
    sites: gpd.GeoDataFrame
    rules: ReachRules
    profile: TravelProfile
    preset: Preset | None
    roads: RoadMeta | None
    areas: ServiceAreas
    districts: pd.DataFrame
    demand: Reachability | None
    demand_names: pd.DataFrame | None
    access: pd.DataFrame | None
    nearest: pd.DataFrame | None
    band_weights: tuple[float, ...]
    findings: tuple[Finding, ...]

    @property
    def method(self) -> Literal["network", "estimate", "mixed"]:
        """How the areas were made, over all sites."""
        methods = set(self.areas.sites["method"])
        if len(methods) > 1:
            return "mixed"
        return "network" if methods == {"network"} else "estimate"
