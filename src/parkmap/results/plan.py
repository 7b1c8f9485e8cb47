"""The frozen bundle of one run, read by every output."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.plan.validity import Status, status_in

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import geopandas as gpd

    from parkmap.allocation.allocate import Quota
    from parkmap.analysis.adjacency import Adjacency
    from parkmap.analysis.coverage import Coverage
    from parkmap.finding import Finding
    from parkmap.layers.read import Geography
    from parkmap.plan.conflicts.derived import Derived
    from parkmap.plan.conflicts.ground_facts import GroundFacts
    from parkmap.plan.conflicts.schema import Reading
    from parkmap.plan.load import PlanSet
    from parkmap.plan.schema import Document, Plan, Scenario


@dataclasses.dataclass(frozen=True, kw_only=True)
class PlanResults:
    """One plan, analysed.

    Parameters
    ----------
    plan_set
        The plan with documents, policies and scenarios.
    scenario
        The scenario used for the quota, or None where the plan has none.
    as_of
        The day for which validity is told.
    geography
        Its layers in the working system.
    items
        Components, parks and projects with geometry; index item.
    coverage
        Coverage of districts by components and parks.
    adjacency
        Adjacency of components and parks.
    district_adjacency
        Adjacency of districts.
    quota
        Allocation, or None where the plan has no scenario.
    findings
        What the checks found; no error among them.
    inputs
        Every input file with the name under which it is recorded.
    facts
        Names of districts and published extents of places.
    register
        Every conflict of the plan, under the readings in use.
    readings
        Other readings under which this is the result; empty where the readings in use hold.
    """

    plan_set: PlanSet
    scenario: Scenario | None
    as_of: dt.date
    geography: Geography
    items: gpd.GeoDataFrame
    coverage: Coverage
    adjacency: Adjacency
    district_adjacency: Adjacency
    quota: Quota | None
    findings: tuple[Finding, ...]
    inputs: tuple[tuple[str, Path], ...]
    facts: GroundFacts
    register: tuple[Derived, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.plan_set.plan

    @property
    def document(self) -> Document:
        """The document that the plan models."""
        return self.plan_set.documents[self.plan.document]

    @property
    def validity(self) -> Status:
        """Whether that document is in force on the day."""
        return status_in(self.plan_set.documents, self.plan.document, self.as_of)

    @property
    def rests_on_assumptions(self) -> bool:
        """Whether any number of the scenario is an assumption."""
        return self.scenario is not None and self.scenario.rests_on_assumptions
