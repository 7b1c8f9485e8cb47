"""Several runs held against each other: one plan under each of its readings, or two plans of one city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.layers.prepare import prepare
from parkmap.results.plan import analyse, analyse_prepared

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from parkmap.finding import Finding
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
    catalog: Catalog,
    sides: tuple[tuple[str, str | None], tuple[str, str | None]],
    *,
    as_of: dt.date,
    years: tuple[int, int] | None = None,
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
    years
        Year of either side whose quota is to be compared; None is every year.

    Raises
    ------
    InvalidInputError
        With every problem of the first side that has any, when the two do not share their districts, or when a
        scenario has nothing in the year asked for.
    """
    before, after = (analyse(catalog, plan, as_of=as_of, scenario=scenario) for plan, scenario in sides)
    one_city(before, after)
    unknown = list(_unknown_years((before, after), years or ()))
    if unknown:
        raise InvalidInputError(unknown)
    return before, after


def one_city(before: PlanResults, after: PlanResults) -> None:
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


def _unknown_years(sides: tuple[PlanResults, PlanResults], years: tuple[int, ...]) -> Iterator[Finding]:
    for results, year in zip(sides, years, strict=False):
        known = sorted({pool.year for pool in results.scenario.pools}) if results.scenario else []
        if year not in known:
            name = results.scenario.id if results.scenario else "-"
            shown = ", ".join(str(one) for one in known) or "-"
            yield finding("compare.year", "error", key=results.plan.id, scenario=name, year=year, years=shown)
