"""Fast overlays against shapely, one pair at a time.

shapes    | squares, holes, several parts, a hole filled by another part, concave, points at corners, identical, empty
contact   | apart, touching at an edge, touching at a corner, crossing, inside, around, equal
union     | one zone, two that overlap, two that meet, many, the same twice, a hole of one filled by another
size      | nothing on either side; more vertices than are cut as they are; more zones than pieces are united of
points    | inside, outside, on an edge, at a corner, in a hole, on the edge of a hole, the same twice, all in one place
threads   | one, several
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from parkmap.analysis.overlay import LARGE, MANY, covered_parts, overlay_pairs, polygonal
from parkmap.analysis.point_in_polygon import points_in_polygons

RING = shapely.Polygon(shapely.box(0, 0, 6, 6).exterior.coords, [shapely.box(2, 2, 4, 4).exterior.coords])
PLUG = shapely.box(2, 2, 4, 4)
PAIR = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 7, 7)])
ISLAND = shapely.MultiPolygon([RING, shapely.box(2.5, 2.5, 3.5, 3.5)])
HOOK = shapely.Polygon([(0, 0), (6, 0), (6, 1), (1, 1), (1, 6), (0, 6)])
WHEEL = shapely.Point(3, 3).buffer(3, quad_segs=LARGE)
EMPTY = shapely.Polygon()
SHAPES = {
    "square": shapely.box(1, 1, 3, 3),
    "tiny": shapely.box(2.9, 2.9, 3.1, 3.1),
    "around": shapely.box(-1, -1, 9, 9),
    "beside": shapely.box(6, 0, 8, 6),
    "corner": shapely.box(6, 6, 8, 8),
    "far": shapely.box(50, 50, 51, 51),
    "ring": RING,
    "plug": PLUG,
    "pair": PAIR,
    "island": ISLAND,
    "hook": HOOK,
    "wheel": WHEEL,
    "empty": EMPTY,
}
ALL = np.array(list(SHAPES.values()), dtype=object)


def covered_areas(*shapes, **keywords):
    return shapely.area(covered_parts(*shapes, **keywords))


def array(*shapes):
    made = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made


@st.composite
def polygons(draw):
    """A box, a triangle, a box with a hole, or two boxes apart, on a coarse grid so that edges often meet."""
    x, y = draw(st.tuples(st.integers(0, 8), st.integers(0, 8)))
    wide, high = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    kind = draw(st.sampled_from(["box", "triangle", "hole", "parts", "empty"]))
    if kind == "triangle":
        return shapely.Polygon([(x, y), (x + wide, y), (x, y + high)])
    box = shapely.box(x, y, x + wide, y + high)
    if kind == "hole":
        return box - shapely.box(x + wide / 4, y + high / 4, x + wide / 2, y + high / 2)
    if kind == "parts":
        return shapely.MultiPolygon([box, shapely.box(x + wide + 1, y, x + wide + 2, y + high)])
    return EMPTY if kind == "empty" else box


def brute_pairs(focal, others):
    areas = {(i, k): one.intersection(two).area for i, one in enumerate(focal) for k, two in enumerate(others)}
    return {key: area for key, area in areas.items() if area > 0}


def pairs(focal, others, **keywords):
    found = overlay_pairs(focal, others, **keywords)
    assert list(zip(found["focal"], found["other"], strict=True)) == sorted(
        zip(found["focal"], found["other"], strict=True)
    )
    return {(f, o): a for f, o, a in found.itertuples(index=False)}


@pytest.mark.parametrize("other", SHAPES)
@pytest.mark.parametrize("threads", [1, 3])
def test_every_kind_of_shape_against_every_other(other, threads):
    others = array(SHAPES[other])
    assert pairs(ALL, others, threads=threads) == pytest.approx(brute_pairs(ALL, others))


def test_all_at_once():
    assert pairs(ALL, ALL) == pytest.approx(brute_pairs(ALL, ALL))


@given(st.lists(polygons(), max_size=8), st.lists(polygons(), max_size=5))
@settings(max_examples=150)
def test_pairs_are_those_of_shapely(focal, others):
    assert pairs(array(*focal), array(*others)) == pytest.approx(brute_pairs(focal, others))


@pytest.mark.parametrize("zone", SHAPES)
def test_a_single_zone_covers_its_intersection(zone):
    parts = covered_parts(ALL, array(SHAPES[zone]))
    for part, shape in zip(parts, ALL, strict=True):
        assert shapely.area(shapely.symmetric_difference(part, shape.intersection(SHAPES[zone]))) < 1e-9


@given(st.lists(polygons(), max_size=6), st.lists(polygons(), max_size=MANY + 4), st.sampled_from([1, 2]))
@settings(max_examples=150)
def test_what_lies_under_several_zones_counts_once(focal, zones, threads):
    found = covered_areas(array(*focal), array(*zones), threads=threads)
    union = shapely.union_all(array(*zones)) if zones else EMPTY
    assert found == pytest.approx([shape.intersection(union).area for shape in focal], abs=1e-9)


def test_two_zones_that_meet_hold_a_shape_between_them():
    halves = array(shapely.box(0, 0, 2, 6), shapely.box(2, 0, 6, 6))
    assert covered_areas(array(shapely.box(1, 1, 3, 3)), halves) == pytest.approx([4])


def test_a_hole_is_covered_by_what_fills_it():
    assert covered_areas(array(shapely.box(1, 1, 5, 5)), array(RING)) == pytest.approx([12])
    assert covered_areas(array(shapely.box(1, 1, 5, 5)), array(RING, PLUG)) == pytest.approx([16])


def test_a_shape_in_one_zone_is_returned_itself():
    (part,) = covered_parts(array(SHAPES["square"]), array(SHAPES["around"]))
    assert part is SHAPES["square"]


def test_nothing_on_either_side():
    none = array()
    assert len(overlay_pairs(none, ALL)) == len(overlay_pairs(ALL, none)) == 0
    assert len(covered_areas(none, ALL)) == 0
    assert covered_areas(ALL, none).tolist() == [0.0] * len(ALL)
    assert (
        len(points_in_polygons(np.empty(0), np.empty(0), ALL))
        == len(points_in_polygons(np.zeros(1), np.zeros(1), none))
        == 0
    )


def test_lines_and_points_of_a_contact_are_dropped():
    mixed = shapely.GeometryCollection([shapely.LineString([(0, 0), (1, 1)]), PLUG, shapely.Point(9, 9)])
    nested = shapely.GeometryCollection([PAIR, shapely.Point(9, 9)])
    found = polygonal(array(mixed, shapely.LineString([(0, 0), (1, 1)]), RING, nested))
    assert shapely.area(found) == pytest.approx([4, 0, 32, 5])
    assert found[2] is RING


def brute_points(x, y, areas):
    return {(p, a) for a, area in enumerate(areas) for p in range(len(x)) if area.intersects(shapely.Point(x[p], y[p]))}


def hits(x, y, areas, **keywords):
    found = points_in_polygons(np.asarray(x, dtype=float), np.asarray(y, dtype=float), areas, **keywords)
    rows = list(found.itertuples(index=False, name=None))
    assert len(rows) == len(set(rows))
    assert found["area"].is_monotonic_increasing
    return set(rows)


@pytest.mark.parametrize("threads", [1, 3])
def test_points_inside_outside_on_edges_at_corners_and_in_holes(threads):
    x, y = np.meshgrid(np.linspace(-1, 9, 41), np.linspace(-1, 9, 41))
    x, y = x.ravel(), y.ravel()
    assert hits(x, y, ALL, threads=threads) == brute_points(x, y, ALL)


def test_all_points_in_one_place():
    assert hits([3, 3, 3], [3, 3, 3], array(PLUG, RING, EMPTY)) == {(0, 0), (1, 0), (2, 0)}
    assert hits([1, 2], [1, 1], array(RING)) == {(0, 0), (1, 0)}


@given(
    st.lists(st.tuples(st.floats(-1, 14), st.floats(-1, 14)), min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=10),
    st.lists(polygons(), max_size=8),
)
@settings(max_examples=150)
def test_points_are_those_of_shapely(anywhere, on_grid, areas):
    x, y = np.array([*anywhere, *on_grid], dtype=float).T
    assert hits(x, y, array(*areas)) == brute_points(x, y, array(*areas))
