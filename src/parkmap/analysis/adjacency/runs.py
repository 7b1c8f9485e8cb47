"""Short stretches of a boundary that follow one another are one long stretch: vertices may stand very close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parkmap.analysis.adjacency.hashing import changes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.edges import Edges


def run_lengths(
    edges: Edges, numbers: NDArray[np.int32], spans: NDArray[np.float64], group: NDArray[Any], *, gap_m: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return, for each part of an edge, its run and how long that is in all.

    A run is made of parts of one group that follow one another along one ring. It ends where a ring begins.

    Parameters
    ----------
    edges
        Edges.
    numbers
        Edge of each part, shape (k,).
    spans
        Where each part begins and ends, in metres from the start of the turned edge, shape (k, 2).
    group
        Group of each part, shape (k,); parts of one group on different rings are different runs.
    gap_m
        Largest gap between two parts of a run.

    Returns
    -------
    tuple of ndarray
        Number of the run of each part, and its length in m, shape (k,).
    """
    if len(numbers) == 0:
        return np.empty(0, dtype=np.int64), np.empty(0)
    start_m = np.cumsum(edges.length_m) - edges.length_m
    length_m = edges.length_m[numbers]
    along = np.where(edges.left[numbers][:, None], spans, length_m[:, None] - spans[:, ::-1])
    low, high = start_m[numbers] + along[:, 0], start_m[numbers] + along[:, 1]
    ring = np.searchsorted(edges.rings[:, 0], numbers, side="right")
    order = np.lexsort((low, ring, group))
    fresh = changes(group[order]) | changes(ring[order])
    fresh[1:] |= low[order][1:] > high[order][:-1] + gap_m
    run = np.empty(len(numbers), dtype=np.int64)
    run[order] = np.cumsum(fresh) - 1
    total_m = np.bincount(run, weights=high - low).astype(np.float64, copy=False)
    return run, total_m[run]
