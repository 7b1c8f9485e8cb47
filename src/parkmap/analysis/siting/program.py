"""Constraints that all programs share: which sites may open, how many, at what price, how far from demand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import block_array, csr_array

from parkmap.analysis.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.highs import Options, Solution
    from parkmap.analysis.siting.problem import Problem

ABSOLUTE_GAP: Final = 1e-6
"""Distance of bound and value at which HiGHS may stop; the programs are scaled so that it is a small share of them."""
WHOLE_GAP: Final = 0.999
"""The same where every value is a whole number: what differs by less is equal."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rows:
    """Constraints: lower <= matrix @ x <= upper.

    Parameters
    ----------
    matrix
        Coefficients, constraints by variables.
    lower, upper
        One value per constraint.
    """

    matrix: csr_array
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def location_rows(problem: Problem) -> Rows:
    """Return the constraints on the sites alone: number, budget, and maximum cost of all demand.

    Parameters
    ----------
    problem
        The question.

    Returns
    -------
    Rows
        One variable per usable site: 1 when it is open.
    """
    usable = problem.usable
    new = np.isin(usable, problem.candidates).astype(np.float64)
    matrix, upper = [new, new * problem.prices[usable]], [problem.count, problem.budget_yuan]
    rows = Rows(
        matrix=csr_array(np.array(matrix)),
        lower=np.full(2, -np.inf),
        upper=np.array([np.inf if limit is None else float(limit) for limit in upper]),
    )
    return rows if problem.within is None else stacked(rows, cover_rows(problem, problem.within))


def cover_rows(problem: Problem, reach: float, *, times: int = 1) -> Rows:
    """Return the constraints that every demand has enough open sites within reach; equal demand gives one constraint.

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves.
    times
        How many open sites each demand must have.
    """
    near = np.unique(within_reach(problem, reach), axis=0)
    size = len(near)
    return Rows(
        matrix=csr_array(near.astype(np.float64)), lower=np.full(size, float(times)), upper=np.full(size, np.inf)
    )


def within_reach(problem: Problem, reach: float) -> NDArray[np.bool_]:
    """Return which usable site (column) serves which demand (row).

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves; an infinite cost serves no demand.
    """
    cost = problem.cost[:, problem.usable]
    return np.asarray((cost <= reach) & np.isfinite(cost), dtype=np.bool_)


def stacked(*parts: Rows) -> Rows:
    """Return several sets of constraints on the same variables as one.

    Parameters
    ----------
    *parts
        Constraints with the same number of variables.
    """
    return Rows(
        matrix=csr_array(block_array([[part.matrix] for part in parts])),
        lower=np.concatenate([part.lower for part in parts]),
        upper=np.concatenate([part.upper for part in parts]),
    )


def padded(rows: Rows, before: int, after: int) -> Rows:
    """Return the same constraints with further variables on both sides that do not occur in them.

    Parameters
    ----------
    rows
        The constraints.
    before, after
        Number of variables put before and after.
    """
    size = rows.matrix.shape[0]
    matrix = block_array([[csr_array((size, before)), rows.matrix, csr_array((size, after))]])
    return Rows(matrix=csr_array(matrix), lower=rows.lower, upper=rows.upper)


def solve_program(
    problem: Problem,
    rows: Rows,
    site_cost: NDArray[np.float64],
    other_cost: NDArray[np.float64] | None = None,
    *,
    seconds: float,
    enough: float | None = None,
) -> Solution:
    """Solve a program over the usable sites (open or not) and further variables between 0 and 1, at least cost.

    Where every solution costs a whole number, the proven bound may lie less than one below the least cost.

    Parameters
    ----------
    problem
        The question.
    rows
        All constraints; sites first.
    site_cost, other_cost
        Cost of each usable site and of each further variable.
    seconds
        Time limit.
    enough
        Stop at the first solution that costs no more than this.
    """
    other = np.empty(0) if other_cost is None else other_cost
    program = build_program(problem, rows, site_cost, other)
    whole = other_cost is None and are_whole(site_cost)
    program.limit(seconds=seconds, absolute_gap=WHOLE_GAP if whole else ABSOLUTE_GAP, aim=enough)
    return program.solve()


def build_program(
    problem: Problem,
    rows: Rows,
    site_cost: NDArray[np.float64],
    other_cost: NDArray[np.float64],
    *,
    options: Options | None = None,
) -> Program:
    """Return a program over the usable sites (open or not) and further variables between 0 and 1, at least cost.

    Parameters
    ----------
    problem
        The question.
    rows
        All constraints; sites first.
    site_cost, other_cost
        Cost of each usable site and of each further variable.
    options
        Options of HiGHS.
    """
    costs = np.concatenate([site_cost, other_cost])
    is_site = np.arange(len(costs)) < len(site_cost)
    lower = np.zeros(len(costs))
    lower[is_site] = np.isin(problem.usable, problem.existing)
    return Program(
        costs,
        rows.matrix,
        rows=(rows.lower, rows.upper),
        columns=(lower, np.ones(len(costs))),
        whole=is_site,
        minimise=True,
        options=options,
    )


def are_whole(values: NDArray[np.float64]) -> bool:
    """Tell whether all values are whole numbers, so that all sums of them are.

    Parameters
    ----------
    values
        Finite values.
    """
    return bool((values == np.round(values)).all())


def opened_sites(problem: Problem, solution: Solution) -> NDArray[np.int_] | None:
    """Return the positions of the sites that a solution opens, or None where there is no solution.

    Parameters
    ----------
    problem
        The question.
    solution
        Its variables begin with the usable sites.
    """
    if not solution.feasible:
        return None
    usable = problem.usable
    return np.asarray(usable[solution.x[: len(usable)] > 0.5])  # noqa: PLR2004
