"""Polygons that meet at a point: vertices in common, vertices near each other, vertices on another one's edge."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from parkmap.analysis.adjacency.hashing import distinct, equal_groups, in_runs, pairs_in_groups, sorted_pairs
from parkmap.analysis.adjacency.tolerant import near_boxes, near_edges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.edges import Edges
    from parkmap.analysis.adjacency.hashing import Pairs
    from parkmap.analysis.adjacency.tolerant import Pieces


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Touches:
    """Vertices that lie within the tolerance of an edge of another polygon.

    Parameters
    ----------
    vertex
        Vertex numbers, shape (t,).
    polygon
        The polygon whose edge it touches, shape (t,).
    """

    vertex: NDArray[np.int32]
    polygon: NDArray[np.int32]


def touches_of(edges: Edges, pieces: Pieces, open_edges: NDArray[np.int32], eps_m: float) -> Touches:
    """Return which vertices lie on edges of others.

    Where a border ends in the middle of an edge, it ends at a vertex of the other side. Everything else that touches an
    edge in its middle touches it where no border covers it, or where the polygon is pinched (`pinched_edges`).

    Parameters
    ----------
    edges
        Edges.
    pieces
        Pieces of borders.
    open_edges
        Edges with a part that no border covers, and those around pinches.
    eps_m
        Tolerance.
    """
    vertex, polygon = [], []
    for pairs in near_edges(edges, open_edges, open_edges, eps_m):
        for one, two in (pairs, pairs[::-1]):
            for end in (one, one + 1):
                on = _off_m(edges, end, two) <= eps_m
                vertex.append(end[on])
                polygon.append(edges.owner[two[on]])
    for one, two in _border_ends(edges, pieces, eps_m):
        vertex.append(one)
        polygon.append(edges.owner[two])
    return Touches(vertex=np.concatenate(vertex), polygon=np.concatenate(polygon))


def _border_ends(edges: Edges, pieces: Pieces, eps_m: float) -> Iterator[Pairs]:
    """Yield vertices at which a border ends in the middle of an edge, with that edge."""
    sides = ((pieces.one, pieces.one_span_m), (pieces.two, pieces.two_span_m))
    for (mine, my_span), (other, span) in (sides, sides[::-1]):
        my_length, length = edges.length_m[mine], edges.length_m[other]
        first, last = np.where(edges.left[mine], mine, mine + 1), np.where(edges.left[mine], mine + 1, mine)
        ends = (my_span[:, 1] >= my_length - eps_m) & (span[:, 0] > eps_m)
        starts = (my_span[:, 0] <= eps_m) & (span[:, 1] < length - eps_m)
        yield last[ends], other[ends]
        yield first[starts], other[starts]


def pinched_edges(edges: Edges, borders: Pairs, eps_m: float) -> NDArray[np.int32]:
    """Return the edges around points where a hole touches another ring of its polygon, on both sides of all borders.

    There what fills the hole meets what lies across the ring, although a border covers every edge.

    Parameters
    ----------
    edges
        Edges.
    borders
        Edges that lie against each other.
    eps_m
        Tolerance.
    """
    owner = edges.owner[edges.rings[:, 0]]
    several = np.bincount(owner, minlength=edges.count) > 1
    numbers = edges.numbers[several[edges.owner[edges.numbers]]]
    pinched = np.zeros(len(edges.points), dtype=bool)
    for one, two in near_boxes(edges, numbers, numbers, eps_m):
        ring_one, ring_two = (np.searchsorted(edges.rings[:, 0], side, side="right") for side in (one, two))
        inside = (edges.owner[one] == edges.owner[two]) & (ring_one != ring_two)
        first, second = one[inside], two[inside]
        met = (_off_m(edges, first, second) <= eps_m) | (_off_m(edges, first + 1, second) <= eps_m)
        pinched[first[met]] = pinched[second[met]] = True
    if pinched.any():
        beyond = [there[pinched[here]] for here, there in (borders, borders[::-1])]
        pinched[np.concatenate(beyond)] = True
    return np.flatnonzero(pinched).astype(np.int32)


def _off_m(edges: Edges, vertex: NDArray[np.int32], other: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the distance of each vertex from an edge."""
    start = edges.points[other]
    step = edges.points[other + 1] - start
    away = edges.points[vertex] - start
    share = np.clip((away * step).sum(axis=1) / (step * step).sum(axis=1), 0.0, 1.0)
    gap: NDArray[np.float64] = away - share[:, None] * step
    off_m: NDArray[np.float64] = np.hypot(gap[:, 0], gap[:, 1])
    return off_m


