"""A street network as plain arrays, and its checks.

One record per street segment, whatever its direction: a segment runs from node to node along its vertices, and each
profile has a speed forward and a speed backward along it. Speed 0 means that the profile may not pass; a missing
speed (NaN) is an error, never a guess.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

KMH_IN_M_PER_MINUTE: Final = 1000 / 60
ENDS_M: Final = 1.0
"""How far a segment's line may end from its node."""
NAMED: Final = 5
"""How many ids a finding spells out; all of them are in its `ids`."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Roads:
    """A street network in a metric system.

    Parameters
    ----------
    node_ids
        Id of each node, shape (n,), int64; OpenStreetMap's where the network comes from there.
    node_xy_m
        Position of each node, shape (n, 2).
    edge_ids
        Id of the way to which each segment belongs, shape (m,), int64; several segments may share one.
    edge_nodes
        Positions (not ids) of the first and last node of each segment, shape (m, 2), int64.
    length_m
        Length of each segment on the ground, shape (m,).
    vertex_xy_m
        Vertices of all segments one after the other, shape (k, 2); the first and last of each are its nodes.
    vertex_start
        Where each segment's vertices begin in `vertex_xy_m`, shape (m + 1,), int64.
    highway
        Class of each segment in OpenStreetMap's words, shape (m,), str.
    speeds_kmh
        Speed forward and backward along each segment, shape (m, 2), by profile; 0 is closed to it.
    """

    node_ids: NDArray[np.int64]
    node_xy_m: NDArray[np.float64]
    edge_ids: NDArray[np.int64]
    edge_nodes: NDArray[np.int64]
    length_m: NDArray[np.float64]
    vertex_xy_m: NDArray[np.float64]
    vertex_start: NDArray[np.int64]
    highway: NDArray[np.str_]
    speeds_kmh: Mapping[str, NDArray[np.float64]]

    @property
    def bounds_m(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all vertices."""
        west, south = self.vertex_xy_m.min(axis=0)
        east, north = self.vertex_xy_m.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def minutes(self, profile: str) -> NDArray[np.float64]:
        """Return the time along each segment, forward and backward, shape (m, 2); inf where closed.

        Parameters
        ----------
        profile
            Key of `speeds_kmh`.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            times = self.length_m[:, None] / (self.speeds_kmh[profile] * KMH_IN_M_PER_MINUTE)
        return np.where(self.speeds_kmh[profile] > 0, times, np.inf)

    def metres(self, profile: str) -> NDArray[np.float64]:
        """Return the length along each segment, forward and backward, shape (m, 2); inf where closed.

        Parameters
        ----------
        profile
            Key of `speeds_kmh`.
        """
        return np.where(self.speeds_kmh[profile] > 0, self.length_m[:, None], np.inf)


def along_a_curve(roads: Roads) -> Roads:
    """Return the network with nodes and segments in the order of a space-filling curve.

    Neighbours on the ground are then neighbours in memory, which is where most of the time of a shortest path goes.
    The curve is that of Morton (1966) on a grid of 65,536 by 65,536 cells.

    Parameters
    ----------
    roads
        The network.
    """
    order = np.argsort(_morton(roads.node_xy_m), kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    ends = place[roads.edge_nodes]
    edges = np.lexsort((ends.max(axis=1), ends.min(axis=1)))
    counts = np.diff(roads.vertex_start)[edges]
    return Roads(
        node_ids=roads.node_ids[order],
        node_xy_m=roads.node_xy_m[order],
        edge_ids=roads.edge_ids[edges],
        edge_nodes=ends[edges],
        length_m=roads.length_m[edges],
        vertex_xy_m=roads.vertex_xy_m[ragged(roads.vertex_start[edges], counts)],
        vertex_start=np.concatenate([[0], np.cumsum(counts)]),
        highway=roads.highway[edges],
        speeds_kmh={name: speed[edges] for name, speed in roads.speeds_kmh.items()},
    )


def _morton(xy: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the position of each point on the curve: the bits of its column and row, in turn."""
    low, high = xy.min(axis=0), xy.max(axis=0)
    cell = ((xy - low) / np.where(high > low, high - low, 1.0) * 65_535).astype(np.uint64)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        cell = (cell | (cell << np.uint64(shift))) & np.uint64(mask)
    return np.asarray(cell[:, 0] | (cell[:, 1] << np.uint64(1)))


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


def road_findings(roads: Roads, *, file: str | None = None) -> Iterator[Finding]:
    """Yield what makes a network unusable, with the ids of the segments or nodes.

    Parameters
    ----------
    roads
        The network.
    file
        File name for the findings.
    """
    if len(roads.node_ids) == 0 or len(roads.edge_ids) == 0:
        yield finding("roads.empty", "error", file=file)
        return
    nodes = len(roads.node_ids)
    loose = np.asarray(((roads.edge_nodes < 0) | (roads.edge_nodes >= nodes)).any(axis=1))
    yield from _edge_finding("roads.loose_edge", roads, loose, file)
    yield from _edge_finding("roads.length", roads, ~(np.isfinite(roads.length_m) & (roads.length_m >= 0)), file)
    short = np.diff(roads.vertex_start) < 2  # noqa: PLR2004
    yield from _edge_finding("roads.no_line", roads, short, file)
    if not (loose.any() or short.any()):
        yield from _edge_finding("roads.ends_apart", roads, _ends_apart(roads), file, limit=f"{ENDS_M:g}")
    for profile, speed in roads.speeds_kmh.items():
        missing = np.asarray(~(np.isfinite(speed) & (speed >= 0)).all(axis=1))
        yield from _edge_finding("roads.speed", roads, missing, file, profile=profile)
        if not missing.any() and not (speed > 0).any():
            yield finding("roads.profile_closed", "warning", file=file, key=profile, profile=profile)
    if not np.isfinite(roads.node_xy_m).all():
        bad = ~np.isfinite(roads.node_xy_m).all(axis=1)
        yield from _finding("roads.node_place", roads.node_ids[bad], file)


def _ends_apart(roads: Roads) -> NDArray[np.bool_]:
    """Return which segments are drawn from or to somewhere else than their nodes."""
    drawn = roads.vertex_xy_m[np.stack([roads.vertex_start[:-1], roads.vertex_start[1:] - 1], axis=1)]
    off = np.abs(drawn - roads.node_xy_m[roads.edge_nodes]).max(axis=2)
    return np.asarray((off > ENDS_M).any(axis=1))


def _edge_finding(
    code: str, roads: Roads, wrong: NDArray[np.bool_], file: str | None, **values: str
) -> Iterator[Finding]:
    if wrong.any():
        yield from _finding(code, np.unique(roads.edge_ids[wrong]), file, **values)


def _finding(code: str, ids: NDArray[Any], file: str | None, **values: str) -> Iterator[Finding]:
    names = tuple(str(i) for i in ids)
    shown = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    found = finding(code, "error", file=file, key=shown, ids=names, count=len(names))
    yield dataclasses.replace(found, values=(*found.values, *values.items()))
