"""Names on a sheet: the more important first, none over another, none over a foreign symbol, none out of the frame.

The rules are those of the page (labels.js).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry import shape

from parkmap.output.figure.layout import Box
from parkmap.output.figure.pen import leading_mm, radius_mm
from parkmap.output.figure.text import label_lines, width_mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.messages import Lang
    from parkmap.output.figure.features import Drawn
    from parkmap.output.figure.ground import Ground
    from parkmap.output.figure.pen import Pen

GAP: Final = 0.35
"""Millimetres kept free around a label."""
LESSER: Final = 2
"""Steps of rank from which a symbol may be covered by a label."""
DEAR: Final = 1000.0
"""Cost of a place that is only taken for a name that must be there."""
MOST_SPOTS: Final = 24
"""Places tried along the edge of a band."""
LATIN_WIDER: Final = 1.25
"""English names need more room on a line than Chinese ones."""
NEVER: Final = float("inf")
FAR: Final = 10**6
"""Rank of what has none."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Face:
    """How a kind of name is written; sizes are shares of the running text."""

    size: float
    limit: float
    colour: str
    halo: str
    bold: bool
    spaced: bool = False


ITEM: Final = Face(size=1.0, limit=30.0, colour="#1A2530", halo="#FFFFFF", bold=True)
MINOR: Final = Face(size=0.9, limit=27.0, colour="#2F3B46", halo="#FFFFFF", bold=False)
DISTRICT: Final = Face(size=1.1, limit=42.0, colour="#66717B", halo="#F7F5EF", bold=False, spaced=True)
SMALL_SYMBOLS: Final = frozenset({"dot", "square-small"})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Label:
    """A name in its place."""

    owner: str
    lines: tuple[str, ...]
    face: Face
    box: Box
    align: str


@dataclasses.dataclass
class Taken:
    """What is taken already: boxes of labels, boxes of symbols with owner and rank."""

    frame: Box
    labels: list[Box]
    symbols: list[tuple[Box, str, int]]


def place_labels(
    drawn: Sequence[Drawn], ground: Ground, *, lang: Lang, text_pt: float, blocked: Sequence[Box]
) -> list[Label]:
    """Return the names that have a place.

    Parameters
    ----------
    drawn
        All features.
    ground
        What the frame shows.
    lang
        Language of the names.
    text_pt
        Size of running text.
    blocked
        Boxes in the frame that must stay free: north arrow, scale, review number.
    """
    taken = Taken(frame=ground.frame, labels=list(blocked), symbols=[])
    for one in drawn:
        if one.symbol is not None and one.at is not None:
            reach = radius_mm(one.symbol) * (0.75 if one.symbol.startswith("square") else 0.95)
            taken.symbols.append((_around(one.at, reach, reach), one.feature.id, _rank(one)))
    placed = []
    for one in sorted((o for o in drawn if o.feature.label_rank is not None and o.at is not None), key=_rank):
        label = _place(one, ground, taken, lang=lang, text_pt=text_pt)
        if label is not None:
            taken.labels.append(label.box)
            placed.append(label)
    return placed


def draw_labels(pen: Pen, labels: Sequence[Label], *, text_pt: float) -> None:
    """Write the names.

    Parameters
    ----------
    pen
        The sheet.
    labels
        The names in their places.
    text_pt
        Size of running text.
    """
    for label in labels:
        size = text_pt * label.face.size
        x = {"left": label.box.left + GAP, "center": label.box.left + label.box.width / 2}.get(
            label.align, label.box.right - GAP
        )
        weight = "bold" if label.face.bold else "normal"
        pen.lines(
            (x, label.box.top + GAP),
            label.lines,
            size_pt=size,
            ha=label.align,
            color=label.face.colour,
            weight=weight,
            halo=label.face.halo,
        )


