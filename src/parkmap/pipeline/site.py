"""Orchestration of `parkmap site`: from a plan and the user's files to where new sites should stand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely

from parkmap.analysis.demand_grid import to_grid_points
from parkmap.analysis.network.travel import travel_minutes
from parkmap.analysis.siting.problem import Problem
from parkmap.analysis.siting.trade_off import locate, trade_off
from parkmap.defaults import CELL_M, SITE_PROFILE, SITING_SECONDS
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.candidates import read_candidates
from parkmap.layers.cost_matrix import read_matrix
from parkmap.layers.demand import read_demand
from parkmap.layers.features import anchors
from parkmap.pipeline.reach import city_roads, road_name
from parkmap.plan.travel import TRAVEL_FILE, load_travel
from parkmap.results.plan import analyse
from parkmap.results.site import Method, SiteResults

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from parkmap.analysis.siting.cover import Backup
    from parkmap.analysis.siting.problem import Model
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.travel import TravelProfile
    from parkmap.results.plan import PlanResults

DEFAULT_WEIGHT: Final = "population"
Unit = Literal["minutes", "metres"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class SiteRequest:
    """What is asked.

    Parameters
    ----------
    model
        Which siting model.
    count, budget_yuan, within
        Limits of the question; see `Problem`.
    reach
        How far a site serves, for the cover models.
    backup, least
        What set cover asks of a second site, and what it counts.
    curve
        Numbers of new sites for which the optimum is told as well; empty asks for none.
    unit
        Unit of `reach` and `within`.
    candidates
        User's sites; None takes the plan's own components and parks.
    existing, forbidden
        Ids of sites that are open anyway, or must not be opened.
    demand, weight
        User's demand and the property that holds its weight; None takes the district populations of the city.
    cell_m
        Width of the cells into which areas of demand are cut.
    matrix
        User's table of ways; None measures them.
    roads, profile
        Road file and travel profile.
    seconds
        Time limit of each optimisation.
    """

    model: Model
    count: int | None = None
    budget_yuan: float | None = None
    within: float | None = None
    reach: float | None = None
    backup: Backup = "none"
    least: Literal["count", "price"] = "count"
    curve: tuple[int, ...] = ()
    unit: Unit = "minutes"
    candidates: Path | None = None
    existing: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    demand: Path | None = None
    weight: str | None = None
    cell_m: float = CELL_M
    matrix: Path | None = None
    roads: Path | None = None
    profile: str = SITE_PROFILE
    seconds: float = SITING_SECONDS


def site(catalog: Catalog, plan_id: str, request: SiteRequest, *, as_of: dt.date) -> SiteResults:
    """Answer where new sites should stand.

    Parameters
    ----------
    catalog
        Where plans, layers and travel profiles lie.
    plan_id
        Id of the plan.
    request
        What is asked.
    as_of
        Day for which validity is told.

    Returns
    -------
    SiteResults
        Sites, who they serve, bound and gap.

    Raises
    ------
    InvalidInputError
        With every problem of the plan, the question or the user's files.
    """
    base = analyse(catalog, plan_id, as_of=as_of)
    if request.model in {"set_cover", "max_cover"} and request.reach is None:
        raise InvalidInputError([finding("site.no_reach", "error", key="--reach")])
    sites, notes = _sites(base, request)
    path, weight = _demand_file(catalog, base, request)
    areas = read_demand(path, weight=weight, districts=base.geography.districts, name=catalog.display(path))
    demand = to_grid_points(areas, cell_m=request.cell_m)
    ways = _ways(catalog, base, request, demand, sites)
    problem = Problem(
        demand=demand["weight"],
        sites=sites[["status", "capacity", "price_yuan"]],
        cost=ways.cost,
        count=request.count,
        budget_yuan=request.budget_yuan,
        within=request.within,
    )
    answer = locate(
        problem,
        request.model,
        reach=request.reach,
        backup=request.backup,
        least=request.least,
        seconds=request.seconds,
    )
    cut = bool((shapely.get_dimensions(areas.geometry.to_numpy()) == 2).any())  # noqa: PLR2004
    return SiteResults(
        base=base.reading_also(*_files(catalog, base, request, path)),
        problem=problem,
        answer=answer,
        curve=_curve(problem, request),
        sites=sites,
        demand=demand,
        unit=ways.unit,
        method=ways.method,
        profile=ways.profile,
        reach=request.reach,
        cell_m=request.cell_m if cut else None,
        demand_origin=catalog.display(path),
        findings=(*notes, *answer.findings),
    )


def _curve(problem: Problem, request: SiteRequest) -> pd.DataFrame | None:
    if not request.curve:
        return None
    return trade_off(problem, request.model, counts=request.curve, reach=request.reach, seconds=request.seconds)


def _sites(base: PlanResults, request: SiteRequest) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    notes: list[Finding] = []
    if request.candidates is not None:
        sites = read_candidates(request.candidates, crs=base.plan.crs)
    else:
        items = base.items[base.items["section"] != "projects"]
        placed = items.geometry.notna() & (items["method"] != "buffered_path")
        own = items.loc[placed, ["name_zh", "name_en", "geometry"]].rename_axis("site")
        sites = anchors(own.assign(status="candidate", capacity=np.nan, price_yuan=np.nan))
        left = tuple(str(name) for name in items.index[~placed])
        if left:
            notes.append(finding("site.no_point", "note", key=", ".join(left), ids=left, count=len(left)))
    unknown = [name for name in (*request.existing, *request.forbidden) if name not in sites.index]
    if unknown:
        known = ", ".join(str(name) for name in sites.index)
        raise InvalidInputError([finding("site.unknown", "error", key=n, name=n, known=known) for n in unknown])
    both = sorted(set(request.existing) & set(request.forbidden))
    if both:
        raise InvalidInputError([finding("site.both", "error", key=n, name=n) for n in both])
    sites.loc[list(request.existing), "status"] = "existing"
    sites.loc[list(request.forbidden), "status"] = "forbidden"
    return sites, notes


def _demand_file(catalog: Catalog, base: PlanResults, request: SiteRequest) -> tuple[Path, str | None]:
    """Return the demand file and the column of its weight: the user's, else the populations of the city."""
    if request.demand is not None:
        return catalog.resolve(request.demand.as_posix()) or request.demand, request.weight
    shipped = catalog.resolve(base.population_file)
    if shipped is None:
        raise InvalidInputError([finding("site.no_demand", "error", key="--demand", file=base.population_file)])
    return shipped, request.weight or DEFAULT_WEIGHT


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Ways:
    cost: NDArray[np.float64]
    unit: Unit
    method: Method
    profile: TravelProfile | None


