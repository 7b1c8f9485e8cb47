"""The compact encoding of a layer of very many polygons.

A blob is one zlib stream (RFC 1950) of sections one after the other. Its header, plain JSON beside it, says how many
features there are, how long each section is, and how numbers become degrees:

``rings``
    per feature: number of rings; ``points`` per ring: number of points, without the closing one.
``x``, ``y``
    all points in order, each as the difference to the point before it, in steps of `step` degrees from `origin`.
``class``
    one byte per feature.
``names`` and one section per column
    see `column_of`.

All numbers but the classes are variable-length integers, seven bits a byte, low ones first, the sign in the lowest bit
(zigzag), as in Protocol Buffers. Exterior rings run counter-clockwise and holes clockwise, so that a non-zero fill is
right even where features overlap.
"""

from __future__ import annotations

import dataclasses
import re
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from parkmap.output.html.dense import near_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.output.html.dense import DenseLayer

STEP_DEGREES: Final = 5e-6
"""0.55 m: half a pixel at the largest zoom of the page."""
LEVEL: Final = 9
BITS: Final = 7
FEW: Final = 4
"""Texts are written as numbers of a list where each occurs at least this often on average."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Blob:
    """A layer, encoded: what stands in the page as JSON, and the bytes beside it."""

    header: dict[str, Any]
    body: bytes


def encode(layer: DenseLayer) -> Blob:
    """Return a layer in the compact encoding, neighbours one after the other.

    Parameters
    ----------
    layer
        The layer.

    Returns
    -------
    Blob
        Header and body; the same layer gives the same bytes.
    """
    order = near_order(layer.shapes)
    near = layer if order is None else layer.take(order)
    sections: dict[str, bytes] = dict(_geometry(near.shapes))
    sections["class"] = np.asarray(near.class_of, dtype=np.uint8).tobytes()
    names, sections["names"] = column_of(near.names)
    columns = []
    for number, column in enumerate(near.columns):
        form, sections[f"column-{number}"] = column_of(column.values, decimals=column.decimals)
        columns.append({"label": dict(column.label), **form})
    raw = b"".join(sections.values())
    header = {
        "count": len(layer),
        "step": STEP_DEGREES,
        "sections": [[name, len(body)] for name, body in sections.items()],
        "bytes": len(raw),
        "names": names,
        "columns": columns,
    }
    return Blob(header=header, body=zlib.compress(raw, LEVEL))


def _geometry(shapes: NDArray[np.object_]) -> list[tuple[str, bytes]]:
    """Return rings, points and differences of polygons and multipolygons."""
    points, ring_ends, rings_before = _ragged(shapely.orient_polygons(shapes))
    grid = np.rint(points / STEP_DEGREES).astype(np.int64)
    keep = np.ones(len(grid), dtype=bool)
    keep[ring_ends[1:] - 1] = False  # the closing point
    same = np.zeros(len(grid), dtype=bool)
    same[1:] = (grid[1:] == grid[:-1]).all(axis=1)
    same[ring_ends[:-1]] = False
    keep &= ~same
    per_ring = np.add.reduceat(keep, ring_ends[:-1]).astype(np.int64) if len(ring_ends) > 1 else np.zeros(0, np.int64)
    steps = np.diff(grid[keep], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return [
        ("rings", varints(np.diff(rings_before))),
        ("points", varints(per_ring)),
        ("x", varints(steps[:, 0])),
        ("y", varints(steps[:, 1])),
    ]


def _ragged(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Return all points, where each ring begins, and how many rings come before each shape."""
    _, points, offsets = shapely.to_ragged_array(shapes)
    if len(offsets) == 2:  # noqa: PLR2004  polygons only: rings, shapes
        return points, offsets[0], offsets[1]
    return points, offsets[0], offsets[1][offsets[2]]


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


def column_of(values: Sequence[str] | NDArray[Any], *, decimals: int = 0) -> tuple[dict[str, Any], bytes]:
    """Return how a column is written, and its bytes.

    Numbers are differences to the row before, after multiplying by ``10 ** decimals``, and ``none`` marks what is
    missing; a running number with a fixed beginning is that beginning, its width and the numbers; texts that repeat are
    a list and numbers in it; other texts stand one after the other, ended by a line feed.

    Parameters
    ----------
    values
        Texts or numbers.
    decimals
        Digits after the point that are kept of a number.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "if":
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


def _numbers(values: NDArray[Any], decimals: int) -> tuple[dict[str, Any], bytes]:
    scaled = np.asarray(values, dtype=np.float64) * 10**decimals
    none = int(np.nanmin(scaled, initial=0)) - 1
    whole = np.rint(np.where(np.isfinite(scaled), scaled, none)).astype(np.int64)
    return {"kind": "number", "decimals": decimals, "none": none}, varints(np.diff(whole, prepend=0))


def _numbered(texts: Sequence[str]) -> tuple[str, int, NDArray[np.int64]] | None:
    """Return beginning, width and numbers of texts such as P-000123, or None where they are no such series."""
    first = re.fullmatch(r"(.*?)(\d{1,15})", texts[0], flags=re.DOTALL) if texts else None
    if first is None:
        return None
    start = first[1]
    tails = [text[len(start) :] for text in texts if text.startswith(start)]
    if len(tails) < len(texts) or not all(tail.isascii() and tail.isdigit() for tail in tails):
        return None
    padded = any(tail.startswith("0") and len(tail) > 1 for tail in tails)
    widths = {len(tail) for tail in tails}
    if max(widths) > 15 or (padded and len(widths) > 1):  # noqa: PLR2004  more digits than a number of the page holds
        return None
    return start, widths.pop() if padded else 0, np.array([int(tail) for tail in tails], dtype=np.int64)
