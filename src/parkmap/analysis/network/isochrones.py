"""Isochrones on the network, exactly: which parts of which segments lie within a cut-off, not only which nodes.

A segment is entered from its first node, from its last, or, where a site lies on it, from the site itself. Each entry
covers an interval of the segment that follows in closed form from the cost at which it is entered; the part that is
reached is their union. From most nodes every street is covered to its other end; only those on the rim are looked at
street by street.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from parkmap.analysis.network.graph import edge_lines
from parkmap.analysis.network.search import Reached, search

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.routing import Router
    from parkmap.analysis.network.snap import Snapped


ROUNDING: Final = 1e-6
"""Relative margin on the costliest segment of a node, so that rounding does not cut a segment next to an inner node."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class SegmentParts:
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


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Isochrone:
    """What lies within one cut-off.

    Parameters
    ----------
    inner_start, inner_node
        Starts, and nodes from which every street is covered to its other end, shape (i,).
    rim_start, rim_edge, rim_end
        Starts, and whole segments between an inner node and another, with the end (0 or 1) of the other, shape (w,).
    parts
        Parts of the segments of which neither end is inner.
    """

    inner_start: NDArray[np.int64]
    inner_node: NDArray[np.int64]
    rim_start: NDArray[np.int64]
    rim_edge: NDArray[np.int64]
    rim_end: NDArray[np.int64]
    parts: SegmentParts


def reachable_nodes(router: Router, starts: Snapped, *, limit: float) -> Reached:
    """Find every node within a limit.

    Parameters
    ----------
    router
        The prepared network.
    starts
        Points on it; those off the network reach nothing.
    limit
        Largest cut-off that will be used.

    Returns
    -------
    Reached
        One row per start and node.
    """
    none = np.zeros(0, dtype=np.int64)
    found = [Reached(starts=none, rank=none, node=none, cost=np.zeros(0)), *search(router, starts, limit=limit)]
    before = np.cumsum([0, *(len(part.starts) for part in found)])
    return Reached(
        starts=np.concatenate([part.starts for part in found]),
        rank=np.concatenate([part.rank + done for part, done in zip(found, before[:-1], strict=True)]),
        node=np.concatenate([part.node for part in found]),
        cost=np.concatenate([part.cost for part in found]),
    )


def within_cutoff(router: Router, starts: Snapped, reached: Reached, *, cutoff: float) -> Isochrone:
    """Return what lies within a cut-off.

    Parameters
    ----------
    router
        The prepared network.
    starts
        The points from which it was entered.
    reached
        Result of `reachable_nodes` for a limit not below the cut-off.
    cutoff
        Cost up to which is travelled.

    Returns
    -------
    Within
        Inner nodes, whole streets at the rim, and parts of streets.
    """
    farthest = (router.dearest * (1 + ROUNDING)).take(reached.node)
    farthest += reached.cost
    inner = farthest < cutoff
    rim = np.flatnonzero(~inner)
    rim = rim.compress(reached.cost.take(rim) <= cutoff)
    whole, entries = _rim_streets(router, starts, reached, inner, rim, cutoff)
    chosen = np.flatnonzero(inner)
    return Isochrone(
        inner_start=reached.starts[reached.rank[chosen]],
        inner_node=reached.node[chosen],
        rim_start=whole[0],
        rim_edge=whole[1],
        rim_end=whole[2],
        parts=_parts(router, starts, entries, cutoff),
    )


def _rim_streets(
    router: Router, starts: Snapped, reached: Reached, inner: NDArray[np.bool_], rim: NDArray[np.int64], cutoff: float
) -> tuple[tuple[NDArray[np.int64], ...], _Entries]:
    """Return the whole streets between rim and inner nodes, and the entries of all other streets at the rim."""
    nodes = len(router.roads.node_ids)
    key = reached.rank * nodes + reached.node
    rows = []
    for end, side in ((0, router.leaving), (1, router.arriving)):
        counts, at = side.at(reached.node[rim])
        row = np.repeat(rim, counts)
        met = _met(key, reached.rank[row] * nodes + side.other[at])
        rows.append((row, side.edge[at], np.full(len(at), end), met))
    row, edge, side_of, met = (np.concatenate(column) for column in zip(*rows, strict=True))
    start = reached.starts.take(reached.rank.take(row))
    to_inner = _held(inner, met, missing=False)
    there = _held(reached.cost, met, missing=np.inf)
    listed = ~to_inner & ((side_of == 0) | (there > cutoff))  # between two rim nodes the one at its first end lists it
    kept = np.flatnonzero(listed & (edge != starts.edge.take(start)))
    here, there, first = reached.cost.take(row.take(kept)), there.take(kept), side_of.take(kept) == 0
    own = _own_entries(router, starts, reached, inner, key)
    at_inner = np.flatnonzero(to_inner)
    return tuple(column.take(at_inner) for column in (start, edge, side_of)), _Entries(
        start=np.concatenate([start.take(kept), own.start]),
        edge=np.concatenate([edge.take(kept), own.edge]),
        first_cost=np.concatenate([np.where(first, here, there), own.first_cost]),
        last_cost=np.concatenate([np.where(first, there, here), own.last_cost]),
    )


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _Entries:
    """At which cost each start enters a segment: at its first and last node, inf where that node is not reached."""

    start: NDArray[np.int64]
    edge: NDArray[np.int64]
    first_cost: NDArray[np.float64]
    last_cost: NDArray[np.float64]


