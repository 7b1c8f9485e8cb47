"""Legend, stamps and sources beside or below the map, set in one or several columns."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyproj

from parkmap.messages import TEXTS
from parkmap.output.figure.features import fill_class
from parkmap.output.figure.furniture import RULE, crs_note
from parkmap.output.figure.layout import Box
from parkmap.output.figure.parcels import parcel_layers
from parkmap.output.figure.pen import GREY, INK, Pen, dashes, leading_mm, radius_mm
from parkmap.output.figure.text import wrapped
from parkmap.output.html.shades import EDGE, shades

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from parkmap.messages import Lang
    from parkmap.output.figure.features import Drawn
    from parkmap.output.figure.layout import Sheet
    from parkmap.output.html.model import MapPage
    from parkmap.output.html.shades import Shade

KEY_WIDE: Final = 8.0
KEY_HIGH: Final = 3.6
"""Size of a key of the legend at 7.5 pt, millimetres."""
BEHIND: Final = frozenset({"base", "outline", "theme"})
COLUMN_GAP: Final = 5.0
SMALLEST: Final = 0.7
"""Scale below which notes would be unreadable; what does not fit then is left out, from the end, and that is said."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the notes: a heading, a key with its name, or a paragraph."""

    words: str
    kind: str
    draw: Callable[[Pen, Box], None] | None = None


Placed = tuple[Entry, list[str]]
"""An entry with the lines into which it is broken."""


def notes(
    pen: Pen, sheet: Sheet, page: MapPage, drawn: Sequence[Drawn], *, style: Mapping[str, Any], crs: str, lang: Lang
) -> None:
    """Set legend, stamps and sources into the room that the sheet has for them.

    Parameters
    ----------
    pen
        The sheet.
    sheet
        Where.
    page
        What is shown.
    drawn
        All features: the legend has what is on the map and nothing else.
    style
        The style file.
    crs
        Metric system of the drawing.
    lang
        Language.
    """
    entries = [*_classes(page, style, lang), *_legend(drawn, style, lang), *_texts(page, crs, lang)]
    for step in range(16):
        scale = max(SMALLEST, 1 - 0.02 * step)
        columns = _columns(sheet, entries, scale)
        if len(columns) <= sheet.columns:
            break
    kept = sum(map(len, columns[: sheet.columns]))
    while len(columns) > sheet.columns:
        kept -= 1
        columns = _columns(sheet, [*entries[:kept], Entry(words=TEXTS["ui.more"][lang], kind="more")], SMALLEST)
    wide = _column_wide(sheet)
    for number, column in enumerate(columns[: sheet.columns]):
        left, y = sheet.notes.left + number * (wide + COLUMN_GAP), sheet.notes.top
        for entry, lines in column:
            y = _set(pen, entry, lines, Box(left=left, top=y, width=wide, height=0), sheet.text_pt * scale)


def _columns(sheet: Sheet, entries: Sequence[Entry], scale: float) -> list[list[Placed]]:
    """Break the entries into columns; a section goes whole into the next one where it does not fit below the last."""
    size = sheet.text_pt * scale
    columns: list[list[Placed]] = [[]]
    used = 0.0
    for section in _sections(entries, _column_wide(sheet), size):
        whole = sum(_high(entry, lines, size) for entry, lines in section)
        if columns[-1] and used + whole > sheet.notes.height and whole <= sheet.notes.height:
            columns.append([])
            used = 0.0
        for entry, lines in section:
            high = _high(entry, lines, size)
            if columns[-1] and used + high > sheet.notes.height:
                columns.append([])
                used = 0.0
            columns[-1].append((entry, lines))
            used += high
    return columns


def _sections(entries: Sequence[Entry], wide: float, size_pt: float) -> list[list[Placed]]:
    """Return the entries with their lines, a heading and what follows it together."""
    sections: list[list[Placed]] = []
    for entry in entries:
        indent = _key_wide(size_pt) + 1.5 if entry.kind == "key" else 0.0
        bold = entry.kind == "head"
        lines = wrapped(entry.words, limit_mm=wide - indent, size_pt=size_pt, bold=bold)
        if bold or not sections:
            sections.append([])
        sections[-1].append((entry, lines))
    return sections


