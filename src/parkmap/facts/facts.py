"""A table of facts with its rows."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from parkmap.facts.columns import TOTAL
from parkmap.messages import Words, own_lang, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from parkmap.facts.columns import Column, Names, Table

_Value = TypeVar("_Value")


class Lazy(Mapping[str, _Value]):
    """A mapping of known keys whose values are made, all at once, when the first of them is asked for.

    Parameters
    ----------
    keys
        The keys.
    make
        Makes the values of all keys.
    """

    def __init__(self, keys: Sequence[str], make: Callable[[], Mapping[str, _Value]]) -> None:
        """Hold what makes the values."""
        self._keys = dict.fromkeys(keys)
        self._make = functools.cache(make)

    def __getitem__(self, key: str) -> _Value:
        """Return one value."""
        if key not in self._keys:
            raise KeyError(key)
        return self._make()[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key; makes no value."""
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        """Iterate over the keys; makes no value."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._keys)


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Facts:
    """A table of facts.

    Parameters
    ----------
    table
        What its columns are.
    values
        The values of every key of every column, one list or array each, all of one length.
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
    ranked
        Makes the numbers of the rows in the order in which people read them; None leaves that of JSON.
    """

    table: Table
    values: Mapping[str, Sequence[Any]]
    names: Names = dataclasses.field(default_factory=dict)
    title: Words
    notes: tuple[Words, ...] = ()
    stamps: tuple[Words, ...] = ()
    columns: tuple[Column, ...] = ()
    ranked: Callable[[], Sequence[int]] | None = None

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

    def column(self, key: str) -> Column:
        """Return one column.

        Parameters
        ----------
        key
            Its key.

        Raises
        ------
        KeyError
            When there is none.
        """
        return dataclasses.replace(self.table, columns=self.all_columns()).column(key)

    def subject(self) -> Column:
        """Return the column with the id of what a row is about.

        Raises
        ------
        StopIteration
            When the table has no ids: a programming error.
        """
        ids = [column for column in self.all_columns() if column.unit.key == "id"]
        return next(iter(sorted(ids, key=lambda column: column.of != self.table.about)))

    def coloured_by(self) -> Column:
        """Return the column by which a map is coloured.

        Raises
        ------
        KeyError
            When the table colours none: a programming error.
        """
        return self.column(self.table.coloured or "")

    def for_people(self) -> tuple[Column, ...]:
        """Return the columns of the table that people read, in their order."""
        return dataclasses.replace(self.table, columns=self.all_columns()).for_people()

    def in_reading_order(self) -> Sequence[int]:
        """Return the numbers of the rows in the order in which people read them."""
        return range(len(self)) if self.ranked is None else self.ranked()

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
        return self._rows_by(by).get(name, [])

    def _rows_by(self, by: str) -> dict[Any, list[int]]:
        known = self._found.get(by)
        if known is None:
            known = self._found[by] = {}
            for number, value in enumerate(self.values[by]):
                known.setdefault(value, []).append(number)
        return known

    @functools.cached_property
    def _found(self) -> dict[str, dict[Any, list[int]]]:
        return {}

    def rows(self) -> list[dict[str, Any]]:
        """Return the stored values, one mapping a row."""
        return [dict(zip(self.values, row, strict=True)) for row in zip(*self.values.values(), strict=True)]

    def _repr_html_(self) -> str:
        """Return it as a notebook shows it."""
        from parkmap.facts.html_table import html_table  # noqa: PLC0415  it imports this module

        return html_table(self, own_lang())

    def frame(self) -> pd.DataFrame:
        """Return the values that JSON holds as a frame with one column per key, names beside their ids."""
        from parkmap.facts.frame import frame  # noqa: PLC0415  tables need no pandas to be shown

        return frame(self)


class Bilingual(Sequence["Words"]):
    """Texts of two columns, put together only when one is looked at: a million rows are two arrays.

    Parameters
    ----------
    zh, en
        The texts in each language, of one length.
    """

    def __init__(self, zh: Sequence[str], en: Sequence[str]) -> None:
        """Hold both columns."""
        self._zh, self._en = zh, en

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._zh)

    def __getitem__(self, number: Any) -> Any:  # noqa: ANN401  an index or a slice
        """Return one text, or a stretch of them."""
        if isinstance(number, slice):
            return Bilingual(self._zh[number], self._en[number])
        return Words(str(self._zh[number]), str(self._en[number]))


def facts(
    table: Table,
    rows: pd.DataFrame | Mapping[str, Sequence[Any]] | Iterable[Mapping[str, Any]] | Callable[[], Any],
    *,
    names: Names | None = None,
    title: Words | None = None,
    notes: Sequence[Words] = (),
    stamps: Sequence[Words] = (),
    columns: Sequence[Column] = (),
    ranked: Callable[[], Sequence[int]] | None = None,
) -> Facts:
    """Return a table of facts.

    Parameters
    ----------
    table
        What its columns are.
    rows
        A frame, whose index levels count as columns (an index without a name is the first column of the table); or
        columns by key; or rows by key; or what makes one of these when a value is first asked for.
    names
        Words of the ids in it.
    title
        Heading; None is that of the table.
    notes, stamps
        See `Facts`.
    columns
        The columns, where they depend on the rows.
    ranked
        See `Facts`.

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
        values=Lazy(keys, lambda: _columnwise(rows(), keys)) if callable(rows) else _columnwise(rows, keys),
        names=known,
        title=title or table.title,
        notes=tuple(notes),
        stamps=tuple(stamps),
        columns=tuple(columns),
        ranked=ranked,
    )


def stacked(key: str, frames: Mapping[Any, pd.DataFrame]) -> Iterator[dict[str, Any]]:
    """Yield the rows of several frames one after the other, each with the id of what its frame belongs to.

    Parameters
    ----------
    key
        Key of that id.
    frames
        Frames by id; index levels count as columns.
    """
    for name, frame in frames.items():
        for row in frame.reset_index().to_dict("records"):
            yield {key: name, **row}


def _columnwise(rows: Any, keys: Sequence[str]) -> dict[str, Sequence[Any]]:  # noqa: ANN401
    if isinstance(rows, Mapping):
        return {key: rows[key] for key in keys}
    if not hasattr(rows, "reset_index"):
        listed = list(rows)
        return {key: [row[key] for row in listed] for key in keys}
    index = rows.index
    levels = {name or keys[0]: number for number, name in enumerate(index.names)}
    return {key: list(rows[key]) if key in rows.columns else list(index.get_level_values(levels[key])) for key in keys}
