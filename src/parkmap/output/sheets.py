"""One table on one worksheet: heads, number formats, widths, data bars, print set-up."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from parkmap.output.tables.model import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parkmap.messages import Lang
    from parkmap.output.tables.model import Cell, Table

FONTS: Final[dict[str, str]] = {"zh": "微软雅黑", "en": "Calibri"}
WIDEST: Final = 56
NARROWEST: Final = 7
A4_CHARACTERS: Final = 170
"""A table wider than so many characters is printed on A3."""
BAR: Final = "#5B9BD5"
BAR_UNMET: Final = "#ED7D31"
HEAD: Final = "#1F4E79"
STAMP: Final = "#C00000"
LINE: Final = 15.0
"""Height of one line of the default font, in points."""


@dataclasses.dataclass(frozen=True)
class Book:
    """A workbook with its formats.

    Parameters
    ----------
    file
        The workbook of xlsxwriter.
    lang
        Language.
    formats
        Formats by name.
    """

    file: Any
    lang: Lang
    formats: Mapping[str, Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a table stands.

    Parameters
    ----------
    sheet
        The worksheet of xlsxwriter.
    first, last
        Rows of the first and last line of the body, counted from 0.
    columns
        Column number by its head.
    below
        First free row under the notes.
    """

    sheet: Any
    first: int
    last: int
    columns: Mapping[str, int]
    below: int

    def cells(self, head: str) -> list[Any]:
        """Return a column as xlsxwriter takes it for charts.

        Parameters
        ----------
        head
            Head of the column.
        """
        column = self.columns[head]
        return [self.sheet.get_name(), self.first, column, self.last, column]


def book_of(file: Any, lang: Lang) -> Book:  # noqa: ANN401  xlsxwriter is untyped
    """Return a workbook with the formats of the house.

    Parameters
    ----------
    file
        The workbook of xlsxwriter.
    lang
        Language.
    """
    base: dict[str, object] = {"font_name": FONTS[lang], "font_size": 10, "valign": "vcenter"}
    made: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "stamp": {"bold": True, "font_color": STAMP},
        "label": {"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True},
        "slot": {"border": 1, "text_wrap": True},
        "head": {
            "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "border": 1, "text_wrap": True, "align": "center",
        },
        "text": {"border": 1, "text_wrap": True},
        "whole": {"border": 1, "num_format": "#,##0"},
        "real": {"border": 1, "num_format": "#,##0.00"},
        "total_text": {"border": 1, "bold": True, "bg_color": "#F2F2F2"},
        "total_whole": {"border": 1, "bold": True, "bg_color": "#F2F2F2", "num_format": "#,##0"},
        "note": {"text_wrap": True, "font_color": "#595959", "valign": "top"},
    }  # fmt: skip
    return Book(file, lang, {name: file.add_format({**base, **extra}) for name, extra in made.items()})


def add_sheet(book: Book, name: str, table: Table, *, stamp: str | None, totals: Sequence[str] = ()) -> Placed:
    """Add a worksheet with one table.

    Parameters
    ----------
    book
        The workbook.
    name
        Name of the sheet.
    table
        The table.
    stamp
        Shown under the title and on every printed page; None is none.
    totals
        Heads of columns that get a sum under them.
    """
    sheet = book.file.add_worksheet(name)
    sheet.write_string(0, 0, table.title, book.formats["title"])
    if stamp:
        sheet.write_string(1, 0, stamp, book.formats["stamp"])
    placed = put_table(book, sheet, table, row=3, totals=totals)
    sheet.freeze_panes(4, 1)
    if table.rows:
        sheet.autofilter(3, 0, placed.last, len(table.headers) - 1)
    for column, width in enumerate(widths(table)):
        sheet.set_column(column, column, width)
    set_up_page(sheet, heads_row=3, stamp=stamp, wide=sum(widths(table)) > A4_CHARACTERS)
    return placed


