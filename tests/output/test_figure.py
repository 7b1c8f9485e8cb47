"""Still pictures: what stands on the sheet, where, and that it is the same every time.

| what                                   | known from                                                        |
|----------------------------------------|-------------------------------------------------------------------|
| size of the sheet                      | ISO 216: A4 is 210 × 297 mm, A3 297 × 420 mm                      |
| scale                                  | grid distance of two points through their distance on paper      |
| whole degrees at the neat line         | a point on that meridian falls on the tick                        |
| labels                                 | law: none over another, over furniture, or out of the frame       |
| title, stamps, sources, review number  | the page's own texts are on the sheet                             |
| hostile and endless names              | drawn, without a warning (the test run turns warnings into errors)|
| no Chinese font                        | the sheet is in English                                           |
| two runs                               | the same bytes, no date inside                                    |
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parkmap.messages import Words
from parkmap.output.figure import sheet as figure
from parkmap.output.figure.features import drawn_features
from parkmap.output.figure.fonts import FORMATS
from parkmap.output.figure.furniture import _crossings
from parkmap.output.figure.ground import ground_for, speakable
from parkmap.output.figure.labels import place_labels
from parkmap.output.figure.layout import LAYOUTS, Box, sheet_for
from parkmap.output.figure.text import label_lines, width_mm, wrapped
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.plan.style import read_style
from parkmap.questions.page.plan import plan_page

STYLE: dict[str, Any] = read_style(Path(__file__).resolve().parents[2] / "config" / "style.yaml")
CRS = "EPSG:4547"
PLANS = (
    "guangzhou-health-2017",
    "shenzhen-beauty-valley",
    "shenzhen-big-health-2022",
    "shenzhen-biopharma-2020",
    "shenzhen-life-health-2013",
)


def words(zh: str, en: str | None = None) -> dict[str, str]:
    return Words(zh, zh if en is None else en)


def feature(key: str, name: str, lon: float, lat: float, **more: Any) -> MapFeature:
    values = {"style": "node", "determinacy": "indicative", "label_rank": 2, **more}
    return MapFeature(id=key, name=words(name), geometry={"type": "Point", "coordinates": [lon, lat]}, **values)


def page_of(*features: MapFeature, **changes: Any) -> MapPage:
    ring = [[114.0, 22.5], [114.5, 22.5], [114.5, 22.8], [114.0, 22.8], [114.0, 22.5]]
    land = MapFeature(
        id="land",
        name=words("陆地"),
        geometry={"type": "Polygon", "coordinates": [ring]},
        style="land",
        determinacy="published",
    )
    values: dict[str, Any] = {
        "title": words("测试规划", "Test plan"),
        "subtitle": words("一核多点", "One core, several nodes"),
        "stamps": (words("示例：含假设数据", "EXAMPLE"),),
        "groups": (
            LayerGroup(id="land", title=words("陆地"), parent=None, features=(land,), interactive=False),
            LayerGroup(id="own", title=words("要素"), parent=None, features=features),
        ),
        "open_items": (),
        "sources": (words("《测试文件》", "Test document"),),
        "bounds": (114.0, 22.5, 114.5, 22.8),
        **changes,
    }
    return MapPage(**values)


def texts(page: MapPage, *, lang: str = "zh", layout: str = "a4") -> list[str]:
    """Everything that is written on the sheet."""
    pen = figure._draw(page, crs=CRS, style=STYLE, lang=lang, layout=layout)
    return [text.get_text() for text in pen.axes.texts]


@pytest.mark.parametrize(
    ("layout", "tall", "size"),
    [("a4", False, (297, 210)), ("a4", True, (210, 297)), ("a3", False, (420, 297)), ("a3", True, (297, 420))],
)
def test_sheets_have_the_sizes_of_paper(layout: str, tall: bool, size: tuple[int, int]) -> None:  # noqa: FBT001
    sheet = sheet_for(layout, tall=tall)  # type: ignore[arg-type]
    assert (sheet.width_mm, sheet.height_mm) == size


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("tall", [False, True])
def test_parts_of_a_sheet_lie_in_it_and_apart(layout: str, tall: bool) -> None:  # noqa: FBT001
    sheet = sheet_for(layout, tall=tall)  # type: ignore[arg-type]
    for box in (sheet.title, sheet.frame, sheet.notes):
        assert 0 <= box.left < box.right <= sheet.width_mm
        assert 0 <= box.top < box.bottom <= sheet.height_mm
    for a, b in itertools.combinations((sheet.title, sheet.frame, sheet.notes), 2):
        assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top


def test_the_scale_is_that_of_the_paper() -> None:
    frame = Box(left=14, top=28, width=200, height=160)
    ground = ground_for((114.0, 22.5, 114.5, 22.8), crs=CRS, frame=frame)
    ends = np.array([[114.1, 22.6], [114.4, 22.7]])
    (x0, y0), (x1, y1) = ground.to_mm(ends)
    to_grid = pyproj.Transformer.from_crs("EPSG:4326", CRS, always_xy=True)
    (e0, n0), (e1, n1) = (to_grid.transform(*end) for end in ends)
    on_paper_m = math.hypot(x1 - x0, y1 - y0) / 1000
    assert on_paper_m * ground.denominator == pytest.approx(math.hypot(e1 - e0, n1 - n0))
    assert x1 > x0
    assert y1 < y0  # north is up
    assert ground.to_degrees(ground.to_mm(ends)) == pytest.approx(ends)


@given(st.floats(min_value=50, max_value=5e8))
def test_scales_are_speakable_and_just_large_enough(needed: float) -> None:
    found = speakable(needed)
    assert needed * (1 - 1e-9) <= found <= needed * 1.26
    figures = found / 10 ** math.floor(math.log10(found) + 1e-9)
    assert round(figures, 6) == round(figures, 1)


def test_what_must_be_seen_fits_the_frame_and_fills_it() -> None:
    for bounds in ((114.0, 22.5, 114.5, 22.8), (112.9, 22.5, 114.1, 24.0), (100.0, 20.0, 100.001, 20.001)):
        frame = Box(left=14, top=28, width=200, height=160)
        ground = ground_for(bounds, crs=CRS, frame=frame)
        west, south, east, north = bounds
        corners = ground.to_mm(np.array([[west, south], [east, south], [east, north], [west, north]]))
        assert corners[:, 0].min() >= frame.left
        assert corners[:, 0].max() <= frame.right
        assert corners[:, 1].min() >= frame.top
        assert corners[:, 1].max() <= frame.bottom
        assert max(np.ptp(corners[:, 0]) / frame.width, np.ptp(corners[:, 1]) / frame.height) > 0.7


def test_degrees_stand_where_they_are() -> None:
    frame = Box(left=14, top=28, width=200, height=160)
    ground = ground_for((114.0, 22.5, 114.5, 22.8), crs=CRS, frame=frame)
    meridians = list(_crossings(ground, axis=0))
    assert 3 <= len(meridians) <= 7
    for degrees, x in meridians:
        assert ground.to_degrees(np.array([[x, frame.bottom]]))[0, 0] == pytest.approx(degrees, abs=1e-5)
    for degrees, y in _crossings(ground, axis=1):
        assert ground.to_degrees(np.array([[frame.left, y]]))[0, 1] == pytest.approx(degrees, abs=1e-5)


@settings(max_examples=50)
@given(st.text(alphabet="健康产业园区（）、，Park of-the city2025 ", max_size=80), st.floats(min_value=8, max_value=60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, limit: float) -> None:
    lines = wrapped(text, limit_mm=limit, size_pt=7.5)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    # A bracket may not begin a line, so it can stand outside with the one character before it.
    assert all(width_mm(line, size_pt=7.5) <= limit + 8 for line in lines)


def test_labels_have_three_lines_at_most_and_keep_words_whole() -> None:
    lines = label_lines("Shenzhen International Bio-Valley", limit_mm=30, size_pt=7.5, bold=True)
    assert " ".join(lines) == "Shenzhen International Bio-Valley"
    endless = label_lines("长" * 10_000, limit_mm=30, size_pt=7.5, bold=True)
    assert len(endless) == 3
    assert endless[-1].endswith("…")
    assert label_lines(" \n\u202e ", limit_mm=30, size_pt=7.5, bold=True) == []


def meet(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("layout", ["a4", "report"])
def test_labels_of_the_shipped_plans_keep_apart(shipped: Any, plan: str, lang: str, layout: str) -> None:
    page = plan_page(shipped(plan))
    west, south, east, north = page.bounds
    sheet = sheet_for(layout, tall=(north - south) > (east - west))  # type: ignore[arg-type]
    ground = ground_for(page.bounds, crs=CRS, frame=sheet.frame)
    corner = Box(left=sheet.frame.right - 20, top=sheet.frame.top, width=20, height=20)
    drawn = drawn_features(page, ground, style=STYLE)
    labels = place_labels(drawn, ground, lang=lang, text_pt=sheet.text_pt, blocked=[corner])  # type: ignore[arg-type]
    cores = {one.feature.id for one in drawn if one.feature.label_rank == 0}
    assert cores <= {label.owner for label in labels}
    assert len(labels) >= 10
    for a, b in itertools.combinations(labels, 2):
        assert not meet(a.box, b.box), (a.lines, b.lines)
    for label in labels:
        assert not meet(label.box, corner)
        assert label.box.left >= sheet.frame.left
        assert label.box.right <= sheet.frame.right


def test_everything_that_belongs_on_a_map_is_written() -> None:
    core = feature("core", "健康核心区", 114.2, 22.6, style="core", label_rank=0)
    written = texts(page_of(core))
    for text in (
        "测试规划",
        "一核多点",
        "北",
        "内部工作用图，未经审图",
        "图例",
        "核",
        "示意位置（范围未公布）",
        "健康核心区",
    ):
        assert text in written
    assert "示例：含假设数据" in written
    assert "《测试文件》" in written
    assert any(re.fullmatch(r"1 : [\d ]+", text) for text in written)
    assert any(text.endswith(" km") for text in written)
    assert any(text.startswith("投影：CGCS2000") for text in written)
    reviewed = texts(dataclasses.replace(page_of(core), review_number="粤S（2025）001号"))
    assert "审图号：粤S（2025）001号" in reviewed
    assert "内部工作用图，未经审图" not in reviewed


def test_layers_that_are_off_are_not_drawn() -> None:
    page = page_of(feature("core", "健康核心区", 114.2, 22.6, style="core"))
    off = dataclasses.replace(page, groups=(page.groups[0], dataclasses.replace(page.groups[1], shown=False)))
    assert "健康核心区" not in texts(off)
    assert "核" not in texts(off)


def test_too_many_sources_are_cut_and_that_is_said() -> None:
    written = texts(
        page_of(sources=tuple(words(f"《第{i}号文件，名称甚长甚长甚长甚长甚长》") for i in range(200))), layout="report"
    )
    assert "……其余见交互地图。" in written
    assert "《第0号文件，名称甚长甚长甚长甚长甚长》" in "".join(written)


HOSTILE = ("$x^2$ \\frac{", "<b>&amp;", "\u202eעברית", "🏥👩🏽‍🔬", "a\nb\x00c", "长" * 10_000, "   ", "%s {0} {{")


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_names_are_drawn_as_they_are(form: str) -> None:
    points = [feature(f"p{i}", name, 114.05 + 0.05 * i, 22.6) for i, name in enumerate(HOSTILE)]
    drawn = figure.picture(page_of(*points), crs=CRS, style=STYLE, lang="zh", layout="report", form=form)  # type: ignore[arg-type]
    assert len(drawn) > 10_000
    assert "$x^2$ \\frac{" in texts(page_of(*points))


@pytest.mark.parametrize("form", FORMATS)
def test_two_runs_give_the_same_bytes_without_a_date(form: str) -> None:
    page = page_of(feature("core", "健康核心区", 114.2, 22.6, style="core", label_rank=0))
    first, second = (
        figure.picture(page, crs=CRS, style=STYLE, lang="zh", layout="a4", form=form)
        for _ in range(2)  # type: ignore[arg-type]
    )
    assert first == second
    assert b"CreationDate" not in first
    assert b"<dc:date>" not in first


def test_files_have_the_size_of_the_sheet() -> None:
    page = page_of()
    png = figure.picture(page, crs=CRS, style=STYLE, lang="en", layout="a4", form="png")
    assert struct.unpack(">II", png[16:24]) == (round(297 / 25.4 * 200 - 0.5), round(210 / 25.4 * 200 - 0.5))
    pdf = figure.picture(page, crs=CRS, style=STYLE, lang="en", layout="a3", form="pdf")
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    assert box is not None
    assert [float(side) / 72 * 25.4 for side in box.groups()] == pytest.approx([420, 297], abs=0.01)
    assert pdf.count(b"/FontFile") + pdf.count(b"/Type3") > 0  # fonts are in the file
