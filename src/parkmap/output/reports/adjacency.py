"""Report of `parkmap adjacency` on a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.analysis.adjacency.similarity import similarity
from parkmap.output.reports.base import Head, Report, head, names_of, number, records, without

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.adjacency import Adjacency
    from parkmap.results.links import Neighbours
    from parkmap.results.plan import PlanResults


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


class GraphEntry(Report):
    """Which pairs count as neighbours in `places`, `bridges` and `relations`."""

    kind: Literal["contact", "possible", "band", "nearest", "time"]
    within_m: float | None = None
    nearest: int | None = None
    within_minutes: float | None = None
    pairs: int
    unit: str
    """Unit of the weights: m, minutes, or 1 for none."""
    betweenness: Literal["exact", "sampled", "none"]


class PlaceStructure(Report):
    """One place in the graph."""

    id: str
    degree: int
    cluster: int
    isolate: bool
    articulation: bool
    """Without it its cluster falls apart."""
    betweenness: float | None


class PolygonBorders(Report):
    """One exact polygon: perimeter = shared borders + outer border, in the plane of the working system."""

    id: str
    perimeter_m: float
    shared_m: float
    outer_m: float
    residual_m: float
    """Perimeter less shared less outer."""
    border_share: float
    compactness: float
    """4 pi A / P^2; 1 for a circle."""


class GraphPair(Report):
    """One pair of the graph."""

    item: str
    other: str
    weight: float
    bridge: bool
    """Without it its cluster falls apart."""


class Relation(Report):
    """What the industries of two neighbours say of each other."""

    item: str
    other: str
    similarity: float | None
    """Share of common industries among all of both; null where either has none."""
    shared: list[str]
    relation: Literal["duplicate", "partly", "complementary", "different", "unknown"]


class AdjacencyReport(Head):
    """Result of `parkmap adjacency`."""

    of: Literal["items", "districts"]
    pairs: list[PairAdjacency]
    items: list[ItemAdjacency]
    not_placed: list[str]
    graph: GraphEntry
    graph_pairs: list[GraphPair]
    places: list[PlaceStructure]
    polygons: list[PolygonBorders]
    identity_gap_m: float
    """The largest |perimeter - shared borders - outer border| of an exact polygon."""
    relations: list[Relation]
    """Industries of the pairs of the graph, and of pairs that touch or may touch; empty for districts."""


def adjacency_report(
    results: PlanResults, *, of: Literal["items", "districts"], neighbours: Neighbours | None = None
) -> AdjacencyReport:
    """Return the adjacency of components and parks, or of districts, as a report.

    Parameters
    ----------
    results
        The results of one plan.
    of
        What is compared.
    neighbours
        Another graph than that of sure contacts.
    """
    districts = of == "districts"
    result = results.district_adjacency if districts else results.adjacency
    names = names_of(results.geography.districts if districts else results.items)
    graph = result.graph if neighbours is None else neighbours.graph
    described = result.structure if neighbours is None else neighbours.structure
    bridges = set(described.bridges)
    return AdjacencyReport(
        **head(results),
        of=of,
        pairs=[PairAdjacency(**row) for row in records(result.pairs)],
        items=[ItemAdjacency(**names[row["item"]], **without(row, "item")) for row in records(result.items)],
        not_placed=list(result.not_placed),
        graph=graph_entry(neighbours, pairs=len(graph.first), unit=graph.unit, betweenness=described.betweenness),
        graph_pairs=[GraphPair(**row, bridge=(row["item"], row["other"]) in bridges) for row in records(graph.pairs)],
        places=[PlaceStructure(id=row["item"], **without(row, "item")) for row in records(described.places)],
        polygons=[PolygonBorders(id=row["item"], **without(row, "item")) for row in records(result.polygons)],
        identity_gap_m=number(result.identity_gap_m) or 0.0,
        relations=[] if districts else _relations(results, result, graph.pairs.index),
    )


def graph_entry(
    neighbours: Neighbours | None, *, pairs: int, unit: str, betweenness: Literal["exact", "sampled", "none"]
) -> GraphEntry:
    """Return what a graph is, with only the numbers that its kind uses.

    Parameters
    ----------
    neighbours
        The graph, or None for sure contacts.
    pairs
        Number of its pairs.
    unit
        Unit of its weights.
    betweenness
        How betweenness was found.
    """
    kind = "contact" if neighbours is None else neighbours.rule.kind
    rule = None if neighbours is None else neighbours.rule
    return GraphEntry(
        kind=kind,
        within_m=rule.within_m if rule is not None and kind == "band" else None,
        nearest=rule.nearest if rule is not None and kind == "nearest" else None,
        within_minutes=rule.within_minutes if rule is not None and kind == "time" else None,
        pairs=pairs,
        unit=unit,
        betweenness=betweenness,
    )


def _relations(results: PlanResults, result: Adjacency, linked: pd.MultiIndex) -> list[Relation]:
    plan = results.plan
    industries = {item.id: item.industries for item in (*plan.components, *plan.parks)}
    parents = {industry.id: industry.parent for industry in plan.industries}
    near = result.pairs.index[result.pairs["contact"].isin(("border", "point", "overlap", "undecidable")).to_numpy()]
    both = near.union(linked) if len(linked) else near
    found = similarity(both, industries, parents)
    return [Relation(**row) for row in records(found)]
