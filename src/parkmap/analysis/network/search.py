"""Shortest paths from many starts at once, up to a limit.

Delta-stepping after Meyer and Sanders (2003), Journal of Algorithms 49: nodes are left in buckets of rising cost, and
within a bucket as often as a cheaper way to them is found. Here all starts are worked on together, one array operation
at a time over whatever they have just reached; nothing depends on the size of the network but the array of costs, which
is made once.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.network.graph import ragged
from parkmap.analysis.network.routing import part_cost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.network.arcs import Arcs
    from parkmap.analysis.network.routing import Router
    from parkmap.analysis.network.snap import Snapped

CELLS: Final = 1 << 21
"""Pairs of start and node held at once: 27 MB."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Reached:
    """The nodes that each start reaches.

    Parameters
    ----------
    starts
        Positions of the starts on the network, in the order in which they were run, shape (r,).
    rank
        Position in `starts`, shape (k,), rising.
    node
        Position of the node, shape (k,), rising for each start.
    cost
        Cost at it, shape (k,).
    """

    starts: NDArray[np.int64]
    rank: NDArray[np.int64]
    node: NDArray[np.int64]
    cost: NDArray[np.float64]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _Labels:
    """Labels of each pair of start and node: a cell is the start's rank, then `bits` bits of the node."""

    bits: int
    bound: float
    cost: NDArray[np.float64]
    claim: NDArray[np.int32]
    met: NDArray[np.bool_]


def search(router: Router, starts: Snapped, *, limit: float = np.inf) -> Iterator[Reached]:
    """Yield the nodes within a limit, some starts at a time.

    Parameters
    ----------
    router
        The prepared network.
    starts
        Points on its segments; those off the network reach nothing and are left out.
    limit
        Cost up to which is travelled.

    Yields
    ------
    Reached
        One row per start and node.
    """
    bits = max(len(router.roads.node_ids) - 1, 1).bit_length()
    on = np.flatnonzero(starts.on_network)
    on = on[np.argsort(router.roads.edge_nodes[starts.edge[on], 0], kind="stable")]  # neighbours share what is cached
    size = max(1, min(CELLS >> bits, len(on)))
    bound = float(np.nextafter(limit, np.inf))  # so that one comparison keeps what is within the limit and cheaper
    cells = size << bits
    labels = _Labels(
        bits=bits,
        bound=bound,
        cost=np.full(cells, bound),
        claim=np.empty(cells, dtype=np.int32),
        met=np.zeros(cells, dtype=bool),
    )
    for first in range(0, len(on), size):
        group = on[first : first + size]
        _settle(labels, router.arcs, *_improved(labels, *_seeds(router, starts, group, bits)))
        yield _taken(labels, group)


def _seeds(
    router: Router, starts: Snapped, group: NDArray[np.int64], bits: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the ends of the segments on which starts lie, with the cost of the part that is left."""
    edge, share = starts.edge[group], starts.fraction[group]
    cost = np.stack([part_cost(share, router.cost[edge, 1]), part_cost(1 - share, router.cost[edge, 0])], axis=1)
    cells = (np.arange(len(group))[:, None] << bits) + router.roads.edge_nodes[edge]
    return cells.reshape(-1), (cost + starts.access[group, None]).reshape(-1)


def _settle(labels: _Labels, arcs: Arcs, cell: NDArray[np.int64], cost: NDArray[np.float64]) -> None:
    """Leave cells until nothing gets cheaper."""
    until = -np.inf
    while len(cell):
        until = max(until, float(cost.min())) + arcs.bucket
        later: list[NDArray[np.int64]] = []
        cell, cost = _near(cell, cost, until, later)
        while len(cell):
            cell, cost = _left(labels, arcs, cell, cost)
            cell, cost = _near(cell, cost, until, later)
        cell, cost = _postponed(labels, later, until)


def _near(
    cell: NDArray[np.int64], cost: NDArray[np.float64], until: float, later: list[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return what lies in the bucket, and put off the rest."""
    if cost.max(initial=0.0) <= until:
        return cell, cost
    near = cost <= until
    later.append(cell.compress(~near))
    return cell.compress(near), cost.compress(near)


def _left(
    labels: _Labels, arcs: Arcs, cell: NDArray[np.int64], cost: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Leave cells along every arc, and return those that it made cheaper."""
    row = cell & ((1 << labels.bits) - 1)
    many = np.flatnonzero(arcs.further.take(row)) if len(arcs.step) > len(arcs.further) else ()
    if len(many):
        wide = row[many]
        repeats = np.repeat(many, arcs.further[wide])
        row = np.concatenate([row, ragged(arcs.further_start[wide], arcs.further[wide])])
        cell, cost = np.concatenate([cell, cell[repeats]]), np.concatenate([cost, cost[repeats]])
    to = arcs.step.take(row, axis=0)
    to += cell[:, None]
    sums = arcs.cost.take(row, axis=0)
    sums += cost[:, None]
    return _improved(labels, to.reshape(-1), sums.reshape(-1))


def _improved(
    labels: _Labels, cell: NDArray[np.int64], cost: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Note cheaper costs, and return the cells that have one, each once."""
    cheaper = np.flatnonzero(cost < labels.cost.take(cell))
    cell, cost = cell.take(cheaper), cost.take(cheaper)
    first = _firsts(labels, cell)
    once = np.flatnonzero(first)
    own = cell.take(once)
    labels.cost[own] = cost.take(once)
    if len(own) < len(cell):
        again = np.flatnonzero(~first)
        np.minimum.at(labels.cost, cell.take(again), cost.take(again))
    labels.met[own] = True
    return own, labels.cost.take(own)


def _firsts(labels: _Labels, cell: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return one True for each different cell."""
    claim = np.arange(len(cell), dtype=np.int32)
    labels.claim[cell] = claim  # where a cell stands twice, one of its claims stays
    return np.asarray(labels.claim.take(cell) == claim)


def _postponed(
    labels: _Labels, later: list[NDArray[np.int64]], until: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return what was put off, once each, but not what has since been reached more cheaply and left."""
    if not later:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    cell = np.concatenate(later)
    cell = cell.compress(_firsts(labels, cell))
    cost = labels.cost.take(cell)
    waiting = cost > until
    return cell.compress(waiting), cost.compress(waiting)


def _taken(labels: _Labels, group: NDArray[np.int64]) -> Reached:
    """Return what was reached, and reset the labels."""
    cell = np.flatnonzero(labels.met)
    cost = labels.cost.take(cell)
    labels.met[cell] = False
    labels.cost[cell] = labels.bound
    return Reached(starts=group, rank=cell >> labels.bits, node=cell & ((1 << labels.bits) - 1), cost=cost)
