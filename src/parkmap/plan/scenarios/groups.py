"""Which claims a group bound applies to, and to which district, role and component a claim belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from parkmap.plan.schema import Component

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.plan.scenarios.schema import Claim, Selection
    from parkmap.plan.schema import Item, Plan

Ground = Mapping[str, Sequence[str]]
"""By id of an item: the districts in which its layer puts it, where the plan names none."""


def district_of(claim: Claim, plan: Plan, ground: Ground | None = None) -> str | None:
    """Return the district in which a claim's land lies; None where its item spans several or is in none.

    Parameters
    ----------
    claim
        The claim; the district that it names comes first.
    plan
        Its plan, whose districts come next.
    ground
        Districts of items on the ground; None where no layer is at hand.
    """
    if claim.district is not None:
        return claim.district
    item = _item(claim.item, plan)
    found = (() if item is None else item.districts) or (ground or {}).get(claim.item, ())
    return found[0] if len(found) == 1 else None


def component_of(claim: Claim, plan: Plan) -> str | None:
    """Return the component of a claim: its item itself, or the component that holds the park or project.

    Parameters
    ----------
    claim
        The claim.
    plan
        Its plan.
    """
    item = _item(claim.item, plan)
    if item is None:
        return None
    if isinstance(item, Component):
        return item.id
    holder: str | None = getattr(item, "component", None)
    park = next((park for park in plan.parks if park.id == holder), None)
    return park.component if park is not None else holder


def role_of(claim: Claim, plan: Plan) -> str | None:
    """Return the role of a claim's component, or None.

    Parameters
    ----------
    claim
        The claim.
    plan
        Its plan.
    """
    name = component_of(claim, plan)
    return next((component.role for component in plan.components if component.id == name), None)


def select_claims(of: Selection, claims: Iterable[Claim], plan: Plan, ground: Ground | None = None) -> list[Claim]:
    """Return the claims that meet every condition of a selection, in their order.

    Parameters
    ----------
    of
        The conditions.
    claims
        Claims of one scenario.
    plan
        Their plan.
    ground
        Districts of items on the ground; None where no layer is at hand.
    """
    return [claim for claim in claims if _meets(of, claim, plan, ground)]


def _meets(of: Selection, claim: Claim, plan: Plan, ground: Ground | None) -> bool:
    checks = (
        claim.commodity == of.commodity,
        of.year in (None, claim.year),
        not of.items or claim.item in of.items,
        of.district is None or district_of(claim, plan, ground) == of.district,
        of.role is None or role_of(claim, plan) == of.role,
        of.component is None or component_of(claim, plan) == of.component,
        of.land_class is None or (claim.land_class or "").startswith(of.land_class),
        of.tenure in (None, claim.tenure),
    )
    return all(checks)


def _item(name: str, plan: Plan) -> Item | None:
    return next((item for item in (*plan.components, *plan.parks, *plan.projects) if item.id == name), None)
