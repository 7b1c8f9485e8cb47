"""Find a cited clause in the text of a document, and check that a cited name or number stands in it.

A clause is a path of headings joined by '/': 三/(四), 三/(六)/专栏13, 六/专栏6/(4), 四/(三)/GE生物科技园.
Texts are compared after NFKC (full-width and half-width forms are one) and without white space, since the published
texts mix both.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMERAL: Final = "[一二三四五六七八九十]+"
_MARKERS: Final = (
    (1, re.compile(rf"^({_NUMERAL})、")),
    (2, re.compile(rf"^(\({_NUMERAL}\))")),
    (3, re.compile(r"^(\d+)\.")),
    (4, re.compile(r"^(专栏\d+)")),
    (5, re.compile(r"^(\(\d+\))")),
)
_MARKER_SEGMENT: Final = re.compile(rf"^({_NUMERAL}|\({_NUMERAL}\)|\d+|专栏\d+|\(\d+\))$")
_PARAGRAPH: Final = 9
PREAMBLE: Final = "前言"
"""Clause name of the part before the first heading."""


def normalise(text: str) -> str:
    """Return the text in NFKC, without white space, with one form of dash."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", folded).translate(str.maketrans("–—－", "---"))


def document_lines(document: str) -> list[str]:
    """Return the normalised lines of a document, without empty ones.

    Parameters
    ----------
    document
        Whole text of the document.
    """
    return [line for raw in document.splitlines() if (line := normalise(raw))]


def clause_text(lines: list[str], clause: str) -> str | None:
    """Return the normalised text of a clause, or None where the document has no such clause.

    Parameters
    ----------
    lines
        Lines of the document, from `document_lines`.
    clause
        Path of headings joined by '/'.
    """
    for segment in clause.split("/"):
        found = _block(lines, normalise(segment))
        if found is None:
            return None
        lines = found
    return "\n".join(lines)


def contains(text: str, phrase: str) -> bool:
    """Tell whether a normalised text holds a phrase, across line breaks."""
    return normalise(phrase) in text.replace("\n", "")


def contains_number(text: str, number: str) -> bool:
    """Tell whether a normalised text holds a number as a whole: 5 does not stand in 500 or 1.5.

    Parameters
    ----------
    text
        Normalised text of a clause.
    number
        Digits, with a unit behind them where the text has one: 1500万元, 20%, 12.
    """
    pattern = rf"(?<![\d.]){re.escape(normalise(number))}(?!\.?\d)"
    return re.search(pattern, text.replace("\n", "")) is not None


def _marker(line: str) -> tuple[int, str]:
    for level, pattern in _MARKERS:
        if match := pattern.match(line):
            return level, match.group(1)
    return _PARAGRAPH, ""


def _block(lines: list[str], segment: str) -> list[str] | None:
    """Return the lines under one heading: from the heading to the next of the same or a higher level."""
    if segment == PREAMBLE:
        end = next((i for i, line in enumerate(lines) if _marker(line)[0] == 1), len(lines))
        return lines[:end]
    for start, line in enumerate(lines):
        level, name = _marker(line)
        if name == segment:
            rest = lines[start + 1 :]
            end = next((i for i, later in enumerate(rest) if _marker(later)[0] <= level), len(rest))
            return [line, *rest[:end]]
        if line.startswith(segment) and not _MARKER_SEGMENT.match(segment):
            return [line]
    return None
