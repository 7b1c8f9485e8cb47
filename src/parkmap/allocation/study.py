"""Studies that accompany a quota: sensitivity, the price of fairness, use against allocation, support."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import pandas as pd

from parkmap.allocation.allocate import rules_of
from parkmap.analysis.quota.context.monitoring import monitor_use
from parkmap.analysis.quota.context.subsidy import estimate_support
from parkmap.analysis.quota.study.fairness import price_of_fairness
from parkmap.analysis.quota.study.sensitivity import break_even, shadow_prices, weight_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from parkmap.allocation.allocate import Quota
    from parkmap.analysis.quota.context.subsidy import SubsidyEstimate
    from parkmap.plan.load import PlanSet
    from parkmap.plan.scenarios.schema import Grant, Scenario
    from parkmap.plan.schema import Rule

KEYS = ["item", "commodity", "year"]
MOST_CLAIMS: Final = 1_000
"""Sensitivity solves the problem again for every claim; beyond this many it is left out, and the report says so."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """How the quota responds to its inputs, before rounding to 1 m2.

    Parameters
    ----------
    percent
        Weights may be off by so many per cent in `ranges`.
    prices
        See `analysis.quota.study.sensitivity.shadow_prices`.
    ranges
        Index claim: item, commodity, year, allocated_m2, then as from `weight_ranges` and `break_even` there.
    fairness
        See `analysis.quota.study.fairness.price_of_fairness`.
    """

    percent: float
    prices: pd.DataFrame
    ranges: pd.DataFrame
    fairness: pd.DataFrame


@dataclasses.dataclass(frozen=True, kw_only=True)
class Study:
    """Studies that accompany a quota.

    Parameters
    ----------
    monitoring
        See `analysis.quota.context.monitoring.monitor_use`; None where nothing was recorded as used.
    subsidies
        See `analysis.quota.context.subsidy.estimate_support`; None where the scenario applies for nothing.
    sensitivity
        None where no allocation exists or there are too many claims.
    """

    monitoring: pd.DataFrame | None
    subsidies: SubsidyEstimate | None
    sensitivity: Sensitivity | None


def study(quota: Quota, plan_set: PlanSet, *, percent: float = 10.0) -> Study:
    """Return the studies of a quota.

    Parameters
    ----------
    quota
        The quota.
    plan_set
        Its plan with the policies.
    percent
        By how many per cent weights may be off.
    """
    solved = quota.outcome.status != "infeasible"
    few = len(quota.outcome.claims) <= MOST_CLAIMS
    return Study(
        monitoring=_monitoring(quota) if solved else None,
        subsidies=_subsidies(quota.scenario, rules_of(plan_set)),
        sensitivity=_sensitivity(quota, percent) if solved and few else None,
    )


def _sensitivity(quota: Quota, percent: float) -> Sensitivity:
    problem, method = quota.outcome.problem, quota.outcome.method
    fairness = quota.scenario.method.fairness or 0.0
    ranges = weight_ranges(problem, method=method, percent=percent, fairness=fairness)
    supply = break_even(problem, method=method, fairness=fairness)
    return Sensitivity(
        percent=percent,
        prices=shadow_prices(problem, method=method, fairness=fairness),
        ranges=quota.claims[[*KEYS, "allocated_m2"]].join(ranges).join(supply),
        fairness=price_of_fairness(problem),
    )


def _monitoring(quota: Quota) -> pd.DataFrame | None:
    actuals = quota.scenario.actuals
    if not actuals:
        return None
    items = {(a.item, a.commodity) for a in actuals}
    given = quota.allocations.rename(columns={"allocated_m2": "m2"})[[*KEYS, "m2"]]
    watched = [(row.item, row.commodity) in items for row in given.itertuples()]
    used = pd.DataFrame([{"item": a.item, "commodity": a.commodity, "year": a.year, "m2": a.used.m2} for a in actuals])
    return monitor_use(given[watched], used, carry_years=quota.scenario.carry_over_years)


def _subsidies(scenario: Scenario, rules: Mapping[str, Rule]) -> SubsidyEstimate | None:
    if not scenario.grants:
        return None
    named = sorted({grant.rule for grant in scenario.grants})
    supports = [support for name in named for support in _supports(rules[name])]
    applications = []
    for grant in scenario.grants:
        applications.append(_application(grant, f"{grant.rule}:{grant.amount}"))
        if grant.other is not None:
            other = f"other:{grant.id}"
            supports.append(_support(other, "", amount_yuan=grant.other.yuan, per="project"))
            applications.append({**_application(grant, other), "application": other, "count": 1})
    return estimate_support(pd.DataFrame(supports), pd.DataFrame(applications))


def _supports(rule: Rule) -> Iterator[dict[str, Any]]:
    for position, amount in enumerate(rule.amounts, start=1):
        values = amount.model_dump(include={"rate_percent", "cap_yuan", "amount_yuan", "years", "per"})
        yield _support(f"{rule.id}:{position}", rule.id, **values)


def _support(name: str, rule: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401  a row of a frame
    empty = {"rate_percent": None, "cap_yuan": None, "amount_yuan": None, "years": None}
    return {"support": name, "rule": rule, **empty, **values}


def _application(grant: Grant, support: str) -> dict[str, Any]:
    return {
        "application": grant.id,
        "applicant": grant.item,
        "support": support,
        "cost_yuan": grant.cost.yuan if grant.cost else None,
        "count": grant.count,
        "first_year": grant.year,
        "expense": grant.expense or grant.id,
    }
