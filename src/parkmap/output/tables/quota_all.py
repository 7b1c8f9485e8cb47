"""Every table of a quota, by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.quota import quota_tables
from parkmap.output.tables.quota_detail import detail_tables
from parkmap.output.tables.quota_hectares import hectare_tables
from parkmap.output.tables.quota_study import comparison_tables, study_tables
from parkmap.output.tables.quota_years import years_tables

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.output.tables.model import Table


def all_tables(report: QuotaReport, lang: Lang) -> list[Table]:
    """Return every table that the report fills, in the order of the workbook.

    Parameters
    ----------
    report
        The report.
    lang
        Language.
    """
    ledger, figures, *sums = detail_tables(report, lang)
    compared = comparison_tables(report.comparison, lang) if report.comparison is not None else []
    return [
        *quota_tables(report, lang),
        *sums,
        *years_tables(report, lang),
        *hectare_tables(report, lang),
        ledger,
        *study_tables(report, lang),
        *compared,
        figures,
    ]
