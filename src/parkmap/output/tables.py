"""Reports as tables for people: one table model for the terminal and for CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
from typing import TYPE_CHECKING

from rich.table import Table as RichTable

from parkmap import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from parkmap.messages import Lang
    from parkmap.output.reports import (
        AdjacencyReport,
        CheckReport,
        CoverageReport,
        Head,
        PlansReport,
        QuotaReport,
        ShowReport,
    )
    from parkmap.plan.schema import Item, Source

Cell = str | int | float | None
HECTARE_M2 = 10_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    """One table.

    Parameters
    ----------
    key
        Stable name, used as file name.
    title
        Heading.
    headers
        Column heads.
    rows
        Cells; None is shown as a dash, a float with two decimals.
    notes
        Sentences under the table.
    """

    key: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def to_terminal(tables: Iterable[Table], console: Console) -> None:
    """Print tables with aligned Chinese text."""
    for table in tables:
        shown = RichTable(title=table.title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        numeric = [_numeric(table.rows, i) for i in range(len(table.headers))]
        for header, right in zip(table.headers, numeric, strict=True):
            shown.add_column(header, justify="right" if right else "left", overflow="fold")
        for row in table.rows:
            shown.add_row(*(_shown(cell) for cell in row))
        console.print(shown)
        for note in table.notes:
            console.print(f"* {note}", markup=False, highlight=False)
        console.print()


def to_csv(table: Table) -> bytes:
    """Write a table as CSV that Excel opens rightly: UTF-8 with BOM, CRLF, no cell that runs as a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_safe(header) for header in table.headers])
    for row in table.rows:
        writer.writerow([_safe(cell) if isinstance(cell, str) else _csv_number(cell) for cell in row])
    for note in table.notes:
        writer.writerow([_safe(f"※ {note}")])
    return buffer.getvalue().encode("utf-8-sig")


def plans_table(report: PlansReport, lang: Lang) -> list[Table]:
    """Return the list of plans."""
    rows = tuple(
        (p.id, _pick(p, lang), p.structure_zh, _t(f"validity.word.{p.validity}", lang), p.components, p.parks, p.file)
        for p in report.plans
    )
    heads = _heads(lang, "plan", "name", "structure", "validity", "components", "parks", "file")
    return [Table(key="plans", title=_t("title.plans", lang), headers=heads, rows=rows)]


def findings_table(report: CheckReport, lang: Lang) -> list[Table]:
    """Return findings with advice."""
    rows = tuple(
        (
            _t(f"severity.{f.severity}", lang),
            f.plan,
            ":".join(str(part) for part in (f.file, f.line) if part is not None),
            f.key,
            f.text_zh if lang == "zh" else f.text_en,
            f.advice_zh if lang == "zh" else f.advice_en,
        )
        for f in report.findings
    )
    heads = _heads(lang, "severity", "plan", "file", "key", "finding", "advice")
    return [Table(key="findings", title=_t("title.findings", lang), headers=heads, rows=rows)]


def show_tables(report: ShowReport, lang: Lang) -> list[Table]:
    """Return structure, components, parks, projects, positions, targets and rules, each with its clause."""
    structure = report.structure.name
    title = f"{_pick(report, lang)}: {structure.zh if lang == 'zh' else structure.en}"
    tables = []
    for key, items in (("components", report.components), ("parks", report.parks), ("projects", report.projects)):
        rows = tuple(
            (
                item.id,
                item.name.zh if lang == "zh" else item.name.en,
                _kind(item, lang),
                _t(f"determinacy.{item.determinacy}", lang),
                ", ".join(item.districts) or None,
                _clauses(item),
            )
            for item in items
        )
        heads = _heads(lang, "id", "name", "kind", "determinacy", "district", "clause")
        tables.append(Table(key=key, title=f"{title} / {_t(f'head.{key}', lang)}", headers=heads, rows=rows))
    return [*tables, _positions(report, lang), _targets(report, lang), _rules(report, lang)]


