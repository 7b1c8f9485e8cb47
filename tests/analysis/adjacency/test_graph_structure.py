"""What a graph says of its places: known by eye on small graphs, against networkx on drawn ones.

shapes    | path, star, ring, two rings on a bridge, isolates, no places at all
laws      | clusters, articulation and betweenness as networkx has them; a bridge less splits a cluster
polygons  | compactness of square and circle, of a cluster whose outline is a square
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from squares import EAST_M, NORTH_M, box, parcels

from parkmap.analysis.adjacency import contiguity, graph_of
from parkmap.analysis.adjacency.exchange import to_networkx
from parkmap.analysis.adjacency.structure import EXACT_UP_TO, clusters_of, shapes_of, structure


def graph(names, *pairs):
    index = pd.Index(list(names))
    one, two = (np.array([index.get_loc(pair[side]) for pair in pairs], dtype=int) for side in (0, 1))
    return graph_of(index, one, two, np.ones(len(pairs)), unit="1")


DUMBBELL = graph("abcdefg", "ab", "bc", "ac", "cd", "de", "ef", "df")
"""Two triangles, a-b-c and d-e-f, on the bridge c-d; g is alone."""


def test_two_triangles_on_a_bridge():
    found = structure(DUMBBELL)
    assert list(found.bridges) == [("c", "d")]
    assert list(found.places.index[found.places["articulation"]]) == ["c", "d"]
    assert found.places["degree"].to_dict() == {"a": 2, "b": 2, "c": 3, "d": 3, "e": 2, "f": 2, "g": 0}
    assert found.places["cluster"].tolist() == [1, 1, 1, 1, 1, 1, 2]
    assert found.places["isolate"].tolist() == [False] * 6 + [True]
    assert found.clusters.to_dict("index") == {1: {"members": 6, "pairs": 7}, 2: {"members": 1, "pairs": 0}}


def test_betweenness_of_a_path_and_a_star():
    """In a path of three all ways between the ends lead through the middle; so they do through the hub of a star."""
    path = structure(graph("abc", "ab", "bc")).places["betweenness"]
    assert path.to_dict() == {"a": 0, "b": 1, "c": 0}
    star = structure(graph("habcd", "ha", "hb", "hc", "hd")).places["betweenness"]
    assert star.to_dict() == {"h": 1, "a": 0, "b": 0, "c": 0, "d": 0}


def test_a_ring_has_neither_bridges_nor_articulation():
    found = structure(graph("abcd", "ab", "bc", "cd", "da"))
    assert len(found.bridges) == 0
    assert not found.places["articulation"].any()
    assert found.places["betweenness"].to_numpy() == pytest.approx(np.full(4, 1 / 6))


def test_every_pair_of_a_tree_is_a_bridge():
    assert list(structure(graph("abcd", "ba", "bc", "bd")).bridges) == [("a", "b"), ("b", "c"), ("b", "d")]


def test_clusters_are_numbered_by_their_first_member():
    assert clusters_of(graph("zyxw", "yw")).tolist() == [1, 2, 3, 2]


def test_no_places():
    found = structure(graph(""))
    assert (len(found.places), len(found.clusters), len(found.bridges)) == (0, 0, 0)


def test_betweenness_only_where_it_was_asked_for():
    found = structure(DUMBBELL, betweenness=False)
    assert found.betweenness == "none"
    assert found.places["betweenness"].isna().all()


def test_above_a_thousand_places_betweenness_is_estimated_and_says_so():
    size = EXACT_UP_TO + 1
    ring = graph_of(pd.RangeIndex(size), np.arange(size), (np.arange(size) + 1) % size, np.ones(size), unit="1")
    found = structure(ring)
    assert found.betweenness == "sampled"
    exact = ((size - 1) // 2) * ((size - 3) // 2) / 2 / ((size - 1) * (size - 2) / 2)  # of an odd ring
    assert found.places["betweenness"].mean() == pytest.approx(exact, rel=0.05)
    pd.testing.assert_frame_equal(found.places, structure(ring).places)


@st.composite
def drawn(draw):
    count = draw(st.integers(1, 9))
    every = [(one, two) for one in range(count) for two in range(one + 1, count)]
    kept = sorted(draw(st.sets(st.sampled_from(every)))) if every else []
    first, second = np.array(kept, dtype=int).reshape(-1, 2).T
    return graph_of(pd.Index([f"p{k}" for k in range(count)]), first, second, np.ones(len(kept)), unit="1")


@settings(max_examples=120)
@given(drawn())
def test_the_structure_is_that_of_networkx(graph_):
    found, theirs = structure(graph_), to_networkx(graph_)
    clusters = found.places.groupby("cluster").groups.values()
    assert {frozenset(c) for c in clusters} == {frozenset(c) for c in nx.connected_components(theirs)}
    assert set(found.places.index[found.places["articulation"]]) == set(nx.articulation_points(theirs))
    assert {frozenset(b) for b in found.bridges} == {frozenset(b) for b in nx.bridges(theirs)}
    assert found.places["betweenness"].to_dict() == pytest.approx(nx.betweenness_centrality(theirs))
    assert found.places["degree"].to_dict() == dict(theirs.degree)


@settings(max_examples=60)
@given(drawn())
def test_without_a_bridge_there_is_one_cluster_more_and_without_another_pair_there_is_not(graph_):
    bridges = set(structure(graph_).bridges)
    before = clusters_of(graph_).max()
    for gone, pair in enumerate(graph_.pairs.index):
        kept = np.arange(len(graph_.first)) != gone
        rest = graph_of(graph_.ids, graph_.first[kept], graph_.second[kept], graph_.weight[kept], unit="1")
        assert clusters_of(rest).max() == before + (pair in bridges)


def test_compactness_of_a_square_and_of_a_circle():
    circle = shapely.Point(EAST_M + 500, NORTH_M).buffer(50, quad_segs=200)
    shapes = parcels(square=box(0, 0), circle=circle)
    found = shapes_of(contiguity(shapes), shapes)
    assert found.loc["square", "compactness"] == pytest.approx(np.pi / 4)
    assert found.loc["circle", "compactness"] == pytest.approx(1, abs=1e-4)
    assert found.loc["square", "area_m2"] == 100


def test_a_cluster_is_as_compact_as_its_outline():
    """Four strips make one square; each strip alone is long and thin."""
    strips = parcels(**{f"s{k}": box(5 * k, 0, 5, 20) for k in range(4)}, far=box(100, 0, 10, 40))
    found = shapes_of(contiguity(strips), strips)
    assert found["cluster"].tolist() == [1, 1, 1, 1, 2]
    assert found["cluster_compactness"].to_numpy() == pytest.approx([np.pi / 4] * 4 + [4 * np.pi * 400 / 100**2])
    assert found.loc["s0", "compactness"] == pytest.approx(4 * np.pi * 100 / 50**2)
