"""Tables of `parkmap coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import HECTARE_M2, Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.coverage import CoverageReport


def coverage_tables(report: CoverageReport, lang: Lang) -> list[Table]:
    """Return coverage by district, by pair, and the zones whose extent is unknown."""
    districts = tuple(
        (
            pick(d, lang),
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
    heads = columns(
        lang, "district", "area_ha", "low_ha", "best_ha", "high_ha", "share_percent", "overlap_ha", "gap_ha", "unknown"
    )
    names = {d.id: pick(d, lang) for d in report.districts}
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
    unknown = [pick(i, lang) for i in report.items if i.status == "unknown"]
    notes = [words("note.coverage", lang)]
    if unknown:
        notes.append(words("note.unknown_extent", lang, count=len(unknown), names=", ".join(unknown)))
    title = title_of("coverage", report, lang)
    pair_heads = columns(lang, "district", "name", "low_ha", "best_ha", "high_ha", "share_percent")
    return [
        Table(
            key="coverage-districts",
            title=title,
            headers=heads,
            rows=districts,
            notes=(*stamps_of(report, lang), *notes),
        ),
        Table(key="coverage-pairs", title=words("title.coverage_pairs", lang), headers=pair_heads, rows=pairs),
    ]
