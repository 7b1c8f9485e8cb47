"""`parkmap roads` and `parkmap reach` on the tiny project, whose core lies on a street that runs east and west.

roads     | built from .osm, found by itself, named, none, of another speed, not a road file, nothing to build from
sites     | of the plan, chosen, own with capacity, off the street
demand    | none, points with weight, without the property
output    | table, JSON, folder with map, tables and GeoJSON; nothing over foreign files
bad input | unconnected streets, negative length, class without speed, no network, off the streets, empty layer, demand
          | without weight, several files at once
drawing   | nested bands, barriers
"""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import networkx as nx
import pytest

from parkmap.facts.document import schema
from parkmap.questions.reach.tables import REACH
from parkmap.questions.roads import ROADS

DAY = ("--as-of", "2025-06-01")
WALK_M_PER_MINUTE = 4000 / 60
"""The shipped walking speed of 4 km/h."""


@pytest.fixture
def street(testville):
    """A street along 22.63 degrees north, through the centre of the core."""
    nodes = "".join(f'<node id="{i}" lon="{114.0 + i * 0.01}" lat="22.63"/>' for i in range(4))
    refs = "".join(f'<nd ref="{i}"/>' for i in range(4))
    way = f'<way id="1">{refs}<tag k="highway" v="residential"/></way>'
    path = testville.root / "street.osm"
    path.write_text(f"<osm>{nodes}{way}</osm>", encoding="utf-8")
    return path


@pytest.fixture
def with_roads(parkmap, testville, street):
    ran = parkmap("roads", "build", "--osm", street, "-o", testville.root / "layers/testville/roads.npz")
    assert ran.code == 0
    return testville


