"""Each bad layer file gives its finding, with the features concerned, and never a traceback.

Case matrix
- the file: missing, empty, no GeoJSON, cut off, not UTF-8, a table without geometry, no feature
- the system: none (GeoPackage, Shapefile), projected, CGCS2000 (accepted), geographic of another datum; the plan's own
- the columns: missing, unnamed, unknown words, accuracy missing, negative or text, repeated ids in and across files
- the values: each sort of property with values of other sorts, blank, whole numbers as ids, an area without a basis,
  a note in one language, a district that there is not
- the shapes: invalid, empty, of the wrong type, far away, swapped, beyond the plan's zone
- districts: overlap, a gap along a shared border, without a shape
- undetermined with a shape, determined without one
"""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from parkmap.errors import InvalidInputError
from parkmap.layers.read import read_geography, read_layer

PLACES, DISTRICTS, LAND = (f"layers/testville/{name}.geojson" for name in ("places", "districts", "land"))
BOW_TIE = [[[114.0, 22.6], [114.01, 22.61], [114.01, 22.6], [114.0, 22.61], [114.0, 22.6]]]


def problems(project):
    """Check the project; everything that is wrong with its layers, as (code, file, ids)."""
    found, usable = project.check()
    errors = [f for f in found if f.severity == "error"]
    assert usable is not bool(errors)
    for finding in errors:
        assert all(say(lang) for say in (finding.text, finding.advice) for lang in ("zh", "en"))
    return sorted((f.code, f.file, f.ids) for f in errors)


def polygon(*points):
    return {"type": "Polygon", "coordinates": [[list(p) for p in points]]}


def test_the_untouched_layers_are_fine(testville):
    assert problems(testville) == []


# The file


def test_a_missing_file(testville):
    (testville.root / LAND).unlink()
    assert problems(testville) == [("layer.not_found", LAND, ())]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello\n",
        b"{}",
        b"[1, 2]",
        b'{"type": "FeatureCollection"',
        b"\x00\x01\x02",
        "名称,面积\n甲,1\n".encode("gbk"),
    ],
    ids=["empty", "text", "object", "list", "cut off", "bytes", "gbk table"],
)
def test_a_file_that_is_no_geojson(testville, content):
    (testville.root / PLACES).write_bytes(content)
    assert problems(testville) == [("layer.unreadable", PLACES, ())]


def test_a_geojson_in_gbk(testville):
    path = testville.root / PLACES
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    assert problems(testville) == [("layer.unreadable", PLACES, ())]


def test_a_layer_that_was_cut_off(testville):
    path = testville.root / PLACES
    path.write_bytes(path.read_bytes()[:1500])
    assert [code for code, _, _ in problems(testville)] == ["layer.unreadable"]