def put_table(book: Book, sheet: Any, table: Table, *, row: int, totals: Sequence[str] = ()) -> Placed:  # noqa: ANN401
    """Write a table with its heads in one row of a sheet.

    Parameters
    ----------
    book
        The workbook.
    sheet
        The worksheet of xlsxwriter.
    table
        The table.
    row
        Row of the heads, counted from 0.
    totals
        Heads of columns that get a sum under them.
    """
    wide = widths(table)
    for column, head in enumerate(table.headers):
        sheet.write_string(row, column, head, book.formats["head"])
    sheet.set_row(row, LINE * max(_lines(head, wide[column]) for column, head in enumerate(table.headers)) + 4)
    for line, cells in enumerate(table.rows, start=row + 1):
        for column, cell in enumerate(cells):
            _write(book, sheet, (line, column), cell)
        lines = max(_lines(_shown(cell), wide[column]) for column, cell in enumerate(cells))
        if lines > 1:
            sheet.set_row(line, LINE * lines)  # not every program fits wrapped rows by itself
    last = row + len(table.rows)
    columns = {head: column for column, head in enumerate(table.headers)}
    below = last + 1
    if totals and table.rows:
        _totals(book, sheet, table, row=below, first=row + 1, heads=totals)
        below += 1
    for note in table.notes:
        sheet.merge_range(below + 1, 0, below + 1, max(len(table.headers) - 1, 1), f"※ {note}", book.formats["note"])
        sheet.set_row(below + 1, LINE * _lines(note, sum(wide)))
        below += 1
    return Placed(sheet=sheet, first=row + 1, last=last, columns=columns, below=below + 2)


def add_bars(book: Book, placed: Placed, heads: Iterable[str]) -> None:
    """Draw data bars in some columns.

    Parameters
    ----------
    book
        The workbook.
    placed
        The table.
    heads
        Heads of the columns; absent ones are passed over.
    """
    unmet = words("head.unmet_m2", book.lang)
    for head in heads:
        column = placed.columns.get(head)
        if column is not None and placed.last >= placed.first:
            colour = BAR_UNMET if head == unmet else BAR
            options = {"type": "data_bar", "bar_color": colour, "bar_solid": True, "min_type": "num", "min_value": 0}
            placed.sheet.conditional_format(placed.first, column, placed.last, column, options)


def widths(table: Table) -> list[float]:
    """Return the width of each column in characters of the default font; Chinese counts twice.

    Parameters
    ----------
    table
        The table.
    """
    found = []
    for column, head in enumerate(table.headers):
        longest = max([_width(_shown(row[column])) for row in table.rows] or [0])
        found.append(float(min(max(longest + 2, _width(head) * 0.6 + 4, NARROWEST), WIDEST)))
    return found


def set_up_page(sheet: Any, *, heads_row: int | None, stamp: str | None, wide: bool = False) -> None:  # noqa: ANN401
    """Print landscape, one page wide, heads repeated, with stamp, name of the sheet and page numbers.

    Parameters
    ----------
    sheet
        The worksheet of xlsxwriter.
    heads_row
        Row repeated on every page, counted from 0; None repeats none.
    stamp
        Printed at the left of every foot.
    wide
        True prints on A3, False on A4.
    """
    sheet.set_landscape()
    sheet.set_paper(8 if wide else 9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    if heads_row is not None:
        sheet.repeat_rows(heads_row)
    sheet.set_footer(f"&L{stamp or ''}&R&A  &P / &N")


def _totals(book: Book, sheet: Any, table: Table, *, row: int, first: int, heads: Sequence[str]) -> None:  # noqa: ANN401
    sheet.write_string(row, 0, words("total", book.lang), book.formats["total_text"])
    for column, head in enumerate(table.headers):
        if head in heads:
            values = [cells[column] for cells in table.rows]
            total = sum(int(value) for value in values if isinstance(value, int))
            letter = _letter(column)
            formula = f"=SUM({letter}{first + 1}:{letter}{row})"
            sheet.write_formula(row, column, formula, book.formats["total_whole"], total)
        elif column:
            sheet.write_blank(row, column, None, book.formats["total_text"])


def _write(book: Book, sheet: Any, at: tuple[int, int], cell: Cell) -> None:  # noqa: ANN401
    if cell is None:
        sheet.write_blank(*at, None, book.formats["text"])
    elif isinstance(cell, str):
        sheet.write_string(*at, cell, book.formats["text"])
    else:
        sheet.write_number(*at, cell, book.formats["real" if isinstance(cell, float) else "whole"])


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return max(cell.split("\n"), key=_width)
    return f"{cell:,.2f}" if isinstance(cell, float) else f"{cell:,}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _lines(text: str, width: float) -> int:
    return int(_width(text) // max(width * 0.95, 1)) + 1


def _letter(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