def _own_entries(
    router: Router, starts: Snapped, reached: Reached, inner: NDArray[np.bool_], key: NDArray[np.int64]
) -> _Entries:
    """Return the entries of the segments that hold a start, where they are not covered whole from an inner node."""
    rank = np.arange(len(reached.starts))
    edge = starts.edge[reached.starts]
    met = _met(key, rank[:, None] * len(router.roads.node_ids) + router.roads.edge_nodes[edge])
    cost = _held(reached.cost, met, missing=np.inf)
    open_ended = ~_held(inner, met, missing=False).any(axis=1)
    return _Entries(
        start=reached.starts[open_ended],
        edge=edge[open_ended],
        first_cost=cost[open_ended, 0],
        last_cost=cost[open_ended, 1],
    )


def _met(key: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each wanted key stands among rising ones; -1 where it is not there."""
    if len(key) == 0:
        return np.full(wanted.shape, -1)
    place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    return np.where(key[place] == wanted, place, -1)


def _held(values: NDArray[Any], met: NDArray[np.int64], *, missing: float) -> NDArray[Any]:
    """Return the values at places that `_met` found, and another where it found none."""
    if len(values) == 0:
        return np.full(met.shape, missing, dtype=values.dtype)
    return np.where(met >= 0, values.take(met), missing)


def _parts(router: Router, starts: Snapped, entries: _Entries, cutoff: float) -> SegmentParts:
    """Return the parts that follow from the entries."""
    cost = router.cost[entries.edge]
    ahead = _share(cutoff - entries.first_cost, cost[:, 0])
    back = _share(cutoff - entries.last_cost, cost[:, 1])
    own = starts.edge[entries.start] == entries.edge
    whole = ~own & (ahead + back >= 1)
    from_first = ~own & ~whole & (ahead > 0)
    from_last = ~own & ~whole & (back > 0)
    mixed = _own_parts(router, starts, entries, np.flatnonzero(own), (ahead, back), cutoff)
    rows = np.concatenate([np.flatnonzero(whole), np.flatnonzero(from_first), np.flatnonzero(from_last), mixed[0]])
    zeros, ones = np.zeros(whole.sum()), np.ones(whole.sum())
    return SegmentParts(
        start=entries.start[rows],
        edge=entries.edge[rows],
        low=np.concatenate([zeros, np.zeros(from_first.sum()), 1 - back[from_last], mixed[1]]),
        high=np.concatenate([ones, ahead[from_first], np.ones(from_last.sum()), mixed[2]]),
    )


def reached_length_m(router: Router, starts: Snapped, held: Isochrone) -> NDArray[np.float64]:
    """Return the length of street that each start reaches.

    Parameters
    ----------
    router
        The prepared network.
    starts
        The starts.
    held
        What they reach.

    Returns
    -------
    ndarray of float, shape (starts,)
        Metres; a street with two directions counts once.
    """
    length, count = router.roads.length_m, len(starts.edge)
    inner = np.bincount(held.inner_start, weights=router.half_length_m[held.inner_node], minlength=count)
    rim = np.bincount(held.rim_start, weights=length[held.rim_edge] / 2, minlength=count)
    own = (held.parts.high - held.parts.low) * length[held.parts.edge]
    return np.asarray(inner + rim + np.bincount(held.parts.start, weights=own, minlength=count))


def reached_segments(router: Router, held: Isochrone) -> SegmentParts:
    """Return every street that is reached, whole or in part.

    Parameters
    ----------
    router
        The prepared network.
    held
        What is reached.

    Returns
    -------
    Pieces
        The parts, of positive length or the whole of a segment without length.
    """
    counts, at = router.leaving.at(held.inner_node)
    backward = held.rim_end == 0  # its first node is on the rim, so that no inner node has listed it
    start = np.concatenate([np.repeat(held.inner_start, counts), held.rim_start[backward], held.parts.start])
    edge = np.concatenate([router.leaving.edge[at], held.rim_edge[backward], held.parts.edge])
    whole = len(start) - len(held.parts.start)
    return SegmentParts(
        start=start,
        edge=edge,
        low=np.concatenate([np.zeros(whole), held.parts.low]),
        high=np.concatenate([np.ones(whole), held.parts.high]),
    )


def part_lines(roads: Roads, parts: SegmentParts) -> NDArray[np.object_]:
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


def _own_parts(
    router: Router,
    starts: Snapped,
    entries: _Entries,
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
