"""Targets: the growth that they imply, and whether parkmap itself can say that they are met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.plan.counts import named_components

if TYPE_CHECKING:
    from parkmap.plan.schema import Plan, Target


def growth_percent(target: Target) -> tuple[float, float] | None:
    """Return the yearly growth that a target implies, as compound rate, lower and upper end.

    (value / base) ^ (1 / years) - 1, in per cent. Both ends are equal unless the target is a range. How the text
    qualifies its two values (over, about) carries over to the rate and is left to the reader.

    Parameters
    ----------
    target
        A target.

    Returns
    -------
    tuple of float or None
        Per cent a year; None where the text gives no base, no target year, or a base from which no rate follows.
    """
    base = target.base
    if base is None or target.year is None or target.year <= base.year or base.value <= 0 or target.value <= 0:
        return None
    years = target.year - base.year
    high = target.value if target.value_to is None else target.value_to
    low_rate, high_rate = (((value / base.value) ** (1 / years) - 1) * 100 for value in (target.value, high))
    return low_rate, high_rate


def measured_value(plan: Plan, target: Target) -> int | None:
    """Return what parkmap counts for a target, or None where it needs statistics that parkmap does not hold.

    Parameters
    ----------
    plan
        The plan, under the reading in use.
    target
        One of its targets.
    """
    if target.measured_by == "count_of_components":
        return len(named_components(plan))
    return len(plan.parks) if target.measured_by == "count_of_parks" else None


def is_met(target: Target, value: float) -> bool | None:
    """Tell whether a value meets a target, or None where 'about' leaves it open.

    A target without a qualifier is met once it is reached.

    Parameters
    ----------
    target
        A target.
    value
        A value in its unit.
    """
    if target.comparator == "about":
        return None
    if target.comparator == "range":
        return target.value <= value <= (target.value if target.value_to is None else target.value_to)
    outcomes = {
        "exact": value >= target.value,
        "at_least": value >= target.value,
        "over": value > target.value,
        "at_most": value <= target.value,
    }
    return outcomes[target.comparator]
