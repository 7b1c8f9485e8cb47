"""A table of facts as plain HTML, for notebooks: no style, no script, every text escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from parkmap.facts.sheet import sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.facts.facts import Facts
    from parkmap.facts.sheet import Sheet
    from parkmap.messages import Lang

MOST_ROWS: Final = 200
"""Rows that a notebook shows; the rest is counted."""


def html_table(facts: Facts, lang: Lang) -> str:
    """Return facts as an HTML table with its title, the units in the heads, and the notes under it.

    Parameters
    ----------
    facts
        The facts.
    lang
        Language.
    """
    told = sheet(facts, lang)
    hidden = len(told.rows) - MOST_ROWS
    rows = (f"<tr>{''.join(_cells(told, row))}</tr>" for row in told.rows[:MOST_ROWS])
    notes = "".join(f"<p>※ {escape(note)}</p>" for note in told.notes)
    more = f"<p>… + {hidden:,}</p>" if hidden > 0 else ""
    head, body = "".join(_heads(told)), "".join(rows)
    return (
        f"<table><caption>{escape(told.title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table>{more}{notes}"
    )


def _heads(told: Sheet) -> Iterator[str]:
    """Yield one row of heads, or two where ranges stand in three columns under one head."""
    beneath = [column.within or "" for column in told.columns if column.over is not None]
    alone = ' rowspan="2"' if beneath else ""
    upper = (f"<th{f' colspan={span}' if span > 1 else alone}>{escape(head)}</th>" for head, span in told.heads())
    yield f"<tr>{''.join(upper)}</tr>"
    if beneath:
        yield f"<tr>{''.join(f'<th>{escape(head)}</th>' for head in beneath)}</tr>"


def _cells(told: Sheet, row: tuple[str | int | float | None, ...]) -> Iterator[str]:
    for number, cell in enumerate(row):
        align = ' style="text-align: right"' if isinstance(cell, int | float) else ""
        yield f"<td{align}>{'' if cell is None else escape(told.text(cell, number))}</td>"
