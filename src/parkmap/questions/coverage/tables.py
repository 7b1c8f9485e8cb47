"""Tables of facts about coverage: of one plan, and of several plans or readings beside each other."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap.facts.columns import Column, Table, column, id_list, named_id, ranged, table
from parkmap.facts.units import COUNT, DAY, HECTARES, ID, NUMBER, SHARE, TEXT, TEXTS, coded
from parkmap.messages import Words, words
from parkmap.questions.base import Document
from parkmap.questions.heads import HEAD, READINGS, VALIDITY, findings_at

if TYPE_CHECKING:
    from parkmap.facts.units import Unit

PLAIN_ENDS: Final = (Words("低", "low"), Words("覆盖", "covered"), Words("高", "high"))


def covered(pattern: str, unit: Unit, doc: str) -> Column:
    """Return the column of what is covered: low, as drawn, high.

    Parameters
    ----------
    pattern, unit, doc
        Its keys, unit and meaning.
    """
    return ranged(pattern, "覆盖", "covered", unit, doc, names=PLAIN_ENDS if unit is HECTARES else ())


def fixed(key: str, value: str, doc: str) -> Column:
    """Return the column of a statement that never varies.

    Parameters
    ----------
    key, value, doc
        Key, the statement, what it means.
    """
    return column(key, key, key, TEXT, f"`{value}`: {doc}")


LIMITS: Final = (0.0, 10.0, 25.0, 50.0)
"""Limits of the classes on every map of covered shares, per cent, so that two maps can be compared."""
SHARES = ranged("share_{}", "比例", "share", SHARE, "Of the area.")
DISTRICTS = table(
    "coverage-districts",
    "title.coverage",
    "district",
    named_id("id", "行政区", "district", of="district"),
    column("area_m2", "面积", "area", HECTARES),
    covered("covered_{}_m2", HECTARES, "Under the union of the zones: what lies under several counts once."),
    SHARES,
    column("overlap_m2", "重叠", "overlap", HECTARES, "Under two zones or more, as drawn; part of what is covered."),
    column("gap_m2", "空白", "gap", HECTARES, "Not covered, as drawn."),
    id_list(
        "unknown_items",
        "范围未知",
        "extent unknown",
        "Zones in the district whose extent is unknown; where there are any, the covered area is a lower bound.",
        of="item",
    ),
    at="districts",
    doc="Coverage of one district; areas in m², shares as fractions.",
    gis=True,
    coloured="share_best",
    limits=LIMITS,
)
PAIRS = table(
    "coverage-pairs",
    "title.coverage_pairs",
    "pair",
    named_id("district", "行政区", "district", of="district", named=None),
    named_id("item", "名称", "name", of="item", named="item_name"),
    covered("{}_m2", HECTARES, "Each zone by itself: rows may add up to more than what is covered."),
    column("share_best", "比例", "share", SHARE, "Of the district."),
    at="pairs",
    doc="What one zone covers of one district.",
)
ITEMS = table(
    "coverage-items",
    "title.coverage_items",
    "item",
    named_id("id", "名称", "name", of="item"),
    column("status", "范围", "extent", coded("extent"), hide=["gis", "card"]),
    column("area_m2", "面积", "area", HECTARES, null=True, missing=words("unknown_extent")),
    column("inside_m2", "各区内面积", "inside the districts", HECTARES, null=True, hide=["gis", "card"]),
    column("area_status", "范围", "extent", coded("extent"), hide=["json", "card"]),
    at="items",
    doc="One zone; areas are null where the extent is unknown.",
    gis=True,
    people=False,
)
MEANING = table(
    "coverage-meaning",
    "title.coverage",
    "plan",
    fixed("covered", "union", "what lies under several zones counts once."),
    fixed("pairs", "each_zone_alone", "rows of single zones count each by itself and may add up to more."),
    fixed("overlap", "two_or_more", "what lies under at least two zones; part of what is covered."),
    at="meaning",
    shape="record",
    people=False,
)
WEIGHTS = (
    column("weight", "需求量", "demand", NUMBER),
    ranged("covered_{}", "覆盖", "covered", NUMBER, "Evenly spread inside each area; low and high by the accuracies."),
    column("covered_least", "最少", "least", NUMBER, "However the weight lies in each area: areas wholly under zones."),
    column("covered_most", "最多", "most", NUMBER, "However the weight lies in each area: all that the zones touch."),
    column("overlap", "重叠", "overlap", NUMBER, "Under at least two zones as drawn, evenly spread."),
    column("gap", "未覆盖", "not covered", NUMBER, "Weight less `covered_best`."),
    ranged("share_{}", "比例", "share", SHARE, "Of the weight; null where it is 0.", null=True),
)
"""Demand covered, in the unit of its weight; under several zones it counts once."""
WEIGHT_ORDER: Final = ("weight", "covered_best", "share_best", "covered_least", "covered_most", "overlap", "gap")
SOURCE = table(
    "coverage-demand-source",
    "title.coverage_demand",
    "demand",
    column("file", "文件", "file", TEXT),
    column("weight_field", "字段", "field", TEXT, "Property with the weight; null where each counts 1.", null=True),
    column("basis", "依据", "basis", TEXTS, "What the numbers rest on, as their file says: for example `press`."),
    column("years", "年份", "years", TEXTS),
    column("points", "点", "points", COUNT),
    column("areas", "面", "areas", COUNT),
    fixed("spread", "even", "an area's weight is spread evenly over it for low, best and high: an assumption."),
    column("outside", "区外", "outside", NUMBER, "Weight in no district: in the totals, in no district's row."),
    at="demand",
    shape="record",
    optional=True,
    people=False,
)
DEMAND_DISTRICTS = table(
    "coverage-demand-districts",
    "title.coverage_demand",
    "district",
    *WEIGHTS,
    named_id("id", "行政区", "district", of="district"),
    at="demand.districts",
    identity=("id",),
    total_at="demand.totals",
    total_hides=("id", "name_zh", "name_en"),
    optional=True,
    order=("id", *WEIGHT_ORDER),
)
DEMAND_ITEMS = table(
    "coverage-demand-items",
    "title.coverage_demand_items",
    "item",
    named_id("id", "名称", "name", of="item"),
    ranged("{}", "覆盖", "covered", NUMBER, "Under this zone by itself, evenly spread."),
    at="demand.items",
    optional=True,
)
DEMAND_ROWS = table(
    "coverage-demand",
    "title.coverage_demand_rows",
    "demand",
    *WEIGHTS,
    named_id("id", "名称", "name", of="demand"),
    at="demand.rows",
    optional=True,
    order=("id", *WEIGHT_ORDER),
    terminal=False,
    gis=True,
    coloured="share_best",
    limits=LIMITS,
)
DEMAND_FINDINGS = dataclasses.replace(findings_at("demand.findings", "coverage-findings"), optional=True)
ONE_PLAN = Document(
    key="coverage",
    tables=(
        HEAD,
        MEANING,
        DISTRICTS,
        PAIRS,
        ITEMS,
        SOURCE,
        DEMAND_DISTRICTS,
        DEMAND_ITEMS,
        DEMAND_ROWS,
        DEMAND_FINDINGS,
    ),
)
"""Coverage of one plan."""

SIDES = table(
    "coverage-set-sides",
    "title.coverage_set_plans",
    "plan",
    column("reference", "编号", "id", ID, "`plan`, or `plan@reading+reading`."),
    named_id("plan", "规划", "plan", of="plan"),
    VALIDITY,
    READINGS,
    id_list(
        "unknown_items",
        "范围未知",
        "extent unknown",
        "Zones whose extent is unknown; where there are any, what the plan covers is a lower bound.",
        of="item",
    ),
    at="plans",
    doc="One of the plans.",
    people=False,
)
SET_MEANING = table(
    "coverage-set-meaning",
    "title.coverage_set_land",
    "plan",
    fixed("each", "union_of_its_zones", "a plan covers the union of its zones."),
    fixed("any", "union_of_plans", "under at least one plan; what lies under several counts once."),
    fixed("all", "common_to_every_plan", "under every plan."),
    fixed("twice", "two_plans_or_more", "under at least two plans; several zones of one plan count as one."),
    fixed("only", "this_plan_alone", "under this plan and no other."),
    at="meaning",
    shape="record",
    people=False,
)
SET_HEAD = table(
    "coverage-set-head",
    "title.coverage_set_land",
    "plan",
    column("as_of", "日期", "day", DAY),
    at="",
    shape="record",
    people=False,
)


def _whole(unit: Unit) -> tuple[Column, ...]:
    land = unit is HECTARES
    whole, gap = ("面积", "area") if land else ("总量", "whole"), ("空白", "gap") if land else ("未覆盖", "not covered")
    return (
        column("whole", *whole, unit),
        ranged("any_{}", "任一", "any", unit, "Under at least one plan."),
        ranged("all_{}", "共同", "all", unit, "Under every plan."),
        column("twice", "两个以上", "two or more", unit, "Under at least two plans, as drawn."),
        column("gap", *gap, unit, "Under none, as drawn."),
        column("share", "比例", "share", SHARE, "Under at least one plan.", null=True, hide=("json", "gis")),
    )


def _sides(unit: Unit) -> tuple[Column, ...]:
    return (
        named_id("reference", "规划", "plan", of="side", named=None),
        ranged("{}", "覆盖", "covered", unit, "Under this plan."),
        column("only", "仅此", "alone", unit, "Under this plan alone, as drawn."),
        column("share", "比例", "share", SHARE, null=True, hide=("json", "gis")),
    )


def _places(key: str, at: str, *, of: str, unit: Unit, total_at: str | None = None, **more: Any) -> Table:  # noqa: ANN401
    """Return what plans cover together of each place."""
    return table(
        key,
        "title.coverage_demand_rows" if total_at is None else f"title.{key.replace('-', '_')}",
        of,
        named_id("id", "地方", "place", of=of),
        *_whole(unit),
        at=at,
        identity=("id",),
        total_at=total_at,
        optional=unit is NUMBER,
        **more,
    )


def _each(key: str, at: str, *, of: str, unit: Unit, **more: Any) -> Table:  # noqa: ANN401
    """Return what each plan covers of each place."""
    return table(
        key,
        "title.coverage_set_plans" if unit is HECTARES else "title.coverage_set_demand_plans",
        of,
        named_id("place", "地方", "place", of=of, named=None),
        *_sides(unit),
        at=f"{at}[].plans",
        under=("place",),
        order=("place", "reference", "best", "only", "share"),
        optional=unit is NUMBER,
        **more,
    )


SET_LAND = _places("coverage-set-land", "land_m2", of="district", unit=HECTARES, total_at="land_total_m2")
SET_LAND_PLANS = _each("coverage-set-plans", "land_m2", of="district", unit=HECTARES)
SET_LAYER = table(
    "coverage-districts",
    "title.coverage_set_land",
    "district",
    named_id("id", "行政区", "district", of="district"),
    gis=True,
    people=False,
)
"""The same as features of a GIS file: what each plan covers stands in columns of its own."""
SET_SOURCE = dataclasses.replace(SOURCE, key="coverage-set-demand-source")
SET_DEMAND = _places("coverage-set-demand", "demand.districts", of="district", unit=NUMBER, total_at="demand.total")
SET_DEMAND_PLANS = _each("coverage-set-demand-plans", "demand.districts", of="district", unit=NUMBER)
SET_ROWS = _places("coverage-set-demand-rows", "demand.rows", of="demand", unit=NUMBER, terminal=False)
SET_ROWS_PLANS = _each("coverage-set-demand-rows-plans", "demand.rows", of="demand", unit=NUMBER, people=False)
SET_FINDINGS = findings_at("findings", "coverage-set-findings")
SEVERAL_PLANS = Document(
    key="coverage-set",
    tables=(
        SET_HEAD,
        SET_MEANING,
        SIDES,
        SET_LAND,
        SET_LAND_PLANS,
        SET_LAYER,
        SET_SOURCE,
        SET_DEMAND,
        SET_DEMAND_PLANS,
        SET_ROWS,
        SET_ROWS_PLANS,
        SET_FINDINGS,
    ),
)
"""Coverage of several plans, or of one under several readings."""
