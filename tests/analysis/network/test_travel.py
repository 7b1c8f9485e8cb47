"""Travel times.

ends        | both on streets, one off, both off, on the same street, on the same spot
network     | none, one-way, unconnected, closed, ends nearer to each other than to a junction
shape       | more origins than destinations, fewer, none
oracle      | by eye; networkx on random networks; the real streets of western Futian
"""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkmap.analysis.network.travel import straight_line_m, travel_minutes
from parkmap.errors import InvalidInputError
from streets import grid, network

ASSUMED = {"profile": "walk", "speed_kmh": 6.0, "detour_factor": 1.5, "snap_limit_m": 40.0}
"""100 m in a minute; off the network one and a half times the straight way."""


def travel(roads, origins, destinations, **changes):
    return travel_minutes(roads, np.array(origins), np.array(destinations), **{**ASSUMED, **changes})


def test_along_the_streets():
    found = travel(grid(4, 4), [(0, 0), (150, 0)], [(300, 300), (150, 100)])
    assert found.minutes == pytest.approx(np.array([[6.0, 2.5], [4.5, 2.0]]))
    assert not found.estimate.any()


def test_on_the_same_street():
    found = travel(grid(4, 4), [(110, 0)], [(180, 0), (110, 0), (120, 0)])
    assert found.minutes == pytest.approx(np.array([[0.7, 0.0, 0.1]]))


def test_round_the_block_where_the_own_street_is_one_way():
    square = [(0, 0), (100, 0), (100, 100), (0, 100)]
    ring = network(square, [(0, 1), (1, 2), (2, 3), (3, 0)], speeds=[(6, 0)] * 4)
    found = travel(ring, [(20, 0), (80, 0)], [(20, 0), (80, 0)])
    assert found.minutes == pytest.approx(np.array([[0.0, 0.6], [3.4, 0.0]]))


def test_the_way_to_the_street_counts_at_both_ends():
    found = travel(grid(4, 4), [(100, -30)], [(200, -20)])
    assert found.minutes == pytest.approx(np.array([[0.3 + 1.0 + 0.2]]))


def test_off_the_network_is_an_estimate():
    found = travel(grid(2, 2), [(0, 0), (0, -200)], [(100, 0), (0, -300)])
    assert found.estimate.tolist() == [[False, True], [True, True]]
    assert found.minutes == pytest.approx(np.array([[1.0, 4.5], [1.5 * np.hypot(1, 2), 1.5]]))


def test_without_a_network_everything_is_an_estimate():
    found = travel(None, [(0, 0)], [(0, 0), (300, 400)])
    assert found.estimate.all()
    assert found.minutes == pytest.approx(np.array([[0.0, 7.5]]))


def test_no_way_is_infinite_and_no_estimate():
    apart = network([(0, 0), (100, 0), (0, 100), (100, 100)], [(0, 1), (2, 3)])
    found = travel(apart, [(0, 0)], [(100, 0), (100, 100)])
    assert found.minutes.tolist() == [[1.0, np.inf]]
    assert not found.estimate.any()


def test_beyond_the_limit_is_infinite():
    found = travel(grid(4, 4), [(0, 0), (0, 5000)], [(100, 0), (300, 300)], limit_minutes=2.0)
    assert found.minutes.tolist() == [[1.0, np.inf], [np.inf, np.inf]]


@pytest.mark.parametrize(("origins", "destinations"), [(0, 2), (2, 0), (0, 0)])
def test_nothing_to_travel_between(origins, destinations):
    found = travel(grid(2, 2), np.zeros((origins, 2)), np.zeros((destinations, 2)))
    assert found.minutes.shape == found.estimate.shape == (origins, destinations)


def test_an_unknown_profile_is_a_finding():
    with pytest.raises(InvalidInputError) as caught:
        travel(grid(2, 2), [(0, 0)], [(0, 0)], profile="boat")
    assert [f.code for f in caught.value.findings] == ["roads.no_profile"]
    assert "walk" in caught.value.findings[0].advice("en")


