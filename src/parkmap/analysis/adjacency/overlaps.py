"""Polygons that overlap.

Where two polygons overlap, the edge of one runs through the other, or the edges of both enclose a region that others
cover too. In either case the region is bounded by edges that no neighbour matches: only these need a look. From the
polygons found there the search spreads, because within a region that is covered twice every polygon overlaps another
one of the region.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from parkmap.analysis.adjacency.common_area import common_areas_m2
from parkmap.analysis.adjacency.hashing import distinct
from parkmap.analysis.adjacency.runs import run_lengths
from parkmap.analysis.threads import measure_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.edges import Edges

DEEP: Final = 4.0
"""Length, in tolerances, from which on a stretch of edges inside another polygon is more than a loose end."""


def overlapping(
    shapes: NDArray[np.object_],
    edges: Edges,
    open_parts: tuple[NDArray[np.int32], NDArray[np.float64]],
    eps_m: float,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return pairs of polygons that overlap by more than the tolerance.

    Parameters
    ----------
    shapes
        Polygons, shape (n,).
    edges
        Their edges.
    open_parts
        Parts of edges without a match, from `uncovered`.
    eps_m
        Tolerance: an overlap counts when a disc of this diameter fits in.

    Returns
    -------
    tuple of ndarray
        Positions of the smaller and the larger number, and the overlap in m² (planar).
    """
    fresh = _entered(shapes, edges, open_parts, eps_m)
    first, second, area = [fresh[:0]], [fresh[:0]], [np.empty(0)]
    if len(fresh) == 0:
        return first[0], second[0], area[0]
    tree = shapely.STRtree(shapes)
    seen = np.zeros(len(shapes), dtype=bool)
    while len(fresh):
        one, two = (side.astype(np.int32) for side in tree.query(shapes[fresh]))
        one = fresh[one]
        before = seen.copy()
        seen[fresh] = True
        new = ~before[two] & (~seen[two] | (one < two))
        one, two = one[new], two[new]
        size = _overlaps_m2(shapes, edges, one, two, eps_m)
        deep = size > 0
        first.append(np.minimum(one[deep], two[deep]))
        second.append(np.maximum(one[deep], two[deep]))
        area.append(size[deep])
        found = two[deep]
        fresh = distinct(found[~seen[found]])
    return np.concatenate(first), np.concatenate(second), np.concatenate(area)


def _entered(
    shapes: NDArray[np.object_],
    edges: Edges,
    open_parts: tuple[NDArray[np.int32], NDArray[np.float64]],
    eps_m: float,
) -> NDArray[np.int32]:
    """Return polygons into which an open part of another one runs."""
    numbers, spans = open_parts
    run, run_m = run_lengths(edges, numbers, spans, edges.owner[numbers], gap_m=eps_m)
    long = run_m > DEEP * eps_m
    numbers, spans, run = numbers[long], spans[long], run[long]
    if len(numbers) == 0:
        return numbers
    if len(numbers) > len(shapes):  # hardly anything adjoins: asking every polygon is quicker
        return np.arange(len(shapes), dtype=np.int32)
    lines = shapely.linestrings(part_ends(edges, numbers, spans))
    polygon, part = shapely.STRtree(lines).query(shapes)
    foreign = edges.owner[numbers[part]] != polygon
    polygon, part = polygon[foreign], part[foreign]
    inside_m = shapely.length(shapely.intersection(lines[part], shapes[polygon]))
    entered, place = np.unique(polygon * (int(run.max()) + 1) + run[part], return_inverse=True)
    deep = np.bincount(place, weights=inside_m) > DEEP * eps_m
    return distinct(entered[deep] // (int(run.max()) + 1)).astype(np.int32)


def part_ends(edges: Edges, numbers: NDArray[np.int32], spans: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the end points of parts of edges.

    Parameters
    ----------
    edges
        Edges.
    numbers
        Edge of each part, shape (k,).
    spans
        Where each part begins and ends, in metres from the start of the turned edge, shape (k, 2).

    Returns
    -------
    ndarray of float, shape (k, 2, 2)
        Part, end, coordinate.
    """
    start, end = edges.ends(numbers)
    share = np.minimum(spans / edges.length_m[numbers][:, None], 1.0)
    ends: NDArray[np.float64] = start[:, None] + share[:, :, None] * (end - start)[:, None]
    whole = share[:, 1] == 1.0
    ends[whole, 1] = end[whole]  # not off by a rounding
    return ends


def _overlaps_m2(
    shapes: NDArray[np.object_], edges: Edges, one: NDArray[np.int32], two: NDArray[np.int32], eps_m: float
) -> NDArray[np.float64]:
    """Return overlaps in m²; the shape of one is made only where its area leaves open whether a disc fits in."""
    area = common_areas_m2(edges, one, two)
    perimeter_m = edges.perimeters_m()
    wide = area > eps_m * (perimeter_m[one] + perimeter_m[two]) / 2  # a region has a disc of radius area / perimeter
    none = area < np.pi / 4 * eps_m**2
    unclear = np.flatnonzero(~(wide | none))
    area[none] = 0.0
    area[unclear] = measure_pairs(partial(_overlap_m2, eps_m=eps_m), shapes, one[unclear], two[unclear])
    return area


def _overlap_m2(one: NDArray[np.object_], two: NDArray[np.object_], *, eps_m: float) -> NDArray[np.float64]:
    """Return overlaps in m²; 0 where no disc with the tolerance as diameter fits in."""
    common = shapely.intersection(one, two)
    area: NDArray[np.float64] = shapely.area(common)
    thin = 2 * area <= eps_m * shapely.length(common)  # a wide region may still have long thin arms
    thin[thin] = shapely.is_empty(shapely.buffer(common[thin], -eps_m / 2))
    return np.where(thin, 0.0, area)
