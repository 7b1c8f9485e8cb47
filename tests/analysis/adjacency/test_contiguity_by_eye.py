"""Contiguity of polygons, answers known by eye.

kind      | rook, queen, tolerant
squares   | one edge, four around a corner, a row, nothing near, one polygon, none
T         | one edge against two, corner on an edge, a node more or less on one side
ring      | island in a hole, island in two islands, hole touching the outline, both windings
parts     | several parts of one polygon, parts that meet other parts, two borders of one pair
double    | the same twice, overlap, one inside the other, sliver overlap below and above the tolerance
gap       | just below, at and above the tolerance; sliver gap; gap below the tolerance beside a T-junction
vertices  | repeated vertices, vertices in the middle of an edge, heights, curves digitised twice, dense vertices
ids       | text, numbers, tuples of both, shuffled order; isolates are kept
result    | arrays locked, canonical order, graph with and without points, exact part, lines of borders
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely
from squares import CRS, EAST_M, NORTH_M, POINT, border, box, contacts, parcels, polygon

from parkmap.analysis.adjacency import contiguity

KINDS = ("rook", "queen", "tolerant")
TOUCHING = ("queen", "tolerant")


# Squares


@pytest.mark.parametrize("kind", KINDS)
def test_two_squares_share_one_edge(kind):
    assert contacts(parcels(a=box(0, 0), b=box(10, 0)), kind=kind) == {("a", "b"): border(10.0)}


@pytest.mark.parametrize("kind", TOUCHING)
def test_four_squares_around_a_corner(kind):
    found = contacts(parcels(a=box(0, 0), b=box(10, 0), c=box(0, 10), d=box(10, 10)), kind=kind)
    assert found == {
        ("a", "b"): border(10.0),
        ("a", "c"): border(10.0),
        ("a", "d"): POINT,
        ("b", "c"): POINT,
        ("b", "d"): border(10.0),
        ("c", "d"): border(10.0),
    }


def test_a_point_is_no_border_for_a_rook():
    found = contacts(parcels(a=box(0, 0), b=box(10, 0), c=box(0, 10), d=box(10, 10)), kind="rook")
    assert set(found) == {("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")}


@pytest.mark.parametrize("kind", KINDS)
def test_squares_apart_have_no_contact_and_stay_in_the_result(kind):
    found = contiguity(parcels(a=box(0, 0), b=box(100, 0), c=box(110, 0)), kind=kind)
    assert list(found.pairs.index) == [("b", "c")]
    assert list(found.ids) == ["a", "b", "c"]
    assert list(found.graph().isolates) == ["a"]
    assert found.polygons.loc["a", ["perimeter_m", "shared_m", "outer_m", "neighbours"]].tolist() == [40, 0, 40, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_one_polygon_and_none(kind):
    assert len(contiguity(parcels(a=box(0, 0)), kind=kind).pairs) == 0
    empty = contiguity(parcels().set_crs(CRS, allow_override=True), kind=kind)
    assert (len(empty.ids), len(empty.pairs), empty.identity_gap_m) == (0, 0, 0.0)


# T-junctions


@pytest.mark.parametrize("kind", KINDS)
def test_one_long_edge_against_two_squares(kind):
    found = contacts(parcels(a=box(0, 0, 20, 10), b=box(0, 10), c=box(10, 10)), kind=kind)
    assert found == {("a", "b"): border(10.0), ("a", "c"): border(10.0), ("b", "c"): border(10.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_edge_shared_in_part(kind):
    assert contacts(parcels(a=box(0, 0), b=box(10, 4)), kind=kind) == {("a", "b"): border(6.0)}


@pytest.mark.parametrize("kind", TOUCHING)
def test_a_corner_on_the_middle_of_an_edge(kind):
    tip = polygon((10, 5), (20, 0), (20, 10))
    assert contacts(parcels(a=box(0, 0), b=tip), kind=kind) == {("a", "b"): POINT}


@pytest.mark.parametrize("kind", TOUCHING)
def test_a_corner_at_the_end_of_a_border_of_two_others(kind):
    """b and c stand on a; d touches a only where b ends."""
    found = contacts(parcels(a=box(0, 0, 30, 10), b=box(0, 10), d=polygon((10, 10), (20, 20), (10, 20))), kind=kind)
    assert found == {("a", "b"): border(10.0), ("a", "d"): POINT, ("b", "d"): border(10.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_vertex_that_only_one_side_has(kind):
    with_vertex = polygon((10, 0), (20, 0), (20, 10), (10, 10), (10, 3))
    found = contiguity(parcels(a=box(0, 0), b=with_vertex), kind=kind)
    assert found.pairs.loc[("a", "b"), ["shared_border_m", "exact_m"]].tolist() == [10, 0]


def test_the_part_where_vertices_match_is_told_apart():
    """The first edge of the border has the same ends on both sides, the second a vertex on one side only."""
    left = polygon((0, 0), (10, 0), (10, 4), (10, 10), (0, 10))
    right = polygon((10, 0), (20, 0), (20, 10), (10, 10), (10, 7), (10, 4))
    row = contiguity(parcels(a=left, b=right), kind="queen").pairs.loc[("a", "b")]
    assert (row["shared_border_m"], row["exact_m"]) == (10, 4)


# Rings


@pytest.mark.parametrize("kind", KINDS)
def test_an_island_shares_its_whole_outline(kind):
    lake = box(0, 0, 30, 30).difference(box(10, 10))
    found = contiguity(parcels(lake=lake, island=box(10, 10)), kind=kind)
    assert found.pairs.loc[("lake", "island"), "shared_border_m"] == 40
    assert found.polygons.loc["island", ["shared_m", "outer_m", "border_share"]].tolist() == [40, 0, 1]
    assert found.polygons.loc["lake", ["perimeter_m", "outer_m"]].tolist() == [160, 120]


@pytest.mark.parametrize("kind", TOUCHING)
def test_two_islands_in_one_hole(kind):
    lake = box(0, 0, 40, 30).difference(box(10, 10, 20, 10))
    found = contacts(parcels(lake=lake, west=box(10, 10), east=box(20, 10)), kind=kind)
    assert found == {("lake", "west"): border(30.0), ("lake", "east"): border(30.0), ("west", "east"): border(10.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_island_smaller_than_its_hole(kind):
    lake = box(0, 0, 30, 30).difference(box(10, 10))
    assert contacts(parcels(lake=lake, island=box(12, 12, 5, 5)), kind=kind) == {}


@pytest.mark.parametrize("kind", TOUCHING)
def test_a_hole_that_touches_the_outline_in_a_point(kind):
    """The island's upper corner lies on the outer edge of the lake, where a neighbour begins."""
    diamond = [(15, 10), (20, 20), (15, 30), (10, 20)]
    lake = polygon((0, 0), (30, 0), (30, 30), (0, 30), holes=[diamond])
    found = contacts(parcels(lake=lake, island=polygon(*diamond), north=box(0, 30, 30, 10)), kind=kind)
    assert found[("lake", "north")] == border(30.0)
    assert found[("lake", "island")] == border(round(4 * float(np.hypot(5, 10)), 6))
    assert found[("island", "north")] == POINT


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turned", [False, True])
def test_the_winding_does_not_matter(kind, turned):
    shape = shapely.reverse(box(10, 0)) if turned else box(10, 0)
    assert contacts(parcels(a=box(0, 0), b=shape), kind=kind) == {("a", "b"): border(10.0)}


