"""The quota as a Word report in Chinese or English."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from docx.shared import Cm

from parkmap.output.docx_parts import (
    add_grid,
    add_page_numbers,
    add_stamp,
    add_table,
    new_document,
    to_bytes,
    turn,
)
from parkmap.output.figure.quota import quota_picture
from parkmap.output.reports.why import reasons
from parkmap.output.tables.model import pick, stamps_of, words
from parkmap.output.tables.quota import method_text, quota_tables, size_text
from parkmap.output.tables.quota_all import all_tables
from parkmap.output.tables.quota_detail import brief_figures_table

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport

PICTURE_CM: Final = 16.4
APPENDIX: Final = (
    "quota-shadow-prices",
    "quota-sensitivity",
    "quota-scenarios",
    "quota-comparison",
    "quota-monitoring",
    "quota-subsidies",
    "quota-subsidies-yearly",
    "quota-subsidies-ceilings",
    "quota-ledger",
)
"""Tables of the appendix, in this order, where the report fills them."""
BRIEF: Final = (0, 1, 2, 3, 4, 7, 8, 9)
"""Columns of the allocations that fit an upright page."""


def quota_document(report: QuotaReport, lang: Lang, *, map_png: bytes | None = None) -> bytes:
    """Write the quota as a Word report.

    Parameters
    ----------
    report
        The report, with all that is told beside it.
    lang
        Language.
    map_png
        Picture of the plan's map; None leaves it out.

    Returns
    -------
    bytes
        A DOCX file; the same report gives the same bytes.
    """
    title = f"{pick(report, lang)} / {words('title.quota', lang)}"
    document = new_document(lang, title=title, day=report.as_of)
    stamp = "  ".join([words("stamp.example", lang)] if report.example else []) or words("title.quota", lang)
    add_page_numbers(document, stamp)
    _first_page(document, report, lang, title)
    _summary(document, report, lang)
    _pictures(document, report, lang, map_png)
    _answer(document, report, lang)
    _reasons(document, report, lang)
    _appendix(document, report, lang)
    return to_bytes(document)


def _first_page(document: Any, report: QuotaReport, lang: Lang, title: str) -> None:  # noqa: ANN401
    """Write title, stamps, slots for review and approval, and every figure with its basis."""
    document.add_heading(title, level=0)
    for stamp in (*([words("stamp.example", lang)] if report.example else []), *stamps_of(report, lang)):
        add_stamp(document, stamp)
    scenario = report.scenario_name_zh if lang == "zh" else report.scenario_name_en
    note = report.note_zh if lang == "zh" else report.note_en
    document.add_paragraph(words("doc.scenario", lang, name=scenario, note=note))
    date = words("sign.date", lang)
    slots = [
        [words(f"sign.{key}", lang), getattr(report.sign_off, key) or "", date, ""]
        for key in ("prepared_by", "reviewed_by", "approved_by")
    ]
    add_grid(document, slots, widths_cm=(2.6, 6.0, 2.2, 5.4))
    document.add_heading(words("title.quota_figures", lang), level=1)
    add_table(document, brief_figures_table(report, lang))


def _summary(document: Any, report: QuotaReport, lang: Lang) -> None:  # noqa: ANN401
    document.add_heading(words("doc.summary", lang), level=1).paragraph_format.page_break_before = True
    for total in report.totals:
        share = total.allocated_m2 / total.claim_m2 * 100 if total.claim_m2 else 100.0
        text = words(
            "doc.total",
            lang,
            year=total.year,
            commodity=words(f"commodity.{total.commodity}", lang),
            supply=size_text(total.supply_m2, total.commodity, lang),
            claim=size_text(total.claim_m2, total.commodity, lang),
            allocated=size_text(total.allocated_m2, total.commodity, lang),
            share=f"{share:.1f}",
            unmet=size_text(total.unmet_m2, total.commodity, lang),
        )
        document.add_paragraph(text, style="List Bullet")
    document.add_heading(words("cover.method", lang), level=2)
    document.add_paragraph(method_text(report, lang))
    reason = report.method.reason_zh if lang == "zh" else report.method.reason_en
    if reason:
        document.add_paragraph(reason)
    if report.infeasible is not None:
        document.add_heading(words("title.quota_conflict", lang), level=2)
        for table in quota_tables(report, lang)[:3]:
            document.add_paragraph(table.title)
            add_table(document, table)


def _pictures(document: Any, report: QuotaReport, lang: Lang, map_png: bytes | None) -> None:  # noqa: ANN401
    flow = quota_picture(report, lang)
    if map_png is not None:
        document.add_heading(words("doc.map", lang), level=1)
        document.add_picture(io.BytesIO(map_png), width=Cm(PICTURE_CM))
    if flow is not None:
        document.add_heading(words("doc.flow", lang), level=1)
        document.add_picture(io.BytesIO(flow), width=Cm(PICTURE_CM))


def _answer(document: Any, report: QuotaReport, lang: Lang) -> None:  # noqa: ANN401
    tables = {table.key: table for table in all_tables(report, lang)}
    document.add_heading(words("title.quota", lang), level=1)
    add_table(document, tables["quota"], columns=BRIEF)
    summed = ("quota-totals", "quota-pools", "quota-groups", "quota-by-district", "quota-by-land-class")
    for key in (*summed, *(key for key in tables if key.startswith("quota-hectares"))):
        if key in tables:
            document.add_heading(tables[key].title, level=2)
            add_table(document, tables[key])


def _reasons(document: Any, report: QuotaReport, lang: Lang) -> None:  # noqa: ANN401
    """Tell the ledger in sentences, claim by claim."""
    document.add_heading(words("doc.reasons", lang), level=1)
    for entry in report.allocations:
        first, *others = reasons(report, entry, lang)
        document.add_paragraph(first).runs[0].bold = True
        for sentence in others if report.infeasible is None else []:
            document.add_paragraph(sentence, style="List Bullet")


def _appendix(document: Any, report: QuotaReport, lang: Lang) -> None:  # noqa: ANN401
    tables = {table.key: table for table in all_tables(report, lang)}
    turn(document, upright=False)
    document.add_heading(words("doc.appendix", lang), level=1)
    for key in APPENDIX:
        if key in tables:
            document.add_heading(tables[key].title, level=2)
            table = tables[key]
            filled = [i for i in range(len(table.headers)) if any(row[i] is not None for row in table.rows)]
            add_table(document, table, columns=filled, size=7.5)
