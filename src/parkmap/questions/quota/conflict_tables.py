"""Tables of facts about bounds of a quota that cannot hold together, and what it takes to make them."""

from __future__ import annotations

from parkmap.facts.columns import column, in_words, record, table
from parkmap.facts.units import FLAG, TEXT, TEXTS, coded
from parkmap.questions.quota.tables import M2_ALONE, RULE, cited_or_none, m2, rule

KIND = column("kind", "约束", "held by", coded("kind_of_bound"))
INFEASIBLE = table(
    "quota-infeasible",
    "title.quota_conflict",
    "scenario",
    m2("missing", "差额", "missing"),
    column("whole", "整体", "whole", FLAG, "True when the bounds collide even for divisible land."),
    m2("cheapest", "最省", "cheapest"),
    at="infeasible",
    shape="record",
    optional=True,
    people=False,
    doc="Why no allocation obeys every bound.",
)
CONFLICT = table(
    "quota-conflict",
    "title.quota_conflict",
    "bound",
    KIND,
    column("ids", "编号", "ids", TEXTS),
    column("m2", "平方米", "m2", M2_ALONE),
    record("rules", "规则", "rule", *RULE, many=True, read=cited_or_none),
    in_words("text", "约束", "held by"),
    at="infeasible.bounds",
    order=("text", "m2", "rules"),
    optional=True,
    doc="A smallest set that cannot hold together: without any one of them the rest can.",
)
RELAXATION = table(
    "quota-relaxation",
    "title.quota_relaxation",
    "bound",
    KIND,
    column("id", "编号", "id", TEXT),
    m2("from", "由", "from"),
    m2("to", "至", "to"),
    m2("by", "平方米", "m2", M2_ALONE),
    rule("rule", "规则", "rule", read=cited_or_none),
    in_words("text", "调整", "change"),
    at="infeasible.changes",
    order=("text", "by_m2", "rule"),
    optional=True,
    doc="The relaxation that moves the least land.",
)
RELAXATION_KINDS = table(
    "quota-relaxation-kinds",
    "title.quota_relaxation_kinds",
    "bound",
    KIND,
    column("m2", "平方米", "m2", M2_ALONE),
    at="infeasible.by_kind",
    optional=True,
    doc="What it takes to change only bounds of one kind.",
)
