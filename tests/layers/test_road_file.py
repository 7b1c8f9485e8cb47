"""The road file: what is written is read, and what is no road file is told.

content   | bends, islands, one-way, many classes, Chinese origin
file      | missing, empty, text, another archive, another version, cut short, an array missing, pickled objects
"""

from __future__ import annotations

import io
import json

import numpy as np
import pyproj
import pytest

from parkmap.errors import InvalidInputError
from parkmap.layers.raw_roads import RawRoads, lengths_m
from parkmap.layers.road_file import RoadMeta, read_roads, road_bytes

CRS = "EPSG:4547"
RAW = RawRoads(
    node_ids=np.array([30, 10, 20]),
    node_lonlat_e7=np.array([[1140000000, 225000000], [1140100000, 225000000], [1140100000, 225100000]]),
    edge_ids=np.array([5, 6]),
    edge_nodes=np.array([[0, 1], [2, 1]]),
    vertex_lonlat_e7=np.array(
        [
            [1140000000, 225000000],
            [1140050000, 225050000],
            [1140100000, 225000000],
            [1140100000, 225100000],
            [1140100000, 225000000],
        ]
    ),
    vertex_start=np.array([0, 3, 5]),
    tags=({"highway": "residential"}, {"highway": "steps"}),
    drawn=np.ones((2, 2), dtype=bool),
)
SPEEDS = {"walk": np.array([[4.0, 4.0], [1.65, 1.65]]), "drive": np.array([[20.0, 0.0], [0.0, 0.0]])}
META = RoadMeta(origin="福田.osm.pbf", date="2025-01-02", licence="ODbL", profiles=({"id": "walk"},))


def content():
    return road_bytes(RAW, lengths_m(RAW.vertex_lonlat_e7, RAW.vertex_start), SPEEDS, META)


def read(tmp_path, data):
    (tmp_path / "roads.npz").write_bytes(data)
    return read_roads(tmp_path / "roads.npz", crs=CRS, name="roads.npz")


def test_what_is_written_is_read(tmp_path):
    found = read(tmp_path, content())
    roads, meta = found.roads, found.meta
    assert meta == META
    order = {node: i for i, node in enumerate(roads.node_ids.tolist())}
    rows = {edge: i for i, edge in enumerate(roads.edge_ids.tolist())}
    assert roads.edge_nodes[rows[5]].tolist() == [order[30], order[10]]
    assert roads.edge_nodes[rows[6]].tolist() == [order[20], order[10]]
    assert roads.highway[rows[6]] == "steps"
    assert roads.speeds_kmh["walk"][rows[6]].tolist() == [1.65, 1.65]
    assert roads.speeds_kmh["drive"][rows[5]].tolist() == [20.0, 0.0]
    expected = pyproj.Transformer.from_crs("EPSG:4326", CRS, always_xy=True).transform(114.005, 22.505)
    bend = roads.vertex_xy_m[roads.vertex_start[rows[5]] + 1]
    assert bend.tolist() == pytest.approx(list(expected))
    assert roads.length_m[rows[5]] == pytest.approx(
        np.hypot(*np.diff(bend_line(roads, rows[5]), axis=0).T).sum(), rel=2e-4
    )


def bend_line(roads, row):
    return roads.vertex_xy_m[roads.vertex_start[row] : roads.vertex_start[row + 1]]


def test_the_same_streets_give_the_same_bytes():
    assert content() == content()


def changed(**arrays):
    with np.load(io.BytesIO(content())) as archive:
        kept = {name: archive[name] for name in archive.files}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: a for name, a in {**kept, **arrays}.items() if a is not None})
    return buffer.getvalue()


def head(**changes):
    with np.load(io.BytesIO(content())) as archive:
        own = json.loads(archive["meta"].tobytes())
    return np.frombuffer(json.dumps({**own, **changes}).encode(), dtype=np.uint8)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "roads.unreadable"),
        (b"id,name\n1,a\n", "roads.unreadable"),
        (content()[:300], "roads.unreadable"),
        (changed(length_mm=None), "roads.unreadable"),
        (changed(edge_nodes=np.array([["a", object()]], dtype=object)), "roads.unreadable"),
        (changed(inner_count=np.array([7, 7])), "roads.unreadable"),
        (changed(meta=head(version=99)), "roads.version"),
        (changed(meta=head(format="other")), "roads.version"),
        (changed(length_mm=np.array([-5, 100])), "roads.length"),
        (changed(speed_walk=np.array([[-1, 4000], [0, 0]])), "roads.speed"),
    ],
)
def test_what_is_no_road_file(tmp_path, data, code):
    with pytest.raises(InvalidInputError) as caught:
        read(tmp_path, data)
    assert [f.code for f in caught.value.findings] == [code]
    assert all(f.file == "roads.npz" and f.text("zh") and f.advice("en") for f in caught.value.findings)


def test_another_archive(tmp_path):
    buffer = io.BytesIO()
    np.savez(buffer, a=np.arange(3))
    with pytest.raises(InvalidInputError, match=r"roads\.unreadable"):
        read(tmp_path, buffer.getvalue())


def test_a_missing_file(tmp_path):
    with pytest.raises(InvalidInputError, match=r"roads\.not_found"):
        read_roads(tmp_path / "none.npz", crs=CRS)
