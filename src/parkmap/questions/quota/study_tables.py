"""Tables of facts told beside a quota: sensitivity, use against allocation, supports, comparison of scenarios."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.facts.columns import column, in_words, mapping, named_id, record, table
from parkmap.facts.units import COUNT, FLAG, HA, HECTARES, ID, M2, NUMBER, PERCENT, SHARE, TEXT, YEAR, YUAN, coded
from parkmap.messages import Words
from parkmap.questions.quota.tables import (
    ALLOCATED,
    CLAIM,
    CLAIM_ID,
    COMMODITY,
    IN_YEAR,
    ITEM,
    MARKET,
    RULES,
    SUPPLY,
    TIER,
    YUAN_ALONE,
    m2,
    rule,
)

if TYPE_CHECKING:
    from parkmap.facts.columns import Names
    from parkmap.messages import Lang

REAL: Final = dataclasses.replace(M2, json="number", digits=2)
"""Square metres before rounding."""


def _setting(value: float, _names: Names, _lang: Lang) -> str:
    return f"{value:g}"


SENSITIVITY = table(
    "quota-sensitivity-settings",
    "title.quota_sensitivity",
    "scenario",
    column("percent", "变动", "percent", PERCENT, "By how much weights may be off."),
    at="sensitivity",
    shape="record",
    optional=True,
    people=False,
    doc="How the quota answers to its inputs, before rounding to 1 m2; null without allocation or with many claims.",
)
PRICES = table(
    "quota-shadow-prices",
    "title.quota_shadow_prices",
    "bound",
    column("kind", "约束", "held by", coded("price")),
    named_id("id", "名称", "name", of="bound"),
    RULES,
    m2("bound", "约束值", "bound"),
    m2("total", "总量变化", "change of the total", REAL),
    column("benefit", "加权变化", "weighted change", NUMBER, "Change of the sum of weight times square metres."),
    column("winner", "受益最大者", "gains most", ID, "Claim that gains most.", of="claimant"),
    m2("winner", "受益最大者增加", "most gained", REAL),
    at="sensitivity.prices",
    optional=True,
    terminal=False,
    doc="What easing one binding bound by 1 m2 would change, before rounding.",
)
RANGES = table(
    "quota-sensitivity",
    "title.quota_sensitivity",
    "claim",
    CLAIM_ID,
    m2("low", "低", "low", REAL),
    m2("ideal", "取整前", "before rounding", REAL),
    m2("high", "高", "high", REAL),
    column("best_rank", "最好名次", "best rank", COUNT),
    column("worst_rank", "最差名次", "worst rank", COUNT),
    column("rank_stable", "名次稳定", "rank stable", FLAG),
    column("exact", "准确", "exact", FLAG, "False where the range is a part of the true one (crossing bounds)."),
    m2("starts", "起供量", "start", REAL, "Supply of its market from which it gets more than its floor.", null=True),
    m2("met", "满足量", "met", REAL, "Supply that meets it in full; null where none is enough.", null=True),
    named_id("item", "名称", "name", of="item", hide=("json",)),
    *(dataclasses.replace(one, hide=frozenset({"json"})) for one in MARKET),
    column(
        "allocated_m2",
        "分配",
        "allocated",
        M2,
        ends=("low_m2", "allocated_m2", "high_m2"),
        names=(Words("低", "low"), Words("分配", "allocated"), Words("高", "high")),
        hide=("json",),
    ),
    column("rank", "名次", "rank", TEXT, hide=("json",)),
    at="sensitivity.ranges",
    order=("item", "commodity", "year", "allocated_m2", "rank", "rank_stable", "starts_m2", "met_m2"),
    optional=True,
    terminal=False,
    doc="Quota of one claim when all weights may be off, and the supplies at which it starts and is met.",
)
FAIRNESS = table(
    "quota-fairness",
    "title.quota_fairness",
    "tier",
    column("fairness", "公平调节值 f", "dial f", NUMBER, read=_setting),
    COMMODITY,
    TIER,
    m2("claim", "需求", "claim", HECTARES),
    column("allocated_ha", "分配", "allocated", HA),
    column("change_ha", "增减", "change", HA),
    column("moved_ha", "转移", "moved", HA, "Land that changes hands in the whole commodity: the price of fairness."),
    at="sensitivity.fairness",
    optional=True,
    terminal=False,
    doc="One setting of the dial, one tier; people read it tier by tier.",
)
ACTUALS = table(
    "quota-monitoring",
    "title.quota_monitoring",
    "item",
    ITEM,
    *MARKET,
    ALLOCATED,
    m2("carried_in", "上年结转", "carried in"),
    m2("available", "可用", "available"),
    m2("used", "已用", "used"),
    m2("overrun", "超用", "overrun"),
    m2("lapsed", "失效", "lapsed"),
    m2("carried_out", "结转下年", "carried out"),
    column("used_share", "使用率", "used", SHARE, null=True),
    at="actuals",
    if_empty=False,
    terminal=False,
    doc="Use against allocation in one year; available + overrun = used + lapsed + carried out.",
)
SUBSIDIES = table(
    "quota-supports",
    "title.quota_subsidies",
    "scenario",
    mapping("yearly", "分年", "yearly", YUAN, "Yuan by year."),
    column("total_yuan", "合计", "total", YUAN),
    at="subsidies",
    shape="record",
    optional=True,
    people=False,
    doc="Estimate of the supports; not an entitlement.",
)
GRANTS = table(
    "quota-subsidies",
    "title.quota_subsidies",
    "grant",
    column("id", "编号", "id", TEXT),
    named_id("item", "名称", "name", of="item"),
    in_words("what", "资助内容", "what for"),
    rule("rule", "规则", "rule", doc="Null for another city measure of the same kind."),
    column("year", "起始年", "from", YEAR),
    column("computed_yuan", "计算额", "computed", YUAN),
    column("capped_yuan", "封顶后", "after the cap", YUAN),
    column("paid_yuan", "可得", "paid", YUAN),
    column("capped", "封顶", "capped", FLAG),
    column("superseded_by", "被替代", "superseded by", TEXT, "Application that is paid instead.", null=True),
    in_words("remark", "说明", "remark", hide=("json",)),
    at="subsidies.grants",
    order=("item", "what", "rule", "year", "computed_yuan", "capped_yuan", "paid_yuan", "remark"),
    optional=True,
    terminal=False,
    doc="One application for a support; whole yuan.",
)
GRANTS_YEARLY = table(
    "quota-subsidies-yearly",
    "title.quota_subsidies_yearly",
    "year",
    IN_YEAR,
    column("yuan", "元", "yuan", YUAN_ALONE),
    terminal=False,
)
CEILINGS = table(
    "quota-subsidies-ceilings",
    "title.quota_subsidies_ceilings",
    "rule",
    rule("rule", "规则", "rule"),
    named_id("item", "主体", "item", of="item", named=None, null=True),
    IN_YEAR,
    column("ceiling_yuan", "封顶", "ceiling", YUAN),
    column("asked_yuan", "申请", "asked", YUAN),
    column("paid_yuan", "可得", "paid", YUAN),
    at="subsidies.ceilings",
    order=("rule", "year", "ceiling_yuan", "asked_yuan", "paid_yuan"),
    if_empty=False,
    optional=True,
    terminal=False,
    doc="A ceiling that was reached.",
)
SPREAD = (
    SUPPLY,
    CLAIM,
    ALLOCATED,
    column("least_share", "最低满足率", "least share", SHARE, "Smallest share of a claim that is met.", null=True),
    column("gini", "基尼系数", "Gini", NUMBER, "Gini coefficient of the shares met; 0 is even.", null=True),
)
SCENARIOS = table(
    "quota-scenarios",
    "title.quota_scenarios",
    "scenario",
    named_id("scenario", "情景", "scenario", of="scenario", named=None),
    in_words("sharing", "分配方法", "method"),
    *MARKET,
    *SPREAD,
)
COMPARED = table("quota-comparison", "title.quota_comparison", "item", ITEM, *MARKET)
"""One pair of columns for each scenario comes behind: what it allocates, and the change against the first."""
COMPARISON = table(
    "quota-compared",
    "title.quota_comparison",
    "scenario",
    record(
        "scenarios",
        "情景",
        "scenarios",
        column("id", "编号", "id", TEXT),
        in_words("name", "名称", "name"),
        in_words("note", "说明", "note"),
        column("example", "示例", "example", FLAG, "Whether it rests on assumptions."),
        column("method", "分配方法", "method", TEXT),
        column("fairness", "公平调节值", "dial", NUMBER, null=True),
        column("status", "结果状态", "status", coded("solved")),
        record("totals", "合计", "totals", *MARKET, *SPREAD, many=True),
        many=True,
    ),
    record(
        "claims",
        "需求",
        "claims",
        column("id", "主体", "item", ID, of="item"),
        in_words("name", "名称", "name"),
        *MARKET,
        record(
            "values",
            "数值",
            "values",
            column("scenario", "情景", "scenario", TEXT),
            m2("claim", "需求", "claim", null=True),
            m2("allocated", "分配", "allocated", null=True),
            m2("change", "增减", "change", M2, "Against the first scenario; null for the first.", null=True),
            many=True,
            doc="Null where the scenario has no such claim.",
        ),
        many=True,
    ),
    at="comparison",
    shape="record",
    optional=True,
    people=False,
    doc="Scenarios side by side; the first is the one that the others are held against. Null for one alone.",
)
