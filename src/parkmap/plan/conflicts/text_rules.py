"""Conflicts that follow from the words of a plan: declared and listed, lists compared, names in brackets, old names.

Each rule yields conflicts of the same shape as those written in plan files, with the edits of their other readings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from parkmap.plan.conflicts.derived import (
    Case,
    Derived,
    all_items,
    formula_statement,
    joined_names,
    list_statement,
    message_name,
    open_question,
    own_statement,
    role_name,
    untranslated,
)
from parkmap.plan.conflicts.schema import Change, Conflict, Edits, Reading
from parkmap.plan.counts import is_placeholder, listed_counts, named_components
from parkmap.plan.elements import Component, Item, Name, Statement
from parkmap.plan.targets import measured_value

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKETS: Final = re.compile(r"^(?P<outer>.+?)[（(](?P<inner>[^（）()]+)[）)]$")


def roles_inferred(case: Case) -> Iterator[Derived]:
    """Yield the roles that were read from names: the text counts the elements and does not say which they are."""
    declared = {one.role for one in case.plan.structure.declared}
    inferred = [
        c for c in case.plan.components if c.role_basis == "inferred" and c.role in declared and c.role != "place"
    ]
    if not inferred:
        return
    edits = Edits(change=tuple(Change(item=c.id, role="place", role_basis="stated") for c in inferred))
    values = {"count": len(inferred), "names": joined_names(c.name for c in inferred)}
    readings = (
        Reading(id="inferred-roles-in-use", name=message_name("conflict.roles.in_use")),
        Reading(id="roles-as-stated", name=message_name("conflict.roles.stated"), edits=edits),
    )
    conflict = Conflict(
        id="inferred-roles",
        topic=message_name("conflict.roles", **values),
        says=(formula_statement(case.plan), *(_role_statement(c) for c in inferred)),
        readings=readings,
        in_use=readings[0].id,
    )
    yield Derived(conflict=conflict, rule="roles", items=tuple(c.id for c in inferred))


def count_differs(case: Case) -> Iterator[Derived]:
    """Yield roles of which the formula declares one number and the text names another."""
    plan = case.plan
    for declared in plan.structure.declared:
        listed = [component for component in named_components(plan) if component.role == declared.role]
        if declared.count is None or not listed or declared.count == len(listed):
            continue
        values = {"role": role_name(declared.role), "declared": declared.count, "listed": len(listed)}
        yield open_question(
            f"count-{declared.role}",
            "count",
            topic=message_name("conflict.count", **values),
            in_use=message_name("conflict.count.in_use", **values),
            says=(formula_statement(plan), *(own_statement(component) for component in listed)),
            items=tuple(component.id for component in listed),
        )


def declared_without_list(case: Case) -> Iterator[Derived]:
    """Yield roles that the formula declares while the text does not name the elements."""
    plan = case.plan
    for declared in plan.structure.declared:
        standing_in = [c for c in plan.components if c.role == declared.role and is_placeholder(plan, c)]
        if not standing_in:
            continue
        values = {"role": role_name(declared.role), "placeholder": standing_in[0].name}
        topic = "conflict.unlisted.open" if declared.count is None else "conflict.unlisted"
        listed = untranslated(listed_counts(plan)[declared.role])
        yield open_question(
            f"unlisted-{declared.role}",
            "unlisted",
            topic=message_name(topic, **values, count=declared.count, listed=listed),
            in_use=message_name("conflict.unlisted.in_use", **values),
            says=(formula_statement(plan), *(own_statement(c) for c in standing_in)),
            not_meant=declared.not_meant,
            items=tuple(c.id for c in plan.components if c.role == declared.role),
        )


def target_count(case: Case) -> Iterator[Derived]:
    """Yield counts that the goals set and the number that the text names."""
    for target in case.plan.targets:
        counted = measured_value(case.plan, target)
        if counted is None or (target.comparator == "exact" and counted == target.value):
            continue
        shown = message_name(f"comparator.{target.comparator}", value=f"{target.value:g}")
        values = {"indicator": target.indicator, "value": shown, "counted": counted}
        entries: tuple[Item, ...] = case.plan.parks
        if target.measured_by == "count_of_components":
            entries = named_components(case.plan)
        goal = Statement(written=f"{target.value:g}", meaning=target.indicator, source=target.source)
        yield open_question(
            f"target-{target.id}",
            "target",
            topic=message_name("conflict.target", **values),
            in_use=message_name("conflict.target.in_use", **values),
            says=(goal, *(own_statement(item) for item in entries)),
            items=tuple(item.id for item in entries),
        )


def lists_compared(case: Case) -> Iterator[Derived]:
    """Yield lists of carriers that do not agree, name by name, with the elements of the structure."""
    plan = case.plan
    roles = {declared.role for declared in plan.structure.declared}
    structure = [component for component in named_components(plan) if component.role in roles]
    for listed in plan.lists:
        if listed.of != "carriers":
            continue
        named = {item for entry in listed.entries for item in entry.items}
        missing = [component for component in structure if component.id not in named]
        extra = [entry for entry in listed.entries if not {c.id for c in structure} & set(entry.items)]
        if not missing and not extra:
            continue
        extra_names = "、".join(entry.written for entry in extra) or "-"
        words = message_name("conflict.list", listed=listed.name, missing=len(missing), extra=len(extra))
        in_list = list_statement(listed, message_name("conflict.list.extra", names=extra_names))
        readings = (
            Reading(id=f"list-{listed.id}-in-use", name=message_name("conflict.list.in_use", listed=listed.name)),
            Reading(
                id=f"only-{listed.id}",
                name=message_name("conflict.list.only", listed=listed.name),
                edits=Edits(leave_out=tuple(component.id for component in missing)),
            ),
        )
        conflict = Conflict(
            id=f"list-{listed.id}",
            topic=words,
            says=(in_list, *(_missing_statement(component) for component in missing)),
            readings=readings,
            in_use=readings[0].id,
        )
        concerned = (*(c.id for c in missing), *(item for entry in extra for item in entry.items))
        yield Derived(conflict=conflict, rule="list", items=concerned)


def name_in_brackets(case: Case) -> Iterator[Derived]:
    """Yield entries whose name holds a second name in brackets: the same thing, or a part of it."""
    for component in case.plan.components:
        match = _BRACKETS.match(component.name.zh)
        inner = match["inner"] if match else None
        if inner is None or inner not in component.aliases:
            continue
        values = {"item": component.name, "inner": inner}
        apart = Component(
            id=f"{component.id}-part",
            name=Name(zh=inner, en=_inner_english(component)),
            role="place",
            role_basis="inferred",
            undetermined=message_name("conflict.alias.undetermined", **values),
            districts=component.districts,
            part_of=component.id,
            source=component.source,
            also=component.also,
        )
        kept = tuple(alias for alias in component.aliases if inner not in alias)
        edits = Edits(add=(apart,), change=(Change(item=component.id, aliases=kept),))
        readings = (
            Reading(id=f"alias-{component.id}-in-use", name=message_name("conflict.alias.in_use", **values)),
            Reading(id=f"{component.id}-apart", name=message_name("conflict.alias.apart", **values), edits=edits),
        )
        aliases = [
            Statement(
                written=alias,
                meaning=message_name("conflict.alias.name"),
                source=(*component.also, component.source)[0],
            )
            for alias in component.aliases
        ]
        conflict = Conflict(
            id=f"alias-{component.id}",
            topic=message_name("conflict.alias", **values),
            says=(own_statement(component), *aliases),
            readings=readings,
            in_use=readings[0].id,
        )
        yield Derived(conflict=conflict, rule="alias", items=(component.id,))


def renamed_units(case: Case) -> Iterator[Derived]:
    """Yield the public bodies that the text names and that have another name now."""
    says: list[Statement] = []
    concerned: dict[str, None] = {}
    for unit in case.units:
        for written in unit.was:
            led = [item for item in all_items(case.plan) if written in (*item.lead_units, *item.support_units)]
            if led:
                concerned |= dict.fromkeys(item.id for item in led)
                kind = message_name(f"conflict.unit.{unit.change}")
                mark = message_name(f"conflict.unit.verified.{unit.verified}")
                meaning = message_name(
                    "conflict.unit", year=unit.year, now=unit.now, change=kind, items=len(led), verified=mark
                )
                says.append(Statement(written=written, meaning=meaning, source=led[0].source))
    if says:
        yield open_question(
            "renamed-units",
            "units",
            topic=message_name("conflict.units", count=len(says), items=len(concerned)),
            in_use=message_name("conflict.units.in_use"),
            says=tuple(says),
            items=tuple(concerned),
        )


def _role_statement(component: Component) -> Statement:
    meaning = message_name("conflict.roles.read", item=component.name, role=role_name(component.role))
    return Statement(written=component.name.zh, meaning=meaning, source=component.source)


def _missing_statement(component: Component) -> Statement:
    meaning = message_name("conflict.list.missing", item=component.name, role=role_name(component.role))
    return Statement(written=component.name.zh, meaning=meaning, source=component.source)


def _inner_english(item: Component) -> str:
    match = _BRACKETS.match(item.name.en)
    return match["inner"] if match else item.name.en
