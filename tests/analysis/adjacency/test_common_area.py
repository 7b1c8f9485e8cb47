"""Common areas of pairs of polygons in closed form.

by eye  | apart, side by side, corner, inside, in a hole, equal, two parts, crossing bars, vertical and level edges
law     | as shapely measures it, for any polygons, moved far from the origin; the order of the two does not matter
limits  | very many edges near each other are left to shapely; many pairs go block by block
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from squares import EAST_M, NORTH_M, box, polygon

from parkmap.analysis.adjacency import common_area
from parkmap.analysis.adjacency.common_area import common_areas_m2
from parkmap.analysis.adjacency.edges import edges_of

RING = box(0, 0, 30, 30).difference(box(10, 10))
CROSSED = (polygon((0, 0), (10, 10), (9, 11), (-1, 1)), polygon((0, 10), (10, 0), (11, 1), (1, 11)))


def area(one, two):
    return common_areas_m2(edges_of(np.array([one, two])), np.array([0], np.int32), np.array([1], np.int32))[0]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (box(0, 0), box(20, 0), 0),
        (box(0, 0), box(0, 20), 0),
        (box(0, 0), box(10, 0), 0),
        (box(0, 0), box(10, 10), 0),
        (box(0, 0), box(3, 3, 2, 2), 4),
        (box(0, 0), box(8, 6), 8),
        (box(0, 0), box(0, 0), 100),
        (RING, box(10, 10), 0),
        (RING, box(12, 12, 5, 5), 0),
        (RING, box(5, 10), 50),
        (RING, RING, 800),
        (shapely.union(box(0, 0), box(20, 0)), box(5, 0, 20, 5), 50),
        (box(0, 4, 30, 2), box(4, 0, 2, 30), 4),
        (*CROSSED, 2),
    ],
)
def test_areas_by_eye(one, two, expected):
    assert area(one, two) == pytest.approx(expected, abs=1e-9)
    assert area(two, one) == pytest.approx(expected, abs=1e-9)


@st.composite
def polygons(draw):
    """A valid polygon of up to twelve corners, perhaps with a hole."""
    points = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=12, unique=True))
    shape = shapely.buffer(shapely.Polygon([(EAST_M + x, NORTH_M + y) for x, y in points]), 0)
    if draw(st.booleans()):
        x, y = draw(st.tuples(st.integers(0, 40), st.integers(0, 40)))
        shape = shape.difference(box(x, y, 5, 5))
    return shape if not shape.is_empty else box(0, 0)


@settings(max_examples=200)
@given(st.lists(polygons(), min_size=2, max_size=5))
def test_areas_are_as_shapely_measures_them(shapes):
    one, two = (side.astype(np.int32) for side in np.triu_indices(len(shapes)))
    found = common_areas_m2(edges_of(np.array(shapes)), one, two)
    expected = shapely.area(shapely.intersection(np.array(shapes)[one], np.array(shapes)[two]))
    assert found == pytest.approx(expected, abs=1e-6)


def test_very_many_edges_near_each_other_are_not_measured():
    disc = shapely.Point(EAST_M, NORTH_M).buffer(50, quad_segs=200)
    assert np.isnan(area(disc, shapely.affinity.translate(disc, 1, 1)))
    assert area(disc, shapely.affinity.translate(disc, 100.1, 0)) == 0


def test_many_pairs_go_block_by_block(monkeypatch):
    monkeypatch.setattr(common_area, "BLOCK", 3)
    shapes = np.array([box(2 * k, 0) for k in range(5)])
    one, two = (side.astype(np.int32) for side in np.triu_indices(5))
    found = common_areas_m2(edges_of(shapes), one, two)
    assert found == pytest.approx(100.0 - 20.0 * (two - one))


def test_no_pairs():
    assert common_areas_m2(edges_of(np.array([box(0, 0)])), *np.empty((2, 0), np.int32)).tolist() == []
