"""Report of `parkmap coverage` for several plans, or one under several readings: together, in common, alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from parkmap.analysis.combined_coverage import CombinedCoverage, sum_by_place
from parkmap.analysis.demand_coverage import OUTSIDE
from parkmap.output.reports.base import ReadingEntry, Report, head, names_of, number
from parkmap.output.reports.demand import DemandSource, demand_source
from parkmap.output.reports.roads import RoadFinding, finding_entries
from parkmap.plan.validity import Status

if TYPE_CHECKING:
    from parkmap.results.coverage import CoverageResults, Demand

TOTAL = "total"
"""Id of the row over all places."""


class SetMeaning(Report):
    """How what lies under several zones or several plans is counted."""

    each: Literal["union_of_its_zones"] = "union_of_its_zones"
    any: Literal["union_of_plans"] = "union_of_plans"
    """Under at least one plan; what lies under several counts once."""
    all: Literal["common_to_every_plan"] = "common_to_every_plan"
    twice: Literal["two_plans_or_more"] = "two_plans_or_more"
    """Under at least two plans; several zones of one plan count as one."""
    only: Literal["this_plan_alone"] = "this_plan_alone"


class CoverageSide(Report):
    """One of the plans."""

    reference: str
    """`plan`, or `plan@reading+reading`."""
    plan: str
    name_zh: str
    name_en: str
    validity: Status
    readings: list[ReadingEntry]
    unknown_items: list[str]
    """Zones whose extent is unknown; where there are any, what the plan covers is a lower bound."""


class SideCover(Report):
    """What one plan covers of one place."""

    reference: str
    low: float
    best: float
    high: float
    only: float
    """Under this plan alone, as drawn."""


class PlaceCover(Report):
    """What several plans cover of one district, of one feature of demand, or of all."""

    id: str
    """Id of the place, or `total`."""
    name_zh: str
    name_en: str
    whole: float
    any_low: float
    any_best: float
    any_high: float
    all_low: float
    all_best: float
    all_high: float
    twice: float
    gap: float
    plans: list[SideCover]


class SetDemand(DemandSource):
    """Demand that several plans cover, in the unit of its weight; evenly spread inside each area."""

    total: PlaceCover
    districts: list[PlaceCover]
    rows: list[PlaceCover]


class CoverageSetReport(Report):
    """Result of `parkmap coverage` for several plans or readings."""

    as_of: dt.date
    meaning: SetMeaning = SetMeaning()
    plans: list[CoverageSide]
    land_total_m2: PlaceCover
    land_m2: list[PlaceCover]
    """By district, m²."""
    demand: SetDemand | None
    findings: list[RoadFinding]


def coverage_set_report(results: CoverageResults, land: CombinedCoverage) -> CoverageSetReport:
    """Return what several plans cover as a report.

    Parameters
    ----------
    results
        The results.
    land
        Their land together, by district.
    """
    districts = results.first.geography.districts
    return CoverageSetReport(
        as_of=results.first.as_of,
        plans=_sides(results),
        land_total_m2=_total(land),
        land_m2=_places(land, districts),
        demand=None
        if results.demand is None or results.people is None
        else _demand(results.demand, results.people, districts),
        findings=finding_entries(results.findings),
    )


def _sides(results: CoverageResults) -> list[CoverageSide]:
    sides = []
    for reference, plan in results.plans.items():
        said = {name: value for name, value in head(plan).items() if name != "as_of"}
        items = plan.coverage.items
        unknown = [str(name) for name in items.index[items["status"] == "unknown"]]
        sides.append(CoverageSide(reference=reference, unknown_items=unknown, **said))
    return sides


def _demand(demand: Demand, people: CombinedCoverage, districts: pd.DataFrame) -> SetDemand:
    pieces = demand.pieces
    inside = pieces.loc[pieces["district"] != OUTSIDE, "district"]
    return SetDemand(
        **demand_source(demand),
        total=_total(people),
        districts=_places(sum_by_place(people, inside), districts),
        rows=_places(sum_by_place(people, pieces["demand"]), demand.frame),
    )


def _total(found: CombinedCoverage) -> PlaceCover:
    """Return everything as one row, named as a total in both languages."""
    whole = sum_by_place(found, pd.Series(TOTAL, index=found.places.index, name="place"))
    named = pd.DataFrame({"name_zh": "合计", "name_en": "total"}, index=[TOTAL])
    return _places(whole, named)[0]


def _places(found: CombinedCoverage, named: pd.DataFrame) -> list[PlaceCover]:
    names = names_of(named.loc[found.places.index])
    rows = []
    for name, row in found.places.iterrows():
        own = {"whole" if key == "weight" else str(key): _number(value) for key, value in row.items()}
        rows.append(PlaceCover(**names[str(name)], **own, plans=_covers(found.each.loc[name])))
    return rows


def _covers(each: pd.DataFrame) -> list[SideCover]:
    return [
        SideCover(reference=str(name), **{str(key): _number(value) for key, value in row.items()})
        for name, row in each.iterrows()
    ]


def _number(value: Any) -> float:  # noqa: ANN401
    return number(float(value)) or 0.0
