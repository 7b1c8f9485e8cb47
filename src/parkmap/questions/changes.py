"""What differs between two results of plans of one city: coverage, contacts, quota, counts by role, counted targets."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts import numbers
from parkmap.facts.columns import Column, Table, column, id_list, in_words, named_id, ranged, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import COUNT, FLAG, HECTARES, M2, SHARE, TEXT, YEAR, coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from parkmap.analysis.changes import CoverageChanges, Years
    from parkmap.facts.columns import Names
    from parkmap.messages import Words
    from parkmap.plan.diff import CountDiff, MeasuredDiff
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs.

    Parameters
    ----------
    coverage, contacts, quota
        Districts, pairs and claims that differ, as `parkmap.analysis.changes` describes them.
    clusters
        Clusters and isolated zones of either side.
    roles, targets
        Counts that differ, by role and by target.
    """

    coverage: CoverageChanges
    contacts: pd.DataFrame
    clusters: Mapping[str, int]
    quota: pd.DataFrame
    roles: tuple[CountDiff, ...]
    targets: tuple[MeasuredDiff, ...]

    def sentence(self) -> Words:
        """Return in one sentence what differs."""
        frames = {"districts": self.coverage.districts, "contacts": self.contacts, "quota": self.quota}
        counts = {name: len(frame) for name, frame in frames.items()}
        counts["counts"] = len((*self.roles, *self.targets))
        if not any(counts.values()):
            return messages.words("conflict.no_effect")
        change = numbers.signed(self.coverage.net_m2 * HECTARES.factor, 1)
        return messages.words("conflict.effect_summary", change=change, **counts)


def changes(before: PlanResults, after: PlanResults, *, years: Years | None = None) -> Changes:
    """Return what differs between two results.

    Parameters
    ----------
    before, after
        Results of one plan under two readings or scenarios, or of two plans of one city.
    years
        Years whose quota is held against each other; None compares every year with itself.
    """
    from parkmap.analysis import changes as differ
    from parkmap.plan.diff import count_diffs, measured_diffs

    quotas = [None if side.quota is None else side.quota.allocations for side in (before, after)]
    return Changes(
        coverage=differ.coverage_changes(before.coverage, after.coverage),
        contacts=differ.contact_changes(before.adjacency, after.adjacency),
        clusters=differ.cluster_counts(before.adjacency, after.adjacency),
        quota=differ.allocation_changes(*quotas, years=years),
        roles=count_diffs(before.plan, after.plan),
        targets=measured_diffs(before.plan, after.plan),
    )


def _sides(pattern: str, zh: str, en: str, *more: Any, **settings: Any) -> tuple[Column, Column]:  # noqa: ANN401
    """Return the columns of a value before and after."""
    return (
        column(f"before_{pattern}".rstrip("_"), f"原{zh}", f"{en} before".strip(), *more, **settings),
        column(f"after_{pattern}".rstrip("_"), f"改后{zh}", f"{en} after".strip(), *more, **settings),
    )


