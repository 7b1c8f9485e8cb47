"""Exact allocation by a parametric rule under nested bounds, without a solver.

Inside a group the common level can neither fall below the level at which its floor is met nor rise above the one at
which its cap is full. So each group, innermost first, cuts the segments of its members to its own range of levels, and
at the outermost the level may rise without end. For separable convex problems under nested bounds this is the optimum
(Hochbaum 1994, Lower and upper bounds for the allocation problem, Math. Oper. Res. 19(2); Fujishige 2005, Submodular
Functions and Optimization, ch. V). Every step is a sort: O(depth * n log n).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.quota.model.nesting import levels_of
from parkmap.analysis.quota.rounding.apportion import by_part_and_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.methods.parametric import ParametricRule
    from parkmap.analysis.quota.model.nesting import Tree
    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]


MANY, BRACKETINGS = 500, 8
"""From so many segments on levels are bracketed before breakpoints are sorted; how often."""


def fill(rule: ParametricRule, region: Region, tree: Tree) -> Floats:
    """Raise every claim along its segments as far as the bounds allow.

    Parameters
    ----------
    rule
        The rule of a method.
    region
        A feasible nested region.
    tree
        Its tree.

    Returns
    -------
    ndarray of float, shape (n,)
        The allocation before rounding, exact to double precision.
    """
    _, end = cut(rule, region, tree)
    grown = np.bincount(rule.claim, weights=rule.slope * (end - rule.start), minlength=len(region.low))
    return np.clip(region.low + grown, region.low, region.high)


def cut(rule: ParametricRule, region: Region, tree: Tree) -> tuple[Floats, Floats]:
    """Cut the segments of a rule to the levels that the rows allow.

    Parameters
    ----------
    rule, region, tree
        As in `fill`.

    Returns
    -------
    tuple of ndarray of float, shape (k,)
        Start and end of each segment: below its start the level has no influence because a floor holds, above its end
        because a cap does.
    """
    start, end = rule.start.copy(), rule.end.copy()
    m = len(region.rows)
    for depth, row in levels_of(tree, region.cell):
        own = row[rule.claim]
        base = np.bincount(row[row >= 0], weights=region.low[row >= 0], minlength=m).astype(float)
        held = _Cut(own=own, start=start, end=end, origin=rule.start, slope=rule.slope, base=base)
        at_depth = tree.depth == depth
        lowest, highest = _range(held, region, at_depth)
        inside = _places(own >= 0)
        start[inside] = np.clip(lowest[own[inside]], start[inside], end[inside])
        end[inside] = np.clip(highest[own[inside]], start[inside], end[inside])
    return start, end


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Cut:
    """Segments, cut so far, with the row of one depth in which each lies."""

    own: NDArray[np.int64]
    start: Floats
    end: Floats
    origin: Floats
    slope: Floats
    base: Floats


def _places(which: NDArray[np.bool_]) -> NDArray[np.int64] | slice:
    """Return where it is true, as what indexes fastest."""
    return slice(None) if which.all() else np.flatnonzero(which)


def _range(cut: _Cut, region: Region, at_depth: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return the levels between which each row keeps its bounds; infinite where they do not bind."""
    m = len(region.rows)
    inside = cut.own >= 0
    at = _places(inside)
    own, slope = cut.own[at], cut.slope[at]
    least = cut.base + np.bincount(own, weights=slope * (cut.start - cut.origin)[at], minlength=m)
    most = cut.base + np.bincount(own, weights=slope * (cut.end - cut.origin)[at], minlength=m)
    lowest, highest = np.full(m, -np.inf), np.full(m, np.inf)
    raised, capped = at_depth & (least < region.row_low), at_depth & (most > region.row_high)
    for binding, bound, result in ((raised, region.row_low, lowest), (capped, region.row_high, highest)):
        if binding.any():
            chosen = _places(inside & binding[cut.own])
            result[binding] = _solve(
                np.flatnonzero(binding), cut.own[chosen], cut.start[chosen], cut.end[chosen],
                slope=cut.slope[chosen], rise=(bound - least)[binding],
            )  # fmt: skip
    return lowest, highest


