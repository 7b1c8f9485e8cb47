"""Neighbours as layers of the map page: borders where they run and links between neighbours, wide where there is much.

A border is as wide as it is long, a link as wide as its weight; the widest of each layer is always the same, so that
widths compare within one layer only.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.messages import Words
from parkmap.output.html import words
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.vector import geometry_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency import Graph
    from parkmap.facts.card import Row
    from parkmap.results.links import Neighbours, ParcelResults
    from parkmap.results.plan import PlanResults

THINNEST_PX: Final = 1.5
WIDEST_PX: Final = 8.0
FEW: Final = 100
"""Lines that a map carries at full width; more are drawn thinner, so that the polygons between them are still seen."""
BORDER, LINK, PARCEL = "border", "linkage", "parcel"
"""Styles."""
SURVEYED: Final = "surveyed"
"""What a user's own polygons are taken to be."""
DECIMALS: Final = 6
"""Digits of a degree: 0.1 m, because parcels are small."""


def plan_borders(results: PlanResults) -> tuple[LayerGroup, ...]:
    """Return the borders between districts as a layer, off at first; none where there is none.

    Parameters
    ----------
    results
        The results of one plan.
    """
    found = results.district_adjacency
    frame = results.geography.districts
    names: dict[Any, Words] = {
        name: Words(frame.at[name, "name_zh"], frame.at[name, "name_en"]) for name in frame.index
    }
    group = border_layer(found.borders, found.pairs, names, title=messages.words("layer.district_borders"))
    return () if group is None else (group,)


def border_layer(
    borders: gpd.GeoSeries,
    pairs: pd.DataFrame,
    names: Mapping[Any, Words],
    *,
    title: Words,
    determinacy: str = "published",
    shown: bool = False,
) -> LayerGroup | None:
    """Return shared borders as one layer, each as wide as it is long; None where there is none.

    Parameters
    ----------
    borders
        Lines; index (item, other).
    pairs
        Same index or more; shared_border_m.
    names
        Name of each place.
    title
        Title in the layer tree.
    determinacy
        That of the polygons.
    shown
        Whether it is switched on at first.
    """
    if len(borders) == 0:
        return None
    lengths = pairs["shared_border_m"].reindex(borders.index).to_numpy(dtype=float)
    drawn = zip(borders.index, geometry_json(borders, DECIMALS), lengths, widths_px(lengths), strict=True)
    features = tuple(
        MapFeature(
            id=f"border-{one}-{two}",
            name=_between(names[one], names[two]),
            geometry=shape,
            style=BORDER,
            determinacy=determinacy,
            rows=(words.row("shared_border", messages.plain(f"{length:,.1f} m")),),
            width_px=width,
        )
        for (one, two), shape, length, width in drawn
        if shape is not None
    )
    return LayerGroup(
        id="borders", title=title, parent=messages.words("layer.neighbours"), features=features, shown=shown
    )


def link_layer(
    neighbours: Neighbours, places: gpd.GeoSeries, names: Mapping[Any, Words], *, title: Words, shown: bool = True
) -> LayerGroup | None:
    """Return one straight line per pair of a graph; None where there is no pair.

    The longest border is the widest; in a graph of distances or times it is the nearest pair. The lines of pairs that
    perhaps touch are dashed.

    Parameters
    ----------
    neighbours
        The graph.
    places
        Geometries of its places.
    names
        Name of each place.
    title
        Title in the layer tree.
    shown
        Whether it is switched on at first.
    """
    graph = neighbours.graph
    if len(graph.first) == 0:
        return None
    sure = "indicative" if neighbours.rule.kind == "possible" else "published"
    far = neighbours.rule.kind in {"band", "nearest", "time"}
    strength = graph.weight.max() - graph.weight if far else graph.weight
    xy = shapely.get_coordinates(shapely.point_on_surface(places.loc[graph.ids].to_numpy()))
    lines = shapely.linestrings(np.stack([xy[graph.first], xy[graph.second]], axis=1))
    series = gpd.GeoSeries(lines, index=graph.pairs.index, crs=places.crs)
    drawn = zip(series.index, geometry_json(series, DECIMALS), graph.weight, widths_px(strength), strict=True)
    features = tuple(
        MapFeature(
            id=f"link-{one}-{two}",
            name=_between(names[one], names[two]),
            geometry=shape,
            style=LINK,
            determinacy=sure,
            rows=tuple(_weight_rows(graph, float(weight))),
            width_px=width,
        )
        for (one, two), shape, weight, width in drawn
        if shape is not None
    )
    return LayerGroup(
        id="links", title=title, parent=messages.words("layer.neighbours"), features=features, shown=shown
    )


