"""Checks of readings, lists and other names: every reference exists, and nothing is its own alias."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.finding import finding
from parkmap.plan.references import Located, broken_references, transitive_closure
from parkmap.plan.sources.citations import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from parkmap.plan.conflicts.schema import Edits
    from parkmap.plan.schema import Item, Plan
    from parkmap.plan.yaml_file import KeyPath


def conflict_link_findings(plan: Plan, items: Sequence[Item]) -> Iterator[Located]:
    """Yield broken references, repeated ids and cycles in lists, readings and aliases of a plan.

    Parameters
    ----------
    plan
        The plan.
    items
        Its components, parks and projects.
    """
    known = {item.id for item in items}
    for i, named in enumerate(plan.lists):
        for j, entry in enumerate(named.entries):
            yield from broken_references(("lists", i, "entries", j, "items"), "item", entry.items, known)
    yield from _repeated(("lists",), [named.id for named in plan.lists])
    yield from _repeated(("conflicts",), [conflict.id for conflict in plan.conflicts])
    seen: set[str] = set()
    for i, conflict in enumerate(plan.conflicts):
        for j, reading in enumerate(conflict.readings):
            key = ("conflicts", i, "readings", j)
            if reading.id in seen:
                yield (*key, "id"), finding("link.repeated_id", "error", name=reading.id)
            seen.add(reading.id)
            yield from _edit_findings((*key, "edits"), reading.edits, known, plan)
    yield from _alias_findings(plan)


def _edit_findings(key: KeyPath, edits: Edits, known: Collection[str], plan: Plan) -> Iterator[Located]:
    components = {component.id for component in plan.components}
    yield from broken_references((*key, "leave_out"), "item", edits.leave_out, known)
    for i, change in enumerate(edits.change):
        yield from broken_references((*key, "change", i, "item"), "item", [change.item], known)
        if change.part_of is not None:
            yield from broken_references((*key, "change", i, "part_of"), "component", [change.part_of], components)
    merged = {merge.item: [merge.into] for merge in edits.merge}
    for i, merge in enumerate(edits.merge):
        yield from broken_references((*key, "merge", i, "item"), "item", [merge.item], known)
        yield from broken_references((*key, "merge", i, "into"), "item", [merge.into], known)
        if merge.item in transitive_closure(merge.into, merged):
            yield (*key, "merge", i), finding("link.alias_cycle", "error", name=merge.item, other=merge.into)
    industries = {industry.id for industry in plan.industries}
    added = {component.id for component in edits.add}
    for i, component in enumerate(edits.add):
        if component.id in known:
            yield (*key, "add", i, "id"), finding("link.repeated_id", "error", name=component.id)
        if component.part_of is not None:
            yield from broken_references(
                (*key, "add", i, "part_of"), "component", [component.part_of], components | added
            )
        yield from broken_references((*key, "add", i, "industries"), "industry", component.industries, industries)


def _alias_findings(plan: Plan) -> Iterator[Located]:
    """Yield entries that are aliases of each other, directly or around a circle."""
    places = {
        item.id: (section, i, item)
        for section in ("components", "parks", "projects")
        for i, item in enumerate(getattr(plan, section))
    }
    owners = {normalise(item.name.zh): item.id for _, _, item in places.values()}
    names = {
        own: [owners[n] for alias in item.aliases if (n := normalise(alias)) in owners and owners[n] != own]
        for own, (_, _, item) in places.items()
    }
    for own, others in names.items():
        section, i, _ = places[own]
        for other in others:
            if own in transitive_closure(other, names):
                yield (section, i, "aliases"), finding("link.alias_cycle", "error", name=own, other=other)


def _repeated(key: KeyPath, ids: Sequence[str]) -> Iterator[Located]:
    for i, name in enumerate(ids):
        if name in ids[:i]:
            yield (*key, i, "id"), finding("link.repeated_id", "error", name=name)
