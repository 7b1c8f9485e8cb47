"""Commands about what the text says: check --sources, show --item, conflicts, compare, and --reading on any command."""

from __future__ import annotations

import csv

import jsonschema
import pytest

from parkmap.facts.document import schema
from parkmap.questions import compare, conflicts

PLAN = "config/plans/testville.yaml"
DAY = ("--as-of", "2025-06-01")
READINGS = """
conflicts:
  - id: one-or-no-belt
    topic: {zh: 带算不算, en: Whether the belt counts}
    says:
      - {written: 一核一带, source: {document: testville-2024, clause: 二/(一)}}
    readings:
      - {id: with-belt, name: {zh: 算, en: It counts}}
      - {id: without-belt, name: {zh: 不算, en: It does not}, edits: {leave_out: [belt]}}
    in_use: with-belt
"""


@pytest.fixture
def read(testville, parkmap):
    """The command line in a project whose text can be read in two ways."""
    testville.append(PLAN, READINGS)
    return parkmap


# check --sources


def test_a_plan_that_says_what_its_text_says_passes(testville, parkmap):
    ran = parkmap("check", "testville", *DAY, "--sources", testville.sources)
    assert ran.code == 0


def test_one_altered_digit_is_exit_code_one_with_place_and_nearest(testville, parkmap):
    line = testville.replace(PLAN, "    value: 500\n", "    value: 510\n") - 1
    ran = parkmap("check", "testville", *DAY, "--sources", testville.sources, "--json")
    assert ran.code == 1
    (found,) = [f for f in ran.json["findings"] if f["severity"] == "error"]
    assert (found["file"], found["key"]) == (PLAN, "targets.output")
    assert abs(found["line"] - line) < 10
    assert "500亿元" in found["advice_zh"]


def test_clauses_are_registered_and_then_watched(testville, parkmap):
    ran = parkmap("check", "testville", *DAY, "--sources", testville.sources, "--register", "--lang", "en")
    assert ran.code == 0
    assert "clauses.yaml" in ran.err
    testville.replace("sources/testville-2024.txt", "其中设试城孵化园", "另设试城孵化园")
    again = parkmap("check", "testville", *DAY, "--sources", testville.sources, "--json")
    assert again.code == 1
    assert {f["code"] for f in again.json["findings"]} >= {"cite.text_changed", "cite.clause_changed"}


def test_registering_needs_the_texts(parkmap):
    assert parkmap("check", "testville", "--register").code == 2


# show --item


def test_the_chain_of_an_item(testville, parkmap):
    report = parkmap("show", "testville", *DAY, "--item", "corner-park", "--sources", testville.sources, "--json").json
    (chain,) = report["chains"]
    assert chain["section"] == "parks"
    (clause,) = chain["clauses"]
    assert (clause["document"], clause["clause"]) == ("testville-2024", "二/(二)")
    assert clause["proved"] == ["东南产业园"]
    assert clause["quotes"] == ["(二)重点园区。", "建设界河产业园和东南产业园。"][1:]
    (document,) = chain["documents"]
    assert (document["issued"], document["last_day"], document["validity"]) == ("2024-02-29", "2026-12-31", "in_force")
    geometry = chain["geometry"]
    assert (geometry["method"], geometry["determinacy"], geometry["accuracy_m"]) == ("area_disc", "indicative", 200)
    assert geometry["area_published_ha"] == 100
    assert [(c["year"], c["claim_m2"], c["basis"]) for c in chain["claims"]] == [(2025, 40000, "assumption")]


@pytest.mark.parametrize(
    ("item", "section"),
    [
        ("core", "components"),
        ("laboratory", "projects"),
        ("health-food", "industries"),
        ("nw-position", "positions"),
        ("output", "targets"),
        ("core-grant", "rules"),
        ("stock", "pools"),
    ],
)
def test_anything_with_an_id_has_a_chain(parkmap, item, section):
    (chain,) = parkmap("show", "testville", *DAY, "--item", item, "--json").json["chains"]
    assert chain["section"] == section
    assert chain["clauses"] or section == "pools"


def test_an_undetermined_item_says_why_instead_of_where(parkmap):
    (chain,) = parkmap("show", "testville", *DAY, "--item", "other-nodes", "--json").json["chains"]
    assert chain["geometry"] is None
    assert "未逐一列出" in chain["undetermined_zh"]
    assert chain["conflicts"] == ["unlisted-node"]


