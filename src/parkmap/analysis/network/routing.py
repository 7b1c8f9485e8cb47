"""Shortest paths over a street network: one prepared value per profile, bounded Dijkstra from points on its segments.

Dijkstra's algorithm (1959) as implemented in `scipy.sparse.csgraph`, which stops at a limit. A start is added to the
graph as a node of its own, joined to the ends of the segment on which it lies, so that starting in the middle of a
street costs exactly the part of it that is left. Starts near each other are run together on the part of the network
that the limit can lead to as the crow flies, so that a small area of a large network costs little.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from parkmap.analysis.network.graph import ragged, road_findings
from parkmap.errors import InvalidInputError
from parkmap.finding import finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.snap import Snapped

Cost = Literal["minutes", "metres"]

NO_ACCESS: Final = frozenset({"motorway", "motorway_link"})
"""Classes that no one joins from a plot beside them, so that no site is snapped to them."""
MIN_COMPONENT_SHARE: Final = 0.01
"""A part of the network with less of its open length is an island: sites are not snapped to it."""
CELLS: Final = 4_000_000
"""Distances held at once (starts x nodes): 32 MB."""
SPREAD: Final = 6.0
"""Starts run together while the box around what they reach is at most this many times that of one of them."""
ROUNDING: Final = 1e-6
"""Share, and metres, by which that box is widened against rounding."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Incident:
    """Segments by node.

    Parameters
    ----------
    start
        Those of node i stand in ``start[i]:start[i + 1]``, shape (n + 1,).
    edge
        Position of the segment.
    other
        Its node at the other end.
    """

    start: NDArray[np.int64]
    edge: NDArray[np.int64]
    other: NDArray[np.int64]

    def at(self, nodes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many segments each node has, and where they stand, node after node.

        Parameters
        ----------
        nodes
            Positions of nodes, repeats allowed.
        """
        first = self.start[nodes]
        counts = self.start[nodes + 1] - first
        return counts, ragged(first, counts)


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Router:
    """A network prepared for one profile.

    Parameters
    ----------
    roads
        The network.
    profile
        The profile.
    unit
        What costs are counted in.
    cost
        Cost forward and backward along each segment, shape (m, 2); inf where closed.
    leaving, arriving
        The open segments whose first, or last, node is a given one.
    graph
        Node to node costs; the cheapest of parallel segments.
    pace
        Greatest distance in metres that a cost of 1 leads to on any segment; inf where one costs nothing.
    dearest
        Highest cost from each node along any open segment at it; inf where one is closed from there.
    half_length_m
        Half the length of the open segments at each node.
    component
        Number of the connected part of each node, with one-way streets taken both ways.
    component_share
        Share of the open length in each part, so that islands can be told.
    snappable
        Positions of the segments to which a site may be snapped.
    tree
        Spatial index over those segments.
    """

    roads: Roads
    profile: str
    unit: Cost
    cost: NDArray[np.float64]
    leaving: Incident
    arriving: Incident
    graph: csr_array
    pace: float
    dearest: NDArray[np.float64]
    half_length_m: NDArray[np.float64]
    component: NDArray[np.int64]
    component_share: NDArray[np.float64]
    snappable: NDArray[np.int64]
    tree: shapely.STRtree


def prepare(
    roads: Roads,
    *,
    profile: str,
    unit: Cost = "minutes",
    towards: bool = False,
    no_access: Collection[str] = NO_ACCESS,
    min_component_share: float = MIN_COMPONENT_SHARE,
) -> Router:
    """Prepare a network for shortest paths.

    Parameters
    ----------
    roads
        The network.
    profile
        Key of its speeds.
    unit
        Whether costs are minutes or metres.
    towards
        Travel to the starts instead of away from them; it differs where there are one-way streets.
    no_access
        Classes to which no site is snapped.
    min_component_share
        Parts of the network with a smaller share of the open length get no site.

    Returns
    -------
    Router
        The prepared network.

    Raises
    ------
    InvalidInputError
        When the network has no such profile or cannot be used; with the ids of its faulty segments.
    """
    if profile not in roads.speeds_kmh:
        known = ", ".join(roads.speeds_kmh)
        raise InvalidInputError([finding("roads.no_profile", "error", key=profile, profile=profile, known=known)])
    wrong = [found for found in road_findings(roads) if found.severity == "error"]
    if wrong:
        raise InvalidInputError(wrong)
    cost = roads.minutes(profile) if unit == "minutes" else roads.metres(profile)
    cost = cost[:, ::-1] if towards else cost
    is_open = np.asarray(np.isfinite(cost).any(axis=1))
    component, share = _components(roads, is_open)
    apart = share[component[roads.edge_nodes[:, 0]]] < min_component_share
    snappable = np.flatnonzero(is_open & ~apart & ~np.isin(roads.highway, list(no_access)))
    return Router(
        roads=roads,
        profile=profile,
        unit=unit,
        cost=cost,
        leaving=_incident(roads, is_open, 0),
        arriving=_incident(roads, is_open, 1),
        graph=_graph(roads, cost),
        pace=_pace(roads, cost),
        dearest=_dearest(roads, cost, is_open),
        half_length_m=_half_length_m(roads, is_open),
        component=component,
        component_share=share,
        snappable=snappable,
        tree=shapely.STRtree(edge_lines(roads, snappable)),
    )


def edge_lines(roads: Roads, edges: NDArray[np.int64]) -> NDArray[np.object_]:
    """Return segments as lines.

    Parameters
    ----------
    roads
        The network.
    edges
        Positions of segments.

    Returns
    -------
    ndarray of LineString, shape (len(edges),)
        Lines in the system of the network.
    """
    counts = np.diff(roads.vertex_start)[edges]
    owner = np.repeat(np.arange(len(edges)), counts)
    lines: NDArray[np.object_] = shapely.linestrings(
        roads.vertex_xy_m[ragged(roads.vertex_start[edges], counts)], indices=owner
    )
    return lines


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """Costs from some starts over the part of the network that they can reach.

    Parameters
    ----------
    starts
        Positions of the starts, shape (b,).
    nodes
        Positions of the nodes looked at, shape (k,); no other is within the limit.
    cost
        Cost from each start to each of them, then at least one column of inf, for nodes outside; shape (b, k + b).
    place
        Column of each node of the network in `cost`, shape (n,).
    """

    starts: NDArray[np.int64]
    nodes: NDArray[np.int64]
    cost: NDArray[np.float64]
    place: NDArray[np.int64]


def batches(router: Router, starts: Snapped, *, limit: float = np.inf) -> Iterator[Batch]:
    """Yield the costs from starts to nodes, some starts at a time.

    Parameters
    ----------
    router
        The prepared network.
    starts
        Points on its segments; those off the network reach nothing and are left out.
    limit
        Cost beyond which nothing is looked for.

    Yields
    ------
    Batch
        Costs; inf beyond the limit.
    """
    x, y = np.ascontiguousarray(router.roads.node_xy_m.T)
    count = len(x)
    for group in _groups(starts, limit * router.pace, max(1, CELLS // count)):
        reach = limit * router.pace * (1 + ROUNDING) + ROUNDING
        west, south = starts.xy_m[group].min(axis=0) - reach
        east, north = starts.xy_m[group].max(axis=0) + reach
        nodes = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        place = np.full(count, len(nodes))
        place[nodes] = np.arange(len(nodes))
        graph = _with_starts(router, starts, group, nodes, place)
        sources = np.arange(len(nodes), len(nodes) + len(group))
        cost = dijkstra(graph, directed=True, indices=sources, limit=limit)
        cost[:, len(nodes) :] = np.inf  # the starts themselves are no nodes of the network
        yield Batch(starts=group, nodes=nodes, cost=cost, place=place)


def _groups(starts: Snapped, reach_m: float, largest: int) -> Iterator[NDArray[np.int64]]:
    """Yield starts that are near each other, going to and fro in strips as wide as they reach."""
    on = np.flatnonzero(starts.on_network)
    if not np.isfinite(reach_m):
        yield from (on[first : first + largest] for first in range(0, len(on), largest))
        return
    x, y = starts.xy_m[on].T
    strip = np.floor(y / max(2 * reach_m, 1.0))
    on = on[np.lexsort((x, strip))]
    first = 0
    for last in range(1, len(on) + 1):
        if last == len(on) or last - first == largest or _spread(starts.xy_m[on[first : last + 1]], reach_m) > SPREAD:
            yield on[first:last]
            first = last


def _spread(xy_m: NDArray[np.float64], reach_m: float) -> float:
    """Return how many times larger the box that several starts need is than that of one."""
    side = max(2 * reach_m, 1.0)
    width, height = np.ptp(xy_m, axis=0) + side
    return float(width * height / side**2)


def part_cost(share: NDArray[np.float64], cost: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cost of a share of a segment; no part of a closed segment costs nothing.

    Parameters
    ----------
    share
        Share of the segment, 0 to 1.
    cost
        Cost of the whole segment; inf where closed.
    """
    with np.errstate(invalid="ignore"):
        return np.where(share == 0, 0.0, share * cost)


def _graph(roads: Roads, cost: NDArray[np.float64]) -> csr_array:
    """Return node to node costs; of parallel segments the cheapest, because a sparse matrix would add them up."""
    nodes = len(roads.node_ids)
    tail = np.concatenate([roads.edge_nodes[:, 0], roads.edge_nodes[:, 1]])
    head = np.concatenate([roads.edge_nodes[:, 1], roads.edge_nodes[:, 0]])
    weight = np.concatenate([cost[:, 0], cost[:, 1]])
    usable = np.isfinite(weight) & (tail != head)
    tail, head, weight = tail[usable], head[usable], weight[usable]
    order = np.lexsort((weight, head, tail))
    tail, head, weight = tail[order], head[order], weight[order]
    first = np.ones(len(tail), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    tail, head, weight = tail[first], head[first], weight[first]
    start = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=nodes))])
    return csr_array((weight, head.astype(np.int32), start.astype(np.int32)), shape=(nodes, nodes))


