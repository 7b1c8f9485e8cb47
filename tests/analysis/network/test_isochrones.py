"""Reached streets, exactly.

start        | at a junction, in the middle of a street, on a dead end, off the network
cut-off      | nothing, on a junction, in the middle, beyond the network
street       | two ways, one way, closed, loop, parallel, without length, entered from both ends
direction    | from the start, towards it
oracle       | counted by eye; streets cut into metres and run through networkx
"""

from __future__ import annotations

import itertools

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from parkmap.analysis.network.graph import along_a_curve
from parkmap.analysis.network.isochrones import (
    part_lines,
    reachable_nodes,
    reached_length_m,
    reached_segments,
    within_cutoff,
)
from parkmap.analysis.network.routing import prepare_router
from parkmap.analysis.network.snap import snap
from streets import grid, network


def reach(roads, places, cutoff, *, unit="metres", **keywords):
    """Return the reached length of each place, after checking that lengths, pieces and lines agree."""
    router = prepare_router(roads, profile="walk", unit=unit, **keywords)
    starts = snap(router, np.array(places, dtype=float), limit_m=1.0)
    reached = reachable_nodes(router, starts, limit=cutoff)
    held = within_cutoff(router, starts, reached, cutoff=cutoff)
    length = reached_length_m(router, starts, held)
    parts = reached_segments(router, held)
    listed = np.bincount(
        parts.start, weights=(parts.high - parts.low) * roads.length_m[parts.edge], minlength=len(places)
    )
    assert listed == pytest.approx(length, abs=1e-6)
    assert (parts.high >= parts.low).all()
    _no_overlap(parts)
    return length


def _no_overlap(parts):
    for start, edge in set(zip(parts.start.tolist(), parts.edge.tolist(), strict=True)):
        own = (parts.start == start) & (parts.edge == edge)
        spans = sorted(zip(parts.low[own], parts.high[own], strict=True))
        assert all(before[1] <= after[0] + 1e-12 for before, after in itertools.pairwise(spans))


class TestGrid:
    """Seven by seven junctions, 100 m apart; the middle one is at (300, 300)."""

    def test_from_a_junction(self):
        assert reach(grid(7, 7), [(300, 300)], 100.0) == pytest.approx([400])

    def test_streets_are_cut_in_their_middle(self):
        # four streets whole, and half of the three that go on from each of their ends
        assert reach(grid(7, 7), [(300, 300)], 150.0) == pytest.approx([4 * 100 + 12 * 50])

    def test_from_the_middle_of_a_street(self):
        assert reach(grid(7, 7), [(350, 300)], 100.0) == pytest.approx([100 + 6 * 50])

    def test_short_of_the_next_junction(self):
        assert reach(grid(7, 7), [(320, 300)], 15.0) == pytest.approx([30])

    def test_everything(self):
        assert reach(grid(7, 7), [(310, 300)], 10_000.0) == pytest.approx([2 * 7 * 6 * 100])

    def test_a_cut_off_of_minutes(self):
        assert reach(grid(7, 7), [(300, 300)], 1.5, unit="minutes") == pytest.approx([1000])

    def test_corner(self):
        assert reach(grid(7, 7), [(0, 0)], 150.0) == pytest.approx([2 * 100 + 4 * 50])

    def test_many_starts_are_as_one_by_one(self):
        places = [(300, 300), (0, 0), (350, 300), (600, 590), (300, 300)]
        alone = [reach(grid(7, 7), [place], 230.0)[0] for place in places]
        assert reach(grid(7, 7), places, 230.0) == pytest.approx(alone)

    @pytest.mark.parametrize("cutoff", [0.0, 40.0, 170.0, 900.0, 1e9])
    def test_starts_all_over_a_large_network_are_as_one_by_one(self, cutoff):
        rng = np.random.default_rng(5)
        places = [(100.0 * x, float(y)) for x, y in zip(rng.integers(0, 30, 40), rng.uniform(0, 2900, 40), strict=True)]
        alone = [reach(grid(30, 30), [place], cutoff)[0] for place in places[:6]]
        assert reach(grid(30, 30), places, cutoff)[:6] == pytest.approx(alone)

    def test_a_start_off_the_network_reaches_nothing(self):
        assert reach(grid(7, 7), [(350, 350), (300, 300)], 100.0) == pytest.approx([0, 400])

    def test_only_starts_off_the_network(self):
        assert reach(grid(7, 7), [(350, 350)], 100.0) == pytest.approx([0])


