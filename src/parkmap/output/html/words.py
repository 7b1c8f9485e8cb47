"""Lines of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.facts.card import Link, Row
from parkmap.messages import joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.messages import Words


def row(label: str, value: Words, *, links: Sequence[Link] = ()) -> Row:
    """Return one line of a card.

    Parameters
    ----------
    label
        Key of the label, without its topic.
    value
        What it says.
    links
        What it leads to.
    """
    return Row(label=words(f"label.{label}"), value=value, links=tuple(links))


def linked(label: str, links: Sequence[Link]) -> Row:
    """Return a line of a card that only leads to other things.

    Parameters
    ----------
    label
        Key of the label, without its topic.
    links
        What it leads to.
    """
    return row(label, joined(link.name for link in links), links=links)
