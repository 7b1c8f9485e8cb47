"""Measuring and breaking text for a sheet; widths are those of the font that is drawn."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from matplotlib.textpath import TextToPath

from parkmap.output.figure.fonts import boxed, face

if TYPE_CHECKING:
    from collections.abc import Callable

MM_PER_PT: Final = 25.4 / 72
MOST_LINES: Final = 3
MEASURED_PT: Final = 100.0
"""Size at which text is measured; large, so that hinting does not count."""
SPACE: Final = 0.25
"""Width of a space, as a share of the size."""
NOT_FIRST: Final = "）)】」》，、。；：·-–—/”’"
"""Never at the start of a line."""
NOT_LAST: Final = "（(【「《“‘"
"""Never at its end."""
CJK: Final = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
ELLIPSIS: Final = "…"


def width_mm(text: str, *, size_pt: float, bold: bool = False) -> float:
    """Return how wide a line of text is.

    Parameters
    ----------
    text
        One line.
    size_pt
        Size.
    bold
        Whether it is bold.
    """
    return _ems(text, bold) * size_pt * MM_PER_PT


@functools.lru_cache(maxsize=8192)
def _ems(text: str, bold: bool) -> float:  # noqa: FBT001  a key of the cache
    """Return the width of a line in units of its size."""
    if not text.strip():
        return SPACE * len(text)
    font = face(bold=bold, size_pt=MEASURED_PT)
    wide, _, _ = TextToPath().get_text_width_height_descent(boxed(plain(text)), font, ismath=False)
    trailing = SPACE * (len(text) - len(text.rstrip()))
    return float(wide) / MEASURED_PT + trailing


def plain(text: str) -> str:
    """Return a text without what a picture cannot show: line ends, control and direction characters.

    Parameters
    ----------
    text
        Any text.
    """
    return re.sub(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+", " ", text).strip()


def wrapped(
    text: str, *, limit_mm: float, size_pt: float, bold: bool = False, word_mm: float | None = None
) -> list[str]:
    """Break a text into lines, at spaces and between Chinese characters.

    Parameters
    ----------
    text
        The text.
    limit_mm
        Width of the column.
    size_pt
        Size.
    bold
        Whether it is bold.
    word_mm
        Width from which a single word is divided; None is the column.
    """
    longest = limit_mm if word_mm is None else word_mm

    def wide(part: str) -> float:
        return width_mm(part, size_pt=size_pt, bold=bold)

    lines, used = [""], 0.0
    for piece in _pieces(plain(text)):
        for part in _fitting(piece, longest, wide):
            # Widths add up but for kerning, so no prefix of a line is ever measured.
            if lines[-1] and used + wide(part.rstrip()) > limit_mm:
                lines.append("")
                used = 0.0
            lines[-1] += part
            used += wide(part)
    return [line.strip() for line in lines if line.strip()]


def label_lines(text: str, *, limit_mm: float, size_pt: float, bold: bool) -> list[str]:
    """Break a name into at most three lines of about the same length; what is more is cut with an ellipsis.

    Parameters
    ----------
    text
        The name.
    limit_mm
        Width from which it is broken.
    size_pt
        Size.
    bold
        Whether it is bold.
    """
    name = plain(text)
    whole = width_mm(name, size_pt=size_pt, bold=bold)
    if whole <= limit_mm:
        return [name] if name else []
    stem = re.sub(r"\s*[（(][^（()）]*[)）]$", "", name)
    name = stem if len(stem) > 1 else name
    whole = width_mm(name, size_pt=size_pt, bold=bold)
    wanted = min(MOST_LINES, -int(-whole // limit_mm))
    even = max(whole / max(wanted, 1), limit_mm / 2)
    tries = [even * (1 + step / 20) for step in range(20) if even * (1 + step / 20) < limit_mm]
    for limit in [*tries, limit_mm]:
        lines = wrapped(name, limit_mm=limit, size_pt=size_pt, bold=bold, word_mm=limit_mm)
        if len(lines) <= wanted:
            return lines
    return [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + ELLIPSIS] if len(lines) > MOST_LINES else lines


def _pieces(text: str) -> list[str]:
    """Return what a line may not divide: one Chinese character, or a run of others up to a space."""
    pieces: list[str] = []
    for piece in re.findall(rf"[{CJK}]|[^\s{CJK}]+\s*|\s+", text):
        if pieces and (piece[0] in NOT_FIRST or pieces[-1][-1] in NOT_LAST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _fitting(piece: str, limit_mm: float, wide: Callable[[str], float]) -> list[str]:
    """Divide a run that no line could hold."""
    if wide(piece.rstrip()) <= limit_mm:
        return [piece]
    parts, used = [""], 0.0
    for char in piece:
        if parts[-1] and used + wide(char) > limit_mm:
            parts.append("")
            used = 0.0
        parts[-1] += char
        used += wide(char)
    return parts
