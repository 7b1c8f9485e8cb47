"""A scenario shared by strict priority, as two flat tables that tests read by item, commodity and year."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.analysis.quota.conflict.bounds import relaxed
from parkmap.analysis.quota.model.problem import make_problem
from parkmap.analysis.quota.solve import solve

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.quota.outcome.outcome import Outcome

CLAIM_COLUMNS = ["item", "commodity", "year", "tier", "weight", "claim_m2", "floor_m2", "cap_m2"]


@dataclasses.dataclass(frozen=True)
class Flat:
    """What each claim got (`none` is a bound of the supply only), sums by market, draws, and the outcome itself."""

    allocations: pd.DataFrame
    totals: pd.DataFrame
    draws: pd.DataFrame
    outcome: Outcome


def share(pools, claims):
    """Solve by strict priority; where bounds collide, relax them as cheaply as possible."""
    problem = make_problem(pools=pools, claims=claims)
    outcome = solve(problem)
    if outcome.conflict is not None:
        outcome = solve(relaxed(problem, outcome.conflict.cheapest))
    return _flat(problem, outcome)


def _flat(problem, outcome):
    got = outcome.claims
    bound = got["bound"].where(got["bound"].isin(["floor", "cap", "claim", "tier"]), "none")
    results = got[["allocated_m2", "unmet_m2"]].assign(bound=bound)
    floors = problem.claims.assign(met=got["allocated_m2"] >= problem.claims["floor_m2"])
    met = floors.groupby(["commodity", "year"])["met"].all()
    keys = list(zip(outcome.totals["commodity"], outcome.totals["year"], strict=True))
    totals = outcome.totals.drop(columns="floor_m2")
    own = problem.claims.loc[outcome.draws["claim"], ["item", "commodity", "year"]].reset_index(drop=True)
    return Flat(
        allocations=problem.claims[CLAIM_COLUMNS].join(results).reset_index(drop=True),
        totals=totals.assign(floors_met=[bool(met.get(key, True)) for key in keys]),
        draws=own.assign(pool=outcome.draws["pool"], m2=outcome.draws["m2"]),
        outcome=outcome,
    )
