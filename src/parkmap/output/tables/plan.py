"""Tables of plans, findings, and what a plan holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.reports.said import aid_of, base_of, due_of, in_lang, kind_of, units_of, value_of
from parkmap.output.tables.model import Table, columns, pick, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.listing import CheckReport, PlansReport
    from parkmap.output.reports.plan import CheckedTarget, ShowReport
    from parkmap.plan.schema import Item, Source


def plans_table(report: PlansReport, lang: Lang) -> list[Table]:
    """Return the list of plans."""
    rows = tuple(
        (
            p.id,
            pick(p, lang),
            p.structure_zh if lang == "zh" else p.structure_en,
            words(f"validity.word.{p.validity}", lang),
            p.components,
            p.parks,
            p.file,
        )
        for p in report.plans
    )
    heads = columns(lang, "plan", "name", "structure", "validity", "components", "parks", "file")
    return [Table(key="plans", title=words("title.plans", lang), headers=heads, rows=rows)]


def findings_table(report: CheckReport, lang: Lang) -> list[Table]:
    """Return findings with advice."""
    rows = tuple(
        (
            words(f"severity.{f.severity}", lang),
            f.plan,
            ":".join(str(part) for part in (f.file, f.line) if part is not None),
            f.key,
            f.text_zh if lang == "zh" else f.text_en,
            f.advice_zh if lang == "zh" else f.advice_en,
        )
        for f in report.findings
    )
    heads = columns(lang, "severity", "plan", "file", "key", "finding", "advice")
    return [Table(key="findings", title=words("title.findings", lang), headers=heads, rows=rows)]


def show_tables(report: ShowReport, lang: Lang) -> list[Table]:
    """Return structure, components, parks, projects, industries, positions, targets and rules, each with its clause."""
    title = f"{pick(report, lang)}: {in_lang(report.structure.name, lang)}"
    names = {district.id: pick(district, lang) for district in report.districts}
    heads = columns(lang, "id", "name", "aliases", "kind", "determinacy", "district", "units", "clause")
    tables = []
    for key, items in (("components", report.components), ("parks", report.parks), ("projects", report.projects)):
        rows = tuple(
            (
                item.id,
                in_lang(item.name, lang),
                ", ".join(item.aliases) or None,
                kind_of(item, lang),
                words(f"determinacy.{item.determinacy}", lang),
                ", ".join(names[name] for name in item.districts) or None,
                units_of(item, lang),
                _clauses(item),
            )
            for item in items
        )
        tables.append(Table(key=key, title=f"{title} / {words(f'head.{key}', lang)}", headers=heads, rows=rows))
    return [*tables, _industries(report, lang), _positions(report, lang), _targets(report, lang), _rules(report, lang)]


def _industries(report: ShowReport, lang: Lang) -> Table:
    names = {industry.id: in_lang(industry.name, lang) for industry in report.industries}
    rows = tuple((i.id, names[i.id], names.get(i.parent or ""), _clause(i.source)) for i in report.industries)
    heads = columns(lang, "id", "name", "parent", "clause")
    return Table(key="industries", title=words("title.industries", lang), headers=heads, rows=rows)


def _positions(report: ShowReport, lang: Lang) -> Table:
    names = {district.id: pick(district, lang) for district in report.districts}
    items = [*report.components, *report.parks, *report.projects]
    placed = {item.id: in_lang(item.name, lang) for item in items}
    rows = tuple(
        (
            names[p.district] if p.district else placed.get(p.component or ""),
            in_lang(p.position, lang),
            ", ".join(placed.get(name, name) for name in p.places) or None,
            _clause(p.source),
        )
        for p in report.positions
    )
    heads = columns(lang, "district", "position", "places", "clause")
    return Table(key="positions", title=words("title.positions", lang), headers=heads, rows=rows)


def _targets(report: ShowReport, lang: Lang) -> Table:
    rows = tuple(
        (
            t.id,
            in_lang(t.indicator, lang),
            value_of(t, lang),
            in_lang(t.unit, lang),
            due_of(t, lang),
            base_of(t.base, lang),
            _growth(t),
            _checked(t, lang),
            _clause(t.source),
        )
        for t in report.targets
    )
    heads = columns(lang, "id", "indicator", "value", "unit", "year", "base", "growth", "checked_by", "clause")
    return Table(key="targets", title=words("title.targets", lang), headers=heads, rows=rows)


def _growth(target: CheckedTarget) -> str | None:
    low, high = target.growth_percent_low, target.growth_percent_high
    if low is None or high is None:
        return None
    return f"{low:.1f}" if low == high else f"{low:.1f}–{high:.1f}"


def _checked(target: CheckedTarget, lang: Lang) -> str:
    if target.checked_by == "statistics":
        return words("target.check.statistics", lang)
    return words("target.check.parkmap", lang, value=target.measured, met=words(f"target.met.{target.met}", lang))


def _rules(report: ShowReport, lang: Lang) -> Table:
    rows = tuple(
        (
            r.id,
            in_lang(r.name, lang),
            in_lang(r.summary, lang),
            aid_of(r, lang),
            words(f"validity.word.{r.validity}", lang),
            _clause(r.source),
        )
        for r in report.rules
    )
    heads = columns(lang, "id", "name", "summary", "aid", "validity", "clause")
    return Table(key="rules", title=words("title.rules", lang), headers=heads, rows=rows)


def _clauses(item: Item) -> str:
    return "; ".join(dict.fromkeys(_clause(source) for source in (item.source, *item.also)))


def _clause(source: Source) -> str:
    return f"{source.document} {source.clause}"
