"""A plan ready for analysis: read with its layers, checked against them, and put under the readings asked for."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.errors import InvalidInputError
from parkmap.layers.extents import ground_facts, period_findings
from parkmap.layers.items import place_findings, with_district_places
from parkmap.layers.read import Geography, read_geography
from parkmap.plan.conflicts import conflict_register
from parkmap.plan.load import PlanSet, load_plan
from parkmap.plan.readings import PlanReference, apply_readings, chosen_readings
from parkmap.plan.units import read_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.plan.catalog import Catalog
    from parkmap.plan.conflict_parts import Derived
    from parkmap.plan.conflict_schema import Reading
    from parkmap.plan.ground_facts import GroundFacts


@dataclasses.dataclass(frozen=True, kw_only=True)
class Prepared:
    """A plan with its layers.

    Parameters
    ----------
    base
        The plan as its files state it.
    plan_set
        The plan under the readings asked for; equal to `base` where there are none.
    geography
        Its layers, with a place for every whole district that it needs.
    facts
        Names and extents of the layers.
    register
        Every conflict of the plan.
    readings
        The readings asked for.
    """

    base: PlanSet
    plan_set: PlanSet
    geography: Geography
    facts: GroundFacts
    register: tuple[Derived, ...]
    readings: tuple[Reading, ...] = ()

    def under(self, readings: Sequence[Reading]) -> Prepared:
        """Return the same plan under other readings.

        Parameters
        ----------
        readings
            Readings of its register.
        """
        plan_set = apply_readings(self.base, readings)
        geography = with_district_places(self.geography, plan_set.plan)
        return dataclasses.replace(self, plan_set=plan_set, geography=geography, readings=tuple(readings))


def prepare(catalog: Catalog, reference: str) -> Prepared:
    """Read and check a plan with its layers.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    reference
        Plan id, with readings behind it where others than those in use are wanted: `plan@reading+reading`.

    Raises
    ------
    InvalidInputError
        With every problem of plan, policies, scenarios, layers and readings.
    """
    wanted = PlanReference.parse(reference)
    base = load_plan(catalog, wanted.plan_id)
    geography = read_geography(catalog, base.plan)
    broken = [
        *place_findings(base.plan, geography, base.policies.values()),
        *period_findings(geography, base.plan.layers.places),
    ]
    if broken:
        raise InvalidInputError(broken)
    facts = ground_facts(geography)
    register = conflict_register(base.plan, facts, read_units(catalog))
    conflicts = [entry.conflict for entry in register]
    readings = chosen_readings(conflicts, wanted.readings, wanted.plan_id)
    plain = Prepared(base=base, plan_set=base, geography=geography, facts=facts, register=register)
    return plain.under(readings)
