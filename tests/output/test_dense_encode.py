"""The compact encoding of many polygons, read back by a decoder written anew in plain Python.

numbers    | any 64-bit integer: as Protocol Buffers write it; read back
columns    | any texts, numbered series, few values, numbers with gaps: read back as text
geometry   | rings, holes, several parts, 3D, empty parts: the same rings on the grid, in the same order
order      | scattered features: neighbours follow each other, every property stays with its shape
bytes      | the same layer twice
"""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest
import shapely
from dense_reader import WORDS, column, decoded, layer, numbers, on_grid, square
from hypothesis import given
from hypothesis import strategies as st

from parkmap.output.html.dense.columns import LARGEST, column_of, varints
from parkmap.output.html.dense.encode import encode, encode_names
from parkmap.output.html.dense.model import Column, near_order

WHOLE = st.integers(-(2**62), 2**62)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(WHOLE, max_size=30))
def test_integers_of_any_size_are_read_back(values: list[int]) -> None:
    assert numbers(varints(np.array(values, dtype=np.int64))) == values


def test_integers_are_those_of_protocol_buffers() -> None:
    assert varints(np.array([0, -1, 1, -2, 75, -75])) == bytes([0, 1, 2, 3, 0x96, 0x01, 0x95, 0x01])


@given(st.lists(TEXT | st.sampled_from(["工业", "居住", ""]), max_size=30))
def test_texts_are_read_back(texts: list[str]) -> None:
    assert column(*column_of(texts)) == [text.replace("\n", " ") for text in texts]


@given(st.text("A-0", max_size=3), st.lists(st.integers(0, 10**16), min_size=1, max_size=20), st.integers(0, 6))
def test_series_of_numbers_are_read_back(start: str, tails: list[int], width: int) -> None:
    texts = [f"{start}{tail:0{width}d}" for tail in tails]
    assert column(*column_of(texts)) == texts


def test_a_series_takes_a_byte_a_name() -> None:
    form, body = column_of([f"440305-{i:06d}" for i in range(5000)])
    assert form == {"kind": "numbered", "start": "440305-", "width": 6}
    assert len(body) == 5000


@given(st.lists(st.integers(-LARGEST, LARGEST) | st.none(), max_size=20), st.sampled_from([0, 1, 3]))
def test_numbers_are_read_back_and_gaps_stay_gaps(values: list[int | None], decimals: int) -> None:
    array = np.array([np.nan if value is None else value / 10**decimals for value in values], dtype=np.float64)
    wanted = ["" if np.isnan(value) else f"{value:.{decimals}f}" for value in array]
    assert column(*column_of(array, decimals=decimals)) == wanted


def test_infinite_numbers_are_gaps() -> None:
    assert column(*column_of(np.array([np.inf, -3.0, -np.inf]))) == ["", "-3", ""]


def test_rings_holes_and_parts_lie_on_the_grid() -> None:
    hole = square(114.002, 22.502, 0.004)
    shapes = [
        shapely.Polygon(square(114.0, 22.5), [hole]),
        shapely.MultiPolygon([shapely.Polygon(square(114.02, 22.5)), shapely.Polygon(square(114.04, 22.5))]),
    ]
    found = decoded(encode(layer(shapes)))["shapes"]
    for shape, wanted in zip(
        found, ([square(114.0, 22.5), hole], [square(114.02, 22.5), square(114.04, 22.5)]), strict=True
    ):
        assert [set(ring) for ring in shape] == [{on_grid(*point) for point in ring} for ring in wanted]
    turns = [[shapely.LinearRing(ring).is_ccw for ring in shape] for shape in found]
    assert turns[0][0] != turns[0][1]
    assert turns[1][0] == turns[1][1] == turns[0][0]


def test_heights_and_empty_parts_are_left_out() -> None:
    flat = shapely.Polygon(square(114.0, 22.5))
    shapes = [shapely.force_3d(flat, 12.5), shapely.from_wkt(f"MULTIPOLYGON (EMPTY, {flat.wkt[8:]})")]
    first, second = decoded(encode(layer(shapes)))["shapes"]
    assert first == second
    assert len(first) == 1


def test_points_closer_than_a_step_become_one() -> None:
    corners = square(114.0, 22.5)
    near = (corners[0][0] + 1e-7, corners[0][1])
    found = decoded(encode(layer([shapely.Polygon([corners[0], near, *corners[1:]])])))["shapes"]
    assert len(found[0][0]) == 4


def test_neighbours_keep_their_common_points() -> None:
    left, right = square(114.0, 22.5, 0.0123456), square(114.0123456, 22.5, 0.0123456)
    first, second = decoded(encode(layer([shapely.Polygon(left), shapely.Polygon(right)])))["shapes"]
    assert len(set(first[0]) & set(second[0])) == 2


POLYGON = st.builds(
    lambda x, y, holes: shapely.Polygon(
        square(x, y, 0.02), [square(x + 0.002 + 0.006 * i, y + 0.004, 0.004) for i in range(holes)]
    ),
    st.floats(-179, 179),
    st.floats(-84, 84),
    st.integers(0, 3),
)


@given(st.lists(st.lists(POLYGON, min_size=1, max_size=3), min_size=1, max_size=8))
def test_everything_stays_with_its_shape(parts: list[list[shapely.Polygon]]) -> None:
    shapes = [own[0] if len(own) == 1 else shapely.MultiPolygon(own) for own in parts]
    count = len(shapes)
    use, size = [f"use {i % 2}" for i in range(count)], np.arange(count) * 1.5
    columns = (Column(label=WORDS, values=use), Column(label=WORDS, values=size, decimals=1))
    found = decoded(encode(layer(shapes, columns=columns)))
    rows = [int(name[2:]) for name in found["names"]]
    assert sorted(rows) == list(range(count))
    assert found["classes"] == [row % 3 for row in rows]
    assert found["columns"] == [[use[row] for row in rows], [f"{size[row]:.1f}" for row in rows]]
    for row, shape in zip(rows, found["shapes"], strict=True):
        wanted = [ring.coords[:-1] for part in parts[row] for ring in (part.exterior, *part.interiors)]
        assert [{*ring} for ring in shape] == [{on_grid(*point) for point in ring} for ring in wanted]


def test_scattered_features_are_sorted_and_sorted_ones_are_left_alone() -> None:
    places = [(114 + 0.001 * (i % 30), 22.5 + 0.001 * (i // 30)) for i in range(900)]
    row_by_row = np.array([shapely.Polygon(square(x, y, 0.0009)) for x, y in places], dtype=object)
    assert near_order(row_by_row) is None
    order = near_order(row_by_row[np.random.default_rng(1).permutation(900)])
    assert order is not None
    assert sorted(order.tolist()) == list(range(900))


def test_the_same_layer_gives_the_same_bytes() -> None:
    shapes = [shapely.Polygon(square(114 + 0.02 * i, 22.5)) for i in range(5)]
    assert encode(layer(shapes)).file() == encode(layer(shapes)).file()


def test_a_file_is_length_header_body() -> None:
    blob = encode_names(["甲", "乙"], np.array([3, 1]))
    file = blob.file()
    length = int.from_bytes(file[:4], "little")
    assert json.loads(file[4 : 4 + length]) == blob.header
    assert zlib.decompress(file[4 + length :]) == "甲\n乙\n".encode() + varints(np.array([3, -2]))


@pytest.mark.parametrize("count", [1, 2])
def test_few_features_are_enough(count: int) -> None:
    assert len(decoded(encode(layer([shapely.Polygon(square(114, 22.5))] * count)))["shapes"]) == count
