"""Reading and writing of RFC 7946 GeoJSON whose bytes depend on nothing but the features."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape

from layerkit.measure import DECIMALS
from layerkit.problems import InputProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Feature:
    """One feature of a layer.

    Parameters
    ----------
    properties : dict[str, Any]
        Columns, among them `id`.
    geometry : BaseGeometry or None
        WGS 84 geometry; None when the place is not known.
    """

    properties: dict[str, Any]
    geometry: BaseGeometry | None


def read_geometries(path: Path) -> dict[str, BaseGeometry]:
    """Read the geometries of a layer by feature id.

    Parameters
    ----------
    path : Path
        GeoJSON file whose features all have an `id` property and a geometry.

    Returns
    -------
    dict[str, BaseGeometry]
        Geometry of each id.

    Raises
    ------
    InputProblemsError
        When the file is absent.
    """
    if not path.is_file():
        raise InputProblemsError([f"{path}: absent; run scripts/build_districts.py first"])
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["id"]: shape(feature["geometry"]) for feature in features}


def to_text(features: Iterable[Feature]) -> str:
    """Write features as RFC 7946 text, sorted by id, one feature a line.

    Parameters
    ----------
    features : Iterable[Feature]
        Features in any order.

    Returns
    -------
    str
        GeoJSON text with a final newline.
    """
    ordered = sorted(features, key=lambda feature: str(feature.properties["id"]))
    lines = ",\n".join(_line(feature) for feature in ordered)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def _line(feature: Feature) -> str:
    geometry = None if feature.geometry is None else _canonical(feature.geometry)
    document = {"type": "Feature", "properties": feature.properties, "geometry": geometry}
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _canonical(geometry: BaseGeometry) -> dict[str, Any]:
    """Counter-clockwise shells (RFC 7946) from a fixed first vertex, in a fixed order."""
    # normalize() fixes ring starts and part order: GEOS versions may differ in both.
    wound = shapely.orient_polygons(shapely.normalize(geometry), exterior_cw=False)
    document = dict(mapping(wound))
    document["coordinates"] = _plain(document["coordinates"])
    return document


def _plain(coordinates: Any) -> Any:  # noqa: ANN401 - nesting depth differs by geometry type
    if isinstance(coordinates, (float, np.floating)):
        return round(float(coordinates), DECIMALS)
    return [_plain(part) for part in coordinates]
