"""How texts write numbers: known spellings, read off the five documents and ordinary usage."""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.plan.schema import Target
from parkmap.plan.sources.citations import (
    clauses_with,
    contains_number,
    document_lines,
    nearest_clause,
    nearest_phrase,
    normalise,
)
from parkmap.plan.sources.evidence import area_spellings, base_evidence, day_spellings, digits, evidence, yuan_spellings

NAME = {"zh": "指标", "en": "Indicator"}
SOURCE = {"document": "a", "clause": "一"}


def target(value, unit, **keys):
    fields = {"comparator": "exact", "year": 2025, **keys}
    return Target(id="t", indicator=NAME, value=value, unit={"zh": unit, "en": "x"}, source=SOURCE, **fields)


def proved(text, spellings):
    return any(contains_number(normalise(text), spelling) for spelling in spellings)


@pytest.mark.parametrize(
    ("value", "written"),
    [(5000, "5000"), (10.8, "10.8"), (1e6, "1000000"), (0.5, "0.5"), (1200.0, "1200"), (123456.75, "123456.75")],
)
def test_numbers_are_written_in_plain_digits(value, written):
    assert digits(value) == written


@pytest.mark.parametrize(
    ("area_m2", "text"),
    [
        (350_000, "首期占地面积35万平方米"),
        (350_000, "占地35公顷"),
        (350_000, "用地525亩"),
        (8_060_000, "面积8.06平方公里"),
        (8_060_000, "面积8.06平方千米"),
        (2000, "首期用房2000平方米"),
        (2000, "约0.2万平方米"),
    ],
)
def test_an_area_is_found_in_the_units_of_the_text(area_m2, text):
    assert proved(text, area_spellings(area_m2))


@pytest.mark.parametrize("text", ["占地36公顷", "占地3.5公顷", "占地350公顷", "占地35万亩", "135公顷"])
def test_another_area_is_not_found(text):
    assert not proved(text, area_spellings(350_000))


@pytest.mark.parametrize(
    ("yuan", "text"),
    [(100_000_000, "最高不超过1亿元"), (100_000_000, "最高10000万元"), (5_000_000, "500万元"), (800, "每床800元")],
)
def test_a_sum_is_found_in_the_units_of_the_text(yuan, text):
    assert proved(text, yuan_spellings(yuan))


@pytest.mark.parametrize("text", ["2013年12月30日", "发布时间：2013-12-30", "2013.12.30"])
def test_a_day_is_found_as_texts_write_days(text):
    assert proved(text, day_spellings(dt.date(2013, 12, 30)))
    assert not proved(text, day_spellings(dt.date(2013, 12, 3)))


@pytest.mark.parametrize(
    ("value", "unit", "keys", "text", "found"),
    [
        (1200, "亿元", {}, "营收达1200亿元", True),
        (1200, "亿元", {}, "营收达1200万元", False),  # the unit counts
        (1200, "亿元", {}, "营收达12000亿元", False),
        (3, "家", {"comparator": "range", "value_to": 5}, "龙头企业3-5家", True),
        (30, "家", {"comparator": "range", "value_to": 50}, "培育30—50家", True),
        (40, "亿美元", {"comparator": "range", "value_to": 80}, "年产值预计40亿-80亿美元", True),
        (40, "亿美元", {"comparator": "range", "value_to": 80}, "年产值预计40至80亿美元", True),
        (40, "亿美元", {"comparator": "range", "value_to": 80}, "年产值预计40亿-90亿美元", False),
        (40, "亿美元", {"comparator": "range", "value_to": 80}, "40亿美元，另有80亿美元", False),
    ],
)
def test_a_target_is_found_with_its_unit(value, unit, keys, text, found):
    assert proved(text, evidence(target(value, unit, **keys)).numbers[0]) is found


def test_a_target_without_digits_is_found_by_its_words():
    claimed = evidence(target(1, "家", written="一家", year=None))
    assert (claimed.phrases, claimed.numbers) == (("一家",), ())


def test_a_base_has_the_unit_of_its_target():
    based = target(1200, "亿元", base={"year": 2021, "value": 676, "source": SOURCE})
    assert base_evidence(based).numbers == (("676亿元",), ("2021",))
    assert base_evidence(target(1200, "亿元")).numbers == ()


# The nearest match

LINES = document_lines(
    "前文。\n一、目标\n（一）规模。到2025年，营收达1200亿元，上市企业12家。\n（二）布局。建设坪山深圳美丽谷，以及大鹏深圳国际生物谷（食品谷）。\n二、任务\n专栏1\n（1）深圳美丽谷。\n"
)
WHOLE = "\n".join(LINES)


@pytest.mark.parametrize(
    ("phrase", "near"),
    [
        ("坪山深圳美丽岛", "坪山深圳美丽谷"),
        ("深圳国际生物岛（食品谷）", "深圳国际生物谷(食品谷)"),
        ("1300亿元", "1200亿元"),
        ("2026", "2025"),
        ("13家", "12家"),
        ("完全无关的语句", "-"),
    ],
)
def test_the_nearest_match_is_a_name_or_a_number_of_the_text(phrase, near):
    assert nearest_phrase(WHOLE, phrase) == near


@pytest.mark.parametrize(
    ("clause", "near"),
    [
        ("一/(三)", "一/(二)"),
        ("一/（三）", "一/(二)"),
        ("二/专栏2", "二/专栏1"),
        ("二/专栏1/(2)", "二/专栏1/(1)"),
        ("九", "-"),
        ("一/(一)", "一/(一)"),
    ],
)
def test_the_nearest_clause(clause, near):
    assert nearest_clause(LINES, clause).replace("（", "(").replace("）", ")") == near.replace("（", "(")


@pytest.mark.parametrize(
    ("phrase", "clauses"),
    [("深圳美丽谷", ["一/(二)", "二/专栏1/(1)"]), ("前文", ["前言"]), ("1200", ["一/(一)"]), ("没有", [])],
)
def test_where_else_a_phrase_stands(phrase, clauses):
    assert list(clauses_with(LINES, phrase)) == clauses
