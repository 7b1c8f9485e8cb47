"""Users' own points and areas for one question: sites, demand, barriers. Only an id and a number are asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.read import open_vector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def read_features(
    path: Path, *, crs: str, name: str | None = None, numbers: Mapping[str, str | None] | None = None
) -> gpd.GeoDataFrame:
    """Read features with an id, names and the numbers asked for.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage or anything GDAL reads, in WGS 84 or CGCS2000 longitude and latitude.
    crs
        Working system of the plan.
    name
        File name for the findings; None is the path.
    numbers
        Column to make, and the property that holds it: every feature needs a number that is not negative there. Where
        the property is None, every feature counts 1.

    Returns
    -------
    GeoDataFrame
        Index id (property `id`, else the running number from 1). Columns name_zh, name_en and those of `numbers`.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    file = name or path.as_posix()
    if not path.is_file():
        raise InvalidInputError([finding("features.not_found", "error", file=file)])
    frame, problems = open_vector(path, name=file)
    if problems:
        raise InvalidInputError(problems)
    frame.index = _ids(frame)
    problems = [*_geometry_findings(frame, file), *_number_findings(frame, file, numbers or {})]
    if problems:
        raise InvalidInputError(problems)
    columns = {"name_zh": _names(frame, "name_zh"), "name_en": _names(frame, "name_en")}
    for column, source in (numbers or {}).items():
        columns[column] = 1.0 if source is None else pd.to_numeric(frame[source]).astype(float)
    return gpd.GeoDataFrame(columns, index=frame.index, geometry=frame.geometry, crs=frame.crs).to_crs(crs)


def anchors(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return features as points: a point as it is, anything else by its centroid where that lies inside.

    Parameters
    ----------
    frame
        Features in a metric system, none without geometry.
    """
    shapes = frame.geometry.to_numpy()
    centre = shapely.centroid(shapes)
    points = np.where(shapely.intersects(centre, shapes), centre, shapely.point_on_surface(shapes))
    return frame.set_geometry(gpd.GeoSeries(points, index=frame.index, crs=frame.crs))


def _ids(frame: gpd.GeoDataFrame) -> pd.Index:
    if "id" in frame.columns and frame["id"].notna().all():
        whole = pd.api.types.is_float_dtype(frame["id"]) and (frame["id"] % 1 == 0).all()
        names = frame["id"].astype(int) if whole else frame["id"]
        return pd.Index(names.astype(str), name="id")
    return pd.Index([str(number) for number in range(1, len(frame) + 1)], name="id")


def _names(frame: gpd.GeoDataFrame, column: str) -> pd.Series:
    """Return names in one language, else the plain name, else the id."""
    own = pd.Series(frame.index, index=frame.index, dtype=object)
    for source in ("name", column):
        if source in frame.columns:
            own = frame[source].astype(object).where(frame[source].notna(), own)
    return own.astype(str)


def _geometry_findings(frame: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    if len(frame) == 0:
        yield finding("layer.empty", "error", file=file)
        return
    bare = frame.geometry.isna() | frame.geometry.is_empty
    for code, wrong in (
        ("layer.repeated_id", frame.index.duplicated()),
        ("layer.empty_geometry", bare.to_numpy()),
        ("layer.invalid_geometry", (~bare & ~frame.geometry.is_valid).to_numpy()),
    ):
        ids = tuple(dict.fromkeys(frame.index[wrong]))
        if ids:
            yield finding(code, "error", file=file, key=", ".join(ids[:5]), ids=ids)


def _number_findings(frame: gpd.GeoDataFrame, file: str, numbers: Mapping[str, str | None]) -> Iterator[Finding]:
    for source in numbers.values():
        if source is None:
            continue
        if source not in frame.columns:
            known = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
            yield finding("features.no_column", "error", file=file, key=source, name=source, known=known)
            continue
        values = pd.to_numeric(frame[source], errors="coerce").to_numpy(dtype=np.float64)
        ids = tuple(frame.index[~(np.isfinite(values) & (values >= 0))])
        if ids:
            yield finding(
                "features.no_number", "error", file=file, key=", ".join(ids[:5]), ids=ids, name=source, count=len(ids)
            )
