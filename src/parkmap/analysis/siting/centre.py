"""p-centre: the sites that minimise the largest travel cost of any demand.

The optimum is one of the costs between demand and site. It is found by bisection over them: each time a set cover tells
whether the allowed sites serve all demand within that cost. Weights play no part.
References: Minieka (1970), The m-center problem; Daskin (1995), Network and discrete location, section 5.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.siting.assignment import choose_sites, pairs
from parkmap.analysis.siting.cover import infeasibility_findings
from parkmap.analysis.siting.problem import Problem, check_problem, unreachable
from parkmap.analysis.siting.program import cover_rows, location_rows, opened_sites, solve_program, stacked
from parkmap.analysis.siting.result import Chosen, Siting, siting_result
from parkmap.defaults import SITING_SECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.highs import Solution


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Answer:
    """Whether number and budget suffice within a radius; `possible` is None where the time was over."""

    possible: bool | None
    opened: NDArray[np.int_] | None = None


def p_centre(problem: Problem, *, seconds: float = SITING_SECONDS) -> Siting:
    """Open sites so that the largest cost of any demand to its site is least.

    Parameters
    ----------
    problem
        The question; every demand counts the same, whatever its weight. With capacities a demand may be shared.
    seconds
        Time limit.

    Returns
    -------
    Siting
        Objective in the unit of the costs. May open fewer sites than allowed.

    Raises
    ------
    InvalidInputError
        When the question is not well put.
    """
    check_problem(problem)
    started = time.monotonic()
    radii = _radii(problem)
    low, high, opened, infeasible = _bisect(problem, radii, started + seconds)
    chosen = Chosen(
        opened=opened,
        objective=float("nan") if opened is None else float(radii[high]),
        bound=float("inf") if infeasible else float(radii[low]),
        seconds=time.monotonic() - started,
        infeasible=infeasible,
        findings=tuple(infeasibility_findings(problem, infeasible=infeasible, everyone=True)),
    )
    return siting_result(problem, "p_centre", chosen, reach=np.inf if opened is None else float(radii[high]))


def _radii(problem: Problem) -> NDArray[np.float64]:
    """Return the costs that can be the largest: none below that of the remotest demand to its nearest site."""
    costs = problem.cost[:, problem.usable]
    limit = np.inf if problem.within is None else problem.within
    floor = costs.min(axis=1).max()
    radii = np.unique(costs[np.isfinite(costs) & (costs >= floor) & (costs <= limit)])
    return radii if len(radii) else np.array([np.inf])


def _bisect(
    problem: Problem, radii: NDArray[np.float64], until: float
) -> tuple[int, int, NDArray[np.int_] | None, bool]:
    """Return the least radius not ruled out, the least one reached, its sites, and whether none can be."""
    last = len(radii) - 1
    if np.isinf(radii[last]) or unreachable(problem, float(radii[last])).any():
        return 0, last, None, True
    widest = _ask(problem, float(radii[last]), until)
    if not widest.possible:
        return 0, last, None, widest.possible is False
    low, high, opened = 0, last, widest.opened
    if problem.limited:  # programs with capacities take longest: those without rule out most radii before
        free = dataclasses.replace(problem, sites=problem.sites.assign(capacity=np.nan))
        low = _bisect(free, radii, (time.monotonic() + until) / 2)[0]
    while low < high:
        middle = (low + high) // 2
        answer = _ask(problem, float(radii[middle]), until)
        if answer.possible is None:
            break
        low, high = (low, middle) if answer.possible else (middle + 1, high)
        opened = answer.opened if answer.possible else opened
    return low, high, opened, False


def _ask(problem: Problem, radius: float, until: float) -> _Answer:
    """Tell whether number and budget suffice to serve all demand within a radius."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        return _Answer(possible=None)
    solved = _cover(problem, radius, seconds)
    opened = opened_sites(problem, solved)
    if opened is None:
        return _Answer(possible=False if solved.status == "infeasible" else None)
    return _Answer(possible=True, opened=opened)


def _cover(problem: Problem, radius: float, seconds: float) -> Solution:
    new = np.isin(problem.usable, problem.candidates).astype(np.float64)
    if problem.limited:
        chosen = pairs(problem, radius, 0.0, 0.0)
        return choose_sites(problem, chosen, new, everyone=True, seconds=seconds)[0]
    rows = stacked(location_rows(problem), cover_rows(problem, radius))
    enough = None if problem.count is None else float(problem.count)
    return solve_program(problem, rows, new, seconds=seconds, enough=enough)
