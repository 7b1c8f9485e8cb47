"""Streets as part of the base of the map page: where a road file is at hand, its widest classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from parkmap import messages
from parkmap.analysis.network.graph import edge_lines
from parkmap.output.html.model import LayerGroup, MapFeature
from parkmap.output.vector import geometry_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.layers.road_file import RoadFile, RoadMeta
    from parkmap.messages import Words

CLASSES: Final = (("motorway", 2.4), ("trunk", 2.0), ("primary", 1.6), ("secondary", 1.2), ("tertiary", 0.8))
"""Classes of OpenStreetMap from the widest down, each with its width in pixels; minor streets are no base of a city."""
VERTICES: Final = 60_000
"""Classes are drawn as long as the page holds no more vertices than this, some 1 MB."""
COARSE_M: Final = 5.0
"""Lines are simplified by less than a pixel of any zoom at which a city is read."""
DECIMALS: Final = 5


def road_groups(roads: RoadFile, crs: str) -> tuple[LayerGroup, ...]:
    """Return the streets of the base, one feature per class; none where the file holds no wide street.

    Parameters
    ----------
    roads
        The road file.
    crs
        System in which it was read.
    """
    features = tuple(reversed(list(_features(roads, crs))))
    if not features:
        return ()
    title = messages.words("layer.roads")
    return (
        LayerGroup(id="roads", title=title, parent=messages.words("layer.base"), features=features, interactive=False),
    )


def credit(meta: RoadMeta) -> Words:
    """Say whose streets they are, as their licence asks.

    Parameters
    ----------
    meta
        Where the road file is from.
    """
    date = messages.plain(meta.date) if meta.date else messages.words("note.no_date")
    return messages.words("note.reach_roads", origin=meta.origin, date=date, licence=meta.licence)


def _features(roads: RoadFile, crs: str) -> Iterator[MapFeature]:
    """Yield the classes from the widest down, while there is room for them."""
    names = np.char.replace(roads.roads.highway.astype(str), "_link", "")
    room = VERTICES
    for name, width_px in CLASSES:
        edges = np.flatnonzero(names == name)
        if not len(edges):
            continue
        lines = shapely.line_merge(shapely.union_all(edge_lines(roads.roads, edges)))
        shape = shapely.simplify(lines, COARSE_M)
        room -= shapely.get_num_coordinates(shape)
        if room < 0:
            return
        (drawn,) = geometry_json(gpd.GeoSeries([shape], crs=crs), DECIMALS)
        if drawn is not None:
            yield MapFeature(
                id=f"road-{name}",
                name=messages.words(f"road.{name}"),
                geometry=drawn,
                style="road",
                determinacy="published",
                width_px=width_px,
            )
