"""Rows of the tables of a plan: what the plan says, joined with what its layers know of the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.facts.numbers import is_missing
from parkmap.messages import Words, words
from parkmap.plan.elements import Name, shown_columns
from parkmap.plan.links import plan_items
from parkmap.plan.schema import Component, Project
from parkmap.plan.targets import growth_percent, is_met, measured_value
from parkmap.plan.validity import rule_status, status_in
from parkmap.questions.show import wording
from parkmap.questions.show.wording import above, clause, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.plan.schema import Item, Policy, Rule, Target
    from parkmap.results.plan import PlanResults

Row = dict[str, Any]


def item_rows(results: PlanResults, section: str) -> Iterator[Row]:
    """Yield what is known of each item of a section, by the keys of its table.

    Parameters
    ----------
    results
        The plan.
    section
        `components`, `parks` or `projects`.
    """
    whole = {other.id: above(other) for other in plan_items(results.plan)}
    for item in getattr(results.plan, section):
        parts = tuple(name for name, holder in whole.items() if holder == item.id)
        said = {key: getattr(item, key) for key in shown_columns(type(item))}
        yield {
            **{key: value.words if isinstance(value, Name) else value for key, value in said.items()},
            "id": item.id,
            "name": item.name.words,
            "aliases_zh": item.aliases,
            "plan": results.plan.id,
            "role": item.role if isinstance(item, Component) else None,
            "role_basis": item.role_basis if isinstance(item, Component) else None,
            "kind": item.kind if isinstance(item, Project) else None,
            "sort": wording.kind_of(item),
            "component": above(item),
            "parts": parts,
            "units": wording.units_of(item),
            "document": item.source.document,
            "clause": item.source.clause,
            "sources": sources_of(item.source, *item.also),
            "cited": clause(results.plan_set.documents, item.source, *item.also),
            "validity": results.validity,
            "as_of": results.as_of,
            **_placed(results, item),
        }


def _placed(results: PlanResults, item: Item) -> Row:
    """Return where an item is and how sure that is, or why it is nowhere."""
    located = results.items.loc[item.id]
    places = results.geography.places
    place = dict.fromkeys(places.columns) if item.place is None else places.loc[item.place].to_dict()
    note = both(place, "note")
    return {
        "districts": located["district_ids"],
        "area_published_ha": place["area_published_ha"],
        "area_basis": place["area_basis"],
        "determinacy": located["determinacy"],
        "method": located["method"],
        "accuracy_m": located["accuracy_m"],
        "undetermined": item.undetermined.words if item.undetermined else note if place["geometry"] is None else None,
        "place_note": note,
        "origin": place["origin"],
    }


def both(row: Mapping[str, Any], key: str) -> Words | None:
    """Return a text that a layer holds in both languages, or None.

    Parameters
    ----------
    row
        Properties of a feature.
    key
        Key without the language.
    """
    found = row.get(f"{key}_zh")
    return None if is_missing(found) else Words(str(found), str(row[f"{key}_en"]))


def district_rows(results: PlanResults) -> Iterator[Row]:
    """Yield what the layer says of each district, and which items lie in it.

    Parameters
    ----------
    results
        The plan.
    """
    here = results.items["district_ids"]
    layer = results.geography.districts.drop(columns=["geometry", "outline"])
    for name, row in layer.to_dict("index").items():
        items = tuple(item for item, districts in here.items() if name in districts)
        yield {**row, "id": name, "area_note": both(row, "area_note"), "items_here": items}


def position_rows(results: PlanResults) -> Iterator[Row]:
    """Yield what the plan says that each district, or a zone beside them, should be.

    Parameters
    ----------
    results
        The plan.
    """
    names = results.names
    for said in results.plan.positions:
        place = names["district"].get(said.district or "") or names["item"].get(said.component or "")
        yield {
            "district": said.district,
            "place": place,
            "position": said.position.words,
            "places": said.places,
            "sources": sources_of(said.source),
            "cited": clause(results.plan_set.documents, said.source),
        }


def target_rows(results: PlanResults) -> Iterator[Row]:
    """Yield each target, as the text qualifies it, with what checks it.

    Parameters
    ----------
    results
        The plan.
    """
    for target in results.plan.targets:
        checked = checks(results, target)
        met = words(f"target.met.{checked['met']}")
        yield {
            "id": target.id,
            "indicator": target.indicator.words,
            "value": wording.value_of(target),
            "unit": target.unit.words,
            "due": wording.due_of(target),
            "base": wording.base_of(target.base),
            "growth": growth_percent(target),
            "checks": words(f"target.check.{checked['checked_by']}", value=checked["measured"], met=met),
            "sources": sources_of(target.source),
        }


def checks(results: PlanResults, target: Target) -> Row:
    """Return the growth that a target implies and how far parkmap can check it.

    Parameters
    ----------
    results
        The plan.
    target
        One of its targets.
    """
    low, high = growth_percent(target) or (None, None)
    counted = measured_value(results.plan, target)
    return {
        "growth_percent_low": None if low is None else round(low, 2),
        "growth_percent_high": None if high is None else round(high, 2),
        "checked_by": "statistics" if target.measured_by is None else "parkmap",
        "measured": counted,
        "met": None if counted is None else is_met(target, counted),
    }


def rules_in_force(results: PlanResults) -> Iterator[tuple[Policy, Rule, str]]:
    """Yield each rule with its policy and whether it applies on the day.

    Parameters
    ----------
    results
        The plan.
    """
    documents = results.plan_set.documents
    for policy in results.plan_set.policies.values():
        state = status_in(documents, policy.document, results.as_of)
        yield from ((policy, rule, rule_status(rule, state, results.as_of)) for rule in policy.rules)


def rule_rows(results: PlanResults) -> Iterator[Row]:
    """Yield each rule with what it grants.

    Parameters
    ----------
    results
        The plan.
    """
    for _, rule, state in rules_in_force(results):
        yield {
            "id": rule.id,
            "name": rule.name.words,
            "summary": rule.summary.words,
            "aid": wording.aid_of(rule),
            "validity": state,
            "sources": sources_of(rule.source),
        }


def industry_rows(results: PlanResults) -> Iterator[Row]:
    """Yield each field of industry.

    Parameters
    ----------
    results
        The plan.
    """
    for one in results.plan.industries:
        yield {"id": one.id, "name": one.name.words, "parent": one.parent, "sources": sources_of(one.source)}
