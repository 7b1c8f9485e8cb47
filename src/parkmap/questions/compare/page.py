"""The page of a comparison: what both sides share below, each side's own elements, and the list of differences."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.facts import numbers
from parkmap.facts.card import Link, value_words
from parkmap.facts.units import HECTARES
from parkmap.messages import Words
from parkmap.output.html.model import Difference, MapPage
from parkmap.questions.compare import tables
from parkmap.questions.page.lists import open_items, sources, stamps
from parkmap.questions.page.plan import base_groups, plan_groups
from parkmap.questions.quota.page import quota_board, quota_layer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from parkmap.analysis.changes import Years
    from parkmap.facts.facts import Facts
    from parkmap.output.html.model import LayerGroup, MapFeature, OpenItem, Share
    from parkmap.questions.base import Answer
    from parkmap.results.plan import PlanResults

    Pair = tuple[PlanResults, PlanResults]
    Side = Literal[0, 1]
LETTERS: Final = ("A", "B")
PREFIX: Final = ("a-", "b-")
"""Put before the ids of each side, so that links lead to the same side."""
COMMODITY: Final = "land"
BETWEEN: Final = messages.plain(" ↔ ")


def compare_page(sides: Pair, years: Years | None, answer: Answer) -> MapPage:
    """Return the page that compares two results.

    Parameters
    ----------
    sides
        Results of two plans of one city, or of one plan under two readings, scenarios or years.
    years
        Year of either side whose quota is compared; None shows the last one.
    answer
        What differs between them.
    """
    before, after = sides
    one_plan = before.plan.id == after.plan.id
    names = _names(sides, years or (None, None), one_plan=one_plan)
    structures = messages.joined((side.plan.structure.name.words for side in sides), by=BETWEEN)
    items = answer.table(tables.ITEMS.key).rows()
    quota_alone = all(row["fate"] == "kept" and not row["aspects"] for row in items)  # nothing else shows a difference
    west, south, east, north = before.geography.districts["outline"].to_crs(WGS84).total_bounds
    numbered: tuple[tuple[Side, PlanResults], ...] = ((0, before), (1, after))
    groups = [
        _of_side(group, side, names[side])
        for side, results in reversed(numbered)  # the tree lists the uppermost first
        for group in (*_quota_layer(results, years and years[side], shown=quota_alone), *plan_groups(results))
    ]
    return MapPage(
        title=before.plan.name.words if one_plan else messages.joined(names, by=BETWEEN),
        subtitle=messages.joined(names, by=BETWEEN) if one_plan else structures,
        stamps=tuple(_stamps(sides, names)),
        groups=(*base_groups(before), *groups),
        open_items=tuple(_open(item, side, names[side]) for side, results in numbered for item in open_items(results)),
        sources=tuple(dict.fromkeys((*sources(before), *sources(after)))),
        bounds=(float(west), float(south), float(east), float(north)),
        sides=names,
        differences=tuple(_differences(answer)),
    )


def _names(sides: Pair, years: tuple[int | None, int | None], *, one_plan: bool) -> tuple[Words, Words]:
    """Return what each side is called: by what differs, which is the plan, the readings, the scenario or the year."""
    scenarios = {side.scenario and side.scenario.id for side in sides}
    settings = {"plan": not one_plan, "scenario": one_plan and len(scenarios) > 1}
    one, two = (_name(side, year, **settings) for side, year in zip(sides, years, strict=True))
    return one, two


def _name(results: PlanResults, year: int | None, *, plan: bool, scenario: bool) -> Words:
    parts = [results.plan.name.words] if plan else []
    parts += [reading.name.words for reading in results.readings]
    parts += [results.scenario.name.words] if scenario and results.scenario is not None else []
    parts += [] if year is None else [messages.plain(year)]
    return messages.joined(parts or [messages.words("compare.in_use").capitalised()], by=messages.plain(" · "))


def _of_side(group: LayerGroup, side: Side, name: Words) -> LayerGroup:
    features = tuple(_feature(feature, PREFIX[side]) for feature in group.features)
    parent = messages.words("compare.lettered", letter=LETTERS[side], name=name)
    return dataclasses.replace(group, id=PREFIX[side] + group.id, parent=parent, features=features, side=side)


def _feature(feature: MapFeature, prefix: str) -> MapFeature:
    rows = tuple(
        dataclasses.replace(row, links=tuple(Link(id=prefix + link.id, name=link.name) for link in row.links))
        for row in feature.rows
    )
    return dataclasses.replace(feature, id=prefix + feature.id, rows=rows)


def _open(item: OpenItem, side: Side, name: Words) -> OpenItem:
    role = Words(f"{item.role.zh}（{name.zh}）", f"{item.role.en} ({name.en})")
    return dataclasses.replace(item, id=None if item.id is None else PREFIX[side] + item.id, role=role)


def _stamps(sides: Pair, names: tuple[Words, Words]) -> Iterator[Words]:
    """Yield what must stand on the page: what holds for both sides once, the rest with the side that it speaks of."""
    both = [tuple(stamps(side, with_readings=False)) for side in sides]  # the names of the sides tell their readings
    shared = [stamp for stamp in both[0] if stamp in both[1]]
    for name, own in zip(names, both, strict=True):
        yield from (messages.words("compare.stamp", side=name, stamp=stamp) for stamp in own if stamp not in shared)
    yield from shared


def _quota_layer(results: PlanResults, year: int | None, *, shown: bool) -> Iterator[LayerGroup]:
    """Yield the land quota of one side, districts coloured by the share of their claims that is met, if it has one."""
    board = quota_board(results)
    shares = [] if board is None else [share for share in board.districts if share.commodity == COMMODITY]
    if board is not None and shares:
        at = max(share.year for share in shares) if year is None else year
        rows = {share.id: share for share in shares if share.year == at}
        layer = quota_layer(results, board)
        features = tuple(_coloured(feature, rows[feature.id]) for feature in layer.features if feature.id in rows)
        title = messages.words("compare.quota" if board.stamp is None else "compare.quota.example", year=at)
        yield dataclasses.replace(layer, title=title, features=features, shown=shown)


def _coloured(feature: MapFeature, row: Share) -> MapFeature:
    """Return a district in the colour of the share of its claims that is met, rounded down, named by the amounts."""
    percent = None if row.claim_m2 == 0 else row.allocated_m2 * 100 // row.claim_m2
    amounts = {"allocated": row.allocated_m2, "claim": row.claim_m2}
    said = {key: f"{m2 * HECTARES.factor:,.1f}" for key, m2 in amounts.items()}
    return dataclasses.replace(feature, name=messages.words("compare.share", **said), amount=percent, label_rank=1)


def _differences(answer: Answer) -> Iterator[Difference]:
    """Yield what differs between the two sides, sort by sort, for the list beside the map."""
    makers = {
        tables.ITEMS: _items,
        tables.POSSIBLY_ONE: _perhaps,
        tables.DISTRICTS: _districts,
        tables.CHANGES["coverage"]: _coverage,
        tables.CHANGES["contacts"]: _contacts,
        tables.CHANGES["quota"]: _quota,
        tables.TARGETS: _targets,
    }
    for table, make in makers.items():
        yield from make(answer.table(table.key))


def _different(heading: str, name: Words, *notes: Words, target: str | None = None) -> Difference:
    return Difference(heading=messages.words(heading).capitalised(), name=name, notes=notes, target=target)


def _said(facts: Facts, key: str, number: int) -> Words:
    """Return one value as people read it."""
    return value_words(facts, facts.table.column(key), number) or messages.plain("-")


def _sentence(message: str, facts: Facts, number: int, **keys: str) -> Words:
    """Return a message whose gaps are filled with values of a row."""
    return messages.words(message, **{gap: _said(facts, key, number) for gap, key in keys.items()})


def _from_to(facts: Facts, number: int, ending: str = "") -> Words:
    return _sentence("compare.from_to", facts, number, before=f"before{ending}", after=f"after{ending}")


def _items(items: Facts) -> Iterator[Difference]:
    for fate, heading, side in (
        ("added", "added", "after"),
        ("dropped", "dropped", "before"),
        ("kept", "changed", "after"),
    ):
        for number, row in enumerate(items.rows()):
            if row["fate"] == fate and (row["aspects"] or fate != "kept"):
                notes = _aspects(items, row, number) if fate == "kept" else [_said(items, f"{side}_role", number)]
                target = PREFIX[side == "after"] + row["id"]
                yield _different(f"fate.{heading}", row[f"{side}_name"], *notes, target=target)


def _aspects(items: Facts, row: dict[str, Any], number: int) -> Iterator[Words]:
    for aspect in row["aspects"]:
        if aspect == "renamed":
            yield messages.words("compare.renamed", name=row["before_name"])
        elif aspect == "role":
            yield _from_to(items, number, "_role")
        elif aspect == "moved" and not numbers.is_missing(row["moved_m"]):
            yield _sentence("compare.moved", items, number, distance="moved_m")
        else:
            yield messages.words(f"aspect.{aspect}")


def _perhaps(pairs: Facts) -> Iterator[Difference]:
    for number, row in enumerate(pairs.rows()):
        note = _sentence("compare.perhaps", pairs, number, name="after")
        yield _different("title.possibly_one", _said(pairs, "before", number), note, target=PREFIX[0] + row["before"])


def _districts(districts: Facts) -> Iterator[Difference]:
    for number in range(len(districts)):
        yield _different("title.compare_districts", *(_said(districts, key, number) for key in ("district", "fate")))


def _coverage(districts: Facts) -> Iterator[Difference]:
    for number, row in enumerate(districts.rows()):
        change = numbers.signed(row["change_m2"] * HECTARES.factor, 1)
        notes = [messages.words("compare.covered", shares=_from_to(districts, number, "_share"), change=change)]
        unknown = {when: len(row[f"{when}_unknown"]) for when in ("before", "after")}
        if unknown["before"] != unknown["after"]:
            notes.append(messages.words("compare.unknown", **unknown))
        yield _different("compare.coverage", _said(districts, "district", number), *notes, target=row["district"])


def _contacts(pairs: Facts) -> Iterator[Difference]:
    for number in range(len(pairs)):
        name = messages.joined((_said(pairs, key, number) for key in ("item", "other")), by=messages.plain(" — "))
        yield _different("compare.contacts", name, _from_to(pairs, number))


def _quota(claims: Facts) -> Iterator[Difference]:
    """Yield one entry per claimant, with a line for each commodity and year."""
    said = {"commodity": "commodity", "year": "years", "before": "before_m2", "after": "after_m2"}
    for item in dict.fromkeys(claims.values["item"]):
        own = claims.rows_of(item, by="item")
        gone = all(numbers.is_missing(claims.values["after_m2"][number]) for number in own)
        notes = (_sentence("compare.allocated", claims, number, **said) for number in own)
        yield _different("compare.allocations", _said(claims, "item", own[0]), *notes, target=PREFIX[not gone] + item)


def _targets(targets: Facts) -> Iterator[Difference]:
    for number, row in enumerate(targets.rows()):
        ends = {
            when: _sentence("compare.target", targets, number, value=when, unit="unit", year=f"{when}_year")
            for when in ("before", "after")
        }
        notes = {
            "added": ends["after"],
            "dropped": ends["before"],
            "changed": messages.words("compare.from_to", **ends),
        }
        if row["fate"] in notes:
            yield _different("compare.targets", row["indicator"], _said(targets, "fate", number), notes[row["fate"]])
