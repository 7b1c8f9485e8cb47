"""Tables on a terminal, with aligned Chinese text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.table import Table as RichTable
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from parkmap.facts.columns import Cell
    from parkmap.facts.sheet import Sheet


def to_terminal(tables: Iterable[Sheet], console: Console) -> None:
    """Print tables with aligned Chinese text."""
    for table in tables:
        shown = RichTable(
            title=Text(_printable(table.title)), title_justify="left", title_style="bold", box=None, pad_edge=False
        )
        numeric = [_numeric(table.rows, i) for i in range(len(table.headers))]
        for header, right in zip(table.headers, numeric, strict=True):
            shown.add_column(Text(_printable(header)), justify="right" if right else "left", overflow="fold")
        for row in table.rows:
            shown.add_row(
                *(Text(_printable(table.text(cell, k))) for k, cell in enumerate(row))
            )  # a name is never markup
        console.print(shown)
        for note in table.notes:
            console.print(_printable(f"* {note}"), markup=False, emoji=False, highlight=False)
        console.print()


def _numeric(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    cells = [row[column] for row in rows if row[column] is not None]
    return bool(cells) and not any(isinstance(cell, str) for cell in cells)


def _printable(text: str) -> str:
    """Put a space for what would move the cursor or command the terminal: a name is one line of letters."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)
