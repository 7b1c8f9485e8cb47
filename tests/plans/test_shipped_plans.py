"""Every shipped plan: it loads, it is clean, its quota adds up, and its files are RFC 7946 and repeatable."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import subprocess
import sys
from collections import defaultdict

import pytest
import shapely
import yaml

from parkmap.output.files import MANIFEST
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.questions.check import check

CATALOG = Catalog((shipped_root().resolve(),))
PLANS = list(CATALOG.plan_files())
LAYERS = ("districts", "components", "parks", "projects")
LONGITUDES, LATITUDES = (112.5, 115.0), (22.0, 24.5)

pytestmark = pytest.mark.parametrize("plan_id", PLANS)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """All plans, built twice by two processes whose hashes of strings differ."""
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    runs = []
    for seed, folder in enumerate(folders, start=1):
        command = [sys.executable, "-W", "error", "-m", "parkmap", "build", "--all", "-o", str(folder / "maps")]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONUTF8": "1"}
        runs.append(
            subprocess.Popen(  # noqa: S603  our own interpreter
                [*command, "--as-of", "2025-06-01", "--lang", "zh"],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
    for run in runs:
        out, err = run.communicate()
        assert run.returncode == 0, err.decode()
        assert out == b""
    return [folder / "maps" for folder in folders]


def features(built, plan_id, layer):
    text = (built[0] / plan_id / f"{layer}.geojson").read_text(encoding="utf-8")
    return json.loads(text)


def plan_yaml(plan_id):
    return yaml.safe_load(CATALOG.plan_files()[plan_id].read_text(encoding="utf-8"))


def test_it_loads_and_is_analysed(shipped, plan_id):
    results = shipped(plan_id)
    assert results.plan.id == plan_id
    assert len(results.items) == sum(len(plan_yaml(plan_id).get(s, [])) for s in ("components", "parks", "projects"))


def test_a_check_finds_only_the_gaps_of_the_document(shipped, plan_id):
    assert [(f.code, f.place) for f in shipped(plan_id).findings if f.severity != "note"] == []
    found, usable = check(CATALOG, plan_id, as_of=dt.date(2013, 12, 29))
    assert usable
    assert [(f.code, f.place) for f in found if f.severity != "note"] == []


# Quota, recomputed from the files in plain Python


def asked(plan_id):
    """Return supply, claims and wants by commodity and year."""
    (path,) = [p for name, p in CATALOG.scenario_files(plan_id).items() if name == "base"]
    scenario = yaml.safe_load(path.read_text(encoding="utf-8"))
    supply, wants, claims = defaultdict(int), defaultdict(int), defaultdict(int)
    for pool in scenario["pools"]:
        supply[pool["commodity"], pool["year"]] += pool["supply"]["m2"]
    for claim in scenario["claims"]:
        key = claim["commodity"], claim["year"]
        claims[key] += claim["claim"]["m2"]
        wants[key] += min(claim["claim"]["m2"], claim.get("cap", claim["claim"])["m2"])
    return supply, wants, claims


def test_the_quota_adds_up_to_the_square_metre(built, plan_id):
    report = json.loads((built[0] / plan_id / "quota.json").read_text(encoding="utf-8"))
    supply, wants, claims = asked(plan_id)
    totals = {(t["commodity"], t["year"]): t for t in report["totals"]}
    assert set(totals) == set(supply)
    for key, total in totals.items():
        own = [a for a in report["allocations"] if (a["commodity"], a["year"]) == key]
        assert total["supply_m2"] == supply[key]
        assert total["allocated_m2"] == sum(a["allocated_m2"] for a in own) == min(supply[key], wants[key])
        assert total["unallocated_m2"] == supply[key] - total["allocated_m2"]
        assert total["unmet_m2"] == claims[key] - total["allocated_m2"] == sum(a["unmet_m2"] for a in own)
        for allocation in own:
            assert all(
                isinstance(allocation[k], int) for k in ("claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2")
            )
            assert (
                allocation["floor_m2"] <= allocation["allocated_m2"] <= allocation["cap_m2"] <= allocation["claim_m2"]
            )
            assert sum(draw["m2"] for draw in allocation["draws"]) == allocation["allocated_m2"]
    for pool in report["pools"]:
        drawn = sum(d["m2"] for a in report["allocations"] for d in a["draws"] if d["pool"] == pool["id"])
        assert drawn == pool["drawn_m2"] <= pool["supply_m2"]


def test_assumed_numbers_are_stamped_as_an_example(built, plan_id):
    report = json.loads((built[0] / plan_id / "quota.json").read_text(encoding="utf-8"))
    assert report["example"] is True
    assert "示例" in (built[0] / plan_id / "quota.csv").read_text(encoding="utf-8-sig")
    assert "示例" in (built[0] / plan_id / "map.html").read_text(encoding="utf-8")


# GeoJSON as RFC 7946 has it


def coordinates(geometry):
    if geometry is None:
        return
    stack = [geometry["coordinates"]]
    while stack:
        value = stack.pop()
        if isinstance(value[0], (int, float)):
            yield value
        else:
            stack.extend(value)


def rings(geometry):
    """Yield (ring, is outer) of polygons."""
    if geometry is not None and geometry["type"] in {"Polygon", "MultiPolygon"}:
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for part in parts:
            for i, ring in enumerate(part):
                yield ring, i == 0


def signed_area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_rfc_7946(built, plan_id, layer):
    collection = features(built, plan_id, layer)
    assert set(collection) == {"type", "features"}  # above all no member crs
    assert collection["type"] == "FeatureCollection"
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)
    for feature in collection["features"]:
        assert set(feature) == {"type", "id", "properties", "geometry"}
        assert feature["type"] == "Feature"
        for longitude, latitude in coordinates(feature["geometry"]):
            assert LONGITUDES[0] < longitude < LONGITUDES[1]
            assert LATITUDES[0] < latitude < LATITUDES[1]
        for ring, outer in rings(feature["geometry"]):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert (signed_area(ring) > 0) is outer, feature["id"]  # right-hand rule
        if feature["geometry"] is not None:
            assert shapely.is_valid(shapely.geometry.shape(feature["geometry"])), feature["id"]


@pytest.mark.parametrize("layer", LAYERS[1:])
def test_a_layer_has_the_items_of_the_plan_and_draws_what_is_determined(built, plan_id, layer):
    found = features(built, plan_id, layer)["features"]
    assert [f["id"] for f in found] == [entry["id"] for entry in plan_yaml(plan_id).get(layer, [])]
    for feature in found:
        undetermined = feature["properties"]["determinacy"] == "undetermined"
        assert (feature["geometry"] is None) is undetermined, feature["id"]
        assert feature["properties"]["clause"]
        assert feature["properties"]["name_zh"]
        assert feature["properties"]["name_en"]


def test_what_has_no_shape_says_why(built, plan_id):
    for layer in ("components", "parks"):
        for feature in features(built, plan_id, layer)["features"]:
            if feature["geometry"] is None:
                assert feature["properties"]["undetermined_zh"], feature["id"]


def test_the_districts_of_the_city(built, plan_id):
    found = {f["id"] for f in features(built, plan_id, "districts")["features"]}
    shenzhen = {
        "futian",
        "luohu",
        "nanshan",
        "yantian",
        "baoan",
        "longgang",
        "longhua",
        "pingshan",
        "guangming",
        "dapeng",
    }
    guangzhou = {
        "yuexiu",
        "liwan",
        "haizhu",
        "tianhe",
        "baiyun",
        "huangpu",
        "panyu",
        "huadu",
        "nansha",
        "conghua",
        "zengcheng",
    }
    assert found == (shenzhen if plan_id.startswith("shenzhen") else guangzhou)


# Repeatable


def test_two_builds_are_equal_byte_by_byte(built, plan_id):
    one, two = ({p.name: p.read_bytes() for p in (folder / plan_id).iterdir()} for folder in built)
    assert set(one) == set(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_the_manifest_knows_every_file_and_its_hash(built, plan_id):
    folder = built[0] / plan_id
    record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    hashes = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.name != MANIFEST}
    assert record["outputs"] == hashes
    assert (record["tool"], record["plan"], record["as_of"], record["lang"]) == ("parkmap", plan_id, "2025-06-01", "zh")


def test_the_manifest_knows_every_input_and_its_hash(built, plan_id):
    record = json.loads((built[0] / plan_id / MANIFEST).read_text(encoding="utf-8"))
    root = shipped_root()
    assert record["inputs"] == {
        name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in record["inputs"]
    }
    layers = plan_yaml(plan_id)["layers"]
    expected = {f"config/plans/{plan_id}.yaml", "config/documents.yaml", f"config/scenarios/{plan_id}/base.yaml"}
    expected |= {layers["districts"], layers["land"], *layers["places"]}
    expected |= {f"config/policies/{name}.yaml" for name in plan_yaml(plan_id).get("policies", [])}
    assert expected <= set(record["inputs"])


def test_nothing_tells_where_or_when_it_was_built(built, plan_id):
    place = str(built[0].parent).encode()
    today = dt.datetime.now(tz=dt.UTC).date().isoformat().encode()
    for path in (built[0] / plan_id).iterdir():
        content = path.read_bytes()
        assert place not in content, path.name
        assert str(shipped_root()).encode() not in content, path.name
        assert today not in content, path.name


# Coverage of real ground


def test_the_numbers_of_the_coverage_hold_together(shipped, plan_id):
    result = shipped(plan_id).coverage
    table = result.districts
    assert (table["covered_low_m2"] <= table["covered_best_m2"] + 1e-6).all()
    assert (table["covered_best_m2"] <= table["covered_high_m2"] + 1e-6).all()
    assert (table["covered_high_m2"] <= table["area_m2"] * (1 + 1e-9)).all()
    unknown = result.items[result.items["status"] == "unknown"]
    assert unknown["area_m2"].isna().all()


def test_an_item_of_unknown_extent_is_told_in_the_districts_where_it_is(shipped, plan_id):
    results = shipped(plan_id)
    items = results.items[results.items["section"] != "projects"]
    for name, row in items[~items["extent_known"].astype(bool)].iterrows():
        for district in row["district_ids"]:
            assert name in results.coverage.districts.loc[district, "unknown_items"]
