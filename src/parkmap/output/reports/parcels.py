"""Report of `parkmap adjacency --layer` on a user's own polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from parkmap.output.reports.adjacency import GraphEntry, graph_entry
from parkmap.output.reports.base import Report, number, records, without

if TYPE_CHECKING:
    from parkmap.results.links import ParcelResults


class ParcelPair(Report):
    """One pair of polygons that meet."""

    item: str
    other: str
    contact: Literal["border", "point", "overlap"]
    shared_border_m: float
    exact_m: float
    """The part of the border whose vertices match."""
    overlap_m2: float


class ParcelEntry(Report):
    """One polygon."""

    id: str
    area_m2: float
    perimeter_m: float
    shared_m: float
    outer_m: float
    residual_m: float
    """Perimeter less shared less outer."""
    border_share: float
    neighbours: int
    compactness: float
    """4 pi A / P^2; 1 for a circle."""
    cluster: int
    """Polygons that hang together by borders, numbered from 1."""
    cluster_compactness: float
    degree: int
    """Neighbours in the graph that was asked for."""
    articulation: bool
    betweenness: float | None


class ParcelSummary(Report):
    """The layer in numbers."""

    polygons: int
    pairs: int
    border: int
    point: int
    overlap: int
    isolates: int
    clusters: int
    bridges: int
    articulations: int
    shared_m: float
    exact_m: float
    overlap_m2: float
    outer_m: float
    identity_gap_m: float
    """The largest |perimeter - shared borders - outer border| of any polygon."""


class ParcelsReport(Report):
    """Result of `parkmap adjacency --layer`."""

    file: str
    crs: str
    scale_low: float
    """Length in that system over length on the ground, least over the layer."""
    scale_high: float
    kind: Literal["rook", "queen", "tolerant"]
    eps_m: float | None
    """Tolerance; null unless the kind is tolerant."""
    summary: ParcelSummary
    graph: GraphEntry
    pairs: list[ParcelPair]
    polygons: list[ParcelEntry]
    bridges: list[tuple[str, str]]


def parcel_summary(results: ParcelResults) -> ParcelSummary:
    """Return the layer in numbers.

    Parameters
    ----------
    results
        The results.
    """
    found = results.contiguity
    border, point, overlap = np.bincount(found.contact, minlength=3).tolist()
    places = results.neighbours.structure.places
    return ParcelSummary(
        polygons=len(found.ids),
        pairs=len(found.first),
        border=border,
        point=point,
        overlap=overlap,
        isolates=int(places["isolate"].sum()),
        clusters=int(places["cluster"].max()) if len(places) else 0,
        bridges=len(results.neighbours.structure.bridges),
        articulations=int(places["articulation"].sum()),
        shared_m=round(float(found.shared_border_m.sum()), 3),
        exact_m=round(float(found.exact_m.sum()), 3),
        overlap_m2=round(float(found.overlap_m2.sum()), 3),
        outer_m=round(float(found.outer_m.sum()), 3),
        identity_gap_m=number(found.identity_gap_m) or 0.0,
    )


def parcels_report(results: ParcelResults) -> ParcelsReport:
    """Return everything about the layer as a report; ids as text.

    Parameters
    ----------
    results
        The results.
    """
    graph, described = results.neighbours.graph, results.neighbours.structure
    polygons = results.contiguity.polygons.join(results.shapes)
    polygons = polygons.join(described.places[["degree", "articulation", "betweenness"]])
    pairs = [{**row, "item": str(row["item"]), "other": str(row["other"])} for row in records(results.contiguity.pairs)]
    return ParcelsReport(
        file=results.file,
        crs=results.parcels.crs.to_string(),
        scale_low=round(results.scale_low, 9),
        scale_high=round(results.scale_high, 9),
        kind=results.kind,
        eps_m=results.eps_m if results.kind == "tolerant" else None,
        summary=parcel_summary(results),
        graph=graph_entry(
            results.neighbours, pairs=len(graph.first), unit=graph.unit, betweenness=described.betweenness
        ),
        pairs=[ParcelPair(**row) for row in pairs],
        polygons=[ParcelEntry(id=str(row["item"]), **without(row, "item")) for row in records(polygons)],
        bridges=[(str(one), str(two)) for one, two in described.bridges],
    )
