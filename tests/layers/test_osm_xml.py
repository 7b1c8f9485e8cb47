"""Streets of .osm files, cut at junctions.

way       | crossing with a shared node, crossing on a bridge without one, ring, touching in the middle, same twice
node      | missing in the file, repeated, deleted
tags      | no street, under construction, no highway
file      | not XML, other XML, attribute missing
"""

from __future__ import annotations

import numpy as np
import pytest

from parkmap.layers.osm_xml import read_osm_xml
from parkmap.layers.raw_roads import lengths_m

STEP = 0.001
"""Degrees between the nodes of the small maps: node xy lies at column x, row y."""


def osm(path, ways, *, drop=(), extra=""):
    """Write ways {id: (nodes, tags)}; node 23 lies in column 2, row 3."""
    used = sorted({ref for refs, _ in ways.values() for ref in refs} - set(drop))
    nodes = "".join(f'<node id="{n}" lon="{114 + n // 10 * STEP:.7f}" lat="{22 + n % 10 * STEP:.7f}"/>' for n in used)
    lines = ""
    for name, (refs, tags) in ways.items():
        inside = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        inside += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        lines += f'<way id="{name}">{inside}</way>'
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">{extra}{nodes}{lines}</osm>', encoding="utf-8"
    )
    return read_osm_xml(path)


STREET = {"highway": "residential"}


def ends(found):
    """Return way and end nodes of every segment."""
    roads = found.roads
    return sorted((int(w), *roads.node_ids[e].tolist()) for w, e in zip(roads.edge_ids, roads.edge_nodes, strict=True))


def test_streets_are_cut_where_they_share_a_node(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 21, 31], STREET), 2: ([20, 21, 22], STREET)})
    assert ends(found) == [(1, 11, 21), (1, 21, 31), (2, 20, 21), (2, 21, 22)]


def test_a_bridge_is_no_junction(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 31], STREET), 2: ([20, 22], STREET)})
    assert ends(found) == [(1, 11, 31), (2, 20, 22)]


def test_a_ring_is_one_segment_or_cut_where_another_joins(tmp_path):
    ring = [11, 12, 22, 21, 11]
    assert ends(osm(tmp_path / "a.osm", {1: (ring, STREET)})) == [(1, 11, 11)]
    joined = osm(tmp_path / "b.osm", {1: (ring, STREET), 2: ([22, 33], STREET)})
    assert ends(joined) == [(1, 11, 22), (1, 22, 11), (2, 22, 33)]


def test_a_street_that_crosses_itself_is_cut_there(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 21, 31, 32, 21, 20], STREET)})
    assert ends(found) == [(1, 11, 21), (1, 21, 20), (1, 21, 21)]


def test_two_streets_on_each_other_stay_two(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 21], STREET), 2: ([11, 21], {"highway": "footway"})})
    assert ends(found) == [(1, 11, 21), (2, 11, 21)]


def test_a_missing_node_cuts_and_is_never_bridged(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 21, 31, 41, 51], STREET), 2: ([12, 22], STREET)}, drop=[31])
    assert ends(found) == [(1, 11, 21), (1, 41, 51), (2, 12, 22)]
    assert found.cut_ways == (1,)


def test_a_way_of_which_one_node_is_left_is_named(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 21], STREET), 2: ([12, 22], STREET)}, drop=[21])
    assert ends(found) == [(2, 12, 22)]
    assert found.cut_ways == (1,)


def test_a_node_repeated_in_place_adds_nothing(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 11, 21, 21], STREET)})
    assert ends(found) == [(1, 11, 21)]
    assert found.cut_ways == ()


@pytest.mark.parametrize("tags", [{"highway": "construction"}, {"highway": "proposed"}, {"waterway": "river"}, {}])
def test_what_is_no_street(tmp_path, tags):
    found = osm(tmp_path / "a.osm", {1: ([11, 21], tags), 2: ([12, 22], STREET)})
    assert ends(found) == [(2, 12, 22)]


def test_nothing_in_it(tmp_path):
    assert ends(osm(tmp_path / "a.osm", {})) == []


def test_what_an_editor_deleted_is_gone(tmp_path):
    gone = '<way id="9" action="delete"><nd ref="11"/><nd ref="21"/><tag k="highway" v="residential"/></way>'
    assert ends(osm(tmp_path / "a.osm", {1: ([11, 21], STREET)}, extra=gone)) == [(1, 11, 21)]


def test_the_moment_of_the_data(tmp_path):
    found = osm(tmp_path / "a.osm", {1: ([11, 21], STREET)}, extra='<meta osm_base="2025-01-02T03:04:05Z"/>')
    assert found.date == 1_735_787_045


def test_lengths_are_those_of_the_ellipsoid(tmp_path):
    roads = osm(tmp_path / "a.osm", {1: ([11, 12, 22], STREET)}).roads
    (length,) = lengths_m(roads.vertex_lonlat_e7, roads.vertex_start)
    latitude = np.deg2rad(22.002)  # lengths of a degree on WGS 84, series of the National Imagery and Mapping Agency
    north = 111132.92 - 559.82 * np.cos(2 * latitude) + 1.175 * np.cos(4 * latitude)
    east = 111412.84 * np.cos(latitude) - 93.5 * np.cos(3 * latitude) + 0.118 * np.cos(5 * latitude)
    assert length == pytest.approx((north + east) * STEP, rel=1e-5)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("highway", SyntaxError),
        ("<gpx/>", ValueError),
        ('<osm><node id="1" lat="22"/></osm>', ValueError),
        ('<osm><node id="1" lon="x" lat="22"/></osm>', ValueError),
        ('<osm><way id="1"><nd/><tag k="highway" v="path"/></way></osm>', ValueError),
    ],
)
def test_what_is_no_osm_file(tmp_path, content, error):
    (tmp_path / "a.osm").write_text(content, encoding="utf-8")
    with pytest.raises(error):
        read_osm_xml(tmp_path / "a.osm")
