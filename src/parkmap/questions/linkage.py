"""`linkage`: travel times between components, an index of them, and what new links would change."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.errors import InvalidInputError
from parkmap.facts import numbers
from parkmap.facts.columns import column, id_list, in_words, inside, named_id, ranged, table
from parkmap.facts.facts import Facts, facts, stacked
from parkmap.facts.units import COUNT, FLAG, KILOMETRES, KM_PER_HOUR, MINUTES, NUMBER, TEXT, coded
from parkmap.finding import Finding, finding
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.belts import BELT_ROLES
from parkmap.questions.heads import HEAD, head, plan_names, stamps, titled
from parkmap.questions.links import TRAVEL, Means, TravelRequest, answer_of, means_of
from parkmap.questions.option import asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from parkmap.analysis.linkage import Linkage
    from parkmap.facts.columns import Names
    from parkmap.messages import Words
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults

ROLES: Final = ("core", "valley", "base", "node", "district", "centre", "place")
LINK_CLASS: Final = "trunk"
"""Class of street whose speed a new direct link is taken to have."""
CHOSEN: Final = "chosen"
"""The set of places that were named one by one."""
FORMULA: Final = "index = mean over ordered pairs of T / max(T, t), T = reference_minutes"
SOURCE: Final = (
    "Latora and Marchiori (2001), Efficient behavior of small-world networks, Phys. Rev. Lett. 87, 198701, eq. 1"
)
MOST_LINKS: Final = 10
"""New links of a set that the terminal shows; files have all."""

RULES = table(
    *("linkage-rules", "title.linkage", "plan"),
    column("formula", "公式", "formula", TEXT),
    column("source", "出处", "source", TEXT),
    column("reference_minutes", "基准时间", "reference time", MINUTES),
    column("link_kmh", "新通道时速", "speed over a new link", KM_PER_HOUR),
    at="",
    shape="record",
    people=False,
)
SETS = table(
    *("linkage", "title.linkage_sets", "set"),
    named_id("set", "一组", "set", of="set", named=None, hide=("json",)),
    column("role", "类别", "role", coded("role"), "Null where they were named one by one.", null=True, hide=("table",)),
    ranged(
        *("index", "联动指数", "linkage index", NUMBER, FORMULA),
        ends=("index_low", "index", "index_high"),
        source=SOURCE,
        null=True,
    ),
    column("harmonic_minutes", "时间的调和平均", "harmonic mean of the times", MINUTES, null=True),
    id_list("left_out", "未计入", "left out", "Of the role, but not even their district is known.", of="item"),
    at="sets",
    identity=("set",),
    doc="One set of places.",
)
OF_SET = (named_id("set", "一组", "set", of="set", named=None),)
ENDS = (
    named_id("item", "名称", "name", of="item", named=None),
    named_id("other", "另一处", "other", of="item", named=None),
)
PLACES = inside(
    *(SETS, "places", OF_SET, "linkage-places", "title.linkage", "item"),
    named_id("id", "名称", "name", of="item"),
    column("determinacy", "范围", "extent", coded("determinacy")),
    doc="One of the linked places.",
    people=False,
)
PAIRS = inside(
    *(SETS, "pairs", OF_SET, "linkage-pairs", "title.linkage_pairs", "pair"),
    *ENDS,
    column("straight_m", "直线距离", "straight", KILOMETRES, null=True),
    column("way_m", "路程", "way", KILOMETRES, null=True),
    column("minutes", "时间", "time", MINUTES, null=True),
    column("minutes_back", "返程", "time back", MINUTES, null=True),
    column("minutes_low", "最短", "least", MINUTES, "Of both directions, within the accuracies.", null=True),
    column("minutes_high", "最长", "most", MINUTES, "Of both directions, within the accuracies.", null=True),
    column("estimate", "估算", "estimate", FLAG),
    column("status", "状态", "status", coded("status")),
    terminal=False,
    doc="Travel between two places; null where only a range, or nothing, is known.",
)
NEW_LINKS = inside(
    *(SETS, "new_links", OF_SET, "new-links", "title.new_links", "pair"),
    *ENDS,
    column("minutes_now", "现状", "time now", MINUTES, "Slower direction.", null=True),
    column("minutes_new", "新通道", "time over it", MINUTES, null=True),
    column("index_after", "之后指数", "index after", NUMBER, null=True),
    column("gain", "提高", "gain", NUMBER, "Index points.", null=True),
    column("gain_near", "提高（时间取低值）", "gain, times low", NUMBER, null=True),
    column("gain_far", "提高（时间取高值）", "gain, times high", NUMBER, null=True),
    column("pairs_faster", "受益地点对", "pairs faster", COUNT, null=True),
    terminal=False,
    doc="What a new straight link between two places would change, best first.",
)
BEST_LINKS = dataclasses.replace(NEW_LINKS, key="best-links", at=None, terminal=True)
MATRIX = table("linkage-times", "title.linkage", "item", in_words("place", "出发地", "from"))
"""The pairs of one set as a matrix: each of its places has a column."""
DOCUMENT = Document(key="linkage", tables=(HEAD, TRAVEL, RULES, SETS, PLACES, PAIRS, NEW_LINKS))


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkageRequest(TravelRequest):
    """What is asked.

    Parameters
    ----------
    role
        Roles whose components are linked; empty takes every role but belts with two components or more.
    item
        Ids of components, parks or projects to link instead.
    reference_minutes
        Reference time of the index.
    link_kmh
        Speed over a new link; None takes that of a trunk road in the profile.
    """

    role: tuple[str, ...] = asked(
        (),
        "Role whose components are linked. 计算该类要素的联动。 [every role with two or more 两个以上的各类]",
        "choice",
        choices=ROLES,
        many=True,
    )
    item: tuple[str, ...] = asked(
        (), "Component, park or project to link, two or more. 指定地点（两个以上）。", many=True
    )
    reference_minutes: float = asked(
        *(60.0, "Reference time of the index, minutes. 指数的基准时间（分钟）。", "float"),
        least=0,
        above=True,
        show=True,
    )
    link_kmh: float | None = asked(
        None, "Speed over a new link. 新通道的时速。 [trunk road 主干路]", "float", least=0, above=True
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: LinkageRequest) -> Answer:
    plan = workspace.plan(plans[0])
    sets = _sets(plan, request)
    means = means_of(workspace, plan, request)
    kmh = request.link_kmh or means.profile.speed_of(LINK_CLASS) or means.profile.straight.kmh
    found = {name: _linked(plan, ids, means, kmh, request.reference_minutes) for name, ids in sets.items()}
    own = _facts(plan, found, means=means, kmh=kmh, request=request)
    return answer_of(DOCUMENT, plan.reading_also(request.roads), own, means=means)


def _sets(plan: PlanResults, request: LinkageRequest) -> dict[str, tuple[str, ...]]:
    """Return the ids to link, by role or as chosen.

    Raises
    ------
    InvalidInputError
        When an id or a role does not exist, or names fewer than two places.
    """
    problems = list(_problems(plan, request))
    if problems:
        raise InvalidInputError(problems)
    if request.item:
        return {CHOSEN: tuple(dict.fromkeys(request.item))}
    roles = request.role or dict.fromkeys(one.role for one in plan.plan.components if one.role not in BELT_ROLES)
    sets = {str(role): _of_role(plan, role) for role in roles}
    return {role: ids for role, ids in sets.items() if len(ids) > 1}


def _of_role(plan: PlanResults, role: str) -> tuple[str, ...]:
    """Return the components of a role of which at least a district is known: the others cannot be linked."""
    ids = [one.id for one in plan.plan.components if one.role == role]
    return tuple(name for name in ids if plan.items.geometry[name] is not None or plan.items.at[name, "district_ids"])


def _problems(plan: PlanResults, request: LinkageRequest) -> Iterator[Finding]:
    known = list(plan.items.index)
    for name in request.item:
        if name not in known:
            yield finding("linkage.unknown_item", "error", key=name, name=name, known=", ".join(known))
    if len(set(request.item)) == 1:
        yield finding("linkage.too_few", "error", count=1)
    for role in request.role:
        count = len(_of_role(plan, role))
        if count < 2:  # noqa: PLR2004
            yield finding("linkage.few_of_role", "error", key=role, role=role, count=count)


def _linked(plan: PlanResults, ids: Sequence[str], means: Means, kmh: float, reference_minutes: float) -> Linkage:
    from parkmap.analysis.link_times import ground_of
    from parkmap.analysis.linkage import linkage

    places, districts = plan.items.loc[list(ids)], plan.geography.districts
    times = means.times(places, ground_of(places["district_ids"], districts.geometry))
    return linkage(times, link_kmh=kmh, reference_minutes=reference_minutes)


def _facts(
    plan: PlanResults, found: Mapping[str, Linkage], *, means: Means, kmh: float, request: LinkageRequest
) -> Iterator[Facts]:
    called = {name: messages.words("linkage.chosen" if name == CHOSEN else f"role.{name}") for name in found}
    names = {**plan_names(plan), "set": called}
    yield head(plan)
    speeds = {"reference_minutes": request.reference_minutes, "link_kmh": kmh}
    used = speeds if found else dict.fromkeys(speeds, 0.0)
    yield facts(RULES, [{"formula": FORMULA, "source": SOURCE, **used}])
    formula = messages.words("note.linkage_formula", minutes=f"{request.reference_minutes:g}", source=SOURCE)
    notes = (*([] if found else [messages.words("note.no_sets")]), formula, *means.notes())
    rows = [_row(plan, name, one) for name, one in found.items()]
    yield facts(SETS, rows, names=names, title=titled(plan, SETS), notes=notes, stamps=stamps(plan))
    places = {name: plan.items.loc[one.ids, ["determinacy"]].rename_axis("id") for name, one in found.items()}
    yield facts(PLACES, stacked("set", places), names=names)
    yield from (_matrix(name, one, names) for name, one in found.items())
    yield facts(PAIRS, stacked("set", {name: one.pairs for name, one in found.items()}), names=names)
    assumed = [messages.words("note.new_links", kmh=f"{kmh:g}")]
    for own, most in ((BEST_LINKS, MOST_LINKS), (NEW_LINKS, None)):
        links = stacked("set", {name: one.new_links[:most] for name, one in found.items()})
        yield facts(own, links, names=names, notes=assumed)


def _row(plan: PlanResults, name: str, one: Linkage) -> dict[str, Any]:
    items = plan.items
    same_role = items.index[(items["role"] == name) & (items["section"] == "components")]
    left_out = tuple(str(item) for item in same_role if item not in one.ids)
    return {**vars(one), "set": name, "role": None if name == CHOSEN else name, "left_out": left_out}


def _matrix(name: str, one: Linkage, names: Names) -> Facts:
    """Return the travel times of a set from place to place: minutes, a range, or a word."""
    cells = {}
    for (item, other), pair in one.pairs.iterrows():
        cells[item, other], cells[other, item] = _time(pair, "minutes"), _time(pair, "minutes_back")
    here, called = messages.plain("·"), names["item"]
    rows = [
        {"place": called[item], **{f"to-{other}": cells.get((item, other), here) for other in one.ids}}
        for item in one.ids
    ]
    columns = [in_words(f"to-{other}", called[other].zh, called[other].en) for other in one.ids]
    title = messages.joined([MATRIX.title, names["set"][name]], by=messages.plain(" / "))
    own = dataclasses.replace(MATRIX, key=f"{MATRIX.key}-{name}")
    return facts(own, rows, columns=(*MATRIX.columns, *columns), title=title)


def _time(pair: pd.Series, key: str) -> Words:
    if pair["status"] in {"unknown", "unconnected"}:
        return messages.words(f"status.{pair['status']}")
    keys = ("minutes_low", "minutes_high") if pair["status"] == "range" else (key,)
    shown = messages.plain("–".join(numbers.shown(float(pair[one]), 0) for one in keys))
    return messages.joined([messages.words("about"), shown], by=messages.NONE) if pair["estimate"] else shown


QUESTION: Final = Question(
    key="linkage",
    help="""Show travel times between components, a linkage index, and what new links would change.

    要素之间的出行时间、联动指数，以及新增通道的影响。
    """,
    documents=(DOCUMENT,),
    request=LinkageRequest,
    answer=_answer,
)
