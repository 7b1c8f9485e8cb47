"""The frozen bundles on graphs of neighbours, read by reports, tables and map."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.adjacency import Contiguity, Graph, Kind
    from parkmap.analysis.adjacency.structure import Structure


GraphKind = Literal["contact", "possible", "band", "nearest", "time"]
"""Which pairs are neighbours: `contact` for sure, `possible` also where the accuracies leave it open, within a
distance, the nearest few, within a travel time."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class GraphRule:
    """Which pairs count as neighbours.

    Parameters
    ----------
    kind
        The kind of graph.
    within_m
        Distance of `band`.
    nearest
        Number of neighbours of `nearest`.
    within_minutes
        Time of `time`.
    """

    kind: GraphKind = "contact"
    within_m: float = 1000.0
    nearest: int = 3
    within_minutes: float = 30.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Neighbours:
    """A graph of neighbours with its structure.

    Parameters
    ----------
    rule
        What makes two places neighbours.
    graph
        The graph.
    structure
        Its structure.
    """

    rule: GraphRule
    graph: Graph
    structure: Structure


@dataclasses.dataclass(frozen=True, kw_only=True)
class ParcelResults:
    """Adjacency of a user's own polygons.

    Parameters
    ----------
    file
        The file, as the user named it.
    parcels
        The polygons in the system in which they were measured; index item.
    kind, eps_m
        How they were compared; the tolerance counts for `tolerant` only.
    contiguity
        Pairs and polygons.
    shapes
        Index item: area_m2, compactness, cluster, cluster_compactness.
    neighbours
        The graph that was asked for.
    scale_low, scale_high
        Length in the system over length on the ground, least and greatest over the extent of the layer.
    """

    file: str
    parcels: gpd.GeoSeries
    kind: Kind
    eps_m: float
    contiguity: Contiguity
    shapes: pd.DataFrame
    neighbours: Neighbours
    scale_low: float
    scale_high: float
