"""The compact encoding of a layer of very many polygons.

A blob is one zlib stream (RFC 1950) of sections one after the other. Its header, plain JSON beside it, says how many
features there are and how long each section is:

``rings``
    per feature: number of rings; ``points`` per ring: number of points, without the closing one.
``x``, ``y``
    all points in order, each as the difference to the point before it, in steps of a grid of 2 ** `GRID_BITS` by
    2 ** `GRID_BITS` over the square of web maps (Web Mercator, used for drawing only), from its north-west corner.
``class``
    one byte per feature.
``names`` and one section per column
    see `dense_columns.column_of`.

All numbers but the classes are variable-length integers, seven bits a byte, low ones first, the sign in the lowest bit
(zigzag), as in Protocol Buffers. Exterior rings run one way and holes the other, so that a non-zero fill is right.
"""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from parkmap.output.html.dense.columns import column_of, varints
from parkmap.output.html.dense.model import near_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from parkmap.output.html.dense.model import DenseLayer

GRID_BITS: Final = 26
"""A step is 0.60 m at the equator and 0.55 m in Shenzhen: half a pixel at the largest zoom of the page."""
HIGHEST_LATITUDE: Final = 85.0511
LEVEL: Final = 6


@dataclasses.dataclass(frozen=True, kw_only=True)
class Blob:
    """A layer, encoded: what stands in the page as JSON, and the bytes beside it."""

    header: dict[str, Any]
    body: bytes

    def file(self) -> bytes:
        """Return both as one file: length of the header in four bytes, low ones first; header; body."""
        head = json.dumps(self.header, ensure_ascii=False, separators=(",", ":")).encode()
        return struct.pack("<I", len(head)) + head + self.body


def encode(layer: DenseLayer) -> Blob:
    """Return a layer in the compact encoding, neighbours one after the other.

    Parameters
    ----------
    layer
        The layer.

    Returns
    -------
    Blob
        Header and body; the same layer gives the same bytes.
    """
    order = near_order(layer.shapes)
    near = layer if order is None else layer.take(order)
    sections = _geometry(near.shapes)
    sections["class"] = np.asarray(near.class_of, dtype=np.uint8).tobytes()
    names, sections["names"] = column_of(near.names)
    columns = []
    for number, column in enumerate(near.columns):
        form, sections[f"column-{number}"] = column_of(column.values, decimals=column.decimals)
        columns.append({"label": column.label.by_lang(), **form})
    return _blob(sections, {"count": len(layer), "names": names, "columns": columns})


def encode_names(names: Sequence[str], tile_of: NDArray[np.int64]) -> Blob:
    """Return the names of all features of a tiled layer, for the search.

    Parameters
    ----------
    names
        Name of each feature.
    tile_of
        Number of a tile that holds it; shape (n,).
    """
    form, body = column_of(names)
    sections = {"names": body, "tiles": varints(np.diff(tile_of, prepend=0))}
    return _blob(sections, {"count": len(names), "names": form})


def on_world(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places in the square of web maps, from 0 to 1 eastward and southward (Web Mercator).

    Parameters
    ----------
    points
        Longitude and latitude, shape (n, 2).
    """
    lat = np.radians(np.clip(points[:, 1], -HIGHEST_LATITUDE, HIGHEST_LATITUDE))
    return np.column_stack([points[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)])


def _blob(sections: Mapping[str, bytes], header: Mapping[str, Any]) -> Blob:
    lengths = [[name, len(body)] for name, body in sections.items()]
    return Blob(header={**header, "sections": lengths}, body=zlib.compress(b"".join(sections.values()), LEVEL))


def _geometry(shapes: NDArray[np.object_]) -> dict[str, bytes]:
    """Return rings, points and differences of polygons and multipolygons."""
    points, ring_starts, rings_before = _ragged(shapely.orient_polygons(shapes))
    grid = np.rint(on_world(points) * 2**GRID_BITS).astype(np.int64)
    same = np.zeros(len(grid), dtype=bool)
    same[1:] = (grid[1:] == grid[:-1]).all(axis=1)
    same[ring_starts[:-1]] = False
    keep = ~same
    keep[ring_starts[1:] - 1] = False  # the closing point
    per_ring = np.add.reduceat(keep, ring_starts[:-1], dtype=np.int64)
    steps = np.diff(grid[keep], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return {
        "rings": varints(np.diff(rings_before)),
        "points": varints(per_ring),
        "x": varints(steps[:, 0]),
        "y": varints(steps[:, 1]),
    }


def _ragged(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return all points, where each ring begins, and how many rings come before each shape."""
    _, points, (ring_starts, *outer) = shapely.to_ragged_array(shapes, include_z=False)
    # Polygons alone have rings and shapes; with multipolygons, parts stand between them.
    return points, ring_starts, outer[0] if len(outer) == 1 else outer[0][outer[1]]
