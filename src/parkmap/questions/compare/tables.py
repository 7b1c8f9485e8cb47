"""Tables of facts about what differs between two plans."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Table, column, id_list, in_words, named_id, ranged, table
from parkmap.facts.units import DAY, HECTARES, ID, KILOMETRES, NUMBER, PERCENT, TEXT, WORDS, YEAR, all_coded, coded
from parkmap.questions.base import Document
from parkmap.questions.changes import READ, UNSEEN, change_tables, sided
from parkmap.questions.heads import READINGS, VALIDITY

if TYPE_CHECKING:
    from parkmap.facts.columns import Names
    from parkmap.messages import Lang, Words

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
        *(f"compare-{when}", "title.compare", "plan"),
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


ITEMS = table(
    *("compare-items", "title.compare", "item"),
    column("id", "编号", "id", ID),
    column("fate", "变化", "change", coded("fate")),
    column("aspects", "变动内容", "what changed", all_coded("aspect")),
    *sided("name", "名称", "name", WORDS, null=True),
    *sided("role", "角色", "role", TEXT, null=True, read=_kind),
    *sided("place", "位置", "place", ID, null=True, **UNSEEN),
    ranged(
        *("moved_m", "移动", "moved", KILOMETRES, "Centre to centre; null where a place has no geometry or stayed."),
        ends=("moved_low_m", "moved_m", "moved_high_m"),
        null=True,
    ),
    at="items",
    doc="A component or park of either side.",
)
POSSIBLY_ONE = table(
    *("compare-possibly-one", "title.possibly_one", "pair"),
    named_id("before", "原名称", "name before", of="item", named="before_name"),
    named_id("after", "改后名称", "name after", of="item", named="after_name"),
    column("distance_m", "距离", "distance", KILOMETRES),
    column("accuracy_m", "误差之和", "sum of accuracies", KILOMETRES, "Within it the two cannot be told apart."),
    at="possibly_one",
    doc="A dropped and an added entry whose names begin alike and whose places may touch: perhaps one thing.",
)
DISTRICTS = table(
    *("compare-districts", "title.compare_districts", "district"),
    named_id("district", "行政区", "district", of="district"),
    column("fate", "变化", "change", coded("district")),
    at="districts",
    doc="A district that is named on one side only.",
)
MATRIX = table(*("compare-matrix", "title.matrix", "role"), column("before", "由＼到", "from / to", TEXT, read=_kind))
"""Land by kind before (rows) and after (columns); rows and columns sum up."""
TRANSFER = table(
    *("compare-transfer", "title.transfer", "district"),
    named_id("district", "行政区", "district", of="district"),
    id_list("before", "原", "before", "Empty is land under no zone.", of="item", read=_zones),
    id_list("after", "改后", "after", "Empty is land under no zone.", of="item", read=_zones),
    column("area_m2", "面积", "area", HECTARES),
    doc="Land under certain zones before and certain zones after.",
)
"""What people read of it: no land that is under nothing, no splinters."""
CELLS = dataclasses.replace(TRANSFER, key="compare-cells", at="transfer", people=False)
BY_KIND = table(
    *("compare-kinds", "title.matrix", "role"),
    *sided("", "", "", TEXT, "Roles joined by a plus, `park`, `project`; `none` is land under no zone."),
    column("area_m2", "面积", "area", HECTARES),
    at="transfer_by_role",
    doc="Land by role before and role after, all districts together.",
    people=False,
)
UNKNOWN = table(
    *("compare-unknown", "title.transfer", "plan"),
    id_list("before_unknown", "原范围未知", "unknown before", "Zones that take no part in the transfer.", of="item"),
    id_list("after_unknown", "改后范围未知", "unknown after", "Zones that take no part in the transfer.", of="item"),
    at="",
    shape="record",
    people=False,
)
TARGETS = table(
    *("compare-targets", "title.targets", "target"),
    column("id", "编号", "id", ID),
    column("fate", "变化", "change", coded("fate")),
    in_words("indicator", "指标", "indicator"),
    *sided("", "", "", WORDS, "With the word that qualifies it.", null=True, **READ),
    in_words("unit", "单位", "unit"),
    *sided("comparator", "限定", "qualifier", coded("comparator"), null=True, **UNSEEN),
    *sided("value", "值", "value", NUMBER, null=True, **UNSEEN),
    *sided("value_to", "值上限", "upper end", NUMBER, null=True, **UNSEEN),
    *sided("year", "年份", "year", YEAR, null=True),
    *sided("growth_percent", "年均增速", "yearly growth", PERCENT, null=True),
    at="targets",
    doc="A target of either side.",
)
CHANGES = change_tables("changes")
BEFORE, AFTER = _side("before"), _side("after")
_ALL = (BEFORE, AFTER, ITEMS, POSSIBLY_ONE, DISTRICTS, CELLS, BY_KIND, UNKNOWN, TARGETS, *CHANGES.values())
DOCUMENT = Document(key="compare", tables=_ALL)
