"""A street network made ready for one profile: what each segment costs, what leaves each node, where sites may join."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from parkmap.analysis.network.arcs import Arcs, arcs_of
from parkmap.analysis.network.graph import edge_lines, ragged, road_findings
from parkmap.errors import InvalidInputError
from parkmap.finding import finding

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads

Cost = Literal["minutes", "metres"]

NO_ACCESS: Final = frozenset({"motorway", "motorway_link"})
"""Classes without access from adjoining plots; no site is snapped to them."""
MIN_COMPONENT_SHARE: Final = 0.01
"""A part of the network with less of its open length is an island: sites are not snapped to it."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Incident:
    """Segments by node.

    Parameters
    ----------
    start
        Those of node i are in ``start[i]:start[i + 1]``, shape (n + 1,).
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
    arcs
        What leaves each node, for the search.
    dearest
        Highest cost from each node along any open segment at it; inf where one is closed from there.
    half_length_m
        Half the length of the open segments at each node.
    component
        Number of the connected part of each node, with one-way streets taken both ways.
    component_share
        Share of the open length in each part, so that islands can be recognised.
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
    arcs: Arcs
    dearest: NDArray[np.float64]
    half_length_m: NDArray[np.float64]
    component: NDArray[np.int64]
    component_share: NDArray[np.float64]
    snappable: NDArray[np.int64]
    tree: shapely.STRtree


def prepare_router(
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
        arcs=arcs_of(roads, cost),
        dearest=_dearest(roads, cost, is_open),
        half_length_m=_half_length_m(roads, is_open),
        component=component,
        component_share=share,
        snappable=snappable,
        tree=shapely.STRtree(edge_lines(roads, snappable)),
    )


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
