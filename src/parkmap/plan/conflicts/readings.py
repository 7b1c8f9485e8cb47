"""Put a plan under another reading of its text: leave out, add, change or merge entries, and keep references whole."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Any, Final

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.plan.links import ITEM_SECTIONS, plan_items
from parkmap.plan.scenarios.readings import references_under, scenario_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parkmap.plan.conflicts.schema import Change, Conflict, Edits, Merge, NamedList, Reading
    from parkmap.plan.load import PlanSet
    from parkmap.plan.schema import Item, Plan, Position

PLAN_MARK: Final = "@"
READING_MARK: Final = "+"


@dataclasses.dataclass(frozen=True)
class PlanReference:
    """A plan, possibly under other readings than those in use: `plan-id@reading+reading`.

    Parameters
    ----------
    plan_id
        Id of the plan.
    readings
        Ids of readings, in order.
    """

    plan_id: str
    readings: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> PlanReference:
        """Read a reference as the user writes it.

        Parameters
        ----------
        text
            A plan id, with `@` and ids of readings joined by `+` behind it where there are any.
        """
        plan_id, _, readings = text.partition(PLAN_MARK)
        return cls(plan_id, tuple(name for name in readings.split(READING_MARK) if name))

    def __str__(self) -> str:
        """Return the reference as `parse` reads it."""
        return PLAN_MARK.join(filter(None, (self.plan_id, READING_MARK.join(self.readings))))


def chosen_readings(conflicts: Iterable[Conflict], names: Iterable[str], plan_id: str) -> tuple[Reading, ...]:
    """Return the readings of some ids.

    Parameters
    ----------
    conflicts
        The conflicts of the plan.
    names
        Ids that the user requested.
    plan_id
        Id of the plan, for the findings.

    Raises
    ------
    InvalidInputError
        When an id is unknown, or two readings answer the same question.
    """
    known = {reading.id: (conflict, reading) for conflict in conflicts for reading in conflict.readings}
    problems: list[Finding] = []
    answered: dict[str, str] = {}
    chosen: list[Reading] = []
    for name in dict.fromkeys(names):
        if name not in known:
            near = difflib.get_close_matches(name, list(known), n=1)
            hint = near[0] if near else ", ".join(known) or "-"
            problems.append(finding("reading.unknown", "error", key=plan_id, name=name, near=hint))
            continue
        conflict, reading = known[name]
        if conflict.id in answered:
            other = answered[conflict.id]
            problems.append(
                finding("reading.twice", "error", key=plan_id, name=name, other=other, conflict=conflict.id)
            )
        answered[conflict.id] = name
        chosen.append(reading)
    if problems:
        raise InvalidInputError(problems)
    return tuple(chosen)


def apply_readings(plan_set: PlanSet, readings: Sequence[Reading]) -> PlanSet:
    """Return a plan with its scenarios as they are under some readings.

    Parameters
    ----------
    plan_set
        The plan under the readings in use.
    readings
        Other readings, applied one after the other; an edit of an entry that an earlier one left out does nothing.
    """
    for reading in readings:
        plan, gone, merged = _edited(plan_set.plan, reading.edits)
        scenarios = {name: scenario_under(one, plan, gone, merged) for name, one in plan_set.scenarios.items()}
        kept = {name: one for name, one in scenarios.items() if one.claims}
        plan_set = dataclasses.replace(plan_set, plan=plan, scenarios=kept)
    return plan_set


def _edited(plan: Plan, edits: Edits) -> tuple[Plan, frozenset[str], dict[str, str]]:
    """Return the edited plan, the ids that are gone, and the ids that are another entry now."""
    known = {item.id: item for item in plan_items(plan)}
    merges = [merge for merge in edits.merge if merge.item in known and merge.into in known]
    merged = {merge.item: merge.into for merge in merges}
    gone = _with_parts(plan, {name for name in edits.leave_out if name in known})
    changes = {change.item: change for change in edits.change}

    def kept(section: Sequence[Any]) -> tuple[Any, ...]:
        stays = [item for item in section if item.id not in gone and item.id not in merged]
        return tuple(_item(item, changes.get(item.id), gone, merged) for item in stays)

    updates: dict[str, Any] = {section: kept(getattr(plan, section)) for section in ITEM_SECTIONS}
    for merge in merges:
        updates = _merge_names(updates, merge, known)
    updates["components"] += edits.add
    updates["positions"] = tuple(
        _position(position, gone, merged) for position in plan.positions if position.component not in gone
    )
    updates["lists"] = tuple(_named_list(one, gone, merged) for one in plan.lists)
    return plan.model_copy(update=updates), gone, merged


def _with_parts(plan: Plan, gone: set[str]) -> frozenset[str]:
    """Add the parts of what is left out, and their parts."""
    while True:
        parts = {component.id for component in plan.components if component.part_of in gone}
        if parts <= gone:
            return frozenset(gone)
        gone |= parts


def _item(item: Item, change: Change | None, gone: frozenset[str], merged: Mapping[str, str]) -> Item:
    updates: dict[str, Any] = {}
    for key in ("part_of", "component"):
        if getattr(item, key, None) is not None:
            updates[key] = _redirected(getattr(item, key), gone, merged)
    if change is not None:
        fields = {name: value for name, value in dict(change).items() if name != "item" and value is not None}
        updates |= {name: value for name, value in fields.items() if name in type(item).model_fields}
        if change.place is not None:
            updates["undetermined"] = None
        if change.within is not None:
            updates["districts"] = change.within
    return item.model_copy(update=updates)


def _redirected(name: str, gone: frozenset[str], merged: Mapping[str, str]) -> str | None:
    return None if name in gone else merged.get(name, name)


def _position(position: Position, gone: frozenset[str], merged: Mapping[str, str]) -> Position:
    component = None if position.component is None else merged.get(position.component, position.component)
    places = references_under(position.places, gone, merged)
    return position.model_copy(update={"component": component, "places": places})


def _named_list(named: NamedList, gone: frozenset[str], merged: Mapping[str, str]) -> NamedList:
    entries = tuple(
        entry.model_copy(update={"items": references_under(entry.items, gone, merged)}) for entry in named.entries
    )
    return named.model_copy(update={"entries": entries})


def _merge_names(updates: dict[str, Any], merge: Merge, known: Mapping[str, Item]) -> dict[str, Any]:
    """Give the entry that stays the names and clauses of the one that is given up."""
    given_up = known[merge.item]

    def joined(item: Item) -> Item:
        if item.id != merge.into:
            return item
        names = dict.fromkeys((*item.aliases, given_up.name.zh, *given_up.aliases))
        names.pop(item.name.zh, None)
        sources = dict.fromkeys((*item.also, given_up.source, *given_up.also))
        sources.pop(item.source, None)
        return item.model_copy(update={"aliases": tuple(names), "also": tuple(sources)})

    return updates | {section: tuple(joined(item) for item in updates[section]) for section in ITEM_SECTIONS}
