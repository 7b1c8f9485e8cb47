"""`parkmap adjacency` on the tiny project and on own layers.

plan      | table and JSON in both languages, districts, every graph, undecidable with its range, identity
layer     | table, JSON, kinds and tolerances, ids from a field, from `id`, running numbers; degrees with --crs;
          | one of several layers of a file; a shapefile in GBK
files     | CSV, GAL, GWT, GeoJSON, matrix as PNG and SVG, map; read again by pandas, libpysal and geopandas
refused   | both or neither of plan and layer, no file, no polygons, degrees, invalid, repeated ids, no such field,
          | other picture, times for a layer, blank ids, a file that stands there already; no system, degrees that
          | call themselves metres and the other way round, coordinates of another zone, several layers
"""

from __future__ import annotations

import hashlib
import io
import json

import geopandas as gpd
import jsonschema
import pandas as pd
import pytest
import shapely
from libpysal.graph import read_gal, read_gwt

from parkmap.facts.document import schema
from parkmap.questions.adjacency.tables import LAYER, PLAN

DAY = ("--as-of", "2025-06-01")
METRIC = "EPSG:4547"


def box(x, y, width=10.0, height=10.0):
    return shapely.box(500_000 + x, 2_500_000 + y, 500_000 + x + width, 2_500_000 + y + height)


SQUARES = {"north": box(0, 10, 20, 10), "west": box(0, 0), "east": box(10, 0), "corner": box(20, 20), "far": box(90, 0)}
"""north lies over west and east; corner touches north in a point; far is alone."""
BORDERS = {frozenset(("north", "west")): 10, frozenset(("north", "east")): 10, frozenset(("west", "east")): 10}


@pytest.fixture
def layer(tmp_path):
    """Write polygons and return the file."""

    def write(shapes=SQUARES, *, ids=None, field="id", crs=METRIC, name="own.gpkg"):
        columns = {} if field is None else {field: list(shapes) if ids is None else ids}
        frame = gpd.GeoDataFrame(columns, geometry=list(shapes.values()), crs=crs)
        path = tmp_path / name
        frame.to_file(path)
        return path

    return write


def pairs_of(report):
    return {frozenset((p["item"], p["other"])): p for p in report["pairs"]}


# Plans


@pytest.mark.parametrize("of", ["items", "districts"])
def test_the_report_of_a_plan_follows_its_schema(parkmap, of):
    ran = parkmap("adjacency", "testville", *DAY, "--of", of, "--json")
    assert ran.code == 0
    jsonschema.validate(ran.json, schema(PLAN.key, PLAN.tables))


def test_contacts_of_the_tiny_plan(parkmap):
    """The core's right edge is the park's left edge; the strip's accuracy of 300 m reaches the park 200 m away."""
    pairs = pairs_of(parkmap("adjacency", "testville", *DAY, "--json").json)
    border = pairs[frozenset(("core", "border-park"))]
    assert (border["contact"], border["distance_m"]) == ("border", 0)
    assert border["shared_border_m"] == pytest.approx(1107.4, abs=0.1)  # 0.01 degrees of latitude
    open_ = pairs[frozenset(("belt", "border-park"))]
    assert (open_["contact"], open_["shared_border_m"]) == ("undecidable", None)
    assert (open_["distance_low_m"], open_["distance_high_m"]) == (0, pytest.approx(open_["distance_m"] + 300))
    assert pairs[frozenset(("corner", "core"))]["contact"] == "unknown"
    assert pairs[frozenset(("core", "corner-park"))]["contact"] == "apart"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("Border River Park", "shared border", "undecidable", "Bridges", "Identity")),
        ("zh", ("界河产业园", "共界", "无法判定", "桥", "恒等式")),
    ],
)
def test_the_table_of_a_plan_in_both_languages(parkmap, lang, words):
    ran = parkmap("adjacency", "testville", *DAY, "--lang", lang)
    assert ran.code == 0
    for word in words:
        assert word in ran.out


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (("contact",), {("core", "border-park"), ("core", "incubator"), ("belt", "core"), ("belt", "incubator")}),
        (
            ("possible",),
            {
                ("core", "border-park"),
                ("core", "incubator"),
                ("belt", "core"),
                ("belt", "incubator"),
                ("belt", "border-park"),
            },
        ),
        (("time", "--within-minutes", "4"), {("core", "border-park"), ("core", "incubator")}),
    ],
)
def test_every_graph_of_a_plan(parkmap, tmp_path, graph, expected):
    """At 30 km/h with a detour factor of 1.4, four minutes are 1429 m; centres are about 1029 m and 380 m apart."""
    path = tmp_path / "g.gal"
    assert parkmap("adjacency", "testville", *DAY, "--graph", *graph, "--gal", path).code == 0
    found = {frozenset(pair) for pair, weight in read_gal(path).adjacency.items() if weight}
    if graph[0] != "time":
        assert found == set(map(frozenset, expected))
    else:
        assert set(map(frozenset, expected)) <= found


