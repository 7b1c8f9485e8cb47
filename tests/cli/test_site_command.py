"""`parkmap site` with a user's own candidates, demand and table of ways, whose optima are read off the table.

ways in minutes | s1 s2 s3     weight
a               |  1  9  9       5
b               |  2  3  9       3
c               |  9  1  9       4
d               |  9  9  2       1

model     | maximal cover, set cover, p-median, p-centre; existing and forbidden sites, budget, capacity, curve
demand    | own points, own areas cut into cells, populations of the city; none
output    | table, JSON, folder with map, tables and GeoJSON; nothing over foreign files; not proven
bad input | no file, no property, negative weight, price and capacity, unknown ids, a table without columns, with
          | unknown ids, negative, repeated, in another unit, empty, not UTF-8; a count that is none
"""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from parkmap.facts.document import schema
from parkmap.questions.site.tables import SITING

DAY = ("--as-of", "2025-06-01")
WAYS = {
    ("a", "s1"): 1,
    ("a", "s2"): 9,
    ("a", "s3"): 9,
    ("b", "s1"): 2,
    ("b", "s2"): 3,
    ("b", "s3"): 9,
    ("c", "s1"): 9,
    ("c", "s2"): 1,
    ("c", "s3"): 9,
    ("d", "s1"): 9,
    ("d", "s2"): 9,
    ("d", "s3"): 2,
}
WEIGHTS = {"a": 5, "b": 3, "c": 4, "d": 1}


def features(path, *rows):
    made = [{"type": "Feature", "properties": own, "geometry": geometry} for geometry, own in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": made}), encoding="utf-8")


def point(k):
    return {"type": "Point", "coordinates": [114.005 + 0.005 * k, 22.61]}


@pytest.fixture
def own(testville):
    """The words that name the user's files."""
    root = testville.root
    features(
        root / "sites.geojson",
        *(
            (point(k), {"id": f"s{k}", "name": f"点{k}", "price_yuan": 100 * k, "capacity": [8, 7, None][k - 1]})
            for k in (1, 2, 3)
        ),
    )
    features(root / "demand.geojson", *((point(k), {"id": n, "n": w}) for k, (n, w) in enumerate(WEIGHTS.items())))
    rows = "".join(f"{d},{s},{way}\n" for (d, s), way in WAYS.items())
    (root / "ways.csv").write_text("demand,site,minutes\n" + rows, encoding="utf-8")
    return ("--candidates", "sites.geojson", "--demand", "demand.geojson", "--weight", "n", "--matrix", "ways.csv")


@pytest.fixture
def free(testville, own):
    """The same without capacities."""
    path = testville.root / "sites.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("capacity", "once_capacity"), encoding="utf-8")
    return own


def answer(parkmap, words, *more):
    ran = parkmap("site", "testville", *words, *more, "--json", *DAY)
    assert ran.code == 0, ran.err
    jsonschema.validate(ran.json, schema(SITING.key, SITING.tables))
    return ran.json


@pytest.mark.parametrize(
    ("words", "objective", "opened"),
    [
        (("--model", "max-cover", "--count", "1", "--reach", "2"), 8, ["s1"]),
        (("--model", "max-cover", "--count", "2", "--reach", "3"), 12, ["s1", "s2"]),
        (("--model", "max-cover", "--budget-yuan", "300", "--reach", "3"), 12, ["s1", "s2"]),
        (("--model", "max-cover", "--budget-yuan", "250", "--reach", "3"), 8, ["s1"]),
        (("--model", "max-cover", "--count", "1", "--reach", "3", "--forbid", "s1"), 7, ["s2"]),
        (("--model", "max-cover", "--count", "1", "--reach", "3", "--existing", "s1"), 12, ["s2"]),
        (("--model", "set-cover", "--reach", "3"), 3, ["s1", "s2", "s3"]),
        (("--model", "set-cover", "--reach", "9"), 1, None),
        (("--model", "set-cover", "--reach", "9", "--least", "price"), 100, ["s1"]),
        (("--model", "p-median", "--count", "1"), 5 * 1 + 3 * 2 + 4 * 9 + 9, ["s1"]),
        (("--model", "p-median", "--count", "2"), 5 * 1 + 3 * 2 + 4 * 1 + 9, ["s1", "s2"]),
        (("--model", "p-centre", "--count", "3"), 2, ["s1", "s2", "s3"]),
        (("--model", "p-median", "--count", "2", "--within", "3"), None, []),
    ],
)
def test_optima_that_can_be_read_off_the_table(parkmap, free, words, objective, opened):
    report = answer(parkmap, free, *words)
    assert report["objective"] == (None if objective is None else pytest.approx(objective))
    assert opened is None or report["new_sites"] == opened
    assert report["status"] == ("infeasible" if objective is None else "optimal")
    assert report["method"] == "matrix"
    assert report["bound"] is None or report["bound"] == pytest.approx(objective)


def test_capacities_share_out_demand(parkmap, own):
    """s1 holds 8: a and b. Alone it serves 8; with a capacity of 7 s2 serves b and c."""
    report = answer(parkmap, own, "--model", "max-cover", "--count", "1", "--reach", "3")
    assert report["objective"] == pytest.approx(8)
    (site,) = [s for s in report["sites"] if s["state"] == "new"]
    assert (site["id"], site["used_share"]) == ("s1", pytest.approx(1))


def test_a_curve(parkmap, free):
    report = answer(parkmap, free, "--model", "max-cover", "--count", "1", "--reach", "3", "--curve", "1-3")
    assert [(p["count"], p["objective"], p["gain"]) for p in report["curve"]] == [(1, 8, None), (2, 12, 4), (3, 13, 1)]


def test_what_a_site_brings(parkmap, free):
    report = answer(parkmap, free, "--model", "max-cover", "--count", "2", "--reach", "3")
    assert {s["id"]: s["marginal"] for s in report["sites"]} == {"s1": 5, "s2": 4, "s3": None}
    assert {d["id"]: (d["site"], d["sites_within"]) for d in report["demand"]} == {
        "a": ("s1", 1),
        "b": ("s1", 2),
        "c": ("s2", 1),
        "d": (None, 0),
    }


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ("已证明最优", "范围内点数", "用户路程表")), ("en", ("proven optimal", "sites within reach"))],
)
def test_tables_in_each_language(parkmap, testville, free, lang, words):
    asked = ("--count", "2", "--reach", "3", "--lang", lang, *DAY)
    ran = parkmap("site", "testville", *free, *asked)
    assert words[0] in ran.out
    assert parkmap("site", "testville", *free, *asked, "-o", "out").code == 0
    text = (testville.root / "out/site-demand.csv").read_text(encoding="utf-8-sig")
    assert words[1] in text


