"""The linkage index and what a new link changes, in closed form.

index     | all within T, all at k T, one pair apart, asymmetric, unknown, permutation, scale
link      | between two, through a third, one that nobody needs, both ways, new roads never slow anything
range     | low and high ends; unconnected; nothing known
bad       | fewer than two places, T or speed not positive
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkmap.analysis.linkage import Times, linkage, linkage_index, with_link
from parkmap.errors import InvalidInputError


def times(minutes, *, straight_m=None, low=None, high=None):
    """Times between p0, p1, …; straight distances of 10 km unless said otherwise."""
    grid = np.array(minutes, dtype=float)
    far = np.full(grid.shape, 10_000.0) if straight_m is None else np.array(straight_m, dtype=float)
    np.fill_diagonal(far, 0.0)
    return Times(
        ids=pd.Index([f"p{k}" for k in range(len(grid))]),
        minutes=grid,
        low=grid if low is None else np.array(low, dtype=float),
        high=grid if high is None else np.array(high, dtype=float),
        way_m=grid * 500,
        straight_m=far,
        straight_low_m=far,
        straight_high_m=far,
        estimate=np.ones(grid.shape, dtype=bool),
    )


def all_at(minutes, count):
    grid = np.full((count, count), float(minutes))
    np.fill_diagonal(grid, 0)
    return grid


@pytest.mark.parametrize("count", [2, 3, 7])
@pytest.mark.parametrize(("minutes", "expected"), [(1, 1), (60, 1), (120, 0.5), (600, 0.1), (np.inf, 0)])
def test_all_equally_far(count, minutes, expected):
    assert linkage_index(all_at(minutes, count), 60) == pytest.approx(expected)


def test_the_mean_runs_over_ordered_pairs():
    """60 of 90 one way and fully linked the other way: (2/3 + 1) / 2."""
    assert linkage_index(np.array([[0, 90], [30, 0.0]]), 60) == pytest.approx(5 / 6)


def test_one_time_that_is_not_known_leaves_the_index_open():
    grid = all_at(30, 3)
    grid[0, 2] = np.nan
    assert linkage_index(grid, 60) is None


GRID = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.floats(0.5, 500), min_size=n * n, max_size=n * n).map(
        lambda values: np.array(values).reshape(n, n) * (1 - np.eye(n))
    )
)


@settings(max_examples=80)
@given(GRID, st.floats(5, 200))
def test_the_index_is_global_efficiency_with_near_pairs_counted_full(grid, reference):
    """Of networkx: the mean of 1 / distance in a complete graph whose edges are max(t, T) / T."""
    symmetric = np.maximum(grid, grid.T)
    complete = nx.from_numpy_array(np.maximum(symmetric, reference) / reference)
    complete.remove_edges_from(list(nx.selfloop_edges(complete)))
    direct = np.mean([1 / data["weight"] for _, _, data in complete.edges(data=True)])
    assert linkage_index(symmetric, reference) == pytest.approx(direct)
    assert 0 < linkage_index(grid, reference) <= 1


@settings(max_examples=60)
@given(GRID, st.floats(1.01, 5), st.randoms(use_true_random=False))
def test_order_and_unit_do_not_matter_and_slower_is_never_better(grid, factor, random):
    order = list(range(len(grid)))
    random.shuffle(order)
    index = linkage_index(grid, 60)
    assert linkage_index(grid[np.ix_(order, order)], 60) == pytest.approx(index)
    assert linkage_index(grid * factor, 60 * factor) == pytest.approx(index)
    assert linkage_index(grid * factor, 60) <= index + 1e-12


# New links


def test_a_link_helps_those_who_go_through_it():
    """A line a - b - c - d, an hour each; a link of 10 minutes from a to d makes a ring of it."""
    line = np.abs(np.subtract.outer(np.arange(4), np.arange(4))) * 60.0
    after = with_link(line, 0, 3, 10)
    assert after.tolist() == [[0, 60, 70, 10], [60, 0, 60, 70], [70, 60, 0, 60], [10, 70, 60, 0]]


def test_what_each_link_changes_and_the_best_comes_first():
    """Three places: 120 minutes between the first two, 30 otherwise; all 10 km apart, 60 km/h: 10 minutes."""
    grid = [[0, 120, 30], [120, 0, 30], [30, 30, 0]]
    found = linkage(times(grid), link_kmh=60)
    assert found.index == pytest.approx((0.5 * 2 + 4) / 6)
    best = found.new_links.iloc[0]
    assert found.new_links.index[0] == ("p0", "p1")
    assert (best["minutes_now"], best["minutes_new"], best["index_after"]) == (120, 10, 1)
    assert best["gain"] == pytest.approx(1 / 6)
    assert best["pairs_faster"] == 1
    assert found.new_links.loc[("p0", "p2"), "pairs_faster"] == 2  # p0-p2, and p0-p1 over it: 10 + 30
    assert found.new_links.loc[("p0", "p2"), "index_after"] == 1


def test_a_link_that_is_slower_than_the_roads_changes_nothing():
    row = linkage(times(all_at(5, 2), straight_m=all_at(10_000, 2)), link_kmh=6).new_links.iloc[0]
    assert (row["minutes_new"], row["gain"], row["pairs_faster"]) == (100, 0, 0)


def test_a_link_connects_what_nothing_connects():
    found = linkage(times([[0, np.inf], [np.inf, 0]]), link_kmh=60)
    assert (found.index, found.harmonic_minutes) == (0, np.inf)
    assert found.pairs["status"].tolist() == ["unconnected"]
    assert found.new_links.iloc[0][["index_after", "gain", "pairs_faster"]].tolist() == [1, 1, 1]


@settings(max_examples=60)
@given(GRID, st.floats(0.1, 300), st.data())
def test_a_link_is_one_more_edge_of_a_shortest_path_problem(grid, over, data):
    closed = nx.floyd_warshall_numpy(nx.from_numpy_array(grid, create_using=nx.DiGraph))
    one, two = data.draw(st.permutations(range(len(grid))))[:2]
    edges = nx.from_numpy_array(np.asarray(closed), create_using=nx.DiGraph)
    for tail, head in ((one, two), (two, one)):
        edges.add_edge(tail, head, weight=min(over, closed[tail, head]))
    np.testing.assert_allclose(with_link(np.asarray(closed), one, two, over), nx.floyd_warshall_numpy(edges))


# Ranges


def test_the_index_of_a_range_runs_from_the_slow_to_the_fast_end():
    unknown = [[0, np.nan], [np.nan, 0]]
    found = linkage(times(unknown, low=all_at(60, 2), high=all_at(120, 2)), link_kmh=60)
    assert (found.index_low, found.index, found.index_high) == (0.5, None, 1)
    assert found.pairs["status"].tolist() == ["range"]
    row = found.new_links.iloc[0]
    assert np.isnan(row["gain"])
    assert (row["gain_near"], row["gain_far"]) == (0, 0.5)
    assert found.harmonic_minutes is None


def test_where_nothing_is_known_nothing_is_told():
    nothing = np.full((2, 2), np.nan)
    found = linkage(times(nothing, low=nothing, high=nothing), link_kmh=60)
    assert (found.index_low, found.index, found.index_high) == (None, None, None)
    assert found.pairs["status"].tolist() == ["unknown"]


def test_the_typical_time_is_the_harmonic_mean():
    found = linkage(times([[0, 20, 60], [20, 0, 30], [60, 30, 0]]), link_kmh=60)
    assert found.harmonic_minutes == pytest.approx(3 / (1 / 20 + 1 / 60 + 1 / 30))


def test_pairs_show_both_directions():
    found = linkage(times([[0, 20], [25, 0]]), link_kmh=60)
    row = found.pairs.loc[("p0", "p1")]
    assert (row["minutes"], row["minutes_back"], row["status"]) == (20, 25, "known")


# Bad input


@pytest.mark.parametrize(
    ("count", "reference", "kmh", "expected"),
    [
        (1, 60, 60, ["linkage.too_few"]),
        (2, 0, 60, ["linkage.reference"]),
        (2, np.nan, 60, ["linkage.reference"]),
        (2, 60, -1, ["linkage.speed"]),
        (0, -5, 0, ["linkage.too_few", "linkage.reference", "linkage.speed"]),
    ],
)
def test_what_cannot_be_asked(count, reference, kmh, expected):
    with pytest.raises(InvalidInputError) as caught:
        linkage(times(all_at(5, count)), reference_minutes=reference, link_kmh=kmh)
    assert [found.code for found in caught.value.findings] == expected
    for found in caught.value.findings:
        assert found.text("zh") != found.text("en")
        assert found.advice("zh") != found.advice("en")
