"""A layer of millions of polygons as tiles beside the page, for a web server that only hands out files.

The tiles are those of web maps (x from the west, y from the north, 256 pixels). At the leaf level each tile holds the
features that touch it in the compact encoding. At every coarser level a tile is a picture of 256 by 256 classes, one
byte each, zero for nothing, as a zlib stream. Names are ``<level>-<x>-<y>.bin``; only tiles that hold something exist,
and the page knows which. ``names.bin`` holds what the search needs. Plain files and not one archive: an archive needs a
server that answers range requests, which the simplest ones do not.
"""

from __future__ import annotations

import dataclasses
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from parkmap.output.html.dense.encode import LEVEL, encode, encode_names, on_world
from parkmap.output.html.dense.picture import SIDE, coarser, picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.output.html.dense.model import DenseLayer

AIM: Final = 3000
"""Features that a leaf holds on average at most."""
FULLEST: Final = 4
"""Times as many the fullest leaf may hold, unless it is of the finest level."""
FINEST: Final = 16
FAR: Final = 2
"""Sides of a tile beyond which a feature is cut."""
REACH: Final = 8
"""Part of a tile's side by which what is cut still reaches beyond it, so that no cut edge is seen."""
POLYGONAL: Final = (3, 6)
COARSEST: Final = 5
"""Level of which one tile shows more than a province."""


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


def tile(layer: DenseLayer, *, aim: int = AIM) -> Tiles:
    """Cut a layer into tiles.

    Parameters
    ----------
    layer
        The layer.
    aim
        Features that a leaf holds on average at most, where the finest level allows it.

    Returns
    -------
    Tiles
        The same layer gives the same files.
    """
    bounds = _world_bounds(layer.shapes)
    leaf = _leaf_level(bounds, aim)
    files: dict[str, bytes] = {}
    pictures: dict[tuple[int, int], NDArray[np.uint8]] = {}
    tile_of = np.zeros(len(layer), dtype=np.int64)
    for x, y, touching in _by_tile(bounds, leaf):
        part, rows = _cut(layer, touching, (leaf, x, y))
        if not len(rows):
            continue
        tile_of[rows] = len(pictures)
        files[f"{leaf}-{x}-{y}.bin"] = encode(part).file()
        pictures[x, y] = picture(_cells(part.shapes, leaf, x, y), part.class_of + np.uint8(1))
    files["names.bin"] = encode_names(layer.names, tile_of).file()
    levels = {leaf: list(pictures)}
    for level in range(leaf - 1, COARSEST - 1, -1):
        pictures = _level_above(pictures)
        levels[level] = list(pictures)
        for (x, y), cells in pictures.items():
            files[f"{level}-{x}-{y}.bin"] = zlib.compress(cells.tobytes(), LEVEL)
    flat = {str(level): [number for one in found for number in one] for level, found in levels.items()}
    return Tiles(header={"leaf": leaf, "levels": flat}, files=files)


def _world_bounds(shapes: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return west, north, east, south of each shape, from 0 to 1."""
    box = shapely.bounds(shapes)
    return np.hstack([on_world(box[:, [0, 3]]), on_world(box[:, [2, 1]])])


def _leaf_level(bounds: NDArray[np.float64], aim: int) -> int:
    """Return the coarsest level whose tiles hold few features: on average of those that hold any, and at most."""
    middle = (bounds[:, :2] + bounds[:, 2:]) / 2
    for level in range(COARSEST, FINEST):
        cells = np.floor(middle * 2**level).astype(np.int64)
        held = np.unique(cells[:, 0] * 2**level + cells[:, 1], return_counts=True)[1]
        if held.mean() <= aim and held.max() <= FULLEST * aim:
            return level
    return FINEST


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


def _cut(layer: DenseLayer, rows: NDArray[np.intp], where: tuple[int, int, int]) -> tuple[DenseLayer, NDArray[np.intp]]:
    """Return features of a tile, those that reach far beyond it cut off there, without those that pass it by; and rows.

    A road or a river may touch hundreds of tiles; as a whole in each of them it would outweigh all the rest.
    """
    level, x, y = where
    west, south, east, north = _box(level, x - 1 / REACH, y - 1 / REACH, 1 + 2 / REACH)
    part = layer.take(rows)
    bounds = shapely.bounds(part.shapes)
    wide = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) > FAR * (east - west)
    if not wide.any():
        return part, rows
    cut = shapely.clip_by_rect(part.shapes[wide], west, south, east, north)
    shapes = part.shapes.copy()
    shapes[wide] = np.where(np.isin(shapely.get_type_id(cut), POLYGONAL), cut, shapes[wide])
    near = np.ones(len(part), dtype=bool)
    near[wide] = ~shapely.is_empty(cut)
    return dataclasses.replace(part, shapes=shapes).take(np.flatnonzero(near)), rows[near]


def _box(level: int, x: float, y: float, side: float) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a square of some tiles, degrees."""
    lat = np.degrees(np.arctan(np.sinh((1 - 2 * np.array([y + side, y]) / 2**level) * np.pi)))
    return x / 2**level * 360 - 180, float(lat[0]), (x + side) / 2**level * 360 - 180, float(lat[1])


def _cells(shapes: NDArray[np.object_], level: int, x: int, y: int) -> NDArray[np.object_]:
    """Return shapes in cells of a tile's picture."""
    found: NDArray[np.object_] = shapely.transform(shapes, lambda points: (on_world(points) * 2**level - (x, y)) * SIDE)
    return found


def _level_above(pictures: dict[tuple[int, int], NDArray[np.uint8]]) -> dict[tuple[int, int], NDArray[np.uint8]]:
    """Return the pictures of the next coarser level."""
    found: dict[tuple[int, int], NDArray[np.uint8]] = {}
    half = SIDE // 2
    for (x, y), cells in pictures.items():
        target = found.setdefault((x // 2, y // 2), np.zeros((SIDE, SIDE), dtype=np.uint8))
        top, left = (y % 2) * half, (x % 2) * half
        target[top : top + half, left : left + half] = coarser(cells)
    return found
