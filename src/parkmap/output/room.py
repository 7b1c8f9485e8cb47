"""How much room the texts of a table need: letters, lines, widths of columns; Chinese is twice as wide."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from parkmap.facts.sheet import SheetColumn

if TYPE_CHECKING:
    from parkmap.facts.columns import Cell
    from parkmap.facts.sheet import Sheet

WIDEST: Final = 56
NARROWEST: Final = 7


def column_of(table: Sheet, number: int) -> SheetColumn:
    """Return a column; of a table that is not made of facts, one that takes every cell for what it is.

    Parameters
    ----------
    table
        The table.
    number
        Number of the column.
    """
    if table.columns:
        return table.columns[number]
    return SheetColumn(key="", head=table.headers[number], adds_up=True)


def columns_of(table: Sheet) -> list[SheetColumn]:
    """Return every column.

    Parameters
    ----------
    table
        The table.
    """
    return [column_of(table, number) for number in range(len(table.headers))]


def widths(table: Sheet) -> list[float]:
    """Return the width of each column in characters of the default font; Chinese counts twice.

    Parameters
    ----------
    table
        The table.
    """
    found = []
    for number, column in enumerate(columns_of(table)):
        letters = max([_width(longest(shown(table, row[number], number))) for row in table.rows] or [0])
        head = max(_width(column.within or column.head), _width(column.over or "") / 3)
        found.append(float(min(max(letters + 2, head * 0.6 + 4, NARROWEST), WIDEST)))
    return found


def shown(table: Sheet, cell: Cell, column: int) -> str:
    """Return a cell as text; nothing where there is none.

    Parameters
    ----------
    table
        The table.
    cell
        The cell.
    column
        Number of its column.
    """
    return "" if cell is None else table.text(cell, column)


def longest(told: str) -> str:
    """Return the longest line of a text.

    Parameters
    ----------
    told
        The text.
    """
    return max(told.split("\n"), key=_width)


def line_count(told: str, width: float) -> int:
    """Return the lines that a text takes up.

    Parameters
    ----------
    told
        The text.
    width
        Width of its column, characters.
    """
    return int(_width(told) // max(width * 0.95, 1)) + 1


def _width(told: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in told)
