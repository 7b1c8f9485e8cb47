"""Covered shares as coloured areas and points of the map page: by district and by demand, one layer per plan."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.facts.card import Row, card, value_words
from parkmap.output.html.contents.plan_page import plan_groups, plan_page
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.places import drawn
from parkmap.questions.coverage import tables
from parkmap.questions.sides import side_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from parkmap.facts.facts import Facts
    from parkmap.messages import Words
    from parkmap.questions.base import Answer
    from parkmap.questions.coverage.measure import CoverageResults

CLASSES: Final = ((0.0, "cover-0"), (0.1, "cover-1"), (0.25, "cover-2"), (0.5, "cover-3"), (1.0, "cover-4"))
"""Greatest share of each class, and its style."""
INDICATIVE: Final = "indicative"
"""Nobody vouches for the places of a user's demand."""
NOTHING: Final = 5e-7
"""Share below which a place counts as not covered: rounding of its edges."""
MOST_DRAWN: Final = 20_000
"""Features of demand up to which they are drawn one by one; the districts are drawn in any case."""
Values = dict[str, tuple[float, tuple[Row, ...]]]
"""By id of a place: the share that gives its colour, and the lines of its card."""


def coverage_page(results: CoverageResults, answer: Answer) -> MapPage:
    """Return the page of the first plan with covered shares on it, and the elements of the other plans.

    Parameters
    ----------
    results
        What was measured.
    answer
        Its tables of facts.
    """
    layers = _of_one(results, answer) if results.land is None else _of_several(results, answer)
    page = plan_page(results.first, extra=(*layers, *_other_plans(results)))
    names = {reference: side_name(plan) for reference, plan in results.plans.items()}
    stamps = [
        messages.words("compare.stamp", side=names[reference], stamp=_validity(results, reference))
        for reference in list(results.plans)[1:]
    ]
    if results.demand is not None:
        stamps.append(messages.words("note.demand_even"))
    title = messages.joined(names.values(), by=messages.Words(" ＋ ", " ＋ "))
    return dataclasses.replace(page, title=title, stamps=(*page.stamps, *stamps))


def _validity(results: CoverageResults, name: str) -> Words:
    plan = results.plans[name]
    return messages.words(f"validity.stamp.{plan.validity}", day=plan.as_of)


def _other_plans(results: CoverageResults) -> Iterator[LayerGroup]:
    """Yield the elements of the plans after the first, off at first, under a heading of their own."""
    for number, plan in enumerate(list(results.plans.values())[1:]):
        parent = side_name(plan)
        for group in plan_groups(plan):
            features = tuple(dataclasses.replace(f, id=f"{number}-{f.id}", label_rank=None) for f in group.features)
            yield dataclasses.replace(
                group, id=f"other-{number}-{group.id}", parent=parent, features=features, shown=False
            )


def _of_one(results: CoverageResults, answer: Answer) -> Iterator[LayerGroup]:
    places = [("land", tables.DISTRICTS, results.first.geography.districts)]
    if results.demand is not None and len(results.demand.frame) <= MOST_DRAWN:
        places.append(("demand", tables.DEMAND_ROWS, results.demand.frame))
    for what, table, frame in places:
        rows = answer.table(table.key)
        values = {
            name: (share or 0.0, tuple(card(rows, name, by="id")))
            for name, share in zip(rows.values["id"], rows.values["share_best"], strict=True)
        }
        shown = (what == "demand") == (results.demand is not None)
        yield _layer(f"cover-{what}", messages.words(f"layer.covered_{what}"), frame, values, shown=shown)


def _of_several(results: CoverageResults, answer: Answer) -> Iterator[LayerGroup]:
    """Yield land and demand under each plan, under all of them, and on top under any of them, which is shown."""
    places = [("land", tables.SET_LAND, tables.SET_LAND_PLANS, results.first.geography.districts)]
    if results.demand is not None and len(results.demand.frame) <= MOST_DRAWN:
        places.append(("demand", tables.SET_ROWS, tables.SET_ROWS_PLANS, results.demand.frame))
    sides = [(reference, side_name(plan)) for reference, plan in results.plans.items()]
    sides += [(key, messages.words(f"layer.covered_{key}")) for key in ("all", "any")]
    for what, whole, each, frame in places:
        rows, own = answer.table(whole.key), answer.table(each.key)
        cards = {name: tuple(_set_card(rows, own, name)) for name in frame.index}
        for number, (key, side) in enumerate(sides):
            title = messages.words("layer.covered_of", what=messages.words(f"layer.covered_{what}"), side=side)
            shares = _shares(rows, own, key)
            values = {name: (shares[name], lines) for name, lines in cards.items() if name in shares}
            yield _layer(f"cover-{what}-{number}", title, frame, values, shown=key == "any" and what == "land")


def _shares(rows: Facts, own: Facts, key: str) -> dict[str, float]:
    """Return the share of each place that a plan, all plans or any plan covers."""
    wholes = dict(zip(rows.values["id"], rows.values["whole"], strict=True))
    if key in {"all", "any"}:
        best = dict(zip(rows.values["id"], rows.values[f"{key}_best"], strict=True))
    else:
        triples = zip(own.values["place"], own.values["reference"], own.values["best"], strict=True)
        best = {place: value for place, reference, value in triples if reference == key}
    return {place: best[place] / whole if whole else 0.0 for place, whole in wholes.items() if place in best}


def _set_card(rows: Facts, own: Facts, name: str) -> Iterator[Row]:
    """Yield what is known of a place, then what each plan covers of it."""
    yield from card(rows, name, by="id")
    covered = own.table.column("best")
    for number in own.rows_of(name, by="place"):
        label = own.names["side"][own.values["reference"][number]]
        yield Row(label=label, value=value_words(own, covered, number) or messages.NONE)


def _layer(name: str, title: Words, frame: gpd.GeoDataFrame, values: Values, *, shown: bool) -> LayerGroup:
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
