"""Contiguity of polygons with the length of every shared border, robust where vertices do not match.

What matches exactly is found by hashing edges; only what is left is compared with a tolerance. The identity

    perimeter = sum of shared borders + outer border

is measured independently for every polygon and handed out with the result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely

from parkmap.analysis.adjacency.checks import report_invalid_polygons, require_polygons
from parkmap.analysis.adjacency.corners import corner_pairs, pinched_edges, touches_of
from parkmap.analysis.adjacency.edges import Edges, edges_of, sums
from parkmap.analysis.adjacency.hashing import changes, distinct, equal_edges, point_keys
from parkmap.analysis.adjacency.overlaps import overlapping
from parkmap.analysis.adjacency.result import BORDER, OVERLAP, POINT, Contiguity
from parkmap.analysis.adjacency.tolerant import (
    LEAST,
    ROUNDING_M,
    Pieces,
    facing_edges,
    join_pieces,
    lasting,
    match_along,
    match_ends,
    uncovered,
    whole_pieces,
    without_beside,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.hashing import Pairs

Kind = Literal["rook", "queen", "tolerant"]
"""`rook`: a line in common; `queen`: a line or a point; `tolerant`: as queen, within the tolerance."""
EPS_M: Final = 0.05
"""Tolerance taken where the user states none: 5 cm."""


def contiguity(
    parcels: gpd.GeoSeries,
    *,
    kind: Kind = "tolerant",
    eps_m: float = EPS_M,
    keep_borders: bool = False,
    on_step: Callable[[str], None] | None = None,
) -> Contiguity:
    """Find which polygons are adjacent, in which way, and along what length.

    Parameters
    ----------
    parcels
        Valid polygons and multipolygons in a metric system; the index holds their ids.
    kind
        Which contacts count: `rook`, `queen` or `tolerant`.
    eps_m
        Tolerance of `tolerant`, metres: gaps and overlaps up to it are taken for drawing errors.
    keep_borders
        Whether the result remembers where the borders run (`Contiguity.border_lines`).
    on_step
        Called with the name of each step before it begins: edges, exact, tolerance, overlaps, points, totals.

    Returns
    -------
    Contiguity
        Pairs and polygons; lengths in metres in the plane of the system.

    Raises
    ------
    InvalidInputError
        When ids repeat, something is not a polygon or so invalid that overlaps cannot be measured, the system is not
        metric, or the tolerance is not positive.
    """
    shapes = require_polygons(parcels, eps_m=eps_m)
    say = on_step or _silent
    tolerance_m = eps_m if kind == "tolerant" else ROUNDING_M
    say("edges")
    edges = edges_of(shapes)
    say("exact")
    keys = point_keys(edges.points)
    exact = equal_edges(edges, keys)
    say("tolerance")
    loose = _unmatched(edges, exact)
    whole, along, rest = _tolerant(edges, loose, tolerance_m)
    pieces = join_pieces([whole, along])
    say("overlaps")
    outer = uncovered(edges, rest, pieces)
    with report_invalid_polygons(parcels):
        overlaps = overlapping(shapes, edges, outer, tolerance_m)
    crowded = _crowded(shapes, edges, overlaps)
    if not np.isin(crowded, rest).all():  # the rest has been compared all with all
        pieces = _complete(edges, exact, pieces, crowded, tolerance_m)
        outer = uncovered(edges, rest, pieces)
    say("points")
    meets = (loose[:0], loose[:0])
    if kind != "rook":
        borders = (np.concatenate([exact[0], pieces.one]), np.concatenate([exact[1], pieces.two]))
        bare = [_open_edges(edges, outer, tolerance_m), crowded, pinched_edges(edges, borders, tolerance_m)]
        touches = touches_of(edges, along, distinct(np.concatenate(bare)), tolerance_m)
        meets = corner_pairs(edges, keys, exact, loose=loose, touches=touches, eps_m=tolerance_m)
    say("totals")
    return _result(parcels, edges, exact, pieces, outer, overlaps, meets, keep_borders=keep_borders)


def _silent(_step: str) -> None:
    """Say nothing."""


def _unmatched(edges: Edges, pairs: Pairs) -> NDArray[np.int32]:
    """Return the edges that occur in no pair."""
    alone = np.zeros(len(edges.points), dtype=bool)
    alone[edges.numbers] = True
    alone[pairs[0]] = alone[pairs[1]] = False
    return np.flatnonzero(alone).astype(np.int32)


def _tolerant(edges: Edges, loose: NDArray[np.int32], tolerance_m: float) -> tuple[Pieces, Pieces, NDArray[np.int32]]:
    """Match what the hash left: edges with both ends in common, then the rest piece by piece; also return that rest."""
    ends = match_ends(edges, loose, tolerance_m)
    done = np.zeros(len(edges.points), dtype=bool)
    done[ends[0]] = done[ends[1]] = True
    rest = loose[~done[loose]]
    along = [match_along(edges, pairs, tolerance_m) for pairs in facing_edges(edges, rest, tolerance_m)]
    whole = whole_pieces(edges, ends)
    found = without_beside(edges, join_pieces([*along, whole.take(slice(0))]))
    return whole, lasting(edges, found, tolerance_m), rest


def _open_edges(
    edges: Edges, outer: tuple[NDArray[np.int32], NDArray[np.float64]], tolerance_m: float
) -> NDArray[np.int32]:
    """Return edges with an uncovered part that is more than a loose end."""
    numbers, spans = outer
    most = np.minimum(LEAST * tolerance_m, edges.length_m[numbers] / 2)
    return distinct(numbers[spans[:, 1] - spans[:, 0] > most])


def _crowded(
    shapes: NDArray[np.object_],
    edges: Edges,
    overlaps: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]],
) -> NDArray[np.int32]:
    """Return all edges of polygons that overlap and of those around them: there an edge may lie against several."""
    polygons = distinct(np.concatenate(overlaps[:2]))
    if len(polygons) == 0:
        return edges.numbers[:0]
    involved = np.zeros(edges.count, dtype=bool)
    involved[shapely.STRtree(shapes[polygons]).query(shapes)[0]] = True
    return edges.numbers[involved[edges.owner[edges.numbers]]]


def _complete(edges: Edges, exact: Pairs, pieces: Pieces, crowded: NDArray[np.int32], tolerance_m: float) -> Pieces:
    """Compare some edges again, all with all, and add what was not found before."""
    again = [match_along(edges, pairs, tolerance_m) for pairs in facing_edges(edges, crowded, tolerance_m)]
    more = lasting(edges, join_pieces([*again, pieces.take(slice(0))]), tolerance_m)
    known = np.concatenate([_edge_pair(*exact), _edge_pair(pieces.one, pieces.two)])
    return join_pieces([pieces, more.take(~np.isin(_edge_pair(more.one, more.two), known))])


def _edge_pair(one: NDArray[np.int32], two: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return one number for an unordered pair of edges."""
    return (np.minimum(one, two).astype(np.int64) << 32) | np.maximum(one, two)


