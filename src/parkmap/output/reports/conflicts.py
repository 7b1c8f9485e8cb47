"""Report of `parkmap conflicts`: every question that the text leaves open, and what each answer changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.reports.base import Head, Report, head, number
from parkmap.output.reports.changes import Changes, changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parkmap.plan.conflicts.derived import Derived
    from parkmap.plan.conflicts.schema import Conflict
    from parkmap.plan.schema import Statement
    from parkmap.results.plan import PlanResults


class StatementEntry(Report):
    """Words of a clause that bear on the question."""

    written: str
    meaning_zh: str | None
    meaning_en: str | None
    document: str
    clause: str


class ReadingEffect(Report):
    """One answer."""

    id: str
    name_zh: str
    name_en: str
    in_use: bool
    changes: Changes | None
    """What differs from the reading in use; null for the reading in use itself."""


class TouchedDistrict(Report):
    """What one entry covers of one district, m²."""

    district: str
    name_zh: str
    name_en: str
    low_m2: float
    best_m2: float
    high_m2: float


class TouchedItem(Report):
    """An entry that the question bears on, as it is under the reading in use."""

    id: str
    name_zh: str
    name_en: str
    determinacy: str
    districts: list[TouchedDistrict]
    claim_m2: int | None
    """Land that it claims in the scenario, all years; null where it claims none."""


class ConflictEntry(Report):
    """One question."""

    id: str
    rule: str
    """`stated` in the plan file, or the rule that found it."""
    topic_zh: str
    topic_en: str
    says: list[StatementEntry]
    not_meant: list[StatementEntry]
    """Passages that look as if they answered the question and do not."""
    reason_zh: str | None
    reason_en: str | None
    readings: list[ReadingEffect]
    items: list[TouchedItem]


class ConflictsReport(Head):
    """Result of `parkmap conflicts`."""

    scenario: str | None
    conflicts: list[ConflictEntry]


def conflicts_report(results: PlanResults, others: Mapping[str, PlanResults]) -> ConflictsReport:
    """Return every conflict of a plan with the computed effects of its readings.

    Parameters
    ----------
    results
        The plan under the readings in use, or those asked for.
    others
        The plan under each other reading, by its id.
    """
    entries = [_entry(one, results, others) for one in results.register]
    scenario = results.scenario.id if results.scenario else None
    return ConflictsReport(**head(results), scenario=scenario, conflicts=entries)


def _entry(one: Derived, results: PlanResults, others: Mapping[str, PlanResults]) -> ConflictEntry:
    conflict = one.conflict
    return ConflictEntry(
        id=conflict.id,
        rule=one.rule,
        topic_zh=conflict.topic.zh,
        topic_en=conflict.topic.en,
        says=[_statement(s) for s in conflict.says],
        not_meant=[_statement(s) for s in conflict.not_meant],
        reason_zh=conflict.reason.zh if conflict.reason else None,
        reason_en=conflict.reason.en if conflict.reason else None,
        readings=list(_effects(conflict, results, others)),
        items=list(_touched(one.items, results)),
    )


def _effects(conflict: Conflict, results: PlanResults, others: Mapping[str, PlanResults]) -> Iterator[ReadingEffect]:
    asked_for = {reading.id for reading in results.readings} & {reading.id for reading in conflict.readings}
    current = next(iter(asked_for), conflict.in_use)
    for reading in conflict.readings:
        yield ReadingEffect(
            id=reading.id,
            name_zh=reading.name.zh,
            name_en=reading.name.en,
            in_use=reading.id == current,
            changes=None if reading.id == current else changes(results, others[reading.id]),
        )


def _statement(statement: Statement) -> StatementEntry:
    return StatementEntry(
        written=statement.written,
        meaning_zh=statement.meaning.zh if statement.meaning else None,
        meaning_en=statement.meaning.en if statement.meaning else None,
        document=statement.source.document,
        clause=statement.source.clause,
    )


def _touched(ids: Iterable[str], results: PlanResults) -> Iterator[TouchedItem]:
    pairs = results.coverage.pairs
    covered = {name: group.droplevel("item") for name, group in pairs.groupby(level="item")}
    claimed: dict[str, int] = {}
    for claim in results.scenario.claims if results.scenario else ():
        if claim.commodity == "land":
            claimed[claim.item] = claimed.get(claim.item, 0) + claim.claim.m2
    for name in ids:
        if name not in results.items.index:
            continue
        row = results.items.loc[name]
        own = covered.get(name)
        yield TouchedItem(
            id=name,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            determinacy=row["determinacy"],
            districts=[] if own is None else [_district(str(d.Index), d, results) for d in own.itertuples()],
            claim_m2=claimed.get(name),
        )


def _district(name: str, row: object, results: PlanResults) -> TouchedDistrict:
    districts = results.geography.districts
    low, best, high = (number(getattr(row, f"{end}_m2")) or 0.0 for end in ("low", "best", "high"))
    return TouchedDistrict(
        district=name,
        name_zh=districts.at[name, "name_zh"],
        name_en=districts.at[name, "name_en"],
        low_m2=low,
        best_m2=best,
        high_m2=high,
    )