def test_a_table_without_geometry(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("id,name_zh\na,甲\n", encoding="utf-8")
    _, found = read_layer(table, "places", name="table.csv")
    assert [(f.code, f.file) for f in found] == [("layer.no_geometry", "table.csv")]


def test_a_geojson_without_features(testville):
    testville.write_layer(PLACES, {"type": "FeatureCollection", "features": []})
    assert ("layer.empty", PLACES, ()) in problems(testville)


def test_a_geopackage_without_features(tmp_path):
    columns = ["id", "name_zh", "name_en", "determinacy", "method", "accuracy_m", "origin"]
    frame = gpd.GeoDataFrame({name: pd.Series([], dtype=object) for name in columns}, geometry=[], crs=4326)
    frame["accuracy_m"] = frame["accuracy_m"].astype(float)
    frame.to_file(tmp_path / "empty.gpkg", geometry_type="Polygon")
    _, found = read_layer(tmp_path / "empty.gpkg", "places", name="empty.gpkg")
    assert [f.code for f in found] == ["layer.empty"]


def test_three_bad_layers_are_reported_together(testville):
    (testville.root / LAND).unlink()
    (testville.root / PLACES).write_text("hello", encoding="utf-8")
    testville.feature(DISTRICTS, "ne", name_en=None)
    assert problems(testville) == [
        ("layer.not_found", LAND, ()),
        ("layer.unnamed", DISTRICTS, ("ne",)),
        ("layer.unreadable", PLACES, ()),
    ]


# The values


@pytest.mark.parametrize(
    ("layer", "name", "value", "code"),
    [
        (LAND, "name_zh", ["试城"], "layer.sort.text"),
        (PLACES, "name_en", "  ", "layer.unnamed"),
        (LAND, "origin", True, "layer.sort.text"),
        (PLACES, "origin", None, "layer.no_origin"),
        (LAND, "origin", {"by": "me"}, "layer.sort.text"),
        (DISTRICTS, "area_published_ha", "397 km2", "layer.sort.number"),
        (PLACES, "area_published_ha", -5, "layer.sort.number"),
        (PLACES, "area_published_ha", 1e30, "layer.sort.number"),
        (PLACES, "area_published_ha", 12, "layer.area_basis"),
        (PLACES, "area_basis", "hearsay", "layer.sort.basis"),
        (PLACES, "area_valid_from", "last year", "layer.sort.day"),
        (PLACES, "area_valid_to", 20210906, "layer.sort.day"),
        (DISTRICTS, "land_clip", "no", "layer.sort.flag"),
        (DISTRICTS, "adcode", [440306], "layer.sort.code"),
        (PLACES, "accuracy_m", 1e30, "layer.accuracy"),
        (PLACES, "districts", "nw,nowhere", "layer.districts_unknown"),
    ],
)
def test_a_value_of_another_sort_is_told_by_feature(testville, layer, name, value, code):
    feature = testville.layer(layer)["features"][0]["properties"]["id"]
    testville.feature(layer, feature, **{name: value})
    assert problems(testville) == [(code, layer, (feature,))]


def test_whole_numbers_are_ids_and_blank_text_is_none(testville):
    land = testville.layer(LAND)["features"][0]["properties"]["id"]
    testville.feature(LAND, land, id=7)
    testville.feature(PLACES, "core-zone", area_published_ha="", area_valid_to=" ", note_zh="示意", note_en=None)
    assert problems(testville) == []
    geography = read_geography(testville.catalog, testville.load().plan)
    assert list(geography.land.index) == ["7"]
    assert geography.places.loc["core-zone", ["note_zh", "note_en"]].to_list() == ["示意", "示意"]


# The coordinate system


def as_geopackage(project, name, crs, *, declared=True):
    """Write a layer as GeoPackage in some system, and let the plan use it."""
    frame = gpd.read_file(project.root / name)
    frame = frame.to_crs(crs) if crs is not None else frame
    frame = frame if declared else frame.set_crs(None, allow_override=True)
    other = name.replace(".geojson", ".gpkg")
    frame.to_file(project.root / other)
    project.replace(project.plan, name, other)
    return other


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("name", [LAND, DISTRICTS])
def test_no_system_at_all_is_an_error_and_never_guessed(testville, name):
    other = as_geopackage(testville, name, None, declared=False)
    assert problems(testville) == [("crs.missing", other, ())]


@pytest.mark.filterwarnings("ignore:'crs' was not provided", "ignore:Column names longer than 10")
def test_a_shapefile_without_prj(testville):
    frame = gpd.read_file(testville.root / LAND).rename(columns={"determinacy": "determinac"})
    frame.set_crs(None, allow_override=True).to_file(testville.root / "layers/testville/land.shp")
    assert not (testville.root / "layers/testville/land.prj").exists()
    testville.replace(testville.plan, LAND, "layers/testville/land.shp")
    assert problems(testville) == [("crs.missing", "layers/testville/land.shp", ())]


@pytest.mark.parametrize(
    ("crs", "code"), [(4547, "crs.not_geographic"), (3857, "crs.not_geographic"), (4214, "crs.not_geographic")]
)
def test_another_system_is_named(testville, crs, code):
    """Projected coordinates, Web Mercator, and degrees of the Beijing 1954 datum."""
    other = as_geopackage(testville, LAND, crs)
    assert problems(testville) == [(code, other, ())]
    found, _ = testville.check()
    assert {4547: "CGCS2000", 3857: "Mercator", 4214: "Beijing"}[crs] in next(f for f in found if f.code == code).text(
        "en"
    )


@pytest.mark.parametrize("name", [LAND, DISTRICTS])
def test_cgcs2000_degrees_are_accepted_and_change_nothing(testville, name):
    before = testville.analyse().coverage.districts
    as_geopackage(testville, name, 4490)
    assert problems(testville) == []
    pd.testing.assert_frame_equal(testville.analyse().coverage.districts, before)


def test_a_projected_geojson_that_says_so(testville):
    frame = gpd.read_file(testville.root / DISTRICTS).to_crs(4547)
    frame.to_file(testville.root / DISTRICTS)
    assert problems(testville) == [("crs.not_geographic", DISTRICTS, ())]


def test_a_projected_geojson_that_does_not_say_so(testville):
    collection = json.loads(gpd.read_file(testville.root / LAND).to_crs(4547).to_json(drop_id=True, to_wgs84=False))
    collection.pop("crs", None)
    testville.write_layer(LAND, collection)
    assert problems(testville) == [("layer.far_away", LAND, ("mainland",))]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:99999"])
def test_a_plan_needs_a_metric_system(testville, crs):
    line = testville.replace(testville.plan, "crs: EPSG:4547", f"crs: {crs}")
    found, usable = testville.check()
    (error,) = [f for f in found if f.severity == "error"]
    assert (error.code, error.key, usable) == ("crs.not_metric", "crs", False)
    assert crs in error.text("zh")
    assert (error.file, error.line) == (testville.plan, line)


def test_a_zone_of_another_part_of_the_earth_is_refused(testville):
    """UTM 33 is metric, and its areas near Shenzhen are wrong beyond any use."""
    testville.replace(testville.plan, "crs: EPSG:4547", "crs: EPSG:32633")
    assert [code for code, _, _ in problems(testville)] != []


# The columns


@pytest.mark.parametrize("column", ["id", "name_zh", "name_en", "determinacy", "method", "accuracy_m", "origin"])
def test_a_missing_column_is_named(testville, column):
    collection = testville.layer(PLACES)
    for feature in collection["features"]:
        del feature["properties"][column]
    testville.write_layer(PLACES, collection)
    assert problems(testville) == [("layer.missing_columns", PLACES, ())]
    found, _ = testville.check()
    assert column in next(f for f in found if f.severity == "error").text("en")


@pytest.mark.parametrize("column", ["name_zh", "name_en"])
def test_a_feature_without_a_name(testville, column):
    testville.feature(PLACES, "belt-strip", **{column: None})
    assert problems(testville) == [("layer.unnamed", PLACES, ("belt-strip",))]


def test_a_repeated_id(testville):
    collection = testville.layer(PLACES)
    collection["features"].append(collection["features"][2])
    testville.write_layer(PLACES, collection)
    assert problems(testville) == [("layer.repeated_id", PLACES, ("border-park",))]


def test_an_id_in_two_files_of_places(testville):
    collection = testville.layer(PLACES)
    collection["features"] = collection["features"][:1]
    testville.write_layer("layers/testville/more.geojson", collection)
    testville.replace(testville.plan, f"    - {PLACES}", f"    - {PLACES}\n    - layers/testville/more.geojson")
    ((code, file, ids),) = problems(testville)
    assert (code, ids) == ("layer.repeated_id", ("core-zone",))
    assert "more.geojson" in file


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"determinacy": "certain"}, "layer.word"),
        ({"determinacy": None}, "layer.word"),
        ({"method": "guess"}, "layer.word"),
        ({"accuracy_m": None}, "layer.accuracy"),
        ({"accuracy_m": -1}, "layer.accuracy"),
    ],
)
def test_a_value_that_is_not_allowed(testville, properties, code):
    testville.feature(PLACES, "corner-park", **properties)
    assert problems(testville) == [(code, PLACES, ("corner-park",))]


