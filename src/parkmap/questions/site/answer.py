"""Where new sites should stand: from a plan and the user's files to tables of facts."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
import shapely

from parkmap import messages
from parkmap.analysis.demand_grid import to_grid_points
from parkmap.analysis.network.travel import straight_line_m, travel_minutes
from parkmap.analysis.siting.problem import Problem
from parkmap.analysis.siting.trade_off import locate, trade_off
from parkmap.crs import WGS84
from parkmap.errors import InvalidInputError
from parkmap.facts.facts import Bilingual, facts
from parkmap.finding import Finding, finding
from parkmap.layers.candidates import read_candidates
from parkmap.layers.cost_matrix import read_matrix
from parkmap.layers.demand import read_demand
from parkmap.layers.items import item_sites
from parkmap.layers.road_file import city_road_path, city_roads
from parkmap.plan.travel import TRAVEL_FILE, TravelProfile, load_travel
from parkmap.questions.base import Answer
from parkmap.questions.heads import finding_rows, head, plan_names, stamps, titled
from parkmap.questions.site import tables
from parkmap.questions.site.page import layers, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

    from parkmap.analysis.siting.problem import Model
    from parkmap.analysis.siting.result import Siting
    from parkmap.facts.facts import Facts
    from parkmap.messages import Words
    from parkmap.plan.catalog import Catalog
    from parkmap.questions.base import Workspace
    from parkmap.questions.site import SiteRequest
    from parkmap.results.plan import PlanResults

DEFAULT_WEIGHT: Final = "population"
ORDER: Final = ("existing", "new", "shut", "forbidden")
"""States of sites in the order in which people read them."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Inputs:
    """What was read before anything is optimised; the cost in the unit of the request, with how it was measured."""

    base: PlanResults
    request: SiteRequest
    sites: gpd.GeoDataFrame
    demand: gpd.GeoDataFrame
    cell_m: float | None
    demand_file: str
    cost: NDArray[np.float64]
    method: Literal["network", "estimate", "mixed", "matrix"]
    profile: TravelProfile | None
    findings: tuple[Finding, ...]


def site(workspace: Workspace, reference: str, request: SiteRequest) -> Answer:
    """Return where new sites should stand.

    Parameters
    ----------
    workspace
        Where plans, layers and travel profiles lie, and for which day.
    reference
        The plan.
    request
        What is asked.

    Raises
    ------
    InvalidInputError
        With every problem of the plan, the question or the user's files.
    """
    model = cast("Model", request.model.replace("-", "_"))
    inputs = _read(workspace, reference, request, model)
    limits: dict[str, Any] = {key: getattr(request, key) for key in ("count", "budget_yuan", "within")}
    known = inputs.sites[["status", "capacity", "price_yuan"]]
    problem = Problem(demand=inputs.demand["weight"], sites=known, cost=inputs.cost, **limits)
    how: dict[str, Any] = {"reach": request.reach, "seconds": request.seconds}
    siting = locate(problem, model, backup=request.backup, least=request.least, **how)
    curve = trade_off(problem, model, counts=request.curve, **how) if request.curve else None
    findings = (*inputs.findings, *siting.findings)
    answer = Answer(
        document=tables.SITING,
        facts=tuple(_facts(inputs, siting, curve, findings)),
        base=inputs.base,
        shapes={tables.SITES.key: inputs.sites.geometry, tables.DEMAND.key: inputs.demand.geometry},
        findings=findings,
        page=lambda own: page(inputs.base, own),
    )
    return dataclasses.replace(answer, layers=lambda: tuple(layers(answer)))


def _read(workspace: Workspace, reference: str, request: SiteRequest, model: Model) -> _Inputs:
    catalog, base = workspace.catalog, workspace.plan(reference)
    if model in {"set_cover", "max_cover"} and request.reach is None:
        raise InvalidInputError([finding("site.no_reach", "error", key="--reach")])
    sites, notes = _sites(base, request)
    path, weight = _demand_file(catalog, base, request)
    areas = read_demand(path, weight=weight, districts=base.geography.districts, name=catalog.display(path))
    demand = to_grid_points(areas, cell_m=request.cell_m)
    cut = bool((shapely.get_dimensions(areas.geometry.to_numpy()) == 2).any())  # noqa: PLR2004
    files = [path, request.candidates, request.matrix, catalog.resolve(TRAVEL_FILE)]
    if request.unit == "minutes" and request.matrix is None:
        files.append(city_road_path(catalog, base.plan, request.roads))
    return _Inputs(
        base=base.reading_also(*files),
        request=request,
        sites=sites,
        demand=demand,
        cell_m=request.cell_m if cut else None,
        demand_file=catalog.display(path),
        findings=tuple(notes),
        **_ways(catalog, base, request, demand, sites),
    )


def _sites(base: PlanResults, request: SiteRequest) -> tuple[gpd.GeoDataFrame, list[Finding]]:
    notes: list[Finding] = []
    if request.candidates is not None:
        sites = read_candidates(request.candidates, crs=base.plan.crs)
    else:
        own, left = item_sites(base.zones)
        sites = own.assign(status="candidate", capacity=np.nan, price_yuan=np.nan)
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


