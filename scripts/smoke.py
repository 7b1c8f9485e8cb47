"""Every command with --json, every reader and every writer once, in a few minutes: ``python scripts/smoke.py``.

Runs the parkmap that is installed beside this Python, in processes of their own and on the tiny plan of the tests. A
line fails where its exit code is not 0, where stdout with --json is anything but JSON, or where a file is missing or
cannot be opened. It is meant for versions of libraries that nobody tests with otherwise: `make smoke-lowest` and `make
smoke-newest` run it against both ends of what pyproject.toml allows.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import click
import docx
import geopandas as gpd
import networkx as nx
import numpy as np
import openpyxl
import shapely
from PIL import Image

from parkmap import questions
from parkmap.cli.main import COMMANDS, group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
TESTVILLE: Final = ROOT / "tests" / "testville"
DAY: Final = ("--as-of", "2025-06-01", "--lang", "en")


@dataclasses.dataclass(frozen=True)
class Line:
    """A call, the files that it must leave behind, and the line that must have run before."""

    words: str
    files: tuple[str, ...] = ()


FIRST: Final = (
    Line("roads build --json --osm street.osm -o layers/testville/roads.npz", ("layers/testville/roads.npz",)),
)
"""What later lines read."""
OWN: Final = (
    Line("plans --json"),
    Line("show testville --json"),
    Line("show testville --item core --sources sources --json"),
    Line("check testville --sources sources --json"),
    Line("conflicts testville --json"),
    Line(
        "coverage testville --json --demand demand.geojson --weight people -o coverage",
        ("coverage/map.html", "coverage/coverage-districts.csv", "coverage/coverage-districts.geojson"),
    ),
    Line("coverage testville --json --demand demand.csv"),
    Line(
        "coverage testville --json --csv c.csv --xlsx c.xlsx --docx c.docx --figure c.png",
        ("c.csv", "c.xlsx", "c.docx", "c.png"),
    ),
    Line("roads build --json --osm street.osm.pbf -o pbf.npz", ("pbf.npz",)),
    Line("roads build --json --osm street.graphml -o graphml.npz", ("graphml.npz",)),
    Line("reach testville --json --demand demand.csv --barriers area.gpkg -o reach", ("reach/map.html",)),
    Line("reach testville --json --sites sites.shp --metres 500"),
    Line("site testville --json --reach 15 --count 1 --demand demand.csv -o site", ("site/map.html",)),
    Line(
        "site testville --json --model p-median --count 1 --candidates sites.geojson --demand demand.geojson"
        " --matrix ways.csv"
    ),
    Line("site testville --json --model p-centre --count 1 --demand demand.csv"),
    Line("site testville --json --model set-cover --reach 60 --demand demand.csv"),
    Line(
        "adjacency testville --json --csv a.csv --gal a.gal --gwt a.gwt --geojson a.geojson --matrix a.svg"
        " --map a.html",
        ("a.csv", "a.gal", "a.gwt", "a.geojson", "a.svg", "a.html"),
    ),
    Line("adjacency --layer parcels.gpkg --json --betweenness --matrix layer.png", ("layer.png",)),
    Line("adjacency --layer parcels.shp --crs EPSG:4547 --json"),
    Line("adjacency testville --of districts --graph nearest --json"),
    Line("belts testville --json"),
    Line("linkage testville --json"),
    Line(
        "quota testville --json --csv q.csv --xlsx q.xlsx --docx q.docx --figure q.pdf",
        ("q.csv", "q.xlsx", "q.docx", "q.pdf"),
    ),
    Line("quota testville --json --claims claims.csv --constraint ecological-red-line=area.gpkg"),
    Line("quota testville --json --claims claims.xlsx"),
    *(
        Line(f"quota testville --json --method {method}")
        for method in ("proportional", "max-min", "proportional-fair", "equal-losses")
    ),
    Line("why testville border-park --json"),
    Line("compare testville --json --scenario-b base -o compare.html", ("compare.html",)),
    Line("map testville -o map.html --parcels parcels.gpkg --parcels-by use", ("map.html",)),
    Line("map testville -o tiles.html --parcels parcels.shp --tiles", ("tiles.html",)),
    Line("figure testville -o f.png --parcels parcels.gpkg", ("f.png",)),
    Line("figure testville -o f.svg --lang zh", ("f.svg",)),
    Line("figure testville -o f.pdf --lang zh", ("f.pdf",)),
    Line("export testville -o export", ("export/components.geojson",)),
    Line("build testville -o build", ("build/testville/map.html", "build/testville/quota.docx")),
)
LINES: Final = (
    *OWN,
    *(
        Line(f"{name} testville --json")
        for name in questions.NAMES
        if not any(line.words.split()[0] == name for line in OWN)
    ),
)
"""Those, and a question that has none of its own, as it is asked of a plan."""


def prepare(folder: Path) -> None:
    """Write what the lines read: streets, parcels, demand, sites, ways, claims, in each format that is read."""
    shutil.copytree(TESTVILLE, folder, dirs_exist_ok=True)
    _streets(folder)
    squares = [
        shapely.box(500_000 + 100 * x, 2_502_000 + 100 * y, 500_100 + 100 * x, 2_502_100 + 100 * y)
        for x in range(3)
        for y in range(3)
    ]
    parcels = gpd.GeoDataFrame({"use": ["工业", "居住", "industry"] * 3}, geometry=squares, crs="EPSG:4547")
    parcels.to_file(folder / "parcels.gpkg")
    parcels.to_file(folder / "parcels.shp", encoding="utf-8")
    places = gpd.GeoSeries.from_xy([114.005, 114.012, 114.02], [22.61, 22.62, 22.63], crs="EPSG:4326")
    gpd.GeoDataFrame({"id": list("abc"), "people": [5, 3, 4]}, geometry=places).to_file(folder / "demand.geojson")
    sites = gpd.GeoDataFrame({"id": ["s1", "s2", "s3"]}, geometry=places)
    sites.to_file(folder / "sites.geojson")
    sites.to_file(folder / "sites.shp")
    parcels[["geometry"]].to_crs("EPSG:4326").to_file(folder / "area.gpkg")
    _tables(folder)


def _streets(folder: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests" / "layers"))
    from pbf_writer import write_pbf  # type: ignore[import-not-found]  # noqa: PLC0415  a file of the tests

    places = {i: (114.0 + i * 0.01, 22.63) for i in range(1, 5)}
    nodes = "".join(f'<node id="{i}" lon="{lon}" lat="{lat}"/>' for i, (lon, lat) in places.items())
    refs = "".join(f'<nd ref="{i}"/>' for i in places)
    way = f'<way id="1">{refs}<tag k="highway" v="residential"/></way>'
    (folder / "street.osm").write_text(f"<osm>{nodes}{way}</osm>", encoding="utf-8")
    write_pbf(folder / "street.osm.pbf", places, {1: (list(places), {"highway": "residential"})})
    made = nx.MultiDiGraph(crs="epsg:4326")
    for i, (lon, lat) in places.items():
        made.add_node(str(i), x=str(lon), y=str(lat))
    for first in (1, 2, 3):
        for start, end in ((first, first + 1), (first + 1, first)):
            made.add_edge(str(start), str(end), osmid=str(first), highway="residential", length="1028")
    nx.write_graphml(made, folder / "street.graphml")


def _tables(folder: Path) -> None:
    (folder / "demand.csv").write_text("lon,lat\n114.01,22.61\n114.02,22.62\n", encoding="utf-8")
    ways = "".join(f"{place},s{n},{n}\n" for place in "abc" for n in (1, 2, 3))
    (folder / "ways.csv").write_text("demand,site,minutes\n" + ways, encoding="utf-8")
    claims: list[list[object]] = [["园区", "年份", "需求（公顷）"], ["core", 2025, 2], ["border-park", 2025, 1]]
    (folder / "claims.csv").write_text("\n".join(",".join(map(str, row)) for row in claims), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in claims:
        book.worksheets[0].append(row)
    book.save(folder / "claims.xlsx")


def _opened(path: Path) -> None:
    """Open a file with somebody else's reader, by its ending.

    Raises
    ------
    ValueError
        Where it holds nothing, or not what its ending says.
    """
    body = path.read_bytes()
    if not body:
        raise ValueError("it is empty")
    openers: dict[str, Callable[[], object]] = {
        ".csv": lambda: body.decode("utf-8-sig"),
        ".docx": lambda: docx.Document(io.BytesIO(body)),
        ".geojson": lambda: gpd.read_file(path),
        ".npz": lambda: np.load(path, allow_pickle=False).files,
        ".pdf": lambda: body.index(b"%PDF-") + body.index(b"%%EOF"),
        ".png": lambda: Image.open(path).load(),
        ".svg": lambda: ET.fromstring(body),  # noqa: S314  our own
        ".xlsx": lambda: openpyxl.load_workbook(path, read_only=True).sheetnames,
        ".html": lambda: body.index(b"</html>"),
    }
    openers.get(path.suffix, lambda: body.decode("utf-8"))()


def run(line: Line, folder: Path) -> str | None:
    """Run a line and return what is wrong with what it did, or None."""
    done = subprocess.run(  # noqa: S603  our own interpreter and words
        [sys.executable, "-m", "parkmap", *line.words.split(), *(() if "roads" in line.words.split()[0] else DAY)],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        return f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2000:]}"
    try:
        if "--json" in line.words:
            json.loads(done.stdout)
        for name in line.files:
            _opened(folder / name)
    except Exception as error:  # noqa: BLE001  whatever a reader says of a file
        return f"{type(error).__name__}: {error}; stdout begins {done.stdout[:200]!r}"
    return None


def unsmoked() -> Iterator[str]:
    """Yield the commands that no line runs, and those whose --json no line asks for."""
    words = [line.words.split() for line in (*FIRST, *LINES)]
    context = click.Context(group)
    for name in COMMANDS:
        mine = [line for line in words if line[0] == name]
        command = group.get_command(context, name)
        answers = any("--json" in option.opts for option in (command.params if command else ()))
        if not mine or (answers and not any("--json" in line for line in mine)):
            yield name


def main() -> None:
    """Run all lines, two at a time, and say which ones fail."""
    missing = list(unsmoked())
    if missing:
        sys.exit(f"smoke.py has no line for: {', '.join(missing)}")
    began = time.monotonic()
    failed = 0
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = Path(name)
        prepare(folder)
        for lines in (FIRST, LINES):
            for line, wrong in zip(lines, pool.map(lambda one: run(one, folder), lines), strict=True):
                failed += wrong is not None
                if wrong is not None:
                    print(f"FAILED parkmap {line.words}\n    {wrong}")
    count = len(FIRST) + len(LINES)
    print(f"smoke: {count - failed} passed, {failed} failed in {time.monotonic() - began:.0f} s")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
