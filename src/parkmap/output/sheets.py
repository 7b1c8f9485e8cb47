"""One table on one worksheet: heads, typed cells, totals as formulas, widths, print set-up."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from parkmap.output.room import column_of, columns_of, line_count, longest, shown, widths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parkmap.facts.columns import Cell
    from parkmap.facts.sheet import Sheet, SheetColumn
    from parkmap.messages import Lang

FONTS: Final[dict[str, str]] = {"zh": "微软雅黑", "en": "Calibri"}
A4_CHARACTERS: Final = 170
"""A table wider than so many characters is printed on A3."""
BAR: Final = "#5B9BD5"
BAR_UNMET: Final = "#ED7D31"
HEAD: Final = "#1F4E79"
STAMP: Final = "#C00000"
LINE: Final = 15.0
"""Height of one line of the default font, in points."""
HEADS_ROW: Final = 3
"""Row of the heads of a worksheet, counted from 0."""
TEXT: Final = "@"
"""Excel's number format of text: what is typed into the cell later stays text as well."""
MOST_LETTERS: Final = 32_767
FOOT_LETTERS: Final = 200
"""What Excel holds in a cell, and in a foot beside name and number of the page; longer texts it would drop."""
FORMULA_SIGNS: Final = ("=", "+", "-", "@")


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
    made
        Formats of cells made so far, by number format, total and quote.
    """

    file: Any
    lang: Lang
    formats: Mapping[str, Any]
    made: dict[tuple[str, bool, bool], Any] = dataclasses.field(default_factory=dict)

    def cell(self, number_format: str, *, total: bool = False, quoted: bool = False) -> Any:  # noqa: ANN401  untyped
        """Return the format of a cell in a table.

        Parameters
        ----------
        number_format
            Number format of Excel.
        total
            Whether it stands in the row that sums up the others.
        quoted
            Whether it is a text that would be a formula if somebody typed it.
        """
        key = (number_format, total, quoted)
        if key not in self.made:
            wrapped = {"text_wrap": True} if number_format == TEXT else {}
            strong = {"bold": True, "bg_color": "#F2F2F2"} if total else {}
            wanted = {**_base(self.lang), "border": 1, "num_format": number_format, **wrapped, **strong}
            self.made[key] = self.file.add_format({**wanted, "quote_prefix": quoted})
        return self.made[key]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a table stands.

    Parameters
    ----------
    sheet
        The worksheet of xlsxwriter.
    first, last
        Rows of the first and last line of the body, without the one that sums up, counted from 0.
    columns
        Column number by its head.
    below
        First free row under the notes.
    wide
        Width of each column, characters.
    """

    sheet: Any
    first: int
    last: int
    columns: Mapping[str, int]
    below: int
    wide: Sequence[float]

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
    made: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "stamp": {"bold": True, "font_color": STAMP, "text_wrap": True},
        "label": {"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True},
        "slot": {"border": 1, "text_wrap": True},
        "link": {"font_color": "#0563C1", "underline": 1},
        "head": {
            "bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "border": 1, "text_wrap": True, "align": "center",
        },
        "note": {"text_wrap": True, "font_color": "#595959", "valign": "top"},
    }  # fmt: skip
    return Book(file, lang, {name: file.add_format({**_base(lang), **extra}) for name, extra in made.items()})


def _base(lang: Lang) -> dict[str, object]:
    return {"font_name": FONTS[lang], "font_size": 10, "valign": "vcenter"}


