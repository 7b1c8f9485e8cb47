"""A graph between places as one checked value: ids, pairs, weights, in an order that is always the same."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array

from parkmap.analysis.adjacency.checks import id_findings
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    from libpysal.graph import Graph as LibpysalGraph
    from numpy.typing import NDArray
    from scipy.sparse import csr_array


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Graph:
    """An undirected graph with weights; checked when made, never changed afterwards.

    Parameters
    ----------
    ids
        Ids of all places in focal order, isolates included; unique, none missing.
    first, second
        Positions in `ids`, first < second, each pair once, sorted, shape (p,).
    weight
        Weight of each pair in `unit`, finite and not negative, shape (p,).
    unit
        Unit of the weights: `m`, `minutes`, or `1` for none.

    Raises
    ------
    InvalidInputError
        With everything that is wrong with ids, pairs and weights.
    """

    ids: pd.Index
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    weight: NDArray[np.float64]
    unit: str

    def __post_init__(self) -> None:
        """Check the parts, take copies of the arrays and lock them."""
        for name, kind in (("first", np.int32), ("second", np.int32), ("weight", np.float64)):
            values = np.array(getattr(self, name), dtype=kind)
            values.flags.writeable = False
            object.__setattr__(self, name, values)
        found = [*id_findings(self.ids), *_pair_findings(self)]
        if found:
            raise InvalidInputError(found)

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per pair, a fresh copy: index (item, other), column weight."""
        return pd.DataFrame({"weight": self.weight.copy()}, index=pair_index(self.ids, self.first, self.second))

    def to_networkx(self) -> nx.Graph:
        """Return it as a `networkx.Graph` with all places as nodes and the attribute `weight` on edges."""
        from parkmap.analysis.adjacency.exchange import to_networkx  # noqa: PLC0415  it imports this module

        return to_networkx(self)

    def to_libpysal(self) -> LibpysalGraph:
        """Return it as a `libpysal.graph.Graph`; libpysal must be installed."""
        from parkmap.analysis.adjacency.exchange import to_libpysal  # noqa: PLC0415  it imports this module

        return to_libpysal(self)

    def joined_to(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Return what is known of pairs with their weights, and the pairs of the graph of which nothing else is known.

        Parameters
        ----------
        pairs
            Index (item, other).

        Returns
        -------
        DataFrame
            Index (item, other) of all of them; the columns of `pairs` and weight, missing where there is none.
        """
        return pairs.join(self.pairs, how="outer")

    @property
    def degrees(self) -> NDArray[np.int64]:
        """Number of neighbours of each place, in focal order."""
        size = len(self.ids)
        return np.bincount(self.first, minlength=size) + np.bincount(self.second, minlength=size)

    @property
    def isolates(self) -> pd.Index:
        """Ids of places without a neighbour."""
        return self.ids[self.degrees == 0]

    def neighbours(self, item: Any) -> pd.Series:  # noqa: ANN401 - ids are of any type
        """Return the weights of one place's neighbours, index other, in focal order.

        Parameters
        ----------
        item
            Id of the place.

        Raises
        ------
        KeyError
            When there is no such place.
        """
        position = self.ids.get_loc(item)
        one, two = self.first == position, self.second == position
        others = np.concatenate([self.first[two], self.second[one]])
        weight = np.concatenate([self.weight[two], self.weight[one]])
        return pd.Series(weight, index=self.ids[others].rename("other"), name="weight")

    def to_sparse(self) -> csr_array:
        """Return the symmetric matrix of weights, shape (n, n); a pair of weight 0 is stored as such."""
        rows, columns = np.concatenate([self.first, self.second]), np.concatenate([self.second, self.first])
        size = len(self.ids)
        return coo_array((np.tile(self.weight, 2), (rows, columns)), shape=(size, size)).tocsr()

    def equals(self, other: Graph) -> bool:
        """Tell whether two graphs have the same ids in the same order, the same pairs, weights and unit.

        Parameters
        ----------
        other
            The graph to compare with.
        """
        names = ("first", "second", "weight")
        alike = all(np.array_equal(getattr(self, name), getattr(other, name)) for name in names)
        return alike and self.unit == other.unit and self.ids.equals(other.ids)


def pair_index(ids: pd.Index, first: NDArray[np.int32], second: NDArray[np.int32]) -> pd.MultiIndex:
    """Return the index (item, other) of pairs given by position.

    Parameters
    ----------
    ids
        Ids of all places.
    first, second
        Positions in `ids`.
    """
    return pd.MultiIndex(levels=[ids, ids], codes=[first, second], names=["item", "other"], verify_integrity=False)


def graph_of(ids: pd.Index, one: NDArray[Any], two: NDArray[Any], weight: NDArray[np.float64], *, unit: str) -> Graph:
    """Return the graph of pairs that come in any order, each once.

    Parameters
    ----------
    ids
        Ids of all places.
    one, two
        Positions in `ids`, shape (p,).
    weight
        Weights, shape (p,).
    unit
        Unit of the weights.
    """
    first, second = np.minimum(one, two), np.maximum(one, two)
    order = np.lexsort((second, first))
    return Graph(ids=ids, first=first[order], second=second[order], weight=np.asarray(weight)[order], unit=unit)


def _pair_findings(graph: Graph) -> Iterator[Finding]:
    first, second, weight = graph.first, graph.second, graph.weight
    if not len(first) == len(second) == len(weight):
        yield finding("graph.lengths", "error", first=len(first), second=len(second), weight=len(weight))
        return
    if len(first) == 0:
        return
    if min(first.min(), second.min()) < 0 or max(first.max(), second.max()) >= len(graph.ids):
        yield finding("graph.positions", "error", count=len(graph.ids))
        return
    number = first.astype(np.int64) * len(graph.ids) + second
    if (first >= second).any() or (number[1:] <= number[:-1]).any():
        yield finding("graph.order", "error")
    if not (np.isfinite(weight) & (weight >= 0)).all():
        yield finding("graph.weights", "error", count=int((~(np.isfinite(weight) & (weight >= 0))).sum()))
