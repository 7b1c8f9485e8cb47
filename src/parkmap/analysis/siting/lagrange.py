"""Lower bounds for serving rows by a few open columns, and what they rule out.

The rule "every row is served once" is relaxed with a multiplier per row. What remains falls apart by column: open
those with the lowest reduced value. The multipliers are moved along the violated rules (subgradient steps).
References: Cornuejols, Fisher, Nemhauser (1977), Location of bank accounts to optimize float; Beasley (1985), A note on
solving large p-median problems (fixing sites by the gap); Held, Wolfe, Crowder (1974), Validation of subgradient
optimization (step size).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.siting.interchange import Task, interchange

if TYPE_CHECKING:
    from numpy.typing import NDArray

OPEN: Final = 1
SHUT: Final = -1
FREE: Final = 0
"""Decision about a column at a node of the search."""

STALLED: Final = 15
"""Steps without a better bound after which the step is halved."""
SMALLEST_STEP: Final = 1e-4
MEMORY: Final = 0.3
"""Share of the last direction that is kept (Camerini, Fratta, Maffioli 1975)."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Relaxed:
    """The relaxed problem at some multipliers.

    Parameters
    ----------
    value
        A lower bound of the cost.
    chosen
        Positions of the columns that it opens.
    if_opened, if_shut
        By how much the bound rises at least when a column is opened, or shut, against the choice.
    """

    value: float
    chosen: NDArray[np.int_]
    if_opened: NDArray[np.float64]
    if_shut: NDArray[np.float64]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Bounds:
    """Result of `lagrangian_bounds`.

    Parameters
    ----------
    lower, upper
        Proven lower bound, and the cost of `opened`.
    opened
        Positions of the best open columns found.
    multipliers
        Those of the lower bound, one per row.
    relaxed
        The relaxed problem there.
    """

    lower: float
    upper: float
    opened: NDArray[np.int_]
    multipliers: NDArray[np.float64]
    relaxed: Relaxed


def lagrangian_relaxation(task: Task, multipliers: NDArray[np.float64], decided: NDArray[np.int8]) -> Relaxed:
    """Solve the relaxed problem.

    Parameters
    ----------
    task
        What is to be served.
    multipliers
        One per row.
    decided
        OPEN, SHUT or FREE for each column.

    Returns
    -------
    Relaxed
        Bound, choice, and what going against it costs.
    """
    value = np.minimum(task.cost - multipliers[:, None], 0.0).sum(axis=0)
    fixed, free = np.flatnonzero(decided == OPEN), np.flatnonzero(decided == FREE)
    start = float(multipliers.sum() + np.minimum(task.base - multipliers, 0.0).sum() + value[fixed].sum())
    by_count = _fewest(value[free], task.count - len(fixed))
    picked, low, if_opened, if_shut = by_count
    if np.isfinite(task.budget):
        by_budget = _cheapest(value[free], task.price[free], task.budget - float(task.price[fixed].sum()))
        if by_budget[1] > low:
            picked, low, if_opened, if_shut = by_budget
    opened, shut = np.zeros(len(value)), np.zeros(len(value))
    opened[free], shut[free] = if_opened, if_shut
    chosen = np.concatenate([fixed, free[picked]])
    return Relaxed(value=start + low, chosen=chosen, if_opened=opened, if_shut=shut)


_Choice = tuple["NDArray[np.int_]", float, "NDArray[np.float64]", "NDArray[np.float64]"]


def _fewest(value: NDArray[np.float64], count: float) -> _Choice:
    """Open the `count` columns of lowest value."""
    if count >= len(value):
        return np.arange(len(value)), float(value.sum()), np.zeros(len(value)), np.maximum(-value, 0.0)
    size = max(int(count), 0)
    order = np.argpartition(value, [max(size - 1, 0), size])
    picked = order[:size]
    last = value[order[size - 1]] if size else -np.inf
    if_opened = np.maximum(value - last, 0.0) if size else np.full(len(value), np.inf)
    return picked, float(value[picked].sum()), if_opened, np.maximum(value[order[size]] - value, 0.0)