def _place(one: Drawn, ground: Ground, taken: Taken, *, lang: Lang, text_pt: float) -> Label | None:
    face = _face(one)
    size = text_pt * face.size
    scale = text_pt / 7.5
    name = one.feature.name[lang]
    if face.spaced and lang == "zh":
        name = "\u2002".join(name)
    limit = face.limit * scale * (LATIN_WIDER if lang == "en" else 1.0)
    lines = label_lines(name, limit_mm=limit, size_pt=size, bold=face.bold)
    if not lines or one.at is None:
        return None
    wide = max(width_mm(line, size_pt=size, bold=face.bold) for line in lines)
    high = len(lines) * leading_mm(size)
    best, best_cost = None, NEVER
    for dx, dy, align in _spots(one, ground, wide, high):
        box = _around((one.at[0] + dx, one.at[1] + dy), wide / 2 + GAP, high / 2 + GAP)
        cost = _cost(one, box, taken)
        if face is DISTRICT and (dx, dy) != (0.0, 0.0) and not _on_feature(one, box, ground):
            continue
        if cost < best_cost:
            best, best_cost = Label(owner=one.feature.id, lines=tuple(lines), face=face, box=box, align=align), cost
    return best


def _face(one: Drawn) -> Face:
    if one.role["draw"] in {"outline", "base"}:
        return DISTRICT
    return MINOR if one.symbol in SMALL_SYMBOLS else ITEM


def _spots(one: Drawn, ground: Ground, wide: float, high: float) -> Iterator[tuple[float, float, str]]:
    """Yield offsets of the middle of a label, the best first, and how its lines are set."""
    if one.symbol is not None:
        yield from _beside(radius_mm(one.symbol), wide, high)
    elif one.role["draw"] == "outline" or one.room_mm > high / 2:
        yield from ((0.0, factor * high, "center") for factor in (0, -1, 1, -2, 2))
    else:
        yield from _along(one, ground, wide, high)


def _beside(radius: float, wide: float, high: float) -> list[tuple[float, float, str]]:
    dx, dy = radius + 1.0 + wide / 2, radius + 0.8 + high / 2
    near, step = dx - 0.8, 1.6
    return [
        (dx, 0.0, "left"), (-dx, 0.0, "right"), (0.0, dy, "center"), (0.0, -dy, "center"),
        (near, dy - step, "left"), (near, step - dy, "left"), (-near, dy - step, "right"), (-near, step - dy, "right"),
    ]  # fmt: skip


def _along(one: Drawn, ground: Ground, wide: float, high: float) -> Iterator[tuple[float, float, str]]:
    """Yield places above and below the widest place of a band, then along its edge."""
    x, y = one.at or (0.0, 0.0)
    yield from _beside(one.room_mm, wide, high)[2:4]
    edge = ground.to_mm(shapely.get_coordinates(shape(one.feature.geometry)))
    for px, py in edge[:: max(1, len(edge) // MOST_SPOTS)]:
        yield from ((px - x + dx, py - y + dy, align) for dx, dy, align in _beside(0.0, wide, high)[2:4])
    yield (0.0, 0.0, "center")


def _cost(one: Drawn, box: Box, taken: Taken) -> float:
    """Return what it costs to put a label somewhere; what must be named is named where it hides least."""
    crowd = sum(_meet(box, other) for other in taken.labels)
    covered = [rank for other, owner, rank in taken.symbols if owner != one.feature.id and _meet(box, other)]
    out = _outside(box, taken.frame)
    if not crowd and not out and all(rank >= _rank(one) + LESSER for rank in covered):
        return float(len(covered))
    return DEAR * (1 + crowd + len(covered) + out) if _rank(one) == 0 else NEVER


def _rank(one: Drawn) -> int:
    return FAR if one.feature.label_rank is None else one.feature.label_rank


def _around(at: tuple[float, float], half_wide: float, half_high: float) -> Box:
    return Box(left=at[0] - half_wide, top=at[1] - half_high, width=2 * half_wide, height=2 * half_high)


def _meet(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _outside(box: Box, frame: Box) -> float:
    """Return by how many millimetres a box sticks out of the frame."""
    sides = (frame.left - box.left, box.right - frame.right, frame.top - box.top, box.bottom - frame.bottom)
    return sum(max(0.0, side) for side in sides)


def _on_feature(one: Drawn, box: Box, ground: Ground) -> bool:
    middle = shapely.points(box.left + box.width / 2, box.top + box.height / 2)
    outline = shapely.transform(shape(one.feature.geometry), ground.to_mm)
    return bool(shapely.intersects(outline, middle))
