"""Layers that limit what can be built on: read, checked, and laid over the zones of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.read import open_vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parkmap.plan.catalog import Catalog
    from parkmap.plan.scenarios.schema import Constraint

EXCLUDED: Final = frozenset({"ecological-red-line", "permanent-basic-farmland"})
"""Kinds whose land is taken away; of the others only the inside is left."""
AREAS: Final = frozenset({"Polygon", "MultiPolygon"})


def read_constraints(
    catalog: Catalog, constraints: Sequence[Constraint], *, crs: str
) -> tuple[dict[str, gpd.GeoSeries], tuple[Path, ...]]:
    """Read constraint layers into a metric system.

    Parameters
    ----------
    catalog
        Where to look for files that do not lie in the current folder.
    constraints
        Kinds and files; several files of one kind are laid together.
    crs
        Metric coordinate system.

    Returns
    -------
    tuple of dict of str to GeoSeries, and tuple of Path
        Polygons by kind, and the files read.

    Raises
    ------
    InvalidInputError
        With every problem of every file.
    """
    problems: list[Finding] = []
    files: list[Path] = []
    parts: dict[str, list[gpd.GeoSeries]] = {}
    for constraint in constraints:
        path = catalog.resolve(constraint.file) or Path(constraint.file)
        if not path.is_file():
            problems.append(finding("layer.not_found", "error", file=constraint.file))
            continue
        frame, unusable = open_vector(path, name=constraint.file)
        found = [*unusable, *(() if unusable else _findings(frame, constraint.file))]
        problems += found
        if not found:
            parts.setdefault(constraint.kind, []).append(frame.geometry.to_crs(crs))
            files.append(path)
    if problems:
        raise InvalidInputError(problems)
    layers = {kind: gpd.GeoSeries(pd.concat(own, ignore_index=True), crs=crs) for kind, own in parts.items()}
    return layers, tuple(files)


def _findings(frame: gpd.GeoDataFrame, name: str) -> Iterable[Finding]:
    shapes = frame.geometry
    if not len(shapes):
        yield finding("constraint.empty", "error", file=name)
    wrong = shapes.isna() | shapes.is_empty | ~shapes.geom_type.isin(AREAS)
    if wrong.any():
        rows = ", ".join(str(row + 1) for row in range(len(shapes)) if wrong.iloc[row])
        yield finding("constraint.not_areas", "error", file=name, key=rows, rows=rows)
    invalid = ~wrong & ~shapes.is_valid
    if invalid.any():
        rows = ", ".join(str(row + 1) for row in range(len(shapes)) if invalid.iloc[row])
        yield finding("constraint.invalid", "error", file=name, key=rows, rows=rows)