SQUARE = [(0, 0), (100, 0), (100, 100), (0, 100)]


class TestStreets:
    def test_a_ring_is_met_from_both_sides(self):
        ring = network(SQUARE, [(0, 1), (1, 2), (2, 3), (3, 0)])
        assert reach(ring, [(0, 0)], 150.0) == pytest.approx([300])
        assert reach(ring, [(0, 0)], 250.0) == pytest.approx([400])

    def test_round_the_block_back_to_the_own_street(self):
        # from the middle of a one-way street around the block, back to the beginning of the same street
        ring = network(SQUARE, [(0, 1), (1, 2), (2, 3), (3, 0)], speeds=[(6, 0), (6, 6), (6, 6), (6, 6)])
        assert reach(ring, [(50, 0)], 50.0) == pytest.approx([50])
        assert reach(ring, [(50, 0)], 370.0) == pytest.approx([50 + 300 + 20])
        assert reach(ring, [(50, 0)], 500.0) == pytest.approx([400])

    def test_a_street_entered_from_both_ends_that_do_not_meet(self):
        # 0 to 1 directly 100 m; the long way round 600 m is entered from both ends
        loop = network(
            [(0, 0), (100, 0)],
            [(0, 1), (0, 1)],
            lines=[[(0, 0), (100, 0)], [(0, 0), (0, 250), (100, 250), (100, 0)]],
        )
        assert reach(loop, [(0, 0)], 150.0) == pytest.approx([100 + 150 + 50])
        assert reach(loop, [(50, 0)], 349.0) == pytest.approx([100 + 2 * 299])
        assert reach(loop, [(50, 0)], 351.0) == pytest.approx([100 + 600])

    def test_a_street_that_ends_where_it_begins(self):
        loop = network(
            [(0, 0), (50, 0)], [(0, 0), (0, 1)], lines=[[(0, 0), (0, 100), (100, 100), (0, 0)], [(0, 0), (50, 0)]]
        )
        round_trip = 200 + np.hypot(100, 100)
        assert reach(loop, [(0, 0)], 100.0) == pytest.approx([100 + 100 + 50])
        assert reach(loop, [(0, 0)], 500.0) == pytest.approx([round_trip + 50])

    def test_one_way(self):
        street = network([(0, 0), (100, 0), (200, 0)], [(0, 1), (1, 2)], speeds=[(6, 0), (6, 0)])
        assert reach(street, [(50, 0)], 100.0) == pytest.approx([100])
        assert reach(street, [(50, 0)], 100.0, towards=True) == pytest.approx([50])

    def test_closed_streets_are_not_entered(self):
        street = network([(0, 0), (100, 0), (200, 0)], [(0, 1), (1, 2)], speeds=[(6, 6), (0, 0)])
        assert reach(street, [(0, 0)], 1000.0) == pytest.approx([100])

    def test_streets_without_length_cost_nothing(self):
        street = network([(0, 0), (100, 0), (100, 0), (200, 0)], [(0, 1), (1, 2), (2, 3)])
        assert reach(street, [(0, 0)], 150.0) == pytest.approx([150])

    def test_slower_uphill(self):
        street = network([(0, 0), (100, 0)], [(0, 1)], speeds=[(6, 3)])
        assert reach(street, [(50, 0)], 0.25, unit="minutes") == pytest.approx([25 + 12.5])

    def test_an_island_is_not_snapped_to(self):
        places = [(x * 100.0, 0.0) for x in range(201)] + [(0, 50), (1, 50)]
        roads = network(places, [*[(x, x + 1) for x in range(200)], (201, 202)])
        router = prepare_router(roads, profile="walk")
        assert snap(router, [(0.5, 49.0)], limit_m=60.0).xy_m.tolist() == [[0.5, 0.0]]


def _lines(roads, place, cutoff):
    router = prepare_router(roads, profile="walk", unit="metres")
    starts = snap(router, [place])
    held = within_cutoff(router, starts, reachable_nodes(router, starts, limit=cutoff), cutoff=cutoff)
    return sorted(line.wkt for line in part_lines(roads, reached_segments(router, held)))


def test_the_lines_are_where_the_length_is():
    roads = network([(0, 0), (100, 0), (100, 100)], [(0, 1), (1, 2)])
    assert _lines(roads, (50, 0), 60.0) == ["LINESTRING (0 0, 100 0)", "LINESTRING (100 0, 100 10)"]


