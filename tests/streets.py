"""Small street networks whose answers can be seen by eye: 100 metres are one minute."""

from __future__ import annotations

import numpy as np

from parkmap.analysis.network.graph import Roads

KMH = 6.0


def network(places, streets, *, lengths=None, speeds=None, lines=None, highway=None) -> Roads:
    """Return a network: places as (x, y) metres, streets as pairs of places; node 0 has id 100, street 0 id 900."""
    xy = np.array(places, dtype=float).reshape(-1, 2)
    ends = np.array(streets, dtype=np.int64).reshape(-1, 2)
    drawn = lines or [[xy[first], xy[last]] for first, last in ends]
    vertices = [np.array(line, dtype=float) for line in drawn]
    measured = [np.hypot(*np.diff(line, axis=0).T).sum() for line in vertices]
    both = np.full((len(ends), 2), KMH) if speeds is None else np.array(speeds, dtype=float).reshape(-1, 2)
    return Roads(
        node_ids=100 + np.arange(len(xy)),
        node_xy_m=xy,
        edge_ids=900 + np.arange(len(ends)),
        edge_nodes=ends,
        length_m=np.array(measured if lengths is None else lengths, dtype=float),
        vertex_xy_m=np.concatenate(vertices) if vertices else np.zeros((0, 2)),
        vertex_start=np.concatenate([[0], np.cumsum([len(line) for line in vertices])]).astype(np.int64),
        highway=np.array(highway or ["residential"] * len(ends), dtype=str),
        speeds_kmh={"walk": both},
    )


def grid(columns, rows, *, step=100.0) -> Roads:
    """Return a square grid; the place in column c and row r is number r * columns + c."""
    places = [(c * step, r * step) for r in range(rows) for c in range(columns)]
    across = [(r * columns + c, r * columns + c + 1) for r in range(rows) for c in range(columns - 1)]
    up = [(r * columns + c, (r + 1) * columns + c) for r in range(rows - 1) for c in range(columns)]
    return network(places, across + up)
