"""Where demand is: points or areas with a weight, from a vector file, a table of districts, or a table of points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from parkmap.crs import WGS84
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.features import read_features

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLE: Final = ".csv"
DISTRICT: Final = "district"
POINT: Final = ("lon", "lat")
"""Columns of a table of points: WGS 84 degrees."""
SAID: Final = ("basis", "year")
"""Columns of a table of districts that tell what its numbers rest on, and of when they are; kept where it has them."""
NAMED: Final = 5


def read_demand(
    path: Path, *, weight: str | None, districts: gpd.GeoDataFrame, name: str | None = None
) -> gpd.GeoDataFrame:
    """Read demand in the system of the districts.

    Parameters
    ----------
    path
        A vector file; or a CSV with the column `district` (id of a district of the plan), or with `lon` and `lat`.
    weight
        Property or column with the weight; None counts each as 1.
    districts
        Districts of the plan; index id, name_zh, name_en.
    name
        File name for the findings; None is the path.

    Returns
    -------
    GeoDataFrame
        Index id. Columns name_zh, name_en, weight, geometry; of a table of districts also basis and year, where it has
        them.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    if path.suffix.lower() != TABLE:
        return read_features(path, crs=districts.crs, name=name, numbers={"weight": weight})
    file = name or path.as_posix()
    table = _table(path, file)
    problems = [*_column_findings(table, weight, file)]
    if problems:
        raise InvalidInputError(problems)
    table["weight"] = 1.0 if weight is None else pd.to_numeric(table[weight], errors="coerce")
    problems = [*_row_findings(table, weight, districts, file)]
    if problems:
        raise InvalidInputError(problems)
    return _of_districts(table, districts) if DISTRICT in table.columns else _of_points(table, districts)


def _table(path: Path, file: str) -> pd.DataFrame:
    if not path.is_file():
        raise InvalidInputError([finding("features.not_found", "error", file=file)])
    try:
        return pd.read_csv(path, encoding="utf-8-sig", dtype={DISTRICT: str, "id": str})
    except UnicodeDecodeError:
        raise InvalidInputError([finding("file.not_utf8", "error", file=file)]) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InvalidInputError([finding("layer.unreadable", "error", file=file, why=error)]) from None


def _column_findings(table: pd.DataFrame, weight: str | None, file: str) -> Iterator[Finding]:
    known = ", ".join(str(column) for column in table.columns)
    if DISTRICT not in table.columns and not set(POINT) <= set(table.columns):
        yield finding("demand.no_place", "error", file=file, known=known)
    if weight is not None and weight not in table.columns:
        yield finding("features.no_column", "error", file=file, key=weight, name=weight, known=known)
    if len(table) == 0:
        yield finding("layer.empty", "error", file=file)


def _row_findings(table: pd.DataFrame, weight: str | None, districts: gpd.GeoDataFrame, file: str) -> Iterator[Finding]:
    def rows(wrong: pd.Series) -> str:
        """Name the lines of a file, the head being line 1."""
        return ", ".join(str(line + 2) for line in table.index[wrong][:NAMED])

    unweighted = ~((table["weight"] >= 0) & np.isfinite(table["weight"]))
    if unweighted.any():
        name = weight or "weight"
        yield finding(
            "features.no_number", "error", file=file, key=rows(unweighted), name=name, count=int(unweighted.sum())
        )
    if DISTRICT in table.columns:
        unknown = ~table[DISTRICT].isin(districts.index)
        if unknown.any():
            known = ", ".join(districts.index)
            yield finding("demand.unknown_district", "error", file=file, key=rows(unknown), known=known)
        twice = table[DISTRICT].duplicated() & ~unknown
        if twice.any():
            yield finding("demand.repeated_district", "error", file=file, key=rows(twice))
        return
    degrees = table[list(POINT)].apply(pd.to_numeric, errors="coerce")
    off = ~(degrees["lon"].between(-180, 180) & degrees["lat"].between(-90, 90))
    if off.any():
        yield finding("demand.off_earth", "error", file=file, key=rows(off))


def _of_districts(table: pd.DataFrame, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    chosen = districts.loc[table[DISTRICT], ["name_zh", "name_en", "geometry"]]
    frame = gpd.GeoDataFrame(chosen, geometry="geometry", crs=districts.crs)
    said = {column: table[column].to_numpy() for column in SAID if column in table.columns}
    return frame.assign(weight=table["weight"].to_numpy(dtype=float), **said).rename_axis("id")


def _of_points(table: pd.DataFrame, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    ids = table["id"] if "id" in table.columns else pd.Series(range(1, len(table) + 1)).astype(str)
    names = table["name"].astype(str) if "name" in table.columns else ids
    points = gpd.points_from_xy(table["lon"].astype(float), table["lat"].astype(float), crs=WGS84)
    frame = gpd.GeoDataFrame(
        {"name_zh": names.to_numpy(), "name_en": names.to_numpy(), "weight": table["weight"].to_numpy(dtype=float)},
        index=pd.Index(ids, name="id"),
        geometry=points,
        crs=WGS84,
    )
    return frame.to_crs(districts.crs)
