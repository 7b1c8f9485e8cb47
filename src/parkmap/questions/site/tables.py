"""Tables of facts about where new sites should stand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.facts import units
from parkmap.facts.columns import column, id_list, in_words, named_id, only, table
from parkmap.facts.units import COUNT, DEGREES, METRES, MINUTES, NUMBER, PRICE, SHARE, TEXT, coded
from parkmap.questions.base import Document
from parkmap.questions.heads import HEAD, findings_at

if TYPE_CHECKING:
    from parkmap.facts.columns import Column

MACHINES, NO_CARD = only("json", "gis"), only("table", "json", "gis")
MODEL = column("model", "模型", "model", coded("site.model"))
STATUS = column("status", "状态", "state", coded("site.status"))
UNIT = column("unit", "单位", "unit", coded("unit"))
METHOD = column("method", "路程来源", "ways", coded("site.method"))
BY_MODEL = "New sites or price, weight served, sum of weight times way, or longest way, by model."
OBJECTIVE = column("objective", "目标值", "objective", NUMBER, BY_MODEL, null=True)
BOUND = column("bound", "界", "bound", NUMBER, "What no answer can beat; null where nothing is proven.", null=True)
GAP = column("gap", "差距", "gap", SHARE, "Distance of the two, relative to the objective.", null=True)
TIME = column("seconds", "用时", "time", units.SECONDS)
SERVED = column("served_weight", "服务需求", "served", NUMBER)
MEAN = column("mean_way", "平均路程", "mean way", NUMBER, "Per unit of weight served.", null=True)
WAY = column("way", "路程", "way", NUMBER, "In the unit of the whole.", null=True)
ID = column("id", "编号", "id", TEXT, hide=NO_CARD)
NAME = in_words("name", "名称", "name", hide=NO_CARD)
SAID = tuple(dataclasses.replace(one, hide=only("gis")) for one in (MODEL, STATUS))
"""What features of files say of themselves wherever they go."""

WHOLE = table(
    "site-answer",
    "title.site",
    "plan",
    MODEL,
    STATUS,
    OBJECTIVE,
    BOUND,
    GAP,
    TIME,
    UNIT,
    METHOD,
    column("estimate", "估算", "estimate", units.FLAG, "Whether any way is a straight-line estimate."),
    column("profile", "方式", "profile", TEXT, null=True),
    column("speed_kmh", "速度", "speed", units.KM_PER_HOUR, null=True),
    column("detour_factor", "绕行系数", "detour factor", NUMBER, null=True),
    column("reach", "服务距离", "reach", NUMBER, "How far a site serves.", null=True),
    column("within", "最远路程", "maximum distance", NUMBER, null=True),
    column("count", "新增上限", "most new sites", COUNT, null=True),
    column("budget_yuan", "预算", "budget", PRICE, null=True),
    column("demand_file", "需求文件", "demand", TEXT),
    column("cell_m", "方格", "cells", METRES, "Over which areas were evenly spread; null without areas.", null=True),
    column("total_weight", "总需求", "all demand", NUMBER),
    SERVED,
    MEAN,
    column("longest_way", "最远", "longest way", NUMBER, null=True),
    id_list("new_sites", "新增点", "new sites", of="site"),
    column("spent_yuan", "造价", "spent", PRICE, "Of the new sites; null where any has no price.", null=True),
    at="",
    shape="record",
    people=False,
)
LOSS = "What the objective loses when this site alone is closed; null for shut ones, and where someone would have none."
SITES = table(
    "site-sites",
    "title.site",
    "site",
    ID,
    NAME,
    column("state", "状态", "state", coded("site.state")),
    column("lon", "经度", "longitude", DEGREES, hide=MACHINES),
    column("lat", "纬度", "latitude", DEGREES, hide=MACHINES),
    column("demands", "需求点数", "demands", COUNT, "Number of demands that go there."),
    SERVED,
    column("capacity", "容量", "capacity", NUMBER, null=True, hide=only("json", "gis", "card")),
    column("used_share", "容量使用", "capacity used", SHARE, null=True),
    column("price_yuan", "价格", "price", PRICE, null=True),
    column("marginal", "边际收益", "marginal gain", NUMBER, LOSS, null=True),
    *SAID,
    dataclasses.replace(METHOD, hide=only("gis", "card")),
    at="sites",
    order=("id", "name", "state", "demands", "served_weight", "used_share", "marginal", "price_yuan"),
    gis=True,
    layer="sites",
    doc="One site that is or could be.",
)
DEMAND = table(
    "site-demand",
    "title.site_demand",
    "demand",
    ID,
    column("part_of", "所属", "part of", TEXT, "The area of which it is a cell, or itself.", hide=MACHINES),
    NAME,
    column("weight", "需求量", "demand", NUMBER),
    named_id("site", "设施点", "site", of="site", named=None, null=True, doc="Where it, or most of it, goes."),
    WAY,
    column("served_share", "已服务", "served", SHARE),
    column("sites_within", "范围内点数", "sites within reach", COUNT, "Open sites within reach."),
    *SAID,
    dataclasses.replace(METHOD, hide=only("gis")),
    dataclasses.replace(UNIT, hide=only("gis")),
    at="demand",
    terminal=False,
    gis=True,
    layer="demand",
    doc="One demand, or one cell of an area of demand.",
)
CURVE = table(
    "site-curve",
    "title.site_curve",
    "count",
    column("count", "新增个数", "new sites", COUNT),
    STATUS,
    OBJECTIVE,
    BOUND,
    GAP,
    column("gain", "比上一行改善", "gain over the row before", NUMBER, null=True),
    TIME,
    dataclasses.replace(SERVED, hide=MACHINES),
    dataclasses.replace(MEAN, hide=MACHINES),
    id_list("opened", "新增点", "new sites opened", of="site"),
    at="curve",
    order=("count", "status", "objective", "gain", "bound", "gap", "seconds", "opened"),
    if_empty=False,
    doc="The optimum for one number of new sites.",
)
FINDINGS = findings_at("findings", "site-findings")
SITING = Document(key="site", tables=(HEAD, WHOLE, SITES, DEMAND, CURVE, FINDINGS))


def demand_in(unit: str) -> tuple[Column, ...]:
    """Return the columns of demand with its way in a unit.

    Parameters
    ----------
    unit
        `minutes` or `metres`.
    """
    way = dataclasses.replace(WAY, unit=MINUTES if unit == "minutes" else METRES)
    return tuple(way if one is WAY else one for one in DEMAND.columns)
