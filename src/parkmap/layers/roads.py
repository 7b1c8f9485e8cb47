"""Graphs of OSMnx: read from .graphml files, or fetched from OpenStreetMap. The only module that knows OSMnx."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

import numpy as np
import shapely

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.layers.raw_roads import RawRoads
from parkmap.layers.road_speeds import READ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import networkx as nx
    from numpy.typing import NDArray

E7: Final = 1e7
TIMEOUT_SECONDS: Final = 180


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class GraphRoads:
    """Segments of a graph.

    Parameters
    ----------
    roads
        The segments; a street with two directions is one.
    stated_length_m
        Length that the graph states, missing where it states none, shape (m,).
    date
        When the graph was made, where it says so.
    """

    roads: RawRoads
    stated_length_m: NDArray[np.float64]
    date: str | None


def read_graphml(path: Path, *, name: str) -> GraphRoads:
    """Read a graph that OSMnx saved.

    Parameters
    ----------
    path
        A .graphml file.
    name
        File name for the findings.

    Returns
    -------
    GraphRoads
        Its segments.

    Raises
    ------
    InvalidInputError
        When it cannot be read, or is not in longitude and latitude.
    """
    import networkx as nx  # noqa: PLC0415  heavy, as is OSMnx
    import osmnx as ox  # noqa: PLC0415  heavy, only where a graph is read

    unreadable = (OSError, ParseError, KeyError, ValueError, TypeError, AttributeError)
    try:
        graph = ox.load_graphml(path)
        return graph_roads(graph, name=name)
    except (*unreadable, nx.NetworkXException, shapely.errors.ShapelyError) as error:
        if isinstance(error, InvalidInputError):
            raise
        raise InvalidInputError([finding("roads.unreadable", "error", file=name, why=error)]) from error


def fetch(place: str | tuple[float, float, float, float], *, cache: Path) -> GraphRoads:
    """Fetch the streets of a place from OpenStreetMap.

    Parameters
    ----------
    place
        Name of the place, as Nominatim knows it; or west, south, east, north in degrees.
    cache
        Folder in which answers are kept, so that the same question is asked once.

    Returns
    -------
    GraphRoads
        Its segments.

    Raises
    ------
    InvalidInputError
        When there is no network, the service refuses, or the place is unknown.
    """
    import osmnx as ox  # noqa: PLC0415  heavy, and only this command needs a network
    from osmnx._errors import InsufficientResponseError, ResponseStatusCodeError  # noqa: PLC0415
    from requests.exceptions import RequestException  # noqa: PLC0415

    asked = place if isinstance(place, str) else ", ".join(f"{edge:g}" for edge in place)
    try:
        with _settings(ox, cache):
            if isinstance(place, str):
                graph = ox.graph_from_place(place, network_type="all", retain_all=True)
            else:
                graph = ox.graph_from_bbox(place, network_type="all", retain_all=True)
    except (InsufficientResponseError, TypeError) as error:
        raise InvalidInputError([finding("roads.no_place", "error", key=asked, place=asked, why=error)]) from error
    except (RequestException, ResponseStatusCodeError, OSError) as error:
        why = type(error).__name__
        raise InvalidInputError([finding("roads.no_network", "error", key=asked, place=asked, why=why)]) from error
    return graph_roads(graph, name=asked)


@contextlib.contextmanager
def _settings(ox: Any, cache: Path) -> Iterator[None]:  # noqa: ANN401  a module
    """Set what OSMnx keeps as globals for the time of one question, and put it back."""
    wanted = {
        "use_cache": True,
        "cache_folder": cache,
        "requests_timeout": TIMEOUT_SECONDS,
        "useful_tags_way": sorted({*ox.settings.useful_tags_way, *READ}),
    }
    before = {key: getattr(ox.settings, key) for key in wanted}
    try:
        for key, value in wanted.items():
            setattr(ox.settings, key, value)
        yield
    finally:
        for key, value in before.items():
            setattr(ox.settings, key, value)


def graph_roads(graph: nx.MultiDiGraph, *, name: str) -> GraphRoads:
    """Return the segments of a graph of OSMnx; the two directions of a street become one segment.

    Parameters
    ----------
    graph
        A graph in longitude and latitude.
    name
        File name for the findings.

    Returns
    -------
    GraphRoads
        Its segments with the tags of their ways.

    Raises
    ------
    InvalidInputError
        When it is not in longitude and latitude.
    """
    crs = str(graph.graph.get("crs", ""))
    if "4326" not in crs:
        raise InvalidInputError([finding("roads.crs", "error", file=name, crs=crs or "?")])
    ids = np.array(sorted(int(node) for node in graph.nodes), dtype=np.int64)
    places = np.array([[graph.nodes[i]["x"], graph.nodes[i]["y"]] for i in ids.tolist()]).reshape(-1, 2)
    place_e7 = np.rint(places * E7).astype(np.int64)
    position = {node: row for row, node in enumerate(ids.tolist())}
    segments: dict[tuple[int, int, bytes], dict[str, Any]] = {}
    for first, last, data in graph.edges(data=True):
        ends = (position[int(first)], position[int(last)])
        line = _line_e7(data, place_e7, ends)
        key = (*ends, line.tobytes())
        twin = (ends[1], ends[0], line[::-1].tobytes())
        if twin in segments and key != twin:
            segments[twin]["backward"] = True
        elif key not in segments:
            segments[key] = {"ends": ends, "line": line, "data": data, "backward": False}
    return _collected(list(segments.values()), ids, place_e7, graph.graph.get("created_date"))


def _line_e7(data: dict[str, Any], place_e7: NDArray[np.int64], ends: tuple[int, int]) -> NDArray[np.int64]:
    if "geometry" in data:
        return np.asarray(np.rint(shapely.get_coordinates(data["geometry"]) * E7), dtype=np.int64)
    return np.asarray(place_e7[list(ends)])


def _collected(
    segments: list[dict[str, Any]], ids: NDArray[np.int64], place_e7: NDArray[np.int64], date: str | None
) -> GraphRoads:
    lines = [segment["line"] for segment in segments]
    sizes = [len(line) for line in lines]
    roads = RawRoads(
        node_ids=ids,
        node_lonlat_e7=place_e7,
        edge_ids=np.array([int(_first(segment["data"].get("osmid", 0))) for segment in segments], dtype=np.int64),
        edge_nodes=np.array([segment["ends"] for segment in segments], dtype=np.int64).reshape(-1, 2),
        vertex_lonlat_e7=np.concatenate(lines) if lines else np.zeros((0, 2), dtype=np.int64),
        vertex_start=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        tags=tuple(_tags(segment["data"]) for segment in segments),
        drawn=np.array([[True, segment["backward"]] for segment in segments], dtype=bool).reshape(-1, 2),
    )
    stated = [segment["data"].get("length", np.nan) for segment in segments]
    return GraphRoads(
        roads=roads, stated_length_m=np.array(stated, dtype=np.float64), date=None if date is None else str(date)[:10]
    )


def _tags(data: dict[str, Any]) -> dict[str, str]:
    """Return the tags that matter; where OSMnx merged several ways, those of the first, and no one-way rule.

    Which directions there are is told by the edges of the graph themselves.
    """
    tags = {key: str(_first(data[key])) for key in READ if key in data and key not in {"oneway", "junction"}}
    return {"highway": "road", **tags, "oneway": "no"}


def _first(value: Any) -> Any:  # noqa: ANN401
    return value[0] if isinstance(value, list) else value
