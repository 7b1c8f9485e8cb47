"""Conflicts that follow from words and ground together: districts outside a list, units left out, several extents.

Each rule yields conflicts of the same shape as those written in plan files, with the edits of their other readings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.plan.conflicts.derived import (
    Case,
    Derived,
    all_items,
    district_names,
    joined_names,
    list_statement,
    message_name,
    own_statement,
    untranslated,
)
from parkmap.plan.conflicts.schema import Change, Conflict, Edits, NamedList, Reading
from parkmap.plan.elements import Item, Name, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.plan.conflicts.ground_facts import Extent
    from parkmap.plan.schema import Plan


def districts_outside(case: Case) -> Iterator[Derived]:
    """Yield components that reach into districts beyond those over which the text spreads the plan."""
    for listed in case.plan.lists:
        if listed.of != "areas":
            continue
        allowed = _districts_of(case.plan, listed)
        for component in case.plan.components:
            outside = [d for d in component.districts if d not in allowed]
            if outside and component.part_of is None:
                yield _limited(
                    case,
                    component,
                    rule="outside",
                    key=f"outside-{listed.id}-{component.id}",
                    kept=tuple(d for d in component.districts if d in allowed),
                    says=(list_statement(listed), own_statement(component)),
                    topic={"districts": district_names(case, outside), "listed": listed.name},
                )


def lead_units_missing(case: Case) -> Iterator[Derived]:
    """Yield entries whose responsible units name some district governments and leave out that of their own district."""
    for item in (*case.plan.components, *case.plan.parks):
        units = (*item.lead_units, *item.support_units)
        named = {d for d, label in case.ground.districts.items() if any(label.zh in unit for unit in units)}
        missing = [d for d in item.districts if d not in named and d in case.ground.districts]
        if not named or not missing or any(unit.startswith("各区") for unit in units):
            continue
        listed = message_name("conflict.units_listed", units="、".join(units))
        statements = [Statement(written="、".join(units), meaning=listed, source=s) for s in (item.source, *item.also)]
        yield _limited(
            case,
            item,
            rule="lead_units",
            key=f"lead-units-{item.id}",
            kept=tuple(d for d in item.districts if d in named),
            says=(own_statement(item), statements[-1]),
            topic={"districts": district_names(case, missing)},
        )


def several_extents(case: Case) -> Iterator[Derived]:
    """Yield places with more than one published extent: each is a reading."""
    for item in (*case.plan.components, *case.plan.parks):
        extents = case.ground.extents.get(item.place or "", ())
        own = next((extent for extent in extents if extent.place == item.place), None)
        others = [extent for extent in extents if extent.drawn and extent.place != item.place]
        if own is None or not others:
            continue
        key = f"extent-{item.id}"
        readings = [Reading(id=f"{key}-in-use", name=_extent_words(own))]
        for extent in others:
            edits = Edits(change=(Change(item=item.id, place=extent.place),))
            readings.append(Reading(id=f"{item.id}-as-{extent.place}", name=_extent_words(extent), edits=edits))
        listed = joined_names(_extent_words(extent) for extent in extents)
        conflict = Conflict(
            id=key,
            topic=message_name("conflict.extent", item=item.name, count=len(others) + 1),
            says=(Statement(written=item.name.zh, meaning=listed, source=item.source),),
            readings=tuple(readings),
            in_use=readings[0].id,
        )
        yield Derived(conflict=conflict, rule="extent", items=(item.id,))


def _limited(
    case: Case,
    item: Item,
    *,
    rule: str,
    key: str,
    kept: tuple[str, ...],
    says: tuple[Statement, ...],
    topic: dict[str, Name],
) -> Derived:
    """Return a conflict whose other reading limits an entry to some of its districts."""
    readings = [Reading(id=f"{key}-in-use", name=message_name(f"conflict.{rule}.in_use", item=item.name))]
    if kept and item.place is not None:
        limited = Edits(change=(Change(item=item.id, within=kept),))
        words = message_name(f"conflict.{rule}.limited", item=item.name, districts=district_names(case, kept))
        readings.append(Reading(id=f"{key}-limited", name=words, edits=limited))
    words = message_name(f"conflict.{rule}", item=item.name, **topic)
    conflict = Conflict(id=key, topic=words, says=says, readings=tuple(readings), in_use=readings[0].id)
    return Derived(conflict=conflict, rule=rule, items=(item.id,))


def _districts_of(plan: Plan, listed: NamedList) -> set[str]:
    own = {item.id: item.districts for item in all_items(plan)}
    named = {d for entry in listed.entries for d in entry.districts}
    return named | {d for entry in listed.entries for item in entry.items for d in own.get(item, ())}


def _extent_words(extent: Extent) -> Name:
    first = message_name("conflict.day_open") if extent.first is None else untranslated(extent.first)
    last = message_name("conflict.day_open") if extent.last is None else untranslated(extent.last)
    area = f"{extent.published_ha:,.0f}"
    return message_name("conflict.extent.one", place=extent.name, area=area, first=first, last=last)
