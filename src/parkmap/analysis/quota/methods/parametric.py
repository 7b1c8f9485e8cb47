"""Parametric rules: how each method raises every claim from its floor to its cap as one common level rises.

A rule is a set of segments. While the level runs from `start` to `end`, the claim grows by `slope` per unit of level.
The water-filling of proportional shares, equal awards and losses, the Talmud rule, tiers served one after the other and
the greedy order of a linear benefit are all parametric rules (Young 1987, Math. Oper. Res. 12(3)).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray


@dataclasses.dataclass(frozen=True, kw_only=True)
class ParametricRule:
    """Segments of n claims.

    Parameters
    ----------
    claim
        Claim of each segment, shape (k,).
    start, end
        Levels between which it grows, start <= end, shape (k,).
    slope
        Growth per unit of level, positive, shape (k,); over all segments of a claim it grows from floor to cap.
    """

    claim: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    slope: NDArray[np.float64]


def _single(
    low: NDArray[np.float64], high: NDArray[np.float64], *, pull: NDArray[np.float64], zero: NDArray[np.float64]
) -> ParametricRule:
    """Return the rule x = zero + pull * level, clipped to the bounds."""
    moving = np.flatnonzero(high > low)
    slope, origin = pull[moving], zero[moving]
    return ParametricRule(
        claim=moving, start=(low[moving] - origin) / slope, end=(high[moving] - origin) / slope, slope=slope
    )


def _bounds(claims: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    return (
        claims["floor_m2"].to_numpy(dtype=float),
        claims["cap_m2"].to_numpy(dtype=float),
        claims["claim_m2"].to_numpy(dtype=float),
    )


def proportional(claims: pd.DataFrame) -> ParametricRule:
    """Return the rule x = clip(t * weight * claim, floor, cap)."""
    low, high, claim = _bounds(claims)
    return _single(low, high, pull=claims["weight"].to_numpy(dtype=float) * claim, zero=np.zeros_like(low))


def priority(claims: pd.DataFrame) -> ParametricRule:
    """Return the proportional rule of each tier, one tier after the other."""
    rule = proportional(claims)
    tier = claims["tier"].to_numpy(dtype=np.int64)[rule.claim]
    # Dividing by the largest end of its tier keeps every tier inside one unit of level, whatever the weights are.
    tiers, code = np.unique(tier, return_inverse=True)
    top = np.zeros(len(tiers))
    np.maximum.at(top, code, rule.end)
    top = top[code]
    return ParametricRule(
        claim=rule.claim, start=code + rule.start / top, end=code + rule.end / top, slope=rule.slope * top
    )


def equal_awards(claims: pd.DataFrame) -> ParametricRule:
    """Return the rule x = clip(t, floor, cap)."""
    low, high, _ = _bounds(claims)
    return _single(low, high, pull=np.ones_like(low), zero=np.zeros_like(low))


def equal_losses(claims: pd.DataFrame) -> ParametricRule:
    """Return the rule x = clip(claim - t, floor, cap), read as the loss t falls."""
    low, high, claim = _bounds(claims)
    return _single(low, high, pull=np.ones_like(low), zero=claim)


def max_min(claims: pd.DataFrame) -> ParametricRule:
    """Return the rule by which every claim is met to the same share: x = clip(t * claim, floor, cap)."""
    low, high, claim = _bounds(claims)
    return _single(low, high, pull=claim, zero=np.zeros_like(low))


def proportional_fair(claims: pd.DataFrame) -> ParametricRule:
    """Return the rule x = clip(t * weight, floor, cap)."""
    low, high, _ = _bounds(claims)
    return _single(low, high, pull=claims["weight"].to_numpy(dtype=float), zero=np.zeros_like(low))


def talmud(claims: pd.DataFrame) -> ParametricRule:
    """Return the rule of the contested garment: equal awards up to half the claim, equal losses above."""
    low, high, claim = _bounds(claims)
    half, top = claim / 2, float(claim.max(initial=0.0))
    awards = _single(np.minimum(low, half), np.minimum(high, half), pull=np.ones_like(low), zero=np.zeros_like(low))
    losses = _single(np.maximum(low, half), np.maximum(high, half), pull=np.ones_like(low), zero=claim - top)
    return ParametricRule(
        claim=np.concatenate([awards.claim, losses.claim]),
        start=np.concatenate([awards.start, losses.start]),
        end=np.concatenate([awards.end, losses.end]),
        slope=np.concatenate([awards.slope, losses.slope]),
    )


def max_benefit(claims: pd.DataFrame) -> ParametricRule:
    """Return the greedy order: the largest weight first, equal weights side by side."""
    low, high, _ = _bounds(claims)
    moving = np.flatnonzero(high > low)
    _, rank = np.unique(-claims["weight"].to_numpy(dtype=float)[moving], return_inverse=True)
    start = rank.astype(float)
    return ParametricRule(claim=moving, start=start, end=start + 1, slope=(high - low)[moving])


PARAMETRIC_RULES: Final[dict[str, Callable[[pd.DataFrame], ParametricRule]]] = {
    "priority": priority,
    "proportional": proportional,
    "equal-awards": equal_awards,
    "equal-losses": equal_losses,
    "talmud": talmud,
    "max-min": max_min,
    "proportional-fair": proportional_fair,
    "max-benefit": max_benefit,
}
"""Methods that are parametric rules where groups are nested."""
