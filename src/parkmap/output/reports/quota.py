"""Report of `parkmap quota`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Head, Report, head, names_of, records, without
from parkmap.plan.schema import Basis, Commodity

if TYPE_CHECKING:
    from parkmap.results import PlanResults


class PoolEntry(Report):
    """One supply pool; m2 are whole square metres."""

    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    supply_m2: int
    drawn_m2: int
    basis: Basis
    origin_zh: str | None
    origin_en: str | None


class DrawEntry(Report):
    """What an allocation takes from one pool."""

    pool: str
    m2: int


class AllocationEntry(Report):
    """Quota of one claim; m2 are whole square metres."""

    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    tier: int
    weight: float
    claim_m2: int
    floor_m2: int
    cap_m2: int
    allocated_m2: int
    unmet_m2: int
    bound: Literal["floor", "cap", "claim", "tier", "none"]
    basis: Basis
    draws: list[DrawEntry]


class TotalEntry(Report):
    """Sum of one commodity in one year; allocated + unallocated = supply."""

    commodity: Commodity
    year: int
    supply_m2: int
    claim_m2: int
    allocated_m2: int
    unmet_m2: int
    unallocated_m2: int
    floors_met: bool


class QuotaReport(Head):
    """Result of `parkmap quota`."""

    scenario: str
    scenario_name_zh: str
    scenario_name_en: str
    note_zh: str
    note_en: str
    example: bool
    """True when any number or tier is an assumption: the table is then an example, not a decision."""
    method: Literal["priority-proportional"]
    pools: list[PoolEntry]
    allocations: list[AllocationEntry]
    totals: list[TotalEntry]


def quota_report(results: PlanResults) -> QuotaReport | None:
    """Return the quota as a report, or None where the plan has no scenario."""
    scenario, quota = results.scenario, results.quota
    if scenario is None or quota is None:
        return None
    names = names_of(results.items)
    bases = {(claim.item, claim.commodity, claim.year): claim.claim.basis for claim in scenario.claims}
    drawn = quota.draws.groupby(["commodity", "year", "pool"])["m2"].sum()
    pools = [
        PoolEntry(
            id=pool.id,
            name_zh=pool.name.zh,
            name_en=pool.name.en,
            commodity=pool.commodity,
            year=pool.year,
            supply_m2=pool.supply.m2,
            drawn_m2=int(drawn.get((pool.commodity, pool.year, pool.id), 0)),
            basis=pool.supply.basis,
            origin_zh=pool.supply.origin.zh if pool.supply.origin else None,
            origin_en=pool.supply.origin.en if pool.supply.origin else None,
        )
        for pool in scenario.pools
    ]
    by_claim = {key: group for key, group in quota.draws.groupby(["item", "commodity", "year"])}  # noqa: C416
    allocations = []
    for row in records(quota.allocations):
        key = (row["item"], row["commodity"], row["year"])
        draws = by_claim.get(key)
        entries = [] if draws is None else [DrawEntry(pool=d.pool, m2=d.m2) for d in draws.itertuples()]
        allocations.append(
            AllocationEntry(**names[row["item"]], **without(row, "item"), basis=bases[key], draws=entries)
        )
    return QuotaReport(
        **head(results),
        scenario=scenario.id,
        scenario_name_zh=scenario.name.zh,
        scenario_name_en=scenario.name.en,
        note_zh=scenario.note.zh,
        note_en=scenario.note.en,
        example=results.rests_on_assumptions,
        method="priority-proportional",
        pools=pools,
        allocations=allocations,
        totals=[TotalEntry(**row) for row in records(quota.totals)],
    )