def corner_pairs(
    edges: Edges, keys: NDArray[np.uint64], exact: Pairs, *, loose: NDArray[np.int32], touches: Touches, eps_m: float
) -> Pairs:
    """Return polygons that have a point in common, and perhaps a border; most of those with a border are left out.

    Parameters
    ----------
    edges
        Edges.
    keys
        Numbers of all vertices.
    exact
        Edges that match exactly.
    loose
        Edges without an exact match.
    touches
        Vertices on edges of others.
    eps_m
        Tolerance.

    Returns
    -------
    tuple of ndarray
        Positions of polygons; pairs may repeat.
    """
    members, leaders = (edges.numbers[side] for side in equal_groups(keys[edges.numbers]))
    one, two = _beyond_borders(edges, exact, pairs_in_groups(members, leaders))
    label = np.arange(len(edges.points), dtype=np.int32)
    label[members] = leaders
    label[edges.rings[:, 1]] = label[edges.rings[:, 0]]
    loose_ends = np.concatenate([loose, loose + 1, touches.vertex])
    more = _near_corners(edges, label, loose_ends, touches, eps_m)
    one, two = np.concatenate([one, more[0]]), np.concatenate([two, more[1]])
    kept = one != two
    return one[kept], two[kept]


def _beyond_borders(edges: Edges, exact: Pairs, vertices: Pairs) -> Pairs:
    """Return the polygons of pairs of vertices, without those whose border starts at one of the two."""
    across = np.full(len(edges.points), -1, dtype=np.int32)
    across[exact[0]], across[exact[1]] = edges.owner[exact[1]], edges.owner[exact[0]]
    one, two = (edges.owner[side] for side in vertices)
    new = (across[vertices[0]] != two) & (across[vertices[1]] != one)
    return one[new], two[new]


def _near_corners(
    edges: Edges, label: NDArray[np.int32], ends: NDArray[np.int32], touches: Touches, eps_m: float
) -> Pairs:
    """Return polygons that meet at corners which are not one vertex for all of them."""
    if len(ends) == 0:
        return ends, ends
    place = np.full(len(label), -1, dtype=np.int32)
    place[label[ends]] = 0
    corners = np.flatnonzero(place == 0)
    place[corners] = np.arange(len(corners), dtype=np.int32)
    near = _near_pairs(edges.points[corners], eps_m)
    touched = place[label[touches.vertex]]
    wanted = np.zeros(len(label), dtype=bool)
    wanted[corners[np.concatenate([near.ravel(), touched])]] = True
    vertices = np.flatnonzero(wanted[label])
    at = np.concatenate([place[label[vertices]], touched])
    owner = np.concatenate([edges.owner[vertices], touches.polygon])
    at, owner = np.divmod(distinct(at.astype(np.int64) * edges.count + owner), edges.count)
    owner = owner.astype(np.int32)
    one, two = sorted_pairs(at, owner)
    first, second = _across(near, np.searchsorted(at, np.arange(len(corners) + 1)))
    return np.concatenate([one, owner[first]]), np.concatenate([two, owner[second]])


def _near_pairs(points: NDArray[np.float64], eps_m: float) -> NDArray[np.int64]:
    """Return pairs of points within the tolerance, and within twice the tolerance by way of others between them.

    Four parcels that all stand off a little meet at their corner although two of them are farther apart than the
    tolerance. Longer chains do not count: along a border with dense vertices they would lead from end to end.
    """
    tree = cKDTree(points, balanced_tree=False, compact_nodes=False)
    near: NDArray[np.int64] = tree.query_pairs(2 * eps_m, output_type="ndarray")
    step = points[near[:, 0]] - points[near[:, 1]]
    close = near[np.hypot(step[:, 0], step[:, 1]) <= eps_m]
    if len(close) == len(near):
        return near
    size = len(points)
    graph = coo_array((np.ones(len(close), dtype=bool), (close[:, 0], close[:, 1])), shape=(size, size))
    _, cluster = connected_components(graph, directed=False)
    together: NDArray[np.int64] = near[cluster[near[:, 0]] == cluster[near[:, 1]]]
    return together


def _across(near: NDArray[np.int64], bounds: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs of what stands at one and the other of two corners, as places in the list of both."""
    count = np.diff(bounds)
    row, first = in_runs(bounds[near[:, 0]], count[near[:, 0]])
    again, second = in_runs(bounds[near[row, 1]], count[near[row, 1]])
    return first[again], second
