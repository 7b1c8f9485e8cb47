"""Graphs to and from what others use: libpysal, networkx, scipy matrices, and the text formats GAL and GWT.

libpysal and networkx are imported only when needed. What is not symmetric is refused, never repaired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from parkmap.analysis.adjacency.checks import id_finding
from parkmap.analysis.adjacency.graph import Graph, graph_of
from parkmap.errors import InvalidInputError
from parkmap.finding import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    from libpysal.graph import Graph as LibpysalGraph
    from numpy.typing import NDArray
    from scipy.sparse import sparray

GWT_COLUMNS: Final = 3


def from_sparse(matrix: sparray | NDArray[Any], ids: pd.Index, *, unit: str = "1") -> Graph:
    """Return the graph of a symmetric matrix; every stored entry off the diagonal is a pair.

    Parameters
    ----------
    matrix
        Weights, shape (n, n); entries in one place are added, as scipy does. Of a dense array zeros are no pairs.
    ids
        Ids of rows and columns.
    unit
        Unit of the weights.

    Raises
    ------
    InvalidInputError
        When the matrix is not symmetric or does not fit the ids.
    """
    entries = coo_array(matrix).tocsr().tocoo()
    if entries.shape != (len(ids), len(ids)):
        raise InvalidInputError([finding("graph.times_shape", "error", shape=entries.shape, count=len(ids))])
    rows, columns = (np.asarray(axis) for axis in entries.coords)
    return _symmetric(ids, rows, columns, np.asarray(entries.data, dtype=float), unit=unit)


def _symmetric(
    ids: pd.Index, rows: NDArray[Any], columns: NDArray[Any], weight: NDArray[np.float64], *, unit: str
) -> Graph:
    """Return the graph of pairs that are given in both directions with the same weight."""
    apart = rows != columns
    rows, columns, weight = rows[apart], columns[apart], weight[apart]
    there, back = rows < columns, rows > columns
    up = pd.Series(weight[there], index=pd.MultiIndex.from_arrays([rows[there], columns[there]])).sort_index()
    down = pd.Series(weight[back], index=pd.MultiIndex.from_arrays([columns[back], rows[back]])).sort_index()
    both = pd.concat({"up": up, "down": down}, axis=1)
    odd = both.index[(both["up"] != both["down"]).to_numpy()]
    if len(odd):
        raise InvalidInputError([id_finding("graph.asymmetric", [f"{ids[one]} - {ids[two]}" for one, two in odd])])
    first, second = (both.index.get_level_values(level).to_numpy() for level in (0, 1))
    return graph_of(ids, first, second, both["up"].to_numpy(), unit=unit)


def to_networkx(graph: Graph) -> nx.Graph:
    """Return a `networkx.Graph` with all places as nodes and the attribute `weight` on edges.

    Parameters
    ----------
    graph
        The graph.
    """
    import networkx as nx  # noqa: PLC0415  heavy, only when needed

    result = nx.Graph(unit=graph.unit)
    result.add_nodes_from(graph.ids)
    one, two = graph.ids[graph.first], graph.ids[graph.second]
    result.add_weighted_edges_from(zip(one, two, graph.weight.tolist(), strict=True))
    return result


def from_networkx(source: nx.Graph, *, weight: str = "weight", unit: str | None = None) -> Graph:
    """Return the graph of an undirected `networkx.Graph`, its places in the order of the nodes.

    Parameters
    ----------
    source
        The graph.
    weight
        Edge attribute that holds the weight; 1 where an edge has none.
    unit
        Unit of the weights; None takes what `to_networkx` wrote, or 1.

    Raises
    ------
    InvalidInputError
        When the graph is directed, joins a node to itself, or a weight is not a number.
    """
    nodes = list(source.nodes)
    edges = [(one, two, _number(data.get(weight, 1.0))) for one, two, data in source.edges(data=True)]
    if source.is_directed():
        raise InvalidInputError([id_finding("graph.asymmetric", [f"{one} - {two}" for one, two, _ in edges])])
    place = {node: position for position, node in enumerate(nodes)}
    one = np.array([place[edge[0]] for edge in edges], dtype=np.int64)
    two = np.array([place[edge[1]] for edge in edges], dtype=np.int64)
    known = str(source.graph.get("unit", "1")) if unit is None else unit
    ids = pd.Index(nodes, tupleize_cols=False)
    return graph_of(ids, one, two, np.array([edge[2] for edge in edges], dtype=float), unit=known)


def _number(value: Any) -> float:  # noqa: ANN401 - an attribute may hold anything
    """Return a number, or NaN for what is none: the graph refuses it with all other weights."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def to_libpysal(graph: Graph) -> LibpysalGraph:
    """Return a `libpysal.graph.Graph` (libpysal must be installed).

    Parameters
    ----------
    graph
        The graph; places without neighbours become libpysal's isolates.
    """
    from libpysal.graph import Graph as Target  # noqa: PLC0415  optional, only when needed

    alone = np.flatnonzero(graph.degrees == 0)
    focal = np.concatenate([graph.first, graph.second, alone])
    other = np.concatenate([graph.second, graph.first, alone])
    weight = np.concatenate([graph.weight, graph.weight, np.zeros(len(alone))])
    order = np.lexsort((other, focal))
    ids = graph.ids
    return Target.from_arrays(ids[focal[order]], ids[other[order]], weight[order])


