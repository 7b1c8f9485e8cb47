"""Solve a quota problem: share, round, draw on the pools, and write the ledger."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.conflict.search import conflict_of
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.methods.ideal import objective
from parkmap.analysis.quota.model.faults import InvalidProblemError
from parkmap.analysis.quota.model.override import override_faults
from parkmap.analysis.quota.model.region import region_of
from parkmap.analysis.quota.outcome.draws import draws_of
from parkmap.analysis.quota.outcome.ledger import ledger_of
from parkmap.analysis.quota.outcome.outcome import Outcome
from parkmap.analysis.quota.outcome.tables import claims_table, groups_table, pools_table, totals_table
from parkmap.analysis.quota.rounding.apportion import snapped
from parkmap.analysis.quota.sharing import Options, Shared, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.override import Override
    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.model.region import Region

    Ints = NDArray[np.int64]


def solve(
    problem: Problem, *, options: Options | None = None, overrides: Sequence[Override] = (), **given: object
) -> Outcome:
    """Share the supply of a problem among its claims.

    Parameters
    ----------
    problem
        The problem.
    options
        How to share; None makes them of `given`.
    overrides
        Manual overrides. They are fixed, the rest is shared again, and the ledger shows the difference.
    **given
        Fields of `Options` by name, for example ``method="max-min"``.

    Returns
    -------
    Outcome
        Whole square metres. Where no allocation satisfies every bound, all amounts are 0 and `conflict` explains why.

    Raises
    ------
    InvalidProblemError
        When an override names no claim, asks for more than the claim or lacks who or why.
    """
    chosen = options or Options(**given)  # type: ignore[arg-type]
    if not 0 <= chosen.fairness <= 1 or not math.isfinite(chosen.fairness):
        raise ValueError("fairness lies between 0 and 1")
    if faults := list(override_faults(problem, overrides)):
        raise InvalidProblemError(faults)
    region = region_of(problem)
    rule = _shared(problem, region, chosen)
    if overrides:
        held = _held(problem, overrides)
        final = _shared(held, _bounded(region, held), chosen)
    else:
        held, final = problem, rule
    if final is None:
        return _infeasible(problem, region, chosen, held)
    # Only overridden claims differ from what the rule gives; the others were shared again by the rule.
    by_hand = problem.claims.index.isin([override.claim for override in overrides])
    before = final if rule is None else rule
    shared = dataclasses.replace(final, ideal=np.where(by_hand, before.ideal, final.ideal), tied=final.tied & ~by_hand)
    return _outcome(problem, region, chosen, shared, base=np.where(by_hand, before.m2, final.m2), overrides=overrides)


def _shared(problem: Problem, region: Region, options: Options) -> Shared | None:
    """Share in the order of tie key and id, so that neither depends on the order of the rows."""
    names = problem.claims.index.to_numpy(dtype=object).astype(str)
    order = np.lexsort((names, problem.claims["tie_key"].to_numpy()))
    ordered = dataclasses.replace(problem, claims=problem.claims.iloc[order])
    found = share_out(ordered, region.reordered(order), options)
    if found is None:
        return None
    back = np.argsort(order)
    return dataclasses.replace(found, m2=found.m2[back], ideal=found.ideal[back], tied=found.tied[back])


def _bounded(region: Region, problem: Problem) -> Region:
    claims = problem.claims
    low, high = (claims[name].to_numpy(dtype=np.int64) for name in ("floor_m2", "cap_m2"))
    return dataclasses.replace(region, low=low, high=high)


def _infeasible(problem: Problem, region: Region, options: Options, held: Problem) -> Outcome:
    none = np.zeros(len(problem.claims), dtype=np.int64)
    nothing = Shared(m2=none, ideal=none.astype(float), tied=none > 0, gap=None)
    empty = _outcome(problem, region, options, nothing, base=none)
    return dataclasses.replace(empty, status="infeasible", objective=None, gap=None, conflict=conflict_of(held))


def _held(problem: Problem, overrides: Sequence[Override]) -> Problem:
    amounts = pd.Series({override.claim: override.m2 for override in overrides}, dtype=object)
    given = problem.claims.index.to_series().map(amounts)
    held = {name: given.where(given.notna(), problem.claims[name]).astype("int64") for name in ("floor_m2", "cap_m2")}
    return dataclasses.replace(problem, claims=problem.claims.assign(**held)) if overrides else problem


def _ties(claims: pd.DataFrame, shared: Shared) -> pd.DataFrame:
    won = shared.m2 > np.floor(snapped(shared.ideal))
    return pd.DataFrame({"claim": claims.index[shared.tied], "won": won[shared.tied]})


def _outcome(
    problem: Problem,
    region: Region,
    options: Options,
    shared: Shared,
    *,
    base: Ints,
    overrides: Sequence[Override] = (),
) -> Outcome:
    by_tier = METHODS[options.method].by_tier
    # A method that does not look at tiers gives nothing under the rule of a tier.
    cited = problem if by_tier else dataclasses.replace(problem, claims=problem.claims.assign(tier_rule=""))
    claims = claims_table(cited, region, shared.m2, shared.ideal, by_tier=by_tier)
    claims.loc[[override.claim for override in overrides], ["bound", "bound_by", "bound_rule"]] = ["override", "", ""]
    draws = draws_of(problem, claims["allocated_m2"])
    return Outcome(
        problem=problem,
        method=options.method,
        rounding=options.rounding,
        status="gap" if shared.gap else "exact",
        claims=claims,
        totals=totals_table(problem, shared.m2),
        groups=groups_table(problem, region, shared.m2),
        draws=draws.drop(columns="at"),
        pools=pools_table(problem, draws),
        ledger=ledger_of(cited, claims, draws, base=base, overrides=overrides),
        ties=_ties(claims, shared),
        objective=objective(options.method, problem.claims, shared.m2),
        gap=shared.gap,
    )
