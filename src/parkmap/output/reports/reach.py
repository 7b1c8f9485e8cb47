"""Report of `parkmap reach`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from parkmap.output.reports.base import Head, Report, head, names_of, number, records
from parkmap.output.reports.roads import RoadFinding, RoadOrigin, finding_entries, road_origin
from parkmap.plan.schema import Basis

if TYPE_CHECKING:
    from parkmap.results.reach import ReachResults

Method = Literal["network", "estimate"]
"""`network`: along the streets of the road file; `estimate`: straight line times the detour factor."""


class PresetEntry(Report):
    """A circle that a document names."""

    id: str
    name_zh: str
    name_en: str
    document: str
    clause: str
    note_zh: str
    note_en: str


class ReachRulesEntry(Report):
    """The numbers on which everything else in the report rests."""

    profile: str
    profile_name_zh: str
    profile_name_en: str
    speed_kmh: float
    """Speed between a place and the street, and along the straight line of an estimate."""
    speed_basis: Basis
    speed_origin_zh: str
    speed_origin_en: str
    speed_reference: str | None
    """Where the statement was read."""
    detour_factor: float
    detour_basis: Basis
    detour_origin_zh: str
    detour_origin_en: str
    detour_reference: str | None
    cutoffs_minutes: list[float] | None
    cutoffs_m: list[float] | None
    direction: Literal["from_sites", "to_sites"]
    snap_limit_m: float
    street_buffer_m: float
    """Strip on each side of a reached street that makes its area."""
    hole_m2: float
    """Holes of at least this area stay open."""
    band_weights: list[float]
    """Weights of the bands in the enhanced floating catchment; empty where none fit."""


class ReachSite(Report):
    """One site."""

    id: str
    name_zh: str
    name_en: str
    method: Method
    offset_m: float | None
    """Distance to the nearest usable street; null without a road file."""
    capacity: float


class Band(Report):
    """The cut-off of a row, in the unit that was asked for."""

    cutoff_minutes: float | None
    cutoff_m: float | None


class ReachArea(Band):
    """What one site reaches within one cut-off."""

    site: str
    method: Method
    reached_m: float | None
    """Length of street within the cut-off, part streets counted to the metre at which the cut-off is used up; null for
    an estimate."""
    area_m2: float


class ReachDistrict(Band):
    """What part of a district lies within any site's area."""

    district: str
    name_zh: str
    name_en: str
    within_m2: float
    share: float
    method: Method | None
    """`estimate` where any area that meets the district is one; null where none does."""


class ReachTotal(Band):
    """Demand within any site's cut-off."""

    method: Literal["network", "estimate", "mixed"]
    points: int
    weight: float
    share: float | None


class Catchment(Band):
    """Demand of one site within one cut-off."""

    site: str
    method: Method | None
    """`estimate` where any of its costs is one; null where nothing is reached."""
    points: int
    weight: float
    """Demand for which the site is the nearest."""
    reachable_points: int
    reachable_weight: float
    """Demand within the cut-off, whichever site is nearest."""


class ReachDemand(Report):
    """One demand point."""

    id: str
    name_zh: str
    name_en: str
    weight: float
    method: Method | None
    """Null where the streets lead to no site within the last cut-off."""
    nearest: str | None
    cost_minutes: float | None
    cost_m: float | None
    nearest_costs: list[float]
    """Costs to the nearest sites within the last cut-off, rising, in its unit; as many as were asked for."""
    sites_within: list[int]
    """Number of sites within each cut-off."""
    opportunities: float
    """Capacity within the last cut-off."""
    two_step: float
    """Capacity per unit of weight, two-step floating catchment area."""
    enhanced: float | None
    """The same with band weights; null where none fit."""


class ReachReport(Head):
    """Result of `parkmap reach`."""

    method: Literal["network", "estimate", "mixed"]
    """Over all sites; `mixed` where some lie off the road file."""
    preset: PresetEntry | None
    rules: ReachRulesEntry
    roads: RoadOrigin | None
    sites: list[ReachSite]
    areas: list[ReachArea]
    districts: list[ReachDistrict]
    totals: list[ReachTotal]
    catchments: list[Catchment]
    demand: list[ReachDemand]
    findings: list[RoadFinding]


