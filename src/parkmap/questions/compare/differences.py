"""The facts of a comparison as the list of differences that stands beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts import numbers
from parkmap.facts.card import value_words
from parkmap.facts.units import HECTARES
from parkmap.output.html.model import Difference
from parkmap.questions.compare import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.facts.facts import Facts
    from parkmap.messages import Words
    from parkmap.questions.base import Answer

PREFIX: Final = ("a-", "b-")
"""Put before the ids of each side, so that links lead to the same side."""
NOTHING: Final = messages.plain("-")


def differences(answer: Answer) -> Iterator[Difference]:
    """Yield what differs between the two sides, sort by sort.

    Parameters
    ----------
    answer
        What was found.
    """
    makers = {
        tables.ITEMS: _items,
        tables.POSSIBLY_ONE: _perhaps,
        tables.DISTRICTS: _districts,
        tables.CHANGES.coverage: _coverage,
        tables.CHANGES.contacts: _contacts,
        tables.CHANGES.quota: _quota,
        tables.TARGETS: _targets,
    }
    for table, make in makers.items():
        yield from make(answer.table(table.key))


def _different(heading: str, name: Words, *notes: Words, target: str | None = None) -> Difference:
    return Difference(heading=messages.words(heading).capitalised(), name=name, notes=notes, target=target)


def _said(facts: Facts, key: str, number: int) -> Words:
    """Return one value as people read it."""
    return value_words(facts, facts.table.column(key), number) or NOTHING


def _from_to(facts: Facts, number: int, ending: str = "") -> Words:
    ends = {when: _said(facts, f"{when}{ending}", number) for when in ("before", "after")}
    return messages.words("compare.from_to", **ends)


def _items(items: Facts) -> Iterator[Difference]:
    for fate, heading, side in (("added", "added", 1), ("dropped", "dropped", 0), ("kept", "changed", 1)):
        for number, row in enumerate(items.rows()):
            if row["fate"] == fate and (row["aspects"] or fate != "kept"):
                role = _said(items, f"{'after' if side else 'before'}_role", number)
                notes = _aspects(items, row, number) if fate == "kept" else [role]
                name = row["after_name"] or row["before_name"]
                yield _different(f"fate.{heading}", name, *notes, target=PREFIX[side] + row["id"])


def _aspects(items: Facts, row: dict[str, Any], number: int) -> Iterator[Words]:
    for aspect in row["aspects"]:
        if aspect == "renamed":
            yield messages.words("compare.renamed", name=row["before_name"])
        elif aspect == "role":
            yield _from_to(items, number, "_role")
        elif aspect == "moved" and not numbers.is_missing(row["moved_m"]):
            yield messages.words("compare.moved", distance=_said(items, "moved_m", number))
        else:
            yield messages.words(f"aspect.{aspect}")


def _perhaps(pairs: Facts) -> Iterator[Difference]:
    for number, row in enumerate(pairs.rows()):
        note = messages.words("compare.perhaps", name=_said(pairs, "after", number))
        yield _different("title.possibly_one", _said(pairs, "before", number), note, target=PREFIX[0] + row["before"])


def _districts(districts: Facts) -> Iterator[Difference]:
    for number in range(len(districts)):
        name, fate = (_said(districts, key, number) for key in ("district", "fate"))
        yield _different("title.compare_districts", name, fate)


def _coverage(districts: Facts) -> Iterator[Difference]:
    for number, row in enumerate(districts.rows()):
        change = numbers.signed(row["change_m2"] * HECTARES.factor, 1)
        notes = [messages.words("compare.covered", shares=_from_to(districts, number, "_share"), change=change)]
        unknown = {when: len(row[f"{when}_unknown"]) for when in ("before", "after")}
        if unknown["before"] != unknown["after"]:
            notes.append(messages.words("compare.unknown", **unknown))
        yield _different("compare.coverage", _said(districts, "district", number), *notes, target=row["district"])


def _contacts(pairs: Facts) -> Iterator[Difference]:
    for number in range(len(pairs)):
        ends = (_said(pairs, key, number) for key in ("item", "other"))
        name = messages.joined(ends, by=messages.plain(" — "))
        yield _different("compare.contacts", name, _from_to(pairs, number))


def _quota(claims: Facts) -> Iterator[Difference]:
    """Yield one entry per claimant, with a line for each commodity and year."""
    rows = list(claims.rows())
    for item in dict.fromkeys(row["item"] for row in rows):
        own = claims.rows_of(item, by="item")
        side = 0 if all(numbers.is_missing(rows[number]["after_m2"]) for number in own) else 1
        name = _said(claims, "item", own[0])
        yield _different(
            "compare.allocations", name, *(_allocated(claims, number) for number in own), target=PREFIX[side] + item
        )


def _allocated(claims: Facts, number: int) -> Words:
    said = {"commodity": "commodity", "year": "years", "before": "before_m2", "after": "after_m2"}
    return messages.words("compare.allocated", **{gap: _said(claims, key, number) for gap, key in said.items()})


def _targets(targets: Facts) -> Iterator[Difference]:
    for number, row in enumerate(targets.rows()):
        if row["fate"] == "same":
            continue
        ends = {when: _target(targets, number, when) for when in ("before", "after")}
        note = ends["after" if row["fate"] == "added" else "before"]
        if row["fate"] == "changed":
            note = messages.words("compare.from_to", **ends)
        yield _different("compare.targets", row["indicator"], _said(targets, "fate", number), note)


def _target(targets: Facts, number: int, when: str) -> Words:
    said = {"value": when, "unit": "unit", "year": f"{when}_year"}
    return messages.words("compare.target", **{gap: _said(targets, key, number) for gap, key in said.items()})
