"""Tables of demand under zones, of `parkmap coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Table, columns, pick, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.output.reports.demand import DemandPart, DemandSource, Weights
    from parkmap.output.tables.model import Cell

WEIGHTS = (
    "weight",
    "covered_low",
    "covered_best",
    "covered_high",
    "share_percent",
    "covered_least",
    "covered_most",
    "overlap",
    "gap",
)
"""Heads of a row of weights."""


def demand_tables(part: DemandPart, lang: Lang, notes: tuple[str, ...]) -> list[Table]:
    """Return demand by district with its total, under each zone by itself, and by feature.

    Parameters
    ----------
    part
        Demand in the report.
    lang
        Language.
    notes
        What must stand under the first table.
    """
    total = (words("demand.total", lang), *_weights(part.totals))
    districts = (*((pick(row, lang), *_weights(row)) for row in part.districts), total)
    items = tuple((pick(item, lang), item.low, item.best, item.high) for item in part.items)
    rows = tuple((row.id, pick(row, lang), *_weights(row)) for row in part.rows)
    return [
        Table(
            key="coverage-demand-districts",
            title=words("title.coverage_demand", lang),
            headers=columns(lang, "district", *WEIGHTS),
            rows=districts,
            notes=notes,
        ),
        Table(
            key="coverage-demand-items",
            title=words("title.coverage_demand_items", lang),
            headers=columns(lang, "name", "covered_low", "covered_best", "covered_high"),
            rows=items,
            notes=(words("note.coverage_pairs", lang),),
        ),
        Table(
            key="coverage-demand",
            title=words("title.coverage_demand_rows", lang),
            headers=columns(lang, "id", "name", *WEIGHTS),
            rows=rows,
        ),
    ]


def _weights(row: Weights) -> tuple[Cell, ...]:
    return (
        row.weight,
        row.covered_low,
        row.covered_best,
        row.covered_high,
        None if row.share_best is None else row.share_best * 100,
        row.covered_least,
        row.covered_most,
        row.overlap,
        row.gap,
    )


def demand_source_notes(source: DemandSource, lang: Lang) -> Iterator[str]:
    """Yield where demand comes from, how it is spread, and what is in no district.

    Parameters
    ----------
    source
        The source in the report.
    lang
        Language.
    """
    field = source.weight_field or words("demand.each_one", lang)
    yield words("note.demand_source", lang, file=source.file, field=field, points=source.points, areas=source.areas)
    if source.basis:
        years = ", ".join(source.years) or words("note.no_date", lang)
        yield words("note.demand_basis", lang, basis=", ".join(source.basis), years=years)
    if source.areas:
        yield words("note.demand_even", lang)
    if source.outside > 0:
        yield words("note.demand_outside", lang, weight=f"{source.outside:,.6g}")


def demand_notes(part: DemandPart, lang: Lang) -> tuple[str, ...]:
    """Return what must stand under the demand of one plan.

    Parameters
    ----------
    part
        Demand in the report.
    lang
        Language.
    """
    found = [entry.text_zh if lang == "zh" else entry.text_en for entry in part.findings]
    return (words("note.demand_union", lang), *demand_source_notes(part, lang), *found)
