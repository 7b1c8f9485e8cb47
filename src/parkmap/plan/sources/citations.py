"""Find a cited clause in the text of a document, and check that a cited name or number occurs in it.

A clause is a path of headings joined by '/': 三/(四), 三/(六)/专栏13, 六/专栏6/(4), 四/(三)/GE生物科技园.
Texts are compared after NFKC (full-width and half-width forms are one) and without white space, since the published
texts mix both.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMERAL: Final = "[一二三四五六七八九十]+"
_MARKERS: Final = (
    (1, re.compile(rf"^({_NUMERAL})、")),
    (2, re.compile(rf"^(\({_NUMERAL}\))")),
    (3, re.compile(r"^(\d+)\.(?!\d)")),  # 1. is a heading, 1.5 a number
    (4, re.compile(r"^(专栏\d+)")),
    (5, re.compile(r"^(\(\d+\))")),
)
_MARKER_SEGMENT: Final = re.compile(rf"^({_NUMERAL}|\({_NUMERAL}\)|\d+|专栏\d+|\(\d+\))$")
_SHORT_LIST: Final = 20
_BREAKS: Final = "[,。;:、()“”]"
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


def count_number(text: str, number: str) -> int:
    """Return how often a normalised text holds a number as a whole: 5 does not occur in 500 or 1.5.

    Parameters
    ----------
    text
        Normalised text of a clause.
    number
        Digits, with a unit behind them where the text has one: 1500万元, 20%, 12. A line may end before the unit,
        never inside the digits.
    """
    wanted = r"\n?".join(re.escape(part) for part in re.findall(r"[\d.]+|[^\d.]", normalise(number)))
    return len(re.findall(rf"(?<![\d.]){wanted}(?!\.?\d)", text))


def contains_number(text: str, number: str) -> bool:
    """Tell whether a normalised text holds a number as a whole.

    Parameters
    ----------
    text
        Normalised text of a clause.
    number
        As for `count_number`.
    """
    return count_number(text, number) > 0


def clause_hash(text: str) -> str:
    """Return the SHA-256 of a clause after normalising, so that white space and widths do not count.

    Parameters
    ----------
    text
        Text of the clause, from `clause_text`.
    """
    return hashlib.sha256(text.replace("\n", "").encode()).hexdigest()


def nearest_phrase(text: str, phrase: str) -> str:
    """Return the passage of a text that is most similar to a phrase, or '-' where nothing resembles it.

    Parameters
    ----------
    text
        Normalised text.
    phrase
        What was looked for: a number is compared with the numbers of the text, a name with every stretch of its length
        between two punctuation marks.
    """
    wanted = normalise(phrase)
    if wanted[:1].isdigit():
        unit = len(wanted.lstrip("0123456789."))
        candidates = re.findall(rf"\d[\d.]*[%\w]{{0,{unit}}}", text.replace("\n", " "))
    else:
        breaks = r"\n" if re.search(_BREAKS, wanted) else rf"\n|{_BREAKS}"
        pieces = [piece for piece in re.split(breaks, text) if piece]
        size = len(wanted)
        candidates = [piece[i : i + size] for piece in pieces for i in range(max(len(piece) - size, 0) + 1)]
    near = difflib.get_close_matches(wanted, list(dict.fromkeys(candidates)), n=_SHORT_LIST, cutoff=0.3)
    return max(near, key=lambda found: _alikeness(found, wanted), default="-")


def _alikeness(found: str, wanted: str) -> tuple[float, int]:
    """Rank by shared stretches first, then by characters in the same position."""
    ratio = difflib.SequenceMatcher(None, found, wanted).ratio()
    return round(ratio, 6), sum(a == b for a, b in zip(found, wanted, strict=False))


def nearest_clause(lines: list[str], clause: str) -> str:
    """Return the clause of a document that is most like one that does not exist.

    Parameters
    ----------
    lines
        Lines of the document, from `document_lines`.
    clause
        Path of headings that `clause_text` did not find.
    """
    kept: list[str] = []
    for segment in clause.split("/"):
        found = _block(lines, normalise(segment))
        if found is None:
            names = [name or line[:12] for line in lines[bool(kept) :] for _, name in [_marker(line)]]
            near = difflib.get_close_matches(normalise(segment), names, n=1, cutoff=0.3)
            return "/".join([*kept, *near]) or "-"
        kept.append(segment)
        lines = found
    return clause


def clauses_with(lines: list[str], phrase: str) -> Iterator[str]:
    """Yield the paths of headings under which a phrase stands, in the order of the text.

    Parameters
    ----------
    lines
        Lines of the document, from `document_lines`.
    phrase
        What to look for, inside one line.
    """
    path: list[tuple[int, str]] = []
    wanted = normalise(phrase)
    for line in lines:
        level, name = _marker(line)
        if name:
            path = [*(step for step in path if step[0] < level), (level, name)]
        if wanted in line:
            yield "/".join(step for _, step in path) or PREAMBLE


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
