"""Tables of plans, findings, and what a plan holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Table, columns, pick, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.listing import CheckReport, PlansReport
    from parkmap.output.reports.plan import CheckedTarget, ShowReport
    from parkmap.plan.schema import Item, Source


def plans_table(report: PlansReport, lang: Lang) -> list[Table]:
    """Return the list of plans."""
    rows = tuple(
        (p.id, pick(p, lang), p.structure_zh, words(f"validity.word.{p.validity}", lang), p.components, p.parks, p.file)
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
    """Return structure, components, parks, projects, positions, targets and rules, each with its clause."""
    structure = report.structure.name
    title = f"{pick(report, lang)}: {structure.zh if lang == 'zh' else structure.en}"
    tables = []
    for key, items in (("components", report.components), ("parks", report.parks), ("projects", report.projects)):
        rows = tuple(
            (
                item.id,
                item.name.zh if lang == "zh" else item.name.en,
                _kind(item, lang),
                words(f"determinacy.{item.determinacy}", lang),
                ", ".join(item.districts) or None,
                _clauses(item),
            )
            for item in items
        )
        heads = columns(lang, "id", "name", "kind", "determinacy", "district", "clause")
        tables.append(Table(key=key, title=f"{title} / {words(f'head.{key}', lang)}", headers=heads, rows=rows))
    return [*tables, _positions(report, lang), _targets(report, lang), _rules(report, lang)]


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
    heads = columns(lang, "district", "position", "places", "clause")
    return Table(key="positions", title=words("title.positions", lang), headers=heads, rows=rows)


def _targets(report: ShowReport, lang: Lang) -> Table:
    rows = []
    for t in report.targets:
        value = f"{t.value:g}" + (f"–{t.value_to:g}" if t.value_to is not None else "")
        name, unit = (t.indicator.zh, t.unit.zh) if lang == "zh" else (t.indicator.en, t.unit.en)
        base = f"{t.base.value:g} ({t.base.year})" if t.base else None
        year = words("per_year", lang) if t.per_year else (str(t.year) if t.year else None)
        shown = words(f"comparator.{t.comparator}", lang, value=value)
        rows.append((t.id, name, shown, unit, year, base, _growth(t), _checked(t, lang), _clause(t.source)))
    heads = columns(lang, "id", "indicator", "value", "unit", "year", "base", "growth", "checked_by", "clause")
    return Table(key="targets", title=words("title.targets", lang), headers=heads, rows=tuple(rows))


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
            r.name.zh if lang == "zh" else r.name.en,
            r.summary.zh if lang == "zh" else r.summary.en,
            words(f"validity.word.{r.validity}", lang),
            _clause(r.source),
        )
        for r in report.rules
    )
    return Table(
        key="rules",
        title=words("title.rules", lang),
        headers=columns(lang, "id", "name", "summary", "validity", "clause"),
        rows=rows,
    )


def _kind(item: Item, lang: Lang) -> str:
    role = getattr(item, "role", None)
    if role is not None:
        inferred = words("inferred", lang) if getattr(item, "role_basis", "") == "inferred" else ""
        return words(f"role.{role}", lang) + inferred
    return words(f"kind.{getattr(item, 'kind', 'park')}", lang)


def _clauses(item: Item) -> str:
    return "; ".join(dict.fromkeys(_clause(source) for source in (item.source, *item.also)))


def _clause(source: Source) -> str:
    return f"{source.document} {source.clause}"
