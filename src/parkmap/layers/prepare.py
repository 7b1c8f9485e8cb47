"""A plan ready for analysis: read with its layers, checked against them, and put under the readings asked for."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.errors import InvalidInputError
from parkmap.layers.extents import ground_facts, period_findings
from parkmap.layers.items import place_findings, with_district_places
from parkmap.layers.read import Geography, read_geography
from parkmap.plan.conflicts.readings import PlanReference, apply_readings, chosen_readings
from parkmap.plan.conflicts.register import conflict_register
from parkmap.plan.conflicts.units import read_units
from parkmap.plan.load import PlanSet, load_plan
from parkmap.plan.model_file import read_model
from parkmap.plan.schema import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.finding import Finding
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.conflicts.derived import Derived
    from parkmap.plan.conflicts.ground_facts import GroundFacts
    from parkmap.plan.conflicts.schema import Reading


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
    base, geography = _read(catalog, wanted.plan_id)
    facts = ground_facts(geography)
    register = conflict_register(base.plan, facts, read_units(catalog))
    conflicts = [entry.conflict for entry in register]
    readings = chosen_readings(conflicts, wanted.readings, wanted.plan_id)
    plain = Prepared(base=base, plan_set=base, geography=geography, facts=facts, register=register)
    return plain.under(readings)


def _read(catalog: Catalog, plan_id: str) -> tuple[PlanSet, Geography]:
    """Read files and layers; what is wrong with either is told together."""
    try:
        plan_set = load_plan(catalog, plan_id)
    except InvalidInputError as error:
        raise InvalidInputError([*error.findings, *_layer_findings(catalog, plan_id)]) from error
    plan = plan_set.plan
    try:
        geography = read_geography(catalog, plan)
    except InvalidInputError as error:
        origin = plan_set.origins["plan"]
        known = [origin.located((f.key,), f) if f.file is None and f.key else f for f in error.findings]
        raise InvalidInputError(known) from error
    broken = [
        *(
            plan_set.origins[name].located(key, f)
            for name, key, f in place_findings(plan, geography, plan_set.policies)
        ),
        *period_findings(geography, plan.layers.places),
    ]
    if broken:
        raise InvalidInputError(broken)
    return plan_set, geography


def _layer_findings(catalog: Catalog, plan_id: str) -> tuple[Finding, ...]:
    """Return what is wrong with the layers of a plan whose other files cannot be used."""
    try:
        plan = read_model(catalog, catalog.plan_files()[plan_id], Plan)
    except (InvalidInputError, KeyError):
        return ()
    try:
        read_geography(catalog, plan)
    except InvalidInputError as error:
        return error.findings
    return ()
