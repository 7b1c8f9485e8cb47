"""Pictures of every shipped plan against references, so that a change of the whole is seen by a machine first.

Pictures are not compared pixel by pixel: fonts, their hinting and the edges of lines differ between versions of
Chromium and between machines, and none of that is a fault. Both pictures are cut into cells of 20 × 20 pixels, and the
mean colours of the cells are compared: a label set two pixels further hardly changes a cell, while a missing layer,
another colour, an uncovered map or a panel in the wrong place changes many. `test_the_comparison_sees_what_matters...`
shows what it sees. References are 800 × 560 pixels in few colours; `make references` renews them, and then they want to
be looked at.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Opened

    Open = Callable[..., Opened]

REFERENCES = Path(__file__).parent / "references"
RENEW = "PARKMAP_RENEW_REFERENCES"
SIZE = (800, 560)
CELL = 20  # pixels
NEAR = 12  # of 255: a mean colour that close is the same
MOST_CELLS = 0.04  # share of the cells that labels and lines of other fonts may change
PICTURES = [
    ("guangzhou-health-2017", "zh"),
    ("shenzhen-beauty-valley", "zh"),
    ("shenzhen-big-health-2022", "zh"),
    ("shenzhen-big-health-2022", "en"),
    ("shenzhen-biopharma-2020", "zh"),
    ("shenzhen-life-health-2013", "zh"),
]


def cells(image: Image.Image) -> np.ndarray:
    """Mean colour of each cell, rows × columns × 3."""
    pixels = np.asarray(image.convert("RGB"), dtype=float)
    high, wide = pixels.shape[0] // CELL, pixels.shape[1] // CELL
    return pixels[: high * CELL, : wide * CELL].reshape(high, CELL, wide, CELL, 3).mean(axis=(1, 3))


def share_changed(one: Image.Image, other: Image.Image) -> float:
    """Share of the cells whose mean colours differ."""
    return float((np.abs(cells(one) - cells(other)).max(axis=2) > NEAR).mean())


def picture(opened: Opened) -> Image.Image:
    opened.do("() => document.fonts.ready")
    return Image.open(io.BytesIO(opened.page.screenshot()))


def ready(open_plan: Open, plan: str, lang: str) -> Opened:
    opened = open_plan(plan, width=SIZE[0], height=SIZE[1])
    opened.page.click(f"[data-lang={lang}]")
    opened.page.mouse.move(SIZE[0] - 100, SIZE[1] - 150)
    return opened


@pytest.mark.parametrize(("plan", "lang"), PICTURES)
def test_the_page_looks_as_it_did(open_plan: Open, plan: str, lang: str) -> None:
    seen = picture(ready(open_plan, plan, lang))
    file = REFERENCES / f"{plan}.{lang}.png"
    if os.environ.get(RENEW):
        seen.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)
    changed = share_changed(seen, Image.open(file))
    assert changed <= MOST_CELLS, f"{changed:.1%} of the cells differ; if that is meant: make references"


CHANGES: dict[str, str] = {
    "no land": "parkmap.groups.filter((g) => g.data.id === 'land').forEach((g) => parkmap.map.removeLayer(g.layer))",
    "no panel": "parkmap.openPanel(false)",
    "sea in another colour": "parkmap.map.getPane('pm-sea').querySelector('path').setAttribute('fill', '#9ec9e8')",
    "zoomed in": "parkmap.map.setZoom(parkmap.map.getZoom() + 1, { animate: false })",
    "moved": "parkmap.map.panBy([60, 0], { animate: false })",
}


def test_the_comparison_sees_what_matters_and_nothing_else(open_plan: Open) -> None:
    plan, lang = PICTURES[0]
    before: Any = picture(ready(open_plan, plan, lang))
    again = picture(ready(open_plan, plan, lang))
    assert share_changed(before, again) == 0
    for name, script in CHANGES.items():
        opened = ready(open_plan, plan, lang)
        opened.do(f"() => {{ {script}; }}")
        assert share_changed(before, picture(opened)) > MOST_CELLS, name
    opened = ready(open_plan, plan, lang)
    opened.do(
        "() => document.querySelectorAll('.pm-label').forEach((e) => e.setAttribute('transform', 'translate(2 1)'))"
    )
    assert share_changed(before, picture(opened)) <= MOST_CELLS


def test_references_are_small_and_all_in_use() -> None:
    assert {file.name for file in REFERENCES.iterdir()} == {f"{plan}.{lang}.png" for plan, lang in PICTURES}
    assert max(file.stat().st_size for file in REFERENCES.iterdir()) < 150_000
