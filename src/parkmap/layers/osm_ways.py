"""From OpenStreetMap's ways to street segments: cut wherever streets meet, and where the extract lacks a node."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.analysis.network.graph import ragged
from parkmap.layers.raw_roads import RawRoads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

NOT_STREETS: Final = frozenset(
    {
        "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished", "no", "emergency_bay",
        "bus_stop", "rest_area", "services", "passing_place", "turning_circle",
    }
)  # fmt: skip
"""Values of `highway` that are no street to travel on today."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class OsmWay:
    """One way: its id, the ids of its nodes in order, its tags."""

    id: int
    refs: NDArray[np.int64]
    tags: Mapping[str, str]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class OsmNodes:
    """Nodes: ids, and longitude and latitude in units of 1e-7 degree, shape (n, 2)."""

    ids: NDArray[np.int64]
    lonlat_e7: NDArray[np.int64]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class OsmStreets:
    """Streets of a file.

    Parameters
    ----------
    roads
        The segments.
    date
        Moment of the data in seconds since 1970, where the file states it.
    cut_ways
        Ids of ways that refer to nodes that the file lacks; they are cut there.
    """

    roads: RawRoads
    date: int | None
    cut_ways: tuple[int, ...]


def streets(ways: Sequence[OsmWay], nodes: OsmNodes, *, date: int | None) -> OsmStreets:
    """Cut ways into segments that run from junction to junction.

    Parameters
    ----------
    ways
        Ways with a `highway` tag.
    nodes
        Nodes; more than the ways use do no harm.
    date
        Moment of the data.

    Returns
    -------
    OsmStreets
        Segments with the tags of their ways.
    """
    used = [way for way in ways if way.tags["highway"] not in NOT_STREETS and len(way.refs) > 1]
    order = np.argsort(nodes.ids, kind="stable")
    ids, lonlat = nodes.ids[order], nodes.lonlat_e7[order]
    refs, owner = _chained(used)
    whole = np.bincount(owner, minlength=len(used))
    known = np.isin(refs, ids)
    refs, owner, run = refs[known], owner[known], _runs(owner, known)
    first, last = _cuts(refs, run)
    counts = last - first + 1
    node_ids = np.unique(np.concatenate([refs[first], refs[last]]))
    roads = RawRoads(
        node_ids=node_ids,
        node_lonlat_e7=lonlat[np.searchsorted(ids, node_ids)],
        edge_ids=np.array([way.id for way in used], dtype=np.int64)[owner[first]],
        edge_nodes=np.stack([np.searchsorted(node_ids, refs[first]), np.searchsorted(node_ids, refs[last])], axis=1),
        vertex_lonlat_e7=lonlat[np.searchsorted(ids, refs[ragged(first, counts)])],
        vertex_start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        tags=tuple(used[way].tags for way in owner[first]),
        drawn=np.ones((len(first), 2), dtype=bool),
    )
    kept = np.bincount(owner, minlength=len(used))
    lost = np.flatnonzero(kept < whole)
    return OsmStreets(roads=roads, date=date, cut_ways=tuple(used[way].id for way in lost))


def _chained(ways: Sequence[OsmWay]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes of all ways one after the other, and to which way each belongs; repeats in place left out."""
    if not ways:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    refs = np.concatenate([way.refs for way in ways])
    owner = np.repeat(np.arange(len(ways)), [len(way.refs) for way in ways])
    fresh = np.ones(len(refs), dtype=bool)
    fresh[1:] = (refs[1:] != refs[:-1]) | (owner[1:] != owner[:-1])
    return refs[fresh], owner[fresh]


def _runs(owner: NDArray[np.int64], known: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of the unbroken run of each known node: a run ends with its way and before a missing node."""
    fresh = np.ones(len(owner), dtype=bool)
    fresh[1:] = (owner[1:] != owner[:-1]) | (known[1:] & ~known[:-1])
    number: NDArray[np.int64] = np.cumsum(fresh)[known]
    return number


def _cuts(refs: NDArray[np.int64], run: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where segments begin and end: at the ends of runs, and at nodes that are passed more than once."""
    if len(refs) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    _, which, times = np.unique(refs, return_inverse=True, return_counts=True)
    joint = times[which] > 1
    joint[0] = joint[-1] = True
    joint[1:] |= run[1:] != run[:-1]
    joint[:-1] |= run[1:] != run[:-1]
    at = np.flatnonzero(joint)
    together = run[at[1:]] == run[at[:-1]]
    return at[:-1][together], at[1:][together]
