"""Match edges that should be the same and are not quite: other vertices, small gaps, small overlaps.

Two edges share a border where they run within `eps_m` of each other in opposite directions, within 10 degrees. Most
such edges have both ends in common and are found by their midpoints; the rest is compared piece by piece. The direction
of an edge that is hardly longer than the tolerance means little, so it may deviate more; and a short piece is a border
only together with those that follow it, unless the two edges run along one line: then no tolerance is needed, and the
piece is a border however short it is.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from scipy.spatial import cKDTree

from parkmap.analysis.adjacency.edges import sums
from parkmap.analysis.adjacency.runs import run_lengths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.edges import Edges
    from parkmap.analysis.adjacency.hashing import Pairs

OPPOSITE: Final = -math.cos(math.radians(10))
"""Cosine from which on two directions count as opposite."""
NORTH: Final = math.sin(math.radians(5))
"""Sine of the angle to north or south up to which an edge counts as running east and west."""
ROUNDING_M: Final = 1e-6
"""What is no distance at all: the rounding of a vertex that lies on another one's edge."""
LEAST: Final = 1.0
"""Shortest shared stretch, in tolerances: where two edges only meet, vertices off by half of it may overlap so far."""
SHORT: Final = 12.0
"""Length of an edge, in tolerances, below which the tolerance may turn it by more than those 10 degrees, and its ends
may be within the tolerance of those of another edge that it lies against in part only."""
STEEPEST: Final = math.radians(60)
"""What may be between two directions at most, however short the edges."""
BLOCK: Final = 200_000
"""Edges compared at once: bounds the memory."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Pieces:
    """Pieces of edges that lie against each other; position `k` of every array describes one piece.

    Parameters
    ----------
    one, two
        Edge numbers, shape (p,), int32.
    one_span_m, two_span_m
        Where the piece begins and ends on each, from the start of the turned edge, shape (p, 2).
    flush
        Whether both edges run along one line there, but for rounding, shape (p,).
    """

    one: NDArray[np.int32]
    two: NDArray[np.int32]
    one_span_m: NDArray[np.float64]
    two_span_m: NDArray[np.float64]
    flush: NDArray[np.bool_]

    def lengths_m(self) -> NDArray[np.float64]:
        """Return the length of each piece: the mean of its two sides."""
        return (np.diff(self.one_span_m)[:, 0] + np.diff(self.two_span_m)[:, 0]) / 2

    def take(self, rows: NDArray[np.bool_] | slice) -> Pieces:
        """Return some of the pieces."""
        return Pieces(**{field.name: getattr(self, field.name)[rows] for field in dataclasses.fields(self)})


def join_pieces(several: list[Pieces]) -> Pieces:
    """Return all pieces in one value."""
    names = [field.name for field in dataclasses.fields(Pieces)]
    return Pieces(**{name: np.concatenate([getattr(pieces, name) for pieces in several]) for name in names})


def whole_pieces(edges: Edges, pairs: Pairs) -> Pieces:
    """Return pairs of edges that lie against each other from end to end, as pieces; none of them counts as flush."""

    def span(numbers: NDArray[np.int32]) -> NDArray[np.float64]:
        return np.stack([np.zeros(len(numbers)), edges.length_m[numbers]], axis=1)

    flush = np.zeros(len(pairs[0]), dtype=bool)
    return Pieces(one=pairs[0], two=pairs[1], one_span_m=span(pairs[0]), two_span_m=span(pairs[1]), flush=flush)


def match_ends(edges: Edges, loose: NDArray[np.int32], eps_m: float) -> Pairs:
    """Return edges of different polygons whose ends lie within the tolerance of each other, crosswise.

    Edges along one line that end in different places are left out: what they have in common can be measured exactly.

    Parameters
    ----------
    edges
        Edges.
    loose
        Numbers of the edges to compare.
    eps_m
        Tolerance.

    Returns
    -------
    tuple of ndarray
        Edge numbers, each pair once.
    """
    loose = loose[edges.length_m[loose] > SHORT * eps_m]  # ends of shorter ones are soon taken for those of the next
    if len(loose) == 0:
        return loose, loose
    start, end = edges.ends(loose)
    tree = cKDTree((start + end) / 2, balanced_tree=False, compact_nodes=False)
    one, two = tree.query_pairs(eps_m, output_type="ndarray").T
    across = edges.owner[loose[one]] != edges.owner[loose[two]]
    one, two = one[across], two[across]
    here, there = _apart_m(start[one], end[two]), _apart_m(end[one], start[two])
    met = (here <= eps_m) & (there <= eps_m)
    shifted = met & (np.maximum(here, there) > ROUNDING_M)
    shifted[shifted] = _in_line(edges, loose[one[shifted]], loose[two[shifted]])
    met &= ~shifted
    return loose[one[met]], loose[two[met]]


def _in_line(edges: Edges, one: NDArray[np.int32], two: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell whether both ends of the other edge lie on the line of the one."""
    (a, b), (c, d) = edges.ends(one), edges.ends(two)
    along = (b - a) / edges.length_m[one][:, None]
    on_line: NDArray[np.bool_] = np.maximum(abs(_cross(along, c - a)), abs(_cross(along, d - a))) <= ROUNDING_M
    return on_line


