"""Tables of facts about who is within reach of sites."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap.facts import units
from parkmap.facts.columns import column, in_words, named_id, only, record, table
from parkmap.facts.units import COUNT, HECTARES, METRES, MINUTES, NUMBER, SHARE, TEXT, coded, several
from parkmap.questions.base import Document
from parkmap.questions.heads import HEAD, findings_at
from parkmap.questions.travel import ORIGIN, grounds

if TYPE_CHECKING:
    from parkmap.facts.columns import Column

FILES, MACHINES = only("gis"), only("json", "gis")


def _method(doc: str, **more: Any) -> Column:  # noqa: ANN401
    return column("method", "方法", "method", coded("reach.method"), doc, **more)


BAND = (
    column("cutoff_minutes", "时间界限", "cut-off", MINUTES, "Null: metres were asked for.", null=True, hide=MACHINES),
    column("cutoff_m", "距离界限", "cut-off", METRES, "Null: minutes were asked for.", null=True, hide=MACHINES),
    in_words("band", "范围", "within", hide=only("table", "card")),
)
"""The cut-off of a row, in the unit that was asked for."""
SITE = named_id("site", "设施点", "site", of="site", named=None)
METHOD = _method("Whether streets were followed.")
OVERALL = _method("Over all sites; `mixed` where some lie off the road file.")
REACHED = column(
    "reached_m",
    "可达道路",
    "street reached",
    units.KILOMETRES,
    "Part streets to the metre at which the cut-off is used up; null for an estimate.",
    null=True,
)
OFFSET = column("offset_m", "距道路", "to the street", METRES, "To the nearest usable street.", null=True)
DIRECTION = column("direction", "方向", "direction", coded("reach.direction"))
SAID = (
    column("profile", "方式", "profile", TEXT, hide=FILES),
    dataclasses.replace(DIRECTION, hide=FILES),
    column("roads_origin", "道路来源", "streets", TEXT, null=True, hide=FILES),
    column("roads_licence", "道路许可", "licence of the streets", TEXT, null=True, hide=FILES),
    in_words("travel", "方式", "profile", hide=only("card")),
    in_words("streets", "道路", "streets", null=True, hide=only("card")),
)
"""What features of files, and cards, say of themselves wherever they go."""
PRESET = record(
    "preset",
    "服务圈",
    "circle",
    column("id", "编号", "id", TEXT),
    in_words("name", "名称", "name"),
    column("document", "文件", "document", TEXT),
    column("clause", "条款", "clause", TEXT),
    in_words("note", "说明", "note"),
    null=True,
    doc="A circle that a document names.",
)
RULES = record(
    "rules",
    "规则",
    "rules",
    column("profile", "方式", "profile", TEXT),
    in_words("profile_name", "名称", "name"),
    column("speed_kmh", "速度", "speed", units.KM_PER_HOUR, "To the street, and along the line of an estimate."),
    *grounds("speed"),
    column("detour_factor", "绕行系数", "detour factor", NUMBER),
    *grounds("detour"),
    column("cutoffs_minutes", "时间界限", "cut-offs", several(MINUTES), null=True),
    column("cutoffs_m", "距离界限", "cut-offs", several(METRES), null=True),
    DIRECTION,
    column("snap_limit_m", "落点上限", "snapping limit", METRES),
    column("street_buffer_m", "道路两侧", "strip", METRES, "On each side of a reached street, which makes its area."),
    column("hole_m2", "空洞", "holes", units.M2, "Holes of at least this area stay open."),
    column("band_weights", "权重", "weights", several(NUMBER), "Of the bands, enhanced method; empty where none fit."),
    doc="The numbers on which everything else rests.",
)
ROADS = record("roads", "道路", "streets", *ORIGIN, null=True, doc="Where the road file is from.")

HOW = table("reach", "title.reach_sites", "plan", OVERALL, PRESET, RULES, ROADS, at="", shape="record", people=False)
SITES = table(
    "reach-places",
    "title.reach_sites",
    "site",
    column("id", "编号", "id", TEXT),
    in_words("name", "设施点", "site", hide=MACHINES),
    METHOD,
    OFFSET,
    column("capacity", "容量", "capacity", NUMBER, hide=MACHINES),
    *SAID,
    at="sites",
    people=False,
    gis=True,
    layer="reach-sites",
)
AREAS = table(
    "reach-sites",
    "title.reach_sites",
    "site",
    *BAND,
    SITE,
    METHOD,
    dataclasses.replace(OFFSET, hide=only("table")),
    REACHED,
    column("area_m2", "面积", "area", HECTARES),
    in_words("name", "设施点", "site", hide=FILES),
    *SAID,
    at="areas",
    order=("site", "band", "method", "offset_m", "reached_m", "area_m2"),
    gis=True,
    layer="reach-areas",
    doc="What one site reaches within one cut-off.",
)
STREETS = dataclasses.replace(
    AREAS,
    key="reach-streets",
    columns=tuple(one for one in AREAS.columns if one.key not in {"offset_m", "area_m2"}),
    at=None,
    people=False,
    layer="",
    doc="The streets that one site reaches within the last cut-off.",
)
SHARES = table(
    "reach-shares",
    "title.reach_districts",
    "district",
    *BAND,
    named_id("district", "行政区", "district", of="district"),
    column("within_m2", "面积", "area", HECTARES),
    column("share", "比例", "share", SHARE),
    _method("`estimate` where any area that meets the district is one; null where none does.", null=True),
    at="districts",
    order=("district", "band", "method", "within_m2", "share"),
    people=False,
    doc="What part of a district lies within any site's area.",
)
DISTRICTS = dataclasses.replace(SHARES, key="reach-districts", at=None, people=True)
"""Districts of which anything is reached, for people."""
TOTALS = table(
    "reach-totals",
    "title.reach_totals",
    "band",
    *BAND,
    OVERALL,
    column("points", "需求点", "points", COUNT),
    column("weight", "需求量", "demand", NUMBER),
    column("share", "比例", "share", SHARE, null=True),
    at="totals",
    if_empty=False,
    doc="Demand within any site's cut-off.",
)
CATCHMENTS = table(
    "reach-catchments",
    "title.reach_catchments",
    "site",
    *BAND,
    SITE,
    _method("`estimate` where any of its costs is one; null where nothing is reached.", null=True),
    column("points", "需求点", "points", COUNT),
    column("weight", "需求量", "demand", NUMBER, "Demand for which the site is the nearest."),
    column("reachable_points", "范围内需求点", "points within", COUNT, hide=MACHINES),
    column("reachable_weight", "范围内需求量", "demand within", NUMBER, "Whichever site is nearest."),
    at="catchments",
    order=("site", "band", "method", "points", "weight", "reachable_weight"),
    if_empty=False,
    doc="Demand of one site within one cut-off.",
)
NEAREST_COSTS = ("nearest_costs", "到最近各设施点", "cost to the nearest sites")
LAST: Final = "Within the last cut-off"
DEMAND = table(
    "reach-demand",
    "title.reach_demand",
    "demand",
    column("id", "编号", "id", TEXT, hide=MACHINES),
    in_words("name", "名称", "name"),
    column("weight", "需求量", "demand", NUMBER),
    _method("Null where the streets lead to no site within the last cut-off.", null=True),
    named_id("nearest", "最近设施点", "nearest site", of="site", named=None, null=True),
    column("cost_minutes", "距离", "cost", MINUTES, f"{LAST}; null: metres were asked for.", null=True),
    column("cost_m", "距离", "cost", METRES, f"{LAST}; null: minutes were asked for.", null=True),
    column(*NEAREST_COSTS, several(NUMBER), f"{LAST}, rising, in its unit; as many as were asked for."),
    column("sites_within", "各级内设施点数", "sites within each band", several(COUNT)),
    column("opportunities", "可及容量", "capacity within reach", NUMBER, f"{LAST}."),
    column("two_step", "两步移动搜索", "2SFCA", NUMBER, "Capacity per unit of weight, two-step catchments."),
    column("enhanced", "增强型两步移动搜索", "E2SFCA", NUMBER, "With band weights; null where none fit.", null=True),
    at="demand",
    if_empty=False,
    doc="One demand point.",
)
FINDINGS = findings_at("findings", "reach-findings")
TABLES = (HEAD, HOW, SITES, AREAS, STREETS, SHARES, DISTRICTS, TOTALS, CATCHMENTS, DEMAND, FINDINGS)
REACH = Document(key="reach", tables=TABLES)


def demand_in(*, minutes: bool) -> tuple[Column, ...]:
    """Return the columns of demand points, of which people read the costs in the unit that was asked for.

    Parameters
    ----------
    minutes
        Whether that is minutes.
    """
    other, unit = ("cost_m", MINUTES) if minutes else ("cost_minutes", METRES)
    change: dict[str, dict[str, Any]] = {other: {"hide": MACHINES}, "nearest_costs": {"unit": several(unit)}}
    return tuple(dataclasses.replace(one, **change.get(one.key, {})) for one in DEMAND.columns)
