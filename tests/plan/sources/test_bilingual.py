"""Numbers in our own words, held to the other language and to headings, in a plan that can be broken."""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.questions.check import check

AS_OF = dt.date(2025, 6, 1)
PLAN = "config/plans/testville.yaml"


def told(testville):
    found, usable = check(testville.catalog, "testville", as_of=AS_OF)
    assert usable
    return [f for f in found if f.code in {"words.number", "target.written"}]


def test_a_plan_whose_languages_agree(testville):
    assert told(testville) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        (PLAN, "  en: Testville Action Plan\n", "  en: Testville Action Plan 2024\n", "name"),
        (
            "config/documents.yaml",
            "Future Industries (2024–2026)",
            "Future Industries (2024–2029)",
            "testville-2024.title",
        ),
    ],
)
def test_a_digit_in_one_language_is_told_with_file_and_line(testville, name, old, new, key):
    testville.replace(name, old, new)
    found = told(testville)
    assert {(f.file, f.key, f.severity) for f in found} == {(name, key, "warning")}
    assert all(f.line for f in found)


def test_a_value_that_its_written_form_does_not_say(testville):
    testville.replace(PLAN, "    value: 12\n", "    value: 12\n    written: 龙头企业13家\n")
    (found,) = told(testville)
    assert (found.code, found.severity, found.file) == ("target.written", "error", PLAN)
    assert found.key.startswith("targets.")
    assert "13" in found.text("zh")
