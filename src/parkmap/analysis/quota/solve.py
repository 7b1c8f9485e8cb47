"""Solve a quota problem: share, round, draw on the pools, and write it all down."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.conflict import conflict_of
from parkmap.analysis.quota.draws import draws_of
from parkmap.analysis.quota.elastic import overshoot_m2
from parkmap.analysis.quota.faults import Fault, InvalidProblemError
from parkmap.analysis.quota.ideal import ideal, objective
from parkmap.analysis.quota.indivisible import choose, nearest, top_up, with_choice
from parkmap.analysis.quota.integral import reach, round_cells, round_nested
from parkmap.analysis.quota.ledger import ledger_of
from parkmap.analysis.quota.methods import METHODS
from parkmap.analysis.quota.nested import tree_of
from parkmap.analysis.quota.outcome import MethodName, Outcome, Override, Rounding
from parkmap.analysis.quota.region import Region, region_of
from parkmap.analysis.quota.rounding import Rounded, snapped
from parkmap.analysis.quota.tables import claims_table, groups_table, pools_table, totals_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.quota.problem import Problem

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Options:
    """How to share.

    Parameters
    ----------
    method
        Name of the method, see `methods.METHODS`.
    rounding
        `largest-remainder` or `sainte-lague`.
    fairness
        For `dial`: 0 is strict priority, 1 is proportional.
    seconds, relative_gap
        When to stop the search for indivisible claims early; the gap reached is reported.
    """

    method: MethodName = "priority"
    rounding: Rounding = "largest-remainder"
    fairness: float = 0.0
    seconds: float | None = None
    relative_gap: float = 0.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shared:
    """An allocation as arrays, in the order of the claims given to `share_out`.

    Parameters
    ----------
    m2
        Whole square metres, shape (n,).
    ideal
        Before rounding, shape (n,).
    tied
        Where the tie key decided a unit, shape (n,).
    gap
        Proven relative gap of the objective, None for rules without one.
    """

    m2: Ints
    ideal: Floats
    tied: NDArray[np.bool_]
    gap: float | None


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
        Amounts set by hand. They are held, the rest is shared anew, and the ledger shows the difference.
    **given
        Fields of `Options` by name, for example ``method="max-min"``.

    Returns
    -------
    Outcome
        Whole square metres. Where no allocation obeys every bound, all amounts are 0 and `conflict` says why.

    Raises
    ------
    InvalidProblemError
        When an override names no claim, asks for more than the claim or lacks who or why.
    """
    chosen = options or Options(**given)  # type: ignore[arg-type]
    _check(problem, overrides, chosen)
    order = np.lexsort((problem.claims.index.to_numpy(dtype=object).astype(str), problem.claims["tie_key"].to_numpy()))
    ordered = dataclasses.replace(problem, claims=problem.claims.iloc[order])
    base = share_out(ordered, region_of(ordered), chosen)
    held = _held(ordered, overrides)
    final = base if not overrides else share_out(held, region_of(held), chosen)
    back = np.argsort(order)
    if final is None:
        return _outcome(
            problem, chosen, _nothing(len(back)), base=np.zeros(len(back), dtype=np.int64), conflicting=held
        )
    # Only claims set by hand differ from what the rule gives; the others were shared anew by the rule.
    by_hand = ordered.claims.index.isin([override.claim for override in overrides])
    rule = final if base is None else base
    placed = Shared(
        m2=final.m2[back],
        ideal=np.where(by_hand, rule.ideal, final.ideal)[back],
        tied=(final.tied & ~by_hand)[back],
        gap=final.gap,
    )
    before = np.where(by_hand, rule.m2, final.m2)[back]
    return _outcome(problem, chosen, placed, base=before, overrides=overrides)


def share_out(problem: Problem, region: Region, options: Options) -> Shared | None:
    """Share and round, as arrays.

    Parameters
    ----------
    problem
        A problem whose claims stand in the order that decides ties.
    region
        Its region.
    options
        How to share.

    Returns
    -------
    Shared or None
        None when no allocation obeys every bound.
    """
    if not feasible(region):
        return None
    whole = problem.claims["indivisible"].to_numpy(dtype=bool) & (region.high > region.low)
    if not whole.any():
        return _divisible(problem, region, options)
    return _with_indivisible(problem, region, options, whole)


def feasible(region: Region) -> bool:
    """Tell whether any allocation, whole or not, obeys every bound of a region."""
    if region.structure == "nested":
        least, most = reach(region, tree_of(region))
        return bool((least <= most).all())
    return overshoot_m2(region) == 0


def _divisible(problem: Problem, region: Region, options: Options) -> Shared | None:
    shares = ideal(options.method, problem.claims, region, fairness=options.fairness)
    rounded = _rounded(shares, region, options.rounding)
    if rounded is None:
        return None
    return Shared(m2=rounded.m2, ideal=shares, tied=rounded.tied, gap=_gap(options, problem, rounded.m2, shares))


def _rounded(shares: Floats, region: Region, rule: Rounding) -> Rounded | None:
    if region.structure == "nested":
        return round_nested(shares, region, tree_of(region), rule=rule)
    return round_cells(shares, region, rule=rule)