def test_a_number_that_the_text_does_not_hold_is_missing_in_the_chain(testville, parkmap):
    testville.replace(PLAN, "    value: 12\n", "    value: 13\n")
    (chain,) = parkmap("show", "testville", "--item", "firms", "--sources", testville.sources, "--json").json["chains"]
    assert chain["clauses"][0]["missing"] == ["13家"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_chain_as_a_table(testville, parkmap, lang):
    ran = parkmap("show", "testville", *DAY, "--item", "core", "--sources", testville.sources, "--lang", lang)
    assert ran.code == 0
    assert "testville-2024 二/(一)" in ran.out


def test_an_unknown_item_offers_the_nearest(parkmap):
    ran = parkmap("show", "testville", "--item", "corner-prk", "--lang", "en")
    assert ran.code == 2
    assert "corner-park" in ran.err


def test_growth_and_checks_of_targets_are_shown(testville, parkmap):
    testville.replace(
        PLAN,
        "    comparator: exact\n    value: 12\n",
        "    comparator: at_least\n    value: 3\n    measured_by: count_of_components\n",
    )
    targets = {t["id"]: t for t in parkmap("show", "testville", *DAY, "--json").json["targets"]}
    assert targets["output"]["growth_percent_low"] == pytest.approx(60.68, abs=0.01)  # cube root of 500 / 120.5
    assert (targets["output"]["checked_by"], targets["output"]["measured"]) == ("statistics", None)
    firms = targets["firms"]
    assert (firms["checked_by"], firms["measured"], firms["met"]) == ("parkmap", 3, True)


# conflicts and readings


def test_the_register_with_effects(read):
    report = read("conflicts", "testville", *DAY, "--json").json
    jsonschema.validate(report, schema("conflicts", conflicts.DOCUMENT.tables))
    entry = {c["id"]: c for c in report["conflicts"]}["one-or-no-belt"]
    effects = {r["id"]: r["changes"] for r in entry["readings"]}
    assert effects["with-belt"] is None
    changes = effects["without-belt"]
    assert {c["district"] for c in changes["coverage"]} == {"nw", "sw"}
    assert all(c["after_best_m2"] < c["before_best_m2"] for c in changes["coverage"])
    assert [(r["role"], r["before_listed"], r["after_listed"]) for r in changes["roles"]] == [("belt", 1, 0)]
    assert changes["quota"] == []  # the belt claims nothing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_register_as_a_table(read, lang):
    ran = read("conflicts", "testville", *DAY, "--lang", lang)
    assert ran.code == 0
    assert "without-belt" in ran.out
    assert "二/(一)" in ran.out


def test_the_register_as_files(read, tmp_path):
    ran = read("conflicts", "testville", *DAY, "--lang", "en", "-o", tmp_path / "out")
    assert ran.code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"conflicts.json", "conflicts.csv", "conflict-readings.csv", "changed-coverage.csv", "map.html"} <= names
    with (tmp_path / "out/changed-coverage.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = read("conflicts", "testville", *DAY, "--json").json["conflicts"]
    changes = [r["changes"]["coverage"] for c in told for r in c["readings"] if r["changes"]]
    assert [float(row["before, best (ha)"]) * 10_000 for row in rows] == pytest.approx(
        [c["before_best_m2"] for found in changes for c in found], abs=1
    )


@pytest.mark.parametrize("command", ["show", "coverage", "adjacency", "quota", "conflicts"])
def test_any_command_runs_under_another_reading(read, command):
    plain = read(command, "testville", *DAY, "--json").json
    other = read(command, "testville", *DAY, "--reading", "without-belt", "--json").json
    assert plain["readings"] == []
    assert [r["id"] for r in other["readings"]] == ["without-belt"]
    assert read(command, "testville@without-belt", *DAY, "--json").json == other


def test_effects_are_told_from_the_reading_that_is_asked_for(read):
    report = read("conflicts", "testville@without-belt", *DAY, "--json").json
    entry = {c["id"]: c for c in report["conflicts"]}["one-or-no-belt"]
    readings = {r["id"]: r for r in entry["readings"]}
    assert readings["without-belt"]["in_use"]
    (belt,) = readings["with-belt"]["changes"]["roles"]
    assert (belt["before_listed"], belt["after_listed"]) == (0, 1)


def test_tables_say_under_which_reading_they_stand(read):
    assert "It does not" in read("coverage", "testville", *DAY, "--reading", "without-belt", "--lang", "en").out


def test_an_unknown_reading_is_invalid_input(read):
    ran = read("coverage", "testville", "--reading", "without-bel", "--lang", "en")
    assert ran.code == 2
    assert "without-belt" in ran.err


def test_a_reading_without_a_plan_is_a_usage_error(read):
    assert read("check", "--all", "--reading", "without-belt").code == 2


# compare


def test_two_readings_side_by_side(read):
    report = read("compare", "testville", "testville@without-belt", *DAY, "--json").json
    jsonschema.validate(report, schema("compare", compare.DOCUMENT.tables))
    assert [i["id"] for i in report["items"] if i["fate"] == "dropped"] == ["belt"]
    assert report["before"]["readings"] == []
    assert [r["id"] for r in report["after"]["readings"]] == ["without-belt"]
    gone = sum(c["area_m2"] for c in report["transfer"] if "belt" in c["before"] and not c["after"])
    coverage = report["changes"]["coverage"]
    assert gone == pytest.approx(sum(c["before_best_m2"] - c["after_best_m2"] for c in coverage), rel=1e-6)


def test_a_target_keeps_the_word_that_qualifies_it(testville, parkmap):
    testville.replace(testville.plan, "    comparator: exact\n    value: 500", "    comparator: over\n    value: 500")
    (target, _) = parkmap("compare", "testville", *DAY, "--json").json["targets"]
    assert (target["before_comparator"], target["after_value"]) == ("over", 500)
    assert "超过 500" in parkmap("compare", "testville", *DAY, "--lang", "zh").out


def test_two_scenarios_side_by_side(testville, parkmap):
    path = testville.root / "config/scenarios/testville/tight.yaml"
    base = (testville.root / "config/scenarios/testville/base.yaml").read_text(encoding="utf-8")
    path.write_text(base.replace("id: base", "id: tight").replace("m2: 100000", "m2: 50000"), encoding="utf-8")
    report = parkmap("compare", "testville", "testville", "--scenario-b", "tight", *DAY, "--json").json
    assert (report["before"]["scenario"], report["after"]["scenario"]) == ("base", "tight")
    assert all(item["fate"] == "kept" and not item["aspects"] for item in report["items"])
    assert report["changes"]["coverage"] == []
    lost = sum((q["before_m2"] or 0) - (q["after_m2"] or 0) for q in report["changes"]["quota"])
    assert lost == 50000


def test_the_second_plan_may_be_left_out(read):
    one = read("compare", "testville", "--reading", "without-belt", *DAY, "--json").json
    assert one == read("compare", "testville", "testville@without-belt", *DAY, "--json").json


def test_a_reading_is_of_the_second_plan_only(read):
    report = read("compare", "testville", "testville", "--reading", "without-belt", *DAY, "--json").json
    assert report["before"]["readings"] == []
    assert [r["id"] for r in report["after"]["readings"]] == ["without-belt"]


def test_two_years_side_by_side(parkmap):
    """By hand: each claim of 2026 against the same claim of 2025, and the other way round with the sign turned."""
    on = parkmap("compare", "testville", "--year-a", "2025", "--year-b", "2026", *DAY, "--json").json
    back = parkmap("compare", "testville", "--year-a", "2026", "--year-b", "2025", *DAY, "--json").json
    assert (on["before"]["year"], on["after"]["year"]) == (2025, 2026)
    changed = [(q["item"], q["commodity"], q["before_m2"], q["after_m2"]) for q in on["changes"]["quota"]]
    assert changed
    assert changed == [(q["item"], q["commodity"], q["after_m2"], q["before_m2"]) for q in back["changes"]["quota"]]
    assert {(q["before_year"], q["after_year"]) for q in on["changes"]["quota"]} == {(2025, 2026)}
    same = parkmap("compare", "testville", "--year-a", "2025", "--year-b", "2025", *DAY, "--json").json
    assert same["changes"]["quota"] == []


def test_a_year_that_the_scenario_lacks(parkmap):
    ran = parkmap("compare", "testville", "--year-a", "2025", "--year-b", "2031", *DAY, "--lang", "zh")
    assert ran.code == 2
    assert "2031" in ran.err
    assert "2025, 2026" in ran.err


def test_one_year_alone_is_invalid_input(parkmap):
    ran = parkmap("compare", "testville", "--year-a", "2025", *DAY, "--lang", "en")
    assert ran.code == 2
    assert "--year-b" in ran.err


def test_the_years_are_read_where_they_differ(testville, parkmap):
    """A claim of 2025 against one of 2026 says both years; one that is held against itself says one."""
    path = testville.root / "config/scenarios/testville/tight.yaml"
    base = (testville.root / "config/scenarios/testville/base.yaml").read_text(encoding="utf-8")
    path.write_text(base.replace("id: base", "id: tight").replace("m2: 100000", "m2: 50000"), encoding="utf-8")
    words = ("compare", "testville", *DAY, "--table", "changed-quota", "--lang", "en")
    assert "2025 → 2026" in parkmap(*words, "--year-a", "2025", "--year-b", "2026").out
    same = parkmap(*words, "--scenario-b", "tight").out
    assert "2025" in same
    assert "→" not in same


def test_the_page_is_written_once_and_the_same_twice(read, tmp_path):
    pages = [tmp_path / name for name in ("one.html", "two.html")]
    for page in pages:
        ran = read("compare", "testville", "testville@without-belt", *DAY, "--lang", "en", "-o", page)
        assert (ran.code, page.name in ran.err) == (0, True)
    assert pages[0].read_bytes() == pages[1].read_bytes()
    again = read("compare", "testville", "testville@without-belt", *DAY, "-o", pages[0])
    assert again.code == 2  # it is not replaced unasked


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_comparison_as_tables(read, lang):
    ran = read("compare", "testville", "testville@without-belt", *DAY, "--lang", lang)
    assert ran.code == 0
    assert {"zh": "面积转移矩阵", "en": "Area transfer matrix"}[lang] in ran.out


def test_plans_of_two_cities_are_not_compared(parkmap):
    ran = parkmap("compare", "testville", "shenzhen-beauty-valley", "--lang", "en")
    assert ran.code == 2
    assert "testville" in ran.err
