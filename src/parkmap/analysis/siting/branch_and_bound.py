"""Branch and bound for the best few open columns, on Lagrangian bounds; small remainders are solved by HiGHS.

At each node the gap between the best solution and the bound shuts or opens columns for good and rules out most pairs
of row and column. Where few pairs are left they are a small mixed-integer program in the strong form (every pair
needs its column), which HiGHS proves at once; elsewhere the search branches on the most valuable open column.
Reference: Beasley (1988), An algorithm for solving large capacitated warehouse location problems (tree search on
Lagrangian bounds); Balinski (1965), Integer programming: methods, uses, computation (the strong form).
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import block_array, csr_array

from parkmap.analysis.highs import Program
from parkmap.analysis.siting.lagrange import FREE, OPEN, SHUT, Bounds, lagrangian_bounds, subgradient_ascent
from parkmap.analysis.siting.program import ABSOLUTE_GAP, are_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.siting.interchange import Task

SMALL: Final = 1500
"""Pairs of row and column up to which a node is given to HiGHS."""
SMALL_ROOT: Final = 10_000
"""The same for the root, where HiGHS is tried for ROOT_SHARE of the time before the search branches."""
ROOT_SHARE: Final = 1 / 3
NODE_STEPS: Final = 30
SCALE: Final = 1e4
"""Cost of the best solution in the programs given to HiGHS, so that its tolerances are far below a relative 1e-9."""
EXACT: Final = 1e-9
"""Relative difference below which two costs are equal."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """Result of `branch_and_bound`.

    Parameters
    ----------
    opened
        Positions of the open columns of the best solution; None where none was found.
    value
        Its cost; infinite where none was found.
    bound
        Proven lower bound; infinite where it is proven that there is no solution.
    """

    opened: NDArray[np.int_] | None
    value: float
    bound: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Node:
    lower: float
    multipliers: NDArray[np.float64]
    decided: NDArray[np.int8]
    root: bool = False


class _Search:
    """The best solution so far, and the nodes still to be looked at."""

    def __init__(self, task: Task, root: Bounds, seconds: float) -> None:
        self.task = task
        self.until = time.monotonic() + seconds
        self.root_seconds = seconds * ROOT_SHARE
        self.whole = are_whole(task.cost[np.isfinite(task.cost)]) and are_whole(task.base[np.isfinite(task.base)])
        self.best, self.opened = root.upper, root.opened
        self.left = np.inf
        decided = np.zeros(task.cost.shape[1], dtype=np.int8)
        self.nodes = [_Node(lower=root.lower, multipliers=root.multipliers, decided=decided, root=True)]

    def closed(self, lower: float) -> bool:
        """Tell whether nothing better can lie below a bound."""
        tightened = np.ceil(lower - 1e-6) if self.whole and np.isfinite(lower) else lower
        return bool(tightened >= self.best - EXACT * abs(self.best))

    def offer(self, opened: NDArray[np.int_]) -> None:
        """Keep a solution that is better than the best."""
        value = self.task.value(opened) if self.task.fits(opened) else np.inf
        if value < self.best:
            self.best, self.opened = value, opened

    def visit(self, node: _Node) -> None:
        """Bound a node; then prune it, give it to HiGHS, or branch."""
        kept = np.flatnonzero(node.decided != SHUT)
        task = dataclasses.replace(self.task, cost=self.task.cost[:, kept], price=self.task.price[kept])
        target = self.best if np.isfinite(self.best) else None
        ascent = subgradient_ascent(
            task, node.multipliers, node.decided[kept], target=target, steps=NODE_STEPS, step=0.5
        )
        self.offer(kept[ascent.opened])
        lower = max(ascent.lower, node.lower)
        if self.closed(lower):
            return
        slack = (self.best - ascent.lower) * (1 + EXACT) + EXACT * abs(self.best)
        decided, free = node.decided[kept], node.decided[kept] == FREE
        decided[free & (ascent.relaxed.if_opened > slack)] = SHUT
        decided[free & (ascent.relaxed.if_shut > slack)] = OPEN
        used = self._used(task, ascent, decided, slack)
        small = np.isfinite(self.best) and used.sum() <= (SMALL_ROOT if node.root else SMALL)
        if small:
            seconds = self.root_seconds if node.root else self.until - time.monotonic()
            lower = max(lower, self._finish(reduced_program(task, decided, used, self._scale), kept, seconds))
        if small and not node.root:
            self.left = min(self.left, lower)
        elif not self.closed(lower):
            self._branch(node, kept, decided, ascent, lower)

    @property
    def _scale(self) -> float:
        return SCALE / max(abs(self.best), 1e-9)

    def _used(self, task: Task, ascent: Bounds, decided: NDArray[np.int8], slack: float) -> NDArray[np.bool_]:
        """Tell which pairs of row and column a better solution may use."""
        way = np.maximum(task.cost - ascent.multipliers[:, None], 0.0) + ascent.relaxed.if_opened[None, :]
        return np.asarray((way <= slack) & (decided != SHUT) & np.isfinite(task.cost), dtype=np.bool_)

    def _finish(self, program: Program, kept: NDArray[np.int_], seconds: float) -> float:
        """Give the remainder to HiGHS, keep what it finds, and return its bound."""
        scale = self._scale
        program.limit(seconds=seconds, absolute_gap=ABSOLUTE_GAP)
        solved = program.solve()
        if solved.feasible:
            self.offer(kept[np.flatnonzero(solved.x[: len(kept)] > 0.5)])  # noqa: PLR2004
        return solved.bound / scale - EXACT * abs(self.best)

    def _branch(
        self, node: _Node, kept: NDArray[np.int_], decided: NDArray[np.int8], ascent: Bounds, lower: float
    ) -> None:
        whole = node.decided.copy()
        whole[kept] = decided
        free = np.flatnonzero(decided == FREE)
        if len(free) == 0:
            self.offer(kept[decided == OPEN])
            return
        chosen = ascent.relaxed.chosen[decided[ascent.relaxed.chosen] == FREE]
        among = chosen if len(chosen) else free
        value = np.minimum(self.task.cost[:, kept[among]] - ascent.multipliers[:, None], 0.0).sum(axis=0)
        column = kept[among[int(np.argmin(value))]]
        for choice in (SHUT, OPEN):  # the last one pushed is looked at first
            after = whole.copy()
            after[column] = choice
            if choice == SHUT or self.task.fits(np.flatnonzero(after == OPEN)):
                self.nodes.append(_Node(lower=lower, multipliers=ascent.multipliers, decided=after))

    def run(self) -> Found:
        """Look at nodes until none is left or the time is over."""
        while self.nodes and time.monotonic() < self.until:
            node = self.nodes.pop()
            if not self.closed(node.lower):
                self.visit(node)
        rest = [lower for lower in (self.left, *(node.lower for node in self.nodes)) if not self.closed(lower)]
        bound = min([self.best, *rest])
        return Found(opened=self.opened if np.isfinite(self.best) else None, value=self.best, bound=bound)


def branch_and_bound(task: Task, *, seconds: float, start: NDArray[np.int_] | None = None) -> Found:
    """Find the open columns that serve every row at least cost, with proof.

    Parameters
    ----------
    task
        What is to be served.
    seconds
        Time limit.
    start
        Positions of open columns that are known to serve every row.

    Returns
    -------
    Found
        Best solution and proven bound; equal to within a relative 1e-9 unless the time was too short.
    """
    started = time.monotonic()
    root = lagrangian_bounds(task, start=start)
    return _Search(task, root, seconds - (time.monotonic() - started)).run()


def reduced_program(task: Task, decided: NDArray[np.int8], used: NDArray[np.bool_], scale: float) -> Program:
    """Return the mixed-integer program of some pairs of row and column.

    Parameters
    ----------
    task
        What is to be served.
    decided
        OPEN, SHUT or FREE for each column.
    used
        Which pairs may be used.
    scale
        Factor on all costs.

    Returns
    -------
    Program
        Variables: columns, pairs in row-major order, rows served by their base.
    """
    size, columns = task.cost.shape
    row, column = np.nonzero(used)
    based = np.flatnonzero(np.isfinite(task.base))
    pairs = len(row)
    serve = block_array([[csr_array((size, columns)), _ones(row, size, pairs), _ones(based, size, len(based))]])
    link = block_array([[-_ones(column, columns, pairs).T, _eye(pairs), csr_array((pairs, len(based)))]])
    limits = np.zeros((2, columns + pairs + len(based)))
    limits[0, :columns], limits[1, :columns] = 1.0, task.price
    rows = csr_array(block_array([[serve], [link], [csr_array(limits)]]))
    lower = np.zeros(rows.shape[1])
    upper = np.ones(rows.shape[1])
    lower[:columns], upper[:columns] = decided == OPEN, decided != SHUT
    integer = np.zeros(rows.shape[1], dtype=np.bool_)
    integer[:columns] = True
    cost = np.concatenate([np.zeros(columns), task.cost[row, column], task.base[based]]) * scale
    return Program(
        cost,
        rows,
        rows=(
            np.concatenate([np.ones(size), np.full(pairs + 2, -np.inf)]),
            np.concatenate([np.ones(size), np.zeros(pairs), [task.count, task.budget]]),
        ),
        columns=(lower, upper),
        whole=integer,
        minimise=True,
    )


def _ones(row: NDArray[np.int_], rows: int, columns: int) -> csr_array:
    """Return a matrix with one 1 in each column, at the given row."""
    return csr_array((np.ones(columns), (row, np.arange(columns))), shape=(rows, columns))


def _eye(size: int) -> csr_array:
    return _ones(np.arange(size), size, size)
