"""A small writer of .osm.pbf files, straight from the format's description, for tests of the reader."""

from __future__ import annotations

import lzma
import zlib

DENSE_BLOCK = 3
"""Nodes written together as dense ones; the rest are written singly."""


def varint(number):
    number &= (1 << 64) - 1
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zig(number):
    return number * 2 if number >= 0 else -number * 2 - 1


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def packed(numbers, code=lambda n: n):
    return b"".join(varint(code(n)) for n in numbers)


def deltas(numbers):
    return [b - a for a, b in zip([0, *numbers[:-1]], numbers, strict=True)]


def blob(kind, content, how):
    body = {
        "raw": lambda: field(1, content),
        "zlib": lambda: field(2, len(content)) + field(3, zlib.compress(content)),
        "lzma": lambda: field(2, len(content)) + field(4, lzma.compress(content)),
        "zstd": lambda: field(2, len(content)) + field(7, b"(zstd)"),
    }[how]()
    header = field(1, kind.encode()) + field(3, len(body))
    return len(header).to_bytes(4, "big") + header + body


def write_pbf(path, nodes, ways, *, how="zlib", dense=True, grain=100, offset=(0, 0), stamp=None):
    """Write nodes {id: (lon, lat)} and ways {id: (refs, tags)}; coordinates in degrees."""
    strings = ["", *sorted({word for _, tags in ways.values() for pair in tags.items() for word in pair})]
    place = {word: i for i, word in enumerate(strings)}
    table = b"".join(field(1, word.encode()) for word in strings)
    raw = {i: tuple((round(d * 1e9) - o) // grain for d, o in zip(at, offset, strict=True)) for i, at in nodes.items()}
    if dense:
        ids, lons, lats = list(raw), [lon for lon, _ in raw.values()], [lat for _, lat in raw.values()]
        group = field(
            2,
            field(1, packed(deltas(ids), zig))
            + field(8, packed(deltas(lats), zig))
            + field(9, packed(deltas(lons), zig)),
        )
    else:
        group = b"".join(
            field(1, field(1, zig(i)) + field(8, zig(la)) + field(9, zig(lo))) for i, (lo, la) in raw.items()
        )
    lines = b""
    for i, (refs, tags) in ways.items():
        own = field(1, i)
        if tags:
            own += field(2, packed([place[k] for k in tags])) + field(3, packed([place[v] for v in tags.values()]))
        lines += field(3, own + field(8, packed(deltas(refs), zig)))
    settings = field(17, grain) + field(19, offset[1]) + field(20, offset[0])
    head = field(4, b"OsmSchema-V0.6") + (field(32, stamp) if stamp is not None else b"")
    blocks = [field(1, table) + field(2, group) + settings, field(1, table) + field(2, lines) + settings]
    path.write_bytes(blob("OSMHeader", head, how) + b"".join(blob("OSMData", block, how) for block in blocks))
