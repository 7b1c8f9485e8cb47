"""p-centre: the sites for which the longest way is shortest.

The answer is one of the ways between demand and site. Bisection over them asks a set cover each time whether that many
sites reach everyone within the way. Its linear relaxation narrows the range from below first, vertex interchange from
above. Weights play no part.
References: Minieka (1970), The m-center problem; Daskin (1995), Network and discrete location, section 5.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.siting.assignment import choose_sites, pairs
from parkmap.analysis.siting.cover import infeasibility_findings
from parkmap.analysis.siting.interchange import Task, improved
from parkmap.analysis.siting.problem import Problem, check_problem, unreachable
from parkmap.analysis.siting.program import cover_rows, location_rows, opened_sites, solve_program, stacked
from parkmap.analysis.siting.result import Chosen, Siting, siting_result
from parkmap.defaults import SITING_SECONDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.highs import Solution

LP_SHARE: Final = 0.5
"""Share of the time that the relaxations may take."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Answer:
    """Whether number and budget suffice within a way; `possible` is None where the time was over."""

    possible: bool | None
    opened: NDArray[np.int_] | None = None


def p_centre(problem: Problem, *, seconds: float = SITING_SECONDS) -> Siting:
    """Open sites so that the longest way of any demand to its site is shortest.

    Parameters
    ----------
    problem
        The question; every demand counts the same, whatever its weight. With capacities a demand may be shared.
    seconds
        Time limit.

    Returns
    -------
    Siting
        Objective in the unit of the ways. May open fewer sites than allowed.

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
    """Return the ways that can be the longest: none shorter than the nearest site of the remotest demand."""
    ways = problem.cost[:, problem.usable]
    limit = np.inf if problem.within is None else problem.within
    floor = ways.min(axis=1).max()
    radii = np.unique(ways[np.isfinite(ways) & (ways >= floor) & (ways <= limit)])
    return radii if len(radii) else np.array([np.inf])


def _bisect(
    problem: Problem, radii: NDArray[np.float64], until: float
) -> tuple[int, int, NDArray[np.int_] | None, bool]:
    """Return the least radius not ruled out, the least one reached, its sites, and whether none can be."""
    last = len(radii) - 1
    if np.isinf(radii[last]) or unreachable(problem, float(radii[last])).any():
        return 0, last, None, True
    low = _relaxed_floor(problem, radii, until)
    high, opened = _quick_ceiling(problem, radii, low)
    if opened is None:
        widest = _ask(problem, float(radii[last]), until, whole=True)
        if not widest.possible:
            return low, last, None, widest.possible is False
        opened = widest.opened
    while low < high:
        middle = (low + high) // 2
        answer = _ask(problem, float(radii[middle]), until, whole=True)
        if answer.possible is None:
            break
        low, high = (low, middle) if answer.possible else (middle + 1, high)
        opened = answer.opened if answer.possible else opened
    return low, high, opened, False


def _relaxed_floor(problem: Problem, radii: NDArray[np.float64], until: float) -> int:
    """Return the position of the least radius that the linear relaxation does not rule out."""
    now = time.monotonic()
    until = now + (until - now) * LP_SHARE
    low, high = 0, len(radii) - 1
    while low < high:
        middle = (low + high) // 2
        possible = _ask(problem, float(radii[middle]), until, whole=False).possible
        if possible is None:
            return low
        low, high = (low, middle) if possible else (middle + 1, high)
    return low


def _quick_ceiling(problem: Problem, radii: NDArray[np.float64], low: int) -> tuple[int, NDArray[np.int_] | None]:
    """Return the position of a radius that interchange reaches, with its sites; the last one and None without."""
    high, opened = len(radii) - 1, None
    if problem.limited:
        return high, opened
    floor = low
    while floor < high:
        middle = (floor + high) // 2
        found = _quick(problem, float(radii[middle]))
        floor, high = (middle + 1, high) if found is None else (floor, middle)
        opened = opened if found is None else found
    return high, opened


def _quick(problem: Problem, radius: float) -> NDArray[np.int_] | None:
    """Return sites within a radius of everyone where interchange finds them."""
    near = problem.cost <= radius
    task = Task(
        cost=np.where(near[:, problem.candidates], 0.0, 1.0),
        base=np.where(near[:, problem.existing].any(axis=1), 0.0, 1.0),
        price=problem.prices[problem.candidates],
        count=np.inf if problem.count is None else float(problem.count),
        budget=np.inf if problem.budget_yuan is None else float(problem.budget_yuan),
    )
    found = improved(task, np.empty(0, dtype=int))
    return None if task.value(found) > 0 else np.concatenate([problem.existing, problem.candidates[found]])


def _ask(problem: Problem, radius: float, until: float, *, whole: bool) -> _Answer:
    """Ask whether number and budget suffice when nobody goes further than a radius."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        return _Answer(possible=None)
    solved = _cover(problem, radius, seconds, whole=whole)
    opened = opened_sites(problem, solved)
    if opened is None:
        return _Answer(possible=False if solved.status == "infeasible" else None)
    return _Answer(possible=True, opened=opened)


def _cover(problem: Problem, radius: float, seconds: float, *, whole: bool) -> Solution:
    new = np.isin(problem.usable, problem.candidates).astype(np.float64)
    if problem.limited and whole:
        chosen = pairs(problem, radius, 0.0, 0.0)
        return choose_sites(problem, chosen, new, everyone=True, seconds=seconds)[0]
    rows = stacked(location_rows(problem), cover_rows(problem, radius))
    enough = None if problem.count is None or not whole else float(problem.count)
    return solve_program(problem, rows, new, seconds=seconds, relaxed=not whole, enough=enough)
