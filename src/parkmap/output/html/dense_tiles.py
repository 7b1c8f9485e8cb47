"""A layer of millions of polygons as tiles beside the page, for a web server that only hands out files.

The tiles are those of web maps (x from the west, y from the north, 256 pixels). At the leaf level each tile holds the
features that touch it in the compact encoding, after its header and the header's length (four bytes, little-endian). At
every coarser level a tile is a picture of 256 by 256 classes, one byte each, zero for nothing, as a zlib stream. Names
are ``<level>-<x>-<y>.bin``; only tiles that hold something exist, and the page knows which.
"""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from PIL import Image, ImageDraw

from parkmap.output.html.dense_encode import LEVEL, encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.output.html.dense import DenseLayer

SIDE: Final = 256
AIM: Final = 3000
"""Features that a leaf should hold about."""
FINEST, COARSEST = 16, 4
HIGHEST_LATITUDE: Final = 85.0511


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tiles:
    """A tiled layer.

    Parameters
    ----------
    header
        What the page must know: levels, and the tiles that exist.
    files
        File name to content.
    """

    header: dict[str, Any]
    files: dict[str, bytes]


def tile(layer: DenseLayer) -> Tiles:
    """Cut a layer into tiles.

    Parameters
    ----------
    layer
        The layer.

    Returns
    -------
    Tiles
        The same layer gives the same files.
    """
    bounds = _world_bounds(layer.shapes)
    leaf = _leaf_level(bounds)
    first = _first_level(bounds, leaf)
    files: dict[str, bytes] = {}
    pictures: dict[tuple[int, int], NDArray[np.uint8]] = {}
    for x, y, rows in _by_tile(bounds, leaf):
        part = layer.take(rows)
        blob = encode(part)
        head = json.dumps(blob.header, ensure_ascii=False, separators=(",", ":")).encode()
        files[f"{leaf}-{x}-{y}.bin"] = struct.pack("<I", len(head)) + head + blob.body
        pictures[x, y] = _picture(part, leaf, x, y)
    levels = {leaf: sorted(pictures)}
    for level in range(leaf - 1, first - 1, -1):
        pictures = _coarser(pictures)
        levels[level] = sorted(pictures)
        for (x, y), cells in pictures.items():
            files[f"{level}-{x}-{y}.bin"] = zlib.compress(cells.tobytes(), LEVEL)
    header = {"leaf": leaf, "first": first, "levels": {str(level): _flat(found) for level, found in levels.items()}}
    return Tiles(header=header, files=files)


def _flat(tiles: list[tuple[int, int]]) -> list[int]:
    return [number for one in tiles for number in one]


def _world(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places in the square of web maps, from 0 to 1 (Web Mercator, used for drawing only)."""
    lat = np.radians(np.clip(points[:, 1], -HIGHEST_LATITUDE, HIGHEST_LATITUDE))
    return np.column_stack([points[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)])


def _world_bounds(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return west, north, east, south of each shape, from 0 to 1."""
    box = shapely.bounds(shapes)
    return np.hstack([_world(box[:, [0, 3]]), _world(box[:, [2, 1]])])


def _leaf_level(bounds: NDArray[np.float64]) -> int:
    """Return the coarsest level at which a tile with something in it holds few features on average."""
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    for level in range(COARSEST, FINEST):
        cells = np.floor(middle * 2**level).astype(np.int64)
        if len(bounds) / len(np.unique(cells[:, 0] * 2**level + cells[:, 1])) <= AIM:
            return level
    return FINEST


def _first_level(bounds: NDArray[np.float64], leaf: int) -> int:
    """Return the level at which the whole is about as large as a tile."""
    span = float(max(np.ptp(bounds[:, [0, 2]]), np.ptp(bounds[:, [1, 3]])))
    fits = int(np.floor(-np.log2(max(span, 1e-9))))
    return max(COARSEST, min(fits, leaf))


def _by_tile(bounds: NDArray[np.float64], level: int) -> list[tuple[int, int, NDArray[np.intp]]]:
    """Return the tiles of a level with the rows that touch each."""
    low = np.floor(bounds[:, :2] * 2**level).astype(np.int64)
    wide = np.floor(bounds[:, 2:] * 2**level).astype(np.int64) - low + 1
    count = wide[:, 0] * wide[:, 1]
    rows = np.repeat(np.arange(len(bounds)), count)
    step = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    x = low[rows, 0] + step % wide[rows, 0]
    y = low[rows, 1] + step // wide[rows, 0]
    key = x * 2**level + y
    order = np.argsort(key, kind="stable")
    cuts = np.flatnonzero(np.diff(key[order])) + 1
    return [(int(x[part[0]]), int(y[part[0]]), rows[part]) for part in np.split(order, cuts) if len(part)]


def _picture(layer: DenseLayer, level: int, x: int, y: int) -> NDArray[np.uint8]:
    """Return which class lies where in a tile."""
    image = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(image)
    parts, owners = shapely.get_parts(layer.shapes, return_index=True)
    points, rows = shapely.get_coordinates(shapely.get_exterior_ring(parts), return_index=True)
    pixels = (_world(points) * 2**level - (x, y)) * SIDE
    for owner, ring in zip(owners, np.split(pixels, np.flatnonzero(np.diff(rows)) + 1), strict=True):
        pen.polygon(ring.ravel().tolist(), fill=int(layer.class_of[owner]) + 1)
    return np.asarray(image, dtype=np.uint8)


def _coarser(pictures: dict[tuple[int, int], NDArray[np.uint8]]) -> dict[tuple[int, int], NDArray[np.uint8]]:
    """Return the pictures of the next coarser level; of four cells the first that holds something counts."""
    found: dict[tuple[int, int], NDArray[np.uint8]] = {}
    for (x, y), cells in pictures.items():
        target = found.setdefault((x // 2, y // 2), np.zeros((SIDE, SIDE), dtype=np.uint8))
        four = [cells[row::2, column::2] for row in (0, 1) for column in (0, 1)]
        half = four[0]
        for other in four[1:]:
            half = np.where(half == 0, other, half)
        top, left = (y % 2) * SIDE // 2, (x % 2) * SIDE // 2
        target[top : top + SIDE // 2, left : left + SIDE // 2] = half
    return found
