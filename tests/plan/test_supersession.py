"""Periods: documents that replace others, rules with days of their own, and periods that contradict each other."""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.errors import InvalidInputError
from parkmap.plan.gaps import gap_findings
from parkmap.plan.validity import rule_status, status_in

PLAN, POLICY = "config/plans/testville.yaml", "config/policies/testville-land.yaml"
DOCUMENTS = "config/documents.yaml"

LATER = """
testville-2025:
  title: {zh: 试城未来产业行动计划（修订）, en: "Testville Action Plan, revised"}
  text_file: testville-2025.txt
  issued: 2025-09-01
  supersedes:
    - {document: testville-2024, source: {document: testville-2025, clause: 一}}
"""


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-02-28", "not_yet"),
        ("2024-02-29", "in_force"),
        ("2025-08-31", "in_force"),
        ("2025-09-01", "superseded"),
        ("2026-12-31", "superseded"),
        ("2027-01-01", "expired"),
    ],
)
def test_a_document_is_superseded_from_the_day_of_the_later_one(testville, on, expected):
    testville.append(DOCUMENTS, LATER)
    assert status_in(testville.load().documents, "testville-2024", day(on)) == expected


def test_a_later_document_without_a_day_replaces_nothing_yet(testville):
    testville.append(DOCUMENTS, LATER.replace("  issued: 2025-09-01\n", ""))
    assert status_in(testville.load().documents, "testville-2024", day("2026-01-01")) == "in_force"


def test_that_a_plan_is_superseded_is_told_and_stamped(testville):
    testville.append(DOCUMENTS, LATER)
    results = testville.analyse(as_of=day("2025-10-01"))
    assert results.validity == "superseded"
    (told,) = [f for f in results.findings if f.code == "validity.superseded"]
    assert "2025-09-01" in told.text("zh")
    assert "修订" in told.text("zh")


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        (LATER.replace("document: testville-2024", "document: testville-24"), "link.broken", "document"),
        (LATER.replace("issued: 2025-09-01", "issued: 2023-09-01"), "period.order", "document"),
        (LATER.replace("document: testville-2024,", "document: testville-2025,"), "period.cycle", "document"),
    ],
)
def test_documents_that_cannot_replace_each_other(testville, text, code, key):
    testville.append(DOCUMENTS, text)
    (found,) = testville.problems()
    assert (found.code, found.file) == (code, DOCUMENTS)
    assert found.key == f"testville-2025.supersedes[0].{key}"
    assert found.line == testville.line(DOCUMENTS, "    - {document: testville-2")


def test_two_documents_that_replace_each_other_are_both_told(testville):
    testville.append(DOCUMENTS, LATER)
    testville.replace(
        DOCUMENTS,
        "  expires_basis: title\n",
        "  expires_basis: title\n  supersedes:\n"
        "    - {document: testville-2025, source: {document: testville-2024, clause: 前言}}\n",
    )
    found = testville.problems()
    assert sorted(f.code for f in found) == ["period.cycle", "period.cycle", "period.order"]


CITED = "    {written: 《试城未来产业行动计划（2024－2026年）》, document: testville-2024,"


@pytest.mark.parametrize(
    ("cites", "day_given", "expected"),
    [
        (CITED, "2024-02-28", "2024-02-29"),  # the day of issue of a registered text
        (CITED.replace(" document: testville-2024,", ""), "2024-02-29", "2024-01-01, 2026-01-01"),
        ("    {written: 试府〔2023〕7号,", "2024-01-01", "2023-01-01"),  # a number gives its year only
    ],
)
def test_an_earliest_day_follows_from_what_is_cited(testville, cites, day_given, expected):
    testville.replace(DOCUMENTS, CITED, cites)
    testville.replace(DOCUMENTS, "  not_before: 2024-02-29", f"  not_before: {day_given}")
    (found,) = testville.problems()
    assert (found.code, found.file, found.key) == ("period.not_before", DOCUMENTS, "testville-measures.not_before")
    assert all(text in found.text("en") for text in (day_given, expected))


def test_the_year_of_a_number_is_its_first_day(testville):
    testville.replace(DOCUMENTS, CITED, "    {written: 试府〔2023〕7号,")
    testville.replace(DOCUMENTS, "  not_before: 2024-02-29", "  not_before: 2023-01-01")
    assert status_in(testville.load().documents, "testville-measures", day("2022-12-31")) == "not_yet"
    assert status_in(testville.load().documents, "testville-measures", day("2023-01-01")) == "open"


