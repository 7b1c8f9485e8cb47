"""A decoder of the compact encoding, written anew in plain Python, and small layers to encode."""

from __future__ import annotations

import json
import math
import zlib

import numpy as np

from parkmap.messages import Words
from parkmap.output.html.dense.encode import GRID_BITS, Blob
from parkmap.output.html.dense.model import DenseLayer
from parkmap.output.html.shades import Shade

WORDS = Words("地块", "Parcels")


def numbers(body: bytes) -> list[int]:
    """Read variable-length zigzag integers as the Protocol Buffers manual says."""
    found, value, shift = [], 0, 0
    for byte in body:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            found.append(value >> 1 if value % 2 == 0 else -(value + 1 >> 1))
            value = shift = 0
    return found


def sums(body: bytes) -> list[int]:
    return np.cumsum(np.array(numbers(body), dtype=object)).tolist() if body else []


def column(form: dict, body: bytes) -> list[str]:
    if form["kind"] == "text":
        return body.decode().split("\n")[:-1]
    if form["kind"] == "list":
        return [form["list"][number] for number in numbers(body)]
    if form["kind"] == "numbered":
        return [form["start"] + str(number).zfill(form["width"]) for number in sums(body)]
    shown = (n / 10 ** form["decimals"] if n != form["none"] else None for n in sums(body))
    return ["" if value is None else f"{value:.{form['decimals']}f}" for value in shown]


def decoded(blob) -> dict:
    """Read a layer: rings as lists of points on the grid, classes, names, columns as texts."""
    raw, at, parts = zlib.decompress(blob.body), 0, {}
    for name, length in blob.header["sections"]:
        parts[name] = raw[at : at + length]
        at += length
    assert at == len(raw)
    points = list(zip(sums(parts["x"]), sums(parts["y"]), strict=True))
    rings = [[points.pop(0) for _ in range(n)] for n in numbers(parts["points"])]
    shapes = [[rings.pop(0) for _ in range(n)] for n in numbers(parts["rings"])]
    assert not points
    assert not rings
    return {
        "shapes": shapes,
        "classes": list(parts["class"]),
        "names": column(blob.header["names"], parts["names"]),
        "columns": [column(form, parts[f"column-{i}"]) for i, form in enumerate(blob.header["columns"])],
    }


def on_grid(lon: float, lat: float) -> tuple[int, int]:
    """Web Mercator by its own formula (EPSG Guidance Note 7-2, 3.2.1), in steps from the north-west corner."""
    half = math.pi
    east, north = math.radians(lon), math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return round((east + half) / (2 * half) * 2**GRID_BITS), round((half - north) / (2 * half) * 2**GRID_BITS)


def layer(shapes, **more) -> DenseLayer:
    count = len(shapes)
    values = {
        "names": [f"P-{i:04d}" for i in range(count)],
        "classes": (Shade(name=WORDS, colour="#332288"),) * 3,
        "class_of": np.arange(count, dtype=np.uint8) % 3,
        "origin": WORDS,
        **more,
    }
    return DenseLayer(id="parcels", title=WORDS, parent=None, shapes=np.array(shapes, dtype=object), **values)


def square(x: float, y: float, side: float = 0.01) -> list[tuple[float, float]]:
    return [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]


def opened(file: bytes) -> Blob:
    """Take a file apart: length of the header, header, body."""
    length = int.from_bytes(file[:4], "little")
    return Blob(header=json.loads(file[4 : 4 + length]), body=file[4 + length :])
