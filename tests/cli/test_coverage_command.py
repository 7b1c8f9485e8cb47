"""`parkmap coverage` with demand, several plans and readings, on the tiny project whose shares are read off its map.

demand    | none, populations of the city, own points, own areas, a table of points; with and without --weight
plans     | one, one under two readings, one under all; the same twice; of another city
output    | table, JSON, folder with map, tables and GeoJSON
bad input | no file, no property, negative, missing and infinite weights, empty layer, lines, elsewhere, no longitude
          | and latitude, not UTF-8, a projected system, unknown district, outside in part
"""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from parkmap.facts.document import schema
from parkmap.questions.coverage.tables import ONE_PLAN, SEVERAL_PLANS

DAY = ("--as-of", "2025-06-01")
PLAN = "config/plans/testville.yaml"
READINGS = """
conflicts:
  - id: belt-counts
    topic: {zh: 带是否计入, en: Whether the belt counts}
    says:
      - {written: 一核一带, source: {document: testville-2024, clause: 二/(一)}}
    readings:
      - {id: with-belt, name: {zh: 计入, en: It does}}
      - {id: without-belt, name: {zh: 不计, en: It does not}, edits: {leave_out: [belt]}}
    in_use: with-belt
"""
NW_UNION = 0.25 + 0.125 + 0.27 - 0.15
"""Core, border park and belt, less the belt inside the core; the incubator lies in the core."""
BELT_ALONE = 0.27 - 0.15
DOUBLE = 0.15 + 0.0625 - 0.0375
"""The core under the belt and under the incubator, less what lies under all three."""
POPULATION = (
    "district,population,year,basis\nnw,1000,2020,press\nne,400,2020,press\nsw,0,2020,press\nse,100,2020,press\n"
)


@pytest.fixture
def people(testville):
    (testville.root / "layers/testville/population.csv").write_text(POPULATION, encoding="utf-8")
    return testville


@pytest.fixture
def read(testville, parkmap):
    testville.append(PLAN, READINGS)
    return parkmap


def features(path, *rows, crs=None):
    made = [{"type": "Feature", "properties": own, "geometry": geometry} for geometry, own in rows]
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    path.write_text(json.dumps({"type": "FeatureCollection", **named, "features": made}), encoding="utf-8")
    return path


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def box(west, south, east, north):
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


def by_id(rows):
    return {row["id"]: row for row in rows}


def test_without_demand_there_is_none(parkmap):
    report = parkmap("coverage", "testville", "--json", *DAY).json
    assert report["demand"] is None
    assert report["meaning"] == {"covered": "union", "pairs": "each_zone_alone", "overlap": "two_or_more"}


@pytest.mark.usefixtures("people")
def test_the_populations_of_the_city_are_taken_by_themselves(parkmap):
    report = parkmap("coverage", "testville", "--json", *DAY).json
    jsonschema.validate(report, schema("coverage", ONE_PLAN.tables))
    demand = report["demand"]
    assert (demand["file"], demand["weight_field"]) == ("layers/testville/population.csv", "population")
    assert (demand["basis"], demand["years"], demand["areas"], demand["points"]) == (["press"], ["2020"], 4, 0)
    found = by_id(demand["districts"])
    assert found["nw"]["covered_best"] == pytest.approx(1000 * NW_UNION, rel=1e-3)
    assert found["nw"]["overlap"] == pytest.approx(1000 * DOUBLE, rel=1e-3)
    assert (found["nw"]["covered_least"], found["nw"]["covered_most"]) == (0, 1000)
    assert found["ne"]["covered_best"] == pytest.approx(50, rel=1e-3)
    assert found["sw"]["share_best"] is None  # nobody lives there
    assert demand["totals"]["weight"] == 1500
    assert demand["totals"]["covered_best"] == pytest.approx(1000 * NW_UNION + 50 + 25, rel=1e-3)
    items = by_id(demand["items"])
    assert items["border-park"]["best"] == pytest.approx(125 + 50, rel=1e-3)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("press（2020）", "并集", "均匀分布，这是假设", "合计")),
        ("en", ("press (2020)", "under the union", "total")),
    ],
)
def test_the_tables_say_how_it_is_counted(parkmap, lang, words):
    ran = parkmap("coverage", "testville", *DAY, "--lang", lang)
    assert ran.code == 0
    for word in words:
        assert word in ran.out