def _cheapest(value: NDArray[np.float64], price: NDArray[np.float64], budget: float) -> _Choice:
    """Open columns in order of value per price, the last one in part: the fractional knapsack (Dantzig 1957)."""
    order = np.argsort(value / price, kind="stable")
    order = order[value[order] < 0]
    spent = np.cumsum(price[order])
    whole = int(np.searchsorted(spent, budget, side="right"))
    rate = 0.0
    low = float(value[order[:whole]].sum())
    if whole < len(order):
        left = budget - (spent[whole - 1] if whole else 0.0)
        rate = -float(value[order[whole]] / price[order[whole]])
        low -= rate * left
    reduced = value + rate * price
    return order[:whole], low, np.maximum(reduced, 0.0), np.maximum(-reduced, 0.0)


def lagrangian_bounds(
    task: Task, *, start: NDArray[np.int_] | None = None, rounds: int = 4, steps: int = 250
) -> Bounds:
    """Return a lower bound and a good set of columns.

    Parameters
    ----------
    task
        What is to be served.
    start
        Positions of open columns to improve on; None is none.
    rounds
        How often the columns that the relaxed problem opens are improved into a solution.
    steps
        Most subgradient steps in a round.

    Returns
    -------
    Bounds
        The upper bound is infinite where no set was found that serves every row.
    """
    decided = np.zeros(task.cost.shape[1], dtype=np.int8)
    opened = interchange(task, np.empty(0, dtype=int) if start is None else start)
    upper = task.value(opened)
    at, step = first_multipliers(task, opened), 1.0
    for _ in range(rounds):
        target = upper if np.isfinite(upper) else None
        ascent = subgradient_ascent(task, at, decided, target=target, steps=steps, step=step)
        tried = interchange(task, ascent.opened if task.fits(ascent.opened) else opened)
        if task.value(tried) < upper:
            opened, upper = tried, task.value(tried)
        at, step = ascent.multipliers, step / 4
    return dataclasses.replace(ascent, upper=upper, opened=opened)


def first_multipliers(task: Task, opened: NDArray[np.int_]) -> NDArray[np.float64]:
    """Return multipliers between the least and the second-least cost of each row.

    Parameters
    ----------
    task
        What is to be served.
    opened
        Positions of open columns.
    """
    costs = np.sort(np.column_stack([task.cost[:, opened], task.base]), axis=1)
    first = np.where(np.isfinite(costs[:, 0]), costs[:, 0], 0.0)
    if costs.shape[1] == 1:
        return first
    second = np.where(np.isfinite(costs[:, 1]), costs[:, 1], first)
    return np.asarray(first + 0.5 * np.minimum(second - first, first.mean()), dtype=np.float64)


def subgradient_ascent(
    task: Task,
    multipliers: NDArray[np.float64],
    decided: NDArray[np.int8],
    *,
    target: float | None,
    steps: int,
    step: float,
) -> Bounds:
    """Raise the bound by subgradient steps.

    Parameters
    ----------
    task
        What is to be served.
    multipliers
        Where to start, one per row.
    decided
        OPEN, SHUT or FREE for each column.
    target
        Cost of a known solution; the ascent ends when the bound reaches it. None where there is none.
    steps
        Most steps.
    step
        First step size, relative to the distance from the target.

    Returns
    -------
    Bounds
        Best bound. `opened` are the columns that its relaxed problem opens, `upper` is their cost: a solution only
        where they keep to number and budget.
    """
    best, where = lagrangian_relaxation(task, multipliers, decided), multipliers
    direction = np.zeros(len(multipliers))
    stalled, now, at = 0, best, multipliers
    for _ in range(steps):
        aim = target if target is not None else best.value + 0.05 * abs(best.value) + 1.0
        if best.value >= aim - 1e-9 * abs(aim) and target is not None:
            break
        served = (task.cost[:, now.chosen] < at[:, None]).sum(axis=1) + (task.base < at)
        direction = 1.0 - served + MEMORY * direction
        length = float(direction @ direction)
        if length == 0 or step < SMALLEST_STEP:
            break
        at = at + step * (aim + 0.02 * abs(aim) - now.value) / length * direction
        now = lagrangian_relaxation(task, at, decided)
        stalled += 1
        if now.value > best.value:
            stalled = 0 if now.value > best.value + 1e-4 * abs(best.value) else stalled
            best, where = now, at
        if stalled >= STALLED:
            step, stalled, at, now = step / 2, 0, where, best
            direction = np.zeros(len(multipliers))
    return Bounds(
        lower=best.value,
        upper=task.value(best.chosen),
        opened=best.chosen,
        multipliers=where,
        relaxed=best,
    )
