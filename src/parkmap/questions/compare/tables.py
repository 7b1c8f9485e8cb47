"""Tables of facts about what differs between two plans."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Column, Table, column, id_list, in_words, named_id, ranged, table
from parkmap.facts.units import DAY, HECTARES, ID, KILOMETRES, NUMBER, PERCENT, TEXT, YEAR, all_coded, coded
from parkmap.questions.base import Document
from parkmap.questions.changes import change_tables
from parkmap.questions.heads import READINGS, VALIDITY

if TYPE_CHECKING:
    from parkmap.facts.columns import Names
    from parkmap.messages import Lang, Words

SIDES: Final = (("before", "原", "before"), ("after", "现", "after"))
KIND_WORDS: Final = frozenset({"park", "project", "none", "sum"})
"""Kinds of land that are no role of a component."""


def kind_words(kind: str) -> Words:
    """Return the words for what land lies under: roles joined by a plus, parks, projects, nothing.

    Parameters
    ----------
    kind
        The kind, as `parkmap.analysis.transition` names it.
    """
    parts = (messages.words(f"compare.{one}" if one in KIND_WORDS else f"role.{one}") for one in kind.split(" + "))
    return messages.joined(parts, by=messages.plain(" + "))


def _kind(value: Any, _names: Names, lang: Lang) -> str | None:  # noqa: ANN401  a kind of land
    return None if value is None else kind_words(value)[lang]


def _zones(value: Any, names: Names, lang: Lang) -> str:  # noqa: ANN401  ids
    return " + ".join(names["item"][name][lang] for name in value) or messages.text("compare.none", lang)


def _side(when: str) -> Table:
    return table(
        f"compare-{when}",
        "title.compare",
        "plan",
        named_id("plan", "规划", "plan", of="plan"),
        in_words("structure", "空间结构", "structure"),
        column("as_of", "日期", "day", DAY),
        VALIDITY,
        READINGS,
        column("scenario", "情景", "scenario", TEXT, null=True),
        column("year", "年份", "year", YEAR, "Whose quota is compared; null compares each with itself.", null=True),
        at=when,
        shape="record",
        doc="One of the two that are compared.",
        people=False,
    )


def _both(pattern: str, zh: str, en: str, *more: Any, **settings: Any) -> tuple[Column, ...]:  # noqa: ANN401
    return tuple(
        column(f"{when}_{pattern}", f"{before}{zh}", f"{en} {called}", *more, **settings)
        for when, before, called in SIDES
    )


ITEMS = table(
    "compare-items",
    "title.compare",
    "item",
    column("id", "编号", "id", ID),
    column("fate", "变化", "change", coded("fate")),
    column("aspects", "变动内容", "what changed", all_coded("aspect")),
    in_words("before_name", "原名称", "name before", null=True),
    in_words("after_name", "现名称", "name after", null=True),
    *_both("role", "角色", "role", TEXT, null=True, read=_kind),
    *_both("place", "位置", "place", ID, null=True, hide=("table",)),
    ranged(
        "moved_m",
        "移动",
        "moved",
        KILOMETRES,
        "Between the centres of the two places; null where either has no geometry or they are one.",
        ends=("moved_low_m", "moved_m", "moved_high_m"),
        null=True,
    ),
    at="items",
    doc="A component or park of either side.",
)
POSSIBLY_ONE = table(
    "compare-possibly-one",
    "title.possibly_one",
    "pair",
    named_id("before", "原名称", "name before", of="item", named="before_name"),
    named_id("after", "现名称", "name after", of="item", named="after_name"),
    column("distance_m", "距离", "distance", KILOMETRES),
    column("accuracy_m", "误差之和", "sum of accuracies", KILOMETRES, "Within it the two cannot be told apart."),
    at="possibly_one",
    doc="A dropped and an added entry whose names begin alike and whose places may touch: perhaps one thing.",
)
DISTRICTS = table(
    "compare-districts",
    "title.compare_districts",
    "district",
    named_id("district", "行政区", "district", of="district"),
    column("fate", "变化", "change", coded("district")),
    at="districts",
    doc="A district that is named on one side only.",
)
MATRIX = table("compare-matrix", "title.matrix", "role", column("before", "由＼到", "from / to", TEXT, read=_kind))
"""Land by kind before (rows) and after (columns); rows and columns sum up."""
TRANSFER = table(
    "compare-transfer",
    "title.transfer",
    "district",
    named_id("district", "行政区", "district", of="district"),
    id_list("before", "原", "before", "Empty is land under no zone.", of="item", read=_zones),
    id_list("after", "现", "after", "Empty is land under no zone.", of="item", read=_zones),
    column("area_m2", "面积", "area", HECTARES),
    doc="Land under certain zones before and certain zones after.",
)
"""What people read of it: no land that is under nothing, no splinters."""
CELLS = dataclasses.replace(TRANSFER, key="compare-cells", at="transfer", people=False)
BY_KIND = table(
    "compare-kinds",
    "title.matrix",
    "role",
    column("before", "原", "before", TEXT, "Roles joined by a plus, `park`, `project`; `none` is under no zone."),
    column("after", "现", "after", TEXT),
    column("area_m2", "面积", "area", HECTARES),
    at="transfer_by_role",
    doc="Land by role before and role after, all districts together.",
    people=False,
)
UNKNOWN = table(
    "compare-unknown",
    "title.transfer",
    "plan",
    id_list("before_unknown", "原范围未知", "unknown before", "Zones that take no part in the transfer.", of="item"),
    id_list("after_unknown", "现范围未知", "unknown after", "Zones that take no part in the transfer.", of="item"),
    at="",
    shape="record",
    people=False,
)


def _target(when: str, zh: str, en: str) -> tuple[Column, ...]:
    """Return the columns of a target on one side: for people as its text has it, for programs number by number."""
    unseen: dict[str, Any] = {"null": True, "hide": ("table",)}
    return (
        in_words(when, zh, en, null=True, hide=("json",)),
        column(f"{when}_comparator", f"{zh}限定", f"qualifier {en}", coded("comparator"), **unseen),
        column(f"{when}_value", f"{zh}值", f"value {en}", NUMBER, **unseen),
        column(f"{when}_value_to", f"{zh}值上限", f"upper end {en}", NUMBER, **unseen),
        column(f"{when}_year", f"{zh}年份", f"year {en}", YEAR, null=True),
        column(f"{when}_growth_percent", f"{zh}年均增速", f"yearly growth {en}", PERCENT, null=True),
    )


TARGETS = table(
    "compare-targets",
    "title.targets",
    "target",
    column("id", "编号", "id", ID),
    column("fate", "变化", "change", coded("fate")),
    in_words("indicator", "指标", "indicator"),
    in_words("unit", "单位", "unit"),
    *(one for side in SIDES for one in _target(*side)),
    at="targets",
    order=(
        *("id", "fate", "indicator", "before", "after", "unit"),
        *("before_year", "after_year", "before_growth_percent", "after_growth_percent"),
    ),
    doc="A target of either side.",
)
CHANGES = change_tables("changes")
DOCUMENT = Document(
    key="compare",
    tables=(
        *(_side("before"), _side("after"), ITEMS, POSSIBLY_ONE, DISTRICTS),
        *(CELLS, BY_KIND, UNKNOWN, TARGETS, *CHANGES.all()),
    ),
)
BEFORE, AFTER = DOCUMENT.tables[:2]
