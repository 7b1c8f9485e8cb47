"""Conflicts of whole numbers: divisible land would fit, whole square metres or indivisible claims do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program, Solution
from parkmap.analysis.quota.conflict.bounds import BoundKind, BoundRef, Change, Conflict, row_ref
from parkmap.analysis.quota.conflict.elastic import Lifts, lifts_of
from parkmap.analysis.quota.model.region import region_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.model.region import Region

    Flags = NDArray[np.bool_]

MOVABLE: tuple[BoundKind, ...] = ("group_floor", "group_cap", "supply")


def whole_conflict(problem: Problem, region: Region) -> Conflict:
    """Explain why no whole numbers obey bounds that divisible land would obey.

    Parameters
    ----------
    problem, region
        A problem and its region, feasible without indivisibility.

    Returns
    -------
    Conflict
        A smallest set of supplies and bounds of groups that collide, with the indivisible claims inside them (deletion
        filter), and the cheapest way out by moving supplies and bounds of groups (elastic integer program).
    """
    search = _Whole(problem, region)
    low, high = search.smallest()
    found = search.relax(MOVABLE)
    changes = tuple(search.changes(found))
    alone = [(kind, search.relax((kind,))) for kind in MOVABLE]
    by_kind = sorted(((kind, round(-s.objective)) for kind, s in alone if s.status == "optimal"), key=lambda p: p[1])
    return Conflict(
        bounds=tuple(search.bounds(low, high)),
        missing_m2=sum(change.by_m2 for change in changes),
        cheapest=changes,
        cheapest_m2=sum(change.by_m2 for change in changes),
        by_kind=tuple(by_kind),
        whole=False,
    )


def whole_changes(problem: Problem) -> tuple[Change, ...]:
    """Return the cheapest moves of supplies and groups that let whole numbers fit; none where they fit already.

    Parameters
    ----------
    problem
        A problem that is feasible for divisible land.
    """
    region = region_of(problem)
    if region.structure != "general" and not problem.claims["indivisible"].any():
        return ()
    search = _Whole(problem, region)
    return tuple(search.changes(search.relax(MOVABLE)))


class _Whole:
    """Columns: yes or no for each indivisible claim, whole m2 for the divisible rest of each cell."""

    def __init__(self, problem: Problem, region: Region) -> None:
        self._problem, self._region, self._lifts = problem, region, lifts_of(region)
        lumpy = problem.claims["indivisible"].to_numpy(dtype=bool) & (region.high > region.low)
        self._lumpy = np.flatnonzero(lumpy)
        room = (region.high - region.low).astype(float)
        self._base = region.row_sums(region.low)
        lumps = sparse.csr_array(region.matrix)[:, region.cell[self._lumpy]] @ sparse.diags_array(room[self._lumpy])
        self._matrix = sparse.hstack([lumps, region.matrix])
        self._top = np.concatenate([np.ones(len(self._lumpy)), region.cell_sums(np.where(lumpy, 0.0, room))])

    def _solve(self, low: NDArray[np.float64], high: NDArray[np.float64], kinds: tuple[BoundKind, ...]) -> Solution:
        """Let bounds of these kinds move; floors of rows are filled up, caps are raised."""
        m, lifts = len(self._region.rows), self._lifts
        pool = np.array([bool(name) for name in lifts.pools], dtype=bool)
        allowed = np.where(pool, "supply" in kinds, "group_cap" in kinds)
        limit = np.concatenate(
            [np.where(np.full(m, "group_floor" in kinds), self._region.row_low, 0), np.where(allowed, np.inf, 0.0)]
        )
        up = sparse.hstack([self._matrix, sparse.eye_array(m), sparse.csr_array(lifts.matrix.shape)])
        down = sparse.hstack([self._matrix, sparse.csr_array((m, m)), -lifts.matrix])
        none = np.full(m, np.inf)
        return Program(
            np.concatenate([np.zeros(len(self._top)), -np.ones(len(limit))]),
            sparse.vstack([up, down]),
            rows=(np.concatenate([low - self._base, -none]), np.concatenate([none, high - self._base])),
            columns=(np.zeros(len(self._top) + len(limit)), np.concatenate([self._top, limit])),
            whole=np.ones(len(self._top) + len(limit), dtype=bool),
        ).solve()

    def relax(self, kinds: tuple[BoundKind, ...]) -> Solution:
        """Return the cheapest change of bounds of these kinds."""
        return self._solve(self._region.row_low.astype(float), self._region.row_high.astype(float), kinds)

    def smallest(self) -> tuple[Flags, Flags]:
        """Return which lower and upper bounds of rows stay in a smallest conflicting set."""
        region = self._region
        kept = np.concatenate([region.row_low > 0, np.ones(len(region.rows), dtype=bool)])
        for k in np.flatnonzero(kept).tolist():
            kept[k] = False
            low, high = np.split(kept, 2)
            tried = self._solve(np.where(low, region.row_low, 0.0), np.where(high, region.row_high, np.inf), ())
            kept[k] = tried.status == "optimal"
        low, high = np.split(kept, 2)
        return low, high

    def bounds(self, low: Flags, high: Flags) -> Iterator[BoundRef]:
        """Yield the set in terms of the problem."""
        region = self._region
        for row in np.flatnonzero(high).tolist():
            yield row_ref(self._problem, region, row, cap=True)
        for row in np.flatnonzero(low).tolist():
            yield row_ref(self._problem, region, row, cap=False)
        touched = np.asarray(region.matrix[np.flatnonzero(low | high)].sum(axis=0)).ravel() > 0
        inside = self._lumpy[touched[region.cell[self._lumpy]]]
        if len(inside):
            names = tuple(map(str, self._problem.claims.index[inside]))
            yield BoundRef(kind="indivisible", ids=names, rules=(), m2=int(region.high[inside].sum()))

    def changes(self, found: Solution) -> Iterator[Change]:
        """Yield the moves of a relaxation."""
        moves = np.rint(found.x[len(self._top) :]).astype(np.int64)
        m, groups, pools = len(self._region.rows), self._problem.groups, self._problem.pools
        for row in np.flatnonzero(moves[:m]).tolist():
            name, old = self._region.rows[row].id, int(self._region.row_low[row])
            rule = str(groups.loc[name, "rule"])
            yield Change(kind="group_floor", id=name, rule=rule, from_m2=old, to_m2=old - int(moves[row]))
        for k in np.flatnonzero(moves[m:]).tolist():
            yield _lifted(self._lifts, k, int(moves[m + k]), (self._region, groups, pools))


def _lifted(lifts: Lifts, k: int, by: int, tables: tuple[Region, object, object]) -> Change:
    region, groups, pools = tables
    pool = lifts.pools[k]
    if pool:
        row = pools.loc[pool]  # type: ignore[attr-defined]
        old = int(row["supply_m2"])
        return Change(kind="supply", id=pool, rule=str(row["rule"]), from_m2=old, to_m2=old + by)
    at = int(lifts.rows[k])
    name, old = region.rows[at].id, int(region.row_high[at])
    rule = str(groups.loc[name, "rule"])  # type: ignore[attr-defined]
    return Change(kind="group_cap", id=name, rule=rule, from_m2=old, to_m2=old + by)
