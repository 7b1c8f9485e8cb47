"""Service areas as layers of the map page: one layer per band, the widest at the bottom, the sites on top."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import pandas as pd

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.output.html import words
from parkmap.output.html.layers.road import credit
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.places import MAP_DECIMALS, drawn, name_of
from parkmap.output.vector import geometry_json
from parkmap.questions.page.plan import plan_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.facts.card import Row
    from parkmap.messages import Words
    from parkmap.results.reach import ReachResults

NEAREST, BETWEEN, FARTHEST, SITE, STREET = "reach-near", "reach-mid", "reach-far", "site", "street"
"""Styles of the bands, of the sites and of the streets."""
STREET_PX: Final = 1.2
STREET_VERTICES: Final = 100_000
"""The page shows streets up to so many vertices, some 2 MB; the GeoJSON has all of them."""
DETERMINACY: Final = "indicative"
"""A computed area is never a boundary that anyone published."""


def reach_page(results: ReachResults, *, review_number: str | None = None) -> MapPage:
    """Return the page of the plan with the service areas on it, in view when it opens.

    Parameters
    ----------
    results
        The results of one question.
    review_number
        Map review number (审图号), if one was granted.
    """
    page = plan_page(results.base, review_number=review_number, extra=tuple(reach_groups(results)))
    shown = pd.concat([results.areas.areas.geometry, results.sites.geometry]).to_crs(WGS84)
    west, south, east, north = shown.total_bounds
    guessed = () if results.method == "network" else (messages.words("stamp.reach_estimate"),)
    return dataclasses.replace(
        page,
        stamps=(*page.stamps, *guessed),
        sources=(*page.sources, *_credit(results)),
        bounds=(float(west), float(south), float(east), float(north)),
    )


def reach_groups(results: ReachResults) -> Iterator[LayerGroup]:
    """Yield the layers, bottom first.

    Parameters
    ----------
    results
        The results of one question.
    """
    cutoffs = results.rules.cutoffs
    parent = messages.words("layer.reach").capitalised()
    for number, cutoff in reversed(list(enumerate(cutoffs))):
        style = NEAREST if number == 0 else FARTHEST if number == len(cutoffs) - 1 else BETWEEN
        features = tuple(_areas(results, cutoff, style))
        if features:
            title = messages.words("layer.reach_band", band=_band(results, cutoff), method=_method(results.method))
            yield LayerGroup(id=f"reach-{cutoff:g}", title=title, parent=parent, features=features)
    streets = tuple(_streets(results, cutoffs[-1]))
    if streets:
        title = messages.words("layer.reach_streets", band=_band(results, cutoffs[-1]))
        yield LayerGroup(id="reach-streets", title=title, parent=parent, features=streets)
    yield LayerGroup(
        id="reach-sites",
        title=messages.words("layer.reach_sites").capitalised(),
        parent=parent,
        features=tuple(_sites(results)),
    )


def _areas(results: ReachResults, cutoff: float, style: str) -> Iterator[MapFeature]:
    band = results.areas.areas.xs(cutoff, level="cutoff")
    for site, shape in zip(band.index, geometry_json(band.geometry, MAP_DECIMALS), strict=True):
        if shape is not None and shape["coordinates"]:
            yield MapFeature(
                id=f"reach-{site}-{cutoff:g}",
                name=name_of(results.sites, site),
                geometry=shape,
                style=style,
                determinacy=DETERMINACY,
                rows=tuple(_area_rows(results, band.loc[site], cutoff)),
            )


def _streets(results: ReachResults, cutoff: float) -> Iterator[MapFeature]:
    """Yield the streets of the widest band, unless they are so many that the page would be slow."""
    streets = results.areas.streets
    if streets.count_coordinates().sum() > STREET_VERTICES:
        return
    for site, shape in zip(streets.index, geometry_json(streets, MAP_DECIMALS), strict=True):
        if shape is not None and shape["coordinates"]:
            length = results.areas.areas.loc[(site, cutoff), "reached_m"]
            yield MapFeature(
                id=f"reach-{site}-streets",
                name=name_of(results.sites, site),
                geometry=shape,
                style=STREET,
                determinacy="published",
                rows=(
                    words.row("reach_band", _band(results, cutoff)),
                    words.row("reach_length", messages.plain(f"{length / 1000:,.2f} km")),
                    *_rules(results),
                ),
                width_px=STREET_PX,
            )


def _sites(results: ReachResults) -> Iterator[MapFeature]:
    for site, name, shape in drawn(results.sites):
        yield MapFeature(
            id=f"reach-{site}",
            name=name,
            geometry=shape,
            style=SITE,
            determinacy=DETERMINACY,
            rows=tuple(_site_rows(results, site)),
            label_rank=None if site in results.base.items.index else 2,  # the plan's own items are labelled already
        )


def _area_rows(results: ReachResults, area: pd.Series, cutoff: float) -> Iterator[Row]:
    yield words.row("reach_band", _band(results, cutoff))
    yield words.row("reach_method", _method(area["method"]))
    if pd.notna(area["reached_m"]):
        yield words.row("reach_length", messages.plain(f"{area['reached_m'] / 1000:,.2f} km"))
    yield words.row("reach_area", messages.words("amount.hectares", n=f"{area['area_m2'] / 10_000:,.1f}"))
    yield from _rules(results)


def _site_rows(results: ReachResults, site: str) -> Iterator[Row]:
    own = results.areas.sites.loc[site]
    yield words.row("reach_method", _method(own["method"]))
    if pd.notna(own["offset_m"]):
        yield words.row("reach_offset", messages.plain(f"{own['offset_m']:,.0f} m"))
    yield from _rules(results)


def _rules(results: ReachResults) -> Iterator[Row]:
    speed = results.profile.straight
    basis = messages.words("basis.stated", basis=messages.words(f"basis.{speed.basis}"), origin=speed.origin.words)
    yield words.row(
        "reach_profile",
        messages.each(lambda lang: f"{getattr(results.profile.name, lang)}, {speed.kmh:g} km/h ({basis[lang]})"),
    )
    for whose in _credit(results):
        yield words.row("reach_roads", whose)


def _credit(results: ReachResults) -> tuple[Words, ...]:
    return () if results.roads is None else (credit(results.roads),)


def _band(results: ReachResults, cutoff: float) -> Words:
    return messages.words(f"reach.band.{results.rules.unit}", value=f"{cutoff:g}")


def _method(method: str) -> Words:
    return messages.words(f"reach.method.{method}")
