"""A layer that is coloured by a number: what is drawn has the colour that the legend shows for its class.

| what                | seen by                                                                          |
|---------------------|----------------------------------------------------------------------------------|
| area                | the pixel in its middle is that of its key, at the limit of a class as well      |
| no number           | hatched, and so is its key                                                       |
| point, line         | in the full colour of its class                                                  |
| off                 | neither drawn nor in the legend nor found by a search                            |
| card                | the colour of the class; the last line is as dark as the others                  |
| two sides           | one legend                                                                       |
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from parkmap.facts.card import Row
from parkmap.facts.classes import Classes

from .conftest import Opened, feature, group, point, sample_page, square, words

if TYPE_CHECKING:
    from parkmap.output.html.model import LayerGroup, MapPage

Open = Callable[..., Opened]

CLASSES = Classes(
    title=words("每百平方公里园区数", "parks per 100 km2"),
    limits=(1.0, 2.0),
    names=(words("≤ 1"), words("1–2"), words("> 2")),
    missing=words("无数据", "No data"),
)
AMOUNTS = {"low": 0.5, "edge": 1.0, "middle": 1.01, "high": 9.0, "unknown": None}
"""At the limit is in the class below it."""
KEY_OF = {"low": "≤ 1", "edge": "≤ 1", "middle": "1–2", "high": "> 2"}
LINE = {"type": "LineString", "coordinates": [[114.02, 22.87], [114.38, 22.87]]}


def coloured(key: str = "density", *, lines: bool = True, **more: Any) -> LayerGroup:
    own: dict[str, Any] = {"label_rank": None, "kind": words("园区密度", "Park density")}
    areas = [
        feature(
            f"{key}-{name}",
            words(f"区 {name}", name),
            square(114.02 + 0.07 * number, 22.75, 0.06),
            "classed",
            amount=amount,
            rows=(Row(label=words("园区", "Parks"), value=words(str(amount))),),
            **own,
        )
        for number, (name, amount) in enumerate(AMOUNTS.items())
    ]
    marks = [
        feature(f"{key}-point", words("点"), point(114.36, 22.7), "classed", amount=9.0, **own),
        feature(f"{key}-line", words("线"), LINE, "classed", amount=0.1, **own),
    ]
    features = (*areas, *(marks if lines else ()))
    return group(key, words("园区密度", "Park density"), words("分析", "Analyses"), *features, classes=CLASSES, **more)


def page_with(*layers: LayerGroup, **more: Any) -> MapPage:
    return sample_page(groups=(*sample_page().groups[:2], *layers), **more)


def pixels(opened: Opened) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(opened.page.screenshot())).convert("RGB")).astype(int)


def middle_of_areas(opened: Opened) -> dict[str, list[float]]:
    """Where the areas lie in the window; a little aside of the middle, where a label could stand."""
    return opened.do(
        """() => Object.fromEntries(parkmap.records.filter((r) => r.feature.style === "classed").map((r) => {
          const box = parkmap.map.getContainer().getBoundingClientRect();
          const at = parkmap.map.latLngToContainerPoint(r.bounds.getCenter());
          return [r.feature.id, [box.left + at.x, box.top + at.y]];
        }))"""
    )


def keys(opened: Opened) -> dict[str, list[float]]:
    """Where the keys of the classes lie in the window, by name."""
    return opened.do(
        """() => {
          document.getElementById("pm-legend").scrollIntoView();
          return Object.fromEntries([...document.querySelectorAll("#pm-legend li")].map((row) => {
            const { left, top, width, height } = row.querySelector("svg").getBoundingClientRect();
            return [row.textContent, [left + width / 2, top + height / 2]];
          }));
        }"""
    )


@pytest.mark.parametrize("many", [False, True], ids=["svg", "canvas"])
def test_what_is_drawn_has_the_colour_of_its_key(open_page: Open, many: bool) -> None:  # noqa: FBT001
    crowd = [feature(f"p{k}", words("点"), point(114.0, 22.5), "project", label_rank=None) for k in range(3100 * many)]
    layers = [group("crowd", words("众"), None, *crowd)] if many else []
    opened = open_page(page_with(*layers, coloured()))
    shown, legend = pixels(opened), keys(opened)
    areas = middle_of_areas(opened)
    drawn = pixels(opened)  # the panel has been scrolled to the legend
    for name, key in KEY_OF.items():
        x, y = areas[f"density-{name}"]
        at, of = drawn[int(y), int(x)], drawn[int(legend[key][1]), int(legend[key][0])]
        assert np.abs(at - of).max() <= 1, (name, at, of)
    assert shown.shape == drawn.shape
    tones = {tuple(drawn[int(legend[key][1]), int(legend[key][0])]) for key in ("≤ 1", "1–2", "> 2")}
    assert len(tones) == 3


def test_what_has_no_number_is_hatched_as_its_key_is(open_page: Open) -> None:
    opened = open_page(page_with(coloured()))
    fill = "() => parkmap.records.find((r) => r.feature.id === 'density-unknown').shapes[0].getElement().getAttribute('fill')"  # noqa: E501
    assert opened.do(fill) == "url(#pm-hatch-missing)"
    assert opened.page.locator("#pm-legend li", has_text="无数据").locator("rect[fill^=url]").count() == 1


def test_points_and_lines_have_the_full_colour(open_page: Open) -> None:
    opened = open_page(page_with(coloured()))
    colour = """(id) => {
      const record = parkmap.records.find((r) => r.feature.id === id);
      const path = (record.symbols[0] || record.shapes[0]).getElement();
      return [path.getAttribute("fill"), path.getAttribute("stroke")];
    }"""
    assert opened.do(colour, "density-point")[0] == "#54278F"
    assert opened.do(colour, "density-line") == ["none", "#CBC9E2"]
    opened.do("() => parkmap.records.forEach((r) => parkmap.restyle(r))")
    assert opened.do(colour, "density-line") == ["none", "#CBC9E2"]


def test_a_layer_that_is_off_is_nowhere(open_page: Open) -> None:
    opened = open_page(page_with(coloured(shown=False)))
    page = opened.page
    assert "园区密度" not in page.inner_text("#pm-legend")
    page.fill("#pm-search", "区 low")
    assert page.locator(".pm-found-name").count() == 0
    page.fill("#pm-search", "")
    page.locator("[data-group=density] input").check()
    assert "园区密度 · 每百平方公里园区数" in page.inner_text("#pm-legend")
    page.fill("#pm-search", "区 low")
    assert page.locator(".pm-found-name").count() == 1


def test_the_card_has_the_colour_of_the_class_and_no_line_of_evidence(open_page: Open) -> None:
    opened = open_page(page_with(coloured()))
    opened.do("""() => { const r = parkmap.records.find((x) => x.feature.id === "density-high");
      parkmap.openCard(r, r.anchor, true); }""")
    assert opened.card() == "区 high"
    assert opened.page.locator(".pm-card-head rect").get_attribute("fill") == "#54278F"
    assert opened.page.locator(".pm-card-kind span").all_inner_texts() == ["园区密度"]
    assert opened.page.locator(".pm-card .pm-evidence").count() == 0


def test_two_sides_share_one_legend(open_page: Open) -> None:
    sides = [coloured(f"{side}-density", lines=False, side=side) for side in (0, 1)]
    opened = open_page(page_with(*sides, sides=(words("甲", "A"), words("乙", "B"))))
    assert opened.page.inner_text("#pm-legend").count("园区密度 · 每百平方公里园区数") == 1


def test_english(open_page: Open) -> None:
    opened = open_page(page_with(coloured()), lang="en")
    legend = opened.page.inner_text("#pm-legend")
    assert "Park density · parks per 100 km2" in legend
    assert "No data" in legend
