"""Report of `parkmap adjacency`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Head, Report, head, names_of, records, without

if TYPE_CHECKING:
    from parkmap.results import PlanResults


class PairAdjacency(Report):
    """One pair; lengths in m, areas in m²; null where the accuracies or extents do not allow a number."""

    item: str
    other: str
    contact: Literal["border", "point", "overlap", "apart", "undecidable", "unknown"]
    shared_border_m: float | None
    overlap_m2: float | None
    distance_m: float
    distance_low_m: float | None
    distance_high_m: float | None


class ItemAdjacency(Report):
    """One placed item among its neighbours."""

    id: str
    name_zh: str
    name_en: str
    cluster: int
    neighbours: int
    isolate: bool


class AdjacencyReport(Head):
    """Result of `parkmap adjacency`."""

    of: Literal["items", "districts"]
    pairs: list[PairAdjacency]
    items: list[ItemAdjacency]
    not_placed: list[str]


def adjacency_report(results: PlanResults, *, of: Literal["items", "districts"]) -> AdjacencyReport:
    """Return the adjacency of components and parks, or of districts, as a report."""
    districts = of == "districts"
    result = results.district_adjacency if districts else results.adjacency
    names = names_of(results.geography.districts if districts else results.items)
    return AdjacencyReport(
        **head(results),
        of=of,
        pairs=[PairAdjacency(**row) for row in records(result.pairs)],
        items=[ItemAdjacency(**names[row["item"]], **without(row, "item")) for row in records(result.items)],
        not_placed=list(result.not_placed),
    )
