"""Set cover and maximal cover.

References: Toregas, Swain, ReVelle, Bergman (1971), The location of emergency service facilities (set cover); Church,
ReVelle (1974), The maximal covering location problem, and its mandatory closeness; Hogan, ReVelle (1986), Concepts and
applications of backup coverage; Current, Storbeck (1988), Capacitated covering models.
"""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from parkmap.analysis.siting.assignment import choose_sites, pairs
from parkmap.analysis.siting.problem import Problem, check_problem, id_values, unreachable
from parkmap.analysis.siting.program import (
    ABSOLUTE_GAP,
    WHOLE_GAP,
    Rows,
    are_whole,
    build_program,
    cover_rows,
    location_rows,
    opened_sites,
    padded,
    solve_program,
    stacked,
    within_reach,
)
from parkmap.analysis.siting.result import Chosen, Siting, objective_value, siting_result
from parkmap.defaults import SITING_SECONDS
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.highs import Options, Solution

BRANCH_ONLY: Final[Options] = {
    "presolve": "off",
    "mip_allow_restart": False,
    "mip_allow_cut_separation_at_nodes": False,
    "mip_detect_symmetry": False,
    "mip_pscost_minreliable": 0,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""Many nodes with little work at each, no presolve and no heuristics: for programs whose relaxation is tight."""
SCALE: Final = 1e4
"""Total weight in the programs given to HiGHS."""
Backup = Literal["none", "most", "all"]
"""Backup cover: none; of as much weight as the least number of sites allows; of all demand."""


def set_cover(
    problem: Problem,
    *,
    reach: float,
    backup: Backup = "none",
    least: Literal["count", "price"] = "count",
    seconds: float = SITING_SECONDS,
) -> Siting:
    """Serve all demand within reach with the fewest, or the cheapest, new sites.

    Parameters
    ----------
    problem
        The question; a number or budget, where given, is kept to as well.
    reach
        How far a site serves.
    backup
        Whether a second site within reach is required.
    least
        What is counted: new sites, or their price.
    seconds
        Time limit.

    Returns
    -------
    Siting
        Demand that no usable site can reach (twice, for `all`) is left out and named in the findings.

    Raises
    ------
    InvalidInputError
        When the question is not well put.
    """
    check_problem(problem, reach=reach, limit=False, priced=least == "price")
    started = time.monotonic()
    reach = reach if problem.within is None else min(reach, problem.within)
    served, left_out = _servable(problem, reach, times=2 if backup == "all" else 1)
    new = np.isin(problem.usable, problem.candidates).astype(np.float64)
    price = new if least == "count" else new * problem.prices[problem.usable]
    solved = _least(served, reach, price, backup=backup, seconds=seconds)
    opened, value, bound = _read(served, solved, price)
    if backup == "most" and opened is not None:
        second = _most_backup(served, reach, price, value, seconds - (time.monotonic() - started))
        opened = opened if second is None else second
    if are_whole(price) and np.isfinite(bound):
        bound = float(np.ceil(bound - 1e-6))
    chosen = Chosen(
        opened=opened,
        objective=value,
        bound=min(bound, value) if opened is not None else bound,
        seconds=time.monotonic() - started,
        infeasible=solved.status == "infeasible",
        findings=(*left_out, *_why_not(served, solved, reach)),
    )
    return siting_result(problem, "set_cover", chosen, reach=reach)


def max_cover(problem: Problem, *, reach: float, seconds: float = SITING_SECONDS) -> Siting:
    """Serve as much weight within reach as number and budget allow.

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves.
    seconds
        Time limit.

    Returns
    -------
    Siting
        May open fewer sites than allowed where more would serve no further demand.

    Raises
    ------
    InvalidInputError
        When the question is not well put.
    """
    check_problem(problem, reach=reach)
    started = time.monotonic()
    total = float(problem.weights.sum())
    if problem.limited:
        solved, scale = choose_sites(
            problem, pairs(problem, reach, 0.0, -1.0), np.zeros(len(problem.usable)), everyone=False, seconds=seconds
        )
        bound = -solved.bound / scale
    else:
        solved, bound = _least_uncovered(problem, reach, seconds)
    opened, infeasible = opened_sites(problem, solved), solved.status == "infeasible"
    objective = float("nan") if opened is None else objective_value(problem, "max_cover", opened, reach)
    chosen = Chosen(
        opened=opened,
        objective=objective,
        bound=max(min(bound, total), objective) if opened is not None else bound,
        seconds=time.monotonic() - started,
        infeasible=infeasible,
        findings=tuple(infeasibility_findings(problem, infeasible=infeasible)),
    )
    return siting_result(problem, "max_cover", chosen, reach=reach)


def _least_uncovered(problem: Problem, reach: float, seconds: float) -> tuple[Solution, float]:
    """Return the sites that leave the least weight uncovered, and the most weight that any sites can cover, proven.

    Demand that the same sites reach is one row. The relaxation is tight, and HiGHS takes longer to reduce the program
    and to search for good solutions than to branch until the proof.
    """
    near, group = np.unique(within_reach(problem, reach), axis=0, return_inverse=True)
    weight = np.bincount(group.ravel(), problem.weights, minlength=len(near)).astype(np.float64)
    counted = (weight > 0) & near.any(axis=1)
    near, weight = near[counted], weight[counted]
    size, scale = len(weight), SCALE / max(float(problem.weights.sum()), 1e-9)
    covered = Rows(
        matrix=csr_array(block_array([[csr_array(near.astype(np.float64)), eye_array(size)]])),
        lower=np.ones(size),
        upper=np.full(size, np.inf),
    )
    rows = stacked(padded(location_rows(problem), 0, size), covered)
    options = BRANCH_ONLY if problem.within is None else None
    program = build_program(problem, rows, np.zeros(len(problem.usable)), weight * scale, options=options)
    whole = are_whole(problem.weights)
    program.limit(seconds=seconds, absolute_gap=WHOLE_GAP * scale if whole else ABSOLUTE_GAP)
    solved = program.solve()
    bound = float(weight.sum()) - solved.bound / scale
    return solved, float(np.floor(bound + 1e-6)) if whole and np.isfinite(bound) else bound


def infeasibility_findings(problem: Problem, *, infeasible: bool, everyone: bool = False) -> list[Finding]:
    """Return why there is no answer.

    Parameters
    ----------
    problem
        The question.
    infeasible
        Whether it is proven that there is none.
    everyone
        Whether all demand must be served.

    Returns
    -------
    list of Finding
        Empty where there is an answer.
    """
    if not infeasible:
        return []
    found = []
    limit = np.inf if problem.within is None else problem.within
    far = unreachable(problem, limit)
    if far.any() and (everyone or problem.within is not None):
        found.append(
            finding("siting.unreachable", "warning", limit=f"{limit:g}", **id_values(problem.demand.index[far]))
        )
    room = float(problem.capacities[problem.usable].sum())
    if everyone and room < problem.weights.sum():
        found.append(finding("siting.capacity", "warning", room=f"{room:,.6g}", weight=f"{problem.weights.sum():,.6g}"))
    return found or [finding("siting.infeasible", "warning")]


def _servable(problem: Problem, reach: float, *, times: int) -> tuple[Problem, list[Finding]]:
    """Leave out the demand that cannot be served often enough, with a finding."""
    enough = within_reach(problem, reach).sum(axis=1) >= times
    if enough.all():
        return problem, []
    code = "siting.left_out" if times == 1 else "siting.left_out_twice"
    found = [finding(code, "warning", reach=f"{reach:g}", **id_values(problem.demand.index[~enough]))]
    return dataclasses.replace(problem, demand=problem.demand[enough], cost=problem.cost[enough]), found


def _least(served: Problem, reach: float, price: NDArray[np.float64], *, backup: Backup, seconds: float) -> Solution:
    """Find the cheapest cover; with capacities, the cheapest that has room for all demand."""
    covered = cover_rows(served, reach, times=2 if backup == "all" else 1)
    if not served.limited:
        return solve_program(served, stacked(location_rows(served), covered), price, seconds=seconds)
    chosen = pairs(served, reach, 0.0, 0.0)
    solved, scale = choose_sites(served, chosen, price, everyone=True, seconds=seconds)
    return dataclasses.replace(solved, bound=solved.bound / scale)


def _read(
    served: Problem, solved: Solution, price: NDArray[np.float64]
) -> tuple[NDArray[np.int_] | None, float, float]:
    opened = opened_sites(served, solved)
    spent = float("nan") if opened is None else float(price[np.isin(served.usable, opened)].sum())
    return opened, spent, solved.bound


def _most_backup(
    served: Problem, reach: float, price: NDArray[np.float64], value: float, seconds: float
) -> NDArray[np.int_] | None:
    """Among the cheapest covers, find the one under which most weight has a second site."""
    near, sites, size = within_reach(served, reach), len(served.usable), len(served.demand)
    second = Rows(
        matrix=csr_array(block_array([[csr_array(near.astype(np.float64)), -eye_array(size)]])),
        lower=np.ones(size),
        upper=np.full(size, np.inf),
    )
    capped = Rows(matrix=csr_array(price[None, :]), lower=np.array([-np.inf]), upper=np.array([value + 1e-6]))
    rows = stacked(padded(stacked(location_rows(served), capped), 0, size), second)
    scale = SCALE / max(float(served.weights.sum()), 1e-9)
    solved = solve_program(served, rows, np.zeros(sites), -served.weights * scale, seconds=seconds)
    return opened_sites(served, solved)


def _why_not(served: Problem, solved: Solution, reach: float) -> list[Finding]:
    asked = dataclasses.replace(served, within=reach)
    return infeasibility_findings(asked, infeasible=solved.status == "infeasible", everyone=served.limited)
