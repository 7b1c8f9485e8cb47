"""Tables of `parkmap quota`: allocations, totals, pools, bounds, and why there is no allocation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import HECTARE_M2, Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.output.reports.quota_names import RuleRef
    from parkmap.output.reports.quota_parts import AllocationEntry


def quota_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return what the terminal shows: the answer, or why there is none.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    tables = [_allocations(report, lang), _totals(report, lang), _pools(report, lang)]
    if report.groups:
        tables.append(_groups(report, lang))
    if report.developable:
        tables.append(_developable(report, lang))
    return [*_conflict(report, lang), *tables]


def example_stamp(report: QuotaReport, lang: Lang) -> tuple[str, ...]:
    """Return the stamp of tables that rest on assumptions.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    return (words("stamp.example", lang),) if report.example else ()


def size_text(m2: int, commodity: str, lang: Lang) -> str:
    """Return an amount for reading: land in hectares, floor space in the unit that builders use.

    Parameters
    ----------
    m2
        Square metres.
    commodity
        `land` or `floor_space`.
    lang
        Language.
    """
    myriads = f"{m2 / HECTARE_M2:,.2f}"  # a hectare is 万平方米, ten thousand m2
    return words(f"size.{commodity}", lang, units=myriads, units_zh=myriads, units_en=f"{m2:,}")


def rule_text(rule: RuleRef | None, lang: Lang) -> str | None:
    """Return a rule by name and clause, or None.

    Parameters
    ----------
    rule
        The rule.
    lang
        Language.
    """
    if rule is None:
        return None
    return words("rule.cited", lang, name=pick(rule, lang), clause=rule.clause)


def held_by(entry: AllocationEntry, report: QuotaReport, lang: Lang) -> str:
    """Return what held a claim where it is, with the group that did.

    Parameters
    ----------
    entry
        The allocation.
    report
        Its report.
    lang
        Language.
    """
    if report.status == "infeasible":
        return words("bound.infeasible", lang)
    text = words(f"bound.{entry.bound}", lang)
    group = next((g for g in report.groups if entry.bound == "group" and g.id == entry.bound_by), None)
    return text if group is None else words("bound.group_named", lang, name=pick(group, lang))


