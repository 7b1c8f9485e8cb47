"""Travel times between places of a plan: on streets, estimated, as ranges, unknown; 100 m of street are a minute.

streets   | both ends on them, one off them, none at all
accuracy  | widens a time at the speed and detour of estimates
area only | from the nearest to the farthest point of the district; not even that known
anchor    | centroid, or a point inside where the centroid is outside
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from parkmap.analysis.link_times import anchor_of, link_times
from parkmap.analysis.network.travel import Assumed
from streets import network

CRS = "EPSG:4547"
ASSUMED = Assumed(speed_kmh=6.0, detour_factor=1.5)
"""100 m a minute, half as far again as straight: 1000 m straight are 15 minutes."""


def places(*shapes, accuracy=0.0):
    names = [f"p{k}" for k in range(len(shapes))]
    drawn = gpd.GeoSeries(list(shapes), index=names, crs=CRS)
    return gpd.GeoDataFrame({"accuracy_m": accuracy}, index=names, geometry=drawn)


def areas(*shapes):
    return gpd.GeoSeries(list(shapes), index=[f"p{k}" for k in range(len(shapes))], crs=CRS)


def measured(frame, around=None, roads=None):
    around = areas(*[None] * len(frame)) if around is None else around
    return link_times(frame, around, roads=roads, profile="walk", assumed=ASSUMED)


A, B = shapely.Point(0, 0), shapely.Point(1000, 0)


def test_without_streets_every_time_is_an_estimate():
    found = measured(places(A, B))
    assert found.minutes.tolist() == [[0, 15], [15, 0]]
    assert found.way_m[0, 1] == 1500
    assert found.straight_m[0, 1] == 1000
    assert found.estimate[0, 1]


def test_on_streets_the_way_round_counts():
    """A street from A by (0, 300) to B: 300 m up, then to B along 1044 m."""
    roads = network([(0, 0), (0, 300), (1000, 0)], [(0, 1), (1, 2)])
    found = measured(places(A, B), roads=roads)
    way = 300 + np.hypot(1000, 300)
    assert found.way_m[0, 1] == pytest.approx(way)
    assert found.minutes[0, 1] == pytest.approx(way / 100)
    assert not found.estimate[0, 1]


def test_a_place_far_off_the_streets_is_an_estimate():
    roads = network([(0, 0), (1000, 0)], [(0, 1)])
    found = measured(places(A, B, shapely.Point(0, 50_000)), roads=roads)
    assert found.estimate.tolist()[0] == [False, False, True]
    assert found.minutes[0, 2] == pytest.approx(50_000 * 1.5 / 100)


def test_accuracies_widen_the_time():
    """100 m at each end are 1.5 minutes each."""
    found = measured(places(A, B, accuracy=100.0))
    assert (found.low[0, 1], found.high[0, 1]) == (12, 18)
    close = measured(places(A, shapely.Point(100, 0), accuracy=100.0))
    assert (close.low[0, 1], close.high[0, 1]) == (0, 4.5)


def test_of_a_district_only_the_nearest_and_the_farthest_point_are_known():
    """A lies 1000 m west of a square of 1000 m: from 1000 m to its far corner."""
    frame = places(A, None)
    frame["accuracy_m"] = [0.0, None]
    found = measured(frame, areas(None, shapely.box(1000, 0, 2000, 1000)))
    assert np.isnan(found.minutes[0, 1])
    assert found.low[0, 1] == pytest.approx(15)
    assert found.high[0, 1] == pytest.approx(np.hypot(2000, 1000) * 1.5 / 100)
    assert (found.straight_low_m[0, 1], found.straight_high_m[0, 1]) == pytest.approx((1000, np.hypot(2000, 1000)))


def test_two_places_in_districts_that_touch_may_be_side_by_side():
    frame = places(None, None, accuracy=None)
    found = measured(frame, areas(shapely.box(0, 0, 500, 500), shapely.box(500, 0, 1000, 500)))
    assert found.low[0, 1] == 0
    assert found.high[0, 1] == pytest.approx(np.hypot(1000, 500) * 1.5 / 100)


def test_of_what_nothing_is_known_nothing_is_told():
    frame = places(A, None)
    frame["accuracy_m"] = [0.0, None]
    found = measured(frame)
    assert np.isnan([found.minutes[0, 1], found.low[0, 1], found.high[0, 1], found.way_m[0, 1]]).all()


def test_the_anchor_lies_inside():
    square = shapely.box(0, 0, 10, 10)
    assert anchor_of(square).equals(shapely.Point(5, 5))
    horseshoe = shapely.box(0, 0, 30, 30).difference(shapely.box(5, 5, 25, 30))
    assert not horseshoe.centroid.intersects(horseshoe)
    assert anchor_of(horseshoe).within(horseshoe)
