"""Areas around reached streets.

shape     | strip along a street, block with a hole, hole above and below the size, nested bands
barrier   | beside the street, across it, cutting off what is not reached, none, over everything
circle    | plain, cut by a barrier
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from parkmap.analysis.network.isochrones import reachable_nodes, reached_segments, within_cutoff
from parkmap.analysis.network.polygons import circle_areas, fill_holes, street_areas
from parkmap.analysis.network.routing import prepare_router
from parkmap.analysis.network.snap import snap
from streets import grid, network

DISC = np.pi * 10**2
"""Two half discs at the ends of a street with 10 m on each side; the buffer's polygon is 0.6 % smaller."""


def area(roads, place, cutoff, **keywords):
    router = prepare_router(roads, profile="walk", unit="metres")
    starts = snap(router, [place])
    parts = reached_segments(
        router, within_cutoff(router, starts, reachable_nodes(router, starts, limit=cutoff), cutoff=cutoff)
    )
    (shape,) = street_areas(roads, parts, count=1, **{"street_buffer_m": 10.0, "hole_m2": 0.0, **keywords})
    return shape


def test_a_strip_along_the_street():
    shape = area(network([(0, 0), (1000, 0)], [(0, 1)]), (500, 0), 100.0)
    assert shape.area == pytest.approx(200 * 20 + DISC, rel=0.001)
    assert shape.bounds == pytest.approx((390, -10, 610, 10))


def test_never_a_convex_hull():
    shape = area(grid(3, 3), (100, 100), 100.0)  # a cross
    assert shape.area < shape.convex_hull.area / 3


@pytest.mark.parametrize(("hole_m2", "holes"), [(0.0, 1), (6400.0, 1), (6401.0, 0)])
def test_holes_stay_from_a_size(hole_m2, holes):
    shape = area(grid(2, 2), (0, 0), 1000.0, hole_m2=hole_m2)  # a block of 100 m leaves a hole of 80 m by 80 m
    assert len(shape.interiors) == holes


def test_an_island_in_a_filled_hole_is_swallowed():
    ring = shapely.box(0, 0, 100, 100).difference(shapely.box(10, 10, 90, 90))
    filled = fill_holes(shapely.union_all([ring, shapely.box(40, 40, 50, 50)]), 10_000.0)
    assert filled.equals(shapely.box(0, 0, 100, 100))


def test_a_barrier_is_cut_out_with_what_it_cuts_off():
    street = network([(0, 0), (1000, 0)], [(0, 1)])
    canal = shapely.box(-100, 4, 1100, 6)  # beside the street: the strip beyond it is not reached
    shape = area(street, (500, 0), 100.0, barriers=np.array([canal]))
    assert shape.bounds[3] == pytest.approx(4)


def test_a_bridge_reaches_the_other_side():
    street = network([(0, 0), (1000, 0)], [(0, 1)])
    river = shapely.box(540, -100, 560, 100)
    shape = area(street, (500, 0), 100.0, barriers=np.array([river]))
    assert len(shape.geoms) == 2
    assert shape.area == pytest.approx(180 * 20 + DISC, rel=0.001)


def test_a_barrier_over_everything_leaves_nothing():
    street = network([(0, 0), (1000, 0)], [(0, 1)])
    assert area(street, (500, 0), 10.0, barriers=np.array([shapely.box(0, -99, 1000, 99)])).is_empty


@given(st.floats(1, 900), st.floats(1, 900), st.sampled_from([0.0, 5000.0, 50_000.0]), st.booleans())
def test_bands_are_nested(one, other, hole_m2, walled):
    walls = np.array([shapely.box(120, 120, 190, 390)]) if walled else None
    near, far = (area(grid(6, 6), (230, 200), c, hole_m2=hole_m2, barriers=walls) for c in sorted((one, other)))
    assert near.difference(far).area < 1e-6 * near.area + 1e-6


def test_a_circle():
    (shape,) = circle_areas(np.array([[0.0, 0.0]]), 100.0)
    assert shape.area == pytest.approx(np.pi * 100**2, rel=0.001)


def test_a_circle_stops_at_a_barrier():
    (shape,) = circle_areas(np.array([[0.0, 0.0]]), 100.0, barriers=np.array([shapely.box(50, -200, 60, 200)]))
    assert shape.bounds[2] == pytest.approx(50)


def test_where_nothing_is_reached_the_area_is_empty_and_still_an_area():
    """A place 50 m from its street needs 0.75 minutes to get there."""
    router = prepare_router(network([(0, 0), (1000, 0)], [(0, 1)]), profile="walk", unit="minutes")
    starts = snap(router, [(500, 50)], access_kmh=4.0)
    held = within_cutoff(router, starts, reachable_nodes(router, starts, limit=0.5), cutoff=0.5)
    (shape,) = street_areas(router.roads, reached_segments(router, held), count=1)
    assert (shape.geom_type, shape.is_empty) == ("MultiPolygon", True)
