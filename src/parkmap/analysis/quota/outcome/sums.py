"""Sums over the claims of an outcome: by any property, by tier, and as two-way tables that still add up rounded."""

from __future__ import annotations

from typing import Final

import pandas as pd

from parkmap.analysis.quota.rounding.controlled import controlled_rounding

MARKET: Final = ["commodity", "year"]
AMOUNTS: Final = ["claim_m2", "allocated_m2", "unmet_m2"]
TOTAL: Final = "total"
"""Label of the row and the column that sum up a two-way table."""


def sums_by(claims: pd.DataFrame, key: str) -> pd.DataFrame:
    """Add up claims that share a property, in each market.

    Parameters
    ----------
    claims
        One row per claim: commodity, year, the property, claim_m2, allocated_m2, unmet_m2.
    key
        Name of the property; "" gathers the claims without one.

    Returns
    -------
    DataFrame
        commodity, year, the property, claims (their number), claim_m2, allocated_m2, unmet_m2, sorted by the first
        three; each market sums up to its total.
    """
    grouped = claims.groupby([*MARKET, key])
    return pd.concat([grouped.size().rename("claims"), grouped[AMOUNTS].sum()], axis=1).reset_index()


def tier_sums(claims: pd.DataFrame) -> pd.DataFrame:
    """Add up the claims of each tier, and what the tiers before and after it get.

    Parameters
    ----------
    claims
        As for `sums_by`, with tier.

    Returns
    -------
    DataFrame
        As from `sums_by`, with before_m2, after_m2, and rivals and tiers, the claims and tiers of the whole market.
    """
    table = sums_by(claims, "tier")
    market, given = table.groupby(MARKET), table["allocated_m2"]
    before = market["allocated_m2"].cumsum() - given
    return table.assign(
        before_m2=before,
        after_m2=market["allocated_m2"].transform("sum") - given - before,
        rivals=market["claims"].transform("sum"),
        tiers=market["tier"].transform("size"),
    )


def two_way(claims: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return allocations by item and one property.

    Parameters
    ----------
    claims
        Claims of one commodity: item, the property, allocated_m2.
    key
        Name of the property, whose values become columns in their order; "" stands last.

    Returns
    -------
    DataFrame
        Index item, in the order of the claims. Whole square metres, empty where nothing was claimed; the last column
        is the `TOTAL` of the row.
    """
    table = claims.pivot_table(index="item", columns=key, values="allocated_m2", aggfunc="sum").astype("Int64")
    columns = sorted(table.columns, key=lambda value: (value == "", value))
    table = table.reindex(claims["item"].unique())[columns]
    return table.assign(**{TOTAL: table.sum(axis=1)})


def rounded_two_way(table: pd.DataFrame, step_m2: int) -> pd.DataFrame:
    """Round a table of `two_way` so that rows, columns and the total agree as printed.

    Parameters
    ----------
    table
        The table.
    step_m2
        To what it is rounded.

    Returns
    -------
    DataFrame
        The same with multiples of the step and one more row, the `TOTAL` of the columns. Every cell and every sum is
        one of the two neighbours of its square metres, see `controlled_rounding`.
    """
    body = table.drop(columns=TOTAL)
    steps = controlled_rounding(body.fillna(0).to_numpy(dtype=float) / step_m2) * step_m2
    whole = pd.DataFrame(steps, index=body.index, columns=body.columns).astype("Int64")
    last = whole.sum().rename(TOTAL).to_frame().T
    both = pd.concat([whole.where(body.notna()), last]).astype("Int64")
    return both.assign(**{TOTAL: both.sum(axis=1)})
