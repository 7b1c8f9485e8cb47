"""Sites with a capacity: assignment of demand, and the sites needed for it.

A demand may be shared between sites, so the assignment is a transport problem once the sites are chosen.
References: Current, Storbeck (1988), Capacitated covering models; Sridharan (1995), The capacitated plant location
problem (the strong constraints "no pair without its site" in addition to the capacities).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from parkmap.analysis.highs import Program, Solution
from parkmap.analysis.siting.program import Rows, location_rows, padded, solve_program, stacked, within_reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.siting.problem import Problem

SCALE = 1e4
"""Largest total cost of a program, so that the solver's tolerances are small in comparison."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pairs:
    """Which demand may go to which usable site, and at what cost.

    Parameters
    ----------
    demand, site
        Position of the demand, and position among the usable sites, of each pair.
    cost
        Cost of sending the whole demand there.
    """

    demand: NDArray[np.int_]
    site: NDArray[np.int_]
    cost: NDArray[np.float64]


def pairs(problem: Problem, reach: float, per_cost: float, per_weight: float) -> Pairs:
    """Return all pairs within reach.

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves.
    per_cost, per_weight
        Cost of one unit of weight for each unit of travel cost, and for being served at all.
    """
    demand, site = np.nonzero(within_reach(problem, reach))
    way = problem.cost[demand, problem.usable[site]]
    return Pairs(demand=demand, site=site, cost=problem.weights[demand] * (way * per_cost + per_weight))


def assignment_rows(problem: Problem, chosen: Pairs, *, everyone: bool) -> Rows:
    """Return the rules of an assignment; variables are the usable sites, then the pairs.

    Parameters
    ----------
    problem
        The question.
    chosen
        The pairs.
    everyone
        Whether all demand must be served.
    """
    sites, size, count = len(problem.usable), len(problem.demand), len(chosen.demand)
    ones, order = np.ones(count), np.arange(count)
    served = csr_array((ones, (chosen.demand, order)), shape=(size, count))
    serve = Rows(matrix=served, lower=np.full(size, 1.0 if everyone else 0.0), upper=np.ones(size))
    capacity = problem.capacities[problem.usable]
    capped = np.flatnonzero(np.isfinite(capacity))
    load = csr_array((problem.weights[chosen.demand], (chosen.site, sites + order)), shape=(sites, sites + count))
    room = csr_array(
        (np.where(np.isfinite(capacity), -capacity, 0.0), (np.arange(sites), np.arange(sites))), load.shape
    )
    fits = Rows(
        matrix=csr_array((load + room)[capped]), lower=np.full(len(capped), -np.inf), upper=np.zeros(len(capped))
    )
    link = csr_array(
        (np.concatenate([ones, -ones]), (np.tile(order, 2), np.concatenate([sites + order, chosen.site]))),
        shape=(count, sites + count),
    )
    linked = Rows(matrix=link, lower=np.full(count, -np.inf), upper=np.zeros(count))
    return stacked(padded(location_rows(problem), 0, count), padded(serve, sites, 0), fits, linked)


def choose_sites(
    problem: Problem, chosen: Pairs, site_cost: NDArray[np.float64], *, everyone: bool, seconds: float
) -> tuple[Solution, float]:
    """Choose sites and assignment at least cost.

    Parameters
    ----------
    problem
        The question.
    chosen
        The pairs that may be used.
    site_cost
        Cost of each usable site.
    everyone
        Whether all demand must be served.
    seconds
        Time limit.

    Returns
    -------
    tuple of Solution and float
        What HiGHS found, and the factor by which its costs were multiplied.
    """
    scale = SCALE / max(float(np.abs(chosen.cost).sum() + np.abs(site_cost).sum()), 1e-9)
    rows = assignment_rows(problem, chosen, everyone=everyone)
    return solve_program(problem, rows, site_cost * scale, chosen.cost * scale, seconds=seconds), scale


def transport(
    problem: Problem, chosen: Pairs, opened: NDArray[np.int_], *, everyone: bool
) -> NDArray[np.float64] | None:
    """Return the best assignment to given sites, or None where they cannot serve all demand.

    Parameters
    ----------
    problem
        The question.
    chosen
        The pairs that may be used.
    opened
        Positions of the open sites among all sites.
    everyone
        Whether all demand must be served.

    Returns
    -------
    ndarray of float, shape (pairs,)
        Share of the demand of each pair that goes there.
    """
    scale = SCALE / max(float(np.abs(chosen.cost).sum()), 1e-9)
    sites, count = len(problem.usable), len(chosen.demand)
    free = dataclasses.replace(problem, count=None, budget_yuan=None, within=None)
    rows = assignment_rows(free, chosen, everyone=everyone)
    fixed = np.isin(problem.usable, opened).astype(np.float64)
    solution = Program(
        np.concatenate([np.zeros(sites), chosen.cost * scale]),
        rows.matrix,
        rows=(rows.lower, rows.upper),
        columns=(np.concatenate([fixed, np.zeros(count)]), np.concatenate([fixed, np.ones(count)])),
        minimise=True,
    ).solve()
    return solution.x[sites:] if solution.feasible else None