def coverage_tables(report: CoverageReport, lang: Lang) -> list[Table]:
    """Return coverage by district, by pair, and the zones whose extent is unknown."""
    districts = tuple(
        (
            _pick(d, lang),
            d.area_m2 / HECTARE_M2,
            d.covered_low_m2 / HECTARE_M2,
            d.covered_best_m2 / HECTARE_M2,
            d.covered_high_m2 / HECTARE_M2,
            d.share_best * 100,
            d.overlap_m2 / HECTARE_M2,
            d.gap_m2 / HECTARE_M2,
            len(d.unknown_items) or None,
        )
        for d in report.districts
    )
    heads = _heads(
        lang, "district", "area_ha", "low_ha", "best_ha", "high_ha", "share_percent", "overlap_ha", "gap_ha", "unknown"
    )
    names = {d.id: _pick(d, lang) for d in report.districts}
    pairs = tuple(
        (
            names[p.district],
            p.item_name_zh if lang == "zh" else p.item_name_en,
            p.low_m2 / HECTARE_M2,
            p.best_m2 / HECTARE_M2,
            p.high_m2 / HECTARE_M2,
            p.share_best * 100,
        )
        for p in report.pairs
    )
    unknown = [_pick(i, lang) for i in report.items if i.status == "unknown"]
    notes = [_t("note.coverage", lang)]
    if unknown:
        notes.append(_t("note.unknown_extent", lang, count=len(unknown), names=", ".join(unknown)))
    title = _title("coverage", report, lang)
    pair_heads = _heads(lang, "district", "name", "low_ha", "best_ha", "high_ha", "share_percent")
    return [
        Table(
            key="coverage-districts", title=title, headers=heads, rows=districts, notes=(*_stamps(report, lang), *notes)
        ),
        Table(key="coverage-pairs", title=_t("title.coverage_pairs", lang), headers=pair_heads, rows=pairs),
    ]


def adjacency_tables(report: AdjacencyReport, lang: Lang) -> list[Table]:
    """Return pairs, nearest first, and clusters."""
    names = {i.id: _pick(i, lang) for i in report.items}
    order = {"border": 0, "overlap": 1, "point": 2, "undecidable": 3, "unknown": 4, "apart": 4}
    ranked = sorted(report.pairs, key=lambda p: (order[p.contact], p.distance_m, p.item, p.other))
    pairs = tuple(
        (
            names[p.item],
            names[p.other],
            _t(f"contact.{p.contact}", lang),
            p.shared_border_m,
            p.distance_m / 1000,
            None if p.distance_low_m is None else p.distance_low_m / 1000,
            None if p.distance_high_m is None else p.distance_high_m / 1000,
        )
        for p in ranked
    )
    heads = _heads(lang, "name", "other", "contact", "border_m", "distance_km", "low_km", "high_km")
    members = tuple((_pick(i, lang), i.cluster, i.neighbours, _t(f"yes.{i.isolate}", lang)) for i in report.items)
    member_heads = _heads(lang, "name", "cluster", "neighbours", "isolate")
    notes = [_t("note.adjacency", lang)]
    if report.not_placed:
        notes.append(_t("note.not_placed", lang, count=len(report.not_placed), names=", ".join(report.not_placed)))
    title = _title("adjacency", report, lang)
    return [
        Table(key="adjacency-pairs", title=title, headers=heads, rows=pairs, notes=(*_stamps(report, lang), *notes)),
        Table(key="adjacency-items", title=_t("title.adjacency_items", lang), headers=member_heads, rows=members),
    ]


