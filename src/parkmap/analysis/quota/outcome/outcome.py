"""What a solved quota problem looks like."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.quota.conflict.bounds import Conflict
    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.rounding.apportion import Rounding
    from parkmap.defaults import MethodName

Bound = Literal["claim", "cap", "floor", "tier", "group", "supply", "indivisible", "override"]
Stage = Literal["floor", "share", "rounding", "override"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Outcome:
    """Result of `solve`; every m2 is a whole number.

    Parameters
    ----------
    problem, method, rounding
        What was solved, and how.
    status
        `exact`: the named rule, rounded to 1 m2, is met exactly, or the optimum is proven; `gap`: the search was
        stopped at the proven `gap`; `infeasible`: no allocation exists, see `conflict`.
    claims
        Index claim, as in the problem. allocated_m2, unmet_m2 (claim less allocation), ideal_m2 (float, before
        rounding and overrides), bound (what held the claim where it is: its `claim` is met, its `cap` or `floor`
        holds, supply ended before its `tier`, a `group` is full, the `supply` is used up, it is `indivisible` and did
        not fit, it was set by `override`), bound_by (id of the group for `group`, of the market ``commodity:year``,
        with the pools where only some are open to it, for `supply`, else ""), bound_rule (id of the rule of that
        bound, or "").
    totals
        One row per commodity and year: supply_m2, claim_m2, floor_m2, allocated_m2, unmet_m2, unallocated_m2.
    groups
        Index group: partition, floor_m2, cap_m2, allocated_m2, bound (`floor`, `cap` or "").
    draws
        claim, pool, m2: rows of a claim add up to its allocation, rows of a pool stay within its supply.
    pools
        Index pool: commodity, year, supply_m2, drawn_m2, left_m2.
    ledger
        claim, pool, stage, rule, bound, bound_by, bound_rule, m2, who, when, why: rows of a claim add up to its
        allocation, rows of a claim and pool to its draw. m2 is negative only in the stage `override`.
    ties
        claim, won: equal remainders that only the tie key could part, and who got the unit.
    objective
        What the method maximises, in its own unit (see `methods.catalogue.METHODS`), or None for rules without one.
    gap
        Proven relative gap of `objective`; 0 when exact, None for rules without objective.
    conflict
        Why there is no allocation, or None.
    """

    problem: Problem
    method: MethodName
    rounding: Rounding
    status: Literal["exact", "gap", "infeasible"]
    claims: pd.DataFrame
    totals: pd.DataFrame
    groups: pd.DataFrame
    draws: pd.DataFrame
    pools: pd.DataFrame
    ledger: pd.DataFrame
    ties: pd.DataFrame
    objective: float | None = None
    gap: float | None = None
    conflict: Conflict | None = None
