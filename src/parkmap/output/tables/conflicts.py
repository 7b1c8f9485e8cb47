"""Tables of `parkmap conflicts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import HECTARE_M2, Cell, Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.messages import Lang
    from parkmap.output.reports.changes import Changes
    from parkmap.output.reports.conflicts import ConflictsReport

    Effects = Sequence[tuple[str, Changes]]


def conflict_tables(report: ConflictsReport, lang: Lang) -> list[Table]:
    """Return the register, the passages, the readings and what each changes; tables without rows are left out."""
    rows = tuple(
        (
            entry.id,
            entry.topic_zh if lang == "zh" else entry.topic_en,
            len(entry.readings) - 1,
            words(f"rule.{entry.rule}", lang),
        )
        for entry in report.conflicts
    )
    notes = (words("note.conflicts", lang, scenario=report.scenario or "-"), words("note.readings_run", lang))
    register = Table(
        key="conflicts",
        title=title_of("conflicts", report, lang),
        headers=columns(lang, "conflict", "topic", "other_readings", "rule"),
        rows=rows,
        notes=(*stamps_of(report, lang), *notes),
    )
    tables = [register, _says(report, lang), _readings(report, lang)]
    effects = list(_effects(report))
    tables += [coverage_changes(effects, lang), count_changes(effects, lang), contact_changes(effects, lang)]
    tables += [quota_changes(effects, lang), _items(report, lang)]
    return [table for table in tables if table.rows or table is register]


def effect_sentence(changes: Changes, lang: Lang) -> str:
    """Say in one sentence what differs."""
    if changes.none:
        return words("conflict.no_effect", lang)
    change = sum(one.after_best_m2 - one.before_best_m2 for one in changes.coverage) / HECTARE_M2
    return words(
        "conflict.effect_summary",
        lang,
        districts=len(changes.coverage),
        change=f"{_zeroed(change, 1):+,.1f}",
        contacts=len(changes.contacts),
        quota=len(changes.quota),
        counts=len(changes.roles) + len(changes.targets),
    )


def _zeroed(value: float, decimals: int) -> float:
    """Return a value whose rounded form has no minus before a zero."""
    return 0.0 if round(value, decimals) == 0 else value


def _readings(report: ConflictsReport, lang: Lang) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for entry in report.conflicts:
        reason = entry.reason_zh if lang == "zh" else entry.reason_en
        for reading in entry.readings:
            effect = reason if reading.changes is None else effect_sentence(reading.changes, lang)
            rows.append((entry.id, reading.id, words(f"yes.{reading.in_use}", lang), pick(reading, lang), effect))
    heads = columns(lang, "conflict", "reading", "in_use", "name", "effect")
    return Table(key="conflict-readings", title=words("title.conflict_readings", lang), headers=heads, rows=tuple(rows))


def _says(report: ConflictsReport, lang: Lang) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for entry in report.conflicts:
        for statement in entry.says:
            meaning = statement.meaning_zh if lang == "zh" else statement.meaning_en
            rows.append((entry.id, statement.written, meaning, f"{statement.document} {statement.clause}"))
        for statement in entry.not_meant:
            meaning = statement.meaning_zh if lang == "zh" else statement.meaning_en
            told = words("conflict.not_meant", lang, meaning=meaning or "-")
            rows.append((entry.id, statement.written, told, f"{statement.document} {statement.clause}"))
    heads = columns(lang, "conflict", "written", "meaning", "clause")
    return Table(key="conflict-says", title=words("title.conflict_says", lang), headers=heads, rows=tuple(rows))


def _effects(report: ConflictsReport) -> Iterator[tuple[str, Changes]]:
    for entry in report.conflicts:
        for reading in entry.readings:
            if reading.changes is not None:
                yield reading.id, reading.changes


def coverage_changes(effects: Effects, lang: Lang) -> Table:
    """Return the districts whose coverage differs, per reading."""
    rows = tuple(
        (
            name,
            pick(one, lang),
            one.before_best_m2 / HECTARE_M2,
            one.after_best_m2 / HECTARE_M2,
            _zeroed((one.after_best_m2 - one.before_best_m2) / HECTARE_M2, 2),
            one.before_share * 100,
            one.after_share * 100,
            f"{one.after_low_m2 / HECTARE_M2:,.0f}–{one.after_high_m2 / HECTARE_M2:,.0f}",
            len(one.before_unknown),
            len(one.after_unknown),
        )
        for name, changes in effects
        for one in changes.coverage
    )
    heads = columns(
        lang, "reading", "district", "before_ha", "after_ha", "change_ha", "before_share", "after_share", "after_range",
        "before_unknown", "after_unknown",
    )  # fmt: skip
    return Table(key="changed-coverage", title=words("title.changed_coverage", lang), headers=heads, rows=rows)


def count_changes(effects: Effects, lang: Lang) -> Table:
    """Return the roles and targets whose counts differ, per reading."""
    rows: list[tuple[Cell, ...]] = []
    for reading, changes in effects:
        for role in changes.roles:
            name, declared = words(f"role.{role.role}", lang), role.after_declared
            rows.append((reading, name, declared, role.before_listed, role.after_listed, None))
        for target in changes.targets:
            name = target.indicator_zh if lang == "zh" else target.indicator_en
            met = None if target.after_met is None else words(f"target.met.{target.after_met}", lang)
            rows.append((reading, name, None, target.before, target.after, met))
    heads = columns(lang, "reading", "counted", "declared", "before", "after", "met")
    return Table(key="changed-counts", title=words("title.changed_counts", lang), headers=heads, rows=tuple(rows))


def contact_changes(effects: Effects, lang: Lang) -> Table:
    """Return the pairs whose contact differs, per reading."""
    rows = tuple(
        (
            name,
            one.item_name_zh if lang == "zh" else one.item_name_en,
            one.other_name_zh if lang == "zh" else one.other_name_en,
            words(f"contact.{one.before}", lang) if one.before else None,
            words(f"contact.{one.after}", lang) if one.after else None,
        )
        for name, changes in effects
        for one in changes.contacts
    )
    heads = columns(lang, "reading", "name", "other", "before", "after")
    return Table(key="changed-contacts", title=words("title.changed_contacts", lang), headers=heads, rows=rows)


def quota_changes(effects: Effects, lang: Lang) -> Table:
    """Return the claims whose allocation differs, per reading."""
    rows = tuple(
        (
            name,
            one.item_name_zh if lang == "zh" else one.item_name_en,
            words(f"commodity.{one.commodity}", lang),
            str(one.before_year) if one.before_year == one.after_year else f"{one.before_year} → {one.after_year}",
            one.before_m2,
            one.after_m2,
            (one.after_m2 or 0) - (one.before_m2 or 0),
        )
        for name, changes in effects
        for one in changes.quota
    )
    heads = columns(lang, "reading", "name", "commodity", "year", "before_m2", "after_m2", "change_m2")
    return Table(key="changed-quota", title=words("title.changed_quota", lang), headers=heads, rows=rows)


def _items(report: ConflictsReport, lang: Lang) -> Table:
    rows = tuple(
        (
            entry.id,
            pick(item, lang),
            words(f"determinacy.{item.determinacy}", lang),
            pick(district, lang),
            district.low_m2 / HECTARE_M2,
            district.best_m2 / HECTARE_M2,
            district.high_m2 / HECTARE_M2,
        )
        for entry in report.conflicts
        for item in entry.items
        for district in item.districts
    )
    heads = columns(lang, "conflict", "name", "determinacy", "district", "low_ha", "best_ha", "high_ha")
    return Table(key="conflict-items", title=words("title.conflict_items", lang), headers=heads, rows=rows)