def quota_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return allocations, totals and pools."""
    stamp = (_t("stamp.example", lang),) if report.example else ()
    note = report.note_zh if lang == "zh" else report.note_en
    pool_names = {pool.id: _pick(pool, lang) for pool in report.pools}
    allocations = tuple(
        (
            _pick(a, lang),
            _t(f"commodity.{a.commodity}", lang),
            str(a.year),
            a.tier,
            a.claim_m2,
            a.floor_m2,
            a.cap_m2,
            a.allocated_m2,
            a.unmet_m2,
            _t(f"bound.{a.bound}", lang),
            "; ".join(f"{pool_names[d.pool]} {d.m2:,}" for d in a.draws) or None,
            _t(f"basis.{a.basis}", lang),
        )
        for a in report.allocations
    )
    heads = _heads(
        lang, "name", "commodity", "year", "tier", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2",
        "bound", "draws", "basis",
    )  # fmt: skip
    totals = tuple(
        (
            _t(f"commodity.{t.commodity}", lang),
            str(t.year),
            t.supply_m2,
            t.claim_m2,
            t.allocated_m2,
            t.unmet_m2,
            t.unallocated_m2,
        )
        for t in report.totals
    )
    total_heads = _heads(
        lang, "commodity", "year", "supply_m2", "claim_m2", "allocated_m2", "unmet_m2", "unallocated_m2"
    )
    pools = tuple(
        (
            _pick(p, lang),
            _t(f"commodity.{p.commodity}", lang),
            str(p.year),
            p.supply_m2,
            p.drawn_m2,
            _t(f"basis.{p.basis}", lang),
        )
        for p in report.pools
    )
    pool_heads = _heads(lang, "pool", "commodity", "year", "supply_m2", "drawn_m2", "basis")
    notes = (*stamp, *_stamps(report, lang), note, _t("note.method", lang))
    return [
        Table(key="quota", title=_title("quota", report, lang), headers=heads, rows=allocations, notes=notes),
        Table(key="quota-totals", title=_t("title.quota_totals", lang), headers=total_heads, rows=totals, notes=stamp),
        Table(key="quota-pools", title=_t("title.quota_pools", lang), headers=pool_heads, rows=pools, notes=stamp),
    ]


def _positions(report: ShowReport, lang: Lang) -> Table:
    rows = tuple(
        (
            p.district or p.component,
            p.position.zh if lang == "zh" else p.position.en,
            ", ".join(p.places) or None,
            _clause(p.source),
        )
        for p in report.positions
    )
    heads = _heads(lang, "district", "position", "places", "clause")
    return Table(key="positions", title=_t("title.positions", lang), headers=heads, rows=rows)


def _targets(report: ShowReport, lang: Lang) -> Table:
    rows = []
    for t in report.targets:
        value = f"{t.value:g}" + (f"–{t.value_to:g}" if t.value_to is not None else "")
        name, unit = (t.indicator.zh, t.unit.zh) if lang == "zh" else (t.indicator.en, t.unit.en)
        base = f"{t.base.value:g} ({t.base.year})" if t.base else None
        year = _t("per_year", lang) if t.per_year else (str(t.year) if t.year else None)
        rows.append(
            (t.id, name, _t(f"comparator.{t.comparator}", lang, value=value), unit, year, base, _clause(t.source))
        )
    heads = _heads(lang, "id", "indicator", "value", "unit", "year", "base", "clause")
    return Table(key="targets", title=_t("title.targets", lang), headers=heads, rows=tuple(rows))


def _rules(report: ShowReport, lang: Lang) -> Table:
    rows = tuple(
        (
            r.id,
            r.name.zh if lang == "zh" else r.name.en,
            r.summary.zh if lang == "zh" else r.summary.en,
            _clause(r.source),
        )
        for r in report.rules
    )
    return Table(
        key="rules", title=_t("title.rules", lang), headers=_heads(lang, "id", "name", "summary", "clause"), rows=rows
    )


def _kind(item: Item, lang: Lang) -> str:
    role = getattr(item, "role", None)
    if role is not None:
        inferred = _t("inferred", lang) if getattr(item, "role_basis", "") == "inferred" else ""
        return _t(f"role.{role}", lang) + inferred
    return _t(f"kind.{getattr(item, 'kind', 'park')}", lang)


def _clauses(item: Item) -> str:
    return "; ".join(dict.fromkeys(_clause(source) for source in (item.source, *item.also)))


def _clause(source: Source) -> str:
    return f"{source.document} {source.clause}"


def _title(key: str, report: Head, lang: Lang) -> str:
    return f"{_pick(report, lang)} / {_t(f'title.{key}', lang)}"


def _stamps(report: Head, lang: Lang) -> tuple[str, ...]:
    return (_t(f"validity.stamp.{report.validity}", lang, day=report.as_of),)


def _pick(named: object, lang: Lang) -> str:
    return str(getattr(named, f"name_{lang}"))


def _heads(lang: Lang, *keys: str) -> tuple[str, ...]:
    return tuple(_t(f"head.{key}", lang) for key in keys)


def _t(key: str, lang: Lang, **values: object) -> str:
    return messages.text(key, lang, **values)


def _numeric(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column] is not None]
    return bool(cells) and not any(isinstance(cell, str) for cell in cells)


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else cell.replace("[", "\\[")


def _csv_number(cell: float | None) -> str | int:
    if cell is None:
        return ""
    return f"{cell:.4f}" if isinstance(cell, float) else int(cell)


def _safe(text: str) -> str:
    """Keep Excel from running a cell as a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
