"""The quota as a workbook: first page with every assumption, then summary, sums, ledger, sensitivity, comparison."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from parkmap.output.room import widths
from parkmap.output.sheets import (
    BAR,
    BAR_UNMET,
    Book,
    Placed,
    add_bars,
    add_sheet,
    book_of,
    put_table,
    set_up_page,
    with_sums,
)
from parkmap.output.tables.model import Table, pick, stamps_of, words
from parkmap.output.tables.quota import method_text
from parkmap.output.tables.quota_all import all_tables
from parkmap.output.tables.quota_detail import figures_table

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport

FIGURES: Final = "quota-figures"
"""The table that stands on the first page."""
BARS: Final = ("allocated_m2", "unmet_m2", "used_m2", "paid_yuan")


def quota_workbook(report: QuotaReport, lang: Lang) -> bytes:
    """Write the quota as a workbook.

    Parameters
    ----------
    report
        The report, with all that is told beside it.
    lang
        Language.

    Returns
    -------
    bytes
        An XLSX file; the same report gives the same bytes.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as file:
        file.set_properties(
            {
                "title": f"{pick(report, lang)} / {words('title.quota', lang)}",
                "subject": report.scenario_name_zh if lang == "zh" else report.scenario_name_en,
                "author": "parkmap",
                "created": dt.datetime.combine(report.as_of, dt.time()),  # the day of the run record, not of the clock
            }
        )
        book = book_of(file, lang)
        _cover(book, report)
        for table in all_tables(report, lang):
            if table.key != FIGURES:
                _sheet(book, table, report)
    return buffer.getvalue()


def _sheet(book: Book, table: Table, report: QuotaReport) -> None:
    # Land and floor space are never added up: only tables of one commodity get a total.
    summed = with_sums(table, words("total", book.lang)) if table.key.startswith("quota-years") else table
    name = words(f"sheet.{table.key}", book.lang)
    placed = add_sheet(book, name, summed, stamp=_stamp(report, book.lang))
    add_bars(book, placed, [words(f"head.{key}", book.lang) for key in BARS])
    _charts(book, table, placed)


def _charts(book: Book, table: Table, placed: Placed) -> None:
    if not table.rows:
        return
    if table.key == "quota" or table.key.startswith("quota-by-"):
        _place(_stacked(book, placed, table), placed, table, lines=len(table.rows))
    elif table.key.startswith("quota-years"):
        chart = book.file.add_chart({"type": "bar"})
        categories = [placed.sheet.get_name(), placed.first, 0, placed.last, 0]
        for head in table.headers[1:-1]:
            chart.add_series({"name": head, "categories": categories, "values": placed.cells(head)})
        _place(chart, placed, table, lines=2 * len(table.rows))
    elif table.key == "quota-fairness":
        _place(_tiers(book, table, placed), placed, table)
    elif table.key == "quota-comparison":
        chart = book.file.add_chart({"type": "bar"})
        categories = _labels(placed, table)
        first, *others = table.headers[3:]
        for head in (first, *others[::2]):
            chart.add_series({"name": head, "categories": categories, "values": placed.cells(head)})
        _place(chart, placed, table, lines=2 * len(table.rows))


def _stacked(book: Book, placed: Placed, table: Table) -> Any:  # noqa: ANN401
    """Return what is allocated and what stays unmet, stacked to the claim."""
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    categories = _labels(placed, table)
    for key, colour in (("allocated_m2", BAR), ("unmet_m2", BAR_UNMET)):
        head = words(f"head.{key}", book.lang)
        chart.add_series(
            {"name": head, "categories": categories, "values": placed.cells(head), "fill": {"color": colour}}
        )
    return chart


def _labels(placed: Placed, table: Table) -> list[Any]:
    """Write name, commodity and year into one hidden column: chart labels of several levels are thinned out."""
    column = len(table.headers) + 1
    for row, cells in enumerate(table.rows, start=placed.first):
        placed.sheet.write_string(row, column, " ".join(str(cell) for cell in cells[:3]))
    placed.sheet.set_column(column, column, None, None, {"hidden": True})
    return [placed.sheet.get_name(), placed.first, column, placed.last, column]


