"""Report of `parkmap why`: the ledger of one park in sentences, each with its clause."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.output.reports.base import Head, Report
from parkmap.output.reports.quota_parts import AllocationEntry, LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.output.reports.quota_names import RuleRef
    from parkmap.output.reports.quota_study import RangeEntry

FUZZ_M2: Final = 1e-3
"""A supply this little above a whole number is that number."""
BY_RULE: Final = frozenset({"claim_floor", "claim_cap", "group_floor", "group_cap"})
"""Kinds of bounds that somebody sets; what no rule gives is an assumption."""


class Reason(Report):
    """Why one claim got what it got."""

    claim: str
    sentences_zh: list[str]
    sentences_en: list[str]
    ledger: list[LedgerEntry]


class WhyReport(Head):
    """Result of `parkmap why`."""

    scenario: str
    example: bool
    item: str
    item_zh: str
    item_en: str
    claims: list[Reason]
    """One entry per claim of the item; empty where it claims nothing."""


def why_report(quota: QuotaReport, item: str, *, name_zh: str, name_en: str) -> WhyReport:
    """Return the reasons for the quota of one item.

    Parameters
    ----------
    quota
        Quota of the plan, with its sensitivity.
    item
        Id of the component, park or project.
    name_zh, name_en
        Its names.
    """
    own = [entry for entry in quota.allocations if entry.id == item]
    head = {name: getattr(quota, name) for name in Head.model_fields}
    return WhyReport(
        **head,
        scenario=quota.scenario,
        example=quota.example,
        item=item,
        item_zh=name_zh,
        item_en=name_en,
        claims=[
            Reason(
                claim=entry.claim,
                sentences_zh=reasons(quota, entry, "zh"),
                sentences_en=reasons(quota, entry, "en"),
                ledger=[row for row in quota.ledger if row.claim == entry.claim],
            )
            for entry in own
        ],
    )


def reasons(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> list[str]:
    """Return the ledger of one claim in sentences.

    Parameters
    ----------
    quota
        Report of the quota.
    entry
        The claim.
    lang
        Language.
    """
    return [_head(entry, lang), *_body(quota, entry, lang)]


def _body(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> Iterator[str]:
    if quota.infeasible is not None:
        yield from _conflict(quota, lang)
        return
    yield _market(quota, entry, lang)
    for row in quota.ledger:
        if row.claim == entry.claim:
            yield _row(row, entry, quota, lang)
    yield _bound(quota, entry, lang)
    if entry.unmet_m2:
        yield from _tiers(quota, entry, lang)
        yield _say("why.unmet", lang, m2=f"{entry.unmet_m2:,}", size=_size(entry.unmet_m2, entry, lang))
    yield from _sensitivity(quota, entry, lang)
    yield from _attributes(quota, entry, lang)


def _head(entry: AllocationEntry, lang: Lang) -> str:
    return _say(
        "why.head",
        lang,
        name=entry.name_zh if lang == "zh" else entry.name_en,
        year=entry.year,
        commodity=_say(f"commodity.{entry.commodity}", lang),
        claim=f"{entry.claim_m2:,}",
        allocated=f"{entry.allocated_m2:,}",
        size=_size(entry.allocated_m2, entry, lang),
    )


def _method(quota: QuotaReport, lang: Lang) -> str:
    if quota.method.fairness is not None:
        return _say("method.dial_at", lang, fairness=f"{quota.method.fairness:g}")
    return _say(f"method.{quota.method.name}", lang)


def _rivals(quota: QuotaReport, entry: AllocationEntry) -> list[AllocationEntry]:
    """Return the claims of the same market."""
    return [a for a in quota.allocations if (a.commodity, a.year) == (entry.commodity, entry.year)]


def _market(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> str:
    """Say for what the claim competes, and by which method."""
    rivals = _rivals(quota, entry)
    total = next(t for t in quota.totals if (t.commodity, t.year) == (entry.commodity, entry.year))
    said = _say(
        "why.market",
        lang,
        year=entry.year,
        commodity=_say(f"commodity.{entry.commodity}", lang),
        supply=f"{total.supply_m2:,}",
        count=len(rivals),
        claims=f"{total.claim_m2:,}",
        method=_method(quota, lang),
    )
    return said[:1].upper() + said[1:]


def _tiers(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> Iterator[str]:
    """Say what tiers before and after it get, where the method looks at tiers."""
    rivals = _rivals(quota, entry)
    if not METHODS[quota.method.name].by_tier or len({a.tier for a in rivals}) == 1:
        return
    own = [a for a in rivals if a.tier == entry.tier]
    yield _say(
        "why.tiers",
        lang,
        count=len(own),
        claims=f"{sum(a.claim_m2 for a in own):,}",
        got=f"{sum(a.allocated_m2 for a in own):,}",
        before=f"{sum(a.allocated_m2 for a in rivals if a.tier < entry.tier):,}",
        after=f"{sum(a.allocated_m2 for a in rivals if a.tier > entry.tier):,}",
    )


def _row(row: LedgerEntry, entry: AllocationEntry, quota: QuotaReport, lang: Lang) -> str:
    pool_name = row.pool_zh if lang == "zh" else row.pool_en
    pool = _say("why.no_pool", lang)
    if pool_name is not None:
        pool = _say("why.pool", lang, pool=pool_name, rule=_rule(row.pool_rule, lang))
    by_tier = METHODS[quota.method.name].by_tier
    key = "why.stage.method" if row.stage == "share" and not by_tier else f"why.stage.{row.stage}"
    if row.stage == "share" and row.m2 == 0:
        key += ".nothing"
    why = row.why_zh if lang == "zh" else row.why_en
    by_hand = _say("ledger.by_hand", lang, who=row.who, when=row.when, why=why) if row.who else ""
    assumed = _rule(row.rule, lang) or (_say("why.no_rule", lang) if row.stage in ("floor", "share") else "")
    method = _method(quota, lang)
    return _say(key, lang, m2=f"{row.m2:,}", tier=entry.tier, rule=assumed, pool=pool, by_hand=by_hand, method=method)


def _bound(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> str:
    group = next((g for g in quota.groups if g.id == entry.bound_by), None)
    name = "" if group is None else (group.name_zh if lang == "zh" else group.name_en)
    by_weight = METHODS[quota.method.name].by_weight
    return _say(
        f"why.bound.{entry.bound}",
        lang,
        how=_say(f"why.how.{quota.method.name}", lang),
        percent=f"{100 * entry.allocated_m2 / entry.claim_m2:.2f}" if entry.claim_m2 else "100.00",
        weight=_say("why.weight", lang, weight=f"{entry.weight:g}") if by_weight else "",
        cap=f"{entry.cap_m2:,}",
        tier=entry.tier,
        group=name,
        rule=_rule(entry.bound_rule, lang),
    )


def _sensitivity(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> Iterator[str]:
    if quota.sensitivity is None:
        return
    found: RangeEntry | None = next((r for r in quota.sensitivity.ranges if r.claim == entry.claim), None)
    if found is None:
        return
    if entry.unmet_m2:
        if found.met_m2 is None or entry.cap_m2 < entry.claim_m2:
            yield _say("why.met_never", lang)
        else:
            commodity = _say(f"commodity.{entry.commodity}", lang)
            met = f"{math.ceil(found.met_m2 - FUZZ_M2):,}"
            yield _say("why.met_at", lang, year=entry.year, commodity=commodity, m2=met)
    if found.high_m2 - found.low_m2 >= 1:
        low, high = f"{round(found.low_m2):,}", f"{round(found.high_m2):,}"
        yield _say("why.range", lang, percent=f"{quota.sensitivity.percent:g}", low=low, high=high)


def _attributes(quota: QuotaReport, entry: AllocationEntry, lang: Lang) -> Iterator[str]:
    if entry.open_pools:
        names = {pool.id: pool.name_zh if lang == "zh" else pool.name_en for pool in quota.pools}
        joined = ("、" if lang == "zh" else ", ").join(names[pool] for pool in entry.open_pools)
        yield _say("why.pools_open", lang, names=joined)
    if entry.tenure is not None:
        tenure = _say(f"tenure.{entry.tenure}", lang)
        yield _say("why.tenure", lang, tenure=tenure, rule=_rule(entry.tenure_rule, lang))
    if entry.land_class is not None:
        yield _say(
            "why.class",
            lang,
            code=entry.land_class.code,
            name=entry.land_class.name_zh if lang == "zh" else entry.land_class.name_en,
            gb=", ".join(entry.land_class.gb2017) or "-",
            relation=_say(f"why.class.{entry.land_class.relation}", lang),
        )
    if entry.far is not None and entry.equivalent_m2 is not None:
        yield _say(f"why.far.{entry.commodity}", lang, far=f"{entry.far:g}", m2=f"{entry.equivalent_m2:,}")


def _conflict(quota: QuotaReport, lang: Lang) -> Iterator[str]:
    found = quota.infeasible
    if found is None:
        return
    name = quota.scenario_name_zh if lang == "zh" else quota.scenario_name_en
    yield _say("why.none", lang, scenario=name, m2=f"{found.missing_m2:,}")
    for bound in found.bounds:
        assumed = _say("why.no_rule", lang) if bound.kind in BY_RULE else ""
        rule = "".join(_rule(rule, lang) for rule in bound.rules) or assumed
        yield _say("why.conflict", lang, text=bound.text_zh if lang == "zh" else bound.text_en, rule=rule)
    for change in found.changes:
        text = change.text_zh if lang == "zh" else change.text_en
        yield _say("why.change", lang, text=text, rule=_rule(change.rule, lang))


def _rule(rule: RuleRef | None, lang: Lang) -> str:
    if rule is None:
        return ""
    zh = lang == "zh"
    return _say(
        "why.rule",
        lang,
        document=rule.document_zh if zh else rule.document_en,
        clause=rule.clause,
        name=rule.name_zh if zh else rule.name_en,
    )


def _size(m2: int, entry: AllocationEntry, lang: Lang) -> str:
    """Return land in hectares, in brackets; nobody counts floor space so."""
    return _say("why.size", lang, ha=f"{m2 / 10_000:,.4f}") if entry.commodity == "land" else ""


def _say(key: str, lang: Lang, **values: object) -> str:
    return messages.text(key, lang, **values)
