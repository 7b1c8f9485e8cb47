"""Service areas as layers of the map page: one layer per band, the widest at the bottom, the sites on top."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.output.html.model import LayerGroup, MapPage
from parkmap.questions.drawing import features
from parkmap.questions.page.plan import plan_page
from parkmap.questions.reach.tables import AREAS, HOW, SITES, STREETS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Words
    from parkmap.questions.base import Answer
    from parkmap.results.plan import PlanResults

NEAREST, BETWEEN, FARTHEST, SITE, STREET = "reach-near", "reach-mid", "reach-far", "site", "street"
"""Styles of the bands, of the sites and of the streets."""
STREET_PX: Final = 1.2
STREET_VERTICES: Final = 100_000
"""The page shows streets up to so many vertices, some 2 MB; the GeoJSON has all of them."""
DETERMINACY: Final = "indicative"
"""A computed area is never a boundary that anyone published."""


def page(base: PlanResults, answer: Answer) -> MapPage:
    """Return the page of the plan with the service areas on it, in view when it opens.

    Parameters
    ----------
    base
        The plan.
    answer
        Who is within reach.
    """
    plain, places = plan_page(base, extra=tuple(layers(base, answer))), answer.table(SITES.key)
    boxes = [answer.shapes[one.key].to_crs(WGS84).total_bounds.tolist() for one in (AREAS, SITES)]
    west, south, east, north = zip(*boxes, strict=True)
    guessed = () if _method(answer) == "network" else (messages.words("stamp.reach_estimate"),)
    credited = tuple(one for one in places.values["streets"][:1] if one is not None)
    return dataclasses.replace(
        plain,
        stamps=(*plain.stamps, *guessed),
        sources=(*plain.sources, *credited),
        bounds=(min(west), min(south), max(east), max(north)),
    )


def _method(answer: Answer) -> str:
    how = answer.table(HOW.key)
    return str(how.values["method"][0])


def layers(base: PlanResults, answer: Answer) -> Iterator[LayerGroup]:
    """Yield the layers, bottom first.

    Parameters
    ----------
    base
        The plan.
    answer
        Who is within reach.
    """
    parent, method = messages.words("layer.reach"), messages.words(f"reach.method.{_method(answer)}")
    areas, cutoffs = answer.table(AREAS.key), [cutoff for _, cutoff in answer.shapes[AREAS.key].index]
    bands = dict(zip(cutoffs, areas.values["band"], strict=True))
    for cutoff in sorted(bands, reverse=True):
        style = NEAREST if cutoff == min(bands) else FARTHEST if cutoff == max(bands) else BETWEEN
        rows = [number for number, own in enumerate(cutoffs) if own == cutoff]
        ids = f"reach-{{}}-{cutoff:g}"
        drawn = features(answer, AREAS, ids, by="site", rows=rows, style=style, determinacy=DETERMINACY)
        if drawn:
            title = messages.words("layer.reach_band", band=bands[cutoff], method=method)
            yield LayerGroup(id=f"reach-{cutoff:g}", title=title, parent=parent, features=drawn)
    yield from _streets(answer, parent, bands[max(bands)])
    own = {f"reach-{item}" for item in base.items.index}  # the plan's own items are labelled already
    drawn = tuple(
        dataclasses.replace(site, label_rank=None if site.id in own else 2)
        for site in features(answer, SITES, "reach-{}", style=SITE, determinacy=DETERMINACY)
    )
    yield LayerGroup(id="reach-sites", title=messages.words("layer.reach_sites"), parent=parent, features=drawn)


def _streets(answer: Answer, parent: Words, band: Words) -> Iterator[LayerGroup]:
    """Yield the streets of the widest band, unless they are so many that the page would be slow."""
    if 0 < answer.shapes[STREETS.key].count_coordinates().sum() <= STREET_VERTICES:
        look: dict[str, Any] = {"style": STREET, "determinacy": "published", "width_px": STREET_PX}
        drawn = features(answer, STREETS, "reach-{}-streets", by="site", **look)
        title = messages.words("layer.reach_streets", band=band)
        yield LayerGroup(id="reach-streets", title=title, parent=parent, features=drawn)
