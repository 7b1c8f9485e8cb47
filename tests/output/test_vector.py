"""GeoJSON geometries: winding, rounding, and nothing where nothing is known."""

from __future__ import annotations

import itertools
import json

import geopandas as gpd
import pytest
import shapely

from parkmap.output.vector import geometry_json
from parkmap.questions.features import gis_files

CRS = "EPSG:4326"


def written(*shapes, **keywords):
    return geometry_json(gpd.GeoSeries(list(shapes), crs=CRS), **keywords)


def signed_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))


@pytest.mark.parametrize("reverse", [False, True])
def test_rings_turn_as_rfc_7946_wants(reverse):
    outer = [(114, 22), (115, 22), (115, 23), (114, 23), (114, 22)]
    inner = [(114.2, 22.2), (114.4, 22.2), (114.4, 22.4), (114.2, 22.4), (114.2, 22.2)]
    step = -1 if reverse else 1
    (polygon,) = written(shapely.Polygon(outer[::step], [inner[::step]]))
    assert signed_area(polygon["coordinates"][0]) > 0
    assert signed_area(polygon["coordinates"][1]) < 0


def test_each_part_of_a_multipolygon_turns_rightly():
    both = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1).reverse()])
    (found,) = written(both)
    assert all(signed_area(part[0]) > 0 for part in found["coordinates"])


def test_missing_shapes_are_null():
    assert written(None, shapely.Point(114, 22.5))[0] is None


def test_coordinates_have_no_more_digits_than_asked():
    (point,) = written(shapely.Point(114.123456789123, 22.98765432198))
    assert point["coordinates"] == [114.1234568, 22.9876543]
    (coarse,) = written(shapely.Point(114.123456789123, 22.98765432198), decimals=5)
    assert coarse["coordinates"] == [114.12346, 22.98765]
    assert len(json.dumps(written(shapely.Point(0.1 + 0.2, 1 / 3))[0])) < 80


def test_longitude_comes_first_whatever_the_system():
    shapes = gpd.GeoSeries([shapely.Point(500_000, 2_500_000)], crs="EPSG:4547")
    (point,) = geometry_json(shapes)
    longitude, latitude = point["coordinates"]
    assert longitude == pytest.approx(114, abs=1e-6)
    assert latitude == pytest.approx(22.6, abs=0.05)


def test_the_layers_of_the_tiny_plan_are_where_they_were_drawn(testville_results):
    files = {name: json.loads(text) for name, text in gis_files(testville_results).items()}
    core = next(f for f in files["components.geojson"]["features"] if f["id"] == "core")
    drawn = shapely.box(114.005, 22.625, 114.015, 22.635)
    assert shapely.equals_exact(shapely.geometry.shape(core["geometry"]).normalize(), drawn.normalize(), 1e-7)
    point = next(f for f in files["components.geojson"]["features"] if f["id"] == "corner")
    assert point["geometry"] == {"type": "Point", "coordinates": [114.01, 22.61]}


def test_results_are_joined_to_the_features(testville_results):
    files = {name: json.loads(text) for name, text in gis_files(testville_results).items()}
    districts = {f["id"]: f["properties"] for f in files["districts.geojson"]["features"]}
    assert districts["ne"]["share_best"] == pytest.approx(0.125, rel=1e-3)
    assert districts["sw"]["unknown_items"] == "corner"
    corner = next(f for f in files["components.geojson"]["features"] if f["id"] == "corner")["properties"]
    assert (corner["area_status"], corner["area_m2"]) == ("unknown", None)


def test_one_feature_a_line_so_that_versions_can_be_compared(testville_results):
    text = gis_files(testville_results)["components.geojson"]
    lines = text.splitlines()
    assert len(lines) == 5 + 2
    assert all(json.loads(line.rstrip(","))["type"] == "Feature" for line in lines[1:-1])
