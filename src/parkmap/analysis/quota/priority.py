"""Allocation by priority tier, and inside a tier in proportion, with floors and caps.

Rule, for one commodity in one year with supply S:

1. Floors come first, tier by tier. If the supply does not reach, the tier in which it ends shares what is left in
   proportion to its floors, and later tiers get nothing.
2. Then each tier in turn is filled up to its wants (the smaller of claim and cap). In the tier where the supply ends,
   park i gets clip(t * weight_i * claim_i, floor_i, want_i) with the one t that uses the supply up (water-filling).
3. Shares are rounded to whole square metres by `largest_remainder`; ties go to the smaller id.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.quota.rounding import largest_remainder

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


@dataclasses.dataclass(frozen=True, kw_only=True)
class Allocation:
    """Result of `allocate`.

    Parameters
    ----------
    claims
        Index id, as given. claim_m2, floor_m2, cap_m2 (never above the claim), tier, allocated_m2, unmet_m2 (claim
        less allocation), bound (`floor`, `cap`, `claim`, `none` or `tier`: what held the park where it is; `tier`
        means that the supply ended before its tier).
    supply_m2, allocated_m2, unallocated_m2
        Whole square metres; allocated + unallocated = supply.
    floors_met
        False when the floors together exceed the supply.
    """

    claims: pd.DataFrame
    supply_m2: int
    allocated_m2: int
    unallocated_m2: int
    floors_met: bool


def allocate(claims: pd.DataFrame, *, supply_m2: int) -> Allocation:
    """Share a supply among claims.

    Parameters
    ----------
    claims
        Index id. claim_m2, floor_m2, cap_m2 (integers, 0 <= floor <= min(claim, cap)), tier (1 is first),
        weight (positive).
    supply_m2
        Whole square metres to hand out.

    Returns
    -------
    Allocation
        Whole square metres; the sum is the supply or, if smaller, the sum of all wants.

    Raises
    ------
    ValueError
        When a claim, floor, cap, tier or weight is out of range; the ids are named.
    """
    _check(claims, supply_m2)
    ordered = claims.sort_index()
    floor = ordered["floor_m2"].to_numpy(dtype=np.int64)
    want = np.minimum(ordered["claim_m2"], ordered["cap_m2"]).to_numpy(dtype=np.int64)
    pull = ordered["weight"].to_numpy(dtype=float) * ordered["claim_m2"].to_numpy(dtype=float)
    tier = ordered["tier"].to_numpy(dtype=np.int64)
    given = np.zeros(len(ordered), dtype=np.int64)
    left = supply_m2
    for level in np.unique(tier):
        left -= _fill(given, tier == level, np.zeros_like(floor), floor, floor.astype(float), left)
    for level in np.unique(tier):
        left -= _fill(given, tier == level, given.copy(), want, pull, left)
    result = ordered.assign(cap_m2=want, allocated_m2=given, unmet_m2=ordered["claim_m2"] - given)
    result["bound"] = _bounds(result, tier, left)
    return Allocation(
        claims=result.reindex(claims.index),
        supply_m2=supply_m2,
        allocated_m2=int(given.sum()),
        unallocated_m2=left,
        floors_met=bool((given >= floor).all()),
    )


def _fill(
    given: NDArray[np.int64],
    chosen: NDArray[np.bool_],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    pull: NDArray[np.float64],
    left: int,
) -> int:
    """Raise the chosen entries of `given` from low towards high with what is left; return what was used."""
    before = int(given[chosen].sum())
    total = min(before + left, int(high[chosen].sum()))
    shares = water_fill(pull[chosen], low[chosen], high[chosen], total)
    given[chosen] = largest_remainder(shares, total, floor=low[chosen], cap=high[chosen])
    return total - before


def water_fill(
    pull: NDArray[np.float64], low: NDArray[np.int64], high: NDArray[np.int64], total: int
) -> NDArray[np.float64]:
    """Return clip(t * pull, low, high) with the one t that makes the sum `total`.

    Parameters
    ----------
    pull
        Proportions, shape (n,), not negative.
    low, high
        Bounds, shape (n,); sum(low) <= total <= sum(high).
    total
        Sum to reach.

    Returns
    -------
    ndarray of float, shape (n,)
        The shares. The sum is piecewise linear in t, so t is found exactly between two sorted breakpoints; O(n log n).
    """
    flat = pull <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        starts, ends = low / pull, high / pull
    starts[flat] = ends[flat] = np.inf
    breaks = np.concatenate([starts[~flat], ends[~flat]])
    slopes = np.concatenate([pull[~flat], -pull[~flat]])
    order = np.argsort(breaks, kind="stable")
    breaks, slope = breaks[order], np.cumsum(slopes[order])
    sums = float(low.sum()) + np.concatenate([[0.0], np.cumsum(slope[:-1] * np.diff(breaks))])
    if len(breaks) == 0 or total <= sums[0]:
        return low.astype(float)
    k = int(np.searchsorted(sums, total, side="left")) - 1
    t = breaks[k] + (total - sums[k]) / slope[k] if slope[k] > 0 else breaks[k]
    return np.where(flat, low, np.clip(t * pull, low, high))


def _bounds(result: pd.DataFrame, tier: NDArray[np.int64], left: int) -> NDArray[np.str_]:
    given = result["allocated_m2"].to_numpy()
    full, floor, capped = given == result["cap_m2"], given == result["floor_m2"], result["cap_m2"] < result["claim_m2"]
    served = np.array([(given[tier == level] > result["floor_m2"][tier == level]).any() for level in tier])
    return np.select(
        [full & capped, full, floor & ~served & (left == 0), floor & (given > 0)],
        ["cap", "claim", "tier", "floor"],
        default="none",
    )


def _check(claims: pd.DataFrame, supply_m2: int) -> None:
    if supply_m2 < 0:
        raise ValueError("supply_m2 must not be negative")
    want = np.minimum(claims["claim_m2"], claims["cap_m2"])
    wrong = (claims["floor_m2"] < 0) | (claims["floor_m2"] > want) | (claims["tier"] < 1) | ~(claims["weight"] > 0)
    if wrong.any():
        raise ValueError(f"bounds, tier or weight out of range: {', '.join(map(str, claims.index[wrong]))}")
    if claims.index.has_duplicates:
        raise ValueError("repeated ids")
