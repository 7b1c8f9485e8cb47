"""How many elements a plan names, role by role, and how much its scenarios claim."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parkmap.plan.schema import Commodity, Component, Plan, Role, Scenario


def is_placeholder(plan: Plan, component: Component) -> bool:
    """Tell whether a component only stands for elements that are declared and not named.

    Such a component has the words of the formula as its name (多点, 三带联动) and no location.

    Parameters
    ----------
    plan
        The plan.
    component
        One of its components.
    """
    return component.undetermined is not None and component.name.zh in plan.structure.name.zh


def named_components(plan: Plan) -> tuple[Component, ...]:
    """Return the components that the text names one by one; parts of others are not counted.

    Parameters
    ----------
    plan
        The plan.
    """
    return tuple(c for c in plan.components if c.part_of is None and not is_placeholder(plan, c))


def listed_counts(plan: Plan) -> Counter[Role]:
    """Return how many named components have each role.

    Parameters
    ----------
    plan
        The plan.
    """
    return Counter(component.role for component in named_components(plan))


def claimed_m2(scenario: Scenario | None, commodity: Commodity) -> Counter[str]:
    """Return how much of a commodity each item claims, all years together, m².

    Parameters
    ----------
    scenario
        The scenario; None claims nothing.
    commodity
        Land or floor space.
    """
    claimed: Counter[str] = Counter()
    for claim in scenario.claims if scenario else ():
        if claim.commodity == commodity:
            claimed[claim.item] += claim.claim.m2
    return claimed
