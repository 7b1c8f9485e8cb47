"""Parts of the quota report beside the allocation: sensitivity, monitoring, supports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.output.reports.base import Report, number, records
from parkmap.output.reports.quota_names import RuleRef
from parkmap.plan.elements import Name
from parkmap.plan.schema import Commodity

if TYPE_CHECKING:
    import pandas as pd

    from parkmap.allocation.study import Sensitivity
    from parkmap.analysis.quota.context.subsidy import SubsidyEstimate
    from parkmap.output.reports.quota_names import QuotaNames
    from parkmap.plan.scenarios.schema import Scenario


class ActualEntry(Report):
    """Use against allocation in one year; available + overrun = used + lapsed + carried out."""

    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    allocated_m2: int
    carried_in_m2: int
    available_m2: int
    used_m2: int
    overrun_m2: int
    lapsed_m2: int
    carried_out_m2: int
    used_share: float | None


class GrantEntry(Report):
    """One application for a support; yuan are whole."""

    id: str
    item: str
    name_zh: str
    name_en: str
    what_zh: str
    what_en: str
    rule: RuleRef | None
    """Null for another city measure of the same kind."""
    year: int
    computed_yuan: int
    capped_yuan: int
    paid_yuan: int
    capped: bool
    superseded_by: str | None
    """Application that is paid for the same expense instead: the higher applies."""


class CeilingEntry(Report):
    """A ceiling that was reached."""

    rule: RuleRef | None
    item: str | None
    year: int
    ceiling_yuan: int
    asked_yuan: int
    paid_yuan: int


class SubsidyEntry(Report):
    """Estimate of the supports; not an entitlement."""

    grants: list[GrantEntry]
    yearly: dict[str, int]
    """Year to yuan."""
    ceilings: list[CeilingEntry]
    total_yuan: int


class FairnessEntry(Report):
    """One setting of the dial, one tier."""

    fairness: float
    commodity: Commodity
    tier: int
    claim_m2: int
    allocated_ha: float
    change_ha: float
    moved_ha: float
    """Land that changes hands in the whole commodity at this setting: the price of fairness."""


class PriceEntry(Report):
    """What easing one binding bound by 1 m2 would change, before rounding."""

    kind: str
    id: str
    name_zh: str
    name_en: str
    rules: list[RuleRef]
    bound_m2: int
    total_m2: float
    """Change of the total allocation."""
    benefit: float
    """Change of the sum of weight times square metres."""
    winner: str
    """Claim that gains most."""
    winner_m2: float


class RangeEntry(Report):
    """Quota of one claim when all weights may be off, and the supplies at which it starts and is met."""

    claim: str
    low_m2: float
    ideal_m2: float
    high_m2: float
    best_rank: int
    worst_rank: int
    rank_stable: bool
    exact: bool
    """False where the range is a part of the true one (crossing bounds)."""
    starts_m2: float | None
    """Supply of its market from which it gets more than its floor; null where no supply is enough."""
    met_m2: float | None
    """Supply that meets it in full; null where no supply is enough."""


class SensitivityEntry(Report):
    """How the quota answers to its inputs, before rounding to 1 m2."""

    percent: float
    prices: list[PriceEntry]
    ranges: list[RangeEntry]
    fairness: list[FairnessEntry]


def sensitivity_entry(found: Sensitivity | None, names: QuotaNames) -> SensitivityEntry | None:
    """Return the sensitivity, or None.

    Parameters
    ----------
    found
        Frames of the engine, or None.
    names
        Names behind the ids.
    """
    if found is None:
        return None
    ranges = records(found.ranges.join(found.supply))
    return SensitivityEntry(
        percent=found.percent,
        prices=[_price(row, names) for row in records(found.prices)],
        ranges=[RangeEntry(**row) for row in ranges],
        fairness=fairness_entries(found.fairness),
    )


def _price(row: dict[str, Any], names: QuotaNames) -> PriceEntry:
    rules = [found for name in str(row.pop("rule")).split(", ") if (found := names.rule(name)) is not None]
    said = bound_name(row["kind"], row["id"], names)
    return PriceEntry(**row, rules=rules, name_zh=said.zh, name_en=said.en)


def bound_name(kind: str, name: str, names: QuotaNames) -> Name:
    """Return a bound in words: the market, group or claim that it binds.

    Parameters
    ----------
    kind
        Kind of the bound.
    name
        Id under which the engine knows it.
    names
        Names behind the ids.
    """
    if kind in ("claim_cap", "claim_floor"):
        return names.claim(name)
    if kind.startswith("group"):
        return names.group(name)
    commodity, year, *pools = name.split(":")
    market = {lang: messages.text(f"market.{commodity}", lang, year=year) for lang in ("zh", "en")}
    inner = [names.pools[pool] for pool in (pools[0].split("+") if pools else []) if pool in names.pools]
    if inner:
        return Name(zh="、".join(n.zh for n in inner), en=", ".join(n.en for n in inner))
    return Name(zh=market["zh"], en=market["en"])


def actual_entries(monitoring: pd.DataFrame | None, names: QuotaNames) -> list[ActualEntry]:
    """Return use against allocation.

    Parameters
    ----------
    monitoring
        Frame of the monitor, or None.
    names
        Names behind the ids.
    """
    if monitoring is None:
        return []
    entries = []
    for row in records(monitoring):
        item = str(row.pop("item"))
        entries.append(ActualEntry(id=item, name_zh=names.items[item].zh, name_en=names.items[item].en, **row))
    return entries


def subsidy_entry(found: SubsidyEstimate | None, scenario: Scenario, names: QuotaNames) -> SubsidyEntry | None:
    """Return the estimate of the supports, or None.

    Parameters
    ----------
    found
        Estimate of the engine, or None.
    scenario
        The scenario.
    names
        Names behind the ids.
    """
    if found is None:
        return None
    grants = {grant.id: grant for grant in scenario.grants}
    entries = []
    for row in found.lines.reset_index().itertuples():
        grant = grants[str(row.application).removeprefix("other:")]
        rule = names.rules[grant.rule]
        is_other = str(row.application).startswith("other:")
        what = rule.amounts[grant.amount - 1].what
        item = names.items[grant.item]
        entries.append(
            GrantEntry(
                id=row.application,
                item=grant.item,
                name_zh=item.zh,
                name_en=item.en,
                what_zh="本市其他同类政策" if is_other else what.zh,
                what_en="another city measure of the same kind" if is_other else what.en,
                rule=None if is_other else names.rule(grant.rule),
                year=grant.year,
                computed_yuan=row.computed_yuan,
                capped_yuan=row.capped_yuan,
                paid_yuan=row.paid_yuan,
                capped=row.capped,
                superseded_by=row.superseded_by or None,
            )
        )
    yearly = found.yearly.groupby("year")["yuan"].sum()
    return SubsidyEntry(
        grants=entries,
        yearly={str(year): int(yuan) for year, yuan in yearly.items()},
        ceilings=[
            CeilingEntry(
                rule=names.rule(row.rule),
                item=row.applicant or None,
                year=row.year,
                ceiling_yuan=row.ceiling_yuan,
                asked_yuan=row.asked_yuan,
                paid_yuan=row.paid_yuan,
            )
            for row in found.ceilings.itertuples()
        ],
        total_yuan=found.total_yuan,
    )


def fairness_entries(fairness: pd.DataFrame | None) -> list[FairnessEntry]:
    """Return the price of fairness.

    Parameters
    ----------
    fairness
        Frame of the dial, or None.
    """
    if fairness is None:
        return []
    return [
        FairnessEntry(
            fairness=number(row.fairness) or 0.0,
            commodity=row.commodity,
            tier=row.tier,
            claim_m2=row.claim_m2,
            allocated_ha=round(row.allocated_ha, 4),
            change_ha=round(row.change_ha, 4),
            moved_ha=round(row.moved_ha, 4),
        )
        for row in fairness.itertuples()
    ]
