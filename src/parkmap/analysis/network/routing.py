"""Shortest paths over a street network: one prepared value per profile, bounded Dijkstra from points on its segments.

Dijkstra's algorithm (1959) as implemented in `scipy.sparse.csgraph`, which stops at a limit. A start is added to the
graph as a node of its own, joined to the ends of the segment on which it lies, so that starting in the middle of a
street costs exactly the part of it that is left.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from parkmap.analysis.network.graph import road_findings
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
    graph
        Node to node costs; the cheapest of parallel segments.
    half_start, half_edge, half_end
        Which segments meet at each node: those of node i stand in ``half_start[i]:half_start[i + 1]``, with the end
        (0 first, 1 last) by which they touch it.
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
    graph: csr_array
    half_start: NDArray[np.int64]
    half_edge: NDArray[np.int64]
    half_end: NDArray[np.int64]
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
    start, edge, end = _halves(roads, is_open)
    return Router(
        roads=roads,
        profile=profile,
        unit=unit,
        cost=cost,
        graph=_graph(roads, cost),
        half_start=start,
        half_edge=edge,
        half_end=end,
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


def ragged(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the positions of several runs one after the other.

    Parameters
    ----------
    starts, counts
        Where each run begins and how long it is.

    Returns
    -------
    ndarray of int, shape (counts.sum(),)
        ``starts[0], starts[0] + 1, …, starts[1], …``.
    """
    before = np.cumsum(counts) - counts
    positions: NDArray[np.int64] = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
    return positions


def distances(router: Router, starts: Snapped, *, limit: float = np.inf) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Yield the costs from starts to every node, a batch of starts at a time.

    Parameters
    ----------
    router
        The prepared network.
    starts
        Points on its segments; those off the network reach nothing.
    limit
        Cost beyond which nothing is looked for.

    Yields
    ------
    tuple of slice and ndarray, shape (batch, nodes)
        Which starts, and the cost to each node; inf beyond the limit.
    """
    nodes = len(router.roads.node_ids)
    batch = max(1, CELLS // nodes)
    for first in range(0, len(starts.edge), batch):
        part = slice(first, min(first + batch, len(starts.edge)))
        graph = _with_starts(router, starts, part)
        sources = np.arange(nodes, graph.shape[0])
        yield part, dijkstra(graph, directed=True, indices=sources, limit=limit)[:, :nodes]


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


def _with_starts(router: Router, starts: Snapped, part: slice) -> csr_array:
    """Return the graph with one more node per start, from which the ends of its segment are reached."""
    edge, share = starts.edge[part], starts.fraction[part]
    on = edge >= 0
    safe = np.where(on, edge, 0)
    cost = (
        np.stack([part_cost(share, router.cost[safe, 1]), part_cost(1 - share, router.cost[safe, 0])], axis=1)
        + starts.access[part, None]
    )
    reached = np.isfinite(cost) & on[:, None]
    nodes, count = len(router.roads.node_ids), len(edge)
    indptr = np.concatenate([router.graph.indptr, router.graph.indptr[-1] + np.cumsum(reached.sum(axis=1))])
    indices = np.concatenate([router.graph.indices, router.roads.edge_nodes[safe][reached]])
    data = np.concatenate([router.graph.data, cost[reached]])
    shape = (nodes + count, nodes + count)
    return csr_array((data, indices.astype(np.int32), indptr.astype(np.int32)), shape=shape)


def _halves(roads: Roads, is_open: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    edges = np.flatnonzero(is_open)
    node = roads.edge_nodes[edges].T.reshape(-1)
    order = np.argsort(node, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=len(roads.node_ids)))])
    end = np.repeat(np.arange(2), len(edges))
    return start, np.concatenate([edges, edges])[order], end[order]


def _components(roads: Roads, is_open: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    nodes = len(roads.node_ids)
    ends = roads.edge_nodes[is_open]
    links = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    count, label = connected_components(links, directed=False)
    length = np.bincount(label[ends[:, 0]], weights=roads.length_m[is_open], minlength=count)
    total = length.sum()
    return label.astype(np.int64), np.asarray(length / total if total else length)
