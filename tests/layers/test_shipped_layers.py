"""What every shipped layer promises: hashes, columns, borders, areas, and that it can be built again."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import shapely
import yaml
from pyproj import Geod
from shapely.geometry import Point, shape

ROOT = Path(__file__).parents[2]
LAYERS = ROOT / "layers"
CITIES = sorted(path.parent.name for path in LAYERS.glob("*/SOURCES.yaml"))
NAMES = ("districts", "land", "sites", "zones", "belts")
PLACES = ("sites", "zones", "belts")
COMMON = {"id", "name_zh", "name_en", "determinacy", "method", "accuracy_m", "origin"}
PLACE_COLUMNS = COMMON | {
    "aliases_zh",
    "districts",
    "area_published_ha",
    "area_origin",
    "area_basis",
    "area_valid_from",
    "area_valid_to",
    "area_measured_ha",
    "note_zh",
    "note_en",
}
BOXES = {"shenzhen": (113.6, 22.3, 114.8, 22.95), "guangzhou": (112.8, 22.4, 114.2, 24.0)}
EDGE_DEG = 1e-5  # about 1 m: rounding and the two planes of clipping
LARGEST_BYTES = 1_000_000
GEOD = Geod(ellps="WGS84")


def features(city, name):
    return json.loads((LAYERS / city / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def area_ha(geometry):
    return abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0]) / 10_000


def geometries(city, name):
    return {item["properties"]["id"]: shape(item["geometry"]) for item in features(city, name) if item["geometry"]}


def recipe(city):
    return yaml.safe_load((LAYERS / city / "recipe.yaml").read_text(encoding="utf-8"))


def anchors(city):
    with (LAYERS / city / "anchors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


every_city = pytest.mark.parametrize("city", CITIES)
every_layer = pytest.mark.parametrize(("city", "name"), [(city, name) for city in CITIES for name in NAMES])


def test_there_are_cities():
    assert set(CITIES) == set(BOXES)


@every_city
def test_hashes_are_those_of_sources(city):
    entries = yaml.safe_load((LAYERS / city / "SOURCES.yaml").read_text(encoding="utf-8"))["files"]
    listed = {entry["file"]: entry["sha256"] for entry in entries}
    files = {path.name: path for path in (LAYERS / city).iterdir() if path.name != "SOURCES.yaml"}
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


@every_city
def test_every_source_says_rights_and_datum(city):
    for entry in yaml.safe_load((LAYERS / city / "SOURCES.yaml").read_text(encoding="utf-8"))["files"]:
        assert all(entry[key] for key in ("origin", "rights", "datum", "date", "made_by")), entry["file"]


@every_layer
def test_files_stay_small(city, name):
    assert (LAYERS / city / f"{name}.geojson").stat().st_size < LARGEST_BYTES


@every_layer
def test_required_properties(city, name):
    columns = None
    for item in features(city, name):
        properties = item["properties"]
        assert set(properties) >= COMMON
        assert all(properties[key] for key in COMMON - {"accuracy_m"}), properties["id"]
        columns = columns or list(properties)
        assert list(properties) == columns, "one file, one set of columns"
        accuracy = properties["accuracy_m"]
        assert (accuracy is None) == (item["geometry"] is None)
        assert accuracy is None or (isinstance(accuracy, int) and accuracy > 0)


@every_city
def test_columns_of_places(city):
    for name in PLACES:
        assert all(set(item["properties"]) == PLACE_COLUMNS for item in features(city, name))


@every_city
def test_ids_are_unique_and_sorted(city):
    taken = []
    for name in NAMES:
        ids = [item["properties"]["id"] for item in features(city, name)]
        assert ids == sorted(ids)
        taken += ids
    assert len(taken) == len(set(taken))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in taken)


@every_layer
def test_geometry_is_valid_rounded_and_near(city, name):
    margin = 1.25 if name == "land" else 0.0  # neighbouring land is kept around the city
    west, south, east, north = BOXES[city]
    for key, geometry in geometries(city, name).items():
        assert geometry.is_valid, key
        assert not geometry.is_empty, key
        xy = shapely.get_coordinates(geometry)
        assert (xy == xy.round(6)).all(), key
        assert (xy >= (west - margin, south - margin)).all(), key
        assert (xy <= (east + margin, north + margin)).all(), key


@every_layer
def test_shells_turn_counter_clockwise(city, name):
    for geometry in geometries(city, name).values():
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(ring.is_ccw for ring in part.interiors)


@every_city
def test_districts_share_their_borders(city):
    found = list(geometries(city, "districts").values())
    assert shapely.coverage_is_valid(found)
    assert shapely.coverage_is_valid(list(geometries(city, "land").values()))


@every_city
def test_district_areas(city):
    by_id = geometries(city, "districts")
    for item in features(city, "districts"):
        properties = item["properties"]
        measured, published = area_ha(by_id[properties["id"]]), properties["area_published_ha"]
        assert measured == pytest.approx(properties["area_measured_ha"], abs=0.001)
        assert properties["area_note_zh"]
        assert properties["area_note_en"]
        assert (published is None) == (properties["area_agreement"] == "unknown")
        if published is not None:
            within = abs(measured / published - 1) <= 0.02
            assert within == (properties["area_agreement"] == "agrees"), properties["id"]


@every_city
def test_land_clip_brings_areas_closer(city):
    land = shapely.union_all(list(geometries(city, "land").values()))
    by_id = geometries(city, "districts")
    for item in features(city, "districts"):
        properties = item["properties"]
        assert (properties["area_land_ha"] is not None) == properties["land_clip"]
        if properties["land_clip"]:
            on_land, published = area_ha(by_id[properties["id"]].intersection(land)), properties["area_published_ha"]
            assert on_land == pytest.approx(properties["area_land_ha"], rel=1e-6)
            assert abs(on_land - published) < abs(properties["area_measured_ha"] - published)


def test_a_shared_code_is_split_into_its_districts():
    rows = {item["properties"]["id"]: item["properties"] for item in features("shenzhen", "districts")}
    by_id = geometries("shenzhen", "districts")
    assert rows["longgang"]["adcode"] == rows["longgang"]["statistical_adcode"] == 440307
    assert rows["dapeng"]["adcode"] is None
    assert rows["dapeng"]["statistical_adcode"] == 440307
    assert by_id["longgang"].disjoint(by_id["dapeng"])
    assert by_id["dapeng"].bounds[0] > by_id["longgang"].bounds[2] - 0.1  # the eastern part


@every_city
def test_places_are_null_exactly_when_not_placed(city):
    for name in PLACES:
        for item in features(city, name):
            properties = item["properties"]
            absent = item["geometry"] is None
            assert absent == (properties["method"] == "not_placed"), properties["id"]
            assert properties["determinacy"] == ("undetermined" if absent else "indicative"), properties["id"]
            assert not absent or (properties["note_zh"] and properties["note_en"]), properties["id"]
            assert absent or properties["districts"], properties["id"]


@every_city
def test_discs_have_the_published_area_inside_their_districts(city):
    by_id, zones = geometries(city, "districts"), geometries(city, "zones")
    rows = {entry["id"]: entry for entry in recipe(city)["features"]}
    for item in features(city, "zones"):
        properties = item["properties"]
        if properties["method"] != "area_disc":
            continue
        zone, entry = zones[properties["id"]], rows[properties["id"]]
        assert area_ha(zone) == pytest.approx(entry["area_published_ha"], rel=1e-4), properties["id"]
        inside = shapely.union_all([by_id[name] for name in entry["clip_to"]])
        assert inside.buffer(EDGE_DEG).covers(zone), properties["id"]


@every_city
def test_belts_stay_on_land_and_in_their_districts(city):
    land = shapely.union_all(list(geometries(city, "land").values())).buffer(EDGE_DEG)
    by_id = geometries(city, "districts")
    for item in features(city, "belts"):
        if item["geometry"] is not None:
            belt = shape(item["geometry"])
            named = shapely.union_all([by_id[name] for name in item["properties"]["districts"].split(",")])
            assert land.covers(belt), item["properties"]["id"]
            assert named.buffer(EDGE_DEG).covers(belt), item["properties"]["id"]


@every_city
def test_points_lie_in_their_districts(city):
    by_id, sites = geometries(city, "districts"), geometries(city, "sites")
    for item in features(city, "sites"):
        properties = item["properties"]
        if item["geometry"] is not None:
            site = sites[properties["id"]]
            assert any(by_id[name].covers(site) for name in properties["districts"].split(",")), properties["id"]


@every_city
def test_low_confidence_anchors_are_never_drawn(city):
    low = {row["id"] for row in anchors(city) if row["confidence"] == "low"}
    used = {name for entry in recipe(city)["features"] for name in [entry.get("anchor"), *entry.get("anchors", [])]}
    assert low
    assert not low & used


@every_city
def test_usable_anchors_lie_in_the_district_of_their_code(city):
    by_id = geometries(city, "districts")
    codes = {item["properties"]["id"]: item["properties"]["statistical_adcode"] for item in features(city, "districts")}
    astray = []
    for row in anchors(city):
        point = Point(float(row["lon"]), float(row["lat"]))
        found = [codes[name] for name, geometry in by_id.items() if geometry.covers(point)]
        if row["confidence"] != "low" and int(row["district_adcode"]) not in found:
            astray.append(row["id"])
    assert not astray


def test_two_published_extents_are_two_features():
    dates = {item["properties"]["id"]: item["properties"] for item in features("shenzhen", "zones")}
    assert dates["qianhai-initial"]["area_valid_to"] < dates["qianhai-enlarged"]["area_valid_from"]


def test_places_can_be_built_again(tmp_path):
    script = ROOT / "scripts" / "build_places.py"
    command = [sys.executable, str(script), "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
    for city in CITIES:
        for name in PLACES:
            file = f"{city}/{name}.geojson"
            assert (tmp_path / file).read_bytes() == (LAYERS / file).read_bytes(), file
