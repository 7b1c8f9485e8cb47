"""The cards of districts and items: what the plan and its layers say, what each question adds, provenance last."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.facts.card import card
from parkmap.questions.features import features
from parkmap.questions.show.answer import districts_of, items_of, positions_of
from parkmap.questions.show.tables import ITEMS, PROVENANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parkmap.facts.card import Row
    from parkmap.facts.facts import Facts
    from parkmap.results.plan import PlanResults

Cards = dict[str, tuple["Row", ...]]
"""Lines of the card of each thing, by its id."""


def district_cards(results: PlanResults) -> Cards:
    """Return what is known of each administrative district.

    Parameters
    ----------
    results
        The plan.
    """
    own, further, said = districts_of(results), features(results), positions_of(results)
    return {name: tuple(_lines(own, further, name, card(said, name, by="district"))) for name in own.values["id"]}


def item_cards(results: PlanResults) -> Cards:
    """Return what is known of each component, park and project.

    Parameters
    ----------
    results
        The plan.
    """
    further = features(results)
    return {
        name: tuple(_lines(own, further, name))
        for own in (items_of(results, section) for section in ITEMS)
        for name in own.values["id"]
    }


def _lines(own: Facts, further: Iterable[Facts], name: str, more: Iterable[Row] = ()) -> Iterator[Row]:
    yield from card(_part(own, last=False), name, by="id")
    for facts in further:
        if facts.table.about == own.table.about:
            yield from card(facts, name, by=facts.all_columns()[0].key)
    yield from more
    yield from card(_part(own, last=True), name, by="id")


def _part(own: Facts, *, last: bool) -> Facts:
    """Return the same rows with what a card tells last, or with the rest."""
    columns = tuple(column for column in own.all_columns() if (column.key in PROVENANCE) is last)
    return dataclasses.replace(own, columns=columns)