def _with_starts(
    router: Router, starts: Snapped, group: NDArray[np.int64], nodes: NDArray[np.int64], place: NDArray[np.int64]
) -> csr_array:
    """Return the graph of some nodes with one more node per start, from which the ends of its segment are reached."""
    graph = router.graph
    counts = (graph.indptr[1:] - graph.indptr[:-1])[nodes]
    entry = ragged(graph.indptr[nodes], counts)
    column = place[graph.indices[entry]]
    kept = column < len(nodes)
    until = np.concatenate([[0], np.cumsum(kept)])[np.concatenate([[0], np.cumsum(counts)])]
    edge, share = starts.edge[group], starts.fraction[group]
    cost = np.stack([part_cost(share, router.cost[edge, 1]), part_cost(1 - share, router.cost[edge, 0])], axis=1)
    ends = place[router.roads.edge_nodes[edge]]
    reached = np.isfinite(cost) & (ends < len(nodes))
    indptr = np.concatenate([until, until[-1] + np.cumsum(reached.sum(axis=1))])
    indices = np.concatenate([column[kept], ends[reached]])
    data = np.concatenate([graph.data[entry][kept], (cost + starts.access[group, None])[reached]])
    shape = (len(nodes) + len(group), len(nodes) + len(group))
    return csr_array((data, indices.astype(np.int32), indptr.astype(np.int32)), shape=shape)


