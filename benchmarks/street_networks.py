"""Seeded street networks for benchmarks: a jittered grid with some streets missing, as plain arrays."""

from __future__ import annotations

import numpy as np

from parkmap.analysis.network.graph import Roads

BLOCK_M = 100.0
JITTER_M = 30.0
KEPT = 0.8


def street_grid(nodes: int, *, seed: int) -> Roads:
    """Return about that many junctions in random order, 100 m apart, every fifth street missing, no one-way streets."""
    rng = np.random.default_rng(seed)
    side = round(np.sqrt(nodes))
    across, up = np.meshgrid(np.arange(side), np.arange(side))
    xy = np.stack([across.ravel(), up.ravel()], axis=1) * BLOCK_M + rng.uniform(-JITTER_M, JITTER_M, (side * side, 2))
    index = np.arange(side * side).reshape(side, side)
    rows = np.stack([index[:, :-1].ravel(), index[:, 1:].ravel()], axis=1)
    columns = np.stack([index[:-1].ravel(), index[1:].ravel()], axis=1)
    edges = np.concatenate([rows, columns])
    edges = edges[rng.random(len(edges)) < KEPT]
    shuffled = rng.permutation(side * side)  # ids of real nodes say little of where they are
    xy, edges = xy[np.argsort(shuffled)], shuffled[edges][rng.permutation(len(edges))]
    return Roads(
        node_ids=np.arange(side * side),
        node_xy_m=xy,
        edge_ids=np.arange(len(edges)),
        edge_nodes=edges,
        length_m=np.hypot(*(xy[edges[:, 0]] - xy[edges[:, 1]]).T),
        vertex_xy_m=xy[edges].reshape(-1, 2),
        vertex_start=np.arange(len(edges) + 1) * 2,
        highway=np.full(len(edges), "residential"),
        speeds_kmh={"walk": np.full((len(edges), 2), 4.8)},
    )
