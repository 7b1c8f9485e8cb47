"""Graphs by distance, nearest neighbours and travel time.

band      | by eye, inclusive, 0, points and polygons and lines, large among small, missing geometry, weight one
nearest   | by eye, ties are all taken, mutual, k beyond the number of places, two places, missing geometry
time      | slower direction, no way, inclusive
laws      | band and nearest against every pair measured by shapely
bad       | negative and endless distances, k below 1, degrees, no system, repeated ids, tables that do not fit
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
from squares import CRS, EAST_M, NORTH_M, box, parcels

from parkmap.analysis.adjacency.distance import distance_band, k_nearest, travel_time_graph
from parkmap.errors import InvalidInputError


def point(x, y=0.0):
    return shapely.Point(EAST_M + x, NORTH_M + y)


def codes(call, *given, **named):
    with pytest.raises(InvalidInputError) as caught:
        call(*given, **named)
    return [found.code for found in caught.value.findings]


ROW = parcels(a=box(0, 0), b=box(13, 0), c=box(27, 0), d=box(100, 0))
"""Squares with gaps of 3, 4 and 63 m."""


# Bands


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (2.999, {}),
        (3, {("a", "b"): 3}),
        (4, {("a", "b"): 3, ("b", "c"): 4}),
        (17, {("a", "b"): 3, ("b", "c"): 4, ("a", "c"): 17}),
    ],
)
def test_a_band_is_measured_from_edge_to_edge(within, expected):
    found = distance_band(ROW, within)
    assert found.pairs["weight"].to_dict() == expected
    assert found.unit == "m"


def test_a_band_of_nothing_joins_what_touches():
    found = distance_band(parcels(a=box(0, 0), b=box(10, 0), c=box(20, 10), d=box(21, 21)), 0)
    assert found.pairs["weight"].to_dict() == {("a", "b"): 0, ("b", "c"): 0}


def test_a_band_joins_geometries_of_every_kind():
    line = shapely.LineString([(EAST_M - 50, NORTH_M + 15), (EAST_M + 50, NORTH_M + 15)])
    series = gpd.GeoSeries({"square": box(0, 0), "road": line, "stop": point(0, 22)}, crs=CRS)
    expected = {("square", "road"): 5, ("road", "stop"): 7}
    assert distance_band(series, 7.5).pairs["weight"].to_dict() == pytest.approx(expected)


def test_a_large_polygon_among_small_ones():
    small = {f"s{k}": box(30 * k, -20) for k in range(40)}
    found = distance_band(parcels(large=box(0, 0, 1200, 800), **small, far=box(0, -100)), 10)
    assert set(found.pairs.index) == {("large", name) for name in small}
    assert found.weight.tolist() == [10] * 40


def test_without_distances_every_pair_weighs_one():
    found = distance_band(ROW, 17, weight="one")
    assert found.pairs["weight"].tolist() == [1, 1, 1]
    assert found.unit == "1"


def test_what_is_not_placed_has_no_neighbours():
    series = gpd.GeoSeries({"a": box(0, 0), "lost": None, "empty": shapely.Polygon(), "b": box(13, 0)}, crs=CRS)
    for found in (distance_band(series, 5), k_nearest(series, 2)):
        assert found.pairs["weight"].to_dict() == {("a", "b"): 3}
        assert list(found.isolates) == ["lost", "empty"]


def test_no_places_and_one():
    for series in (ROW.iloc[:0], ROW.iloc[:1]):
        assert len(distance_band(series, 5).first) == 0
        assert len(k_nearest(series, 3).first) == 0


def test_many_pairs_are_shared_out_without_mixing_them_up():
    """300 points on a line a metre apart: more pairs than one thread is given."""
    series = gpd.GeoSeries([shapely.LineString([(k, 0), (k, 1)]) for k in range(300)], crs=CRS)
    found = distance_band(series, 299)
    assert len(found.first) == 300 * 299 / 2
    assert (found.weight == found.second - found.first).all()


# Nearest


def test_one_nearest_neighbour_of_either():
    assert k_nearest(ROW, 1).pairs["weight"].to_dict() == {("a", "b"): 3, ("b", "c"): 4, ("c", "d"): 63}


def test_both_must_want_each_other():
    assert k_nearest(ROW, 1, mutual=True).pairs["weight"].to_dict() == {("a", "b"): 3}


def test_all_that_are_equally_near_are_taken():
    series = gpd.GeoSeries({"m": point(0), "e": point(5), "w": point(-5), "n": point(0, 5), "far": point(0, 99)})
    found = k_nearest(series.set_crs(CRS), 1)
    assert set(found.neighbours("m").index) == {"e", "w", "n"}
    assert set(found.neighbours("far").index) == {"n"}


def test_more_neighbours_than_there_are():
    assert len(k_nearest(ROW, 99).first) == 6


# Travel times


def test_both_directions_must_be_within_the_time():
    minutes = np.array([[0, 10, 30], [12, 0, np.inf], [30, 5, 0]], dtype=float)
    found = travel_time_graph(pd.Index(["a", "b", "c"]), minutes, 30)
    assert found.pairs["weight"].to_dict() == {("a", "b"): 12, ("a", "c"): 30}
    assert found.unit == "minutes"


def test_an_unknown_time_is_within_nothing():
    minutes = np.array([[0, np.nan], [3.0, 0]])
    assert len(travel_time_graph(pd.Index(["a", "b"]), minutes, 60).first) == 0


# Laws

SHAPE = st.one_of(
    st.builds(box, *[st.integers(0, 60)] * 2, *[st.integers(1, 40)] * 2),
    st.builds(point, st.integers(0, 100), st.integers(0, 100)),
)
PLACES = st.lists(SHAPE, min_size=2, max_size=9).map(lambda shapes: gpd.GeoSeries(shapes, crs=CRS))


@settings(max_examples=100)
@given(PLACES, st.integers(0, 60))
def test_a_band_is_every_pair_that_shapely_measures_within(places, within):
    distances = {
        (one, two): places[one].distance(places[two]) for one, two in itertools.combinations(range(len(places)), 2)
    }
    expected = {pair: distance for pair, distance in distances.items() if distance <= within}
    assert distance_band(places, within).pairs["weight"].to_dict() == pytest.approx(expected)
    assert set(distance_band(places, within, weight="one").pairs.index) == set(expected)


@settings(max_examples=100)
@given(PLACES, st.integers(1, 4), st.booleans())
def test_the_nearest_are_those_that_shapely_measures(places, k, mutual):
    matrix = np.array([[one.distance(two) for two in places] for one in places])
    apart = matrix + np.diag(np.full(len(places), np.inf))
    limit = np.sort(apart, axis=1)[:, min(k, len(places) - 1) - 1]
    wanted = apart <= limit[:, None]
    both = wanted & wanted.T if mutual else wanted | wanted.T
    expected = {tuple(pair): matrix[tuple(pair)] for pair in np.argwhere(np.triu(both, 1)).tolist()}
    assert k_nearest(places, k, mutual=mutual).pairs["weight"].to_dict() == pytest.approx(expected)


# Bad input


@pytest.mark.parametrize("value", [-1.0, np.nan, np.inf])
def test_distances_that_are_none(value):
    assert codes(distance_band, ROW, value) == ["graph.band"]


@pytest.mark.parametrize("value", [0, -3])
def test_numbers_of_neighbours_that_are_none(value):
    assert codes(k_nearest, ROW, value) == ["graph.k"]


@pytest.mark.parametrize("call", [lambda s: distance_band(s, 5), lambda s: k_nearest(s, 2)])
def test_systems_and_ids_are_checked(call):
    assert codes(call, ROW.set_crs(None, allow_override=True)) == ["crs.missing"]
    assert codes(call, ROW.set_crs("EPSG:4326", allow_override=True)) == ["crs.not_metric"]
    assert codes(call, ROW.set_axis(["a", "a", "b", None])) == ["graph.missing_ids", "graph.repeated_ids"]


def test_tables_of_times_are_checked():
    ids = pd.Index(["a", "b"])
    assert codes(travel_time_graph, ids, np.zeros((2, 3)), 5) == ["graph.times_shape"]
    with pytest.raises(InvalidInputError) as caught:
        travel_time_graph(ids, np.array([[0, 1], [-1.0, 0]]), 5)
    assert [(f.code, f.ids) for f in caught.value.findings] == [("graph.times_negative", ("b",))]
