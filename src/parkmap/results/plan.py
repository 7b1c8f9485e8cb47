"""One plan, analysed as far as it is asked: each analysis runs when something first needs its result."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, Final, Self

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.constraints import EXCLUDED, read_constraints
from parkmap.layers.extents import extent_findings
from parkmap.layers.items import located_items
from parkmap.layers.prepare import Prepared, prepare
from parkmap.messages import Words
from parkmap.plan.gaps import gap_findings
from parkmap.plan.validity import Status, status_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd

    from parkmap.allocation.allocate import Quota
    from parkmap.analysis.adjacency import Adjacency
    from parkmap.analysis.coverage import Coverage
    from parkmap.layers.read import Geography
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.conflicts.derived import Derived
    from parkmap.plan.conflicts.ground_facts import GroundFacts
    from parkmap.plan.conflicts.schema import Reading
    from parkmap.plan.load import PlanSet
    from parkmap.plan.schema import Document, Plan, Scenario

DEFAULT_SCENARIO: Final = "base"
OF_THE_GROUND: Final = ("items", "zones", "coverage", "adjacency", "district_adjacency", "names")
"""What does not depend on the scenario, so that a plan under another one need not measure it again."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class PlanResults:
    """One plan, analysed as far as it is asked.

    Parameters
    ----------
    catalog
        Where style and constraint layers lie.
    prepared
        The plan with its layers, under the readings asked for.
    scenario
        The scenario used for the quota, or None where the plan has none.
    as_of
        The day for which validity is told.
    further
        Files of the user that a question read beside those of the plan.
    """

    catalog: Catalog
    prepared: Prepared
    scenario: Scenario | None
    as_of: dt.date
    further: tuple[Path, ...] = ()

    def under(self, scenario: Scenario, *, quota: Quota | None = None) -> Self:
        """Return the same plan under another scenario; what was measured on the ground is kept.

        Parameters
        ----------
        scenario
            The scenario.
        quota
            Its allocation, where there is one already; None shares it when it is asked for.
        """
        other = self._kept(dataclasses.replace(self, scenario=scenario))
        if quota is not None:
            vars(other)["quota"] = quota
        return other

    def with_scenario(self, name: str | None) -> Self:
        """Return the same plan under the scenario of an id.

        Parameters
        ----------
        name
            The id; None keeps the scenario.

        Raises
        ------
        InvalidInputError
            When there is no such scenario.
        """
        scenario = None if name is None else _scenario(self.plan_set, name)
        return self if scenario is None or scenario is self.scenario else self.under(scenario)

    def reading_also(self, *files: Path | None) -> Self:
        """Return the same plan with further files among its inputs.

        Parameters
        ----------
        *files
            The files; None is no file.
        """
        further = (*self.further, *(path for path in files if path is not None))
        return self._kept(dataclasses.replace(self, further=further))

    def _kept(self, other: Self) -> Self:
        vars(other).update({name: value for name, value in vars(self).items() if name in OF_THE_GROUND})
        return other

    @property
    def plan_set(self) -> PlanSet:
        """The plan with documents, policies and scenarios."""
        return self.prepared.plan_set

    @property
    def plan(self) -> Plan:
        """The plan itself."""
        return self.plan_set.plan

    @property
    def geography(self) -> Geography:
        """Its layers in the working system."""
        return self.prepared.geography

    @property
    def facts(self) -> GroundFacts:
        """Names of districts and published extents of places."""
        return self.prepared.facts

    @property
    def register(self) -> tuple[Derived, ...]:
        """Every conflict of the plan, under the readings in use."""
        return self.prepared.register

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Other readings under which this is the result; empty where the readings in use hold."""
        return self.prepared.readings

    @property
    def document(self) -> Document:
        """The document that the plan models."""
        return self.plan_set.documents[self.plan.document]

    @property
    def validity(self) -> Status:
        """Whether that document is in force on the day."""
        return status_in(self.plan_set.documents, self.plan.document, self.as_of)

    @property
    def population_file(self) -> str:
        """Where the district populations of its city are looked for."""
        return f"layers/{self.plan.city}/population.csv"

    @property
    def rests_on_assumptions(self) -> bool:
        """Whether any number of the scenario is an assumption."""
        return self.scenario is not None and self.scenario.rests_on_assumptions

    @functools.cached_property
    def items(self) -> gpd.GeoDataFrame:
        """Components, parks and projects with geometry; index item."""
        return located_items(self.plan, self.geography)

    @functools.cached_property
    def zones(self) -> gpd.GeoDataFrame:
        """Components and parks; projects cover nothing."""
        return self.items[self.items["section"] != "projects"]

    @functools.cached_property
    def coverage(self) -> Coverage:
        """Coverage of districts by components and parks."""
        from parkmap.analysis.coverage import coverage  # noqa: PLC0415  only where it is asked for

        return coverage(self.geography.districts, self.zones)

    @functools.cached_property
    def adjacency(self) -> Adjacency:
        """Adjacency of components and parks."""
        from parkmap.analysis.adjacency import adjacency  # noqa: PLC0415  only where it is asked for

        return adjacency(self.zones)

    @functools.cached_property
    def district_adjacency(self) -> Adjacency:
        """Adjacency of districts."""
        from parkmap.analysis.adjacency import adjacency  # noqa: PLC0415  only where it is asked for

        whole = self.geography.districts.set_geometry("outline")
        return adjacency(whole.assign(extent_known=True))

    @functools.cached_property
    def quota(self) -> Quota | None:
        """Allocation, or None where the plan has no scenario."""
        return None if self.scenario is None else self.share(self.scenario)

    @functools.cached_property
    def names(self) -> Mapping[str, Mapping[str, Words]]:
        """Names by id of districts, and of components, parks and projects."""
        districts = self.geography.districts[["name_zh", "name_en"]]
        plan = self.plan
        return {
            "district": {str(row.Index): Words(row.name_zh, row.name_en) for row in districts.itertuples()},
            "item": {item.id: item.name.words for item in (*plan.components, *plan.parks, *plan.projects)},
        }

    @functools.cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found; no error among them."""
        return tuple(_findings(self))

    @property
    def inputs(self) -> tuple[tuple[str, Path], ...]:
        """Every input file with the name under which it is recorded."""
        limits = (self.catalog.resolve(layer.file) for layer in (self.scenario.constraints if self.scenario else ()))
        known = (path for path in limits if path is not None)
        files = (*self.plan_set.files, *self.geography.files, self.catalog.style_file(), *known, *self.further)
        return tuple(sorted({(self.catalog.display(path), path) for path in files}))

    def share(self, scenario: Scenario) -> Quota:
        """Share the supply of a scenario, capped by what its constraint layers leave of each zone.

        Parameters
        ----------
        scenario
            The scenario.

        Raises
        ------
        InvalidInputError
            With every problem of the constraint layers.
        """
        from parkmap.allocation.allocate import allocate  # noqa: PLC0415  only where it is asked for

        left = self._developable(scenario) if scenario.constraints else None
        ground = self.items["district_ids"].to_dict()
        return allocate(scenario, self.plan_set, developable=left, ground=ground)

    def _developable(self, scenario: Scenario) -> Any:  # noqa: ANN401  a frame
        from parkmap.analysis.quota.context.developable import developable  # noqa: PLC0415

        layers, _ = read_constraints(self.catalog, scenario.constraints, crs=self.plan.crs)
        claiming = {claim.item for claim in scenario.claims if claim.commodity == "land" or claim.far is not None}
        located = self.items
        zones = located.loc[located.index.isin(claiming) & located["extent_known"].astype(bool), "geometry"]
        return developable(
            zones,
            excluded={kind: layer for kind, layer in layers.items() if kind in EXCLUDED},
            required={kind: layer for kind, layer in layers.items() if kind not in EXCLUDED},
        )


