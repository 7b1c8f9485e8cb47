"""From street data to a road file, through every door.

source    | .osm, .osm.pbf, .graphml of OSMnx, fetched
finding   | cut ways, unknown class, unconnected, closed to a profile, negative or differing length
file      | missing, empty, of another kind, in another system
real      | western Futian (skipped where it is absent)
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from pbf_writer import write_pbf

from parkmap.errors import InvalidInputError
from parkmap.layers.road_build import build_roads
from parkmap.layers.road_file import read_roads
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.travel import load_travel

FUTIAN = Path(__file__).parents[3] / "shared" / "testdata" / "futian-west-roads.graphml"
CRS = "EPSG:4547"
NODES = {1: (114.05, 22.54), 2: (114.06, 22.54), 3: (114.06, 22.55), 4: (114.2, 22.6), 5: (114.21, 22.6)}
STREETS = {
    10: ([1, 2, 3], {"highway": "residential", "oneway": "yes"}),
    11: ([4, 5], {"highway": "footway"}),
    12: ([1, 3], {"highway": "moving_walkway"}),
    13: ([3, 99], {"highway": "residential"}),
}


@pytest.fixture(scope="module")
def profiles():
    return load_travel(Catalog((shipped_root().resolve(),))).profiles


def as_osm(path, nodes, ways):
    text = "".join(f'<node id="{i}" lon="{lon}" lat="{lat}"/>' for i, (lon, lat) in nodes.items())
    for i, (refs, tags) in ways.items():
        inside = "".join(f'<nd ref="{r}"/>' for r in refs) + "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        text += f'<way id="{i}">{inside}</way>'
    path.write_text(f"<osm>{text}</osm>", encoding="utf-8")


def built(path, profiles):
    return build_roads(path, profiles, name=path.name)


def read(tmp_path, found):
    (tmp_path / "roads.npz").write_bytes(found.content)
    return read_roads(tmp_path / "roads.npz", crs=CRS)


def test_xml_and_pbf_give_the_same_file(tmp_path, profiles):
    as_osm(tmp_path / "a.osm", NODES, STREETS)
    write_pbf(tmp_path / "a.osm.pbf", NODES, STREETS)
    xml, pbf = (build_roads(tmp_path / name, profiles, name="a") for name in ("a.osm", "a.osm.pbf"))
    assert xml.content == pbf.content
    assert (xml.nodes, xml.segments) == (4, 3)


def test_findings_name_what_they_speak_of(tmp_path, profiles):
    write_pbf(tmp_path / "a.osm.pbf", NODES, STREETS)
    found = {f.code: f for f in built(tmp_path / "a.osm.pbf", profiles).findings}
    assert found["roads.cut"].ids == ("13",)
    assert found["roads.unknown_class"].ids == ("12",)
    assert found["roads.unconnected"].ids == ("4",)
    assert "walk, walk-elderly, bike" in found["roads.unconnected"].text("en")
    assert all(f.file == "a.osm.pbf" and f.text("zh") and f.advice("zh") for f in found.values())


def test_profiles_differ(tmp_path, profiles):
    write_pbf(tmp_path / "a.osm.pbf", NODES, STREETS)
    roads = read(tmp_path, built(tmp_path / "a.osm.pbf", profiles)).roads
    street = int(np.flatnonzero(roads.edge_ids == 10)[0])
    assert roads.speeds_kmh["walk"][street].tolist() == [4.0, 4.0]
    assert roads.speeds_kmh["walk-elderly"][street].tolist() == [3.3, 3.3]
    assert roads.speeds_kmh["drive"][street].tolist() == [20.0, 0.0]
    assert roads.speeds_kmh["drive"][roads.edge_ids == 11].tolist() == [[0.0, 0.0]]


def test_closed_to_a_profile(tmp_path, profiles):
    write_pbf(tmp_path / "a.osm.pbf", NODES, {11: STREETS[11]})
    (found,) = built(tmp_path / "a.osm.pbf", profiles).findings
    assert (found.code, found.key) == ("roads.profile_closed", "drive")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.osm", b"<osm></osm>", "roads.empty"),
        ("a.osm", b"\x00\x01", "roads.unreadable"),
        ("a.osm.pbf", b"\x00\x01", "roads.unreadable"),
        ("a.osm.pbf", b"", "roads.empty"),
        ("a.graphml", b"<graphml", "roads.unreadable"),
        (
            "a.graphml",
            b"<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><graph edgedefault='directed'/></graphml>",
            "roads.crs",
        ),
    ],
)
def test_what_cannot_be_built_from(tmp_path, profiles, name, content, code):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInputError) as caught:
        built(tmp_path / name, profiles)
    assert [(f.code, f.file) for f in caught.value.findings] == [(code, name)]
    assert caught.value.findings[0].text("zh")


def test_a_missing_source(tmp_path, profiles):
    with pytest.raises(InvalidInputError, match=r"roads\.no_source"):
        built(tmp_path / "none.osm", profiles)


def graph(**changes):
    """Return a graph as OSMnx makes it: one street with two directions, bent; one one-way street."""
    made = nx.MultiDiGraph(crs="epsg:4326", created_date="2024-05-06 07:08:09", simplified=True)
    for node, (lon, lat) in list(NODES.items())[:3]:
        made.add_node(node, x=lon, y=lat)
    bent = "LINESTRING (114.05 22.54, 114.055 22.545, 114.06 22.54)"
    back = "LINESTRING (114.06 22.54, 114.055 22.545, 114.05 22.54)"
    tags = {"osmid": 70, "highway": "residential", "oneway": False}
    made.add_edge(1, 2, 0, **tags, length=1514.0, geometry=bent, reversed=False)
    made.add_edge(2, 1, 0, **tags, length=1514.0, geometry=back, reversed=True)
    made.add_edge(
        2,
        3,
        0,
        **{"osmid": [71, 72], "highway": "tertiary", "oneway": True, "length": 1107.4, "reversed": False, **changes},
    )
    return made


def as_graphml(path, made):
    plain = nx.MultiDiGraph(**{k: str(v) for k, v in made.graph.items()})
    for node, data in made.nodes(data=True):
        plain.add_node(node, **{k: str(v) for k, v in data.items()})
    for first, last, data in made.edges(data=True):
        plain.add_edge(first, last, **{k: str(v) for k, v in data.items()})
    nx.write_graphml(plain, path)


def test_the_two_directions_of_a_street_are_one_segment(tmp_path, profiles):
    as_graphml(tmp_path / "a.graphml", graph())
    found = built(tmp_path / "a.graphml", profiles)
    roads = read(tmp_path, found).roads
    assert (found.segments, found.meta.date) == (2, "2024-05-06")
    assert sorted(roads.edge_ids.tolist()) == [70, 71]
    assert roads.speeds_kmh["drive"][roads.edge_ids == 70].tolist() == [[20.0, 20.0]]
    assert roads.speeds_kmh["drive"][roads.edge_ids == 71].tolist() == [[20.0, 0.0]]
    assert roads.speeds_kmh["walk"][roads.edge_ids == 71].tolist() == [[4.0, 4.0]]
    assert found.findings == ()


def test_a_negative_length_is_an_error(tmp_path, profiles):
    as_graphml(tmp_path / "a.graphml", graph(length=-5.0))
    with pytest.raises(InvalidInputError) as caught:
        built(tmp_path / "a.graphml", profiles)
    assert [(f.code, f.ids) for f in caught.value.findings] == [("roads.length", ("71",))]


def test_a_length_that_differs_is_told(tmp_path, profiles):
    as_graphml(tmp_path / "a.graphml", graph(length=2000.0))
    found = built(tmp_path / "a.graphml", profiles)
    assert [(f.code, f.ids) for f in found.findings] == [("roads.length_differs", ("71",))]
    length = read(tmp_path, found).roads
    assert length.length_m[length.edge_ids == 71] == pytest.approx([1107.4], rel=0.01)


@pytest.fixture(scope="module")
def futian(tmp_path_factory, profiles):
    found = built(FUTIAN, profiles)
    return found, read(tmp_path_factory.mktemp("futian"), found).roads


@pytest.mark.skipif(not FUTIAN.is_file(), reason="the roads of western Futian are not beside this checkout")
class TestFutian:
    def test_no_street_is_lost_or_doubled(self, futian):
        import osmnx as ox  # noqa: PLC0415  heavy

        whole = ox.load_graphml(FUTIAN)
        pairs = {}
        for first, last, data in whole.edges(data=True):  # each street once, whichever way it is drawn
            pairs[(min(first, last), max(first, last), round(data["length"], 1))] = data["length"]
        found, _ = futian
        assert found.nodes == len(whole)
        # great circles, which OSMnx measures, are up to 0.6 % off the ellipsoid
        assert found.length_m == pytest.approx(sum(pairs.values()), rel=0.006)

    def test_shortest_ways_are_those_of_osmnx(self, futian):
        import osmnx as ox  # noqa: PLC0415  heavy

        from parkmap.analysis.network.routing import prepare_router  # noqa: PLC0415
        from parkmap.analysis.network.snap import snap  # noqa: PLC0415
        from parkmap.analysis.network.travel import network_costs  # noqa: PLC0415

        _, roads = futian
        whole = ox.load_graphml(FUTIAN).to_undirected()
        walkable = (roads.speeds_kmh["walk"] > 0).any(axis=1)
        closed = set(roads.edge_ids[~walkable].tolist())
        first = {
            id(d): d["osmid"][0] if isinstance(d["osmid"], list) else d["osmid"] for *_, d in whole.edges(data=True)
        }
        gone = [(u, v, k) for u, v, k, d in whole.edges(keys=True, data=True) if first[id(d)] in closed]
        whole.remove_edges_from(gone)
        largest = sorted(max(nx.connected_components(whole), key=len))
        chosen = np.random.default_rng(1).choice(largest, 12, replace=False).tolist()
        place = {int(node): xy for node, xy in zip(roads.node_ids, roads.node_xy_m, strict=True)}
        router = prepare_router(roads, profile="walk", unit="metres")
        points = snap(router, np.array([place[node] for node in chosen]), limit_m=1.0)
        ours = network_costs(router, points, points)
        for row, node in enumerate(chosen):
            far = nx.single_source_dijkstra_path_length(whole, node, weight="length")
            assert ours[row] == pytest.approx([far[other] for other in chosen], rel=0.006, abs=1.0)
