"""Facts about one thing as the lines of its card."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts import numbers, reading
from parkmap.messages import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.facts.columns import Column, Names
    from parkmap.facts.facts import Facts

ON_THE_PAGE: Final = frozenset({"district", "item"})
"""Kinds of things that stand on every page of a plan under their own id, so that a link leads somewhere."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Link:
    """Something else on the page that a line of a card leads to."""

    id: str
    name: Words


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a card.

    Parameters
    ----------
    label
        What the line is about.
    value
        Its text; not shown where there are links.
    links
        Things that the line names, each a button.
    """

    label: Words
    value: Words
    links: tuple[Link, ...] = ()


def card(facts: Facts, name: str, *, by: str) -> Iterator[Row]:
    """Yield what is known of one thing, a line a fact; what is missing without a word for it is left out.

    Parameters
    ----------
    facts
        The facts.
    name
        Id of the thing.
    by
        Key of the column that holds it, which is no line of its own.
    """
    for number in facts.rows_of(name, by=by):
        yield from row_card(facts, number, by=by)


def row_card(facts: Facts, number: int, *, by: str) -> Iterator[Row]:
    """Yield what one row says, a line a fact; what is missing without a word for it is left out.

    Parameters
    ----------
    facts
        The facts.
    number
        Number of the row.
    by
        Key of the column with the id of what it is about, which is no line of its own.
    """
    for column in facts.all_columns():
        if column.key != by and column.shown_in("card"):
            value = value_words(facts, column, number)
            if value is not None:
                yield Row(label=column.name.capitalised(), value=value, links=_links(facts, column, number))


def line(column: Column, value: Any) -> Iterator[Row]:  # noqa: ANN401  a value of any column
    """Yield the line of a value that stands alone; none where there is nothing to read.

    Parameters
    ----------
    column
        Its column.
    value
        The stored value.
    """
    shown = _words(column, [value], {})
    if shown is not None:
        yield Row(label=column.name.capitalised(), value=shown)


def value_words(facts: Facts, column: Column, number: int) -> Words | None:
    """Return one value with its unit, as a card shows it; a range as best (low–high).

    Parameters
    ----------
    facts
        The facts.
    column
        The column.
    number
        Number of the row.

    Returns
    -------
    Words or None
        None where there is nothing to read.
    """
    return _words(column, [facts.values[key][number] for key in column.keys], facts.names)


def _words(column: Column, values: Sequence[Any], names: Names) -> Words | None:
    zh, en = (reading.one_text(column, values, names, lang) for lang in messages.LANGS)
    if zh is None or en is None:
        return None
    measured = column.unit.is_number or column.unit.each is not None
    unit = column.unit.shown if measured and not all(map(numbers.is_missing, values)) else None
    return Words(zh, en) if unit is None else Words(f"{zh} {unit.zh}", f"{en} {unit.en}")


def _links(facts: Facts, column: Column, number: int) -> tuple[Link, ...]:
    if column.unit.key not in {"id", "ids"} or column.of not in ON_THE_PAGE:
        return ()
    held, known = facts.values[column.key][number], facts.names.get(column.of or "", {})
    ids = [held] if column.unit.key == "id" else list(held)
    return tuple(Link(id=str(one), name=known[one]) for one in ids if one in known)