def test_districts_of_the_tiny_plan_form_a_square(parkmap, tmp_path):
    path = tmp_path / "b.geojson"
    ran = parkmap("adjacency", "testville", *DAY, "--of", "districts", "--geojson", path, "--json")
    contacts = {tuple(sorted(pair)): row["contact"] for pair, row in pairs_of(ran.json).items()}
    assert contacts == {
        ("ne", "nw"): "border",
        ("ne", "se"): "border",
        ("ne", "sw"): "point",
        ("nw", "se"): "point",
        ("nw", "sw"): "border",
        ("se", "sw"): "border",
    }
    lines = gpd.read_file(path)
    assert len(lines) == 4
    assert lines.crs == "EPSG:4326"


# Own layers


def test_the_report_of_a_layer(parkmap, layer):
    ran = parkmap("adjacency", "--layer", layer(), "--json")
    assert ran.code == 0
    jsonschema.validate(ran.json, schema(LAYER.key, LAYER.tables))
    assert {p: row["shared_border_m"] for p, row in pairs_of(ran.json).items() if row["contact"] == "border"} == BORDERS
    summary = ran.json["summary"]
    assert (summary["polygons"], summary["border"], summary["point"], summary["isolates"]) == (5, 3, 1, 2)
    assert summary["identity_gap_m"] == pytest.approx(0, abs=1e-6)
    assert summary["shared_m"] == 30


@pytest.mark.parametrize(("lang", "word"), [("en", "at a point only"), ("zh", "点接触")])
def test_the_table_of_a_layer_in_both_languages(parkmap, layer, lang, word):
    ran = parkmap("adjacency", "--layer", layer(), "--lang", lang)
    assert ran.code == 0
    assert word in ran.out


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--kind", "queen"), "apart"),
        (("--kind", "rook"), "apart"),
        (("--eps", "0.05"), "border"),
        (("--eps", "0.02"), "apart"),
    ],
)
def test_a_gap_of_three_centimetres(parkmap, layer, asked, found):
    report = parkmap("adjacency", "--layer", layer({"a": box(0, 0), "b": box(10.03, 0)}), *asked, "--json").json
    assert [p["contact"] for p in report["pairs"]] == ([] if found == "apart" else [found])


@pytest.mark.parametrize(
    ("written", "asked", "expected"),
    [
        ({"field": "编号"}, ("--id", "编号"), "west"),
        ({"field": "id"}, (), "west"),
        ({"field": None}, (), "2"),
        ({"ids": [7, 8, 9, 10, 11]}, (), "8"),
    ],
)
def test_ids_from_a_field_or_running_numbers(parkmap, layer, written, asked, expected):
    report = parkmap("adjacency", "--layer", layer(**written), *asked, "--json").json
    assert expected in {str(p["item"]) for p in report["pairs"]} | {str(p["other"]) for p in report["pairs"]}


def test_degrees_are_measured_in_the_system_that_is_named(parkmap, layer):
    shapes = gpd.GeoSeries(SQUARES, crs=METRIC).to_crs("EPSG:4326")
    path = layer(dict(shapes), crs="EPSG:4326", name="degrees.geojson")
    report = parkmap("adjacency", "--layer", path, "--crs", METRIC, "--json").json
    lengths = {p: row["shared_border_m"] for p, row in pairs_of(report).items() if row["contact"] == "border"}
    assert lengths == pytest.approx(BORDERS, abs=1e-3)


def test_one_of_several_layers(parkmap, layer):
    path = layer()
    gpd.GeoDataFrame({"id": ["x", "y"]}, geometry=[box(0, 0), box(10, 0)], crs=METRIC).to_file(path, layer="other")
    ran = parkmap("adjacency", "--layer", f"{path}|layername=other", "--json")
    assert [(p["item"], p["other"]) for p in ran.json["pairs"]] == [("x", "y")]
    refused(parkmap("adjacency", "--layer", path, "--lang", "en"), "own, other", "|layername=own")
    refused(parkmap("adjacency", "--layer", f"{path}|layername=third", "--lang", "en"), "third", "own, other")


