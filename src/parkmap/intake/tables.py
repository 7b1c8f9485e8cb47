"""Open a CSV file or a workbook as plain cells that know where they stand."""

from __future__ import annotations

import codecs
import csv
import dataclasses
import io
import re
import unicodedata
import warnings
import zipfile
from typing import TYPE_CHECKING, Final

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Value = object
ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""CSV files are tried in this order: UTF-8 with or without a mark, then what Chinese Excel writes."""
BLANKS: Final = frozenset({"", "-", "--", "/", "\u2013", "\u2014", "\u2014\u2014"})
"""What stands for nothing in a printed table, after NFKC."""

_BRACKET: Final = re.compile(r"[（(][^（()）]*[)）]$")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table of a file.

    Parameters
    ----------
    file
        Name of the file, as the user gave it.
    name
        Name of the sheet; empty for CSV.
    headers
        Column heads as written, by column number counted from 1.
    rows
        (row number counted from 1, cells by column number); empty rows are left out.
    """

    file: str
    name: str
    headers: dict[int, str]
    rows: tuple[tuple[int, dict[int, Value]], ...]

    def fault(self, code: str, *, row: int | None, column: int | None, **values: object) -> Finding:
        """Return a finding at a cell, a row or the whole sheet.

        Parameters
        ----------
        code
            Key of the text.
        row, column
            Numbers counted from 1; None speaks of all.
        **values
            Values for the gaps of the text.
        """
        at = "" if column is None else column_letter(column)
        cell = f"{at}{row if row is not None else ''}"
        where = "!".join(part for part in (self.name, cell) if part)
        head = self.headers.get(column or 0, "")
        key = " ".join(part for part in (where, head) if part) or None
        found = finding(code, "error", file=self.file, key=key, line=row)
        return dataclasses.replace(found, values=tuple((name, str(value)) for name, value in values.items()))


def read_sheets(path: Path, *, wanted: Iterable[str]) -> list[Sheet]:
    """Open a table file.

    Parameters
    ----------
    path
        CSV, TSV or XLSX file.
    wanted
        Column heads, plain (see `plain`), one of which marks the row of heads.

    Returns
    -------
    list of Sheet
        Every sheet that has a row of heads among its first ten rows.

    Raises
    ------
    InvalidInputError
        When the file cannot be read, is no such file, or holds no table.
    """
    known = frozenset(wanted)
    try:
        is_book = path.suffix.lower() in (".xlsx", ".xlsm")
        grids = list(_workbook(path) if is_book else _csv(path))
    except OSError as error:
        raise InvalidInputError(
            [finding("file.unreadable", "error", file=path.name, why=error.strerror or str(error))]
        ) from error
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InvalidInputError([finding("intake.not_a_table", "error", file=path.name, why=str(error))]) from error
    sheets = [sheet for name, grid in grids if (sheet := _sheet(path.name, name, grid, known)) is not None]
    if not sheets:
        raise InvalidInputError([finding("intake.no_heads", "error", file=path.name)])
    return sheets


def plain(text: object) -> str:
    """Return a word as it is compared: NFKC, lower case, without spaces, underscores and brackets.

    Parameters
    ----------
    text
        What stands in a cell.
    """
    normal = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(letter for letter in normal if letter not in " _-()[]\n\t\u3000")


def column_letter(column: int) -> str:
    """Return the letters by which spreadsheets name a column.

    Parameters
    ----------
    column
        Number of the column, counted from 1.
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _sheet(file: str, name: str, grid: list[list[Value]], known: frozenset[str]) -> Sheet | None:
    for position, cells in enumerate(grid[:10]):
        if any(plain(cell) in known for cell in cells if cell is not None):
            second = grid[position + 1] if position + 1 < len(grid) else []
            two = any(plain(cell) in known for cell in second if cell is not None)
            headers = _heads(cells, second if two else [])
            skip = position + 1 + two
            body = enumerate(grid[skip:], start=skip + 1)
            rows = [
                (row, {i: cell for i, cell in enumerate(values, start=1) if not _empty(cell)}) for row, values in body
            ]
            return Sheet(file=file, name=name, headers=headers, rows=tuple((row, own) for row, own in rows if own))
    return None


def _heads(first: list[Value], second: list[Value]) -> dict[int, str]:
    """Return the heads of one or two rows; a bracket above several columns, as in 面积（公顷）, holds for each."""
    heads, over = {}, ""
    for column in range(1, max(len(first), len(second)) + 1):
        top, below = (str(row[column - 1] or "").strip() if column <= len(row) else "" for row in (first, second))
        over = top or (over if below else "")
        bracket = _BRACKET.search(over)
        if below and below != top and bracket is not None and _BRACKET.search(below) is None:
            below += bracket[0]
        if below or top:
            heads[column] = below or top
    return heads


def _empty(cell: Value) -> bool:
    return cell is None or (isinstance(cell, str) and unicodedata.normalize("NFKC", cell).strip() in BLANKS)


def _csv(path: Path) -> Iterator[tuple[str, list[list[Value]]]]:
    raw = path.read_bytes()
    text = ""
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # "Unicode text" of Excel
    for encoding in ("utf-16",) if marked else ENCODINGS:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            if encoding != ENCODINGS[0]:
                raise
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    yield "", [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _workbook(path: Path) -> Iterator[tuple[str, list[list[Value]]]]:
    import openpyxl  # noqa: PLC0415  heavy, only when a workbook is read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # looks of a workbook that the reader does not know
        book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            grid = [list(row) for row in sheet.iter_rows(values_only=True)]
            for merged in sheet.merged_cells.ranges:
                if merged.min_col == merged.max_col:  # one name written over several rows is the name of each
                    for row in range(merged.min_row, merged.max_row):
                        grid[row][merged.min_col - 1] = grid[merged.min_row - 1][merged.min_col - 1]
            yield sheet.title, grid
