"""Demand under zones: answers seen by eye on squares, and laws on random ones.

demand    | points, areas, both; on a border of districts, across one, outside of all, of weight 0
zones     | none, one, overlapping, the same twice, of unknown extent; accuracy 0, small, larger than the zone
spread    | evenly (low, best, high), however (least, most)
sets      | one, two apart, two that overlap, two alike, three; empty ones
"""

from __future__ import annotations

import functools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parkmap.analysis.combined_coverage import combined_coverage, sum_by_place
from parkmap.analysis.coverage import coverage
from parkmap.analysis.demand_coverage import OUTSIDE, demand_coverage, demand_pieces

CRS = "EPSG:4547"
X0, Y0, SIDE = 500_000.0, 2_500_000.0, 1000.0
EXACT = {"rel": 1e-6, "abs": 1e-6}


def square(x, y, width=SIDE, height=None):
    return shapely.box(X0 + x, Y0 + y, X0 + x + width, Y0 + y + (width if height is None else height))


def point(x, y):
    return shapely.Point(X0 + x, Y0 + y)


def demand(*rows):
    shapes, weights = zip(*rows, strict=True)
    return gpd.GeoDataFrame(
        {"weight": map(float, weights)}, index=list("abcdefgh"[: len(rows)]), geometry=list(shapes), crs=CRS
    )


def zones(*shapes, accuracy=0.0, unknown=()):
    frame = {
        "extent_known": [True] * len(shapes) + [False] * len(unknown),
        "area_fixed": False,
        "accuracy_m": [accuracy] * len(shapes) + [np.nan] * len(unknown),
        "district_ids": [()] * len(shapes) + [(name,) for name in unknown],
    }
    index = [f"z{at}" for at in range(len(shapes) + len(unknown))]
    return gpd.GeoDataFrame(pd.DataFrame(frame, index=index), geometry=[*shapes, *(None for _ in unknown)], crs=CRS)


WEST_EAST = gpd.GeoDataFrame(index=["west", "east"], geometry=[square(0, 0), square(SIDE, 0)], crs=CRS)


def covered(people, ground):
    return demand_coverage(people, demand_pieces(people, WEST_EAST), ground)


def test_a_quarter_of_an_area_is_a_quarter_of_its_weight():
    found = covered(demand((square(0, 0), 100)), zones(square(0, 0, 500)))
    (row,) = found.demand.to_dict("records")
    assert row == pytest.approx(
        {
            "weight": 100,
            "covered_low": 25,
            "covered_best": 25,
            "covered_high": 25,
            "covered_least": 0,
            "covered_most": 100,
            "overlap": 0,
            "gap": 75,
            "share_low": 0.25,
            "share_best": 0.25,
            "share_high": 0.25,
        },
        **EXACT,
    )


def test_accuracy_brackets_an_even_spread():
    """A square of 500 m, 50 m off: between 400 m and at most 600 m with round corners, all inside."""
    found = covered(demand((square(0, 0), 100)), zones(square(200, 200, 500), accuracy=50.0)).demand.loc["a"]
    grown = 500**2 + 4 * 500 * 50 + np.pi * 50**2
    assert found[["covered_low", "covered_best"]].tolist() == pytest.approx([16, 25], **EXACT)
    assert found["covered_high"] == pytest.approx(grown / 1e4, rel=1e-3)


@pytest.mark.parametrize(
    ("at", "weights"),
    [
        ((100, 100), (7, 7, 7)),  # inside however far the edge is off
        ((480, 250), (0, 7, 7)),
        ((500, 250), (0, 7, 7)),  # on the edge
        ((520, 250), (0, 0, 7)),
        ((700, 250), (0, 0, 0)),
    ],
)
def test_a_point_is_in_or_out(at, weights):
    found = covered(demand((point(*at), 7)), zones(square(0, 0, 500), accuracy=50.0)).demand.loc["a"]
    assert tuple(found[["covered_low", "covered_best", "covered_high"]]) == weights
    assert tuple(found[["covered_least", "covered_most"]]) == (weights[0], weights[2])


