"""`belts`: are belts belts? Their members in order, the gaps between them, and where they lie."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Names, column, id_list, in_words, inside, named_id, ranged, table
from parkmap.facts.facts import Facts, facts, stacked
from parkmap.facts.units import COUNT, FLAG, HECTARES, KILOMETRES, METRES, MINUTES, NUMBER, SHARE, TEXT, coded
from parkmap.messages import Lang, Words
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.heads import HEAD, head, plan_names, stamps, titled
from parkmap.questions.links import TRAVEL, Means, TravelRequest, answer_of, means_of
from parkmap.questions.option import asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.analysis.belts import Belt
    from parkmap.plan.schema import Component
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults

BELT_ROLES: Final = ("belt", "corridor")
"""Roles of components that join their members in order."""
UNSEEN: Any = {"hide": ("table",)}


def _in_order(value: Any, names: Names, lang: Lang) -> str | None:  # noqa: ANN401  ids
    return " → ".join(names["member"][name][lang] for name in value) or None


def _time_from(value: Any, _names: Names, lang: Lang) -> str:  # noqa: ANN401  whether it is an estimate
    return messages.text("basis_of_time.estimate" if value else "basis_of_time.network", lang)


RULES = table(
    *("belts-rules", "title.belts", "plan"),
    column("reach_m", "服务半径", "reach", METRES, "Continuity is the sum of min(gap, 2 reach) over the sum of gaps."),
    at="",
    shape="record",
    people=False,
)
BELTS = table(
    *("belts", "title.belts", "item"),
    named_id("id", "名称", "name", of="item"),
    column("role", "类别", "role", coded("role")),
    column("determinacy", "范围", "extent", coded("determinacy"), **UNSEEN),
    column("status", "状态", "status", TEXT, "`known` or `unknown`.", **UNSEEN),
    in_words("reason", "原因", "reason", "Why it is unknown.", null=True, **UNSEEN),
    id_list("chain", "节点（按顺序）", "members in order", of="member", read=_in_order, hide=("json",)),
    ranged(
        *("continuity", "连续性", "continuity", NUMBER, "Share of the way from member to member within their reach."),
        ends=("continuity_low", "continuity", "continuity_high"),
        null=True,
        missing=messages.words("status.unknown"),
    ),
    in_words("weakest", "最弱环节", "weakest link", null=True, hide=("json",)),
    column("weakest_sure", "确定", "sure", FLAG, "Whether no other gap could be the longest.", null=True, **UNSEEN),
    column("area_share_inside", "面积在所列区内", "area in its districts", SHARE, null=True),
    ranged(
        *("axis_share_inside", "轴线在所列区内", "axis in its districts", SHARE, "Of the line through its members."),
        ends=("axis_share_low", "axis_share_inside", "axis_share_high"),
        null=True,
    ),
    at="belts",
    identity=("id",),
    doc="One belt or corridor; low and high within the accuracies.",
    gis=True,
)
OF_BELT = (named_id("belt", "带", "belt", of="item", named=None),)
MEMBERS = inside(
    *(BELTS, "members", OF_BELT, "belt-members", "title.belt_members", "place"),
    named_id("id", "节点", "member", of="member"),
    column("order", "顺序", "order", COUNT),
    column("placed", "已落位", "placed", FLAG),
    column("accuracy_m", "误差", "accuracy", METRES, null=True),
    named_id("district", "行政区", "district", of="district", named=None, null=True),
    column("named", "文件所列", "named for it", FLAG, "Whether that district is one of the belt's."),
    terminal=False,
    doc="One member of a belt, in its order.",
)
GAPS = inside(
    *(BELTS, "gaps", OF_BELT, "belt-gaps", "title.belt_gaps", "pair"),
    named_id("item", "名称", "name", of="member", named=None),
    named_id("other", "另一处", "other", of="member", named=None),
    ranged(
        "straight_m", "距离", "distance", KILOMETRES, "Edge to edge.", ends=("low_m", "straight_m", "high_m"), null=True
    ),
    column("way_m", "路程", "way", KILOMETRES, null=True),
    column("minutes", "时间", "time", MINUTES, "Slower direction.", null=True),
    column("estimate", "时间依据", "time from", FLAG, "Whether it is a straight-line estimate.", read=_time_from),
    column("weakest", "最弱环节", "weakest link", FLAG),
    doc="The gap between two consecutive members.",
)
DISTRICTS = inside(
    *(BELTS, "districts", OF_BELT, "belt-districts", "title.belt_districts", "district"),
    named_id("id", "行政区", "district", of="district"),
    column("named", "文件所列", "named for it", FLAG),
    column("area_m2", "面积", "area", HECTARES, null=True),
    column("area_share", "占带面积", "of its area", SHARE, null=True),
    column("axis_m", "轴线", "axis", KILOMETRES, null=True),
    column("axis_share", "占轴线", "of its axis", SHARE, null=True),
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
    found = {
        one.id: (one, _measured(plan, one, means, request.reach_m))
        for one in plan.plan.components
        if one.role in BELT_ROLES
    }
    own = _facts(plan, found, means, reach_m=request.reach_m)
    answer = answer_of(DOCUMENT, plan.reading_also(request.roads), own, means=means)
    return dataclasses.replace(answer, shapes={BELTS.key: plan.items.geometry.loc[list(found)]})


def _measured(plan: PlanResults, component: Component, means: Means, reach_m: float) -> Belt:
    from parkmap.analysis.belts import belt

    members = plan.geography.places.loc[list(component.members), ["accuracy_m", "geometry"]]
    shape, districts = plan.items.geometry[component.id], plan.geography.districts
    times = means.times(members) if len(members) else None
    return belt(members, shape, districts, plan.items.at[component.id, "district_ids"], times=times, reach_m=reach_m)


def _facts(
    plan: PlanResults, found: Mapping[str, tuple[Component, Belt]], means: Means, *, reach_m: float
) -> Iterator[Facts]:
    called = plan.geography.places[["name_zh", "name_en"]].itertuples()
    names = {**plan_names(plan), "member": {str(row.Index): Words(row.name_zh, row.name_en) for row in called}}
    rows = [_row(plan, component, belt, names) for component, belt in found.values()]
    unknown = [{"name": names["item"][row["id"]], "reason": row["reason"]} for row in rows if row["reason"]]
    notes = (
        *([] if found else [messages.words("note.no_belts")]),
        *(messages.words("note.continuity", reach=f"{reach_m:,.0f}"), messages.words("note.axis"), *means.notes()),
        *(messages.words("belt.unknown", **gaps) for gaps in unknown),
    )
    yield head(plan)
    yield facts(RULES, [{"reach_m": reach_m}])
    yield facts(BELTS, rows, names=names, title=titled(plan, BELTS), notes=notes, stamps=stamps(plan))
    members = {name: belt.members.rename_axis("id") for name, (_, belt) in found.items()}
    gaps = {name: belt.gaps for name, (_, belt) in found.items()}
    districts = {name: belt.districts.rename_axis("id") for name, (_, belt) in found.items()}
    for own, frames in ((MEMBERS, members), (GAPS, gaps), (DISTRICTS, districts)):
        yield facts(own, stacked("belt", frames), names=names)


def _row(plan: PlanResults, component: Component, belt: Belt, names: Names) -> dict[str, Any]:
    (weakest,) = [pair for pair, is_it in belt.gaps["weakest"].items() if is_it][:1] or [()]
    doubt = messages.NONE if belt.weakest_sure else messages.words("not_sure")
    link = messages.joined((names["member"][end] for end in weakest), by=messages.plain(" - "))
    return {
        **vars(belt),
        "id": component.id,
        "role": component.role,
        "determinacy": plan.items.at[component.id, "determinacy"],
        "reason": _reason(plan, component, belt),
        "chain": tuple(belt.members.index),
        "weakest": messages.joined([link, doubt], by=messages.NONE) if weakest else None,
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
