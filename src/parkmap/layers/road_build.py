"""From a user's street data to a road file: one door for every form in which it comes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from parkmap.analysis.network.routing import MIN_COMPONENT_SHARE
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.layers.osm_pbf import PbfError, read_pbf
from parkmap.layers.osm_xml import read_osm_xml
from parkmap.layers.raw_roads import RawRoads, lengths_m
from parkmap.layers.road_file import RoadMeta, road_bytes
from parkmap.layers.road_speeds import class_findings, speeds_kmh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from parkmap.layers.roads import GraphRoads
    from parkmap.plan.travel import TravelProfile

LICENCE: Final = "ODbL 1.0, OpenStreetMap contributors"
LENGTH_TOLERANCE: Final = 0.05
"""Stated lengths that differ more from the measured ones are reported; great circles differ by up to 0.6 %."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class BuiltRoads:
    """A network ready to be written.

    Parameters
    ----------
    content
        Bytes of the road file.
    meta
        Where it is from.
    nodes, segments
        How many there are.
    length_m
        Length of all segments.
    open_length_m
        Length open to each profile.
    findings
        What was found; no error among them.
    """

    content: bytes
    meta: RoadMeta
    nodes: int
    segments: int
    length_m: float
    open_length_m: dict[str, float]
    findings: tuple[Finding, ...]


def build_roads(path: Path, profiles: Sequence[TravelProfile], *, name: str) -> BuiltRoads:
    """Read .osm, .osm.pbf or .graphml.

    Parameters
    ----------
    path
        The file.
    profiles
        Profiles whose speeds are set.
    name
        File name for the findings and as origin.

    Returns
    -------
    BuiltRoads
        The network.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    if not path.is_file():
        raise InvalidInputError([finding("roads.no_source", "error", file=name)])
    if path.suffix.lower() == ".graphml":
        from parkmap.layers.roads import read_graphml  # noqa: PLC0415  OSMnx is heavy

        return build_graph_roads(read_graphml(path, name=name), profiles, name=name)
    try:
        read = read_pbf if path.suffix.lower() == ".pbf" else read_osm_xml
        source = read(path)
    except (PbfError, ParseError, ValueError, OSError) as error:
        raise InvalidInputError([finding("roads.unreadable", "error", file=name, why=error)]) from error
    day = None if source.date is None else dt.datetime.fromtimestamp(source.date, tz=dt.UTC).date().isoformat()
    found: list[Finding] = []
    if source.cut_ways:
        ids = tuple(str(way) for way in source.cut_ways)
        found.append(finding("roads.cut", "note", file=name, ids=ids, count=len(ids)))
    return _built(source.roads, profiles, RoadMeta(origin=name, date=day, licence=LICENCE, profiles=()), found)


def build_graph_roads(graph: GraphRoads, profiles: Sequence[TravelProfile], *, name: str) -> BuiltRoads:
    """Build from a graph of OSMnx, read or fetched.

    Parameters
    ----------
    graph
        Its segments.
    profiles
        Profiles whose speeds are set.
    name
        File name for the findings and as origin.

    Returns
    -------
    BuiltRoads
        The network.

    Raises
    ------
    InvalidInputError
        When the graph states negative lengths, or holds no segment.
    """
    roads, stated = graph.roads, graph.stated_length_m
    measured = lengths_m(roads.vertex_lonlat_e7, roads.vertex_start)
    negative = np.unique(roads.edge_ids[stated < 0])
    if len(negative):
        ids = tuple(str(way) for way in negative)
        raise InvalidInputError([finding("roads.length", "error", file=name, key=ids[0], ids=ids, count=len(ids))])
    off = np.unique(roads.edge_ids[np.abs(stated - measured) > LENGTH_TOLERANCE * measured + 1])
    found = []
    if len(off):
        ids = tuple(str(way) for way in off)
        percent = f"{LENGTH_TOLERANCE:.0%}".rstrip("%")
        found.append(finding("roads.length_differs", "warning", file=name, ids=ids, count=len(ids), percent=percent))
    return _built(roads, profiles, RoadMeta(origin=name, date=graph.date, licence=LICENCE, profiles=()), found)


def _built(raw: RawRoads, profiles: Sequence[TravelProfile], meta: RoadMeta, found: list[Finding]) -> BuiltRoads:
    if len(raw.edge_ids) == 0:
        raise InvalidInputError([finding("roads.empty", "error", file=meta.origin)])
    length = lengths_m(raw.vertex_lonlat_e7, raw.vertex_start)
    speeds: dict[str, NDArray[Any]] = {}
    unknown: dict[str, dict[str, list[int]]] = {}
    for profile in profiles:
        speeds[profile.id], unknown[profile.id] = speeds_kmh(raw, profile)
    found += class_findings(unknown, meta.origin)
    found += _connection_findings(raw, length, speeds, meta)
    own = dataclasses.replace(meta, profiles=tuple(profile.model_dump(mode="json") for profile in profiles))
    return BuiltRoads(
        content=road_bytes(raw, length, speeds, own),
        meta=own,
        nodes=len(raw.node_ids),
        segments=len(raw.edge_ids),
        length_m=float(length.sum()),
        open_length_m={name: float(length[(speed > 0).any(axis=1)].sum()) for name, speed in speeds.items()},
        findings=tuple(found),
    )


def _connection_findings(
    raw: RawRoads, length_m: NDArray[np.float64], speeds: Mapping[str, NDArray[Any]], meta: RoadMeta
) -> Iterator[Finding]:
    """Yield whether the network is closed to a profile or falls into parts; once for profiles that use the same."""
    alike: dict[bytes, list[str]] = {}
    for name, speed in speeds.items():
        alike.setdefault((speed > 0).any(axis=1).tobytes(), []).append(name)
    for mask, names in alike.items():
        is_open = np.frombuffer(mask, dtype=bool)
        who = ", ".join(names)
        if not is_open.any():
            yield finding("roads.profile_closed", "warning", file=meta.origin, key=who, profile=who)
        else:
            yield from _part_findings(raw, np.where(is_open, length_m, np.nan), who, meta)


def _part_findings(raw: RawRoads, open_m: NDArray[np.float64], who: str, meta: RoadMeta) -> Iterator[Finding]:
    """Yield the parts that are not connected with the largest; closed segments have no length here."""
    nodes, is_open = len(raw.node_ids), ~np.isnan(open_m)
    ends = raw.edge_nodes[is_open]
    links = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    count, label = connected_components(links, directed=False)
    length = np.bincount(label[ends[:, 0]], weights=open_m[is_open], minlength=count)
    parts = np.unique(label[ends[:, 0]])
    largest = parts[np.argmax(length[parts])]
    first_node = {int(part): int(raw.node_ids[np.argmax(label == part)]) for part in parts if part != largest}
    if first_node:
        yield finding(
            "roads.unconnected",
            "warning",
            file=meta.origin,
            key=who,
            ids=tuple(str(node) for node in first_node.values()),
            profile=who,
            count=len(parts),
            percent=f"{length[largest] / length.sum():.1%}".rstrip("%"),
            least=f"{MIN_COMPONENT_SHARE:.0%}".rstrip("%"),
        )
