"""The area that two polygons have in common, for very many pairs at once and without building its shape.

A polygon is what lies under its upper edges less what lies under its lower ones. So the common area of two polygons is
a sum over pairs of edges, one of each,

    area = sum of s(e) s(f) times the area under both e and f

with s = 1 where the interior lies below the edge and -1 where it lies above. What lies under two straight lines has a
closed form, and nothing depends on how the edges meet: holes, parts, touching and equal edges need no care.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.adjacency.edges import sums
from parkmap.analysis.adjacency.hashing import in_runs
from parkmap.analysis.threads import in_blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.edges import Edges

BLOCK: Final = 50_000
"""Pairs of polygons measured at once: bounds the memory."""
MOST: Final = 1_000
"""Pairs of edges, within one pair of polygons, up to which this is quicker than building the shape."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _Sides:
    """Upper and lower edges of one polygon of each pair, cut to the box that both have in common.

    Parameters
    ----------
    pair
        Pair of each edge, ascending, shape (k,).
    west, east
        Where it begins and ends, in m from the box's left side, shape (k,).
    height
        Height at its beginning, in m above the box's lower side, shape (k,).
    slope
        Rise per metre to the east, shape (k,).
    sign
        1 where the interior lies below, -1 where it lies above, shape (k,).
    """

    pair: NDArray[np.int64]
    west: NDArray[np.float64]
    east: NDArray[np.float64]
    height: NDArray[np.float64]
    slope: NDArray[np.float64]
    sign: NDArray[np.float64]

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> _Sides:
        """Return some of the edges."""
        return _Sides(**{field.name: getattr(self, field.name)[rows] for field in dataclasses.fields(self)})


def common_areas_m2(edges: Edges, one: NDArray[np.int32], two: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the area that the two polygons of each pair have in common.

    Parameters
    ----------
    edges
        Edges of all polygons.
    one, two
        Positions of the two polygons, shape (p,).

    Returns
    -------
    ndarray of float, shape (p,)
        m² (planar), exact but for rounding; NaN where the two have very many edges near each other.
    """
    low, high = _boxes(edges)
    first = np.searchsorted(edges.owner[edges.numbers], np.arange(edges.count + 1))

    def measure(rows: slice) -> NDArray[np.float64]:
        corner = np.maximum(low[one[rows]], low[two[rows]])
        width_m = (np.minimum(high[one[rows]], high[two[rows]]) - corner)[:, 0]
        return _summed(*(_cut(edges, first, side[rows], corner, width_m) for side in (one, two)), size=len(corner))

    return in_blocks(measure, len(one), block=BLOCK)


def _boxes(edges: Edges) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return lower left and upper right corner of the box of each polygon, shape (n, 2)."""
    begin = np.searchsorted(edges.owner, np.arange(edges.count))
    return np.minimum.reduceat(edges.points, begin), np.maximum.reduceat(edges.points, begin)


def _cut(
    edges: Edges,
    first: NDArray[np.int64],
    polygon: NDArray[np.int32],
    corner: NDArray[np.float64],
    width_m: NDArray[np.float64],
) -> _Sides:
    """Return the edges of one polygon per pair, cut to the box: what lies below it or beside it has no part in it."""
    pair, place = in_runs(first[polygon], first[polygon + 1] - first[polygon])
    start, end = edges.ends(edges.numbers[place])
    sign = np.where(end[:, 0] < start[:, 0], 1.0, -1.0)
    turned = sign[:, None] > 0
    left, right = np.where(turned, end, start) - corner[pair], np.where(turned, start, end) - corner[pair]
    inside = (right[:, 0] > np.maximum(left[:, 0], 0)) & (left[:, 0] < width_m[pair])
    inside &= np.maximum(left[:, 1], right[:, 1]) > 0
    pair, left, right, sign = pair[inside], left[inside], right[inside], sign[inside]
    slope = (right[:, 1] - left[:, 1]) / (right[:, 0] - left[:, 0])
    with np.errstate(divide="ignore", invalid="ignore"):
        zero = left[:, 0] - left[:, 1] / slope
    west = np.maximum(np.where(left[:, 1] < 0, zero, left[:, 0]), 0)
    east = np.minimum(np.where(right[:, 1] < 0, zero, right[:, 0]), width_m[pair])
    height = left[:, 1] + slope * (west - left[:, 0])
    cut = _Sides(pair=pair, west=west, east=east, height=height, slope=slope, sign=sign)
    return cut.take(east > west)


def _summed(one: _Sides, two: _Sides, *, size: int) -> NDArray[np.float64]:
    """Sum what lies under both edges over all pairs of edges of each pair of polygons."""
    bounds = np.searchsorted(two.pair, np.arange(size + 1))
    count = np.diff(bounds)
    many = np.bincount(one.pair, minlength=size) * count > MOST
    one = one.take(~many[one.pair])
    row, place = in_runs(bounds[one.pair], count[one.pair])
    one, two = one.take(row), two.take(place)
    west, width_m = np.maximum(one.west, two.west), np.minimum(one.east, two.east)
    width_m -= west
    both = np.flatnonzero(width_m > 0)
    one, two, west, width_m = one.take(both), two.take(both), west[both], width_m[both]
    area = sums(one.pair, one.sign * two.sign * _under(one, two, west, width_m), size)
    area[many] = np.nan
    return area


def _under(one: _Sides, two: _Sides, west: NDArray[np.float64], width_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the area under both of two lines: the mean of both less half of what lies between them."""
    here, there = (side.height + side.slope * (west - side.west) for side in (one, two))
    rise, gap = (one.slope + two.slope) * width_m, here - there
    later = gap + (one.slope - two.slope) * width_m
    sizes = np.abs(gap) + np.abs(later)
    crossing = gap * later < 0
    between = np.where(crossing, (gap**2 + later**2) / np.where(crossing, sizes, 1.0), sizes)
    area: NDArray[np.float64] = width_m * (here + there + rise / 2 - between / 2) / 2
    return area
