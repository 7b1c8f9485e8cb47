"""Several runs held against each other: one plan under each of its readings, or two plans of one city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.layers.prepare import prepare
from parkmap.pipeline.analyse import analyse, analyse_prepared

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.plan.catalog import Catalog
    from parkmap.results.plan import PlanResults


def every_reading(
    catalog: Catalog, plan_id: str, *, as_of: dt.date, scenario: str | None = None
) -> tuple[PlanResults, dict[str, PlanResults]]:
    """Run every analysis on one plan under each of its readings in turn.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    plan_id
        Id of the plan, with readings behind it that hold throughout: `plan@reading+reading`.
    as_of
        Day for which validity is told.
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
    prepared = prepare(catalog, plan_id)
    results = analyse_prepared(catalog, prepared, as_of=as_of, scenario=scenario)
    chosen = {reading.id for reading in prepared.readings}
    others: dict[str, PlanResults] = {}
    for entry in prepared.register:
        own = {reading.id for reading in entry.conflict.readings}
        current = next(iter(own & chosen), entry.conflict.in_use)
        kept = [reading for reading in prepared.readings if reading.id not in own]
        for reading in entry.conflict.readings:
            if reading.id != current:
                under = prepared.under([*kept, reading])
                others[reading.id] = analyse_prepared(catalog, under, as_of=as_of, scenario=scenario)
    return results, others


def compare(
    catalog: Catalog, sides: tuple[tuple[str, str | None], tuple[str, str | None]], *, as_of: dt.date
) -> tuple[PlanResults, PlanResults]:
    """Run every analysis on two plans of one city.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    sides
        Plan reference (`plan@reading+reading`) and scenario of either side; a scenario of None is `base`.
    as_of
        Day for which validity is told.

    Raises
    ------
    InvalidInputError
        With every problem of the first side that has any, or when the two do not share their districts.
    """
    before, after = (analyse(catalog, plan, as_of=as_of, scenario=scenario) for plan, scenario in sides)
    one, two = before.geography.districts.index, after.geography.districts.index
    if before.plan.city != after.plan.city or set(one) != set(two):
        key = f"{before.plan.id}, {after.plan.id}"
        raise InvalidInputError(
            [finding("compare.cities", "error", key=key, city=before.plan.city, other=after.plan.city)]
        )
    return before, after
