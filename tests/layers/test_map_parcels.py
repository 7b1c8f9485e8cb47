"""Users' own parcels for the map: what can be drawn is read, and every problem of the rest is told at once.

read   | projected, three dimensions, several parts, a self-touching ring: all are drawn
refuse | no file, no vector file, a table, empty, no system, no such field, points, no geometry, another city
"""

from __future__ import annotations

import warnings

import geopandas as gpd
import pytest
import shapely

from parkmap.errors import InvalidInputError
from parkmap.layers.map_parcels import read_map_parcels

CITY = (113.7, 22.4, 114.7, 22.9)
SQUARE = shapely.box(114.0, 22.5, 114.01, 22.51)


def read(path, fields=()):
    return read_map_parcels(path, within=CITY, fields=fields)


def write(folder, shapes, crs="EPSG:4326", **columns):
    path = folder / "parcels.gpkg"
    frame = gpd.GeoDataFrame(columns or {"use": ["a"] * len(shapes)}, geometry=shapes, crs=crs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a file without a system is meant
        frame.to_file(path)
    return path


def faults(path, fields=()) -> list[tuple[str, tuple]]:
    with pytest.raises(InvalidInputError) as caught:
        read(path, fields)
    for found in caught.value.findings:
        assert found.text("zh")
        assert found.text("en")
    return [(found.code, found.ids) for found in caught.value.findings]


def test_polygons_of_any_system_and_kind_are_read(tmp_path) -> None:
    bow_tie = shapely.Polygon([(114, 22.5), (114.01, 22.51), (114.01, 22.5), (114, 22.51)])
    shapes = gpd.GeoSeries(
        [
            SQUARE,
            shapely.MultiPolygon([SQUARE, shapely.box(114.02, 22.5, 114.03, 22.51)]),
            shapely.force_3d(SQUARE, 9),
            bow_tie,
        ],
        crs="EPSG:4326",
    ).to_crs("EPSG:4547")
    found = read(write(tmp_path, list(shapes), crs="EPSG:4547", use=list("abcd")), ["use"])
    assert found.crs.to_epsg() == 4326
    assert found["use"].tolist() == list("abcd")
    assert shapely.bounds(found.geometry[0]) == pytest.approx(shapely.bounds(SQUARE), abs=1e-9)


def test_what_is_no_layer_of_features_is_told(tmp_path) -> None:
    assert faults(tmp_path / "none.gpkg") == [("features.not_found", ())]
    (tmp_path / "text.gpkg").write_text("no vector file")
    assert faults(tmp_path / "text.gpkg") == [("layer.unreadable", ())]
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    assert faults(tmp_path / "table.csv") == [("layer.no_geometry", ())]
    assert faults(write(tmp_path, [])) == [("layer.empty", ())]


def test_all_problems_are_told_at_once(tmp_path) -> None:
    path = write(tmp_path, [SQUARE, shapely.Point(114, 22.5), None, shapely.Polygon()], crs=None)
    assert faults(path, ["height", "use", "owner"]) == [
        ("crs.missing", ()),
        ("parcels.no_field", ()),
        ("parcels.no_field", ()),
        ("graph.no_shape", ("3", "4")),
        ("graph.not_polygons", ("2",)),
    ]


def test_the_geometry_is_no_field(tmp_path) -> None:
    assert faults(write(tmp_path, [SQUARE]), ["geometry"]) == [("parcels.no_field", ())]


def test_parcels_of_another_city_are_refused(tmp_path) -> None:
    assert faults(write(tmp_path, [shapely.box(124, 22, 124.1, 22.1)])) == [("parcels.elsewhere", ())]
    metres = write(
        tmp_path, [shapely.box(500_000, 2_500_000, 500_100, 2_500_100)]
    )  # a projected file said to be WGS 84
    assert faults(metres) == [("parcels.elsewhere", ())]


def test_one_parcel_in_the_city_is_enough(tmp_path) -> None:
    assert len(read(write(tmp_path, [SQUARE, shapely.box(124, 22, 124.1, 22.1)]))) == 2
