"""Report of `parkmap coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Head, Report, head, names_of, records, without
from parkmap.output.reports.demand import DemandPart

if TYPE_CHECKING:
    from parkmap.results.plan import PlanResults


class DistrictCoverage(Report):
    """Coverage of one district; areas in m², shares as fractions."""

    id: str
    name_zh: str
    name_en: str
    area_m2: float
    covered_low_m2: float
    covered_best_m2: float
    covered_high_m2: float
    share_low: float
    share_best: float
    share_high: float
    overlap_m2: float
    gap_m2: float
    unknown_items: list[str]
    """Zones in the district whose extent is unknown; where there are any, the covered area is a lower bound."""


class PairCoverage(Report):
    """What one zone covers of one district."""

    district: str
    item: str
    item_name_zh: str
    item_name_en: str
    low_m2: float
    best_m2: float
    high_m2: float
    share_best: float


class ItemCoverage(Report):
    """One zone; areas are null where the extent is unknown."""

    id: str
    name_zh: str
    name_en: str
    status: Literal["known", "unknown"]
    area_m2: float | None
    inside_m2: float | None


class Meaning(Report):
    """How what lies under several zones is counted."""

    covered: Literal["union"] = "union"
    """Covered areas and weights are under the union of the zones: what lies under several counts once."""
    pairs: Literal["each_zone_alone"] = "each_zone_alone"
    """Rows of single zones count each zone by itself, so that they may add up to more than what is covered."""
    overlap: Literal["two_or_more"] = "two_or_more"
    """Overlap is what lies under at least two zones; it is part of what is covered."""


class CoverageReport(Head):
    """Result of `parkmap coverage` for one plan."""

    meaning: Meaning = Meaning()
    districts: list[DistrictCoverage]
    pairs: list[PairCoverage]
    items: list[ItemCoverage]
    demand: DemandPart | None = None
    """Demand covered; null where there is no demand."""


def coverage_report(results: PlanResults, *, demand: DemandPart | None = None) -> CoverageReport:
    """Return the coverage of one plan as a report.

    Parameters
    ----------
    results
        The plan, analysed.
    demand
        Demand that it covers.
    """
    names = names_of(results.items)
    return CoverageReport(
        **head(results),
        demand=demand,
        districts=[
            DistrictCoverage(**names_of(results.geography.districts)[row["district"]], **without(row, "district"))
            for row in records(results.coverage.districts)
        ],
        pairs=[
            PairCoverage(item_name_zh=names[row["item"]]["name_zh"], item_name_en=names[row["item"]]["name_en"], **row)
            for row in records(results.coverage.pairs)
        ],
        items=[ItemCoverage(**names[row["item"]], **without(row, "item")) for row in records(results.coverage.items)],
    )
