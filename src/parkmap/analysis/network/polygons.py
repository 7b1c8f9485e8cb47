"""From reached streets to areas: the streets with a strip of stated width on each side, never a convex hull.

Line-based network buffers after Oliver, Schuurman and Hall (2007), International Journal of Health Geographics 6:41,
who take 50 m on each side of what is reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from parkmap.analysis.network.isochrones import part_lines
from parkmap.defaults import HOLE_M2, STREET_BUFFER_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.isochrones import SegmentParts

CIRCLE_QUADRANT: Final = 32
"""Segments in a quarter of an estimated circle: its area is within 0.05 % of the true one."""


def street_areas(
    roads: Roads,
    parts: SegmentParts,
    *,
    count: int,
    street_buffer_m: float = STREET_BUFFER_M,
    hole_m2: float = HOLE_M2,
    barriers: NDArray[Any] | None = None,
) -> NDArray[np.object_]:
    """Return the area around the streets that each start reaches.

    Parameters
    ----------
    roads
        The network.
    parts
        The reached parts of its segments.
    count
        Number of starts.
    street_buffer_m
        Width of the strip on each side.
    hole_m2
        Holes of at least this area stay open; smaller ones are filled.
    barriers
        Areas that cannot be crossed off the streets: water, rail yards. They are cut out, with what they cut off.

    Returns
    -------
    ndarray of Polygon or MultiPolygon, shape (count,)
        Areas in the system of the network; empty where nothing is reached.
    """
    lines = part_lines(roads, parts)
    order = np.argsort(parts.start, kind="stable")
    bounds = np.searchsorted(parts.start[order], np.arange(count + 1))
    areas = np.empty(count, dtype=object)
    wall = None if barriers is None or len(barriers) == 0 else shapely.union_all(barriers)
    for start in range(count):
        own = lines[order[bounds[start] : bounds[start + 1]]]
        area = shapely.union_all(shapely.buffer(own, street_buffer_m))
        areas[start] = without_barriers(fill_holes(area, hole_m2), wall, own)
    return areas


def street_lines(roads: Roads, parts: SegmentParts, *, count: int) -> NDArray[np.object_]:
    """Return the streets that each start reaches, cut where the cost is used up.

    Parameters
    ----------
    roads
        The network.
    parts
        The reached parts of its segments.
    count
        Number of starts.

    Returns
    -------
    ndarray of LineString or MultiLineString, shape (count,)
        Lines in the system of the network, joined where one goes on as another; empty where nothing is reached.
    """
    order = np.argsort(parts.start, kind="stable")
    lines = part_lines(roads, parts)[order]
    bounds = np.searchsorted(parts.start[order], np.arange(count + 1))
    joined = np.full(count, shapely.MultiLineString(), dtype=object)
    for start in np.flatnonzero(np.diff(bounds)):
        joined[start] = shapely.line_merge(shapely.multilinestrings(lines[bounds[start] : bounds[start + 1]]))
    return joined


def circle_areas(xy_m: NDArray[Any], radius_m: float, *, barriers: NDArray[Any] | None = None) -> NDArray[np.object_]:
    """Return circles around sites, for estimates without a network.

    Parameters
    ----------
    xy_m
        Sites, shape (s, 2).
    radius_m
        Cut-off as the crow flies.
    barriers
        Areas to cut out, with what they cut off from the site.

    Returns
    -------
    ndarray of Polygon or MultiPolygon, shape (s,)
        Areas in the system of the sites.
    """
    points = shapely.points(np.asarray(xy_m, dtype=np.float64).reshape(-1, 2))
    circles = shapely.buffer(points, radius_m, quad_segs=CIRCLE_QUADRANT)
    wall = None if barriers is None or len(barriers) == 0 else shapely.union_all(barriers)
    areas = np.empty(len(points), dtype=object)
    areas[:] = [without_barriers(c, wall, p) for c, p in zip(circles, points, strict=True)]
    return areas


def fill_holes(area: shapely.Geometry, hole_m2: float) -> shapely.Geometry:
    """Fill the holes below a size.

    Parameters
    ----------
    area
        Polygon or multipolygon.
    hole_m2
        Holes of at least this area stay.
    """
    filled = []
    for part in shapely.get_parts(area):
        holes = [ring for ring in part.interiors if shapely.Polygon(ring).area >= hole_m2]
        filled.append(shapely.Polygon(part.exterior, holes))
    return _area(filled)  # an island inside a filled hole is swallowed by it


def without_barriers(area: shapely.Geometry, wall: shapely.Geometry | None, reached: Any) -> shapely.Geometry:  # noqa: ANN401
    """Cut barriers out of an area and drop the parts that nothing reached lies in.

    Parameters
    ----------
    area
        The area.
    wall
        Union of the barriers, or None.
    reached
        Lines or points that are reached.
    """
    if wall is None:
        return area
    rest = shapely.get_parts(shapely.difference(area, wall))
    met = shapely.STRtree(rest).query(np.atleast_1d(reached), predicate="intersects")[1]
    return _area(rest[np.unique(met)])


def _area(parts: Any) -> shapely.Geometry:  # noqa: ANN401  polygons
    """Return the union of polygons, of which there may be none: an empty area is an area, not an empty collection."""
    return shapely.union_all(parts) if len(parts) else shapely.MultiPolygon()
