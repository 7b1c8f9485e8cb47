"""Overlay of many shapes without building the overlay: common areas of pairs, and parts under a union.

The same answers as a full overlay from less work. What no edge comes near lies wholly inside or outside, and one point
tells which. What lies wholly inside is never cut, only the window of a large shape around a small one is cut, and a
union is made for each focal shape by itself from what lies near it, on several threads. Areas are planar, in the square
metres of the system of the shapes.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.threads import in_threads, split_in_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shapes = NDArray[Any]
    Positions = NDArray[np.int_]

MARGIN: Final = 0.01
"""Share of its width and height by which the window around a small shape is wider than it."""
LARGE: Final = 1000
"""Vertices above which a shape is cut by a window first; GEOS does it as fast by itself below."""
MANY: Final = 8
"""Zones at a focal shape from which they are united before they are cut; below, the pieces are united."""
POLYGON: Final = 3
MULTIPOLYGON: Final = 6
"""Kinds of geometry, as shapely numbers them."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Parts:
    """Result of `overlay_parts`, one entry per pair with common ground.

    Parameters
    ----------
    focal, other
        Positions.
    shapes
        The common part; the focal shape itself where the other holds it wholly. May have lines where both touch.
    """

    focal: Positions
    other: Positions
    shapes: Shapes


def overlay_parts(focal: Shapes, others: Shapes, *, threads: int | None = None) -> Parts:
    """Return the parts that focal shapes have in common with others.

    Parameters
    ----------
    focal
        Valid polygons, many and small; shape (n,). Empty ones share nothing.
    others
        Valid polygons, few and large; shape (m,).
    threads
        Number of threads; None is the number of cores.

    Returns
    -------
    Parts
        In no order.
    """
    focal, others = np.asarray(focal, dtype=object), np.asarray(others, dtype=object)
    shapely.prepare(others)
    at_edge, edge_of = _near_edges(focal, others)
    inside, holder = _wholly_inside(focal, others, at_edge, edge_of)
    whole = shapely.contains_properly(others[edge_of], focal[at_edge])
    parted = ~whole & shapely.intersects(others[edge_of], focal[at_edge])
    held = np.concatenate([inside, at_edge[whole]])
    cut = _cut_all(focal[at_edge[parted]], others[edge_of[parted]], threads)
    return Parts(
        focal=np.concatenate([held, at_edge[parted]]),
        other=np.concatenate([holder, edge_of[whole], edge_of[parted]]),
        shapes=np.concatenate([focal[held], cut]),
    )


def overlay_pairs(focal: Shapes, others: Shapes, *, threads: int | None = None) -> pd.DataFrame:
    """Return which focal shapes share area with which others, and how much.

    Parameters
    ----------
    focal, others, threads
        As for `overlay_parts`.

    Returns
    -------
    DataFrame
        focal, other (positions), area_m2; one row per pair with common area, in order of focal and other. The same
        pairs and areas as `geopandas.overlay(how="intersection")`.
    """
    parts = overlay_parts(focal, others, threads=threads)
    frame = pd.DataFrame({"focal": parts.focal, "other": parts.other, "area_m2": shapely.area(parts.shapes)})
    return frame[frame["area_m2"] > 0].sort_values(["focal", "other"], ignore_index=True)


def _near_edges(focal: Shapes, others: Shapes) -> tuple[Positions, Positions]:
    """Return the pairs in which an edge of the other comes near the box of the focal shape."""
    polygons, owner = shapely.get_parts(others, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1)[joined])
    edge, small = shapely.STRtree(focal).query(edges)
    key = np.unique(small * len(others) + owner[polygon[ring[:-1][joined]]][edge])
    return key // max(len(others), 1), key % max(len(others), 1)


def _wholly_inside(
    focal: Shapes, others: Shapes, at_edge: Positions, edge_of: Positions
) -> tuple[Positions, Positions]:
    """Return the other pairs in which the focal shape is inside: no edge meets its box, so that one corner tells."""
    bounds = shapely.bounds(focal).reshape(-1, 4)
    pairs: list[tuple[Positions, Positions]] = []
    for number, (west, south, east, north) in enumerate(shapely.bounds(others).reshape(-1, 4)):
        boxed = (bounds[:, 0] >= west) & (bounds[:, 2] <= east) & (bounds[:, 1] >= south) & (bounds[:, 3] <= north)
        boxed[at_edge[edge_of == number]] = False
        near = np.flatnonzero(boxed)
        held = near[shapely.contains_xy(others[number], bounds[near, 0], bounds[near, 1])]
        pairs.append((held, np.full(len(held), number)))
    empty = np.empty(0, dtype=np.int64)
    return tuple(np.concatenate([empty, *(pair[side] for pair in pairs)]) for side in (0, 1))  # type: ignore[return-value]


