"""Areas of demand as points: cut by a square grid, the weight shared by area.

Where only the sum of an area is known, spreading it evenly is an assumption; a result that rests on it says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray


def to_grid_points(demand: gpd.GeoDataFrame, *, cell_m: float) -> gpd.GeoDataFrame:
    """Replace areas by points in the cells of a grid; points stay as they are.

    Parameters
    ----------
    demand
        Index id; columns name_zh, name_en, weight, geometry in a metric system.
    cell_m
        Width of the square cells.

    Returns
    -------
    GeoDataFrame
        Index demand: the id of a point; the id of an area and the number of its part. The same columns and `part_of`
        (id of the area, or of the point itself). Weights add up to those of `demand`.
    """
    shapes = demand.geometry.to_numpy()
    source, points, share = [], [], []
    for position, shape in enumerate(shapes):
        pieces = _pieces(shape, cell_m) if shapely.get_dimensions(shape) == 2 else np.array([shape])  # noqa: PLR2004
        areas = shapely.area(pieces)
        source += [position] * len(pieces)
        points += list(shapely.point_on_surface(pieces))
        share += list(areas / areas.sum() if areas.sum() > 0 else np.full(len(pieces), 1 / len(pieces)))
    rows = demand.iloc[source]
    number = rows.groupby(level=0).cumcount() + 1
    parts = rows.groupby(level=0)["weight"].transform("size")
    names = [f"{name}/{n}" if size > 1 else str(name) for name, n, size in zip(rows.index, number, parts, strict=True)]
    frame = rows.drop(columns="geometry").assign(weight=rows["weight"].to_numpy() * np.array(share))
    frame["part_of"] = rows.index.astype(str)
    frame.index = np.array(names, dtype=object)
    return gpd.GeoDataFrame(frame, geometry=np.array(points, dtype=object), crs=demand.crs).rename_axis("demand")


def _pieces(shape: shapely.Geometry, cell_m: float) -> NDArray[np.object_]:
    """Cut an area along the lines of a grid whose corner is the origin of the system."""
    west, south, east, north = shape.bounds
    columns = np.arange(np.floor(west / cell_m), np.ceil(east / cell_m))
    rows = np.arange(np.floor(south / cell_m), np.ceil(north / cell_m))
    x, y = (axis.ravel() * cell_m for axis in np.meshgrid(columns, rows))
    pieces = shapely.intersection(shapely.box(x, y, x + cell_m, y + cell_m), shape)
    kept: NDArray[np.object_] = pieces[shapely.area(pieces) > 0]
    return kept if len(kept) else np.array([shape])
