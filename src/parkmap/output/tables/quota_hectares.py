"""Allocation in hectares, by item and year or land class: two-way tables that still add up after rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.quota.rounding.controlled import controlled_rounding
from parkmap.output.tables.model import Table, pick, words
from parkmap.output.tables.quota import example_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.output.reports.quota_parts import AllocationEntry
    from parkmap.output.tables.model import Cell

STEP_M2: Final = 100
"""A hundredth of a hectare."""


def hectare_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return item by year and item by land class, one pair per commodity, in hundredths of a hectare.

    Parameters
    ----------
    report
        The report.
    lang
        Language.

    Returns
    -------
    list of Table
        Every cell and every sum is one of the two neighbours of its square metres (`controlled_rounding`), so that
        rows, columns and the total agree as printed. Empty where nothing could be allocated.
    """
    if report.infeasible is not None:
        return []
    tables = []
    for commodity in dict.fromkeys(a.commodity for a in report.allocations):
        own = [a for a in report.allocations if a.commodity == commodity]
        tables.append(_two_way(report, own, "years", _year, lang))
        if any(a.land_class is not None for a in own):
            tables.append(_two_way(report, own, "classes", _class, lang))
    return tables


def _year(entry: AllocationEntry, _lang: Lang) -> str:
    return str(entry.year)


def _class(entry: AllocationEntry, lang: Lang) -> str:
    if entry.land_class is None:
        return words("sum.without_land-class", lang)
    return f"{entry.land_class.code} {pick(entry.land_class, lang)}"


def _two_way(
    report: QuotaReport,
    own: list[AllocationEntry],
    by: str,
    column_of: Callable[[AllocationEntry, Lang], str],
    lang: Lang,
) -> Table:
    commodity = own[0].commodity
    items = {a.id: pick(a, lang) for a in own}
    columns = sorted({column_of(a, lang) for a in own})
    rows, where = list(items), {name: k for k, name in enumerate(columns)}
    m2, claimed = np.zeros((len(rows), len(columns))), np.zeros((len(rows), len(columns)), dtype=bool)
    for a in own:
        at = rows.index(a.id), where[column_of(a, lang)]
        m2[at] += a.allocated_m2
        claimed[at] = True
    steps = controlled_rounding(m2 / STEP_M2)
    body = [
        (items[item], *_cells(steps[k], claimed[k]), float(steps[k].sum()) / STEP_M2) for k, item in enumerate(rows)
    ]
    total = (*_cells(steps.sum(axis=0), np.ones(len(columns), dtype=bool)), float(steps.sum()) / STEP_M2)
    unit = words(f"hectares.unit.{commodity}", lang)
    heads = [words("hectares.head", lang, name=name, unit=unit) for name in (*columns, words("total", lang))]
    title = words(f"title.quota_hectares_{by}", lang, commodity=words(f"commodity.{commodity}", lang), unit=unit)
    return Table(
        key=f"quota-hectares-{by}-{commodity}",
        title=title,
        headers=(words("head.name", lang), *heads),
        rows=(*body, (words("total", lang), *total)),
        notes=(words("note.hectares", lang), *example_stamp(report, lang)),
    )


def _cells(steps: np.ndarray, claimed: np.ndarray) -> list[Cell]:
    """Return hundredths of a hectare as hectares; nothing where nothing was claimed."""
    return [float(step) / STEP_M2 if there else None for step, there in zip(steps, claimed, strict=True)]