def test_a_shapefile_in_gbk(parkmap, tmp_path):
    path = tmp_path / "地块.shp"
    frame = gpd.GeoDataFrame({"编号": list("甲乙丙丁戊")}, geometry=list(SQUARES.values()), crs=METRIC)
    frame.to_file(path, encoding="GBK")
    report = parkmap("adjacency", "--layer", path, "--id", "编号", "--json").json
    assert pairs_of(report)[frozenset("甲乙")]["shared_border_m"] == 10


@pytest.mark.parametrize(
    ("rule", "count"),
    [(("band", "--within-m", "1"), 4), (("band", "--within-m", "100"), 10), (("nearest", "--nearest", "1"), 5)],
)
def test_graphs_by_distance_of_a_layer(parkmap, layer, rule, count):
    """Within 1 m: the three borders and the corner; far is nearest to east."""
    assert parkmap("adjacency", "--layer", layer(), "--graph", *rule, "--json").json["graph"]["pairs"] == count


# Files


def test_all_files_at_once_and_read_again(parkmap, layer, tmp_path):
    paths = {form: tmp_path / f"out.{form}" for form in ("csv", "gal", "gwt", "geojson")}
    words = [word for form, path in paths.items() for word in (f"--{form}", path)]
    own = layer()
    ran = parkmap("adjacency", "--layer", own, *words)
    assert ran.code == 0
    for path in paths.values():
        assert str(path.name) in ran.err
    table = pd.read_csv(paths["csv"], encoding="utf-8-sig")
    assert len(table) == 4
    assert table["shared_border_m"].sum() == 30
    assert paths["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    gal = read_gal(paths["gal"])
    assert sorted(gal.isolates) == ["corner", "far"]
    assert {frozenset(p) for p, weight in gal.adjacency.items() if weight} == set(BORDERS)
    gwt = read_gwt(paths["gwt"]).adjacency
    assert {frozenset(pair): weight for pair, weight in gwt.items()} == BORDERS
    lines = gpd.read_file(paths["geojson"]).to_crs(METRIC)
    assert lines.length.sum() == pytest.approx(30, abs=0.2)
    assert {frozenset(pair) for pair in zip(lines["item"], lines["other"], strict=True)} == set(BORDERS)


@pytest.mark.parametrize("form", ["csv", "geojson", "map", "matrix"])
def test_the_same_question_gives_the_same_bytes(parkmap, layer, tmp_path, form):
    own, ending = layer(), {"map": "html", "matrix": "png"}.get(form, form)
    written = [tmp_path / f"{k}.{ending}" for k in (1, 2)]
    for path in written:
        assert parkmap("adjacency", "--layer", own, f"--{form}", path).code == 0
    assert written[0].read_bytes() == written[1].read_bytes()


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_picture_of_the_matrix(parkmap, tmp_path, ending, start):
    path = tmp_path / f"matrix.{ending}"
    assert parkmap("adjacency", "testville", *DAY, "--matrix", path, "--lang", "en").code == 0
    assert path.read_bytes().startswith(start)
    if ending == "svg":
        text = path.read_text(encoding="utf-8")
        assert "Border River Park" in text


def test_the_picture_of_a_layer_names_the_file_and_not_its_folder(parkmap, layer, tmp_path):
    path, own = tmp_path / "matrix.svg", layer()
    assert parkmap("adjacency", "--layer", own, "--matrix", path).code == 0
    text = path.read_text(encoding="utf-8")
    assert "own.gpkg" in text
    assert str(tmp_path) not in text


def test_the_map_carries_links_and_borders(parkmap, layer, tmp_path):
    """Three links and three borders of the layer stand in the page's data, and nothing is fetched."""
    path = tmp_path / "map.html"
    assert parkmap("adjacency", "--layer", layer(), "--map", path, "--lang", "en").code == 0
    page = path.read_text(encoding="utf-8")
    for one, two in (("north", "west"), ("north", "east"), ("west", "east")):
        assert f"border-{one}-{two}" in page
        assert f"link-{one}-{two}" in page
    assert "link-north-corner" not in page
    assert 'src="http' not in page


def test_nothing_is_replaced_unasked(parkmap, layer, tmp_path):
    path, own = tmp_path / "out.gal", layer()
    path.write_text("mine", encoding="utf-8")
    assert parkmap("adjacency", "--layer", own, "--gal", path).code == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert parkmap("adjacency", "--layer", own, "--gal", path, "--overwrite").code == 0
    assert path.read_text(encoding="utf-8") != "mine"


def test_beside_files_a_layer_is_told_in_brief_and_a_plan_not_at_all(parkmap, layer, tmp_path):
    ran = parkmap("adjacency", "--layer", layer(), "--csv", tmp_path / "l.csv", "--lang", "en")
    assert "pairs that meet" in ran.out
    assert "longest borders" not in ran.out
    assert parkmap("adjacency", "testville", *DAY, "--csv", tmp_path / "p.csv").out.strip() == ""


def test_the_terminal_shows_the_longest_borders_and_says_how_many_more_there_are(parkmap, layer):
    """Side by side: 50 squares, 49 borders, the k-th of k metres."""
    shapes = {f"s{k}": box(10 * k, 0, height=k + 1) for k in range(50)}
    ran = parkmap("adjacency", "--layer", layer(shapes), "--lang", "en", "--table", "parcel-pairs")
    rows = [line.split() for line in ran.out.splitlines() if line.startswith("s")]
    assert [row[:2] for row in rows] == [[f"s{k}", f"s{k + 1}"] for k in range(48, 8, -1)]
    assert "9 more rows" in ran.out


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_nothing_is_written_where_one_file_cannot_be_made(parkmap, layer, tmp_path, form):
    path = tmp_path / f"out.{form}"
    refused(parkmap("adjacency", "--layer", layer(), f"--{form}", path, "--matrix", tmp_path / "m.bmp"), "bmp")
    assert not path.exists()


def test_the_folder_of_a_plan(parkmap, tmp_path):
    folder = tmp_path / "out"
    assert parkmap("adjacency", "testville", *DAY, "-o", folder, "--lang", "en").code == 0
    assert {path.name for path in folder.iterdir()} == {
        "map.html", "manifest.json", "adjacency.json", "adjacency.xlsx", "adjacency-lines.geojson",
        "adjacency-pairs.csv", "adjacency-items.csv", "adjacency-structure.csv", "adjacency-borders.csv",
        "adjacency-industries.csv",
    }  # fmt: skip
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["plan"] == "testville"
    jsonschema.validate(json.loads((folder / "adjacency.json").read_bytes()), schema(PLAN.key, PLAN.tables))


def test_the_folder_of_a_layer_names_its_file_with_the_hash(parkmap, layer, tmp_path):
    own, folder = layer(), tmp_path / "out"
    assert parkmap("adjacency", "--layer", own, "-o", folder).code == 0
    assert {path.name for path in folder.iterdir()} == {
        "map.html", "manifest.json", "adjacency-layer.json", "adjacency-layer.xlsx", "adjacency-lines.geojson",
        "parcels.csv", "parcel-pairs.csv", "parcel-polygons.csv",
    }  # fmt: skip
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert record["inputs"] == {"own.gpkg": hashlib.sha256(own.read_bytes()).hexdigest()}
    assert len(pd.read_csv(folder / "parcel-polygons.csv", encoding="utf-8-sig")) == 5


# Refused


def refused(ran, *words):
    assert ran.code == 2
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


@pytest.mark.parametrize("words", [(), ("testville", "--layer", "x.gpkg")])
@pytest.mark.parametrize(("lang", "told"), [("zh", "请给出规划编号"), ("en", "Give a plan")])
def test_a_plan_or_a_layer(parkmap, words, lang, told):
    refused(parkmap("adjacency", *words, "--lang", lang), "--layer", told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_degrees_are_refused_with_a_system_that_fits(parkmap, layer, lang):
    shapes = gpd.GeoSeries(SQUARES, crs=METRIC).to_crs("EPSG:4326")
    path = layer(dict(shapes), crs="EPSG:4326", name="degrees.geojson")
    refused(parkmap("adjacency", "--layer", path, "--lang", lang), "degrees.geojson", "--crs", "EPSG:4547")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("编号重复", "面无效", "不是面")), ("en", ("more than once", "Invalid polygons", "Not polygons"))],
)
def test_everything_wrong_with_the_features_is_told_at_once(parkmap, layer, lang, words):
    bow = shapely.Polygon([(500_000, 2_500_000), (500_010, 2_500_010), (500_010, 2_500_000), (500_000, 2_500_010)])
    shapes = {"a": box(0, 0), "b": box(10, 0), "bow-tie": bow, "spot": shapely.Point(500_000, 2_500_000)}
    path = layer(shapes, ids=["twice", "twice", "bow-tie", "spot"], name="bad.geojson", crs=METRIC)
    ran = parkmap("adjacency", "--layer", path, "--crs", METRIC, "--lang", lang)
    refused(ran, "bad.geojson", "twice", "bow-tie", "spot", "Self-intersection", *words)


