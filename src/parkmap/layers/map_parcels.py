"""Users' own parcels for the map: polygons in any known system, with all their properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from parkmap.crs import WGS84
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.parcels import POLYGONAL, name_some, open_parcels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import geopandas as gpd


def read_map_parcels(
    path: Path, *, within: tuple[float, float, float, float], fields: Sequence[str]
) -> gpd.GeoDataFrame:
    """Read polygons with their properties.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile or anything GDAL reads.
    within
        West, south, east and north of the area that the map can show, degrees; some parcel must lie in it.
    fields
        Properties that must be there.

    Returns
    -------
    GeoDataFrame
        Polygons and multipolygons in WGS 84, in the order of the file.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    file = path.as_posix()
    frame, problems = open_parcels(path, file)
    problems = problems or list(_problems(frame, fields, file))
    if problems:
        raise InvalidInputError(problems)
    parcels = frame.to_crs(WGS84)
    if not _any_within(parcels, within):
        place = "{:.2f} {:.2f} {:.2f} {:.2f}"
        here = place.format(*parcels.total_bounds)
        raise InvalidInputError(
            [finding("parcels.elsewhere", "error", file=file, here=here, there=place.format(*within))]
        )
    return parcels


def _any_within(parcels: gpd.GeoDataFrame, within: tuple[float, float, float, float]) -> bool:
    west, south, east, north = within
    box = shapely.bounds(parcels.geometry.to_numpy())
    return bool(((box[:, 0] < east) & (box[:, 2] > west) & (box[:, 1] < north) & (box[:, 3] > south)).any())


def _problems(frame: gpd.GeoDataFrame, fields: Sequence[str], file: str) -> Iterator[Finding]:
    if frame.crs is None:
        yield finding("crs.missing", "error", file=file)
    known = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
    for name in fields:
        if name not in frame.columns or name == frame.geometry.name:
            yield finding("parcels.no_field", "error", file=file, key=name, name=name, known=known or "-")
    shapes = frame.geometry.to_numpy()
    bare = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    wrong = ~np.isin(shapely.get_type_id(shapes), POLYGONAL) & ~bare
    for code, rows in (("graph.no_shape", bare), ("graph.not_polygons", wrong)):
        if rows.any():
            numbers = tuple(str(row + 1) for row in rows.nonzero()[0])
            names = name_some(numbers)
            yield finding(code, "error", file=file, key=names, ids=numbers, names=names)
