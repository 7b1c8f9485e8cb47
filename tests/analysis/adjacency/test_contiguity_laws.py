"""Laws of contiguity on drawn coverages, and agreement with shapely and libpysal.

coverage  | rectangles cut again and again (T-junctions everywhere), a part of them, crooked grids, Voronoi cells
law       | perimeter = shared borders + outer border; overlaps as shapely measures them; order of the input;
          | moved, turned and mirrored; rook within queen within tolerant; one polygon less; more vertices
peers     | every pair against shapely; rook, queen and border lengths against libpysal
jitter    | all true pairs and no other, lengths within what the jitter allows
"""

from __future__ import annotations

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal.graph import Graph as LibpysalGraph
from squares import CRS, EAST_M, NORTH_M, box

from parkmap.analysis.adjacency import contiguity


@st.composite
def cut_rectangles(draw, *, most=12):
    """A rectangle cut again and again, by whole metres; some of the pieces may be left out."""
    pieces = [(0, 0, draw(st.integers(8, 60)), draw(st.integers(8, 60)))]
    for _ in range(draw(st.integers(0, most - 1))):
        k = draw(st.integers(0, len(pieces) - 1))
        x, y, width, height = pieces[k]
        upright = draw(st.booleans())
        if (width if upright else height) < 2:
            continue
        at = draw(st.integers(1, (width if upright else height) - 1))
        pieces[k : k + 1] = (
            [(x, y, at, height), (x + at, y, width - at, height)]
            if upright
            else [(x, y, width, at), (x, y + at, width, height - at)]
        )
    kept = draw(st.lists(st.sampled_from(pieces), min_size=1, unique=True))
    return gpd.GeoSeries([box(*piece) for piece in kept], crs=CRS)