COVERAGE = (
    named_id("district", "行政区", "district", of="district"),
    ranged("before_{}_m2", "原覆盖", "before", HECTARES),
    ranged("after_{}_m2", "改后覆盖", "after", HECTARES),
    column("change_m2", "增减", "change", HECTARES, hide=("json",)),
    *_sides("share", "比例", "share", SHARE, "Of the district."),
    id_list("before_unknown", "原范围未知", "unknown before", "Zones whose extent is unknown.", of="item"),
    id_list("after_unknown", "改后范围未知", "unknown after", "Zones whose extent is unknown.", of="item"),
)
CONTACTS = (
    named_id("item", "名称", "name", of="item", named="item_name"),
    named_id("other", "另一处", "other", of="item", named="other_name"),
    *_sides(
        *("", "", "", coded("contact"), "Null where the pair does not exist."),
        null=True,
        missing=messages.words("compare.contact.null"),
    ),
)
QUOTA = (
    named_id("item", "名称", "name", of="item", named="item_name"),
    column("commodity", "类别", "commodity", coded("commodity")),
    *_sides("year", "年份", "year", YEAR, hide=("table",)),
    column("years", "年份", "year", TEXT, hide=("json",)),
    *_sides("m2", "分配", "", M2, "Null where there is no such claim.", null=True),
    column("change_m2", "增减", "change", M2, hide=("json",)),
)
ROLES = (
    column("role", "角色", "role", coded("role")),
    *_sides("declared", "宣布", "declared", COUNT, "By the formula.", null=True),
    *_sides("listed", "列名", "named", COUNT, "By the text."),
)
TARGETS = (
    column("target", "编号", "id", TEXT, hide=("table",)),
    in_words("indicator", "目标", "target"),
    *_sides("", "", "", COUNT, null=True),
    *_sides("met", "达到", "met", FLAG, null=True),
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class ChangeTables:
    """The tables of what differs, at one place of a document.

    Parameters
    ----------
    totals, coverage, contacts, quota, roles, targets
        Clusters and isolated zones; then what differs, sort by sort.
    """

    totals: Table
    coverage: Table
    contacts: Table
    quota: Table
    roles: Table
    targets: Table

    def all(self) -> tuple[Table, ...]:
        """Return them in the order of JSON."""
        return self.totals, self.coverage, self.contacts, self.quota, self.roles, self.targets

    def facts(self, found: Mapping[tuple[str, ...], Changes], names: Names) -> Iterator[Facts]:
        """Yield what differs.

        Parameters
        ----------
        found
            What differs, by the ids of the rows in which it stands.
        names
            Words of the ids in it.
        """
        under = self.totals.under
        for own in self.all():
            part = own.key.removeprefix("changed-")
            rows = (
                {**dict(zip(under, ids, strict=True)), **row} for ids, one in found.items() for row in _rows(one, part)
            )
            yield facts(own, rows, names=names)


def _rows(one: Changes, part: str) -> Iterator[dict[str, Any]]:
    if part == "clusters":
        yield dict(one.clusters)
    elif part == "coverage":
        yield from one.coverage.districts.reset_index().to_dict("records")
    elif part == "quota":
        for row in one.quota.to_dict("records"):
            both = dict.fromkeys((str(row["before_year"]), str(row["after_year"])))
            yield {**row, "years": " → ".join(both)}
    elif part == "targets":
        yield from (
            {**vars(own), "target": own.target.id, "indicator": own.target.indicator.words} for own in one.targets
        )
    else:
        yield from one.contacts.to_dict("records") if part == "contacts" else map(vars, one.roles)


def change_tables(at: str, *under: Column, optional: bool = False) -> ChangeTables:
    """Return the tables of what differs.

    Parameters
    ----------
    at
        Their place in the document.
    *under
        Columns of the ids of the rows in which that place is; people read the last.
    optional
        Whether it may be null there.
    """
    above: dict[str, Any] = {"under": tuple(one.key for one in under)}

    def listed(name: str, about: str, columns: tuple[Column, ...]) -> Table:
        shown = tuple(one.key for one in columns if one.shown_in("table"))
        order = (*above["under"][-1:], *shown)
        place = f"{at}.{name}"
        return table(
            f"changed-{name}", f"title.changed_{name}", about, *under, *columns, at=place, order=order, **above
        )

    totals = (*_sides("clusters", "组团", "clusters", COUNT), *_sides("isolates", "孤立", "isolated", COUNT))
    return ChangeTables(
        totals=table(
            "changed-clusters",
            "title.changed_contacts",
            "plan",
            *(*under, *totals),
            at=at,
            shape="record",
            optional=optional,
            people=False,
            **above,
        ),
        coverage=listed("coverage", "district", COVERAGE),
        contacts=listed("contacts", "pair", CONTACTS),
        quota=listed("quota", "claim", QUOTA),
        roles=listed("roles", "role", ROLES),
        targets=listed("targets", "target", TARGETS),
    )
