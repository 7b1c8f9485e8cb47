"""Neighbours as layers of the map page: borders where they run and links between neighbours, wide where there is much.

A border is as wide as it is long, a link as wide as its weight; the widest of each layer is always the same, so that
widths compare within one layer only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from parkmap import messages
from parkmap.facts.card import line
from parkmap.messages import Words
from parkmap.output.html.model import LayerGroup, MapFeature
from parkmap.output.vector import geometry_json
from parkmap.questions.adjacency.tables import SHARED_BORDER, weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.adjacency import Graph
    from parkmap.facts.columns import Column
    from parkmap.results.plan import PlanResults

THINNEST_PX: Final = 1.5
WIDEST_PX: Final = 8.0
FEW: Final = 100
"""Lines that a map carries at full width; more are drawn thinner, so that the polygons between them are still seen."""
DECIMALS: Final = 6
"""Digits of a degree: 0.1 m, because parcels are small."""
BETWEEN: Final = Words("—", " - ")
"""What stands between the names of a pair."""


def plan_borders(results: PlanResults) -> tuple[LayerGroup, ...]:
    """Return the borders between districts as a layer, off at first; none where there is none.

    Parameters
    ----------
    results
        The results of one plan.
    """
    found = results.district_adjacency
    lengths = found.pairs["shared_border_m"].reindex(found.borders.index).to_numpy(dtype=float)
    title = messages.words("layer.district_borders")
    return border_layer(found.borders, lengths, results.names["district"].__getitem__, title=title)


def border_layer(
    borders: gpd.GeoSeries,
    lengths: NDArray[np.float64],
    name: Callable[[Any], Words],
    *,
    title: Words,
    determinacy: str = "published",
    shown: bool = False,
) -> tuple[LayerGroup, ...]:
    """Return shared borders as one layer, each as wide as it is long; none where there is none.

    Parameters
    ----------
    borders
        Lines; index (item, other).
    lengths
        Their lengths, metres.
    name
        Name of a place.
    title
        Title in the layer tree.
    determinacy
        That of the polygons.
    shown
        Whether it is switched on at first.
    """
    lines = zip(borders.index, geometry_json(borders, DECIMALS), lengths, widths_px(lengths), strict=True)
    features = _features(lines, name, SHARED_BORDER, key="border", style="border", determinacy=determinacy)
    return _layer("borders", title, features, shown=shown)


def link_layer(
    graph: Graph, places: gpd.GeoSeries, name: Callable[[Any], Words], *, kind: str, shown: bool = True
) -> tuple[LayerGroup, ...]:
    """Return one straight line per pair of a graph; none where there is no pair.

    The longest border is the widest; in a graph of distances or times it is the nearest pair. The lines of pairs that
    perhaps touch are dashed.

    Parameters
    ----------
    graph
        The graph.
    places
        Geometries of its places.
    name
        Name of a place.
    kind
        What makes two places neighbours: `contact`, `possible`, `band`, `nearest`, `time`.
    shown
        Whether it is switched on at first.
    """
    far = kind in {"band", "nearest", "time"}
    widths = widths_px(graph.weight.max(initial=0.0) - graph.weight if far else graph.weight)
    xy = shapely.get_coordinates(shapely.point_on_surface(places.loc[graph.ids].to_numpy()))
    straight = shapely.linestrings(np.stack([xy[graph.first], xy[graph.second]], axis=1))
    series = gpd.GeoSeries(straight, index=graph.pairs.index, crs=places.crs)
    lines = zip(series.index, geometry_json(series, DECIMALS), graph.weight, widths, strict=True)
    sure = "indicative" if kind == "possible" else "published"
    column = None if graph.unit == "1" else weight(graph.unit)
    features = _features(lines, name, column, key="link", style="linkage", determinacy=sure)
    return _layer("links", messages.words("layer.links"), features, shown=shown)


def _features(
    lines: Iterable[Any],
    name: Callable[[Any], Words],
    column: Column | None,
    *,
    key: str,
    style: str,
    determinacy: str,
) -> Iterator[MapFeature]:
    """Yield a feature for each pair, line, value and width; the value is the card, where it has a column."""
    for (one, two), shape, value, width in lines:
        if shape is not None:
            yield MapFeature(
                id=f"{key}-{one}-{two}",
                name=messages.joined([name(one), name(two)], by=BETWEEN),
                geometry=shape,
                style=style,
                determinacy=determinacy,
                rows=() if column is None else tuple(line(column, value)),
                width_px=width,
            )


def _layer(key: str, title: Words, features: Iterable[MapFeature], *, shown: bool) -> tuple[LayerGroup, ...]:
    """Return lines as a layer; none where there is none."""
    drawn, parent = tuple(features), messages.words("layer.neighbours")
    return (LayerGroup(id=key, title=title, parent=parent, features=drawn, shown=shown),) if drawn else ()


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