def points(path, *rows):
    features = [
        {"type": "Feature", "properties": own, "geometry": {"type": "Point", "coordinates": at}} for at, own in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def areas(report):
    return {(a["site"], a["cutoff_minutes"]): a for a in report["areas"]}


def test_building_tells_what_was_built(parkmap, testville, street):
    ran = parkmap("roads", "build", "--osm", street, "-o", testville.root / "r.npz", "--json")
    assert ran.code == 0
    jsonschema.validate(ran.json, schema(ROADS.key, ROADS.tables))
    assert (ran.json["nodes"], ran.json["segments"]) == (2, 1)
    assert ran.json["length_m"] == pytest.approx(3084, rel=0.001)
    assert {p["id"]: p["open_length_m"] for p in ran.json["profiles"]}["drive"] == ran.json["length_m"]


@pytest.mark.parametrize(("lang", "word"), [("zh", "老年人步行"), ("en", "Walking, elderly")])
def test_building_in_each_language(parkmap, testville, street, lang, word):
    ran = parkmap("roads", "build", "--osm", street, "-o", testville.root / "r.npz", "--lang", lang)
    assert word in ran.out
    assert "r.npz" in ran.err


def test_building_twice_asks_before_it_replaces(parkmap, testville, street):
    target = testville.root / "r.npz"
    target.write_bytes(b"mine")
    assert parkmap("roads", "build", "--osm", street, "-o", target).code == 2
    assert target.read_bytes() == b"mine"
    assert parkmap("roads", "build", "--osm", street, "-o", target, "--overwrite").code == 0


@pytest.mark.parametrize("words", [("--osm", "none.osm"), ("--osm", "config/documents.yaml")])
def test_nothing_to_build_from(parkmap, words):
    ran = parkmap("roads", "build", *words, "-o", "r.npz", "--lang", "en")
    assert ran.code == 2
    assert words[1].rpartition("/")[2] in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("words", [(), ("--place", "x", "--bbox", "1", "2", "3", "4")])
def test_fetching_needs_one_place(parkmap, words):
    assert parkmap("roads", "fetch", *words, "-o", "r.npz").code == 2


@pytest.mark.parametrize("box", ["114 22 113 23", "113 23 114 22", "113 22 113 23", "22 113 23 114", "113 22 nan 23"])
def test_a_box_that_is_none_is_refused_before_anyone_is_asked(parkmap, box):
    ran = parkmap("roads", "fetch", "--bbox", *box.split(), "-o", "r.npz")
    assert ran.code == 2
    assert "--bbox" in ran.err
    assert "Traceback" not in ran.err


def test_a_graphml_without_a_graph_is_told(parkmap, testville):
    (testville.root / "nil.graphml").write_text("<graphml/>", encoding="utf-8")
    ran = parkmap("roads", "build", "--osm", testville.root / "nil.graphml", "-o", "r.npz", "--lang", "en")
    assert ran.code == 2
    assert "nil.graphml: The road file cannot be read" in ran.err


@pytest.mark.usefixtures("with_roads")
def test_reach_along_the_street(parkmap):
    report = parkmap("reach", "testville", "--json", *DAY).json
    jsonschema.validate(report, schema(REACH.key, REACH.tables))
    found = areas(report)
    for minutes in (5.0, 10.0, 15.0):
        area = found["core", minutes]
        assert area["method"] == "network"
        assert area["reached_m"] == pytest.approx(2 * minutes * WALK_M_PER_MINUTE, rel=1e-3)
    assert found["core", 5.0]["area_m2"] == pytest.approx(2 * 5 * WALK_M_PER_MINUTE * 100 + 3.1416 * 50**2, rel=0.005)
    assert found["corner-park" if ("corner-park", 5.0) in found else "corner", 5.0]["method"] == "estimate"
    assert report["method"] == "mixed"
    assert report["roads"]["origin"] == "street.osm"


def test_every_row_of_an_estimate_says_so(parkmap):
    report = parkmap("reach", "testville", "--json", *DAY).json
    assert report["method"] == "estimate"
    assert report["roads"] is None
    assert {row["method"] for part in ("sites", "areas", "districts") for row in report[part]} == {"estimate"}
    assert all(row["reached_m"] is None for row in report["areas"])
    ran = parkmap("reach", "testville", *DAY, "--lang", "zh")
    assert "估算" in ran.out
    assert "绕行系数 1.3（假设：" in ran.out
    assert "4 公里/时（假设：" in ran.out


def test_the_quarter_hour_names_its_clause(parkmap):
    report = parkmap("reach", "testville", "--preset", "quarter-hour", "--json", *DAY).json
    assert report["preset"]["clause"] == "二/(四)"
    assert report["preset"]["document"] == "shenzhen-big-health-measures"
    assert report["rules"]["profile"] == "walk-elderly"
    assert report["rules"]["cutoffs_minutes"] == [5.0, 10.0, 15.0]
    assert "二/(四)" in parkmap("reach", "testville", "--preset", "quarter-hour", *DAY).out


@pytest.mark.usefixtures("with_roads")
def test_metres(parkmap):
    report = parkmap("reach", "testville", "--metres", "200，400", "--item", "core", "--json", *DAY).json
    assert [(a["cutoff_m"], a["cutoff_minutes"]) for a in report["areas"]] == [(200.0, None), (400.0, None)]
    assert [a["reached_m"] for a in report["areas"]] == pytest.approx([400, 800], rel=1e-3)
    assert [s["id"] for s in report["sites"]] == ["core"]


def test_own_sites_demand_and_capacity(parkmap, with_roads):
    root = with_roads.root
    points(
        root / "sites.geojson",
        ([114.005, 22.63], {"id": "w", "name": "西", "beds": 10}),
        ([114.02, 22.63], {"id": "e", "beds": 6}),
    )
    points(root / "homes.geojson", ([114.006, 22.63], {"id": "p", "pop": 4}), ([114.03, 22.63], {"id": "q", "pop": 9}))
    words = ("--sites", "sites.geojson", "--capacity", "beds", "--demand", "homes.geojson", "--weight", "pop")
    report = parkmap("reach", "testville", *words, "--minutes", "3", "--json", *DAY).json
    assert [d["nearest_costs"] for d in report["demand"]] == [[report["demand"][0]["cost_minutes"]], []]
    farther = parkmap("reach", "testville", *words, "--minutes", "60", "--nearest", "2", "--json", *DAY).json
    per_degree = 102_815 / WALK_M_PER_MINUTE
    assert farther["demand"][0]["nearest_costs"] == pytest.approx([0.001 * per_degree, 0.014 * per_degree], rel=0.002)
    assert "到最近各设施点（分钟）" in parkmap("reach", "testville", *words, "--nearest", "2", *DAY, "--lang", "zh").out
    jsonschema.validate(farther, schema(REACH.key, REACH.tables))
    p, q = report["demand"]
    assert (p["nearest"], p["method"], q["nearest"]) == ("w", "network", None)
    assert p["cost_minutes"] == pytest.approx(0.001 / 0.01 * 1028 / WALK_M_PER_MINUTE, rel=0.002)
    assert (p["opportunities"], p["two_step"], p["enhanced"]) == (10.0, 2.5, None)
    assert report["totals"][0]["weight"] == 4.0
    assert report["totals"][0]["share"] == pytest.approx(4 / 13)


def test_demand_may_be_a_table_of_points(parkmap, with_roads):
    """The same homes as GeoJSON and as CSV give the same rows."""
    root = with_roads.root
    points(root / "homes.geojson", ([114.006, 22.63], {"id": "p", "pop": 4}), ([114.03, 22.63], {"id": "q", "pop": 9}))
    (root / "homes.csv").write_text("id,lon,lat,pop\np,114.006,22.63,4\nq,114.03,22.63,9\n", encoding="utf-8")
    drawn, typed = (
        parkmap("reach", "testville", "--demand", file, "--weight", "pop", "--json", *DAY).json
        for file in ("homes.geojson", "homes.csv")
    )
    assert len(typed["demand"]) == 2
    assert typed["demand"] == drawn["demand"]


def test_own_speeds_show_where_the_road_file_is_older(parkmap, with_roads):
    own = with_roads.root / "config/travel.yaml"
    shipped = with_roads.catalog.roots[1] / "config/travel.yaml"
    own.write_text(shipped.read_text(encoding="utf-8").replace("kmh: 4.0", "kmh: 5.0"), encoding="utf-8")
    report = parkmap("reach", "testville", "--json", *DAY).json
    assert "roads.other_speeds" in [f["code"] for f in report["findings"]]
    assert areas(report)["core", 15.0]["reached_m"] == pytest.approx(2 * 15 * WALK_M_PER_MINUTE, rel=1e-3)


def test_a_folder_with_map_tables_and_geojson(parkmap, with_roads):
    ran = parkmap("reach", "testville", "-o", "out", *DAY, "--lang", "zh")
    assert ran.code == 0
    out = with_roads.root / "out"
    collection = json.loads((out / "reach-areas.geojson").read_text(encoding="utf-8"))
    methods = {f["properties"]["site"]: f["properties"]["method"] for f in collection["features"]}
    assert methods["core"] == "network"
    assert "estimate" in methods.values()
    streets = json.loads((out / "reach-streets.geojson").read_text(encoding="utf-8"))
    (core,) = [f for f in streets["features"] if f["properties"]["site"] == "core"]
    ends = [x for x, _ in core["geometry"]["coordinates"]]
    assert (core["properties"]["cutoff_minutes"], core["properties"]["method"]) == (15.0, "network")
    assert (max(ends) - min(ends)) * 102_800 == pytest.approx(2 * 15 * WALK_M_PER_MINUTE, rel=0.002)
    west, east = (f(x for x, _ in _corners(collection, "core", 15.0)) for f in (min, max))
    assert (west + east) / 2 == pytest.approx(114.01, abs=1e-4)
    rows = list(csv.reader(io.StringIO((out / "reach-sites.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0][:3] == ["设施点", "范围", "方法"]
    page = (out / "map.html").read_text(encoding="utf-8")
    assert "reach-15" in page
    assert "15 分钟以内" in page
    assert "可达道路" in page
    assert "服务范围含直线估算" in page
    assert "OpenStreetMap contributors" in page  # as the licence of the streets asks
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert "layers/testville/roads.npz" in manifest["inputs"]
    assert "config/travel.yaml" in manifest["inputs"]
    assert json.loads((out / "reach.json").read_text(encoding="utf-8"))["method"] == "mixed"


def test_a_site_whose_first_band_ends_before_the_street_has_an_empty_area(parkmap, with_roads):
    points(with_roads.root / "far.geojson", ([114.01, 22.6321], {"id": "far"}))  # 233 m, more than 3 minutes on foot
    words = ("--sites", "far.geojson", "--minutes", "3,15", "-o", "out", "--lang", "zh", *DAY)
    assert parkmap("reach", "testville", *words).code == 0
    collection = json.loads((with_roads.root / "out/reach-areas.geojson").read_text(encoding="utf-8"))
    first, last = collection["features"]
    assert (first["properties"]["area_m2"], first["geometry"]["coordinates"]) == (0, [])
    assert last["properties"]["area_m2"] > 0
    page = (with_roads.root / "out/map.html").read_text(encoding="utf-8")
    assert "reach-far-15" in page
    assert "reach-far-3" not in page


def test_one_table_can_be_picked(parkmap):
    ran = parkmap("reach", "testville", "--table", "reach-districts", *DAY, "--lang", "zh")
    assert "各行政区内的服务范围" in ran.out
    assert "设施点" not in ran.out
    assert "reach-sites" in parkmap("reach", "testville", "--table", "reach-demand", *DAY).err


def _corners(collection, site, minutes):
    for feature in collection["features"]:
        own = feature["properties"]
        if own["site"] == site and own["cutoff_minutes"] == minutes:
            rings = feature["geometry"]["coordinates"]
            yield from rings[0] if feature["geometry"]["type"] == "Polygon" else [p for r in rings for p in r[0]]


def test_two_runs_write_the_same_bytes(parkmap, with_roads):
    for name in ("one", "two"):
        assert parkmap("reach", "testville", "-o", name, *DAY, "--lang", "zh").code == 0
    one, two = ({p.name: p.read_bytes() for p in (with_roads.root / n).iterdir()} for n in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--minutes", "5", "--metres", "5"), "--metres"),
        (("--minutes", "a,b"), "5,10,15"),
        (("--minutes", "10,5"), "rise"),
        (("--profile", "boat"), "walk-elderly"),
        (("--preset", "hour"), "quarter-hour"),
        (("--roads", "none.npz"), "parkmap roads build"),
        (("--roads", "config/documents.yaml"), "road file"),
        (("--sites", "none.geojson"), "none.geojson"),
        (("--item", "core", "--item", "kore"), "kore"),
        (("--item", "belt"), "no site"),
        (("--demand", "layers/testville/places.geojson"), "places.geojson"),
        (("--demand", "layers/testville/districts.geojson", "--weight", "people"), "people"),
        (("--band-weights", "1,0.5"), "2 weights"),
        (("--street-buffer-m", "-1"), "street-buffer-m"),
    ],
)
def test_wrong_words_are_answered_with_advice(parkmap, words, says):
    demand = ("--demand", "layers/testville/districts.geojson") if "--band-weights" in words else ()
    ran = parkmap("reach", "testville", *words, *demand, *DAY, "--lang", "en")
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_fetching_without_a_network_says_what_to_do(parkmap, testville, monkeypatch):
    import socket  # noqa: PLC0415

    def unreachable(*_args, **_keywords):
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    words = ("--place", "Futian, Shenzhen, China", "-o", "r.npz", "--cache", testville.root / "cache", "--lang", "en")
    ran = parkmap("roads", "fetch", *words)
    assert ran.code == 2
    assert "Futian, Shenzhen, China cannot be fetched" in ran.err
    assert "parkmap roads build --osm" in ran.err
    assert "Traceback" not in ran.err
    assert not (testville.root / "r.npz").exists()


def ways(path, *tagged):
    """Write streets of two nodes each, 1 km apart from the next."""
    nodes = "".join(
        f'<node id="{2 * i + end}" lon="{114.0 + 0.01 * end}" lat="{22.62 + 0.01 * i}"/>'
        for i in range(len(tagged))
        for end in (0, 1)
    )
    lines = "".join(
        f'<way id="{70 + i}"><nd ref="{2 * i}"/><nd ref="{2 * i + 1}"/><tag k="highway" v="{kind}"/></way>'
        for i, kind in enumerate(tagged)
    )
    path.write_text(f"<osm>{nodes}{lines}</osm>", encoding="utf-8")
    return path


def test_streets_that_do_not_connect_are_told_with_their_nodes(parkmap, testville):
    source = ways(testville.root / "two.osm", "residential", "residential")
    report = parkmap("roads", "build", "--osm", source, "-o", "r.npz", "--json").json
    (found,) = report["findings"]
    assert (found["code"], found["severity"]) == ("roads.unconnected", "warning")
    assert len(found["ids"]) == 1
    assert "2 parts" in found["text_en"]


def test_a_class_without_speed_is_closed_and_told(parkmap, testville):
    source = ways(testville.root / "odd.osm", "residential", "hyperloop")
    report = parkmap("roads", "build", "--osm", source, "-o", "r.npz", "--json").json
    (found,) = [f for f in report["findings"] if f["code"] == "roads.unknown_class"]
    assert found["ids"] == ["71"]
    assert "hyperloop" in found["text_zh"]
    assert "config/travel.yaml" in found["advice_en"]
    assert [p["open_length_m"] for p in report["profiles"]] == pytest.approx([1028] * 4, rel=0.002)


def test_a_negative_length_is_refused_with_the_way(parkmap, testville):
    made = nx.MultiDiGraph(crs="epsg:4326")
    made.add_node("1", x="114.0", y="22.6")
    made.add_node("2", x="114.01", y="22.6")
    made.add_edge("1", "2", osmid="71", highway="residential", length="-5")
    nx.write_graphml(made, testville.root / "bad.graphml")
    ran = parkmap("roads", "build", "--osm", "bad.graphml", "-o", "r.npz", "--lang", "en")
    assert ran.code == 2
    assert "bad.graphml" in ran.err
    assert "71" in ran.err
    assert "negative" in ran.err


@pytest.mark.usefixtures("with_roads")
def test_a_site_off_the_streets_is_named_and_estimated(parkmap, testville):
    points(testville.root / "s.geojson", ([114.01, 22.63], {"id": "on"}), ([114.01, 22.635], {"id": "off"}))
    report = parkmap("reach", "testville", "--sites", "s.geojson", "--json", *DAY).json
    assert {s["id"]: s["method"] for s in report["sites"]} == {"on": "network", "off": "estimate"}
    found = {f["code"]: f["ids"] for f in report["findings"]}
    assert found["reach.outside"] == ["off"] or found["reach.off_network"] == ["off"]
    nearer = parkmap("reach", "testville", "--sites", "s.geojson", "--snap-limit-m", "600", "--json", *DAY).json
    assert {s["method"] for s in nearer["sites"]} == {"network"}


def test_every_file_at_fault_is_told_at_once(parkmap, testville):
    points(testville.root / "none.geojson")
    points(
        testville.root / "homes.geojson",
        ([114.0, 22.63], {"id": "p", "pop": None}),
        ([114.0, 22.63], {"id": "q", "pop": 3}),
    )
    words = ("--sites", "none.geojson", "--demand", "homes.geojson", "--weight", "pop", "--barriers", "lake.geojson")
    ran = parkmap("reach", "testville", *words, "--roads", "no.npz", *DAY, "--lang", "en")
    assert ran.code == 2
    for part in ("none.geojson", "homes.geojson", "lake.geojson", "no.npz", "1 feature(s) have no number", " p"):
        assert part in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("layer", ["--sites", "--demand", "--barriers"])
def test_an_empty_layer_is_an_error(parkmap, testville, layer):
    points(testville.root / "none.geojson")
    ran = parkmap("reach", "testville", layer, "none.geojson", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "none.geojson" in ran.err


def test_bands_are_nested_and_barriers_are_cut_out(parkmap, with_roads):
    lake = {
        "type": "Polygon",
        "coordinates": [[[114.011, 22.6], [114.012, 22.6], [114.012, 22.66], [114.011, 22.66], [114.011, 22.6]]],
    }
    layer = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": lake}]}
    (with_roads.root / "lake.geojson").write_text(json.dumps(layer), encoding="utf-8")
    whole, cut = (
        areas(parkmap("reach", "testville", "--item", "core", *words, "--json", *DAY).json)
        for words in ((), ("--barriers", "lake.geojson"))
    )
    sizes = [whole["core", minutes]["area_m2"] for minutes in (5.0, 10.0, 15.0)]
    assert sizes == sorted(set(sizes))
    strip = 0.001 / 0.01 * 1028 * 100
    assert whole["core", 15.0]["area_m2"] - cut["core", 15.0]["area_m2"] == pytest.approx(strip, rel=0.01)
    assert whole["core", 15.0]["reached_m"] == cut["core", 15.0]["reached_m"]  # a bridge stays a street
