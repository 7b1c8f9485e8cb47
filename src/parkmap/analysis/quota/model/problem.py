"""A quota problem as one frozen, checked value: pools, claims, groups and who belongs to them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.analysis.quota.model.checks import problem_faults
from parkmap.analysis.quota.model.columns import CLAIMS, GROUPS, MEMBERS, POOLS, completed
from parkmap.analysis.quota.model.faults import InvalidProblemError

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.quota.model.columns import Column


@dataclasses.dataclass(frozen=True, kw_only=True)
class Problem:
    """Claims, supply and bounds. Made by `make_problem`, never directly.

    Parameters
    ----------
    pools
        Index pool (id). commodity, year, supply_m2, order (pools of the same order are drawn on side by side),
        rule (id of the rule that names the pool, or "").
    claims
        Index claim (id). item, commodity, year, claim_m2, floor_m2, cap_m2 (never above the claim), tier (1 is
        first), weight (pull inside a tier; benefit per square metre for the benefit methods), indivisible (all or
        nothing), pools (tuple of pool ids it may draw on; empty is every pool of its commodity and year), tie_key
        (the smaller wins a tie; the id decides between equal keys), floor_rule, cap_rule, tier_rule (ids, or "").
        Further columns (tenure, floor-area ratio) are carried along untouched.
    groups
        Index group (id). partition (district, role, component, land use, ...), floor_m2, cap_m2 (NO_CAP is none), rule.
    members
        group, claim: one row per membership, in no particular order.
    """

    pools: pd.DataFrame
    claims: pd.DataFrame
    groups: pd.DataFrame
    members: pd.DataFrame


def make_problem(
    *,
    pools: pd.DataFrame,
    claims: pd.DataFrame,
    groups: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
) -> Problem:
    """Return the problem that checked tables state.

    Parameters
    ----------
    pools
        Needs pool, commodity, year, supply_m2; order (by position) and rule may be left out.
    claims
        Needs item, commodity, year, claim_m2; claim (default ``item:commodity:year``), floor_m2 (0), cap_m2 (the
        claim), tier (1), weight (1), indivisible (False), pools (all), tie_key (0) and the rule columns may be left
        out.
    groups
        Needs group; partition (""), floor_m2 (0), cap_m2 (none) and rule ("") may be left out. Floors and caps hold
        for the sum over the members.
    members
        Needs group and claim.

    Returns
    -------
    Problem
        Completed and copied; the tables given stay as they are.

    Raises
    ------
    InvalidProblemError
        With every fault of every table.
    """
    given: tuple[tuple[str, pd.DataFrame | None, dict[str, Column]], ...] = (
        ("pools", pools, POOLS),
        ("claims", claims, CLAIMS),
        ("groups", groups, GROUPS),
        ("members", members, MEMBERS),
    )
    tables = {name: completed(table, columns) for name, table, columns in given}
    faults = problem_faults(tables)
    if faults:
        raise InvalidProblemError(faults)
    whole = {name: _typed(tables[name], columns) for name, _, columns in given}
    whole["claims"]["cap_m2"] = whole["claims"][["claim_m2", "cap_m2"]].min(axis=1)
    return Problem(
        pools=whole["pools"].set_index("pool"),
        claims=whole["claims"].set_index("claim"),
        groups=whole["groups"].set_index("group"),
        members=whole["members"],
    )


def _typed(table: pd.DataFrame, columns: dict[str, Column]) -> pd.DataFrame:
    return table.assign(**{name: table[name].astype(column.dtype) for name, column in columns.items()})
