"""What `parkmap build` writes about the quota of one plan, as file names and bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.document import quota_document
from parkmap.output.figure.quota import quota_picture
from parkmap.output.reports.base import to_json
from parkmap.output.tables.csv_file import to_csv
from parkmap.output.tables.quota_all import all_tables
from parkmap.output.workbook import quota_workbook

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport


def quota_files(report: QuotaReport, lang: Lang, *, map_png: bytes | None = None) -> dict[str, bytes]:
    """Return report, tables, workbook, Word report and picture of a quota.

    Parameters
    ----------
    report
        The report.
    lang
        Language of tables, workbook, Word report and picture.
    map_png
        Picture of the plan's map for the Word report; None leaves it out.

    Returns
    -------
    dict of str to bytes
        File name to content; equal reports give equal bytes.
    """
    files = {
        "quota.json": to_json(report).encode(),
        "quota.xlsx": quota_workbook(report, lang),
        "quota.docx": quota_document(report, lang, map_png=map_png),
    }
    flow = quota_picture(report, lang)
    if flow is not None:
        files["quota.png"] = flow
    return {**files, **{f"{table.key}.csv": to_csv(table) for table in all_tables(report, lang)}}
