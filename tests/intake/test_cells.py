"""Cells of users' tables.

| cell | read as |
|---|---|
| 12,000 / １２０００ / 12000.0 | 12,000 m² |
| 1.2 ha | 12,000 m²; 0.00001 ha is no whole m² |
| 15 亩 | 10,000 m² (15 亩 are one hectare) |
| nan, inf, yes, 3 公顷 | no number |
| -1 | negative |
| 1,05 / 1,0000 / 12,34.5 | commas that do not part thousands: refused, 1,05 may mean 1.05 |
| 2025年, 2025年度 | the year 2025 |
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkmap.intake import cells
from parkmap.intake.cells import CellError
from parkmap.intake.tables import column_letter, plain


@pytest.mark.parametrize("cell", ["12,000", "１２０００", 12000, 12000.0, " 12000 ", "1.2e4", "12，000"])
def test_the_same_area_in_many_spellings(cell):
    assert cells.area_m2(cell, "m2") == 12_000


@pytest.mark.parametrize(
    ("cell", "unit", "m2"), [(1.2, "ha", 12_000), ("0.0001", "ha", 1), (15, "mu", 10_000), (1, "mu", 667)]
)
def test_units(cell, unit, m2):
    assert cells.area_m2(cell, unit) == m2


@pytest.mark.parametrize(
    ("cell", "unit", "code"),
    [
        ("3公顷", "ha", "intake.not_a_number"),
        (math.nan, "m2", "intake.not_a_number"),
        (math.inf, "m2", "intake.not_a_number"),
        ("NaN", "m2", "intake.not_a_number"),
        (True, "m2", "intake.not_a_number"),
        ("1_000", "m2", "intake.not_a_number"),
        ("1,05", "ha", "intake.separators"),
        ("1,0000", "m2", "intake.separators"),
        ("12,34.5", "ha", "intake.separators"),
        ("1，05", "ha", "intake.separators"),
        (-1, "m2", "intake.negative"),
        (1.5, "m2", "intake.not_whole"),
        (0.00001, "ha", "intake.not_whole"),
        (10**14, "m2", "intake.too_large"),
    ],
)
def test_what_is_no_area(cell, unit, code):
    with pytest.raises(CellError) as caught:
        cells.area_m2(cell, unit)
    assert caught.value.code == code


@pytest.mark.parametrize("cell", [2025, 2025.0, "2025", "2025年", "２０２５年度"])
def test_years(cell):
    assert cells.year(cell) == 2025


@given(st.integers(min_value=0, max_value=10**12))
def test_hectares_with_four_decimals_are_exact(m2):
    assert cells.area_m2(f"{m2 // 10_000}.{m2 % 10_000:04d}", "ha") == m2


@pytest.mark.parametrize(("cell", "answer"), [("是", True), ("否", False), ("Yes", True), (False, False), ("0", False)])
def test_yes_and_no(cell, answer):
    assert cells.flag(cell) is answer


def test_a_word_that_is_not_listed_offers_the_nearest():
    with pytest.raises(CellError) as caught:
        cells.listed("cor", {"core": "core", "borderpark": "border-park"})
    assert caught.value.code == "intake.not_listed"
    assert caught.value.values["near"] == "core, border-park"


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_letters_of_columns(column, letters):
    assert column_letter(column) == letters


def test_brackets_width_and_case_do_not_matter():
    assert plain("需求（平方米）") == plain("需求(平方米)") == plain(" 需求 （ 平方米 ） ")
    assert plain("Claim_M2") == plain("claim m2")
