"""Where the label and the symbol of a feature stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

DECIMALS: Final = 5


def anchor(geometry: Mapping[str, Any]) -> list[float] | None:
    """Return the point at which a feature is named, or None for an empty geometry.

    A point is its own anchor, a line has its middle, an area the centre of the largest circle inside its largest part:
    the place with the most room, which is always inside. The circle's radius tells the page how much room that is.

    Parameters
    ----------
    geometry
        GeoJSON geometry, WGS 84.

    Returns
    -------
    list of float or None
        Longitude, latitude and radius, degrees, rounded to 5 decimals.
    """
    whole = shape(geometry)
    if whole.is_empty:
        return None
    parts = [part for part in shapely.get_parts(whole) if shapely.get_dimensions(part) == shapely.get_dimensions(whole)]
    part = max(parts, key=lambda one: (one.area, one.length))
    point, radius = _of_part(part)
    return [round(point.x, DECIMALS), round(point.y, DECIMALS), round(radius, DECIMALS)]


def _of_part(part: BaseGeometry) -> tuple[shapely.Point, float]:
    if shapely.get_dimensions(part) == 0:
        return part.centroid, 0.0
    if shapely.get_dimensions(part) == 1:
        return shapely.line_interpolate_point(part, 0.5, normalized=True), 0.0
    if not part.is_valid or part.area == 0:
        return part.representative_point(), 0.0
    spoke = shapely.maximum_inscribed_circle(part, tolerance=max(part.length / 2000, 1e-6))
    return shapely.get_point(spoke, 0), float(spoke.length)
