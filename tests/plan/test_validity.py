"""In force or not: what the texts say, read by a person, against what parkmap says.

The texts, in short
- life-health-2013: issued 30 December 2013; its title ends in 2020.
- biopharma-2020: in force from publication to 31 December 2025; no date of publication in the text.
- big-health-2022: published 6 June 2022; its title ends in 2025.
- big-health-measures: five years from issue; no date of issue; it cites the plan of 6 June 2022.
- guangzhou-health-2017: no date of issue; its title ends in 2020.
"""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from parkmap.plan.schema import Document
from parkmap.plan.validity import Status, last_day, status

NAME = {"zh": "某规划", "en": "A plan"}


def document(**keys):
    if "expires" in keys:
        keys["expires_basis"] = "stated"
    return Document(title=NAME, text_file="a.txt", **keys)


def day(text):
    return dt.date.fromisoformat(text)


DATED = document(issued="2020-05-01", expires="2022-04-30")
TERM = document(issued="2020-05-01", term_years=2)
NO_ISSUE = document(expires="2022-04-30")
NO_END = document(issued="2020-05-01")
NOT_BEFORE = document(not_before="2020-05-01", term_years=2)
NOTHING = document()


@pytest.mark.parametrize(
    ("known", "on", "expected"),
    [
        (DATED, "2020-04-30", "not_yet"),
        (DATED, "2020-05-01", "in_force"),
        (DATED, "2022-04-30", "in_force"),
        (DATED, "2022-05-01", "expired"),
        (TERM, "2020-04-30", "not_yet"),
        (TERM, "2020-05-01", "in_force"),
        (TERM, "2022-04-30", "in_force"),
        (TERM, "2022-05-01", "expired"),
        (NO_ISSUE, "2022-04-30", "open"),
        (NO_ISSUE, "2022-05-01", "expired"),
        (NO_END, "2020-04-30", "not_yet"),
        (NO_END, "2020-05-01", "open"),
        (NO_END, "2099-01-01", "open"),
        (NOT_BEFORE, "2020-04-30", "not_yet"),
        (NOT_BEFORE, "2020-05-01", "open"),
        (NOT_BEFORE, "2099-01-01", "open"),
        (NOTHING, "2020-01-01", "open"),
    ],
)
def test_the_state_on_a_day(known, on, expected):
    assert status(known, day(on)) == expected


def test_all_states_occur_above_or_in_test_supersession():
    assert set(get_args(Status)) == {"not_yet", "in_force", "expired", "open", "superseded"}


@pytest.mark.parametrize(
    ("issued", "years", "expected"),
    [
        ("2023-01-01", 1, "2023-12-31"),
        ("2022-06-06", 5, "2027-06-05"),
        ("2023-03-01", 1, "2024-02-29"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-28"),
        ("2096-02-29", 4, "2100-02-28"),  # 2100 is no leap year
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(issued, years, expected):
    assert last_day(document(issued=issued, term_years=years)) == day(expected)


def test_a_stated_last_day_wins_over_a_term():
    assert last_day(document(issued="2020-01-01", term_years=1, expires="2020-06-30")) == day("2020-06-30")


@pytest.mark.parametrize("known", [NOTHING, NO_END, NOT_BEFORE])
def test_a_last_day_that_cannot_be_known_is_none(known):
    assert last_day(known) is None


DAYS = ("2013-12-29", "2014-01-01", "2021-01-01", "2022-06-05", "2025-12-31", "2026-01-01")
READ = {
    "shenzhen-life-health-2013": ("not_yet", "in_force", "expired", "expired", "expired", "expired"),
    "shenzhen-big-health-2022": ("not_yet", "not_yet", "not_yet", "not_yet", "in_force", "expired"),
    "shenzhen-big-health-measures": ("not_yet", "not_yet", "not_yet", "not_yet", "open", "open"),
    "shenzhen-biopharma-2020": (None, None, "open", "open", "open", "expired"),
    "guangzhou-health-2017": (None, None, "expired", "expired", "expired", "expired"),
}
"""None: the text names no date of issue but cites papers of later years, so `open` and `not_yet` are both honest."""


@pytest.mark.parametrize("name", READ)
def test_the_five_documents_as_their_texts_read(shipped, name):
    known = shipped("shenzhen-big-health-2022").plan_set.documents[name]
    for on, expected in zip(DAYS, READ[name], strict=True):
        allowed = {expected} if expected else {"open", "not_yet"}
        assert status(known, day(on)) in allowed, on


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("shenzhen-life-health-2013", "2013-12-30", "2020-12-31"),
        ("shenzhen-big-health-2022", "2022-06-06", "2025-12-31"),
    ],
)
def test_the_first_and_the_last_day_count(shipped, name, first, last):
    known = shipped("shenzhen-big-health-2022").plan_set.documents[name]
    one = dt.timedelta(days=1)
    states = [status(known, d) for d in (day(first) - one, day(first), day(last), day(last) + one)]
    assert states == ["not_yet", "in_force", "in_force", "expired"]


def test_what_the_measures_leave_open_stays_open(shipped):
    known = shipped("shenzhen-big-health-2022").plan_set.documents["shenzhen-big-health-measures"]
    assert (known.issued, known.term_years, known.not_before) == (None, 5, dt.date(2022, 6, 6))
    assert status(known, dt.date(2022, 6, 6)) == "open"
