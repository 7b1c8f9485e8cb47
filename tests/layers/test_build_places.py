"""Wrong recipes: every problem is named, nothing is written, and the exit code is 2."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CITY = "shenzhen"


@pytest.fixture
def layers(tmp_path):
    shutil.copytree(ROOT / "layers" / CITY, tmp_path / "layers" / CITY)
    for name in ("sites", "zones", "belts"):
        (tmp_path / "layers" / CITY / f"{name}.geojson").unlink()
    return tmp_path / "layers"


def build(layers):
    command = [sys.executable, str(ROOT / "scripts" / "build_places.py"), "--layers", str(layers)]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")  # noqa: S603 - our own script


def edit(layers, **changes):
    """Change entries of the recipe: id with dashes as underscores, keys to set (None takes a key away)."""
    path = layers / CITY / "recipe.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, keys in changes.items():
        entry = next(item for item in document["features"] if item["id"] == name.replace("_", "-"))
        entry.update(keys)
        for key in [key for key, value in keys.items() if value is None]:
            del entry[key]
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")


def refused(layers, *expected):
    result = build(layers)
    assert result.returncode == 2, result.stderr
    for text in expected:
        assert text in result.stderr
    assert "Traceback" not in result.stderr
    assert not list(layers.glob("*/sites.geojson"))


def test_all_problems_are_named_at_once(layers):
    edit(
        layers,
        sustech={"anchor": "atlantis"},
        liantang={"districts": ["mordor"]},
        bgi_research={"note_en": "  "},
        huaqiangbei={"determinacy": "published"},
        baguang={"area_basis": "hearsay", "area_valid_from": "2020-13-01"},
        medical_beauty_belt={"half_width_m": None, "colour": "red"},
    )
    refused(
        layers,
        "sustech: anchor 'atlantis'",
        "liantang: district 'mordor'",
        "bgi-research: not_placed needs its reason",
        "huaqiangbei: determinacy of anchor_point is indicative",
        "baguang: area_basis 'hearsay'",
        "baguang: area_valid_from '2020-13-01'",
        "medical-beauty-belt: unknown key 'colour'",
        "7 problem(s), nothing was written",
    )


def test_all_points_outside_their_districts_are_named(layers):
    edit(layers, liantang={"districts": ["dapeng"]}, huaqiangbei={"districts": ["yantian"]})
    refused(layers, "liantang: anchor(s) liantang lie outside dapeng", "huaqiangbei: anchor(s) huaqiangbei lie outside")


def test_a_disc_that_cannot_reach_its_area(layers):
    edit(layers, hetao_shenzhen={"area_published_ha": 9000})
    refused(layers, "hetao-shenzhen: only", "of 9000 ha fit in clip_to")


def test_low_confidence_is_not_drawn(layers):
    edit(layers, sustech={"anchor": "bgi-research"})
    refused(layers, "sustech: anchor 'bgi-research' is of low confidence")


def test_confidence_cannot_be_raised(layers):
    edit(layers, sustech={"confidence": "high"})
    refused(layers, "sustech: confidence may not be above that of its anchor (medium)")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"method": "guess"}, "method 'guess' is not one of"),
        ({"file": "zones"}, "file zones takes area_disc or not_placed, not anchor_point"),
        ({"name_zh": None}, "name_zh is missing"),
        ({"districts": "nanshan"}, "districts must be a list"),
        ({"districts": []}, "districts is empty"),
        ({"half_width_m": 5}, "anchor_point does not take half_width_m"),
        ({"area_published_ha": -1}, "area_published_ha must be a number above 0"),
        ({"area_published_ha": 5}, "area_published_ha needs area_origin"),
        ({"area_origin": "press"}, "stand without area_published_ha"),
    ],
)
def test_one_wrong_key(layers, keys, message):
    edit(layers, sustech=keys)
    refused(layers, "recipe.yaml: sustech: ", message)


def test_an_id_may_not_be_used_twice_or_be_a_district(layers):
    path = layers / CITY / "recipe.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    first, second = document["features"][:2]
    first["id"] = second["id"] = "nanshan"
    path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    refused(layers, "nanshan: id used twice", "nanshan: id is that of a district")


def test_wrong_anchors_are_named(layers):
    path = layers / CITY / "anchors.csv"
    text = path.read_text(encoding="utf-8").replace(",113.9970,", ",east,").replace(",high,", ",certain,", 1)
    path.write_text(text, encoding="utf-8")
    refused(layers, "(sustech): lon, lat are not WGS 84 degrees", "confidence 'certain'")


@pytest.mark.parametrize("name", ["recipe.yaml", "anchors.csv", "land.geojson"])
def test_an_absent_file_is_named(layers, name):
    (layers / CITY / name).unlink()
    if name == "recipe.yaml":  # a folder without a recipe is no city: name it to get the error
        (layers / CITY / name).mkdir()
    refused(layers, name)


def test_a_widened_accuracy_is_kept(layers):
    edit(layers, sustech={"accuracy_m": 4000})
    assert build(layers).returncode == 0
    built = json.loads((layers / CITY / "sites.geojson").read_text(encoding="utf-8"))["features"]
    assert next(item["properties"]["accuracy_m"] for item in built if item["properties"]["id"] == "sustech") == 4000
