"""`conflicts`: every question that the text leaves open, and what each answer changes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import column, in_words, inside, named_id, ranged, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import COUNT, FLAG, HECTARES, ID, M2, TEXT, coded
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.changes import READ, UNSEEN, Changes, change_facts, change_tables, changes
from parkmap.questions.heads import HEAD, head, plan_names, stamps, titled
from parkmap.questions.option import asked
from parkmap.questions.sides import every_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.facts.columns import Names, Table
    from parkmap.plan.conflicts.schema import Conflict
    from parkmap.plan.schema import Statement
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults

OF_CONFLICT = (column("conflict", "冲突", "conflict", ID),)
OF_READING = (column("conflict", "冲突", "conflict", ID, **UNSEEN), column("reading", "读法", "reading", ID))
EXTENT: Final = ("determinacy", "范围", "extent", coded("determinacy"))
RULES = table(
    *("conflicts-rules", "title.conflicts", "plan"),
    column("scenario", "情景", "scenario", TEXT, null=True),
    at="",
    shape="record",
    people=False,
)
CONFLICTS = table(
    *("conflicts", "title.conflicts", "conflict"),
    column("id", "冲突", "conflict", ID),
    in_words("topic", "问题", "question"),
    column("others", "其他读法", "other readings", COUNT, **READ),
    column("rule", "来源", "found by", coded("rule"), "Stated in the plan file, or the rule that found it."),
    in_words("reason", "理由", "reason", "Why the reading in use is in use.", null=True, **UNSEEN),
    at="conflicts",
    identity=("id",),
    doc="One question.",
)


def _passages(name: str, doc: str) -> Table:
    key = f"conflict-{name.replace('_', '-')}"
    return inside(
        *(CONFLICTS, name, OF_CONFLICT, key, f"title.conflict_{name}", "clause"),
        column("written", "原文", "words", TEXT),
        in_words("meaning", "含义", "meaning", null=True),
        column("document", "文件", "document", ID),
        column("clause", "条款", "clause", TEXT),
        doc=doc,
    )


SAYS = _passages("says", "Words of a clause that bear on the question.")
NOT_MEANT = _passages("not_meant", "Words that look as if they answered the question and do not.")
READINGS = inside(
    *(CONFLICTS, "readings", OF_CONFLICT, "conflict-readings", "title.conflict_readings", "reading"),
    column("id", "读法", "reading", ID),
    column("in_use", "采用", "in use", FLAG),
    in_words("name", "名称", "name"),
    in_words("effect", "影响", "effect", null=True, **READ),
    identity=("id",),
    doc="One answer; what differs from the reading in use is null for that reading itself.",
)
CHANGES = change_tables("conflicts[].readings[].changes", *OF_READING, optional=True)
ITEMS = inside(
    *(CONFLICTS, "items", OF_CONFLICT, "conflict-entries", "title.conflict_items", "item"),
    named_id("id", "名称", "name", of="item"),
    column(*EXTENT),
    column("claim_m2", "用地需求", "land claimed", M2, "In all years of the scenario.", null=True),
    identity=("id",),
    terminal=False,
    doc="An entry that the question bears on, as it is under the reading in use.",
)
OF_ITEM = (*OF_CONFLICT, named_id("item", "名称", "name", of="item", named=None))
COVERED = inside(
    *(ITEMS, "districts", OF_ITEM, "conflict-items", "title.coverage_pairs", "pair"),
    column(*EXTENT, **READ),
    named_id("district", "行政区", "district", of="district"),
    ranged("{}_m2", "覆盖", "covered", HECTARES),
    doc="What one entry covers of one district.",
)
DOCUMENT = Document(
    key="conflicts", tables=(HEAD, RULES, CONFLICTS, SAYS, NOT_MEANT, READINGS, *CHANGES.values(), ITEMS, COVERED)
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ConflictsRequest:
    """What is asked.

    Parameters
    ----------
    scenario
        Id of the scenario; None is `base` where there is one.
    """

    scenario: str | None = asked(None, "Scenario id. 情景编号。 [base]")


def _answer(workspace: Workspace, plans: tuple[str, ...], request: ConflictsRequest) -> Answer:
    plan, others = every_reading(workspace, plans[0], scenario=request.scenario)
    return Answer(document=DOCUMENT, facts=tuple(_facts(plan, others)), base=plan, layers=lambda: ())


def _facts(plan: PlanResults, others: Mapping[str, PlanResults]) -> Iterator[Facts]:
    effects: dict[tuple[str, ...], Changes] = {
        (one.conflict.id, reading.id): changes(plan, others[reading.id])
        for one in plan.register
        for reading in one.conflict.readings
        if reading.id in others
    }
    names, scenario = plan_names(plan), plan.scenario.id if plan.scenario else None
    for other in others.values():
        names = {**names, "item": {**other.names["item"], **names["item"]}}
    notes = [messages.words("note.conflicts", scenario=scenario or "-"), messages.words("note.readings_run")]
    conflicts = [one.conflict for one in plan.register]
    yield head(plan)
    yield facts(RULES, [{"scenario": scenario}])
    register = [{**_entry(one.conflict), "rule": one.rule} for one in plan.register]
    yield facts(CONFLICTS, register, title=titled(plan, CONFLICTS), notes=notes, stamps=stamps(plan))
    yield facts(SAYS, [_passage(one.id, said) for one in conflicts for said in one.says])
    yield facts(NOT_MEANT, [_passage(one.id, said) for one in conflicts for said in one.not_meant])
    yield facts(READINGS, [row for one in conflicts for row in _readings(one, effects)])
    yield from change_facts(CHANGES, effects, names)
    yield from _touched(plan, names)


def _entry(conflict: Conflict) -> dict[str, Any]:
    reason = conflict.reason.words if conflict.reason else None
    return {
        "id": conflict.id,
        "topic": conflict.topic.words,
        "others": len(conflict.readings) - 1,
        "reason": reason,
    }


def _passage(conflict: str, said: Statement) -> dict[str, Any]:
    meaning = said.meaning.words if said.meaning else None
    return {**dict(said.source), "conflict": conflict, "written": said.written, "meaning": meaning}


def _readings(conflict: Conflict, effects: Mapping[tuple[str, ...], Changes]) -> Iterator[dict[str, Any]]:
    for reading in conflict.readings:
        change = effects.get((conflict.id, reading.id))
        effect = _entry(conflict)["reason"] if change is None else change.sentence()
        row = {"conflict": conflict.id, "id": reading.id, "in_use": change is None, "name": reading.name.words}
        yield {**row, "effect": effect}


def _touched(plan: PlanResults, names: Names) -> Iterator[Facts]:
    """Yield the entries that the questions bear on, then what each covers of each district."""
    from parkmap.plan.counts import claimed_m2

    claimed = claimed_m2(plan.scenario, "land")
    placed = {name: group.droplevel("item") for name, group in plan.coverage.pairs.groupby(level="item")}
    items, covered = [], []
    for one in plan.register:
        for name in one.items:
            if name in plan.items.index:
                row = {"conflict": one.conflict.id, "determinacy": plan.items.at[name, "determinacy"]}
                items.append({**row, "id": name, "claim_m2": claimed.get(name)})
                own = placed[name].reset_index().to_dict("records") if name in placed else ()
                covered += [{**row, "item": name, **district} for district in own]
    yield facts(ITEMS, items, names=names)
    yield facts(COVERED, covered, names=names)


QUESTION: Final = Question(
    key="conflicts",
    help="List where the text disagrees with itself, and what each reading changes. 表述冲突登记及各读法的影响。",
    documents=(DOCUMENT,),
    request=ConflictsRequest,
    answer=_answer,
)
