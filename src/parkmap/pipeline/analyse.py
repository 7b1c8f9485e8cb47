"""The only orchestration: from plan ids to results, findings and folders of outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.allocation.allocate import Quota, allocate
from parkmap.analysis.adjacency import adjacency
from parkmap.analysis.coverage import coverage
from parkmap.analysis.quota.context.developable import developable
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.constraints import EXCLUDED, read_constraints
from parkmap.layers.extents import extent_findings, published_areas_m2
from parkmap.layers.items import located_items
from parkmap.layers.prepare import Prepared, prepare
from parkmap.plan.conflicts.readings import PlanReference
from parkmap.plan.gaps import gap_findings
from parkmap.plan.load import PlanSet, load_plan
from parkmap.plan.sources.bilingual import bilingual_findings
from parkmap.plan.sources.citation_checks import citation_findings
from parkmap.plan.sources.registry import read_hashes
from parkmap.results.plan import PlanResults

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from parkmap.layers.read import Geography
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.schema import Scenario

DEFAULT_SCENARIO = "base"


def analyse(catalog: Catalog, plan_id: str, *, as_of: dt.date, scenario: str | None = None) -> PlanResults:
    """Run every analysis on one plan.

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
        The results.

    Raises
    ------
    InvalidInputError
        With every problem of plan, policies, scenarios and layers.
    """
    return analyse_prepared(catalog, prepare(catalog, plan_id), as_of=as_of, scenario=scenario)


def analyse_prepared(
    catalog: Catalog, prepared: Prepared, *, as_of: dt.date, scenario: str | None = None
) -> PlanResults:
    """Run every analysis on a plan that is read already, under the readings it was prepared with.

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
    plan_set, geography = prepared.plan_set, prepared.geography
    located = located_items(plan_set.plan, geography)
    zones = located[located["section"] != "projects"]
    chosen = _scenario(plan_set, scenario)
    quota = None if chosen is None else share_land(catalog, chosen, plan_set, located)
    limits = (catalog.resolve(constraint.file) for constraint in (chosen.constraints if chosen else ()))
    files = (*plan_set.files, *geography.files, catalog.style_file(), *(path for path in limits if path is not None))
    return PlanResults(
        plan_set=plan_set,
        scenario=chosen,
        as_of=as_of,
        geography=geography,
        items=located,
        coverage=coverage(geography.districts, zones),
        adjacency=adjacency(zones),
        district_adjacency=adjacency(_whole_districts(geography)),
        quota=quota,
        findings=tuple(_findings(prepared, quota, as_of)),
        inputs=tuple(sorted((catalog.display(path), path) for path in files)),
        facts=prepared.facts,
        register=prepared.register,
        readings=prepared.readings,
    )


def share_land(catalog: Catalog, scenario: Scenario, plan_set: PlanSet, located: gpd.GeoDataFrame) -> Quota:
    """Share the supply of a scenario, capped by what its constraint layers leave of each zone.

    Parameters
    ----------
    catalog
        Where constraint layers lie.
    scenario
        The scenario.
    plan_set
        Its plan with the policies.
    located
        Items with geometry, in the working system.

    Raises
    ------
    InvalidInputError
        With every problem of the constraint layers.
    """
    if not scenario.constraints:
        return allocate(scenario, plan_set)
    layers, _ = read_constraints(catalog, scenario.constraints, crs=plan_set.plan.crs)
    claiming = {claim.item for claim in scenario.claims if claim.commodity == "land" or claim.far is not None}
    zones = located.loc[located.index.isin(claiming) & located["extent_known"].astype(bool), "geometry"]
    found = developable(
        zones,
        excluded={kind: layer for kind, layer in layers.items() if kind in EXCLUDED},
        required={kind: layer for kind, layer in layers.items() if kind not in EXCLUDED},
    )
    return allocate(scenario, plan_set, developable=found)


def check(catalog: Catalog, plan_id: str, *, as_of: dt.date, sources: Path | None = None) -> tuple[list[Finding], bool]:
    """Check one plan with its layers and, where given, against the texts of its documents.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    plan_id
        Id of the plan.
    as_of
        Day for which validity is told.
    sources
        Folder with the texts of the documents.

    Returns
    -------
    tuple of list of Finding and bool
        What was found, and whether the plan can be used at all.
    """
    try:
        results = analyse(catalog, plan_id, as_of=as_of)
    except InvalidInputError as error:
        return list(error.findings), False
    as_written = load_plan(catalog, PlanReference.parse(plan_id).plan_id)
    found = [*results.findings, *bilingual_findings(as_written)]
    if sources is not None:
        areas = published_areas_m2(results.geography)
        found += citation_findings(as_written, sources, hashes=read_hashes(catalog), areas_m2=areas)
    return found, True


def _whole_districts(geography: Geography) -> pd.DataFrame:
    whole = geography.districts.set_geometry("outline")
    return whole.assign(extent_known=True)


def _scenario(plan_set: PlanSet, name: str | None) -> Scenario | None:
    known = plan_set.scenarios
    if name is None:
        return known.get(DEFAULT_SCENARIO)
    if name not in known:
        near = ", ".join(known) or "-"
        raise InvalidInputError([finding("scenario.unknown", "error", name=name, near=near, plan=plan_set.plan.id)])
    return known[name]


def _findings(prepared: Prepared, quota: Quota | None, as_of: dt.date) -> Iterator[Finding]:
    plan_set, geography = prepared.plan_set, prepared.geography
    yield from gap_findings(plan_set, as_of)
    yield from extent_findings(plan_set.plan, prepared.facts, as_of)
    placed = geography.places.geometry.notna()
    for section in ("components", "parks"):
        for item in getattr(plan_set.plan, section):
            if item.place is not None and not placed[item.place]:
                key = f"{section}.{item.id}"
                yield finding(
                    "gap.not_placed", "note", key=key, ids=(item.id,), name=item.name.zh, name_en=item.name.en
                )
    if quota is not None and quota.outcome.conflict is not None:
        conflict = quota.outcome.conflict
        key = f"scenarios/{quota.scenario.id}"
        yield finding(
            "quota.infeasible",
            "warning",
            key=key,
            missing=f"{conflict.missing_m2:,}",
            cheapest=f"{conflict.cheapest_m2:,}",
        )


def expand(catalog: Catalog, plan_ids: Sequence[str], *, every: bool) -> tuple[str, ...]:
    """Return the ids to work on.

    Parameters
    ----------
    catalog
        Where plans lie.
    plan_ids
        Ids that the user named.
    every
        True for all plans there are.
    """
    return tuple(catalog.plan_files()) if every else tuple(dict.fromkeys(plan_ids))
