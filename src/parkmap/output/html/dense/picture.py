"""Small pictures of which class lies where, for the coarse levels of tiled layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE: Final = 256
"""Cells along a side."""


def picture(shapes: NDArray[np.object_], values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the value of the last shape that holds the middle of each cell.

    A shape too small to hold one still marks the cell of its own middle where no other shape lies: what is scattered
    thinly must not vanish.

    Parameters
    ----------
    shapes
        Polygons and multipolygons in cells, x eastward and y southward from the corner of the picture; shape (n,).
    values
        Value of each, none of them zero; shape (n,).

    Returns
    -------
    ndarray
        Values by row and column, shape (256, 256); zero where nothing lies.
    """
    found = np.zeros((SIDE, SIDE), dtype=np.uint8)
    owner, row, left, right = _spans(shapes)
    wide = np.maximum(0, right - left)
    step = np.arange(wide.sum()) - np.repeat(np.cumsum(wide) - wide, wide)
    found[np.repeat(row, wide), np.repeat(left, wide) + step] = np.repeat(values[owner], wide)
    tiny = np.bincount(owner[wide > 0], minlength=len(shapes)) == 0
    box = shapely.bounds(shapes)
    column, line = (np.floor((box[:, low] + box[:, low + 2]) / 2).astype(np.int64) for low in (0, 1))
    marked = tiny & (column >= 0) & (column < SIDE) & (line >= 0) & (line < SIDE)
    column, line, own = column[marked], line[marked], values[marked]
    free = found[line, column] == 0
    found[line[free], column[free]] = own[free]
    return found


def coarser(four: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a picture at half the scale: of four cells the first that holds something counts.

    Parameters
    ----------
    four
        A picture of an even number of cells along each side.
    """
    half = four[0::2, 0::2]
    for row, column in ((0, 1), (1, 0), (1, 1)):
        half = np.where(half == 0, four[row::2, column::2], half)
    return half


def _spans(
    shapes: NDArray[np.object_],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return owner, row, first cell and cell after the last of every run of cells whose middle a shape holds.

    The even-odd rule along the middle of each row (Foley and others, Computer Graphics, 1996, section 3.6).
    """
    parts, shape_of = shapely.get_parts(shapes, return_index=True)
    rings, part_of = shapely.get_rings(parts, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    joined = ring_of[1:] == ring_of[:-1]
    start, end = points[:-1][joined], points[1:][joined]
    owner = shape_of[part_of[ring_of[:-1][joined]]]
    first, last = (np.clip(np.ceil(y - 0.5), 0, SIDE).astype(np.int64) for y in _sorted(start[:, 1], end[:, 1]))
    edge = np.repeat(np.arange(len(owner)), last - first)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(last - first) - last, last - first)
    share = (row + 0.5 - start[edge, 1]) / (end[edge, 1] - start[edge, 1])
    x = start[edge, 0] + share * (end[edge, 0] - start[edge, 0])
    order = np.lexsort((x, row, owner[edge]))
    cells = np.clip(np.ceil(x[order] - 0.5), 0, SIDE).astype(np.int64)
    return owner[edge][order][::2], row[order][::2], cells[::2], cells[1::2]


def _sorted(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.minimum(a, b), np.maximum(a, b)
