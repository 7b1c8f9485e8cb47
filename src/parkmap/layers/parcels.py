"""Users' own parcels: polygons with an id, in a metric system, checked before their borders are compared."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely

from parkmap.crs import WGS84, is_metric, scale_range
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMED: Final = 10
"""How many ids a finding spells out; all of them stand in its `ids`."""
POLYGONAL: Final = (3, 6)
FIRST_ZONE: Final = (75, 4534)
"""Central meridian and EPSG code of the first CGCS2000 three-degree zone named by its meridian."""
LAYER_MARK: Final = "|layername="
"""What stands between a file and one of its layers, as QGIS writes it."""
DEGREES: Final = (-180.0, -90.0, 180.0, 90.0)
WORST_SCALE: Final = 0.02
"""How much longer or shorter lengths may be in a system than on the ground before it is taken for a wrong one."""


def read_parcels(path: Path, *, id_field: str | None = None, crs: str | None = None) -> gpd.GeoSeries:
    """Read polygons to compare.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile or anything GDAL reads; `file|layername=name` takes one of several layers.
    id_field
        Field with the ids; None takes `id` where there is one, else the running number from 1.
    crs
        Metric system to measure in; None takes that of the file, which must be metric.

    Returns
    -------
    GeoSeries
        Polygons and multipolygons; index id.

    Raises
    ------
    InvalidInputError
        With every problem of the file: system, geometry types, invalid polygons, ids.
    """
    file = path.as_posix()
    frame, problems = open_parcels(path, file)
    if not problems:
        problems = [*_system_findings(frame, crs, file), *_id_findings(frame, id_field, file)]
    if problems:
        raise InvalidInputError(problems)
    frame.index = _ids(frame, id_field)
    problems = list(_feature_findings(frame, file))
    if problems:
        raise InvalidInputError(problems)
    shapes = frame.geometry if crs is None else frame.geometry.to_crs(crs)
    problems = list(_scale_findings(shapes, file))
    if problems:
        raise InvalidInputError(problems)
    return shapes.rename(None)


def open_parcels(path: Path, file: str) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Open a file of features in whatever system.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage, Shapefile or anything GDAL reads; `file|layername=name` takes one of several layers.
    file
        Its name for the findings.

    Returns
    -------
    tuple of GeoDataFrame and list of Finding
        The features, and why they cannot be used.
    """
    source, _, layer = path.as_posix().partition(LAYER_MARK)
    if not Path(source).exists():
        return gpd.GeoDataFrame(), [finding("features.not_found", "error", file=source)]
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
        problems = list(_layer_findings(layers, layer, file))
        if problems:
            return gpd.GeoDataFrame(), problems
        frame = _read(source, layer or (layers[0] if layers else None))
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError) as error:
        return gpd.GeoDataFrame(), [finding("layer.unreadable", "error", file=file, why=error)]
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(), [finding("layer.no_geometry", "error", file=file)]
    return frame, [finding("layer.empty", "error", file=file)] if len(frame) == 0 else []


def _layer_findings(layers: list[str], wanted: str, file: str) -> Iterator[Finding]:
    names = ", ".join(layers)
    if wanted and wanted not in layers:
        yield finding("layer.not_in_file", "error", file=file, key=wanted, name=wanted, known=names or "-")
    elif len(layers) > 1 and not wanted:
        yield finding("layer.several", "error", file=file, count=len(layers), names=names, example=layers[0])


