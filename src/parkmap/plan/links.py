"""Checks that cross objects: ids are unique and every reference exists.

Each check yields (key path, finding); the loader adds file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.finding import finding
from parkmap.plan.conflicts.links import conflict_link_findings
from parkmap.plan.formula import formula_findings
from parkmap.plan.references import Located, broken_reference, broken_references
from parkmap.plan.schema import Closed, Item, Plan, Policy, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from parkmap.plan.yaml_file import KeyPath

ITEM_SECTIONS = ("components", "parks", "projects")
"""Sections of a plan whose entries share one name space of ids."""


def plan_link_findings(plan: Plan, documents: Collection[str], policy_ids: Collection[str]) -> Iterator[Located]:
    """Yield broken references and repeated ids of a plan."""
    yield from repeated_ids(plan, (*ITEM_SECTIONS, "industries", "positions", "targets"))
    yield from source_findings(plan, documents)
    if plan.document not in documents:
        yield ("document",), broken_reference("document", plan.document, documents)
    for i, name in enumerate(plan.policies):
        if name not in policy_ids:
            yield ("policies", i), broken_reference("policy", name, policy_ids)
    yield from formula_findings(plan)
    yield from _industry_findings(plan)
    yield from _item_findings(plan)
    yield from conflict_link_findings(plan, plan_items(plan))


def policy_link_findings(policy: Policy, documents: Collection[str]) -> Iterator[Located]:
    """Yield broken references and repeated ids of a policy."""
    yield from repeated_ids(policy, ("rules",))
    yield from source_findings(policy, documents)
    if policy.document not in documents:
        yield ("document",), broken_reference("document", policy.document, documents)


def plan_items(plan: Plan) -> tuple[Item, ...]:
    """Return components, parks and projects of a plan, in this order."""
    return (*plan.components, *plan.parks, *plan.projects)


def _industry_findings(plan: Plan) -> Iterator[Located]:
    known = {industry.id for industry in plan.industries}
    parents = {industry.id: industry.parent for industry in plan.industries}
    for i, industry in enumerate(plan.industries):
        if industry.parent is not None and industry.parent not in known:
            yield ("industries", i, "parent"), broken_reference("industry", industry.parent, known)
        elif _in_cycle(industry.id, parents):
            yield ("industries", i, "parent"), finding("link.cycle", "error", name=industry.id)
    for section in (*ITEM_SECTIONS, "positions"):
        for i, entry in enumerate(getattr(plan, section)):
            yield from broken_references((section, i, "industries"), "industry", entry.industries, known)


def _item_findings(plan: Plan) -> Iterator[Located]:
    components = {component.id for component in plan.components}
    holders = components | {park.id for park in plan.parks}
    everything = {item.id for item in plan_items(plan)}
    parents = {component.id: component.part_of for component in plan.components}
    for i, component in enumerate(plan.components):
        if component.part_of is not None:
            yield from broken_references(("components", i, "part_of"), "component", [component.part_of], components)
            if _in_cycle(component.id, parents):
                yield ("components", i, "part_of"), finding("link.cycle", "error", name=component.id)
    for section, known in (("parks", components), ("projects", holders), ("positions", components)):
        for i, entry in enumerate(getattr(plan, section)):
            if entry.component is not None:
                yield from broken_references((section, i, "component"), "component", [entry.component], known)
    for i, position in enumerate(plan.positions):
        yield from broken_references(("positions", i, "places"), "item", position.places, everything)


def _in_cycle(start: str, parents: Mapping[str, str | None]) -> bool:
    seen = {start}
    current = parents.get(start)
    while current is not None and current not in seen:
        seen.add(current)
        current = parents.get(current)
    return current == start


def repeated_ids(owner: Closed, sections: Iterable[str]) -> Iterator[Located]:
    """Yield ids that occur twice in a section; items of all sections share one name space.

    Parameters
    ----------
    owner
        Plan, policy or scenario.
    sections
        Names of its lists.
    """
    shared: set[str] = set()
    for section in sections:
        seen = shared if section in ITEM_SECTIONS else set[str]()
        for i, entry in enumerate(getattr(owner, section)):
            if entry.id in seen:
                yield (section, i, "id"), finding("link.repeated_id", "error", name=entry.id)
            seen.add(entry.id)


def source_findings(owner: Closed, documents: Collection[str]) -> Iterator[Located]:
    """Yield sources whose document is not registered.

    Parameters
    ----------
    owner
        Plan, policy or scenario.
    documents
        Ids of registered documents.
    """
    for key, source in walk_sources(owner):
        if source.document not in documents:
            yield (*key, "document"), broken_reference("document", source.document, documents)


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
