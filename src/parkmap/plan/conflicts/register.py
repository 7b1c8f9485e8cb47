"""The register of conflicts: those written in the plan file, and those that follow from the data by rule."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.plan.conflicts.derived import Case, Derived
from parkmap.plan.conflicts.layer_rules import districts_outside, lead_units_missing, several_extents
from parkmap.plan.conflicts.text_rules import (
    count_differs,
    declared_without_list,
    lists_compared,
    name_in_brackets,
    renamed_units,
    roles_inferred,
    target_count,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from parkmap.plan.conflicts.ground_facts import GroundFacts
    from parkmap.plan.conflicts.schema import Conflict, Edits
    from parkmap.plan.conflicts.units import RenamedUnit
    from parkmap.plan.schema import Plan

RULES: Final[tuple[Callable[[Case], Iterator[Derived]], ...]] = (
    roles_inferred,
    count_differs,
    declared_without_list,
    target_count,
    lists_compared,
    districts_outside,
    lead_units_missing,
    name_in_brackets,
    several_extents,
    renamed_units,
)
"""All rules, in the order of the register."""

STATED: Final = "stated"
"""Rule name of a conflict that the plan file itself writes down."""


def conflict_register(plan: Plan, ground: GroundFacts, units: Sequence[RenamedUnit] = ()) -> tuple[Derived, ...]:
    """Return every conflict of a plan.

    Parameters
    ----------
    plan
        The plan under the readings in use, as its file states it.
    ground
        Facts of its layers.
    units
        Renamed public bodies; those of other cities are ignored.

    Returns
    -------
    tuple of Derived
        First those of the plan file, then the derived ones that no entry of the file replaces. Ids of conflicts and
        readings are unique: of two equal ids the first counts.
    """
    case = Case(plan=plan, ground=ground, units=tuple(unit for unit in units if unit.city == plan.city))
    found = [Derived(conflict=one, rule=STATED, items=_concerned(one)) for one in plan.conflicts]
    replaced = {name for conflict in plan.conflicts for name in conflict.replaces}
    found += [one for rule in RULES for one in rule(case) if one.conflict.id not in replaced]
    return tuple(_unique(found))


def _concerned(conflict: Conflict) -> tuple[str, ...]:
    """Return the entries that any reading of a conflict changes."""
    return tuple(dict.fromkeys(item for reading in conflict.readings for item in _edited(reading.edits)))


def _edited(edits: Edits) -> tuple[str, ...]:
    merged = [name for merge in edits.merge for name in (merge.item, merge.into)]
    return (*edits.leave_out, *(change.item for change in edits.change), *merged)


def _unique(found: Sequence[Derived]) -> list[Derived]:
    kept: dict[str, Derived] = {}
    seen: set[str] = set()
    for one in found:
        fresh = tuple(reading for reading in one.conflict.readings if reading.id not in seen)
        if one.conflict.id in kept or one.conflict.in_use not in {reading.id for reading in fresh}:
            continue
        seen |= {reading.id for reading in fresh}
        conflict = one.conflict.model_copy(update={"readings": fresh})
        kept[one.conflict.id] = dataclasses.replace(one, conflict=conflict)
    return list(kept.values())
