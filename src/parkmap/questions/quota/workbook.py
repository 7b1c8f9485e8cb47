"""The quota as a workbook: first page with every assumption, then summary, sums, ledger, sensitivity, comparison."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from parkmap.facts.sheet import Sheet, sheet
from parkmap.messages import text
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
from parkmap.questions.quota import tables
from parkmap.questions.quota.names import method_text

if TYPE_CHECKING:
    from parkmap.facts.facts import Facts
    from parkmap.messages import Lang
    from parkmap.questions.base import Answer
    from parkmap.questions.quota.measure import QuotaResults

BARS: Final = {"allocated_m2": BAR, "unmet_m2": BAR_UNMET, "used_m2": BAR, "paid_yuan": BAR}
"""Columns with data bars, and their colour."""


def quota_workbook(answer: Answer, lang: Lang) -> bytes:
    """Write the quota as a workbook.

    Parameters
    ----------
    answer
        The quota, with all that is told beside it.
    lang
        Language.

    Returns
    -------
    bytes
        An XLSX file; the same answer gives the same bytes.
    """
    buffer, found = io.BytesIO(), answer.results
    stamp = "  ".join(one[lang] for one in answer.table(tables.CLAIMS.key).stamps)
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as file:
        file.set_properties(
            {
                "title": answer.table(tables.CLAIMS.key).title[lang],
                "subject": found.scenario.name[lang],
                "author": "parkmap",
                "created": dt.datetime.combine(
                    found.plan.as_of, dt.time()
                ),  # the day of the run record, not of the clock
            }
        )
        book = book_of(file, lang)
        _cover(book, answer, stamp)
        for facts in answer.for_people():
            if facts.key != tables.FIGURES.key:
                _sheet(book, facts, stamp)
    return buffer.getvalue()


def _sheet(book: Book, facts: Facts, stamp: str) -> None:
    # Land and floor space are never added up: only tables of one commodity get a total.
    table = sheet(facts, book.lang)
    summed = with_sums(table, text("total", book.lang)) if table.key.startswith("quota-years") else table
    placed = add_sheet(book, text(f"sheet.{table.key}", book.lang), summed, stamp=stamp)
    add_bars(placed, table, BARS)
    _charts(book, table, placed)


def _charts(book: Book, table: Sheet, placed: Placed) -> None:
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


def _stacked(book: Book, placed: Placed, table: Sheet) -> Any:  # noqa: ANN401
    """Return what is allocated and what stays unmet, stacked to the claim."""
    chart = book.file.add_chart({"type": "bar", "subtype": "stacked"})
    categories = _labels(placed, table)
    for key, colour in (("allocated_m2", BAR), ("unmet_m2", BAR_UNMET)):
        head = table.headers[table.keys.index(key)]
        chart.add_series(
            {"name": head, "categories": categories, "values": placed.cells(head), "fill": {"color": colour}}
        )
    return chart


def _labels(placed: Placed, table: Sheet) -> list[Any]:
    """Write name, commodity and year into one hidden column: chart labels of several levels are thinned out."""
    column = len(table.headers) + 1
    for row, cells in enumerate(table.rows, start=placed.first):
        placed.sheet.write_string(row, column, " ".join(str(cell) for cell in cells[:3]))
    placed.sheet.set_column(column, column, None, None, {"hidden": True})
    return [placed.sheet.get_name(), placed.first, column, placed.last, column]


def _tiers(book: Book, table: Sheet, placed: Placed) -> Any:  # noqa: ANN401
    """Return one line per commodity and tier: its land against the setting of the dial."""
    chart = book.file.add_chart({"type": "line"})
    allocated = table.keys.index("allocated_ha")
    start = 0
    for position in range(1, len(table.rows) + 1):
        done = position == len(table.rows) or table.rows[position][1:3] != table.rows[start][1:3]
        if done:
            rows = (placed.first + start, placed.first + position - 1)
            name = placed.sheet.get_name()
            label = text("tier_of", book.lang, commodity=table.rows[start][1], tier=table.rows[start][2])
            chart.add_series(
                {
                    "name": label,
                    "categories": [name, rows[0], 0, rows[1], 0],
                    "values": [name, rows[0], allocated, rows[1], allocated],
                }
            )
            start = position
    return chart


def _place(chart: Any, placed: Placed, table: Sheet, *, lines: int = 0) -> None:  # noqa: ANN401
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


def _cover(book: Book, answer: Answer, stamp: str) -> None:
    lang, formats, found = book.lang, book.formats, answer.results
    cover = book.file.add_worksheet(text("sheet.cover", lang))
    figures = sheet(answer.table(tables.FIGURES.key), lang)
    span = len(figures.headers) - 1
    cover.merge_range(0, 0, 0, span, answer.table(tables.CLAIMS.key).title[lang], formats["title"])
    cover.merge_range(1, 0, 1, span, stamp, formats["stamp"])
    rows = [
        ("cover.scenario", found.scenario.name[lang]),
        ("cover.note", found.scenario.note[lang]),
        ("cover.method", method_text(found.quota)[lang]),
        ("cover.status", text(f"solved.{found.quota.outcome.status}", lang)),
        ("cover.as_of", found.plan.as_of.isoformat()),
        ("cover.totals", _totals_text(answer, lang)),
    ]
    for row, (key, value) in enumerate(rows, start=3):
        cover.write_string(row, 0, text(key, lang), formats["label"])
        cover.merge_range(row, 1, row, span, value, formats["slot"])
        cover.set_row(row, max(18, 15 * (len(value) // (70 if lang == "zh" else 130) + 1 + value.count("\n"))))
    row = _sign_off(book, cover, found, row=3 + len(rows) + 1)
    cover.write_string(row, 0, figures.title, formats["title"])
    put_table(book, cover, figures, row=row + 1)
    for column, width in enumerate(widths(figures)):
        cover.set_column(column, column, width)
    cover.freeze_panes(2, 0)
    set_up_page(cover, heads=None, stamp=stamp)


def _sign_off(book: Book, cover: Any, found: QuotaResults, *, row: int) -> int:  # noqa: ANN401
    """Write the slots for who prepared, reviewed and approved; return the next free row."""
    for key, name in found.scenario.sign_off.model_dump().items():
        cover.write_string(row, 0, text(f"sign.{key}", book.lang), book.formats["label"])
        cover.merge_range(row, 1, row, 3, name or "", book.formats["slot"])
        cover.write_string(row, 4, text("sign.date", book.lang), book.formats["label"])
        cover.merge_range(row, 5, row, 8, "", book.formats["slot"])
        cover.set_row(row, 26)
        row += 1
    return row + 1


def _totals_text(answer: Answer, lang: Lang) -> str:
    return "\n".join(
        text(
            "cover.total",
            lang,
            commodity=text(f"commodity.{row['commodity']}", lang),
            year=row["year"],
            supply=f"{row['supply_m2']:,}",
            allocated=f"{row['allocated_m2']:,}",
            unmet=f"{row['unmet_m2']:,}",
            left=f"{row['unallocated_m2']:,}",
        )
        for row in answer.table(tables.TOTALS.key).rows()
    )
