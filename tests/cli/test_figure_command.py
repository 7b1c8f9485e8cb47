"""`parkmap figure`: the file that was asked for, or a sentence that says why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from parkmap.cli.figure_command import command

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = {"png": b"\x89PNG", "pdf": b"%PDF-", "svg": b"<?xml"}


@pytest.mark.parametrize("form", MAGIC)
def test_the_ending_chooses_the_format(tmp_path: Path, testville: object, form: str) -> None:
    output = tmp_path / f"map.{form}"
    arguments = ["testville", "-o", str(output), "--project", str(testville.root), "--layout", "report", "--lang", "en"]  # type: ignore[attr-defined]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    assert output.read_bytes().startswith(MAGIC[form])


def test_an_unknown_ending_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["testville", "-o", str(tmp_path / "map.jpg")])
    assert result.exit_code == 2
    assert ".png, .svg or .pdf" in result.output


def test_own_parcels_are_drawn(tmp_path: Path, testville: object) -> None:
    square = [[114.01, 22.61], [114.02, 22.61], [114.02, 22.62], [114.01, 22.62], [114.01, 22.61]]
    parcel = {
        "type": "Feature",
        "properties": {"use": "industry"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    file = tmp_path / "parcels.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [parcel]}), encoding="utf-8")
    pictures = []
    for name, more in {"without": (), "with": ("--parcels", str(file), "--parcels-by", "use")}.items():
        output = tmp_path / f"{name}.svg"
        arguments = ["testville", "-o", str(output), "--project", str(testville.root), "--lang", "en", *more]  # type: ignore[attr-defined]
        result = CliRunner().invoke(command, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        pictures.append(output.read_bytes())
    assert b"opacity: 0.72" not in pictures[0]
    assert b"opacity: 0.72" in pictures[1]


def test_a_field_of_no_parcels_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["testville", "-o", str(tmp_path / "map.png"), "--parcels-by", "use"])
    assert result.exit_code == 2
    assert "--parcels" in result.output


def test_a_character_without_a_glyph_is_told_once_for_all_pictures(testville, process, tmp_path: Path) -> None:
    testville.replace(testville.plan, "zh: 试城未来产业行动计划", "zh: 试城未来产业行动计划🏥")
    ran = process("build", "testville", "-o", tmp_path / "out", "--lang", "zh")
    assert ran.code == 0, ran.err
    assert ran.err.count("以方框代替：🏥") == 1
