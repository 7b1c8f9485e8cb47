"""Drawing on a sheet in millimetres: areas, lines, symbols, text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib import patheffects
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from parkmap.output.figure.text import MM_PER_PT, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.output.figure.layout import Box, Sheet

INK: Final = "#1A2530"
GREY: Final = "#46535F"
MM_PER_PX: Final = 0.2
"""A pixel of the page on paper: symbols and lines become as large as the text beside them."""
LEADING: Final = 1.32
"""Line distance through size of the text."""


def _corners(count: int, turn: float = 0.0, inner: float | None = None) -> NDArray[np.float64]:
    """Return a regular polygon or star on the unit circle, its first corner at the top."""
    total = count if inner is None else 2 * count
    angles = np.radians(np.arange(total) * 360 / total + turn - 90)
    radii = np.ones(total) if inner is None else np.where(np.arange(total) % 2, inner, 1.0)
    return np.column_stack([np.cos(angles) * radii, np.sin(angles) * radii])


SYMBOLS: Final[dict[str, tuple[NDArray[np.float64] | None, float]]] = {
    "star": (_corners(5, inner=0.46), 10.5),
    "triangle": (_corners(3), 9.5),
    "square": (_corners(4, turn=45), 9.5),
    "square-small": (_corners(4, turn=45), 7.0),
    "diamond": (_corners(4), 9.2),
    "pentagon": (_corners(5), 8.8),
    "hexagon": (_corners(6), 8.6),
    "circle": (None, 7.6),
    "dot": (None, 4.6),
}
"""Corners on the unit circle and radius in pixels of the page, as in symbols.js; a circle has no corners."""


def radius_mm(symbol: str) -> float:
    """Return the radius of a symbol on paper.

    Parameters
    ----------
    symbol
        Its name in the style file.
    """
    return SYMBOLS[symbol][1] * MM_PER_PX


class Pen:
    """A sheet that is being drawn.

    Parameters
    ----------
    sheet
        Its size.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.figure = Figure(figsize=(sheet.width_mm / 25.4, sheet.height_mm / 25.4), facecolor="white")
        self.axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_xlim(0, sheet.width_mm)
        self.axes.set_ylim(sheet.height_mm, 0)
        self.axes.axis("off")
        self._order = 1.0

    def _next(self) -> float:
        """Return an order above all that was drawn: what comes later lies on top."""
        self._order += 0.001
        return self._order

    def area(self, rings: Sequence[NDArray[np.float64]], *, clip: Box | None = None, **style: Any) -> None:  # noqa: ANN401
        """Draw rings as one area, holes by the even-odd rule of their winding.

        Parameters
        ----------
        rings
            Closed rings, millimetres.
        clip
            Box outside of which nothing is drawn.
        **style
            Keywords of matplotlib's patches.
        """
        if rings:
            path = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
            self._add(PathPatch(path, **{"linewidth": 0.0, "joinstyle": "round", **style}), clip)

    def line(self, points: NDArray[np.float64], *, clip: Box | None = None, **style: Any) -> None:  # noqa: ANN401
        """Draw a line.

        Parameters
        ----------
        points
            Shape (n, 2), millimetres.
        clip
            Box outside of which nothing is drawn.
        **style
            Keywords of matplotlib's patches.
        """
        self._add(
            PathPatch(Path(points), **{"facecolor": "none", "capstyle": "round", "joinstyle": "round", **style}), clip
        )

    def box(self, box: Box, **style: Any) -> None:  # noqa: ANN401
        """Draw a rectangle.

        Parameters
        ----------
        box
            Where.
        **style
            Keywords of matplotlib's patches.
        """
        self._add(Rectangle((box.left, box.top), box.width, box.height, **{"linewidth": 0.0, **style}), None)

    def symbol(self, name: str, at: tuple[float, float], colour: str, *, scale: float = 1.0) -> None:
        """Draw a point symbol with a white rim.

        Parameters
        ----------
        name
            Its name in the style file.
        at
            Its middle, millimetres.
        colour
            Its fill.
        scale
            Factor to its size.
        """
        corners, _ = SYMBOLS[name]
        radius = radius_mm(name) * scale
        outline = Path.circle(at, radius) if corners is None else Path(corners * radius + at, closed=True)
        if corners is not None:
            outline = Path(np.vstack([corners, corners[:1]]) * radius + at, closed=True)
        rim = 2 * 1.5 * MM_PER_PX * scale / MM_PER_PT
        self._add(PathPatch(outline, facecolor="white", edgecolor="white", linewidth=rim, joinstyle="round"), None)
        self._add(PathPatch(outline, facecolor=colour, linewidth=0.0), None)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        *,
        size_pt: float,
        halo: str | None = None,
        **style: Any,  # noqa: ANN401
    ) -> None:
        """Write one line; its middle stands at the height given.

        Parameters
        ----------
        at
            Place of its start, middle or end, as `ha` says, millimetres.
        words
            The text.
        size_pt
            Size.
        halo
            Colour of a rim around the letters.
        **style
            Keywords of matplotlib's text.
        """
        drawn = self.axes.text(
            *at,
            plain(words),
            **{"ha": "left", "va": "center_baseline", "color": INK, **style},
            fontsize=size_pt,
            zorder=self._next(),
        )
        if halo is not None:
            drawn.set_path_effects([patheffects.withStroke(linewidth=size_pt * 0.3, foreground=halo)])

    def lines(self, at: tuple[float, float], lines: Sequence[str], *, size_pt: float, **style: Any) -> float:  # noqa: ANN401
        """Write lines downwards and return where the next one would stand.

        Parameters
        ----------
        at
            Upper left corner, millimetres.
        lines
            The lines.
        size_pt
            Size.
        **style
            Keywords of matplotlib's text.
        """
        step = leading_mm(size_pt)
        for number, line in enumerate(lines):
            self.text((at[0], at[1] + (number + 0.5) * step), line, size_pt=size_pt, **style)
        return at[1] + len(lines) * step

    def _add(self, patch: Any, clip: Box | None) -> None:  # noqa: ANN401
        patch.set_zorder(self._next())
        self.axes.add_patch(patch)
        if clip is not None:
            patch.set_clip_path(
                Rectangle((clip.left, clip.top), clip.width, clip.height, transform=self.axes.transData)
            )


def leading_mm(size_pt: float) -> float:
    """Return the distance of lines.

    Parameters
    ----------
    size_pt
        Size of the text.
    """
    return size_pt * MM_PER_PT * LEADING


def dashes(pattern: str | None, width_pt: float) -> Any:  # noqa: ANN401
    """Return a line style for a dash pattern of the style file.

    Parameters
    ----------
    pattern
        Pixels on and off, for example ``6 4``; None is solid.
    width_pt
        Width of the line, by which matplotlib multiplies.
    """
    if pattern is None:
        return "solid"
    lengths = [float(part) * MM_PER_PX / MM_PER_PT / width_pt for part in pattern.split()]
    return (0.0, tuple(length if math.isfinite(length) else 1.0 for length in lengths))
