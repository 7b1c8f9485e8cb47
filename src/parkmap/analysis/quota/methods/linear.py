"""Linear benefit under any group bounds: maximise the sum of w_i x_i, exactly, for many claims and few rows.

Inside a cell the best claims come first, so a cell is a chain of chunks of falling weight. The program over chunks is
small. Its dual prices the rows; a chunk whose weights straddle the price of its cell is split, and the program solved
again, with all chunks far from their price left as they are. When no chunk straddles and none lies on the wrong side,
the prices prove the optimum for all claims (aggregation and disaggregation with an exact certificate: Rogers, Plante,
Wong and Evans 1991, Oper. Res. 39(4); sifting: Bixby, Gregory, Lustig, Marsten and Shanno 1992, Oper. Res. 40(5)).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program
from parkmap.analysis.quota.rounding.apportion import by_part_and_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

PIECES = 8
"""Into so many pieces the claims of a cell are cut at first."""
FEW = 800
"""So few open chunks stay open."""
REACH = np.array([-0.1, 0.0, 0.1])
"""Where a straddling chunk is cut, around the place of its price, as shares of its length."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinearBenefit:
    """Optimum of a linear benefit.

    Parameters
    ----------
    x
        An optimal allocation, shape (n,); claims of equal weight in a cell share in proportion to their range.
    price
        Dual of each row: by how much the benefit rises per square metre of its bound, shape (m,).
    objective
        Sum of w_i x_i.
    """

    x: Floats
    price: Floats
    objective: float


def maximise_benefit(weight: Floats, region: Region) -> LinearBenefit:
    """Return an allocation of the largest benefit.

    Parameters
    ----------
    weight
        Benefit per square metre, shape (n,).
    region
        A feasible region of any structure.

    Returns
    -------
    Linear
        Allocation, prices and objective.
    """
    chunks = _Chunks(weight, region)
    price = chunks.solve()
    while chunks.refine(price):
        price = chunks.solve()
    x = chunks.allocation()
    return LinearBenefit(x=x, price=price, objective=float((weight * x).sum()))


class _Chunks:
    """Claims sorted by cell and falling weight, cut into chunks; equal weights of a cell never part."""

    def __init__(self, weight: Floats, region: Region) -> None:
        self._region = region
        live = np.flatnonzero(region.high > region.low)
        self._order = live[by_part_and_value(region.cell[live], -weight[live])]
        cell, value = region.cell[self._order], weight[self._order]
        self._room = (region.high - region.low)[self._order].astype(float)
        step = np.ones(len(self._order), dtype=bool)
        step[1:] = (cell[1:] != cell[:-1]) | (value[1:] != value[:-1])
        self._at = np.flatnonzero(step)
        self._cell, self._value = cell[self._at], value[self._at]
        ends = np.append(self._at, len(self._order))
        self._filled = np.concatenate([[0.0], np.cumsum(self._room)])[ends]
        self._gained = np.concatenate([[0.0], np.cumsum(self._room * value)])[ends]
        # A chunk is a run of steps; first cut: a few runs per cell, all open.
        first = np.flatnonzero(np.diff(self._cell, prepend=-1))
        self._first = _cut(first, np.append(first[1:], len(self._cell)))
        self._share = np.zeros(len(self._first))
        self._base = region.row_sums(region.low)
        self._by_cell = region.matrix.tocsc()
        self._open = np.ones(len(self._first), dtype=bool)

    def _ends(self) -> Ints:
        return np.append(self._first, len(self._cell))

    def solve(self) -> Floats:
        """Solve the program over the open chunks; return the prices of the rows."""
        region, ends = self._region, self._ends()
        room = np.diff(self._filled[ends])
        gain = np.diff(self._gained[ends])[self._open] / room[self._open]
        cell = self._cell[self._first]
        fixed = np.bincount(cell, weights=np.where(self._open, 0.0, self._share * room), minlength=region.cells)
        base = self._base + region.matrix @ fixed
        top = room[self._open]
        found = Program(
            gain,
            self._columns(cell[self._open]),
            rows=(region.row_low - base, region.row_high - base),
            columns=(np.zeros(len(top)), top),
        ).solve()
        self._share[self._open] = found.x / top
        return found.row_dual

    def _columns(self, cell: Ints) -> sparse.csc_array:
        return self._by_cell[:, cell] if len(cell) else sparse.csc_array((len(self._region.rows), 0))

    def refine(self, price: Floats) -> bool:
        """Split the chunks with weights on both sides of their price, open those near it; tell whether any was."""
        if not len(self._first):
            return False
        paid = (self._region.matrix.T @ price)[self._cell[self._first]]
        slack = 1e-9 * (1.0 + np.abs(paid))
        last = self._ends()[1:] - 1
        most, least = self._value[self._first], self._value[last]
        straddling = (most != least) & (most >= paid - slack) & (least <= paid + slack)
        partly = (self._share > 0.0) & (self._share < 1.0)
        wrong = ~self._open & (
            ((self._share > 0.0) & (least < paid - slack)) | ((self._share < 1.0) & (most > paid + slack))
        )
        if not (straddling | wrong).any():
            return False
        near = straddling | wrong | partly
        if np.count_nonzero(self._open) < FEW:
            near |= self._open  # or the last prices would swing between the same few chunks
        same = self._cell[self._first[1:]] == self._cell[self._first[:-1]]
        opened = near.copy()
        opened[1:] |= near[:-1] & same
        opened[:-1] |= near[1:] & same
        pieces = self._around(self._first[straddling], last[straddling] + 1, paid[straddling])
        start = np.zeros(len(self._cell), dtype=bool)
        start[self._first] = start[pieces] = True
        merged = np.flatnonzero(start)
        origin = np.searchsorted(self._first, merged, side="right") - 1
        self._first, self._share, self._open = merged, self._share[origin], opened[origin]
        return True

    def _around(self, first: Ints, end: Ints, price: Floats) -> Ints:
        """Return where to cut runs: near the place of their price more finely, so that a price that is right is proved.

        The place is found by bisection, since weights fall along a run.
        """
        low, high = first, end
        while (low < high).any():
            middle = (low + high) // 2
            above = (low < high) & (self._value[np.minimum(middle, end - 1)] > price)
            low, high = np.where(above, middle + 1, low), np.where(above | (low >= high), high, middle)
        cuts = low[:, None] + np.rint(np.outer(end - first, REACH)).astype(np.int64)
        cuts = np.concatenate([cuts, low[:, None] - 1, low[:, None] + 1, ((first + end) // 2)[:, None]], axis=1)
        return np.clip(cuts, first[:, None], (end - 1)[:, None]).ravel()

    def allocation(self) -> Floats:
        """Return the allocation, shape (n,)."""
        x = self._region.low.astype(float)
        length = np.diff(np.append(self._at[self._first], len(self._order)))
        x[self._order] += np.repeat(self._share, length) * self._room
        return x


def _cut(first: Ints, end: Ints) -> Ints:
    """Return the beginnings of up to PIECES equal pieces of each run."""
    length = end - first
    inner = [first + (length * k) // PIECES for k in range(PIECES)]
    return np.unique(np.concatenate(inner)) if len(first) else first
