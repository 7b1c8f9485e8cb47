"""A still picture of the quota: from supply pools through classes of land to the parks, width by area."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from parkmap import messages
from parkmap.output.figure.fonts import settings, written
from parkmap.output.figure.text import label_lines
from parkmap.questions.quota.names import size_words
from parkmap.questions.quota.tables import COMMODITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.messages import Lang
    from parkmap.output.figure.fonts import Format
    from parkmap.questions.quota.measure import QuotaResults

MM: Final = 1 / 25.4
WIDTH_MM: Final = 180.0
ROW_MM: Final = 8.5
"""Least height of a node with its two lines of text."""
GAP_MM: Final = 1.6
HEAD_MM: Final = 12.0
NODE_MM: Final = 3.5
COLUMNS_MM: Final = (46.0, 88.0, 128.0)
"""Left edges of pools, classes and parks; labels stand left of the first and right of the others."""
TEXT_PT: Final = 7.0
COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#B8860B", "#5F6B76")
"""Okabe and Ito; distinct under the common colour-vision deficiencies."""


@dataclasses.dataclass
class _Node:
    label: str
    m2: int
    note: str
    top: float = 0.0
    height: float = 0.0
    left_used: float = 0.0
    right_used: float = 0.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Flows:
    columns: tuple[dict[str, _Node], dict[str, _Node], dict[str, _Node]]
    links: tuple[dict[tuple[str, str, str], int], dict[tuple[str, str, str], int]]
    """Square metres from a node to a node of the next column, by the kind of pool that they come from."""


def quota_picture(found: QuotaResults, lang: Lang, *, kind: Format = "png") -> bytes | None:
    """Draw the flow of land and floor space.

    Parameters
    ----------
    found
        The quota.
    lang
        Language.
    kind
        Format of the picture.

    Returns
    -------
    bytes or None
        The picture; the same quota gives the same bytes. None where nothing is allocated.
    """
    claims = found.quota.claims
    markets = [one for one in COMMODITIES if claims.loc[claims["commodity"] == one, "allocated_m2"].any()]
    if not markets:
        return None
    flows = {commodity: _flows(found, commodity, lang) for commodity in markets}
    heights = {commodity: HEAD_MM + _height(own) for commodity, own in flows.items()}
    foot = 8.0
    total = sum(heights.values()) + foot
    with settings():
        figure = Figure(figsize=(WIDTH_MM * MM, total * MM))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH_MM)
        axes.set_ylim(total, 0)
        axes.axis("off")
        top = 0.0
        for commodity, own in flows.items():
            _draw(axes, own, top=top, title=_title(found, commodity, lang))
            top += heights[commodity]
        if found.scenario.rests_on_assumptions:
            axes.text(
                2, total - 3, messages.text("stamp.example", lang), fontsize=TEXT_PT, color="#C00000", va="center"
            )
        return written(figure, kind, lang=lang)


def _flows(found: QuotaResults, commodity: str, lang: Lang) -> _Flows:
    """Return what each kind of pool gives to each class, and each class to each park, over all years."""
    sums, plan_set = found.quota.flows(commodity), found.plan.plan_set
    pools = {pool.id: pool.name for pool in found.scenario.pools}
    classes, items = {code: one.name for code, one in plan_set.land_classes.items()}, found.plan.names["item"]

    def size(m2: int) -> str:
        return size_words(m2, commodity)[lang]

    def middle(key: str) -> str:
        if key in classes:
            return f"{key} {classes[key][lang]}"
        return messages.text(f"role.{key}" if key else "sum.without_role", lang)

    kinds = {
        str(row.Index): _Node(_without_year(pools[row.pool][lang]), row.m2, size(row.m2))
        for row in sums.kinds.itertuples()
    }
    middles = {str(key): _Node(middle(key), m2, size(m2)) for key, m2 in sums.classes.items()}
    parks = {
        str(row.Index): _Node(
            items[row.Index][lang],
            row.m2,
            messages.text("flow.met", lang, size=size(row.m2), claim=size(row.claim_m2)),
        )
        for row in sums.items.itertuples()
    }
    into = {(kind, key, kind): int(m2) for (kind, key), m2 in sums.into.items()}
    out = {(key, item, kind): int(m2) for (key, item, kind), m2 in sums.out.items()}
    return _Flows(columns=(kinds, middles, parks), links=(into, out))


def _without_year(name: str) -> str:
    """Drop the year that ends the name of a pool: the picture adds up all years."""
    for left, right in (("（", "）"), ("(", ")")):
        head, _, tail = name.rpartition(left)
        if head and tail.endswith(right) and tail.strip("年" + right).isdigit():
            return head.strip()
    return name


def _height(flows: _Flows) -> float:
    """Return the height that lets the column with the most nodes keep its texts apart."""
    return max(len(nodes) for nodes in flows.columns) * (ROW_MM + GAP_MM) + 24.0


def _scale(flows: _Flows) -> float:
    """Return millimetres per square metre so that nodes and least rows fit the height."""
    total = max(sum(node.m2 for node in nodes.values()) for nodes in flows.columns)
    room = _height(flows) - max(len(nodes) for nodes in flows.columns) * GAP_MM
    scale = room / total
    for _ in range(20):
        need = max(sum(max(node.m2 * scale, ROW_MM) for node in nodes.values()) for nodes in flows.columns)
        scale *= min(room / need, 1.0)
    return scale


def _draw(axes: Any, flows: _Flows, *, top: float, title: str) -> None:  # noqa: ANN401
    scale = _scale(flows)
    axes.text(2, top + 5, title, fontsize=10, fontweight="bold", va="center")
    for nodes in flows.columns:
        _stack(list(nodes.values()), scale=scale, top=top + HEAD_MM, height=_height(flows))
    colours = {kind: COLOURS[i % len(COLOURS)] for i, kind in enumerate(flows.columns[0])}
    for side, links in enumerate(flows.links):
        for (start, end, kind), m2 in sorted(links.items(), key=lambda link: _order(flows, side, link[0])):
            ends = flows.columns[side][start], flows.columns[side + 1][end]
            _ribbon(axes, ends, (COLUMNS_MM[side] + NODE_MM, COLUMNS_MM[side + 1]), (m2 * scale, colours[kind]))
    for column, nodes in enumerate(flows.columns):
        for key, node in nodes.items():
            colour = colours.get(key, "#37474F")
            _box(axes, node, COLUMNS_MM[column], colour)
            _label(axes, node, column)


def _order(flows: _Flows, side: int, link: tuple[str, str, str]) -> tuple[int, int, int]:
    columns = (flows.columns[side], flows.columns[side + 1], flows.columns[0])
    first, second, third = (list(nodes).index(key) for nodes, key in zip(columns, link, strict=True))
    return first, second, third


def _stack(nodes: Sequence[_Node], *, scale: float, top: float, height: float) -> None:
    used = sum(max(node.m2 * scale, ROW_MM) for node in nodes)
    gap = (height - used) / max(len(nodes), 1)
    at = top
    for node in nodes:
        slot = max(node.m2 * scale, ROW_MM)
        node.height = node.m2 * scale
        node.top = at + (slot - node.height) / 2
        at += slot + gap


def _ribbon(axes: Any, ends: tuple[_Node, _Node], x: tuple[float, float], look: tuple[float, str]) -> None:  # noqa: ANN401
    (start, end), (thick, colour) = ends, look
    y0, y1 = start.top + start.right_used, end.top + end.left_used
    start.right_used += thick
    end.left_used += thick
    bend = (x[0] + x[1]) / 2
    points = [
        (x[0], y0), (bend, y0), (bend, y1), (x[1], y1),
        (x[1], y1 + thick), (bend, y1 + thick), (bend, y0 + thick), (x[0], y0 + thick), (x[0], y0),
    ]  # fmt: skip
    curve, line = Path.CURVE4, Path.LINETO
    codes = [Path.MOVETO, curve, curve, curve, line, curve, curve, curve, Path.CLOSEPOLY]
    axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, edgecolor="none", alpha=0.38))


def _box(axes: Any, node: _Node, left: float, colour: str) -> None:  # noqa: ANN401
    axes.add_patch(Rectangle((left, node.top), NODE_MM, max(node.height, 0.25), facecolor=colour, edgecolor="none"))


def _label(axes: Any, node: _Node, column: int) -> None:  # noqa: ANN401
    room = {0: COLUMNS_MM[0] - 4, 1: 34.0, 2: WIDTH_MM - COLUMNS_MM[2] - NODE_MM - 3}[column]
    lines = label_lines(node.label, limit_mm=room, size_pt=TEXT_PT, bold=False)[:2]
    text = "\n".join([*lines, node.note])
    x = COLUMNS_MM[column] - 1.2 if column == 0 else COLUMNS_MM[column] + NODE_MM + 1.2
    axes.text(
        x,
        node.top + node.height / 2,
        text,
        fontsize=TEXT_PT,
        ha="right" if column == 0 else "left",
        va="center",
        linespacing=1.15,
    )


def _title(found: QuotaResults, commodity: str, lang: Lang) -> str:
    claims = found.quota.claims
    own = claims[claims["commodity"] == commodity]
    first, last = own["year"].min(), own["year"].max()
    middle = messages.text("partition.land-class" if (own["land-class"] != "").any() else "partition.role", lang)
    years = f"{first}–{last}" if last > first else str(first)
    return messages.text(
        "flow.title", lang, commodity=messages.text(f"commodity.{commodity}", lang), middle=middle, years=years
    )
