"""Several runs held against each other: one plan under each of its readings, or plans of one city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.messages import Words

if TYPE_CHECKING:
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults


def every_reading(
    workspace: Workspace, reference: str, *, scenario: str | None = None
) -> tuple[PlanResults, dict[str, PlanResults]]:
    """Return one plan under each of its readings in turn.

    Parameters
    ----------
    workspace
        Where plans and layers lie, and for which day.
    reference
        The plan, with readings behind it that hold throughout: `plan@reading+reading`.
    scenario
        Id of the scenario; None is `base` where there is one.

    Returns
    -------
    tuple of PlanResults and dict
        The plan as asked for, and by id of each other reading the plan with that answer instead.

    Raises
    ------
    InvalidInputError
        With every problem of plan, policies, scenarios, layers and readings.
    """
    from parkmap.results.plan import analyse_prepared

    results = workspace.plan(reference, scenario=scenario)
    prepared = results.prepared
    chosen = {reading.id for reading in prepared.readings}
    others: dict[str, PlanResults] = {}
    for entry in prepared.register:
        own = {reading.id for reading in entry.conflict.readings}
        current = next(iter(own & chosen), entry.conflict.in_use)
        kept = [reading for reading in prepared.readings if reading.id not in own]
        for reading in entry.conflict.readings:
            if reading.id != current:
                under = prepared.under([*kept, reading])
                others[reading.id] = analyse_prepared(
                    workspace.catalog, under, as_of=workspace.as_of, scenario=scenario
                )
    return results, others


def require_one_city(before: PlanResults, after: PlanResults) -> None:
    """Refuse plans that do not share their districts, or are measured in different systems.

    Parameters
    ----------
    before, after
        Two plans, analysed.

    Raises
    ------
    InvalidInputError
        When they are of two cities.
    """
    one, two = before.geography.districts, after.geography.districts
    same = before.plan.city == after.plan.city and set(one.index) == set(two.index) and one.crs == two.crs
    if not same:
        key = f"{before.plan.id}, {after.plan.id}"
        raise InvalidInputError(
            [finding("compare.cities", "error", key=key, city=before.plan.city, other=after.plan.city)]
        )


def side_name(plan: PlanResults) -> Words:
    """Return the name of a plan, with the readings that set it apart from the same plan without them.

    Parameters
    ----------
    plan
        The plan.
    """
    name = plan.plan.name.words
    if not plan.readings:
        return name
    readings = messages.joined((r.name.words for r in plan.readings), by=Words("; ", "; "))
    return messages.each(lambda lang: f"{name[lang]} ({readings[lang]})")
