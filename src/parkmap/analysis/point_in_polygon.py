"""Point in polygon: which points lie in which areas, for many of both.

Points are sorted into the cells of a square grid, so that the points near an area are a few runs of the sorted list.
Most of those are decided by comparing numbers: outside the box of the area, or inside a box that the area contains.
Only the rest is asked of GEOS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.threads import split_in_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shapes = NDArray[Any]
    Floats = NDArray[np.float64]
    Positions = NDArray[np.int_]

GRID: Final = 256
"""Cells along each side: their number fits 16 bits, which NumPy sorts by radix in linear time."""
INNER: Final = 0.7
"""Width of the box tried inside an area, as a share of the area's own box: just under that inside a circle."""


def points_in_polygons(x: Floats, y: Floats, areas: Shapes, *, threads: int | None = None) -> pd.DataFrame:
    """Return which points lie in which areas, their edges included.

    Parameters
    ----------
    x, y
        Coordinates of the points, finite, shape (n,).
    areas
        Valid polygons, which may overlap; empty ones hold nothing.
    threads
        Number of threads; None is the number of cores.

    Returns
    -------
    DataFrame
        point, area (positions), in order of area. The same pairs as `geopandas.sjoin(predicate="intersects")`.
    """
    areas = np.asarray(areas, dtype=object)
    if len(x) == 0 or len(areas) == 0:
        return pd.DataFrame({"point": np.empty(0, dtype=np.int64), "area": np.empty(0, dtype=np.int64)})
    shapely.prepare(areas)
    grid = _Grid(np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
    bounds = shapely.bounds(areas).reshape(-1, 4)
    inner = _inner_boxes(areas, bounds)
    usable = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    made = split_in_threads(lambda rows: _hits(grid, areas, rows, bounds, inner), usable, threads)
    point, area = (np.concatenate([part[side] for part in made]) for side in (0, 1))
    return pd.DataFrame({"point": grid.order[point], "area": area}, copy=False)


class _Grid:
    """Points in the order of the cells of a grid, row by row."""

    def __init__(self, x: Floats, y: Floats) -> None:
        self.west, self.south = float(x.min()), float(y.min())
        width, height = float(x.max()) - self.west, float(y.max()) - self.south
        self.per_x = (GRID - 1) / width if width > 0 else 0.0
        self.per_y = (GRID - 1) / height if height > 0 else 0.0
        # Points lie in the grid, so that nothing needs clipping, and a cell's row and column fit a byte each.
        column, row = ((x - self.west) * self.per_x).astype(np.uint8), ((y - self.south) * self.per_y).astype(np.uint8)
        key = (row.astype(np.uint16) << np.uint16(8)) | column
        self.order = np.argsort(key, kind="stable")
        self.x, self.y = x[self.order], y[self.order]
        self.first = np.concatenate([[0], np.cumsum(np.bincount(key, minlength=GRID * GRID))])

    def columns(self, x: Floats) -> Floats:
        """Return the column of cells of each x; what lies outside the grid belongs to its edge cells."""
        return np.floor(np.clip((x - self.west) * self.per_x, 0, GRID - 1))

    def rows(self, y: Floats) -> Floats:
        """Return the row of cells of each y."""
        return np.floor(np.clip((y - self.south) * self.per_y, 0, GRID - 1))

    def near(self, bounds: Floats) -> tuple[Positions, Positions]:
        """Return the points (by place in the order) in the cells that each box touches, and the number of the box."""
        south, north = (self.rows(bounds[:, side]).astype(np.int64) for side in (1, 3))
        west, east = (self.columns(bounds[:, side]).astype(np.int64) for side in (0, 2))
        box, step = _runs(north - south + 1)
        row = (south[box] + step) * GRID
        start, end = self.first[row + west[box]], self.first[row + east[box] + 1]
        run, step = _runs(end - start)
        return start[run] + step, box[run]


def _runs(sizes: Positions) -> tuple[Positions, Positions]:
    """Return, for runs of given sizes, the number of the run and the step inside it, one after the other."""
    run = np.repeat(np.arange(len(sizes)), sizes)
    begin = np.cumsum(sizes) - sizes
    return run, np.arange(len(run)) - begin[run]


def _inner_boxes(areas: Shapes, bounds: Floats) -> Floats:
    """Return a box inside each area, as west, south, east, north; nothing lies in the box where none was found."""
    centre = (bounds[:, :2] + bounds[:, 2:]) / 2
    half = (bounds[:, 2:] - bounds[:, :2]) / 2 * INNER
    boxes = np.hstack([centre - half, centre + half])
    inside = shapely.contains(areas, shapely.box(*boxes.T))
    boxes[~inside] = np.nan  # no comparison with it is true
    return boxes


def _hits(grid: _Grid, areas: Shapes, block: Positions, bounds: Floats, inner: Floats) -> tuple[Positions, Positions]:
    """Return the points in each area of a block (by place in the order of the grid), and the area."""
    near, box = grid.near(bounds[block])
    x, y, area = grid.x[near], grid.y[near], block[box]
    kept = np.flatnonzero(_within(x, y, bounds, area))
    near, x, y, area = near[kept], x[kept], y[kept], area[kept]
    held = _within(x, y, inner, area)
    asked = np.flatnonzero(~held)
    held[asked] = shapely.intersects_xy(areas[area[asked]], x[asked], y[asked])
    found = np.flatnonzero(held)
    return near[found], area[found]


def _within(x: Floats, y: Floats, boxes: Floats, which: Positions) -> NDArray[np.bool_]:
    """Tell whether each point lies in the box with its number."""
    west, south, east, north = (np.ascontiguousarray(side) for side in boxes.T)
    inside = (x >= west[which]) & (x <= east[which]) & (y >= south[which]) & (y <= north[which])
    return np.asarray(inside, dtype=np.bool_)