def _tiers(book: Book, table: Table, placed: Placed) -> Any:  # noqa: ANN401
    """Return one line per commodity and tier: its land against the setting of the dial."""
    chart = book.file.add_chart({"type": "line"})
    allocated = placed.columns[words("head.allocated_ha", book.lang)]
    start = 0
    for position in range(1, len(table.rows) + 1):
        done = position == len(table.rows) or table.rows[position][1:3] != table.rows[start][1:3]
        if done:
            rows = (placed.first + start, placed.first + position - 1)
            name = placed.sheet.get_name()
            label = words("tier_of", book.lang, commodity=table.rows[start][1], tier=table.rows[start][2])
            chart.add_series(
                {
                    "name": label,
                    "categories": [name, rows[0], 0, rows[1], 0],
                    "values": [name, rows[0], allocated, rows[1], allocated],
                }
            )
            start = position
    return chart


def _place(chart: Any, placed: Placed, table: Table, *, lines: int = 0) -> None:  # noqa: ANN401
    """Put a chart on a printed page of its own, under the table."""
    chart.set_title({"name": table.title, "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"})
    chart.show_hidden_data()
    chart.set_size({"width": 960, "height": max(380, 20 * lines + 120)})
    if lines:
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
        chart.set_x_axis({"num_format": "#,##0"})
    placed.sheet.insert_chart(placed.below, 0, chart)
    placed.sheet.set_h_pagebreaks([placed.below])


def _stamp(report: QuotaReport, lang: Lang) -> str:
    stamps = [words("stamp.example", lang)] if report.example else []
    return "  ".join([*stamps, *stamps_of(report, lang)])


def _cover(book: Book, report: QuotaReport) -> None:
    lang, formats = book.lang, book.formats
    sheet = book.file.add_worksheet(words("sheet.cover", lang))
    figures = figures_table(report, lang)
    span = len(figures.headers) - 1
    sheet.merge_range(0, 0, 0, span, f"{pick(report, lang)} / {words('title.quota', lang)}", formats["title"])
    sheet.merge_range(1, 0, 1, span, _stamp(report, lang), formats["stamp"])
    rows = [
        ("head.scenario", report.scenario_name_zh if lang == "zh" else report.scenario_name_en),
        ("cover.note", report.note_zh if lang == "zh" else report.note_en),
        ("cover.method", method_text(report, lang)),
        ("cover.status", words(f"status.{report.status}", lang)),
        ("cover.as_of", report.as_of.isoformat()),
        ("cover.totals", _totals_text(report, lang)),
    ]
    for row, (key, text) in enumerate(rows, start=3):
        sheet.write_string(row, 0, words(key, lang), formats["label"])
        sheet.merge_range(row, 1, row, span, text, formats["slot"])
        sheet.set_row(row, max(18, 15 * (len(text) // (70 if lang == "zh" else 130) + 1 + text.count("\n"))))
    row = _sign_off(book, sheet, report, row=3 + len(rows) + 1)
    sheet.write_string(row, 0, figures.title, formats["title"])
    put_table(book, sheet, figures, row=row + 1)
    for column, width in enumerate(widths(figures)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 0)
    set_up_page(sheet, heads=None, stamp=_stamp(report, lang))


def _sign_off(book: Book, sheet: Any, report: QuotaReport, *, row: int) -> int:  # noqa: ANN401
    """Write the slots for who prepared, reviewed and approved; return the next free row."""
    slots = {
        "prepared_by": report.sign_off.prepared_by,
        "reviewed_by": report.sign_off.reviewed_by,
        "approved_by": report.sign_off.approved_by,
    }
    for key, name in slots.items():
        sheet.write_string(row, 0, words(f"sign.{key}", book.lang), book.formats["label"])
        sheet.merge_range(row, 1, row, 3, name or "", book.formats["slot"])
        sheet.write_string(row, 4, words("sign.date", book.lang), book.formats["label"])
        sheet.merge_range(row, 5, row, 8, "", book.formats["slot"])
        sheet.set_row(row, 26)
        row += 1
    return row + 1


def _totals_text(report: QuotaReport, lang: Lang) -> str:
    return "\n".join(
        words(
            "cover.total",
            lang,
            commodity=words(f"commodity.{t.commodity}", lang),
            year=t.year,
            supply=f"{t.supply_m2:,}",
            allocated=f"{t.allocated_m2:,}",
            unmet=f"{t.unmet_m2:,}",
            left=f"{t.unallocated_m2:,}",
        )
        for t in report.totals
    )
