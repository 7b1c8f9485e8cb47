"""Tables beside the quota: sensitivity, comparison of scenarios, use against allocation, supports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import HECTARE_M2, Cell, Table, columns, pick, words
from parkmap.output.tables.quota import example_stamp, rule_text

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.output.reports.quota_comparison import ComparisonEntry
    from parkmap.output.reports.quota_study import SensitivityEntry, SubsidyEntry


def study_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return what is told beside the allocation.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    tables: list[Table] = []
    if report.sensitivity is not None:
        tables += [
            _prices(report, report.sensitivity, lang),
            _ranges(report, report.sensitivity, lang),
            _fairness(report.sensitivity, lang),
        ]
    if report.actuals:
        tables.append(_actuals(report, lang))
    if report.subsidies is not None:
        tables += [_grants(report.subsidies, lang), _yearly(report.subsidies, lang)]
        tables += [_ceilings(report.subsidies, lang)] if report.subsidies.ceilings else []
    stamp = example_stamp(report, lang)
    return [_stamped(table, stamp) for table in tables]


def comparison_tables(found: ComparisonEntry, lang: Lang) -> list[Table]:
    """Return scenarios side by side: their totals, then claim by claim.

    Parameters
    ----------
    found
        The comparison.
    lang
        Language.
    """
    totals = tuple(
        (
            pick(s, lang),
            _method(s.method, s.fairness, lang),
            words(f"commodity.{t.commodity}", lang),
            str(t.year),
            t.supply_m2,
            t.claim_m2,
            t.allocated_m2,
            None if t.least_share is None else t.least_share * 100,
            t.gini,
        )
        for s in found.scenarios
        for t in s.totals
    )
    heads = columns(
        lang, "scenario", "sharing", "commodity", "year", "supply_m2", "claim_m2", "allocated_m2", "least_share",
        "gini",
    )  # fmt: skip
    stamp = (words("stamp.example", lang),) if any(s.example for s in found.scenarios) else ()
    notes = tuple(f"{pick(s, lang)}: {s.note_zh if lang == 'zh' else s.note_en}" for s in found.scenarios)
    return [
        Table(
            key="quota-scenarios",
            title=words("title.quota_scenarios", lang),
            headers=heads,
            rows=totals,
            notes=(*notes, words("note.least_share", lang), *stamp),
        ),
        _compared(found, stamp, lang),
    ]


def _compared(found: ComparisonEntry, stamp: tuple[str, ...], lang: Lang) -> Table:
    heads = [*columns(lang, "name", "commodity", "year")]
    for position, scenario in enumerate(found.scenarios):
        heads.append(words("head.allocated_in", lang, name=pick(scenario, lang)))
        if position:
            heads.append(words("head.change_in", lang, name=pick(scenario, lang)))
    rows = []
    for claim in found.claims:
        cells: list[Cell] = [pick(claim, lang), words(f"commodity.{claim.commodity}", lang), str(claim.year)]
        for position, value in enumerate(claim.values):
            cells += [value.allocated_m2, value.change_m2] if position else [value.allocated_m2]
        rows.append(tuple(cells))
    return Table(
        key="quota-comparison",
        title=words("title.quota_comparison", lang),
        headers=tuple(heads),
        rows=tuple(rows),
        notes=stamp,
    )


def _method(name: str, fairness: float | None, lang: Lang) -> str:
    if fairness is None:
        return words(f"method.{name}", lang)
    return words("method.dial_at", lang, fairness=f"{fairness:g}")


def _prices(report: QuotaReport, found: SensitivityEntry, lang: Lang) -> Table:
    named = {a.claim: a for a in report.allocations}
    rows = tuple(
        (
            words(f"price.{p.kind}", lang),
            pick(p, lang),
            "; ".join(filter(None, (rule_text(rule, lang) for rule in p.rules))) or None,
            p.bound_m2,
            p.total_m2,
            p.benefit,
            pick(named[p.winner], lang),
            p.winner_m2,
        )
        for p in found.prices
    )
    return Table(
        key="quota-shadow-prices",
        title=words("title.quota_shadow_prices", lang),
        headers=columns(
            lang, "bound", "name", "rule_cited", "bound_m2", "total_change_m2", "benefit_change", "winner", "winner_m2"
        ),
        rows=rows,
        notes=(words("note.shadow_prices", lang),),
    )


def _ranges(report: QuotaReport, found: SensitivityEntry, lang: Lang) -> Table:
    named = {a.claim: a for a in report.allocations}
    rows = tuple(
        (
            pick(named[r.claim], lang),
            words(f"commodity.{named[r.claim].commodity}", lang),
            str(named[r.claim].year),
            r.low_m2,
            named[r.claim].allocated_m2,
            r.high_m2,
            f"{r.best_rank}–{r.worst_rank}" if r.worst_rank > r.best_rank else str(r.best_rank),
            words(f"yes.{r.rank_stable}", lang),
            r.starts_m2,
            r.met_m2,
        )
        for r in found.ranges
    )
    notes = [words("note.ranges", lang, percent=f"{found.percent:g}"), words("note.break_even", lang)]
    if not all(r.exact for r in found.ranges):
        notes.append(words("note.ranges_inner", lang))
    return Table(
        key="quota-sensitivity",
        title=words("title.quota_sensitivity", lang),
        headers=columns(
            lang, "name", "commodity", "year", "low_m2", "allocated_m2", "high_m2", "rank", "rank_stable",
            "starts_m2", "met_m2",
        ),
        rows=rows,
        notes=tuple(notes),
    )  # fmt: skip


def _fairness(found: SensitivityEntry, lang: Lang) -> Table:
    rows = tuple(
        (
            f"{f.fairness:g}",
            words(f"commodity.{f.commodity}", lang),
            f.tier,
            f.claim_m2 / HECTARE_M2,
            f.allocated_ha,
            f.change_ha,
            f.moved_ha,
        )
        for f in sorted(found.fairness, key=lambda f: (f.commodity, f.tier, f.fairness))
    )
    return Table(
        key="quota-fairness",
        title=words("title.quota_fairness", lang),
        headers=columns(lang, "fairness", "commodity", "tier", "claim_ha", "allocated_ha", "gained_ha", "moved_ha"),
        rows=rows,
        notes=(words("note.fairness", lang),),
    )


def _actuals(report: QuotaReport, lang: Lang) -> Table:
    rows = tuple(
        (
            pick(a, lang),
            words(f"commodity.{a.commodity}", lang),
            str(a.year),
            a.allocated_m2,
            a.carried_in_m2,
            a.available_m2,
            a.used_m2,
            a.overrun_m2,
            a.lapsed_m2,
            a.carried_out_m2,
            None if a.used_share is None else a.used_share * 100,
        )
        for a in report.actuals
    )
    heads = columns(
        lang, "name", "commodity", "year", "allocated_m2", "carried_in_m2", "available_m2", "used_m2", "overrun_m2",
        "lapsed_m2", "carried_out_m2", "used_share",
    )  # fmt: skip
    return Table(
        key="quota-monitoring",
        title=words("title.quota_monitoring", lang),
        headers=heads,
        rows=rows,
        notes=(words("note.monitoring", lang),),
    )


def _grants(found: SubsidyEntry, lang: Lang) -> Table:
    rows = tuple(
        (
            pick(g, lang),
            g.what_zh if lang == "zh" else g.what_en,
            rule_text(g.rule, lang),
            str(g.year),
            g.computed_yuan,
            g.capped_yuan,
            g.paid_yuan,
            words("grant.superseded", lang) if g.superseded_by else words(f"grant.capped.{g.capped}", lang),
        )
        for g in found.grants
    )
    return Table(
        key="quota-subsidies",
        title=words("title.quota_subsidies", lang),
        headers=columns(
            lang, "name", "supported", "rule_cited", "first_year", "computed_yuan", "capped_yuan", "paid_yuan", "remark"
        ),
        rows=rows,
        notes=(words("note.subsidies", lang, yuan=f"{found.total_yuan:,}"),),
    )


def _yearly(found: SubsidyEntry, lang: Lang) -> Table:
    return Table(
        key="quota-subsidies-yearly",
        title=words("title.quota_subsidies_yearly", lang),
        headers=columns(lang, "year", "yuan"),
        rows=tuple((year, yuan) for year, yuan in found.yearly.items()),
    )


def _ceilings(found: SubsidyEntry, lang: Lang) -> Table:
    rows = tuple(
        (rule_text(c.rule, lang), str(c.year), c.ceiling_yuan, c.asked_yuan, c.paid_yuan) for c in found.ceilings
    )
    return Table(
        key="quota-subsidies-ceilings",
        title=words("title.quota_subsidies_ceilings", lang),
        headers=columns(lang, "rule_cited", "year", "ceiling_yuan", "asked_yuan", "paid_yuan"),
        rows=rows,
    )


def _stamped(table: Table, stamp: tuple[str, ...]) -> Table:
    return Table(key=table.key, title=table.title, headers=table.headers, rows=table.rows, notes=(*table.notes, *stamp))
