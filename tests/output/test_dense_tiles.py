"""Tiles of many polygons, and the pictures of their coarse levels.

picture | one square, a hole, two parts, an overlap, a speck, a sliver beyond the edge: seen by eye
picture | law: a cell holds what shapely says of its middle
coarser | what stands alone survives
tiles   | each feature is in every tile it touches and in no other; levels are pyramids; files are as listed
names   | the tile named for a feature holds it
"""

from __future__ import annotations

import math
import zlib

import numpy as np
import pytest
import shapely
from dense_reader import column, decoded, layer, on_grid, opened, square, sums
from hypothesis import given, settings
from hypothesis import strategies as st

from parkmap.output.html.dense.picture import SIDE, coarser, picture
from parkmap.output.html.dense.tiles import COARSEST, FULLEST, tile


def seen(shapes, values, size=6) -> list[str]:
    """The upper left of a picture, one character a cell."""
    cells = picture(np.array(shapes, dtype=object), np.array(values, dtype=np.uint8))
    assert cells.shape == (SIDE, SIDE)
    return ["".join(str(cell) if cell else "." for cell in row[:size]) for row in cells[:size]]


def test_a_square_with_a_hole() -> None:
    shape = shapely.Polygon(square(1, 1, 4), [square(2, 2, 2)])
    assert seen([shape], [7]) == ["......", ".7777.", ".7..7.", ".7..7.", ".7777.", "......"]


def test_the_last_of_two_wins_and_parts_are_one() -> None:
    two = shapely.MultiPolygon([shapely.box(0, 0, 2, 1), shapely.box(4, 0, 6, 1)])
    assert seen([two, shapely.box(1, 0, 5, 2)], [1, 2]) == ["122221", ".2222.", "......", "......", "......", "......"]


def test_a_speck_is_a_cell_unless_something_lies_there() -> None:
    speck = shapely.box(2.6, 2.6, 2.9, 2.9)
    assert seen([speck], [3])[2] == "..3..."
    assert seen([speck, shapely.box(2, 2, 4, 3)], [3, 1])[2] == "..11.."


def test_what_reaches_beyond_the_picture_is_cut() -> None:
    cells = picture(
        np.array([shapely.box(-50, -50, 1000, 1), shapely.box(255, 200, 300, 400)]), np.array([1, 2], np.uint8)
    )
    assert (cells[0] == 1).all()
    assert (cells[200:, 255] == 2).all()
    assert np.count_nonzero(cells) == SIDE + 56


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(-20, 276), st.floats(-20, 276), st.floats(3, 80), st.integers(3, 9)), max_size=6),
)
def test_a_cell_holds_what_lies_at_its_middle(stars: list[tuple[float, float, float, int]]) -> None:
    shapes = []
    for x, y, radius, corners in stars:
        angle = np.linspace(0, 2 * np.pi, corners, endpoint=False) + 0.1
        far = radius * np.where(np.arange(corners) % 2, 0.4, 1)
        shapes.append(shapely.Polygon(np.column_stack([x + far * np.cos(angle), y + far * np.sin(angle)])))
    values = np.arange(1, len(shapes) + 1, dtype=np.uint8)
    column_, row = np.meshgrid(np.arange(SIDE) + 0.5, np.arange(SIDE) + 0.5)
    wanted = np.zeros((SIDE, SIDE), dtype=np.uint8)
    for shape, value in zip(shapes, values, strict=True):
        wanted[shapely.contains_xy(shape, column_, row)] = value
    found = picture(np.array(shapes, dtype=object), values)
    assert np.count_nonzero(found != wanted) <= len(shapes)  # specks mark a cell of their own


def test_what_stands_alone_survives_at_half_the_scale() -> None:
    four = np.zeros((4, 4), dtype=np.uint8)
    four[1, 3], four[2, 0], four[3, 1] = 5, 2, 1
    assert coarser(four).tolist() == [[0, 5], [2, 0]]


ANGLE = [(113.9, 22.45), (114.5, 22.45), (114.5, 22.46), (113.91, 22.46), (113.91, 22.8), (113.9, 22.8)]


@pytest.fixture(scope="module")
def scattered():
    """2,000 squares in two clusters and an angle around both, cut into tiles."""
    rng = np.random.default_rng(3)
    shapes = [shapely.Polygon(square(114.0 + x, 22.5 + y, 0.0002)) for x, y in rng.normal(0, 0.01, (1500, 2))]
    shapes += [shapely.Polygon(square(114.4 + x, 22.7 + y, 0.0002)) for x, y in rng.normal(0, 0.002, (500, 2))]
    shapes.append(shapely.Polygon(ANGLE))
    whole = layer(shapes)
    return whole, tile(whole, aim=150)


