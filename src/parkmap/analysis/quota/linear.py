"""Linear benefit under any group bounds: maximise the sum of w_i x_i, exactly, for many claims and few rows.

Inside a cell the best claims come first, so a cell is a chain of chunks of falling weight. The program over chunks is
small. Its dual prices the rows; a chunk whose weights straddle the price of its cell is split, and the program solved
again. When no chunk straddles, the prices prove the optimum for all claims (aggregation and disaggregation with an
exact certificate: Rogers, Plante, Wong and Evans 1991, Oper. Res. 39(4)).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.quota.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.region import Region

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

PIECES = 8
"""Into so many pieces a straddling chunk is split."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Linear:
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


def best(weight: Floats, region: Region) -> Linear:
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
    while True:
        x, price = chunks.solve()
        if not chunks.split(price):
            return Linear(x=x, price=price, objective=float(weight @ x))


class _Chunks:
    """Claims sorted by cell and falling weight, cut into chunks; equal weights of a cell never part."""

    def __init__(self, weight: Floats, region: Region) -> None:
        self._region, self._weight = region, weight
        live = np.flatnonzero(region.high > region.low)
        self._order = live[np.lexsort((-weight[live], region.cell[live]))]
        self._cell = region.cell[self._order]
        self._value = weight[self._order]
        self._room = (region.high - region.low)[self._order].astype(float)
        step = np.ones(len(self._order), dtype=bool)
        step[1:] = (self._cell[1:] != self._cell[:-1]) | (self._value[1:] != self._value[:-1])
        self._steps = np.flatnonzero(step)
        self._filled = np.concatenate([[0.0], np.cumsum(self._room)])
        self._gained = np.concatenate([[0.0], np.cumsum(self._room * self._value)])
        # A chunk is a run of steps; first cut: a few runs per cell.
        cell_start = np.flatnonzero(np.diff(self._cell[self._steps], prepend=-1))
        ends = np.append(cell_start[1:], len(self._steps))
        self._first = _cut(cell_start, ends)

    def solve(self) -> tuple[Floats, Floats]:
        """Solve the program over chunks; return the allocation and the prices of the rows."""
        region = self._region
        at = self._steps[self._first] if len(self._first) else np.empty(0, dtype=np.int64)
        room = np.diff(self._filled[np.append(at, len(self._order))])
        gain = np.diff(self._gained[np.append(at, len(self._order))]) / room
        base = region.row_sums(region.low)
        matrix = sparse.csr_array(region.matrix)[:, self._cell[at]] if len(at) else sparse.csr_array((len(base), 0))
        found = Program(
            gain, matrix, rows=(region.row_low - base, region.row_high - base), columns=(np.zeros(len(at)), room)
        ).solve()
        x = region.low.astype(float)
        share = np.repeat(found.x / room, np.diff(np.append(at, len(self._order))))
        x[self._order] += share * self._room
        return x, found.row_dual

    def split(self, price: Floats) -> bool:
        """Cut the chunks that hold weights on both sides of the price of their cell; tell whether there were any."""
        if not len(self._first):
            return False
        paid = (self._region.matrix.T @ price)[self._cell[self._steps[self._first]]]
        last = np.append(self._first[1:], len(self._steps)) - 1
        best_value, least = self._value[self._steps[self._first]], self._value[self._steps[last]]
        slack = 1e-9 * (1.0 + np.abs(paid))
        straddling = (best_value > paid + slack) & (least < paid - slack) & (last > self._first)
        # On the edge: a chunk that begins or ends at the price may be half full though its members differ.
        straddling |= (best_value != least) & (best_value >= paid - slack) & (least <= paid + slack)
        if not straddling.any():
            return False
        pieces = _cut(self._first[straddling], last[straddling] + 1)
        self._first = np.unique(np.concatenate([self._first, pieces]))
        return True


def _cut(first: Ints, end: Ints) -> Ints:
    """Return the beginnings of up to PIECES equal pieces of each run."""
    length = end - first
    inner = [first + (length * k) // PIECES for k in range(PIECES)]
    return np.unique(np.concatenate(inner)) if len(first) else first
