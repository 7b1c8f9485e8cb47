"""The feasible region of a problem: bounds of claims, bounds of sums over sets of claims, and how those sets nest.

Every limit on a sum is a row: the supply of a market (commodity and year), what claims may draw on a subset of the
pools (Hall's condition), and the bounds of groups. Claims that lie in the same rows form a cell; a row is a set of
cells. Whether a family of rows is nested, or splits into two nested families, decides which algorithm is exact.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from parkmap.analysis.quota.model.access import access_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem

Structure = Literal["nested", "crossing", "general"]
RowKind = Literal["supply", "pool_access", "group"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """What one row of the region stands for.

    Parameters
    ----------
    kind
        Supply of a market, access to some of its pools, or a group.
    id
        ``commodity:year``, that with the pools added, or the id of the group.
    pools
        Ids of the pools that limit it; empty for a group.
    """

    kind: RowKind
    id: str
    pools: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Region:
    """Bounds on n claims in S cells under m rows.

    Parameters
    ----------
    low, high
        Bounds of the claims, int64, shape (n,).
    cell
        Cell of each claim, shape (n,).
    matrix
        Which cell lies in which row, CSR, shape (m, S), entries 1.
    row_low, row_high
        Bounds of the rows, int64, shape (m,).
    rows
        What the rows stand for, length m.
    structure
        `nested`: any two rows are disjoint or one holds the other; `crossing`: two such families together;
        `general`: anything else.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    cell: NDArray[np.int64]
    matrix: sparse.csr_array
    row_low: NDArray[np.int64]
    row_high: NDArray[np.int64]
    rows: tuple[Row, ...]
    structure: Structure

    @property
    def cells(self) -> int:
        """Number of cells."""
        return int(self.matrix.shape[1])

    def reordered(self, order: NDArray[np.int64]) -> Region:
        """Return the same region for the claims in another order."""
        return dataclasses.replace(self, low=self.low[order], high=self.high[order], cell=self.cell[order])

    def cell_sums(self, values: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum values of claims by cell, shape (S,); exact for whole numbers up to 2**53."""
        return np.bincount(self.cell, weights=values, minlength=self.cells).astype(float)

    def row_sums(self, values: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.float64]:
        """Sum values of claims by row, shape (m,)."""
        sums: NDArray[np.float64] = self.matrix @ self.cell_sums(values)
        return sums


def region_of(problem: Problem) -> Region:
    """Return the feasible region of a problem.

    Parameters
    ----------
    problem
        The problem.
    """
    claims = problem.claims
    market, keys = _markets(claims)
    rows, members, low, high = _market_rows(problem, market, keys)
    groups = problem.groups
    if len(problem.members):
        where = len(rows) + groups.index.get_indexer(problem.members["group"])
        members.append(np.column_stack([where, claims.index.get_indexer(problem.members["claim"])]))
    rows += [Row(kind="group", id=str(group)) for group in groups.index]
    pairs = np.concatenate(members) if members else np.empty((0, 2), dtype=np.int64)
    cell, matrix = _cells(pairs, len(rows), len(claims))
    return Region(
        low=claims["floor_m2"].to_numpy(dtype=np.int64),
        high=claims["cap_m2"].to_numpy(dtype=np.int64),
        cell=cell,
        matrix=matrix,
        row_low=np.concatenate([np.array(low, dtype=np.int64), groups["floor_m2"].to_numpy(dtype=np.int64)]),
        row_high=np.concatenate([np.array(high, dtype=np.int64), groups["cap_m2"].to_numpy(dtype=np.int64)]),
        rows=tuple(rows),
        structure=structure_of(matrix),
    )


def _markets(claims: pd.DataFrame) -> tuple[NDArray[np.int64], list[tuple[str, int]]]:
    commodity, names = pd.factorize(claims["commodity"])
    codes, keys = pd.factorize(commodity.astype(np.int64) * 1_000_000 + claims["year"].to_numpy(dtype=np.int64))
    return codes.astype(np.int64), [(str(names[key // 1_000_000]), int(key % 1_000_000)) for key in keys]


def market_id(commodity: str, year: int) -> str:
    """Return the id of a market."""
    return f"{commodity}:{year}"


def _market_rows(
    problem: Problem, market: NDArray[np.int64], keys: Sequence[tuple[str, int]]
) -> tuple[list[Row], list[NDArray[np.int64]], list[int], list[int]]:
    """Return rows, (row, claim) pairs, lower and upper bounds for the supply of each market."""
    rows: list[Row] = []
    members: list[NDArray[np.int64]] = []
    high: list[int] = []
    pools, sets = problem.pools, problem.claims["pools"]
    restricted = bool(sets.map(len).any()) if len(sets) else False
    for code, (commodity, year) in enumerate(keys):
        inside = np.flatnonzero(market == code)
        supply = pools[(pools["commodity"] == commodity) & (pools["year"] == year)]["supply_m2"]
        every = tuple(map(str, supply.index))
        members.append(np.column_stack([np.full(len(inside), len(rows)), inside]))
        rows.append(Row(kind="supply", id=market_id(commodity, year), pools=every))
        high.append(int(supply.sum()))
        if restricted:
            for names, hit in access_rows(sets.iloc[inside].tolist(), every):
                members.append(np.column_stack([np.full(len(hit), len(rows)), inside[hit]]))
                rows.append(Row(kind="pool_access", id=f"{market_id(commodity, year)}:{'+'.join(names)}", pools=names))
                high.append(int(supply[list(names)].sum()))
    return rows, members, [0] * len(rows), high


def _cells(pairs: NDArray[np.int64], m: int, n: int) -> tuple[NDArray[np.int64], sparse.csr_array]:
    """Give a number to the different sets of rows in which claims lie, and say which cell lies in which row."""
    order = np.lexsort((pairs[:, 0], pairs[:, 1]))
    row, claim = pairs[order, 0], pairs[order, 1]
    count = np.bincount(claim, minlength=n)
    first = np.cumsum(count) - count
    position = np.arange(len(claim)) - first[claim]
    cell = np.zeros(n, dtype=np.int64)
    for k in range(int(count.max(initial=0))):
        step = np.full(n, m, dtype=np.int64)
        step[claim[position == k]] = row[position == k]
        cell = pd.factorize(cell * (m + 1) + step)[0].astype(np.int64)
    total = int(cell.max(initial=-1)) + 1
    sample = np.full(total, -1)
    sample[cell[::-1]] = np.arange(n)[::-1]
    chosen = sample[cell[claim]] == claim
    matrix = sparse.csr_array(
        (np.ones(int(chosen.sum())), (row[chosen], cell[claim[chosen]])), shape=(m, total), dtype=float
    )
    return cell, matrix


def structure_of(matrix: sparse.csr_array) -> Structure:
    """Tell whether rows are nested, or fall into two nested families.

    Parameters
    ----------
    matrix
        Which cell lies in which row, shape (m, S).

    Returns
    -------
    {"nested", "crossing", "general"}
        Two rows cross when they share a cell and neither holds the other. Rows split into two nested families
        exactly when the graph of crossing pairs has no odd cycle; their incidence matrix is then that of a network,
        so that whole bounds have whole solutions (Edmonds 1970).
    """
    size = np.asarray(matrix.sum(axis=1)).ravel()
    shared = sparse.coo_array(matrix @ matrix.T)
    smaller = np.minimum(size[shared.row], size[shared.col])
    cross = shared.data < smaller
    if not cross.any():
        return "nested"
    graph = sparse.csr_array((np.ones(int(cross.sum())), (shared.row[cross], shared.col[cross])), shape=shared.shape)
    return "crossing" if _two_coloured(graph) else "general"


def _two_coloured(graph: sparse.csr_array) -> bool:
    """Tell whether a graph has no odd cycle: then its double cover has twice as many components."""
    m = graph.shape[0]
    double = sparse.block_array([[None, graph], [graph.T, None]], format="csr")
    _, part = sparse.csgraph.connected_components(double, directed=False)
    return bool((part[:m] != part[m:]).all())
