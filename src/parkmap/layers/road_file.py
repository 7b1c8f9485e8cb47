"""parkmap's own road file: one compressed NumPy archive that holds a network, its speeds and where they are from.

Arrays of whole numbers only (1e-7 degree, millimetre, metre per hour), so that the same input gives the same bytes on
every machine, and no pickled objects, so that opening a stranger's file runs nothing.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyproj

from parkmap.analysis.network.graph import Roads, along_a_curve, ragged, road_findings
from parkmap.crs import WGS84
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from parkmap.layers.raw_roads import RawRoads
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.schema import Plan

FORMAT: Final = "parkmap-roads"
VERSION: Final = 1
E7: Final = 1e7
MM: Final = 1000.0
M_PER_HOUR: Final = 1000.0
ARRAYS: Final = (
    "node_ids",
    "node_lonlat_e7",
    "edge_ids",
    "edge_nodes",
    "length_mm",
    "inner_count",
    "inner_lonlat_e7",
    "highway_code",
)
"""Arrays beside the speeds (`speed_<profile>`) and the metadata (`meta`, JSON)."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class RoadMeta:
    """Where a road file is from.

    Parameters
    ----------
    origin
        Name of the source file, or the place that was fetched.
    date
        Day of the data in ISO form; None where the source does not state it.
    licence
        Licence of the data.
    profiles
        Each profile as it stood in config/travel.yaml when the speeds were set.
    """

    origin: str
    date: str | None
    licence: str
    profiles: tuple[Mapping[str, Any], ...]


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class RoadFile:
    """A network with its origin and what was found on reading it."""

    roads: Roads
    meta: RoadMeta
    findings: tuple[Finding, ...] = ()


def road_bytes(
    raw: RawRoads, length_m: NDArray[np.float64], speeds: Mapping[str, NDArray[Any]], meta: RoadMeta
) -> bytes:
    """Return the content of a road file.

    Parameters
    ----------
    raw
        The segments.
    length_m
        Their lengths.
    speeds
        Speeds forward and backward in km/h, by profile.
    meta
        Where they are from.
    """
    names, code = np.unique([tags["highway"] for tags in raw.tags], return_inverse=True)
    size = np.diff(raw.vertex_start)
    inner = ragged(raw.vertex_start[:-1] + 1, np.maximum(size - 2, 0))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "crs": WGS84,
        **dataclasses.asdict(meta),
        "highway": [str(name) for name in names],
        "speeds": list(speeds),
    }
    arrays = {
        "meta": np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8),
        "node_ids": raw.node_ids.astype(np.int64),
        "node_lonlat_e7": raw.node_lonlat_e7.astype(np.int32),
        "edge_ids": raw.edge_ids.astype(np.int64),
        "edge_nodes": raw.edge_nodes.astype(np.int32),
        "length_mm": np.rint(length_m * MM).astype(np.int64),
        "inner_count": np.maximum(size - 2, 0).astype(np.int32),
        "inner_lonlat_e7": raw.vertex_lonlat_e7[inner].astype(np.int32),
        "highway_code": code.astype(np.int16),
        **{f"speed_{name}": np.rint(speed * M_PER_HOUR).astype(np.int32) for name, speed in speeds.items()},
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def read_roads(path: Path, *, crs: str, name: str | None = None) -> RoadFile:
    """Read a road file into a metric system.

    Parameters
    ----------
    path
        A file that `parkmap roads build` wrote.
    crs
        Working system of the plan.
    name
        File name for the findings; None is the path.

    Returns
    -------
    RoadFile
        The network with its origin.

    Raises
    ------
    InvalidInputError
        When the file is missing, is not a road file, is of another version, or its network cannot be used.
    """
    file = name or path.as_posix()
    if not path.is_file():
        raise InvalidInputError([finding("roads.not_found", "error", file=file)])
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as archive:
            head = json.loads(archive["meta"].tobytes())
            version = (head["format"], head["version"])
            known = version == (FORMAT, VERSION)
            arrays = {key: archive[key] for key in (*ARRAYS, *(f"speed_{p}" for p in head["speeds"]))} if known else {}
        roads = _roads(arrays, head, crs) if known else None
        meta = RoadMeta(
            origin=head["origin"], date=head["date"], licence=head["licence"], profiles=tuple(head["profiles"])
        )
    except (OSError, EOFError, KeyError, ValueError, TypeError, IndexError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInputError([finding("roads.unreadable", "error", file=file, why=error)]) from error
    if roads is None:
        raise InvalidInputError([finding("roads.version", "error", file=file, version=version[1], own=VERSION)])
    found = list(road_findings(roads, file=file))
    if any(problem.severity == "error" for problem in found):
        raise InvalidInputError(found)
    return RoadFile(roads=along_a_curve(roads), meta=meta, findings=tuple(found))


def city_road_path(catalog: Catalog, plan: Plan, path: Path | None = None) -> Path | None:
    """Return the road file of a plan's city: the one named, else `layers/<city>/roads.npz` where there is one.

    Parameters
    ----------
    catalog
        Where to look.
    plan
        The plan, for its city.
    path
        A road file that the user named.
    """
    return path or catalog.resolve(f"layers/{plan.city}/roads.npz")


def city_roads(catalog: Catalog, plan: Plan, path: Path | None = None) -> RoadFile | None:
    """Read the road file of a plan's city, or return None where there is none.

    Parameters
    ----------
    catalog
        Where to look.
    plan
        The plan, for its city and working system.
    path
        A road file that the user named.

    Raises
    ------
    InvalidInputError
        When the file cannot be used.
    """
    chosen = city_road_path(catalog, plan, path)
    return None if chosen is None else read_roads(chosen, crs=plan.crs, name=catalog.display(chosen))


def _roads(arrays: Mapping[str, NDArray[Any]], head: Mapping[str, Any], crs: str) -> Roads:
    """Put ends and inner vertices together again and bring them into the working system."""
    nodes, ends = arrays["node_lonlat_e7"], arrays["edge_nodes"].astype(np.int64)
    count = arrays["inner_count"].astype(np.int64)
    if count.min(initial=0) < 0 or count.sum() != len(arrays["inner_lonlat_e7"]):
        raise ValueError("inner_count and inner_lonlat_e7 differ")
    start = np.concatenate([[0], np.cumsum(count + 2)])
    lonlat = np.empty((int(start[-1]), 2))
    lonlat[start[:-1]], lonlat[start[1:] - 1] = nodes[ends[:, 0]], nodes[ends[:, 1]]
    lonlat[ragged(start[:-1] + 1, count)] = arrays["inner_lonlat_e7"]
    to_plan = pyproj.Transformer.from_crs(WGS84, crs, always_xy=True)
    return Roads(
        node_ids=arrays["node_ids"],
        node_xy_m=np.stack(to_plan.transform(*(nodes / E7).T), axis=1),
        edge_ids=arrays["edge_ids"],
        edge_nodes=ends,
        length_m=arrays["length_mm"] / MM,
        vertex_xy_m=np.stack(to_plan.transform(*(lonlat / E7).T), axis=1),
        vertex_start=start,
        highway=np.array(head["highway"], dtype=str)[arrays["highway_code"]],
        speeds_kmh={name: arrays[f"speed_{name}"] / M_PER_HOUR for name in head["speeds"]},
    )
