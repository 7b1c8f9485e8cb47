"""A table of facts with its rows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap.facts.columns import TOTAL
from parkmap.messages import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from parkmap.facts.columns import Column, Names, Table
    from parkmap.messages import Words


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """A table of facts.

    Parameters
    ----------
    table
        What its columns are.
    values
        The values of every key of every column, one list each, all of one length.
    names
        Words of the ids in it.
    title
        Heading, where it is not that of the table alone.
    notes
        Sentences that stand under it.
    stamps
        Statements that must stand with it wherever it is shown: validity, example figures.
    columns
        The columns, where they depend on the rows (years, kinds of layers); empty takes those of the table.
    """

    table: Table
    values: Mapping[str, Sequence[Any]]
    names: Names = dataclasses.field(default_factory=dict)
    title: Words
    notes: tuple[Words, ...] = ()
    stamps: tuple[Words, ...] = ()
    columns: tuple[Column, ...] = ()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.values.values()), ()))

    @property
    def key(self) -> str:
        """Key of the table."""
        return self.table.key

    def all_columns(self) -> tuple[Column, ...]:
        """Return the columns."""
        return self.columns or self.table.columns

    def for_people(self) -> tuple[Column, ...]:
        """Return the columns of the table that people read, in their order."""
        return dataclasses.replace(self.table, columns=self.all_columns()).for_people()

    def is_total(self, number: int) -> bool:
        """Return whether a row sums up the others.

        Parameters
        ----------
        number
            Number of the row.
        """
        table = self.table
        return table.total_at is not None and self.values[table.identity[0]][number] == TOTAL

    def rows_of(self, name: str, *, by: str) -> list[int]:
        """Return the numbers of the rows that hold an id.

        Parameters
        ----------
        name
            The id.
        by
            Key of the column that holds it.
        """
        return [number for number, value in enumerate(self.values[by]) if value == name]

    def rows(self) -> list[dict[str, Any]]:
        """Return the stored values, one mapping a row."""
        return [dict(zip(self.values, row, strict=True)) for row in zip(*self.values.values(), strict=True)]

    def frame(self) -> pd.DataFrame:
        """Return the values that JSON holds as a frame with one column per key, names beside their ids."""
        from parkmap.facts.frame import frame  # noqa: PLC0415  tables need no pandas to be shown

        return frame(self)


def facts(
    table: Table,
    rows: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    names: Names | None = None,
    title: Words | None = None,
    notes: Sequence[Words] = (),
    stamps: Sequence[Words] = (),
    columns: Sequence[Column] = (),
) -> Facts:
    """Return a table of facts.

    Parameters
    ----------
    table
        What its columns are.
    rows
        A frame, whose index levels count as columns (an index without a name is the first column of the table), or
        rows by key.
    names
        Words of the ids in it.
    title
        Heading; None is that of the table.
    notes, stamps
        See `Facts`.
    columns
        The columns, where they depend on the rows.

    Raises
    ------
    KeyError
        When a column has no values: a programming error.
    """
    own = tuple(columns) or table.columns
    keys = [key for one in own for key in one.keys]
    known = dict(names or {})
    if table.total_at is not None:
        kind = table.column(table.identity[0]).of or ""
        known[kind] = {**known.get(kind, {}), TOTAL: words("total")}
    return Facts(
        table=table,
        values=_columnwise(rows, keys),
        names=known,
        title=title or table.title,
        notes=tuple(notes),
        stamps=tuple(stamps),
        columns=tuple(columns),
    )


def _columnwise(rows: Any, keys: Sequence[str]) -> dict[str, Sequence[Any]]:  # noqa: ANN401
    if not hasattr(rows, "reset_index"):
        listed = list(rows)
        return {key: [row[key] for row in listed] for key in keys}
    index = rows.index
    levels = {name or keys[0]: number for number, name in enumerate(index.names)}
    return {key: list(rows[key]) if key in rows.columns else list(index.get_level_values(levels[key])) for key in keys}