def test_weight_under_two_zones_counts_once_and_is_told():
    ground = zones(square(0, 0, 500), square(0, 0, 500), square(250, 0, 500))
    found = covered(demand((square(0, 0), 100), (point(300, 100), 10), (point(700, 100), 10)), ground)
    assert found.demand["covered_best"].tolist() == pytest.approx([37.5, 10, 10], **EXACT)
    assert found.demand["overlap"].tolist() == pytest.approx([25, 10, 0], **EXACT)
    assert found.items["best"].tolist() == pytest.approx([35, 35, 45], **EXACT)


def test_an_area_across_a_border_is_shared_by_area():
    found = covered(demand((square(750, 0, 1000), 100)), zones(square(SIDE, 0)))
    assert found.districts["weight"].to_dict() == pytest.approx({"east": 75, "west": 25}, **EXACT)
    assert found.districts["covered_best"].to_dict() == pytest.approx({"east": 75, "west": 0}, **EXACT)
    # All of it may live in the east, none of it surely does.
    assert found.districts["covered_most"].to_dict() == {"east": 100, "west": 0}
    assert found.districts["covered_least"].to_dict() == {"east": 0, "west": 0}


def test_what_lies_in_no_district_is_covered_but_in_no_row():
    people = demand((square(1500, 0, 1000), 100), (point(2500, 500), 10))
    pieces = demand_pieces(people, WEST_EAST)
    assert pieces.groupby("district")["weight"].sum().to_dict() == pytest.approx({OUTSIDE: 60, "east": 50}, **EXACT)
    found = demand_coverage(people, pieces, zones(square(1500, 0, 1500, 1000)))
    assert found.demand["covered_best"].tolist() == pytest.approx([100, 10], **EXACT)
    assert found.districts["covered_best"].to_dict() == pytest.approx({"east": 50}, **EXACT)


def test_a_point_on_a_border_is_in_one_district():
    pieces = demand_pieces(demand((point(SIDE, 500), 10)), WEST_EAST)
    assert pieces["district"].tolist() == ["west"]
    assert pieces["weight"].tolist() == [10]


def test_districts_of_several_parts_are_cut_as_well():
    parts = shapely.MultiPolygon([square(0, 0, 100), square(500, 500, 100)])
    ground = gpd.GeoDataFrame(index=["isles"], geometry=[parts], crs=CRS)
    pieces = demand_pieces(demand((parts, 8), (square(500, 500, 50), 1)), ground)
    assert pieces[["district", "weight", "part"]].to_numpy().tolist() == [["isles", 8, False], ["isles", 1, False]]


def test_without_any_zone_nothing_is_covered():
    found = covered(demand((square(0, 0), 100), (point(1, 1), 10)), zones(unknown=["west"]))
    assert found.demand["gap"].tolist() == [100, 10]
    assert found.demand[["covered_high", "covered_most"]].to_numpy().sum() == 0
    assert found.items.empty


def test_district_weights_are_covered_as_their_land():
    ground = zones(square(100, 0, 1500, 700), square(0, 0, 300), accuracy=30.0)
    land = coverage(WEST_EAST, ground).districts
    found = covered(demand((square(0, 0), 100), (square(SIDE, 0), 100)), ground).districts.loc[land.index]
    for name in ("low", "best", "high"):
        assert found[f"covered_{name}"].tolist() == pytest.approx((land[f"share_{name}"] * 100).tolist(), **EXACT)


places = st.tuples(st.integers(-5, 20), st.integers(-5, 20), st.integers(1, 12))
grounds = st.lists(places, max_size=4)


def boxes(rows):
    return [square(100 * x, 100 * y, 100 * wide) for x, y, wide in rows]


