"""Tables of `parkmap compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.conflicts import contact_changes, count_changes, coverage_changes, quota_changes
from parkmap.output.tables.model import HECTARE_M2, Cell, Table, columns, pick, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.compare import CompareReport, ItemChange, Side

SPLINTER_M2 = 50
"""Pieces that would read 0.00 ha are left out of the table; the JSON has them."""
ROLE_WORDS = ("park", "project", "none")
"""Words for land under no zone, parks and projects, beside the roles of components."""


def compare_tables(report: CompareReport, lang: Lang) -> list[Table]:
    """Return entries, districts, the transfer matrix, targets and what differs in the results; empty ones left out."""
    effects = [("", report.changes)]
    tables = [
        _items(report, lang),
        _possibly_one(report, lang),
        _districts(report, lang),
        _matrix(report, lang),
        _transfer(report, lang),
        _targets(report, lang),
    ]
    for table in (coverage_changes, count_changes, contact_changes, quota_changes):
        made = table(effects, lang)
        tables.append(
            Table(key=made.key, title=made.title, headers=made.headers[1:], rows=tuple(row[1:] for row in made.rows))
        )
    return [table for table in tables if table.rows or table is tables[0]]


def _side(side: Side, lang: Lang) -> str:
    parts = [pick(side, lang), *(pick(reading, lang) for reading in side.readings)]
    return " @ ".join(parts)


def _items(report: CompareReport, lang: Lang) -> Table:
    rows = tuple(
        (
            item.id,
            words(f"fate.{item.fate}", lang),
            ", ".join(words(f"aspect.{aspect}", lang) for aspect in item.aspects) or None,
            item.before_name_zh if lang == "zh" else item.before_name_en,
            item.after_name_zh if lang == "zh" else item.after_name_en,
            _role(item.before_role, lang),
            _role(item.after_role, lang),
            _moved(item),
        )
        for item in report.items
    )
    heads = columns(lang, "id", "fate", "aspects", "before_name", "after_name", "before_role", "after_role", "moved_km")
    stamps = [
        words("note.side", lang, side=words(f"head.{when}", lang), name=_side(side, lang), scenario=_scenario(side))
        + words(f"validity.stamp.{side.validity}", lang, day=side.as_of)
        for when, side in (("before", report.before), ("after", report.after))
    ]
    notes = (*stamps, words("note.compare", lang))
    return Table(key="compare-items", title=words("title.compare", lang), headers=heads, rows=rows, notes=notes)


def _scenario(side: Side) -> str:
    return " · ".join([side.scenario or "-", *([] if side.year is None else [str(side.year)])])


def _moved(item: ItemChange) -> str | None:
    if item.moved_m is None or item.moved_low_m is None or item.moved_high_m is None:
        return None
    return f"{item.moved_m / 1000:,.1f} ({item.moved_low_m / 1000:,.1f}–{item.moved_high_m / 1000:,.1f})"


def _role(role: str | None, lang: Lang) -> str | None:
    if role is None:
        return None
    return " + ".join(_one_role(part, lang) for part in role.split(" + "))


def _one_role(role: str, lang: Lang) -> str:
    return words(f"compare.{role}" if role in ROLE_WORDS else f"role.{role}", lang)


def _possibly_one(report: CompareReport, lang: Lang) -> Table:
    rows = tuple(
        (
            one.before_name_zh if lang == "zh" else one.before_name_en,
            one.after_name_zh if lang == "zh" else one.after_name_en,
            one.distance_m / 1000,
            one.accuracy_m / 1000,
        )
        for one in report.possibly_one
    )
    heads = columns(lang, "before_name", "after_name", "distance_km", "accuracy_km")
    return Table(key="compare-possibly-one", title=words("title.possibly_one", lang), headers=heads, rows=rows)


def _districts(report: CompareReport, lang: Lang) -> Table:
    rows = tuple((pick(one, lang), words(f"district.{one.fate}", lang)) for one in report.districts)
    heads = columns(lang, "district", "fate")
    return Table(key="compare-districts", title=words("title.compare_districts", lang), headers=heads, rows=rows)


def _matrix(report: CompareReport, lang: Lang) -> Table:
    """Return the land by role before (rows) and after (columns), ha; rows and columns sum to the covered land."""
    cells = {(cell.before, cell.after): cell.area_m2 / HECTARE_M2 for cell in report.transfer_by_role}
    afters = list(dict.fromkeys(sorted(after for _, after in cells)))
    befores = list(dict.fromkeys(sorted(before for before, _ in cells)))
    rows: list[tuple[Cell, ...]] = [
        (_role(before, lang), *(cells.get((before, after)) for after in afters), sum(_row(cells, before)))
        for before in befores
    ]
    totals = (sum(area for (_, to), area in cells.items() if to == after) for after in afters)
    rows.append((words("compare.sum", lang), *totals, sum(cells.values())))
    heads = (words("head.from_to", lang), *(str(_role(after, lang)) for after in afters), words("compare.sum", lang))
    notes = (words("note.transfer", lang),)
    return Table(key="compare-matrix", title=words("title.matrix", lang), headers=heads, rows=tuple(rows), notes=notes)


def _row(cells: dict[tuple[str, str], float], before: str) -> list[float]:
    return [area for (source, _), area in cells.items() if source == before]


def _transfer(report: CompareReport, lang: Lang) -> Table:
    names = {item.id: (item.after_name_zh or item.before_name_zh) for item in report.items}
    if lang == "en":
        names = {item.id: (item.after_name_en or item.before_name_en) for item in report.items}

    def shown(ids: list[str]) -> str:
        return " + ".join(names[name] or name for name in ids) or words("compare.none", lang)

    rows = tuple(
        (pick(cell, lang), shown(cell.before), shown(cell.after), cell.area_m2 / HECTARE_M2)
        for cell in report.transfer
        if (cell.before or cell.after) and cell.area_m2 >= SPLINTER_M2
    )
    heads = columns(lang, "district", "before", "after", "area_ha")
    return Table(key="compare-transfer", title=words("title.transfer", lang), headers=heads, rows=rows)


def _value(comparator: str | None, low: float | None, high: float | None, lang: Lang) -> str | None:
    if comparator is None or low is None:
        return None
    value = f"{low:,g}" if high is None else f"{low:,g}–{high:,g}"
    return words(f"comparator.{comparator}", lang, value=value)


def _targets(report: CompareReport, lang: Lang) -> Table:
    rows = tuple(
        (
            target.id,
            words(f"fate.{target.fate}", lang),
            target.indicator_zh if lang == "zh" else target.indicator_en,
            _value(target.before_comparator, target.before_value, target.before_value_to, lang),
            _value(target.after_comparator, target.after_value, target.after_value_to, lang),
            target.unit_zh if lang == "zh" else target.unit_en,
            str(target.before_year) if target.before_year else None,
            str(target.after_year) if target.after_year else None,
            target.before_growth_percent,
            target.after_growth_percent,
        )
        for target in report.targets
    )
    heads = columns(
        lang, "id", "fate", "indicator", "before", "after", "unit", "before_year", "after_year", "before_growth",
        "after_growth",
    )  # fmt: skip
    return Table(key="compare-targets", title=words("title.targets", lang), headers=heads, rows=rows)
