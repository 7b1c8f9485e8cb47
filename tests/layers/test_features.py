"""Users' own sites, demand and barriers.

id        | given, numbers, none, repeated
name      | both languages, one name, none
number    | given, as text, missing, negative, no such property, not asked for
geometry  | point, area, missing, invalid, other system, no file
"""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from parkmap.errors import InvalidInputError
from parkmap.layers.features import anchors, read_features

CRS = "EPSG:4547"


def write(tmp_path, rows, *, shapes=None, crs="EPSG:4326"):
    geometry = shapes or [shapely.Point(114.05 + i / 100, 22.54) for i in range(len(rows))]
    gpd.GeoDataFrame(rows, geometry=geometry, crs=crs).to_file(tmp_path / "own.geojson")
    return tmp_path / "own.geojson"


def read(path, **keywords):
    return read_features(path, crs=CRS, name="own.geojson", **keywords)


def codes(path, **keywords):
    with pytest.raises(InvalidInputError) as caught:
        read(path, **keywords)
    assert all(f.file == "own.geojson" and f.text("zh") and f.advice("en") for f in caught.value.findings)
    return [(f.code, f.ids) for f in caught.value.findings]


def test_ids_names_and_numbers(tmp_path):
    rows = [
        {"id": "a", "name_zh": "甲", "name_en": "A", "beds": 3},
        {"id": "b", "name_zh": None, "name_en": None, "beds": 0},
    ]
    found = read(write(tmp_path, rows), numbers={"capacity": "beds"})
    assert found["capacity"].to_dict() == {"a": 3.0, "b": 0.0}
    assert found["name_zh"].to_dict() == {"a": "甲", "b": "b"}
    assert found["name_en"].to_dict() == {"a": "A", "b": "b"}
    assert str(found.crs) == CRS


def test_one_name_serves_both_languages(tmp_path):
    found = read(write(tmp_path, [{"name": "甲"}, {"name": "乙"}]))
    assert found["name_zh"].to_dict() == found["name_en"].to_dict() == {"1": "甲", "2": "乙"}


def test_whole_numbers_stay_whole_as_ids(tmp_path):
    assert list(read(write(tmp_path, [{"id": 7}, {"id": 8}])).index) == ["7", "8"]


def test_without_a_property_each_counts_one(tmp_path):
    assert read(write(tmp_path, [{}, {}]), numbers={"weight": None})["weight"].tolist() == [1.0, 1.0]


def test_numbers_written_as_text(tmp_path):
    assert read(write(tmp_path, [{"pop": "12"}, {"pop": "3.5"}]), numbers={"weight": "pop"})["weight"].tolist() == [
        12.0,
        3.5,
    ]


@pytest.mark.parametrize("bad", [None, -1, "many"])
def test_a_number_that_is_none_names_its_feature(tmp_path, bad):
    rows = [{"id": "a", "pop": "5"}, {"id": "b", "pop": bad if bad is None else str(bad)}]
    assert codes(write(tmp_path, rows), numbers={"weight": "pop"}) == [("features.no_number", ("b",))]


def test_no_such_property_tells_which_there_are(tmp_path):
    with pytest.raises(InvalidInputError) as caught:
        read(write(tmp_path, [{"pop": 5}]), numbers={"weight": "people"})
    (found,) = caught.value.findings
    assert found.code == "features.no_column"
    assert "pop" in found.advice("en")


def test_everything_wrong_is_told_at_once(tmp_path):
    rows = [{"id": "a", "pop": -1}, {"id": "a", "pop": 1}, {"id": "c", "pop": 1}]
    bow = shapely.Polygon([(114, 22), (114.1, 22.1), (114.1, 22), (114, 22.1)])
    path = write(tmp_path, rows, shapes=[shapely.Point(114, 22), shapely.Point(114, 22), bow])
    assert codes(path, numbers={"weight": "pop"}) == [
        ("layer.repeated_id", ("a",)),
        ("layer.invalid_geometry", ("c",)),
        ("features.no_number", ("a",)),
    ]


def test_a_feature_without_geometry(tmp_path):
    path = write(tmp_path, [{"id": "a"}, {"id": "b"}], shapes=[shapely.Point(114, 22), None])
    assert codes(path) == [("layer.empty_geometry", ("b",))]


def test_another_system_is_refused(tmp_path):
    gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.Point(5e5, 2.5e6)], crs=CRS).to_file(tmp_path / "own.gpkg")
    assert codes(tmp_path / "own.gpkg") == [("crs.not_geographic", ())]


def test_no_file(tmp_path):
    assert codes(tmp_path / "none.geojson") == [("features.not_found", ())]


def test_areas_become_points_inside_them():
    horseshoe = shapely.box(0, 0, 100, 100).difference(shapely.box(20, 20, 100, 80))
    frame = gpd.GeoDataFrame(
        index=["square", "horseshoe", "point"],
        geometry=[shapely.box(0, 0, 10, 10), horseshoe, shapely.Point(3, 4)],
        crs=CRS,
    )
    found = anchors(frame)
    assert found.geometry["square"].equals(shapely.Point(5, 5))
    assert found.geometry["point"].equals(shapely.Point(3, 4))
    assert horseshoe.contains(found.geometry["horseshoe"])
