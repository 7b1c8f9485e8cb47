"""What the page that compares is made of: names of sides, ids, list of differences, quota of either side.

Known by hand from the project testville: under the other reading its belt is left out; its scenario has two years.
"""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.questions.base import Workspace
from parkmap.questions.compare import QUESTION, CompareRequest

AS_OF = dt.date(2025, 6, 1)
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
def pages(testville):
    """A function from two references and two years to the page and the answer."""
    testville.append(testville.plan, READINGS)

    def made(before="testville", after="testville@without-belt", years=(None, None)):
        workspace = Workspace(catalog=testville.catalog, as_of=AS_OF)
        request = CompareRequest(year_a=years[0], year_b=years[1])
        answer = QUESTION.answer(workspace, (before, after), request)
        return answer.page(answer), answer

    return made


def test_sides_are_named_by_what_differs(pages):
    page, _ = pages()
    assert [side["en"] for side in page.sides] == ["Readings in use", "It does not"]
    page, _ = pages(after="testville", years=(2025, 2026))
    assert [side["zh"] for side in page.sides] == ["2025", "2026"]


def test_every_id_says_its_side_and_what_is_shared_has_none(pages):
    page, _ = pages()
    for group in page.groups:
        prefix = {None: "", 0: "a-", 1: "b-"}[group.side]
        assert group.id.startswith(prefix)
        assert all(feature.id.startswith(prefix) for feature in group.features)
    ids = {feature.id for group in page.groups for feature in group.features}
    assert "a-belt" in ids
    assert "b-belt" not in ids


def test_the_first_side_stands_first_in_the_layer_tree(pages):
    """The tree lists the uppermost group first."""
    page, _ = pages()
    assert [group.side for group in page.groups if group.side is not None][-1] == 0


def test_what_is_dropped_leads_to_the_side_that_has_it(pages):
    page, _ = pages()
    dropped = [one for one in page.differences if one.heading["en"] == "Dropped"]
    assert [one.target for one in dropped] == ["a-belt"]


def test_coverage_that_differs_is_told_in_per_cent_and_hectares(pages):
    page, answer = pages()
    told = [one for one in page.differences if one.heading["en"] == "Coverage that differs"]
    changed = answer.as_document()["changes"]["coverage"]
    assert [one.target for one in told] == [change["district"] for change in changed]
    for one, change in zip(told, changed, strict=True):
        hectares = (change["after_best_m2"] - change["before_best_m2"]) / 10_000
        shares = [f"{change[f'{when}_share'] * 100:.2f} %" for when in ("before", "after")]
        assert one.notes[0]["en"] == f"{shares[0]} → {shares[1]} ({hectares:+,.1f} ha)"


def test_two_equal_sides_have_no_differences(pages):
    page, _ = pages(after="testville")
    assert page.differences == ()


def test_years_show_the_quota_of_each_side(pages):
    page, answer = pages(after="testville", years=(2025, 2026))
    quota = {group.side: group for group in page.groups if group.id.endswith("quota")}
    assert all(group.shown for group in quota.values())
    assert ["2025" in quota[0].title["zh"], "2026" in quota[1].title["zh"]] == [True, True]
    for feature in (*quota[0].features, *quota[1].features):
        assert feature.amount is None or 0 <= feature.amount <= 100
    assert answer.as_document()["changes"]["coverage"] == []
    assert {one.heading["en"] for one in page.differences} == {"Quota that differs"}


def test_where_something_else_differs_the_quota_is_off_at_first(pages):
    page, _ = pages()
    assert not any(group.shown for group in page.groups if group.id.endswith("quota"))
