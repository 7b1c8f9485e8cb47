"""Greedy adding and vertex interchange: a good set of sites quickly, as an upper bound for the exact search.

References: Teitz, Bart (1968), Heuristic methods for estimating the generalized vertex median; Resende, Werneck (2007),
A fast swap-based local search procedure for location problems (the profit of a swap as gain - loss + extra).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

IMPROVES: Final = 1e-9
"""Smallest relative gain that counts as one."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Task:
    """Serve every row by one open column or by its base, at least total cost.

    Parameters
    ----------
    cost
        Rows by columns; infinite where a column cannot serve a row.
    base
        Cost of each row by what is open anyway; infinite where nothing is.
    price
        Price of each column.
    count, budget
        Largest number of open columns and largest sum of their prices; infinite where there is no limit.
    """

    cost: NDArray[np.float64]
    base: NDArray[np.float64]
    price: NDArray[np.float64]
    count: float
    budget: float

    def value(self, opened: NDArray[np.int_]) -> float:
        """Return the cost of serving every row from some open columns.

        Parameters
        ----------
        opened
            Positions of open columns.
        """
        nearest = self.cost[:, opened].min(axis=1, initial=np.inf)
        return float(np.minimum(nearest, self.base).sum())

    def fits(self, opened: NDArray[np.int_]) -> bool:
        """Tell whether open columns keep to number and budget.

        Parameters
        ----------
        opened
            Positions of open columns.
        """
        return bool(len(opened) <= self.count and self.price[opened].sum() <= self.budget)

    def room(self, opened: NDArray[np.int_]) -> NDArray[np.bool_]:
        """Tell for each column whether it can be opened beside some open ones.

        Parameters
        ----------
        opened
            Positions of open columns.
        """
        if len(opened) >= self.count:
            return np.zeros(self.cost.shape[1], dtype=np.bool_)
        free: NDArray[np.bool_] = self.price[opened].sum() + self.price <= self.budget
        free[opened] = False
        return free


def interchange(task: Task, opened: NDArray[np.int_]) -> NDArray[np.int_]:
    """Add columns while they help, exchange them while that helps, and repeat.

    Parameters
    ----------
    task
        What is to be served.
    opened
        Positions of open columns to start from; may be empty.

    Returns
    -------
    ndarray of int
        Positions of open columns; no single addition or exchange improves them.
    """
    finite = _finite(task)
    while True:
        opened = _filled(finite, opened)
        exchanged = _exchange(finite, opened)
        if exchanged is None:
            return opened
        opened = exchanged


def _finite(task: Task) -> Task:
    """Replace what is impossible by a cost above every possible total, so that sums stay finite."""
    possible = np.where(np.isfinite(task.cost), task.cost, 0.0).max(axis=1, initial=0.0)
    far = 10 * (possible.sum() + 1)
    cost = np.where(np.isfinite(task.cost), task.cost, far)
    return dataclasses.replace(task, cost=cost, base=np.where(np.isfinite(task.base), task.base, far))


def _filled(task: Task, opened: NDArray[np.int_]) -> NDArray[np.int_]:
    """Open the column that saves most (per price, where a budget limits), until none may be opened or helps."""
    now = np.minimum(task.cost[:, opened].min(axis=1, initial=np.inf), task.base)
    while True:
        room = task.room(opened)
        gain = np.maximum(now[:, None] - task.cost, 0.0).sum(axis=0)
        gain[~room] = 0.0
        rate = gain if np.isinf(task.budget) else gain / np.maximum(task.price, 1e-12)
        best = int(np.argmax(rate)) if len(rate) else -1
        if best < 0 or gain[best] <= IMPROVES * max(1.0, float(now.sum())):
            return opened
        opened = np.append(opened, best)
        now = np.minimum(now, task.cost[:, best])


def _exchange(task: Task, opened: NDArray[np.int_]) -> NDArray[np.int_] | None:
    """Return the open columns after the best exchange of one of them, or None where none helps."""
    if len(opened) == 0:
        return None
    profit = _profits(task, opened)
    profit[:, opened] = -np.inf
    spent = task.price[opened].sum()
    if np.isfinite(task.budget):
        profit[spent - task.price[opened][:, None] + task.price[None, :] > task.budget] = -np.inf
    leaves, enters = np.unravel_index(int(np.argmax(profit)), profit.shape)
    if profit[leaves, enters] <= IMPROVES * max(1.0, task.value(opened)):
        return None
    changed = opened.copy()
    changed[leaves] = enters
    return changed


def _profits(task: Task, opened: NDArray[np.int_]) -> NDArray[np.float64]:
    """Return what each exchange (open column leaves, other column enters) saves."""
    size = len(opened)
    ways = np.column_stack([task.cost[:, opened], task.base])
    two = np.argpartition(ways, 1, axis=1)[:, :2]
    costs = np.take_along_axis(ways, two, axis=1)
    order = np.argsort(costs, axis=1, kind="stable")
    nearest = np.take_along_axis(two, order, axis=1)[:, 0]
    first, second = np.sort(costs, axis=1).T
    gain = np.maximum(first[:, None] - task.cost, 0.0).sum(axis=0)
    loss = np.bincount(nearest, second - first, minlength=size + 1)[:size]
    kept = np.maximum(second[:, None] - np.maximum(task.cost, first[:, None]), 0.0)
    rows = len(nearest)
    served_by = csr_array((np.ones(rows), (nearest, np.arange(rows))), shape=(size + 1, rows))
    extra = (served_by @ kept)[:size]
    return np.asarray(gain[None, :] - loss[:, None] + extra, dtype=np.float64)
