"""What a planner does in the course of a day, with the motion that most browsers show: what is seen at its end.

a card near the window's edge | its close button can be hit; nothing of the map's own lies over it
links from card to card       | each card is there after its fade; Escape gives the focus back where it came from
marking a card's text         | letting the mouse go beside the card leaves it open
a window made narrow          | the panel is put away, and comes back as it was
printing                      | no card on the sheet, of the ruler only what it measured; the card is there again
the slider over the years     | dragged from one end to the other by the mouse, it follows all the way
search                        | an input method's Enter chooses nothing; spaces, dashes and slips of the hand
the ruler                     | clicks through bars; the place under the mouse is none that was clicked
names for readers of screens  | none is missing before the language is switched; axe, with card, search and ruler open
the language                  | what was unfolded stays unfolded
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from parkmap.facts.card import Row
from parkmap.output.html.model import OpenItem, Share

from .conftest import Opened, feature, group, point, sample_page, serious, still, words
from .test_lists import linked_page, quota_page

if TYPE_CHECKING:
    from parkmap.output.html.model import MapPage

Open = Callable[..., Opened]

CLOSE = ".leaflet-popup-close-button"


def talkative(lon: float, lat: float) -> MapPage:
    """A page with one thing at a place that has much to say."""
    rows = tuple(Row(label=words(f"第{i}项"), value=words("说明" * 20)) for i in range(12))
    thing = feature("thing", words("话多的园区", "Talkative park"), point(lon, lat), "base", rows=rows, label_rank=0)
    return sample_page(groups=(*sample_page().groups[:2], group("things", words("园区", "Parks"), None, thing)))


def open_thing(opened: Opened, name: str) -> None:
    opened.page.locator(f"path[aria-label^='{name}']").dispatch_event("click")


@pytest.mark.parametrize("size", [(1600, 1000), (1000, 640), (360, 740)])
@pytest.mark.parametrize("place", [(114.39, 22.88), (114.01, 22.88), (114.39, 22.51), (114.01, 22.51)])
def test_nothing_of_the_map_lies_over_a_card(
    open_page: Open, place: tuple[float, float], size: tuple[int, int]
) -> None:
    opened = open_page(talkative(*place), size=size, motion=True)
    for zoom in (None, 13):
        if zoom:
            opened.do("([at, zoom]) => parkmap.map.setView([at[1], at[0]], zoom, { animate: false })", [place, zoom])
        opened.do("() => { const r = parkmap.records.at(-1); parkmap.openCard(r, r.anchor, true); }")
        assert opened.card() == "话多的园区"
        opened.page.click(CLOSE, timeout=2000)  # fails where something else would get the click
        opened.page.wait_for_selector(".pm-card", state="detached")


def test_links_lead_from_card_to_card_and_escape_leads_back(open_page: Open) -> None:
    opened = open_page(linked_page(), motion=True)
    page = opened.page
    page.fill("#pm-search", "健康核心")
    page.keyboard.press("Enter")
    assert opened.card() == "健康核心区"
    page.locator(".pm-link", has_text="科学城").click()
    assert opened.card() == "科学城"
    page.keyboard.press("Escape")
    page.wait_for_selector(".pm-card", state="detached")
    assert opened.do("() => document.activeElement.id") == "pm-search"


def test_the_focus_is_never_lost_when_a_card_closes(open_page: Open) -> None:
    opened = open_page(quota_page(), motion=True)
    page = opened.page
    page.click("#pm-quota-section summary")
    page.locator(".pm-bars .pm-link").first.focus()
    page.keyboard.press("Enter")
    assert opened.card() == "生物产业基地"
    page.keyboard.press("Escape")
    page.wait_for_selector(".pm-card", state="detached")
    assert opened.do("() => document.activeElement.textContent") == "生物产业基地"
    open_thing(opened, "科学城")  # by the mouse, which leaves the focus where it is
    page.locator(".pm-card").click()
    page.keyboard.press("Escape")
    page.wait_for_selector(".pm-card", state="detached")
    assert opened.do("() => document.activeElement !== document.body")


def test_escape_closes_a_card_from_anywhere(open_page: Open) -> None:
    opened = open_page(motion=True)
    open_thing(opened, "生物产业基地")
    assert opened.card() == "生物产业基地"
    opened.page.focus("[data-lang=en]")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector(".pm-card", state="detached")


def test_marking_text_beyond_the_card_leaves_it_open(open_page: Open) -> None:
    opened = open_page(motion=True)
    open_thing(opened, "生物产业基地")
    assert opened.card() == "生物产业基地"
    box = opened.page.locator(".pm-card h2").bounding_box()
    assert box is not None
    mouse = opened.page.mouse
    mouse.move(box["x"] + 4, box["y"] + 8)
    mouse.down()
    mouse.move(box["x"] - 120, box["y"] + 8, steps=6)
    mouse.up()
    assert opened.card() == "生物产业基地"
    mouse.click(box["x"] - 120, box["y"] + 8)
    assert opened.card() != "生物产业基地"


def test_a_narrow_window_puts_the_panel_away_and_a_wide_one_brings_it_back(open_page: Open) -> None:
    opened = open_page(motion=True)
    panel = opened.page.locator("#pm-panel")
    opened.page.set_viewport_size({"width": 600, "height": 800})
    panel.wait_for(state="hidden")
    assert opened.page.get_attribute("#pm-menu", "aria-expanded") == "false"
    opened.page.set_viewport_size({"width": 1600, "height": 1000})
    panel.wait_for(state="visible")
    opened.page.click("#pm-menu")
    opened.page.set_viewport_size({"width": 600, "height": 800})
    opened.page.set_viewport_size({"width": 1600, "height": 1000})
    opened.page.wait_for_function("() => parkmap.map.getSize().x === 1600")
    panel.wait_for(state="hidden")  # closed by hand, it stays closed, once it has faded


def test_a_card_is_not_printed_and_is_there_again(open_page: Open) -> None:
    opened = open_page(motion=True)
    open_thing(opened, "生物产业基地")
    assert opened.card() == "生物产业基地"
    opened.page.emulate_media(media="print")
    opened.do("() => window.dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator(".pm-card").is_visible() is False
    opened.do("() => window.dispatchEvent(new Event('afterprint'))")
    opened.page.emulate_media(media="screen")
    assert opened.card() == "生物产业基地"


def test_of_the_ruler_only_what_it_measured_is_printed(open_page: Open) -> None:
    opened = open_page(motion=True)
    page = opened.page
    page.click("[data-tool=measure]")
    box = page.locator(".pm-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 400, box["y"] + 300)
    page.mouse.click(box["x"] + 500, box["y"] + 300)
    clicked = page.inner_text(".pm-measure dl")
    page.mouse.move(box["x"] + 700, box["y"] + 600)
    assert page.inner_text(".pm-measure dl") != clicked
    page.emulate_media(media="print")
    opened.do("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.inner_text(".pm-measure").strip() == clicked
    opened.do("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".pm-measure-buttons").count() == 1


def years_page() -> MapPage:
    page = quota_page()
    board = page.quota
    assert board is not None
    shares = tuple(
        Share(id="base-1", name=words("基地"), commodity="land", year=2024 + i, claim_m2=10_000, allocated_m2=i * 1000)
        for i in range(6)
    )
    return dataclasses.replace(
        page, quota=dataclasses.replace(board, items=shares, districts=(), commodities=board.commodities[:1])
    )


@pytest.mark.parametrize("place", ["panel", "map"])
def test_the_slider_follows_the_mouse_all_the_way(open_page: Open, place: str) -> None:
    page = open_page(years_page(), motion=True).page
    page.click("#pm-quota-section summary")
    if place == "map":
        page.locator("[data-quota=map]").check()
    slider = page.locator(".pm-years input")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] - 8, y)
    page.mouse.down()
    seen = []
    for step in range(21):
        page.mouse.move(box["x"] + box["width"] - 8 - (box["width"] - 16) * step / 20, y)
        seen.append(page.inner_text(".pm-years output"))
    page.mouse.up()
    assert sorted(set(seen)) == [str(2024 + i) for i in range(6)]
    assert "0.0 / 1.0" in page.inner_text(".pm-quota-total")


def test_an_input_methods_enter_chooses_no_result(open_page: Open) -> None:
    opened = open_page(motion=True)
    opened.page.fill("#pm-search", "科学")
    press = """(more) => document.getElementById("pm-search")
      .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ...more }))"""
    opened.do(press, {"isComposing": True})
    assert opened.card() is None
    opened.do(press, {})
    assert opened.card() == "科学城"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bio industry base", "生物产业基地"),
        ("BIOINDUSTRY", "生物产业基地"),
        ("生物 产业", "生物产业基地"),
        ("健康核心区 起步", "健康核心区（起步）"),
        ("sheng wu chan ye", "生物产业基地"),
        ("Sceince city", "科学城"),
        ("shengwuchanie", "生物产业基地"),
        ("生物产叶基地", "生物产业基地"),
        ("Costal belt", "滨海带"),
    ],
)
def test_search_forgives_marks_spaces_and_slips(open_page: Open, typed: str, first: str) -> None:
    page = open_page(motion=True).page
    page.fill("#pm-search", typed)
    assert page.locator("#pm-found .pm-found-name > span").first.inner_text() == first


def test_near_names_are_told_apart_from_found_ones(open_page: Open) -> None:
    page = open_page().page
    for typed, remark in (("生物产业", 0), ("生物产叶基地", 1), ("Xyzzy", 1), ("区划", 1)):
        page.fill("#pm-search", typed)
        assert page.locator("#pm-found .pm-found-none").count() == remark, typed
    assert page.inner_text("#pm-found") == "没有找到"
    page.fill("#pm-search", "生物产叶基地")
    page.keyboard.press("ArrowDown")
    assert "生物产业基地" in page.inner_text("#pm-found [aria-selected=true]")


def test_the_ruler_measures_through_bars(open_page: Open) -> None:
    opened = open_page(quota_page(), motion=True)
    page = opened.page
    page.locator("[data-group=quota] input").check()
    page.click("[data-tool=measure]")
    bar = page.locator(".pm-quota-bar rect").first.bounding_box()
    assert bar is not None
    for up in (4, 8):
        page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] - up)
    assert "长度" in page.inner_text(".pm-measure dl")
    assert opened.card() is None


def test_closing_the_ruler_by_its_button_gives_the_focus_to_its_tool(open_page: Open) -> None:
    opened = open_page()
    opened.page.click("[data-tool=measure]")
    opened.page.focus("[data-measure=end]")
    opened.page.keyboard.press("Enter")
    assert opened.do("() => document.activeElement.dataset.tool") == "measure"


def test_what_was_unfolded_stays_so_in_the_other_language(open_page: Open) -> None:
    items = tuple(
        OpenItem(name=words(f"第{i}项"), role=words("谷" if i % 2 else "点", "Valley" if i % 2 else "Node"),
                 reason=words("未公布"), source=words("三")) for i in range(14)
    )  # fmt: skip
    page = open_page(sample_page(open_items=items)).page
    page.locator(".pm-open-kind > summary").nth(1).click()
    page.click("[data-lang=en]")
    assert [part.get_attribute("open") is not None for part in page.locator(".pm-open-kind").all()] == [False, True]


def test_no_name_lies_under_the_tools(open_page: Open) -> None:
    names = [
        feature(
            f"e{i}",
            words(f"东部第{i}重点园区", f"Eastern park {i}"),
            point(114.33, 22.88 - i * 0.035),
            "base",
            label_rank=i,
        )
        for i in range(10)
    ]
    page = sample_page()
    opened = open_page(
        dataclasses.replace(page, groups=(*page.groups[:2], group("e", words("园区"), None, *names))), size=(360, 520)
    )
    under = """() => {
      const tools = document.querySelector(".pm-tools").getBoundingClientRect();
      const over = ({ left, right, top, bottom }) =>
        right > tools.left && left < tools.right && bottom > tools.top && top < tools.bottom;
      return [...document.querySelectorAll(".pm-label")].filter((label) => over(label.getBoundingClientRect())).length;
    }"""
    assert opened.page.locator(".pm-label").count() >= 3
    assert opened.do(under) == 0


def test_both_pages_of_a_computer_stay_apart(open_page: Open) -> None:
    first, second = open_page(motion=True), open_page(motion=True, lang="en")
    first.page.locator("[data-group=bases] input").uncheck()
    still(second.page)
    assert second.page.locator("[data-group=bases] input").is_checked()
    assert second.page.get_attribute("html", "lang") == "en"


def test_everything_has_its_name_from_the_start(open_page: Open) -> None:
    nameless = "() => [...document.querySelectorAll('[data-label]:not([aria-label])')].map((e) => e.dataset.label)"
    assert open_page().do(nameless) == []
    assert open_page(quota_page(), lang="en").do(nameless) == []


def test_axe_finds_nothing_serious_in_the_midst_of_work(open_page: Open) -> None:
    opened = open_page(quota_page(), motion=True)
    page = opened.page
    opened.do("() => parkmap.map.setView([22.62, 114.07], 13, { animate: false })")  # the overview comes up
    open_thing(opened, "生物产业基地")
    assert opened.card() == "生物产业基地"
    page.fill("#pm-search", "生物产叶基地")
    assert page.locator("#pm-found").is_visible()
    assert serious(page) == []
    page.click("[data-tool=measure]")
    assert serious(page) == []
