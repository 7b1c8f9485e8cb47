"""Checks of a layer before use: contract, geometry, coordinates, and gaps or overlaps between districts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from parkmap.finding import Finding, finding
from parkmap.layers.contracts import COMMON, DETERMINACIES, METHODS, SHAPES, Kind
from parkmap.layers.properties import district_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import geopandas as gpd

CHINA_BOUNDS = (73.0, 3.0, 136.0, 54.0)
"""West, south, east, north beyond which a coordinate of a Chinese plan is implausible, degrees."""
WORST_ACCURACY_M = 1_000_000
"""An edge that may lie further off says nothing: the feature is undetermined."""
NARROW_GAP_DEG = 0.0002
"""A gap between districts narrower than this, about 20 m, is a border drawn twice, not land between them."""


def layer_findings(frame: gpd.GeoDataFrame, kind: Kind, file: str) -> Iterator[Finding]:
    """Yield every problem of one layer.

    Parameters
    ----------
    frame
        Features as read, longitude and latitude on WGS 84 or CGCS2000.
    kind
        What the layer is read as.
    file
        File name for the findings.
    """
    if len(frame) == 0:
        yield finding("layer.empty", "error", file=file)
        return
    missing = [name for name in COMMON if name not in frame.columns]
    if missing:
        yield finding("layer.missing_columns", "error", file=file, names=", ".join(missing))
        return
    yield from _id_findings(frame, file)
    yield from _word_findings(frame, file)
    if kind == "places" and "area_published_ha" in frame.columns:
        basis = frame["area_basis"] if "area_basis" in frame.columns else pd.Series(None, index=frame.index)
        baseless = frame["area_published_ha"].notna() & basis.isna()
        yield from _feature_finding("layer.area_basis", frame[baseless], file)
    yield from _geometry_findings(frame, kind, file)


def unknown_districts(districts: gpd.GeoDataFrame, places: Iterable[tuple[str, gpd.GeoDataFrame]]) -> Iterator[Finding]:
    """Yield features whose `districts` names a district that there is not.

    Parameters
    ----------
    districts
        The district layer.
    places
        File and features of each layer of places.
    """
    known = set(districts["id"])
    for file, frame in places:
        named = frame["districts"].map(lambda value: set(district_ids(value)) - known)
        names = ", ".join(sorted(set().union(*named)))
        yield from _feature_finding("layer.districts_unknown", frame[named.map(bool)], file, names=names)


def _without_shape(frame: gpd.GeoDataFrame) -> pd.Series:
    """Return which features have null geometry; an empty one is another matter."""
    return pd.Series(shapely.is_missing(frame.geometry.to_numpy()), index=frame.index)


def _ids(frame: gpd.GeoDataFrame) -> tuple[str, ...]:
    return tuple(str(name) for name in frame["id"])


def _feature_finding(code: str, rows: gpd.GeoDataFrame, file: str, **values: str) -> Iterator[Finding]:
    if len(rows):
        ids = _ids(rows)
        found = finding(code, "error", file=file, key=", ".join(ids), ids=ids)
        yield dataclasses.replace(found, values=tuple(values.items()))


def _id_findings(frame: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    unnamed = frame["id"].isna() | frame["name_zh"].isna() | frame["name_en"].isna()
    yield from _feature_finding("layer.unnamed", frame[unnamed], file)
    yield from _feature_finding("layer.no_origin", frame[frame["origin"].isna()], file)
    yield from _feature_finding("layer.repeated_id", frame[frame["id"].duplicated()], file)


def _word_findings(frame: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    for column, allowed in (("determinacy", DETERMINACIES), ("method", METHODS)):
        wrong = frame[~frame[column].isin(allowed)]
        yield from _feature_finding("layer.word", wrong, file, column=column, allowed=", ".join(allowed))
    missing = _without_shape(frame)
    placed = frame[~missing]
    accuracy = pd.to_numeric(placed["accuracy_m"], errors="coerce")
    yield from _feature_finding("layer.accuracy", placed[~accuracy.between(0, WORST_ACCURACY_M)], file)
    hidden = (frame["determinacy"] == "undetermined") != missing
    yield from _feature_finding("layer.undetermined_drawn", frame[hidden], file)


def _geometry_findings(frame: gpd.GeoDataFrame, kind: Kind, file: str) -> Iterator[Finding]:
    missing = _without_shape(frame)
    if kind != "places":
        yield from _feature_finding("layer.no_shape", frame[missing], file)
    placed = frame[~missing]
    yield from _feature_finding("layer.invalid_geometry", placed[~placed.geometry.is_valid], file)
    yield from _feature_finding("layer.empty_geometry", placed[placed.geometry.is_empty], file)
    wrong = placed[~placed.geometry.geom_type.isin(SHAPES[kind])]
    yield from _feature_finding("layer.shape", wrong, file, allowed=", ".join(sorted(SHAPES[kind])))
    west, south, east, north = CHINA_BOUNDS
    bounds = placed.geometry.bounds
    outside = (bounds.minx < west) | (bounds.miny < south) | (bounds.maxx > east) | (bounds.maxy > north)
    yield from _feature_finding("layer.far_away", placed[outside], file)
    if kind == "districts" and placed.geometry.is_valid.all() and not placed.geometry.is_empty.any():
        yield from _coverage_findings(placed, file)


def _coverage_findings(districts: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    """Yield districts that overlap or whose shared borders do not match."""
    edges = shapely.coverage_invalid_edges(districts.geometry.to_numpy(), gap_width=NARROW_GAP_DEG)
    yield from _feature_finding("layer.districts_mismatch", districts[~shapely.is_empty(edges)], file)
