"""The page of a comparison: what both sides share below, each side's own elements, and the list of differences."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.facts.card import Link
from parkmap.facts.units import HECTARES
from parkmap.messages import Words
from parkmap.output.html.contents.plan_lists import open_items, sources, stamps
from parkmap.output.html.contents.plan_page import base_groups, plan_groups
from parkmap.output.html.layers.quota import quota_board, quota_layer
from parkmap.output.html.model import MapPage
from parkmap.questions.compare import tables
from parkmap.questions.compare.differences import PREFIX, differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.analysis.changes import Years
    from parkmap.output.html.model import LayerGroup, MapFeature, OpenItem, Share
    from parkmap.questions.base import Answer
    from parkmap.results.plan import PlanResults

    Pair = tuple[PlanResults, PlanResults]
    Side = Literal[0, 1]
LETTERS: Final = ("A", "B")
COMMODITY: Final = "land"


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
    names = side_names(sides, years)
    pair = messages.words("compare.page", before=names[0], after=names[1])
    structures = (side.plan.structure.name.words for side in sides)
    one_plan = before.plan.id == after.plan.id
    west, south, east, north = before.geography.districts["outline"].to_crs(WGS84).total_bounds
    quota_alone = _differs_in_quota_only(answer)
    numbered: tuple[tuple[Side, PlanResults], ...] = ((0, before), (1, after))
    groups = [
        _of_side(group, side, names[side])
        for side, results in reversed(numbered)  # the tree lists the uppermost first
        for group in (
            *_quota(results, None if years is None else years[side], shown=quota_alone),
            *plan_groups(results),
        )
    ]
    return MapPage(
        title=before.plan.name.words if one_plan else pair,
        subtitle=pair if one_plan else messages.joined(structures, by=messages.plain(" ↔ ")),
        stamps=tuple(_stamps(sides, names)),
        groups=(*base_groups(before), *groups),
        open_items=tuple(_open(item, side, names[side]) for side, results in numbered for item in open_items(results)),
        sources=tuple(dict.fromkeys((*sources(before), *sources(after)))),
        bounds=(float(west), float(south), float(east), float(north)),
        sides=names,
        differences=tuple(differences(answer)),
    )


def side_names(sides: Pair, years: Years | None) -> tuple[Words, Words]:
    """Return what each side is called: by what differs, which is the plan, the readings, the scenario or the year.

    Parameters
    ----------
    sides
        The results of the two sides.
    years
        Years whose quota is compared.
    """
    plans, scenarios = (
        {getattr(side, kind) and getattr(side, kind).id for side in sides} for kind in ("plan", "scenario")
    )
    settings = {"plan": len(plans) > 1, "scenario": len(plans) == 1 and len(scenarios) > 1}
    one, two = (_side_name(side, year, **settings) for side, year in zip(sides, years or (None, None), strict=True))
    return one, two


def _side_name(results: PlanResults, year: int | None, *, plan: bool, scenario: bool) -> Words:
    parts = [results.plan.name.words] if plan else []
    parts += [reading.name.words for reading in results.readings]
    if scenario and results.scenario is not None:
        parts.append(results.scenario.name.words)
    if year is not None:
        parts.append(messages.plain(year))
    return messages.joined(parts or [messages.words("compare.in_use").capitalised()], by=messages.plain(" · "))


def _differs_in_quota_only(answer: Answer) -> bool:
    """Tell whether the two sides draw the same things, so that only their quota can show the difference."""
    return all(row["fate"] == "kept" and not row["aspects"] for row in answer.table(tables.ITEMS.key).rows())


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


def _quota(results: PlanResults, year: int | None, *, shown: bool) -> Iterator[LayerGroup]:
    """Yield the land quota of one side, districts coloured by the share of their claims that is met, if it has one."""
    board = quota_board(results)
    shares = [] if board is None else [share for share in board.districts if share.commodity == COMMODITY]
    if board is None or not shares:
        return
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
    return dataclasses.replace(feature, name=messages.words("compare.share", **said), percent=percent, label_rank=1)
