"""Numbers in words and figures of both languages, read by eye; pairs of texts that agree, and that do not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parkmap.plan.number_words import numbers_en, numbers_zh, unmatched_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("二〇一七年", {2017}),
        ("第二十五条", {25}),
        ("一百零三", {103}),
        ("两家", {2}),
        ("10亿以上", {10, 10**9, 10**8}),
        ("１．５万平方米", {Decimal("1.5"), 15_000, 10**4}),
        ("超亿元企业", {10**8}),
        ("没有数字", set()),
    ],
)
def test_numbers_of_a_chinese_text(text, numbers):
    assert set(numbers_zh(text)) == {Decimal(number) for number in numbers}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.5 million m²", {Decimal("1.5"), 1_500_000}),
        ("300,000 yuan", {300_000}),
        ("September 1998", {9, 1998}),
        ("three billion", {3, 3 * 10**9}),
        ("III (2), goals", {3, 2}),
        ("phase two", {2}),
        ("Vitamin I", {1}),
        ("nothing here", set()),
    ],
)
def test_numbers_of_an_english_text(text, numbers):
    assert set(numbers_en(text)) == {Decimal(number) for number in numbers}


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("专栏1（3）二期", "Box 1 (3), phase 2"),
        ("九（一）组织保障", "IX (1), organisation"),
        ("超过30万元或300平方米", "over 300,000 yuan or 300 m²"),
        ("有效期5年", "in force for five years"),
        ("1998年9月前", "before September 1998"),
        ("超亿元", "over 100 million yuan"),
        ("“1+N”布局", "“1+N” layout: one core"),
        ("2－3家", "two or three"),
    ],
)
def test_texts_that_name_the_same_numbers(zh, en):
    assert unmatched_numbers(zh, en) == ()


@pytest.mark.parametrize(
    ("zh", "en", "alone"),
    [
        ("列入2018年年度计划", "In the annual plan of 2019.", ("2018", "2019")),
        ("九（二）", "IX (9)", ("9",)),
        ("三（四）1.", "III (1) 1", ("1",)),
        ("专栏3", "Box 4", ("3", "4")),
        ("30万元", "30,000 yuan", ("30", "30000")),
    ],
)
def test_texts_that_do_not(zh, en, alone):
    assert unmatched_numbers(zh, en) == alone
