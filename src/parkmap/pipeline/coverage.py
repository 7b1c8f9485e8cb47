"""Orchestration of `parkmap coverage`: what plans or readings cover, of the land and of demand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.analysis.combined_coverage import combined_coverage
from parkmap.analysis.demand_coverage import OUTSIDE, demand_coverage, demand_pieces
from parkmap.crs import ellipsoidal_area_m2
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.demand import read_demand
from parkmap.pipeline.compare import every_reading, one_city
from parkmap.results.coverage import CoverageResults, Demand
from parkmap.results.plan import analyse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import geopandas as gpd

    from parkmap.plan.catalog import Catalog
    from parkmap.results.plan import PlanResults

DEFAULT_WEIGHT: Final = "population"
NAMED: Final = 5
"""How many ids a finding names as its key."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageRequest:
    """What is asked.

    Parameters
    ----------
    demand, weight
        User's demand and the property that holds its weight; None takes the district populations of the city where
        there are any, and counts each feature of a user's file as 1.
    every_reading
        Whether each plan is taken under each of its readings in turn.
    """

    demand: Path | None = None
    weight: str | None = None
    every_reading: bool = False


def cover(catalog: Catalog, references: Sequence[str], request: CoverageRequest, *, as_of: dt.date) -> CoverageResults:
    """Measure what plans cover.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    references
        Plans, `plan` or `plan@reading+reading`, at least one.
    request
        What is asked.
    as_of
        Day for which validity is told.

    Returns
    -------
    CoverageResults
        Of one plan, or of several beside each other.

    Raises
    ------
    InvalidInputError
        With every problem of the plans or the demand file, or when the plans do not share their districts.
    """
    plans = _plans(catalog, references, every=request.every_reading, as_of=as_of)
    first = next(iter(plans.values()))
    demand = _demand(catalog, first, request)
    zones = {name: zones_of(results) for name, results in plans.items()}
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


def zones_of(results: PlanResults) -> gpd.GeoDataFrame:
    """Return the components and parks of a plan; projects cover nothing.

    Parameters
    ----------
    results
        The plan, analysed.
    """
    return results.items[results.items["section"] != "projects"]


def population_name(results: PlanResults) -> str:
    """Return where the district populations of a plan's city are looked for.

    Parameters
    ----------
    results
        The plan, analysed.
    """
    return f"layers/{results.plan.city}/population.csv"


def _plans(catalog: Catalog, references: Sequence[str], *, every: bool, as_of: dt.date) -> dict[str, PlanResults]:
    plans: dict[str, PlanResults] = {}
    for name in dict.fromkeys(references):
        if every:
            plans[name], others = every_reading(catalog, name, as_of=as_of)
            plans |= {_reference(own): own for own in others.values()}
        else:
            plans[name] = analyse(catalog, name, as_of=as_of)
    first, *rest = plans.values()
    for other in rest:
        one_city(first, other)
    return plans


def _reference(results: PlanResults) -> str:
    readings = "+".join(reading.id for reading in results.readings)
    return f"{results.plan.id}@{readings}" if readings else results.plan.id


def _demand(catalog: Catalog, base: PlanResults, request: CoverageRequest) -> Demand | None:
    districts = base.geography.districts
    if request.demand is not None:
        path, weight = catalog.resolve(request.demand.as_posix()) or request.demand, request.weight
    else:
        shipped = catalog.resolve(population_name(base))
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
    beyond = demand.pieces[(demand.pieces["district"] == OUTSIDE) & (demand.pieces["weight"] > 0)]
    if len(beyond):
        ids = tuple(str(name) for name in beyond["demand"].unique())
        weight = f"{beyond['weight'].sum():,.6g}"
        key = ", ".join(ids[:NAMED])
        yield finding("coverage.outside", "warning", file=demand.file, key=key, ids=ids, count=len(ids), weight=weight)
    if not demand.frame["weight"].sum() > 0:
        yield finding("coverage.no_weight", "warning", file=demand.file, key=demand.weight_field)


def _said(frame: gpd.GeoDataFrame, column: str) -> tuple[str, ...]:
    if column not in frame.columns:
        return ()
    return tuple(sorted({str(value) for value in frame[column].dropna()}))