def test_own_points_and_areas(parkmap, testville):
    inside, outside = point(114.01, 22.63), point(114.001, 22.639)
    half = box(114.02, 22.625, 114.03, 22.635)  # half of it in the border park
    features(
        testville.root / "jobs.geojson",
        (inside, {"id": "i", "jobs": 10}),
        (outside, {"id": "o", "jobs": 5, "name": "外"}),
        (half, {"id": "h", "jobs": 8}),
    )
    report = parkmap("coverage", "testville", "--demand", "jobs.geojson", "--weight", "jobs", "--json", *DAY).json
    demand = report["demand"]
    found = by_id(demand["rows"])
    assert [found[name]["covered_best"] for name in "ioh"] == pytest.approx([10, 0, 4], rel=1e-3)
    assert found["h"]["covered_most"] == 8
    assert found["i"]["overlap"] == 10  # core, and the belt through it
    assert (demand["points"], demand["areas"], demand["basis"]) == (2, 1, [])
    each = parkmap("coverage", "testville", "--demand", "jobs.geojson", "--json", *DAY).json["demand"]
    assert (each["weight_field"], each["totals"]["weight"]) == (None, 3)
    assert "每个要素计 1" in parkmap("coverage", "testville", "--demand", "jobs.geojson", *DAY, "--lang", "zh").out


def test_a_table_of_points(parkmap, testville):
    (testville.root / "p.csv").write_text("id,lon,lat,n\na,114.01,22.63,4\nb,114.03,22.639,5\n", encoding="utf-8")
    demand = parkmap("coverage", "testville", "--demand", "p.csv", "--weight", "n", "--json", *DAY).json["demand"]
    assert [(row["id"], row["covered_best"]) for row in demand["rows"]] == [("a", 4), ("b", 0)]
    assert {row["id"]: row["weight"] for row in demand["districts"]} == {"nw": 4, "ne": 5}


def test_what_lies_outside_is_told(parkmap, testville):
    features(testville.root / "d.geojson", (box(114.03, 22.63, 114.05, 22.64), {"id": "rim", "n": 6}))
    ran = parkmap("coverage", "testville", "--demand", "d.geojson", "--weight", "n", "--json", *DAY)
    demand = ran.json["demand"]
    assert demand["outside"] == pytest.approx(3, rel=1e-3)
    assert [entry["code"] for entry in demand["findings"]] == ["coverage.outside"]
    assert demand["findings"][0]["ids"] == ["rim"]


@pytest.mark.usefixtures("people")
def test_two_readings_beside_each_other(read):
    report = read("coverage", "testville", "testville@without-belt", "--json", *DAY).json
    jsonschema.validate(report, schema("coverage-set", SEVERAL_PLANS.tables))
    assert [side["reference"] for side in report["plans"]] == ["testville", "testville@without-belt"]
    assert [[r["id"] for r in side["readings"]] for side in report["plans"]] == [[], ["without-belt"]]
    north_west = by_id(report["land_m2"])["nw"]
    whole = north_west["whole"]
    assert north_west["any_best"] / whole == pytest.approx(NW_UNION, rel=1e-3)
    assert north_west["all_best"] / whole == pytest.approx(NW_UNION - BELT_ALONE, rel=1e-3)
    assert north_west["twice"] == pytest.approx(north_west["all_best"], rel=1e-6)
    with_belt, without = north_west["plans"]
    assert with_belt["only"] / whole == pytest.approx(BELT_ALONE, rel=1e-3)
    assert without["only"] == pytest.approx(0, abs=0.01)
    assert by_id(report["demand"]["rows"])["nw"]["any_best"] == pytest.approx(1000 * NW_UNION, rel=1e-3)
    assert report["demand"]["total"]["whole"] == 1500
    assert report["land_total_m2"]["whole"] == pytest.approx(sum(row["whole"] for row in report["land_m2"]))


