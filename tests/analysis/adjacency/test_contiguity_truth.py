"""Layers whose neighbours and border lengths are known by how they were made.

layer   | rows of parcels cut at random, each row by itself; cells of random points, each with vertices of its own;
        | parcels in two parts; holes filled by two islands
drawn   | exactly, vertices off by 1 mm and 1 cm, every parcel drawn a little too small or too large
told    | every pair, no pair more, every border from the tolerance on; exactly as long where nothing is off
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.spatial import Voronoi
from squares import CRS, EAST_M, NORTH_M

from parkmap.analysis.adjacency import contiguity

EPS_M = 0.05
TURN = np.deg2rad(17)


def rows_cut_at_random(rng, *, rows=40, columns=40, inset_m=0.0):
    """Return rings of parcels 40 m deep, and the length of each true border by pair of numbers."""
    rings, true, before = [], {}, None
    for row in range(rows):
        cut = np.cumsum(np.append(rng.uniform(0, 30), rng.uniform(8, 45, columns)))
        low, high = 40.0 * row + inset_m, 40.0 * (row + 1) - inset_m
        left, right = cut[:-1] + inset_m, cut[1:] - inset_m
        rings += np.stack(
            [[left, right, right, left], np.broadcast_to([[low], [low], [high], [high]], (4, columns))]
        ).T.tolist()
        true |= {(row * columns + k - 1, row * columns + k): 40.0 for k in range(1, columns)}
        if before is not None:
            for one, two in np.ndindex(columns, columns):
                length = min(before[one + 1], cut[two + 1]) - max(before[one], cut[two])
                if length > 0:
                    true[(row - 1) * columns + one, row * columns + two] = length
        before = cut
    return [np.array(ring) for ring in rings], true


def cells_of_random_points(rng, *, count=250, step_m=0.4):
    """Return rings of Voronoi cells, each with vertices of its own at some other distance, and the true borders."""
    cells = Voronoi(rng.uniform(0, 30 * np.sqrt(count), (count, 2)))
    middle = 15 * np.sqrt(count)
    corners = [cells.vertices[[k for k in cells.regions[region] if k >= 0]] for region in cells.point_region]
    whole = [-1 not in cells.regions[region] for region in cells.point_region]
    kept = [k for k in range(count) if whole[k] and abs(corners[k] - middle).max() < middle]
    number = {cell: k for k, cell in enumerate(kept)}
    hulls = [shapely.convex_hull(shapely.multipoints(corners[cell])) for cell in kept]
    dense = shapely.segmentize(hulls, rng.uniform(0.5, 1.5, len(hulls)) * step_m)
    true = {}
    for (one, two), (begin, end) in zip(cells.ridge_points, cells.ridge_vertices, strict=True):
        if one in number and two in number:
            pair = tuple(sorted((number[one], number[two])))
            true[pair] = float(np.hypot(*(cells.vertices[begin] - cells.vertices[end])))
    return [shapely.get_coordinates(shape)[:-1] for shape in dense], true


def placed(ring, rng, off_m=0.0):
    """Return a ring turned and moved to where the maps are, each vertex off by up to a distance."""
    angle, away = rng.uniform(0, 2 * np.pi, len(ring)), off_m * np.sqrt(rng.uniform(0, 1, len(ring)))
    turned = ring @ np.array([[np.cos(TURN), np.sin(TURN)], [-np.sin(TURN), np.cos(TURN)]])
    return turned + [EAST_M, NORTH_M] + away[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def found_in(shapes):
    """Return the result, its borders, and all pairs in contact."""
    found = contiguity(gpd.GeoSeries(shapes, crs=CRS), eps_m=EPS_M)
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    lengths = dict(zip(pairs, found.shared_border_m.tolist(), strict=True))
    return found, {pair: length for pair, length in lengths.items() if length}, set(pairs)


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_drawn_exactly_have_exactly_the_true_borders(seed):
    """However short a border is: some here are shorter than the tolerance."""
    rng = np.random.default_rng(seed)
    rings, true = rows_cut_at_random(rng)
    assert min(true.values()) < EPS_M
    found, borders, _ = found_in([shapely.Polygon(placed(ring, rng)) for ring in rings])
    assert borders == pytest.approx(true, abs=1e-6)
    assert found.identity_gap_m < 1e-6


@pytest.mark.parametrize("seed", [1, 2])
def test_cells_with_vertices_of_their_own_have_exactly_the_true_borders(seed):
    rng = np.random.default_rng(seed)
    rings, true = cells_of_random_points(rng)
    found, borders, _ = found_in([shapely.Polygon(placed(ring, rng)) for ring in rings])
    assert borders == pytest.approx(true, abs=1e-6)
    assert found.identity_gap_m < 1e-6


@pytest.mark.parametrize(("off_m", "inset_m"), [(0.001, 0), (0.01, 0), (0.024, 0), (0.003, 0.02), (0.003, -0.02)])
def test_rows_not_drawn_exactly(off_m, inset_m):
    """All pairs are found and no other; those with a border of two tolerances or more have one, as long as can be."""
    rng = np.random.default_rng(3)
    rings, true = rows_cut_at_random(rng, inset_m=inset_m)
    found, borders, contacts = found_in([shapely.Polygon(placed(ring, rng, off_m)) for ring in rings])
    assert true.keys() <= contacts
    assert borders.keys() <= true.keys()
    assert {pair for pair, length in true.items() if length >= 2 * EPS_M + 2 * abs(inset_m)} <= borders.keys()
    drawn = {pair: true[pair] - 2 * inset_m for pair in borders}
    assert borders == pytest.approx(drawn, abs=2 * off_m + abs(inset_m) + 1e-6)
    assert sum(borders.values()) == pytest.approx(sum(drawn.values()), rel=1e-3)
    assert (found.pairs["contact"] != "overlap").all()


def test_dense_vertices_off_by_a_millimetre():
    """Vertices of both sides drift past each other: their ends are within the tolerance again and again."""
    rng = np.random.default_rng(1)
    rings, true = cells_of_random_points(rng)
    found, borders, contacts = found_in([shapely.Polygon(placed(ring, rng, 0.001)) for ring in rings])
    assert true.keys() <= contacts
    assert borders.keys() <= true.keys()
    assert borders == pytest.approx({pair: true[pair] for pair in borders}, abs=3 * EPS_M)
    assert sum(borders.values()) == pytest.approx(sum(true.values()), rel=1e-3)
    assert found.identity_gap_m < 3 * EPS_M


@pytest.mark.parametrize("off_m", [0, 0.01])
def test_parcels_in_two_parts(off_m):
    """Every fourth parcel of a row is one with the fourth parcel of the row after the next."""
    rng = np.random.default_rng(4)
    rings, true = rows_cut_at_random(rng, rows=12, columns=20)
    label = np.arange(len(rings))
    for row in (0, 1, 4, 5, 8, 9):
        label[(row + 2) * 20 : (row + 3) * 20 : 4] = label[row * 20 : (row + 1) * 20 : 4]
    label = np.unique(label, return_inverse=True)[1]
    parts = [shapely.Polygon(placed(ring, rng, off_m)) for ring in rings]
    shapes = [
        shapely.multipolygons([parts[k] for k in np.flatnonzero(label == name)]) for name in range(label.max() + 1)
    ]
    expected = {}
    for (one, two), length in true.items():
        pair = tuple(sorted((int(label[one]), int(label[two]))))
        expected[pair] = expected.get(pair, 0) + length
    _, borders, contacts = found_in(shapes)
    assert expected.keys() <= contacts
    assert borders == pytest.approx({pair: expected[pair] for pair in borders}, abs=4 * off_m + 1e-6)
    assert {pair for pair, length in expected.items() if length >= 2 * EPS_M} <= borders.keys()


@pytest.mark.parametrize("off_m", [0, 0.01])
def test_holes_filled_by_two_islands(off_m):
    rng = np.random.default_rng(5)
    shapes, true = [], {}
    for column in range(10):
        at, width, k = 60.0 * column, rng.uniform(8, 12), 3 * column
        hole, west, east = (
            np.array([(at + low, 20), (at + high, 20), (at + high, 40), (at + low, 40)])
            for low, high in ((20, 40), (20, 20 + width), (20 + width, 40))
        )
        outside = np.array([(at, 0), (at + 60, 0), (at + 60, 60), (at, 60)])
        shapes.append(shapely.Polygon(placed(outside, rng, off_m), [placed(hole, rng, off_m)]))
        shapes += [shapely.Polygon(placed(ring, rng, off_m)) for ring in (west, east)]
        true |= {(k, k + 1): 2 * width + 20, (k, k + 2): 2 * (20 - width) + 20, (k + 1, k + 2): 20}
        if column:
            true[k - 3, k] = 60
    _, borders, _ = found_in(shapes)
    assert borders == pytest.approx(true, abs=8 * off_m + 1e-6)
