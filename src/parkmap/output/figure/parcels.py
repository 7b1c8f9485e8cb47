"""Layers of very many polygons on a sheet: one path for some hundred of a class, not one for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib.colors import to_rgb

from parkmap.output.html.dense.model import DenseLayer
from parkmap.output.html.shades import OPACITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from parkmap.output.figure.ground import Ground
    from parkmap.output.figure.pen import Pen
    from parkmap.output.html.model import MapPage

DARKER: Final = 0.62
EDGE_PT: Final = 0.25
EDGES_FROM_MM: Final = 1.0
"""Size of a parcel on paper from which its edge can be told from its inside."""
TOGETHER: Final = 400
"""Parcels in one path: drawing a path takes longer than in proportion to its edges."""
MOST_AS_LINES: Final = 20_000
"""Parcels above which files of lines would be larger than a picture of them: they then hold a picture."""
ROOM: Final = 0.05
"""Around the parcels, as a share of their extent."""


def parcel_layers(page: MapPage) -> tuple[DenseLayer, ...]:
    """Return the layers of very many polygons that are on at first.

    Parameters
    ----------
    page
        What is shown; layers that stand as tiles beside it are none of it.
    """
    return tuple(layer for layer in page.dense if isinstance(layer, DenseLayer) and layer.shown and len(layer))


def parcel_bounds(layers: Iterable[DenseLayer]) -> tuple[float, float, float, float] | None:
    """Return what a sheet must show to show all parcels, west, south, east, north; None where there are none.

    Parameters
    ----------
    layers
        The layers.
    """
    boxes = [shapely.total_bounds(layer.shapes) for layer in layers]
    if not boxes:
        return None
    west, south = np.min([box[:2] for box in boxes], axis=0)
    east, north = np.max([box[2:] for box in boxes], axis=0)
    room = ROOM * max(east - west, north - south)
    return float(west - room), float(south - room), float(east + room), float(north + room)


def draw_parcels(pen: Pen, layers: Iterable[DenseLayer], ground: Ground) -> None:
    """Draw layers of very many polygons inside the frame, each in the colour of its class.

    Parameters
    ----------
    pen
        The sheet.
    layers
        The layers, bottom first.
    ground
        What the frame shows.
    """
    for layer in layers:
        seen = _seen(layer, ground)
        edged = _typical_mm(layer.shapes[seen], ground) >= EDGES_FROM_MM
        for number, entry in enumerate(layer.classes):
            own = layer.shapes[seen & (layer.class_of == number)]
            style = {
                "facecolor": (*to_rgb(entry.colour), OPACITY),
                "edgecolor": tuple(part * DARKER for part in to_rgb(entry.colour)),
                "linewidth": EDGE_PT if edged else 0.0,
                "rasterized": bool(seen.sum() > MOST_AS_LINES),
            }
            for start in range(0, len(own), TOGETHER):
                pen.area(list(_rings(own[start : start + TOGETHER], ground)), clip=ground.frame, **style)


def _seen(layer: DenseLayer, ground: Ground) -> NDArray[np.bool_]:
    """Return which polygons the frame shows, at least in part."""
    low_x, low_y, high_x, high_y = ground.bounds()
    west, south, east, north = shapely.bounds(layer.shapes).T
    found: NDArray[np.bool_] = (west <= high_x) & (east >= low_x) & (south <= high_y) & (north >= low_y)
    return found


def _typical_mm(shapes: NDArray[np.object_], ground: Ground) -> float:
    """Return the median extent of polygons on paper."""
    if not len(shapes):
        return 0.0
    bounds = shapely.bounds(shapes)
    first, last = ground.to_mm(bounds[:, :2]), ground.to_mm(bounds[:, 2:])
    return float(np.median(np.abs(last - first).max(axis=1)))


def _rings(shapes: NDArray[np.object_], ground: Ground) -> Iterator[NDArray[np.float64]]:
    """Yield the rings of polygons on the sheet, holes in the other direction than what they are cut out of."""
    turned = shapely.orient_polygons(shapely.get_parts(shapes))
    rings = shapely.get_rings(turned)
    degrees, ring_of = shapely.get_coordinates(rings, return_index=True)
    yield from np.split(ground.to_mm(degrees), np.flatnonzero(np.diff(ring_of)) + 1)
