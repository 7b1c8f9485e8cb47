"""What a reader does on the map page, in a Chromium whose network is cut off.

Every test also asserts, when its page closes, that the console stayed silent and that nothing was requested
(fixture `open_page`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import Opened, feature, group, point, sample_page, square, words

if TYPE_CHECKING:
    from parkmap.output.html.model import MapPage

Open = Callable[..., Opened]

HOSTILE = {
    "script": "<script>window.hacked = 1</script>",
    "close": "</script><script>window.hacked = 2</script>",
    "image": "<img src=x onerror='window.hacked = 3'>",
    "template": "${window.hacked = 4}`${1}`",
    "jinja": "{{ 7 * 7 }}{% raw %}@parkmap:data@",
    "quotes": '"\'`\\\' onmouseover="window.hacked=5"',
    "comment": "<!--<script>",
    "rtl": "\u202eעברית العربية\u202c",
    "emoji": "🏥👩🏽‍🔬 e\u0301",
    "lines": "a\u2028b\u2029c\nd",
    "long": "长" * 10_000,
    "hash": "d41d8cd98f00b204e9800998ecf8427e",
    "space": "   ",
}


def boxes(opened: Opened, selector: str) -> list[dict[str, float]]:
    script = """(selector) => [...document.querySelectorAll(selector)].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    })"""
    return opened.do(script, selector)


def overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    return (
        min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"]) > 0.5
        and min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"]) > 0.5
    )


def crowd(count: int) -> MapPage:
    """A page with many points in little room."""
    places = [
        feature(
            f"p{i}",
            words(f"第{i}号重点园区", f"Key park number {i}"),
            point(114.0 + 0.4 * (i * 0.618 % 1), 22.5 + 0.4 * (i * 0.414 % 1)),
            "base",
            label_rank=i,
        )
        for i in range(count)
    ]
    page = sample_page()
    return sample_page(groups=(*page.groups[:2], group("crowd", words("园区", "Parks"), None, *places)))


def test_the_page_opens_in_both_languages(open_page: Open) -> None:
    for lang, title, tag in (("zh", "大健康产业集群行动计划", "zh-CN"), ("en", "Big Health Cluster Action Plan", "en")):
        opened = open_page(lang=lang)
        assert opened.page.title() == title
        assert opened.page.inner_text("h1") == title
        assert opened.page.get_attribute("html", "lang") == tag


def test_the_statements_stand_on_the_page(open_page: Open) -> None:
    page = open_page().page
    assert page.locator("#pm-notes > *").all_inner_texts() == ["规划期已过", "示例数字", "另有 2 项未定位，未上图"]
    assert page.inner_text(".pm-review-line") == "内部工作用图，未经审图"
    reviewed = open_page(sample_page(review_number="粤S（2026）001号")).page
    assert reviewed.inner_text(".pm-review-line") == "审图号：粤S（2026）001号"


def test_a_layer_can_be_switched_off_and_on(open_page: Open) -> None:
    opened = open_page()
    shown = "() => document.querySelectorAll('.leaflet-overlay-pane path[aria-label^=\"生物产业基地\"]').length"
    box = opened.page.locator("[data-group=bases] input")
    assert opened.do(shown) == 1
    box.uncheck()
    assert opened.do(shown) == 0
    assert "基地" not in opened.page.inner_text("#pm-legend")
    assert opened.page.locator(".pm-label[data-id=base-1]").count() == 0
    box.check()
    assert opened.do(shown) == 1
    assert "基地" in opened.page.inner_text("#pm-legend")


def test_a_heading_switches_all_its_layers(open_page: Open) -> None:
    opened = open_page()
    opened.page.get_by_label("规划要素").uncheck()
    assert opened.do("() => parkmap.groups.filter((g) => parkmap.map.hasLayer(g.layer)).map((g) => g.data.id)") == [
        "land",
        "districts",
    ]
    opened.page.locator("[data-group=core] input").check()
    assert opened.do("() => document.querySelector('.pm-branch legend input').indeterminate") is True


def test_switching_keeps_the_drawing_order(open_page: Open) -> None:
    opened = open_page()
    order = """() => [...document.querySelectorAll(".leaflet-overlay-pane path")]
      .map((path) => path.getAttribute("fill") + path.getAttribute("stroke"))"""
    before = opened.do(order)
    for key in ("land", "districts", "belts"):
        opened.page.locator(f"[data-group={key}] input").uncheck()
        opened.page.locator(f"[data-group={key}] input").check()
    assert opened.do(order) == before


def test_a_group_that_is_off_at_first_is_not_drawn(open_page: Open) -> None:
    opened = open_page()
    assert not opened.page.locator("[data-group=projects] input").is_checked()
    assert opened.page.locator(".pm-label[data-id=project]").count() == 0


@pytest.mark.parametrize("typed", ["生物产业", "bio-ind", "BIO-INDUSTRY", "ｂｉｏ－ｉｎｄ"])
def test_search_finds_and_opens_the_card(open_page: Open, typed: str) -> None:
    opened = open_page()
    page = opened.page
    page.fill("#pm-search", typed)
    assert page.locator("#pm-found [role=option]").count() == 1
    page.keyboard.press("Enter")
    assert opened.card() == "生物产业基地"
    assert [row.split("\t") for row in page.inner_text(".pm-card table").split("\n")] == [
        ["面积", "3.02 平方公里"],
        ["出处", "行动计划 三/(二)"],
    ]
    assert page.locator(".pm-card-kind span").all_inner_texts() == ["基地", "示意范围"]


def test_search_switches_on_what_it_finds(open_page: Open) -> None:
    opened = open_page()
    page = opened.page
    page.fill("#pm-search", "检测")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert opened.card() == "检测平台"
    assert page.locator("[data-group=projects] input").is_checked()


def test_search_finds_what_is_not_drawn(open_page: Open) -> None:
    page = open_page().page
    page.fill("#pm-search", "beauty")
    assert page.inner_text("#pm-found .pm-tag") == "未上图"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "pm-open-0"
    page.fill("#pm-search", "没有这个")
    assert page.inner_text("#pm-found") == "没有找到"


def test_the_open_items_are_listed(open_page: Open) -> None:
    page = open_page().page
    assert page.inner_text("#pm-open-count") == "2 项"
    assert page.locator("#pm-open li").first.inner_text().split() == ["美丽谷", "谷", "位置未公布", "三/(三)"]


def test_a_click_opens_the_card_and_escape_closes_it(open_page: Open) -> None:
    opened = open_page()
    opened.page.locator("path[aria-label^=健康核心区]").click()
    assert opened.card() == "健康核心区（起步）"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector(".pm-card", state="detached")


WHOLE_CARD = """([x, y]) => {
    const size = parkmap.map.getSize();
    parkmap.openCard(parkmap.records[1], parkmap.map.containerPointToLatLng([x * size.x, y * size.y]), false);
    const card = document.querySelector(".pm-popup").getBoundingClientRect();
    const stage = parkmap.map.getContainer().getBoundingClientRect();
    return card.left >= stage.left && card.right <= stage.right && card.top >= stage.top && card.bottom <= stage.bottom;
}"""


def test_a_card_at_the_edge_moves_the_map_until_all_of_it_is_seen(open_page: Open) -> None:
    opened = open_page()
    for corner in ([0.01, 0.01], [0.99, 0.01], [0.01, 0.99], [0.99, 0.99]):
        assert opened.do(WHOLE_CARD, corner), corner


def test_a_card_can_be_opened_by_keyboard_and_gives_the_focus_back(open_page: Open) -> None:
    opened = open_page()
    opened.page.locator("path[aria-label^=健康核心区]").focus()
    opened.page.keyboard.press("Enter")
    assert opened.do("() => document.activeElement.className") == "pm-card"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector(".pm-card", state="detached")
    assert opened.do("() => document.activeElement.getAttribute('aria-label')") == "健康核心区（起步）, 核"


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_names_are_inert(open_page: Open, kind: str) -> None:
    name = words(HOSTILE[kind])
    page = sample_page()
    bad = feature("bad", name, square(114.1, 22.6, 0.1), "valley", label_rank=1, rows=page.groups[0].features[0].rows)
    bad = type(bad)(**{**bad.__dict__, "rows": (type(bad.rows[0])(label=name, value=name),)})
    item = type(page.open_items[0])(name=name, role=name, reason=name, source=name)
    opened = open_page(
        sample_page(
            title=name,
            subtitle=name,
            stamps=(name,),
            groups=(*page.groups, group("bad", name, name, bad)),
            open_items=(item,),
            sources=(name,),
            review_number=HOSTILE[kind],
        )
    )
    opened.do("() => parkmap.openCard(parkmap.records.find((r) => r.feature.id === 'bad'), null, true)")
    assert opened.do("() => document.querySelector('.pm-card h2').textContent") == HOSTILE[kind]
    assert opened.do("() => document.querySelector('.pm-card td').textContent") == HOSTILE[kind]
    assert opened.do("() => document.getElementById('pm-title').textContent") == HOSTILE[kind]
    opened.page.fill("#pm-search", HOSTILE[kind][:20].strip() or "x")
    opened.page.locator("path[role=button]").last.hover(force=True)
    opened.page.locator("[data-lang=en]").click()
    opened.page.wait_for_timeout(50)
    assert opened.do("() => window.hacked") is None
    assert opened.page.locator("main img, aside img, aside script").count() == 0


def test_labels_never_overlap_each_other(open_page: Open) -> None:
    for lang, size in itertools.product(("zh", "en"), ((1600, 1000), (360, 740))):
        opened = open_page(crowd(150), lang=lang, size=size)
        for step in range(4):
            found = boxes(opened, ".pm-label")
            assert len(found) >= 2
            assert [(a, b) for a, b in itertools.combinations(found, 2) if overlap(a, b)] == []
            if step < 3:
                opened.do("() => parkmap.map.setZoom(parkmap.map.getZoom() + 1, { animate: false })")


def test_the_more_important_label_wins(open_page: Open) -> None:
    opened = open_page(crowd(150))
    shown = opened.do(
        "() => [...document.querySelectorAll('.pm-label-item')].map((e) => Number(e.dataset.id.slice(1)))"
    )
    assert shown[:5] == [0, 1, 2, 3, 4]
    assert len(shown) < 150
    opened.do("() => parkmap.map.setZoom(parkmap.map.getZoom() + 2, { animate: false })")
    assert opened.page.locator(".pm-label-item").count() > len(shown)


def test_labels_are_inside_the_window_on_the_whole_map(open_page: Open) -> None:
    for size in ((1600, 1000), (768, 1024), (360, 740)):
        opened = open_page(size=size)
        (stage,) = boxes(opened, ".pm-stage")
        for box in boxes(opened, ".pm-label"):
            assert box["x"] >= stage["x"]
            assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 0.5


def test_the_language_switch_changes_every_text(open_page: Open) -> None:
    page = sample_page()
    opened = open_page(page)
    opened.do("() => parkmap.openCard(parkmap.records.find((r) => r.feature.id === 'base-1'))")
    opened.page.locator("[data-lang=en]").click()
    texts = opened.do(
        """() => [...document.querySelectorAll("body *")]
          .filter((e) => !["SCRIPT", "STYLE"].includes(e.tagName))
          .flatMap((e) => [
            ...[...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data),
            ...["aria-label", "title", "placeholder"].map((a) => e.getAttribute(a)),
          ])
          .filter(Boolean)"""
    )
    chinese = {text for text in texts if re.search(r"[\u4e00-\u9fff]", text)}
    assert chinese == {"中文", "生物产业基地", "三/(三)", "二"}  # the switch, the name's other form, clauses
    assert opened.page.get_attribute("html", "lang") == "en"
    assert opened.page.title() == "Big Health Cluster Action Plan"
    opened.page.locator("[data-lang=zh]").click()
    assert opened.page.inner_text("h1") == "大健康产业集群行动计划"


@pytest.mark.parametrize("width", [360, 768, 1600])
def test_nothing_runs_out_of_the_window(open_page: Open, width: int) -> None:
    opened = open_page(size=(width, 800))
    assert opened.do("() => document.documentElement.scrollWidth") <= width
    assert opened.page.locator("#pm-panel").is_visible() is (width > 760)
    (stage,) = boxes(opened, ".pm-stage")
    assert stage["width"] > 300
    assert stage["height"] > 500
    for selector in (".pm-tools", ".pm-foot", ".pm-review"):
        (box,) = boxes(opened, selector)
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
    assert not overlap(boxes(opened, ".pm-foot")[0], boxes(opened, ".pm-review")[0])


def test_on_a_phone_the_panel_is_a_drawer(open_page: Open) -> None:
    opened = open_page(size=(360, 740))
    page = opened.page
    assert page.get_attribute("#pm-menu", "aria-expanded") == "false"
    assert "规划期已过" in page.inner_text("#pm-review")
    page.click("#pm-menu")
    assert page.locator("#pm-legend").is_visible()
    assert page.get_attribute("#pm-menu", "aria-expanded") == "true"
    page.fill("#pm-search", "科学城")
    page.keyboard.press("Enter")
    assert not page.locator("#pm-panel").is_visible()
    assert opened.card() == "科学城"
    page.click("#pm-menu")
    page.locator("#pm-panel").press("Escape")
    assert not page.locator("#pm-panel").is_visible()


def test_the_legend_has_what_is_on_the_map_and_nothing_else(open_page: Open) -> None:
    page = open_page().page
    assert page.locator("#pm-legend li").all_inner_texts() == [
        "核", "带", "基地", "示意范围", "公布位置", "示意位置（范围未公布）", "行政区", "陆地", "海域",
    ]  # fmt: skip


def test_nothing_covers_the_data_at_first(open_page: Open) -> None:
    for size in ((1600, 1000), (768, 1024), (360, 740)):
        opened = open_page(size=size)
        corner = """() => {
          const { map } = parkmap;
          const at = map.getContainer().getBoundingClientRect();
          const first = map.latLngToContainerPoint(parkmap.wholeBounds().getNorthWest());
          const last = map.latLngToContainerPoint(parkmap.wholeBounds().getSouthEast());
          return { x: at.x + first.x, y: at.y + first.y, width: last.x - first.x, height: last.y - first.y };
        }"""
        data = opened.do(corner)
        assert data["width"] > 200
        for selector in (".pm-tools", ".pm-review", ".pm-foot", ".pm-head"):
            assert not overlap(boxes(opened, selector)[0], data), (selector, size)
        if opened.page.locator("#pm-panel").is_visible():
            assert not overlap(boxes(opened, "#pm-panel")[0], data)


def test_points_at_one_place_stand_side_by_side(open_page: Open) -> None:
    page = sample_page()
    twins = [feature(f"twin-{i}", words(f"同址{i}"), point(114.2, 22.6), "base") for i in range(3)]
    opened = open_page(sample_page(groups=(*page.groups[:2], group("twins", words("同址"), None, *twins))))
    found = boxes(opened, "path[aria-label^=同址]")
    assert len(found) == 3
    assert all(abs(a["x"] - b["x"]) > 10 for a, b in itertools.combinations(found, 2))


def test_many_features_are_drawn_on_a_canvas(open_page: Open) -> None:
    many = [
        feature(
            f"m{i}",
            words(f"地块{i}"),
            square(114.0 + (i % 80) * 0.005, 22.5 + (i // 80) * 0.005, 0.0045),
            "base",
            label_rank=None,
        )
        for i in range(3200)
    ]
    page = sample_page()
    opened = open_page(sample_page(groups=(page.groups[0], group("many", words("地块"), None, *many))))
    assert opened.page.locator(".leaflet-overlay-pane canvas").count() == 1
    at = opened.do(
        """() => {
          const { x, y } = parkmap.map.getContainer().getBoundingClientRect();
          const point = parkmap.map.latLngToContainerPoint([22.6022, 114.2022]);
          return [x + point.x, y + point.y];
        }"""
    )
    opened.page.mouse.click(*at)
    assert opened.card() == "地块1640"


def test_geometry_of_every_kind_is_drawn(open_page: Open) -> None:
    ring = square(114.1, 22.6, 0.02)["coordinates"]
    kinds: dict[str, Any] = {
        "Point": [114.2, 22.6],
        "MultiPoint": [[114.21, 22.6], [114.22, 22.62]],
        "LineString": [[114.0, 22.6], [114.3, 22.7]],
        "MultiLineString": [[[114.0, 22.65], [114.3, 22.75]], [[114.0, 22.7], [114.1, 22.8]]],
        "Polygon": ring,
        "MultiPolygon": [ring, square(114.3, 22.6, 0.02)["coordinates"]],
    }
    shapes: list[dict[str, Any]] = [{"type": kind, "coordinates": at} for kind, at in kinds.items()]
    shapes.append({"type": "GeometryCollection", "geometries": [*shapes]})
    made = [
        feature(f"g{i}", words(f"形{i}"), shape, style) for i, shape in enumerate(shapes) for style in ("base", "belt")
    ]
    opened = open_page(sample_page(groups=(group("kinds", words("形"), None, *made),)))
    assert opened.do("() => parkmap.records.every((r) => r.bounds.isValid() && r.anchor)") is True
    opened.do("() => parkmap.records.forEach((r) => parkmap.visit(r))")
    assert opened.card() is not None


def test_an_empty_page_is_a_page(open_page: Open) -> None:
    opened = open_page(sample_page(groups=(), open_items=(), sources=(), stamps=()))
    assert opened.page.locator("#pm-open-section").is_visible() is False
    assert opened.page.locator("#pm-notes").is_visible() is False