def method_text(report: QuotaReport, lang: Lang) -> str:
    """Return method, formula, source and rounding in one sentence.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    method = report.method
    name = words(f"method.{method.name}", lang)
    if method.fairness is not None:
        name = words("method.dial_at", lang, fairness=f"{method.fairness:g}")
    return words(
        "note.method",
        lang,
        name=name,
        formula=method.formula if lang == "en" else words(f"formula.{method.name}", lang),
        source=method.source,
        rounding=words(f"rounding.{method.rounding}", lang),
    )


def _allocations(report: QuotaReport, lang: Lang) -> Table:
    pool_names = {pool.id: pick(pool, lang) for pool in report.pools}
    rows = tuple(
        (
            pick(a, lang),
            words(f"commodity.{a.commodity}", lang),
            str(a.year),
            a.tier,
            a.claim_m2,
            a.floor_m2,
            a.cap_m2,
            a.allocated_m2,
            a.unmet_m2,
            held_by(a, report, lang),
            "; ".join(f"{pool_names[d.pool]} {d.m2:,}" for d in a.draws) or None,
            words(f"basis.{a.basis}", lang),
        )
        for a in report.allocations
    )
    heads = columns(
        lang, "name", "commodity", "year", "tier", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2",
        "bound", "draws", "basis",
    )  # fmt: skip
    note = report.note_zh if lang == "zh" else report.note_en
    notes = [*example_stamp(report, lang), *stamps_of(report, lang), note, method_text(report, lang)]
    if report.status == "infeasible":
        notes.insert(0, words("note.infeasible", lang))
    if report.status == "gap" and report.method.gap is not None:
        notes.append(words("note.gap", lang, gap=f"{report.method.gap * 100:.4f}"))
    if report.ties:
        notes.append(words("note.ties", lang, count=len(report.ties)))
    return Table(key="quota", title=title_of("quota", report, lang), headers=heads, rows=rows, notes=tuple(notes))


def _totals(report: QuotaReport, lang: Lang) -> Table:
    rows = tuple(
        (
            words(f"commodity.{t.commodity}", lang),
            str(t.year),
            t.supply_m2,
            t.claim_m2,
            t.floor_m2,
            t.allocated_m2,
            t.unmet_m2,
            t.unallocated_m2,
        )
        for t in report.totals
    )
    heads = columns(
        lang, "commodity", "year", "supply_m2", "claim_m2", "floor_m2", "allocated_m2", "unmet_m2", "unallocated_m2"
    )
    return _table("quota-totals", "title.quota_totals", heads, rows, report, lang)


def _pools(report: QuotaReport, lang: Lang) -> Table:
    rows = tuple(
        (
            pick(p, lang),
            words(f"commodity.{p.commodity}", lang),
            str(p.year),
            p.step,
            p.supply_m2,
            p.drawn_m2,
            p.left_m2,
            rule_text(p.rule, lang),
            words(f"basis.{p.basis}", lang),
        )
        for p in report.pools
    )
    heads = columns(
        lang, "pool", "commodity", "year", "draw_step", "supply_m2", "drawn_m2", "left_m2", "rule_cited", "basis"
    )
    return _table("quota-pools", "title.quota_pools", heads, rows, report, lang)


def _groups(report: QuotaReport, lang: Lang) -> Table:
    rows = tuple(
        (
            pick(g, lang),
            words(f"partition.{g.partition}", lang),
            len(g.claims),
            g.floor_m2,
            g.cap_m2,
            g.allocated_m2,
            words(f"bound.{g.bound}", lang) if g.bound else None,
            rule_text(g.rule, lang),
        )
        for g in report.groups
    )
    heads = columns(lang, "group", "partition", "claims", "floor_m2", "cap_m2", "allocated_m2", "bound", "rule_cited")
    return _table("quota-groups", "title.quota_groups", heads, rows, report, lang)


def _developable(report: QuotaReport, lang: Lang) -> Table:
    kinds = list(report.developable[0].taken_m2)
    rows = tuple(
        (pick(d, lang), d.gross_m2, *(d.taken_m2[kind] for kind in kinds), d.developable_m2) for d in report.developable
    )
    heads = [words("head.taken_by", lang, name=words(f"constraint.{kind}", lang)) for kind in kinds]
    first, last = columns(lang, "gross_m2", "developable_m2")
    return Table(
        key="quota-developable",
        title=words("title.quota_developable", lang),
        headers=(words("head.name", lang), first, *heads, last),
        rows=rows,
        notes=(words("note.developable", lang), *example_stamp(report, lang)),
    )


def _conflict(report: QuotaReport, lang: Lang) -> list[Table]:
    found = report.infeasible
    if found is None:
        return []
    nowhere = words("rule.none", lang)
    bounds = tuple(
        (getattr(b, f"text_{lang}"), b.m2, "; ".join(filter(None, (rule_text(r, lang) for r in b.rules))) or nowhere)
        for b in found.bounds
    )
    changes = tuple((getattr(c, f"text_{lang}"), c.by_m2, rule_text(c.rule, lang) or nowhere) for c in found.changes)
    kinds = tuple((words(f"kind_of_bound.{k.kind}", lang), k.m2) for k in found.by_kind)
    missing = words("note.missing", lang, m2=f"{found.missing_m2:,}", ha=f"{found.missing_m2 / 10_000:,.4f}")
    least = words("note.cheapest", lang, m2=f"{found.cheapest_m2:,}", ha=f"{found.cheapest_m2 / 10_000:,.4f}")
    heads = columns(lang, "bound", "m2", "rule_cited")
    return [
        Table(
            key="quota-conflict",
            title=title_of("quota_conflict", report, lang),
            headers=heads,
            rows=bounds,
            notes=(missing, *example_stamp(report, lang)),
        ),
        Table(
            key="quota-relaxation",
            title=words("title.quota_relaxation", lang),
            headers=columns(lang, "change", "m2", "rule_cited"),
            rows=changes,
            notes=(least, *example_stamp(report, lang)),
        ),
        Table(
            key="quota-relaxation-kinds",
            title=words("title.quota_relaxation_kinds", lang),
            headers=columns(lang, "bound", "m2"),
            rows=kinds,
            notes=example_stamp(report, lang),
        ),
    ]


def _table(
    key: str,
    title: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[str | int | float | None, ...], ...],
    report: QuotaReport,
    lang: Lang,
) -> Table:
    return Table(key=key, title=words(title, lang), headers=heads, rows=rows, notes=example_stamp(report, lang))
