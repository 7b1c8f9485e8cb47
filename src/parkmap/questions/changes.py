"""What differs between two results of plans of one city: coverage, contacts, quota, counts by role, counted targets."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts import numbers
from parkmap.facts.columns import Column, Table, column, id_list, in_words, inside, named_id, ranged, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import COUNT, FLAG, HECTARES, M2, NUMBER, SHARE, TEXT, YEAR, Unit, coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.analysis.changes import Years
    from parkmap.facts.columns import Names
    from parkmap.messages import Words
    from parkmap.results.plan import PlanResults

UNSEEN: Any = {"hide": ("table", "card")}
READ: Any = {"hide": ("json",)}
SIDES = (("before", "原", "before"), ("after", "改后", "after"))


def sided(key: str, zh: str, en: str, unit: Unit = NUMBER, doc: str = "", **more: Any) -> tuple[Column, ...]:  # noqa: ANN401
    """Return the columns of a value before and after.

    Parameters
    ----------
    key
        What follows the side in the key; empty where nothing does.
    zh, en, unit, doc, **more
        As of `column`.
    """
    keys = [f"{when}_{key}".rstrip("_") for when, _, _ in SIDES]
    named = [(f"{chinese}{zh}", f"{en} {english}".strip()) for _, chinese, english in SIDES]
    return tuple(column(one, *names, unit, doc, **more) for one, names in zip(keys, named, strict=True))


TOTALS = (*sided("clusters", "组团", "clusters", COUNT), *sided("isolates", "孤立", "isolated", COUNT))
COVERAGE = (
    named_id("district", "行政区", "district", of="district"),
    ranged("before_{}_m2", "原覆盖", "before", HECTARES),
    ranged("after_{}_m2", "改后覆盖", "after", HECTARES),
    column("change_m2", "增减", "change", HECTARES, **READ),
    *sided("share", "比例", "share", SHARE, "Of the district."),
    id_list("before_unknown", "原范围未知", "unknown before", "Zones whose extent is unknown.", of="item"),
    id_list("after_unknown", "改后范围未知", "unknown after", "Zones whose extent is unknown.", of="item"),
)
NO_PAIR: Any = {"null": True, "missing": messages.words("compare.contact.null")}
CONTACTS = (
    named_id("item", "名称", "name", of="item", named="item_name"),
    named_id("other", "另一处", "other", of="item", named="other_name"),
    *sided("", "", "", coded("contact"), "Null where the pair does not exist.", **NO_PAIR),
)
QUOTA = (
    named_id("item", "名称", "name", of="item", named="item_name"),
    column("commodity", "类别", "commodity", coded("commodity")),
    *sided("year", "年份", "year", YEAR, **UNSEEN),
    column("years", "年份", "year", TEXT, **READ),
    *sided("m2", "分配", "", M2, "Null where there is no such claim.", null=True),
    column("change_m2", "增减", "change", M2, **READ),
)
ROLES = (
    column("role", "角色", "role", coded("role")),
    *sided("declared", "宣布", "declared", COUNT, "By the formula.", null=True),
    *sided("listed", "列名", "named", COUNT, "By the text."),
)
TARGETS = (
    column("target", "编号", "id", TEXT, **UNSEEN),
    in_words("indicator", "目标", "target"),
    *sided("", "", "", COUNT, null=True),
    *sided("met", "达到", "met", FLAG, null=True),
)


def change_tables(at: str, *ids: Column, **more: Any) -> dict[str, Table]:  # noqa: ANN401
    """Return the tables of what differs, by sort.

    Parameters
    ----------
    at
        Their place in the document.
    *ids
        Columns of the ids of the rows in which that place is.
    **more
        Further parameters of the record that holds them all.
    """
    under = tuple(one.key for one in ids)
    key, title = "changed-clusters", "title.changed_contacts"
    totals = table(key, title, "plan", *ids, *TOTALS, at=at, shape="record", under=under, people=False, **more)
    sorts = {
        "coverage": ("district", COVERAGE),
        "contacts": ("pair", CONTACTS),
        "quota": ("claim", QUOTA),
        "roles": ("role", ROLES),
        "targets": ("target", TARGETS),
    }
    return {"clusters": totals} | {
        sort: inside(totals, sort, ids, f"changed-{sort}", f"title.changed_{sort}", about, *columns)
        for sort, (about, columns) in sorts.items()
    }


@dataclasses.dataclass(frozen=True, kw_only=True)
class Changes:
    """What differs.

    Parameters
    ----------
    rows
        Rows of each of the tables, by sort.
    net_m2
        How much more land is covered.
    """

    rows: Mapping[str, list[dict[str, Any]]]
    net_m2: float

    def sentence(self) -> Words:
        """Return in one sentence what differs."""
        counts = {sort: len(rows) for sort, rows in self.rows.items() if sort != "clusters"}
        if not any(counts.values()):
            return messages.words("conflict.no_effect")
        return messages.words(
            "conflict.effect_summary",
            districts=counts["coverage"],
            change=numbers.signed(self.net_m2 * HECTARES.factor, 1),
            contacts=counts["contacts"],
            quota=counts["quota"],
            counts=counts["roles"] + counts["targets"],
        )


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

    coverage = differ.coverage_changes(before.coverage, after.coverage)
    quota = differ.allocation_changes(
        *(None if side.quota is None else side.quota.allocations for side in (before, after)), years=years
    )
    spans = ("before_year", "after_year")
    targets = measured_diffs(before.plan, after.plan)
    rows = {
        "clusters": [dict(differ.cluster_counts(before.adjacency, after.adjacency))],
        "coverage": coverage.reset_index().to_dict("records"),
        "contacts": differ.contact_changes(before.adjacency, after.adjacency).to_dict("records"),
        "quota": [
            {**row, "years": " → ".join(dict.fromkeys(str(row[key]) for key in spans))}
            for row in quota.to_dict("records")
        ],
        "roles": count_diffs(before.plan, after.plan),
        "targets": [{**row, "target": row["target"].id, "indicator": row["target"].indicator.words} for row in targets],
    }
    return Changes(rows=rows, net_m2=differ.net_change_m2(coverage))


def change_facts(
    tables: Mapping[str, Table], found: Mapping[tuple[str, ...], Changes], names: Names
) -> Iterator[Facts]:
    """Yield what differs.

    Parameters
    ----------
    tables
        The tables, by sort.
    found
        What differs, by the ids of the rows in which it stands.
    names
        Words of the ids in it.
    """
    for sort, own in tables.items():
        rows = (
            {**dict(zip(own.under, ids, strict=True)), **row} for ids, one in found.items() for row in one.rows[sort]
        )
        yield facts(own, rows, names=names)
