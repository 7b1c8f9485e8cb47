"""Classes of a coloured map: limits, names, what has no number; each number is in the class that its legend names.

| values                       | limits wanted                                       |
|------------------------------|-----------------------------------------------------|
| few, many, all equal, none   | as many classes as tell them apart, none empty      |
| near to each other           | more figures than two, no more digits than are read |
| a total, missing             | not among the classes; missing has one of its own   |
| limits of the table          | kept, also where a class is empty                   |
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkmap.facts.classes import amounts, breaks, class_of, classes
from parkmap.facts.columns import TOTAL, column, named_id, table
from parkmap.facts.facts import facts
from parkmap.facts.units import HECTARES, NUMBER, SHARE
from parkmap.messages import Words
from parkmap.output.html.shades import shade_of, shades

RAMP = {"ramp": [{"up_to": 0, "colour": f"#00000{number}"} for number in range(5)]}


def told(values, unit=NUMBER, *, total=None, limits=()):
    made = table(
        "made",
        "title.coverage",
        "district",
        named_id("id", "行政区", "district", of="district"),
        column("value", "值", "value", unit, null=True),
        identity=("id",),
        total_at="total",
        coloured="value",
        limits=limits,
    )
    rows = [{"id": f"d{number}", "value": value} for number, value in enumerate(values)]
    rows += [] if total is None else [{"id": TOTAL, "value": total}]
    return facts(made, rows)


def test_numbers_near_to_each_other_get_limits_with_more_figures():
    found = told([10_100.0, 10_300.0, 10_500.0, 10_700.0, 10_900.0])
    limits = breaks(found, "value")
    assert len(limits) == 4
    assert [class_of(amount, limits) for amount in amounts(found)] == [0, 1, 2, 3, 4]


def test_limits_have_no_more_digits_than_the_numbers_that_people_read():
    assert breaks(told([0.0, 0.0, 0.06, 0.1, 0.15, 0.3, 0.37, 1.2, 3.0, 3.2]), "value") == (0.05, 0.13, 0.33, 1.6)


def test_the_total_is_in_no_class():
    found = told([1.0, 2.0, 3.0], total=6_000_000.0)
    assert classes(found) == classes(told([1.0, 2.0, 3.0]))
    assert amounts(found) == [1.0, 2.0, 3.0]


@pytest.mark.parametrize(
    ("values", "names", "missing"),
    [
        ([], [], False),
        ([None], [], True),
        ([7.0, 7.0, 7.0], ["7"], False),
        ([7.0, 7.004], ["7"], False),  # read as 7.00 both
        ([1.0, 2.0, None], ["≤ 1.2", "> 1.2"], True),
        ([-2.0, -1.0], ["≤ −1.8", "> −1.8"], False),
    ],
)
def test_few_numbers(values, names, missing):
    found = classes(told(values))
    assert [name.en for name in found.names] == names
    assert (found.missing is not None) is missing


def test_limits_of_the_table_are_kept_and_nothing_is_a_class_of_its_own():
    found = classes(told([0.0, 1e-9, 0.1, 0.1001, 0.6], SHARE, limits=(0.0, 10.0, 25.0, 50.0)))
    assert [name.zh for name in found.names] == ["0", "0–10", "10–25", "25–50", "> 50"]
    assert found.title == Words("值（%）", "value (%)")
    drawn = [shade_of(amount, shades(found, RAMP)) for amount in amounts(told([0.0, 1e-9, 0.1, 0.1001, 0.6], SHARE))]
    assert [shade.name.zh for shade in drawn if shade] == ["0", "0", "0–10", "10–25", "> 50"]


def test_hectares_are_classed_as_hectares():
    found = told([n * 10_000 for n in range(1, 101)], HECTARES)
    assert [name.en for name in classes(found).names] == ["≤ 21", "21–41", "41–60", "60–80", "> 80"]


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=40))
def test_every_number_is_within_the_limits_of_its_class_and_no_class_is_empty(values):
    found = told(values)
    made, wanted = classes(found), amounts(found)
    legend = shades(made, RAMP)
    drawn = [shade_of(amount, legend) for amount in wanted]
    for amount, shade in zip(wanted, drawn, strict=True):
        assert shade is not None
        assert shade.missing == (amount is None)
        if amount is not None:
            number = legend.index(shade)
            assert shade.up_to is None or amount <= shade.up_to
            assert number == 0 or amount > legend[number - 1].up_to
    assert set(legend) == set(drawn)
    colours = [shade.colour for shade in legend]
    assert len(set(colours)) == len(colours)
