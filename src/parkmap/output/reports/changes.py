"""What differs between two results of plans of one city: coverage, contacts, quota, counts by role, counted targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap.analysis.coverage import SLIVER_M2
from parkmap.output.reports.base import Report, number
from parkmap.plan.counts import listed_counts
from parkmap.plan.schema import Commodity
from parkmap.plan.targets import is_met, measured_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from parkmap.results.plan import PlanResults

ENDS: Final = ("low", "best", "high")
Years = tuple[int, int]
"""A year of the first side and one of the second."""


class CoverageChange(Report):
    """Coverage of one district that differs; areas in m², shares as fractions."""

    district: str
    name_zh: str
    name_en: str
    before_low_m2: float
    before_best_m2: float
    before_high_m2: float
    after_low_m2: float
    after_best_m2: float
    after_high_m2: float
    before_share: float
    after_share: float
    before_unknown: list[str]
    """Zones in the district whose extent is unknown."""
    after_unknown: list[str]


class ContactChange(Report):
    """Contact of one pair that differs; null where the pair does not exist."""

    item: str
    item_name_zh: str
    item_name_en: str
    other: str
    other_name_zh: str
    other_name_en: str
    before: str | None
    after: str | None


class QuotaChange(Report):
    """Allocation of one claim that differs; whole m², null where there is no such claim."""

    item: str
    item_name_zh: str
    item_name_en: str
    commodity: Commodity
    before_year: int
    after_year: int
    """Another year than `before_year` only where two years are compared."""
    before_m2: int | None
    after_m2: int | None


class RoleCount(Report):
    """Elements of one role: declared by the formula, and named by the text."""

    role: str
    before_declared: int | None
    after_declared: int | None
    before_listed: int
    after_listed: int


class TargetCount(Report):
    """A target that parkmap can count, where the count differs."""

    target: str
    indicator_zh: str
    indicator_en: str
    before: int | None
    after: int | None
    before_met: bool | None
    after_met: bool | None


class Changes(Report):
    """Everything that differs; empty lists mean that nothing does."""

    coverage: list[CoverageChange]
    contacts: list[ContactChange]
    before_clusters: int
    after_clusters: int
    before_isolates: int
    after_isolates: int
    quota: list[QuotaChange]
    roles: list[RoleCount]
    targets: list[TargetCount]

    @property
    def none(self) -> bool:
        """Whether coverage, adjacency, quota and counts are all the same."""
        return not (self.coverage or self.contacts or self.quota or self.roles or self.targets)


def changes(before: PlanResults, after: PlanResults, *, years: Years | None = None) -> Changes:
    """Return what differs between two results.

    Parameters
    ----------
    before, after
        Results of one plan under two readings or scenarios, or of two plans of one city.
    years
        Years whose quota is held against each other; None compares every year with itself.
    """
    one, two = before.adjacency.items, after.adjacency.items
    return Changes(
        coverage=list(_coverage(before, after)),
        contacts=list(_contacts(before, after)),
        before_clusters=int(one["cluster"].nunique()),
        after_clusters=int(two["cluster"].nunique()),
        before_isolates=int(one["isolate"].sum()),
        after_isolates=int(two["isolate"].sum()),
        quota=list(_quota(before, after, years)),
        roles=list(_roles(before, after)),
        targets=list(_targets(before, after)),
    )


def _coverage(before: PlanResults, after: PlanResults) -> Iterator[CoverageChange]:
    districts = before.geography.districts
    for name in districts.index:
        one, two = before.coverage.districts.loc[name], after.coverage.districts.loc[name]
        same = all(abs(one[f"covered_{end}_m2"] - two[f"covered_{end}_m2"]) < SLIVER_M2 for end in ENDS)
        if same and set(one["unknown_items"]) == set(two["unknown_items"]):
            continue
        values: dict[str, Any] = {}
        for when, row in (("before", one), ("after", two)):
            values |= {f"{when}_{end}_m2": number(row[f"covered_{end}_m2"]) for end in ENDS}
            values |= {f"{when}_share": number(row["share_best"]), f"{when}_unknown": list(row["unknown_items"])}
        names = {"name_zh": districts.at[name, "name_zh"], "name_en": districts.at[name, "name_en"]}
        yield CoverageChange(district=str(name), **names, **values)


def _contacts(before: PlanResults, after: PlanResults) -> Iterator[ContactChange]:
    """Yield pairs whose contact differs; pairs that lie apart, are not known or do not exist are alike."""
    one, two = _contact_of(before), _contact_of(after)
    for pair in sorted({*one, *two}):
        old, new = one.get(pair), two.get(pair)
        if old != new and not {old, new} <= {None, "apart", "unknown"}:
            names = {**_names(before, after, pair[0], "item"), **_names(before, after, pair[1], "other")}
            yield ContactChange(item=pair[0], other=pair[1], **names, before=old, after=new)


def _names(before: PlanResults, after: PlanResults, name: str, key: str) -> dict[str, str]:
    items = before.items if name in before.items.index else after.items
    return {f"{key}_name_{lang}": str(items.at[name, f"name_{lang}"]) for lang in ("zh", "en")}


def _contact_of(results: PlanResults) -> dict[tuple[str, str], str]:
    pairs: pd.Series = results.adjacency.pairs["contact"]
    return {(str(min(pair)), str(max(pair))): str(contact) for pair, contact in pairs.items()}


def _quota(before: PlanResults, after: PlanResults, years: Years | None) -> Iterator[QuotaChange]:
    one, two = _allocated(before), _allocated(after)
    claims = sorted({*one, *two}) if years is None else sorted({(item, kind, 0) for item, kind, _ in {*one, *two}})
    for item, commodity, year in claims:
        first, second = years or (year, year)
        old, new = one.get((item, commodity, first)), two.get((item, commodity, second))
        if old != new:
            yield QuotaChange(
                item=item,
                **_names(before, after, item, "item"),
                commodity=commodity,
                before_year=first,
                after_year=second,
                before_m2=old,
                after_m2=new,
            )


def _allocated(results: PlanResults) -> dict[tuple[str, Commodity, int], int]:
    if results.quota is None:
        return {}
    rows = results.quota.allocations[["item", "commodity", "year", "allocated_m2"]].dropna()
    return {(row.item, row.commodity, int(row.year)): int(row.allocated_m2) for row in rows.itertuples()}


def _roles(before: PlanResults, after: PlanResults) -> Iterator[RoleCount]:
    one, two = listed_counts(before.plan), listed_counts(after.plan)
    said_one = {entry.role: entry.count for entry in before.plan.structure.declared}
    said_two = {entry.role: entry.count for entry in after.plan.structure.declared}
    for role in dict.fromkeys([*said_one, *said_two, *sorted({*one, *two})]):
        if one[role] != two[role] or said_one.get(role) != said_two.get(role):
            yield RoleCount(
                role=role,
                before_declared=said_one.get(role),
                after_declared=said_two.get(role),
                before_listed=one[role],
                after_listed=two[role],
            )


def _targets(before: PlanResults, after: PlanResults) -> Iterator[TargetCount]:
    own = {target.id: target for target in after.plan.targets}
    for target in before.plan.targets:
        other = own.get(target.id)
        old = measured_value(before.plan, target)
        new = None if other is None else measured_value(after.plan, other)
        if other is None or old == new:
            continue
        yield TargetCount(
            target=target.id,
            indicator_zh=target.indicator.zh,
            indicator_en=target.indicator.en,
            before=old,
            after=new,
            before_met=None if old is None else is_met(target, old),
            after_met=None if new is None else is_met(other, new),
        )
