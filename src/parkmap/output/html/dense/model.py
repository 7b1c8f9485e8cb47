"""Layers of very many polygons, as the page holds them: whole columns instead of one object per feature."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from parkmap.messages import Words
    from parkmap.output.html.shades import Shade

MOST_CLASSES: Final = 254
"""A class is one byte, and nothing is one of them."""
MORTON_BITS: Final = 16
TOLERATED: Final = 3.0
"""How much farther apart than along a Morton curve the features may follow each other before they are sorted."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One property of all features.

    Parameters
    ----------
    label
        Its name on the card.
    values
        Texts or numbers, one per feature.
    decimals
        Digits after the point that are kept of a number.
    """

    label: Words
    values: Sequence[str] | NDArray[np.float64]
    decimals: int = 0


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class DenseLayer:
    """One layer of very many polygons.

    Parameters
    ----------
    id
        Stable id.
    title
        Title in the layer tree.
    parent
        Heading in the layer tree under which it stands, or None.
    shapes
        Polygons and multipolygons, WGS 84; shape (n,).
    names
        A name or number of each, for search and card.
    classes
        Colours.
    class_of
        Class of each feature, shape (n,).
    by
        What the colours tell apart, for the legend.
    columns
        What the card says.
    style
        Key under ``roles`` of config/style.yaml.
    origin
        Whose data it is and how sure, for the card.
    shown
        Whether it is on at first.
    """

    id: str
    title: Words
    parent: Words | None
    shapes: NDArray[np.object_]
    names: Sequence[str]
    classes: tuple[Shade, ...]
    class_of: NDArray[np.uint8]
    origin: Words
    by: Words | None = None
    columns: tuple[Column, ...] = ()
    style: str = "parcel"
    shown: bool = True

    def __len__(self) -> int:
        """Return the number of features."""
        return len(self.shapes)

    def take(self, order: NDArray[np.intp]) -> DenseLayer:
        """Return the features of some rows, in that order.

        Parameters
        ----------
        order
            Numbers of rows.
        """
        columns = tuple(
            dataclasses.replace(
                column,
                values=column.values[order]
                if isinstance(column.values, np.ndarray)
                else [column.values[row] for row in order],
            )
            for column in self.columns
        )
        return dataclasses.replace(
            self,
            shapes=self.shapes[order],
            names=[self.names[row] for row in order],
            class_of=self.class_of[order],
            columns=columns,
        )


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class TiledLayer:
    """A layer that stands as tiles beside the page.

    Parameters
    ----------
    layer
        The layer.
    header
        Levels and tiles, from `dense.tiles.tile`.
    folder
        Folder of the tiles, relative to the page.
    """

    layer: DenseLayer
    header: Mapping[str, Any]
    folder: str


def near_order(shapes: NDArray[np.object_]) -> NDArray[np.intp] | None:
    """Return an order in which neighbours follow each other, or None where the given one is about as good.

    Parameters
    ----------
    shapes
        Polygons.
    """
    bounds = shapely.bounds(shapes)
    x, y = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    order = np.argsort(_morton(x, y), kind="stable")

    def jumps(rows: NDArray[np.intp] | slice) -> float:
        return float(np.abs(np.diff(x[rows])).mean() + np.abs(np.diff(y[rows])).mean())

    if len(shapes) < 2 or jumps(slice(None)) <= TOLERATED * jumps(order):  # noqa: PLR2004  one has no neighbour
        return None
    return order


def _morton(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the place of points on a Z-order curve (Morton 1966)."""
    code = np.zeros(len(x), dtype=np.uint64)
    for shift, values in ((0, x), (1, y)):
        span = np.ptp(values) or 1.0
        cells = ((values - values.min()) / span * (2**MORTON_BITS - 1)).astype(np.uint64)
        for bit in range(MORTON_BITS):
            code |= ((cells >> np.uint64(bit)) & np.uint64(1)) << np.uint64(2 * bit + shift)
    return code
