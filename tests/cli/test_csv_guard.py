"""No cell of any CSV that any command writes runs as a formula in Excel: there is one guard, and one module writes CSV.

| where the text comes from      | texts                                              |
|--------------------------------|----------------------------------------------------|
| names of parks and districts   | = + @ and their full-width forms                   |
| ids of a user's polygons       | = + - @, full-width =, a tab, a carriage return    |
| names of a user's demand       | = and a tab                                        |
"""

from __future__ import annotations

import ast
import csv
import io
import unicodedata
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

import parkmap as package

DAY = ("--as-of", "2025-06-01")
IDS = ("=1+1", "＝1+1", "\t=1+1", "+1", "-1", "@SUM(A1)", "\r=1", "plain")
SIGNS = tuple("=+-@\t\r")


def cells(path):
    text = path.read_bytes().decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def runs(cell):
    """Tell whether Excel would take a cell for a formula; a number is none."""
    if not unicodedata.normalize("NFKC", cell).lstrip(" \n").startswith(SIGNS):
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


@pytest.fixture
def hostile(testville):
    """Names that begin as formulas do, in the plan and in its layers."""
    testville.replace(testville.plan, "zh: 界河产业园", 'zh: "=1+1"')
    testville.replace(testville.plan, "zh: 东南产业园", 'zh: "＝2+2"')
    testville.replace(testville.plan, "zh: 试城孵化园", 'zh: "＋3"')
    testville.feature(testville.districts, "nw", name_zh="@4", name_en="=4")
    testville.feature(testville.districts, "se", name_zh="＠5", name_en="+5")
    return testville


@pytest.fixture
def demand(hostile):
    """Demand whose ids are formulas."""
    west, south, *_ = gpd.read_file(hostile.root / hostile.districts).total_bounds
    shapes = [shapely.Point(west + 0.001 * (k + 1), south + 0.001) for k in range(2)]
    frame = gpd.GeoDataFrame({"id": ["=6", "\t=7"], "name_zh": ["=6", "\t=7"]}, geometry=shapes, crs="EPSG:4326")
    path = hostile.root / "demand.geojson"
    frame.to_file(path)
    return path


@pytest.fixture
def polygons(tmp_path):
    """Polygons side by side whose ids are formulas."""
    path = tmp_path / "own.gpkg"
    shapes = [shapely.box(500_000 + 10 * k, 2_500_000, 500_010 + 10 * k, 2_500_010) for k in range(len(IDS))]
    gpd.GeoDataFrame({"id": IDS}, geometry=shapes, crs="EPSG:4547").to_file(path)
    return path


@pytest.mark.usefixtures("demand")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "asked",
    [
        ("build", "testville", "-o", "out"),
        ("export", "testville", "-o", "out"),
        ("coverage", "testville", "--demand", "demand.geojson", "-o", "out"),
        ("reach", "testville", "-o", "out"),
        ("site", "testville", "--demand", "demand.geojson", "--count", "1", "--model", "p-median", "-o", "out"),
        ("adjacency", "testville", "-o", "out"),
        ("adjacency", "testville", "--of", "districts", "-o", "out"),
        ("quota", "testville", "--csv", "out/quota.csv"),
        ("adjacency", "testville", "--csv", "out/pairs.csv"),
    ],
    ids=" ".join,
)
def test_names_of_plans_and_layers(parkmap, asked, lang):
    ran = parkmap(*asked, *DAY, "--lang", lang)
    assert ran.code == 0, ran.err
    written = sorted(Path("out").rglob("*.csv"))
    assert written or asked[0] == "export"
    found = [cell for path in written for cell in cells(path)]
    assert [cell for cell in found if runs(cell)] == []
    if "pairs.csv" not in asked[-1] and written and lang == "zh":
        assert any(cell.startswith("'") for cell in found)


@pytest.mark.parametrize("asked", [("--csv", "out/pairs.csv"), ("-o", "out")])
@pytest.mark.parametrize("graph", [(), ("--graph", "band", "--within-m", "30")])
def test_ids_of_polygons(parkmap, polygons, asked, graph):
    assert parkmap("adjacency", "--layer", polygons, *asked, *graph).code == 0
    found = [cell for path in Path("out").rglob("*.csv") for cell in cells(path)]
    assert [cell for cell in found if runs(cell)] == []
    assert {f"'{name}" for name in IDS[:-1]} | {"plain"} <= set(found)


def test_one_module_writes_csv():
    """Whoever writes CSV elsewhere would need a guard of their own."""
    source = Path(package.__file__).parent
    writing = set()
    for path in source.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"to_csv", "DictWriter", "writer"}:
                writing.add(path.relative_to(source).as_posix())
    assert writing == {"output/tables/csv_file.py"}
