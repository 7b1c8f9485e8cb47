"""`parkmap quota` as a user calls it.

| call | what must come out |
|---|---|
| quota PLAN | tables with Chinese heads; exit 0 |
| --json | valid against the committed schema; keys that others build on |
| --scenario A --scenario B | comparison table; unknown scenario: finding, exit 2 |
| --method, --fairness | another method is named; wrong use: usage error |
| --claims FILE | claims of the file; faults by cell, exit 2, no traceback |
| --table KEY, --csv | one table; unknown key lists all |
| --xlsx, --docx, --figure | files that open; never over a foreign file |
| --constraint KIND=FILE | developable land caps the quota |
| --fail-on-unmet | exit 1 |
| -o | page, JSON, tables, workbook, report, picture; the claims file is in the manifest |
| no scenario | a finding with advice, exit 2; `build` writes everything else |
| build: a claim with `district:` whose item is in two | the same sums in CSV, JSON and on the map |
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_tables(parkmap):
    ran = parkmap("quota", "testville", "--lang", "zh")
    assert ran.code == 0
    for word in ("用地指标分配", "分配（平方米）", "30,001", "示例"):
        assert word in ran.out


def test_json_is_valid_and_keeps_its_keys(parkmap):
    ran = parkmap("quota", "testville", "--json")
    schema = json.loads((ROOT / "config/schema/report-quota.json").read_text(encoding="utf-8"))
    jsonschema.validate(ran.json, schema)
    first = ran.json["allocations"][0]
    wanted = {"id", "name_zh", "commodity", "year", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2"}
    assert wanted <= first.keys()
    assert {"commodity", "year", "supply_m2", "allocated_m2", "unallocated_m2"} <= ran.json["totals"][0].keys()
    assert {"pools", "ledger", "groups", "sensitivity", "infeasible", "subsidies", "actuals"} <= ran.json.keys()


def test_scenarios_side_by_side(parkmap, testville):
    (testville.root / "config/scenarios/testville/less.yaml").write_text(
        "id: less\nplan: testville\nof: base\nname: {zh: 少, en: Less}\nnote: {zh: 减一成, en: A tenth less}\n"
        "supply: [{percent: 90, origin: {zh: 压减, en: cut}}]\n",
        encoding="utf-8",
    )
    ran = parkmap("quota", "testville", "--scenario", "base", "--scenario", "less", "--json")
    assert [s["id"] for s in ran.json["comparison"]["scenarios"]] == ["base", "less"]
    table = parkmap("quota", "testville", "--scenario", "base", "--scenario", "less", "--lang", "zh")
    assert "情景对比" in table.out
    assert "少：增减（平方米）" in table.out


@pytest.mark.parametrize("words", [("--scenario", "nowhere"), ("--scenario", "base", "--scenario", "nowhere")])
def test_an_unknown_scenario(parkmap, words):
    ran = parkmap("quota", "testville", *words, "--lang", "en")
    assert ran.code == 2
    assert "nowhere" in ran.err
    assert "Traceback" not in ran.err


def test_another_method(parkmap):
    ran = parkmap("quota", "testville", "--method", "dial", "--fairness", "1", "--json")
    assert (ran.json["method"]["name"], ran.json["method"]["fairness"]) == ("dial", 1.0)
    even = parkmap("quota", "testville", "--method", "proportional", "--json")
    amounts = [[a["allocated_m2"] for a in found.json["allocations"]] for found in (ran, even)]
    assert amounts[0] == amounts[1]  # the end of the dial is the proportional share


@pytest.mark.parametrize("words", [("--method", "best"), ("--fairness", "0.5"), ("--table", "nothing")])
def test_wrong_use(parkmap, words):
    ran = parkmap("quota", "testville", *words)
    assert ran.code == 2
    assert "Usage" in ran.err or "--" in ran.err


def test_claims_of_a_file(parkmap, testville):
    file = testville.root / "需求.csv"
    file.write_text("园区,年份,需求（公顷）\ncore,2025,2\nborder-park,2025,1\n", encoding="utf-8")
    ran = parkmap("quota", "testville", "--claims", file, "--json")
    assert {a["id"]: a["allocated_m2"] for a in ran.json["allocations"]} == {"core": 20_000, "border-park": 10_000}
    assert "需求.csv" in ran.json["note_zh"]


def test_faults_of_a_file_are_told_by_cell(parkmap, testville):
    file = testville.root / "claims.csv"
    file.write_text("item,year,claim_m2\nnobody,2025,5\ncore,2025,-5\n", encoding="utf-8")
    ran = parkmap("quota", "testville", "--claims", file, "--lang", "en")
    assert ran.code == 2
    assert "A2 item" in ran.err
    assert "C3 claim_m2" in ran.err
    assert "Traceback" not in ran.err


def test_one_table_as_csv(parkmap, testville):
    file = testville.root / "ledger.csv"
    ran = parkmap("quota", "testville", "--table", "quota-ledger", "--csv", file, "--lang", "zh")
    assert ran.code == 0
    assert "台账" in ran.out
    assert "指标池" not in ran.out.splitlines()[0]
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "取整" in file.read_text(encoding="utf-8-sig")


def test_files_are_written_and_never_over_a_foreign_one(parkmap, testville):
    made = {kind: testville.root / f"out.{kind}" for kind in ("xlsx", "docx")}
    figure = testville.root / "out.png"
    words = [word for kind, path in made.items() for word in (f"--{kind}", path)]
    assert parkmap("quota", "testville", *words, "--figure", figure).code == 0
    assert all(path.read_bytes()[:2] == b"PK" for path in made.values())
    assert figure.read_bytes()[:4] == b"\x89PNG"
    again = parkmap("quota", "testville", "--xlsx", made["xlsx"])
    assert again.code == 2


def test_unmet_claims_can_fail(parkmap):
    assert parkmap("quota", "testville", "--fail-on-unmet").code == 1


@pytest.mark.parametrize("text", ["red=nothing", "ecological-red-line", "ecological-red-line=nowhere.geojson"])
def test_wrong_constraints(parkmap, text):
    ran = parkmap("quota", "testville", "--constraint", text)
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_a_red_line_caps_what_a_zone_can_take(parkmap, testville):
    # The districts layer covers every zone: as a red line it leaves nothing.
    red = f"ecological-red-line={testville.districts}"
    ran = parkmap("quota", "testville", "--constraint", red, "--json")
    left = {d["id"]: d["developable_m2"] for d in ran.json["developable"]}
    assert left
    amounts = {a["id"]: a["allocated_m2"] for a in ran.json["allocations"]}
    if ran.json["status"] != "infeasible":
        assert all(amounts[item] <= m2 for item, m2 in left.items() if m2 is not None)
    else:
        assert any(b["kind"] == "group_cap" for b in ran.json["infeasible"]["bounds"])


def test_a_folder_holds_everything_and_names_the_claims_file(parkmap, testville):
    file = testville.root / "mine.csv"
    file.write_text("item,year,claim m2\nborder-park,2025,500000\n", encoding="utf-8")
    assert parkmap("quota", "testville", "--claims", file, "-o", "made", "--lang", "en").code == 0
    names = {path.name for path in (testville.root / "made").iterdir()}
    assert {"map.html", "quota.json", "quota.csv", "quota-ledger.csv", "quota.xlsx", "quota.docx", "quota.png"} <= names
    manifest = json.loads((testville.root / "made/manifest.json").read_text(encoding="utf-8"))
    assert any(name.endswith("mine.csv") for name in manifest["inputs"])
    assert manifest["scenarios"] == ["base"]


def test_a_plan_without_a_scenario(parkmap, testville):
    (testville.root / testville.scenario).unlink()
    for words in (("quota", "testville"), ("why", "testville", "core")):
        ran = parkmap(*words, "--lang", "en")
        assert ran.code == 2
        assert "Plan testville has no scenario." in ran.err
        assert "Add config/scenarios/testville/base.yaml." in ran.err
    assert parkmap("build", "testville", "-o", "made", "--lang", "en").code == 0
    names = {path.name for path in (testville.root / "made/testville").iterdir()}
    assert "show.json" in names
    assert not [name for name in names if name.startswith("quota")]


def test_map_and_tables_of_one_build_say_the_same_of_districts(parkmap, testville):
    """The border park is in two districts and its claim names one; the layer alone puts the corner park into one."""
    english = "en: Assumed cap of the border park.\n"
    testville.replace(testville.scenario, english, f"{english}    district: ne\n")
    assert parkmap("build", "testville", "-o", "made", "--lang", "en").code == 0
    folder = testville.root / "made/testville"
    amounts = {("North-East", 2025): 30_001, ("North-West", 2025): 60_000, ("South-East", 2025): 30_000}
    assert _map_of_districts((folder / "map.html").read_text(encoding="utf-8")) == amounts
    rows = csv.DictReader((folder / "quota-by-district.csv").read_text(encoding="utf-8-sig").splitlines())
    land = [row for row in rows if row["commodity"] == "land"]
    assert {(row["name"], int(row["year"])): int(row["allocated (m2)"]) for row in land} == amounts
    found = json.loads((folder / "quota.json").read_text(encoding="utf-8"))
    sums = [row for row in found["sums"] if row["partition"] == "district" and row["commodity"] == "land"]
    assert {(row["name_en"], row["year"]): row["allocated_m2"] for row in sums} == amounts
    assert {row["id"]: row["district"] for row in found["allocations"] if row["commodity"] == "land"} == {
        "core": "nw", "border-park": "ne", "corner-park": "se",
    }  # fmt: skip


def _map_of_districts(page):
    """Return what the page colours its districts by: allocated land by name and year."""
    start = re.search(r'"quota":(?=\{"commodities")', page).end()
    board, _ = json.JSONDecoder().raw_decode(page, start)
    land = [share for share in board["districts"] if share["commodity"] == "land"]
    return {(share["name"]["en"], share["year"]): share["allocated"] for share in land}
