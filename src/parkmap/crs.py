"""The only place that knows coordinate systems: which are accepted, how to get there, and how to measure.

Geometry changes its system at two doors only, reading and writing. Measuring on the ellipsoid does not change a frame,
it looks at a copy, so analyses may call it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj
import shapely

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

WGS84: Final = "EPSG:4326"
CGCS2000: Final = "EPSG:4490"
"""Equal to WGS 84 at planning accuracy: PROJ's transformation between them is a null shift."""

_GEOD: Final = pyproj.Geod(ellps="WGS84")


def is_metric(crs: str) -> bool:
    """Tell whether a system is projected, in metres, and fit for areas (Mercator, web or not, is not)."""
    try:
        system = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        return False
    metres = all(axis.unit_name == "metre" for axis in system.axis_info)
    operation = system.coordinate_operation.method_name if system.coordinate_operation else ""
    web = "Mercator" in operation and "Transverse" not in operation
    return bool(system.is_projected and metres and not web)


def covers(crs: str, bounds: tuple[float, float, float, float]) -> bool:
    """Tell whether a system is made for a part of the earth; areas measured elsewhere are wrong.

    Parameters
    ----------
    crs
        The system.
    bounds
        West, south, east, north in degrees; they may reach beyond the area of use by half its width.
    """
    use = pyproj.CRS.from_user_input(crs).area_of_use
    if use is None:
        return True
    slack = (use.east - use.west) / 2
    west, _, east, _ = bounds
    return bool(use.west - slack <= west and east <= use.east + slack)


def ellipsoidal_area_m2(shapes: gpd.GeoSeries) -> NDArray[np.float64]:
    """Return areas on the WGS 84 ellipsoid.

    Parameters
    ----------
    shapes
        Polygons in any system; missing and empty ones have area 0.

    Returns
    -------
    ndarray of float, shape (len(shapes),)
        Areas in square metres. Source: Karney (2013), through PROJ's geodesic routines.
    """
    geographic = shapely.orient_polygons(shapes.to_crs(WGS84).to_numpy())
    areas = (0.0 if g is None or g.is_empty else _GEOD.geometry_area_perimeter(g)[0] for g in geographic)
    return np.abs(np.fromiter(areas, dtype=np.float64, count=len(shapes)))


def ellipsoidal_length_m(shapes: gpd.GeoSeries) -> NDArray[np.float64]:
    """Return lengths of lines on the WGS 84 ellipsoid, in metres; 0 where there is no line.

    Parameters
    ----------
    shapes
        Lines in any system.

    Returns
    -------
    ndarray of float, shape (len(shapes),)
        Lengths in metres.
    """
    lines = (0.0 if g is None or g.is_empty else _GEOD.geometry_length(g) for g in shapes.to_crs(WGS84))
    return np.fromiter(lines, dtype=np.float64, count=len(shapes))


def scale_range(crs: str, bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return how much longer a length is in a system than on the ground, least and greatest over an extent.

    Parameters
    ----------
    crs
        A projected system.
    bounds
        West, south, east, north in that system.

    Returns
    -------
    tuple of float
        Point scale factors at nine points of the extent, in both directions. Source: PROJ's factors.
    """
    west, south, east, north = bounds
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(west, east, 3), np.linspace(south, north, 3)))
    to_degrees = pyproj.Transformer.from_crs(crs, pyproj.CRS(crs).geodetic_crs, always_xy=True)
    factors = pyproj.Proj(crs).get_factors(*to_degrees.transform(x, y))
    both = np.concatenate([np.asarray(factors.meridional_scale), np.asarray(factors.parallel_scale)])
    return float(both.min()), float(both.max())
