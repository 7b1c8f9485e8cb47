"""`belts`: are belts belts? Their members in order, the gaps between them, and where they lie."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Names, column, id_list, in_words, named_id, ranged, table
from parkmap.facts.facts import Facts, facts, stacked
from parkmap.facts.units import COUNT, FLAG, HECTARES, KILOMETRES, METRES, MINUTES, NUMBER, SHARE, TEXT, coded
from parkmap.messages import Lang, Words
from parkmap.questions.base import Answer, Document, Question, asked
from parkmap.questions.heads import HEAD, head, plan_names, stamps, titled
from parkmap.questions.travel import TRAVEL, Means, TravelRequest, means_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.analysis.belts import Belt
    from parkmap.plan.schema import Component
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults

BELT_ROLES: Final = ("belt", "corridor")
"""Roles of components that join their members in order."""
UNKNOWN: Final = messages.words("status.unknown")


def _in_order(value: Any, names: Names, lang: Lang) -> str | None:  # noqa: ANN401  ids
    return " → ".join(names["member"][name][lang] for name in value) or None


def _time_from(value: Any, _names: Names, lang: Lang) -> str:  # noqa: ANN401  whether it is an estimate
    return messages.text("basis_of_time.estimate" if value else "basis_of_time.network", lang)


RULES = table(
    "belts-rules",
    "title.belts",
    "plan",
    column("reach_m", "服务半径", "reach", METRES, "Continuity is the sum of min(gap, 2 reach) over the sum of gaps."),
    at="",
    shape="record",
    people=False,
)
BELTS = table(
    "belts",
    "title.belts",
    "item",
    named_id("id", "名称", "name", of="item"),
    column("role", "类别", "role", coded("role")),
    column("determinacy", "范围", "extent", coded("determinacy"), hide=("table",)),
    column("status", "状态", "status", TEXT, "`known` or `unknown`.", hide=("table",)),
    in_words("reason", "原因", "reason", "Why it is unknown.", null=True, hide=("table",)),
    id_list("chain", "节点（按顺序）", "members in order", of="member", read=_in_order, hide=("json",)),
    ranged(
        "continuity",
        "连续性",
        "continuity",
        NUMBER,
        "Share of the line from member to member that lies within reach of one of them.",
        ends=("continuity_low", "continuity", "continuity_high"),
        null=True,
        missing=UNKNOWN,
    ),
    in_words("weakest", "最弱环节", "weakest link", null=True, hide=("json",)),
    column(
        "weakest_sure",
        "确定",
        "sure",
        FLAG,
        "Whether no other gap could be the longest within the accuracies.",
        null=True,
        hide=("table",),
    ),
    column("area_share_inside", "面积在所列区内", "area in its districts", SHARE, null=True),
    ranged(
        "axis_share_inside",
        "轴线在所列区内",
        "axis in its districts",
        SHARE,
        "Of the line through its members; low and high if edge or axis is off by the accuracy.",
        ends=("axis_share_low", "axis_share_inside", "axis_share_high"),
        null=True,
    ),
    at="belts",
    identity=("id",),
    doc="One belt or corridor.",
    gis=True,
)
OF_BELT = named_id("belt", "带", "belt", of="item", named=None)
MEMBERS = table(
    "belt-members",
    "title.belt_members",
    "place",
    OF_BELT,
    named_id("id", "节点", "member", of="member"),
    column("order", "顺序", "order", COUNT),
    column("placed", "已落位", "placed", FLAG),
    column("accuracy_m", "误差", "accuracy", METRES, null=True),
    named_id("district", "行政区", "district", of="district", named=None, null=True),
    column("named", "文件所列", "named for it", FLAG, "Whether that district is one of the belt's."),
    at="belts[].members",
    under=("belt",),
    order=("belt", "id", "order", "placed", "accuracy_m", "district", "named"),
    terminal=False,
    doc="One member of a belt, in its order.",
)
GAPS = table(
    "belt-gaps",
    "title.belt_gaps",
    "pair",
    OF_BELT,
    named_id("item", "名称", "name", of="member", named=None),
    named_id("other", "另一处", "other", of="member", named=None),
    ranged(
        "straight_m", "距离", "distance", KILOMETRES, "Edge to edge.", ends=("low_m", "straight_m", "high_m"), null=True
    ),
    column("way_m", "路程", "way", KILOMETRES, null=True),
    column("minutes", "时间", "time", MINUTES, "Slower direction.", null=True),
    column("estimate", "时间依据", "time from", FLAG, "Whether it is a straight-line estimate.", read=_time_from),
    column("weakest", "最弱环节", "weakest link", FLAG),
    at="belts[].gaps",
    under=("belt",),
    order=("belt", "item", "other", "straight_m", "way_m", "minutes", "estimate", "weakest"),
    doc="The gap between two consecutive members.",
)
DISTRICTS = table(
    "belt-districts",
    "title.belt_districts",
    "district",
    OF_BELT,
    named_id("id", "行政区", "district", of="district"),
    column("named", "文件所列", "named for it", FLAG),
    column("area_m2", "面积", "area", HECTARES, null=True),
    column("area_share", "占带面积", "of its area", SHARE, null=True),
    column("axis_m", "轴线", "axis", KILOMETRES, null=True),
    column("axis_share", "占轴线", "of its axis", SHARE, null=True),
    at="belts[].districts",
    under=("belt",),
    order=("belt", "id", "named", "area_m2", "area_share", "axis_m", "axis_share"),
    doc="What of a belt lies in a district.",
)
DOCUMENT = Document(key="belts", tables=(HEAD, TRAVEL, RULES, BELTS, MEMBERS, GAPS, DISTRICTS))


@dataclasses.dataclass(frozen=True, kw_only=True)
class BeltsRequest(TravelRequest):
    """What is asked.

    Parameters
    ----------
    reach_m
        Reach of a member, m.
    """

    reach_m: float = asked(
        1000.0, "Reach of a member, metres. 节点的服务半径（米）。", "float", least=0, above=True, show=True
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: BeltsRequest) -> Answer:
    plan = workspace.plan(plans[0])
    means = means_of(workspace, plan, request)
    components = {one.id: one for one in plan.plan.components if one.role in BELT_ROLES}
    found = {name: _measured(plan, one, means, request.reach_m) for name, one in components.items()}
    return Answer(
        document=DOCUMENT,
        facts=tuple(_facts(plan, components, found, means=means, reach_m=request.reach_m)),
        base=plan.reading_also(request.roads),
        shapes={BELTS.key: plan.items.geometry.loc[list(found)]},
        layers=lambda: (),
        findings=() if means.roads is None else means.roads.findings,
    )


def _measured(plan: PlanResults, component: Component, means: Means, reach_m: float) -> Belt:
    import geopandas as gpd

    from parkmap.analysis.belts import belt

    places = plan.geography.places
    members = gpd.GeoDataFrame(places.loc[list(component.members), ["accuracy_m", "geometry"]], crs=places.crs)
    return belt(
        members,
        plan.items.geometry[component.id],
        plan.geography.districts,
        plan.items.at[component.id, "district_ids"],
        times=means.times(members) if len(members) else None,
        reach_m=reach_m,
    )


def _facts(
    plan: PlanResults, components: Mapping[str, Component], found: Mapping[str, Belt], *, means: Means, reach_m: float
) -> Iterator[Facts]:
    places = plan.geography.places
    members = dict.fromkeys(name for one in components.values() for name in one.members)
    called = places.loc[list(members), ["name_zh", "name_en"]].itertuples()
    names = {**plan_names(plan), "member": {str(row.Index): Words(row.name_zh, row.name_en) for row in called}}
    rows = [_row(plan, components[name], one, names) for name, one in found.items()]
    notes = (
        *([] if found else [messages.words("note.no_belts")]),
        messages.words("note.continuity", reach=f"{reach_m:,.0f}"),
        messages.words("note.axis"),
        *means.notes(),
        *(
            messages.words("belt.unknown", name=names["item"][row["id"]], reason=row["reason"])
            for row in rows
            if row["reason"] is not None
        ),
    )
    yield head(plan)
    yield means.facts()
    yield facts(RULES, [{"reach_m": reach_m}])
    yield facts(BELTS, rows, names=names, title=titled(plan, BELTS), notes=notes, stamps=stamps(plan))
    tables = {
        MEMBERS: {name: one.members.rename_axis("id") for name, one in found.items()},
        GAPS: {name: one.gaps for name, one in found.items()},
        DISTRICTS: {name: one.districts.rename_axis("id") for name, one in found.items()},
    }
    for table_, frames in tables.items():
        yield facts(table_, stacked("belt", frames), names=names)


def _row(plan: PlanResults, component: Component, belt: Belt, names: Names) -> dict[str, Any]:
    weakest = [pair for pair, is_it in belt.gaps["weakest"].items() if is_it][:1]
    doubt = messages.NONE if belt.weakest_sure else messages.words("not_sure")
    ends = [messages.joined([names["member"][end] for end in pair], by=Words(" - ", " - ")) for pair in weakest]
    return {
        **{field.name: getattr(belt, field.name) for field in dataclasses.fields(belt)},
        "id": component.id,
        "role": component.role,
        "determinacy": plan.items.at[component.id, "determinacy"],
        "reason": _reason(plan, component, belt),
        "chain": tuple(belt.members.index),
        "weakest": messages.joined([ends[0], doubt], by=messages.NONE) if ends else None,
    }


def _reason(plan: PlanResults, component: Component, belt: Belt) -> Words | None:
    """Return why a belt is unknown."""
    if belt.status == "known":
        return None
    if component.undetermined is not None:
        return component.undetermined.words
    place = None if component.place is None else plan.geography.places.loc[component.place]
    if len(belt.members) == 0 and place is not None and isinstance(place["note_zh"], str):
        return Words(str(place["note_zh"]), str(place["note_en"]))
    missing = [name for name, placed in belt.members["placed"].items() if not placed]
    listed = messages.joined(map(messages.plain, missing), by=Words("、", ", "))
    return messages.words("belt.members_not_placed" if missing else "belt.no_members", names=listed)


QUESTION: Final = Question(
    key="belts",
    help="""Check belts: order, gaps, weakest link, continuity, districts.

    检查带：节点顺序、间隔、最弱环节、连续性、所在行政区。
    """,
    documents=(DOCUMENT,),
    request=BeltsRequest,
    answer=_answer,
)