def reach_report(results: ReachResults) -> ReachReport:
    """Return who is within reach as a report.

    Parameters
    ----------
    results
        The results of one question.
    """
    sites = results.sites.rename_axis("id")[["name_zh", "name_en", "capacity"]].join(results.areas.sites)
    names = names_of(results.base.geography.districts)
    return ReachReport(
        **head(results.base),
        method=results.method,
        preset=_preset(results),
        rules=_rules(results),
        roads=None if results.roads is None else road_origin(results.roads),
        sites=[ReachSite(**row) for row in records(sites)],
        areas=[ReachArea(**_band(results, row)) for row in records(results.areas.areas.drop(columns="geometry"))],
        districts=[
            ReachDistrict(
                **_band(results, row),
                name_zh=names[row["district"]]["name_zh"],
                name_en=names[row["district"]]["name_en"],
            )
            for row in records(results.districts)
        ],
        totals=_totals(results),
        catchments=[Catchment(**_band(results, row)) for row in records(_table(results, "catchments"))],
        demand=_demand(results),
        findings=finding_entries(results.findings),
    )


def _band(results: ReachResults, row: dict[str, Any]) -> dict[str, Any]:
    """Name the cut-off of a row by its unit."""
    rest = {key: value for key, value in row.items() if key != "cutoff"}
    minutes = results.rules.unit == "minutes"
    return {
        **rest,
        "cutoff_minutes": row["cutoff"] if minutes else None,
        "cutoff_m": None if minutes else row["cutoff"],
    }


def _table(results: ReachResults, name: str) -> pd.DataFrame:
    return pd.DataFrame() if results.demand is None else getattr(results.demand, name)


def _totals(results: ReachResults) -> list[ReachTotal]:
    rows = records(_table(results, "totals"))
    return [ReachTotal(**_band(results, row), method=results.method) for row in rows]


def _demand(results: ReachResults) -> list[ReachDemand]:
    if results.demand is None or results.demand_names is None or results.access is None or results.nearest is None:
        return []
    own = results.demand.demand
    frame = results.demand_names.join(own.drop(columns="cost")).join(results.access).rename_axis("id")
    minutes = results.rules.unit == "minutes"
    return [
        ReachDemand(
            **row,
            cost_minutes=number(cost) if minutes else None,
            cost_m=None if minutes else number(cost),
            nearest_costs=[round(cost, 3) for cost in costs if pd.notna(cost)],
        )
        for row, cost, costs in zip(
            records(frame), own["cost"].tolist(), results.nearest.to_numpy().tolist(), strict=True
        )
    ]


def _preset(results: ReachResults) -> PresetEntry | None:
    preset = results.preset
    if preset is None:
        return None
    return PresetEntry(
        id=preset.id,
        name_zh=preset.name.zh,
        name_en=preset.name.en,
        document=preset.source.document,
        clause=preset.source.clause,
        note_zh=preset.note.zh,
        note_en=preset.note.en,
    )


def _rules(results: ReachResults) -> ReachRulesEntry:
    rules, profile = results.rules, results.profile
    minutes = rules.unit == "minutes"
    return ReachRulesEntry(
        profile=profile.id,
        profile_name_zh=profile.name.zh,
        profile_name_en=profile.name.en,
        speed_kmh=profile.straight.kmh,
        speed_basis=profile.straight.basis,
        speed_origin_zh=profile.straight.origin.zh,
        speed_origin_en=profile.straight.origin.en,
        speed_reference=profile.straight.reference,
        detour_factor=profile.detour.factor,
        detour_basis=profile.detour.basis,
        detour_origin_zh=profile.detour.origin.zh,
        detour_origin_en=profile.detour.origin.en,
        detour_reference=profile.detour.reference,
        cutoffs_minutes=list(rules.cutoffs) if minutes else None,
        cutoffs_m=None if minutes else list(rules.cutoffs),
        direction="to_sites" if rules.towards else "from_sites",
        snap_limit_m=rules.assumed.snap_limit_m,
        street_buffer_m=rules.street_buffer_m,
        hole_m2=rules.hole_m2,
        band_weights=list(results.band_weights),
    )
