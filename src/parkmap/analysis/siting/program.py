"""The parts that all programs share: which sites may open, how many, for how much, and who must have one near."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import block_array, csr_array

from parkmap.analysis.siting.highs import INF, Mip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.siting.problem import Problem


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rows:
    """Some rules: lower <= matrix @ x <= upper.

    Parameters
    ----------
    matrix
        Coefficients, rules by variables.
    lower, upper
        One value per rule.
    """

    matrix: csr_array
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def location_rows(problem: Problem) -> Rows:
    """Return the rules about the sites alone: number, budget, and a site near everyone.

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
        lower=np.full(2, -INF),
        upper=np.array([INF if limit is None else float(limit) for limit in upper]),
    )
    return rows if problem.within is None else stacked(rows, cover_rows(problem, problem.within))


def cover_rows(problem: Problem, reach: float, *, times: int = 1) -> Rows:
    """Return the rules that every demand has enough open sites within reach; alike demands give one rule.

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
    return Rows(matrix=csr_array(near.astype(np.float64)), lower=np.full(size, float(times)), upper=np.full(size, INF))


def within_reach(problem: Problem, reach: float) -> NDArray[np.bool_]:
    """Return which usable site (column) serves which demand (row).

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves; an infinite way serves nobody.
    """
    cost = problem.cost[:, problem.usable]
    return np.asarray((cost <= reach) & np.isfinite(cost), dtype=np.bool_)


def stacked(*parts: Rows) -> Rows:
    """Return several rules about the same variables as one set.

    Parameters
    ----------
    *parts
        Rules with the same number of variables.
    """
    return Rows(
        matrix=csr_array(block_array([[part.matrix] for part in parts])),
        lower=np.concatenate([part.lower for part in parts]),
        upper=np.concatenate([part.upper for part in parts]),
    )


def widened(rows: Rows, before: int, after: int) -> Rows:
    """Return the same rules with further variables on both sides that they do not speak of.

    Parameters
    ----------
    rows
        The rules.
    before, after
        Number of variables put before and after.
    """
    size = rows.matrix.shape[0]
    matrix = block_array([[csr_array((size, before)), rows.matrix, csr_array((size, after))]])
    return Rows(matrix=csr_array(matrix), lower=rows.lower, upper=rows.upper)


def program(problem: Problem, rows: Rows, site_cost: NDArray[np.float64], other_cost: NDArray[np.float64]) -> Mip:
    """Return a program over the usable sites (whole) and further variables between 0 and 1.

    Parameters
    ----------
    problem
        The question.
    rows
        All rules; sites first.
    site_cost, other_cost
        Cost of each usable site and of each further variable.
    """
    sites, others = len(site_cost), len(other_cost)
    lower = np.zeros(sites + others)
    lower[:sites] = np.isin(problem.usable, problem.existing)
    integer = np.zeros(sites + others, dtype=np.bool_)
    integer[:sites] = True
    return Mip(
        cost=np.concatenate([site_cost, other_cost]),
        lower=lower,
        upper=np.ones(sites + others),
        integer=integer,
        rows=rows.matrix,
        row_lower=rows.lower,
        row_upper=rows.upper,
    )
