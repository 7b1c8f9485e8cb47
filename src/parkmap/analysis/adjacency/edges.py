"""Polygons as one flat list of boundary edges, each with its polygon and with the interior on its left."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

POLYGON: Final = 3
"""GEOS number of the type Polygon."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Edges:
    """All boundary edges of some polygons; edge `k` runs from vertex `k` to vertex `k + 1`.

    Parameters
    ----------
    points
        Vertices of all rings one after the other, closing vertices included, shape (v, 2), in metres.
    owner
        Position of the polygon of each vertex, shape (v,), int32.
    numbers
        The edges: vertices from which a line of positive length leads to the next one, shape (e,), int32, ascending.
    length_m
        Length of the edge that starts at a vertex; 0 where none does, shape (v,).
    left
        Whether the interior lies to the left of the edge that starts at a vertex, shape (v,).
    rings
        First and closing vertex of each ring, shape (r, 2).
    count
        Number of polygons.
    """

    points: NDArray[np.float64]
    owner: NDArray[np.int32]
    numbers: NDArray[np.int32]
    length_m: NDArray[np.float64]
    left: NDArray[np.bool_]
    rings: NDArray[np.int64]
    count: int

    def ends(self, edges: NDArray[np.int32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return start and end points of some edges, turned so that the interior lies on the left."""
        left = self.left[edges]
        return self.points[np.where(left, edges, edges + 1)], self.points[np.where(left, edges + 1, edges)]

    def perimeters_m(self) -> NDArray[np.float64]:
        """Return the length of the boundary of each polygon, holes included."""
        return sums(self.owner, self.length_m, self.count)


def sums(at: NDArray[np.int32] | NDArray[np.int64], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return the sum of the values that belong to each of `size` places.

    Parameters
    ----------
    at
        Place of each value, shape (n,).
    values
        Values, shape (n,).
    size
        Number of places.
    """
    return np.bincount(at, weights=values, minlength=size).astype(np.float64, copy=False)


def edges_of(shapes: NDArray[np.object_]) -> Edges:
    """Return the boundary edges of polygons.

    Parameters
    ----------
    shapes
        Valid, non-empty polygons and multipolygons, shape (n,), in a metric system; heights are ignored.

    Returns
    -------
    Edges
        Their edges, polygon by polygon.
    """
    points = shapely.get_coordinates(shapes)
    points += 0.0  # there is one zero: -0.0 would hash differently
    sizes, ring_owner, hole = _rings(shapes)
    last = np.cumsum(sizes, dtype=np.int64) - 1
    owner = np.repeat(ring_owner, sizes)
    length_m = np.zeros(len(points))
    np.hypot(points[1:, 0] - points[:-1, 0], points[1:, 1] - points[:-1, 1], out=length_m[:-1])
    length_m[last] = 0.0
    anticlockwise = _twice_area(points, last, sizes) > 0
    return Edges(
        points=points,
        owner=owner,
        numbers=np.flatnonzero(length_m).astype(np.int32),
        length_m=length_m,
        left=np.repeat(anticlockwise != hole, sizes),
        rings=np.stack([last + 1 - sizes, last], axis=1),
        count=len(shapes),
    )


def _rings(shapes: NDArray[np.object_]) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]:
    """Return number of vertices, polygon and whether it is a hole, for each ring in the order of the coordinates."""
    simple = (shapely.get_type_id(shapes) == POLYGON) & (shapely.get_num_interior_rings(shapes) == 0)
    owner = np.arange(len(shapes), dtype=np.int32)
    if simple.all():
        return shapely.get_num_coordinates(shapes), owner, np.zeros(len(shapes), dtype=bool)
    parts, part_owner = shapely.get_parts(shapes[~simple], return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    per_shape = np.ones(len(shapes), dtype=np.int64)
    per_shape[~simple] = np.bincount(part_owner[ring_part])
    owner = np.repeat(owner, per_shape)
    inner = ~simple[owner]
    sizes = np.empty(len(owner), dtype=np.int32)
    sizes[~inner] = shapely.get_num_coordinates(shapes[simple])
    sizes[inner] = shapely.get_num_coordinates(rings)
    hole = np.zeros(len(owner), dtype=bool)
    hole[inner] = np.append(False, ring_part[1:] == ring_part[:-1])
    return sizes, owner, hole


def _twice_area(points: NDArray[np.float64], last: NDArray[np.int64], sizes: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return twice the signed area of each ring: positive where it runs anticlockwise."""
    x, y = (points - points[:1]).T  # near the data, so that big eastings cost no digits
    cross = np.empty(len(points))
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    cross[last] = 0.0
    area: NDArray[np.float64] = np.add.reduceat(cross, last + 1 - sizes)
    return area
