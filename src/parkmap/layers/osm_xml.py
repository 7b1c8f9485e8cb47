"""Read the streets of an OpenStreetMap XML file (.osm)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import numpy as np

from parkmap.layers.osm_ways import OsmNodes, OsmStreets, OsmWay, streets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

E7: Final = 10_000_000


def read_osm_xml(path: Path) -> OsmStreets:
    """Return the ways with a `highway` tag and their nodes.

    Parameters
    ----------
    path
        An .osm file.

    Returns
    -------
    OsmStreets
        Ways and the nodes that they use.

    Raises
    ------
    xml.etree.ElementTree.ParseError
        When the file is not XML.
    ValueError
        When it is not OpenStreetMap XML, or an attribute is missing or not a number.
    """
    ways: list[OsmWay] = []
    ids: list[int] = []
    places: list[tuple[int, int]] = []
    date = None
    for element in _elements(path):
        if element.tag == "node" and element.get("action") != "delete":
            ids.append(int(_attribute(element, "id")))
            places.append((_e7(element, "lon"), _e7(element, "lat")))
        elif element.tag == "way" and element.get("action") != "delete":
            tags = {_attribute(tag, "k"): _attribute(tag, "v") for tag in element.iter("tag")}
            if "highway" in tags:
                refs = [int(_attribute(nd, "ref")) for nd in element.iter("nd")]
                ways.append(OsmWay(id=int(_attribute(element, "id")), refs=np.array(refs, dtype=np.int64), tags=tags))
        elif element.tag == "meta" and element.get("osm_base"):
            date = _seconds(_attribute(element, "osm_base"))
    nodes = OsmNodes(ids=np.array(ids, dtype=np.int64), lonlat_e7=np.array(places, dtype=np.int64).reshape(-1, 2))
    return streets(ways, nodes, date=date)


def _elements(path: Path) -> Iterator[ET.Element]:
    """Yield nodes and ways as they are read, and forget them at once."""
    root: ET.Element | None = None
    for event, element in ET.iterparse(path, events=("start", "end")):  # noqa: S314
        if root is None:
            root = element
            if root.tag != "osm":
                raise ValueError(f"<{root.tag}> instead of <osm>")
        if event == "end" and element.tag in {"node", "way", "relation", "meta"}:
            yield element
            root.clear()


def _attribute(element: ET.Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise ValueError(f"<{element.tag}> without {name}")
    return value


def _e7(element: ET.Element, name: str) -> int:
    return round(float(_attribute(element, name)) * E7)


def _seconds(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())
