"""The ledger: which rule and which pool every square metre of an allocation comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.rounding.apportion import snapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.override import Override
    from parkmap.analysis.quota.model.problem import Problem

    Ints = NDArray[np.int64]

STAGES = np.array(["floor", "share", "rounding", "override"], dtype=object)
COLUMNS = ["claim", "pool", "stage", "rule", "bound", "bound_by", "bound_rule", "m2", "who", "when", "why"]


def ledger_of(
    problem: Problem, claims: pd.DataFrame, draws: pd.DataFrame, *, base: Ints, overrides: Sequence[Override]
) -> pd.DataFrame:
    """Write the ledger of an allocation.

    Parameters
    ----------
    problem
        The problem.
    claims
        Index claim, as in the problem: allocated_m2, ideal_m2, bound, bound_by, bound_rule.
    draws
        claim, pool, m2, at: from `draws_of`.
    base
        What the rule alone, without overrides, gives to each claim, shape (n,).
    overrides
        Manual overrides.

    Returns
    -------
    DataFrame
        One row per claim, pool and stage, in the order of the claims. Stages: `floor` (the amount held before
        sharing), `share` (what the rule adds, rounded down), `rounding` (the unit added), `override` (the difference
        that a hand-set amount makes, negative where it takes away). Rows of a claim add up to its allocation, rows of
        a claim and pool to its draw. A claim that gets nothing has one row of 0 m2 with the reason.
    """
    final = claims["allocated_m2"].to_numpy(dtype=np.int64)
    stages = _stages(problem, claims, base, final)
    pieces = _pieces(stages, draws, final)
    taken = _taken_away(draws, base - final)
    nothing = np.flatnonzero((final == 0) & (base == 0))
    silent = pd.DataFrame({"at": nothing, "pool": "", "stage": STAGES[1], "m2": np.zeros(len(nothing), dtype=np.int64)})
    pieces = pieces.groupby(["at", "stage", "pool"], sort=False, as_index=False)["m2"].sum()
    rows = pd.concat([pieces, taken, silent], ignore_index=True).sort_values("at", kind="stable")
    return _named(rows, problem, claims, overrides)


def _stages(problem: Problem, claims: pd.DataFrame, base: Ints, final: Ints) -> Ints:
    """Split the larger of base and final into floor, share, rounding and override, shape (n, 4)."""
    down = np.floor(snapped(claims["ideal_m2"].to_numpy(dtype=float))).astype(np.int64)
    floor = np.minimum(problem.claims["floor_m2"].to_numpy(dtype=np.int64), base)
    share = np.clip(down, floor, base) - floor
    return np.column_stack([floor, share, base - floor - share, np.maximum(final - base, 0)])


def _pieces(stages: Ints, draws: pd.DataFrame, final: Ints) -> pd.DataFrame:
    """Cut the stages of each claim along its pools."""
    at, pool, m2 = (draws[name].to_numpy() for name in ("at", "pool", "m2"))
    extra = stages.sum(axis=1) - final
    beyond = np.flatnonzero(extra)
    last = dict(zip(at.tolist(), pool.tolist(), strict=True)) if len(beyond) else {}
    at = np.concatenate([at, beyond])
    pool = np.concatenate([pool, np.array([last.get(i, "") for i in beyond.tolist()], dtype=object)])
    order = np.argsort(at, kind="stable")
    pool, m2 = pool[order], np.concatenate([m2, extra[beyond]])[order]
    stage_end, pool_end = np.cumsum(stages.ravel()), np.cumsum(m2)
    cuts = np.unique(np.concatenate([[0], stage_end, pool_end]))
    which = np.searchsorted(stage_end, cuts[:-1], side="right")
    where = np.searchsorted(pool_end, cuts[:-1], side="right")
    return pd.DataFrame({"at": which // 4, "pool": pool[where], "stage": STAGES[which % 4], "m2": np.diff(cuts)})


def _taken_away(draws: pd.DataFrame, taken: Ints) -> pd.DataFrame:
    at = np.flatnonzero(taken > 0)
    last = dict(zip(draws["at"].tolist(), draws["pool"], strict=True)) if len(at) else {}
    pools = [last.get(i, "") for i in at.tolist()]
    return pd.DataFrame({"at": at, "pool": pools, "stage": STAGES[3], "m2": -taken[at]})


def _named(rows: pd.DataFrame, problem: Problem, claims: pd.DataFrame, overrides: Sequence[Override]) -> pd.DataFrame:
    """Add claim, rules, bounds, and who decided overrides."""
    at, stage = rows["at"].to_numpy(), rows["stage"].to_numpy()
    own = problem.claims
    rules = np.where(stage == STAGES[0], own["floor_rule"].to_numpy()[at], own["tier_rule"].to_numpy()[at])
    table = rows.assign(claim=claims.index[at], rule=np.where(np.isin(stage, STAGES[:2]), rules, ""))
    for name in ("bound", "bound_by", "bound_rule"):
        table[name] = np.where(stage == STAGES[1], claims[name].to_numpy()[at], "")
    notes = {override.claim: override for override in overrides}
    table[["who", "when", "why"]] = ""
    for row in np.flatnonzero(stage == STAGES[3]).tolist():
        note = notes[table["claim"].iloc[row]]
        table.loc[table.index[row], ["who", "when", "why"]] = [note.who, note.when.isoformat(), note.why]
    return table[COLUMNS].reset_index(drop=True)