def _ways(
    catalog: Catalog, base: PlanResults, request: SiteRequest, demand: gpd.GeoDataFrame, sites: gpd.GeoDataFrame
) -> _Ways:
    if request.matrix is not None:
        cost, unit = read_matrix(request.matrix, demand=demand.index, sites=sites.index)
        if unit != request.unit:
            raise InvalidInputError(
                [finding("site.matrix_unit", "error", file=request.matrix.as_posix(), unit=unit, asked=request.unit)]
            )
        return _Ways(cost=cost, unit=request.unit, method="matrix", profile=None)
    profile = load_travel(catalog).profile(request.profile)
    start, end = (shapely.get_coordinates(frame.geometry.to_numpy()) for frame in (demand, sites))
    if request.unit == "metres":
        straight = np.hypot(*(start[:, None, :] - end[None, :, :]).transpose(2, 0, 1))
        return _Ways(cost=straight * profile.detour.factor, unit="metres", method="estimate", profile=profile)
    file = city_roads(catalog, base.plan, request.roads)
    travel = travel_minutes(
        None if file is None else file.roads,
        start,
        end,
        profile=profile.id,
        speed_kmh=profile.straight.kmh,
        detour_factor=profile.detour.factor,
    )
    method: Method = "estimate" if travel.estimate.all() else "mixed" if travel.estimate.any() else "network"
    return _Ways(cost=travel.minutes, unit="minutes", method=method, profile=profile)


def _files(catalog: Catalog, base: PlanResults, request: SiteRequest, demand: Path) -> list[Path | None]:
    files = [demand, request.candidates, request.matrix, catalog.resolve(TRAVEL_FILE)]
    if request.unit == "minutes" and request.matrix is None:
        files.append(request.roads or catalog.resolve(road_name(base.plan)))
    return files
