"""Facts about one thing as the lines of its card."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.facts import numbers, reading
from parkmap.messages import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.facts.columns import Column
    from parkmap.facts.facts import Facts


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
        for column in facts.all_columns():
            if column.key != by and column.shown_in("card"):
                yield from _row(facts, column, number)


def _row(facts: Facts, column: Column, number: int) -> Iterator[Row]:
    values = [facts.values[key][number] for key in column.keys]
    texts = {lang: reading.one_text(column, values, facts.names, lang) for lang in messages.LANGS}
    if texts["zh"] is None or texts["en"] is None:
        return
    measured = column.unit.is_number and not numbers.is_missing(values[0] if column.ends is None else values[1])
    told = {lang: reading.with_unit(text or "", column, lang) if measured else text for lang, text in texts.items()}
    links: tuple[Link, ...] = ()
    if column.unit.key in {"id", "ids"} and column.of is not None:
        known = facts.names.get(column.of, {})
        ids = [values[0]] if column.unit.key == "id" else list(values[0])
        links = tuple(Link(id=str(one), name=known[one]) for one in ids if one in known)
    yield Row(label=column.name, value=Words(told["zh"] or "", told["en"] or ""), links=links)
