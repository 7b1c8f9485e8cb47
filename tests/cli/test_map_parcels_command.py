"""`parkmap map --parcels`: the page, the tiles beside it, and a finding where the file cannot be used."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely


@pytest.fixture
def parcels(tmp_path):
    """Nine parcels of two uses in Testville, in its metric system."""
    shapes = [
        shapely.box(
            114.001 + 0.003 * (i % 3), 22.621 + 0.003 * (i // 3), 114.0038 + 0.003 * (i % 3), 22.6238 + 0.003 * (i // 3)
        )
        for i in range(9)
    ]
    frame = gpd.GeoDataFrame(
        {"编号": [f"A{i}" for i in range(9)], "use": ["x", "y", "x"] * 3}, geometry=shapes, crs=4326
    )
    path = tmp_path / "own.gpkg"
    frame.to_crs("EPSG:4547").to_file(path)
    return path


def data(page) -> dict:
    text = page.read_text(encoding="utf-8")
    start = text.index('id="parkmap-data">') + len('id="parkmap-data">')
    return json.loads(text[start : text.index("</script>", start)])


def test_the_page_holds_the_parcels(parkmap, parcels, tmp_path) -> None:
    page = tmp_path / "map.html"
    words = ("map", "testville", "-o", page, "--parcels", parcels, "--parcels-name", "编号", "--parcels-by", "use")
    ran = parkmap(*words, "--lang", "en")
    assert ran.code == 0, ran.err
    (layer,) = data(page)["dense"]
    assert layer["count"] == 9
    assert data(page)["sources"][-1]["en"] == "Own data: own.gpkg"
    assert [one["en"] for one in layer["classes"]] == ["x", "y"]
    assert layer["bounds"] == [114.001, 22.621, 114.0098, 22.6298]
    assert [column["label"]["en"] for column in layer["header"]["columns"]] == ["use"]
    assert not (tmp_path / "map_tiles").exists()
    before = page.read_bytes()
    assert parkmap(*words, "--lang", "en", "--overwrite").code == 0
    assert page.read_bytes() == before


def test_tiles_stand_beside_the_page_with_a_manifest(parkmap, parcels, tmp_path) -> None:
    page = tmp_path / "map.html"
    ran = parkmap("map", "testville", "-o", page, "--parcels", parcels, "--tiles", "--lang", "zh")
    assert ran.code == 0, ran.err
    assert "map_tiles" in ran.err
    tiles = data(page)["dense"][0]["tiles"]
    assert tiles["folder"] == "map_tiles"
    listed = {
        f"{level}-{x}-{y}.bin"
        for level, flat in tiles["levels"].items()
        for x, y in zip(flat[::2], flat[1::2], strict=True)
    }
    assert {path.name for path in (tmp_path / "map_tiles").iterdir()} == {"manifest.json", "names.bin", *listed}
    (tmp_path / "map_tiles" / "names.bin").write_bytes(b"changed by hand")
    page.unlink()
    again = parkmap("map", "testville", "-o", page, "--parcels", parcels, "--tiles", "--lang", "zh")
    assert again.code != 0
    assert "names.bin" in again.err
    assert not page.exists()


def test_a_missing_field_is_a_finding(parkmap, parcels, tmp_path) -> None:
    ran = parkmap(
        "map", "testville", "-o", tmp_path / "map.html", "--parcels", parcels, "--parcels-by", "height", "--lang", "en"
    )
    assert ran.code != 0
    assert "height" in ran.err
    assert "编号, use" in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "map.html").exists()


def test_options_of_parcels_need_parcels(parkmap, tmp_path) -> None:
    for option in (("--parcels-by", "use"), ("--parcels-name", "use"), ("--tiles",)):
        ran = parkmap("map", "testville", "-o", tmp_path / "map.html", *option)
        assert ran.code == 2, option
        assert "--parcels" in ran.err