@pytest.mark.usefixtures("people")
def test_a_single_plan_and_several_agree(read):
    one = read("coverage", "testville", "--json", *DAY).json
    several = read("coverage", "testville", "testville@without-belt", "--json", *DAY).json
    sides = {row["id"]: row["plans"][0] for row in several["land_m2"]}
    for district in one["districts"]:
        for part in ("low", "best", "high"):
            assert sides[district["id"]][part] == pytest.approx(district[f"covered_{part}_m2"], abs=1)


def test_all_readings(read):
    report = read("coverage", "testville", "--all-readings", "--json", *DAY).json
    assert [side["reference"] for side in report["plans"]] == ["testville", "testville@without-belt"]


def test_the_same_plan_twice_is_one(parkmap):
    assert parkmap("coverage", "testville", "testville", "--json", *DAY).json["plan"] == "testville"


@pytest.mark.usefixtures("people")
def test_several_in_the_terminal(read):
    ran = read("coverage", "testville", "testville@without-belt", *DAY, "--lang", "zh")
    assert "各规划的并集" in ran.out
    assert "不计" in ran.out
    assert "任一（公顷）" in ran.out


@pytest.mark.usefixtures("people")
def test_a_folder_for_one_plan(parkmap, testville):
    assert parkmap("coverage", "testville", "-o", "out", *DAY, "--lang", "zh").code == 0
    out = testville.root / "out"
    shares = json.loads((out / "coverage-demand.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["id"]: round(f["properties"]["share_best"] or 0, 2) for f in shares}["nw"] == round(NW_UNION, 2)
    districts = json.loads((out / "coverage-districts.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["id"] for f in districts} == {"nw", "ne", "sw", "se"}
    rows = list(csv.reader(io.StringIO((out / "coverage-demand-districts.csv").read_text(encoding="utf-8-sig"))))
    assert rows[5][0] == "合计"
    page = (out / "map.html").read_text(encoding="utf-8")
    assert '"zh":"25–50"' in page
    assert "coverage-demand-nw" in page
    assert (out / "coverage.xlsx").is_file()
    assert "需求在每个面内均匀分布" in page
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert "layers/testville/population.csv" in manifest["inputs"]
    assert manifest["weight_field"] == "population"
    assert json.loads((out / "coverage.json").read_text(encoding="utf-8"))["demand"]["totals"]["weight"] == 1500


@pytest.mark.usefixtures("people")
def test_a_folder_for_two_readings(read, testville):
    for name in ("out", "again"):
        assert read("coverage", "testville", "testville@without-belt", "-o", name, *DAY, "--lang", "en").code == 0
    out = testville.root / "out"
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {
        p.name: p.read_bytes() for p in (testville.root / "again").iterdir()
    }
    (north_west,) = [
        f["properties"]
        for f in json.loads((out / "coverage-districts.geojson").read_text(encoding="utf-8"))["features"]
        if f["id"] == "nw"
    ]
    assert north_west["testville_only_m2"] / north_west["whole_m2"] == pytest.approx(BELT_ALONE, rel=1e-3)
    page = (out / "map.html").read_text(encoding="utf-8")
    assert "Land: any plan" in page
    assert "It does not" in page
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["plans"] == [
        "testville",
        "testville@without-belt",
    ]


def test_foreign_files_are_kept(parkmap, testville):
    (testville.root / "out").mkdir()
    (testville.root / "out/map.html").write_text("mine", encoding="utf-8")
    assert parkmap("coverage", "testville", "-o", "out", *DAY).code == 2
    assert parkmap("coverage", "testville", "-o", "out", "--overwrite", *DAY).code == 0


SPOT = point(114.01, 22.63)
FAULTS = {
    "negative": ([(SPOT, {"id": "a", "n": -1}), (SPOT, {"id": "b", "n": 2})], "a"),
    "missing": ([(SPOT, {"id": "a", "n": None}), (SPOT, {"id": "b", "n": 2})], "a"),
    "text": ([(SPOT, {"id": "a", "n": "many"}), (SPOT, {"id": "b", "n": "2"})], "a"),
    "twice": ([(SPOT, {"id": "a", "n": 1}), (SPOT, {"id": "a", "n": 2})], "a"),
    "line": ([({"type": "LineString", "coordinates": [[114.01, 22.63], [114.02, 22.63]]}, {"id": "w", "n": 1})], "w"),
    "multipoint": ([({"type": "MultiPoint", "coordinates": [[114.01, 22.63]]}, {"id": "m", "n": 1})], "m"),
    "elsewhere": ([(point(113.2, 23.1), {"id": "a", "n": 1})], "district"),
    "bare": ([(None, {"id": "a", "n": 1}), (SPOT, {"id": "b", "n": 1})], "a"),
    "bow": (
        [
            (
                {
                    "type": "Polygon",
                    "coordinates": [[[114, 22.6], [114.01, 22.61], [114.01, 22.6], [114, 22.61], [114, 22.6]]],
                },
                {"id": "bow", "n": 1},
            )
        ],
        "bow",
    ),
    "empty": ([], "d.geojson"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_bad_demand_is_named_by_feature(parkmap, testville, fault):
    rows, says = FAULTS[fault]
    features(testville.root / "d.geojson", *rows)
    ran = parkmap("coverage", "testville", "--demand", "d.geojson", "--weight", "n", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "d.geojson" in ran.err
    assert says in ran.err
    assert "->" in ran.err  # advice
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("district,n\nnw,-5\nxx,1\n", ("does not exist", "number")),
        ("district,n\nnw,1\nnw,2\n", ("twice",)),
        ("lon,lat,n\n22.63,114.01,1\n", ("swapped",)),
        ("name,n\nx,1\n", ("lon",)),
        ("district,m\nnw,1\n", ("n",)),
        ("district,n\n", ("d.csv",)),
        ("district,n\nnw,inf\n", ("n",)),
    ],
)
def test_bad_tables(parkmap, testville, text, says):
    (testville.root / "d.csv").write_text(text, encoding="utf-8")
    ran = parkmap("coverage", "testville", "--demand", "d.csv", "--weight", "n", *DAY, "--lang", "en")
    assert ran.code == 2
    for word in says:
        assert word in ran.err
    assert "Traceback" not in ran.err


def test_a_projected_system_is_refused(parkmap, testville):
    features(testville.root / "d.geojson", (point(500_000, 2_500_000), {"n": 1}), crs="urn:ogc:def:crs:EPSG::4547")
    ran = parkmap("coverage", "testville", "--demand", "d.geojson", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "d.geojson" in ran.err


@pytest.mark.usefixtures("people")
def test_no_plan_no_file_no_property_and_another_city(parkmap):
    assert parkmap("coverage", *DAY).code == 2
    ran = parkmap("coverage", "testville", "--demand", "none.geojson", *DAY, "--lang", "en")
    assert (ran.code, "none.geojson" in ran.err) == (2, True)
    ran = parkmap("coverage", "testville", "--weight", "jobs", *DAY, "--lang", "en")
    assert (ran.code, "population.csv" in ran.err, "jobs" in ran.err) == (2, True, True)
    ran = parkmap("coverage", "testville", "guangzhou-health-2017", *DAY, "--lang", "en")
    assert (ran.code, "guangzhou" in ran.err) == (2, True)


@pytest.mark.usefixtures("testville")
def test_weights_that_add_up_to_nothing_are_told(parkmap, testville):
    features(testville.root / "d.geojson", (SPOT, {"id": "a", "n": 0}))
    demand = parkmap("coverage", "testville", "--demand", "d.geojson", "--weight", "n", "--json", *DAY).json["demand"]
    assert demand["totals"]["share_best"] is None
    assert [entry["code"] for entry in demand["findings"]] == ["coverage.no_weight"]
