"""What leads from one thing to another: links on cards, pinyin, open questions, quota by year, the overview.

| what                         | seen by                                                       |
|------------------------------|---------------------------------------------------------------|
| a link to a drawn thing      | its card opens                                                |
| a link to what is not drawn  | its entry in the list has the focus                           |
| a link to nowhere            | text, no button                                               |
| pinyin                       | whole, initials, with spaces; polyphones in their word        |
| quota                        | bars of one commodity and year; slider; colours; the example  |
| overview                     | hidden on the whole map, a frame when one has zoomed in       |
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from parkmap.facts.card import Link, Row
from parkmap.output.html.model import MapPage, OpenItem, OpenQuestion, QuotaBoard, Share
from parkmap.output.html.pinyin import spellings
from parkmap.output.html.shades import OF_RAMP

from .conftest import Opened, feature, group, point, sample_page, square, words

Open = Callable[..., Opened]


def linked_page() -> MapPage:
    rows = (
        Row(
            label=words("包含", "Parts"),
            value=words("科学城；美丽谷；别处", "x"),
            links=(
                Link(id="base-2", name=words("科学城", "Science city")),
                Link(id="valley", name=words("美丽谷", "Beauty Valley")),
                Link(id="nowhere", name=words("别处", "Elsewhere")),
            ),
        ),
    )
    page = sample_page()
    core = feature("core", words("健康核心区", "Health core"), point(114.2, 22.7), "core", rows=rows, label_rank=0)
    groups = tuple(
        dataclasses.replace(g, features=(core,)) if g.id == "core" else g for g in page.groups if g.id != "projects"
    )
    item = OpenItem(
        id="valley", name=words("美丽谷", "Beauty Valley"), role=words("谷"), reason=words("未公布"), source=words("三")
    )
    return sample_page(groups=groups, open_items=(item,))


def quota_page() -> MapPage:
    page = sample_page()
    shares = [
        Share(
            id="base-1", name=words("生物产业基地"), commodity="land", year=2024, claim_m2=100_000, allocated_m2=50_000
        ),
        Share(id="base-2", name=words("科学城"), commodity="land", year=2024, claim_m2=40_000, allocated_m2=40_000),
        Share(id="base-1", name=words("生物产业基地"), commodity="land", year=2025, claim_m2=200_000, allocated_m2=0),
        Share(id="gone", name=words("未落位"), commodity="floor_space", year=2024, claim_m2=10_000, allocated_m2=9_999),
    ]
    board = QuotaBoard(
        commodities=(("land", words("用地", "Land")), ("floor_space", words("产业用房", "Floor space"))),
        items=tuple(shares),
        districts=(dataclasses.replace(shares[0], id="district-0"), dataclasses.replace(shares[2], id="district-0")),
        stamp=words("示例：含假设数据", "EXAMPLE"),
        note=None,
    )
    theme = group(
        "quota",
        words("用地指标", "Land quota"),
        words("分析", "Analyses"),
        feature(
            "district-0", words("第0区"), square(114.0, 22.5, 0.2), "quota", label_rank=None, determinacy="published"
        ),
        shown=False,
        interactive=False,
        classes=OF_RAMP,
    )
    return sample_page(quota=board, groups=(*page.groups[:2], theme, *page.groups[2:]))


def test_a_link_opens_the_card_of_what_is_drawn(open_page: Open) -> None:
    opened = open_page(linked_page(), motion=True)
    page = opened.page
    page.locator("path[aria-label^=健康核心区]").press("Enter")
    assert page.locator(".pm-card .pm-link").all_inner_texts() == ["科学城", "美丽谷"]
    assert "别处" in page.inner_text(".pm-links")
    page.locator(".pm-link", has_text="科学城").click()
    assert opened.card() == "科学城"


@pytest.mark.parametrize("width", [360, 1600])
def test_a_link_leads_to_the_list_of_what_is_not_drawn(open_page: Open, width: int) -> None:
    opened = open_page(linked_page(), size=(width, 800))
    opened.page.locator("path[aria-label^=健康核心区]").press("Enter")
    opened.page.locator(".pm-link", has_text="美丽谷").click()
    assert opened.do("() => document.activeElement.id") == "pm-open-0"
    assert opened.page.locator("#pm-open-0").is_visible()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("重庆", "chongqing\ncq"),
        ("长江重点", "changjiangzhongdian\ncjzd"),
        ("GE生物园2期", "geshengwuyuan2qi\ngeswy2q"),
        ("绿谷", "lvgu\nlg"),
        ("Health Core", ""),
        ("", ""),
        ("<b>", ""),
    ],
)
def test_names_are_spelt_as_one_types_them(name: str, found: str) -> None:
    assert spellings(name) == found


@pytest.mark.parametrize("typed", ["shengwu", "Sheng wu chan ye", "swcyjd", "sheng'wu"])
def test_search_finds_by_pinyin(open_page: Open, typed: str) -> None:
    page = open_page().page
    page.fill("#pm-search", typed)
    assert page.locator("#pm-found [role=option]").first.locator(".pm-found-name > span").inner_text() == "生物产业基地"


def test_pinyin_finds_what_is_not_drawn(open_page: Open) -> None:
    page = open_page().page
    page.fill("#pm-search", "meiligu")
    assert "美丽谷" in page.inner_text("#pm-found")
    page.fill("#pm-search", "zzzz")
    assert "没有找到" in page.inner_text("#pm-found")


def test_open_questions_are_listed_with_the_reading_in_use(open_page: Open) -> None:
    question = OpenQuestion(
        topic=words("一带还是两带", "One belt or two"),
        in_use=words("两条带", "two belts"),
        others=(words("仅滨海带", "the coastal belt only"),),
        says=(words("“一核一带” 二", "“one core, one belt” 2"),),
        reason=words("任务一节列出两条", "the tasks list two"),
    )
    page = open_page(sample_page(questions=(question,))).page
    text = page.inner_text("#pm-questions")
    for part in ("一带还是两带", "采用", "两条带", "另一读法", "仅滨海带", "“一核一带” 二", "任务一节列出两条"):
        assert part in text
    page.click("[data-lang=en]")
    assert "two belts" in page.inner_text("#pm-questions")


def test_without_questions_and_quota_there_is_no_section_of_them(open_page: Open) -> None:
    page = open_page().page
    assert page.locator("#pm-questions-section").is_visible() is False
    assert page.locator("#pm-quota-section").is_visible() is False


def test_quota_bars_follow_commodity_and_year(open_page: Open) -> None:
    opened = open_page(quota_page())
    page = opened.page
    page.click("#pm-quota-section summary")
    assert "示例：含假设数据" in page.inner_text("#pm-quota")
    assert "2025" in page.inner_text(".pm-years")  # the last year first
    slider = page.locator("#pm-quota input[type=range]")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert "2024" in page.inner_text(".pm-years output")
    assert opened.do("() => document.activeElement.type") == "range"
    assert page.locator(".pm-bars .pm-bar-number").all_inner_texts() == [
        "5.0 / 10.0 公顷 · 50%",
        "4.0 / 4.0 公顷 · 100%",
    ]
    assert "9.0 / 14.0 公顷 · 64%" in page.inner_text(".pm-quota-total")
    page.click("[data-quota=floor_space]")
    assert page.locator(".pm-bars .pm-bar-number").all_inner_texts() == ["1.0 / 1.0 公顷 · 99%"]  # 99.99 % is not all
    assert page.locator(".pm-bars .pm-link").count() == 0


def test_quota_on_the_map_colours_districts_and_stands_as_bars(open_page: Open) -> None:
    opened = open_page(quota_page())
    page = opened.page
    assert page.locator(".pm-quota-bar").count() == 0
    page.locator("[data-group=quota] input").check()
    fill = (
        "() => parkmap.groups.find((g) => g.data.id === 'quota').records[0].shapes[0].getElement().getAttribute('fill')"
    )
    assert opened.do(fill) == "#CBC9E2"  # nothing of 20 ha
    assert page.locator(".pm-quota-number").all_text_contents() == ["0.0"]
    assert page.locator("#pm-legend", has_text="2025 年需求满足率（示例）").count() == 1
    page.click("#pm-quota-section summary")
    assert page.locator("[data-quota=map]").is_checked()
    page.locator("#pm-quota input[type=range]").focus()
    page.keyboard.press("ArrowLeft")
    assert opened.do(fill) == "#756BB1"  # a half
    assert sorted(page.locator(".pm-quota-number").all_text_contents()) == ["4.0", "5.0"]
    page.locator("[data-quota=map]").uncheck()
    assert page.locator(".pm-quota-bar").count() == 0


def test_years_can_be_played(open_page: Open) -> None:
    page = open_page(quota_page()).page
    page.click("#pm-quota-section summary")
    first = """() => {
      const button = document.querySelector("[data-quota=play]");
      button.click();
      return [document.querySelector(".pm-years output").textContent, button.textContent];
    }"""
    assert page.evaluate(first) == ["2024", "暂停"]  # at once, however slow the machine
    page.wait_for_function("() => document.querySelector('.pm-years output').textContent === '2025'")
    page.click("[data-quota=play]")
    assert page.inner_text("[data-quota=play]") == "播放"


def test_the_overview_shows_where_one_is(open_page: Open) -> None:
    opened = open_page()
    box = opened.page.locator(".pm-minimap")
    assert box.is_visible() is False
    opened.do("() => parkmap.map.setView([22.55, 114.05], 13, { animate: false })")
    assert box.is_visible()
    frame = box.locator("rect").bounding_box()
    whole = box.bounding_box()
    assert frame is not None
    assert whole is not None
    assert frame["x"] - whole["x"] < whole["width"] / 3  # the window is in the south-west
    assert frame["y"] - whole["y"] > whole["height"] / 2
    opened.page.mouse.click(whole["x"] + whole["width"] * 0.9, whole["y"] + whole["height"] * 0.1)
    lat, lng = opened.do("() => [parkmap.map.getCenter().lat, parkmap.map.getCenter().lng]")
    assert lat > 22.8
    assert lng > 114.3


@pytest.mark.parametrize("size", [(360, 740), (740, 360)])
def test_a_small_map_goes_without_overview(open_page: Open, size: tuple[int, int]) -> None:
    opened = open_page(size=size)
    opened.do("() => parkmap.map.setView([22.55, 114.05], 13, { animate: false })")
    assert opened.page.locator(".pm-minimap").is_visible() is False


@pytest.mark.parametrize("size", [(360, 740), (768, 1024), (1600, 1000)])
def test_the_core_is_named_even_in_a_crowd(open_page: Open, size: tuple[int, int]) -> None:
    crowd = [
        feature(
            f"p{i}",
            words(f"相邻的重点园区{i}"),
            point(114.2 + 0.004 * (i % 9 - 4), 22.7 + 0.004 * (i // 9 - 4)),
            "base",
            label_rank=1,
        )
        for i in range(81)
    ]
    core = feature(
        "core",
        words("广州健康医疗中心核心区", "Core of the health and medical centre"),
        point(114.2, 22.7),
        "core",
        label_rank=0,
    )
    page = sample_page(
        groups=(
            *sample_page().groups[:2],
            group("c", words("群"), None, *crowd),
            group("core", words("核"), None, core),
        )
    )
    opened = open_page(page, size=size)
    assert opened.page.locator(".pm-label[data-id=core]").count() == 1
    (box,) = [opened.page.locator(".pm-label[data-id=core]").bounding_box()]
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


def test_what_is_indicative_is_hatched(open_page: Open) -> None:
    opened = open_page()
    fills = opened.do(
        """() => Object.fromEntries(parkmap.records.filter((r) => r.shapes.length)
          .map((r) => [r.feature.id, r.shapes[0].getElement().getAttribute("fill")]))"""
    )
    assert fills["base-1"] == "url(#pm-hatch-base)"
    assert fills["belt"] == "url(#pm-hatch-belt)"
    assert opened.page.locator("pattern#pm-hatch-base").count() == 1
    assert opened.page.locator("#pm-legend rect[fill^=url]").count() == 1


def test_lines_are_as_wide_as_they_weigh(open_page: Open) -> None:
    ends = {"type": "LineString", "coordinates": [[114.1, 22.6], [114.3, 22.6]]}
    lines = [
        feature(f"line-{w}", words(f"共界{w}"), ends, "border", determinacy="published", width_px=w, label_rank=None)
        for w in (1.5, 6.0)
    ]
    opened = open_page(sample_page(groups=(*sample_page().groups[:2], group("borders", words("共界"), None, *lines))))
    widths = opened.do(
        """() => parkmap.records.filter((r) => r.feature.style === "border")
          .map((r) => r.shapes[0].getElement().getAttribute("stroke-width"))"""
    )
    assert widths == ["1.5", "6"]
    assert "共界" in opened.page.inner_text("#pm-legend")