@pytest.mark.filterwarnings("ignore:Could not parse column")
def test_an_accuracy_in_words(testville):
    testville.feature(PLACES, "corner-park", accuracy_m="200 m")
    found = problems(testville)
    assert [(code, file) for code, file, _ in found] == [("layer.accuracy", PLACES)]
    assert "corner-park" in found[0][2]


def test_a_place_that_is_not_needed_may_lack_an_accuracy_if_it_is_not_drawn(testville):
    testville.feature(PLACES, "lost-clinic", accuracy_m=None)
    assert problems(testville) == []


# The shapes


@pytest.mark.parametrize("name", [PLACES, DISTRICTS])
def test_a_bow_tie(testville, name):
    feature = {PLACES: "core-zone", DISTRICTS: "sw"}[name]
    testville.feature(name, feature, geometry={"type": "Polygon", "coordinates": BOW_TIE})
    assert ("layer.invalid_geometry", name, (feature,)) in problems(testville)


@pytest.mark.parametrize(
    "ring",
    [
        [[114.0, 22.6], [114.01, 22.6], [114.0, 22.6]],
        [[114.0, 22.6], [114.01, 22.6]],
        [[114.0, 22.6], [114.01, 22.6], [114.01, 22.61]],  # not closed
        [[114.0, 22.6]],
    ],
)
@pytest.mark.filterwarnings("ignore:Non closed ring")
def test_a_ring_of_too_few_points(testville, ring):
    testville.feature(PLACES, "core-zone", geometry={"type": "Polygon", "coordinates": [ring]})
    found = problems(testville)
    assert found != []
    assert {file for _, file, _ in found} == {PLACES}


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon", "GeometryCollection"])
def test_an_empty_shape(testville, kind):
    empty = {"type": kind, "geometries" if kind == "GeometryCollection" else "coordinates": []}
    testville.feature(PLACES, "core-zone", geometry=empty)
    assert ("core-zone",) in {ids for _, _, ids in problems(testville)}


