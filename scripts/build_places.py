"""Build sites, zones and belts of each city from its anchors, recipe, districts and land.

Run `python scripts/build_places.py` after an edit of `anchors.csv` or `recipe.yaml`, then
`python scripts/hash_layers.py`. A wrong input is listed with all others, nothing is written, and the exit code is 2.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from layerkit.anchors import Anchor, read_anchors
from layerkit.construct import (
    Ground,
    accuracy_m,
    disc_of_area,
    districts_around,
    ground_from,
    path_belt,
)
from layerkit.geojson import Feature, read_geometries, to_text
from layerkit.measure import area_ha, rounded
from layerkit.problems import InputProblemsError, run, stop_if_any
from layerkit.recipe import Recipe, read_recipe
from layerkit.rules import METHODS_BY_FILE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from layerkit.entry import Entry

DEFAULT_LAYERS = Path(__file__).resolve().parents[1] / "layers"


@dataclass(frozen=True)
class City:
    """All inputs of one city.

    Parameters
    ----------
    anchors : dict[str, Anchor]
        Known points by id.
    recipe : Recipe
        Places to build.
    ground : Ground
        Districts and land in the metric plane.
    """

    anchors: dict[str, Anchor]
    recipe: Recipe
    ground: Ground


def read_city(folder: Path) -> City:
    """Read the inputs of one city.

    Parameters
    ----------
    folder : Path
        Folder with anchors.csv, recipe.yaml, districts.geojson and land.geojson.

    Returns
    -------
    City
        Checked inputs.

    Raises
    ------
    InputProblemsError
        When anything in the inputs is wrong.
    """
    districts = read_geometries(folder / "districts.geojson")
    land = read_geometries(folder / "land.geojson")
    anchors, problems = read_anchors(folder / "anchors.csv")
    recipe, more = read_recipe(folder / "recipe.yaml", anchors=anchors, district_ids=districts)
    taken = [f"recipe.yaml: {entry.id}: id is that of a district" for entry in recipe.entries if entry.id in districts]
    stop_if_any([f"{folder.name}: {problem}" for problem in [*problems, *more, *taken]])
    return City(anchors, recipe, ground_from(districts, land.values()))


def build_city(city: City) -> dict[str, str]:
    """Build the three layers of a city.

    Parameters
    ----------
    city : City
        Checked inputs.

    Returns
    -------
    dict[str, str]
        GeoJSON text by file name.

    Raises
    ------
    InputProblemsError
        When a point lies outside its districts, or a disc cannot reach its area.
    """
    features: dict[str, list[Feature]] = {name: [] for name in METHODS_BY_FILE}
    problems: list[str] = []
    for entry in city.recipe.entries:
        try:
            features[entry.file].append(build_feature(entry, city))
        except ValueError as error:
            problems.append(f"recipe.yaml: {entry.id}: {error}")
    stop_if_any(problems)
    return {f"{name}.geojson": to_text(items) for name, items in features.items()}


def build_feature(entry: Entry, city: City) -> Feature:
    """Build one feature.

    Parameters
    ----------
    entry : Entry
        Checked entry.
    city : City
        Inputs it refers to.

    Returns
    -------
    Feature
        The feature with all columns of its layer.
    """
    anchors = [city.anchors[name] for name in entry.all_anchors]
    geometry = _geometry(entry, anchors, city.ground)
    if geometry is not None and not shapely.is_valid(geometry):
        raise ValueError(f"geometry is invalid after rounding: {shapely.is_valid_reason(geometry)}")
    placed = geometry is not None
    accuracy = accuracy_m(entry, anchors=anchors, assumptions=city.recipe.assumptions) if placed else None
    return Feature(_properties(entry, anchors, accuracy, geometry), geometry)


def _geometry(entry: Entry, anchors: list[Anchor], ground: Ground) -> BaseGeometry | None:
    if entry.method == "not_placed":
        return None
    outside = [
        anchor.anchor_id for anchor in anchors if not districts_around(entry, point=anchor.metric_point, ground=ground)
    ]
    if outside:
        raise ValueError(f"anchor(s) {', '.join(outside)} lie outside {', '.join(entry.districts)}")
    if entry.method == "anchor_point":
        return rounded(anchors[0].point)
    allowed = ground.allowed(entry)
    if entry.method == "area_disc":
        return disc_of_area(anchors[0].metric_point, area_published_ha=entry.area_published_ha or 0.0, allowed=allowed)
    points = [anchor.metric_point for anchor in anchors]
    return path_belt(points, half_width_m=entry.half_width_m or 0.0, allowed=allowed)


def _properties(
    entry: Entry, anchors: list[Anchor], accuracy: int | None, geometry: BaseGeometry | None
) -> dict[str, Any]:
    areal = geometry is not None and geometry.geom_type != "Point"
    return {
        "id": entry.id,
        "name_zh": entry.name_zh,
        "name_en": entry.name_en,
        "aliases_zh": "；".join(entry.aliases_zh) or None,
        "districts": ",".join(entry.districts) or None,
        "determinacy": entry.determinacy,
        "method": entry.method,
        "accuracy_m": accuracy,
        "origin": _origin(entry, anchors),
        "area_published_ha": entry.area_published_ha,
        "area_origin": entry.area_origin,
        "area_basis": entry.area_basis,
        "area_valid_from": entry.area_valid_from,
        "area_valid_to": entry.area_valid_to,
        "area_measured_ha": area_ha(geometry) if geometry is not None and areal else None,
        "note_zh": entry.note_zh,
        "note_en": entry.note_en,
    }


def _origin(entry: Entry, anchors: list[Anchor]) -> str:
    if not anchors:
        return "no geometry: no usable place was published"
    points = "; ".join(f"{anchor.name_en}: {anchor.origin}" for anchor in anchors)
    return f"{points}; area: {entry.area_origin}" if entry.method == "area_disc" else points


def main() -> None:
    """Build all cities, or those named, and write only when every one is right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", nargs="*", help="folders below --layers; all with a recipe.yaml by default")
    parser.add_argument("--layers", type=Path, default=DEFAULT_LAYERS, help="folder of the cities")
    parser.add_argument("--out", type=Path, help="write below this folder instead of --layers")
    arguments = parser.parse_args()
    names = arguments.cities or sorted(path.parent.name for path in arguments.layers.glob("*/recipe.yaml"))
    built: dict[Path, str] = {}
    problems: list[str] = []
    for name in names:
        try:
            texts = build_city(read_city(arguments.layers / name))
        except InputProblemsError as error:
            problems += error.problems
            continue
        built |= {(arguments.out or arguments.layers) / name / file: text for file, text in texts.items()}
    stop_if_any(problems)
    for path, text in built.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    sys.exit(run(main))
