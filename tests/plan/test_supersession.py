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
