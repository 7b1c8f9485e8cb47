"""Adjacency: contact of every pair, seen by eye, and the law that borders add up to perimeters.

Case matrix, for exact (surveyed or published) shapes unless said otherwise
- shared edge; part of an edge (T-junction, with and without a node); corner only; gap; overlap; one inside the other
- island in a hole: the whole outline is shared; hole of another size: apart
- several parts: borders add up; the same shape twice: overlap
- a line or a point beside a polygon
- indicative, near: undecidable; just within and just beyond the sum of accuracies; far: apart; deep overlap: overlap
- indicative beside exact: the accuracies of both count
- extent unknown (a point): unknown, with the distance to the anchor; no geometry: not placed
- no items, one item, two items
"""

from __future__ import annotations

import itertools
import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parkmap.analysis.adjacency import adjacency

CRS = "EPSG:4547"
X0, Y0 = 500_000.0, 2_500_000.0
TO_DEGREES = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
GEOD = pyproj.Geod(ellps="WGS84")


def length_m(shape):
    """Measure lines on the ellipsoid with pyproj alone."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"LineString", "LinearRing"}]
    return sum(GEOD.line_length(*TO_DEGREES.transform(*part.coords.xy)) for part in parts)


def box(x, y, width=100.0, height=100.0):
    return shapely.box(X0 + x, Y0 + y, X0 + x + width, Y0 + y + height)


def items(**rows):
    """Items by id: a shape, or a dict with geometry and what differs from an exact polygon."""
    filled = []
    for value in rows.values():
        row = dict(value) if isinstance(value, dict) else {"geometry": value}
        shape = row["geometry"]
        polygon = shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}
        filled.append(
            {
                "determinacy": "undetermined" if shape is None else "published",
                "accuracy_m": None if shape is None else 0.0,
                "extent_known": polygon,
                **row,
            }
        )
    columns = ["determinacy", "accuracy_m", "extent_known", "geometry"]
    frame = pd.DataFrame(filled, index=list(rows), columns=columns)
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def vague(shape, accuracy):
    return {"geometry": shape, "determinacy": "indicative", "accuracy_m": float(accuracy)}


def pair(**rows):
    (row,) = adjacency(items(**rows)).pairs.to_dict("records")
    return row


# Exact shapes


def test_a_shared_edge():
    row = pair(a=box(0, 0), b=box(100, 0))
    assert row["contact"] == "border"
    assert row["shared_border_m"] == pytest.approx(100, rel=1e-5)
    assert (row["distance_m"], row["distance_low_m"], row["distance_high_m"]) == (0, 0, 0)
    assert row["overlap_m2"] == 0


def test_the_length_of_a_border_is_that_on_the_ellipsoid():
    one, two = box(0, 0), box(100, 30)
    row = pair(a=one, b=two)
    assert row["shared_border_m"] == pytest.approx(
        length_m(shapely.LineString([(X0 + 100, Y0 + 30), (X0 + 100, Y0 + 100)])), rel=1e-9
    )
    assert row["shared_border_m"] == pytest.approx(70, rel=1e-5)


@pytest.mark.parametrize("with_node", [False, True])
def test_a_part_of_an_edge_whether_or_not_there_is_a_node(with_node):
    long = box(0, 0, 100, 300)
    if with_node:
        long = shapely.Polygon(
            [(X0, Y0), (X0 + 100, Y0), (X0 + 100, Y0 + 120), (X0 + 100, Y0 + 180), (X0 + 100, Y0 + 300), (X0, Y0 + 300)]
        )
    row = pair(a=long, b=box(100, 120, 50, 60))
    assert row["contact"] == "border"
    assert row["shared_border_m"] == pytest.approx(60, rel=1e-5)


def test_a_corner():
    row = pair(a=box(0, 0), b=box(100, 100))
    assert row["contact"] == "point"
    assert math.isnan(row["shared_border_m"])
    assert row["distance_m"] == 0


def test_a_gap():
    row = pair(a=box(0, 0), b=box(130, 140))
    assert row["contact"] == "apart"
    assert row["distance_m"] == pytest.approx(50)  # 30 m east and 40 m north
    assert (row["distance_low_m"], row["distance_high_m"]) == pytest.approx((50, 50))
    assert math.isnan(row["shared_border_m"])


def test_a_gap_of_a_centimetre_is_a_gap():
    row = pair(a=box(0, 0), b=box(100.01, 0))
    assert row["contact"] == "apart"
    assert row["distance_m"] == pytest.approx(0.01, abs=1e-6)


def test_an_overlap():
    row = pair(a=box(0, 0), b=box(80, 60))
    assert row["contact"] == "overlap"
    assert row["overlap_m2"] == pytest.approx(20 * 40)
    assert math.isnan(row["shared_border_m"])


def test_an_overlap_that_also_shares_an_edge_is_an_overlap():
    assert pair(a=box(0, 0), b=box(50, 0))["contact"] == "overlap"


def test_one_inside_the_other():
    row = pair(a=box(0, 0), b=box(20, 20, 10, 10))
    assert (row["contact"], row["overlap_m2"]) == ("overlap", pytest.approx(100))


def test_the_same_shape_twice():
    row = pair(a=box(0, 0), b=box(0, 0))
    assert (row["contact"], row["overlap_m2"]) == ("overlap", pytest.approx(10_000))


def test_an_island_in_a_hole_shares_its_whole_outline():
    ring = box(0, 0, 300, 300).difference(box(100, 100))
    row = pair(a=ring, b=box(100, 100))
    assert row["contact"] == "border"
    assert row["shared_border_m"] == pytest.approx(400, rel=1e-5)


def test_an_island_smaller_than_its_hole_touches_nothing():
    ring = box(0, 0, 300, 300).difference(box(100, 100))
    row = pair(a=ring, b=box(110, 120, 50, 50))
    assert (row["contact"], row["distance_m"]) == ("apart", pytest.approx(10))


def test_several_parts_add_up():
    both = shapely.union(box(100, 0), box(-50, 0, 50, 40))
    row = pair(a=box(0, 0), b=both)
    assert row["contact"] == "border"
    assert row["shared_border_m"] == pytest.approx(140, rel=1e-5)


def test_an_edge_and_a_corner_are_a_border():
    both = shapely.union(box(100, 0), box(-50, 100, 50, 40))
    assert pair(a=box(0, 0), b=both)["contact"] == "border"


def test_a_winding_or_a_starting_point_does_not_matter():
    one = box(0, 0)
    turned = shapely.Polygon(np.roll(np.array(box(100, 0).exterior.coords[:-1])[::-1], 1, axis=0))
    assert pair(a=one, b=turned)["shared_border_m"] == pytest.approx(100, rel=1e-5)


def test_surveyed_is_as_exact_as_published():
    row = pair(a={"geometry": box(0, 0), "determinacy": "surveyed"}, b=box(100, 0))
    assert row["contact"] == "border"


# What the accuracies decide


@pytest.mark.parametrize(
    ("gap", "one", "two", "expected"),
    [
        (50, 30, 30, "undecidable"),  # 50 < 30 + 30
        (60, 30, 30, "undecidable"),  # the edges may just touch
        (61, 30, 30, "apart"),
        (500, 30, 30, "apart"),
        (50, 0, 60, "undecidable"),
        (0, 30, 30, "undecidable"),
        (0, 0, 30, "undecidable"),
    ],
)
def test_indicative_shapes_near_and_far(gap, one, two, expected):
    row = pair(a=vague(box(0, 0), one), b=vague(box(100 + gap, 0), two))
    assert row["contact"] == expected
    assert row["distance_m"] == gap
    assert row["distance_low_m"] == max(0, gap - one - two)
    assert row["distance_high_m"] == gap + one + two
    assert math.isnan(row["shared_border_m"])
    assert math.isnan(row["overlap_m2"])


def test_the_accuracy_of_an_exact_shape_counts_beside_an_indicative_one():
    exact = {"geometry": box(0, 0), "determinacy": "published", "accuracy_m": 20.0}
    assert pair(a=exact, b=vague(box(150, 0), 40))["contact"] == "undecidable"
    assert pair(a=exact, b=vague(box(170, 0), 40))["contact"] == "apart"


def test_two_exact_shapes_are_compared_as_drawn_whatever_their_accuracy():
    one, two = (
        {"geometry": shape, "determinacy": "published", "accuracy_m": 50.0} for shape in (box(0, 0), box(110, 0))
    )
    assert pair(a=one, b=two)["contact"] == "apart"


def test_a_deep_overlap_is_one_wherever_the_edges_are():
    row = pair(a=vague(box(0, 0, 500, 500), 50), b=vague(box(200, 200, 500, 500), 50))
    assert row["contact"] == "overlap"
    assert (row["distance_low_m"], row["distance_high_m"]) == (0, 0)
    assert math.isnan(row["overlap_m2"])


def test_a_shallow_overlap_may_be_none():
    assert pair(a=vague(box(0, 0), 30), b=vague(box(60, 0), 30))["contact"] == "undecidable"


def test_a_shape_smaller_than_its_accuracy_decides_nothing():
    row = pair(a=vague(box(0, 0, 500, 500), 10), b=vague(box(200, 200, 20, 20), 15))
    assert row["contact"] == "undecidable"


def test_a_point_has_a_distance_and_no_contact():
    point = {"geometry": shapely.Point(X0 + 103, Y0 + 104), "determinacy": "indicative", "accuracy_m": 50.0}
    row = pair(a=box(0, 0), b=point)
    assert row["contact"] == "unknown"
    assert row["distance_m"] == pytest.approx(5)
    assert math.isnan(row["distance_low_m"])
    assert math.isnan(row["distance_high_m"])
    assert math.isnan(row["overlap_m2"])


def test_a_point_inside_a_polygon_is_unknown_too():
    point = {"geometry": shapely.Point(X0 + 50, Y0 + 50), "determinacy": "published"}
    row = pair(a=box(0, 0), b=point)
    assert (row["contact"], row["distance_m"]) == ("unknown", 0)


def test_what_has_no_geometry_is_not_placed():
    result = adjacency(items(a=box(0, 0), b=None, c=box(100, 0)))
    assert result.not_placed == ("b",)
    assert list(result.pairs.index) == [("a", "c")]
    assert list(result.items.index) == ["a", "c"]


def test_the_index_of_the_result():
    result = adjacency(items(c=box(0, 0), a=box(100, 0), b=box(500, 0)))
    assert result.pairs.index.names == ["item", "other"]
    assert list(result.pairs.index) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert result.items.index.name == "item"


# Clusters


def test_clusters_join_through_borders_and_overlaps_only():
    result = adjacency(
        items(
            a=box(0, 0),
            b=box(100, 0),  # border with a
            c=box(190, 50),  # overlap with b
            d=box(290, 150),  # corner of c
            e=box(1000, 0),
            f=vague(box(1110, 0), 20),  # undecidable with e
        )
    )
    cluster = result.items["cluster"]
    assert cluster["a"] == cluster["b"] == cluster["c"]
    assert len({cluster["a"], cluster["d"], cluster["e"], cluster["f"]}) == 4
    assert sorted(cluster.unique()) == [1, 2, 3, 4]
    assert result.items["neighbours"].to_dict() == {"a": 1, "b": 2, "c": 1, "d": 0, "e": 0, "f": 0}
    assert result.items["isolate"].to_dict() == {"a": False, "b": False, "c": False, "d": True, "e": True, "f": True}


def test_no_items():
    result = adjacency(items())
    assert (len(result.pairs), len(result.items), result.not_placed) == (0, 0, ())


def test_only_items_without_a_place():
    result = adjacency(items(a=None, b=None))
    assert (len(result.pairs), len(result.items), result.not_placed) == (0, 0, ("a", "b"))


def test_one_item():
    result = adjacency(items(a=box(0, 0)))
    assert len(result.pairs) == 0
    assert result.items.loc["a"].to_dict() == {"cluster": 1, "neighbours": 0, "isolate": True}


# Laws

CUTS = st.lists(st.integers(10, 400), min_size=1, max_size=4)


@settings(max_examples=80)
@given(CUTS, CUTS, st.data())
def test_borders_add_up_to_perimeters(widths, heights, data):
    """In any set of cells of a grid: perimeter = borders with the others + outer border, on the ellipsoid."""
    xs = np.concatenate([[0], np.cumsum(widths)])
    ys = np.concatenate([[0], np.cumsum(heights)])
    cells = {
        f"c{i}{j}": box(xs[i], ys[j], widths[i], heights[j])
        for i, j in itertools.product(range(len(widths)), range(len(heights)))
    }
    kept = data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1))
    cells = {name: cells[name] for name in sorted(kept)}
    result = adjacency(items(**cells))
    assert set(result.pairs["contact"]) <= {"border", "point", "apart"}
    borders = result.pairs["shared_border_m"].fillna(0)
    outer = shapely.boundary(shapely.union_all(list(cells.values())))
    for name, shape in cells.items():
        shared = sum(value for key, value in borders.items() if name in key)
        outside = length_m(shapely.line_merge(shapely.intersection(shape.exterior, outer)))
        assert shared + outside == pytest.approx(length_m(shape.exterior), rel=1e-7)


PLACE = st.builds(
    vague,
    st.builds(
        box, *[st.integers(0, 40).map(lambda n: n * 25.0)] * 2, *[st.integers(1, 12).map(lambda n: n * 25.0)] * 2
    ),
    st.sampled_from([0, 25, 75]),
)


@settings(max_examples=80)
@given(st.lists(PLACE, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(rows, random):
    named = {f"i{k}": row for k, row in enumerate(rows)}
    order = list(named)
    random.shuffle(order)
    one, two = adjacency(items(**named)), adjacency(items(**{name: named[name] for name in order}))
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    pd.testing.assert_frame_equal(one.items, two.items)


@settings(max_examples=100)
@example(vague(box(0, 0, 25, 25), 0), vague(box(0, 25, 25, 25), 0), [(0.0,) * 4])  # they only touch
@given(PLACE, PLACE, st.lists(st.tuples(*[st.floats(-1, 1)] * 4), min_size=4, max_size=4))
def test_no_position_within_the_accuracies_contradicts_the_answer(one, two, shifts):
    """Move both by at most their accuracy: apart stays apart, overlap overlap, distances stay in the bracket."""
    row = pair(a=one, b=two)
    for a, b, c, d in shifts:
        first, second = (
            shapely.affinity.translate(r["geometry"], *(np.array(v) * r["accuracy_m"] / max(1, np.hypot(*v))))
            for r, v in ((one, (a, b)), (two, (c, d)))
        )
        distance = first.distance(second)
        assert row["distance_low_m"] - 1e-6 <= distance <= row["distance_high_m"] + 1e-6
        if row["contact"] == "apart":
            assert distance > 0
        if row["contact"] == "overlap":
            assert first.intersection(second).area > 0


@settings(max_examples=60)
@given(PLACE, PLACE)
def test_undecidable_means_that_both_answers_are_possible(one, two):
    """Where nothing is decided, shapes grown by their accuracy meet and shapes shrunk by it do not."""
    row = pair(a=one, b=two)
    grown = one["geometry"].buffer(one["accuracy_m"]).distance(two["geometry"].buffer(two["accuracy_m"]))
    shrunk = one["geometry"].buffer(-one["accuracy_m"]).intersects(two["geometry"].buffer(-two["accuracy_m"]))
    if row["contact"] == "undecidable":
        assert grown < 1
        assert not shrunk or one["accuracy_m"] + two["accuracy_m"] == 0
    elif row["contact"] == "apart":
        assert grown >= 0
    else:
        assert shrunk


# Shipped districts


def test_futian_and_luohu_share_a_border_and_guangming_and_dapeng_do_not(shipped):
    pairs = shipped("shenzhen-big-health-2022").district_adjacency.pairs
    known = pairs.loc[("futian", "luohu")]
    assert known["contact"] == "border"
    assert 3_000 < known["shared_border_m"] < 30_000
    far = pairs.loc[("dapeng", "guangming")]
    assert far["contact"] == "apart"
    assert far["distance_m"] > 20_000


def test_tianhe_and_yuexiu_share_a_border_and_nansha_and_conghua_do_not(shipped):
    pairs = shipped("guangzhou-health-2017").district_adjacency.pairs
    assert pairs.loc[("tianhe", "yuexiu"), "contact"] == "border"
    assert pairs.loc[("conghua", "nansha"), "contact"] == "apart"


@pytest.mark.parametrize("plan_id", ["shenzhen-big-health-2022", "guangzhou-health-2017"])
def test_the_borders_of_a_city_add_up(shipped, plan_id):
    """Perimeters of all districts = twice every shared border + outer border of the city."""
    results = shipped(plan_id)
    outlines = results.geography.districts["outline"]
    perimeters = sum(length_m(shapely.boundary(shape)) for shape in outlines)
    outer = length_m(shapely.boundary(shapely.coverage_union_all(outlines.to_numpy())))
    shared = results.district_adjacency.pairs["shared_border_m"].sum()
    assert perimeters == pytest.approx(outer + 2 * shared, rel=1e-6)
    assert shared > 100_000
