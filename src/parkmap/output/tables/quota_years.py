"""Allocation by item and year: a two-way table whose rows, columns and total agree to the square metre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Cell, Table, pick, words
from parkmap.output.tables.quota import example_stamp

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport


def years_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return one table per commodity: one row per item, one column per year.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    commodities = dict.fromkeys(a.commodity for a in report.allocations)
    return [_years(report, commodity, lang) for commodity in commodities]


def _years(report: QuotaReport, commodity: str, lang: Lang) -> Table:
    own = [a for a in report.allocations if a.commodity == commodity]
    years = sorted({a.year for a in own})
    cells = {(a.id, a.year): a.allocated_m2 for a in own}
    rows: list[tuple[Cell, ...]] = []
    for item, name in {a.id: pick(a, lang) for a in own}.items():
        values = [cells.get((item, year)) for year in years]
        rows.append((name, *values, sum(value or 0 for value in values)))
    heads = [words("head.allocated_year", lang, year=year) for year in years]
    return Table(
        key=f"quota-years-{commodity}",
        title=words(f"title.quota_years_{commodity}", lang),
        headers=(words("head.name", lang), *heads, words("total_m2", lang)),
        rows=tuple(rows),
        notes=example_stamp(report, lang),
    )
