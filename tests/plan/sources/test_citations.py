"""Clauses and phrases on an invented text in which every kind of heading occurs once or twice."""

from __future__ import annotations

import pytest

from parkmap.plan.sources.citations import clause_text, contains, contains_number, document_lines, normalise

TEXT = """　某市行动计划（２０２４－2026年）

某市人民政府

为发展产业，制定本计划。

一、发展基础

本市有企业1500家。
1.5亿元以上的企业有3家。

二、总体要求

（一）思路。坚持创新。

（二）目标。到2026年达到500亿元。

1.规模

规模的话。

2．质量

质量的话。

（三）布局

甲谷。位于城东，面积约35万平方米。

乙带：沿河而设。

三、任务

	专栏 1 重点工程

	（1）建设甲实验室。
第二段也属于甲实验室。
（2）建设乙平台。

专栏2：其他工程

	（1）建设丙中心。

（一）分工。各司其职。

十一、附则

本计划有效期5年。
"""
LINES = document_lines(TEXT)


def test_lines_have_no_white_space_and_half_width_forms():
    assert LINES[0] == "某市行动计划(2024-2026年)"
    assert "2.质量" in LINES
    assert "专栏1重点工程" in LINES
    assert "" not in LINES


@pytest.mark.parametrize(
    ("clause", "begins", "ends"),
    [
        ("前言", "某市行动计划(2024-2026年)", "为发展产业,制定本计划。"),
        ("一", "一、发展基础", "1.5亿元以上的企业有3家。"),
        ("二", "二、总体要求", "乙带:沿河而设。"),
        ("二/(一)", "(一)思路。坚持创新。", "(一)思路。坚持创新。"),
        ("二/（二）", "(二)目标。到2026年达到500亿元。", "质量的话。"),
        ("二/(二)/1", "1.规模", "规模的话。"),
        ("二/(二)/2", "2.质量", "质量的话。"),
        ("二/1", "1.规模", "规模的话。"),  # a level that is not needed may be left out
        ("二/(三)", "(三)布局", "乙带:沿河而设。"),
        ("二/(三)/甲谷", "甲谷。位于城东,面积约35万平方米。", "甲谷。位于城东,面积约35万平方米。"),
        ("二/(三)/乙带", "乙带:沿河而设。", "乙带:沿河而设。"),
        ("三/专栏1", "专栏1重点工程", "(2)建设乙平台。"),
        ("三/专栏 1/（1）", "(1)建设甲实验室。", "第二段也属于甲实验室。"),
        ("三/专栏1/(2)", "(2)建设乙平台。", "(2)建设乙平台。"),
        ("三/专栏2/(1)", "(1)建设丙中心。", "(1)建设丙中心。"),
        ("三/(一)", "(一)分工。各司其职。", "(一)分工。各司其职。"),
        ("十一", "十一、附则", "本计划有效期5年。"),
    ],
)
def test_a_clause_runs_from_its_heading_to_the_next(clause, begins, ends):
    found = clause_text(LINES, clause).split("\n")
    assert (found[0], found[-1]) == (begins, ends)


@pytest.mark.parametrize(
    "clause",
    ["四", "二/(四)", "二/(二)/3", "一/(一)", "三/专栏3", "三/专栏2/(2)", "二/(三)/丙谷", "(1)/一", "五/(一)"],
)
def test_a_clause_that_does_not_exist_is_none(clause):
    assert clause_text(LINES, clause) is None


def test_a_number_with_a_point_at_the_beginning_of_a_line_is_no_heading():
    """「1.5亿元以上的企业有3家。」 stands in chapter 一 and is not its item 1."""
    assert clause_text(LINES, "一/1") is None
    assert contains(clause_text(LINES, "一"), "1.5亿元以上的企业")
    inside = document_lines("一、甲\n（一）乙。\n1.工作\n2.5亿元已经到位。\n结束。\n二、丙\n")
    assert contains(clause_text(inside, "一/(一)/1"), "结束。")


def test_a_heading_ends_at_a_higher_one_too():
    assert "附则" not in clause_text(LINES, "三")
    assert "任务" not in clause_text(LINES, "二/(三)")


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("甲实验室", True),
        ("甲实验 室", True),
        ("２０２６", True),
        ("某市行动计划（2024—2026年）", True),
        ("某市行动计划(2024–2026年)", True),
        ("目标。到2026年达到５００亿元", True),
        ("甲谷。位于城东，面积", True),
        ("甲试验室", False),
        ("2027", False),
        ("某市行动计划（2024至2026年）", False),
    ],
)
def test_phrases_are_found_whatever_their_width_and_dash(phrase, found):
    assert contains("\n".join(LINES), phrase) is found


def test_a_phrase_is_found_across_a_line_break():
    assert contains("\n".join(document_lines("甲实验\n  室建成")), "甲实验室")


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        ("5", "有5家", True),
        ("5", "500亿元", False),
        ("5", "15家", False),
        ("5", "1.5亿元", False),
        ("5", "5.1亿元", False),
        ("5", "5。后文", True),
        ("5", "5.后文", True),
        ("50", "50%以上", True),
        ("500", "1500", False),
        ("500", "2020年,500家", True),
        ("1500", "1500万元", True),
        ("1500万元", "最高１５００万元", True),
        ("1500万元", "1500亿元", False),
        ("20%", "按20％资助", True),
        ("20%", "按120%资助", False),
        ("10.8", "达到10.8%", True),
        ("10.8", "达到10.85%", False),
        ("10.8", "达到110.8%", False),
        ("10.8", "达到1018%", False),
        ("3", "3-5家", True),
        ("5", "3-5家", True),
        ("2026", "（2024－2026年）", True),
        ("5年", "有效期5年", True),
        ("5年", "2025年", False),
    ],
)
def test_a_number_stands_only_as_a_whole(number, text, found):
    assert contains_number(normalise(text), number) is found


def test_a_number_is_not_pieced_together_from_two_lines():
    """A line break does not glue two numbers into a third."""
    assert not contains_number("共12\n34家", "1234")