def _column_wide(sheet: Sheet) -> float:
    return (sheet.notes.width - COLUMN_GAP * (sheet.columns - 1)) / sheet.columns


def _high(entry: Entry, lines: Sequence[str], size_pt: float) -> float:
    text = len(lines) * leading_mm(size_pt)
    if entry.kind == "head":
        return text + 2.4
    return max(text, KEY_HIGH * size_pt / 7.5) + 0.9 if entry.kind == "key" else text + 0.7


def _key_wide(size_pt: float) -> float:
    return KEY_WIDE * size_pt / 7.5


def _set(pen: Pen, entry: Entry, lines: Sequence[str], at: Box, size_pt: float) -> float:
    """Draw one entry and return where the next one begins."""
    high = _high(entry, lines, size_pt)
    if entry.kind == "head":
        pen.lines((at.left, at.top + 1.2), lines, size_pt=size_pt, weight="bold", color=INK)
    elif entry.kind == "key":
        wide, tall = _key_wide(size_pt), KEY_HIGH * size_pt / 7.5
        text = len(lines) * leading_mm(size_pt)
        if entry.draw is not None:
            entry.draw(pen, Box(left=at.left, top=at.top + (high - 0.9 - tall) / 2, width=wide, height=tall))
        pen.lines((at.left + wide + 1.5, at.top + (high - 0.9 - text) / 2), lines, size_pt=size_pt)
    else:
        pen.lines((at.left, at.top), lines, size_pt=size_pt, color="#6B4A00" if entry.kind == "stamp" else GREY)
    return at.top + high


def _legend(drawn: Sequence[Drawn], style: Mapping[str, Any], lang: Lang) -> Iterator[Entry]:
    seen = {one.feature.style for one in drawn}
    front = [key for key, role in style["roles"].items() if key in seen and role["draw"] not in BEHIND]
    if front:
        yield Entry(words=TEXTS["ui.legend"][lang], kind="head")
    for key in front:
        own = [one for one in drawn if one.feature.style == key]
        yield Entry(words=style["roles"][key][lang], kind="key", draw=_role_key(own))
    named = [one for one in drawn if one.role["draw"] not in BEHIND]
    yield from _certainties(named, style["determinacy"], lang)
    base = [key for key, role in style["roles"].items() if key in seen and role["draw"] in {"base", "outline"}]
    if base:
        yield Entry(words=TEXTS["ui.base"][lang], kind="head")
    for key in [*base, *(["sea"] if any(style["roles"][k]["draw"] == "base" for k in base) else [])]:
        yield Entry(words=style["roles"][key][lang], kind="key", draw=_base_key(style["roles"][key]))


def _classes(page: MapPage, style: Mapping[str, Any], lang: Lang) -> Iterator[Entry]:
    """Yield the classes of every layer that is coloured by a number or a property, as they are drawn over land."""
    layers = [(group.title, group.classes) for group in page.groups if group.shown and group.classes is not None]
    coloured = [(title, classes.title, shades(classes, style)) for title, classes in reversed(layers)]
    parcels = [(layer.title, layer.by, layer.classes) for layer in parcel_layers(page)]
    for title, by, found in (*coloured, *parcels):
        yield Entry(words=title[lang] if by is None else f"{title[lang]} · {by[lang]}", kind="head")
        for shade in found:
            yield Entry(words=shade.name[lang], kind="key", draw=_class_key(shade, style["roles"]["land"]["colour"]))


def _class_key(shade: Shade, land: str) -> Callable[[Pen, Box], None]:
    def draw(pen: Pen, box: Box) -> None:
        pen.box(box, facecolor=land)
        fill_class(lambda **drawn: pen.box(box, **drawn), shade)
        pen.box(box, facecolor="none", edgecolor=(EDGE, 0.8), linewidth=0.3)

    return draw