def test_a_bent_street_is_cut_along_its_bend():
    roads = network([(0, 0), (100, 100)], [(0, 1)], lines=[[(0, 0), (100, 0), (100, 100)]])
    assert _lines(roads, (0, 0), 150.0) == ["LINESTRING (0 0, 100 0, 100 50)"]


@st.composite
def networks(draw):
    """Draw networks with even lengths, one-way streets, loops and parallels, and a start on one of the streets."""
    nodes = draw(st.integers(2, 6))
    count = draw(st.integers(1, 9))
    ends = [(draw(st.integers(0, nodes - 1)), draw(st.integers(0, nodes - 1))) for _ in range(count)]
    lengths = [2 * draw(st.integers(1, 12)) for _ in ends]
    ways = [draw(st.sampled_from([(6.0, 6.0), (6.0, 0.0), (0.0, 6.0)])) for _ in ends]
    places = [(1000.0 * i, 1000.0 * (i % 2)) for i in range(nodes)]
    lines = [[places[a], (1000.0 * a + 31 * i, -500.0 - 97 * i), places[b]] for i, (a, b) in enumerate(ends)]
    for i, (a, b) in enumerate(ends):
        if a == b:  # out and back along one line, a place would lie on the street twice
            lines[i].insert(2, (1000.0 * a + 31 * i + 11, -500.0 - 97 * i))
    street = draw(st.integers(0, count - 1))
    along = draw(st.integers(0, lengths[street]))
    site = shapely.line_interpolate_point(shapely.LineString(lines[street]), along / lengths[street], normalized=True)
    roads = network(places, ends, lengths=lengths, speeds=ways, lines=lines)
    return roads, ends, lengths, ways, street, along, (site.x, site.y)


def metre_by_metre(ends, lengths, ways, street, along, cutoff):
    """Return the reached length by cutting every street into metres: an oracle that knows no shares."""
    graph = nx.DiGraph()
    stations = {}
    for i, ((first, last), length, (ahead, back)) in enumerate(zip(ends, lengths, ways, strict=True)):
        names = [("node", first), *((i, k) for k in range(1, length)), ("node", last)]
        stations[i] = names
        for tail, head in itertools.pairwise(names):
            if ahead:
                graph.add_edge(tail, head, metres=1)
            if back:
                graph.add_edge(head, tail, metres=1)
    source = stations[street][along]
    graph.add_node(source)
    far = nx.single_source_dijkstra_path_length(graph, source, cutoff=cutoff, weight="metres")
    total = 0
    for i, (ahead, back) in enumerate(ways):
        for tail, head in zip(stations[i], stations[i][1:], strict=False):
            total += bool((ahead and far.get(tail, cutoff) < cutoff) or (back and far.get(head, cutoff) < cutoff))
    return total


@given(networks(), st.integers(0, 40))
def test_as_if_every_street_were_cut_into_metres(case, cutoff):
    roads, ends, lengths, ways, street, along, site = case
    router = prepare_router(roads, profile="walk", unit="metres", min_component_share=0.0)
    starts = snap(router, [site])
    held = within_cutoff(router, starts, reachable_nodes(router, starts, limit=cutoff), cutoff=cutoff)
    (length,) = reached_length_m(router, starts, held)
    assert length == pytest.approx(metre_by_metre(ends, lengths, ways, street, along, cutoff), abs=1e-6)


@given(networks(), st.floats(0, 40), st.floats(0, 40))
def test_a_larger_cut_off_never_reaches_less(case, one, other):
    roads, *_, site = case
    router = prepare_router(roads, profile="walk", unit="metres", min_component_share=0.0)
    starts = snap(router, [site])
    reached = reachable_nodes(router, starts, limit=max(one, other))
    near, far = (
        reached_length_m(router, starts, within_cutoff(router, starts, reached, cutoff=c)) for c in sorted((one, other))
    )
    assert near[0] <= far[0] + 1e-9


@given(st.permutations(range(25)), st.floats(0, 600))
def test_the_order_of_nodes_and_streets_does_not_matter(order, cutoff):
    roads = grid(5, 5)
    place = np.empty(25, dtype=np.int64)
    place[list(order)] = np.arange(25)
    mixed = network(roads.node_xy_m[list(order)], place[roads.edge_nodes][::-1], lengths=roads.length_m[::-1])
    expected = reach(roads, [(120, 200)], cutoff)
    assert reach(mixed, [(120, 200)], cutoff) == pytest.approx(expected, abs=1e-6)
    assert reach(along_a_curve(mixed), [(120, 200)], cutoff) == pytest.approx(expected, abs=1e-6)
