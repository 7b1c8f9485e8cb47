"""The JSON that other programs read: one closed model per command, which also makes the committed JSON schemas."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict

from parkmap.plan.schema import Basis, Commodity, Component, Industry, Park, Position, Project, Rule, Structure, Target
from parkmap.plan.validity import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from parkmap.results import PlanResults


class Report(BaseModel):
    """Base of all reports: closed, documented."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Head(Report):
    """What every report says first."""

    plan: str
    name_zh: str
    name_en: str
    as_of: dt.date
    validity: Status


class PlanEntry(Report):
    """One line of `parkmap plans`."""

    id: str
    city: str
    name_zh: str
    name_en: str
    structure_zh: str
    validity: Status
    components: int
    parks: int
    scenarios: list[str]
    file: str


class PlansReport(Report):
    """Result of `parkmap plans`."""

    as_of: dt.date
    plans: list[PlanEntry]


class FindingEntry(Report):
    """One finding."""

    plan: str
    code: str
    severity: Literal["error", "warning", "note"]
    file: str | None
    line: int | None
    key: str | None
    ids: list[str]
    text_zh: str
    text_en: str
    advice_zh: str
    advice_en: str


class CheckReport(Report):
    """Result of `parkmap check`."""

    as_of: dt.date
    findings: list[FindingEntry]


class LocatedComponent(Component):
    """A component with how sure its place is."""

    determinacy: str
    accuracy_m: float | None


class LocatedPark(Park):
    """A park with how sure its place is."""

    determinacy: str
    accuracy_m: float | None


class LocatedProject(Project):
    """A project with how sure its place is."""

    determinacy: str
    accuracy_m: float | None


class ShowReport(Head):
    """Result of `parkmap show`."""

    structure: Structure
    industries: list[Industry]
    components: list[LocatedComponent]
    parks: list[LocatedPark]
    projects: list[LocatedProject]
    positions: list[Position]
    targets: list[Target]
    rules: list[Rule]


class DistrictCoverage(Report):
    """Coverage of one district; areas in m², shares as fractions."""

    id: str
    name_zh: str
    name_en: str
    area_m2: float
    covered_low_m2: float
    covered_best_m2: float
    covered_high_m2: float
    share_low: float
    share_best: float
    share_high: float
    overlap_m2: float
    gap_m2: float
    unknown_items: list[str]
    """Zones in the district whose extent is unknown; where there are any, the covered area is a lower bound."""


class PairCoverage(Report):
    """What one zone covers of one district."""

    district: str
    item: str
    item_name_zh: str
    item_name_en: str
    low_m2: float
    best_m2: float
    high_m2: float
    share_best: float


class ItemCoverage(Report):
    """One zone; areas are null where the extent is unknown."""

    id: str
    name_zh: str
    name_en: str
    status: Literal["known", "unknown"]
    area_m2: float | None
    inside_m2: float | None


class CoverageReport(Head):
    """Result of `parkmap coverage`."""

    districts: list[DistrictCoverage]
    pairs: list[PairCoverage]
    items: list[ItemCoverage]


class PairAdjacency(Report):
    """One pair; lengths in m, areas in m²; null where the accuracies or extents do not allow a number."""

    item: str
    other: str
    contact: Literal["border", "point", "overlap", "apart", "undecidable", "unknown"]
    shared_border_m: float | None
    overlap_m2: float | None
    distance_m: float
    distance_low_m: float | None
    distance_high_m: float | None


class ItemAdjacency(Report):
    """One placed item among its neighbours."""

    id: str
    name_zh: str
    name_en: str
    cluster: int
    neighbours: int
    isolate: bool


class AdjacencyReport(Head):
    """Result of `parkmap adjacency`."""

    of: Literal["items", "districts"]
    pairs: list[PairAdjacency]
    items: list[ItemAdjacency]
    not_placed: list[str]


class PoolEntry(Report):
    """One supply pool; m2 are whole square metres."""

    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    supply_m2: int
    drawn_m2: int
    basis: Basis
    origin_zh: str | None
    origin_en: str | None


class DrawEntry(Report):
    """What an allocation takes from one pool."""

    pool: str
    m2: int


class AllocationEntry(Report):
    """Quota of one claim; m2 are whole square metres."""

    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    tier: int
    weight: float
    claim_m2: int
    floor_m2: int
    cap_m2: int
    allocated_m2: int
    unmet_m2: int
    bound: Literal["floor", "cap", "claim", "tier", "none"]
    basis: Basis
    draws: list[DrawEntry]


class TotalEntry(Report):
    """Sum of one commodity in one year; allocated + unallocated = supply."""

    commodity: Commodity
    year: int
    supply_m2: int
    claim_m2: int
    allocated_m2: int
    unmet_m2: int
    unallocated_m2: int
    floors_met: bool


class QuotaReport(Head):
    """Result of `parkmap quota`."""

    scenario: str
    scenario_name_zh: str
    scenario_name_en: str
    note_zh: str
    note_en: str
    example: bool
    """True when any number or tier is an assumption: the table is then an example, not a decision."""
    method: Literal["priority-proportional"]
    pools: list[PoolEntry]
    allocations: list[AllocationEntry]
    totals: list[TotalEntry]