def _result(
    parcels: gpd.GeoSeries,
    edges: Edges,
    exact: Pairs,
    pieces: Pieces,
    outer: tuple[NDArray[np.int32], NDArray[np.float64]],
    overlaps: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]],
    meets: Pairs,
    *,
    keep_borders: bool,
) -> Contiguity:
    border, shared_m, exact_m = _shared(edges, exact, pieces)
    overlap = _pair_numbers(overlaps[0], overlaps[1], edges.count)
    order = np.argsort(overlap)
    overlap, overlap_m2 = overlap[order], overlaps[2][order]
    lines = distinct(np.concatenate([border, overlap])) if len(overlap) else border
    point = _without(distinct(_pair_numbers(*meets, edges.count)), lines)
    numbers = np.sort(np.concatenate([lines, point]), kind="stable") if len(point) else lines  # two sorted halves
    contact = np.full(len(numbers), BORDER, dtype=np.int8)
    contact[np.searchsorted(numbers, point)] = POINT
    contact[np.searchsorted(numbers, overlap)] = OVERLAP
    first, second = np.divmod(numbers, max(edges.count, 1))
    open_m = sums(edges.owner[outer[0]], np.diff(outer[1])[:, 0], edges.count)
    return Contiguity(
        ids=parcels.index,
        first=first.astype(np.int32),
        second=second.astype(np.int32),
        contact=contact,
        shared_border_m=_spread(shared_m, border, numbers),
        exact_m=_spread(exact_m, border, numbers),
        overlap_m2=_spread(overlap_m2, overlap, numbers),
        perimeter_m=edges.perimeters_m(),
        outer_m=open_m,
        borders=join_pieces([whole_pieces(edges, exact), pieces]) if keep_borders else None,
    )


def _shared(
    edges: Edges, exact: Pairs, pieces: Pieces
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the numbers of the pairs with a border, its length, and how much of it matches exactly."""
    one, two = np.concatenate([exact[0], pieces.one]), np.concatenate([exact[1], pieces.two])
    lengths = np.concatenate([edges.length_m[exact[0]], pieces.lengths_m()])
    pair = _pair_numbers(edges.owner[one], edges.owner[two], edges.count)
    order = np.argsort(pair, kind="stable")  # nearly sorted already
    pair, lengths = pair[order], lengths[order]
    begin = np.flatnonzero(changes(pair))
    if len(begin) == 0:
        return pair, lengths, lengths
    exactly = np.where(order < len(exact[0]), lengths, 0.0)
    return pair[begin], np.add.reduceat(lengths, begin), np.add.reduceat(exactly, begin)


def _pair_numbers(one: NDArray[np.int32], two: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Return one number for an unordered pair of polygons, in the order of the pairs."""
    number: NDArray[np.int64] = np.minimum(one, two).astype(np.int64) * count + np.maximum(one, two)
    return number


def _without(values: NDArray[np.int64], taken: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the values that are not taken; both ascending."""
    if len(taken) == 0:
        return values
    place = np.minimum(np.searchsorted(taken, values), len(taken) - 1)
    free: NDArray[np.int64] = values[taken[place] != values]
    return free


def _spread(values: NDArray[np.float64], at: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """Put values where their pairs stand among all pairs; 0 elsewhere."""
    if len(at) == len(numbers):
        return values
    whole = np.zeros(len(numbers))
    whole[np.searchsorted(numbers, at)] = values
    return whole
