"""The graph that was asked for, and what its tables, notes and files have in common for plans and for layers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.analysis.adjacency.distance import distance_band, k_nearest
from parkmap.facts.common import weight
from parkmap.facts.facts import Facts, facts
from parkmap.questions.adjacency import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.adjacency import Graph
    from parkmap.analysis.adjacency.structure import Structure
    from parkmap.facts.columns import Names, Table
    from parkmap.messages import Words
    from parkmap.questions.adjacency import AdjacencyRequest

NUMBER_OF: Final = {"band": "within_m", "nearest": "nearest", "time": "within_minutes"}
"""The number that belongs to a kind of graph."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Neighbours:
    """The graph that was asked for.

    Parameters
    ----------
    title
        What was compared.
    graph
        The graph.
    structure
        Its structure.
    names
        Names of its places; one that has none goes by its id.
    """

    title: Words
    graph: Graph
    structure: Structure
    names: Mapping[Any, Words] = dataclasses.field(default_factory=dict)

    def name(self, place: Any) -> Words:  # noqa: ANN401  ids are of any type
        """Return the name of a place.

        Parameters
        ----------
        place
            Its id.
        """
        return self.names.get(place) or messages.plain(place)


def by_distance(places: gpd.GeoSeries, request: AdjacencyRequest) -> Graph:
    """Return the graph of places within a distance, or of the nearest.

    Parameters
    ----------
    places
        Their geometries; missing where not placed.
    request
        What is asked: `band` or `nearest`.

    Raises
    ------
    InvalidInputError
        When the distance or the number cannot be used.
    """
    if request.graph == "band":
        return distance_band(places, request.within_m)
    return k_nearest(places, request.nearest)


def graph_facts(found: Neighbours, request: AdjacencyRequest) -> Facts:
    """Return what the graph is, with only the number that its kind uses.

    Parameters
    ----------
    found
        The graph.
    request
        What is asked.
    """
    used = {key: getattr(request, key) if kind == request.graph else None for kind, key in NUMBER_OF.items()}
    told = {"pairs": len(found.graph.first), "unit": found.graph.unit, "betweenness": found.structure.betweenness}
    return facts(tables.GRAPH, [{"kind": request.graph, **used, **told}])


def graph_note(found: Neighbours, request: AdjacencyRequest) -> Words:
    """Say which pairs count as neighbours.

    Parameters
    ----------
    found
        The graph.
    request
        What is asked.
    """
    return messages.words(
        f"graph_rule.{request.graph}",
        metres=f"{request.within_m:,.0f}",
        count=request.nearest,
        minutes=f"{request.within_minutes:g}",
        pairs=len(found.graph.first),
    )


def joined_facts(
    every: Table,
    lines: Table,
    pairs: Callable[[], pd.DataFrame],
    borders: Callable[[], gpd.GeoSeries],
    *,
    names: Names,
    unit: str | None,
) -> Iterator[Facts]:
    """Yield every pair with its weight, and those whose border has a line; nothing is joined before it is asked for.

    Parameters
    ----------
    every, lines
        Their tables.
    pairs
        Makes the pairs, index (item, other), with the weight where there is one.
    borders
        Makes the lines, index (item, other).
    names
        Names of the places.
    unit
        Unit of the weight; None where it has none of its own.
    """
    columns = every.columns if unit is None else (*every.columns, weight(unit))
    yield facts(every, lambda: arrays(pairs()), names=names, columns=columns)
    yield facts(lines, lambda: arrays(pairs().reindex(borders().index)), names=names, columns=columns)


def arrays(frame: pd.DataFrame) -> dict[str, Any]:
    """Return index levels and columns of a frame as arrays: a million pairs are no objects of their own.

    Parameters
    ----------
    frame
        The frame.
    """
    plain = frame.reset_index()
    return {str(name): plain[name].to_numpy() for name in plain}
