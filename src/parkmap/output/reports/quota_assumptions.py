"""Every figure of a scenario with its basis and origin: what the first page of the report must list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Report
from parkmap.plan.elements import Name
from parkmap.plan.scenarios.pool_order import assumed_orders
from parkmap.plan.schema import Basis, Commodity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.output.reports.quota_names import QuotaNames
    from parkmap.plan.scenarios.schema import Claim, Figure, Money, Scenario

What = Literal[
    "supply",
    "claim",
    "floor",
    "cap",
    "tier",
    "access",
    "group_floor",
    "group_cap",
    "used",
    "cost",
    "other",
    "method",
    "attributes",
    "order",
    "carry_over",
]


class FigureEntry(Report):
    """One figure or choice of the scenario, with what it rests on."""

    what: What
    of: str
    """Id of the pool, claim, bound or grant."""
    name_zh: str
    name_en: str
    commodity: Commodity | None
    year: int | None
    m2: int | None
    yuan: int | None
    basis: Basis
    document: str | None
    clause: str | None
    origin_zh: str | None
    origin_en: str | None


def figure_entries(scenario: Scenario, names: QuotaNames) -> Iterator[FigureEntry]:
    """Yield every figure and every choice that no rule makes.

    Parameters
    ----------
    scenario
        The scenario, whole.
    names
        Names of its items.
    """
    if scenario.method.reason is not None:
        label = Name(zh=scenario.method.name, en=scenario.method.name)
        yield _entry("method", "method", label, reason=scenario.method.reason)
    yield from _attribute_entries(scenario)
    yield from _order_entries(scenario, names)
    for pool in scenario.pools:
        yield _entry("supply", pool.id, pool.name, pool.supply, market=(pool.commodity, pool.year))
    for claim in scenario.claims:
        yield from _claim_entries(claim, names)
    for group in scenario.groups:
        market = (group.of.commodity, group.of.year)
        if group.floor is not None:
            yield _entry("group_floor", group.id, group.name, group.floor, market=market)
        if group.cap is not None:
            yield _entry("group_cap", group.id, group.name, group.cap, market=market)
    yield from _record_entries(scenario, names)


def _attribute_entries(scenario: Scenario) -> Iterator[FigureEntry]:
    """Yield one entry for what the claims say of themselves and no rule gives."""
    claims = scenario.claims
    kinds = (
        ("地类", "land classes", any(c.land_class for c in claims)),
        ("容积率", "floor-area ratios", any(c.far for c in claims)),
        ("供地方式", "tenures", any(c.tenure and c.tenure_rule is None for c in claims)),
        ("权重", "weights", any(c.weight != 1 for c in claims)),
        ("整块供应", "what is all or nothing", any(c.indivisible for c in claims)),
    )
    present = [(zh, en) for zh, en, there in kinds if there]
    if present:
        zh, en = ("、".join(zh for zh, _ in present), ", ".join(en for _, en in present))
        said = Name(zh="没有规则依据，均为假设", en="no rule gives them: all are assumptions")
        yield _entry("attributes", "claims", Name(zh=f"各需求的{zh}", en=f"{en} of the claims"), reason=said)


def _order_entries(scenario: Scenario, names: QuotaNames) -> Iterator[FigureEntry]:
    for pools in assumed_orders(scenario, names.rules):
        commodity, year = pools[0].commodity, pools[0].year
        said = Name(
            zh=f"没有一条规则给出先后，假定依次动用：{'、'.join(pool.name.zh for pool in pools)}",
            en=f"no single rule gives it; assumed to be drawn on in turn: {', '.join(pool.name.en for pool in pools)}",
        )
        label = Name(zh="各指标池", en="pools")
        yield _entry("order", f"{commodity}:{year}", label, reason=said, market=(commodity, year))


def _record_entries(scenario: Scenario, names: QuotaNames) -> Iterator[FigureEntry]:
    if scenario.actuals:
        years = scenario.carry_over_years
        said = Name(zh=f"{years}年，没有规则依据", en=f"{years} year(s); no rule gives it")
        label = Name(zh="未用完指标的结转年限", en="for how long what is left can still be used")
        yield _entry("carry_over", "carry_over_years", label, reason=said)
    for actual in scenario.actuals:
        of = f"{actual.item}:{actual.commodity}:{actual.year}"
        yield _entry("used", of, names.items[actual.item], actual.used, market=(actual.commodity, actual.year))
    for grant in scenario.grants:
        sums: tuple[tuple[What, Money | None], ...] = (("cost", grant.cost), ("other", grant.other))
        for what, money in sums:
            if money is not None:
                yield _entry(what, grant.id, names.items[grant.item], money, market=(None, grant.year))


def _claim_entries(claim: Claim, names: QuotaNames) -> Iterator[FigureEntry]:
    of, item = f"{claim.item}:{claim.commodity}:{claim.year}", names.items[claim.item]
    market = (claim.commodity, claim.year)
    yield _entry("claim", of, item, claim.claim, market=market)
    if claim.floor is not None:
        yield _entry("floor", of, item, claim.floor, market=market)
    if claim.cap is not None:
        yield _entry("cap", of, item, claim.cap, market=market)
    if claim.tier_rule is None:
        reason = Name(zh=f"第{claim.tier}级，没有规则依据", en=f"tier {claim.tier}, no rule gives it")
        yield _entry("tier", of, item, reason=reason, market=market)
    if claim.pools is not None and claim.pools.reason is not None:
        yield _entry("access", of, item, reason=claim.pools.reason, market=market)


def _entry(
    what: What,
    of: str,
    name: Name,
    figure: Figure | Money | None = None,
    *,
    market: tuple[Commodity | None, int | None] = (None, None),
    reason: Name | None = None,
) -> FigureEntry:
    source = figure.source if figure is not None else None
    origin = figure.origin if figure is not None else reason
    return FigureEntry(
        what=what,
        of=of,
        name_zh=name.zh,
        name_en=name.en,
        commodity=market[0],
        year=market[1],
        m2=getattr(figure, "m2", None),
        yuan=getattr(figure, "yuan", None),
        basis=figure.basis if figure is not None else "assumption",
        document=source.document if source else None,
        clause=source.clause if source else None,
        origin_zh=origin.zh if origin else None,
        origin_en=origin.en if origin else None,
    )