def _apart_m(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hypot(one[:, 0] - two[:, 0], one[:, 1] - two[:, 1])


def facing_edges(edges: Edges, loose: NDArray[np.int32], eps_m: float) -> Iterator[Pairs]:
    """Yield pairs of edges of different polygons that come within the tolerance and may run in opposite directions.

    Of two such edges one runs east and the other west (both, if they are short or run within 5 degrees of north or
    south), so that each edge is compared with half of the others only.

    Parameters
    ----------
    edges
        Edges.
    loose
        Numbers of the edges to compare.
    eps_m
        Tolerance.
    """
    start, end = edges.ends(loose)
    east_m = end[:, 0] - start[:, 0]
    length_m = edges.length_m[loose]
    slack_m = np.where(length_m < SHORT * eps_m, length_m, NORTH * length_m)
    east, west = east_m >= -slack_m, east_m <= slack_m
    both = np.zeros(len(edges.points), dtype=bool)
    both[loose[east & west]] = True
    for one, two in near_edges(edges, loose[east], loose[west], eps_m):
        once = ~(both[one] & both[two]) | (one < two)
        yield one[once], two[once]


def near_edges(edges: Edges, some: NDArray[np.int32], others: NDArray[np.int32], eps_m: float) -> Iterator[Pairs]:
    """Yield pairs of edges of different polygons whose boxes come within the tolerance, block by block.

    Parameters
    ----------
    edges
        Edges.
    some, others
        Numbers of the edges to compare, the ones with the others.
    eps_m
        Tolerance.
    """
    for one, two in near_boxes(edges, some, others, eps_m):
        across = edges.owner[one] != edges.owner[two]
        yield one[across], two[across]


def near_boxes(edges: Edges, some: NDArray[np.int32], others: NDArray[np.int32], eps_m: float) -> Iterator[Pairs]:
    """Yield pairs of edges whose boxes come within the tolerance, of the same polygon or not, block by block.

    Parameters
    ----------
    edges
        Edges.
    some, others
        Numbers of the edges to compare, the ones with the others.
    eps_m
        Tolerance.
    """
    if len(some) == 0 or len(others) == 0:
        return
    tree = shapely.STRtree(_boxes(edges, some, eps_m / 2))
    for first in range(0, len(others), BLOCK):
        block = others[first : first + BLOCK]
        two, one = tree.query(_boxes(edges, block, eps_m / 2))
        yield some[one], block[two]


def _boxes(edges: Edges, numbers: NDArray[np.int32], margin_m: float) -> NDArray[np.object_]:
    """Return lines that have the boxes of edges, grown by a margin."""
    one, two = edges.points[numbers], edges.points[numbers + 1]
    lines: NDArray[np.object_] = shapely.linestrings(
        np.stack([np.minimum(one, two) - margin_m, np.maximum(one, two) + margin_m], axis=1)
    )
    return lines


def match_along(edges: Edges, pairs: Pairs, eps_m: float) -> Pieces:
    """Return the pieces along which pairs of edges lie against each other.

    Parameters
    ----------
    edges
        Edges.
    pairs
        Edge numbers to compare.
    eps_m
        Tolerance.

    Returns
    -------
    Pieces
        Every piece longer than the tolerance, every flush piece, and every piece of short edges (see `lasting`).
    """
    one, two = _opposite(edges, pairs, eps_m)
    (a, b), (c, d) = edges.ends(one), edges.ends(two)
    length, other_length = edges.length_m[one], edges.length_m[two]
    along = (b - a) / length[:, None]
    far, near = _dot(c - a, along), _dot(d - a, along)  # where the other edge starts and ends along this one
    far_off, near_off = _cross(along, c - a), _cross(along, d - a)
    stretch = far - near
    slope = (far_off - near_off) / stretch
    low, high = _within(near, near_off, slope, eps_m)
    low = np.maximum.reduce([low, near, np.zeros_like(low)])
    high = np.minimum.reduce([high, far, length])
    some = high > low
    one, two, low, high = one[some], two[some], low[some], high[some]
    near, near_off, far, stretch = near[some], near_off[some], far[some], stretch[some]
    slope, length, other_length = slope[some], length[some], other_length[some]
    off = np.maximum(*(abs(near_off + slope * (place - near)) for place in (low, high)))
    flush = (off <= ROUNDING_M) & (high - low > LEAST * ROUNDING_M)
    shared = (high - low > LEAST * eps_m) | flush | (np.minimum(length, other_length) < SHORT * eps_m)
    one, two, low, high = one[shared], two[shared], low[shared], high[shared]
    scale = (other_length / stretch)[shared]
    back = np.stack([(far[shared] - high) * scale, (far[shared] - low) * scale], axis=1)
    return Pieces(one=one, two=two, one_span_m=np.stack([low, high], axis=1), two_span_m=back, flush=flush[shared])


def lasting(edges: Edges, pieces: Pieces, eps_m: float) -> Pieces:
    """Return the flush pieces, and those longer than the tolerance together with what follows on the same border.

    Parameters
    ----------
    edges
        Edges.
    pieces
        Pieces from `match_along`, all of them: what follows one another must not be kept apart.
    eps_m
        Tolerance.
    """
    long = pieces.flush | (pieces.lengths_m() > LEAST * eps_m)
    if long.all():
        return pieces
    owner, other = edges.owner[pieces.one], edges.owner[pieces.two]
    swapped = owner > other
    numbers = np.where(swapped, pieces.two, pieces.one)
    spans = np.where(swapped[:, None], pieces.two_span_m, pieces.one_span_m)
    pair = np.minimum(owner, other).astype(np.int64) * edges.count + np.maximum(owner, other)
    _, total_m = run_lengths(edges, numbers, spans, pair, gap_m=eps_m)
    return pieces.take(long | (total_m > LEAST * eps_m))


def without_beside(edges: Edges, pieces: Pieces) -> Pieces:
    """Return the pieces without those that have no room: flush pieces cover one of their edges from end to end.

    Parameters
    ----------
    edges
        Edges.
    pieces
        Pieces from `match_along`.
    """
    if pieces.flush.all() or not pieces.flush.any():
        return pieces
    flush = pieces.take(pieces.flush)
    numbers = np.concatenate([flush.one, flush.two])
    spans = np.concatenate([flush.one_span_m, flush.two_span_m])
    covered_m = sums(numbers, np.diff(spans)[:, 0], len(edges.points))
    full = covered_m > edges.length_m - ROUNDING_M
    return pieces.take(pieces.flush | ~(full[pieces.one] | full[pieces.two]))


def _opposite(edges: Edges, pairs: Pairs, eps_m: float) -> Pairs:
    """Keep pairs that run in opposite directions, as far as the tolerance lets their directions be known."""
    one, two = pairs
    (a, b), (c, d) = edges.ends(one), edges.ends(two)
    size_one, size_two = edges.length_m[one], edges.length_m[two]
    least = np.minimum(size_one, size_two)
    limit = np.full(len(one), OPPOSITE)
    short = np.flatnonzero(least < SHORT * eps_m)
    limit[short] = -np.cos(np.minimum(math.acos(-OPPOSITE) + np.arctan(2 * eps_m / least[short]), STEEPEST))
    turn = _dot(b - a, d - c) <= limit * size_one * size_two
    return one[turn], two[turn]


def _within(
    start: NDArray[np.float64], off: NDArray[np.float64], slope: NDArray[np.float64], eps_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return between which places a line is within the tolerance; it is `off` at `start` and changes with `slope`."""
    flat = slope == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        crossings = start + (np.array([[-eps_m], [eps_m]]) - off) / slope
    everywhere, nowhere = np.where(np.abs(off) <= eps_m, [[-np.inf], [np.inf]], [[np.inf], [-np.inf]])
    return np.where(flat, everywhere, crossings.min(axis=0)), np.where(flat, nowhere, crossings.max(axis=0))


def _dot(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    return one[:, 0] * two[:, 0] + one[:, 1] * two[:, 1]


def _cross(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    return one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]


def uncovered(edges: Edges, loose: NDArray[np.int32], pieces: Pieces) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the parts of edges that no piece covers.

    Parameters
    ----------
    edges
        Edges.
    loose
        Numbers of the edges to look at, ascending.
    pieces
        Pieces; those of other edges are passed over.

    Returns
    -------
    tuple of ndarray
        Edge number of each part, and its span, shape (k, 2), from the start of the turned edge.
    """
    numbers = np.concatenate([pieces.one, pieces.two])
    spans = np.concatenate([pieces.one_span_m, pieces.two_span_m])
    place = np.full(len(edges.points), -1, dtype=np.int32)
    place[loose] = np.arange(len(loose), dtype=np.int32)
    own = place[numbers] >= 0
    length = edges.length_m[loose]
    # An empty piece at either end of every edge, so that all gaps lie between two pieces of one edge.
    every = np.arange(len(loose), dtype=np.int32)
    row = np.concatenate([every, place[numbers[own]], every])
    low = np.concatenate([np.zeros(len(loose)), spans[own, 0], length])
    high = np.concatenate([np.zeros(len(loose)), spans[own, 1], length])
    order = np.argsort(row + low / (2 * length[row]))
    row, low, high = row[order], low[order], high[order]
    reach = _running_maximum(high, row)
    open_after = (row[1:] == row[:-1]) & (low[1:] > reach[:-1])
    spans = np.stack([reach[:-1][open_after], low[1:][open_after]], axis=1)
    return loose[row[1:][open_after]], spans


def _running_maximum(values: NDArray[np.float64], row: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the largest value so far within each row; rows stand together."""
    reach = values.copy()
    at = np.flatnonzero(row[1:] == row[:-1]) + 1
    first = np.append(True, row[1:] != row[:-1])
    rank = np.arange(len(row)) - np.maximum.accumulate(np.where(first, np.arange(len(row)), 0))
    for step in range(1, int(rank.max(initial=0)) + 1):
        at = at[rank[at] >= step]
        now = at[rank[at] == step]
        reach[now] = np.maximum(reach[now], reach[now - 1])
    return reach
