"""Quota of a whole scenario: one allocation per commodity and year, and which pool each square metre comes from."""

from __future__ import annotations

import dataclasses

import pandas as pd

from parkmap.analysis.quota.priority import allocate

GROUP = ["commodity", "year"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Quota:
    """Result of `share`.

    Parameters
    ----------
    allocations
        One row per claim, in the order given: item, commodity, year, tier, weight, claim_m2, floor_m2, cap_m2,
        allocated_m2, unmet_m2, bound.
    totals
        One row per commodity and year: supply_m2, claim_m2, allocated_m2, unmet_m2, unallocated_m2, floors_met.
    draws
        One row per claim and pool it draws on: item, commodity, year, pool, m2. Rows of a claim add up to its
        allocation, rows of a pool never exceed its supply.
    """

    allocations: pd.DataFrame
    totals: pd.DataFrame
    draws: pd.DataFrame


def share(pools: pd.DataFrame, claims: pd.DataFrame) -> Quota:
    """Allocate every commodity and year of a scenario.

    Parameters
    ----------
    pools
        Columns pool, commodity, year, supply_m2; pools are drawn on in this order.
    claims
        Columns item, commodity, year, tier, weight, claim_m2, floor_m2, cap_m2; one row per item, commodity and year.

    Returns
    -------
    Quota
        Whole square metres.
    """
    parts, totals, draws = [], [], []
    for (commodity, year), group in pools.groupby(GROUP, sort=True):
        asked = claims[(claims["commodity"] == commodity) & (claims["year"] == year)]
        result = allocate(asked.set_index("item"), supply_m2=int(group["supply_m2"].sum()))
        parts.append(result.claims.reset_index())
        totals.append(
            {
                "commodity": commodity,
                "year": year,
                "supply_m2": result.supply_m2,
                "claim_m2": int(asked["claim_m2"].sum()),
                "allocated_m2": result.allocated_m2,
                "unmet_m2": int(result.claims["unmet_m2"].sum()),
                "unallocated_m2": result.unallocated_m2,
                "floors_met": result.floors_met,
            }
        )
        draws += _draw(group, result.claims)
    columns = ["item", *GROUP, "tier", "weight", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2", "bound"]
    return Quota(
        allocations=pd.concat(parts, ignore_index=True)[columns],
        totals=pd.DataFrame(totals),
        draws=pd.DataFrame(draws, columns=["item", *GROUP, "pool", "m2"]),
    )


def _draw(pools: pd.DataFrame, claims: pd.DataFrame) -> list[dict[str, object]]:
    """Let the claims, first tier first, draw on the pools in their order."""
    left = {row.pool: int(row.supply_m2) for row in pools.itertuples()}
    rows: list[dict[str, object]] = []
    for claim in claims.sort_values("tier", kind="stable").itertuples():
        wanted = int(claim.allocated_m2)
        for pool, available in left.items():
            taken = min(wanted, available)
            if taken:
                rows.append(
                    {"item": claim.Index, "commodity": claim.commodity, "year": claim.year, "pool": pool, "m2": taken}
                )
                left[pool] -= taken
                wanted -= taken
    return rows
