"""The palette: readable text, symbols that stand out, elements that stay apart for every kind of colour vision.

| what | known from |
|---|---|
| contrast of text | WCAG 2.2, 1.4.3: 4.5 : 1, by its formula of relative luminance |
| contrast of symbols and lines | WCAG 2.2, 1.4.11: 3 : 1 |
| colour vision | matrices of Machado, Oliveira and Fernandes (IEEE TVCG 15, 2009) at full severity, on linear RGB |
| difference of colours | CIEDE2000, checked on pairs of Sharma, Wu and Dalal (Color Res. Appl. 30, 2005) |
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from parkmap.errors import InvalidInputError
from parkmap.output.html import assets
from parkmap.plan.elements import Role
from parkmap.plan.style import read_style

STYLE: dict[str, Any] = read_style(Path(__file__).resolve().parents[2] / "config" / "style.yaml")
COLOURS: dict[str, str] = {key: role["colour"] for key, role in STYLE["roles"].items()}
GROUNDS = ("land", "land-around", "sea")
ELEMENTS = (
    "core", "belt", "valley", "base", "node", "district", "centre", "corridor", "place", "park", "project",
)  # fmt: skip
DRAWN_AS_MARKS = [
    key
    for key, role in STYLE["roles"].items()
    if role["draw"] in {"area", "point", "line"} and role["symbol"] != "fill"
]

# Vision, its matrix, and the least difference that any two elements must keep.
VISIONS: dict[str, tuple[list[list[float]], float]] = {
    "usual": ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 18),
    "protanopia": (
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        13,
    ),
    "deuteranopia": (
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        13,
    ),
    "tritanopia": (
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        8,
    ),
}


def linear(colour: str) -> np.ndarray:
    """Linear sRGB, 0 to 1 (IEC 61966-2-1)."""
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB under D65."""
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip # noqa: E501
    t = (to_xyz @ rgb) / np.array([0.95047, 1, 1.08883])
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def mean_hue(one: float, other: float, grey: bool) -> float:  # noqa: FBT001
    if grey:
        return one + other
    if abs(one - other) <= 180:
        return (one + other) / 2
    return (one + other + (360 if one + other < 360 else -360)) / 2


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000."""
    chroma = (np.hypot(*one[1:]) + np.hypot(*other[1:])) / 2
    stretch = 1 + 0.5 * (1 - np.sqrt(chroma**7 / (chroma**7 + 25.0**7)))
    (l1, a1, b1), (l2, a2, b2) = one, other
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    level, c_mean, hue = (l1 + l2) / 2, (c1 + c2) / 2, mean_hue(h1, h2, c1 * c2 == 0)
    cosine = [np.cos(np.radians(k * hue + shift)) for k, shift in ((1, -30), (2, 0), (3, 6), (4, -63))]
    t = 1 + np.dot([-0.17, 0.24, 0.32, -0.20], cosine)
    s_l = 1 + 0.015 * (level - 50) ** 2 / np.sqrt(20 + (level - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    twist = np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    cross = -2 * np.sqrt(c_mean**7 / (c_mean**7 + 25.0**7)) * twist
    parts = np.array([(l2 - l1) / s_l, (c2 - c1) / s_c, d_hue / s_h])
    return float(np.sqrt(parts @ parts + cross * parts[1] * parts[2]))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_of_difference_is_as_published(one: Any, other: Any, published: float) -> None:
    assert difference(np.array(one, float), np.array(other, float)) == pytest.approx(published, abs=1e-4)


def test_black_on_white_has_the_contrast_that_the_standard_names() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)  # the standard's well-known limit of grey


@pytest.mark.parametrize("vision", VISIONS)
def test_elements_stay_apart(vision: str) -> None:
    matrix, least = VISIONS[vision]
    seen = {key: lab(np.clip(np.array(matrix) @ linear(COLOURS[key]), 0, 1)) for key in ELEMENTS}
    near = {
        (one, other): round(difference(seen[one], seen[other]), 1)
        for one, other in itertools.combinations(ELEMENTS, 2)
        if difference(seen[one], seen[other]) < least
    }
    assert near == {}


def test_every_role_of_a_plan_is_among_the_elements() -> None:
    assert {*get_args(Role)} <= {*ELEMENTS}


@pytest.mark.parametrize("key", DRAWN_AS_MARKS)
def test_marks_stand_out_from_land(key: str) -> None:
    assert contrast(COLOURS[key], COLOURS["land"]) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_labels_are_readable_on_every_ground(ground: str) -> None:
    """Even without the light rim that labels have."""
    css = assets.text("css/map.css")
    inks = {
        name: re.search(rf"\.{name} {{[^}}]*?fill: (#[0-9a-f]{{6}}|var\(--pm-ink\))", css)
        for name in ("pm-label", "pm-label-minor", "pm-label-district")
    }
    for name, found in inks.items():
        assert found is not None, name
        ink = variables()["pm-ink"] if found[1].startswith("var") else found[1]
        assert contrast(ink, COLOURS[ground]) >= 4.5, name


def test_texts_of_the_panel_are_readable() -> None:
    known = variables()
    pairs = [
        (ink, ground) for ink in ("pm-ink", "pm-ink-2", "pm-ink-3", "pm-accent") for ground in ("pm-paper", "pm-tint")
    ]
    for ink, ground in [*pairs, ("pm-note", "pm-note-bg"), ("pm-note", "pm-paper"), ("pm-paper", "pm-accent")]:
        assert contrast(known[ink], known[ground]) >= 4.5, (ink, ground)


def test_steps_of_the_ramp_go_one_way_and_differ() -> None:
    levels = [lab(linear(step["colour"]))[0] for step in STYLE["ramp"]]
    assert all(lighter - darker >= 10 for lighter, darker in itertools.pairwise(levels))


def test_no_two_elements_share_colour_or_symbol_and_colour() -> None:
    marks = [(STYLE["roles"][key]["colour"], STYLE["roles"][key]["symbol"]) for key in ELEMENTS]
    assert len({colour for colour, _ in marks}) == len(marks)


def variables() -> dict[str, str]:
    return dict(re.findall(r"--(pm-[a-z0-9-]+): (#[0-9a-f]{6});", assets.text("css/page.css")))


# A user's own style file: what is wrong, and the code of the finding.
OWN = {
    "empty": ("", "file.empty"),
    "a list": ("- a\n", "schema.invalid"),
    "no key of a style file": ("core: 5\n", "schema.missing"),
    "a colour that is none": (None, "schema.invalid"),
    "too few roles": ("few", "style.missing"),
}


@pytest.mark.parametrize(("content", "code"), OWN.values(), ids=OWN)
def test_a_users_own_style_is_checked(tmp_path, content, code):
    shipped = (Path(__file__).resolve().parents[2] / "config" / "style.yaml").read_text(encoding="utf-8")
    if content is None:
        content = shipped.replace('"#821605"', "red")
    elif content == "few":
        content = "".join(line for line in shipped.splitlines(keepends=True) if not line.startswith("  sea:"))
    own = tmp_path / "config" / "style.yaml"
    own.parent.mkdir()
    own.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_style(own)
    assert code in {found.code for found in caught.value.findings}
    assert {found.file for found in caught.value.findings} == {"config/style.yaml"}
