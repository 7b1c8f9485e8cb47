"""Tables of `parkmap coverage` for one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.demand import demand_notes, demand_tables
from parkmap.output.tables.model import HECTARE_M2, Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.coverage import CoverageReport


def coverage_tables(report: CoverageReport, lang: Lang) -> list[Table]:
    """Return coverage by district, by pair, and of demand, with the zones whose extent is unknown.

    Parameters
    ----------
    report
        The report.
    lang
        Language.

    Returns
    -------
    list of Table
        Districts, pairs; with demand also demand by district, by zone and by feature.
    """
    notes = [*stamps_of(report, lang), words("note.coverage", lang)]
    unknown = [pick(i, lang) for i in report.items if i.status == "unknown"]
    if unknown:
        notes.append(words("note.unknown_extent", lang, count=len(unknown), names=", ".join(unknown)))
    tables = [_districts(report, lang, tuple(notes)), _pairs(report, lang)]
    if report.demand is not None:
        about = (note for note in notes if note != words("note.coverage", lang))
        tables += demand_tables(report.demand, lang, (*about, *demand_notes(report.demand, lang)))
    return tables


def _districts(report: CoverageReport, lang: Lang, notes: tuple[str, ...]) -> Table:
    rows = tuple(
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
    title = title_of("coverage", report, lang)
    return Table(key="coverage-districts", title=title, headers=heads, rows=rows, notes=notes)


def _pairs(report: CoverageReport, lang: Lang) -> Table:
    names = {d.id: pick(d, lang) for d in report.districts}
    rows = tuple(
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
    return Table(
        key="coverage-pairs",
        title=words("title.coverage_pairs", lang),
        headers=columns(lang, "district", "name", "low_ha", "best_ha", "high_ha", "share_percent"),
        rows=rows,
        notes=(words("note.coverage_pairs", lang),),
    )
