"""`conflicts`: every question that the text leaves open, and what each answer changes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import column, in_words, named_id, ranged, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import COUNT, FLAG, HECTARES, ID, M2, TEXT, coded
from parkmap.questions.base import Answer, Document, Question, asked
from parkmap.questions.changes import change_tables, changes
from parkmap.questions.heads import HEAD, head, plan_names, stamps, titled
from parkmap.questions.sides import every_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.facts.columns import Names, Table
    from parkmap.messages import Words
    from parkmap.plan.conflicts.derived import Derived
    from parkmap.plan.conflicts.schema import Conflict
    from parkmap.plan.schema import Statement
    from parkmap.questions.base import Workspace
    from parkmap.questions.changes import Changes
    from parkmap.results.plan import PlanResults

OF_CONFLICT = column("conflict", "冲突", "conflict", ID)
OF_READING = column("reading", "读法", "reading", ID)
RULES = table(
    "conflicts-rules",
    "title.conflicts",
    "plan",
    column("scenario", "情景", "scenario", TEXT, null=True),
    at="",
    shape="record",
    people=False,
)
CONFLICTS = table(
    "conflicts",
    "title.conflicts",
    "conflict",
    column("id", "冲突", "conflict", ID),
    in_words("topic", "问题", "question"),
    column("others", "其他读法", "other readings", COUNT, hide=("json",)),
    column("rule", "来源", "found by", coded("rule"), "Stated in the plan file, or the rule that found it."),
    in_words("reason", "理由", "reason", "Why the reading in use is in use.", null=True, hide=("table",)),
    at="conflicts",
    identity=("id",),
    doc="One question.",
)


def _passages(key: str, doc: str) -> Table:
    return table(
        f"conflict-{key.replace('_', '-')}",
        f"title.conflict_{key}",
        "clause",
        OF_CONFLICT,
        column("written", "原文", "words", TEXT),
        in_words("meaning", "含义", "meaning", null=True),
        column("document", "文件", "document", ID),
        column("clause", "条款", "clause", TEXT),
        at=f"conflicts[].{key}",
        under=("conflict",),
        order=("conflict", "written", "meaning", "document", "clause"),
        doc=doc,
    )


SAYS = _passages("says", "Words of a clause that bear on the question.")
NOT_MEANT = _passages("not_meant", "Words that look as if they answered the question and do not.")
READINGS = table(
    "conflict-readings",
    "title.conflict_readings",
    "reading",
    OF_CONFLICT,
    column("id", "读法", "reading", ID),
    column("in_use", "采用", "in use", FLAG),
    in_words("name", "名称", "name"),
    in_words("effect", "影响", "effect", null=True, hide=("json",)),
    at="conflicts[].readings",
    under=("conflict",),
    identity=("id",),
    order=("conflict", "id", "in_use", "name", "effect"),
    doc="One answer; what differs from the reading in use is null for that reading itself.",
)
CHANGES = change_tables("conflicts[].readings[].changes", OF_CONFLICT, OF_READING, optional=True)
ITEMS = table(
    "conflict-entries",
    "title.conflict_items",
    "item",
    OF_CONFLICT,
    named_id("id", "名称", "name", of="item"),
    column("determinacy", "范围", "extent", coded("determinacy")),
    column(
        "claim_m2", "用地需求", "land claimed", M2, "In the scenario, all years; null where it claims none.", null=True
    ),
    at="conflicts[].items",
    under=("conflict",),
    identity=("id",),
    order=("conflict", "id", "determinacy", "claim_m2"),
    terminal=False,
    doc="An entry that the question bears on, as it is under the reading in use.",
)
COVERED = table(
    "conflict-items",
    "title.coverage_pairs",
    "pair",
    OF_CONFLICT,
    named_id("item", "名称", "name", of="item", named=None),
    column("determinacy", "范围", "extent", coded("determinacy"), hide=("json",)),
    named_id("district", "行政区", "district", of="district"),
    ranged("{}_m2", "覆盖", "covered", HECTARES),
    at="conflicts[].items[].districts",
    under=("conflict", "item"),
    order=("conflict", "item", "determinacy", "district", "best_m2"),
    doc="What one entry covers of one district.",
)
DOCUMENT = Document(
    key="conflicts", tables=(HEAD, RULES, CONFLICTS, SAYS, NOT_MEANT, READINGS, *CHANGES.all(), ITEMS, COVERED)
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
    conflicts = {one.conflict.id: one.conflict for one in plan.register}
    effects: dict[tuple[str, ...], Changes] = {
        (conflict.id, reading.id): changes(plan, others[reading.id])
        for conflict in conflicts.values()
        for reading in conflict.readings
        if reading.id != _current(conflict, plan)
    }
    names = plan_names(plan)
    for other in others.values():
        names = {**names, "item": {**other.names["item"], **names["item"]}}
    scenario = plan.scenario.id if plan.scenario else None
    notes = [messages.words("note.conflicts", scenario=scenario or "-"), messages.words("note.readings_run")]
    yield head(plan)
    yield facts(RULES, [{"scenario": scenario}])
    register = [_entry(one) for one in plan.register]
    yield facts(CONFLICTS, register, title=titled(plan, CONFLICTS), notes=notes, stamps=stamps(plan))
    yield facts(SAYS, [_passage(name, one) for name, own in conflicts.items() for one in own.says])
    yield facts(NOT_MEANT, [_passage(name, one) for name, own in conflicts.items() for one in own.not_meant])
    sentences = {key: one.sentence() for key, one in effects.items()}
    yield facts(READINGS, [row for own in conflicts.values() for row in _readings(own, sentences)])
    yield from CHANGES.facts(effects, names)
    yield from _touched(plan, names)


def _current(conflict: Conflict, plan: PlanResults) -> str:
    """Return the reading under which the plan is taken."""
    chosen = {reading.id for reading in plan.readings} & {reading.id for reading in conflict.readings}
    return next(iter(chosen), conflict.in_use)


def _entry(one: Derived) -> dict[str, Any]:
    conflict = one.conflict
    return {
        "id": conflict.id,
        "topic": conflict.topic.words,
        "others": len(conflict.readings) - 1,
        "rule": one.rule,
        "reason": conflict.reason.words if conflict.reason else None,
    }


def _passage(conflict: str, said: Statement) -> dict[str, Any]:
    meaning, where = said.meaning.words if said.meaning else None, said.source
    return {
        "conflict": conflict,
        "written": said.written,
        "meaning": meaning,
        "document": where.document,
        "clause": where.clause,
    }


def _readings(conflict: Conflict, sentences: Mapping[tuple[str, ...], Words]) -> Iterator[dict[str, Any]]:
    reason = conflict.reason.words if conflict.reason else None
    for reading in conflict.readings:
        effect = sentences.get((conflict.id, reading.id))
        yield {
            "conflict": conflict.id,
            "id": reading.id,
            "in_use": effect is None,
            "name": reading.name.words,
            "effect": reason if effect is None else effect,
        }


def _touched(plan: PlanResults, names: Names) -> Iterator[Facts]:
    """Yield the entries that the questions bear on, then what each covers of each district."""
    from parkmap.plan.counts import claimed_m2

    claimed, pairs = claimed_m2(plan.scenario, "land"), plan.coverage.pairs
    kept = [(one.conflict.id, name) for one in plan.register for name in one.items if name in plan.items.index]
    items = [
        {
            "conflict": conflict,
            "id": name,
            "determinacy": plan.items.at[name, "determinacy"],
            "claim_m2": claimed.get(name),
        }
        for conflict, name in kept
    ]
    yield facts(ITEMS, items, names=names)
    covered = {name: own.droplevel("item").reset_index() for name, own in pairs.groupby(level="item")}
    rows = [
        {"conflict": item["conflict"], "item": item["id"], "determinacy": item["determinacy"], **row}
        for item in items
        if item["id"] in covered
        for row in covered[item["id"]].to_dict("records")
    ]
    yield facts(COVERED, rows, names=names)


QUESTION: Final = Question(
    key="conflicts",
    help="List where the text disagrees with itself, and what each reading changes. 表述冲突登记及各读法的影响。",
    documents=(DOCUMENT,),
    request=ConflictsRequest,
    answer=_answer,
)
