"""Checks that cross objects: ids are unique and every reference leads somewhere.

Each check yields (key path, finding); the loader adds file and line.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from parkmap.finding import Finding, finding
from parkmap.plan.schema import Closed, Document, Item, Plan, Policy, Scenario, Source
from parkmap.plan.yaml_file import KeyPath

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

Located = tuple[KeyPath, Finding]

ITEM_SECTIONS = ("components", "parks", "projects")
"""Sections of a plan whose entries share one name space of ids."""


def plan_link_findings(plan: Plan, documents: Mapping[str, Document], policy_ids: Collection[str]) -> Iterator[Located]:
    """Yield broken references and repeated ids of a plan."""
    yield from _repeated_ids(plan, (*ITEM_SECTIONS, "industries", "positions", "targets"))
    yield from _source_findings(plan, documents)
    if plan.document not in documents:
        yield ("document",), _broken("document", plan.document, documents)
    for i, name in enumerate(plan.policies):
        if name not in policy_ids:
            yield ("policies", i), _broken("policy", name, policy_ids)
    yield from _industry_findings(plan)
    yield from _item_findings(plan)


def policy_link_findings(policy: Policy, documents: Mapping[str, Document]) -> Iterator[Located]:
    """Yield broken references and repeated ids of a policy."""
    yield from _repeated_ids(policy, ("rules",))
    yield from _source_findings(policy, documents)
    if policy.document not in documents:
        yield ("document",), _broken("document", policy.document, documents)


def scenario_link_findings(
    scenario: Scenario, plan: Plan, rule_ids: Collection[str], documents: Mapping[str, Document]
) -> Iterator[Located]:
    """Yield broken references and contradictions of a scenario."""
    yield from _repeated_ids(scenario, ("pools",))
    yield from _source_findings(scenario, documents)
    if scenario.plan != plan.id:
        yield ("plan",), _broken("plan", scenario.plan, [plan.id])
    for i, pool in enumerate(scenario.pools):
        if pool.rule is not None and pool.rule not in rule_ids:
            yield ("pools", i, "rule"), _broken("rule", pool.rule, rule_ids)
    yield from _claim_findings(scenario, {item.id for item in items(plan)}, rule_ids)


def items(plan: Plan) -> tuple[Item, ...]:
    """Return components, parks and projects of a plan, in this order."""
    return (*plan.components, *plan.parks, *plan.projects)


def _claim_findings(scenario: Scenario, item_ids: Collection[str], rule_ids: Collection[str]) -> Iterator[Located]:
    supplied = {(pool.commodity, pool.year) for pool in scenario.pools}
    seen: set[tuple[str, str, int]] = set()
    for i, claim in enumerate(scenario.claims):
        if claim.item not in item_ids:
            yield ("claims", i, "item"), _broken("item", claim.item, item_ids)
        if claim.tier_rule is not None and claim.tier_rule not in rule_ids:
            yield ("claims", i, "tier_rule"), _broken("rule", claim.tier_rule, rule_ids)
        if (claim.commodity, claim.year) not in supplied:
            yield ("claims", i), finding("scenario.no_pool", "error", commodity=claim.commodity, year=claim.year)
        wanted = min(claim.claim.m2, claim.cap.m2) if claim.cap else claim.claim.m2
        if claim.floor and claim.floor.m2 > wanted:
            yield ("claims", i, "floor"), finding("scenario.floor", "error", floor=claim.floor.m2, wanted=wanted)
        key = (claim.item, claim.commodity, claim.year)
        if key in seen:
            yield ("claims", i), finding("scenario.repeated", "error", name=claim.item, year=claim.year)
        seen.add(key)


def _industry_findings(plan: Plan) -> Iterator[Located]:
    known = {industry.id for industry in plan.industries}
    parents = {industry.id: industry.parent for industry in plan.industries}
    for i, industry in enumerate(plan.industries):
        if industry.parent is not None and industry.parent not in known:
            yield ("industries", i, "parent"), _broken("industry", industry.parent, known)
        elif _in_cycle(industry.id, parents):
            yield ("industries", i, "parent"), finding("link.cycle", "error", name=industry.id)
    for section in (*ITEM_SECTIONS, "positions"):
        for i, entry in enumerate(getattr(plan, section)):
            yield from _missing(((section, i, "industries"), "industry", entry.industries, known))


def _item_findings(plan: Plan) -> Iterator[Located]:
    components = {component.id for component in plan.components}
    holders = components | {park.id for park in plan.parks}
    everything = {item.id for item in items(plan)}
    parents = {component.id: component.part_of for component in plan.components}
    for i, component in enumerate(plan.components):
        if component.part_of is not None:
            yield from _missing((("components", i, "part_of"), "component", [component.part_of], components))
            if _in_cycle(component.id, parents):
                yield ("components", i, "part_of"), finding("link.cycle", "error", name=component.id)
    for section, known in (("parks", components), ("projects", holders), ("positions", components)):
        for i, entry in enumerate(getattr(plan, section)):
            if entry.component is not None:
                yield from _missing(((section, i, "component"), "component", [entry.component], known))
    for i, position in enumerate(plan.positions):
        yield from _missing((("positions", i, "places"), "item", position.places, everything))


def _missing(wanted: tuple[KeyPath, str, Iterable[str], Collection[str]]) -> Iterator[Located]:
    key, kind, names, known = wanted
    for name in names:
        if name not in known:
            yield key, _broken(kind, name, known)


def _in_cycle(start: str, parents: Mapping[str, str | None]) -> bool:
    seen = {start}
    current = parents.get(start)
    while current is not None and current not in seen:
        seen.add(current)
        current = parents.get(current)
    return current == start


def _broken(kind: str, name: str, known: Iterable[str]) -> Finding:
    near = difflib.get_close_matches(name, list(known), n=1)
    return finding("link.broken", "error", kind=kind, name=name, near=near[0] if near else "-")


def _repeated_ids(owner: Closed, sections: Iterable[str]) -> Iterator[Located]:
    shared: set[str] = set()
    for section in sections:
        seen = shared if section in ITEM_SECTIONS else set[str]()
        for i, entry in enumerate(getattr(owner, section)):
            if entry.id in seen:
                yield (section, i, "id"), finding("link.repeated_id", "error", name=entry.id)
            seen.add(entry.id)


def _source_findings(owner: Closed, documents: Collection[str]) -> Iterator[Located]:
    for key, source in walk_sources(owner):
        if source.document not in documents:
            yield (*key, "document"), _broken("document", source.document, documents)


def walk_sources(value: object, key: KeyPath = ()) -> Iterator[tuple[KeyPath, Source]]:
    """Yield every source inside a plan value, with its key path."""
    if isinstance(value, Source):
        yield key, value
    elif isinstance(value, Closed):
        for name in type(value).model_fields:
            yield from walk_sources(getattr(value, name), (*key, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from walk_sources(inner, (*key, position))