def from_libpysal(source: LibpysalGraph, *, unit: str = "1") -> Graph:
    """Return the graph of a symmetric `libpysal.graph.Graph`.

    Parameters
    ----------
    source
        The graph.
    unit
        Unit of the weights.

    Raises
    ------
    InvalidInputError
        When the weights are not symmetric.
    """
    ids = source.unique_ids.rename(None)
    table = source.adjacency.reset_index()
    rows, columns = ids.get_indexer(table["focal"]), ids.get_indexer(table["neighbor"])
    return _symmetric(ids, rows, columns, table["weight"].to_numpy(dtype=float), unit=unit)


def to_gal(graph: Graph) -> str:
    """Return the graph as GAL text (neighbours without weights), as GeoDa and libpysal read it.

    Parameters
    ----------
    graph
        The graph.

    Raises
    ------
    InvalidInputError
        When an id holds white space, which the format cannot carry.
    """
    names = _written_ids(graph)
    rows, columns, _ = _both_ways(graph)
    bounds = np.searchsorted(rows, np.arange(len(names) + 1))
    lines = [f"0 {len(names)} parkmap id"]
    for position, name in enumerate(names):
        others = columns[bounds[position] : bounds[position + 1]]
        lines += [f"{name} {len(others)}", " ".join(names[other] for other in others)]
    return "\n".join(lines) + "\n"


def to_gwt(graph: Graph) -> str:
    """Return the graph as GWT text: one line per direction of a pair, with its weight.

    Places without neighbours do not occur in the format, beyond the number of places in its first line.

    Parameters
    ----------
    graph
        The graph.

    Raises
    ------
    InvalidInputError
        When an id holds white space, which the format cannot carry.
    """
    names = _written_ids(graph)
    ways = zip(*(side.tolist() for side in _both_ways(graph)), strict=True)
    lines = [f"0 {len(names)} parkmap id"]
    lines += [f"{names[one]} {names[two]} {weight!r}" for one, two, weight in ways]
    return "\n".join(lines) + "\n"


def _both_ways(graph: Graph) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return every pair in both directions with its weight, sorted by place and neighbour."""
    rows, columns = np.concatenate([graph.first, graph.second]), np.concatenate([graph.second, graph.first])
    order = np.lexsort((columns, rows))
    return rows[order], columns[order], np.tile(graph.weight, 2)[order]


def _written_ids(graph: Graph) -> list[str]:
    names = [str(name) for name in graph.ids]
    blank = [name for name in names if not name or name.split() != [name]]
    if blank:
        raise InvalidInputError([id_finding("graph.blank_ids", blank)])
    return names


def from_gal(text: str) -> Graph:
    """Return the graph of GAL text, all weights 1, its places (as text) in the order of the file.

    The line of neighbours of a place without any may be empty or missing.

    Parameters
    ----------
    text
        Content of the file.

    Raises
    ------
    InvalidInputError
        When a line cannot be read, there are not as many places as the first line says, an id is unknown, or a pair
        is given in one direction only.
    """
    lines = text.splitlines()
    names: list[str] = []
    pairs: list[tuple[str, str]] = []
    at = 1
    while at < len(lines) and (lines[at].split() or at < len(lines) - 1):
        words = lines[at].split()
        if len(words) != 2 or not words[1].isdigit():  # noqa: PLR2004 - id and number of neighbours
            raise InvalidInputError([finding("graph.text", "error", line=at + 1, format="GAL")])
        following = lines[at + 1].split() if at + 1 < len(lines) else []
        missing = words[1] == "0" and bool(following)
        others = [] if missing else following
        if len(others) != int(words[1]):
            raise InvalidInputError([finding("graph.text", "error", line=at + 2, format="GAL")])
        names.append(words[0])
        pairs += [(words[0], other) for other in others]
        at += 1 if missing else 2
    head = lines[0].split() if lines else []
    if head[:2][-1:] != [str(len(names))]:
        raise InvalidInputError([finding("graph.text", "error", line=1, format="GAL")])
    return _from_names(pd.Index(names, dtype=object), pairs, [1.0] * len(pairs), unit="1")


def from_gwt(text: str, ids: pd.Index, *, unit: str = "1") -> Graph:
    """Return the graph of GWT text.

    Parameters
    ----------
    text
        Content of the file.
    ids
        Ids of all places, as text: the format does not list those without neighbours.
    unit
        Unit of the weights.

    Raises
    ------
    InvalidInputError
        When a line cannot be read, an id is unknown, or a pair is given in one direction only.
    """
    pairs: list[tuple[str, str]] = []
    weights: list[float] = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        words = line.split()
        try:
            one, two, weight = words if len(words) == GWT_COLUMNS else ("", "", "?")
            weights.append(float(weight))
        except ValueError:
            raise InvalidInputError([finding("graph.text", "error", line=number, format="GWT")]) from None
        pairs.append((one, two))
    return _from_names(ids, pairs, weights, unit=unit)


def _from_names(ids: pd.Index, pairs: Sequence[tuple[str, str]], weights: Sequence[float], *, unit: str) -> Graph:
    place = {str(name): position for position, name in enumerate(ids)}
    foreign = sorted({name for pair in pairs for name in pair if name not in place})
    if foreign:
        raise InvalidInputError([id_finding("graph.foreign", foreign)])
    rows = np.array([place[one] for one, _ in pairs], dtype=np.int64)
    columns = np.array([place[two] for _, two in pairs], dtype=np.int64)
    return _symmetric(ids, rows, columns, np.array(weights, dtype=float), unit=unit)
