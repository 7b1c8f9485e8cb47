"""What is covered, as tables of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from parkmap import messages
from parkmap.analysis.combined_coverage import sum_by_place
from parkmap.analysis.demand_coverage import OUTSIDE, point_and_area_counts
from parkmap.facts.columns import TOTAL, column
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import HECTARES
from parkmap.messages import Words
from parkmap.questions.base import Answer
from parkmap.questions.coverage import tables
from parkmap.questions.coverage.measure import measure
from parkmap.questions.heads import finding_rows, head, head_values, plan_names, stamps, titled
from parkmap.questions.sides import side_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.analysis.combined_coverage import CombinedCoverage
    from parkmap.facts.columns import Table
    from parkmap.output.html.model import MapPage
    from parkmap.questions.base import Workspace
    from parkmap.questions.coverage import CoverageRequest
    from parkmap.questions.coverage.measure import CoverageResults, Demand
    from parkmap.results.plan import PlanResults


def cover(workspace: Workspace, references: tuple[str, ...], request: CoverageRequest) -> Answer:
    """Return what plans cover.

    Parameters
    ----------
    workspace
        Where plans and layers lie, and for which day.
    references
        Plans, at least one.
    request
        What is asked.
    """
    results = measure(workspace, references, request)
    first, demand = results.first, results.demand
    several = results.land is not None
    told = tuple(_several(results)) if several else (*land_of(first).facts, *_demand(results))
    rows = tables.SET_ROWS.key if several else tables.DEMAND_ROWS.key
    shapes = {} if demand is None else {rows: demand.frame.geometry}
    others = [path for plan in list(results.plans.values())[1:] for _, path in plan.inputs]
    return Answer(
        document=tables.SEVERAL_PLANS if several else tables.ONE_PLAN,
        name="coverage",
        facts=told,
        base=first.reading_also(*others, None if demand is None else demand.path),
        shapes={**shapes, tables.DISTRICTS.key: first.geography.districts.geometry},
        record={"plans": list(results.plans), "weight_field": demand.weight_field if demand else None},
        findings=results.findings,
        page=lambda answer: _page(results, answer),
    )


def _page(results: CoverageResults, answer: Answer) -> MapPage:
    from parkmap.questions.coverage.page import coverage_page

    return coverage_page(results, answer)


def land_of(results: PlanResults) -> Answer:
    """Return what one plan covers of the land.

    Parameters
    ----------
    results
        The plan.
    """
    found, names = results.coverage, plan_names(results)
    unknown = [names["item"][item] for item in found.items.index[found.items["status"] == "unknown"]]
    notes = [messages.words("note.coverage")]
    if unknown:
        listed = messages.joined(unknown, by=Words(", ", ", "))
        notes.append(messages.words("note.unknown_extent", count=len(unknown), names=listed))
    districts = facts(
        tables.DISTRICTS,
        found.districts.rename_axis("id"),
        names=names,
        title=titled(results, tables.DISTRICTS),
        notes=notes,
        stamps=stamps(results),
    )
    pairs = facts(tables.PAIRS, found.pairs, names=names, notes=[messages.words("note.coverage_pairs")])
    own = found.items.rename_axis("id").assign(area_status=found.items["status"])
    items = facts(tables.ITEMS, own, names=names)
    meaning = facts(tables.MEANING, [{"covered": "union", "pairs": "each_zone_alone", "overlap": "two_or_more"}])
    return Answer(
        document=tables.ONE_PLAN,
        facts=(head(results), meaning, districts, pairs, items),
        base=results,
        shapes={tables.DISTRICTS.key: results.geography.districts.geometry},
    )


def _demand(results: CoverageResults) -> Iterator[Facts]:
    """Yield the tables of demand under one plan; none without demand."""
    demand = results.demand
    if demand is None:
        return
    (covered,) = results.weights.values()
    names = {**plan_names(results.first), "demand": _demand_names(demand)}
    source = _source(demand)
    found = [messages.each(one.text) for one in results.findings]
    notes = (messages.words("note.demand_union"), *_source_notes(source), *found)
    yield facts(tables.SOURCE, [source])
    districts = pd.concat([covered.districts, covered.totals().rename(TOTAL).to_frame().T.astype(float)])
    yield facts(
        tables.DEMAND_DISTRICTS,
        districts.rename_axis("id"),
        names=names,
        notes=notes,
        stamps=stamps(results.first),
    )
    own_items = covered.items.rename_axis("id")
    yield facts(tables.DEMAND_ITEMS, own_items, names=names, notes=[messages.words("note.coverage_pairs")])
    yield facts(tables.DEMAND_ROWS, covered.demand.rename_axis("id"), names=names)
    yield facts(tables.DEMAND_FINDINGS, finding_rows(results.findings))


def _source(demand: Demand) -> dict[str, Any]:
    points, areas = point_and_area_counts(demand.frame)
    return {
        "file": demand.file,
        "weight_field": demand.weight_field,
        "basis": demand.basis,
        "years": demand.years,
        "points": points,
        "areas": areas,
        "spread": "even",
        "outside": demand.outside,
    }


def _source_notes(source: Mapping[str, Any]) -> Iterator[Words]:
    """Yield where demand comes from, how it is spread, and what is in no district."""
    field = source["weight_field"] or messages.words("demand.each_one")
    counts = {key: source[key] for key in ("file", "points", "areas")}
    yield messages.words("note.demand_source", field=field, **counts)
    if source["basis"]:
        years = ", ".join(source["years"]) or messages.words("note.no_date")
        yield messages.words("note.demand_basis", basis=", ".join(source["basis"]), years=years)
    if source["areas"]:
        yield messages.words("note.demand_even")
    if source["outside"] > 0:
        yield messages.words("note.demand_outside", weight=f"{source['outside']:,.6g}")


def _demand_names(demand: Demand) -> dict[str, Words]:
    frame = demand.frame
    named = zip(frame.index, frame["name_zh"], frame["name_en"], strict=True)
    return {name: Words(str(zh), str(en)) for name, zh, en in named}


def _several(results: CoverageResults) -> Iterator[Facts]:
    """Yield the tables of several plans."""
    sides = {reference: side_name(plan) for reference, plan in results.plans.items()}
    names = {"side": sides, **plan_names(results.first)}
    names["plan"] = {plan.plan.id: plan.plan.name.words for plan in results.plans.values()}
    yield facts(tables.SET_HEAD, [{"as_of": results.first.as_of}])
    meaning = {
        "each": "union_of_its_zones",
        "any": "union_of_plans",
        "all": "common_to_every_plan",
        "twice": "two_plans_or_more",
        "only": "this_plan_alone",
    }
    yield facts(tables.SET_MEANING, [meaning])
    yield facts(tables.SIDES, _side_rows(results), names=names)
    if results.land is not None:
        notes = (*_side_notes(results, sides), messages.words("note.coverage_set"))
        land = pd.Series(results.land.places.index, index=results.land.places.index, name="place")
        yield from _together(tables.SET_LAND, tables.SET_LAND_PLANS, results.land, land, names=names, notes=notes)
        yield _layer(results.land, names)
    demand, people = results.demand, results.people
    if demand is not None and people is not None:
        source, pieces = _source(demand), demand.pieces
        names["demand"] = _demand_names(demand)
        yield facts(tables.SET_SOURCE, [source])
        inside = pieces.loc[pieces["district"] != OUTSIDE, "district"]
        notes = (*_source_notes(source), *(messages.each(one.text) for one in results.findings))
        yield from _together(
            tables.SET_DEMAND, tables.SET_DEMAND_PLANS, people, inside, names=names, notes=notes, everything=pieces
        )
        yield from _together(tables.SET_ROWS, tables.SET_ROWS_PLANS, people, pieces["demand"], names=names)
    yield facts(tables.SET_FINDINGS, finding_rows(results.findings))


def _together(
    places: Table,
    plans: Table,
    found: CombinedCoverage,
    key: pd.Series,
    *,
    names: Mapping[str, Mapping[str, Words]],
    notes: tuple[Words, ...] = (),
    everything: pd.DataFrame | None = None,
) -> Iterator[Facts]:
    """Yield what plans cover together of each place, then what each covers of it; a total stands last."""
    summed = [sum_by_place(found, key)]
    if places.total_at is not None:
        index = key.index if everything is None else everything.index
        summed.append(sum_by_place(found, pd.Series(TOTAL, index=index, name="place")))
    shared = [part.with_shares() for part in summed]
    whole = pd.concat([part.places for part in shared]).rename(columns={"weight": "whole"})
    yield facts(places, whole.rename_axis("id"), names=names, notes=notes)
    each = pd.concat([part.each.rename_axis(["place", "reference"]) for part in shared])
    kind = places.about
    known = {**names, kind: {**names[kind], TOTAL: messages.words("total")}}
    yield facts(plans, each, names=known)


def _layer(found: CombinedCoverage, names: Mapping[str, Mapping[str, Words]]) -> Facts:
    """Return the land of each district with one column for what each plan covers of it."""
    measures = [f"{of}_{end}" for of in ("any", "all") for end in ("low", "best", "high")]
    frame = found.places.rename(columns={"weight": "whole"})[["whole", *measures, "twice", "gap"]]
    for reference, own in found.each.groupby(level="set", sort=False):
        frame = frame.join(own.droplevel("set").add_prefix(f"{reference}_"))
    frame = frame.add_suffix("_m2").rename_axis("id")
    columns = [column(str(key), str(key), str(key), HECTARES) for key in frame.columns]
    return facts(tables.SET_LAYER, frame, names=names, columns=(*tables.SET_LAYER.columns, *columns))


def _side_rows(results: CoverageResults) -> Iterator[dict[str, Any]]:
    for reference, plan in results.plans.items():
        items = plan.coverage.items
        unknown = tuple(items.index[items["status"] == "unknown"])
        yield {"reference": reference, "plan": plan.plan.id, "unknown_items": unknown, **head_values(plan)}


def _side_notes(results: CoverageResults, sides: Mapping[str, Words]) -> Iterator[Words]:
    for row in _side_rows(results):
        side = sides[row["reference"]]
        stamp = messages.words(f"validity.stamp.{row['validity']}", day=row["as_of"])
        yield messages.words("compare.stamp", side=side, stamp=stamp)
        if row["unknown_items"]:
            unknown = messages.words("note.coverage_unknown", count=len(row["unknown_items"]))
            yield messages.words("compare.stamp", side=side, stamp=unknown)
