"""What makes a drawing a map: title block, neat line with degrees, scale, north, review number, legend, sources."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from parkmap.messages import TEXTS
from parkmap.output.figure.layout import Box
from parkmap.output.figure.pen import GREY, INK, Pen, leading_mm
from parkmap.output.figure.text import width_mm, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.output.figure.ground import Ground
    from parkmap.output.figure.layout import Sheet
    from parkmap.output.html.model import MapPage

STEPS_MINUTES: Final = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300)
"""Distances of the degrees at the neat line."""
MOST_DEGREES: Final = 7
NO_DEGREES_MM: Final = 5.0
"""Nearer to a corner there are no degrees: they would stick out."""
BAR_SHARE: Final = 0.2
"""Longest scale bar, as a share of the frame's width."""
M_PER_KM: Final = 1000
TICK_MM: Final = 1.2
RULE: Final = "#8A96A1"


def title_block(pen: Pen, sheet: Sheet, page: MapPage, lang: Lang) -> None:
    """Write title and subtitle.

    Parameters
    ----------
    pen
        The sheet.
    sheet
        Where.
    page
        What is shown.
    lang
        Language.
    """
    box, size = sheet.title, sheet.title_pt
    title = page.title[lang]
    while width_mm(title, size_pt=size, bold=True) > box.width and size > sheet.text_pt:
        size -= 0.5
    lines = wrapped(title, limit_mm=box.width, size_pt=size, bold=True)[:2]
    below = pen.lines((box.left, box.top), lines, size_pt=size, weight="bold")
    small = sheet.text_pt * 1.15
    subtitle = wrapped(page.subtitle[lang], limit_mm=box.width, size_pt=small)[:1]
    pen.lines((box.left, below + 0.5), subtitle, size_pt=small, color=GREY)


def neat_line(pen: Pen, sheet: Sheet, ground: Ground) -> None:
    """Draw the frame with degrees along its left and lower edge.

    Parameters
    ----------
    pen
        The sheet.
    sheet
        Where.
    ground
        What the frame shows.
    """
    frame = sheet.frame
    pen.box(frame, facecolor="none", edgecolor=INK, linewidth=0.7)
    size = sheet.text_pt * 0.72
    for degrees, x in _crossings(ground, axis=0):
        pen.line(np.array([[x, frame.bottom - TICK_MM], [x, frame.bottom]]), edgecolor=INK, linewidth=0.5)
        pen.text(
            (x, frame.bottom + leading_mm(size) * 0.6),
            _degrees(degrees, "E", "W"),
            size_pt=size,
            ha="center",
            color=GREY,
        )
    for degrees, y in _crossings(ground, axis=1):
        pen.line(np.array([[frame.left, y], [frame.left + TICK_MM, y]]), edgecolor=INK, linewidth=0.5)
        pen.text(
            (frame.left - leading_mm(size) * 0.6, y),
            _degrees(degrees, "N", "S"),
            size_pt=size,
            ha="center",
            va="center",
            rotation=90,
            color=GREY,
        )


def north_arrow(pen: Pen, sheet: Sheet, lang: Lang) -> Box:
    """Draw the north arrow in the upper right corner and return the room that it takes.

    Parameters
    ----------
    pen
        The sheet.
    sheet
        Where.
    lang
        Language.
    """
    high = sheet.text_pt * 1.25
    x, y = sheet.frame.right - high * 0.75, sheet.frame.top + high * 0.55
    pen.text((x, y), TEXTS["ui.north"][lang], size_pt=sheet.text_pt * 1.1, ha="center", weight="bold", halo="#FFFFFF")
    top = y + leading_mm(sheet.text_pt) * 0.62
    half, notch = high * 0.24, high * 0.78
    left = np.array([[x, top], [x - half, top + high], [x, top + notch], [x, top]])
    right = np.array([[x, top], [x + half, top + high], [x, top + notch], [x, top]])
    pen.area([left], facecolor="white", edgecolor=INK, linewidth=0.6)
    pen.area([right], facecolor=INK, edgecolor=INK, linewidth=0.6)
    wide = high * 0.75
    return Box(left=x - wide, top=sheet.frame.top, width=2 * wide, height=top + high - sheet.frame.top)


