"""Read the streets of an OpenStreetMap PBF file, without any library beside NumPy.

The format is that of the OpenStreetMap wiki, "PBF Format": length-prefixed blobs, each a zlib-compressed protocol
buffer with a string table and groups of nodes and ways. GDAL reads such files as well, but drops the ids of the nodes,
so that streets on two levels would meet where their coordinates do.
"""

from __future__ import annotations

import lzma
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from parkmap.layers.osm_ways import OsmNodes, OsmStreets, OsmWay, streets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""Wire types of protocol buffers."""
MAX_BLOB: Final = 64 * 1024 * 1024
"""No blob of a valid file is larger, by the format's own rule."""
NANO: Final = 100
"""Nanodegrees in a unit of coordinates, where a block does not say; also what is kept: 1e-7 degree."""

Field = tuple[int, int, Any]
"""Number, wire type and value of one field."""


class PbfError(ValueError):
    """The file is not a PBF file, is cut short, or uses a feature that is not read."""


def read_pbf(path: Path) -> OsmStreets:
    """Return the ways with a `highway` tag and their nodes.

    Parameters
    ----------
    path
        An .osm.pbf file.

    Returns
    -------
    OsmStreets
        Ways and the nodes that they use.

    Raises
    ------
    PbfError
        When the file cannot be read.
    """
    date = None
    ways: list[OsmWay] = []
    for kind, block in _blocks(path):
        if kind == "OSMHeader":
            date = _timestamp(block)
        elif kind == "OSMData":
            ways += _ways(block)
    wanted = np.unique(np.concatenate([way.refs for way in ways])) if ways else np.zeros(0, dtype=np.int64)
    found = [_nodes(block, wanted) for kind, block in _blocks(path) if kind == "OSMData"]
    ids = np.concatenate([part[0] for part in found]) if found else wanted
    lonlat = np.concatenate([part[1] for part in found]) if found else np.zeros((0, 2), dtype=np.int64)
    return streets(ways, OsmNodes(ids=ids, lonlat_e7=lonlat), date=date)


