"""Tables behind the quota: the ledger, every figure with its basis, and sums by district, component and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap.output.tables.model import Cell, Table, columns, pick, words
from parkmap.output.tables.quota import example_stamp, rule_text

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.output.reports.quota_parts import LedgerEntry, SumEntry

PARTITIONS: Final = ("district", "component", "role", "land-class", "tenure")


def detail_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return ledger, figures, sums and overrides.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    sums = [_sums(report, partition, lang) for partition in PARTITIONS]
    return [ledger_table(report, lang), figures_table(report, lang), *(t for t in sums if t.rows)]


def ledger_table(report: QuotaReport, lang: Lang) -> Table:
    """Return the ledger; the rows of a claim add up to its allocation.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    rows = tuple(_ledger_row(entry, report, lang) for entry in report.ledger)
    heads = columns(
        lang, "name", "commodity", "year", "stage", "pool", "pool_rule", "rule_cited", "bound", "bound_rule", "m2",
        "by_hand",
    )  # fmt: skip
    return Table(
        key="quota-ledger",
        title=words("title.quota_ledger", lang),
        headers=heads,
        rows=rows,
        notes=(words("note.ledger", lang), *example_stamp(report, lang)),
    )


def _ledger_row(entry: LedgerEntry, report: QuotaReport, lang: Lang) -> tuple[Cell, ...]:
    why = entry.why_zh if lang == "zh" else entry.why_en
    by_hand = words("ledger.by_hand", lang, who=entry.who, when=entry.when, why=why) if entry.who else None
    group = next((g for g in report.groups if g.id == entry.bound_by), None)
    bound = words(f"bound.{entry.bound}", lang) if entry.bound else None
    if report.status == "infeasible":
        bound = words("bound.infeasible", lang)
    if group is not None and entry.bound == "group":
        bound = words("bound.group_named", lang, name=pick(group, lang))
    return (
        pick(entry, lang),
        words(f"commodity.{entry.commodity}", lang),
        str(entry.year),
        words(f"stage.{entry.stage}", lang),
        entry.pool_zh if lang == "zh" else entry.pool_en,
        rule_text(entry.pool_rule, lang),
        rule_text(entry.rule, lang),
        bound,
        rule_text(entry.bound_rule, lang),
        entry.m2,
        by_hand,
    )


def figures_table(report: QuotaReport, lang: Lang) -> Table:
    """Return every figure and choice of the scenario with basis and origin; assumptions first.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    ordered = sorted(report.figures, key=lambda f: f.basis != "assumption")
    rows = tuple(
        (
            words(f"figure.{f.what}", lang),
            words(f"method.{f.name_zh}", lang) if f.what == "method" else pick(f, lang),
            words(f"commodity.{f.commodity}", lang) if f.commodity else None,
            str(f.year) if f.year is not None else None,
            f.m2,
            f.yuan,
            words(f"basis.{f.basis}", lang),
            f.clause,
            f.origin_zh if lang == "zh" else f.origin_en,
        )
        for f in ordered
    )
    heads = columns(lang, "figure", "name", "commodity", "year", "m2", "yuan", "basis", "clause", "origin")
    assumed = sum(f.basis == "assumption" for f in report.figures)
    note = words("note.figures", lang, assumed=assumed, count=len(report.figures))
    return Table(
        key="quota-figures",
        title=words("title.quota_figures", lang),
        headers=heads,
        rows=rows,
        notes=(note, *example_stamp(report, lang)),
    )


def brief_figures_table(report: QuotaReport, lang: Lang) -> Table:
    """Return the same figures in four columns, for a page that stands upright.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    full = figures_table(report, lang)
    rows = []
    for what, name, commodity, year, m2, yuan, basis, clause, origin in full.rows:
        detail = " ".join(str(part) for part in (year, commodity) if part)
        amount = words("amount.m2", lang, value=f"{m2:,}") if m2 is not None else None
        amount = words("amount.yuan", lang, value=f"{yuan:,}") if yuan is not None else amount
        shown = words("figure.of", lang, what=what, name=name, detail=f" {detail}" if detail else "")
        rows.append((shown, amount, basis, " ".join(str(part) for part in (clause, origin) if part)))
    return Table(
        key=full.key,
        title=full.title,
        headers=columns(lang, "figure", "amount", "basis", "origin"),
        rows=tuple(rows),
        notes=full.notes,
    )


def _sums(report: QuotaReport, partition: str, lang: Lang) -> Table:
    entries = [entry for entry in report.sums if entry.partition == partition]
    if not any(entry.key for entry in entries):
        entries = []
    rows = tuple(
        (
            sum_name(entry, lang),
            words(f"commodity.{entry.commodity}", lang),
            str(entry.year),
            entry.claims,
            entry.claim_m2,
            entry.allocated_m2,
            entry.unmet_m2,
        )
        for entry in entries
    )
    heads = columns(lang, "name", "commodity", "year", "claims", "claim_m2", "allocated_m2", "unmet_m2")
    return Table(
        key=f"quota-by-{partition}",
        title=words(f"title.quota_by_{partition}", lang),
        headers=heads,
        rows=rows,
        notes=example_stamp(report, lang),
    )


def sum_name(entry: SumEntry, lang: Lang) -> str:
    """Return what a sum is about, in words.

    Parameters
    ----------
    entry
        The sum.
    lang
        Language.
    """
    if entry.key is None:
        return words(f"sum.without_{entry.partition}", lang)
    if entry.partition in ("role", "tenure"):
        return words(f"{entry.partition}.{entry.key}", lang)
    name = (entry.name_zh if lang == "zh" else entry.name_en) or entry.key
    return f"{entry.key} {name}" if entry.partition == "land-class" else name
