"""Which parts of which segments lie within a cut-off, exactly: a street is left where the time runs out, not at a node.

A segment is entered from its first node, from its last, or, where a site lies on it, from the site itself. Each entry
covers an interval of the segment that follows in closed form from the cost at which it is entered; the part that is
reached is their union.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import shapely

from parkmap.analysis.network.routing import batches, edge_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.routing import Batch, Router
    from parkmap.analysis.network.snap import Snapped


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Entries:
    """At which cost each start enters each segment that it can reach.

    Parameters
    ----------
    start
        Position of the start, shape (k,).
    edge
        Position of the segment, shape (k,).
    first_cost, last_cost
        Cost at the segment's first and last node, shape (k,); inf where that node is not reached.
    """

    start: NDArray[np.int64]
    edge: NDArray[np.int64]
    first_cost: NDArray[np.float64]
    last_cost: NDArray[np.float64]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Pieces:
    """Parts of segments; those of one start do not overlap.

    Parameters
    ----------
    start
        Position of the start, shape (k,).
    edge
        Position of the segment, shape (k,).
    low, high
        Where the part begins and ends on the segment, 0 to 1, shape (k,).
    """

    start: NDArray[np.int64]
    edge: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def enter(router: Router, starts: Snapped, *, limit: float) -> Entries:
    """Find every segment that can be entered within a limit.

    Parameters
    ----------
    router
        The prepared network.
    starts
        Points on it; those off the network reach nothing.
    limit
        Largest cut-off that will be asked for.

    Returns
    -------
    Entries
        One row per start and segment.
    """
    found = [_entered(router, starts, batch) for batch in batches(router, starts, limit=limit)]
    columns = [np.concatenate(column) for column in zip(*found, strict=True)] if found else [np.zeros(0)] * 4
    return Entries(
        start=columns[0].astype(np.int64),
        edge=columns[1].astype(np.int64),
        first_cost=columns[2],
        last_cost=columns[3],
    )


def _entered(
    router: Router, starts: Snapped, batch: Batch
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    width = batch.cost.shape[1]
    flat = batch.cost.reshape(-1)
    cell = np.flatnonzero(flat < np.inf)  # quicker than isfinite: nothing here is NaN
    base, node, cost = cell - cell % width, batch.nodes[cell % width], flat[cell]
    own = starts.edge[batch.starts]
    counts, at = router.leaving.at(node)
    base_here = np.repeat(base, counts)
    first = (
        base_here,
        router.leaving.edge[at],
        np.repeat(cost, counts),
        flat[base_here + batch.place[router.leaving.other[at]]],
    )
    counts, at = router.arriving.at(node)
    base_here = np.repeat(base, counts)
    other = flat[base_here + batch.place[router.arriving.other[at]]]
    new = np.flatnonzero(other == np.inf)  # where the first node is reached too, the segment is listed above
    last = (base_here[new], router.arriving.edge[at[new]], other[new], np.repeat(cost, counts)[new])
    bases, edges, firsts, lasts = (np.concatenate(pair) for pair in zip(first, last, strict=True))
    rows = bases // width
    elsewhere = edges != own[rows]  # the segment that holds the start is added in any case
    each, own_ends = np.arange(len(own)), batch.place[router.roads.edge_nodes[own]]
    return (
        np.concatenate([batch.starts[rows[elsewhere]], batch.starts]),
        np.concatenate([edges[elsewhere], own]),
        np.concatenate([firsts[elsewhere], batch.cost[each, own_ends[:, 0]]]),
        np.concatenate([lasts[elsewhere], batch.cost[each, own_ends[:, 1]]]),
    )


def pieces(router: Router, starts: Snapped, entries: Entries, *, cutoff: float) -> Pieces:
    """Return the parts of segments within a cut-off.

    Parameters
    ----------
    router
        The prepared network.
    starts
        The points from which it was entered.
    entries
        Result of `enter` for a limit not below the cut-off.
    cutoff
        Cost up to which is travelled.

    Returns
    -------
    Pieces
        The parts, of positive length or the whole of a segment without length.
    """
    cost = router.cost[entries.edge]
    ahead = _share(cutoff - entries.first_cost, cost[:, 0])
    back = _share(cutoff - entries.last_cost, cost[:, 1])
    own = starts.edge[entries.start] == entries.edge
    whole = ~own & (ahead + back >= 1)
    from_first = ~own & ~whole & (ahead > 0)
    from_last = ~own & ~whole & (back > 0)
    mixed = _own_pieces(router, starts, entries, np.flatnonzero(own), (ahead, back), cutoff)
    rows = np.concatenate([np.flatnonzero(whole), np.flatnonzero(from_first), np.flatnonzero(from_last), mixed[0]])
    zeros, ones = np.zeros(whole.sum()), np.ones(whole.sum())
    return Pieces(
        start=entries.start[rows],
        edge=entries.edge[rows],
        low=np.concatenate([zeros, np.zeros(from_first.sum()), 1 - back[from_last], mixed[1]]),
        high=np.concatenate([ones, ahead[from_first], np.ones(from_last.sum()), mixed[2]]),
    )


def reached_length_m(router: Router, starts: Snapped, parts: Pieces) -> NDArray[np.float64]:
    """Return the length of street that each start reaches.

    Parameters
    ----------
    router
        The prepared network.
    starts
        The starts.
    parts
        What they reach.

    Returns
    -------
    ndarray of float, shape (starts,)
        Metres; a street with two directions counts once.
    """
    length = (parts.high - parts.low) * router.roads.length_m[parts.edge]
    return np.bincount(parts.start, weights=length, minlength=len(starts.edge)).astype(np.float64)


def piece_lines(roads: Roads, parts: Pieces) -> NDArray[np.object_]:
    """Return the parts as lines.

    Parameters
    ----------
    roads
        The network.
    parts
        Parts of its segments.

    Returns
    -------
    ndarray of LineString, shape (len(parts.edge),)
        Lines in the system of the network.
    """
    from shapely.ops import substring  # noqa: PLC0415  only where lines are cut

    lines = edge_lines(roads, parts.edge)
    for row in np.flatnonzero((parts.low > 0) | (parts.high < 1)):
        lines[row] = substring(lines[row], parts.low[row], parts.high[row], normalized=True)
    points = shapely.get_type_id(lines) == shapely.GeometryType.POINT
    lines[points] = [shapely.LineString([p, p]) for p in lines[points]]
    return lines


def _share(left: NDArray[np.float64], cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return which share of a segment can be covered with what is left; a segment without cost wholly."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = left / cost
    np.minimum(share, 1.0, out=share)
    np.maximum(share, 0.0, out=share)
    undefined = np.flatnonzero(np.isnan(share))  # nothing left over no cost, or an unreached end of a closed segment
    share[undefined] = left[undefined] == 0
    return share


def _own_pieces(
    router: Router,
    starts: Snapped,
    entries: Entries,
    rows: NDArray[np.int64],
    shares: tuple[NDArray[np.float64], NDArray[np.float64]],
    cutoff: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return rows, lows and highs on the segments that hold their start: the union of three intervals."""
    start, cost = entries.start[rows], router.cost[entries.edge[rows]]
    here, left = starts.fraction[start], cutoff - starts.access[start]
    up = np.minimum(here + _share(left, cost[:, 0]), 1.0)
    down = np.maximum(here - _share(left, cost[:, 1]), 0.0)
    ahead, back = shares[0][rows], shares[1][rows]
    low = np.stack([np.zeros(len(rows)), down, 1 - back], axis=1)
    high = np.stack([ahead, up, np.ones(len(rows))], axis=1)
    low = np.where(high > low, low, np.inf)
    high = np.where(np.isfinite(low), high, -np.inf)
    order = np.argsort(low, axis=1)
    low, high = np.take_along_axis(low, order, 1), np.take_along_axis(high, order, 1)
    until = np.maximum.accumulate(high, axis=1)
    fresh = np.isfinite(low)
    fresh[:, 1:] &= low[:, 1:] > until[:, :-1]
    group = np.cumsum(fresh, axis=1)
    ends = np.stack([np.where(group == k, until, -np.inf).max(axis=1) for k in (1, 2, 3)], axis=1)
    which, place = np.nonzero(fresh)
    return rows[which], low[fresh], ends[which, group[which, place] - 1]
