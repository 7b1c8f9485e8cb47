"""Lengths and areas on the page, against GeographicLib (pyproj.Geod), and the tool that shows them.

| what                                     | known from                                  |
|------------------------------------------|---------------------------------------------|
| distances from 1 m to across a province  | pyproj.Geod, GRS 80                         |
| areas of a parcel, a district, a city    | pyproj.Geod, GRS 80                         |
| units                                    | 1 mu = 2,000/3 m², 1 ha = 10,000 m²         |
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pyproj
import pytest

from .conftest import Opened, still

Open = Callable[..., Opened]
GRS80 = pyproj.Geod(ellps="GRS80")

LINES = {
    "zero": [(114.0, 22.5), (114.0, 22.5)],
    "one metre": [(114.0, 22.5), (114.0, 22.500009)],
    "along a parallel": [(113.7, 22.5), (114.7, 22.5)],
    "along a meridian": [(114.0, 22.0), (114.0, 23.0)],
    "across a province": [(109.6, 20.2), (117.2, 25.5)],
    "over the equator": [(114.0, -1.0), (114.5, 1.0)],
    "three legs": [(113.9, 22.5), (114.0, 22.6), (114.1, 22.55), (114.3, 22.7)],
}
RINGS = {
    "parcel": [(114.05, 22.54), (114.051, 22.54), (114.051, 22.541), (114.05, 22.541)],
    "district": [(113.9, 22.45), (114.1, 22.5), (114.05, 22.62), (113.93, 22.6)],
    "clockwise": [(113.9, 22.45), (113.93, 22.6), (114.05, 22.62), (114.1, 22.5)],
    "city": [(113.0, 22.6), (114.0, 22.55), (114.05, 23.9), (113.1, 23.6)],
}


@pytest.fixture(scope="module")
def page(browser: object) -> object:
    from parkmap.output.html.page import render  # noqa: PLC0415

    from .conftest import STYLE, sample_page  # noqa: PLC0415

    opened = browser.new_page()  # type: ignore[attr-defined]
    opened.set_content(render(sample_page(), style=STYLE, lang="zh"))
    opened.wait_for_selector("body.pm-ready")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", LINES)
def test_lengths_are_those_on_the_ellipsoid(page: object, name: str) -> None:
    places = LINES[name]
    lons, lats = zip(*places, strict=True)
    script = "(places) => parkmap.lineLength(places.map(([lng, lat]) => ({ lng, lat })))"
    found = page.evaluate(script, places)  # type: ignore[attr-defined]
    assert found == pytest.approx(GRS80.line_length(lons, lats), abs=1e-3, rel=1e-9)


@pytest.mark.parametrize("name", RINGS)
def test_areas_are_those_on_the_ellipsoid(page: object, name: str) -> None:
    places = RINGS[name]
    lons, lats = zip(*places, strict=True)
    script = "(places) => parkmap.ringArea(places.map(([lng, lat]) => ({ lng, lat })))"
    found = page.evaluate(script, places)  # type: ignore[attr-defined]
    area, _ = GRS80.polygon_area_perimeter(lons, lats)
    assert found == pytest.approx(abs(area), rel=5e-4)  # the edges are straight on the map, not geodesics


def test_units_are_those_of_planners(open_page: Open) -> None:
    opened = open_page()
    assert opened.do("() => parkmap.areaText(2e6)") == ["200.0 公顷", "2.000 km²", "3,000.0 亩"]
    assert opened.do("() => [7, 950, 1234.5].map(parkmap.lengthText)") == ["7.0 m", "950 m", "1.23 km"]


def numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"[\d,]+\.\d+|\d+", text)]


def test_three_clicks_measure_a_triangle_and_open_no_card(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.click("[data-tool=measure]")
    assert page.get_attribute("[data-tool=measure]", "aria-pressed") == "true"
    corners = [(114.05, 22.55), (114.25, 22.55), (114.25, 22.75)]
    for lng, lat in corners:
        at = opened.do(
            """([lng, lat]) => {
              const { x, y } = parkmap.map.getContainer().getBoundingClientRect();
              const point = parkmap.map.latLngToContainerPoint([lat, lng]);
              return [x + point.x, y + point.y];
            }""",
            (lng, lat),
        )
        page.mouse.click(*at)
    area, _ = GRS80.polygon_area_perimeter(*zip(*corners, strict=True))
    shown = page.inner_text(".pm-measure dl")
    assert "公顷" in shown
    assert any(abs(value - abs(area) / 1e4) < 0.02 * abs(area) / 1e4 for value in numbers(shown))
    assert opened.card() is None
    page.keyboard.press("Escape")
    assert page.locator(".pm-measure").is_visible() is False
    page.mouse.click(*at)
    assert opened.card() is not None


def test_measuring_without_a_mouse(open_page: Open) -> None:
    page = open_page().page
    page.focus("[data-tool=measure]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        still(page)
    page.keyboard.press("Enter")
    assert "长度" in page.inner_text(".pm-measure dl")
    page.keyboard.press("Backspace")
    assert "长度" not in page.inner_text(".pm-measure dl")