BROKEN = {
    "roads.length": {"lengths": [-1.0, 100.0]},
    "roads.speed": {"speeds": [(6.0, np.nan), (6.0, 6.0)]},
    "roads.loose_edge": {"streets": [(0, 7), (1, 2)], "lines": [[(0, 0), (100, 0)], [(100, 0), (200, 0)]]},
    "roads.ends_apart": {"lines": [[(0, 50), (100, 0)], [(100, 0), (200, 0)]]},
    "roads.no_line": {"lines": [[(0, 0)], [(100, 0), (200, 0)]], "lengths": [100.0, 100.0]},
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_network_names_its_segments(code):
    changes = {"streets": [(0, 1), (1, 2)], **BROKEN[code]}
    with pytest.raises(InvalidInputError) as caught:
        travel(network([(0, 0), (100, 0), (200, 0)], **changes), [(0, 0)], [(0, 0)])
    assert [(f.code, f.ids) for f in caught.value.findings] == [(code, ("900",))]


def test_an_empty_network_is_a_finding():
    with pytest.raises(InvalidInputError) as caught:
        travel(network([], []), [(0, 0)], [(0, 0)])
    assert [f.code for f in caught.value.findings] == ["roads.empty"]


@given(st.integers(0, 2**32 - 1))
def test_between_junctions_as_networkx_has_it(seed):
    rng = np.random.default_rng(seed)
    places = rng.uniform(0, 1000, (12, 2))
    streets = [(int(a), int(b)) for a, b in rng.integers(0, 12, (25, 2)) if a != b]
    speeds = rng.choice([0.0, 3.0, 6.0], (len(streets), 2))
    graph = nx.DiGraph()
    for (a, b), (ahead, back) in zip(streets, speeds, strict=True):
        metres = float(np.hypot(*(places[a] - places[b])))
        for tail, head, speed in ((a, b, ahead), (b, a, back)):
            if speed and metres / speed < graph.get_edge_data(tail, head, {"cost": np.inf})["cost"]:
                graph.add_edge(tail, head, cost=metres / speed)
    used = sorted(node for node in graph.nodes if any(graph.edges(node)) or graph.in_degree(node))
    if not used:
        return
    roads = network(places, streets, speeds=speeds)
    spots = np.array([places[node] for node in used])
    found = travel_minutes(roads, spots, spots[:5], profile="walk", speed_kmh=6.0, detour_factor=1.5)
    for row, tail in enumerate(used):
        far = nx.single_source_dijkstra_path_length(graph, tail, weight="cost")
        expected = [far.get(head, np.inf) * 0.06 for head in used[:5]]
        assert found.minutes[row] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=4))
def test_never_faster_than_straight(places):
    found = travel(grid(4, 4), places, [(0, 0), (300, 100)], snap_limit_m=500.0)
    straight = straight_line_m(np.array(places), np.array([(0, 0), (300, 100)])) / 100
    assert (found.minutes >= straight - 1e-9).all()


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=1, max_size=4))
def test_there_and_back_take_the_same_on_two_way_streets(places):
    targets = [(0, 0), (130, 100)]
    there, back = travel(grid(4, 4), places, targets), travel(grid(4, 4), targets, places)
    assert there.minutes == pytest.approx(back.minutes.T)


@given(st.integers(0, 2**32 - 1), st.floats(0, 30))
def test_a_limit_only_leaves_out_what_is_beyond_it(seed, limit):
    rng = np.random.default_rng(seed)
    ends = rng.uniform(0, 1900, (9, 2))
    roads = grid(20, 20)
    whole = travel(roads, ends, ends[:4], snap_limit_m=500.0).minutes
    cut = travel(roads, ends, ends[:4], snap_limit_m=500.0, limit_minutes=limit).minutes
    clear = np.abs(whole - limit) > 1e-9
    assert cut[clear] == pytest.approx(np.where(whole <= limit, whole, np.inf)[clear])
