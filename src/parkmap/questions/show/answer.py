"""What a plan says, as tables of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.facts.facts import Facts, facts
from parkmap.questions.base import Answer
from parkmap.questions.heads import head, plan_names
from parkmap.questions.show import SHOW, rows, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parkmap.facts.columns import Names
    from parkmap.output.context import Context
    from parkmap.plan.schema import Closed
    from parkmap.results.plan import PlanResults


def show(results: PlanResults) -> Answer:
    """Return what a plan says.

    Parameters
    ----------
    results
        The plan.
    """
    items = {key: items_of(results, key) for key in tables.ITEMS}
    shapes = {key: results.items.geometry.loc[list(one.values["id"])] for key, one in items.items()}
    return Answer(
        document=SHOW,
        facts=(head(results), *_written(results), districts_of(results), *items.values(), *_listed(results)),
        base=results,
        shapes={**shapes, tables.DISTRICTS.key: results.geography.districts["outline"]},
        layers=lambda: (),
        further=lambda context: _features(results, context),
    )


def _features(results: PlanResults, _context: Context) -> dict[str, bytes]:
    from parkmap.questions.features import gis_files

    return {name: text.encode() for name, text in gis_files(results).items()}


def names_of(results: PlanResults) -> Names:
    """Return the names of everything that a plan speaks of.

    Parameters
    ----------
    results
        The plan.
    """
    industries = {industry.id: industry.name.words for industry in results.plan.industries}
    return {**plan_names(results), "industry": industries}


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
    return facts(table, rows.item_rows(results, section), names=names_of(results), title=title)


def districts_of(results: PlanResults) -> Facts:
    """Return what the layer of a plan says of its districts.

    Parameters
    ----------
    results
        The plan.
    """
    columns = tables.district_columns(results.geography.districts.drop(columns=["geometry", "outline"]))
    return facts(tables.DISTRICTS, rows.district_rows(results), names=names_of(results), columns=columns)


def positions_of(results: PlanResults) -> Facts:
    """Return what a plan says that its districts should be.

    Parameters
    ----------
    results
        The plan.
    """
    return facts(tables.POSITIONS, rows.position_rows(results), names=names_of(results))


def _listed(results: PlanResults) -> Iterator[Facts]:
    yield facts(tables.INDUSTRIES, rows.industry_rows(results), names=names_of(results))
    yield positions_of(results)
    yield facts(tables.TARGETS, rows.target_rows(results))
    yield facts(tables.RULES, rows.rule_rows(results))


def _written(results: PlanResults) -> Iterator[Facts]:
    """Yield what the plan says as JSON holds it: plan values as they are written, with what is derived from them."""
    plan, sure = results.plan, results.items[["determinacy", "accuracy_m"]].to_dict("index")
    entries: dict[str, Iterable[tuple[Closed, rows.Row]]] = {
        **{key: ((item, sure[item.id]) for item in getattr(plan, key)) for key in tables.ITEMS},
        "structure": [(plan.structure, {})],
        "industries": ((industry, {}) for industry in plan.industries),
        "positions": ((position, {}) for position in plan.positions),
        "targets": ((target, rows.checks(results, target)) for target in plan.targets),
        "rules": (
            (rule, {"policy": policy.id, "validity": state}) for policy, rule, state in rows.rules_in_force(results)
        ),
    }
    for table in (tables.STRUCTURE, *tables.WRITTEN):
        yield facts(table, [{**entry.model_dump(mode="json"), **own} for entry, own in entries[table.at or ""]])