def scale_bar(pen: Pen, sheet: Sheet, ground: Ground) -> Box:
    """Draw the scale bar with the scale above it in the lower right corner, and return the room that it takes.

    Parameters
    ----------
    pen
        The sheet.
    sheet
        Where.
    ground
        What the frame shows.
    """
    frame, size = sheet.frame, sheet.text_pt * 0.9
    length_m = _round_length(frame.width * BAR_SHARE * ground.denominator / 1000)
    length = length_m * 1000 / ground.denominator
    right, bottom = frame.right - 6, frame.bottom - 3.5
    left, high = right - length, sheet.text_pt * 0.16
    for number in range(4):
        cell = Box(left=left + number * length / 4, top=bottom - high, width=length / 4, height=high)
        pen.box(cell, facecolor=INK if number % 2 == 0 else "white", edgecolor=INK, linewidth=0.5)
    step = leading_mm(size)
    unit, factor = ("km", M_PER_KM) if length_m >= M_PER_KM else ("m", 1)
    for share in (0, 0.5, 1):
        words = f"{length_m * share / factor:g}" + (f" {unit}" if share == 1 else "")
        pen.text((left + share * length, bottom - high - step * 0.6), words, size_pt=size, ha="center", halo="#FFFFFF")
    scale = f"1 : {ground.denominator:,.0f}".replace(",", "\u2009")
    pen.text((left + length / 2, bottom - high - step * 1.65), scale, size_pt=size, ha="center", halo="#FFFFFF")
    top = bottom - high - step * 2.2
    return Box(left=left - 4, top=top, width=length + 10, height=frame.bottom - top)


def review_note(pen: Pen, sheet: Sheet, page: MapPage, lang: Lang) -> Box:
    """Write the review number, or that there is none, in the lower left corner, and return the room that it takes.

    Parameters
    ----------
    pen
        The sheet.
    sheet
        Where.
    page
        What is shown.
    lang
        Language.
    """
    number = page.review_number
    words = TEXTS["ui.reviewed"][lang].replace("{n}", number) if number else TEXTS["ui.not_reviewed"][lang]
    size = sheet.text_pt * 0.95
    high = leading_mm(size) + 1.4
    wide = width_mm(words, size_pt=size) + 3
    box = Box(left=sheet.frame.left + 2, top=sheet.frame.bottom - high - 2.2, width=wide, height=high)
    pen.box(box, facecolor="white", edgecolor=RULE, linewidth=0.4)
    pen.text((box.left + wide / 2, box.top + high / 2), words, size_pt=size, ha="center")
    return box


def crs_note(crs: Any, lang: Lang) -> str:  # noqa: ANN401  pyproj's own type is untyped here
    """Return how the sheet is projected, in words.

    Parameters
    ----------
    crs
        The system, as pyproj knows it.
    lang
        Language.
    """
    code = ":".join(crs.to_authority() or ())
    return f"Projection: {crs.name} ({code})" if lang == "en" else f"投影：{crs.name}（{code}）"


def _crossings(ground: Ground, *, axis: int) -> Iterator[tuple[float, float]]:
    """Yield whole steps of a degree with the place where they meet the lower (axis 0) or left edge (axis 1)."""
    frame = ground.frame
    share = np.linspace(0, 1, 65)
    along = frame.left + share * frame.width if axis == 0 else frame.bottom - share * frame.height
    fixed = np.full_like(along, frame.bottom if axis == 0 else frame.left)
    edge = np.column_stack([along, fixed] if axis == 0 else [fixed, along])
    degrees = ground.to_degrees(edge)[:, axis]
    span = (degrees[-1] - degrees[0]) * 60
    step = next((s for s in STEPS_MINUTES if span / s <= MOST_DEGREES), STEPS_MINUTES[-1])
    for count in range(math.ceil(degrees[0] * 60 / step), math.floor(degrees[-1] * 60 / step) + 1):
        value = count * step / 60
        place = float(np.interp(value, degrees, along))
        if min(abs(place - along[0]), abs(place - along[-1])) > NO_DEGREES_MM:
            yield value, place


def _degrees(value: float, plus: str, minus: str) -> str:
    minutes = round(abs(value) * 60)
    return f"{minutes // 60}°{minutes % 60:02d}′{minus if value < 0 else plus}"


def _round_length(longest_m: float) -> float:
    power = 10.0 ** math.floor(math.log10(longest_m))
    return next(power * figure for figure in (5.0, 4.0, 2.0, 1.0) if power * figure <= longest_m)