def _read(source: str, layer: str | None) -> gpd.GeoDataFrame | pd.DataFrame:
    """Read one layer; what is wrong with its coordinates is told as a finding, and needs no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return gpd.read_file(source, layer=layer, engine="pyogrio")


def _system_findings(frame: gpd.GeoDataFrame, crs: str | None, file: str) -> Iterator[Finding]:
    if frame.crs is None:
        yield finding("parcels.no_crs", "error", file=file)
        return
    bounds = tuple(frame.total_bounds)
    west, south, east, north = DEGREES
    degrees = bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north
    named = {"crs": frame.crs.name, "bounds": _plain(bounds)}
    if frame.crs.is_geographic and not degrees and np.isfinite(bounds).all():
        yield finding("parcels.not_degrees", "error", file=file, **named)
    elif frame.crs.is_projected and degrees:
        yield finding("parcels.degrees", "error", file=file, **named)
    elif crs is not None:
        if not is_metric(crs):
            yield finding("crs.not_metric", "error", key="--crs", crs=crs)
    elif frame.crs.is_geographic:
        yield finding("parcels.geographic", "error", file=file, crs=frame.crs.name, zone=_zone(frame))
    elif not is_metric(frame.crs):
        yield finding("crs.not_metric", "error", file=file, crs=frame.crs.name)


def _scale_findings(shapes: gpd.GeoSeries, file: str) -> Iterator[Finding]:
    """Yield that the system is not made for where the polygons lie: a wrong zone, or a wrong system in the file."""
    bounds = tuple(shapes.total_bounds)
    low, high = scale_range(shapes.crs, bounds) if np.isfinite(bounds).all() else (np.inf, np.inf)
    if not max(1 - low, high - 1) <= WORST_SCALE:
        named = {"crs": shapes.crs.name, "bounds": _plain(bounds)}
        yield finding("parcels.misplaced", "error", file=file, **named, low=f"{low:.3f}", high=f"{high:.3f}")


def _plain(bounds: tuple[float, ...]) -> str:
    return " ".join(f"{value:.4f}" if abs(value) < DEGREES[2] else f"{value:.0f}" for value in bounds)


def _zone(frame: gpd.GeoDataFrame) -> str:
    """Return the CGCS2000 three-degree zone that fits, or a word for none."""
    west, _, east, _ = frame.to_crs(WGS84).total_bounds
    meridian = 3 * round((west + east) / 2 / 3)
    first, code = FIRST_ZONE
    if not first <= meridian <= first + 60:
        return "EPSG:326xx (UTM)"
    zone = f"EPSG:{code + (meridian - first) // 3}"
    return f"{zone} ({pyproj.CRS(zone).name})"


def _id_findings(frame: gpd.GeoDataFrame, id_field: str | None, file: str) -> Iterator[Finding]:
    if id_field is not None and id_field not in frame.columns:
        known = ", ".join(str(column) for column in frame.columns if column != frame.geometry.name)
        yield finding("parcels.no_field", "error", file=file, key=id_field, name=id_field, known=known or "-")


def _ids(frame: gpd.GeoDataFrame, id_field: str | None) -> pd.Index:
    field = id_field or ("id" if "id" in frame.columns else None)
    if field is None:
        return pd.Index(np.arange(1, len(frame) + 1), name="item")
    own = frame[field]
    whole = pd.api.types.is_float_dtype(own) and own.notna().all() and (own % 1 == 0).all()
    return pd.Index(own.astype("int64") if whole else own, name="item")


def _feature_findings(frame: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    ids, shapes = frame.index, frame.geometry.to_numpy()
    missing = ids.isna() | [isinstance(name, str) and not name.strip() for name in ids]
    if missing.any():
        yield finding("graph.missing_ids", "error", file=file, count=int(missing.sum()))
    bare = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    wrong = ~np.isin(shapely.get_type_id(shapes), POLYGONAL) & ~bare
    twisted = ~shapely.is_valid(shapes) & ~bare & ~wrong
    repeated = ids.duplicated() & ~missing
    for code, rows in (
        ("graph.repeated_ids", repeated),
        ("graph.no_shape", bare),
        ("graph.not_polygons", wrong),
        ("parcels.invalid", twisted),
    ):
        if rows.any():
            yield _about(code, ids[rows], shapes[rows], file)


def name_some(names: Sequence[str]) -> str:
    """Return the first names of many, and how many there are.

    Parameters
    ----------
    names
        What is named.
    """
    return ", ".join(names[:NAMED]) + (f" … ({len(names)})" if len(names) > NAMED else "")


def _about(code: str, ids: pd.Index, shapes: np.ndarray, file: str) -> Finding:
    """Return an error on some features: the first ids are spelt out, with what is wrong with the first shape."""
    names = tuple(dict.fromkeys(str(name) for name in ids))
    named = name_some(names)
    why = shapely.is_valid_reason(shapes[0]) if code == "parcels.invalid" else ""
    return finding(code, "error", file=file, key=named, ids=names, names=named, why=why)
