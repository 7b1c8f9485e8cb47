"""The one door for vector files: open, check, and bring into the plan's working system."""

from __future__ import annotations

import dataclasses
import warnings
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import pyogrio
import pyproj
import shapely

from parkmap.crs import CGCS2000, WGS84, covers, is_metric
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.contracts import EXTRA, Kind
from parkmap.layers.properties import clean_properties
from parkmap.layers.validate import layer_findings, unknown_districts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parkmap.plan.catalog import Catalog
    from parkmap.plan.schema import Plan
UNREADABLE = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, shapely.errors.ShapelyError)
"""What the libraries raise for a file that is no vector file, or holds a shape that is none."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Geography:
    """The ground of a plan, in its working system.

    Parameters
    ----------
    districts
        Index id; `geometry` is the part that counts (land only where the layer says so), `outline` the whole polygon.
    land
        Index id.
    places
        Index id; geometry is None where undetermined.
    files
        Files that were read.
    """

    districts: gpd.GeoDataFrame
    land: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    files: tuple[Path, ...]

    def districts_on_land(self) -> gpd.GeoDataFrame:
        """Return the districts as maps colour them: the whole polygon as far as it is on the land of the city."""
        land = self.land[~self.land.index.str.endswith("around")].union_all()
        return self.districts.set_geometry(self.districts["outline"].intersection(land))


def read_geography(catalog: Catalog, plan: Plan) -> Geography:
    """Read and check the layers that a plan names.

    Parameters
    ----------
    catalog
        Where to look.
    plan
        The plan.

    Returns
    -------
    Geography
        Layers in the plan's working system.

    Raises
    ------
    InvalidInputError
        With every problem of every layer.
    """
    problems: list[Finding] = []
    if not is_metric(plan.crs):
        problems.append(finding("crs.not_metric", "error", key="crs", crs=plan.crs))
    wanted: list[tuple[str, Kind]] = [(plan.layers.districts, "districts"), (plan.layers.land, "land")]
    wanted += [(name, "places") for name in plan.layers.places]
    frames: list[gpd.GeoDataFrame] = []
    files: list[Path] = []
    for name, kind in wanted:
        path = catalog.resolve(name)
        if path is None:
            problems.append(finding("layer.not_found", "error", file=name))
            continue
        frame, found = read_layer(path, kind, name=catalog.display(path))
        problems += found
        frames.append(frame)
        files.append(path)
    if not problems and not covers(plan.crs, tuple(frames[0].total_bounds)):
        problems.append(finding("crs.elsewhere", "error", key="crs", crs=plan.crs))
    if problems:
        raise InvalidInputError(problems)
    problems = list(unknown_districts(frames[0], zip(plan.layers.places, frames[2:], strict=True)))
    if problems:
        raise InvalidInputError(problems)
    districts, land, *places = (frame.set_index("id").sort_index().to_crs(plan.crs) for frame in frames)
    return Geography(
        districts=_on_land(districts, land),
        land=land,
        places=_joined(places, plan.layers.places),
        files=tuple(files),
    )


def read_layer(path: Path, kind: Kind, *, name: str) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Read one vector file as longitude and latitude, with what is wrong with it.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage or anything GDAL reads.
    kind
        What it is read as.
    name
        File name for the findings.

    Returns
    -------
    tuple of GeoDataFrame and list of Finding
        The features (empty where the file cannot be used) and the problems.
    """
    frame, unusable = open_vector(path, name=name)
    if unusable:
        return frame, unusable
    frame, problems = clean_properties(frame, name)
    problems += layer_findings(frame, kind, name)
    for column, default in EXTRA[kind].items():
        if column not in frame.columns:
            frame[column] = default
    return frame, problems


def open_vector(path: Path, *, name: str) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    """Open one vector file as longitude and latitude, whatever its properties are.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage or anything GDAL reads.
    name
        File name for the findings.

    Returns
    -------
    tuple of GeoDataFrame and list of Finding
        The features, and why they cannot be used.
    """
    try:
        with warnings.catch_warnings():  # a property of mixed sorts is told by feature, not by the library
            warnings.filterwarnings("ignore", message="Could not parse column", category=UserWarning)
            frame = gpd.read_file(path, engine="pyogrio")
    except (*UNREADABLE, UnicodeDecodeError) as error:
        return gpd.GeoDataFrame(), [finding("layer.unreadable", "error", file=name, why=error)]
    if not isinstance(frame, gpd.GeoDataFrame):
        return gpd.GeoDataFrame(), [finding("layer.no_geometry", "error", file=name)]
    if frame.crs is None:
        return frame, [finding("crs.missing", "error", file=name)]
    if not frame.crs.equals(pyproj.CRS(WGS84), ignore_axis_order=True):
        if frame.crs.to_epsg() != int(CGCS2000.split(":")[1]):
            return frame, [finding("crs.not_geographic", "error", file=name, crs=frame.crs.name)]
        frame = frame.set_crs(WGS84, allow_override=True)
    return frame, []


def _on_land(districts: gpd.GeoDataFrame, land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Keep the land part of the districts that are marked for it; remember the whole outline."""
    kept = districts.geometry.intersection(land.union_all())
    clip = districts["land_clip"].map(lambda value: value is not None and bool(value) and not pd.isna(value))
    return districts.assign(outline=districts.geometry, geometry=districts.geometry.where(~clip, kept))


def _joined(frames: Sequence[gpd.GeoDataFrame], names: Sequence[str]) -> gpd.GeoDataFrame:
    crs = frames[0].crs
    places = gpd.GeoDataFrame(pd.concat([f.astype(object) for f in frames]), geometry="geometry", crs=crs)
    repeated = tuple(places.index[places.index.duplicated()])
    if repeated:
        raise InvalidInputError([finding("layer.repeated_id", "error", file=", ".join(names), ids=repeated)])
    return places.sort_index()
