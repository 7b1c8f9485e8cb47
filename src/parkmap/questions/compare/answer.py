"""What differs between two plans, as tables of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.analysis.displacement import displacements, possibly_one
from parkmap.analysis.transition import matrix, transition
from parkmap.errors import InvalidInputError
from parkmap.facts.columns import column
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import HECTARES
from parkmap.finding import finding
from parkmap.messages import Words
from parkmap.plan.diff import item_diffs, plan_districts, role_of_entry, target_diffs
from parkmap.plan.targets import growth_percent
from parkmap.questions.base import Answer
from parkmap.questions.changes import change_facts, changes
from parkmap.questions.compare import tables
from parkmap.questions.heads import head_values, plan_names
from parkmap.questions.sides import require_one_city

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.analysis.changes import Years
    from parkmap.facts.columns import Names
    from parkmap.finding import Finding
    from parkmap.output.html.model import MapPage
    from parkmap.plan.diff import ItemDiff, TargetDiff
    from parkmap.plan.schema import Target
    from parkmap.questions.base import Workspace
    from parkmap.questions.compare import CompareRequest
    from parkmap.results.plan import PlanResults

    Pair = tuple[PlanResults, PlanResults]


def compare(workspace: Workspace, references: tuple[str, ...], request: CompareRequest) -> Answer:
    """Return what differs between two plans of one city, or one plan under two readings, scenarios or years.

    Parameters
    ----------
    workspace
        Where plans and layers lie, and for which day.
    references
        The plans of either side, `plan` or `plan@reading+reading`; one alone is both.
    request
        What is asked.

    Raises
    ------
    InvalidInputError
        With every problem of the first side that has any, when the two do not share their districts, when a scenario
        has nothing in the year asked for, or when the year of one side only is given.
    """
    before = workspace.plan(references[0], scenario=request.scenario_a)
    after = workspace.plan(references[-1], scenario=request.scenario_b)
    require_one_city(before, after)
    problems = list(_year_problems(((before, request.year_a), (after, request.year_b))))
    if problems:
        raise InvalidInputError(problems)
    years = None if request.year_a is None or request.year_b is None else (request.year_a, request.year_b)
    return Answer(
        document=tables.DOCUMENT,
        facts=tuple(_facts((before, after), years)),
        base=before,
        page=lambda answer: _page((before, after), years, answer),
    )


def _page(sides: Pair, years: Years | None, answer: Answer) -> MapPage:
    from parkmap.questions.compare.page import compare_page

    return compare_page(sides, years, answer)


def _year_problems(sides: Sequence[tuple[PlanResults, int | None]]) -> Iterator[Finding]:
    asked_for = [year for _, year in sides if year is not None]
    if len(asked_for) == 1:
        yield finding("compare.one_year", "error", year=asked_for[0])
    for results, year in sides:
        known = sorted({pool.year for pool in results.scenario.pools}) if results.scenario else []
        if year is not None and year not in known:
            name = results.scenario.id if results.scenario else "-"
            shown = ", ".join(str(one) for one in known) or "-"
            yield finding("compare.year", "error", key=results.plan.id, scenario=name, year=year, years=shown)


def _facts(sides: Pair, years: Years | None) -> Iterator[Facts]:
    before, after = sides
    names = {**plan_names(after), **plan_names(before)}
    names |= {kind: {**plan_names(after)[kind], **plan_names(before)[kind]} for kind in ("plan", "item")}
    for table, results, year in zip((tables.BEFORE, tables.AFTER), sides, years or (None, None), strict=True):
        yield facts(table, [_side(results, year)], names=names)
    diffs = item_diffs(before.plan, after.plan)
    notes = [*_stamps(sides, years), messages.words("note.compare")]
    yield facts(tables.ITEMS, _items(diffs, sides), names=names, notes=notes)
    fates = {fate: [diff.id for diff in diffs if diff.fate == fate] for fate in ("dropped", "added")}
    perhaps = possibly_one(before.items.loc[fates["dropped"]], after.items.loc[fates["added"]])
    yield facts(tables.POSSIBLY_ONE, perhaps, names=names)
    one, two = plan_districts(before.plan), plan_districts(after.plan)
    swapped = [{"district": name, "fate": "in" if name in two else "out"} for name in sorted(one ^ two)]
    yield facts(tables.DISTRICTS, swapped, names=names)
    yield from _transfer(sides, names)
    yield facts(tables.TARGETS, [_target(diff) for diff in target_diffs(before.plan, after.plan)])
    yield from change_facts(tables.CHANGES, {(): changes(before, after, years=years)}, names)


def _side(results: PlanResults, year: int | None) -> dict[str, Any]:
    scenario, structure = results.scenario, results.plan.structure.name.words
    own = {"plan": results.plan.id, "structure": structure, "scenario": scenario.id if scenario else None, "year": year}
    return {**own, **head_values(results)}


def _stamps(sides: Pair, years: Years | None) -> Iterator[Words]:
    """Yield what either side is and whether it is in force."""
    for when, results, year in zip(("before", "after"), sides, years or (None, None), strict=True):
        called = [results.plan.name.words, *(reading.name.words for reading in results.readings)]
        scenario = [results.scenario.id if results.scenario else "-", *([] if year is None else [str(year)])]
        side = messages.words(
            "note.side",
            side=messages.words(f"head.{when}"),
            name=messages.joined(called, by=Words(" @ ", " @ ")),
            scenario=" · ".join(scenario),
        )
        stamp = messages.words(f"validity.stamp.{results.validity}", day=results.as_of)
        yield messages.joined([side, stamp], by=messages.NONE)


def _items(diffs: Sequence[ItemDiff], sides: Pair) -> Iterator[dict[str, Any]]:
    moved = [diff.id for diff in diffs if "moved" in diff.aspects]
    distances = displacements(*(side.items.loc[moved] for side in sides)).to_dict("index")
    unmoved = dict.fromkeys(("moved_m", "moved_low_m", "moved_high_m"))
    for diff in diffs:
        row: dict[str, Any] = {"id": diff.id, "fate": diff.fate, "aspects": diff.aspects}
        for when, item in (("before", diff.before), ("after", diff.after)):
            row[f"{when}_name"] = item.name.words if item else None
            row[f"{when}_role"] = role_of_entry(item)
            row[f"{when}_place"] = item.place if item else None
        yield {**row, **distances.get(diff.id, unmoved)}


def _transfer(sides: Pair, names: Names) -> Iterator[Facts]:
    """Yield the land that goes from zones to zones, as a matrix by role, then zone by zone."""
    before, after = sides
    found = transition(before.geography.districts, before.zones, after.zones)
    kinds = found.by_kind(*(side.items["role"].astype(str).to_dict() for side in sides))
    cells = matrix(kinds)
    heads = {str(kind): tables.kind_words(kind) for kind in cells.columns}
    columns = [column(kind, head.zh, head.en, HECTARES, null=True) for kind, head in heads.items()]
    yield facts(
        tables.MATRIX, cells, columns=(*tables.MATRIX.columns, *columns), notes=[messages.words("note.transfer")]
    )
    yield facts(tables.BY_KIND, kinds)
    yield facts(tables.TRANSFER, found.telling(), names=names)
    yield facts(tables.CELLS, found.noticeable(), names=names)
    unknown = {"before_unknown": found.unknown_before, "after_unknown": found.unknown_after}
    yield facts(tables.UNKNOWN, [unknown], names=names)


def _target(diff: TargetDiff) -> dict[str, Any]:
    shown = diff.after or diff.before
    if shown is None:
        raise ValueError(diff.id)
    row = {"id": diff.id, "fate": diff.fate, "indicator": shown.indicator.words, "unit": shown.unit.words}
    for when, target in (("before", diff.before), ("after", diff.after)):
        growth = growth_percent(target) if target else None
        row |= {
            when: _value(target) if target else None,
            f"{when}_comparator": target.comparator if target else None,
            f"{when}_value": target.value if target else None,
            f"{when}_value_to": target.value_to if target else None,
            f"{when}_year": target.year if target else None,
            f"{when}_growth_percent": growth[0] if growth else None,
        }
    return row


def _value(target: Target) -> Words:
    """Return the value of a target with the word that qualifies it."""
    ends = [target.value] if target.value_to is None else [target.value, target.value_to]
    return messages.words(f"comparator.{target.comparator}", value="–".join(f"{end:,g}" for end in ends))
