"""Every command: data on stdout, talk on stderr, both languages, JSON that parses, and exit codes 0, 1, 2."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from parkmap.cli.main import COMMANDS

DATA = ("plans", "show testville", "check testville", "coverage testville", "adjacency testville", "quota testville")
DAY = ("--as-of", "2025-06-01")

# One word of the table in each language, and one number that both share.
WORDS = {
    "plans": ("试城未来产业行动计划", "Testville Action Plan", "testville"),
    "show testville": ("试城核心区", "Testville core", "core-grant"),
    "check testville": ("提示", "note", "components.other-nodes"),
    "coverage testville": ("西北区", "North-West", "455.36"),
    "adjacency testville": ("界河产业园", "Border River Park", "1,107.39"),
    "quota testville": ("新增指标", "New land", "30,001"),
}


@pytest.mark.parametrize("command", DATA)
@pytest.mark.parametrize(("lang", "at"), [("zh", 0), ("en", 1)])
def test_a_table_in_each_language(parkmap, command, lang, at):
    ran = parkmap(*command.split(), *DAY, "--lang", lang)
    assert ran.code == 0
    assert WORDS[command][at] in ran.out
    assert WORDS[command][2] in ran.out
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", DATA)
def test_json_is_the_same_in_both_languages_and_nothing_else_is_on_stdout(parkmap, command):
    zh, en = (parkmap(*command.split(), *DAY, "--json", "--lang", lang) for lang in ("zh", "en"))
    assert (zh.code, en.code) == (0, 0)
    assert zh.stdout == en.stdout
    assert zh.json["as_of"] == "2025-06-01"
    assert zh.out.endswith("}\n")
    assert "试城" in zh.out or "西北" in zh.out or "核心" in zh.out  # written as such, not as escapes


def test_the_keys_of_quota_that_others_build_on(parkmap):
    report = parkmap("quota", "testville", "--json", *DAY).json
    assert {"pools", "allocations", "totals"} <= set(report)
    keys = {"id", "name_zh", "commodity", "year", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2"}
    assert all(keys <= set(entry) for entry in report["allocations"])
    for total in report["totals"]:
        assert {"commodity", "year", "supply_m2", "allocated_m2", "unallocated_m2"} <= set(total)
        assert all(isinstance(value, int) for key, value in total.items() if key.endswith("_m2"))


def test_the_keys_of_show_that_others_build_on(parkmap):
    report = parkmap("show", "testville", "--json", *DAY).json
    assert {"components", "parks", "projects", "targets", "rules"} <= set(report)
    assert [c["id"] for c in report["components"]] == ["core", "incubator", "belt", "corner", "other-nodes"]


def test_the_quota_of_the_tiny_plan_by_hand(parkmap):
    """Land 120 001: the core takes 60 000; 60 001 are shared as 80 000 to 2 x 40 000, the odd metre to border-park."""
    report = parkmap("quota", "testville", "--json", *DAY).json
    got = {a["id"]: (a["allocated_m2"], a["unmet_m2"], a["bound"]) for a in report["allocations"]}
    assert got == {
        "core": (60000, 0, "claim"),
        "border-park": (30001, 49999, "supply"),
        "corner-park": (30000, 10000, "supply"),
        "clinic": (2000, 0, "claim"),
    }
    draws = {a["id"]: [(d["pool"], d["m2"]) for d in a["draws"]] for a in report["allocations"]}
    assert draws["corner-park"] == [("increment", 9999), ("stock", 20001)]
    assert report["example"] is True


def test_the_coverage_of_the_tiny_plan_by_hand(parkmap):
    """Core 1/4 of nw; the incubator lies inside it; half of border-park (1/8) beside it; the belt covers 0.27."""
    report = parkmap("coverage", "testville", "--json", *DAY).json
    shares = {(p["district"], p["item"]): p["share_best"] for p in report["pairs"]}
    assert shares["nw", "core"] == pytest.approx(0.25, rel=1e-3)
    assert shares["nw", "incubator"] == pytest.approx(0.0625, rel=1e-3)
    assert shares["nw", "border-park"] == pytest.approx(0.125, rel=1e-3)
    assert shares["ne", "border-park"] == pytest.approx(0.125, rel=1e-3)
    assert shares["nw", "belt"] == pytest.approx(0.27, rel=1e-3)
    districts = {d["id"]: d for d in report["districts"]}
    # union: core 0.25 + border 0.125 + belt 0.27 - belt inside the core 0.3 x 0.5
    assert districts["nw"]["share_best"] == pytest.approx(0.25 + 0.125 + 0.27 - 0.15, rel=1e-3)
    assert districts["sw"]["unknown_items"] == ["corner"]


def test_the_adjacency_of_the_tiny_plan_by_eye(parkmap):
    report = parkmap("adjacency", "testville", "--json", *DAY).json
    contacts = {frozenset((p["item"], p["other"])): p["contact"] for p in report["pairs"]}
    assert contacts[frozenset(("border-park", "core"))] == "border"
    assert contacts[frozenset(("core", "incubator"))] == "overlap"
    assert contacts[frozenset(("border-park", "belt"))] == "undecidable"
    assert contacts[frozenset(("corner", "core"))] == "unknown"
    assert contacts[frozenset(("corner-park", "core"))] == "apart"
    assert report["not_placed"] == ["other-nodes"]


def test_the_adjacency_of_districts(parkmap):
    report = parkmap("adjacency", "testville", "--of", "districts", "--json", *DAY).json
    contacts = {(p["item"], p["other"]): p["contact"] for p in report["pairs"]}
    assert contacts["ne", "nw"] == contacts["se", "sw"] == "border"
    assert contacts["ne", "sw"] == contacts["nw", "se"] == "point"


# Exit codes


def test_notes_do_not_fail_unless_asked(parkmap):
    assert parkmap("check", "testville", *DAY).code == 0
    assert parkmap("check", "testville", *DAY, "--fail-on", "warning").code == 0
    assert parkmap("check", "testville", *DAY, "--fail-on", "note").code == 1


def test_a_warning_fails_when_asked(parkmap, testville):
    """A supply of 5 000 does not reach the floor of 10 000."""
    testville.replace(testville.scenario, "m2: 100000", "m2: 3000")
    testville.replace(testville.scenario, "m2: 20001", "m2: 2000")
    ran = parkmap("check", "testville", *DAY, "--json")
    assert ran.code == 0
    (warning,) = [f for f in ran.json["findings"] if f["severity"] == "warning"]
    assert warning["code"] == "quota.infeasible"
    assert warning["text_en"] != warning["text_zh"]
    assert parkmap("check", "testville", *DAY, "--fail-on", "warning").code == 1


def test_unusable_input_is_exit_two_with_every_finding(parkmap, testville):
    testville.replace(testville.plan, "    part_of: core", "    part_of: nowhere")
    testville.replace(testville.scenario, "  - item: corner-park", "  - item: nowhere")
    ran = parkmap("check", "testville", *DAY, "--json")
    assert ran.code == 2
    assert sorted(f["file"] for f in ran.json["findings"]) == [testville.plan, testville.scenario]
    for command in ("show", "coverage", "adjacency", "quota"):
        ran = parkmap(command, "testville", *DAY, "--lang", "en")
        assert (ran.code, ran.stdout) == (2, b"")
        assert testville.plan in ran.err
        assert testville.scenario in ran.err
        assert "Traceback" not in ran.err


def test_unmet_claims_fail_only_when_asked(parkmap, testville):
    assert parkmap("quota", "testville", *DAY).code == 0
    assert parkmap("quota", "testville", *DAY, "--fail-on-unmet").code == 1
    testville.replace(testville.scenario, "m2: 100000", "m2: 1000000")
    testville.replace(testville.scenario, "      m2: 70000", "      m2: 80000")
    assert parkmap("quota", "testville", *DAY, "--fail-on-unmet").code == 0


def test_a_plan_without_a_scenario_has_no_quota(parkmap, testville):
    shutil.rmtree(testville.root / "config/scenarios")
    ran = parkmap("quota", "testville", *DAY, "--lang", "en")
    assert (ran.code, ran.stdout) == (2, b"")
    assert "config/scenarios/testville/base.yaml" in ran.err
    assert parkmap("show", "testville", *DAY).code == 0


def test_an_unknown_scenario_tells_the_known_ones(parkmap):
    ran = parkmap("quota", "testville", "--scenario", "bose", *DAY, "--lang", "en")
    assert (ran.code, ran.stdout) == (2, b"")
    assert "bose" in ran.err
    assert "base" in ran.err


@pytest.mark.parametrize("command", ["show", "coverage", "adjacency", "quota", "check"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unknown_plan_is_one_sentence_with_the_nearest_name(parkmap, command, lang):
    ran = parkmap(command, "testvile", "--lang", lang)
    assert ran.code == 2
    said = ran.out + ran.err
    assert "testvile" in said
    assert "testville" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("build",),
        ("show",),
        ("map", "testville"),
        ("export", "testville"),
        ("show", "testville", "--as-of", "yesterday"),
        ("show", "testville", "--lang", "fr"),
        ("shaw", "testville"),
        ("quota", "testville", "--nonsense"),
        ("check", "testville", "--sources", "no-such-folder"),
    ],
)
def test_wrong_usage_is_exit_two_and_no_data(parkmap, words):
    ran = parkmap(*words)
    assert (ran.code, ran.stdout) == (2, b"")
    assert ran.err
    assert "Traceback" not in ran.err


def test_every_plan_at_once(parkmap):
    ran = parkmap("check", "--all", *DAY, "--json")
    assert ran.code == 0
    assert {f["plan"] for f in ran.json["findings"]} >= {"testville", "guangzhou-health-2017"}
    assert {f["severity"] for f in ran.json["findings"]} == {"note"}


def test_a_broken_plan_does_not_hide_the_findings_of_others(parkmap, testville):
    testville.replace(testville.plan, "    part_of: core", "    part_of: nowhere")
    ran = parkmap("check", "testville", "shenzhen-beauty-valley", *DAY, "--json")
    assert ran.code == 2
    assert {f["plan"] for f in ran.json["findings"]} == {"testville", "shenzhen-beauty-valley"}


def test_sources_prove_the_citations(parkmap, testville):
    assert parkmap("check", "testville", "--sources", "sources", *DAY).code == 0
    testville.replace(testville.plan, "zh: 西南角点", "zh: 西北角点")
    ran = parkmap("check", "testville", "--sources", "sources", *DAY, "--json")
    assert ran.code == 1
    (error,) = [f for f in ran.json["findings"] if f["severity"] == "error"]
    assert error["code"] == "cite.not_in_clause"
    assert "西北角点" in error["text_zh"]
    assert "西南角点" in error["advice_zh"]


def test_findings_count_on_stderr(parkmap):
    ran = parkmap("check", "testville", *DAY, "--lang", "en")
    assert re.search(r"0 error\(s\), 0 warning\(s\), 2 note\(s\)", ran.err)


# Own folder, day, language


def test_the_project_folder_may_be_named(parkmap, testville, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert parkmap("show", "testville", *DAY).code == 2
    assert parkmap("show", "testville", "--project", testville.root, *DAY).code == 0


def test_a_project_folder_that_does_not_exist_is_an_error(parkmap, tmp_path):
    """Otherwise a typing error would silently show the shipped plans only."""
    assert parkmap("plans", "--project", tmp_path / "tpyo").code == 2


@pytest.mark.parametrize(
    ("day", "state"),
    [("2024-02-28", "not_yet"), ("2024-02-29", "in_force"), ("2026-12-31", "in_force"), ("2027-01-01", "expired")],
)
def test_the_day_decides_the_validity(parkmap, day, state):
    ran = parkmap("show", "testville", "--as-of", day, "--json")
    assert (ran.json["as_of"], ran.json["validity"]) == (day, state)


@pytest.mark.parametrize(
    ("variable", "option", "chinese"),
    [
        ("en", (), False),
        ("zh", (), True),
        ("en_GB.UTF-8", (), False),
        ("zh_CN", (), True),
        ("en", ("--lang", "zh"), True),
        ("zh", ("--lang=en",), False),
    ],
)
def test_the_language_from_the_environment(parkmap, monkeypatch, variable, option, chinese):
    monkeypatch.setenv("PARKMAP_LANG", variable)
    ran = parkmap("plans", *option)
    assert ("试城未来产业行动计划" in ran.out) is chinese
    wrong = parkmap("show", "testvile", *option)  # errors speak the same language
    assert bool(re.search(r"[一-鿿]", wrong.err)) is chinese


def test_a_plan_that_cannot_be_read_does_not_hide_the_others(parkmap, testville):
    testville.replace(testville.plan, "city: testville", "city: [")
    ran = parkmap("plans", "--lang", "en")
    assert ran.code == 2
    assert "shenzhen-big-health-2022" in ran.out
    assert "config/plans/testville.yaml" in ran.err
    ran = parkmap("plans", "--json")
    assert ran.code == 2
    assert "testville" not in {plan["id"] for plan in ran.json["plans"]}
    assert [(f["plan"], f["code"]) for f in ran.json["findings"]] == [("testville", "file.not_yaml")]


@pytest.mark.parametrize("command", ["check", "build"])
def test_all_plans_and_a_named_one_is_a_wrong_call(parkmap, command, tmp_path):
    more = ("-o", tmp_path / "maps") if command == "build" else ()
    assert parkmap(command, "testville", "--all", *more).code == 2
    assert not (tmp_path / "maps").exists()


# Files


def test_a_map_is_written_and_not_overwritten(parkmap, tmp_path):
    target = tmp_path / "out" / "map.html"
    ran = parkmap("map", "testville", "-o", target, *DAY)
    assert (ran.code, ran.stdout) == (0, b"")
    assert str(target) in ran.err
    first = target.read_bytes()
    assert first.lstrip().lower().startswith(b"<!doctype html>")
    target.write_bytes(b"mine")
    ran = parkmap("map", "testville", "-o", target, *DAY, "--lang", "en")
    assert ran.code == 2
    assert str(target) in ran.err
    assert "--overwrite" in ran.err
    assert target.read_bytes() == b"mine"
    assert parkmap("map", "testville", "-o", target, *DAY, "--overwrite").code == 0
    assert target.read_bytes() == first


def test_a_map_asks_for_nothing_from_the_network(parkmap, tmp_path):
    target = tmp_path / "map.html"
    parkmap("map", "testville", "-o", target, *DAY)
    page = target.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=[\"']?(https?:)?//", page)
    for name in ("试城核心区", "界河产业园", "惠民诊所", "文中只写“等”，未逐一列出。"):
        assert name in page


def test_a_map_in_a_place_that_cannot_be_written(parkmap, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ran = parkmap("map", "testville", "-o", tmp_path / "file" / "map.html", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_an_export_is_a_folder_of_geojson(parkmap, tmp_path):
    ran = parkmap("export", "testville", "-o", tmp_path / "gis", *DAY)
    assert (ran.code, ran.stdout) == (0, b"")
    names = {path.name for path in (tmp_path / "gis").iterdir()}
    assert {"districts.geojson", "components.geojson", "parks.geojson"} <= names
    parks = json.loads((tmp_path / "gis" / "parks.geojson").read_text(encoding="utf-8"))
    border = next(f for f in parks["features"] if f["id"] == "border-park")
    assert border["properties"]["quota_land_allocated_m2"] == 30001
    components = json.loads((tmp_path / "gis" / "components.geojson").read_text(encoding="utf-8"))
    other = next(f for f in components["features"] if f["id"] == "other-nodes")
    assert (other["geometry"], other["properties"]["determinacy"]) == (None, "undetermined")
    assert other["properties"]["undetermined_zh"] == "文中只写“等”，未逐一列出。"


def test_a_build_replaces_its_own_result_and_nothing_else(parkmap, testville):
    assert parkmap("build", "testville", *DAY).code == 0
    folder = testville.root / "maps" / "testville"
    written = {p.name for p in folder.iterdir()}
    assert {"map.html", "manifest.json", "quota.csv", "quota.json", "show.json", "check.json"} <= written
    assert {"components.csv", "parks.csv", "projects.csv", "targets.csv", "rules.csv", "findings.csv"} <= written
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert parkmap("build", "testville", *DAY).code == 0
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first
    (folder / "quota.csv").write_text("changed by hand", encoding="utf-8")
    ran = parkmap("build", "testville", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "quota.csv" in ran.err
    assert (folder / "quota.csv").read_text(encoding="utf-8") == "changed by hand"
    assert parkmap("build", "testville", *DAY, "--overwrite").code == 0
    assert (folder / "quota.csv").read_bytes() == first["quota.csv"]


def test_a_build_in_english_differs_only_in_words(parkmap, testville):
    parkmap("build", "testville", *DAY, "-o", "zh", "--lang", "zh")
    parkmap("build", "testville", *DAY, "-o", "en", "--lang", "en")
    one, two = (
        {p.name: p.read_bytes() for p in (testville.root / lang / "testville").iterdir()} for lang in ("zh", "en")
    )
    same = {name for name in one if one[name] == two[name]}
    assert {name for name in one if name.endswith((".json", ".geojson"))} - {"manifest.json"} <= same
    assert "quota.csv" not in same


def test_a_review_number_stands_on_the_map_and_in_the_manifest(parkmap, testville):
    parkmap("build", "testville", *DAY, "--review-number", "粤S(2025)099号")
    folder = testville.root / "maps" / "testville"
    assert "粤S(2025)099号" in (folder / "map.html").read_text(encoding="utf-8")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["review_number"] == "粤S(2025)099号"


def test_a_build_of_an_unknown_plan_writes_nothing(parkmap, testville):
    assert parkmap("build", "testvile", *DAY).code == 2
    assert not (testville.root / "maps").exists()


def test_an_own_style_without_a_role_in_use_is_an_error_and_no_traceback(parkmap, testville, tmp_path):
    (testville.root / "config/style.yaml").write_text("roles: {}\ndeterminacy: {}\n", encoding="utf-8")
    ran = parkmap("map", "testville", "-o", tmp_path / "map.html", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "style.yaml" in ran.err
    assert not (tmp_path / "map.html").exists()


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(parkmap, command):
    ran = parkmap(command, "--help")
    assert ran.code == 0
    assert "Usage: parkmap" in ran.out
    assert re.search(r"[一-鿿]", ran.out)
    assert "--lang" in ran.out or "COMMAND [ARGS]" in ran.out


def test_help_lists_every_command_and_the_exit_codes(parkmap):
    ran = parkmap("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command}\b", ran.out, flags=re.MULTILINE)
    assert re.search(r"0 .*1 .*2 ", ran.out, flags=re.DOTALL)


def test_the_version(parkmap):
    ran = parkmap("--version")
    assert ran.code == 0
    assert re.search(r"parkmap.* \d+\.\d+\.\d+", ran.out)
