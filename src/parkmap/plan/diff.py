"""What differs between two plans, by their words alone: entries, roles, names, targets, districts.

The same real thing has the same id in every plan of a city; that is what entries are matched by.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

from parkmap.plan.counts import listed_counts
from parkmap.plan.elements import Component, Park
from parkmap.plan.targets import is_met, measured_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.plan.schema import Item, Plan, Target

Fate = Literal["added", "dropped", "kept"]
Aspect = Literal["renamed", "moved", "role", "part_of", "within"]
"""`moved`: another place or place without a geometry; `role`: another role, or from component to park or project."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ItemDiff:
    """One component or park of either plan.

    Parameters
    ----------
    id
        Its id.
    before, after
        The entry in each plan; None where a plan lacks it.
    aspects
        What differs; empty where the entry is added, dropped or the same.
    """

    id: str
    before: Item | None
    after: Item | None
    aspects: tuple[Aspect, ...]

    @property
    def fate(self) -> Fate:
        """Whether the entry is new, gone, or in both plans."""
        if self.before is None:
            return "added"
        return "dropped" if self.after is None else "kept"


@dataclasses.dataclass(frozen=True, kw_only=True)
class TargetDiff:
    """One target of either plan.

    Parameters
    ----------
    id
        Its id.
    before, after
        The target in each plan; None where a plan lacks it.
    """

    id: str
    before: Target | None
    after: Target | None

    @property
    def fate(self) -> Literal["added", "dropped", "changed", "same"]:
        """Whether the target is new, gone, another or the same."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "dropped"
        return "same" if self.before == self.after else "changed"


def count_diffs(before: Plan, after: Plan) -> list[dict[str, Any]]:
    """Return the roles whose elements differ in number, declared ones first.

    Parameters
    ----------
    before, after
        Two plans.

    Returns
    -------
    list of dict
        role; before_declared, after_declared (by the formula, None where it does not speak of them); before_listed,
        after_listed (named by the text).
    """
    listed = [listed_counts(plan) for plan in (before, after)]
    declared = [{entry.role: entry.count for entry in plan.structure.declared} for plan in (before, after)]
    roles = dict.fromkeys([*declared[0], *declared[1], *sorted({*listed[0], *listed[1]})])
    found = {role: [(said.get(role), own[role]) for said, own in zip(declared, listed, strict=True)] for role in roles}
    keys = ("before_declared", "before_listed", "after_declared", "after_listed")
    return [
        {"role": role, **dict(zip(keys, (*old, *new), strict=True))} for role, (old, new) in found.items() if old != new
    ]


def measured_diffs(before: Plan, after: Plan) -> list[dict[str, Any]]:
    """Return the targets of both plans that parkmap can count, where the count differs.

    Parameters
    ----------
    before, after
        Two plans.

    Returns
    -------
    list of dict
        target (as the first plan has it); before, after (None where a plan cannot be counted); before_met, after_met
        (None where that is open).
    """
    rows: list[dict[str, Any]] = []
    for diff in target_diffs(before, after):
        if diff.before is not None and diff.after is not None:
            ends = {"before": (diff.before, before), "after": (diff.after, after)}
            counts = {when: measured_value(plan, target) for when, (target, plan) in ends.items()}
            met = {
                f"{when}_met": count if count is None else is_met(ends[when][0], count)
                for when, count in counts.items()
            }
            rows += [{"target": diff.before, **counts, **met}] if counts["before"] != counts["after"] else []
    return rows


def item_diffs(before: Plan, after: Plan) -> tuple[ItemDiff, ...]:
    """Return every entry that is a component or a park in at least one of two plans.

    Parameters
    ----------
    before, after
        Two plans of one city.
    """
    one = {item.id: item for item in _items(before)}
    two = {item.id: item for item in _items(after)}
    spatial = [item.id for plan in (before, after) for item in (*plan.components, *plan.parks)]
    return tuple(
        ItemDiff(id=name, before=one.get(name), after=two.get(name), aspects=_aspects(one.get(name), two.get(name)))
        for name in dict.fromkeys(spatial)
    )


def target_diffs(before: Plan, after: Plan) -> tuple[TargetDiff, ...]:
    """Return every target of two plans, matched by id.

    Parameters
    ----------
    before, after
        Two plans.
    """
    one = {target.id: target for target in before.targets}
    two = {target.id: target for target in after.targets}
    return tuple(TargetDiff(id=name, before=one.get(name), after=two.get(name)) for name in dict.fromkeys([*one, *two]))


def plan_districts(plan: Plan) -> frozenset[str]:
    """Return the districts that a plan gives a component, a park or a position.

    Parameters
    ----------
    plan
        The plan.
    """
    named = {district for item in (*plan.components, *plan.parks) for district in item.districts}
    return frozenset(named | {position.district for position in plan.positions if position.district is not None})


def role_of_entry(item: Item | None) -> str | None:
    """Return the role of a component, or `park` or `project` for the other entries.

    Parameters
    ----------
    item
        An entry of a plan, or None.
    """
    if item is None:
        return None
    if isinstance(item, Component):
        return item.role
    return "park" if isinstance(item, Park) else "project"


def _items(plan: Plan) -> Iterator[Item]:
    yield from (*plan.components, *plan.parks, *plan.projects)


def _aspects(before: Item | None, after: Item | None) -> tuple[Aspect, ...]:
    if before is None or after is None:
        return ()
    differs: dict[Aspect, bool] = {
        "renamed": before.name.zh != after.name.zh,
        "moved": before.place != after.place,
        "role": role_of_entry(before) != role_of_entry(after),
        "part_of": getattr(before, "part_of", None) != getattr(after, "part_of", None),
        "within": before.within != after.within,
    }
    return tuple(aspect for aspect, changed in differs.items() if changed)
