"""Tables of facts about a quota: what each claim gets from where, sums, bounds, ledger, figures, conflict."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Table, column, id_list, in_words, mapping, named_id, record, table
from parkmap.facts.units import COUNT, FLAG, HECTARES, ID, M2, NUMBER, TEXT, TEXTS, YEAR, YUAN, Unit, coded
from parkmap.messages import Words

if TYPE_CHECKING:
    from parkmap.facts.columns import Column, Names
    from parkmap.messages import Lang

PARTITIONS: Final = ("district", "component", "role", "land-class", "tenure")
"""By what claims are added up, in the order in which people read it."""
COMMODITIES: Final = {
    "land": HECTARES,
    "floor_space": dataclasses.replace(HECTARES, shown=Words("万平方米", "10,000 m2")),
}
"""What is shared out, and the unit in which two-way tables have it: a hectare is ten thousand square metres."""
M2_ALONE, YUAN_ALONE = (dataclasses.replace(unit, shown=None) for unit in (M2, YUAN))
"""For columns that are called after their unit."""


def m2(key: str, zh: str, en: str, unit: Unit = M2, doc: str = "", **more: Any) -> Column:  # noqa: ANN401
    """Return the column of an area.

    Parameters
    ----------
    key, zh, en
        Key without its ending, names.
    unit, doc, **more
        The other parameters of `column`.
    """
    return column(f"{key}_m2", zh, en, unit, doc, **more)


def _cited(value: Any, _names: Names, lang: Lang) -> str | None:  # noqa: ANN401  a rule, several, or none
    """Return rules by name and clause."""
    rules = value if isinstance(value, list) else [value] if value else []
    texts = (messages.text("rule.cited", lang, name=one["name"][lang], clause=one["clause"]) for one in rules)
    return "; ".join(texts) or None


def cited_or_none(value: Any, names: Names, lang: Lang) -> str:  # noqa: ANN401  a rule, several, or none
    """Return how people read rules; a word where there is none.

    Parameters
    ----------
    value
        A rule, several, or none.
    names
        Words of ids.
    lang
        Language.
    """
    return _cited(value, names, lang) or messages.text("rule.none", lang)


def _drawn(value: list[dict[str, Any]], names: Names, lang: Lang) -> str | None:
    return "; ".join(f"{names['pool'][one['pool']][lang]} {one['m2']:,}" for one in value) or None


def _count(value: list[str], _names: Names, _lang: Lang) -> int:
    return len(value)


RULE: Final = (
    column("id", "编号", "id", TEXT),
    in_words("name", "名称", "name"),
    column("document", "文件", "document", TEXT),
    in_words("title", "文件", "document", named="document"),
    column("clause", "条款", "clause", TEXT),
)
"""A rule with the clause that states it."""


def rule(key: str, zh: str, en: str, **more: Any) -> Column:  # noqa: ANN401
    """Return the column of a rule, which may be missing.

    Parameters
    ----------
    key, zh, en
        Key and names.
    **more
        The other parameters of `column`.
    """
    return record(key, zh, en, *RULE, null=True, **{"read": _cited, **more})


ITEM = named_id("id", "名称", "name", of="item")
COMMODITY = column("commodity", "类别", "commodity", coded("commodity"))
IN_YEAR = column("year", "年份", "year", YEAR)
MARKET = (COMMODITY, IN_YEAR)
BASIS = column("basis", "依据", "basis", coded("basis"))
ORIGIN = in_words("origin", "来源或理由", "origin or reasoning", null=True)
CLAIM_ID = column("claim", "需求", "claim", ID, "Id of the claim: item, commodity, year.", of="claim")
TIER = column("tier", "等级", "tier", COUNT)
SUPPLY, CLAIM, FLOOR = m2("supply", "供应", "supply"), m2("claim", "需求", "claim"), m2("floor", "下限", "floor")
ALLOCATED, UNMET = m2("allocated", "分配", "allocated"), m2("unmet", "未满足", "unmet")
CLAIMS_COUNTED = column("claims", "需求（项）", "claims (count)", COUNT)
BOUND = column("bound", "约束", "held by", coded("bound"), "What held the claim where it is.")
HELD = in_words("held", "约束", "held by", null=True, hide=("json",))
"""The same in words, with the group that did."""
RULES = record("rules", "规则", "rule", *RULE, many=True, read=_cited)

SCENARIO = table(
    "quota-scenario",
    "title.quota",
    "scenario",
    named_id("scenario", "情景", "scenario", of="scenario", named="scenario_name"),
    in_words("note", "情景说明", "what it assumes"),
    column("example", "示例", "example", FLAG, "Whether any number or tier is an assumption: then no decision."),
    record(
        "method",
        "分配方法",
        "method",
        column("name", "名称", "name", TEXT),
        column("rounding", "取整", "rounding", coded("rounding")),
        column("fairness", "公平调节值", "dial", NUMBER, null=True),
        column("formula", "公式", "formula", TEXT),
        column("source", "出处", "source", TEXT),
        in_words("reason", "理由", "reason", null=True),
        column("objective", "目标值", "objective", NUMBER, null=True),
        column("gap", "差距", "gap", NUMBER, "Proven relative gap; null for rules without objective.", null=True),
        doc="By which rule the supply was shared.",
    ),
    column(
        "status",
        "结果状态",
        "status",
        coded("solved"),
        "`infeasible`: no allocation obeys every bound; all amounts are 0 and `infeasible` says why.",
    ),
    record(
        "sign_off",
        "签字",
        "sign-off",
        *(column(f"{key}_by", key, key, TEXT, null=True) for key in ("prepared", "reviewed", "approved")),
        doc="Slots of the first page; null stays open.",
    ),
    at="",
    shape="record",
    people=False,
)
POOLS = table(
    "quota-pools",
    "title.quota_pools",
    "pool",
    named_id("id", "指标池", "pool", of="pool"),
    column("kind", "种类", "kind", TEXT),
    *MARKET,
    column("step", "动用顺序", "step", COUNT, "Pools are drawn on step by step; pools of one step side by side."),
    SUPPLY,
    m2("drawn", "已用", "drawn"),
    m2("left", "剩余", "left"),
    BASIS,
    ORIGIN,
    rule("rule", "规则", "rule"),
    at="pools",
    order=("id", "commodity", "year", "step", "supply_m2", "drawn_m2", "left_m2", "rule", "basis"),
    doc="One supply pool.",
)
CLAIMS = table(
    "quota",
    "title.quota",
    "claim",
    ITEM,
    CLAIM_ID,
    *MARKET,
    TIER,
    rule("tier_rule", "等级依据", "rule of the tier"),
    column("weight", "权重", "weight", NUMBER),
    column("indivisible", "整块", "indivisible", FLAG),
    CLAIM,
    FLOOR,
    m2("cap", "上限", "cap"),
    ALLOCATED,
    UNMET,
    BOUND,
    column("bound_by", "约束编号", "bound by", TEXT, "Group or market that held it; empty for its own bounds."),
    rule("bound_rule", "约束依据", "rule of the bound"),
    BASIS,
    named_id("district", "行政区", "district", of="district", named=None, null=True),
    named_id("component", "要素", "component", of="item", named=None, null=True),
    column("role", "角色", "role", coded("role"), null=True),
    record(
        "land_class",
        "地类",
        "land class",
        column("code", "代码", "code", TEXT),
        in_words("name", "名称", "name"),
        column("gb2017", "GB/T 21010-2017", "GB/T 21010-2017", TEXTS),
        column("relation", "对应", "relation", TEXT),
        null=True,
        doc="In both classifications.",
    ),
    column("tenure", "供地方式", "tenure", coded("tenure"), null=True),
    rule("tenure_rule", "供地方式依据", "rule of the tenure"),
    column("far", "容积率", "floor-area ratio", NUMBER, "By which land and floor space are compared.", null=True),
    m2("equivalent", "折算", "equivalent", M2, "Floor space that the land takes, or land for the floor.", null=True),
    id_list("open_pools", "可用指标池", "open pools", "Empty is all of its commodity and year.", of="pool"),
    record(
        "draws",
        "来源（平方米）",
        "from (m2)",
        column("pool", "指标池", "pool", ID, of="pool"),
        column("m2", "平方米", "m2", M2_ALONE),
        many=True,
        read=_drawn,
    ),
    HELD,
    at="allocations",
    order=(
        "id", "commodity", "year", "tier", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2", "held",
        "draws", "basis",
    ),
    doc="Quota of one claim; whole square metres.",
)  # fmt: skip
TOTALS = table(
    "quota-totals",
    "title.quota_totals",
    "market",
    *MARKET,
    SUPPLY,
    CLAIM,
    FLOOR,
    ALLOCATED,
    UNMET,
    m2("unallocated", "未分配", "unallocated"),
    at="totals",
    doc="Sum of one commodity in one year; allocated + unallocated = supply.",
)
AMOUNTS = (*MARKET, CLAIMS_COUNTED, CLAIM, ALLOCATED, UNMET)
SUMS = table(
    "quota-sums",
    "title.quota_totals",
    "claim",
    column("partition", "分组", "partition", coded("partition")),
    column("key", "编号", "id", TEXT, "Null gathers the claims without one, as in several districts.", null=True),
    in_words("name", "名称", "name", null=True),
    *AMOUNTS,
    at="sums",
    doc="Sum over the claims of one district, role, component, land class or tenure, of one commodity in one year.",
    people=False,
)
BY = {
    name: table(
        f"quota-by-{name}",
        f"title.quota_by_{name}",
        name,
        in_words("name", "名称", "name"),
        *AMOUNTS,
        if_empty=False,
        terminal=False,
    )
    for name in PARTITIONS
}
TIERS = table(
    "quota-tiers",
    "title.quota_totals",
    "tier",
    TIER,
    *AMOUNTS,
    m2("before", "前面各级分配", "earlier tiers"),
    m2("after", "后面各级分配", "later tiers"),
    people=False,
)
YEARS = {
    name: table(f"quota-years-{name}", f"title.quota_years_{name}", "item", ITEM, terminal=False)
    for name in COMMODITIES
}
ROUNDED = {
    (name, by): Table(
        key=f"quota-hectares-{by}-{name}",
        title=messages.words(
            f"title.quota_hectares_{by}", commodity=messages.words(f"commodity.{name}"), unit=unit.shown
        ),
        about="item",
        columns=(ITEM,),
        terminal=False,
    )
    for name, unit in COMMODITIES.items()
    for by in ("years", "classes")
}
GROUPS = table(
    "quota-groups",
    "title.quota_groups",
    "group",
    named_id("id", "约束", "bound", of="group"),
    column("partition", "分组", "partition", coded("partition")),
    id_list("claims", "需求（项）", "claims (count)", of="claim", read=_count),
    FLOOR,
    m2("cap", "上限", "cap", null=True),
    ALLOCATED,
    column("bound", "约束", "held by", coded("bound"), "Which of its bounds is reached.", null=True),
    rule("rule", "规则", "rule"),
    at="groups",
    if_empty=False,
    doc="A bound on several claims together.",
)
DEVELOPABLE = table(
    "quota-developable",
    "title.quota_developable",
    "item",
    ITEM,
    m2("gross", "范围", "extent", null=True),
    mapping("taken_m2", "扣除", "taken", M2, "By kind of layer, each on its own.", null=True, hide=("table", "card")),
    m2("developable", "可开发", "developable", null=True),
    at="developable",
    if_empty=False,
    doc="What constraint layers leave of one zone; null where its extent is unknown.",
)
LEDGER = table(
    "quota-ledger",
    "title.quota_ledger",
    "claim",
    CLAIM_ID,
    ITEM,
    *MARKET,
    named_id("pool", "指标池", "pool", of="pool", named="pool", null=True),
    rule("pool_rule", "指标依据", "rule of the pool"),
    column("stage", "环节", "stage", coded("stage")),
    rule("rule", "规则", "rule", doc="Rule of the stage: of the floor, or of the tier."),
    column("bound", "约束", "held by", coded("bound"), null=True),
    column("bound_by", "约束编号", "bound by", TEXT),
    rule("bound_rule", "约束依据", "rule of the bound"),
    column("m2", "平方米", "m2", M2_ALONE),
    column("who", "经手人", "who", TEXT, null=True),
    column("when", "日期", "when", TEXT, null=True),
    in_words("why", "理由", "why", null=True),
    HELD,
    in_words("by_hand", "人工核定", "set by hand", null=True, hide=("json",)),
    at="ledger",
    order=(
        "id", "commodity", "year", "stage", "pool", "pool_rule", "rule", "held", "bound_rule", "m2", "by_hand",
    ),
    terminal=False,
    doc="One row of the ledger; the rows of a claim add up to its allocation.",
)  # fmt: skip
TIES = table(
    "quota-ties",
    "title.quota_ledger",
    "claim",
    CLAIM_ID,
    column("won", "得到", "won", FLAG),
    at="ties",
    people=False,
    doc="Equal remainders that only the tie key could part.",
)
FIGURES = table(
    "quota-figures",
    "title.quota_figures",
    "figure",
    column("what", "数据", "figure", coded("given")),
    column("of", "编号", "id", TEXT, "Id of the pool, claim, bound or grant."),
    in_words("name", "编号", "id"),
    dataclasses.replace(COMMODITY, null=True),
    dataclasses.replace(IN_YEAR, null=True),
    column("m2", "平方米", "m2", M2_ALONE, null=True),
    column("yuan", "元", "yuan", YUAN_ALONE, null=True),
    BASIS,
    column("document", "文件", "document", TEXT, null=True),
    column("clause", "条款", "clause", TEXT, null=True),
    ORIGIN,
    in_words("named", "名称", "name", hide=("json",)),
    at="figures",
    order=("what", "named", "commodity", "year", "m2", "yuan", "basis", "clause", "origin"),
    terminal=False,
    doc="One figure or choice of the scenario, with what it rests on; people read assumptions first.",
)
