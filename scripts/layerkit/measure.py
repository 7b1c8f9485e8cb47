"""Areas on the ellipsoid, and the way to the metric plane and back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Geod, Transformer

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

M2_PER_HA = 10_000.0
DECIMALS = 6  # about 0.1 m: far below any accuracy here, and what RFC 7946 advises
METRIC_CRS = "EPSG:4547"  # CGCS2000, 3-degree zone of 114° E: the plan CRS of both cities

_GEOD = Geod(ellps="WGS84")
# CGCS2000 to WGS 84 is a null shift in PROJ, so this is the projection alone.
_TO_METRIC = Transformer.from_crs("EPSG:4326", METRIC_CRS, always_xy=True)
_TO_LONLAT = Transformer.from_crs(METRIC_CRS, "EPSG:4326", always_xy=True)


def area_m2(geometry: BaseGeometry) -> float:
    """Measure a longitude/latitude geometry on the WGS 84 ellipsoid.

    Parameters
    ----------
    geometry : BaseGeometry
        Polygon or multipolygon in WGS 84 degrees.

    Returns
    -------
    float
        Area in square metres, holes taken off.
    """
    # Geod signs an area by its winding: without one winding, holes would be added instead of taken off.
    oriented = shapely.orient_polygons(geometry)
    return abs(float(_GEOD.geometry_area_perimeter(oriented)[0]))


def area_ha(geometry: BaseGeometry) -> float:
    """Measure a longitude/latitude geometry in hectares.

    Parameters
    ----------
    geometry : BaseGeometry
        Polygon or multipolygon in WGS 84 degrees.

    Returns
    -------
    float
        Ellipsoidal area in hectares, rounded to a square metre.
    """
    return round(area_m2(geometry) / M2_PER_HA, 4)


def equivalent_radius_m(area_published_ha: float) -> float:
    """Radius of the circle that has a given area.

    Parameters
    ----------
    area_published_ha : float
        Area in hectares.

    Returns
    -------
    float
        Radius in metres.
    """
    return math.sqrt(area_published_ha * M2_PER_HA / math.pi)


def to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """Project WGS 84 degrees to the metric plane.

    Parameters
    ----------
    geometry : BaseGeometry
        Geometry in degrees.

    Returns
    -------
    BaseGeometry
        The same geometry in metres of EPSG:4547.
    """
    return _moved(geometry, _TO_METRIC.transform)


def to_lonlat(geometry: BaseGeometry) -> BaseGeometry:
    """Take a geometry of the metric plane back to WGS 84 degrees.

    Parameters
    ----------
    geometry : BaseGeometry
        Geometry in metres of EPSG:4547.

    Returns
    -------
    BaseGeometry
        The same geometry in degrees.
    """
    return _moved(geometry, _TO_LONLAT.transform)


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """Round coordinates to the decimals that are written.

    Parameters
    ----------
    geometry : BaseGeometry
        Geometry in degrees.

    Returns
    -------
    BaseGeometry
        Rounded geometry; equal vertices of neighbours stay equal, so shared borders stay shared.
    """
    return shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS))


def _moved(geometry: BaseGeometry, transform: Callable[..., Any]) -> BaseGeometry:
    return shapely.transform(geometry, lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1])))