def test_an_earliest_day_that_rests_on_nothing(testville):
    text = (testville.root / DOCUMENTS).read_text(encoding="utf-8")
    testville.replace(DOCUMENTS, text[text.index("  not_before_cites") :], "")
    (found,) = testville.problems()
    assert (found.code, found.key) == ("period.no_basis", "testville-measures.not_before")


def test_an_earliest_day_by_a_text_that_nobody_registered(testville):
    testville.replace(DOCUMENTS, CITED, CITED.replace("testville-2024", "testville-2042"))
    (found,) = testville.problems()
    assert (found.code, found.key) == ("link.broken", "testville-measures.not_before_cites.document")
    assert dict(found.values)["near"] == "testville-2024"


def test_every_fault_of_every_period_is_told_at_once(testville):
    """One run: a plan that replaces itself, an earliest day that does not follow, a rule whose days are reversed."""
    testville.append(DOCUMENTS, LATER.replace("document: testville-2024,", "document: testville-2025,"))
    testville.replace(DOCUMENTS, "  not_before: 2024-02-29", "  not_before: 2024-03-29")
    with pytest.raises(InvalidInputError) as caught:
        with_period(testville, "2025-12-31", "2025-01-01")
    assert {(f.code, f.file) for f in caught.value.findings} == {
        ("period.cycle", DOCUMENTS),
        ("period.not_before", DOCUMENTS),
        ("schema.rule", POLICY),
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  issued: 2024-02-29\n  expires: 2026-12-31", "  issued: 2024-02-29\n  expires: 2023-12-31"),
        (
            "  not_before: 2024-02-29\n  term_years: 5",
            "  not_before: 2024-02-29\n  expires: 2023-01-01\n  expires_basis: stated",
        ),
    ],
)
def test_a_document_that_ends_before_it_begins(testville, old, new):
    testville.replace(DOCUMENTS, old, new)
    found = [f for f in testville.problems() if f.code == "schema.rule"]
    assert [f.file for f in found] == [DOCUMENTS]
    assert "'expires'" in found[0].text("en")


def test_a_stated_day_and_a_term_that_do_not_agree_are_told(testville):
    testville.replace(DOCUMENTS, "  expires_basis: title\n", "  expires_basis: title\n  term_years: 2\n")
    (told,) = [f for f in gap_findings(testville.load(), day("2025-06-01")) if f.code == "period.two_ends"]
    assert told.severity == "warning"
    assert "2026-12-31" in told.text("en")
    assert "2026-02-28" in told.text("en")  # the day before 1 March, the second anniversary of 29 February 2024


# Rules


def with_period(project, first, last):
    project.replace(
        POLICY,
        "    pools: [increment, stock]\n",
        f"    pools: [increment, stock]\n    period: {{first: {first}, last: {last}}}\n",
    )
    return project.load().policies["testville-land"].rules[0]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-12-31", "not_yet"), ("2025-01-01", "in_force"), ("2025-12-31", "in_force"), ("2026-01-01", "expired"),
    ],
)  # fmt: skip
def test_a_rule_applies_in_its_own_days(testville, on, expected):
    rule = with_period(testville, "2025-01-01", "2025-12-31")
    assert rule_status(rule, "in_force", day(on)) == expected


@pytest.mark.parametrize("state", ["expired", "superseded", "not_yet"])
def test_a_rule_never_outlives_its_document(testville, state):
    assert rule_status(with_period(testville, "2025-01-01", "2025-12-31"), state, day("2025-06-01")) == state


def test_a_rule_of_an_open_document_is_open_in_its_days(testville):
    assert rule_status(with_period(testville, "2025-01-01", "null"), "open", day("2025-06-01")) == "open"


def test_a_rule_that_does_not_apply_on_the_day_is_told(testville):
    with_period(testville, "2025-01-01", "2025-12-31")
    told = [f for f in gap_findings(testville.load(), day("2026-06-01")) if f.code == "validity.rule"]
    assert [f.key for f in told] == ["testville-land.land-order"]
    assert not [f for f in gap_findings(testville.load(), day("2025-06-01")) if f.code == "validity.rule"]


def test_days_of_a_rule_before_its_document_are_told(testville):
    with_period(testville, "2023-01-01", "2025-12-31")  # the measures cannot be earlier than 29 February 2024
    (told,) = [f for f in gap_findings(testville.load(), day("2025-06-01")) if f.code == "period.outside"]
    assert told.severity == "warning"
    assert "2024-02-29" in told.text("zh")


def test_days_of_a_rule_in_the_wrong_order_are_an_error(testville):
    with pytest.raises(InvalidInputError) as caught:
        with_period(testville, "2025-12-31", "2025-01-01")
    assert [(f.code, f.file, f.key) for f in caught.value.findings] == [("schema.rule", POLICY, "rules[0].period")]
