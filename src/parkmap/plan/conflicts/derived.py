"""Building blocks of conflicts that are derived by rule."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.plan.conflicts.schema import Conflict, NamedList, Reading
from parkmap.plan.elements import Item, Name, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.plan.conflicts.ground_facts import GroundFacts
    from parkmap.plan.conflicts.units import RenamedUnit
    from parkmap.plan.schema import Plan


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """What a rule looks at.

    Parameters
    ----------
    plan
        The plan under the readings in use.
    ground
        Facts of its layers.
    units
        Public bodies of its city that have another name now.
    """

    plan: Plan
    ground: GroundFacts
    units: tuple[RenamedUnit, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Derived:
    """A conflict that a rule found.

    Parameters
    ----------
    conflict
        The conflict.
    rule
        Name of the rule.
    items
        Ids of the entries concerned.
    """

    conflict: Conflict
    rule: str
    items: tuple[str, ...]


def message_name(key: str, **values: Any) -> Name:  # noqa: ANN401
    """Return a message as a name; a value may itself be a name.

    Parameters
    ----------
    key
        Key of the message.
    **values
        What fills its gaps.
    """

    def said(lang: messages.Lang) -> str:
        filled = {k: getattr(v, lang) if isinstance(v, Name) else v for k, v in values.items()}
        return messages.text(key, lang, **filled)

    return Name(zh=said("zh"), en=said("en"))


def joined_names(found: Iterable[Name]) -> Name:
    """Join names to one; a dash where there are none."""
    several = list(found)
    return Name(zh="、".join(n.zh for n in several) or "-", en=", ".join(n.en for n in several) or "-")


def open_question(
    key: str,
    rule: str,
    *,
    topic: Name,
    in_use: Name,
    says: tuple[Statement, ...],
    items: tuple[str, ...],
    not_meant: tuple[Statement, ...] = (),
) -> Derived:
    """Return a conflict without another reading: no edit of the plan would answer it."""
    reading = Reading(id=f"{key}-in-use", name=in_use)
    conflict = Conflict(id=key, topic=topic, says=says, not_meant=not_meant, readings=(reading,), in_use=reading.id)
    return Derived(conflict=conflict, rule=rule, items=items)


def all_items(plan: Plan) -> tuple[Item, ...]:
    """Return components, parks and projects."""
    return (*plan.components, *plan.parks, *plan.projects)


def district_names(case: Case, ids: Iterable[str]) -> Name:
    """Return the names of some districts as one name."""
    return joined_names(case.ground.districts[d] for d in ids if d in case.ground.districts)


def formula_statement(plan: Plan) -> Statement:
    """Return the structural formula as a statement."""
    return Statement(written=plan.structure.name.zh, meaning=plan.structure.name, source=plan.structure.source)


def own_statement(item: Item) -> Statement:
    """Return the name of an entry as its clause writes it."""
    return Statement(written=item.name.zh, meaning=item.name, source=item.source)


def list_statement(listed: NamedList, meaning: Name | None = None) -> Statement:
    """Return the entries of a list as one statement."""
    written = "、".join(entry.written for entry in listed.entries)
    return Statement(written=written, meaning=meaning or listed.name, source=listed.source)


def role_name(role: str) -> Name:
    """Return the word for a role."""
    return message_name(f"role.{role}")


def untranslated(value: object) -> Name:
    """Return a value as a name that is the same in both languages."""
    return Name(zh=str(value), en=str(value))
