"""Indivisible projects, all or nothing: exact selection with a proven gap.

The linear relaxation prices the rows and bounds the optimum; rounding it greedily gives a first selection. What the
difference of the two cannot pay for is fixed (reduced-cost fixing: Dantzig, Fulkerson and Johnson 1954), and only the
core that is left goes to the branch-and-bound search of HiGHS.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program, Solution
from parkmap.analysis.quota.methods.linear import LinearBenefit, maximise_benefit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


NEAR_CLAIMS, NEAR_PER_ROW = 100, 20
"""Size of the first, small core."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which indivisible claims are granted.

    Parameters
    ----------
    granted
        True for granted claims, False for the others and for divisible ones, shape (n,).
    objective
        Sum of weight times square metres, divisible claims included.
    bound
        Proven upper bound of the objective.
    """

    granted: Flags
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """Proven relative gap."""
        distance = self.bound - self.objective
        return 0.0 if distance <= 1e-9 * max(1.0, abs(self.objective)) else distance / max(abs(self.objective), 1e-9)


def choose(
    weight: Floats, region: Region, whole: Flags, *, seconds: float | None = None, relative_gap: float = 0.0
) -> Chosen | None:
    """Choose the indivisible claims of the largest benefit.

    Parameters
    ----------
    weight
        Benefit per square metre, shape (n,).
    region
        A region that is feasible without indivisibility.
    whole
        Which claims are indivisible, shape (n,): they get their floor or their cap.
    seconds
        Stop the search after about so long; the gap reached is reported.
    relative_gap
        Stop the search when the proven gap is this small.

    Returns
    -------
    Chosen or None
        None when no selection obeys the bounds.
    """
    began = time.monotonic()
    relaxed = maximise_benefit(weight, region)
    start = _greedy(weight, region, whole, relaxed.x)
    aim = relaxed.objective - relative_gap * abs(relaxed.objective)
    limit = np.inf if seconds is None else seconds
    if start is not None and _worth(weight, start) < aim:
        near = _near(weight, region, whole, (relaxed, start))
        start = _searched(weight, region, whole, near, start=start, seconds=limit / 4, aim=aim).x
    if start is not None and _worth(weight, start) >= aim:
        return _chosen(weight, region, whole, start, relaxed.objective)
    core = _core(weight, region, whole, (relaxed.x, relaxed.price, start))
    left = max(limit - (time.monotonic() - began), 1.0)
    found = _searched(weight, region, whole, core, start=start, seconds=left, relative_gap=relative_gap)
    if found.x is None:
        return None
    return _chosen(weight, region, whole, found.x, min(relaxed.objective, found.bound))


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Searched:
    x: Floats | None
    bound: float


def _worth(weight: Floats, x: Floats) -> float:
    return float((weight * x).sum())


def _chosen(weight: Floats, region: Region, whole: Flags, x: Floats, bound: float) -> Chosen:
    worth = _worth(weight, x)
    granted = whole & (x > (region.low + region.high) / 2)
    return Chosen(granted=granted, objective=worth, bound=max(bound, worth))


def _near(weight: Floats, region: Region, whole: Flags, found: tuple[LinearBenefit, Floats]) -> tuple[Floats, Floats]:
    """Free only the claims nearest to their price, a few dozen per row; the others stay as the relaxation has them.

    A better selection mostly differs from the relaxation only there (Martello and Toth 1990, sec. 2.9; Pisinger 1999).
    """
    relaxed, start = found
    gain = np.abs(weight - (region.matrix.T @ relaxed.price)[region.cell]) * (region.high - region.low)
    settled = (relaxed.x == region.low) | (relaxed.x == region.high)
    size = NEAR_CLAIMS + NEAR_PER_ROW * len(region.rows)
    free = np.zeros(len(gain), dtype=bool)
    free[np.argsort(np.where(settled & (start == relaxed.x), gain, 0.0), kind="stable")[:size]] = True
    free |= ~whole | (start != relaxed.x)
    low, high = region.low.astype(float), region.high.astype(float)
    return np.where(free, low, start), np.where(free, high, start)


def _searched(
    weight: Floats,
    region: Region,
    whole: Flags,
    core: tuple[Floats, Floats],
    *,
    start: Floats | None,
    seconds: float,
    aim: float = np.inf,
    relative_gap: float = 0.0,
) -> _Searched:
    """Search inside the bounds of a core, from a known selection on; keep that one when nothing better turns up."""
    program, fixed = _Core(weight, region, whole, core), _worth(weight, core[0])
    program.limit(seconds=seconds, relative_gap=relative_gap, aim=aim - fixed)
    if start is not None:
        program.start_from(start - core[0])
    found = program.solve()
    bound = fixed + found.bound if np.isfinite(found.bound) else np.inf
    if not found.feasible:
        return _Searched(x=start, bound=bound)
    x = core[0] + found.x
    x = np.where(whole, np.where(x > (region.low + region.high) / 2, region.high, region.low), x)
    return _Searched(x=x, bound=bound)


def with_choice(region: Region, whole: Flags, granted: Flags) -> Region:
    """Return the region in which the indivisible claims are settled.

    Parameters
    ----------
    region
        A region.
    whole
        Which claims are indivisible, shape (n,).
    granted
        Which of them get their cap, shape (n,).
    """
    low = np.where(whole & granted, region.high, region.low)
    return dataclasses.replace(region, low=low, high=np.where(whole & ~granted, region.low, region.high))


def _greedy(weight: Floats, region: Region, whole: Flags, relaxed: Floats) -> Floats | None:
    """Round the partly granted claims of the relaxation down, fill up with what fits; None where floors then break."""
    x = np.where(whole & (relaxed < region.high), region.low, relaxed).astype(float)
    x = np.where(whole, x, np.floor(x))
    slack = region.row_high - region.row_sums(x)
    columns = region.matrix.tocsc()
    open_claims = np.flatnonzero(x < region.high)
    paid_most = open_claims[np.argsort(-(weight * (region.high - x))[open_claims], kind="stable")][:5000]
    for claim in paid_most.tolist():
        cell = region.cell[claim]
        rows = columns.indices[columns.indptr[cell] : columns.indptr[cell + 1]]
        room, wanted = slack[rows].min(initial=np.inf), region.high[claim] - x[claim]
        added = wanted if room >= wanted else (0 if whole[claim] else max(np.floor(room), 0.0))
        x[claim] += added
        slack[rows] -= added
    return x if (region.row_sums(x) >= region.row_low).all() and (slack >= 0).all() else None


def _core(
    weight: Floats, region: Region, whole: Flags, found: tuple[Floats, Floats, Floats | None]
) -> tuple[Floats, Floats]:
    """Return the bounds of the claims inside which every better selection lies."""
    relaxed, price, start = found
    low, high = region.low.astype(float), region.high.astype(float)
    if start is None:
        return low, high
    gain = weight - (region.matrix.T @ price)[region.cell]
    distance = max(float(weight @ relaxed - weight @ start), 0.0) * (1 + 1e-9) + 1e-6
    with np.errstate(divide="ignore"):
        reach = np.where(gain != 0, distance / np.abs(gain), np.inf)
    room = high - low
    up, down = gain > 0, gain < 0
    fixed = whole & (reach < room)
    # What earns more than its price can lack no more than `reach` square metres, what earns less can get no more.
    least = np.where(whole, np.where(fixed, high, low), np.maximum(low, np.floor(high - reach)))
    most = np.where(whole, np.where(fixed, low, high), np.minimum(high, np.ceil(low + reach)))
    return np.where(up, least, low), np.where(down, most, high)


class _Core:
    """The core: a yes-or-no column per open indivisible claim, a column of square metres per open divisible one."""

    def __init__(self, weight: Floats, region: Region, whole: Flags, core: tuple[Floats, Floats]) -> None:
        low, high = core
        self._n, self._room = len(low), high - low
        self._open = np.flatnonzero(self._room > 0)
        unit = np.where(whole[self._open], self._room[self._open], 1.0)
        top = np.where(whole[self._open], 1.0, self._room[self._open])
        self._unit = unit
        base = region.row_sums(low)
        matrix = sparse.csr_array(region.matrix)[:, region.cell[self._open]] @ sparse.diags_array(unit)
        self._program = Program(
            weight[self._open] * unit,
            matrix,
            rows=(region.row_low - base, region.row_high - base),
            columns=(np.zeros(len(self._open)), top),
            whole=whole[self._open],
        )

    def limit(self, *, seconds: float, relative_gap: float, aim: float) -> None:
        self._program.limit(seconds=seconds, relative_gap=relative_gap, aim=aim)

    def start_from(self, above: Floats) -> None:
        self._program.start_from(above[self._open] / self._unit)

    def solve(self) -> Solution:
        """Solve; x is what each claim gets above its core floor."""
        found = self._program.solve()
        if not found.feasible:
            return found
        x = np.zeros(self._n)
        x[self._open] = found.x * self._unit
        return dataclasses.replace(found, x=x)


def nearest(ideal: Floats, region: Region, whole: Flags, *, seconds: float | None = None) -> Chosen | None:
    """Choose the indivisible claims so that all-or-nothing is as close as possible to what a rule would share.

    Parameters
    ----------
    ideal
        What the rule gives when every claim could be divided, shape (n,).
    region, whole, seconds
        As in `choose`.

    Returns
    -------
    Chosen or None
        The selection with the least sum of |x_i - ideal_i| over the indivisible claims; None when none obeys the
        bounds.
    """
    room = np.where(region.high > region.low, region.high - region.low, 1)
    # |x - ideal| falls by 2 (ideal - low) - room when the claim goes from its floor to its cap.
    weight = np.where(whole, (2 * (ideal - region.low) - room) / room, 0.0)
    return choose(weight, region, whole, seconds=seconds)


def top_up(values: NDArray[np.int64], ideal: Floats, region: Region, whole: Flags) -> NDArray[np.int64]:
    """Grant, largest ideal share first, the indivisible claims that still fit without taking from other claims.

    Parameters
    ----------
    values
        Whole allocation, shape (n,).
    ideal
        What the rule would share, shape (n,).
    region, whole
        As in `choose`.

    Returns
    -------
    ndarray of int64, shape (n,)
        The allocation with these claims added.
    """
    values = values.copy()
    slack = region.row_high - region.row_sums(values)
    columns = region.matrix.tocsc()
    waiting = np.flatnonzero(whole & (values < region.high))
    share = ideal[waiting] / np.maximum(region.high[waiting], 1)
    for claim in waiting[np.argsort(-share, kind="stable")].tolist():
        cell = region.cell[claim]
        rows = columns.indices[columns.indptr[cell] : columns.indptr[cell + 1]]
        wanted = region.high[claim] - values[claim]
        if slack[rows].min(initial=np.inf) >= wanted:
            values[claim] += wanted
            slack[rows] -= wanted
    return values
