"""Orchestration of `parkmap adjacency`: graphs of a plan's places and of a user's own polygons."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd

from parkmap.analysis.adjacency import EPS_M, Graph, Kind, contiguity, graph_of
from parkmap.analysis.adjacency.distance import distance_band, k_nearest, travel_time_graph
from parkmap.analysis.adjacency.structure import shapes_of, structure
from parkmap.crs import scale_range
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.layers.parcels import read_parcels
from parkmap.results.links import GraphRule, Neighbours, ParcelResults

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from parkmap.analysis.adjacency import Adjacency
    from parkmap.analysis.linkage import Times

STEPS = ("reading", "edges", "exact", "tolerance", "overlaps", "points", "totals", "graph", "structure")
"""Names of the steps of `compare_parcels`, in order."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ParcelRequest:
    """What is asked of a layer of polygons.

    Parameters
    ----------
    path
        The file.
    id_field
        Field with the ids; None takes `id`, else the running number.
    crs
        Metric system to measure in; None takes that of the file.
    kind, eps_m
        How polygons are compared.
    rule
        Which pairs make the graph.
    betweenness
        Whether betweenness is wanted.
    """

    path: Path
    id_field: str | None = None
    crs: str | None = None
    kind: Kind = "tolerant"
    eps_m: float = EPS_M
    rule: GraphRule = dataclasses.field(default_factory=GraphRule)
    betweenness: bool = False


def compare_parcels(request: ParcelRequest, on_step: Callable[[str], None] = lambda _step: None) -> ParcelResults:
    """Compare the polygons of a file.

    Parameters
    ----------
    request
        What is asked.
    on_step
        Called with the name of each of `STEPS` before it begins.

    Returns
    -------
    ParcelResults
        Pairs, polygons, graph and structure.

    Raises
    ------
    InvalidInputError
        With every problem of the file and the request.
    """
    on_step("reading")
    parcels = read_parcels(request.path, id_field=request.id_field, crs=request.crs)
    found = contiguity(parcels, kind=request.kind, eps_m=request.eps_m, keep_borders=True, on_step=on_step)
    on_step("graph")
    rule = request.rule
    if rule.kind in {"contact", "possible"}:
        graph = found.graph("queen" if request.kind == "queen" else "rook")
    else:
        graph = _by_distance(parcels, rule)
    on_step("structure")
    low, high = scale_range(parcels.crs, tuple(parcels.total_bounds))
    return ParcelResults(
        file=request.path.as_posix(),
        parcels=parcels,
        kind=request.kind,
        eps_m=request.eps_m,
        contiguity=found,
        shapes=shapes_of(found, parcels),
        neighbours=Neighbours(rule=rule, graph=graph, structure=structure(graph, betweenness=request.betweenness)),
        scale_low=low,
        scale_high=high,
    )


def _by_distance(places: gpd.GeoSeries, rule: GraphRule) -> Graph:
    """Return the graph of a rule on distances.

    Raises
    ------
    InvalidInputError
        When the rule needs travel times.
    """
    if rule.kind == "band":
        return distance_band(places, rule.within_m)
    if rule.kind == "nearest":
        return k_nearest(places, rule.nearest)
    raise InvalidInputError([finding("graph.needs_times", "error", key="--graph time")])


def plan_neighbours(
    adjacency: Adjacency, places: gpd.GeoSeries, rule: GraphRule, *, times: Times | None = None
) -> Neighbours:
    """Return the graph that a rule makes of a plan's places.

    Parameters
    ----------
    adjacency
        Their adjacency.
    places
        Their geometries; missing where not placed.
    rule
        What makes two places neighbours.
    times
        Travel times between the placed ones, in the order of `adjacency.items`; for the rule `time`.

    Raises
    ------
    InvalidInputError
        When the rule needs travel times and there are none.
    """
    placed = places.loc[adjacency.items.index]
    if rule.kind == "contact":
        return Neighbours(rule=rule, graph=adjacency.graph, structure=adjacency.structure)
    if rule.kind == "possible":
        graph = _possible(adjacency)
    elif rule.kind == "time" and times is not None:
        graph = travel_time_graph(pd.Index(placed.index), times.minutes, rule.within_minutes)
    else:
        graph = _by_distance(placed, rule)
    return Neighbours(rule=rule, graph=graph, structure=structure(graph))


def _possible(adjacency: Adjacency) -> Graph:
    """Return the graph of all pairs that touch or may touch, weight 1."""
    ids = pd.Index(adjacency.items.index)
    pairs = adjacency.pairs
    kept = pairs.index[pairs["contact"].isin(("border", "overlap", "undecidable")).to_numpy()]
    one, two = (ids.get_indexer(kept.get_level_values(level)) for level in (0, 1))
    return graph_of(ids, one, two, pd.Series(1.0, index=kept).to_numpy(), unit="1")