def tiles_of(tiles, level) -> list[tuple[int, int]]:
    flat = tiles.header["levels"][str(level)]
    return list(zip(flat[::2], flat[1::2], strict=True))


def test_the_files_are_those_of_the_header(scattered) -> None:
    _, tiles = scattered
    listed = {f"{level}-{x}-{y}.bin" for level in tiles.header["levels"] for x, y in tiles_of(tiles, level)}
    assert set(tiles.files) == {"names.bin", *listed}
    assert min(map(int, tiles.header["levels"])) == COARSEST
    assert tiles.header["leaf"] > COARSEST + 3


def test_levels_are_pyramids(scattered) -> None:
    _, tiles = scattered
    for level in range(COARSEST, tiles.header["leaf"]):
        below = {(x // 2, y // 2) for x, y in tiles_of(tiles, level + 1)}
        assert set(tiles_of(tiles, level)) == below
        cells = zlib.decompress(tiles.files[f"{level}-{min(below)[0]}-{min(below)[1]}.bin"])
        assert len(cells) == SIDE * SIDE
        assert 0 < max(cells) <= 3


def box_of(x: int, y: int, level: int) -> shapely.Polygon:
    """A tile in longitude and latitude, by the formula of the OpenStreetMap wiki."""
    lats = [math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**level)))) for row in (y + 1, y)]
    return shapely.box(x / 2**level * 360 - 180, lats[0], (x + 1) / 2**level * 360 - 180, lats[1])


def test_each_feature_is_in_the_tiles_it_touches(scattered) -> None:
    whole, tiles = scattered
    leaf = tiles.header["leaf"]
    found = {
        (x, y): set(decoded(opened(tiles.files[f"{leaf}-{x}-{y}.bin"]))["names"]) for x, y in tiles_of(tiles, leaf)
    }
    for (x, y), names in found.items():
        box = box_of(x, y, leaf)
        inside = shapely.area(shapely.intersection(whole.shapes, box)) > 1e-12
        assert {whole.names[row] for row in np.flatnonzero(inside)} <= names
        close = shapely.dwithin(whole.shapes, box, 0.25 * (box.bounds[2] - box.bounds[0]))
        assert names <= {whole.names[row] for row in np.flatnonzero(close)}
    assert set().union(*found.values()) == set(whole.names)
    assert sum(map(len, found.values())) > len(whole)


def test_what_reaches_far_is_cut_at_each_tile(scattered) -> None:
    whole, tiles = scattered
    leaf = tiles.header["leaf"]
    pieces = []
    for x, y in tiles_of(tiles, leaf):
        found = decoded(opened(tiles.files[f"{leaf}-{x}-{y}.bin"]))
        if whole.names[2000] in found["names"]:
            rings = found["shapes"][found["names"].index(whole.names[2000])]
            corners = shapely.Polygon(rings[0]).intersection(
                shapely.box(*(2 ** (26 - leaf) * k for k in (x, y, x + 1, y + 1)))
            )
            pieces.append(corners)
    wanted = shapely.Polygon([on_grid(*corner) for corner in ANGLE])
    assert len(pieces) > 10
    assert shapely.union_all(pieces).symmetric_difference(wanted).area < 1e-4 * wanted.area


def test_the_named_tile_holds_the_feature(scattered) -> None:
    whole, tiles = scattered
    names = opened(tiles.files["names.bin"])
    raw = zlib.decompress(names.body)
    first = names.header["sections"][0][1]
    assert column(names.header["names"], raw[:first]) == list(whole.names)
    leaf = tiles.header["leaf"]
    places = tiles_of(tiles, leaf)
    for row in (0, 999, 1700, 2000):
        x, y = places[sums(raw[first:])[row]]
        assert whole.names[row] in decoded(opened(tiles.files[f"{leaf}-{x}-{y}.bin"]))["names"]


def test_one_heap_of_features_is_cut_finer() -> None:
    heap = [shapely.Polygon(square(114 + 0.001 * (i % 30), 22.5 + 0.001 * (i // 30), 0.0009)) for i in range(600)]
    far = [shapely.Polygon(square(80 + i, 25, 0.001)) for i in range(30)]
    tiles = tile(layer(heap + far), aim=30)
    leaf = tiles.header["leaf"]
    held = [opened(tiles.files[f"{leaf}-{x}-{y}.bin"]).header["count"] for x, y in tiles_of(tiles, leaf)]
    assert max(held) <= 30 * FULLEST * 1.3  # those on an edge are in both tiles


def test_the_same_layer_gives_the_same_files(scattered) -> None:
    whole, tiles = scattered
    assert tile(whole, aim=150) == tiles