def _pace(roads: Roads, cost: NDArray[np.float64]) -> float:
    """Return the greatest distance over cost of any segment, measured along its drawn line."""
    step = np.hypot(*np.diff(roads.vertex_xy_m, axis=0).T)
    owner = np.repeat(np.arange(len(roads.edge_ids)), np.diff(roads.vertex_start))
    inside = owner[:-1] == owner[1:]
    drawn = np.bincount(owner[:-1][inside], weights=step[inside], minlength=len(roads.edge_ids))
    least = cost.min(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        pace = np.where(drawn > 0, drawn / least, 0.0)
    return float(pace.max(initial=0.0))


def _incident(roads: Roads, is_open: NDArray[np.bool_], end: int) -> Incident:
    edges = np.flatnonzero(is_open)
    node = roads.edge_nodes[edges, end]
    edges = edges[np.argsort(node, kind="stable")]
    start = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=len(roads.node_ids)))])
    return Incident(start=start, edge=edges, other=roads.edge_nodes[edges, 1 - end])


def _dearest(roads: Roads, cost: NDArray[np.float64], is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    dearest = np.zeros(len(roads.node_ids))
    for end in (0, 1):
        np.maximum.at(dearest, roads.edge_nodes[is_open, end], cost[is_open, end])
    return dearest


def _half_length_m(roads: Roads, is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    ends = roads.edge_nodes[is_open].reshape(-1)
    halves = np.repeat(roads.length_m[is_open] / 2, 2)
    return np.bincount(ends, weights=halves, minlength=len(roads.node_ids)).astype(np.float64)


def _components(roads: Roads, is_open: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    nodes = len(roads.node_ids)
    ends = roads.edge_nodes[is_open]
    links = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    count, label = connected_components(links, directed=False)
    length = np.bincount(label[ends[:, 0]], weights=roads.length_m[is_open], minlength=count)
    total = length.sum()
    return label.astype(np.int64), np.asarray(length / total if total else length)
