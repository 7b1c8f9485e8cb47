"""What a plan says, as tables of facts: joined with what its layers know of the places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts.facts import Facts, facts
from parkmap.facts.numbers import is_missing
from parkmap.messages import Words, words
from parkmap.plan.links import plan_items
from parkmap.plan.targets import growth_percent, is_met, measured_value
from parkmap.plan.validity import rule_status, status_in
from parkmap.questions.base import Answer
from parkmap.questions.heads import head, plan_names
from parkmap.questions.show import SHOW, tables, wording
from parkmap.questions.show.wording import above, clause, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parkmap.facts.columns import Names
    from parkmap.plan.schema import Closed, Item, Rule, Target
    from parkmap.results.plan import PlanResults

Row = dict[str, Any]


def show(results: PlanResults) -> Answer:
    """Return what a plan says."""
    items = {key: items_of(results, key) for key in tables.ITEMS}
    shapes = {key: results.items.geometry.loc[list(one.values["id"])] for key, one in items.items()}
    return Answer(
        document=SHOW,
        facts=(head(results), *_as_written(results), districts_of(results), *items.values(), *_listed(results)),
        base=results,
        shapes={**shapes, tables.DISTRICTS.key: results.geography.districts["outline"]},
        layers=lambda: (),
        further=lambda _context: _features(results),
    )


def _features(results: PlanResults) -> dict[str, bytes]:
    from parkmap.questions.features import gis_files

    return {name: text.encode() for name, text in gis_files(results).items()}


def items_of(results: PlanResults, section: str) -> Facts:
    """Return what is known of components, parks or projects.

    Parameters
    ----------
    results
        The plan.
    section
        `components`, `parks` or `projects`.
    """
    table, plan = tables.ITEMS[section], results.plan
    title = messages.each(lambda lang: f"{plan.name[lang]}: {plan.structure.name[lang]} / {table.title[lang]}")
    return facts(table, _item_rows(results, section), names=_names(results), title=title)


def districts_of(results: PlanResults) -> Facts:
    """Return what the layer of a plan says of its districts, and which items lie in them."""
    layer = results.geography.districts.drop(columns=["geometry", "outline"])
    here = results.items["district_ids"]
    rows = (
        {
            **row,
            "id": name,
            "area_note": both(row, "area_note"),
            "items_here": tuple(item for item, districts in here.items() if name in districts),
        }
        for name, row in layer.to_dict("index").items()
    )
    return facts(tables.DISTRICTS, rows, names=_names(results), columns=tables.district_columns(layer))


def positions_of(results: PlanResults) -> Facts:
    """Return what a plan says that each district, or a zone beside them, should be."""
    names = _names(results)
    rows = (
        {
            "district": said.district,
            "place": names["district"].get(said.district or "") or names["item"].get(said.component or ""),
            "position": said.position.words,
            "places": said.places,
            "sources": sources_of(said.source),
            "cited": clause(results.plan_set.documents, said.source),
        }
        for said in results.plan.positions
    )
    return facts(tables.POSITIONS, rows, names=names)


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


def _names(results: PlanResults) -> Names:
    industries = {industry.id: industry.name.words for industry in results.plan.industries}
    return {**plan_names(results), "industry": industries}


def _item_rows(results: PlanResults, section: str) -> Iterator[Row]:
    whole = {other.id: above(other) for other in plan_items(results.plan)}
    for item in getattr(results.plan, section):
        yield {
            **{one.key: getattr(item, one.key, None) for one in tables.ITEMS[section].columns},
            "aliases_zh": item.aliases,
            "plan": results.plan.id,
            "sort": wording.kind_of(item),
            "component": above(item),
            "parts": tuple(name for name, holder in whole.items() if holder == item.id),
            "units": wording.units_of(item),
            "document": item.source.document,
            "clause": item.source.clause,
            "sources": sources_of(item.source, *item.also),
            "also": clause(results.plan_set.documents, *item.also) or None,
            "cited": clause(results.plan_set.documents, item.source),
            "validity": results.validity,
            "as_of": results.as_of,
            **_placed(results, item),
        }


def _placed(results: PlanResults, item: Item) -> Row:
    """Return where an item is and how sure that is, or why it is nowhere."""
    located, places = results.items.loc[item.id], results.geography.places
    place = dict.fromkeys(places.columns) if item.place is None else places.loc[item.place].to_dict()
    note = both(place, "note")
    return {
        **{key: place[key] for key in ("area_published_ha", "area_basis", "origin")},
        **{key: located[key] for key in ("determinacy", "method", "accuracy_m")},
        "districts": located["district_ids"],
        "place_note": note,
        "undetermined": item.undetermined.words if item.undetermined else note if place["geometry"] is None else None,
    }


def _listed(results: PlanResults) -> Iterator[Facts]:
    """Yield the tables that list what a plan names beside its items."""
    industries = (
        {"id": one.id, "name": one.name.words, "parent": one.parent, "sources": sources_of(one.source)}
        for one in results.plan.industries
    )
    yield facts(tables.INDUSTRIES, industries, names=_names(results))
    yield positions_of(results)
    yield facts(tables.TARGETS, (_target_row(results, target) for target in results.plan.targets))
    rules = (
        {
            "id": rule.id,
            "name": rule.name.words,
            "summary": rule.summary.words,
            "aid": wording.aid_of(rule),
            "validity": own["validity"],
            "sources": sources_of(rule.source),
        }
        for rule, own in _rules(results)
    )
    yield facts(tables.RULES, rules)


def _target_row(results: PlanResults, target: Target) -> Row:
    checked = _checks(results, target)
    met = words(f"target.met.{checked['met']}")
    return {
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


def _checks(results: PlanResults, target: Target) -> Row:
    """Return the growth that a target implies and how far parkmap can check it."""
    low, high = growth_percent(target) or (None, None)
    counted = measured_value(results.plan, target)
    return {
        "growth_percent_low": None if low is None else round(low, 2),
        "growth_percent_high": None if high is None else round(high, 2),
        "checked_by": "statistics" if target.measured_by is None else "parkmap",
        "measured": counted,
        "met": None if counted is None else is_met(target, counted),
    }


def _rules(results: PlanResults) -> Iterator[tuple[Rule, Row]]:
    """Yield each rule with its policy and whether it applies on the day."""
    documents = results.plan_set.documents
    for policy in results.plan_set.policies.values():
        state = status_in(documents, policy.document, results.as_of)
        for rule in policy.rules:
            yield rule, {"policy": policy.id, "validity": rule_status(rule, state, results.as_of)}


def _as_written(results: PlanResults) -> Iterator[Facts]:
    """Yield what the plan says as JSON holds it: plan values as they are written, with what is derived from them."""
    plan, sure = results.plan, results.items[["determinacy", "accuracy_m"]].to_dict("index")
    entries: dict[str, Iterable[tuple[Closed, Row]]] = {
        **{key: ((item, sure[item.id]) for item in getattr(plan, key)) for key in tables.ITEMS},
        **{key: ((entry, {}) for entry in getattr(plan, key)) for key in ("industries", "positions")},
        "structure": [(plan.structure, {})],
        "targets": ((target, _checks(results, target)) for target in plan.targets),
        "rules": _rules(results),
    }
    for table in tables.WRITTEN:
        yield facts(table, [{**entry.model_dump(mode="json"), **own} for entry, own in entries[table.at or ""]])