def _cut_all(small: Shapes, large: Shapes, threads: int | None) -> Shapes:
    return np.concatenate(split_in_threads(lambda rows: _cut(small[rows], large[rows]), np.arange(len(small)), threads))


def _cut(small: Shapes, large: Shapes) -> Shapes:
    """Intersect small shapes with large ones, of which only the window around the small one is looked at."""
    pieces = large.copy()
    for at in np.flatnonzero(shapely.get_num_coordinates(large) > LARGE):
        piece = _window(small[at], large[at])
        if piece.is_valid:  # cutting by a window is fast, but may leave a ring that touches itself
            pieces[at] = piece
    return np.asarray(shapely.intersection(small, pieces), dtype=object)


def _window(small: shapely.Geometry, large: shapely.Geometry) -> shapely.Geometry:
    west, south, east, north = small.bounds
    wide, high = MARGIN * (east - west), MARGIN * (north - south)
    return shapely.clip_by_rect(large, west - wide, south - high, east + wide, north + high)


def covered_parts(focal: Shapes, zones: Shapes, *, threads: int | None = None) -> Shapes:
    """Return the part of each focal shape that lies under the union of the zones.

    Parameters
    ----------
    focal
        Valid polygons, shape (n,); each is looked at by itself.
    zones
        Valid polygons, which may overlap: what lies under several counts once.
    threads
        Number of threads; None is the number of cores.

    Returns
    -------
    ndarray of geometry, shape (n,)
        Empty where nothing is covered; a shape itself where a single zone holds it. The same parts as
        `geopandas.overlay` with the dissolved zones.
    """
    focal, zones = np.asarray(focal, dtype=object), np.asarray(zones, dtype=object)
    parts: Shapes = np.full(len(focal), shapely.Polygon(), dtype=object)
    tree = shapely.STRtree(focal)
    zone, shape = tree.query(zones, predicate="intersects")
    held = np.zeros(len(focal), dtype=np.bool_)
    held[tree.query(zones, predicate="contains_properly")[1]] = True
    parts[held] = focal[held]
    rest = np.flatnonzero(~held[shape])
    rest = rest[np.argsort(shape[rest], kind="stable")]
    busy, start, count = np.unique(shape[rest], return_index=True, return_counts=True)
    groups = np.split(zone[rest], start[1:])
    few, many = np.flatnonzero(count < MANY), np.flatnonzero(count >= MANY)
    largest_first = many[np.argsort(-count[many])]
    made = in_threads(lambda at: _under_union(focal[busy[at]], zones[groups[at]]), list(largest_first), threads)
    parts[busy[largest_first]] = np.array([*made, None], dtype=object)[:-1]
    joined = split_in_threads(
        lambda rows: _by_pieces(focal[busy[rows]], [zones[groups[k]] for k in rows]), few, threads
    )
    parts[busy[few]] = np.concatenate(joined)
    return parts


def _under_union(shape: shapely.Geometry, near: Shapes) -> shapely.Geometry:
    return shapely.intersection(shape, shapely.union_all(near))


def _by_pieces(focal: Shapes, near: list[Shapes]) -> Shapes:
    """Cut the zones at each focal shape by it first, then unite the pieces of each."""
    result: Shapes = np.empty(len(focal), dtype=object)
    if len(focal) == 0:
        return result
    sizes = np.array([len(zones) for zones in near])
    pieces = shapely.intersection(np.concatenate(near), np.repeat(focal, sizes))
    starts = np.cumsum(sizes) - sizes
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        table = pieces[starts[rows][:, None] + np.arange(size)]
        result[rows] = table[:, 0] if size == 1 else shapely.union_all(table, axis=1)
    return result


def polygonal(shapes: Shapes) -> Shapes:
    """Return shapes without the points and lines that remain where shapes only touch.

    Parameters
    ----------
    shapes
        Geometries of any kind.

    Returns
    -------
    ndarray of geometry, shape (shapes,)
        Polygons and multipolygons; an empty multipolygon where nothing else remains.
    """
    kinds = shapely.get_type_id(shapes)
    result: Shapes = np.asarray(shapes, dtype=object).copy()
    for at in np.flatnonzero(~np.isin(kinds, (POLYGON, MULTIPOLYGON))):
        parts = shapely.get_parts(shapely.get_parts(shapes[at]))  # a collection may hold multipolygons
        result[at] = shapely.MultiPolygon(list(parts[shapely.get_type_id(parts) == POLYGON]))
    return result
