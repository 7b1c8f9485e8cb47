"""Targets: growth rates known from elsewhere, and what counts as met.

The 10.8 % of the Guangzhou plan is the document's own figure (its third footnote: 3000 at the end of 2015 to 5000 in
2020); doubling in three years is the cube root of two.
"""

from __future__ import annotations

import math

import pytest

from parkmap.plan.schema import Target
from parkmap.plan.targets import growth_percent, is_met, measured_value

SOURCE = {"document": "a", "clause": "一"}
NAME = {"zh": "指标", "en": "Indicator"}


def target(value=100.0, *, base=None, year=2025, **keys):
    based = None if base is None else {"year": base[0], "value": base[1], "source": SOURCE}
    fields = {"comparator": "exact", **keys}
    return Target(id="t", indicator=NAME, value=value, unit=NAME, year=year, base=based, source=SOURCE, **fields)


def test_the_rate_that_the_guangzhou_plan_states_itself(shipped):
    plan = shipped("guangzhou-health-2017").plan
    targets = {t.id: t for t in plan.targets}
    low, high = growth_percent(targets["industry-scale"])
    assert low == high
    assert round(low, 1) == targets["industry-growth"].value == 10.8


@pytest.mark.parametrize(
    ("value", "base", "year", "rate"),
    [
        (500, (2012, 250), 2015, (2 ** (1 / 3) - 1) * 100),
        (200, (2024, 100), 2025, 100.0),
        (100, (2020, 100), 2025, 0.0),
        (81, (2021, 100), 2023, -10.0),
        (1200, (2021, 676), 2025, (math.sqrt(math.sqrt(1200 / 676)) - 1) * 100),
    ],
)
def test_compound_growth(value, base, year, rate):
    assert growth_percent(target(value, base=base, year=year)) == pytest.approx((rate, rate))


def test_a_range_has_a_rate_at_each_end():
    wanted = target(110, base=(2024, 100), comparator="range", value_to=130)
    assert growth_percent(wanted) == pytest.approx((10.0, 30.0))


@pytest.mark.parametrize("keys", [{}, {"base": (2021, 676), "year": None}, {"base": (2025, 676)}, {"base": (2021, 0)}])
def test_without_base_or_years_there_is_no_rate(keys):
    assert growth_percent(target(**keys)) is None


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        ("exact", 6, True), ("exact", 7, True), ("exact", 5, False),
        ("at_least", 6, True), ("at_least", 5, False),
        ("over", 6, False), ("over", 7, True),
        ("at_most", 6, True), ("at_most", 7, False),
        ("about", 6, None),
    ],
)  # fmt: skip
def test_when_a_target_of_six_is_met(comparator, value, met):
    assert is_met(target(6, comparator=comparator), value) is met


@pytest.mark.parametrize(("value", "met"), [(2, False), (3, True), (5, True), (6, False)])
def test_when_a_range_is_met(value, met):
    assert is_met(target(3, comparator="range", value_to=5), value) is met


def test_what_parkmap_counts_itself(testville):
    plan = testville.load().plan
    assert measured_value(plan, target(measured_by="count_of_components")) == 3  # core, belt, corner
    assert measured_value(plan, target(measured_by="count_of_parks")) == 2
    assert measured_value(plan, target()) is None


def test_every_rate_of_the_shipped_plans_follows_from_its_own_numbers(shipped):
    for plan_id in ("guangzhou-health-2017", "shenzhen-big-health-2022", "shenzhen-life-health-2013"):
        for wanted in shipped(plan_id).plan.targets:
            rate = growth_percent(wanted)
            if rate is not None:
                years = wanted.year - wanted.base.year
                assert wanted.base.value * (1 + rate[0] / 100) ** years == pytest.approx(wanted.value)
