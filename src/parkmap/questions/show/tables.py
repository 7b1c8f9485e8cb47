"""Tables of facts about what a plan says: its items and districts, and what else it lists.

Items and districts are declared here once for tables, GIS files, cards and frames. What an attribute of an item is
called stands beside it in the schema of plans. JSON holds plan values as that schema writes them.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from parkmap.facts import units
from parkmap.facts.columns import Column, Table, column, id_list, in_words, named_id, table
from parkmap.facts.units import COUNT, FLAG, HA, ID, METRES, NUMBER, PERCENT, TEXT, coded, several
from parkmap.messages import Words
from parkmap.plan.elements import shown_columns
from parkmap.plan.schema import Component, Industry, Park, Position, Project, Rule, Structure, Target
from parkmap.questions.heads import HEAD, VALIDITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from parkmap.facts.columns import Names
    from parkmap.messages import Lang
    from parkmap.plan.elements import Closed

PEOPLE: Final = ("gis", "card")
GIS: Final = ("table", "card")
CARD: Final = ("table", "gis")
"""Where a column is hidden that stands in tables, in GIS files, on cards alone."""


def _hidden(one: Column, *places: Any) -> Column:  # noqa: ANN401  places
    return replace(one, hide=one.hide.union(places))


CODE: Final = column("id", "编号", "id", ID)
NAME: Final = in_words("name", "名称", "name")
DETERMINACY: Final = column("determinacy", "确定性", "determinacy", coded("determinacy"), "How sure the place is.")
METHOD: Final = column("method", "成图方法", "how it was drawn", coded("method"), hide=["table"])
ACCURACY: Final = column(
    "accuracy_m",
    "边界误差",
    "accuracy of the edge",
    replace(METRES, digits=0),
    "Distance within which the true edge lies.",
    null=True,
    hide=["table"],
)
PUBLISHED: Final = column("area_published_ha", "公布面积", "published area", HA, "As its source states it.", null=True)
BASIS: Final = column("area_basis", "公布面积依据", "basis of the published area", coded("basis"), null=True)
ORIGIN: Final = column("origin", "数据来源", "data origin", TEXT, null=True)
SOURCES: Final = column("sources", "条款", "clause", TEXT, "Ids of documents with their clauses.")
CITED: Final = in_words("cited", "依据条款", "clause", "Title of the document with its clause.", hide=CARD)
PROVENANCE: Final = frozenset({"determinacy", "method", "accuracy_m", "place_note", "origin", "also", "cited"})
"""What a card tells last."""


def _items(key: str, model: type[Closed]) -> Table:
    """Return the table of the items of one section, with the columns that their attributes declare."""
    said = shown_columns(model)
    aliases, *listed, note = (said.pop(one) for one in ("aliases", "industries", "lead_units", "support_units", "note"))
    return table(
        key,
        f"head.{key}",
        "item",
        CODE,
        _hidden(NAME, "card"),
        replace(aliases, key="aliases_zh"),
        named_id("plan", "规划", "plan", of="plan", named=None, hide=GIS),
        column("role", "角色", "role", coded("role"), "Role in the structure.", null=True, hide=GIS),
        column("role_basis", "角色依据", "basis of the role", TEXT, "`stated` or `inferred`.", null=True, hide=GIS),
        column("kind", "项目类别", "kind of project", coded("kind"), null=True, hide=GIS),
        in_words("sort", "类别", "kind", "Role, with a mark where it was inferred, or kind.", hide=PEOPLE),
        named_id("component", "所属", "part of", of="item", named=None, null=True, hide=["table"]),
        id_list("parts", "包含", "parts", of="item", hide=CARD),
        id_list("districts", "行政区", "district", "Where the plan or its place puts it.", of="district"),
        *listed,
        in_words("units", "责任单位", "responsible units", "Lead, then supporting ones.", null=True, hide=PEOPLE),
        *said.values(),
        note,
        _hidden(PUBLISHED, *CARD),
        _hidden(BASIS, *CARD),
        DETERMINACY,
        METHOD,
        ACCURACY,
        in_words("undetermined", "未落位原因", "why it has no place", null=True, hide=GIS),
        column("document", "文件", "document", ID, hide=GIS),
        column("clause", "条款", "clause", TEXT, hide=GIS),
        _hidden(VALIDITY, *GIS),
        column("as_of", "日期", "day", units.DAY, hide=GIS),
        in_words("place_note", "位置说明", "on the place", null=True, hide=CARD),
        _hidden(ORIGIN, *CARD),
        _hidden(SOURCES, *PEOPLE),
        in_words("also", "另见", "see also", null=True, hide=CARD),
        CITED,
        order=("id", "name", "aliases_zh", "sort", "determinacy", "districts", "units", *said, "sources"),
        gis=True,
        doc="A component, park or project of the plan.",
    )


_MODELS: Final[dict[str, type[Closed]]] = {"components": Component, "parks": Park, "projects": Project}
ITEMS: Final = {key: _items(key, model) for key, model in _MODELS.items()}
"""The table of each section of items."""

_OF_LAYER: Final = (
    column("adcode", "区划代码", "adcode", TEXT, "Code of GB/T 2260; none for a functional district.", null=True),
    column("statistical_adcode", "统计用区划代码", "statistical adcode", TEXT, "Code used by statistics.", null=True),
    *(_hidden(one, "card") for one in (DETERMINACY, METHOD, ACCURACY)),
    PUBLISHED,
    column("land_clip", "仅计陆地", "land only", FLAG, "Whether only its land counts.", hide=["card"]),
    column("area_agreement", "面积比对", "agreement of areas", TEXT, "Drawn against published.", hide=["card"]),
    in_words("area_note", "面积说明", "on the area", null=True),
    ORIGIN,
)
DISTRICTS: Final = table(
    "districts",
    "layer.districts",
    "district",
    named_id("id", "行政区", "district", of="district"),
    at="districts",
    doc="Name of an administrative district.",
    gis=True,
    people=False,
)
"""Administrative districts; GIS files and cards have the columns of their layer as well, `district_columns`."""


def district_columns(layer: pd.DataFrame) -> tuple[Column, ...]:
    """Return the columns of the districts of a plan: those that parkmap knows, and what else the user's file holds.

    Parameters
    ----------
    layer
        The districts with the properties of their file, in its order.
    """
    known = {key: one for one in _OF_LAYER for key in (one.key, f"{one.key}_zh", f"{one.key}_en")}
    found = (known.get(key) or _further(key, layer[key]) for key in layer.columns if key not in {"name_zh", "name_en"})
    here = id_list("items_here", "区内要素", "in this district", of="item", hide=["json", *CARD])
    return (*DISTRICTS.columns, *(_hidden(one, "json", "table") for one in dict.fromkeys(found)), here)


def _further(key: str, values: pd.Series) -> Column:
    kinds = {"b": FLAG, "i": NUMBER, "u": NUMBER, "f": NUMBER}
    return column(key, key, key, kinds.get(values.dtype.kind, TEXT), "Of the user's file.", null=True, hide=["card"])


def _written(key: str, model: type[Closed], *more: Column, **how: Any) -> Table:  # noqa: ANN401
    """Return the table of plan values as JSON holds them: as the schema of plans writes them, then what is derived."""
    own = (column(k, k, k, units.AS_WRITTEN, schema=functools.partial(_schema, model, k)) for k in model.model_fields)
    doc = " ".join((model.__doc__ or "").split())
    return table(f"show-{key}", "title.head", "plan", *own, *more, at=key, people=False, doc=doc, **how)


def _schema(model: type[Closed], key: str) -> dict[str, Any]:
    whole = model.model_json_schema(mode="serialization")
    found: dict[str, Any] = _inlined(whole["properties"][key], whole.get("$defs", {}))
    return found


def _inlined(part: Any, known: Mapping[str, Any]) -> Any:  # noqa: ANN401  a part of a schema
    """Return a part of a schema with the definitions that it refers to in their places."""
    if isinstance(part, list):
        return [_inlined(one, known) for one in part]
    if not isinstance(part, dict):
        return part
    whole = {**known[part["$ref"].rsplit("/", 1)[-1]], **part} if "$ref" in part else part
    return {key: _inlined(value, known) for key, value in whole.items() if key != "$ref"}


_CHECKS: Final = (
    column("growth_percent_low", "年均增速低值", "growth, low", PERCENT, "Compound, a year.", null=True),
    column("growth_percent_high", "年均增速高值", "growth, high", PERCENT, "Differs for a range.", null=True),
    column("checked_by", "核查", "checked by", coded("target.check"), "`statistics`: figures that parkmap lacks."),
    column("measured", "统计值", "measured", COUNT, null=True),
    column("met", "是否达到", "met", FLAG, null=True),
)
WRITTEN: Final = (
    _written("structure", Structure, shape="record"),
    _written("industries", Industry),
    *(_written(key, model, DETERMINACY, ACCURACY) for key, model in _MODELS.items()),
    _written("positions", Position),
    _written("targets", Target, *_CHECKS),
    _written("rules", Rule, column("policy", "政策", "policy", TEXT), VALIDITY),
)
"""What the plan says, as JSON holds it."""


def _growth(value: tuple[float, float] | None, _names: Names, _lang: Lang) -> str | None:
    return None if value is None else "–".join(dict.fromkeys(f"{end:.1f}" for end in value))


A_YEAR: Final = replace(PERCENT, shown=Words("%", "% a year"))
INDUSTRIES: Final = table(
    "industries",
    "title.industries",
    "industry",
    CODE,
    NAME,
    named_id("parent", "上级", "part of", of="industry", named=None, null=True),
    SOURCES,
)
POSITIONS: Final = table(
    "positions",
    "title.positions",
    "position",
    named_id("district", "行政区", "district", of="district", named=None, null=True, hide=["table"]),
    in_words("place", "行政区", "district", "The district, or the zone that stands for one.", null=True, hide=["card"]),
    in_words("position", "定位", "position"),
    id_list("places", "载体", "named places", of="item"),
    _hidden(SOURCES, "card"),
    CITED,
)
TARGETS: Final = table(
    "targets",
    "title.targets",
    "target",
    CODE,
    in_words("indicator", "指标", "indicator"),
    in_words("value", "目标值", "target", "As the text qualifies it."),
    in_words("unit", "单位", "unit"),
    in_words("due", "年份", "year", null=True),
    in_words("base", "基期", "base", "Where it starts from.", null=True),
    column("growth", "年均增速", "growth", several(A_YEAR), null=True, read=_growth),
    in_words("checks", "核查", "checked by"),
    SOURCES,
)
RULES: Final = table(
    "rules",
    "title.rules",
    "rule",
    CODE,
    NAME,
    in_words("summary", "内容", "content"),
    in_words("aid", "资助", "aid", null=True),
    VALIDITY,
    SOURCES,
)
TABLES: Final = (
    HEAD,
    WRITTEN[0],
    DISTRICTS,
    *WRITTEN[1:],
    *ITEMS.values(),
    *(INDUSTRIES, POSITIONS, TARGETS, RULES),
)
"""Every table of the answer, in the order of JSON."""
