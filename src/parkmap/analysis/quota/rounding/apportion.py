"""Round shares to whole square metres so that every total and every bound holds exactly."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

Rounding = Literal["largest-remainder", "sainte-lague"]

NARROW = 2**16 - 1
"""Whole numbers up to this one are sorted by radix."""
SNAP = 1e-6
"""A share this near to a whole number is that number: below any remainder that land could mean."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rounded:
    """Whole numbers, and where a tie decided.

    Parameters
    ----------
    m2
        Whole square metres, shape (n,).
    tied
        True where equal remainders were decided by the order of the entries, shape (n,).
    """

    m2: Ints
    tied: NDArray[np.bool_]


def snapped(values: Floats, *, within: float = SNAP) -> Floats:
    """Replace values that miss a whole number by less than a tolerance by that number."""
    whole = np.rint(values)
    return np.where(np.abs(values - whole) < within, whole, values)


def largest_remainder(shares: Floats, totals: Ints, part: Ints, *, low: Ints, high: Ints) -> Rounded:
    """Round by largest remainder within bounds, part by part.

    Parameters
    ----------
    shares
        Real shares, shape (n,), each within its bounds.
    totals
        Sum to reach in each part, shape (k,).
    part
        Part of each entry, 0 ... k-1, shape (n,).
    low, high
        Whole bounds, shape (n,).

    Returns
    -------
    Rounded
        Whole numbers within the bounds with exactly those sums. Every entry is first rounded down; the missing units
        go to the largest remainders that still have room, ties to the earlier entry. Source: Hamilton's method, with
        the bounds of Balinski and Young (1982, Fair Representation, ch. 7).

    Raises
    ------
    ValueError
        When no whole numbers within the bounds have these sums.
    """
    _possible(totals, part, low, high)
    near = snapped(shares)
    values = np.clip(np.floor(near), low, high).astype(np.int64)
    tied = np.zeros(len(values), dtype=bool)
    while True:
        missing = totals - _sums(values, part, len(totals))
        if not missing.any():
            return Rounded(m2=values, tied=tied)
        step = np.sign(missing)[part]
        room = np.where(step > 0, values < high, values > low) & (step != 0)
        values[room] += (
            _step(step[room] * (near[room] - values[room]), part[room], np.abs(missing), tied, room) * (step[room])
        )


def by_part_and_value(part: Ints, value: Floats) -> Ints:
    """Sort by part, then by value, equal ones in the order given: as `lexsort` does but faster.

    Parameters
    ----------
    part
        Whole numbers from 0 on, shape (n,).
    value
        Shape (n,).
    """
    order = _by_value(value)
    highest = int(part.max(initial=0))
    if highest == 0:
        return order
    narrow = part.astype(np.uint16) if highest <= NARROW else part
    return order[np.argsort(narrow[order], kind="stable")]


def _by_value(value: Floats) -> Ints:
    """Sort by radix on the range cut into 2**16 steps; what is left out of order is near, and merged in few passes."""
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        scale = np.divide(NARROW, value.max() - value.min()) if len(value) else np.inf
    if not np.isfinite(scale) or scale == 0:  # all the same, or some infinite
        return np.argsort(value, kind="stable")
    order = np.argsort(((value - value.min()) * scale).astype(np.uint16), kind="stable")
    return order[np.argsort(value[order], kind="stable")]


def _step(gain: Floats, part: Ints, missing: Ints, tied: NDArray[np.bool_], room: NDArray[np.bool_]) -> Ints:
    """Choose in each part as many of the largest gains as units are missing; note ties at the edge."""
    order = by_part_and_value(part, -gain)
    sorted_part = part[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_part, sorted_part)
    won = rank < missing[sorted_part]
    edge = np.full(len(missing), np.nan)
    edge[sorted_part[won]] = gain[order][won]  # the last winner of each part stands last
    level = np.abs(gain[order] - edge[sorted_part]) < SNAP
    lost = np.zeros(len(missing), dtype=bool)
    lost[sorted_part[level & ~won]] = True
    where = np.flatnonzero(room)[order]
    tied[where[level & lost[sorted_part]]] = True
    chosen = np.zeros(len(gain), dtype=np.int64)
    chosen[order[won]] = 1
    return chosen


def sainte_lague(shares: Floats, totals: Ints, part: Ints, *, low: Ints, high: Ints) -> Rounded:
    """Round by the divisor method of Webster and Sainte-Lague within bounds, part by part.

    Parameters
    ----------
    shares, totals, part, low, high
        As in `largest_remainder`.

    Returns
    -------
    Rounded
        x_i = clip(round(share_i / d), low_i, high_i) with one divisor d per part; units that fall on a threshold go
        to the earlier entry. The divisor is bracketed by bisection and the last units are handed out by largest
        quotient share / (x + 1/2). House-monotone. Source: Balinski and Young (1982, app. A).

    Raises
    ------
    ValueError
        When no whole numbers within the bounds have these sums.
    """
    _possible(totals, part, low, high)
    count = len(totals)
    under, over = np.zeros(count), np.full(count, 2.0)
    while (short := _sums(_divided(shares, over[part], low, high), part, count) < totals).any():
        if (over > 1e18).any():  # noqa: PLR2004 -- zero shares cannot grow: what is missing goes to them by order
            break
        over[short] *= 2
    for _ in range(80):
        middle = (under + over) / 2
        short = _sums(_divided(shares, middle[part], low, high), part, count) <= totals
        under, over = np.where(short, middle, under), np.where(short, over, middle)
    values = _divided(shares, under[part], low, high)
    tied = np.zeros(len(values), dtype=bool)
    while (missing := totals - _sums(values, part, count)).any():
        room = (values < high) & (missing > 0)[part]
        quotient = shares[room] / (values[room] + 0.5)
        values[room] += _step(quotient, part[room], np.maximum(missing, 0), tied, room)
    return Rounded(m2=values, tied=tied)


def _divided(shares: Floats, factor: Floats, low: Ints, high: Ints) -> Ints:
    return np.clip(np.ceil(shares * factor - 0.5), low, high).astype(np.int64)


def _sums(values: Ints, part: Ints, count: int) -> Ints:
    return np.bincount(part, weights=values, minlength=count).astype(np.int64)


def _possible(totals: Ints, part: Ints, low: Ints, high: Ints) -> None:
    count = len(totals)
    if (_sums(low, part, count) > totals).any() or (_sums(high, part, count) < totals).any():
        raise ValueError("a total lies outside the sum of its bounds")
