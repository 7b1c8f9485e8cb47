"""Elastic bounds with penalties: how far a region is from feasible, which bounds prove it, the cheapest relaxation."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]

SLACK_M2 = 1e-4
"""Less than this is arithmetic."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sides:
    """One value for each bound of a region, claims summed by cell.

    Parameters
    ----------
    floors, caps
        Of the cells, shape (S,).
    row_floors, row_caps
        Of the rows, shape (m,).
    """

    floors: Floats
    caps: Floats
    row_floors: Floats
    row_caps: Floats

    @property
    def flat(self) -> Floats:
        """All four, one after the other, shape (2 S + 2 m,)."""
        return np.concatenate([self.floors, self.caps, self.row_floors, self.row_caps])


def sides_of(region: Region) -> Sides:
    """Return the bounds of a region."""
    return Sides(
        floors=region.cell_sums(region.low),
        caps=region.cell_sums(region.high),
        row_floors=region.row_low.astype(float),
        row_caps=region.row_high.astype(float),
    )


def split(flat: NDArray[np.float64], region: Region) -> tuple[Floats, Floats, Floats, Floats]:
    """Cut an array of shape (2 S + 2 m,) into its four families: floors, caps, row floors, row caps."""
    cells, m = region.cells, len(region.rows)
    first, second, third, fourth = np.split(flat, np.cumsum([cells, cells, m]))
    return first, second, third, fourth


@dataclasses.dataclass(frozen=True, kw_only=True)
class Lifts:
    """How the caps of rows can be raised: each pool lifts every row that it supplies, each group its own.

    Parameters
    ----------
    matrix
        Shape (m, K).
    pools
        Id of the pool of each column, "" for groups, length K.
    rows
        Row of each group column, -1 for pools, shape (K,).
    """

    matrix: sparse.csr_array
    pools: tuple[str, ...]
    rows: NDArray[np.int64]


def lifts_of(region: Region) -> Lifts:
    """Return the ways to raise caps of rows."""
    names = sorted({pool for row in region.rows for pool in row.pools})
    at = {name: k for k, name in enumerate(names)}
    groups = [k for k, row in enumerate(region.rows) if row.kind == "group"]
    entries = [(k, at[pool]) for k, row in enumerate(region.rows) for pool in row.pools]
    entries += [(row, len(names) + k) for k, row in enumerate(groups)]
    where = np.array(entries, dtype=np.int64).reshape(-1, 2)
    matrix = sparse.csr_array(
        (np.ones(len(where)), (where[:, 0], where[:, 1])), shape=(len(region.rows), len(names) + len(groups))
    )
    rows = np.array([-1] * len(names) + groups, dtype=np.int64)
    return Lifts(matrix=matrix, pools=(*names, *[""] * len(groups)), rows=rows)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Prices:
    """What moving a bound by 1 m2 costs, and by how much it may move; 0 is not at all.

    Parameters
    ----------
    floors, caps, row_floors, lifts
        Pairs of price and limit, each of shape (S,), (S,), (m,) and (K,).
    """

    floors: tuple[Floats, Floats]
    caps: tuple[Floats, Floats]
    row_floors: tuple[Floats, Floats]
    lifts: tuple[Floats, Floats]

    @property
    def both(self) -> tuple[Floats, Floats]:
        """All prices and all limits."""
        pairs = (self.floors, self.caps, self.row_floors, self.lifts)
        return np.concatenate([price for price, _ in pairs]), np.concatenate([limit for _, limit in pairs])


@dataclasses.dataclass(frozen=True, kw_only=True)
class Relaxation:
    """The cheapest relaxation that makes bounds compatible.

    Parameters
    ----------
    cost
        Total price; infinite when the bounds that may move do not suffice.
    floors, caps, row_floors, lifts
        By how much each moves.
    multipliers
        Of the bounds, shape (2 S + 2 m,), from 0 to 1 at price 1: their bounds, so weighted, contradict one another.
    """

    cost: float
    floors: Floats
    caps: Floats
    row_floors: Floats
    lifts: Floats
    multipliers: Floats

    @property
    def moved_m2(self) -> float:
        """Total of all moves; infinite when the bounds that may move do not suffice."""
        if not np.isfinite(self.cost):
            return float("inf")
        return float(self.floors.sum() + self.caps.sum() + self.row_floors.sum() + self.lifts.sum())


def free_prices(region: Region, lifts: Lifts) -> Prices:
    """Return prices of 1 for moving any bound."""
    return Prices(
        floors=_same(region.cells),
        caps=_same(region.cells),
        row_floors=_same(len(region.rows)),
        lifts=_same(len(lifts.pools)),
    )


def _same(count: int) -> tuple[Floats, Floats]:
    return np.ones(count), np.full(count, np.inf)


def overshoot_m2(region: Region) -> float:
    """Return the least total by which bounds must give way; 0 when the region is feasible."""
    lifts = lifts_of(region)
    cost = cheapest_relaxation(region, sides_of(region), lifts, free_prices(region, lifts)).cost
    return 0.0 if cost < SLACK_M2 else cost


def cheapest_relaxation(region: Region, sides: Sides, lifts: Lifts, prices: Prices) -> Relaxation:
    """Relax bounds at least cost.

    Parameters
    ----------
    region
        The region; only its matrix is used.
    sides
        Bounds; infinite ones never bind.
    lifts
        How caps of rows are raised.
    prices
        What moving costs.
    """
    cells, m = region.cells, len(region.rows)
    eye, rows_eye, matrix = sparse.eye_array(cells), sparse.eye_array(m), region.matrix
    whole = sparse.block_array(
        [
            [eye, eye, None, None, None],
            [eye, None, -eye, None, None],
            [matrix, None, None, rows_eye, None],
            [matrix, None, None, None, -lifts.matrix],
        ]
    )
    none_c, none_m = np.full(cells, np.inf), np.full(m, np.inf)
    price, limit = prices.both
    found = Program(
        np.concatenate([np.zeros(cells), -price]),
        whole,
        rows=(
            np.concatenate([sides.floors, -none_c, sides.row_floors, -none_m]),
            np.concatenate([none_c, sides.caps, none_m, sides.row_caps]),
        ),
        columns=(np.zeros(cells + len(price)), np.concatenate([np.full(cells, np.inf), limit])),
    ).solve()
    if found.status != "optimal":
        empty = np.empty(0)
        return Relaxation(cost=np.inf, floors=empty, caps=empty, row_floors=empty, lifts=empty, multipliers=empty)
    moved = np.split(found.x[cells:], np.cumsum([cells, cells, m]))
    return Relaxation(
        cost=-found.objective,
        floors=moved[0],
        caps=moved[1],
        row_floors=moved[2],
        lifts=moved[3],
        multipliers=np.abs(found.row_dual),
    )
