"""Any tables of facts as a workbook: one worksheet a table, typed, stamped, ready to print."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from parkmap.facts.sheet import Sheet, sheet
from parkmap.messages import TEXTS, text
from parkmap.output.sheets import Book, add_sheet, book_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parkmap.facts.facts import Facts
    from parkmap.output.context import Context

UNDATED: Final = dt.date(1980, 1, 1)
"""Day of files that know none: the clock would make every file another one."""
LONGEST_NAME: Final = 31
"""Letters that Excel allows in the name of a worksheet."""
MOST_ROWS: Final = 1_048_000
"""Rows of a table that Excel has room for."""


def answer_workbook(facts: Sequence[Facts], context: Context, *, day: dt.date | None = None) -> bytes:
    """Return tables of facts as a workbook.

    Parameters
    ----------
    facts
        The tables that people read, in their order; the stamps of any stand on every worksheet.
    context
        What writers need.
    day
        Day in the properties; None is a fixed one.

    Returns
    -------
    bytes
        An XLSX file; the same facts give the same bytes.
    """
    sheets = [sheet(one, context.lang) for one in facts]
    return tables_workbook(sheets, context, title=sheets[0].title if sheets else "", day=day)


def tables_workbook(
    sheets: Sequence[Sheet],
    context: Context,
    *,
    title: str,
    day: dt.date | None = None,
    stamps: Sequence[str] = (),
    contents: bool = False,
) -> bytes:
    """Return tables in one language as a workbook.

    Parameters
    ----------
    sheets
        The tables, in their order; ranges in three columns.
    context
        What writers need.
    title
        Title in the properties, and of the list of contents.
    day
        Day in the properties; None is a fixed one.
    stamps
        What must stand on every worksheet beside the stamps of the tables.
    contents
        Whether a first worksheet lists the others.

    Returns
    -------
    bytes
        An XLSX file; the same tables give the same bytes.
    """
    buffer = io.BytesIO()
    stamp = "  ".join(dict.fromkeys([*stamps, *(stamp for one in sheets for stamp in one.stamps)])) or None
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as file:
        made = dt.datetime.combine(day or UNDATED, dt.time())  # the day of the run, not of the clock
        file.set_properties({"title": title, "author": "parkmap", "created": made})
        book, names = book_of(file, context.lang), worksheet_names(sheets, context)
        if contents:
            _contents(book, dict(zip(names, sheets, strict=True)), title=title, stamp=stamp)
        for name, one in zip(names, sheets, strict=True):
            add_sheet(book, name, _fitting(one, context), stamp=stamp)
    return buffer.getvalue()


def worksheet_names(sheets: Iterable[Sheet], context: Context) -> list[str]:
    """Return a name for each worksheet that Excel takes: short, without signs of its own, none twice.

    Parameters
    ----------
    sheets
        The tables.
    context
        What writers need.
    """
    names: list[str] = []
    for one in sheets:
        known = TEXTS.get(f"sheet.{one.key}")
        told = known[context.lang] if known else one.name or one.title.rpartition(" / ")[2]
        whole = re.sub(r"[\[\]:*?/\\\s]+", " ", told).strip(" '") or one.key
        name = whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 1].rstrip()}…"
        taken, number = {other.casefold() for other in names}, 1
        while name.casefold() in taken:
            number += 1
            name = f"{whole[: LONGEST_NAME - 4].rstrip()} {number}"
        names.append(name)
    return names


def _fitting(one: Sheet, context: Context) -> Sheet:
    """Return a table with as many rows as a worksheet holds, and a note where that is not all."""
    if len(one.rows) <= MOST_ROWS:
        return one
    note = text("note.rows_cut", context.lang, count=f"{MOST_ROWS:,}", all=f"{len(one.rows):,}")
    return dataclasses.replace(one, rows=one.rows[:MOST_ROWS], notes=(*one.notes, note), total=False)


def _contents(book: Book, sheets: dict[str, Sheet], *, title: str, stamp: str | None) -> None:
    """Add a first worksheet that leads to the others."""
    heads = (text("contents.table", book.lang), text("contents.rows", book.lang))
    rows = tuple((one.title, len(one.rows)) for one in sheets.values())
    name = text("contents.title", book.lang)
    listed = Sheet(key="contents", title=title, headers=heads, rows=rows)
    placed = add_sheet(book, name, listed, stamp=stamp)
    for row, (target, one) in enumerate(sheets.items(), start=placed.first):
        quoted = target.replace("'", "''")
        link: Any = book.formats["link"]
        placed.sheet.write_url(row, 0, f"internal:'{quoted}'!A1", link, one.title)
