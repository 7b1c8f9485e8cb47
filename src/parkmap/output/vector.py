"""RFC 7946 GeoJSON: one feature per line, null geometry where a place is undetermined."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from parkmap.crs import WGS84

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

DECIMALS = 7
"""Digits of a degree in written files: 1 cm."""


def geometry_json(shapes: gpd.GeoSeries, decimals: int = DECIMALS) -> list[dict[str, Any] | None]:
    """Return GeoJSON geometries in WGS 84 with the winding and rounding of RFC 7946; None where there is none.

    Parameters
    ----------
    shapes
        Geometries in any system.
    decimals
        Digits of a degree.
    """
    geographic = shapely.orient_polygons(shapes.to_crs(WGS84).to_numpy())
    rounded = shapely.set_precision(geographic, 10.0**-decimals, mode="pointwise")
    return [None if g is None else _trim(json.loads(shapely.to_geojson(g)), decimals) for g in rounded]


def _trim(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    """Round away the binary noise that the precision grid leaves in the last digits."""

    def trimmed(value: Any) -> Any:  # noqa: ANN401
        return [trimmed(inner) for inner in value] if isinstance(value, list) else round(value, decimals)

    return {**geometry, "coordinates": trimmed(geometry["coordinates"])}


def feature_collection(shapes: gpd.GeoSeries, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a feature collection, one feature per line, so that two versions can be compared line by line.

    Parameters
    ----------
    shapes
        Geometries in any system, None where a place is undetermined.
    rows
        Properties of each, in the same order; `id`, where there is one, is the id of the feature as well.
    """
    lines = [
        json.dumps(
            {"type": "Feature", **({"id": row["id"]} if "id" in row else {}), "properties": row, "geometry": geometry},
            ensure_ascii=False,
        )
        for row, geometry in zip(rows, geometry_json(shapes), strict=True)
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