def test_a_folder_with_map_tables_and_geojson(parkmap, testville, free):
    asked = ("--model", "p-median", "--count", "2", "--curve", "1-2", "--lang", "zh")
    for name in ("out", "again"):
        ran = parkmap("site", "testville", *free, *asked, "-o", name, "--seconds", "30", *DAY)
        assert (ran.code, ran.out) == (0, "")
    out = testville.root / "out"
    sites = json.loads((out / "sites.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["id"]: f["properties"]["state"] for f in sites} == {"s1": "new", "s2": "new", "s3": "shut"}
    assert sites[0]["geometry"]["coordinates"] == pytest.approx([114.01, 22.61], abs=1e-6)
    demand = json.loads((out / "demand.geojson").read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["site"] for f in demand] == ["s1", "s1", "s2", "s1"]
    curve = list(csv.reader(io.StringIO((out / "site-curve.csv").read_text(encoding="utf-8-sig"))))
    assert [row[0] for row in curve[1:3]] == ["1", "2"]
    page = (out / "map.html").read_text(encoding="utf-8")
    assert "选定与已有的点" in page
    assert "site-s1" in page
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {"sites.geojson", "demand.geojson", "ways.csv"} <= {name.rpartition("/")[2] for name in manifest["inputs"]}


def test_people_read_open_sites_first_and_programs_in_the_order_of_the_file(parkmap, testville, free):
    asked = ("--model", "p-median", "--count", "1", "--forbid", "s1", "--existing", "s3", "--lang", "en", *DAY)
    assert parkmap("site", "testville", *free, *asked, "-o", "out").code == 0
    rows = list(csv.reader(io.StringIO((testville.root / "out/site-sites.csv").read_text(encoding="utf-8-sig"))))
    assert [(row[0], row[2]) for row in rows[1:4]] == [("s3", "existing"), ("s2", "new"), ("s1", "forbidden")]
    report = json.loads((testville.root / "out/site.json").read_text(encoding="utf-8"))
    assert [site["id"] for site in report["sites"]] == ["s1", "s2", "s3"]


def test_foreign_files_are_kept(parkmap, testville, free):
    (testville.root / "out").mkdir()
    (testville.root / "out/map.html").write_text("mine", encoding="utf-8")
    assert parkmap("site", "testville", *free, "--count", "1", "--reach", "3", "-o", "out", *DAY).code == 2
    assert (testville.root / "out/map.html").read_text(encoding="utf-8") == "mine"


def test_areas_of_demand_are_cut_into_cells(parkmap, testville, free):
    ring = [[114.0, 22.6], [114.02, 22.6], [114.02, 22.62], [114.0, 22.62], [114.0, 22.6]]
    features(testville.root / "areas.geojson", ({"type": "Polygon", "coordinates": [ring]}, {"id": "q", "n": 80}))
    words = (*free[:2], "--demand", "areas.geojson", "--weight", "n", "--unit", "metres", "--cell-m", "1000")
    report = answer(parkmap, words, "--count", "1", "--reach", "900")
    assert report["cell_m"] == 1000
    assert {d["part_of"] for d in report["demand"]} == {"q"}
    assert {site["lon"] for site in report["sites"]} == {114.01, 114.015, 114.02}
    assert sum(d["weight"] for d in report["demand"]) == pytest.approx(80, abs=0.01)  # rounded cell by cell
    assert report["method"] == "estimate"
    assert 0 < report["objective"] < 80


def test_the_populations_of_the_city_are_the_default(parkmap, testville):
    (testville.root / "layers/testville/population.csv").write_text(
        "district,population\nnw,10\nse,4\n", encoding="utf-8"
    )
    report = answer(parkmap, (), "--count", "1", "--reach", "10")
    assert report["demand_file"] == "layers/testville/population.csv"
    assert report["total_weight"] == pytest.approx(14)
    assert report["new_sites"]


def test_without_proof_the_exit_code_can_say_so(parkmap, free):
    asked = ("--model", "p-median", "--count", "2", "--within", "3")
    assert parkmap("site", "testville", *free, *asked, *DAY).code == 0
    assert parkmap("site", "testville", *free, *asked, "--fail-on-unproven", *DAY).code == 1
    assert parkmap("site", "testville", *free, "--count", "1", "--reach", "3", "--fail-on-unproven", *DAY).code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--reach", "3"), "--count"),
        (("--count", "1"), "--reach"),
        (("--count", "-1", "--reach", "3"), "count"),
        (("--count", "1", "--reach", "3", "--curve", "3-1"), "1-8"),
        (("--count", "1", "--reach", "3", "--curve", "a"), "1-8"),
        (("--count", "1", "--reach", "3", "--existing", "s9"), "s9"),
        (("--count", "1", "--reach", "3", "--existing", "s1", "--forbid", "s1"), "s1"),
        (("--count", "1", "--reach", "3", "--unit", "metres"), "minutes"),
        (("--count", "1", "--reach", "3", "--weight", "m"), "m"),
        (("--count", "1", "--reach", "3", "--demand", "none.geojson"), "none.geojson"),
        (("--count", "1", "--reach", "3", "--candidates", "none.geojson"), "none.geojson"),
        (("--count", "1", "--reach", "3", "--matrix", "none.csv"), "none.csv"),
    ],
)
def test_wrong_words_are_answered_with_advice(parkmap, free, words, says):
    ran = parkmap("site", "testville", *free, *words, *DAY, "--lang", "en")
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("demand,site\na,s1\n", "minutes or m"),
        ("demand,site,minutes\nx,s1,1\na,s7,1\n", "2 row(s)"),
        ("demand,site,minutes\na,s1,-1\na,s2,\n", "2 row(s)"),
        ("demand,site,minutes\na,s1,1\na,s1,2\n", "repeat"),
        ("", "ways.csv"),
        (b"demand,site,minutes\n\xc4\xcf,s1,1\n", "UTF-8"),
    ],
)
def test_a_wrong_table_of_ways(parkmap, testville, free, text, says):
    (testville.root / "ways.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = parkmap("site", "testville", *free, "--count", "1", "--reach", "3", *DAY, "--lang", "en")
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("demand.geojson", '"n": 5', '"n": -5', "a"),
        ("demand.geojson", '"n": 5', '"n": null', "a"),
        ("sites.geojson", '"price_yuan": 200', '"price_yuan": -2', "s2"),
        ("sites.geojson", '"price_yuan": 200', '"price_yuan": null', "s2"),
        ("sites.geojson", '"id": "s2"', '"id": "s1"', "s1"),
        ("sites.geojson", '"id": "s2"', '"id": "s2", "status": "perhaps"', "perhaps"),
    ],
)
def test_wrong_features_are_named(parkmap, testville, free, name, old, new, says):
    path = testville.root / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ran = parkmap("site", "testville", *free, "--budget-yuan", "300", "--reach", "3", *DAY, "--lang", "en")
    assert ran.code == 2
    assert says in ran.err or (says == "perhaps" and "s2" in ran.err)
    assert "Traceback" not in ran.err