def _gap(options: Options, problem: Problem, values: Ints, shares: Floats) -> float | None:
    if not METHODS[options.method].objective:
        return None
    if options.method == "proportional-fair":
        return 0.0
    weight = problem.claims["weight"].to_numpy(dtype=float)
    reached = float(weight @ values)
    missed = float(weight @ shares) - reached
    return 0.0 if missed <= 1e-9 * max(abs(reached), 1.0) else missed / max(abs(reached), 1e-9)


def _with_indivisible(problem: Problem, region: Region, options: Options, whole: NDArray[np.bool_]) -> Shared | None:
    """Settle the indivisible claims first, then share the rest."""
    by_benefit = METHODS[options.method].objective.startswith("sum of w_i x_i,")
    if by_benefit:
        weight = problem.claims["weight"].to_numpy(dtype=float)
        chosen = choose(weight, region, whole, seconds=options.seconds, relative_gap=options.relative_gap)
    else:
        shares = ideal(options.method, problem.claims, region, fairness=options.fairness)
        chosen = nearest(shares, region, whole, seconds=options.seconds)
    if chosen is None:
        return None
    settled = with_choice(region, whole, chosen.granted)
    final = ideal(options.method, _bounded(problem.claims, settled), settled, fairness=options.fairness)
    rounded = _rounded(final, settled, options.rounding)
    if rounded is None:
        return None
    if by_benefit:
        return Shared(m2=rounded.m2, ideal=final, tied=rounded.tied, gap=chosen.gap)
    m2 = top_up(rounded.m2, shares, region, whole)
    return Shared(m2=m2, ideal=shares, tied=rounded.tied, gap=None)


def _bounded(claims: pd.DataFrame, region: Region) -> pd.DataFrame:
    return claims.assign(floor_m2=region.low, cap_m2=region.high)


def _held(problem: Problem, overrides: Sequence[Override]) -> Problem:
    amounts = pd.Series({override.claim: override.m2 for override in overrides}, dtype=object)
    given = problem.claims.index.to_series().map(amounts)
    held = {name: given.where(given.notna(), problem.claims[name]).astype("int64") for name in ("floor_m2", "cap_m2")}
    return dataclasses.replace(problem, claims=problem.claims.assign(**held)) if overrides else problem


def _check(problem: Problem, overrides: Sequence[Override], options: Options) -> None:
    if not 0 <= options.fairness <= 1 or not math.isfinite(options.fairness):
        raise ValueError("fairness lies between 0 and 1")
    faults = []
    seen: set[str] = set()
    claims = problem.claims["claim_m2"].to_dict()
    for row, override in enumerate(overrides):
        asked = claims.get(override.claim)
        tests = (
            ("claim", "unknown_claim", asked is None),
            ("claim", "duplicate_id", override.claim in seen),
            ("m2", "negative", override.m2 < 0),
            ("m2", "floor_above_claim", asked is not None and override.m2 > asked),
            ("who", "no_reason", not override.who.strip()),
            ("why", "no_reason", not override.why.strip()),
        )
        faults += [
            Fault(table="overrides", row=row, column=column, code=code, id=override.claim, value=str(override.m2))  # type: ignore[arg-type]
            for column, code, wrong in tests
            if wrong
        ]
        seen.add(override.claim)
    if faults:
        raise InvalidProblemError(faults)


def _nothing(n: int) -> Shared:
    none = np.zeros(n, dtype=np.int64)
    return Shared(m2=none, ideal=none.astype(float), tied=np.zeros(n, dtype=bool), gap=None)


def _ties(claims: pd.DataFrame, shared: Shared) -> pd.DataFrame:
    won = shared.m2 > np.floor(snapped(shared.ideal))
    return pd.DataFrame({"claim": claims.index[shared.tied], "won": won[shared.tied]})


def _outcome(
    problem: Problem,
    options: Options,
    shared: Shared,
    *,
    base: Ints,
    overrides: Sequence[Override] = (),
    conflicting: Problem | None = None,
) -> Outcome:
    region = region_of(problem)
    claims = claims_table(problem, region, shared.m2, shared.ideal)
    claims.loc[[override.claim for override in overrides], ["bound", "bound_by", "bound_rule"]] = ["override", "", ""]
    draws = draws_of(problem, claims["allocated_m2"])
    reached = objective(options.method, problem.claims, shared.m2)
    status = "infeasible" if conflicting is not None else "gap" if shared.gap else "exact"
    return Outcome(
        problem=problem,
        method=options.method,
        rounding=options.rounding,
        status=status,  # type: ignore[arg-type]
        claims=claims,
        totals=totals_table(problem, shared.m2),
        groups=groups_table(problem, region, shared.m2),
        draws=draws,
        pools=pools_table(problem, draws),
        ledger=ledger_of(problem, claims, draws, base=base, overrides=overrides),
        ties=_ties(claims, shared),
        objective=None if conflicting is not None else reached,
        gap=shared.gap,
        conflict=None if conflicting is None else conflict_of(conflicting),
    )
