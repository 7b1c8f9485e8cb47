"""Covered shares as coloured areas and points of the map page: by district and by demand, one layer per plan."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.output.html import words
from parkmap.output.html.contents.plan_page import plan_groups, plan_page
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage, Row
from parkmap.output.html.places import drawn
from parkmap.output.reports.coverage import CoverageReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import geopandas as gpd

    from parkmap.messages import Words
    from parkmap.output.reports.coverage import DistrictCoverage
    from parkmap.output.reports.coverage_set import CoverageSetReport, PlaceCover
    from parkmap.output.reports.demand import PlaceWeights
    from parkmap.results.coverage import CoverageResults

CLASSES: Final = ((0.0, "cover-0"), (0.1, "cover-1"), (0.25, "cover-2"), (0.5, "cover-3"), (1.0, "cover-4"))
"""Greatest share of each class, and its style."""
INDICATIVE: Final = "indicative"
"""Nobody vouches for the places of a user's demand."""
NOTHING: Final = 5e-7
"""Share below which a place counts as not covered: rounding of its edges."""
MOST_DRAWN: Final = 20_000
"""Features of demand up to which they are drawn one by one; the districts are drawn in any case."""
HECTARE_M2: Final = 10_000
Values = dict[str, tuple[float, tuple[Row, ...]]]
"""By id of a place: the share that gives its colour, and the lines of its card."""


def coverage_page(
    results: CoverageResults, report: CoverageReport | CoverageSetReport, *, review_number: str | None = None
) -> MapPage:
    """Return the page of the first plan with covered shares on it, and the elements of the other plans.

    Parameters
    ----------
    results
        The results of one question.
    report
        Their report.
    review_number
        Map review number (审图号), if one was granted.
    """
    layers = _of_one(results, report) if isinstance(report, CoverageReport) else _of_several(results, report)
    extra = (*layers, *_other_plans(results))
    page = plan_page(results.first, review_number=review_number, extra=extra)
    others = list(results.plans)[1:]
    stamps = [
        messages.words("compare.stamp", side=_side(results, name), stamp=_validity(results, name)) for name in others
    ]
    if results.demand is not None:
        stamps.append(messages.words("note.demand_even"))
    names = [_side(results, name) for name in results.plans]
    title: Words = messages.each(lambda lang: " ＋ ".join(name[lang] for name in names))
    return dataclasses.replace(page, title=title, stamps=(*page.stamps, *stamps))


def _validity(results: CoverageResults, name: str) -> Words:
    plan = results.plans[name]
    return messages.words(f"validity.stamp.{plan.validity}", day=plan.as_of)


def _other_plans(results: CoverageResults) -> Iterator[LayerGroup]:
    """Yield the elements of the plans after the first, off at first, under a heading of their own."""
    for number, (reference, plan) in enumerate(list(results.plans.items())[1:]):
        parent = _side(results, reference)
        for group in plan_groups(plan):
            features = tuple(dataclasses.replace(f, id=f"{number}-{f.id}", label_rank=None) for f in group.features)
            yield dataclasses.replace(
                group, id=f"other-{number}-{group.id}", parent=parent, features=features, shown=False
            )


def _of_one(results: CoverageResults, report: CoverageReport) -> Iterator[LayerGroup]:
    land: Values = {row.id: (row.share_best, tuple(_land_rows(row))) for row in report.districts}
    shown = report.demand is None
    yield _layer(
        "cover-land", messages.words("layer.covered_land"), results.first.geography.districts, land, shown=shown
    )
    if report.demand is not None and results.demand is not None:
        people: Values = {row.id: (row.share_best or 0.0, tuple(_weight_rows(row))) for row in report.demand.rows}
        yield from _demand_layer(results, "cover-demand", messages.words("layer.covered_demand"), people, shown=True)


def _of_several(results: CoverageResults, report: CoverageSetReport) -> Iterator[LayerGroup]:
    """Yield land and demand under each plan, under all of them, and on top under any of them, which is shown."""
    for what, places in (("land", report.land_m2), ("demand", report.demand.rows if report.demand else [])):
        sides = [*((ref, _side(results, ref)) for ref in results.plans)]
        sides += [(key, messages.words(f"layer.covered_{key}")) for key in ("all", "any")]
        for number, (key, side) in enumerate(sides):
            title = messages.words("layer.covered_of", what=messages.words(f"layer.covered_{what}"), side=side)
            values = _values(results, places, key, what)
            shown = key == "any" and what == "land"
            name = f"cover-{what}-{number}"
            if what == "land":
                yield _layer(name, title, results.first.geography.districts, values, shown=shown)
            elif places:
                yield from _demand_layer(results, name, title, values, shown=False)


