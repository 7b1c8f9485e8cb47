"""Where land goes: from kinds of pools through classes of land to the items, over all years."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclasses.dataclass(frozen=True, kw_only=True)
class Flows:
    """Sums of draws, in square metres, in the order in which claims are served.

    Parameters
    ----------
    kinds
        Index kind of pool: m2, pool (the first of its pools that was drawn on).
    classes
        Index class: m2.
    items
        Index item: m2, claim_m2 (all it claims, also in years in which it gets nothing).
    into
        Index kind, class: m2.
    out
        Index class, item, kind: m2.
    """

    kinds: pd.DataFrame
    classes: pd.Series
    items: pd.DataFrame
    into: pd.Series
    out: pd.Series


def flows_of(draws: pd.DataFrame, claims: pd.DataFrame, pools: pd.DataFrame) -> Flows:
    """Add up what each kind of pool gives to each class, and each class to each item.

    Parameters
    ----------
    draws
        claim, pool, m2.
    claims
        Claims of one commodity. Index claim: item, class, claim_m2.
    pools
        Index pool: kind.
    """
    table = draws.join(claims[["item", "class"]], on="claim", how="inner").join(pools["kind"], on="pool")
    own = table.groupby("kind", sort=False)
    drawn = table.groupby("item", sort=False)["m2"].sum().to_frame()
    return Flows(
        kinds=own["m2"].sum().to_frame().join(own["pool"].first()),
        classes=table.groupby("class", sort=False)["m2"].sum(),
        items=drawn.join(claims.groupby("item")["claim_m2"].sum()),
        into=table.groupby(["kind", "class"], sort=False)["m2"].sum(),
        out=table.groupby(["class", "item", "kind"], sort=False)["m2"].sum(),
    )
