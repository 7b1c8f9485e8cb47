"""Quota of a scenario as two flat tables, for reports: one row per claim, one per commodity and year."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.analysis.quota.bounds import relaxed
from parkmap.analysis.quota.problem import Problem, make_problem
from parkmap.analysis.quota.solve import solve

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.quota.outcome import Outcome

CLAIM_COLUMNS = ["item", "commodity", "year", "tier", "weight", "claim_m2", "floor_m2", "cap_m2"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Quota:
    """Result of `share`.

    Parameters
    ----------
    allocations
        One row per claim, in the order given: item, commodity, year, tier, weight, claim_m2, floor_m2, cap_m2,
        allocated_m2, unmet_m2, bound (`none` where nothing but the supply holds the claim).
    totals
        One row per commodity and year: supply_m2, claim_m2, allocated_m2, unmet_m2, unallocated_m2, floors_met.
    draws
        One row per claim and pool it draws on: item, commodity, year, pool, m2. Rows of a claim add up to its
        allocation, rows of a pool never exceed its supply.
    outcome
        The whole outcome. Where the bounds of the problem collide it is that of the cheapest relaxation, and
        `infeasible` is the one that says why.
    infeasible
        Outcome with the conflict, or None.
    """

    allocations: pd.DataFrame
    totals: pd.DataFrame
    draws: pd.DataFrame
    outcome: Outcome
    infeasible: Outcome | None = None


def share(pools: pd.DataFrame, claims: pd.DataFrame) -> Quota:
    """Allocate every commodity and year of a scenario by strict priority.

    Parameters
    ----------
    pools, claims
        As for `make_problem`.

    Returns
    -------
    Quota
        Whole square metres.

    Raises
    ------
    InvalidProblemError
        With every fault of the tables.
    """
    return quota_of(make_problem(pools=pools, claims=claims))


def quota_of(problem: Problem) -> Quota:
    """Solve a problem by strict priority; where bounds collide, relax them as cheaply as possible and say so.

    Parameters
    ----------
    problem
        The problem.
    """
    outcome = solve(problem)
    conflict = outcome.conflict
    if conflict is None:
        return _flat(problem, outcome, None)
    return _flat(problem, solve(relaxed(problem, conflict.cheapest)), outcome)


def _flat(problem: Problem, outcome: Outcome, infeasible: Outcome | None) -> Quota:
    got = outcome.claims
    bound = got["bound"].where(got["bound"].isin(["floor", "cap", "claim", "tier"]), "none")
    results = got[["allocated_m2", "unmet_m2"]].assign(bound=bound)
    floors = problem.claims.assign(met=got["allocated_m2"] >= problem.claims["floor_m2"])
    met = floors.groupby(["commodity", "year"])["met"].all()
    keys = list(zip(outcome.totals["commodity"], outcome.totals["year"], strict=True))
    totals = outcome.totals.drop(columns="floor_m2")
    own = problem.claims.loc[outcome.draws["claim"], ["item", "commodity", "year"]].reset_index(drop=True)
    return Quota(
        allocations=problem.claims[CLAIM_COLUMNS].join(results).reset_index(drop=True),
        totals=totals.assign(floors_met=[bool(met.get(key, True)) for key in keys]),
        draws=own.assign(pool=outcome.draws["pool"], m2=outcome.draws["m2"]),
        outcome=outcome,
        infeasible=infeasible,
    )