def add_sheet(book: Book, name: str, table: Sheet, *, stamp: str | None) -> Placed:
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
    """
    sheet = book.file.add_worksheet(name)
    placed = put_table(book, sheet, table, row=HEADS_ROW)
    wide = placed.wide
    sheet.write_string(0, 0, table.title, book.formats["title"])
    if stamp:
        _across(sheet, 1, wide, stamp, book.formats["stamp"])
    sheet.freeze_panes(placed.first, 1)
    if placed.last >= placed.first:
        sheet.autofilter(placed.first - 1, 0, placed.last, len(table.headers) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A{placed.first + 1}:{_letter(len(wide))}{placed.last + 2}"})
    for column, width in enumerate(wide):
        sheet.set_column(column, column, width)
    set_up_page(sheet, heads=(HEADS_ROW, placed.first - 1), stamp=stamp, wide=sum(wide) > A4_CHARACTERS)
    return placed


def put_table(book: Book, sheet: Any, table: Sheet, *, row: int) -> Placed:  # noqa: ANN401
    """Write a table on a sheet: heads, rows, the last one as sums where it is their total, notes.

    Parameters
    ----------
    book
        The workbook.
    sheet
        The worksheet of xlsxwriter.
    table
        The table.
    row
        Row of the heads, counted from 0; where ranges stand in three columns the heads take the next one as well.
    """
    wide = widths(table)
    first = _put_heads(book, sheet, table, wide, row=row)
    body = len(table.rows) - table.total
    for number, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            at, is_total = (first + number, column), number == body
            if is_total and _is_sum(table, column):
                letter, style = _letter(column), book.cell(_number_format(table, column, cell), total=True)
                sheet.write_formula(*at, f"=SUM({letter}{first + 1}:{letter}{first + body})", style, cell)
            else:
                _write(book, sheet, at, cell, column=column_of(table, column), total=is_total)
        lines = max(line_count(longest(shown(table, cell, k)), wide[k]) for k, cell in enumerate(cells))
        if lines > 1:
            sheet.set_row(first + number, LINE * lines)  # not every program fits wrapped rows by itself
    below = first + len(table.rows)
    for note in table.notes:
        if note not in table.stamps:
            _across(sheet, below + 1, wide, f"※ {note}", book.formats["note"])
            below += 1
    columns = {head: column for column, head in enumerate(table.headers)}
    return Placed(sheet=sheet, first=first, last=first + body - 1, columns=columns, below=below + 2, wide=wide)


def _put_heads(book: Book, sheet: Any, table: Sheet, wide: Sequence[float], *, row: int) -> int:  # noqa: ANN401
    """Write the heads, those of low, best and high under one for all three, and return the row below them."""
    style = book.formats["head"]
    split = any(column.over is not None for column in table.columns)
    at = 0
    for head, span in table.heads():
        if span > 1:
            sheet.merge_range(row, at, row, at + span - 1, head, style)
            for column in range(at, at + span):
                sheet.write_string(row + 1, column, table.columns[column].within or "", style)
        elif split:
            sheet.merge_range(row, at, row + 1, at, head, style)
        else:
            sheet.write_string(row, at, head, style)
        at += span
    needed = [line_count(column.within or column.head, wide[k]) for k, column in enumerate(columns_of(table))]
    sheet.set_row(row + split, LINE * max(needed, default=1) + 4)
    return row + 1 + split


def _is_sum(table: Sheet, column: int) -> bool:
    """Return whether a cell of the last row is the sum of those above it, to half of the last digit that is read.

    It is not where it counts what is in none of the rows (demand outside every district), or in several of them.
    """
    *above, total = (row[column] for row in table.rows)
    known = [cell for cell in above if isinstance(cell, int | float)]
    if not isinstance(total, int | float) or not known or not column_of(table, column).adds_up:
        return False
    return bool(abs(sum(known) - total) <= 0.5 * 10 ** -column_of(table, column).digits)


def add_bars(placed: Placed, table: Sheet, colours: Mapping[str, str]) -> None:
    """Draw data bars in some columns.

    Parameters
    ----------
    placed
        Where the table stands.
    table
        The table.
    colours
        Colour by key of the column; absent columns are passed over.
    """
    for column, key in enumerate(table.keys):
        if key in colours and placed.last >= placed.first:
            bar = {"type": "data_bar", "bar_color": colours[key], "bar_solid": True, "min_type": "num", "min_value": 0}
            placed.sheet.conditional_format(placed.first, column, placed.last, column, bar)


def with_sums(table: Sheet, label: str) -> Sheet:
    """Return a table with a last row that sums up its whole numbers.

    Parameters
    ----------
    table
        The table.
    label
        What the row is called in the first column.
    """
    if not table.rows:
        return table
    columns = list(zip(*table.rows, strict=True))[1:]
    sums = [sum(int(cell) for cell in cells if isinstance(cell, int)) for cells in columns]
    return dataclasses.replace(table, rows=(*table.rows, (label, *sums)), total=True)


def set_up_page(sheet: Any, *, heads: tuple[int, int] | None, stamp: str | None, wide: bool = False) -> None:  # noqa: ANN401
    """Print landscape, one page wide, heads repeated, with stamp, name of the sheet and page numbers.

    Parameters
    ----------
    sheet
        The worksheet of xlsxwriter.
    heads
        First and last row repeated on every page, counted from 0; None repeats none.
    stamp
        Printed at the left of every foot.
    wide
        True prints on A3, False on A4.
    """
    sheet.set_landscape()
    sheet.set_paper(8 if wide else 9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    if heads is not None:
        sheet.repeat_rows(*heads)
    said = stamp or ""
    said = said if len(said) <= FOOT_LETTERS else f"{said[: FOOT_LETTERS - 1]}…"
    sheet.set_footer(f"&L{said.replace('&', '&&')}&R&A  &P / &N")


def _write(book: Book, sheet: Any, at: tuple[int, int], cell: Cell, *, column: SheetColumn, total: bool) -> None:  # noqa: ANN401
    if cell is None:
        sheet.write_blank(*at, None, book.cell(TEXT, total=total))
    elif not isinstance(cell, str):
        sheet.write_number(*at, cell, book.cell(_decimals(cell, column.digits), total=total))
    elif column.kind == "year" and cell.isdecimal():
        sheet.write_number(*at, int(cell), book.cell("0", total=total))
    elif column.kind == "day" and (day := _day(cell)) is not None:
        sheet.write_datetime(*at, day, book.cell("yyyy-mm-dd", total=total))
    else:
        told = cell if len(cell) <= MOST_LETTERS else f"{cell[: MOST_LETTERS - 1]}…"
        sheet.write_string(*at, told, book.cell(TEXT, total=total, quoted=cell.startswith(FORMULA_SIGNS)))


def _day(told: str) -> dt.datetime | None:
    """Return a day that Excel can hold as one, or None for any other text."""
    try:
        found = dt.datetime.fromisoformat(told).replace(tzinfo=None)
    except ValueError:
        return None
    return found if found.year > 1900 else None  # noqa: PLR2004  Excel's calendar begins in 1900, with a day too many


def _number_format(table: Sheet, column: int, cell: Cell) -> str:
    return _decimals(cell, column_of(table, column).digits)


def _decimals(cell: Cell, digits: int) -> str:
    """Return the number format of a number: whole ones show no decimals."""
    return "#,##0" if isinstance(cell, int) or digits == 0 else f"#,##0.{'0' * digits}"


def _across(sheet: Any, row: int, wide: Sequence[float], told: str, style: Any) -> None:  # noqa: ANN401
    """Write a text over the whole width of a table, as many lines high as it needs."""
    sheet.merge_range(row, 0, row, max(len(wide) - 1, 1), told, style)
    sheet.set_row(row, LINE * line_count(told, sum(wide)))


def _letter(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
