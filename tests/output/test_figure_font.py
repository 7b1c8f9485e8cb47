"""The font of still pictures.

| what                                  | how it is held                                                            |
|---------------------------------------|---------------------------------------------------------------------------|
| the 8,105 characters of the standard  | each has an outline in both faces; the list comes from Unicode's kTGH     |
| every text of the package             | no character without a glyph in code, plans, layers, docs                 |
| any machine                           | equal bytes with another list of fonts, a lying one, another matplotlibrc |
| characters that it lacks              | boxes, told once, in every format; accents and forms put together         |
| commands that draw nothing            | never open it                                                             |
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.figure import Figure

from parkmap.output.figure.fonts import FACES, FORMATS, boxed, settings, without_glyph, written

ROOT = Path(__file__).resolve().parents[2]
TESTVILLE = ROOT / "tests" / "testville"
STANDARD = (Path(__file__).parent / "standard_characters.txt").read_text(encoding="utf-8").replace("\n", "")
TEXTS = (".py", ".js", ".css", ".html", ".md", ".yaml", ".json", ".geojson", ".csv", ".txt")
DAMAGED = "\ufffd"
"""Stands for a character that could not be read; a box is what it should look like."""

DRAW = """
import hashlib, sys
from pathlib import Path
from click.testing import CliRunner
from parkmap.cli.main import group
folder = Path(sys.argv[1])
for name, words in {
    "map.png": "figure testville --layout report --lang zh -o",
    "map.pdf": "figure testville --layout report --lang en -o",
    "flow.png": "quota testville --lang zh --figure",
    "report.docx": "quota testville --lang zh --docx",
    "matrix.svg": "adjacency testville --lang zh --matrix",
}.items():
    ran = CliRunner().invoke(group, [*words.split(), str(folder / name)], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    print(name, hashlib.sha256((folder / name).read_bytes()).hexdigest())
"""


def test_the_list_is_that_of_the_standard() -> None:
    assert len(STANDARD) == len(set(STANDARD)) == 8105
    assert STANDARD[0] + STANDARD[3499] == "一矗"  # the first of its three levels has 3,500


@pytest.mark.parametrize("name", ["Regular", "Bold"])
def test_every_character_of_the_standard_has_an_outline(name: str) -> None:
    font = TTFont(FACES / f"ParkmapSans-{name}.ttf")
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    for character in STANDARD:
        pen = AreaPen(glyphs)
        glyphs[cmap[ord(character)]].draw(pen)
        assert pen.value != 0, character
        assert cmap[ord(character)] != ".notdef"


def test_both_faces_have_the_same_characters_and_a_name_of_their_own() -> None:
    fonts = [TTFont(FACES / f"ParkmapSans-{name}.ttf") for name in ("Regular", "Bold")]
    assert fonts[0].getBestCmap().keys() == fonts[1].getBestCmap().keys()
    for font in fonts:
        assert font["name"].getDebugName(1) == "Parkmap Sans"  # the licence keeps "Source" for the whole font
        assert "SIL Open Font License" in font["name"].getDebugName(13)


@pytest.mark.parametrize("folder", ["src", "config", "layers", "docs", "scripts"])
def test_every_text_of_the_project_can_be_drawn(folder: str) -> None:
    lacking = {
        character: path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in TEXTS
        for character in without_glyph(path.read_text(encoding="utf-8"))
        if character.isprintable() and character != DAMAGED
    }
    assert not lacking


def font_list(folder: Path, family: str | None) -> None:
    """Write matplotlib's list of fonts as another machine would have it.

    Nothing but matplotlib's own fonts; or every family, ours as well, leads to a serif font.
    """
    folder.mkdir()
    file = folder / f"fontlist-v{font_manager.FontManager.__version__}.json"
    font_manager.json_dump(font_manager.fontManager, file)
    content = json.loads(file.read_text(encoding="utf-8"))
    own = [entry for entry in content["ttflist"] if not Path(entry["fname"]).is_absolute()]
    if family is not None:
        serif = next(entry for entry in own if entry["name"] == "DejaVu Serif")
        own = [{**entry, "fname": serif["fname"]} for entry in own] + [{**serif, "name": family}]
    file.write_text(json.dumps({**content, "ttflist": own}), encoding="utf-8")


def test_pictures_are_the_same_on_every_machine(tmp_path: Path) -> None:
    font_list(tmp_path / "bare", None)
    font_list(tmp_path / "lying", "Parkmap Sans")
    (tmp_path / "lying" / "matplotlibrc").write_text(
        "font.family: serif\nfont.size: 20\nsavefig.bbox: tight\naxes.grid: True\nsvg.fonttype: none\n"
    )
    shutil.copytree(TESTVILLE, tmp_path / "project")
    found = {}
    for machine in ("fresh", "bare", "lying"):
        (tmp_path / machine / "out").mkdir(parents=True)
        found[machine] = subprocess.run(  # noqa: S603  our own interpreter
            [sys.executable, "-c", DRAW, str(tmp_path / machine / "out")],
            cwd=tmp_path / "project",
            env={**os.environ, "MPLCONFIGDIR": str(tmp_path / machine)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    assert len(found["fresh"].splitlines()) == 5
    assert found["fresh"] == found["bare"] == found["lying"]


def test_boxes_stand_for_what_the_font_lacks() -> None:
    assert without_glyph("深圳 ㎡² 🏥עa\n\t") == "ע🏥"
    assert boxed("园区🏥") == "园区□"
    assert boxed("e\u0301 葛\U000e0100") == "é 葛"  # composed, and without a choice between forms of one character


@pytest.mark.parametrize("form", FORMATS)
def test_a_box_is_told_once_for_a_picture(form: str, caplog: pytest.LogCaptureFixture) -> None:
    with settings(), caplog.at_level(logging.WARNING, logger="parkmap"):
        figure = Figure(figsize=(4, 1))
        figure.text(0.1, 0.5, "医院🏥 and 🏥 $x^2$ \\frac{")  # and no mathematics
        figure.suptitle("קריה", fontweight="bold")
        assert written(figure, form, lang="en")  # type: ignore[arg-type]
        (note,) = caplog.messages
        assert note.endswith(" ה י ק ר 🏥")
        caplog.clear()
        assert written(Figure(), form, lang="en")  # type: ignore[arg-type]
        assert not caplog.messages


def test_settings_are_put_back() -> None:
    before = dict(mpl.rcParams)
    with settings():
        assert mpl.rcParams["svg.fonttype"] == "path"
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("words", "opened"), [("show testville", False), ("coverage testville --json", False), ("figure testville", True)]
)
def test_only_what_draws_opens_the_font(words: str, opened: bool, tmp_path: Path) -> None:  # noqa: FBT001
    code = (
        "import sys\nfrom parkmap.cli.main import main\n"
        "def heard(event, arguments):\n"
        "    if event == 'open' and 'ParkmapSans' in str(arguments[0]): print('OPENED', file=sys.stderr)\n"
        "sys.addaudithook(heard)\nmain()\n"
    )
    output = ["-o", str(tmp_path / "map.png")] if opened else []
    ran = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", code, *words.split(), *output], cwd=TESTVILLE, capture_output=True, check=True
    )
    assert (b"OPENED" in ran.stderr) is opened
