"""From a scenario to a quota problem and its outcome: what was decided, in terms of the solver."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from parkmap.analysis.quota.context.developable import floor_space_cap_m2
from parkmap.analysis.quota.model.faults import InvalidProblemError
from parkmap.analysis.quota.model.override import Override
from parkmap.analysis.quota.model.problem import Problem, make_problem
from parkmap.analysis.quota.outcome.flows import flows_of
from parkmap.analysis.quota.outcome.sums import AMOUNTS, sums_by
from parkmap.analysis.quota.sharing import Options
from parkmap.analysis.quota.solve import solve
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.plan.scenarios.groups import component_of, district_of, role_of, select_claims
from parkmap.plan.scenarios.pool_order import pool_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.analysis.quota.model.faults import Fault
    from parkmap.analysis.quota.outcome.flows import Flows
    from parkmap.analysis.quota.outcome.outcome import Outcome
    from parkmap.plan.load import PlanSet
    from parkmap.plan.scenarios.groups import Ground
    from parkmap.plan.scenarios.schema import Claim, Scenario, Sharing
    from parkmap.plan.schema import Rule

FLAT = ["item", "commodity", "year", "tier", "weight", "claim_m2", "floor_m2", "cap_m2"]
PARTITIONS: Final = ("district", "role", "component", "land-class", "tenure")
"""By what claims are added up; each partition sums up to the totals."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Quota:
    """The quota of one scenario.

    Parameters
    ----------
    scenario
        What was shared, and by which rule.
    outcome
        The result of the engine.
    developable
        What constraint layers leave of each zone, see `analysis.quota.context.developable`; None where there are none.
    """

    scenario: Scenario
    outcome: Outcome
    developable: pd.DataFrame | None = None

    @functools.cached_property
    def claims(self) -> pd.DataFrame:
        """Claims as stated with what they get.

        Index claim, with the columns of problem and outcome, and further far (floor-area ratio), land-class, tenure,
        met_share (of the claim; 1 where nothing is claimed), equivalent_m2 (floor space that the land takes by that
        ratio, or land that the floor space needs; halves rounded up, empty without a ratio).
        """
        table = self.outcome.problem.claims.join(self.outcome.claims)
        given, far = table["allocated_m2"], table["far"].astype(float)
        exact = (given * far).where(table["commodity"] == "land", given / far)
        return table.assign(met_share=_met(table), equivalent_m2=(exact + 0.5) // 1)

    @property
    def allocations(self) -> pd.DataFrame:
        """One row per claim: item, commodity, year, bounds, allocated_m2, unmet_m2, bound."""
        return self.claims[[*FLAT, "allocated_m2", "unmet_m2", "bound"]].reset_index(drop=True)

    @functools.cached_property
    def sums(self) -> pd.DataFrame:
        """Claims added up by each of `PARTITIONS`: partition, key ("" gathers those without), then as `sums_by`."""
        parts = (sums_by(self.claims, name).rename(columns={name: "key"}).assign(partition=name) for name in PARTITIONS)
        return pd.concat(parts, ignore_index=True)

    @functools.cached_property
    def by_item(self) -> pd.DataFrame:
        """Index item, commodity: claim_m2, allocated_m2, unmet_m2 of all years."""
        return self.claims.groupby(["item", "commodity"])[AMOUNTS].sum()

    def flows(self, commodity: str) -> Flows:
        """Return where one commodity goes, by land class, or by role of the component where no class is set.

        Parameters
        ----------
        commodity
            The commodity.
        """
        claims = self.claims[self.claims["commodity"] == commodity]
        classed = claims["land-class"].where(claims["land-class"] != "", claims["role"])
        return flows_of(self.outcome.draws, claims.assign(**{"class": classed}), self.outcome.pools)

    @property
    def totals(self) -> pd.DataFrame:
        """One row per commodity and year; allocated + unallocated = supply. With met_share, as in `claims`."""
        totals = self.outcome.totals
        return totals.assign(met_share=_met(totals))


def _met(table: pd.DataFrame) -> pd.Series:
    return (table["allocated_m2"] / table["claim_m2"]).where(table["claim_m2"] > 0, 1.0)


def claim_id(item: str, commodity: str, year: int) -> str:
    """Return the id under which the engine knows a claim.

    Parameters
    ----------
    item, commodity, year
        What claims, what, and when.
    """
    return f"{item}:{commodity}:{year}"


def allocate(
    scenario: Scenario, plan_set: PlanSet, *, developable: pd.DataFrame | None = None, ground: Ground | None = None
) -> Quota:
    """Share the supply of a scenario by its own method.

    Parameters
    ----------
    scenario
        The scenario, whole.
    plan_set
        Its plan with the policies.
    developable
        Index item: developable_m2, the land that constraint layers leave it; unknown or missing is no limit.
    ground
        Districts of items on the ground, for those of which the plan names none.

    Returns
    -------
    Quota
        Whole square metres. Where no allocation satisfies every bound, the outcome explains why.

    Raises
    ------
    InvalidInputError
        With every fault that only the engine can see.
    """
    known = {} if developable is None else developable["developable_m2"].dropna().astype(int).to_dict()
    try:
        problem = problem_of(scenario, plan_set, developable_m2=known, ground=ground)
        outcome = solve(problem, options=options_of(scenario.method), overrides=overrides_of(scenario))
    except InvalidProblemError as error:
        raise InvalidInputError([_located(fault, scenario, plan_set) for fault in error.faults]) from error
    return Quota(scenario=scenario, outcome=outcome, developable=developable)


def options_of(sharing: Sharing) -> Options:
    """Return how the engine is to share.

    Parameters
    ----------
    sharing
        Method of the scenario.
    """
    return Options(method=sharing.name, rounding=sharing.rounding, fairness=sharing.fairness or 0.0)


def overrides_of(scenario: Scenario) -> tuple[Override, ...]:
    """Return the manual overrides that still have a claim.

    Parameters
    ----------
    scenario
        The scenario.
    """
    claimed = {claim_id(c.item, c.commodity, c.year) for c in scenario.claims}
    made = (
        Override(claim=claim_id(o.item, o.commodity, o.year), m2=o.m2, who=o.who, when=o.when, why=o.why.zh)
        for o in scenario.overrides
    )
    return tuple(override for override in made if override.claim in claimed)


def problem_of(
    scenario: Scenario,
    plan_set: PlanSet,
    *,
    developable_m2: Mapping[str, int] | None = None,
    ground: Ground | None = None,
) -> Problem:
    """Return the problem that a scenario states.

    Parameters
    ----------
    scenario
        The scenario, whole.
    plan_set
        Its plan with the policies.
    developable_m2
        Item to the land that constraint layers leave it; it caps the sum of the item's land claims, and by their
        floor-area ratio that of its claims to floor space.
    ground
        Districts of items on the ground, for those of which the plan names none.

    Raises
    ------
    InvalidProblemError
        With every fault that only the engine can see.
    """
    groups, members = _groups(scenario, plan_set, developable_m2 or {}, ground)
    return make_problem(
        pools=pd.DataFrame(_pools(scenario, rules_of(plan_set))),
        claims=pd.DataFrame([_claim(claim, scenario, plan_set, ground) for claim in scenario.claims]),
        groups=pd.DataFrame(groups) if groups else None,
        members=pd.DataFrame(members) if members else None,
    )


def rules_of(plan_set: PlanSet) -> dict[str, Rule]:
    """Return the rules of a plan's policies by id.

    Parameters
    ----------
    plan_set
        The plan with its policies.
    """
    return {rule.id: rule for policy in plan_set.policies.values() for rule in policy.rules}


def _pools(scenario: Scenario, rules: Mapping[str, Rule]) -> list[dict[str, Any]]:
    steps = pool_steps(scenario, rules)
    return [
        {
            "pool": pool.id,
            "commodity": pool.commodity,
            "year": pool.year,
            "supply_m2": pool.supply.m2,
            "order": steps[pool.id],
            "rule": pool.rule or "",
            "kind": pool.kind_id,
        }
        for pool in scenario.pools
    ]


def _claim(claim: Claim, scenario: Scenario, plan_set: PlanSet, ground: Ground | None) -> dict[str, Any]:
    plan = plan_set.plan
    return {
        "claim": claim_id(claim.item, claim.commodity, claim.year),
        "item": claim.item,
        "commodity": claim.commodity,
        "year": claim.year,
        "claim_m2": claim.claim.m2,
        "floor_m2": claim.floor.m2 if claim.floor else 0,
        "cap_m2": claim.cap.m2 if claim.cap else claim.claim.m2,
        "tier": claim.tier,
        "weight": claim.weight,
        "indivisible": claim.indivisible,
        "pools": _open_pools(claim, scenario),
        "floor_rule": claim.floor_rule or "",
        "cap_rule": claim.cap_rule or "",
        "tier_rule": claim.tier_rule or "",
        "district": district_of(claim, plan, ground) or "",
        "component": component_of(claim, plan) or "",
        "role": role_of(claim, plan) or "",
        "land-class": claim.land_class or "",
        "tenure": claim.tenure or "",
        "far": claim.far,
    }


def _open_pools(claim: Claim, scenario: Scenario) -> tuple[str, ...]:
    if claim.pools is None:
        return ()
    market = (claim.commodity, claim.year)
    kinds = claim.pools.kinds
    return tuple(p.id for p in scenario.pools if (p.commodity, p.year) == market and p.kind_id in kinds)


def _groups(
    scenario: Scenario, plan_set: PlanSet, developable_m2: Mapping[str, int], ground: Ground | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    groups: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    for bound in scenario.groups:
        row: dict[str, Any] = {"group": bound.id, "partition": bound.partition, "rule": bound.rule or ""}
        row["floor_m2"] = bound.floor.m2 if bound.floor else 0
        row["cap_m2"] = bound.cap.m2 if bound.cap else None
        claims = select_claims(bound.of, scenario.claims, plan_set.plan, ground)
        if claims:
            groups.append(row)
            members += [{"group": bound.id, "claim": claim_id(c.item, c.commodity, c.year)} for c in claims]
    for row, claims in _developable_bounds(scenario, developable_m2):
        groups.append(row)
        members += [{"group": row["group"], "claim": claim_id(c.item, c.commodity, c.year)} for c in claims]
    return groups, members


def _developable_bounds(
    scenario: Scenario, developable_m2: Mapping[str, int]
) -> Iterator[tuple[dict[str, Any], list[Claim]]]:
    """Yield what constraint layers allow each item: its land, and the floor space that this land carries.

    All years together stay within it. Floor space is bounded where its claims state a floor-area ratio, by the largest.
    """
    shared = {"partition": "developable", "rule": "", "floor_m2": 0}
    for item, most in developable_m2.items():
        own = [claim for claim in scenario.claims if claim.item == item]
        land = [claim for claim in own if claim.commodity == "land"]
        if land:
            yield {"group": f"developable:{item}", "cap_m2": most, **shared}, land
        floors = [claim for claim in own if claim.commodity == "floor_space" and claim.far is not None]
        if floors:
            ratio = max(claim.far for claim in floors if claim.far is not None)
            cap = floor_space_cap_m2(most, ratio)
            yield {"group": f"developable-floor:{item}", "cap_m2": cap, **shared}, floors


def _located(fault: Fault, scenario: Scenario, plan_set: PlanSet) -> Finding:
    """Express a fault of the problem in terms of the scenario file."""
    origin = plan_set.origins.get(f"scenarios/{scenario.id}")
    found = finding("quota.fault", "error", fault=fault.code, name=fault.id or fault.table, value=fault.value or "-")
    section = {"members": "groups"}.get(fault.table, fault.table)
    if origin is None:
        return dataclasses.replace(found, key=f"{section}[{fault.row}].{fault.column}")
    return origin.located((section, fault.row) if fault.row >= 0 else (section,), found)
