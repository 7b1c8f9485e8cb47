"""What leaves each node, in rows of equal width, so that many nodes are left at once without counting their streets."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.network.graph import ragged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads

WIDTH: Final = 4
"""Streets in a row: junctions of more are rare."""
BUCKET: Final = 8.0
"""Width of a bucket of the search in median costs of a street; from 4 to 16 makes no difference."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Arcs:
    """Arcs from node to node.

    Parameters
    ----------
    step
        Position of the node at the other end less that of the node itself, shape (rows, WIDTH); 0 where a row has
        fewer ways. Row i is that of node i; further rows follow behind those of all nodes.
    cost
        Cost of each way, shape (rows, WIDTH); inf where there is none.
    further
        Number of further rows of each node, shape (n,).
    further_start
        Where they begin, shape (n,).
    bucket
        Costs that differ by less are worked on together; inf where nothing costs anything.
    """

    step: NDArray[np.int64]
    cost: NDArray[np.float64]
    further: NDArray[np.int64]
    further_start: NDArray[np.int64]
    bucket: float


def arcs_of(roads: Roads, cost: NDArray[np.float64]) -> Arcs:
    """Return what leaves each node.

    Parameters
    ----------
    roads
        The network.
    cost
        Cost forward and backward along each segment, shape (m, 2); inf where closed.
    """
    nodes = len(roads.node_ids)
    tail, head = roads.edge_nodes.T.reshape(-1), roads.edge_nodes[:, ::-1].T.reshape(-1)
    each = cost.T.reshape(-1)
    used = np.flatnonzero(np.isfinite(each) & (tail != head))
    used = used[np.argsort(tail[used], kind="stable")]
    tail, head, each = tail[used], head[used], each[used]
    counts = np.bincount(tail, minlength=nodes)
    further = np.maximum(-(-counts // WIDTH) - 1, 0)
    further_start = nodes + np.cumsum(further) - further
    rank = ragged(np.zeros(nodes, dtype=np.int64), counts)
    row = np.where(rank < WIDTH, tail, further_start[tail] + rank // WIDTH - 1)
    shape = (nodes + int(further.sum()), WIDTH)
    steps, costs = np.zeros(shape, dtype=np.int64), np.full(shape, np.inf)
    steps[row, rank % WIDTH], costs[row, rank % WIDTH] = head - tail, each
    priced = each[each > 0]
    bucket = BUCKET * float(np.median(priced)) if len(priced) else np.inf
    return Arcs(step=steps, cost=costs, further=further, further_start=further_start, bucket=bucket)
