"""The frozen bundle of one siting question, read by its report, tables, map layer and GeoJSON."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.siting.problem import Problem
    from parkmap.analysis.siting.result import Siting
    from parkmap.finding import Finding
    from parkmap.plan.travel import TravelProfile
    from parkmap.results.plan import PlanResults

Method = Literal["network", "estimate", "mixed", "matrix"]
"""Along the streets; straight line times the detour factor; some of each; from the user's table."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class SiteResults:
    """Where new sites should stand for one plan.

    Parameters
    ----------
    base
        The plan, analysed.
    problem
        The question that was put.
    answer
        Its answer.
    curve
        Optimum for each number of new sites, or None where none was asked for.
    sites
        Index site; name_zh, name_en, status, capacity, price_yuan; points in the working system.
    demand
        Index demand; name_zh, name_en, weight, part_of; points in the working system.
    unit
        Unit of the ways.
    method
        How the ways were measured.
    profile
        Travel profile with the numbers of estimates; None with a table of the user.
    reach
        How far a site serves; None where the model has no such limit.
    cell_m
        Width of the cells into which areas of demand were cut; None where none was cut.
    demand_origin
        Name of the demand file.
    findings
        What was found on the way; no error among them.
    """

    base: PlanResults
    problem: Problem
    answer: Siting
    curve: pd.DataFrame | None
    sites: gpd.GeoDataFrame
    demand: gpd.GeoDataFrame
    unit: Literal["minutes", "metres"]
    method: Method
    profile: TravelProfile | None
    reach: float | None
    cell_m: float | None
    demand_origin: str
    findings: tuple[Finding, ...]
