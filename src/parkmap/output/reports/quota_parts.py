"""Parts of the quota report: pools, allocations, totals, sums by district and the like, bounds, ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.analysis.quota.outcome.outcome import Bound, Stage
from parkmap.output.reports.base import Report, number
from parkmap.output.reports.quota_names import RuleRef
from parkmap.plan.schema import Basis, Commodity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.allocation.allocate import Quota
    from parkmap.output.reports.quota_names import QuotaNames
    from parkmap.plan.load import PlanSet
    from parkmap.plan.scenarios.land_classes import LandClass

NO_CAP = 2**53
Partition = Literal["district", "role", "component", "land-class", "tenure"]


class PoolEntry(Report):
    """One supply pool; m2 are whole square metres."""

    id: str
    name_zh: str
    name_en: str
    kind: str
    commodity: Commodity
    year: int
    step: int
    """Pools are drawn on step by step; pools of one step side by side."""
    supply_m2: int
    drawn_m2: int
    left_m2: int
    basis: Basis
    origin_zh: str | None
    origin_en: str | None
    rule: RuleRef | None


class DrawEntry(Report):
    """What an allocation takes from one pool."""

    pool: str
    m2: int


class LandClassRef(Report):
    """A land class in both classifications."""

    code: str
    name_zh: str
    name_en: str
    gb2017: list[str]
    relation: str


class AllocationEntry(Report):
    """Quota of one claim; m2 are whole square metres."""

    id: str
    name_zh: str
    name_en: str
    claim: str
    """Id of the claim: item, commodity, year."""
    commodity: Commodity
    year: int
    tier: int
    tier_rule: RuleRef | None
    weight: float
    indivisible: bool
    claim_m2: int
    floor_m2: int
    cap_m2: int
    allocated_m2: int
    unmet_m2: int
    bound: Bound
    bound_by: str
    bound_rule: RuleRef | None
    basis: Basis
    district: str | None
    component: str | None
    role: str | None
    land_class: LandClassRef | None
    tenure: str | None
    tenure_rule: RuleRef | None
    far: float | None
    """Floor-area ratio by which land and floor space are compared."""
    equivalent_m2: int | None
    """Floor space that the land takes, or land that the floor space needs, by that ratio; halves rounded up."""
    open_pools: list[str]
    """Pools on which it may draw; empty is all of its commodity and year."""
    draws: list[DrawEntry]


class TotalEntry(Report):
    """Sum of one commodity in one year; allocated + unallocated = supply."""

    commodity: Commodity
    year: int
    supply_m2: int
    claim_m2: int
    floor_m2: int
    allocated_m2: int
    unmet_m2: int
    unallocated_m2: int


class SumEntry(Report):
    """Sum over the claims of one district, role, component, land class or tenure, of one commodity in one year."""

    partition: Partition
    key: str | None
    """Id or code; null gathers the claims without one, for example those that span several districts."""
    name_zh: str | None
    name_en: str | None
    commodity: Commodity
    year: int
    claims: int
    claim_m2: int
    allocated_m2: int
    unmet_m2: int


class GroupEntry(Report):
    """A bound on several claims together."""

    id: str
    name_zh: str
    name_en: str
    partition: str
    claims: list[str]
    floor_m2: int
    cap_m2: int | None
    allocated_m2: int
    bound: Literal["floor", "cap"] | None
    """Which of its bounds is reached."""
    rule: RuleRef | None


class LedgerEntry(Report):
    """One row of the ledger; the rows of a claim add up to its allocation."""

    claim: str
    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    pool: str | None
    pool_zh: str | None
    pool_en: str | None
    pool_rule: RuleRef | None
    stage: Stage
    rule: RuleRef | None
    """Rule of the stage: of the floor, or of the tier."""
    bound: Bound | None
    bound_by: str
    bound_rule: RuleRef | None
    m2: int
    who: str | None
    when: str | None
    why_zh: str | None
    why_en: str | None


class TieEntry(Report):
    """Equal remainders that only the tie key could part."""

    claim: str
    won: bool


def pool_entries(quota: Quota, names: QuotaNames) -> list[PoolEntry]:
    """Return the pools in the order of the scenario."""
    frame = quota.outcome.pools
    return [
        PoolEntry(
            id=pool.id,
            name_zh=pool.name.zh,
            name_en=pool.name.en,
            kind=pool.kind_id,
            commodity=pool.commodity,
            year=pool.year,
            step=int(frame.at[pool.id, "order"]),
            supply_m2=pool.supply.m2,
            drawn_m2=int(frame.at[pool.id, "drawn_m2"]),
            left_m2=int(frame.at[pool.id, "left_m2"]),
            basis=pool.supply.basis,
            origin_zh=pool.supply.origin.zh if pool.supply.origin else None,
            origin_en=pool.supply.origin.en if pool.supply.origin else None,
            rule=names.rule(pool.rule),
        )
        for pool in quota.scenario.pools
    ]


def allocation_entries(quota: Quota, names: QuotaNames, plan_set: PlanSet) -> list[AllocationEntry]:
    """Return one entry per claim, in the order of the scenario."""
    drawn: dict[str, list[DrawEntry]] = {}
    for row in quota.outcome.draws.itertuples():
        drawn.setdefault(row.claim, []).append(DrawEntry(pool=row.pool, m2=row.m2))
    given = quota.outcome.problem.claims.join(quota.outcome.claims)
    entries = []
    for row in given.itertuples():
        claim = names.claims[row.Index]
        entries.append(
            AllocationEntry(
                id=row.item,
                name_zh=names.items[row.item].zh,
                name_en=names.items[row.item].en,
                claim=row.Index,
                commodity=row.commodity,
                year=row.year,
                tier=row.tier,
                tier_rule=names.rule(row.tier_rule),
                weight=row.weight,
                indivisible=row.indivisible,
                claim_m2=row.claim_m2,
                floor_m2=row.floor_m2,
                cap_m2=row.cap_m2,
                allocated_m2=row.allocated_m2,
                unmet_m2=row.unmet_m2,
                bound=row.bound,
                bound_by=row.bound_by,
                bound_rule=names.rule(row.bound_rule),
                basis=claim.claim.basis,
                district=row.district or None,
                component=row.component or None,
                role=row.role or None,
                land_class=land_class_ref(claim.land_class, plan_set),
                tenure=claim.tenure,
                tenure_rule=names.rule(claim.tenure_rule),
                far=claim.far,
                equivalent_m2=_equivalent(row.allocated_m2, row.commodity, claim.far),
                open_pools=list(row.pools),
                draws=drawn.get(row.Index, []),
            )
        )
    return entries


def land_class_ref(code: str | None, plan_set: PlanSet) -> LandClassRef | None:
    """Return a land class with its counterpart in the older classification."""
    found: LandClass | None = plan_set.land_classes.get(code or "")
    if found is None:
        return None
    return LandClassRef(
        code=found.code,
        name_zh=found.name.zh,
        name_en=found.name.en,
        gb2017=list(found.gb2017),
        relation=found.relation,
    )


def _equivalent(m2: int, commodity: str, far: float | None) -> int | None:
    if far is None:
        return None
    exact = m2 * far if commodity == "land" else m2 / far
    return int(exact + 0.5)


def total_entries(quota: Quota) -> list[TotalEntry]:
    """Return one entry per commodity and year."""
    fields = list(TotalEntry.model_fields)
    return [TotalEntry(**{name: _plain(row[name]) for name in fields}) for row in quota.totals.to_dict("records")]


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


def sum_entries(allocations: list[AllocationEntry], names: QuotaNames) -> list[SumEntry]:
    """Return the sums over districts, roles, components, land classes and tenures; each sums up to the total."""
    keys: dict[Partition, str] = {
        "district": "district",
        "role": "role",
        "component": "component",
        "land-class": "land_class",
        "tenure": "tenure",
    }
    entries: list[SumEntry] = []
    for partition, field in keys.items():
        sums: dict[tuple[str, int, str], list[AllocationEntry]] = {}
        for entry in allocations:
            value = getattr(entry, field)
            key = value.code if isinstance(value, LandClassRef) else value
            sums.setdefault((entry.commodity, entry.year, key or ""), []).append(entry)
        for (_, _, key), members in sorted(sums.items()):
            entries.append(_sum(partition, key, members, names))
    return entries


def _sum(partition: Partition, key: str, members: list[AllocationEntry], names: QuotaNames) -> SumEntry:
    first = members[0]
    zh, en = None, None
    if partition in ("district", "component") and key:
        name = (names.districts if partition == "district" else names.items).get(key)
        zh, en = (name.zh, name.en) if name is not None else (key, key)
    elif partition == "land-class" and first.land_class is not None:
        zh, en = first.land_class.name_zh, first.land_class.name_en
    return SumEntry(
        partition=partition,
        key=key or None,
        name_zh=zh,
        name_en=en,
        commodity=first.commodity,
        year=first.year,
        claims=len(members),
        claim_m2=sum(m.claim_m2 for m in members),
        allocated_m2=sum(m.allocated_m2 for m in members),
        unmet_m2=sum(m.unmet_m2 for m in members),
    )


def group_entries(quota: Quota, names: QuotaNames) -> list[GroupEntry]:
    """Return the bounds on several claims together."""
    members = quota.outcome.problem.members
    entries = []
    for row in quota.outcome.groups.itertuples():
        name = names.group(row.Index)
        entries.append(
            GroupEntry(
                id=row.Index,
                name_zh=name.zh,
                name_en=name.en,
                partition=row.partition,
                claims=members.loc[members["group"] == row.Index, "claim"].tolist(),
                floor_m2=row.floor_m2,
                cap_m2=None if row.cap_m2 >= NO_CAP else row.cap_m2,
                allocated_m2=row.allocated_m2,
                bound=row.bound or None,
                rule=names.rule(row.rule),
            )
        )
    return entries


def ledger_entries(quota: Quota, names: QuotaNames) -> Iterator[LedgerEntry]:
    """Yield the ledger, claim by claim."""
    pools = quota.outcome.pools["rule"]
    reasons = {f"{o.item}:{o.commodity}:{o.year}": o.why for o in quota.scenario.overrides}
    for row in quota.outcome.ledger.itertuples():
        claim = names.claims[row.claim]
        item, pool, why = names.items[claim.item], names.pools.get(row.pool), None
        if row.stage == "override":
            why = reasons.get(row.claim)
        yield LedgerEntry(
            claim=row.claim,
            id=claim.item,
            name_zh=item.zh,
            name_en=item.en,
            commodity=claim.commodity,
            year=claim.year,
            pool=row.pool or None,
            pool_zh=pool.zh if pool else None,
            pool_en=pool.en if pool else None,
            pool_rule=names.rule(pools[row.pool]) if row.pool else None,
            stage=row.stage,
            rule=names.rule(row.rule),
            bound=row.bound or None,
            bound_by=row.bound_by,
            bound_rule=names.rule(row.bound_rule),
            m2=row.m2,
            who=row.who or None,
            when=row.when or None,
            why_zh=why.zh if why else None,
            why_en=why.en if why else None,
        )


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole, or None where there is no whole."""
    return number(part / whole) if whole else None
