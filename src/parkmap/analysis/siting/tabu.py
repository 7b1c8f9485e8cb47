"""Good covers quickly: the best exchange of two columns each time, even where it makes things worse for a while.

Interchange stops at the first set that no single exchange improves; where sites overlap much, such sets are many and
poor. Tabu search goes on from there, and a column that was just exchanged rests for some steps. Searching among the
columns that a relaxation opens is quicker and finds better sets than searching among all.
References: Glover (1989), Tabu search, part I; Church, ReVelle (1974), section on greedy adding with substitution.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REST: Final = (7, 15)
"""For how many steps a column that left may not come back: least, and one above the most."""
STAY: Final = (2, 6)
"""For how many steps a column that came may not leave."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Covering:
    """Rows of some weight, and the columns that cover them.

    Parameters
    ----------
    near
        Whether a column covers a row, as 0.0 and 1.0; rows by columns.
    weight
        One per row, not negative.
    price
        One per column.
    budget
        Largest sum of the prices of open columns; infinite where there is no limit.
    """

    near: NDArray[np.float64]
    weight: NDArray[np.float64]
    price: NDArray[np.float64]
    budget: float


def exchanged(
    covering: Covering, opened: NDArray[np.int_], *, steps: int, rng: np.random.Generator
) -> NDArray[np.int_]:
    """Exchange columns for a number of steps, and return the best set on the way.

    Parameters
    ----------
    covering
        What is to be covered.
    opened
        Positions of open columns to start from; their number does not change.
    steps
        How many exchanges.
    rng
        Source of the lengths of rest.

    Returns
    -------
    ndarray of int
        Positions of open columns that leave least weight uncovered, of all sets that were seen.
    """
    opened = opened.copy()
    back_at, leave_at = np.zeros((2, covering.near.shape[1]), dtype=int)
    times = covering.near[:, opened].sum(axis=1)
    missed = float(covering.weight[times == 0].sum())
    least, best = missed, opened.copy()
    for step in range(steps if len(opened) else 0):
        profit = _profits(covering, opened, times)
        resting = (back_at > step)[None, :] | (leave_at[opened] > step)[:, None]
        profit[resting & (missed - profit >= least)] = -np.inf  # a rest is broken for the best set so far
        leaves, enters = np.unravel_index(int(np.argmax(profit)), profit.shape)
        if profit[leaves, enters] == -np.inf:
            continue
        gone, opened[leaves] = opened[leaves], enters
        times += covering.near[:, enters] - covering.near[:, gone]
        back_at[gone], leave_at[enters] = step + rng.integers(*REST), step + rng.integers(*STAY)
        missed = float(covering.weight[times == 0].sum())
        if missed < least:
            least, best = missed, opened.copy()
    return best


def _profits(covering: Covering, opened: NDArray[np.int_], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each exchange (open column leaves, other column enters) covers more."""
    near, weight = covering.near, covering.weight
    none, once = np.flatnonzero(times == 0), np.flatnonzero(times == 1)
    owner = near[np.ix_(once, opened)].argmax(axis=1)
    order = np.argsort(owner, kind="stable")
    once, owner = once[order], owner[order]
    owners, first = np.unique(owner, return_index=True)
    loss = np.bincount(owner, weight[once], minlength=len(opened))
    profit = (weight[none, None] * near[none]).sum(axis=0)[None, :] - loss[:, None]
    if len(owners):  # sums by hand: threads of a matrix product would cost more than they save at this size
        profit[owners] += np.add.reduceat(weight[once, None] * near[once], first, axis=0)
    profit[:, opened] = -np.inf
    if np.isfinite(covering.budget):
        left = covering.budget - covering.price[opened].sum() + covering.price[opened]
        profit[covering.price[None, :] > left[:, None]] = -np.inf
    return np.asarray(profit, dtype=np.float64)