@pytest.mark.parametrize("name", [DISTRICTS, LAND])
def test_districts_and_land_are_polygons(testville, name):
    feature = {DISTRICTS: "ne", LAND: "mainland"}[name]
    testville.feature(name, feature, geometry={"type": "Point", "coordinates": [114.03, 22.63]})
    assert ("layer.shape", name, (feature,)) in problems(testville)


def test_latitude_before_longitude(testville):
    testville.feature(PLACES, "corner-point", geometry={"type": "Point", "coordinates": [22.61, 114.01]})
    assert problems(testville) == [("layer.far_away", PLACES, ("corner-point",))]


def test_a_place_on_null_island(testville):
    testville.feature(PLACES, "corner-point", geometry={"type": "Point", "coordinates": [0, 0]})
    assert problems(testville) == [("layer.far_away", PLACES, ("corner-point",))]


def test_overlapping_districts_are_both_named(testville):
    shape = polygon((114.0, 22.62), (114.025, 22.62), (114.025, 22.64), (114.0, 22.64), (114.0, 22.62))
    testville.feature(DISTRICTS, "nw", geometry=shape)
    ((code, file, ids),) = problems(testville)
    assert (code, file) == ("layer.districts_mismatch", DISTRICTS)
    assert {"nw", "ne"} <= set(ids)


@pytest.mark.parametrize("middle", [114.01999, 114.02001], ids=["gap", "overlap"])
def test_a_border_that_two_districts_draw_differently(testville, middle):
    """One district has a node on the common border, a metre off; the other runs straight."""
    shape = polygon((114.0, 22.62), (114.02, 22.62), (middle, 22.63), (114.02, 22.64), (114.0, 22.64), (114.0, 22.62))
    testville.feature(DISTRICTS, "nw", geometry=shape)
    ((code, _, ids),) = problems(testville)
    assert code == "layer.districts_mismatch"
    assert set(ids) == {"nw", "ne"}


def test_districts_that_stand_apart_are_no_error(testville):
    shape = polygon((114.03, 22.63), (114.04, 22.63), (114.04, 22.64), (114.03, 22.64), (114.03, 22.63))
    testville.feature(DISTRICTS, "ne", geometry=shape)
    assert problems(testville) == []


