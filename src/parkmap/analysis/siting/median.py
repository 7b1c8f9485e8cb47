"""p-median: the sites that minimise the total weighted travel cost.

References: Hakimi (1964), Optimum locations of switching centers; ReVelle, Swain (1970), Central facilities location.
Without capacities `branch_and_bound` is used; with capacities the strong assignment program goes to HiGHS whole.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.siting.assignment import choose_sites, pairs
from parkmap.analysis.siting.branch_and_bound import Found, branch_and_bound
from parkmap.analysis.siting.cover import infeasibility_findings
from parkmap.analysis.siting.interchange import Task
from parkmap.analysis.siting.problem import Problem, check_problem, unreachable
from parkmap.analysis.siting.program import cover_rows, location_rows, opened_sites, solve_program, stacked
from parkmap.analysis.siting.result import Chosen, Siting, objective_value, siting_result
from parkmap.defaults import SITING_SECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray


def p_median(problem: Problem, *, seconds: float = SITING_SECONDS) -> Siting:
    """Open sites so that the sum of weight times cost to the nearest open site is least.

    Parameters
    ----------
    problem
        The question; demand of weight 0 needs no site. With capacities a demand may be shared between sites.
    seconds
        Time limit.

    Returns
    -------
    Siting
        Objective in weight times cost.

    Raises
    ------
    InvalidInputError
        When the question is not well put.
    """
    check_problem(problem)
    started = time.monotonic()
    served = _carried(problem)
    reach = np.inf if problem.within is None else problem.within
    found = _limited(served, reach, seconds) if problem.limited else _free(served, reach, seconds)
    infeasible = found.opened is None and np.isinf(found.bound)
    chosen = Chosen(
        opened=found.opened,
        objective=float("nan") if found.opened is None else found.value,
        bound=found.bound if found.opened is None else min(found.bound, found.value),
        seconds=time.monotonic() - started,
        infeasible=infeasible,
        findings=tuple(infeasibility_findings(served, infeasible=infeasible, everyone=True)),
    )
    return siting_result(problem, "p_median", chosen, reach=reach)


def _carried(problem: Problem) -> Problem:
    """Leave out demand of weight 0, which costs nothing, unless a maximum cost applies to it as well."""
    kept = (problem.weights > 0) | (problem.within is not None)
    return dataclasses.replace(problem, demand=problem.demand[kept], cost=problem.cost[kept])


def _limited(problem: Problem, reach: float, seconds: float) -> Found:
    chosen = pairs(problem, reach, 1.0, 0.0)
    solved, scale = choose_sites(problem, chosen, np.zeros(len(problem.usable)), everyone=True, seconds=seconds)
    opened = opened_sites(problem, solved)
    if opened is None:
        return Found(opened=None, value=np.inf, bound=solved.bound / scale)
    exact = objective_value(problem, "p_median", opened, reach)
    return Found(opened=opened, value=exact, bound=solved.bound / scale)


def _free(problem: Problem, reach: float, seconds: float) -> Found:
    started = time.monotonic()
    task = _task(problem, reach)
    start = _feasible(problem, reach, seconds) if np.isinf(task.cost).any() else np.empty(0, dtype=int)
    if start is None:
        return Found(opened=None, value=np.inf, bound=np.inf)
    found = branch_and_bound(task, start=start, seconds=seconds - (time.monotonic() - started))
    if found.opened is None:
        return found
    return dataclasses.replace(found, opened=np.concatenate([problem.existing, problem.candidates[found.opened]]))


def _task(problem: Problem, reach: float) -> Task:
    """Return the task of the candidates; whatever exists is the base of each demand."""
    costs = np.where(problem.cost <= reach, problem.cost, np.inf)
    weighted = np.where(np.isfinite(costs), problem.weights[:, None] * np.where(np.isfinite(costs), costs, 0.0), np.inf)
    return Task(
        cost=weighted[:, problem.candidates],
        base=weighted[:, problem.existing].min(axis=1, initial=np.inf),
        price=problem.prices[problem.candidates],
        count=np.inf if problem.count is None else float(problem.count),
        budget=np.inf if problem.budget_yuan is None else float(problem.budget_yuan),
    )


def _feasible(problem: Problem, reach: float, seconds: float) -> NDArray[np.int_] | None:
    """Return candidates (by position among them) with which all demand has a site, or None where there are none."""
    if unreachable(problem, reach).any():
        return None
    rows = stacked(location_rows(problem), cover_rows(problem, reach))
    new = np.isin(problem.usable, problem.candidates)
    limit = None if problem.count is None else float(problem.count)
    solved = solve_program(problem, rows, new.astype(np.float64), seconds=seconds, enough=limit)
    opened = opened_sites(problem, solved)
    if opened is None:
        return None if solved.status == "infeasible" else np.empty(0, dtype=int)
    return np.flatnonzero(np.isin(problem.candidates, opened))
