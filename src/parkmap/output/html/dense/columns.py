"""Columns of names, texts and numbers in the compact encoding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BITS: Final = 7
FEW: Final = 4
"""Texts are written as numbers of a list where each occurs at least this often on average."""
MOST_DIGITS: Final = 15
"""Digits that a number of the page's script holds for sure."""
LARGEST: Final = 2**51
"""Largest whole number that is written as one; its difference to another still fits the script's numbers."""


def column_of(values: Sequence[str] | NDArray[Any], *, decimals: int = 0) -> tuple[dict[str, Any], bytes]:
    """Return how a column is written, and its bytes.

    Numbers are differences to the row before, after multiplying by ``10 ** decimals``, and ``none`` marks what is
    missing; a running number with a fixed beginning is that beginning, its width and the numbers; texts that repeat are
    a list and numbers in it; other texts stand one after the other, ended by a line feed.

    Parameters
    ----------
    values
        Texts or numbers; numbers multiplied by ``10 ** decimals`` must not exceed `LARGEST`.
    decimals
        Digits after the point that are kept of a number.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf":
        return _numbers(values, decimals)
    texts = [str(value).replace("\n", " ") for value in values]
    numbered = _numbered(texts)
    if numbered is not None:
        start, width, numbers = numbered
        return {"kind": "numbered", "start": start, "width": width}, varints(np.diff(numbers, prepend=0))
    known = list(dict.fromkeys(texts))
    if len(known) * FEW <= len(texts):
        place = {text: number for number, text in enumerate(known)}
        return {"kind": "list", "list": known}, varints(np.array([place[text] for text in texts]))
    return {"kind": "text"}, "".join(f"{text}\n" for text in texts).encode()


def varints(values: NDArray[Any]) -> bytes:
    """Return integers as variable-length ones.

    Parameters
    ----------
    values
        Integers of either sign, shape (n,).
    """
    signed = np.asarray(values, dtype=np.int64)
    plain = ((signed << 1) ^ (signed >> 63)).astype(np.uint64)
    length = np.ones(len(plain), dtype=np.int64)
    for more in range(1, 10):
        length += plain >= np.uint64(1) << np.uint64(BITS * more)
    start = np.concatenate([[0], np.cumsum(length)])
    found = np.zeros(start[-1], dtype=np.uint8)
    for byte in range(int(length.max(initial=0))):
        rows = np.flatnonzero(length > byte)
        low = (plain[rows] >> np.uint64(BITS * byte)) & np.uint64(0x7F)
        found[start[rows] + byte] = low | np.where(length[rows] > byte + 1, 0x80, 0).astype(np.uint64)
    return found.tobytes()


def _numbers(values: NDArray[Any], decimals: int) -> tuple[dict[str, Any], bytes]:
    scaled = np.asarray(values, dtype=np.float64) * 10**decimals
    known = np.isfinite(scaled)
    none = int(min(0.0, scaled[known].min(initial=0))) - 1
    whole = np.rint(np.where(known, scaled, none)).astype(np.int64)
    return {"kind": "number", "decimals": decimals, "none": none}, varints(np.diff(whole, prepend=0))


def _numbered(texts: Sequence[str]) -> tuple[str, int, NDArray[np.int64]] | None:
    """Return beginning, width and numbers of texts such as P-000123, or None where they are no such series."""
    first = re.fullmatch(rf"(.*?)([0-9]{{1,{MOST_DIGITS}}})", texts[0], flags=re.DOTALL) if texts else None
    if first is None:
        return None
    start = first[1]
    tails = [text[len(start) :] for text in texts if text.startswith(start)]
    widths = set(map(len, tails))
    digits = "".join(tails)
    if len(tails) < len(texts) or not digits.isascii() or not digits.isdigit() or min(widths) == 0:
        return None
    padded = any(tail[0] == "0" for tail in tails) and max(widths) > 1
    if max(widths) > MOST_DIGITS or (padded and len(widths) > 1):
        return None
    return start, widths.pop() if padded else 0, np.array(list(map(int, tails)), dtype=np.int64)
