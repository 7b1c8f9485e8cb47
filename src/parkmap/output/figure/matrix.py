"""A graph of neighbours as a picture of its matrix: numbered names and cells up to a size, a square per pair beyond."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.figure import Figure
from scipy.sparse.csgraph import reverse_cuthill_mckee

from parkmap.messages import text
from parkmap.output.figure.fonts import settings, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.adjacency import Graph
    from parkmap.messages import Lang
    from parkmap.output.figure.fonts import Format

NAMED_UP_TO: Final = 60
"""Places up to which rows carry their names and cells stand apart."""
NUMBERED_UP_TO: Final = 30
"""Places up to which a cell shows its weight as a number."""
CELL_INCHES: Final = 0.36
LARGE_INCHES: Final = 7.0
"""Side of the matrix of many places."""
NAME_COLUMNS: Final = 44
"""Width of a name before it is broken, in Latin letters; a Chinese one counts for two."""
LETTER_INCHES: Final = 0.062
"""Width of a Latin letter of a name."""
TITLE_LETTER_INCHES: Final = 0.082
KILOMETRES_FROM_M: Final = 10_000.0
POINTS_PER_INCH: Final = 72.0
COLOURS: Final = "YlGnBu"
DARK_FROM: Final = 0.55
"""Share of the scale from which on a number in a cell is white."""


def matrix_picture(graph: Graph, names: Sequence[str], *, title: str, lang: Lang, form: Format = "png") -> bytes:
    """Return the matrix of a graph as a picture.

    Parameters
    ----------
    graph
        The graph.
    names
        Name of each place, in focal order.
    title
        Heading.
    lang
        Language of the scale.
    form
        `png`, `svg` or `pdf`; the same arguments give the same bytes.
    """
    with settings():
        named = len(names) <= NAMED_UP_TO
        rows = [f"{_wrapped(name)}  {number}" for number, name in enumerate(names, start=1)] if named else []
        side = max(2.5, len(names) * CELL_INCHES) if named else LARGE_INCHES
        width = (
            side + 1.6 + LETTER_INCHES * max((_columns(line) for row in rows for line in row.split("\n")), default=8)
        )
        heading = _wrapped(title, int(width / TITLE_LETTER_INCHES))
        figure = Figure(figsize=(width, side + 0.8 + 0.2 * heading.count("\n")), layout="constrained")
        figure.suptitle(heading, x=0.01, ha="left", fontsize=11)
        axes = figure.add_subplot()
        drawn = _named(axes, graph, rows) if named else _many(axes, graph, lang)
        if len(graph.weight) and graph.unit != "1":
            _scale(figure, axes, drawn, graph, lang)
        return written(figure, form, lang=lang, dpi=150)


def _named(axes: Any, graph: Graph, rows: Sequence[str]) -> Any:  # noqa: ANN401
    """Draw cells in the colour of their weight; names with numbers at the left, the numbers again on top."""
    size = len(rows)
    cells = np.full((max(size, 1), max(size, 1)), np.nan)
    cells[graph.first, graph.second] = cells[graph.second, graph.first] = _shown(graph)
    picture = axes.imshow(cells, cmap=COLOURS, vmin=0, aspect="equal")
    axes.set_xticks(range(size), [str(number) for number in range(1, size + 1)], fontsize=8)
    axes.set_yticks(range(size), rows, fontsize=8)
    axes.xaxis.tick_top()
    axes.set_xticks(np.arange(-0.5, size), minor=True)
    axes.set_yticks(np.arange(-0.5, size), minor=True)
    axes.grid(which="minor", color="#d9d9d9", linewidth=0.5)
    axes.tick_params(which="both", length=0)
    for place in range(size):  # nobody is a neighbour of itself
        axes.fill(
            [place - 0.5, place + 0.5, place + 0.5, place - 0.5], [place - 0.5] * 2 + [place + 0.5] * 2, "#ececec"
        )
    if size <= NUMBERED_UP_TO and graph.unit != "1":
        _numbers(axes, graph)
    return picture


def _numbers(axes: Any, graph: Graph) -> None:  # noqa: ANN401
    """Write the weight into each cell."""
    values = _shown(graph)
    decimals = 1 if values.max(initial=0.0) < 100 else 0  # noqa: PLR2004 - three digits fill a cell
    dark = DARK_FROM * values.max(initial=0.0)
    for one, two, value in zip(graph.first, graph.second, values, strict=True):
        for row, column in ((one, two), (two, one)):
            colour = "white" if value > dark else "black"
            axes.text(column, row, f"{value:.{decimals}f}", ha="center", va="center", fontsize=6, color=colour)


def _many(axes: Any, graph: Graph, lang: Lang) -> Any:  # noqa: ANN401
    """Draw a square per pair, places ordered so that neighbours stand together; a square is never too small to see."""
    size = len(graph.ids)
    order = reverse_cuthill_mckee(graph.to_sparse(), symmetric_mode=True)
    place = np.empty(size, dtype=int)
    place[order] = np.arange(size)
    rows, columns = place[graph.first], place[graph.second]
    cell_points = LARGE_INCHES * POINTS_PER_INCH / size
    squares = axes.scatter(
        np.concatenate([columns, rows]),
        np.concatenate([rows, columns]),
        c=np.tile(_shown(graph) if graph.unit != "1" else np.ones(len(rows)), 2),
        s=max(0.9 * cell_points, 0.7) ** 2,
        marker="s",
        linewidths=0,
        cmap=COLOURS,
        vmin=-0.6 * _shown(graph).max(initial=1.0),  # the least weight stands out from white too
        rasterized=True,
    )
    axes.set_xlim(-0.5, size - 0.5)
    axes.set_ylim(size - 0.5, -0.5)
    axes.set_aspect("equal")
    axes.tick_params(labelsize=8)
    axes.set_xlabel(text("matrix.order", lang), fontsize=8)
    return squares


def _scale(figure: Any, axes: Any, drawn: Any, graph: Graph, lang: Lang) -> None:  # noqa: ANN401
    """Draw the scale of colours."""
    label = text("matrix.unit.km" if _in_kilometres(graph) else f"matrix.unit.{graph.unit}", lang)
    bar = figure.colorbar(drawn, ax=axes, shrink=0.8, pad=0.02)
    bar.set_label(label, fontsize=8)
    bar.ax.tick_params(labelsize=8)
    bar.ax.set_ylim(0, max(float(_shown(graph).max(initial=0.0)), 1e-9))


def _in_kilometres(graph: Graph) -> bool:
    return graph.unit == "m" and float(graph.weight.max(initial=0.0)) >= KILOMETRES_FROM_M


def _shown(graph: Graph) -> NDArray[np.float64]:
    """Return the weights in the unit of the picture."""
    return graph.weight / 1000 if _in_kilometres(graph) else graph.weight


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def _wrapped(line: str, width: int = NAME_COLUMNS) -> str:
    """Break a line; one in Chinese holds half as many signs and breaks anywhere."""
    wide = _columns(line) > 1.5 * len(line)
    return "\n".join(textwrap.wrap(line, width // 2 if wide else width, break_on_hyphens=False)) or line