def _solve(
    rows: NDArray[np.int64],
    own: NDArray[np.int64],
    start: Floats,
    end: Floats,
    *,
    slope: Floats,
    rise: Floats,
) -> Floats:
    """Return for each row the level at which its segments have grown by `rise` from their starts."""
    code = np.searchsorted(rows, own)
    if len(code) > MANY:
        code, start, end, slope, rise = _narrowed(code, start, end, slope=slope, rise=rise)
    group = np.concatenate([code, code])
    level = np.concatenate([start, end])
    order = by_part_and_value(group, level)
    group, level = group[order], level[order]
    steps = np.concatenate([slope, -slope])[order]
    first = np.searchsorted(group, np.arange(len(rows)))
    speed = _restart(np.cumsum(steps), first, group)
    gain = np.zeros(len(level))
    gain[1:] = np.where(group[1:] == group[:-1], speed[:-1] * np.diff(level), 0.0)
    reached = _restart(np.cumsum(gain), first, group, own_first=gain)
    count = np.bincount(group[reached < rise[group]], minlength=len(rows))
    last = np.minimum(first + count, np.append(first[1:], len(level)) - 1)
    ceiling, bottom = level[last], level[np.maximum(last - 1, first)]
    t: Floats = ceiling.copy()
    for _ in range(3):  # the running sums only find the piece; inside it the level is solved afresh
        got = _grown(code, t, start, end, slope=slope)
        moving = (start < ceiling[code]) & (end > bottom[code])
        pace = np.bincount(code, weights=np.where(moving, slope, 0.0), minlength=len(rows))
        t = np.clip(t + np.divide(rise - got, pace, out=np.zeros_like(t), where=pace > 0), bottom, ceiling)
    return t


def _grown(code: NDArray[np.int64], level: Floats, start: Floats, end: Floats, *, slope: Floats) -> Floats:
    """Return by how much the segments of each row have grown at its level."""
    one = len(level) == 1  # a market without groups needs no gathering
    grown = slope * (np.minimum(np.maximum(start, level[0] if one else level[code]), end) - start)
    return np.array([grown.sum()]) if one else np.bincount(code, weights=grown, minlength=len(level)).astype(float)


def _narrowed(
    code: NDArray[np.int64], start: Floats, end: Floats, *, slope: Floats, rise: Floats
) -> tuple[NDArray[np.int64], Floats, Floats, Floats, Floats]:
    """Bracket each level by a few evaluations; keep the breakpoints inside, join the segments that span the bracket."""
    count = len(rise)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    if count == 1:
        low[0], high[0] = start.min(), end.max()
    else:
        np.minimum.at(low, code, start)
        np.maximum.at(high, code, end)
    under, over = np.zeros(count), np.bincount(code, weights=slope * (end - start), minlength=count)
    for _ in range(BRACKETINGS):
        share = np.divide(rise - under, over - under, out=np.full(count, 0.5), where=over > under)
        level = low + (high - low) * np.clip(share, 0.1, 0.9)
        got = _grown(code, level, start, end, slope=slope)
        less = got < rise
        low, under = np.where(less, level, low), np.where(less, got, under)
        high, over = np.where(less, high, level), np.where(less, over, got)
    moving = np.flatnonzero((start < high[code]) & (end > low[code]))
    code, start, end, slope = code[moving], start[moving], end[moving], slope[moving]
    spanning = (start <= low[code]) & (end >= high[code])
    joined = np.bincount(code[spanning], weights=slope[spanning], minlength=count)
    rows, part = np.arange(count), ~spanning  # each row keeps a segment, if only a flat one
    return (
        np.concatenate([rows, code[part]]),
        np.concatenate([low[rows], np.maximum(start[part], low[code[part]])]),
        np.concatenate([high[rows], np.minimum(end[part], high[code[part]])]),
        np.concatenate([joined[rows], slope[part]]),
        rise - under,
    )


def _restart(
    running: Floats, first: NDArray[np.int64], group: NDArray[np.int64], *, own_first: Floats | None = None
) -> Floats:
    """Restart running sums at the first event of each row."""
    before = np.where(first > 0, running[np.maximum(first - 1, 0)], 0.0)
    if own_first is not None:
        before = before + own_first[first]
    return running - before[group]
