"""Report of `parkmap site`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Head, Report, head, number, records
from parkmap.output.reports.roads import RoadFinding, finding_entries

if TYPE_CHECKING:
    from parkmap.results.site import SiteResults


class SiteEntry(Report):
    """One site that is or could be."""

    id: str
    name_zh: str
    name_en: str
    state: Literal["existing", "new", "shut", "forbidden"]
    lon: float
    lat: float
    demands: int
    """Number of demands that go there."""
    served_weight: float
    capacity: float | None
    used_share: float | None
    price_yuan: float | None
    marginal: float | None
    """What the objective loses when this site alone is closed; null for shut sites, and where somebody would be left
    without any site."""


class SiteDemand(Report):
    """One demand, or one cell of an area of demand."""

    id: str
    part_of: str
    name_zh: str
    name_en: str
    weight: float
    site: str | None
    """Where it, or most of it, goes."""
    way: float | None
    served_share: float
    sites_within: int
    """Open sites within reach."""


class SiteCurvePoint(Report):
    """The optimum for one number of new sites."""

    count: int
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    objective: float | None
    bound: float | None
    gap: float | None
    gain: float | None
    """What the objective improves over the row before."""
    seconds: float
    served_weight: float
    mean_way: float | None
    opened: list[str]


class SitingReport(Head):
    """Result of `parkmap site`."""

    model: Literal["set_cover", "max_cover", "p_median", "p_centre"]
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    objective: float | None
    """New sites or their price (set cover), weight served (maximal cover), sum of weight times way (p-median), longest
    way (p-centre)."""
    bound: float | None
    """What no answer can beat, proven; null where nothing is proven."""
    gap: float | None
    seconds: float
    unit: Literal["minutes", "metres"]
    method: Literal["network", "estimate", "mixed", "matrix"]
    estimate: bool
    """True where any way is a straight-line estimate."""
    profile: str | None
    speed_kmh: float | None
    detour_factor: float | None
    reach: float | None
    within: float | None
    count: int | None
    budget_yuan: float | None
    demand_file: str
    cell_m: float | None
    """Width of the cells over which areas of demand were evenly spread; null where there were none."""
    total_weight: float
    served_weight: float
    mean_way: float | None
    longest_way: float | None
    new_sites: list[str]
    spent_yuan: float | None
    """Sum of the prices of the new sites; null where any has none."""
    sites: list[SiteEntry]
    demand: list[SiteDemand]
    curve: list[SiteCurvePoint]
    findings: list[RoadFinding]


def siting_report(results: SiteResults) -> SitingReport:
    """Return where new sites should stand as a report.

    Parameters
    ----------
    results
        The results of one question.
    """
    answer, problem, profile = results.answer, results.problem, results.profile
    spent = results.sites.loc[list(answer.opened), "price_yuan"]
    return SitingReport(
        **head(results.base),
        model=answer.model,
        status=answer.status,
        objective=_finite(answer.objective),
        bound=_finite(answer.bound),
        gap=_finite(answer.gap),
        seconds=round(answer.seconds, 3),
        unit=results.unit,
        method=results.method,
        estimate=results.method in {"estimate", "mixed"},
        profile=None if profile is None else profile.id,
        speed_kmh=None if profile is None or results.unit == "metres" else profile.straight.kmh,
        detour_factor=None if profile is None else profile.detour.factor,
        reach=results.reach,
        within=problem.within,
        count=problem.count,
        budget_yuan=problem.budget_yuan,
        demand_file=results.demand_origin,
        cell_m=results.cell_m,
        total_weight=float(problem.weights.sum()),
        served_weight=answer.served_weight,
        mean_way=_finite(answer.mean_cost),
        longest_way=_finite(float(answer.demand["cost"].max())),
        new_sites=list(answer.opened),
        spent_yuan=None if spent.isna().any() else float(spent.sum()),
        sites=_sites(results),
        demand=_demand(results),
        curve=_curve(results),
        findings=finding_entries(results.findings),
    )


def _finite(value: float) -> float | None:
    return None if value in {float("inf"), -float("inf")} else number(value)


def _sites(results: SiteResults) -> list[SiteEntry]:
    sites, answer = results.sites, results.answer.sites
    places = sites.geometry.to_crs("EPSG:4326")
    state = sites["status"].where(~answer["new"], "new").replace("candidate", "shut")
    frame = sites[["name_zh", "name_en", "capacity", "price_yuan"]].assign(
        state=state, lon=places.x.round(7), lat=places.y.round(7)
    )
    frame = frame.join(answer[["demands", "served_weight", "used_share", "marginal"]])
    return [SiteEntry(**row) for row in records(frame.rename_axis("id"))]


def _demand(results: SiteResults) -> list[SiteDemand]:
    names = results.demand[["part_of", "name_zh", "name_en"]]
    frame = names.join(results.answer.demand.rename(columns={"cost": "way"}))
    return [SiteDemand(**row) for row in records(frame.rename_axis("id"))]


def _curve(results: SiteResults) -> list[SiteCurvePoint]:
    if results.curve is None:
        return []
    rows = records(results.curve.rename(columns={"mean_cost": "mean_way"}))
    keys = ("objective", "bound", "gap", "gain", "mean_way")
    return [
        SiteCurvePoint(**{**row, **{key: None if row[key] is None else _finite(row[key]) for key in keys}})
        for row in rows
    ]