@given(
    st.lists(places, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(-3, 21), st.integers(-3, 12)), max_size=4),
    grounds,
    st.sampled_from([0.0, 20.0, 150.0]),
)
@settings(max_examples=15)
def test_brackets_nest_and_sums_agree(areas, points, covers, accuracy):
    rows = [(shape, 10 + k) for k, shape in enumerate([*boxes(areas), *(point(100 * x, 100 * y) for x, y in points)])]
    people, ground = demand(*rows), zones(*boxes(covers), accuracy=accuracy)
    pieces = demand_pieces(people, WEST_EAST)
    found = demand_coverage(people, pieces, ground)
    assert pieces.groupby("demand")["weight"].sum().to_dict() == pytest.approx(people["weight"].to_dict())
    order = ["covered_least", "covered_low", "covered_best", "covered_high", "covered_most", "weight"]
    for frame, last in ((found.demand, None), (found.districts, -1)):  # a district may hold more than its even share
        steps = np.diff(frame[order[:last]].to_numpy(), axis=1)
        assert (steps >= -1e-4).all()
    # Against shapely alone, on the plane.
    union = shapely.union_all(np.array(boxes(covers), dtype=object)) if covers else shapely.Polygon()
    for (shape, weight), best in zip(rows, found.demand["covered_best"], strict=True):
        expected = shape.intersection(union).area / shape.area if shape.area else float(shape.intersects(union))
        assert best == pytest.approx(weight * expected, rel=1e-4, abs=1e-4)


def _polygons_in_common(one, two):
    """Return what two shapes have in common, without lines and points."""
    parts = shapely.get_parts(shapely.intersection(one, two))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


@given(st.lists(grounds, min_size=1, max_size=3), st.sampled_from([0.0, 30.0]))
@example([[(0, 0, 2)], [(0, 0, 1), (0, 2, 1)], []], 0.0)  # touches along a line, then nothing: GEOS stops at that
@settings(max_examples=8)
def test_sets_together_obey_the_laws_of_sets(covers, accuracy):
    sets = {f"s{k}": zones(*boxes(rows), accuracy=accuracy) for k, rows in enumerate(covers)}
    land = WEST_EAST.assign(weight=WEST_EAST.area, place=WEST_EAST.index)
    found = sum_by_place(combined_coverage(land, sets), land["place"])
    unions = [shapely.union_all(np.array([*boxes(rows), None], dtype=object)) for rows in covers]
    for place, row in found.places.iterrows():
        whole = WEST_EAST.geometry[place]
        anyone = whole.intersection(shapely.union_all(unions)).area
        everyone = functools.reduce(_polygons_in_common, unions, whole).area
        tolerance = {"rel": 1e-4, "abs": 1.0}
        assert row["any_best"] == pytest.approx(anyone, **tolerance)
        assert row["all_best"] == pytest.approx(everyone, **tolerance)
        assert row["gap"] == pytest.approx(row["weight"] - anyone, **tolerance)
        own = found.each.loc[place]
        for at, name in enumerate(sets):
            others = shapely.union_all(np.array([*unions[:at], *unions[at + 1 :], None], dtype=object))
            alone = whole.intersection(unions[at].difference(others)).area
            assert own.at[name, "only"] == pytest.approx(alone, **tolerance)
        if len(sets) == 2:
            assert row["twice"] == pytest.approx(everyone, **tolerance)
        for kind in ("any", "all"):
            assert row[f"{kind}_low"] <= row[f"{kind}_best"] + 1.0 <= row[f"{kind}_high"] + 2.0


def test_two_sets_by_eye():
    sets = {"one": zones(square(0, 0, 400)), "two": zones(square(200, 0, 400)), "none": zones()}
    land = WEST_EAST.loc[["west"]].assign(weight=100.0, place="west")
    two = combined_coverage(land, {name: sets[name] for name in ("one", "two")})
    assert two.places.loc["west", ["any_best", "all_best", "twice", "gap"]].tolist() == pytest.approx(
        [24, 8, 8, 76], **EXACT
    )
    assert two.each["only"].tolist() == pytest.approx([8, 8], **EXACT)
    three = combined_coverage(land, sets).places.loc["west"]
    assert three[["any_best", "all_best", "twice"]].tolist() == pytest.approx([24, 0, 8], **EXACT)