# Parts


@pytest.mark.parametrize("kind", TOUCHING)
def test_borders_of_several_parts_add_up(kind):
    """Both parts of b touch a: 10 m on the right, 4 m on the left; c touches one part in a point."""
    both = shapely.union(box(10, 0), box(-10, 0, 10, 4))
    found = contacts(parcels(a=box(0, 0), b=both, c=box(20, 10)), kind=kind)
    assert found == {("a", "b"): border(14.0), ("b", "c"): POINT}


@pytest.mark.parametrize("kind", KINDS)
def test_two_borders_of_one_pair(kind):
    """A C-shaped parcel holds another one between its arms and behind it."""
    arms = polygon((0, 0), (20, 0), (20, 5), (5, 5), (5, 15), (20, 15), (20, 20), (0, 20))
    assert contacts(parcels(c=arms, a=box(5, 5)), kind=kind) == {("c", "a"): border(30.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_one_polygon_are_no_neighbours(kind):
    """Two parts that meet in a point."""
    assert contacts(parcels(a=shapely.union(box(0, 0), box(10, 10)), b=box(90, 0)), kind=kind) == {}


# Twice covered


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_polygon_twice(kind):
    assert contacts(parcels(a=box(0, 0), b=box(0, 0)), kind=kind) == {("a", "b"): ("overlap", 0.0, 100.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_an_overlap(kind):
    assert contacts(parcels(a=box(0, 0), b=box(8, 6)), kind=kind) == {("a", "b"): ("overlap", 0.0, 8.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_one_inside_the_other(kind):
    assert contacts(parcels(a=box(0, 0), b=box(3, 3, 2, 2)), kind=kind) == {("a", "b"): ("overlap", 0.0, 4.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_duplicate_and_a_neighbour_of_both(kind):
    found = contacts(parcels(a=box(0, 0), b=box(0, 0), c=box(10, 0)), kind=kind)
    assert found == {("a", "b"): ("overlap", 0.0, 100.0), ("a", "c"): border(10.0), ("b", "c"): border(10.0)}


@pytest.mark.parametrize(("deep", "contact"), [(0.02, "border"), (0.049, "border"), (0.06, "overlap"), (1, "overlap")])
def test_a_sliver_of_overlap_is_a_drawing_error_up_to_the_tolerance(deep, contact):
    row = contiguity(parcels(a=box(0, 0), b=box(10 - deep, 0)), kind="tolerant", eps_m=0.05).pairs.loc[("a", "b")]
    assert row["contact"] == contact
    assert row["overlap_m2"] == (pytest.approx(10 * deep) if contact == "overlap" else 0)


@pytest.mark.parametrize("kind", ["rook", "queen"])
def test_without_tolerance_a_sliver_of_overlap_is_an_overlap(kind):
    row = contiguity(parcels(a=box(0, 0), b=box(9.98, 0)), kind=kind).pairs.loc[("a", "b")]
    assert (row["contact"], row["overlap_m2"]) == ("overlap", pytest.approx(0.2))


# Gaps


@pytest.mark.parametrize(("gap", "found"), [(0.01, True), (0.049, True), (0.051, False), (0.2, False)])
def test_a_gap_around_the_tolerance(gap, found):
    result = contacts(parcels(a=box(0, 0), b=box(10 + gap, 0)), kind="tolerant", eps_m=0.05)
    assert result == ({("a", "b"): border(10.0)} if found else {})


@pytest.mark.parametrize("kind", ["rook", "queen"])
@pytest.mark.parametrize("gap", [0.001, 0.05])
def test_without_tolerance_a_gap_is_a_gap(kind, gap):
    assert contacts(parcels(a=box(0, 0), b=box(10 + gap, 0)), kind=kind) == {}


def test_a_gap_exactly_as_wide_as_the_tolerance_is_closed():
    """A quarter of a metre is exact in the computer at these coordinates."""
    assert contacts(parcels(a=box(0, 0), b=box(10.25, 0)), eps_m=0.25) == {("a", "b"): border(10.0)}


def test_a_gap_that_widens_is_a_border_as_long_as_it_is_narrow():
    """The gap grows from 0 to 1 m over 100 m: it is below 0.1 m for the first 10 m."""
    left = polygon((0, 0), (10, 0), (10, 100), (0, 100))
    right = polygon((10, 0), (30, 0), (30, 100), (11, 100))
    row = contiguity(parcels(a=left, b=right), eps_m=0.1).pairs.loc[("a", "b")]
    assert row["shared_border_m"] == pytest.approx(10, rel=0.02)


def test_a_gap_beside_a_junction():
    """Two squares stand 3 cm off a long edge: both borders are found, and the border between the squares."""
    found = contacts(parcels(a=box(0, 0, 20, 10), b=box(0, 10.03), c=box(10, 10.03)), eps_m=0.05)
    assert {pair: row[0] for pair, row in found.items()} == {
        ("a", "b"): "border",
        ("a", "c"): "border",
        ("b", "c"): "border",
    }
    assert [row[1] for row in found.values()] == pytest.approx([10, 10, 10])


def test_corners_within_the_tolerance_meet_in_a_point():
    assert contacts(parcels(a=box(0, 0), b=box(10.03, 10.03)), eps_m=0.05) == {("a", "b"): POINT}
    assert contacts(parcels(a=box(0, 0), b=box(10.04, 10.04)), eps_m=0.05) == {}  # 5.7 cm across


def test_a_street_of_four_metres_is_no_border():
    assert contacts(parcels(a=box(0, 0), b=box(14, 0)), eps_m=0.5) == {}


# Vertices


@pytest.mark.parametrize("kind", KINDS)
def test_repeated_vertices_are_no_edges(kind):
    double = polygon((10, 0), (20, 0), (20, 10), (10, 10), (10, 10))
    assert contacts(parcels(a=box(0, 0), b=double), kind=kind) == {("a", "b"): border(10.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_heights_are_ignored(kind):
    high = shapely.force_3d(box(10, 0), 55.0)
    assert contacts(parcels(a=box(0, 0), b=high), kind=kind) == {("a", "b"): border(10.0)}


@pytest.mark.parametrize("kind", KINDS)
def test_zero_and_negative_zero_are_one_place(kind):
    """Around the origin of a local system."""
    west, east = shapely.box(-1, 0, 0, 1), shapely.Polygon([(-0.0, -0.0), (1, -0.0), (1, 1), (-0.0, 1)])
    series = parcels(w=west, e=east)
    assert contacts(series, kind=kind) == {("w", "e"): border(1.0)}


def arcs(step, *, gap=0.0, radius=100.0):
    """A quarter disc and the square around it without that disc, each with vertices of its own along the arc."""
    end = np.pi / 2
    own = np.append(np.arange(0, end, step / radius), end)
    other = np.concatenate([[0], np.arange(0.4 * step / radius, end, step / radius), [end]])
    outer = (radius + gap) * np.stack([np.cos(other), np.sin(other)], axis=1)
    inner = radius * np.stack([np.cos(own), np.sin(own)], axis=1)
    return parcels(disc=polygon((0, 0), *inner.tolist()), rest=polygon(*outer.tolist(), (0, 200), (200, 200), (200, 0)))


@pytest.mark.parametrize("step", [5, 2, 0.8, 0.3, 0.08])
@pytest.mark.parametrize("eps", [0.1, 0.5, 1.0])
@pytest.mark.parametrize("gap", [0, 0.05])
def test_a_curve_that_each_side_has_digitised_for_itself(step, eps, gap):
    """A quarter of 2 pi 100 m, however close the vertices stand compared with the tolerance."""
    found = contiguity(arcs(step, gap=gap), eps_m=eps)
    assert found.pairs["contact"].tolist() == ["border"]
    assert found.shared_border_m[0] == pytest.approx(50 * np.pi, rel=1e-3)
    assert found.identity_gap_m < 0.2


@pytest.mark.parametrize("step", [0.02, 0.08, 3])
def test_a_dense_tip_on_the_middle_of_an_edge(step):
    tip = shapely.segmentize(polygon((10, 5), (20, 0), (20, 10)), step)
    assert contacts(parcels(a=box(0, 0), b=tip), eps_m=0.05) == {("a", "b"): POINT}


@pytest.mark.parametrize("eps", [0.05, 0.5])
def test_dense_vertices_do_not_lead_from_one_end_of_a_border_to_the_other(eps):
    """Four squares in a row stand on one parcel; vertices closer than the tolerance join those 10 m apart to nobody."""
    row = {name: shapely.segmentize(box(10 * k, 0), 0.03 + 0.01 * k) for k, name in enumerate("abcd")}
    found = contacts(parcels(under=shapely.segmentize(box(0, -10, 40, 10), 0.035), **row), eps_m=eps)
    sides = {("a", "b"), ("b", "c"), ("c", "d"), *(("under", name) for name in "abcd")}
    assert found == dict.fromkeys(sides, border(10.0))


def test_four_squares_that_all_stand_off_meet_at_their_corner():
    """4 cm apart each way: across the corner 5.7 cm, by way of the others 4 cm and 4 cm."""
    corners = {"sw": (0, 0), "se": (10.04, 0), "nw": (0, 10.04), "ne": (10.04, 10.04)}
    found = contacts(parcels(**{name: box(*at) for name, at in corners.items()}), eps_m=0.05)
    assert found[("sw", "ne")] == found[("se", "nw")] == POINT
    assert sum(contact == "border" for contact, _, _ in found.values()) == 4


# Ids and order


@pytest.mark.parametrize("ids", [["Ä 1", "地块二"], [7, 3], ["x", 3], [(1, "a"), (1, "b")]])
def test_ids_of_any_kind_are_kept(ids):
    series = parcels(a=box(0, 0), b=box(10, 0))
    series.index = pd.Index(ids, tupleize_cols=False)
    found = contiguity(series)
    assert list(found.pairs.index) == [tuple(ids)]
    assert list(found.polygons.index) == ids


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_the_input_is_the_order_of_the_result(kind):
    shapes = {"a": box(0, 0), "b": box(10, 0), "c": box(20, 0), "d": box(20, 10)}
    found = contiguity(parcels(**{name: shapes[name] for name in ("d", "b", "a", "c")}), kind=kind)
    expected = [("d", "c"), ("b", "a"), ("b", "c")]
    assert [pair for pair in found.pairs.index if found.pairs.loc[pair, "contact"] == "border"] == expected
    assert list(zip(found.first, found.second, strict=True)) == sorted(zip(found.first, found.second, strict=True))
    assert (found.first < found.second).all()


# The result


def test_arrays_are_locked_and_tables_are_copies():
    found = contiguity(parcels(a=box(0, 0), b=box(10, 0)))
    with pytest.raises(ValueError, match="read-only"):
        found.shared_border_m[0] = 5
    table = found.pairs
    table.loc[:, "shared_border_m"] = 0.0
    assert found.pairs["shared_border_m"].tolist() == [10]


def test_graphs_with_and_without_points():
    found = contiguity(parcels(a=box(0, 0), b=box(10, 0), c=box(10, 10), d=box(14, 14)))
    assert found.graph("rook").pairs["weight"].to_dict() == {("a", "b"): 10, ("b", "c"): 10, ("c", "d"): 0}
    assert set(found.graph("queen").pairs.index) - set(found.graph("rook").pairs.index) == {("a", "c")}
    assert found.graph("queen", weight="one").pairs["weight"].eq(1).all()
    assert found.graph().unit == "m"


def test_where_the_borders_run():
    shapes = parcels(a=box(0, 0), b=box(10, 4), c=box(50, 0))
    lines = contiguity(shapes, keep_borders=True).border_lines(shapes)
    assert list(lines.index) == [("a", "b")]
    expected = shapely.LineString([(EAST_M + 10, NORTH_M + 4), (EAST_M + 10, NORTH_M + 10)])
    assert lines.iloc[0].equals(expected)
    assert lines.crs == shapes.crs


def test_borders_are_handed_out_only_where_they_were_kept():
    shapes = parcels(a=box(0, 0), b=box(10, 0))
    with pytest.raises(ValueError, match="keep_borders"):
        contiguity(shapes).border_lines(shapes)
    with pytest.raises(ValueError, match="polygons that it was made from"):
        contiguity(shapes, keep_borders=True).border_lines(shapes.rename({"a": "z"}))


def test_the_steps_are_told_in_order():
    told = []
    contiguity(parcels(a=box(0, 0), b=box(10, 0)), on_step=told.append)
    assert told == ["edges", "exact", "tolerance", "overlaps", "points", "totals"]


def test_a_turned_and_shifted_grid_has_the_same_borders():
    """5 x 4 squares of 10 m turned by 17 degrees: 31 borders of 10 m and 24 corners."""
    cells = {f"{i}-{j}": box(10 * i, 10 * j) for i in range(5) for j in range(4)}
    turned = parcels(**cells).rotate(17, origin=(EAST_M, NORTH_M))
    pairs = contiguity(turned).pairs
    assert pairs["contact"].value_counts().to_dict() == {"border": 31, "point": 24}
    assert pairs.loc[pairs["contact"] == "border", "shared_border_m"].to_numpy() == pytest.approx(np.full(31, 10.0))
