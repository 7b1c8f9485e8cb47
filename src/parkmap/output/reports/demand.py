"""Demand in the report of `parkmap coverage`: people, jobs or output under the zones of one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import shapely

from parkmap.output.reports.base import Report, names_of, number
from parkmap.output.reports.roads import RoadFinding, finding_entries

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.analysis.demand_coverage import DemandCoverage
    from parkmap.results.coverage import CoverageResults, Demand


class Weights(Report):
    """Demand covered, in the unit of its weight; under several zones it counts once."""

    weight: float
    covered_low: float
    """Evenly spread inside each area, under the zones shrunk by their accuracy."""
    covered_best: float
    """Evenly spread inside each area, under the zones as drawn."""
    covered_high: float
    """Evenly spread inside each area, under the zones grown by their accuracy."""
    covered_least: float
    """However the weight lies in each area: only areas wholly under the shrunk zones."""
    covered_most: float
    """However the weight lies in each area: all of every area that the grown zones touch."""
    overlap: float
    """Under at least two zones as drawn, evenly spread."""
    gap: float
    """Weight less `covered_best`."""
    share_low: float | None
    share_best: float | None
    share_high: float | None
    """Of the weight; null where it is 0."""


class PlaceWeights(Weights):
    """Demand covered in one district, or of one feature of demand."""

    id: str
    name_zh: str
    name_en: str


class ItemWeights(Report):
    """Demand under one zone by itself, evenly spread; zones that overlap do not add up."""

    id: str
    name_zh: str
    name_en: str
    low: float
    best: float
    high: float


class DemandSource(Report):
    """Where demand comes from."""

    file: str
    weight_field: str | None
    """Property that holds the weight; null where each feature counts 1."""
    basis: list[str]
    """What the numbers rest on, as their file says: for example `press`."""
    years: list[str]
    points: int
    areas: int
    spread: Literal["even"] = "even"
    """An area's weight is spread evenly over it for low, best and high, which is an assumption."""
    outside: float
    """Weight in no district: part of the totals, in no row of a district."""


class DemandPart(DemandSource):
    """Demand that one plan covers."""

    totals: Weights
    districts: list[PlaceWeights]
    items: list[ItemWeights]
    rows: list[PlaceWeights]
    findings: list[RoadFinding]


def demand_part(results: CoverageResults, name: str) -> DemandPart | None:
    """Return the demand that one of the plans covers, or None without demand.

    Parameters
    ----------
    results
        The results.
    name
        Reference of the plan.
    """
    if results.demand is None:
        return None
    covered, plan = results.weights[name], results.plans[name]
    return DemandPart(
        **demand_source(results.demand),
        totals=Weights(**weight_values(covered.demand.sum())),
        districts=_places(covered.districts, plan.geography.districts),
        items=_items(covered, plan.items),
        rows=_places(covered.demand, results.demand.frame),
        findings=finding_entries(results.findings),
    )


def demand_source(demand: Demand) -> dict[str, Any]:
    """Return where demand comes from, as keywords of `DemandSource`.

    Parameters
    ----------
    demand
        The demand.
    """
    areas = int((shapely.get_dimensions(demand.frame.geometry.to_numpy()) == 2).sum())  # noqa: PLR2004
    inside = demand.pieces.loc[demand.pieces["district"] != "", "weight"].sum()
    return {
        "file": demand.file,
        "weight_field": demand.weight_field,
        "basis": list(demand.basis),
        "years": list(demand.years),
        "points": len(demand.frame) - areas,
        "areas": areas,
        "outside": number(max(float(demand.frame["weight"].sum() - inside), 0.0)),
    }


def weight_values(row: pd.Series) -> dict[str, Any]:
    """Return weights with their shares, as keywords of `Weights`.

    Parameters
    ----------
    row
        weight, covered_low and so on.
    """
    total = float(row["weight"])
    shares = {
        f"share_{name}": number(float(row[f"covered_{name}"]) / total) if total > 0 else None
        for name in ("low", "best", "high")
    }
    return {**{str(name): number(float(value)) for name, value in row.items()}, **shares}


def _places(frame: pd.DataFrame, named: pd.DataFrame) -> list[PlaceWeights]:
    names = names_of(named.loc[frame.index])
    return [PlaceWeights(**names[str(name)], **weight_values(row)) for name, row in frame.iterrows()]


def _items(covered: DemandCoverage, named: pd.DataFrame) -> list[ItemWeights]:
    names = names_of(named.loc[covered.items.index])
    return [
        ItemWeights(**names[str(name)], **{str(part): number(float(value)) for part, value in row.items()})
        for name, row in covered.items.iterrows()
    ]
