"""A variant and the scenario from which it starts make a whole scenario."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from parkmap.plan.elements import Name
from parkmap.plan.scenarios.schema import Figure

if TYPE_CHECKING:
    from parkmap.plan.scenarios.schema import Claim, ClaimChange, Pool, Scenario, SupplyChange, Variant


def resolve_variant(variant: Variant, base: Scenario) -> Scenario:
    """Return the scenario that a variant describes.

    Parameters
    ----------
    variant
        What differs.
    base
        The scenario from which it starts.

    Returns
    -------
    Scenario
        Whole; a changed number is an assumption whose origin gives the change and the number before it. What refers
        to a claim that the variant leaves out is left out too.
    """
    pools = tuple(_pool(pool, variant) for pool in base.pools if _kept(pool, variant))
    claims = tuple(_claim(claim, variant) for claim in base.claims if _kept(claim, variant))
    left = {(claim.item, claim.commodity, claim.year) for claim in claims}
    return base.model_copy(
        update={
            "id": variant.id,
            "plan": variant.plan,
            "name": variant.name,
            "note": variant.note,
            "method": variant.method or base.method,
            "pools": pools,
            "claims": claims,
            "groups": tuple(
                g for g in (*base.groups, *variant.groups) if _bound_kept(g.of.commodity, g.of.year, variant)
            ),
            "overrides": (
                *(o for o in base.overrides if (o.item, o.commodity, o.year) in left),
                *variant.overrides,
            ),
            "actuals": tuple(a for a in base.actuals if (a.item, a.commodity, a.year) in left),
            "grants": tuple(g for g in base.grants if not variant.years or g.year in variant.years),
        }
    )


def percent_of(m2: int, percent: float) -> int:
    """Return a share of an area in whole square metres, halves up.

    Parameters
    ----------
    m2
        Whole square metres.
    percent
        Share, per cent; read as the decimal number that it prints as.
    """
    return int((Decimal(m2) * Decimal(str(percent)) / 100).to_integral_value(rounding=ROUND_HALF_UP))


def _kept(entry: Pool | Claim, variant: Variant) -> bool:
    return _bound_kept(entry.commodity, entry.year, variant)


def _bound_kept(commodity: str, year: int | None, variant: Variant) -> bool:
    in_commodity = not variant.commodities or commodity in variant.commodities
    return in_commodity and (not variant.years or year is None or year in variant.years)


def _pool(pool: Pool, variant: Variant) -> Pool:
    supply = pool.supply
    for change in variant.supply:
        if _touches(change, pool.commodity, pool.year) and change.kind in (None, pool.kind_id):
            supply = _scaled(supply, change.percent, change.origin)
    return pool.model_copy(update={"supply": supply})


def _claim(claim: Claim, variant: Variant) -> Claim:
    for change in variant.claims:
        if _touches(change, claim.commodity, claim.year) and change.item in (None, claim.item):
            claim = _changed(claim, change)
    return claim


def _touches(change: SupplyChange | ClaimChange, commodity: str, year: int) -> bool:
    return change.commodity in (None, commodity) and change.year in (None, year)


def _changed(claim: Claim, change: ClaimChange) -> Claim:
    update: dict[str, object] = {}
    if change.percent is not None:
        update["claim"] = _scaled(claim.claim, change.percent, change.origin)
    if change.floor_percent is not None and claim.floor is not None:
        update["floor"] = _scaled(claim.floor, change.floor_percent, change.origin)
    if change.tier is not None:
        update |= {"tier": change.tier, "tier_rule": None}
    if change.weight is not None:
        update["weight"] = change.weight
    if change.indivisible is not None:
        update["indivisible"] = change.indivisible
    changed = claim.model_copy(update=update)
    cap = changed.cap.m2 if changed.cap is not None else changed.claim.m2
    wanted = min(cap, changed.claim.m2)
    if changed.floor is not None and changed.floor.m2 > wanted:
        followed = _assumed(changed.floor, wanted, change.origin, percent=None)
        changed = changed.model_copy(update={"floor": followed})
    return changed


def _scaled(figure: Figure, percent: float, origin: Name) -> Figure:
    return _assumed(figure, percent_of(figure.m2, percent), origin, percent=percent)


def _assumed(figure: Figure, m2: int, origin: Name, *, percent: float | None) -> Figure:
    share = "" if percent is None else f"{percent:g}% × "
    before = figure.origin or Name(zh="见条款", en="see the clause")
    return Figure(
        m2=m2,
        basis="assumption",
        source=figure.source,
        origin=Name(
            zh=f"{origin.zh}（{share}{figure.m2:,} 平方米；原依据：{before.zh}）",
            en=f"{origin.en} ({share}{figure.m2:,} m2; before: {before.en})",
        ),
    )
