"""A plan is proved against its texts: a name, digit or clause that is not there is found."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from parkmap.plan.sources.citation_checks import citation_findings

PLAN, POLICY = "config/plans/testville.yaml", "config/policies/testville-land.yaml"
SCENARIO, DOCUMENTS = "config/scenarios/testville/base.yaml", "config/documents.yaml"
TEXT = "sources/testville-2024.txt"
SHIPPED = (
    "guangzhou-health-2017",
    "shenzhen-beauty-valley",
    "shenzhen-big-health-2022",
    "shenzhen-biopharma-2020",
    "shenzhen-life-health-2013",
)


def cited(project):
    found = citation_findings(project.load(), project.sources)
    for finding in found:
        assert finding.severity == "error"
        assert finding.text("zh") != finding.text("en")
        assert finding.advice("zh") != finding.advice("en")
    return found


def codes(project):
    return [f.code for f in cited(project)]


def test_the_tiny_plan_says_what_its_texts_say(testville):
    assert cited(testville) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "phrase", "near"),
    [
        (PLAN, "zh: 西南角点", "zh: 西北角点", "西北角点", "西南角点"),
        (PLAN, "aliases: [南北走廊]", "aliases: [南北长廊]", "南北长廊", "南北走廊"),
        (PLAN, "zh: 健康食品产业", "zh: 健康饮食产业", "健康饮食产业", "健康食品产业"),
        (PLAN, "support_units: [西北区政府]", "support_units: [东北区政府]", "东北区政府", "西北区政府"),
        (PLAN, "lead_units: [市发展改革委]", "lead_units: [市发展改造委]", "市发展改造委", "市发展改革委"),
        (PLAN, "zh: 研发引领区", "zh: 研发先导区", "研发先导区", "研发引领区"),
        (PLAN, "zh: 试城实验室", "zh: 试城实训室", "试城实训室", "试城实验室"),
        (POLICY, "place_names: [试城核心区]", "place_names: [试城中心区]", "试城中心区", "试城核心区"),
        (PLAN, "zh: 一核一带、多点支撑", "zh: 一核一带、多点支援", "一核一带、多点支援", "一核一带"),
    ],
)
def test_an_altered_name_is_caught_with_the_nearest_match(testville, name, old, new, phrase, near):
    testville.replace(name, old, new)
    (found,) = cited(testville)
    assert found.code == "cite.not_in_clause"
    assert phrase in found.text("en")
    assert near in found.advice("en")


@pytest.mark.parametrize(
    ("name", "key", "number"),
    [
        (PLAN, "    value: ", "500"),
        (PLAN, "      value: ", "120.5"),
        (PLAN, "    value: ", "12"),
        (PLAN, "      year: ", "2023"),
        (POLICY, "        rate_percent: ", "20"),
        (POLICY, "        cap_yuan: ", "15000000"),
        (POLICY, "        amount_yuan: ", "120000000"),
        (POLICY, "        years: ", "3"),
        (SCENARIO, "      m2: ", "2000"),
    ],
)
def test_every_digit_of_a_number_counts(testville, name, key, number):
    path = testville.root / name
    original = path.read_bytes()
    for position, digit in enumerate(number):
        if digit == ".":
            continue
        other = str((int(digit) + 1) % 10) if (int(digit) + 1) % 10 or position else "1"
        altered = number[:position] + (other if other != digit else "7") + number[position + 1 :]
        testville.replace(name, f"\n{key}{number}\n", f"\n{key}{altered}\n")
        assert codes(testville) == ["cite.not_in_clause"], altered
        path.write_bytes(original)


def test_a_target_year_counts(testville):
    testville.replace(PLAN, "      en: 100 million yuan\n    year: 2026", "      en: 100 million yuan\n    year: 2027")
    (found,) = cited(testville)
    assert "2027" in found.text("zh")


@pytest.mark.parametrize("value", [1234567, 123456.7, 1200000])
def test_a_large_number_is_looked_for_as_the_text_writes_it(testville, value):
    testville.replace(PLAN, "    value: 500\n", f"    value: {value}\n")
    testville.replace(TEXT, "达５００亿元", f"达{value}亿元")
    testville.replace(DOCUMENTS, checksum(testville, TEXT, before=True), checksum(testville, TEXT))
    assert cited(testville) == []


@pytest.mark.parametrize(
    ("yuan", "written"), [(5000, "5000元"), (15000, "1.5万元"), (150000000, "1.5亿元"), (12345678, "1234.5678万元")]
)
def test_a_sum_is_found_in_the_unit_of_the_text(testville, yuan, written):
    testville.replace(POLICY, "        cap_yuan: 15000000\n", f"        cap_yuan: {yuan}\n")
    measures = "sources/testville-measures.txt"
    testville.replace(measures, "最高不超过1500万元", f"最高不超过{written}")
    testville.replace(DOCUMENTS, checksum(testville, measures, before=True), checksum(testville, measures))
    assert cited(testville) == []


def checksum(project, name, *, before=False):
    """Return the registered checksum of a text, or that of its bytes."""
    import hashlib  # noqa: PLC0415

    if not before:
        return hashlib.sha256((project.root / name).read_bytes()).hexdigest()
    registry = (project.root / DOCUMENTS).read_text(encoding="utf-8")
    entry = registry[registry.index(f"text_file: {Path(name).name}") :]
    return re.search(r"sha256: (\w+)", entry)[1]


def test_a_digit_altered_in_the_text_is_caught_twice(testville):
    testville.replace(TEXT, "５００", "５０１")
    assert codes(testville) == ["cite.text_changed", "cite.not_in_clause"]


def test_a_text_with_another_checksum_is_told_even_where_nothing_cited_changed(testville):
    testville.append(TEXT, "\n附注。\n")
    (found,) = cited(testville)
    assert found.code == "cite.text_changed"
    assert found.key == "testville-2024"
    assert "testville-2024.txt" in found.file


def test_a_text_without_a_registered_checksum_is_accepted(testville):
    testville.replace(DOCUMENTS, f"  sha256: {checksum(testville, TEXT)}\n", "")
    assert cited(testville) == []


def test_a_missing_text_is_told_once(testville):
    (testville.root / TEXT).unlink()
    (found,) = cited(testville)
    assert (found.code, found.key) == ("cite.no_text", "testville-2024")


def test_a_clause_that_does_not_exist_is_told_with_its_path(testville):
    testville.replace(
        PLAN,
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(2)}",
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(3)}",
    )
    (found,) = cited(testville)
    assert found.code == "cite.no_clause"
    assert "clinic" in found.key
    assert "二/专栏1/(3)" in found.text("zh")


def test_a_name_in_another_clause_does_not_count(testville):
    testville.replace(
        PLAN,
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(2)}",
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(1)}",
    )
    (found,) = cited(testville)
    assert "惠民诊所" in found.text("zh")


def test_a_name_may_stand_in_any_of_several_clauses(testville):
    testville.replace(
        PLAN,
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(2)}",
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(1)}\n"
        "    also:\n      - {document: testville-2024, clause: 二/专栏1/(2)}",
    )
    assert cited(testville) == []


def test_the_clause_of_a_period_is_checked(testville):
    testville.replace(DOCUMENTS, "    clause: 前言", "    clause: 九")
    assert codes(testville) == ["cite.no_clause"]


def test_what_is_broken_in_three_ways_is_told_in_three_findings(testville):
    testville.replace(PLAN, "zh: 西南角点", "zh: 西北角点")
    testville.replace(POLICY, "rate_percent: 20", "rate_percent: 21")
    testville.replace(
        POLICY,
        "pools: [increment, stock]\n    source: {document: testville-measures, clause: 一/(一)}",
        "pools: [increment, stock]\n    source: {document: testville-measures, clause: 一/(九)}",
    )
    assert sorted(codes(testville)) == ["cite.no_clause", "cite.not_in_clause", "cite.not_in_clause"]


@pytest.mark.parametrize("plan_id", SHIPPED)
def test_the_shipped_plans_say_what_their_texts_say(shipped, plan_id):
    folder = os.environ.get("PARKMAP_SOURCES")
    if not folder:
        pytest.skip("PARKMAP_SOURCES does not name the folder with the texts of the five documents")
    found = citation_findings(shipped(plan_id).plan_set, Path(folder))
    assert [(f.code, f.place, f.text("en")) for f in found] == []


@pytest.mark.parametrize(
    "make", [lambda b: b.replace(b"\n", b"\r\n"), lambda b: b"\xef\xbb\xbf" + b], ids=["crlf", "mark"]
)
def test_line_ends_and_a_byte_order_mark_are_no_change_of_the_text(testville, make):
    path = testville.sources / "testville-2024.txt"
    path.write_bytes(make(path.read_bytes()))
    assert codes(testville) == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_text_that_is_not_utf8_is_one_finding(testville, encoding):
    path = testville.sources / "testville-2024.txt"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert codes(testville) == ["file.not_utf8"]
