"""Covered shares as coloured areas and points of the map page: by district and by demand, one layer per plan."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.facts.card import Row, card, value_words
from parkmap.facts.classes import classes_of
from parkmap.facts.units import SHARE
from parkmap.output.html.layers.coloured import MOST_DRAWN, STYLE
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.places import drawn
from parkmap.questions.coverage import tables
from parkmap.questions.page.plan import plan_groups, plan_page
from parkmap.questions.sides import side_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from parkmap.facts.facts import Facts
    from parkmap.messages import Words
    from parkmap.questions.base import Answer
    from parkmap.questions.coverage.measure import CoverageResults

INDICATIVE: Final = "indicative"
"""Nobody vouches for the places of a user's demand."""
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
    layers = () if results.land is None else _of_several(results, answer)  # those of one plan follow from its tables
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
    """Return a layer coloured by the classes that every map of covered shares has."""
    amounts = {place: round(share * 100.0, SHARE.digits) for place, (share, _) in values.items()}
    features = tuple(
        MapFeature(
            id=f"{name}-{place}",
            name=called,
            geometry=shape,
            style=STYLE,
            determinacy=INDICATIVE,
            kind=title,
            rows=values[place][1],
            amount=amounts[place],
        )
        for place, called, shape in drawn(frame)
        if place in values
    )
    share = messages.words("layer.covered_share")
    by = messages.each(lambda lang: f"{share[lang]} ({SHARE.shown[lang]})" if SHARE.shown else share[lang])
    return LayerGroup(
        id=name,
        title=title.capitalised(),
        parent=share.capitalised(),
        features=features,
        shown=shown,
        classes=classes_of([*amounts.values()], title=by, limits=tables.LIMITS),
    )