REPORTS: Mapping[str, type[Report]] = {
    "plans": PlansReport,
    "check": CheckReport,
    "show": ShowReport,
    "coverage": CoverageReport,
    "adjacency": AdjacencyReport,
    "quota": QuotaReport,
}
"""Report model of each command with `--json`."""


def to_json(report: Report) -> str:
    """Write a report as UTF-8 JSON text with ASCII keys, ending in a line feed."""
    return report.model_dump_json(indent=2) + "\n"


def show_report(results: PlanResults) -> ShowReport:
    """Return structure, components, parks, projects, targets and rules with their clauses."""
    plan = results.plan

    def located(items: tuple[Any, ...], model: type[Any]) -> list[Any]:
        rows = results.items.loc[[item.id for item in items]]
        sure = [{"determinacy": r.determinacy, "accuracy_m": _number(r.accuracy_m)} for r in rows.itertuples()]
        return [model(**dict(item), **extra) for item, extra in zip(items, sure, strict=True)]

    return ShowReport(
        **_head(results),
        structure=plan.structure,
        industries=list(plan.industries),
        components=located(plan.components, LocatedComponent),
        parks=located(plan.parks, LocatedPark),
        projects=located(plan.projects, LocatedProject),
        positions=list(plan.positions),
        targets=list(plan.targets),
        rules=[rule for policy in results.plan_set.policies.values() for rule in policy.rules],
    )


def coverage_report(results: PlanResults) -> CoverageReport:
    """Return the coverage as a report."""
    names = _names(results.items)
    return CoverageReport(
        **_head(results),
        districts=[
            DistrictCoverage(**_names(results.geography.districts)[row["district"]], **_without(row, "district"))
            for row in _records(results.coverage.districts)
        ],
        pairs=[
            PairCoverage(item_name_zh=names[row["item"]]["name_zh"], item_name_en=names[row["item"]]["name_en"], **row)
            for row in _records(results.coverage.pairs)
        ],
        items=[ItemCoverage(**names[row["item"]], **_without(row, "item")) for row in _records(results.coverage.items)],
    )


def adjacency_report(results: PlanResults, *, of: Literal["items", "districts"]) -> AdjacencyReport:
    """Return the adjacency of components and parks, or of districts, as a report."""
    districts = of == "districts"
    result = results.district_adjacency if districts else results.adjacency
    names = _names(results.geography.districts if districts else results.items)
    return AdjacencyReport(
        **_head(results),
        of=of,
        pairs=[PairAdjacency(**row) for row in _records(result.pairs)],
        items=[ItemAdjacency(**names[row["item"]], **_without(row, "item")) for row in _records(result.items)],
        not_placed=list(result.not_placed),
    )


def quota_report(results: PlanResults) -> QuotaReport | None:
    """Return the quota as a report, or None where the plan has no scenario."""
    scenario, quota = results.scenario, results.quota
    if scenario is None or quota is None:
        return None
    names = _names(results.items)
    bases = {(claim.item, claim.commodity, claim.year): claim.claim.basis for claim in scenario.claims}
    drawn = quota.draws.groupby(["commodity", "year", "pool"])["m2"].sum()
    pools = [
        PoolEntry(
            id=pool.id,
            name_zh=pool.name.zh,
            name_en=pool.name.en,
            commodity=pool.commodity,
            year=pool.year,
            supply_m2=pool.supply.m2,
            drawn_m2=int(drawn.get((pool.commodity, pool.year, pool.id), 0)),
            basis=pool.supply.basis,
            origin_zh=pool.supply.origin.zh if pool.supply.origin else None,
            origin_en=pool.supply.origin.en if pool.supply.origin else None,
        )
        for pool in scenario.pools
    ]
    by_claim = {key: group for key, group in quota.draws.groupby(["item", "commodity", "year"])}  # noqa: C416
    allocations = []
    for row in _records(quota.allocations):
        key = (row["item"], row["commodity"], row["year"])
        draws = by_claim.get(key)
        entries = [] if draws is None else [DrawEntry(pool=d.pool, m2=d.m2) for d in draws.itertuples()]
        allocations.append(
            AllocationEntry(**names[row["item"]], **_without(row, "item"), basis=bases[key], draws=entries)
        )
    return QuotaReport(
        **_head(results),
        scenario=scenario.id,
        scenario_name_zh=scenario.name.zh,
        scenario_name_en=scenario.name.en,
        note_zh=scenario.note.zh,
        note_en=scenario.note.en,
        example=results.rests_on_assumptions,
        method="priority-proportional",
        pools=pools,
        allocations=allocations,
        totals=[TotalEntry(**row) for row in _records(quota.totals)],
    )


def _head(results: PlanResults) -> dict[str, Any]:
    name = results.plan.name
    validity = results.validity
    return {
        "plan": results.plan.id,
        "name_zh": name.zh,
        "name_en": name.en,
        "as_of": results.as_of,
        "validity": validity,
    }


def _names(frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        str(row.Index): {"id": str(row.Index), "name_zh": row.name_zh, "name_en": row.name_en}
        for row in frame[["name_zh", "name_en"]].itertuples()
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain values: missing is None, floats rounded to the millimetre or the 9th digit of a share."""
    plain = frame.reset_index() if frame.index.names != [None] else frame
    return [{key: _plain(value) for key, value in row.items()} for row in plain.to_dict("records")]


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, tuple):
        return list(value)
    return value.item() if hasattr(value, "item") else value


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 9 if abs(value) <= 1 else 3)


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}
