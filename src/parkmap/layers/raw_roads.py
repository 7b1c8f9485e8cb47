"""Street segments as read, before any speed: longitude and latitude, and the tags of OpenStreetMap."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pyproj

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class RawRoads:
    """Segments between junctions.

    Parameters
    ----------
    node_ids
        Id of each node, shape (n,).
    node_lonlat_e7
        Longitude and latitude of each node in 1e-7 degree, WGS 84, shape (n, 2).
    edge_ids
        Id of the way of each segment, shape (m,).
    edge_nodes
        Positions of its first and last node, shape (m, 2).
    vertex_lonlat_e7
        Vertices of all segments, ends included, shape (k, 2).
    vertex_start
        Where each segment's vertices begin, shape (m + 1,).
    tags
        Tags of each segment's way.
    drawn
        Whether the source draws the segment forward and backward, shape (m, 2): a graph may have left one direction
        out where it is one-way; ways of OpenStreetMap have both, and their tags say the rest.
    """

    node_ids: NDArray[np.int64]
    node_lonlat_e7: NDArray[np.int64]
    edge_ids: NDArray[np.int64]
    edge_nodes: NDArray[np.int64]
    vertex_lonlat_e7: NDArray[np.int64]
    vertex_start: NDArray[np.int64]
    tags: tuple[Mapping[str, str], ...]
    drawn: NDArray[np.bool_]


def lengths_m(vertex_lonlat_e7: NDArray[np.int64], vertex_start: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the length of each segment on the WGS 84 ellipsoid.

    Parameters
    ----------
    vertex_lonlat_e7
        Vertices of all segments.
    vertex_start
        Where each segment's vertices begin.

    Returns
    -------
    ndarray of float, shape (m,)
        Metres. Source: Karney (2013), through PROJ's geodesic routines.
    """
    degrees = vertex_lonlat_e7 / 1e7
    if len(degrees) < 2:  # noqa: PLR2004
        return np.zeros(len(vertex_start) - 1)
    step = pyproj.Geod(ellps="WGS84").inv(*degrees[:-1].T, *degrees[1:].T)[2]
    owner = np.repeat(np.arange(len(vertex_start) - 1), np.diff(vertex_start))
    inside = owner[:-1] == owner[1:]
    return np.bincount(owner[:-1][inside], weights=step[inside], minlength=len(vertex_start) - 1).astype(np.float64)
