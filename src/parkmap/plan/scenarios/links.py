"""Checks of a scenario that cross objects: every reference exists, no number contradicts another."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING

from parkmap.finding import finding
from parkmap.plan.links import plan_items, repeated_ids, source_findings
from parkmap.plan.references import broken_reference
from parkmap.plan.scenarios.groups import select_claims
from parkmap.plan.scenarios.pool_order import order_findings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from parkmap.plan.references import Located
    from parkmap.plan.scenarios.schema import Actual, Claim, Grant, Override, Scenario
    from parkmap.plan.schema import Plan, Rule


@dataclasses.dataclass(frozen=True, kw_only=True)
class Known:
    """What a scenario may refer to.

    Parameters
    ----------
    plan
        Its plan.
    rules
        Rules of the plan's policies by id.
    documents
        Ids of registered documents.
    land_classes
        Codes of land classes; empty where there is no register to check against.
    """

    plan: Plan
    rules: Mapping[str, Rule]
    documents: Collection[str]
    land_classes: Collection[str]


def scenario_findings(scenario: Scenario, known: Known) -> Iterator[Located]:
    """Yield broken references and contradictions of a scenario.

    Parameters
    ----------
    scenario
        The scenario, whole.
    known
        What it may refer to.
    """
    yield from repeated_ids(scenario, ("pools", "groups", "grants"))
    yield from source_findings(scenario, known.documents)
    if scenario.plan != known.plan.id:
        yield ("plan",), broken_reference("plan", scenario.plan, [known.plan.id])
    for key, name in _rule_references(scenario):
        if name not in known.rules:
            yield key, broken_reference("rule", name, known.rules)
    yield from _place_findings(scenario, known)
    yield from _claim_findings(scenario)
    yield from order_findings(scenario, known.rules)
    yield from _access_findings(scenario)
    yield from _group_findings(scenario, known.plan)
    yield from _record_findings("overrides", scenario.overrides, scenario)
    yield from _record_findings("actuals", scenario.actuals, scenario)
    for i, grant in enumerate(scenario.grants):
        if grant.rule in known.rules:
            yield from _grant_findings(("grants", i), grant, known.rules[grant.rule])


def _place_findings(scenario: Scenario, known: Known) -> Iterator[Located]:
    named = {item.id: item for item in plan_items(known.plan)}
    for key, name in _item_references(scenario):
        if name not in named:
            yield key, broken_reference("item", name, named)
    for i, claim in enumerate(scenario.claims):
        code = claim.land_class
        if code is not None and known.land_classes and code not in known.land_classes:
            yield ("claims", i, "land_class"), broken_reference("land class", code, known.land_classes)
        districts = named[claim.item].districts if claim.item in named else ()
        if claim.district is not None and districts and claim.district not in districts:
            yield ("claims", i, "district"), broken_reference("district", claim.district, districts)


def _rule_references(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for i, pool in enumerate(scenario.pools):
        if pool.rule is not None:
            yield ("pools", i, "rule"), pool.rule
    for i, claim in enumerate(scenario.claims):
        for field in ("tier_rule", "floor_rule", "cap_rule", "tenure_rule"):
            name = getattr(claim, field)
            if name is not None:
                yield ("claims", i, field), name
        if claim.pools is not None and claim.pools.rule is not None:
            yield ("claims", i, "pools", "rule"), claim.pools.rule
    for i, group in enumerate(scenario.groups):
        if group.rule is not None:
            yield ("groups", i, "rule"), group.rule
    for i, grant in enumerate(scenario.grants):
        yield ("grants", i, "rule"), grant.rule


def _item_references(scenario: Scenario) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for section in ("claims", "overrides", "actuals", "grants"):
        for i, entry in enumerate(getattr(scenario, section)):
            yield (section, i, "item"), entry.item
    for i, group in enumerate(scenario.groups):
        for j, name in enumerate(group.of.items):
            yield ("groups", i, "of", "items", j), name
        if group.of.component is not None:
            yield ("groups", i, "of", "component"), group.of.component


def _claim_findings(scenario: Scenario) -> Iterator[Located]:
    supplied = {(pool.commodity, pool.year) for pool in scenario.pools}
    seen: set[tuple[str, str, int]] = set()
    for i, claim in enumerate(scenario.claims):
        if (claim.commodity, claim.year) not in supplied:
            yield ("claims", i), finding("scenario.no_pool", "error", commodity=claim.commodity, year=claim.year)
        wanted = min(claim.claim.m2, claim.cap.m2) if claim.cap else claim.claim.m2
        if claim.floor and claim.floor.m2 > wanted:
            yield ("claims", i, "floor"), finding("scenario.floor", "error", floor=claim.floor.m2, wanted=wanted)
        key = (claim.item, claim.commodity, claim.year)
        if key in seen:
            yield ("claims", i), finding("scenario.repeated", "error", name=claim.item, year=claim.year)
        seen.add(key)


def _access_findings(scenario: Scenario) -> Iterator[Located]:
    kinds: dict[tuple[str, int], set[str]] = {}
    for pool in scenario.pools:
        kinds.setdefault((pool.commodity, pool.year), set()).add(pool.kind_id)
    for i, claim in enumerate(scenario.claims):
        there = kinds.get((claim.commodity, claim.year), set())
        for j, kind in enumerate(claim.pools.kinds if claim.pools else ()):
            if kind not in there:
                yield ("claims", i, "pools", "kinds", j), broken_reference("pool", kind, there)


def _group_findings(scenario: Scenario, plan: Plan) -> Iterator[Located]:
    for i, group in enumerate(scenario.groups):
        members = select_claims(group.of, scenario.claims, plan)
        if not members:
            yield ("groups", i, "of"), finding("scenario.empty_group", "error", name=group.id)
        elif group.floor is not None and group.floor.m2 > _most(members):
            yield (
                ("groups", i, "floor"),
                finding("scenario.floor", "error", floor=group.floor.m2, wanted=_most(members)),
            )


def _most(claims: Iterable[Claim]) -> int:
    return sum(min(claim.claim.m2, claim.cap.m2) if claim.cap else claim.claim.m2 for claim in claims)


def _record_findings(section: str, records: Iterable[Override | Actual], scenario: Scenario) -> Iterator[Located]:
    claimed = {(claim.item, claim.commodity, claim.year) for claim in scenario.claims}
    seen: Counter[tuple[str, str, int]] = Counter()
    for i, record in enumerate(records):
        key = (record.item, record.commodity, record.year)
        seen[key] += 1
        if key not in claimed:
            yield (section, i), finding("scenario.no_claim", "error", name=record.item, year=record.year)
        elif seen[key] > 1:
            yield (section, i), finding("scenario.repeated", "error", name=record.item, year=record.year)


def _grant_findings(key: tuple[str | int, ...], grant: Grant, rule: Rule) -> Iterator[Located]:
    if grant.amount > len(rule.amounts):
        yield (*key, "amount"), finding("scenario.no_amount", "error", rule=rule.id, count=len(rule.amounts))
        return
    offered = rule.amounts[grant.amount - 1]
    pays = offered.rate_percent is not None or offered.amount_yuan is not None
    if offered.per == "all_year" or (offered.per == "firm_year" and not pays):
        yield (*key, "amount"), finding("scenario.ceiling", "error", rule=rule.id, amount=grant.amount)
    elif offered.amount_yuan is None and grant.cost is None:
        yield (*key, "cost"), finding("scenario.no_cost", "error", rule=rule.id)
