"""A layer in numbers and polygon by polygon, pairs joined to a graph, bridges: by eye on five shapes.

Squares of 10 m; `north` is twice as wide and lies over `west` and `east`, `corner` meets it in a point, `lap` lies 3 m
deep and 6 m high, of which 5 in `east`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from squares import box, parcels

from parkmap.analysis.adjacency import adjacency, contiguity, graph_of
from parkmap.analysis.adjacency.distance import distance_band
from parkmap.analysis.adjacency.structure import structure
from parkmap.analysis.adjacency.summary import polygons, summary

SHAPES = parcels(
    west=box(0, 0), east=box(10, 0), north=box(0, 10, 20, 10), corner=box(20, 20), lap=box(17, -1, 6, 6), far=box(90, 0)
)


@pytest.fixture(scope="module")
def found():
    compared = contiguity(SHAPES, keep_borders=True)
    return compared, structure(compared.graph(), betweenness=False)


def test_a_layer_in_numbers(found):
    counts = summary(*found)
    assert {key: counts[key] for key in ("polygons", "pairs", "border", "point", "overlap")} == {
        "polygons": 6, "pairs": 5, "border": 3, "point": 1, "overlap": 1,
    }  # fmt: skip
    assert {key: counts[key] for key in ("isolates", "clusters", "bridges", "articulations")} == {
        "isolates": 2, "clusters": 3, "bridges": 1, "articulations": 1,
    }  # fmt: skip
    assert counts["shared_m"] == pytest.approx(30)
    assert counts["exact_m"] == pytest.approx(10)  # west and east have both ends of their border in common
    assert counts["overlap_m2"] == pytest.approx(3 * 5)
    assert counts["outer_m"] == pytest.approx(SHAPES.length.sum() - 2 * 30)
    assert counts["identity_gap_m"] == pytest.approx(0, abs=1e-9)


def test_no_polygons():
    none = contiguity(parcels())
    counts = summary(none, structure(none.graph()))
    assert set(counts.values()) == {0}


def test_polygon_by_polygon(found):
    rows = polygons(found[0], SHAPES, found[1])
    assert list(rows.index) == list(SHAPES.index)
    assert rows["area_m2"].to_dict() == pytest.approx(SHAPES.area.to_dict())
    assert rows.loc["east", ["shared_m", "neighbours", "degree", "articulation"]].tolist() == [20, 3, 3, True]
    assert rows.loc["corner", ["shared_m", "neighbours", "degree", "articulation"]].tolist() == [0, 0, 0, False]
    assert rows["betweenness"].isna().all()


def test_pairs_are_joined_to_a_graph_and_keep_what_only_one_of_them_has(found):
    graph = distance_band(SHAPES, 0.5)
    both = graph.joined_to(found[0].pairs)
    assert set(both.index) == set(found[0].pairs.index) | set(graph.pairs.index)
    assert both["weight"].notna().sum() == len(graph.first)
    near = distance_band(SHAPES, 100.0).joined_to(found[0].pairs)
    assert len(near) == 15
    assert near["contact"].isna().sum() == 15 - 5


def test_which_pairs_are_bridges(found):
    graph = found[0].graph()
    told = dict(zip(graph.pairs.index, found[1].is_bridge(graph.pairs.index), strict=True))
    assert [pair for pair, bridge in told.items() if bridge] == [("east", "lap")]
    ring = graph_of(pd.Index(list("abc")), np.array([0, 1, 0]), np.array([1, 2, 2]), np.ones(3), unit="1")
    assert structure(ring).is_bridge(ring.pairs.index).tolist() == [False] * 3


def test_near_and_possible_pairs_of_a_plan():
    """Exact: a border, a point and an overlap; `perhaps` is 5 m off and known to 10 m; `park` is far."""
    frame = parcels(a=box(0, 0), b=box(10, 0), c=box(20, 10), d=box(2, -5), perhaps=box(0, 15), park=box(500, 0))
    items = frame.to_frame("geometry").assign(determinacy="published", accuracy_m=0.0, extent_known=True)
    items.loc["perhaps", ["determinacy", "accuracy_m"]] = ["indicative", 10.0]
    compared = adjacency(items)
    sure = {("a", "b"), ("a", "d"), ("b", "d"), ("b", "c")}
    open_ = {pair for pair in compared.pairs.index if compared.pairs.at[pair, "contact"] == "undecidable"}
    assert ("a", "perhaps") in open_
    none = graph_of(pd.Index(compared.items.index), np.array([], int), np.array([], int), np.array([]), unit="1")
    assert set(compared.near_or_in(none)) == sure | open_
    assert set(compared.near_or_in(distance_band(frame, 600.0))) == set(compared.pairs.index)
    assert compared.beside("b") == {"border": ("a",), "overlap": ("d",), "point": ("c",), "undecidable": ("perhaps",)}
    possible = compared.possible
    assert set(possible.pairs.index) == (sure | open_) - {("b", "c")}
    assert set(possible.weight) == {1.0}