def analyse(catalog: Catalog, plan_id: str, *, as_of: dt.date, scenario: str | None = None) -> PlanResults:
    """Read a plan with its layers, ready for every analysis.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    plan_id
        Id of the plan, with readings behind it where others than those in use are wanted: `plan@reading+reading`.
    as_of
        Day for which validity is told.
    scenario
        Id of the scenario; None is `base` where there is one.

    Returns
    -------
    PlanResults
        The plan; nothing is measured yet.

    Raises
    ------
    InvalidInputError
        With every problem of plan, policies, scenarios and layers.
    """
    return analyse_prepared(catalog, prepare(catalog, plan_id), as_of=as_of, scenario=scenario)


def analyse_prepared(
    catalog: Catalog, prepared: Prepared, *, as_of: dt.date, scenario: str | None = None
) -> PlanResults:
    """Take a plan that is read already, under the readings it was prepared with.

    Parameters
    ----------
    catalog
        Where the style lies.
    prepared
        The plan with its layers.
    as_of
        Day for which validity is told.
    scenario
        Id of the scenario; None is `base` where there is one.

    Raises
    ------
    InvalidInputError
        When there is no such scenario.
    """
    chosen = _scenario(prepared.plan_set, scenario)
    return PlanResults(catalog=catalog, prepared=prepared, scenario=chosen, as_of=as_of)


def _scenario(plan_set: PlanSet, name: str | None) -> Scenario | None:
    known = plan_set.scenarios
    if name is None:
        return known.get(DEFAULT_SCENARIO)
    if name not in known:
        near = ", ".join(known) or "-"
        raise InvalidInputError([finding("scenario.unknown", "error", name=name, near=near, plan=plan_set.plan.id)])
    return known[name]


def _findings(results: PlanResults) -> Iterator[Finding]:
    yield from gap_findings(results.plan_set, results.as_of)
    yield from extent_findings(results.plan, results.facts, results.as_of)
    placed = results.geography.places.geometry.notna()
    for section in ("components", "parks"):
        for item in getattr(results.plan, section):
            if item.place is not None and not placed[item.place]:
                key = f"{section}.{item.id}"
                yield finding(
                    "gap.not_placed", "note", key=key, ids=(item.id,), name=item.name.zh, name_en=item.name.en
                )
    conflict = None if results.quota is None else results.quota.outcome.conflict
    if conflict is not None and results.scenario is not None:
        missing, cheapest = f"{conflict.missing_m2:,}", f"{conflict.cheapest_m2:,}"
        key = f"scenarios/{results.scenario.id}"
        yield finding("quota.infeasible", "warning", key=key, missing=missing, cheapest=cheapest)