def _weight_rows(graph: Graph, weight: float) -> Iterator[Row]:
    if graph.unit != "1":
        unit = messages.words(f"matrix.unit.{graph.unit}")
        yield words.row("weight", messages.each(lambda lang: f"{weight:,.1f} {unit[lang]}"))


def _between(one: Words, two: Words) -> Words:
    return Words(f"{one['zh']}—{two['zh']}", f"{one['en']} - {two['en']}")


def widths_px(weights: NDArray[np.float64]) -> list[float]:
    """Return widths of lines in proportion to their weights, between the thinnest and the widest.

    Both shrink with the root of the number of lines beyond `FEW`, down to a third.

    Parameters
    ----------
    weights
        Weights, not negative, shape (n,).
    """
    most = float(weights.max(initial=0.0))
    share = weights / most if most > 0 else np.ones(len(weights))
    scale = max(1 / 3, min(1.0, (FEW / max(len(weights), 1)) ** 0.5))
    return [round(float(width), 2) for width in scale * (THINNEST_PX + (WIDEST_PX - THINNEST_PX) * share)]


def parcel_page(results: ParcelResults) -> MapPage:
    """Return the page of a user's own polygons: the polygons, their borders, and the links of their graph.

    Parameters
    ----------
    results
        Their adjacency.
    """
    names = {name: messages.plain(name) for name in results.parcels.index}
    found = results.contiguity
    borders = border_layer(
        found.border_lines(results.parcels),
        found.pairs,
        names,
        title=messages.words("layer.borders"),
        determinacy=SURVEYED,
        shown=True,
    )
    links = link_layer(results.neighbours, results.parcels, names, title=messages.words("layer.links"), shown=False)
    file = PurePath(results.file).name
    west, south, east, north = results.parcels.to_crs(WGS84).total_bounds
    return MapPage(
        title=messages.words("title.parcels", file=file),
        subtitle=messages.words(f"parcels.kind.{results.kind}", eps=f"{results.eps_m:g}"),
        stamps=(),
        groups=tuple(group for group in (_parcels(results), borders, links) if group is not None),
        open_items=(),
        sources=(messages.plain(file),),
        bounds=(float(west), float(south), float(east), float(north)),
    )


def _parcels(results: ParcelResults) -> LayerGroup:
    polygons = results.contiguity.polygons
    features = tuple(
        MapFeature(
            id=f"parcel-{name}",
            name=messages.plain(name),
            geometry=shape,
            style=PARCEL,
            determinacy=SURVEYED,
            rows=(
                words.row(
                    "area", messages.words("amount.hectares", n=f"{results.shapes['area_m2'].iloc[k] / 10_000:,.4f}")
                ),
                words.row("perimeter", messages.plain(f"{polygons['perimeter_m'].iloc[k]:,.1f} m")),
                words.row("border_share", messages.plain(f"{polygons['border_share'].iloc[k] * 100:.1f} %")),
                words.row("neighbour_count", messages.plain(polygons["neighbours"].iloc[k])),
            ),
        )
        for k, (name, shape) in enumerate(
            zip(results.parcels.index, geometry_json(results.parcels, DECIMALS), strict=True)
        )
        if shape is not None
    )
    return LayerGroup(id="parcels", title=messages.words("layer.own_parcels"), parent=None, features=features)
