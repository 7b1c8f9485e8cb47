"""The points on the ground that places are built around."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import Point

from layerkit.measure import to_metric
from layerkit.problems import InputProblemsError

if TYPE_CHECKING:
    from pathlib import Path

CONFIDENCES = ("low", "medium", "high")  # in rising order
COLUMNS = ("id", "name_zh", "name_en", "lon", "lat", "district_adcode", "confidence", "origin", "note")


@dataclass(frozen=True)
class Anchor:
    """A known point.

    Parameters
    ----------
    anchor_id : str
        Id that recipes refer to.
    name_en : str
        English name of the point.
    point : Point
        WGS 84 position.
    confidence : str
        How well the point stands for the named place: low, medium or high.
    origin : str
        Where the position is from.
    """

    anchor_id: str
    name_en: str
    point: Point
    confidence: str
    origin: str

    @property
    def metric_point(self) -> Point:
        """The position in the metric plane."""
        moved = to_metric(self.point)
        return Point(*shapely.get_coordinates(moved)[0])


def read_anchors(path: Path) -> tuple[dict[str, Anchor], list[str]]:
    """Read anchors and list what is wrong with them.

    Parameters
    ----------
    path : Path
        CSV file with the columns of `COLUMNS`, coordinates in WGS 84.

    Returns
    -------
    tuple[dict[str, Anchor], list[str]]
        Good anchors by id, and one sentence per problem.

    Raises
    ------
    InputProblemsError
        When the file or one of its columns is absent.
    """
    if not path.is_file():
        raise InputProblemsError([f"{path}: absent"])
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise InputProblemsError([f"{path}: column(s) absent: {', '.join(missing)}"])
        rows = list(reader)
    return _collect(rows, path.name)


def _collect(rows: list[dict[str, str]], name: str) -> tuple[dict[str, Anchor], list[str]]:
    anchors: dict[str, Anchor] = {}
    problems: list[str] = []
    for number, row in enumerate(rows, start=2):
        where = f"{name} line {number} ({row['id'] or 'without id'})"
        found = _row_problems(row, anchors)
        problems += [f"{where}: {problem}" for problem in found]
        if not found:
            anchors[row["id"]] = _anchor(row)
    return anchors, problems


def _row_problems(row: dict[str, str], seen: dict[str, Anchor]) -> list[str]:
    found = [f"{column} is empty" for column in ("id", "name_zh", "name_en", "origin") if not row[column]]
    if row["id"] in seen:
        found.append("id used twice")
    if row["confidence"] not in CONFIDENCES:
        found.append(f"confidence {row['confidence']!r} is not one of {', '.join(CONFIDENCES)}")
    if not (_within(row["lon"], 180) and _within(row["lat"], 90)):
        found.append("lon, lat are not WGS 84 degrees")
    return found


def _within(text: str, limit: float) -> bool:
    try:
        return abs(float(text)) <= limit
    except ValueError:
        return False


def _anchor(row: dict[str, str]) -> Anchor:
    point = Point(float(row["lon"]), float(row["lat"]))
    return Anchor(row["id"], row["name_en"], point, row["confidence"], row["origin"])