def _blocks(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield type and content of each blob."""
    try:
        with path.open("rb") as stream:
            while head := stream.read(4):
                header = dict(_last(_exactly(stream.read, int.from_bytes(head, "big"))))
                blob = dict(_last(_exactly(stream.read, int(header[3]))))
                yield bytes(header[1]).decode("ascii"), _content(blob)
    except (KeyError, IndexError, UnicodeDecodeError, zlib.error, lzma.LZMAError) as error:
        raise PbfError(f"{type(error).__name__}: {error}") from error


def _exactly(read: Any, size: int) -> bytes:  # noqa: ANN401  the read method of a stream
    if not 0 <= size <= MAX_BLOB:
        raise PbfError("not an .osm.pbf file")
    content: bytes = read(size)
    if len(content) < size:
        raise PbfError("the file is cut short")
    return content


def _content(blob: dict[int, Any]) -> bytes:
    if 1 in blob:
        return bytes(blob[1])
    if 3 in blob:  # noqa: PLR2004  numbers of fields in the format
        return zlib.decompress(blob[3])
    if 4 in blob:  # noqa: PLR2004
        return lzma.decompress(blob[4])
    raise PbfError("blobs compressed with lz4 or zstd are not read; write the file with zlib")


def _timestamp(block: bytes) -> int | None:
    """Return the moment of the data in seconds since 1970, where the header states it."""
    return next((value for number, _, value in _fields(block) if number == 32), None)  # noqa: PLR2004


def _ways(block: bytes) -> Iterator[OsmWay]:
    table: list[bytes] = []
    groups = []
    for number, _, value in _fields(block):
        if number == 1:
            table = [bytes(text) for key, _, text in _fields(value) if key == 1]
        elif number == 2:  # noqa: PLR2004
            groups.append(value)
    highway = next((i for i, text in enumerate(table) if text == b"highway"), None)
    if highway is None:
        return
    for group in groups:
        for number, _, value in _fields(group):
            if number == 3:  # noqa: PLR2004
                yield from _way(value, table, highway)


def _way(message: bytes, table: list[bytes], highway: int) -> Iterator[OsmWay]:
    fields = dict(_last(message))
    keys = _few(fields.get(2, b""))
    if highway not in keys:
        return
    tags = {table[k].decode(): table[v].decode() for k, v in zip(keys, _few(fields.get(3, b"")), strict=True)}
    yield OsmWay(id=int(fields[1]), refs=np.cumsum(zigzag(varints(fields.get(8, b"")))), tags=tags)


def _nodes(block: bytes, wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return ids and coordinates of the wanted nodes of a block."""
    fields = list(_fields(block))
    settings = {number: value for number, kind, value in fields if kind == VARINT}
    grain = settings.get(17, NANO)
    offset = np.array([_signed(settings.get(20, 0)), _signed(settings.get(19, 0))])
    ids, places = [np.zeros(0, dtype=np.int64)], [np.zeros((0, 2), dtype=np.int64)]
    for number, _, group in fields:
        if number != 2:  # noqa: PLR2004
            continue
        for own, place in _group_nodes(group):
            nano = place * grain + offset
            place_in = np.searchsorted(wanted, own)
            here = np.append(wanted, np.iinfo(np.int64).max)[place_in] == own
            ids.append(own[here])
            places.append(np.rint(nano[here] / NANO).astype(np.int64))
    return np.concatenate(ids), np.concatenate(places)


def _group_nodes(group: bytes) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield ids and raw longitudes and latitudes of dense and of single nodes."""
    for number, _, value in _fields(group):
        if number == 2:  # noqa: PLR2004
            dense = dict(_last(value))
            columns = [np.cumsum(zigzag(varints(dense.get(key, b"")))) for key in (1, 9, 8)]
            yield columns[0], np.stack(columns[1:], axis=1)
        elif number == 1:
            node = dict(_last(value))
            numbers = zigzag(np.array([node[1], node[9], node[8]], dtype=np.uint64))
            yield numbers[:1], numbers[None, 1:]


def varints(packed: bytes) -> NDArray[np.uint64]:
    """Return the numbers of a packed field.

    Parameters
    ----------
    packed
        Varints one after the other: seven bits a byte, lowest first, the eighth bit set while more follow.
    """
    raw = np.frombuffer(packed, dtype=np.uint8)
    ends = np.flatnonzero(raw < 0x80)  # noqa: PLR2004
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    sizes = ends - starts + 1
    numbers = np.zeros(len(ends), dtype=np.uint64)
    for k in range(int(sizes.max(initial=0))):
        longer = sizes > k
        numbers[longer] |= (raw[starts[longer] + k] & 0x7F).astype(np.uint64) << np.uint64(7 * k)
    return numbers


def _few(packed: bytes) -> list[int]:
    """Return the numbers of a short packed field: below some twenty of them NumPy costs more than it saves."""
    numbers, place = [], 0
    while place < len(packed):
        number, place = _varint(packed, place)
        numbers.append(number)
    return numbers


def zigzag(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return signed numbers from their unsigned code: 0, 1, 2, 3 are 0, -1, 1, -2.

    Parameters
    ----------
    numbers
        Codes.
    """
    return (numbers >> np.uint64(1)).astype(np.int64) ^ -(numbers & np.uint64(1)).astype(np.int64)


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number


def _last(message: bytes) -> Iterator[tuple[int, Any]]:
    return ((number, value) for number, _, value in _fields(message))


def _fields(message: bytes) -> Iterator[Field]:
    """Yield the fields of a message."""
    place, end = 0, len(message)
    while place < end:
        tag, place = _varint(message, place)
        number, kind = tag >> 3, tag & 7
        if kind == VARINT:
            value, place = _varint(message, place)
            yield number, kind, value
            continue
        if kind == BYTES:
            size, place = _varint(message, place)
        elif kind in {FIXED64, FIXED32}:
            size = 8 if kind == FIXED64 else 4
        else:
            raise PbfError(f"unknown field type {kind}")
        if place + size > end:
            raise PbfError("the file is cut short")
        yield number, kind, message[place : place + size]
        place += size


def _varint(message: bytes, place: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        byte = message[place]
        place += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004
            return result, place
        shift += 7
