"""The search from many starts at once.

costs     | alike, from one to a thousand (several buckets), nothing
streets   | two ways, one way, parallel, a junction of many streets, none that is open
starts    | at junctions, more than are held at once, off the network, none
limit     | none, exactly on a node, nothing
oracle    | Dijkstra as SciPy has it; counted by eye
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from parkmap.analysis.network import search as searching
from parkmap.analysis.network.isochrones import reachable_nodes
from parkmap.analysis.network.routing import prepare_router
from parkmap.analysis.network.snap import snap
from streets import grid, network


def costs(roads, places, *, limit=np.inf):
    """Return the cost of each node from each place, inf where it was not reached."""
    router = prepare_router(roads, profile="walk", unit="metres", min_component_share=0.0)
    starts = snap(router, np.array(places, dtype=float).reshape(-1, 2), limit_m=1e-6)
    found = reachable_nodes(router, starts, limit=limit)
    rows = found.starts[found.rank]
    key = found.rank * len(roads.node_ids) + found.node
    assert (np.diff(key) > 0).all()
    cost = np.full((len(places), len(roads.node_ids)), np.inf)
    cost[rows, found.node] = found.cost
    return cost


def by_dijkstra(roads, nodes):
    """Return the same from SciPy, which has no parallel streets: the cheapest of each pair is given to it."""
    size = len(roads.node_ids)
    dense = np.full((size, size), np.inf)
    for (first, last), length, speed in zip(roads.edge_nodes, roads.length_m, roads.speeds_kmh["walk"], strict=True):
        for tail, head, kmh in ((first, last, speed[0]), (last, first, speed[1])):
            if kmh > 0 and tail != head:
                dense[tail, head] = min(dense[tail, head], length)
    tail, head = np.nonzero(dense < np.inf)
    graph = coo_array((dense[tail, head], (tail, head)), shape=(size, size)).tocsr()
    return dijkstra(graph, indices=nodes)


@st.composite
def cases(draw):
    seed, spread = draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from([0, 1, 3]))
    rng = np.random.default_rng(seed)
    size = draw(st.integers(2, 30))
    ends = rng.integers(0, size, (draw(st.integers(1, 90)), 2))
    hub = rng.integers(0, size, (draw(st.integers(0, 14)), 1))  # many streets at one junction
    ends = np.concatenate([ends, np.hstack([np.zeros_like(hub), hub])])
    speeds = rng.choice([(6.0, 6.0), (6.0, 0.0), (0.0, 6.0), (0.0, 0.0)], len(ends), p=[0.6, 0.2, 0.1, 0.1])
    return network(
        rng.uniform(0, 1000, (size, 2)), ends, lengths=10.0 ** rng.uniform(0, spread, len(ends)), speeds=speeds
    )


@given(cases(), st.sampled_from([1, 1 << 6, 1 << 21]))
def test_as_dijkstra_has_it(roads, cells):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "CELLS", cells)
        nodes = np.unique(roads.edge_nodes[(roads.speeds_kmh["walk"] > 0).any(axis=1)])
        found = costs(roads, roads.node_xy_m[nodes])
    assert found == pytest.approx(by_dijkstra(roads, nodes).reshape(found.shape), rel=1e-12)


@given(cases(), st.floats(0, 2000))
def test_a_limit_only_leaves_out_what_is_beyond_it(roads, limit):
    nodes = np.unique(roads.edge_nodes[(roads.speeds_kmh["walk"] > 0).any(axis=1)])
    whole = costs(roads, roads.node_xy_m[nodes])
    assert np.array_equal(costs(roads, roads.node_xy_m[nodes], limit=limit), np.where(whole <= limit, whole, np.inf))


def test_a_node_at_the_limit_is_reached():
    assert np.isfinite(costs(grid(5, 5), [(0, 0)], limit=300.0)).sum() == 10
    assert np.isfinite(costs(grid(5, 5), [(0, 0)], limit=299.999)).sum() == 6


def test_nothing_left_reaches_the_own_node():
    assert np.flatnonzero(costs(grid(3, 3), [(100, 100)], limit=0.0) < np.inf).tolist() == [4]


def test_streets_without_length():
    roads = network([(0, 0), (100, 0), (100, 0), (200, 0)], [(0, 1), (1, 2), (2, 3)])
    assert costs(roads, [(0, 0)]).tolist() == [[0.0, 100.0, 100.0, 200.0]]


def test_a_junction_of_many_streets():
    spokes = [(10.0 * (i + 1), 100.0 * (-1) ** i) for i in range(13)]
    roads = network([(0, 0), *spokes], [(0, i + 1) for i in range(13)])
    assert costs(roads, [(0, 0)])[0] == pytest.approx([0.0, *(np.hypot(*spoke) for spoke in spokes)])


def test_no_start_on_the_network():
    assert np.isinf(costs(grid(3, 3), [(50, 50)])).all()
    assert costs(grid(3, 3), []).shape == (0, 9)
