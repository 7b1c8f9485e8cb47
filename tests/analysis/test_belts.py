"""Belts: gaps, continuity, weakest link and districts, by hand.

members   | in order, on a line, off it, one, none, one without a place, with accuracies
gaps      | straight and within the accuracies, by road and estimated, weakest sure, a tie, not sure
index     | all within reach, one long gap, exactly two reaches, range against every position tried
districts | member in a named one, in another, in none; share of axis and area; slivers are not told
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from parkmap.analysis.belts import belt
from parkmap.analysis.linkage import Times

CRS = "EPSG:4547"
X0, Y0 = 500_000.0, 2_500_000.0


def point(x, y=0.0):
    return shapely.Point(X0 + x, Y0 + y)


def members(*places, accuracy=0.0):
    slack = [accuracy] * len(places) if np.isscalar(accuracy) else accuracy
    shapes = [None if p is None else point(*p) if isinstance(p, tuple) else p for p in places]
    names = [f"m{k}" for k in range(len(places))]
    return gpd.GeoDataFrame({"accuracy_m": slack}, index=names, geometry=gpd.GeoSeries(shapes, index=names, crs=CRS))


def districts(**boxes):
    """Rectangles (x, y, width, height) by id."""
    shapes = {k: shapely.box(X0 + x, Y0 + y, X0 + x + w, Y0 + y + h) for k, (x, y, w, h) in boxes.items()}
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs=CRS))


HALVES = districts(west=(-5000, -5000, 10_000, 10_000), east=(5000, -5000, 10_000, 10_000))
"""Two squares of 10 km, side by side; the border runs at x = 5000."""


def measure(*places, shape=None, named=("west",), accuracy=0.0, **asked):
    return belt(members(*places, accuracy=accuracy), shape, HALVES, list(named), **asked)


# Gaps and order


def test_gaps_between_consecutive_members():
    found = measure((0, 0), (3000, 4000), (3000, 6000))
    assert list(found.gaps.index) == [("m0", "m1"), ("m1", "m2")]
    assert found.gaps["straight_m"].tolist() == [5000, 2000]
    assert found.gaps["weakest"].tolist() == [True, False]
    assert found.members["order"].tolist() == [1, 2, 3]
    assert found.status == "known"


def test_gaps_run_from_edge_to_edge():
    square = shapely.box(X0, Y0, X0 + 100, Y0 + 100)
    assert measure(square, (400, 50)).gaps["straight_m"].tolist() == [300]


def test_accuracies_of_both_ends_widen_the_gap():
    gaps = measure((0, 0), (1000, 0), accuracy=[100, 300]).gaps.iloc[0]
    assert (gaps["low_m"], gaps["high_m"]) == (600, 1400)
    near = measure((0, 0), (1000, 0), accuracy=[700, 400]).gaps.iloc[0]
    assert (near["low_m"], near["high_m"]) == (0, 2100)


@pytest.mark.parametrize(
    ("xs", "accuracy", "sure"),
    [
        ((0, 1000, 4000), 0, True),
        ((0, 1000, 4000), 499, True),  # 3000 less 998 against 1000 plus 998
        ((0, 1000, 4000), 501, False),
        ((0, 1000, 2000), 0, False),  # a tie
        ((0, 1000), 900, True),  # there is no other
    ],
)
def test_the_weakest_link_is_sure_or_not(xs, accuracy, sure):
    assert measure(*[(x, 0) for x in xs], accuracy=accuracy).weakest_sure is sure


def test_ways_and_minutes_come_from_the_times_of_the_slower_direction():
    """Two members 1 km apart; 3 minutes there, 4 back, 1.6 km of road."""
    grid = np.array([[0, 3.0], [4.0, 0]])
    way = np.array([[0, 1600.0], [1600.0, 0]])
    times = Times(
        ids=pd.Index(["m0", "m1"]),
        minutes=grid,
        low=grid,
        high=grid,
        way_m=way,
        straight_m=way,
        straight_low_m=way,
        straight_high_m=way,
        estimate=np.zeros((2, 2), dtype=bool),
    )
    row = measure((0, 0), (1000, 0), times=times).gaps.iloc[0]
    assert (row["way_m"], row["minutes"], row["estimate"]) == (1600, 4, False)
    bare = measure((0, 0), (1000, 0)).gaps.iloc[0]
    assert np.isnan(bare["minutes"])
    assert bare["estimate"]


# Continuity


@pytest.mark.parametrize(
    ("xs", "expected"),
    [
        ((0, 2000, 4000), 1.0),  # nobody is farther than 1 km from a member
        ((0, 500, 1500), 1.0),
        ((0, 4000), 0.5),  # the middle 2 km of 4
        ((0, 2000, 10_000), (2000 + 2000) / 10_000),
        ((0, 0), 1.0),  # both at one place
    ],
)
def test_continuity_is_the_share_within_reach(xs, expected):
    assert measure(*[(x, 0) for x in xs], reach_m=1000).continuity == pytest.approx(expected)


def test_a_longer_reach_closes_the_belt():
    assert measure((0, 0), (4000, 0), reach_m=2000).continuity == 1
    assert measure((0, 0), (4000, 0), reach_m=500).continuity == pytest.approx(0.25)


@settings(max_examples=80)
@given(
    st.lists(st.integers(0, 6000), min_size=1, max_size=4),
    st.integers(0, 1500),
    st.lists(st.floats(0, 1), min_size=4, max_size=4),
)
def test_no_gaps_within_the_accuracies_leave_the_range(gaps, accuracy, shares):
    """Take each gap anywhere between its low and its high value: the index stays within the range that is told."""
    ends = np.concatenate([[0], np.cumsum(gaps)])
    found = measure(*[(float(x), 0) for x in ends], accuracy=accuracy, reach_m=1000)
    low, high = found.gaps["low_m"].to_numpy(), found.gaps["high_m"].to_numpy()
    tried = low + np.array(shares[: len(gaps)]) * (high - low)
    if tried.sum() > 0:
        index = np.minimum(tried, 2000).sum() / tried.sum()
        assert found.continuity_low - 1e-9 <= index <= found.continuity_high + 1e-9
    assert found.continuity_low <= found.continuity <= found.continuity_high


@pytest.mark.parametrize(
    ("gaps", "accuracy"), [((3000, 1000), 200), ((5000, 2500, 100), 400), ((900, 900), 300), ((4000,), 1000)]
)
def test_the_range_is_reached_by_some_corner_or_kink(gaps, accuracy):
    """The least and greatest index over a fine grid of gaps are those that are told."""
    found = measure(*[(float(x), 0) for x in np.concatenate([[0], np.cumsum(gaps)])], accuracy=accuracy)
    axes = [np.unique([*np.linspace(g - 2 * accuracy, g + 2 * accuracy, 41).clip(0), 2000]) for g in gaps]
    axes = [a[(a >= max(g - 2 * accuracy, 0)) & (a <= g + 2 * accuracy)] for a, g in zip(axes, gaps, strict=True)]
    every = np.array(np.meshgrid(*axes)).reshape(len(gaps), -1)
    index = np.minimum(every, 2000).sum(axis=0) / every.sum(axis=0)
    assert found.continuity_low == pytest.approx(index.min(), abs=1e-9)
    assert found.continuity_high == pytest.approx(index.max(), abs=1e-9)


# Unknown


@pytest.mark.parametrize("places", [(), ((0, 0),), ((0, 0), None)])
def test_a_belt_whose_members_are_not_all_placed_is_unknown(places):
    found = measure(*places)
    assert found.status == "unknown"
    assert (found.continuity, found.continuity_low, found.continuity_high, found.weakest_sure) == (None,) * 4
    assert found.axis_share_inside is None
    assert len(found.gaps) == max(len(places) - 1, 0)


def test_a_gap_to_a_member_without_a_place_has_no_length():
    found = measure((0, 0), None, (9000, 0))
    assert found.gaps["straight_m"].isna().all()
    assert not found.gaps["weakest"].any()
    assert found.members["placed"].tolist() == [True, False, True]


# Districts


def test_where_the_members_lie():
    found = measure((0, 0), (6000, 0), (0, 20_000))
    assert found.members["district"].tolist()[:2] == ["west", "east"]
    assert pd.isna(found.members["district"]["m2"])
    assert found.members["named"].tolist() == [True, False, False]


def test_share_of_the_axis_within_the_named_districts():
    """From x = 0 to x = 10000; the border is at 5000."""
    found = measure((0, 0), (10_000, 0))
    assert found.axis_share_inside == pytest.approx(0.5)
    assert found.districts["axis_share"].to_dict() == pytest.approx({"west": 0.5, "east": 0.5}, abs=1e-4)
    assert found.districts["axis_m"].sum() == pytest.approx(10_000, rel=1e-4)
    assert found.districts["named"].to_dict() == {"west": True, "east": False}


def test_the_accuracy_moves_the_border():
    found = measure((0, 0), (10_000, 0), accuracy=500)
    assert (found.axis_share_low, found.axis_share_high) == pytest.approx((0.45, 0.55))


def test_both_districts_named_hold_the_whole_axis():
    assert measure((0, 0), (10_000, 0), named=("west", "east")).axis_share_inside == pytest.approx(1)


def test_no_district_named_no_share():
    found = measure((0, 0), (10_000, 0), named=())
    assert (found.axis_share_inside, found.area_share_inside) == (None, None)


def test_share_of_the_area():
    strip = shapely.box(X0 + 2000, Y0, X0 + 6000, Y0 + 100)  # 3 of 4 km in the west
    found = measure((0, 0), (1000, 0), shape=strip)
    assert found.area_share_inside == pytest.approx(0.75)
    assert found.districts["area_share"].to_dict() == pytest.approx({"west": 0.75, "east": 0.25}, abs=1e-4)
    assert found.districts["area_m2"].sum() == pytest.approx(400_000, rel=1e-4)


def test_a_sliver_in_another_district_is_not_told():
    strip = shapely.box(X0 + 2000, Y0, X0 + 5000.5, Y0 + 100)  # 50 m2 beyond the border
    assert list(measure((0, 0), (1000, 0), shape=strip).districts.index) == ["west"]
    more = shapely.box(X0 + 2000, Y0, X0 + 5002, Y0 + 100)
    assert list(measure((0, 0), (1000, 0), shape=more).districts.index) == ["west", "east"]