def _values(results: CoverageResults, places: Sequence[PlaceCover], key: str, what: str) -> Values:
    found: Values = {}
    for place in places:
        own = next((side.best for side in place.plans if side.reference == key), None)
        best = own if own is not None else place.all_best if key == "all" else place.any_best
        share = best / place.whole if place.whole else 0.0
        found[place.id] = (share, tuple(_set_rows(results, place, what)))
    return found


def _demand_layer(
    results: CoverageResults, name: str, title: Words, values: Values, *, shown: bool
) -> Iterator[LayerGroup]:
    if results.demand is not None and len(results.demand.frame) <= MOST_DRAWN:
        yield _layer(name, title, results.demand.frame, values, shown=shown)


def _layer(
    name: str,
    title: Words,
    frame: gpd.GeoDataFrame,
    values: Mapping[str, tuple[float, tuple[Row, ...]]],
    *,
    shown: bool,
) -> LayerGroup:
    features = tuple(
        MapFeature(
            id=f"{name}-{place}",
            name=called,
            geometry=shape,
            style=style_of(values[place][0]),
            determinacy=str(frame.at[place, "determinacy"]) if "determinacy" in frame.columns else INDICATIVE,
            kind=messages.words("layer.covered_share"),
            rows=values[place][1],
        )
        for place, called, shape in drawn(frame)
        if place in values
    )
    return LayerGroup(
        id=name,
        title=title.capitalised(),
        parent=messages.words("layer.covered_share").capitalised(),
        features=features,
        shown=shown,
    )


def style_of(share: float) -> str:
    """Return the style of a covered share.

    Parameters
    ----------
    share
        Between 0 and 1.
    """
    if share < NOTHING:
        return CLASSES[0][1]
    return next((style for most, style in CLASSES[1:] if share <= most), CLASSES[-1][1])


def _land_rows(row: DistrictCoverage) -> Iterator[Row]:
    yield words.row("cover_share", messages.plain(f"{row.share_best * 100:.1f} %"))
    low, best, high = (part / HECTARE_M2 for part in (row.covered_low_m2, row.covered_best_m2, row.covered_high_m2))
    yield words.row("cover_low_high", messages.plain(f"{low:,.0f} / {best:,.0f} / {high:,.0f} ha"))
    yield words.row("cover_overlap", messages.plain(f"{row.overlap_m2 / HECTARE_M2:,.0f} ha"))
    yield words.row("cover_gap", messages.plain(f"{row.gap_m2 / HECTARE_M2:,.0f} ha"))


def _weight_rows(row: PlaceWeights) -> Iterator[Row]:
    share = "-" if row.share_best is None else f"{row.share_best * 100:.1f} %"
    yield words.row("cover_share", messages.plain(share))
    yield words.row("cover_whole", messages.plain(f"{row.weight:,.0f}"))
    parts = (row.covered_low, row.covered_best, row.covered_high)
    yield words.row("cover_low_high", messages.plain(" / ".join(f"{part:,.0f}" for part in parts)))
    yield words.row("cover_bounds", messages.plain(f"{row.covered_least:,.0f} / {row.covered_most:,.0f}"))
    yield words.row("cover_overlap", messages.plain(f"{row.overlap:,.0f}"))
    yield words.row("cover_gap", messages.plain(f"{row.gap:,.0f}"))


def _set_rows(results: CoverageResults, place: PlaceCover, what: str) -> Iterator[Row]:
    unit, suffix = (HECTARE_M2, " ha") if what == "land" else (1, "")

    def told(*parts: float) -> Words:
        return messages.plain(" / ".join(f"{part / unit:,.0f}" for part in parts) + suffix)

    def labelled(side: Words, value: Words) -> Row:
        return Row(label=messages.words("label.cover_bracket", side=side), value=value)

    yield words.row("cover_whole", told(place.whole))
    yield labelled(messages.words("layer.covered_any"), told(place.any_low, place.any_best, place.any_high))
    yield labelled(messages.words("layer.covered_all"), told(place.all_low, place.all_best, place.all_high))
    for side in place.plans:
        yield labelled(_side(results, side.reference), told(side.low, side.best, side.high))
    yield words.row("cover_gap", told(place.gap))


def _side(results: CoverageResults, reference: str) -> Words:
    """Return the name of a plan with the readings under which it is taken."""
    plan = results.plans[reference]
    if not plan.readings:
        return plan.plan.name.words
    readings = messages.joined([reading.name.words for reading in plan.readings])
    return messages.each(lambda lang: f"{getattr(plan.plan.name, lang)} ({readings[lang]})")
