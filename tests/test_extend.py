"""docs/extend.md is followed to the letter on a copy of the package, and what it promises is looked at."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[1]
TESTVILLE = Path(__file__).parent / "testville"
DAY = ("--as-of", "2025-06-01", "--lang", "en")
BLOCK = re.compile(
    r"<!-- file: (?P<file>\S+?)(?:, (?P<how>after|instead of): (?P<place>[^\n]*))? -->\n *```\w+\n(?P<code>.*?)\n *```",
    re.DOTALL,
)
MOST_FILES, MOST_LINES, WIDEST = 3, 60, 120


@dataclasses.dataclass(frozen=True)
class Block:
    """A piece of code and where it goes: a file of its own, behind a line, or instead of a text."""

    file: str
    how: str | None
    place: str | None
    code: str

    def apply(self, root: Path) -> None:
        path = root / self.file
        if self.how is None:
            path.write_text(self.code + "\n", encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        assert text.count(self.place) == 1, f"{self.place!r} stands {text.count(self.place)} times in {self.file}"
        if self.how == "instead of":
            changed = text.replace(self.place, self.code)
        else:
            before, after = text.split(self.place)
            rest, line_end, after = after.partition("\n")
            changed = before + self.place + rest + line_end + self.code + "\n" + after
        path.write_text(changed, encoding="utf-8")


def blocks(section: str) -> list[Block]:
    """Return the code of a section of the page, without the indent of its step."""
    page = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
    (body,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", page, flags=re.DOTALL | re.MULTILINE)
    found = [Block(**match.groupdict()) for match in BLOCK.finditer(body)]
    stripped = (re.sub(r"^   ", "", one.code, flags=re.MULTILINE) for one in found)
    return [dataclasses.replace(one, code=code) for one, code in zip(found, stripped, strict=True)]


@dataclasses.dataclass(frozen=True)
class House:
    """A copy of the package, and a project in which its command is run."""

    root: Path
    project: Path

    def extend(self, section: str) -> list[Block]:
        found = blocks(section)
        for one in found:
            one.apply(self.root)
        return found

    def python(self, *words: str, cwd: Path | None = None) -> str:
        done = subprocess.run(  # noqa: S603  our own interpreter
            [sys.executable, *words],
            cwd=cwd or self.project,
            env={"PYTHONPATH": str(self.root / "src"), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def parkmap(self, *words: str) -> str:
        return self.python("-m", "parkmap", *words, *DAY)


@pytest.fixture
def house(tmp_path: Path) -> House:
    root = tmp_path / "house"
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config", "docs", "scripts"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "layers", root / "layers")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(TESTVILLE, tmp_path / "project")
    return House(root, tmp_path / "project")


def payload(page: Path) -> dict:
    """Return the data of a map page."""
    (data,) = re.findall(r'id="parkmap-data">(.*?)</script>', page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return json.loads(data)


def coloured(page: Path, title: str) -> dict:
    (group,) = [one for one in payload(page)["groups"] if one["title"]["en"] == title]
    return group


def test_an_analysis_is_three_files_and_sixty_lines(house: House) -> None:
    written = house.extend("An analysis")
    lines = [line for one in written for line in one.code.splitlines()]
    assert len({one.file for one in written}) <= MOST_FILES
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= WIDEST
    files = [str(house.root / one.file) for one in written]
    house.python("-m", "ruff", "format", "--check", *files, cwd=house.root)
    house.python("-m", "ruff", "check", *files, cwd=house.root)


def test_an_analysis_is_everywhere(house: House) -> None:
    house.extend("An analysis")
    answer = json.loads(house.parkmap("park-density", "testville", "--json"))
    areas = {
        row["id"]: row["area_m2"] for row in json.loads(house.parkmap("coverage", "testville", "--json"))["districts"]
    }
    house.parkmap("show", "testville", "-o", "shown")
    parks = json.loads((house.project / "shown" / "parks.geojson").read_text(encoding="utf-8"))["features"]
    inside = [(park["properties"]["districts"] or "").split(",") for park in parks]
    assert [row["id"] for row in answer["districts"]] == list(areas)
    for row in answer["districts"]:
        count = sum(row["id"] in districts for districts in inside)
        assert (row["area_m2"], row["parks"]) == (areas[row["id"]], count)
        assert row["parks_per_100_km2"] == pytest.approx(count / areas[row["id"]] * 1e8, abs=5e-4)
    assert any(row["parks"] for row in answer["districts"])
    assert "parks per 100 km2" in house.parkmap("park-density", "testville")

    house.parkmap(
        "park-density",
        "testville",
        "-o",
        "out",
        "--csv",
        "a.csv",
        "--xlsx",
        "a.xlsx",
        "--figure",
        "a.png",
        "--docx",
        "a.docx",
    )
    table = list(csv.DictReader(io.StringIO((house.project / "a.csv").read_text(encoding="utf-8-sig"))))
    book = openpyxl.load_workbook(house.project / "a.xlsx", data_only=True).worksheets[0]
    for number, row in enumerate(answer["districts"]):
        assert float(table[number]["parks per 100 km2"]) == pytest.approx(row["parks_per_100_km2"], abs=5e-5)
        assert book.cell(5 + number, 4).value == pytest.approx(row["parks_per_100_km2"])
    features = json.loads((house.project / "out" / "park-density.geojson").read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["parks"] for one in features] == [row["parks"] for row in answer["districts"]]
    drawn = coloured(house.project / "out" / "map.html", "Parks for the land of districts")
    amounts = [row["parks_per_100_km2"] for row in answer["districts"]]
    assert [one["amount"] for one in drawn["features"]] == pytest.approx(amounts, abs=5e-3)  # as the legend has them
    assert drawn["classes"]
    assert (house.project / "a.png").read_bytes().startswith(b"\x89PNG")


def test_an_analysis_is_built_and_in_the_library(house: House) -> None:
    house.extend("An analysis")
    house.parkmap("build", "testville", "-o", "built")
    built = house.project / "built" / "testville"
    assert {"park-density.json", "park-density.csv"} <= {path.name for path in built.iterdir()}
    assert coloured(built / "map.html", "Parks for the land of districts")["shown"] is False
    code = "import parkmap; plan = parkmap.open().plan('testville'); print(plan.park_density().park_density.to_json())"
    frame = json.loads(
        house.python(
            "-c", code.replace(".park_density.to_json", ".frame('park-density').drop(columns='geometry').to_json")
        )
    )
    rows = json.loads((built / "park-density.json").read_text(encoding="utf-8"))["districts"]
    assert frame["parks"] == {row["id"]: row["parks"] for row in rows}
    house.python("scripts/generate.py", cwd=house.root)
    assert "def park_density(" in (house.root / "src/parkmap/api/methods.pyi").read_text(encoding="utf-8")
    assert (house.root / "config/schema/report-park-density.json").is_file()
    assert "## parkmap park-density" in (house.root / "docs/cli.md").read_text(encoding="utf-8")


def test_a_column_is_two_places(house: House) -> None:
    written = house.extend("A column")
    assert len(written) <= 2
    plan = house.project / "config/plans/testville.yaml"
    said = plan.read_text(encoding="utf-8")
    name = "  - id: border-park\n"
    assert said.count(name) == 1
    plan.write_text(said.replace(name, name + "    floor_area_ratio: 2.5\n"), encoding="utf-8")
    (park,) = [
        one for one in json.loads(house.parkmap("show", "testville", "--json"))["parks"] if one["id"] == "border-park"
    ]
    assert park["floor_area_ratio"] == 2.5
    assert "floor area ratio" in house.parkmap("show", "testville", "--table", "parks")
    house.parkmap("build", "testville", "-o", "built")
    built = house.project / "built" / "testville"
    text = re.sub(r"\n※.*", "", (built / "parks.csv").read_text(encoding="utf-8-sig"), flags=re.DOTALL)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["floor area ratio"] for row in rows if row["id"] == "border-park"] == ["2.5000"]
    features = json.loads((built / "parks.geojson").read_text(encoding="utf-8"))["features"]
    said = {one["id"]: one["properties"]["floor_area_ratio"] for one in features}
    assert (said.pop("border-park"), set(said.values())) == (2.5, {None})
    (card,) = [
        one["rows"]
        for group in payload(built / "map.html")["groups"]
        for one in group["features"]
        if one["id"] == "border-park"
    ]
    assert {label["en"]: value["en"] for label, value, *_ in card}["Floor area ratio"] == "2.50"
    code = "import parkmap; print(parkmap.open().plan('testville').parks['floor_area_ratio'].to_dict())"
    assert "2.5" in house.python("-c", code)


def test_an_output_format_is_everywhere(house: House) -> None:
    house.extend("An output format")
    house.parkmap("coverage", "testville", "--markdown", "a.md")
    told = (house.project / "a.md").read_text(encoding="utf-8").splitlines()
    assert told[0].startswith("district|area (ha)|")
    assert len(told) == 2 + len(json.loads(house.parkmap("coverage", "testville", "--json"))["districts"])


def test_a_role_is_drawn_and_named(house: House) -> None:
    house.extend("A role")
    plan = house.project / "config/plans/testville.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("role: belt", "role: axis"), encoding="utf-8")
    house.parkmap("map", "testville", "-o", "map.html")
    assert "role-axis" in {group["id"] for group in payload(house.project / "map.html")["groups"]}
    assert payload(house.project / "map.html")["roles"]["axis"]["en"] == "Axis"