def _ways(
    catalog: Catalog, base: PlanResults, request: SiteRequest, demand: gpd.GeoDataFrame, sites: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Return cost, method and profile of the ways from demand to sites."""
    if request.matrix is not None:
        cost, unit = read_matrix(request.matrix, demand=demand.index, sites=sites.index)
        if unit != request.unit:
            file = request.matrix.as_posix()
            raise InvalidInputError([finding("site.matrix_unit", "error", file=file, unit=unit, asked=request.unit)])
        return {"cost": cost, "method": "matrix", "profile": None}
    profile = load_travel(catalog).profile(request.profile)
    start, end = (shapely.get_coordinates(frame.geometry.to_numpy()) for frame in (demand, sites))
    if request.unit == "metres":
        return {"cost": straight_line_m(start, end) * profile.detour.factor, "method": "estimate", "profile": profile}
    roads = city_roads(catalog, base.plan, request.roads)
    network = None if roads is None else roads.roads
    speed, factor = profile.straight.kmh, profile.detour.factor
    travel = travel_minutes(network, start, end, profile=profile.id, speed_kmh=speed, detour_factor=factor)
    return {"cost": travel.minutes, "method": travel.method, "profile": profile}


def _facts(
    inputs: _Inputs, siting: Siting, curve: pd.DataFrame | None, findings: tuple[Finding, ...]
) -> Iterator[Facts]:
    base, whole = inputs.base, _whole(inputs, siting)
    names = {**plan_names(base), "site": dict(zip(inputs.sites.index, _names(inputs.sites), strict=True))}
    yield head(base)
    yield facts(tables.WHOLE, [whole])
    places = inputs.sites.geometry.to_crs(WGS84)
    sites = siting.sites.assign(lon=places.x, lat=places.y, capacity=inputs.sites["capacity"])
    ranks = sites.reset_index().assign(rank=sites["state"].map(ORDER.index).to_numpy()).sort_values(["rank", "site"])
    yield facts(
        tables.SITES,
        _columns(sites, inputs.sites, whole),
        names=names,
        title=titled(base, tables.SITES),
        notes=list(_notes(inputs, siting, whole, findings)),
        stamps=stamps(base),
        ranked=ranks.index.tolist,
    )
    points = [] if curve is None else curve.rename(columns={"mean_cost": "mean_way"})
    yield facts(tables.CURVE, points, names=names)
    demand = inputs.demand[["part_of"]].join(siting.demand.rename(columns={"cost": "way"}))
    columns = tables.demand_in(inputs.request.unit)
    yield facts(tables.DEMAND, _columns(demand, inputs.demand, whole), names=names, columns=columns)
    yield facts(tables.FINDINGS, finding_rows(findings))


def _names(frame: gpd.GeoDataFrame) -> Bilingual:
    return Bilingual(frame["name_zh"].tolist(), frame["name_en"].tolist())


def _columns(rows: pd.DataFrame, named: gpd.GeoDataFrame, whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return rows as columns, with their names and what features say of themselves."""
    known: dict[str, Any] = {str(key): values.tolist() for key, values in rows.items()}
    said = {key: [whole[key]] * len(rows) for key in ("model", "status", "method", "unit")}
    return {**known, "id": rows.index.tolist(), "name": _names(named), **said}


def _whole(inputs: _Inputs, siting: Siting) -> dict[str, Any]:
    asked, profile = inputs.request, inputs.profile
    return {
        **{key: getattr(siting, key) for key in ("model", "status", "seconds", "total_weight", "served_weight")},
        **{key: getattr(siting, key) for key in ("objective", "bound", "gap", "spent_yuan")},
        **{key: getattr(asked, key) for key in ("unit", "reach", "within", "count", "budget_yuan")},
        **{key: getattr(inputs, key) for key in ("method", "demand_file", "cell_m")},
        "estimate": inputs.method in {"estimate", "mixed"},
        "profile": None if profile is None else profile.id,
        "speed_kmh": None if profile is None or asked.unit == "metres" else profile.straight.kmh,
        "detour_factor": None if profile is None else profile.detour.factor,
        "mean_way": siting.mean_cost,
        "longest_way": siting.longest_cost,
        "new_sites": siting.opened,
    }


def _notes(inputs: _Inputs, siting: Siting, whole: Mapping[str, Any], findings: tuple[Finding, ...]) -> Iterator[Words]:
    words = {key: messages.words(f"site.{key}.{whole[key]}") for key in ("model", "status", "method")}
    if not np.isfinite(siting.objective):
        yield messages.words("note.site_none", **words)
    else:
        gap, seconds = _shown(siting.gap * 100, ".4g"), f"{siting.seconds:.1f}"
        objective, bound = (_shown(value, ",.6g") for value in (siting.objective, siting.bound))
        yield messages.words("note.site_answer", **words, objective=objective, bound=bound, gap=gap, seconds=seconds)
        mean, worst = (_shown(value, ",.4g") for value in (siting.mean_cost, siting.longest_cost))
        served, share = f"{siting.served_weight:,.6g}", f"{siting.served_share * 100:.1f}"
        unit = messages.words(f"unit.{inputs.request.unit}")
        yield messages.words("note.site_served", served=served, share=share, mean=mean, worst=worst, unit=unit)
        yield messages.words("note.site_marginal")
    yield messages.words("note.site_ways", method=words["method"], detail=_detail(whole))
    key = "note.site_demand_file" if inputs.cell_m is None else "note.site_cells"
    yield messages.words(key, file=inputs.demand_file, cell=f"{inputs.cell_m or 0:,.0f}")
    yield from (messages.each(found.text) for found in findings)


def _shown(value: float, form: str) -> str:
    return format(value, form) if np.isfinite(value) else "-"


def _detail(whole: Mapping[str, Any]) -> Words:
    """Return the numbers of an estimate; none with a table of the user."""
    if whole["detour_factor"] is None:
        return messages.NONE
    factor = f"{whole['detour_factor']:g}"
    if whole["speed_kmh"] is None:
        return messages.words("note.site_detour", factor=factor)
    return messages.words("note.site_speed", profile=whole["profile"], speed=f"{whole['speed_kmh']:g}", factor=factor)
