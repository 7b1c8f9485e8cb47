"""Which claims a group bound applies to, and to which district, role and component a claim belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.plan.schema import Component

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.plan.scenarios.schema import Claim, Selection
    from parkmap.plan.schema import Item, Plan


def district_of(claim: Claim, plan: Plan) -> str | None:
    """Return the district in which a claim's land lies; None where its item spans several or names none.

    Parameters
    ----------
    claim
        The claim.
    plan
        Its plan.
    """
    if claim.district is not None:
        return claim.district
    item = _item(claim.item, plan)
    return item.districts[0] if item is not None and len(item.districts) == 1 else None


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


def select_claims(of: Selection, claims: Iterable[Claim], plan: Plan) -> list[Claim]:
    """Return the claims that meet every condition of a selection, in their order.

    Parameters
    ----------
    of
        The conditions.
    claims
        Claims of one scenario.
    plan
        Their plan.
    """
    return [claim for claim in claims if _meets(of, claim, plan)]


def _meets(of: Selection, claim: Claim, plan: Plan) -> bool:
    checks = (
        claim.commodity == of.commodity,
        of.year in (None, claim.year),
        not of.items or claim.item in of.items,
        of.district is None or district_of(claim, plan) == of.district,
        of.role is None or role_of(claim, plan) == of.role,
        of.component is None or component_of(claim, plan) == of.component,
        of.land_class is None or (claim.land_class or "").startswith(of.land_class),
        of.tenure in (None, claim.tenure),
    )
    return all(checks)


def _item(name: str, plan: Plan) -> Item | None:
    return next((item for item in (*plan.components, *plan.parks, *plan.projects) if item.id == name), None)