def crooked(columns, rows, *, seed):
    """A grid with every vertex moved at random: no two edges of a polygon run along one line."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(columns + 1) * 30.0, np.arange(rows + 1) * 30.0, indexing="ij")
    corner = np.stack([EAST_M + x, NORTH_M + y], axis=-1) + rng.uniform(-9, 9, (columns + 1, rows + 1, 2))
    ring = np.stack([corner[:-1, :-1], corner[1:, :-1], corner[1:, 1:], corner[:-1, 1:]], axis=2)
    return gpd.GeoSeries(shapely.polygons(ring.reshape(-1, 4, 2)), crs=CRS)


def voronoi(count, *, seed):
    """Cells of random points, clipped by nothing: the outer ones are cut off by their common box."""
    points = np.random.default_rng(seed).uniform(0, 1000, (count, 2)) + np.array([EAST_M, NORTH_M])
    return gpd.GeoSeries(shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points))), crs=CRS)


def by_hand(shapes):
    """Contact and length of every pair by shapely alone; the shapes do not overlap."""
    found = {}
    for one, two in itertools.combinations(range(len(shapes)), 2):
        common = shapes.iloc[one].intersection(shapes.iloc[two])
        if not common.is_empty:
            found[one, two] = ("border" if common.length > 0 else "point", common.length)
    return found


@settings(max_examples=120)
@given(cut_rectangles(), st.sampled_from(["rook", "queen", "tolerant"]))
def test_perimeter_is_shared_borders_and_outer_border(shapes, kind):
    """With the outer border from the union of all, not from the result itself."""
    found = contiguity(shapes, kind=kind)
    assert found.identity_gap_m < 1e-6
    table = found.polygons
    assert table["perimeter_m"].to_numpy() == pytest.approx(shapes.length.to_numpy())
    outline = shapely.boundary(shapely.union_all(shapes.to_numpy()))
    outer = [shapely.boundary(shape).intersection(outline).length for shape in shapes]
    assert table["outer_m"].to_numpy() == pytest.approx(np.array(outer), abs=1e-6)
    assert (table["perimeter_m"] - table["shared_m"]).to_numpy() == pytest.approx(np.array(outer), abs=1e-6)
    assert table["perimeter_m"].sum() == pytest.approx(2 * found.shared_border_m.sum() + outline.length)


@settings(max_examples=120)
@given(cut_rectangles(), st.sampled_from(["queen", "tolerant"]))
def test_every_pair_is_as_shapely_sees_it(shapes, kind):
    found = contiguity(shapes, kind=kind).pairs
    expected = by_hand(shapes)
    assert {pair: row["contact"] for pair, row in found.iterrows()} == {p: c for p, (c, _) in expected.items()}
    for pair, (_, length) in expected.items():
        assert found.loc[pair, "shared_border_m"] == pytest.approx(length, abs=1e-6)


RECTANGLE = st.builds(box, st.integers(0, 30), st.integers(0, 30), st.integers(1, 15), st.integers(1, 15))


@settings(max_examples=150)
@given(st.lists(RECTANGLE, min_size=2, max_size=9), st.sampled_from(["rook", "queen", "tolerant"]))
def test_overlaps_are_as_large_as_shapely_measures_them(rectangles, kind):
    """Anything may lie on anything; what does not overlap meets along a line, in a point, or not at all."""
    found = contiguity(gpd.GeoSeries(rectangles, crs=CRS), kind=kind).pairs
    for one, two in itertools.combinations(range(len(rectangles)), 2):
        common = rectangles[one].intersection(rectangles[two])
        row = found.loc[(one, two)] if (one, two) in found.index else None
        if common.area:
            assert (row["contact"], row["overlap_m2"]) == ("overlap", pytest.approx(common.area))
        elif common.length:
            assert (row["contact"], row["shared_border_m"]) == ("border", pytest.approx(common.length))
        elif not common.is_empty and kind != "rook":
            assert row["contact"] == "point"
        else:
            assert row is None


@settings(max_examples=60)
@given(cut_rectangles(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(shapes, random):
    shapes.index = [f"p{k}" for k in range(len(shapes))]
    order = list(shapes.index)
    random.shuffle(order)
    one, two = contiguity(shapes), contiguity(shapes.loc[order])

    def plain(found):
        return {frozenset(pair): tuple(row) for pair, row in found.pairs.round(6).iterrows()}

    assert plain(one) == plain(two)
    pd.testing.assert_frame_equal(one.polygons, two.polygons.loc[shapes.index])


@settings(max_examples=60)
@given(cut_rectangles(), st.floats(0, 360), st.booleans(), st.integers(-90_000, 90_000))
def test_moving_turning_and_mirroring_change_nothing(shapes, angle, mirrored, east):
    before = contiguity(shapes).pairs
    turned = shapes.rotate(angle, origin=(EAST_M, NORTH_M)).translate(east, 7.5)
    after = contiguity(turned.scale(-1, 1, origin=(EAST_M, NORTH_M)) if mirrored else turned).pairs
    assert after["contact"].to_dict() == before["contact"].to_dict()
    np.testing.assert_allclose(after["shared_border_m"], before["shared_border_m"], atol=1e-5)


@settings(max_examples=60)
@given(cut_rectangles())
def test_rook_is_within_queen_and_queen_within_tolerant(shapes):
    rook, queen, tolerant = (contiguity(shapes, kind=kind).pairs for kind in ("rook", "queen", "tolerant"))
    assert set(rook.index) == set(queen.index[queen["contact"] != "point"])
    assert set(queen.index) <= set(tolerant.index)


@settings(max_examples=60)
@given(cut_rectangles(), st.data())
def test_leaving_one_out_takes_only_its_own_pairs_away(shapes, data):
    gone = data.draw(st.sampled_from(range(len(shapes))))
    before, after = contiguity(shapes).pairs, contiguity(shapes.drop(gone)).pairs
    kept = before[[gone not in pair for pair in before.index]]
    assert after.round(6).to_dict("index") == kept.round(6).to_dict("index")


@settings(max_examples=60)
@given(cut_rectangles(), st.integers(0, 2**32 - 1))
def test_jitter_below_the_tolerance_changes_no_pair_with_a_real_border(shapes, seed):
    """Every vertex is moved by itself by up to 1 cm: borders of 1 m and more are found within 5 cm, nothing else is."""
    rng = np.random.default_rng(seed)
    moved = shapely.transform(shapes.to_numpy(), lambda xy: xy + _closed(rng.uniform(-0.007, 0.007, xy.shape)))
    found = contiguity(gpd.GeoSeries(moved, crs=CRS), eps_m=0.05)
    lengths = found.pairs["shared_border_m"]
    true = {pair: length for pair, (contact, length) in by_hand(shapes).items() if contact == "border"}
    assert set(lengths.index[lengths > 0]) == set(true)
    for pair, length in true.items():
        assert lengths[pair] == pytest.approx(length, abs=0.05)
    assert (found.pairs["contact"] != "overlap").all()


@settings(max_examples=15)
@given(cut_rectangles(most=4), st.sampled_from([0.05, 0.3, 0.5]), st.lists(st.floats(0.4, 3), min_size=4, max_size=4))
def test_vertices_may_stand_as_close_as_they_like(shapes, eps, steps):
    """Every shape gets vertices of its own along its edges, closer than the tolerance or not: nothing changes."""
    dense = shapes.copy()
    dense[:] = [shapely.segmentize(shape, step) for shape, step in zip(shapes, steps, strict=False)]
    before, after = contiguity(shapes, eps_m=eps), contiguity(dense, eps_m=eps)
    assert after.pairs["contact"].to_dict() == before.pairs["contact"].to_dict()
    np.testing.assert_allclose(after.shared_border_m, before.shared_border_m, atol=1e-6)
    assert after.identity_gap_m < 1e-6


@settings(max_examples=20)
@given(st.lists(RECTANGLE, min_size=2, max_size=4), st.sampled_from([0.05, 0.2]), st.floats(0.3, 2))
def test_overlaps_are_found_however_dense_the_vertices(rectangles, eps, step):
    plain, dense = (
        contiguity(gpd.GeoSeries(shapes, crs=CRS), eps_m=eps)
        for shapes in (rectangles, shapely.segmentize(rectangles, step))
    )
    assert list(dense.pairs.index) == list(plain.pairs.index)
    assert dense.pairs["contact"].tolist() == plain.pairs["contact"].tolist()
    assert dense.overlap_m2 == pytest.approx(plain.overlap_m2)


def _closed(moves):
    """Moves of the rings of rectangles, first and last vertex alike."""
    moves = moves.reshape(-1, 5, 2)
    moves[:, 4] = moves[:, 0]
    return moves.reshape(-1, 2)


@pytest.mark.parametrize(
    "shapes", [crooked(12, 9, seed=1), crooked(1, 30, seed=2), voronoi(150, seed=3)], ids=["grid", "row", "voronoi"]
)
@pytest.mark.parametrize("named", [False, True])
def test_agreement_with_libpysal(shapes, named):
    if named:
        shapes = shapes.set_axis([f"id {k}" for k in np.random.default_rng(7).permutation(len(shapes))])
    found = contiguity(shapes, kind="queen")
    for kind, rook in (("rook", True), ("queen", False)):
        peer = LibpysalGraph.build_contiguity(shapes, rook=rook)
        own = found.graph(kind, weight="one")
        assert {frozenset(pair) for pair in own.pairs.index} == {
            frozenset(pair) for pair, weight in peer.adjacency.items() if weight
        }
        assert sorted(own.isolates) == sorted(peer.isolates)
    lengths = LibpysalGraph.build_contiguity(shapes, rook=True, by_perimeter=True).adjacency
    own = found.graph("rook").pairs["weight"]
    for (one, two), length in lengths[lengths > 0].items():
        pair = (one, two) if (one, two) in own.index else (two, one)
        assert own[pair] == pytest.approx(length, abs=1e-6)
    assert 2 * len(own) == (lengths > 0).sum()


def test_libpysal_misses_neighbours_that_are_found_here():
    """Ten squares over one long parcel, 1 cm apart from it (pysal#889): libpysal finds no pair with the long one."""
    row = [box(10 * k, 10.01) for k in range(10)]
    shapes = gpd.GeoSeries([box(0, 0, 100, 10), *row], crs=CRS)
    found = contiguity(shapes).graph()
    assert len(found.neighbours(0)) == 10
    assert found.neighbours(0).to_numpy() == pytest.approx(np.full(10, 10.0))
    assert len(LibpysalGraph.build_contiguity(shapes, rook=True)[0]) == 0


def test_all_and_only_true_pairs_of_a_larger_coverage_with_jitter():
    """Bricks of 25 x 40 m, rows shifted by half a brick, every vertex off by up to 1 cm."""
    rng = np.random.default_rng(11)
    cells, true = [], {}
    for row in range(30):
        for column in range(30):
            cells.append(box(25 * column + 12.5 * (row % 2), 40 * row, 25, 40))
            here = 30 * row + column
            if column:
                true[here - 1, here] = 40.0
            if row:
                for other in (column - 1, column) if row % 2 == 0 else (column, column + 1):
                    if 0 <= other < 30:
                        true[here - 30 + other - column, here] = 12.5
    moved = shapely.transform(np.array(cells), lambda xy: xy + _closed(rng.uniform(-0.007, 0.007, xy.shape)))
    pairs = contiguity(gpd.GeoSeries(moved, crs=CRS)).pairs
    borders = pairs.loc[pairs["contact"] == "border", "shared_border_m"]
    assert set(borders.index) == set(true)
    assert borders.sum() == pytest.approx(sum(true.values()), rel=1e-4)
    assert np.array([borders[pair] for pair in true]) == pytest.approx(np.array(list(true.values())), abs=0.03)