def test_a_district_without_a_shape_is_an_error_and_no_crash(testville):
    testville.feature(DISTRICTS, "ne", geometry=None, determinacy="undetermined", method="not_placed", accuracy_m=None)
    found = problems(testville)
    assert found != []
    assert {ids for _, _, ids in found} == {("ne",)}


# Determinacy


def test_undetermined_with_a_shape(testville):
    testville.feature(PLACES, "corner-point", determinacy="undetermined")
    assert problems(testville) == [("layer.undetermined_drawn", PLACES, ("corner-point",))]


def test_determined_without_a_shape(testville):
    testville.feature(PLACES, "lost-clinic", determinacy="indicative")
    assert problems(testville) == [("layer.undetermined_drawn", PLACES, ("lost-clinic",))]


def test_places_may_all_be_undetermined(testville):
    collection = testville.layer(PLACES)
    for feature in collection["features"]:
        feature["geometry"] = None
        feature["properties"].update(determinacy="undetermined", method="not_placed", accuracy_m=None)
    testville.write_layer(PLACES, collection)
    assert problems(testville) == []
    results = testville.analyse()
    assert set(results.coverage.items["status"]) == {"unknown"}
    assert len(results.adjacency.not_placed) == 7


# References from plan and policy into the layers


@pytest.mark.parametrize(
    ("name", "old", "new", "near"),
    [
        ("plan", "    place: core-zone", "    place: core-zon", "core-zone"),
        ("plan", "    members: [core-zone, corner-point]", "    members: [core-zone, corner-pint]", "corner-point"),
        ("plan", "    districts: [nw]", "    districts: [nww]", "nw"),
        ("plan", "    district: nw", "    district: nww", "nw"),
        ("policy", "    places: [core-zone]", "    places: [core-zome]", "core-zone"),
    ],
)
def test_a_reference_into_the_layers_that_leads_nowhere(testville, name, old, new, near):
    file = getattr(testville, name)
    line = testville.replace(file, old, new)
    found, usable = testville.check()
    (error,) = [f for f in found if f.severity == "error"]
    assert (error.code, usable) == ("link.broken", False)
    assert (error.file, error.line) == (file, line)
    assert f"'{near}'" in error.advice("en")


def test_problems_of_layers_and_of_the_scenario_are_reported_together(testville):
    testville.replace(testville.scenario, "  - item: corner-park", "  - item: nowhere")
    testville.feature(DISTRICTS, "ne", name_en=None)
    assert {code for code, _, _ in problems(testville)} == {"link.broken", "layer.unnamed"}


# What is read


def test_the_land_clip_keeps_the_outline(testville):
    testville.feature(DISTRICTS, "ne", land_clip=True)
    testville.feature(
        LAND, "mainland", geometry=polygon((113.9, 22.5), (114.03, 22.5), (114.03, 22.7), (113.9, 22.7), (113.9, 22.5))
    )
    geography = read_geography(testville.catalog, testville.load().plan)
    clipped, whole = geography.districts.loc["ne", "geometry"], geography.districts.loc["ne", "outline"]
    assert clipped.area == pytest.approx(whole.area / 2, rel=1e-3)
    assert shapely.equals(geography.districts.loc["se", "geometry"], geography.districts.loc["se", "outline"])


def test_the_working_system_is_that_of_the_plan(testville):
    geography = read_geography(testville.catalog, testville.load().plan)
    for frame in (geography.districts, geography.land, geography.places):
        assert frame.crs.to_epsg() == 4547
        assert frame.index.is_unique
    assert {path.name for path in geography.files} == {"districts.geojson", "land.geojson", "places.geojson"}


def test_reading_a_bad_layer_raises_with_everything(testville):
    (testville.root / LAND).unlink()
    testville.feature(PLACES, "core-zone", method="guess")
    with pytest.raises(InvalidInputError) as caught:
        read_geography(testville.catalog, testville.load().plan)
    assert {f.code for f in caught.value.findings} == {"layer.not_found", "layer.word"}
