"""From two results over the same districts to one page: what both share below, and each side's own elements."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.facts.card import Link, Row
from parkmap.messages import Words
from parkmap.output.html.contents.compare_lists import PREFIX, differences
from parkmap.output.html.contents.compare_quota import quota_group
from parkmap.output.html.model import MapPage
from parkmap.questions.page.lists import open_items, sources, stamps
from parkmap.questions.page.plan import base_groups, plan_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parkmap.output.html.basemap import Basemap
    from parkmap.output.html.model import LayerGroup, MapFeature, OpenItem
    from parkmap.output.reports.compare import CompareReport
    from parkmap.results.plan import PlanResults

Side = Literal[0, 1]
LETTERS = ("A", "B")


def compare_page(
    before: PlanResults,
    after: PlanResults,
    *,
    report: CompareReport,
    review_number: str | None = None,
    basemap: Basemap | None = None,
) -> MapPage:
    """Return the page that compares two results.

    Parameters
    ----------
    before, after
        Results of two plans of one city, or of one plan under two readings, scenarios or years.
    report
        What differs between them.
    review_number
        Map review number (审图号), if one was granted.
    basemap
        Online basemap, or None for the page's own base alone.
    """
    years = (report.before.year, report.after.year)
    names = side_names(before, after, years)
    one_plan = before.plan.id == after.plan.id
    west, south, east, north = before.geography.districts["outline"].to_crs(WGS84).total_bounds
    sides: tuple[tuple[Side, PlanResults], ...] = ((0, before), (1, after))
    groups = [
        _of_side(group, side, names[side])
        for side, results in reversed(sides)  # the tree lists the uppermost first
        for group in (
            *quota_group(results, year=years[side], shown=_differs_in_quota_only(report)),
            *plan_groups(results),
        )
    ]
    return MapPage(
        title=before.plan.name.words if one_plan else _pair(*names),
        subtitle=_pair(*names)
        if one_plan
        else _pair(before.plan.structure.name.words, after.plan.structure.name.words),
        stamps=tuple(_of_both(names, (_stamps(before), _stamps(after)))),
        groups=(*base_groups(before), *groups),
        open_items=tuple(_open(item, side, names[side]) for side, results in sides for item in open_items(results)),
        sources=tuple(_unique((*sources(before), *sources(after)))),
        bounds=(float(west), float(south), float(east), float(north)),
        review_number=review_number,
        basemap=basemap,
        sides=names,
        differences=tuple(differences(report)),
    )


def side_names(
    before: PlanResults, after: PlanResults, years: tuple[int | None, int | None] = (None, None)
) -> tuple[Words, Words]:
    """Return what each side is called: by what differs, which is the plan, the readings, the scenario or the year.

    Parameters
    ----------
    before, after
        The results of the two sides.
    years
        Years whose quota is compared.
    """
    one_plan = before.plan.id == after.plan.id
    scenarios = [results.scenario.id if results.scenario else None for results in (before, after)]
    differ = one_plan and scenarios[0] != scenarios[1]
    return (
        _side_name(before, plan=not one_plan, scenario=differ, year=years[0]),
        _side_name(after, plan=not one_plan, scenario=differ, year=years[1]),
    )


def _differs_in_quota_only(report: CompareReport) -> bool:
    """Tell whether the two sides draw the same things, so that only their quota can show the difference."""
    return all(item.fate == "kept" and not item.aspects for item in report.items)


def _side_name(results: PlanResults, *, plan: bool, scenario: bool, year: int | None) -> Words:
    parts = [results.plan.name.words] if plan else []
    parts += [reading.name.words for reading in results.readings]
    if scenario and results.scenario is not None:
        parts.append(results.scenario.name.words)
    if year is not None:
        parts.append(messages.plain(str(year)))
    parts = parts or [messages.words("compare.in_use").capitalised()]
    return Words(" · ".join(part["zh"] for part in parts), " · ".join(part["en"] for part in parts))


def _of_side(group: LayerGroup, side: Side, name: Words) -> LayerGroup:
    features = tuple(_feature(feature, side) for feature in group.features)
    parent = messages.words("compare.lettered", letter=LETTERS[side], name=name)
    return dataclasses.replace(group, id=PREFIX[side] + group.id, parent=parent, features=features, side=side)


def _feature(feature: MapFeature, side: Side) -> MapFeature:
    rows = tuple(
        Row(label=row.label, value=row.value, links=tuple(_link(link, side) for link in row.links))
        for row in feature.rows
    )
    return dataclasses.replace(feature, id=PREFIX[side] + feature.id, rows=rows)


def _link(link: Link, side: Side) -> Link:
    return Link(id=PREFIX[side] + link.id, name=link.name)


def _open(item: OpenItem, side: Side, name: Words) -> OpenItem:
    role: Words = Words(f"{item.role['zh']}（{name['zh']}）", f"{item.role['en']} ({name['en']})")
    return dataclasses.replace(item, id=None if item.id is None else PREFIX[side] + item.id, role=role)


def _stamps(results: PlanResults) -> tuple[Words, ...]:
    """Return the stamps of a side without its readings, which its name tells."""
    return tuple(stamps(results, with_readings=False))


def _of_both(names: tuple[Words, Words], both: tuple[tuple[Words, ...], tuple[Words, ...]]) -> Iterator[Words]:
    """Yield what must stand on the page: what holds for both sides once, the rest with the side that it speaks of."""
    shared = [stamp for stamp in both[0] if stamp in both[1]]
    for name, own in zip(names, both, strict=True):
        yield from (messages.words("compare.stamp", side=name, stamp=stamp) for stamp in own if stamp not in shared)
    yield from shared


def _pair(before: Words, after: Words) -> Words:
    return messages.words("compare.page", before=before, after=after)


def _unique(several: Iterable[Words]) -> Iterator[Words]:
    told: list[Words] = []
    for one in several:
        if one not in told:
            told.append(one)
            yield one
