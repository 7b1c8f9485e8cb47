"""Facts as people read them: heads and cells in one language, for the terminal, CSV, workbooks and documents."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.facts import numbers, reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.columns import Cell, Column
    from parkmap.facts.facts import Facts
    from parkmap.messages import Lang


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table in one language.

    Parameters
    ----------
    key
        Stable name, used as file name.
    title
        Heading.
    headers
        Column heads.
    rows
        Cells; None is nothing.
    notes
        Sentences under the table, what must stand with it first.
    digits
        Decimals of each column of numbers; empty shows two.
    keys
        Key of each column, for charts and formulas; empty where a table has none.
    """

    key: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    digits: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()

    def text(self, cell: Cell, column: int) -> str:
        """Return a cell as text with separators and the decimals of its column.

        Parameters
        ----------
        cell
            The cell.
        column
            Number of its column.
        """
        if isinstance(cell, str):
            return cell
        return numbers.shown(cell, self.digits[column] if self.digits else 2)


def sheet(facts: Facts, lang: Lang, *, ranges: bool = False) -> Sheet:
    """Return facts as people read them.

    Parameters
    ----------
    facts
        The facts.
    lang
        Language.
    ranges
        Whether low, best and high are one column of text (terminal, documents) and not three of numbers (CSV, XLSX).
    """
    rows = facts.in_reading_order()
    columns = [part for column in facts.for_people() for part in _parts(facts, column, lang, rows, whole=ranges)]
    return Sheet(
        key=facts.key,
        title=facts.title[lang],
        headers=tuple(head for head, _, _, _ in columns),
        rows=tuple(zip(*(cells for _, cells, _, _ in columns), strict=True)) if len(facts) else (),
        notes=tuple(note[lang] for note in (*facts.stamps, *facts.notes)),
        digits=tuple(digits for _, _, digits, _ in columns),
        keys=tuple(key for _, _, _, key in columns),
    )


def _parts(
    facts: Facts, column: Column, lang: Lang, rows: Sequence[int], *, whole: bool
) -> list[tuple[str, Sequence[Cell], int, str]]:
    """Return head, cells, decimals and key of each column that a fact takes up."""
    names, digits = facts.names, column.unit.digits
    stored = [[values[number] for number in rows] for values in (facts.values[key] for key in column.keys)]
    if whole and column.ends is not None:
        cells: list[Cell] = [reading.one_text(column, ends, names, lang) for ends in zip(*stored, strict=True)]
        return [(column.head(lang), cells, digits, column.key)]
    parts = zip(column.keys, reading.ends_of(column), stored, strict=True)
    return [
        (column.head(lang, end), [reading.cell(column, value, names, lang) for value in values], digits, key)
        for key, end, values in parts
    ]
