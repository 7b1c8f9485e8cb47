"""Siting as layers of the map page: demand at the bottom, candidates, and the open sites on top."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import pandas as pd

from parkmap import messages
from parkmap.output.html import words
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.places import drawn, name_of
from parkmap.questions.page.plan import plan_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from parkmap.facts.card import Row
    from parkmap.results.site import SiteResults

SITE, DEMAND = "site", "demand"
"""Styles of sites and of demand."""
DETERMINACY: Final = "indicative"
"""A computed place is never a decision that anyone published."""


def siting_page(results: SiteResults, *, review_number: str | None = None) -> MapPage:
    """Return the page of the plan with the sites on it.

    Parameters
    ----------
    results
        The results of one question.
    review_number
        Map review number (审图号), if one was granted.
    """
    page = plan_page(results.base, review_number=review_number, extra=tuple(siting_groups(results)))
    if results.method in {"estimate", "mixed"}:
        page = dataclasses.replace(page, stamps=(*page.stamps, messages.words("stamp.site_estimate")))
    return page


def siting_groups(results: SiteResults) -> Iterator[LayerGroup]:
    """Yield the layers, bottom first.

    Parameters
    ----------
    results
        The results of one question.
    """
    parent = messages.words("layer.siting").capitalised()
    is_open = results.answer.sites["open"]
    parts: tuple[tuple[str, tuple[MapFeature, ...], bool], ...] = (
        ("demand", tuple(_demand(results)), False),
        ("shut", tuple(_sites(results, results.sites[~is_open], rank=None)), False),
        ("open", tuple(_sites(results, results.sites[is_open], rank=0)), True),
    )
    for name, features, shown in parts:
        if features:
            title = messages.words(f"layer.site_{name}").capitalised()
            yield LayerGroup(id=f"site-{name}", title=title, parent=parent, features=features, shown=shown)


def _sites(results: SiteResults, chosen: gpd.GeoDataFrame, *, rank: int | None) -> Iterator[MapFeature]:
    for site, name, shape in drawn(chosen):
        yield MapFeature(
            id=f"site-{site}",
            name=name,
            geometry=shape,
            style=SITE,
            determinacy=DETERMINACY,
            rows=tuple(_site_rows(results, site)),
            label_rank=rank,
        )


def _site_rows(results: SiteResults, site: str) -> Iterator[Row]:
    own, status = results.answer.sites.loc[site], str(results.sites.at[site, "status"])
    state = "new" if own["new"] else "shut" if status == "candidate" else status
    yield words.row("site_state", messages.words(f"site.state.{state}"))
    if own["open"]:
        yield words.row("site_served", messages.plain(f"{own['served_weight']:,.0f}"))
        if pd.notna(own["marginal"]):
            yield words.row("site_marginal", messages.plain(f"{own['marginal']:,.6g}"))
    yield words.row("site_method", messages.words(f"site.method.{results.method}"))


def _demand(results: SiteResults) -> Iterator[MapFeature]:
    for place, name, shape in drawn(results.demand):
        yield MapFeature(
            id=f"demand-{place}",
            name=name,
            geometry=shape,
            style=DEMAND,
            determinacy=DETERMINACY,
            rows=tuple(_demand_rows(results, results.answer.demand.loc[place])),
        )


def _demand_rows(results: SiteResults, own: pd.Series) -> Iterator[Row]:
    yield words.row("site_weight", messages.plain(f"{own['weight']:,.0f}"))
    if pd.notna(own["site"]):
        yield words.row("site_at", name_of(results.sites, own["site"]))
        unit = messages.words(f"unit.{results.unit}")
        yield words.row("site_way", messages.each(lambda lang: f"{own['cost']:,.1f} {unit[lang]}"))
