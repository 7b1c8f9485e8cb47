"""Every figure of a scenario with its basis and origin: what the first page of a report must list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.allocation.allocate import claim_id
from parkmap.plan.scenarios.pool_order import assumed_orders
from parkmap.questions.quota.names import NAMES_LISTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.messages import Words
    from parkmap.plan.scenarios.schema import Claim, Figure, Money, Scenario
    from parkmap.plan.schema import Rule

Row = dict[str, Any]


def figure_rows(scenario: Scenario, items: Mapping[str, Words], rules: Mapping[str, Rule]) -> Iterator[Row]:
    """Yield every figure and every choice that no rule makes.

    Parameters
    ----------
    scenario
        The scenario, whole.
    items
        Names of its items.
    rules
        Rules of its policies by id.
    """
    method = scenario.method
    if method.reason is not None:
        yield _row("method", "method", messages.plain(method.name), reason=method.reason.words)
    yield from _attributes(scenario)
    for pools in assumed_orders(scenario, rules):
        market = (pools[0].commodity, pools[0].year)
        reason = messages.words(
            "given.order.reason", names=messages.joined((p.name.words for p in pools), by=NAMES_LISTED)
        )
        yield _row("order", ":".join(map(str, market)), messages.words("given.order.name"), None, market, reason=reason)
    for pool in scenario.pools:
        yield _row("supply", pool.id, pool.name.words, pool.supply, (pool.commodity, pool.year))
    for claim in scenario.claims:
        yield from _claim(claim, items[claim.item])
    for group in scenario.groups:
        for what, figure in (("group_floor", group.floor), ("group_cap", group.cap)):
            if figure is not None:
                yield _row(what, group.id, group.name.words, figure, (group.of.commodity, group.of.year))
    yield from _records(scenario, items)


def _attributes(scenario: Scenario) -> Iterator[Row]:
    """Yield one row for what the claims say of themselves and no rule gives."""
    claims = scenario.claims
    kinds = {
        "classes": any(c.land_class for c in claims),
        "ratios": any(c.far for c in claims),
        "tenures": any(c.tenure and c.tenure_rule is None for c in claims),
        "weights": any(c.weight != 1 for c in claims),
        "whole": any(c.indivisible for c in claims),
    }
    said = [messages.words(f"given.attributes.{kind}") for kind, there in kinds.items() if there]
    if said:
        name = messages.words("given.attributes.name", kinds=messages.joined(said, by=NAMES_LISTED))
        yield _row("attributes", "claims", name, reason=messages.words("given.attributes.reason"))


def _records(scenario: Scenario, items: Mapping[str, Words]) -> Iterator[Row]:
    if scenario.actuals:
        reason = messages.words("given.carry_over.reason", years=scenario.carry_over_years)
        yield _row("carry_over", "carry_over_years", messages.words("given.carry_over.name"), reason=reason)
    for actual in scenario.actuals:
        of = claim_id(actual.item, actual.commodity, actual.year)
        yield _row("used", of, items[actual.item], actual.used, (actual.commodity, actual.year))
    for grant in scenario.grants:
        for what, money in (("cost", grant.cost), ("other", grant.other)):
            if money is not None:
                yield _row(what, grant.id, items[grant.item], money, (None, grant.year))


def _claim(claim: Claim, item: Words) -> Iterator[Row]:
    of, market = claim_id(claim.item, claim.commodity, claim.year), (claim.commodity, claim.year)
    for what, figure in (("claim", claim.claim), ("floor", claim.floor), ("cap", claim.cap)):
        if figure is not None:
            yield _row(what, of, item, figure, market)
    if claim.tier_rule is None:
        yield _row("tier", of, item, None, market, reason=messages.words("given.tier.reason", tier=claim.tier))
    if claim.pools is not None and claim.pools.reason is not None:
        yield _row("access", of, item, None, market, reason=claim.pools.reason.words)


def _row(
    what: str,
    of: str,
    name: Words,
    figure: Figure | Money | None = None,
    market: tuple[str | None, int | None] = (None, None),
    *,
    reason: Words | None = None,
) -> Row:
    source = None if figure is None else figure.source
    origin = reason if figure is None else None if figure.origin is None else figure.origin.words
    return {
        "what": what,
        "of": of,
        "name": name,
        "commodity": market[0],
        "year": market[1],
        "m2": getattr(figure, "m2", None),
        "yuan": getattr(figure, "yuan", None),
        "basis": "assumption" if figure is None else figure.basis,
        "document": None if source is None else source.document,
        "clause": None if source is None else source.clause,
        "origin": origin,
    }
