"""Facts as people read them: heads and cells in one language, for the terminal, CSV, workbooks and documents."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

from parkmap import messages
from parkmap.facts import numbers, reading
from parkmap.facts.columns import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.columns import Cell, Column
    from parkmap.facts.facts import Facts
    from parkmap.messages import Lang

    Part = tuple["SheetColumn", Sequence[Cell]]

Kind = Literal["text", "number", "year", "day"]
"""What a workbook takes a cell for; ids and codes are text."""
_KINDS: Final[dict[str, Kind]] = {"year": "year", "day": "day"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class SheetColumn:
    """One column of a sheet.

    Parameters
    ----------
    key
        Its key in the facts, for charts and formulas.
    head
        Its head where it stands alone.
    kind
        What its cells are.
    digits
        Decimals of its numbers.
    adds_up
        Whether its numbers may be summed.
    end
        `low`, `best` or `high` where a range is split into three columns; else None.
    over, within
        For such an end: the head over all three, and its own beneath that.
    """

    key: str
    head: str
    kind: Kind = "text"
    digits: int = 2
    adds_up: bool = False
    end: str | None = None
    over: str | None = None
    within: str | None = None


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
    name
        What the table is, without what it is about: name of its worksheet; empty takes the title.
    stamps
        Those of the notes that must stand on every page.
    columns
        More about the columns; empty where a table is not made of facts.
    total
        Whether the last row sums up the others.
    """

    key: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    name: str = ""
    stamps: tuple[str, ...] = ()
    columns: tuple[SheetColumn, ...] = ()
    total: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Key of each column, empty where the table is not made of facts."""
        return tuple(column.key for column in self.columns)

    def heads(self) -> list[tuple[str, int]]:
        """Return the upper heads, each with the number of columns under it: 3 for a range that is split, else 1."""
        if not self.columns:
            return [(head, 1) for head in self.headers]
        firsts = [column for column in self.columns if column.over is None or column.end == ENDS[0]]
        return [(column.head, 1) if column.over is None else (column.over, len(ENDS)) for column in firsts]

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
        return numbers.shown(cell, self.columns[column].digits if self.columns else 2)


def sheet(facts: Facts, lang: Lang, *, ranges: bool = False, most: int | None = None) -> Sheet:
    """Return facts as people read them: a list a row each, one record a line for each of its facts.

    Parameters
    ----------
    facts
        The facts.
    lang
        Language.
    ranges
        Whether low, best and high are one column of text (terminal, documents) and not three of numbers (CSV, XLSX).
    most
        Rows that are shown at most; a note says how many more there are. None shows all.
    """
    rows = facts.in_reading_order()[:most]
    parts = [part for column in facts.for_people() for part in _parts(facts, column, lang, rows, whole=ranges)]
    if facts.table.shape == "record":
        parts = _as_lines(parts, lang)
    stamps, notes = tuple(stamp[lang] for stamp in facts.stamps), list(facts.notes)
    if len(rows) < len(facts):
        notes.append(messages.words("note.more_rows", count=f"{len(facts) - len(rows):,}"))
    return Sheet(
        key=facts.key,
        title=facts.title[lang],
        headers=tuple(column.head for column, _ in parts),
        rows=tuple(zip(*(cells for _, cells in parts), strict=True)) if len(facts) else (),
        notes=(*stamps, *(note[lang] for note in notes)),
        name=facts.table.title[lang],
        stamps=stamps,
        columns=tuple(column for column, _ in parts),
        total=[place for place, number in enumerate(rows) if facts.is_total(number)] == [len(facts) - 1],
    )


def _as_lines(parts: list[Part], lang: Lang) -> list[Part]:
    """Return what a record says as two columns: what, and its value."""
    names: list[Cell] = [column.head for column, _ in parts]
    values = [cell for _, cells in parts for cell in cells[:1]]
    heads = [(key, messages.text(f"head.{key}", lang)) for key in ("what", "value_of")]
    return [(SheetColumn(key=key, head=head), cells) for (key, head), cells in zip(heads, (names, values), strict=True)]


def _parts(facts: Facts, column: Column, lang: Lang, rows: Sequence[int], *, whole: bool) -> list[Part]:
    """Return each column that a fact takes up, with its cells."""
    names, unit = facts.names, column.unit
    stored = [[values[number] for number in rows] for values in (facts.values[key] for key in column.keys)]
    plain = SheetColumn(
        key=column.key,
        head=column.head(lang),
        kind="number" if unit.is_number else _KINDS.get(unit.key, "text"),
        digits=unit.digits,
        adds_up=unit.adds_up,
    )
    if column.ends is None:
        return [(plain, [reading.cell(column, value, names, lang) for value in stored[0]])]
    if whole:
        return [(plain, [reading.one_text(column, ends, names, lang) for ends in zip(*stored, strict=True)])]
    return [
        (
            dataclasses.replace(
                plain, key=key, head=column.head(lang, end), end=end, over=plain.head, within=column.end_name(end)[lang]
            ),
            [reading.cell(column, value, names, lang) for value in values],
        )
        for key, end, values in zip(column.keys, ENDS, stored, strict=True)
    ]
