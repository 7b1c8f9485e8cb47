"""Maximal cover without capacities, as the least weight missed: relaxation, good start, fewer sites, proof.

Alike demands are one row. The relaxed program bounds what is missed; around the sites that it opens a tabu search finds
a good set; a site whose reduced cost is larger than the distance of the two can be in no better set, and is dropped.
HiGHS proves the rest: branching alone, because its own heuristics take longer here than the proof.
References: Church, ReVelle (1974), The maximal covering location problem; Balas, Martin (1980), Pivot and complement
(fixing by reduced cost).
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from parkmap.analysis.siting.interchange import Task, improved
from parkmap.analysis.siting.program import (
    ABSOLUTE_GAP,
    Rows,
    build_program,
    location_rows,
    opened_sites,
    padded,
    stacked,
    within_reach,
)
from parkmap.analysis.siting.tabu import Covering, exchanged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.highs import Options, Program, Solution
    from parkmap.analysis.siting.problem import Problem

MANY_SMALL_NODES: Final[Options] = {
    "mip_allow_restart": False,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_detect_symmetry": False,
    "mip_heuristic_effort": 0.02,
    "mip_pscost_minreliable": 0,
}
"""For programs whose relaxation is tight: many nodes, little work at each."""
BRANCH_ONLY: Final[Options] = {
    **MANY_SMALL_NODES,
    "presolve": "off",
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""The same where a very good solution is known and nothing is left to reduce: only the proof is asked."""

