"""The answer to a location problem: the sites, the demand they serve, and the proven bound."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from parkmap.analysis.siting.assignment import Pairs, pairs, transport

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.siting.problem import Model, Problem
    from parkmap.finding import Finding

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
"""`feasible`: the time was over before the proof; `unknown`: before any answer."""

PROVEN: Final = 1e-6
"""Relative gap below which an answer counts as proven optimal: the tolerance of the solver."""
EXACT: Final = 1e-9
"""Difference below which objective and bound are equal."""
SECOND: Final = 1e-4
"""Weight of travel cost against being served, where one objective ranks both."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Siting:
    """Result of every siting model.

    Parameters
    ----------
    model
        Which question was asked.
    status
        How far it is answered.
    objective
        Number of new sites, or their price (set cover); weight served (maximal cover); sum of weight times cost
        (p-median); maximum cost (p-centre). Missing where there is no answer.
    bound
        Proven bound on the objective.
    gap
        Distance of the two, relative to the objective.
    seconds
        Time taken.
    sites
        Index site. open, new (bool); state (`existing`, `new`, `shut`, `forbidden`); price_yuan (missing where it has
        none); demands, served_weight; used_share (of the capacity; missing without one); marginal (what the objective
        loses when this site alone is closed: weight for the cover models, weight times cost, or cost; missing where
        some demand would have no site at all).
    demand
        Index demand. weight, site (that serves all or most of it; None), cost (mean cost of what is served),
        served_share, sites_within (open sites within reach).
    findings
        Why there is no answer, or what the answer leaves out.
    """

    model: Model
    status: Status
    objective: float
    bound: float
    gap: float
    seconds: float
    sites: pd.DataFrame
    demand: pd.DataFrame
    findings: tuple[Finding, ...] = ()

    @property
    def opened(self) -> tuple[str, ...]:
        """Ids of the new sites."""
        return tuple(self.sites.index[self.sites["new"]])

    @property
    def spent_yuan(self) -> float:
        """Sum of the prices of the new sites; missing where any has none."""
        return float(self.sites.loc[self.sites["new"], "price_yuan"].sum(skipna=False))

    @property
    def total_weight(self) -> float:
        """Weight of all demand."""
        return float(self.demand["weight"].sum())

    @property
    def served_weight(self) -> float:
        """Weight that is served."""
        return float((self.demand["weight"] * self.demand["served_share"]).sum())

    @property
    def served_share(self) -> float:
        """Share of the weight that is served; 0 where there is none."""
        return self.served_weight / self.total_weight if self.total_weight else 0.0

    @property
    def longest_cost(self) -> float:
        """Longest way of what is served; missing where nothing is."""
        return float(self.demand["cost"].max())

    @property
    def mean_cost(self) -> float:
        """Mean cost per unit of served weight; missing where nothing is served."""
        served = self.demand["weight"] * self.demand["served_share"]
        total = float(served.sum())
        return float((served * self.demand["cost"]).sum()) / total if total else float("nan")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a solver hands over.

    Parameters
    ----------
    opened
        Positions of all open sites, existing ones included; None where there is no answer.
    objective, bound
        Value and proven bound, in the terms of `Siting`.
    seconds
        Time taken.
    infeasible
        Whether it is proven that there is no answer.
    findings
        Why there is none, or what it leaves out.
    """

    opened: NDArray[np.int_] | None
    objective: float
    bound: float
    seconds: float
    infeasible: bool = False
    findings: tuple[Finding, ...] = ()


def siting_result(problem: Problem, model: Model, chosen: Chosen, *, reach: float) -> Siting:
    """Work out which demand the chosen sites serve, and the value of each site.

    Parameters
    ----------
    problem
        The question.
    model
        Which model answered it.
    chosen
        The sites.
    reach
        How far a site serves; infinite where the model has no such limit.
    """
    opened = np.empty(0, dtype=int) if chosen.opened is None else np.sort(chosen.opened)
    shares = _shares(problem, model, opened, reach)
    demand = _demand(problem, shares, opened, reach)
    sites = _sites(problem, shares, opened)
    sites["marginal"] = _marginal(problem, model, opened, reach)
    gap = _gap(chosen)
    return Siting(
        model=model,
        status=_status(chosen, gap),
        objective=chosen.objective,
        bound=chosen.bound,
        gap=gap,
        seconds=chosen.seconds,
        sites=sites,
        demand=demand,
        findings=chosen.findings,
    )


def _gap(chosen: Chosen) -> float:
    if chosen.opened is None or not np.isfinite(chosen.bound):
        return float("nan") if chosen.opened is None else float("inf")
    distance = abs(chosen.objective - chosen.bound)
    return 0.0 if distance <= EXACT * (1 + abs(chosen.objective)) else distance / max(abs(chosen.objective), EXACT)


def _status(chosen: Chosen, gap: float) -> Status:
    if chosen.opened is None:
        return "infeasible" if chosen.infeasible else "unknown"
    return "optimal" if gap <= PROVEN else "feasible"


def _shares(problem: Problem, model: Model, opened: NDArray[np.int_], reach: float) -> NDArray[np.float64]:
    """Return the share of each demand (row) that goes to each open site (column)."""
    shares = np.zeros((len(problem.demand), len(opened)))
    if len(opened) == 0:
        return shares
    if problem.limited:
        chosen = _pairs(problem, model, reach)
        moved = transport(problem, chosen, opened, everyone=model != "max_cover")
        if moved is not None:
            column = np.searchsorted(opened, problem.usable[chosen.site])
            kept = np.isin(problem.usable[chosen.site], opened)
            shares[chosen.demand[kept], column[kept]] = moved[kept]
        return np.where(shares < 1e-9, 0.0, shares)  # noqa: PLR2004 - the solver's tolerance
    costs = problem.cost[:, opened]
    nearest = costs.argmin(axis=1)
    served = np.isfinite(costs.min(axis=1)) & (costs.min(axis=1) <= reach)
    shares[np.flatnonzero(served), nearest[served]] = 1.0
    return shares


def _pairs(problem: Problem, model: Model, reach: float) -> Pairs:
    """Return the pairs of the assignment that is shown: the most weight first, then the least cost."""
    if model != "max_cover":
        return pairs(problem, reach, 1.0, 0.0)
    costs = problem.cost[np.isfinite(problem.cost)]
    return pairs(problem, reach, SECOND / max(float(costs.max(initial=0.0)), 1e-9), -1.0)


def _demand(problem: Problem, shares: NDArray[np.float64], opened: NDArray[np.int_], reach: float) -> pd.DataFrame:
    served = shares.sum(axis=1)
    costs = problem.cost[:, opened]
    spent = np.where(shares > 0, shares * np.where(np.isfinite(costs), costs, 0.0), 0.0).sum(axis=1)
    names = problem.sites.index[opened]
    main = shares.argmax(axis=1) if len(opened) else np.zeros(len(shares), dtype=int)
    columns = {
        "weight": problem.weights,
        "site": [str(names[at]) if share > 0 else None for at, share in zip(main, served, strict=True)],
        "cost": np.divide(spent, served, out=np.full(len(served), np.nan), where=served > 0),
        "served_share": np.minimum(served, 1.0),
        "sites_within": ((costs <= reach) & np.isfinite(costs)).sum(axis=1),
    }
    return pd.DataFrame(columns, index=problem.demand.index.rename("demand"))


def _sites(problem: Problem, shares: NDArray[np.float64], opened: NDArray[np.int_]) -> pd.DataFrame:
    is_open = np.isin(np.arange(len(problem.sites)), opened)
    load, heads = np.zeros(len(is_open)), np.zeros(len(is_open), dtype=int)
    load[opened] = (shares * problem.weights[:, None]).sum(axis=0)
    heads[opened] = (shares > 0).sum(axis=0)
    capacity = problem.capacities
    bounded = is_open & np.isfinite(capacity) & (capacity > 0)
    new = is_open & np.isin(np.arange(len(is_open)), problem.candidates)
    columns = {
        "open": is_open,
        "new": new,
        "state": problem.sites["status"].where(~new, "new").replace("candidate", "shut").to_numpy(),
        "price_yuan": problem.sites["price_yuan"].to_numpy(dtype=np.float64),
        "demands": heads,
        "served_weight": load,
        "used_share": np.divide(load, capacity, out=np.full(len(load), np.nan), where=bounded),
    }
    return pd.DataFrame(columns, index=problem.sites.index.rename("site"))


def _marginal(problem: Problem, model: Model, opened: NDArray[np.int_], reach: float) -> NDArray[np.float64]:
    """Return what the objective loses without each open site, the others staying; missing for shut ones."""
    lost = np.full(len(problem.sites), np.nan)
    whole = objective_value(problem, model, opened, reach)
    for site in opened:
        without = objective_value(problem, model, opened[opened != site], reach)
        lost[site] = abs(whole - without) if np.isfinite(whole) and np.isfinite(without) else np.nan
    return lost


def objective_value(problem: Problem, model: Model, opened: NDArray[np.int_], reach: float) -> float:
    """Return what some open sites are worth.

    Parameters
    ----------
    problem
        The question.
    model
        Which model is asked.
    opened
        Positions of the open sites.
    reach
        How far a site serves.

    Returns
    -------
    float
        Weight served (cover models), sum of weight times cost, or maximum cost; infinite where some demand has no site.
    """
    if problem.limited and len(opened):
        return _limited_value(problem, model, opened, reach)
    nearest = problem.cost[:, opened].min(axis=1, initial=np.inf)
    if model in {"set_cover", "max_cover"}:
        return float(problem.weights[(nearest <= reach) & np.isfinite(nearest)].sum())
    if model == "p_centre":
        return float(nearest.max())
    carried = problem.weights > 0
    return float((nearest[carried] * problem.weights[carried]).sum())


def _limited_value(problem: Problem, model: Model, opened: NDArray[np.int_], reach: float) -> float:
    if model == "p_centre":
        return _limited_centre(problem, opened)
    cover = model in {"set_cover", "max_cover"}
    chosen = pairs(problem, reach, 0.0, -1.0) if cover else pairs(problem, reach, 1.0, 0.0)
    moved = transport(problem, chosen, opened, everyone=not cover)
    if moved is None:
        return float("inf")
    total = float((moved * chosen.cost).sum())
    return -total if cover else total


def _limited_centre(problem: Problem, opened: NDArray[np.int_]) -> float:
    """Return the least maximum cost within which the open sites have room for all demand, by bisection."""
    radii = np.unique(problem.cost[:, opened][np.isfinite(problem.cost[:, opened])])
    low, high = 0, len(radii)
    while low < high:
        middle = (low + high) // 2
        fits = transport(problem, pairs(problem, float(radii[middle]), 1.0, 0.0), opened, everyone=True) is not None
        low, high = (low, middle) if fits else (middle + 1, high)
    return float(radii[low]) if low < len(radii) else float("inf")
