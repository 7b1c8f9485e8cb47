"""The frozen bundle of one question about coverage, read by its reports, tables, map layers and GeoJSON."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from parkmap.analysis.combined_coverage import CombinedCoverage
    from parkmap.analysis.demand_coverage import DemandCoverage
    from parkmap.finding import Finding
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class Demand:
    """Demand that was put under the zones.

    Parameters
    ----------
    frame
        Index id; name_zh, name_en, weight, geometry in the working system.
    pieces
        The same, cut along the borders of districts.
    file
        Name of its file.
    path
        The file.
    weight_field
        Property that held the weight; None where each counts 1.
    basis, years
        What the file says its numbers rest on, and of when they are; empty where it says nothing.
    """

    frame: gpd.GeoDataFrame
    pieces: gpd.GeoDataFrame
    file: str
    path: Path
    weight_field: str | None
    basis: tuple[str, ...]
    years: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageResults:
    """What one plan covers, or several plans and readings beside each other.

    Parameters
    ----------
    plans
        Results by reference (`plan` or `plan@reading`), in the order asked for; all on the same districts.
    demand
        Demand, or None where there is none.
    weights
        Demand covered, by reference; empty without demand.
    land
        Several together, by district, in m²; None for one.
    people
        Several together, by piece of demand, in the unit of its weight; None for one, or without demand.
    findings
        What was found on the way; no error among them.
    """

    plans: Mapping[str, PlanResults]
    demand: Demand | None
    weights: Mapping[str, DemandCoverage]
    land: CombinedCoverage | None
    people: CombinedCoverage | None
    findings: tuple[Finding, ...]

    @property
    def first(self) -> PlanResults:
        """The plan that was named first."""
        return next(iter(self.plans.values()))
