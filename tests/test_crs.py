"""Which systems are fit for measuring, and measures against pyproj itself."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from parkmap.crs import ellipsoidal_area_m2, ellipsoidal_length_m, is_metric


@pytest.mark.parametrize(
    ("code", "fit"),
    [
        ("EPSG:4547", True),  # CGCS2000 Gauss-Kruger, 114 E
        ("EPSG:4526", True),  # CGCS2000 Gauss-Kruger, zone 38
        ("EPSG:32650", True),  # UTM
        ("EPSG:4326", False),
        ("EPSG:4490", False),
        ("EPSG:3857", False),
        ("EPSG:3785", False),  # an older code of the same Web Mercator
        ("EPSG:4978", False),  # geocentric: in metres, not projected
        ("EPSG:2227", False),  # California, in feet
    ],
)
def test_only_projected_systems_in_metres_are_fit_for_areas(code, fit):
    assert is_metric(code) is fit


def test_a_quarter_of_a_degree_cell_has_the_area_that_pyproj_gives():
    cell = shapely.box(114, 22.5, 114.25, 22.75)
    expected, _ = pyproj.Geod(ellps="WGS84").polygon_area_perimeter(*cell.exterior.coords.xy)
    assert ellipsoidal_area_m2(gpd.GeoSeries([cell], crs=4326))[0] == pytest.approx(abs(expected), rel=1e-12)


def test_the_octant_of_the_earth_has_an_eighth_of_its_surface():
    octant = shapely.Polygon([(0, 0), (90, 0), (0, 90)])
    assert ellipsoidal_area_m2(gpd.GeoSeries([octant], crs=4326))[0] == pytest.approx(510065621724088.44 / 8, rel=1e-9)


def test_a_hole_is_not_counted_whatever_the_winding():
    outer = shapely.box(114, 22.5, 114.2, 22.7)
    inner = shapely.box(114.05, 22.55, 114.15, 22.65)
    ring = outer.difference(inner)
    turned = shapely.Polygon(ring.exterior.coords[::-1], [ring.interiors[0].coords])
    whole, hole, one, two = ellipsoidal_area_m2(gpd.GeoSeries([outer, inner, ring, turned], crs=4326))
    assert one == pytest.approx(whole - hole, rel=1e-12)
    assert two == pytest.approx(one, rel=1e-12)


def test_missing_and_empty_shapes_have_no_area_and_no_length():
    shapes = gpd.GeoSeries([None, shapely.Polygon(), shapely.box(0, 0, 1, 1)], crs="EPSG:4547")
    assert ellipsoidal_area_m2(shapes)[:2].tolist() == [0, 0]
    lines = gpd.GeoSeries([None, shapely.LineString(), shapely.LineString([(0, 0), (1, 0)])], crs="EPSG:4547")
    assert ellipsoidal_length_m(lines)[:2].tolist() == [0, 0]


def test_a_frame_without_rows_has_no_measures():
    nothing = gpd.GeoSeries([], crs="EPSG:4547")
    assert ellipsoidal_area_m2(nothing).shape == (0,)
    assert ellipsoidal_length_m(nothing).shape == (0,)


def test_a_minute_of_the_meridian_has_its_known_length():
    """At the equator one minute of latitude is 1842.9 m on WGS 84."""
    line = shapely.LineString([(114, -1 / 120), (114, 1 / 120)])
    assert ellipsoidal_length_m(gpd.GeoSeries([line], crs=4326))[0] == pytest.approx(1842.9, abs=0.05)


def test_the_plane_and_the_ellipsoid_agree_near_the_central_meridian():
    square = shapely.box(500_000, 2_500_000, 501_000, 2_501_000)
    shapes = gpd.GeoSeries([square], crs="EPSG:4547")
    assert ellipsoidal_area_m2(shapes) == pytest.approx(1e6, rel=1e-6)
    assert ellipsoidal_length_m(shapes.exterior) == pytest.approx(4000, rel=1e-6)
    np.testing.assert_array_equal(ellipsoidal_area_m2(shapes), ellipsoidal_area_m2(shapes.to_crs(4326)))
