"""Users' own parcels for the map: polygons in any known system, with all their properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely

from parkmap.crs import WGS84
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

POLYGONAL = (3, 6)
NAMED = 10
"""How many rows a finding spells out."""


def read_map_parcels(path: Path, *, fields: Sequence[str] = ()) -> gpd.GeoDataFrame:
    """Read polygons with their properties.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile or anything GDAL reads.
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
    if not path.exists():
        raise InvalidInputError([finding("features.not_found", "error", file=file)])
    try:
        frame = gpd.read_file(path, engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError) as error:
        raise InvalidInputError([finding("layer.unreadable", "error", file=file, why=error)]) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise InvalidInputError([finding("layer.no_geometry", "error", file=file)])
    problems = list(_problems(frame, fields, file))
    if problems:
        raise InvalidInputError(problems)
    return frame.to_crs(WGS84)


def _problems(frame: gpd.GeoDataFrame, fields: Sequence[str], file: str) -> Iterator[Finding]:
    if len(frame) == 0:
        yield finding("layer.empty", "error", file=file)
    if frame.crs is None:
        yield finding("crs.missing", "error", file=file)
    known = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
    for name in fields:
        if name not in frame.columns:
            yield finding("parcels.no_field", "error", file=file, key=name, name=name, known=known or "-")
    shapes = frame.geometry.to_numpy()
    bare = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    wrong = ~bare & ~(shapely.get_type_id(shapes) == POLYGONAL[0]) & ~(shapely.get_type_id(shapes) == POLYGONAL[1])
    for code, rows in (("graph.no_shape", bare), ("graph.not_polygons", wrong)):
        if rows.any():
            numbers = tuple(str(row + 1) for row in rows.nonzero()[0])
            names = ", ".join(numbers[:NAMED]) + (f" … ({len(numbers)})" if len(numbers) > NAMED else "")
            yield finding(code, "error", file=file, key=names, ids=numbers, names=names)
