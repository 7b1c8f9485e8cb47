"""A graph of neighbours as a picture of its matrix: names up to a size, a dot per pair beyond."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from scipy.sparse.csgraph import reverse_cuthill_mckee

from parkmap.messages import text
from parkmap.output.figure.fonts import LATIN, chinese_font, missing_signs_as_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.analysis.adjacency import Graph
    from parkmap.messages import Lang

Format = Literal["png", "svg"]

NAMED_UP_TO: Final = 60
"""Places up to which rows and columns carry their names and cells their weights."""
NUMBERED_UP_TO: Final = 30
"""Places up to which a cell shows its weight as a number."""
CELL_INCHES: Final = 0.32
COLOURS: Final = "YlGnBu"


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
        `png` or `svg`; the same arguments give the same bytes.
    """
    import matplotlib as mpl  # noqa: PLC0415  heavy, only when a picture is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415

    family = [font for font in (chinese_font(), LATIN) if font]
    settings: Any = {"font.family": family, "svg.hashsalt": "parkmap", "svg.fonttype": "none"}
    with mpl.rc_context(settings), missing_signs_as_boxes():
        size = len(names)
        side = max(4.0, min(size, NAMED_UP_TO) * CELL_INCHES)
        figure = Figure(figsize=(side + 3.5, side + 2.5), layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(title, fontsize=11)
        if size <= NAMED_UP_TO:
            _named(figure, axes, graph, names, lang)
        else:
            _dotted(axes, graph, lang)
        buffer = io.BytesIO()
        metadata = {"Software": None} if form == "png" else {"Date": None, "Creator": None}
        figure.savefig(buffer, format=form, dpi=150, metadata=metadata)
    return buffer.getvalue()


def _named(figure: Any, axes: Any, graph: Graph, names: Sequence[str], lang: Lang) -> None:  # noqa: ANN401
    """Draw cells in the colour of their weight, with names on both sides."""
    size = len(names)
    cells = np.full((size, size), np.nan)
    cells[graph.first, graph.second] = cells[graph.second, graph.first] = graph.weight
    picture = axes.imshow(cells, cmap=COLOURS, vmin=0, aspect="equal")
    axes.set_xticks(range(size), names, rotation=90, fontsize=8)
    axes.set_yticks(range(size), names, fontsize=8)
    axes.set_xticks(np.arange(-0.5, size), minor=True)
    axes.set_yticks(np.arange(-0.5, size), minor=True)
    axes.grid(which="minor", color="#d9d9d9", linewidth=0.5)
    axes.tick_params(which="both", length=0)
    if len(graph.weight) and graph.unit != "1":
        label = text(f"matrix.unit.{graph.unit}", lang)
        figure.colorbar(picture, ax=axes, shrink=0.7, label=label)
    if size <= NUMBERED_UP_TO and graph.unit != "1":
        middle = graph.weight.max(initial=0.0) / 2
        for one, two, weight in zip(graph.first, graph.second, graph.weight, strict=True):
            for row, column in ((one, two), (two, one)):
                colour = "white" if weight > middle else "black"
                axes.text(column, row, _short(weight), ha="center", va="center", fontsize=6, color=colour)


def _short(weight: float) -> str:
    """Write a weight in at most four characters or so."""
    return f"{weight / 1000:.0f}k" if weight >= 10_000 else f"{weight:.0f}"  # noqa: PLR2004


def _dotted(axes: Any, graph: Graph, lang: Lang) -> None:  # noqa: ANN401
    """Draw a dot per pair, places ordered so that neighbours stand together."""
    size = len(graph.ids)
    order = reverse_cuthill_mckee(graph.to_sparse(), symmetric_mode=True)
    place = np.empty(size, dtype=int)
    place[order] = np.arange(size)
    rows, columns = place[graph.first], place[graph.second]
    axes.plot([*rows, *columns], [*columns, *rows], ",", color="#08519c", rasterized=True)
    axes.set_xlim(-0.5, size - 0.5)
    axes.set_ylim(size - 0.5, -0.5)
    axes.set_aspect("equal")
    axes.set_xlabel(text("matrix.order", lang), fontsize=9)
