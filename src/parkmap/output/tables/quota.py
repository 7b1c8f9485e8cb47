"""Tables of `parkmap quota`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport


def quota_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return allocations, totals and pools."""
    stamp = (words("stamp.example", lang),) if report.example else ()
    note = report.note_zh if lang == "zh" else report.note_en
    pool_names = {pool.id: pick(pool, lang) for pool in report.pools}
    allocations = tuple(
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
            words(f"bound.{a.bound}", lang),
            "; ".join(f"{pool_names[d.pool]} {d.m2:,}" for d in a.draws) or None,
            words(f"basis.{a.basis}", lang),
        )
        for a in report.allocations
    )
    heads = columns(
        lang, "name", "commodity", "year", "tier", "claim_m2", "floor_m2", "cap_m2", "allocated_m2", "unmet_m2",
        "bound", "draws", "basis",
    )  # fmt: skip
    totals = tuple(
        (
            words(f"commodity.{t.commodity}", lang),
            str(t.year),
            t.supply_m2,
            t.claim_m2,
            t.allocated_m2,
            t.unmet_m2,
            t.unallocated_m2,
        )
        for t in report.totals
    )
    total_heads = columns(
        lang, "commodity", "year", "supply_m2", "claim_m2", "allocated_m2", "unmet_m2", "unallocated_m2"
    )
    pools = tuple(
        (
            pick(p, lang),
            words(f"commodity.{p.commodity}", lang),
            str(p.year),
            p.supply_m2,
            p.drawn_m2,
            words(f"basis.{p.basis}", lang),
        )
        for p in report.pools
    )
    pool_heads = columns(lang, "pool", "commodity", "year", "supply_m2", "drawn_m2", "basis")
    notes = (*stamp, *stamps_of(report, lang), note, words("note.method", lang))
    return [
        Table(key="quota", title=title_of("quota", report, lang), headers=heads, rows=allocations, notes=notes),
        Table(
            key="quota-totals", title=words("title.quota_totals", lang), headers=total_heads, rows=totals, notes=stamp
        ),
        Table(key="quota-pools", title=words("title.quota_pools", lang), headers=pool_heads, rows=pools, notes=stamp),
    ]