def _certainties(named: Sequence[Drawn], certainties: Mapping[str, Any], lang: Lang) -> Iterator[Entry]:
    areas = {one.feature.determinacy for one in named if not _is_point(one)}
    points = {one.feature.determinacy for one in named if _is_point(one)}
    if areas or points:
        yield Entry(words=TEXTS["ui.determinacy"][lang], kind="head")
    for key, certainty in certainties.items():
        if key in areas:
            yield Entry(words=certainty[lang], kind="key", draw=_area_key("#3D4A56", certainty))
    for key in sorted(points):
        words = TEXTS.get(f"ui.point_{key}", certainties[key])[lang]
        yield Entry(words=words, kind="key", draw=_point_key("circle", "#3D4A56"))


def _texts(page: MapPage, crs: str, lang: Lang) -> Iterator[Entry]:
    yield Entry(words=TEXTS["ui.notes"][lang], kind="head")
    for stamp in page.stamps:
        yield Entry(words=stamp[lang], kind="stamp")
    if page.open_items:
        yield Entry(words=TEXTS["ui.open_chip"][lang].replace("{n}", str(len(page.open_items))), kind="stamp")
    yield Entry(words=TEXTS["ui.sources"][lang], kind="head")
    for source in page.sources:
        yield Entry(words=source[lang], kind="text")
    yield Entry(words=crs_note(pyproj.CRS(crs), lang), kind="text")


def _is_point(one: Drawn) -> bool:
    return bool(one.feature.geometry["type"].endswith("Point"))


def _role_key(own: Sequence[Drawn]) -> Callable[[Pen, Box], None]:
    role, symbol = own[0].role, own[0].symbol
    kinds = {one.feature.geometry["type"] for one in own}
    line = role["draw"] == "line" or not any("Polygon" in kind or "Collection" in kind for kind in kinds)

    def draw(pen: Pen, box: Box) -> None:
        if not line:
            pen.box(box, facecolor=(role["colour"], 0.25), edgecolor=role["colour"], linewidth=0.8)
        elif any("LineString" in kind for kind in kinds):
            _middle_line(pen, box, role["colour"], 1.6)
        if symbol is not None:
            _point_key(symbol, role["colour"])(pen, box)

    return draw


def _area_key(colour: str, certainty: Mapping[str, Any]) -> Callable[[Pen, Box], None]:
    def draw(pen: Pen, box: Box) -> None:
        hatched = bool(certainty.get("hatch"))
        pen.box(box, facecolor=(colour, 0.16 if hatched else certainty["fill_opacity"] * 0.6))
        if hatched:
            pen.box(box, facecolor="none", edgecolor=(colour, 0.5), hatch="/////")
        pen.box(box, facecolor="none", edgecolor=colour, linewidth=0.8, linestyle=dashes(certainty["dash"], 0.8))

    return draw


def _point_key(symbol: str, colour: str) -> Callable[[Pen, Box], None]:
    def draw(pen: Pen, box: Box) -> None:
        middle = (box.left + box.width / 2, box.top + box.height / 2)
        pen.symbol(symbol, middle, colour, scale=min(1.0, 0.46 * box.height / radius_mm(symbol)))

    return draw


def _base_key(role: Mapping[str, Any]) -> Callable[[Pen, Box], None]:
    def draw(pen: Pen, box: Box) -> None:
        if role["draw"] == "outline":
            _middle_line(pen, box, role["colour"], 0.8)
        else:
            pen.box(box, facecolor=role["colour"], edgecolor=RULE, linewidth=0.4)

    return draw


def _middle_line(pen: Pen, box: Box, colour: str, width_pt: float) -> None:
    y = box.top + box.height / 2
    pen.line(np.array([[box.left, y], [box.right, y]]), edgecolor=colour, linewidth=width_pt)