SCALE: Final = 1e4
"""Total weight in the programs given to HiGHS."""
DUAL_ERROR: Final = 1e-3
"""By how much the reduced costs of all variables together can be wrong at that scale: thousands times 1e-7."""
WHOLE_GAP: Final = 0.999
"""Two totals of whole weights that differ by less are equal."""
STARTS: Final = 10
AMONG: Final = (100, 150, 200)
"""Among how many of the likeliest columns is searched, in turn."""
STEPS: Final = 300
WORK: Final = 1e9
"""Most products of rows, columns and open columns in all steps of one search, so that large questions do not wait."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Uncovered:
    """Result of `solve_mclp`.

    Parameters
    ----------
    opened
        Positions of all open sites; None where there is no answer.
    bound
        Weight that is missed at least, proven.
    infeasible
        Whether it is proven that there is no answer.
    """

    opened: NDArray[np.int_] | None
    bound: float
    infeasible: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Rows:
    """Rows of demand that the same usable sites reach, with their weight; `lost` is what no usable site reaches."""

    near: NDArray[np.bool_]
    weight: NDArray[np.float64]
    lost: float


def solve_mclp(problem: Problem, reach: float, seconds: float) -> Uncovered:
    """Open sites so that the least weight has none within reach.

    Parameters
    ----------
    problem
        The question, without capacities.
    reach
        How far a site serves.
    seconds
        Time limit.

    Returns
    -------
    Missed
        Sites and bound.
    """
    until = time.monotonic() + seconds
    rows = _rows(problem, reach)
    scale = SCALE / max(float(problem.weights.sum()), 1e-9)
    whole = bool((problem.weights == np.round(problem.weights)).all())
    gap = WHOLE_GAP * scale if whole else ABSOLUTE_GAP
    kept, start, ceiling, tuned = problem, None, np.inf, MANY_SMALL_NODES
    if problem.within is None and len(rows.weight):
        program = _program(problem, rows, scale, relaxed=True)
        program.limit(seconds=seconds)
        relaxed = program.solve()
        opened = _start(problem, rows, relaxed, gap / scale, scale)
        ceiling = float(rows.weight[~rows.near[:, opened].any(axis=1)].sum()) + rows.lost
        start, tuned = problem.usable[opened], BRANCH_ONLY
        kept = _without_dear(problem, relaxed, (ceiling - rows.lost) * scale - gap, start)
        rows = _rows(kept, reach)
        if len(rows.weight) == 0:  # no site is left that could serve anybody
            return Uncovered(opened=start, bound=ceiling, infeasible=False)
    program = _program(kept, rows, scale, options=tuned)
    program.limit(seconds=until - time.monotonic(), absolute_gap=gap)
    if start is not None:
        program.start_from(_point(kept, rows, start))
    solved = program.solve()
    bound = min(solved.bound / scale + rows.lost, ceiling)
    if whole and np.isfinite(bound):
        bound = float(np.ceil(bound - 1e-6))
    chosen = opened_sites(kept, solved)
    return Uncovered(opened=start if chosen is None else chosen, bound=bound, infeasible=solved.status == "infeasible")


def _rows(problem: Problem, reach: float) -> _Rows:
    near = within_reach(problem, reach)
    groups, which = np.unique(near, axis=0, return_inverse=True)
    weight = np.bincount(which.ravel(), problem.weights, minlength=len(groups)).astype(np.float64)
    reached = groups.any(axis=1)
    matters = (weight > 0) & reached
    return _Rows(near=groups[matters], weight=weight[matters], lost=float(weight[~reached].sum()))


def _program(
    problem: Problem, rows: _Rows, scale: float, *, relaxed: bool = False, options: Options | None = None
) -> Program:
    """Return the program whose variables are the usable sites, then the rows missed."""
    size, sites = len(rows.weight), len(problem.usable)
    missed = Rows(
        matrix=csr_array(block_array([[csr_array(rows.near.astype(np.float64)), eye_array(size)]])),
        lower=np.ones(size),
        upper=np.full(size, np.inf),
    )
    limits = padded(location_rows(problem), 0, size)
    return build_program(
        problem, stacked(limits, missed), np.zeros(sites), rows.weight * scale, relaxed=relaxed, options=options
    )


def _without_dear(problem: Problem, relaxed: Solution, most: float, start: NDArray[np.int_]) -> Problem:
    """Forbid the sites that are in no set that costs `most` at most, those of the start excepted."""
    if relaxed.status != "optimal":
        return problem
    dear = relaxed.bound + relaxed.column_dual[: len(problem.usable)] > most + DUAL_ERROR
    dropped = np.setdiff1d(problem.usable[dear], np.concatenate([problem.existing, start]))
    status = problem.sites["status"].to_numpy(dtype=object, copy=True)
    status[dropped] = "forbidden"
    return dataclasses.replace(problem, sites=problem.sites.assign(status=status))


def _point(problem: Problem, rows: _Rows, opened: NDArray[np.int_]) -> NDArray[np.float64]:
    """Return open sites as a point of the program."""
    taken = np.isin(problem.usable, opened)
    return np.concatenate([taken, ~rows.near[:, taken].any(axis=1)]).astype(np.float64)


def _start(problem: Problem, rows: _Rows, relaxed: Solution, enough: float, scale: float) -> NDArray[np.int_]:
    """Return a good set of open sites, by position among the usable ones.

    The best of local optima from nothing and from the sites that the relaxed program opens most, and of tabu searches
    among those sites. Ends where it comes within `enough` of the relaxed program.
    """
    new = np.isin(problem.usable, problem.candidates)
    task = _task(problem, rows, new)
    best = improved(task, np.empty(0, dtype=int))
    found = np.flatnonzero(~new)
    if relaxed.status != "optimal":
        return np.concatenate([found, np.flatnonzero(new)[best]])
    parts = relaxed.x[: len(new)][new]
    likely = np.lexsort((relaxed.column_dual[: len(new)][new], -parts))
    rng = np.random.default_rng(0)
    best = min((best, improved(task, _filled(task, likely))), key=task.value)
    for turn in range(STARTS):
        if task.value(best) <= relaxed.bound / scale + enough:
            break
        among = likely[: AMONG[turn % len(AMONG)]]
        order = among if turn == 0 else among[np.argsort(-(rng.random(len(among)) ** (1 / (parts[among] + 1e-3))))]
        best = min((best, _searched(task, among, _filled(task, order), rng)), key=task.value)
    return np.concatenate([found, np.flatnonzero(new)[improved(task, best)]])


def _task(problem: Problem, rows: _Rows, new: NDArray[np.bool_]) -> Task:
    return Task(
        cost=np.where(rows.near[:, new], 0.0, rows.weight[:, None]),
        base=np.where(rows.near[:, ~new].any(axis=1), 0.0, rows.weight),
        price=problem.prices[problem.usable[new]],
        count=np.inf if problem.count is None else float(problem.count),
        budget=np.inf if problem.budget_yuan is None else float(problem.budget_yuan),
    )


def _filled(task: Task, order: NDArray[np.int_]) -> NDArray[np.int_]:
    """Open columns in order, as far as number and budget allow."""
    spent = np.cumsum(task.price[order])
    fits = (spent <= task.budget) & (np.arange(len(order)) < task.count)
    return order[fits]


def _searched(
    task: Task, among: NDArray[np.int_], opened: NDArray[np.int_], rng: np.random.Generator
) -> NDArray[np.int_]:
    """Return the best set that tabu search among some columns finds."""
    needed = task.base > 0
    covering = Covering(
        near=(task.cost[np.ix_(needed, among)] == 0).astype(np.float64),
        weight=task.base[needed],
        price=task.price[among],
        budget=task.budget,
    )
    products = max(covering.near.size * max(len(opened), 1), 1)
    place = {int(column): at for at, column in enumerate(among)}
    start = np.array([place[int(column)] for column in opened], dtype=int)
    return among[exchanged(covering, start, steps=int(min(STEPS, WORK / products)), rng=rng)]
