"""Measure what plans or readings cover, of the land and of demand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.analysis.combined_coverage import combined_coverage
from parkmap.analysis.demand_coverage import (
    OUTSIDE,
    demand_coverage,
    demand_pieces,
    left_outside,
    outside_weight,
)
from parkmap.crs import ellipsoidal_area_m2
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.demand import read_demand
from parkmap.questions.sides import every_reading, require_one_city

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd

    from parkmap.analysis.combined_coverage import CombinedCoverage
    from parkmap.analysis.demand_coverage import DemandCoverage
    from parkmap.plan.catalog import Catalog
    from parkmap.questions.base import Workspace
    from parkmap.questions.coverage import CoverageRequest
    from parkmap.results.plan import PlanResults

DEFAULT_WEIGHT: Final = "population"
NAMED: Final = 5
"""How many ids a finding names as its key."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Demand:
    """Demand that was put under the zones.

    Parameters
    ----------
    frame
        Index id; name_zh, name_en, weight, geometry in the working system.
    pieces
        The same, cut along the borders of districts.
    file
        Name of its file.
    path
        The file.
    weight_field
        Property that held the weight; None where each counts 1.
    basis, years
        What the file says its numbers rest on, and of when they are; empty where it says nothing.
    outside
        Weight in no district.
    """

    frame: gpd.GeoDataFrame
    pieces: gpd.GeoDataFrame
    file: str
    path: Path
    weight_field: str | None
    basis: tuple[str, ...]
    years: tuple[str, ...]
    outside: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageResults:
    """What one plan covers, or several plans and readings beside each other.

    Parameters
    ----------
    plans
        Results by reference (`plan` or `plan@reading`), in the order asked for; all on the same districts.
    demand
        Demand, or None where there is none.
    weights
        Demand covered, by reference; empty without demand.
    land
        Several together, by district, in m²; None for one.
    people
        Several together, by piece of demand, in the unit of its weight; None for one, or without demand.
    findings
        What was found on the way; no error among them.
    """

    plans: Mapping[str, PlanResults]
    demand: Demand | None
    weights: Mapping[str, DemandCoverage]
    land: CombinedCoverage | None
    people: CombinedCoverage | None
    findings: tuple[Finding, ...]

    @property
    def first(self) -> PlanResults:
        """The plan that was named first."""
        return next(iter(self.plans.values()))


def measure(workspace: Workspace, references: Sequence[str], request: CoverageRequest) -> CoverageResults:
    """Measure what plans cover.

    Parameters
    ----------
    workspace
        Where plans and layers lie, and for which day.
    references
        Plans, `plan` or `plan@reading+reading`, at least one.
    request
        What is asked.

    Returns
    -------
    CoverageResults
        Of one plan, or of several beside each other.

    Raises
    ------
    InvalidInputError
        With every problem of the plans or the demand file, or when the plans do not share their districts.
    """
    plans = _plans(workspace, references, every=request.every_reading)
    first = next(iter(plans.values()))
    demand = _demand(workspace.catalog, first, request)
    zones = {name: results.zones for name, results in plans.items()}
    weights = (
        {}
        if demand is None
        else {name: demand_coverage(demand.frame, demand.pieces, own) for name, own in zones.items()}
    )
    several = len(plans) > 1
    districts = first.geography.districts
    land = districts.assign(weight=ellipsoidal_area_m2(districts.geometry)).rename_axis("district")
    return CoverageResults(
        plans=plans,
        demand=demand,
        weights=weights,
        land=combined_coverage(land, zones) if several else None,
        people=combined_coverage(demand.pieces, zones) if several and demand is not None else None,
        findings=() if demand is None else tuple(_outside(demand)),
    )


def _plans(workspace: Workspace, references: Sequence[str], *, every: bool) -> dict[str, PlanResults]:
    plans: dict[str, PlanResults] = {}
    for name in dict.fromkeys(references):
        if every:
            plans[name], others = every_reading(workspace, name)
            plans |= {_reference(own): own for own in others.values()}
        else:
            plans[name] = workspace.plan(name)
    first, *rest = plans.values()
    for other in rest:
        require_one_city(first, other)
    return plans


def _reference(results: PlanResults) -> str:
    readings = "+".join(reading.id for reading in results.readings)
    return f"{results.plan.id}@{readings}" if readings else results.plan.id


def _demand(catalog: Catalog, base: PlanResults, request: CoverageRequest) -> Demand | None:
    districts = base.geography.districts
    if request.demand is not None:
        path, weight = catalog.resolve(request.demand.as_posix()) or request.demand, request.weight
    else:
        shipped = catalog.resolve(base.population_file)
        if shipped is None:
            return None
        path, weight = shipped, request.weight or DEFAULT_WEIGHT
    file = catalog.display(path)
    frame = read_demand(path, weight=weight, districts=districts, name=file)
    pieces = demand_pieces(_usable(frame, file), districts)
    _somewhere(pieces, frame, file)
    return Demand(
        frame=frame,
        pieces=pieces,
        file=file,
        path=path,
        weight_field=weight,
        basis=_said(frame, "basis"),
        years=_said(frame, "year"),
        outside=outside_weight(frame, pieces),
    )


def _usable(frame: gpd.GeoDataFrame, file: str) -> gpd.GeoDataFrame:
    """Refuse what is neither a point nor an area: nobody could say how its weight is spread."""
    kinds = frame.geometry.geom_type
    wrong = tuple(frame.index[~kinds.isin(["Point", "Polygon", "MultiPolygon"])])
    if wrong:
        key = ", ".join(wrong[:NAMED])
        raise InvalidInputError(
            [finding("coverage.demand_kind", "error", file=file, key=key, ids=wrong, count=len(wrong))]
        )
    return frame


def _somewhere(pieces: gpd.GeoDataFrame, frame: gpd.GeoDataFrame, file: str) -> None:
    """Refuse demand none of which is in a district: its coordinates are of another place."""
    if (pieces["district"] == OUTSIDE).all():
        west, south, east, north = (f"{value:,.0f}" for value in frame.total_bounds)
        where = f"{west}, {south}, {east}, {north}"
        raise InvalidInputError([finding("coverage.demand_elsewhere", "error", file=file, where=where)])


def _outside(demand: Demand) -> Iterator[Finding]:
    ids, weight = left_outside(demand.pieces)
    if ids:
        key, lost = ", ".join(ids[:NAMED]), f"{weight:,.6g}"
        yield finding("coverage.outside", "warning", file=demand.file, key=key, ids=ids, count=len(ids), weight=lost)
    if not (demand.frame["weight"] > 0).any():
        yield finding("coverage.no_weight", "warning", file=demand.file, key=demand.weight_field)


def _said(frame: gpd.GeoDataFrame, column: str) -> tuple[str, ...]:
    if column not in frame.columns:
        return ()
    return tuple(sorted({str(value) for value in frame[column].dropna()}))