def test_a_file_that_is_not_there_or_none(parkmap, tmp_path):
    refused(parkmap("adjacency", "--layer", tmp_path / "none.gpkg"), "none.gpkg")
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"no layer")
    refused(parkmap("adjacency", "--layer", broken), "broken.gpkg")


def test_a_table_without_shapes_and_a_layer_without_features(parkmap, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("id,name\n1,a\n", encoding="utf-8")
    refused(parkmap("adjacency", "--layer", table), "table.csv")
    empty = tmp_path / "empty.geojson"
    empty.write_text(json.dumps({"type": "FeatureCollection", "features": []}), encoding="utf-8")
    refused(parkmap("adjacency", "--layer", empty), "empty.geojson")


def test_a_field_that_is_not_there(parkmap, layer):
    refused(parkmap("adjacency", "--layer", layer(), "--id", "number"), "number", "id")


@pytest.mark.parametrize("ids", [["a", None, "c", None, "e"], ["a", "", "c", "  ", "e"]])
def test_missing_ids_are_counted(parkmap, layer, ids):
    path = layer(ids=ids)
    refused(parkmap("adjacency", "--layer", path, "--lang", "en"), "own.gpkg", "2 features have no id")


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:3857", "nonsense"])
def test_a_system_that_is_not_metric(parkmap, layer, name):
    refused(parkmap("adjacency", "--layer", layer(), "--crs", name), "--crs")


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
@pytest.mark.parametrize("asked", [(), ("--crs", METRIC)])
@pytest.mark.parametrize(
    ("drawn", "called", "words"),
    [
        (METRIC, None, ("names no coordinate system", "EPSG:4547")),
        ("EPSG:4326", METRIC, ("look like degrees", "do not transform")),
        (METRIC, "EPSG:4490", ("longitude and latitude", "500000 2500000")),
        ("EPSG:4526", METRIC, ("is not made for", "zone")),
    ],
)
def test_coordinates_of_another_system(parkmap, layer, asked, drawn, called, words):
    """EPSG:4526 writes the number of the zone before its eastings."""
    shapes = dict(gpd.GeoSeries(SQUARES, crs=METRIC).to_crs(drawn))
    refused(parkmap("adjacency", "--layer", layer(shapes, crs=called), *asked, "--lang", "en"), "own.gpkg", *words)


def test_coordinates_that_are_no_numbers(parkmap, layer, recwarn):
    broken = shapely.Polygon([(500_000, 2_500_000), (500_010, float("nan")), (500_010, 2_500_010)])
    path = layer({**SQUARES, "broken": broken})
    recwarn.clear()
    refused(parkmap("adjacency", "--layer", path, "--lang", "en"), "broken", "Invalid polygons")
    assert not recwarn.list


def test_other_pictures_are_refused(parkmap, layer, tmp_path):
    refused(parkmap("adjacency", "--layer", layer(), "--matrix", tmp_path / "m.bmp"), "bmp", ".png")


def test_travel_times_are_for_plans(parkmap, layer):
    refused(parkmap("adjacency", "--layer", layer(), "--graph", "time"), "--graph")


def test_blank_ids_cannot_be_written_as_gal(parkmap, layer, tmp_path):
    own = layer({"two words": box(0, 0), "b": box(10, 0)})
    refused(parkmap("adjacency", "--layer", own, "--gal", tmp_path / "o.gal", "--lang", "en"), "two words", "--id")


def test_a_plan_that_is_not_there(parkmap):
    refused(parkmap("adjacency", "nowhere"), "nowhere", "testville")


def test_a_csv_of_a_plan_holds_every_pair(parkmap, tmp_path):
    path = tmp_path / "pairs.csv"
    assert parkmap("adjacency", "testville", *DAY, "--csv", path).code == 0
    table = pd.read_csv(io.BytesIO(path.read_bytes()), encoding="utf-8-sig")
    assert len(table) == 15  # six placed items
    assert table.set_index(["item", "other"]).loc[("border-park", "core"), "contact"] == "border"


@pytest.mark.parametrize(
    ("asked", "idle"),
    [
        (("--roads", "r.npz"), "--roads (--graph time)"),
        (("--eps", "1"), "--eps (--layer)"),
        (("--graph", "band", "--nearest", "2"), "--nearest (--graph nearest)"),
        (("--within-m", "9", "--within-minutes", "9"), "--within-m (--graph band), --within-minutes (--graph time)"),
    ],
)
def test_an_option_without_effect_is_refused(parkmap, asked, idle):
    refused(parkmap("adjacency", "testville", *DAY, *asked), idle)


def test_an_option_of_plans_is_refused_for_a_layer(parkmap, layer):
    refused(parkmap("adjacency", "--layer", layer(), "--of", "districts"), "--of (PLAN)")
