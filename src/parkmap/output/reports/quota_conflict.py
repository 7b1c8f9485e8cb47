"""Why a scenario has no allocation, in the planner's words, and the cheapest way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap import messages
from parkmap.output.reports.base import Report
from parkmap.output.reports.quota_names import RuleRef
from parkmap.plan.elements import Name

if TYPE_CHECKING:
    from parkmap.analysis.quota.conflict.bounds import BoundRef, Change, Conflict
    from parkmap.output.reports.quota_names import QuotaNames

BoundKind = Literal["supply", "pool_access", "claim_floor", "claim_cap", "claim", "group_floor", "group_cap"]


class BoundEntry(Report):
    """One of the bounds that cannot hold together."""

    kind: BoundKind
    ids: list[str]
    m2: int
    rules: list[RuleRef]
    text_zh: str
    text_en: str


class ChangeEntry(Report):
    """One step of the cheapest way out."""

    kind: BoundKind
    id: str
    from_m2: int
    to_m2: int
    by_m2: int
    rule: RuleRef | None
    text_zh: str
    text_en: str


class KindEntry(Report):
    """What it takes to change only bounds of one kind."""

    kind: BoundKind
    m2: int


class InfeasibleEntry(Report):
    """Why no allocation obeys every bound."""

    missing_m2: int
    whole: bool
    """True when the bounds collide even for divisible land."""
    bounds: list[BoundEntry]
    """A smallest set that cannot hold together: without any one of them the rest can."""
    changes: list[ChangeEntry]
    """The relaxation that moves the least land."""
    cheapest_m2: int
    by_kind: list[KindEntry]


def infeasible_entry(conflict: Conflict | None, names: QuotaNames) -> InfeasibleEntry | None:
    """Return the conflict in the planner's words, or None where there is none.

    Parameters
    ----------
    conflict
        What the engine found.
    names
        Names behind the ids.
    """
    if conflict is None:
        return None
    return InfeasibleEntry(
        missing_m2=conflict.missing_m2,
        whole=conflict.whole,
        bounds=[_bound(ref, names) for ref in conflict.bounds],
        changes=[_change(change, names) for change in conflict.cheapest if change.by_m2],
        cheapest_m2=conflict.cheapest_m2,
        by_kind=[KindEntry(kind=kind, m2=m2) for kind, m2 in conflict.by_kind],
    )


def _bound(ref: BoundRef, names: QuotaNames) -> BoundEntry:
    rules = [found for rule in ref.rules if (found := names.rule(rule)) is not None]
    return BoundEntry(
        kind=ref.kind,
        ids=list(ref.ids),
        m2=ref.m2,
        rules=rules,
        text_zh=_sentence("conflict", ref.kind, ref.ids, names, lang="zh", m2=f"{ref.m2:,}"),
        text_en=_sentence("conflict", ref.kind, ref.ids, names, lang="en", m2=f"{ref.m2:,}"),
    )


def _change(change: Change, names: QuotaNames) -> ChangeEntry:
    def said(lang: messages.Lang) -> str:
        values = {"old": f"{change.from_m2:,}", "new": f"{change.to_m2:,}", "ha": f"{change.by_m2 / 10_000:,.4f}"}
        return _sentence("change", change.kind, (change.id,), names, lang=lang, **values)

    return ChangeEntry(
        kind=change.kind,
        id=change.id,
        from_m2=change.from_m2,
        to_m2=change.to_m2,
        by_m2=change.by_m2,
        rule=names.rule(change.rule),
        text_zh=said("zh"),
        text_en=said("en"),
    )


def _sentence(
    stem: str, kind: str, ids: tuple[str, ...], names: QuotaNames, *, lang: messages.Lang, **values: str
) -> str:
    joined = ("、" if lang == "zh" else ", ").join(getattr(_name(kind, one, names), lang) for one in ids)
    return messages.text(f"{stem}.{kind}", lang, names=joined, **values)


def _name(kind: str, name: str, names: QuotaNames) -> Name:
    if kind in ("supply", "pool_access"):
        return names.pools.get(name, Name(zh=name, en=name))
    if kind.startswith("group"):
        return names.group(name)
    return names.claim(name)
