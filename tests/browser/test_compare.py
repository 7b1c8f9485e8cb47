"""Two sides on one page, in a Chromium without a network: the divider, the double map, the list of differences.

The page made by hand has one square of side A and one of side B at the same place, of different colours, so that what
lies at a pixel says which side is seen there. The shipped plans of 2013 and 2022 are opened in both languages.

Cases: what is left and right of the divider; dragged by mouse, by finger, by keys; clicks reach only what is seen;
double map: the same view after moving either, cards on the side that was clicked; layers, labels and language in both
ways; the list of differences leads to the side that has the thing, and moves the divider off it; phone and desk.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from parkmap.output.html.model import Difference
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.style import read_style
from parkmap.questions.base import Workspace
from parkmap.questions.compare import QUESTION, CompareRequest

from .conftest import Opened, feature, group, sample_page, serious, square, words

if TYPE_CHECKING:
    from parkmap.output.html.model import MapPage

Open = Callable[..., Opened]
AS_OF = dt.date(2025, 6, 1)
WHERE = square(114.05, 22.55, 0.3)  # both squares, over the middle of the map


def pair() -> MapPage:
    """A page whose sides have one large square each, at the same place."""
    base = sample_page().groups[:2]
    old = feature("a-old", words("旧片区", "Old zone"), WHERE, "base", determinacy="published", label_rank=0)
    new = feature("b-new", words("新片区", "New zone"), WHERE, "belt", determinacy="published", label_rank=0)
    return sample_page(
        groups=(
            *base,
            group("b-zones", words("片区", "Zones"), words("B · 新", "B · new"), new, side=1),
            group("a-zones", words("片区", "Zones"), words("A · 旧", "A · old"), old, side=0),
        ),
        sides=(words("2013 年规划", "Plan of 2013"), words("2022 年规划", "Plan of 2022")),
        differences=(
            Difference(heading=words("新增", "Added"), name=words("新片区", "New zone"), target="b-new"),
            Difference(heading=words("取消", "Dropped"), name=words("旧片区", "Old zone"), target="a-old"),
            Difference(heading=words("行政区", "Districts"), name=words("第1区", "District 1"), target=None),
        ),
    )


SEEN = """([x, y]) => {
  const box = document.querySelector(".pm-map").getBoundingClientRect();
  const at = document.elementsFromPoint(box.left + x * box.width, box.top + y * box.height);
  const draws = (r, element) => [...r.shapes, ...r.symbols].some((path) => path.getElement() === element);
  const drawn = (element) => parkmap.records.find((r) => draws(r, element));
  const found = at.map(drawn).find((record) => record && record.group.data.interactive);
  return found ? parkmap.say(found.feature.name) : null;
}"""


def seen(opened: Opened, x: float, y: float = 0.5) -> str | None:
    """Name of the topmost named shape at a share of the map's width and height."""
    return opened.do(SEEN, [x, y])


def drag(opened: Opened, to: float) -> None:
    """Drag the divider by its grip to a share of the map's width."""
    grip = opened.page.locator(".pm-grip").bounding_box()
    box = opened.page.locator(".pm-map").bounding_box()
    assert grip is not None
    assert box is not None
    mouse = opened.page.mouse
    mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * 0.5, grip["y"] + 10, steps=3)
    mouse.move(box["x"] + box["width"] * to, grip["y"] + 10, steps=5)
    mouse.up()


def test_each_side_is_seen_on_its_side_of_the_divider(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    assert (seen(opened, 0.45), seen(opened, 0.55)) == ("旧片区", "新片区")
    assert opened.page.locator(".pm-divider").get_attribute("aria-valuenow") == "50"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_dragging_the_divider_uncovers_one_side(open_page: Open, lang: str) -> None:
    opened = open_page(pair(), lang=lang, size=(1440, 900))
    old, new = ("旧片区", "新片区") if lang == "zh" else ("Old zone", "New zone")
    before = opened.page.locator(".pm-map").screenshot()
    centre = opened.do("() => parkmap.map.getCenter()")
    drag(opened, 0.75)
    assert (seen(opened, 0.45), seen(opened, 0.6)) == (old, old)
    assert opened.page.locator(".pm-divider").get_attribute("aria-valuenow") == "75"
    assert opened.page.locator(".pm-map").screenshot() != before
    drag(opened, 0.25)
    assert (seen(opened, 0.4), seen(opened, 0.55)) == (new, new)
    assert opened.do("() => parkmap.map.getCenter()") == centre  # the map itself was not dragged along


def test_the_divider_stays_where_it_is_when_the_map_moves(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    middle = (
        "() => { const b = document.querySelector('.pm-grip').getBoundingClientRect(); return b.left + b.width / 2; }"
    )
    before = opened.do(middle)
    opened.do("() => parkmap.map.panBy([120, 30], { animate: false })")
    assert opened.do(middle) == pytest.approx(before, abs=1)
    opened.do("() => parkmap.map.setZoom(parkmap.map.getZoom() + 1, { animate: false })")
    assert opened.do(middle) == pytest.approx(before, abs=1)
    assert (seen(opened, 0.45), seen(opened, 0.55)) == ("旧片区", "新片区")
    opened.page.set_viewport_size({"width": 1100, "height": 700})
    opened.page.wait_for_function(
        "() => document.querySelector('.pm-divider').style.height === `${parkmap.map.getSize().y}px`"
    )
    assert (seen(opened, 0.45), seen(opened, 0.55)) == ("旧片区", "新片区")


@pytest.mark.parametrize(
    ("keys", "share"),
    [
        (["ArrowRight"], "52"), (["ArrowLeft", "ArrowLeft"], "46"), (["PageUp"], "60"), (["PageDown"], "40"),
        (["Home"], "0"), (["End"], "100"), (["End", "ArrowRight"], "100"),
    ],
)  # fmt: skip
def test_the_divider_is_moved_by_keys(open_page: Open, keys: list[str], share: str) -> None:
    opened = open_page(pair(), size=(1440, 900))
    centre = opened.do("() => parkmap.map.getCenter()")
    opened.page.locator(".pm-divider").focus()
    for key in keys:
        opened.page.keyboard.press(key)
    assert opened.page.locator(".pm-divider").get_attribute("aria-valuenow") == share
    assert opened.do("() => parkmap.map.getCenter()") == centre


def test_the_divider_is_moved_by_a_finger(open_page: Open) -> None:
    opened = open_page(pair(), size=(390, 800), touch=True)
    assert (seen(opened, 0.42), seen(opened, 0.58)) == ("旧片区", "新片区")
    grip = opened.page.locator(".pm-grip").bounding_box()
    assert grip is not None
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    finger = opened.page.context.new_cdp_session(opened.page)
    for kind, at in (("touchStart", x), ("touchMove", x - 60), ("touchMove", x - 140)):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert seen(opened, 0.42) == "新片区"


def test_a_click_opens_the_card_of_what_is_seen(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    box = opened.page.locator(".pm-map").bounding_box()
    assert box is not None
    for x, name in ((0.44, "旧片区"), (0.57, "新片区")):
        opened.page.mouse.click(box["x"] + x * box["width"], box["y"] + 0.62 * box["height"])
        assert opened.card() == name
        opened.page.keyboard.press("Escape")


def test_each_side_has_its_own_labels(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    labels = "(pane) => [...document.querySelectorAll(`.leaflet-${pane}-pane .pm-label`)].map((t) => t.dataset.id)"
    assert "a-old" in opened.do(labels, "pm-labels")
    assert "b-new" not in opened.do(labels, "pm-labels")
    assert "b-new" in opened.do(labels, "pm-labels-1")
    assert "a-old" not in opened.do(labels, "pm-labels-1")


APART = """() => {
  const [one, two] = [parkmap.map, parkmap.twin];
  const { x, y } = two.latLngToContainerPoint(one.getCenter()).subtract(one.getSize().divideBy(2));
  const grown = one.getZoom() !== two.getZoom() || !one.getSize().equals(two.getSize());
  return grown ? Infinity : Math.max(Math.abs(x), Math.abs(y));
}"""
"""Pixels by which the views of the two maps differ; both are set to whole pixels, so one is within rounding."""


@pytest.mark.parametrize("size", [(1440, 900), (390, 800)])
def test_the_double_map_shows_the_same_view_twice(open_page: Open, size: tuple[int, int]) -> None:
    opened = open_page(pair(), size=size)
    opened.page.click("[data-mode=double]")
    for act in (
        "() => 0",
        "() => parkmap.map.panBy([40, 20], { animate: false })",
        "() => parkmap.twin.panBy([-70, 10], { animate: false })",
        "() => parkmap.twin.setZoom(parkmap.twin.getZoom() + 1, { animate: false })",
        "() => parkmap.map.setZoom(parkmap.map.getZoom() - 0.5, { animate: false })",
    ):
        opened.do(act)
        assert opened.do(APART) <= 1
    assert not opened.page.locator(".pm-divider").is_visible()


def test_each_map_of_the_double_map_has_its_own_side(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    opened.page.click("[data-mode=double]")
    inside = """(selector) => parkmap.records
      .filter((r) => [...r.shapes, ...r.symbols].map((path) => path.getElement()).some((e) => e && e.closest(selector)))
      .map((r) => parkmap.say(r.feature.name))"""
    assert "旧片区" in opened.do(inside, ".pm-map")
    assert "新片区" not in opened.do(inside, ".pm-map")
    assert opened.do(inside, ".pm-twin") == ["新片区"]
    box = opened.page.locator(".pm-twin").bounding_box()
    assert box is not None
    opened.page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    assert opened.card() == "新片区"
    assert opened.page.locator(".pm-twin .pm-card").count() == 1
    opened.page.locator("[data-group=b-zones] input").uncheck()
    assert opened.do(inside, ".pm-twin") == []
    opened.page.locator(".pm-card").wait_for(state="detached")
    opened.page.click("[data-mode=swipe]")
    assert seen(opened, 0.55) != "新片区"
    opened.page.locator("[data-group=b-zones] input").check()
    assert seen(opened, 0.55) == "新片区"


def test_both_maps_are_measured(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900), motion=True)
    page = opened.page
    page.click("[data-mode=double]")
    page.click("[data-tool=measure]")
    boxes = [page.locator(selector).bounding_box() for selector in (".pm-map", ".pm-twin")]
    for box, share in zip(boxes, (0.45, 0.6), strict=True):
        assert box is not None
        page.mouse.click(box["x"] + share * box["width"], box["y"] + 0.5 * box["height"])
    assert "长度" in page.inner_text(".pm-measure dl")
    for selector in (".pm-map", ".pm-twin"):  # a line of some length, and the points clicked
        assert page.locator(f"{selector} .leaflet-pm-measure-pane path").count() == 3
    assert opened.card() is None


def test_a_card_of_the_ground_of_the_second_map_stays_when_other_layers_change(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900), motion=True)
    page = opened.page
    page.click("[data-mode=double]")
    page.locator("[data-group=b-zones] input").uncheck()
    box = page.locator(".pm-twin").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.55 * box["width"], box["y"] + 0.5 * box["height"])
    name = opened.card()
    assert name is not None
    page.locator("[data-group=a-zones] input").uncheck()
    assert opened.card() == name
    page.locator("[data-group=districts] input").uncheck()
    assert opened.card() is None


def test_the_ground_of_the_second_map_follows_the_layer_tree(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    opened.page.click("[data-mode=double]")
    count = "() => document.querySelectorAll('.pm-twin .leaflet-map-pane path').length"
    whole = opened.do(count)
    assert whole > 4  # land with its surf, four districts
    opened.page.locator("[data-group=districts] input").uncheck()
    assert opened.do(count) == whole - 4
    opened.page.locator("[data-group=districts] input").check()
    assert opened.do(count) == whole


def test_the_list_of_differences_leads_to_the_side_that_has_the_thing(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    rows = opened.page.locator("#pm-differences")
    assert rows.locator("h3").all_inner_texts() == ["新增\n1", "取消\n1", "行政区\n1"]
    rows.get_by_role("button", name="新片区").click()
    assert opened.card() == "新片区"
    assert int(opened.page.locator(".pm-divider").get_attribute("aria-valuenow") or 50) < 20
    rows.get_by_role("button", name="旧片区").click()
    assert opened.card() == "旧片区"
    assert int(opened.page.locator(".pm-divider").get_attribute("aria-valuenow") or 50) > 80
    assert rows.get_by_role("button", name="第1区").count() == 0


def test_the_sides_are_named_in_both_languages(open_page: Open) -> None:
    opened = open_page(pair(), size=(1440, 900))
    names = opened.page.locator(".pm-side-name span")
    assert names.all_inner_texts() == ["2013 年规划", "2022 年规划"]
    opened.page.click("[data-lang=en]")
    assert names.all_inner_texts() == ["Plan of 2013", "Plan of 2022"]
    assert opened.page.locator(".pm-modes button").all_inner_texts() == ["Swipe", "Side by side"]
    assert opened.page.inner_text("#pm-differences h3 >> nth=0").startswith("Added")


@pytest.mark.parametrize("mode", ["swipe", "double"])
def test_on_paper_both_names_and_the_legend_are_there(open_page: Open, mode: str) -> None:
    opened = open_page(pair(), size=(1440, 900))
    opened.page.click(f"[data-mode={mode}]")
    opened.do("() => window.dispatchEvent(new Event('beforeprint'))")
    assert all(opened.page.locator(f".pm-side-name-{side} span").is_visible() for side in (0, 1))
    assert opened.page.locator("#pm-legend").is_visible()
    assert not opened.page.locator(".pm-modes").is_visible()
    assert not opened.page.locator("#pm-differences").is_visible()
    opened.do("() => window.dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator(".pm-modes").is_visible()


@pytest.mark.parametrize("mode", ["swipe", "double"])
def test_no_serious_fault_of_accessibility(open_page: Open, mode: str) -> None:
    opened = open_page(pair(), size=(1440, 900))
    opened.page.click(f"[data-mode={mode}]")
    assert serious(opened.page) == []


def test_a_page_of_one_plan_has_nothing_of_this(open_page: Open) -> None:
    opened = open_page()
    assert opened.page.locator(".pm-divider, .pm-compare, .pm-twin").count() == 0
    assert not opened.page.locator("#pm-differences-section").is_visible()


@functools.cache
def shipped() -> MapPage:
    workspace = Workspace(catalog=Catalog((shipped_root().resolve(),)), as_of=AS_OF)
    sides = ("shenzhen-life-health-2013", "shenzhen-big-health-2022")
    answer = QUESTION.answer(workspace, sides, CompareRequest())
    return answer.page(answer)


@pytest.mark.parametrize("size", [(1440, 900), (390, 800)])
@pytest.mark.parametrize(
    ("lang", "core", "valley"),
    [
        ("zh", "深圳国际生物谷", "大鹏深圳国际生物谷"),
        ("en", "Shenzhen International Bio-Valley", "Shenzhen International Bio-Valley in Dapeng"),
    ],
)
def test_2013_against_2022(open_page: Open, size: tuple[int, int], lang: str, core: str, valley: str) -> None:
    style = read_style(Catalog((shipped_root().resolve(),)).style_file())
    opened = open_page(shipped(), lang=lang, size=size, style=style)
    words_of = "(side) => parkmap.records.find((r) => r.feature.id === `${side}-intl-bio-valley`).feature"
    assert [opened.do(words_of, side)["style"] for side in "ab"] == ["core", "valley"]
    assert opened.do(words_of, "a")["name"][lang].startswith(core)
    assert opened.do(words_of, "b")["name"][lang].startswith(valley)
    before = opened.page.locator(".pm-stage").screenshot()
    drag(opened, 0.12)
    assert opened.page.locator(".pm-stage").screenshot() != before
    opened.page.click("[data-mode=double]")
    assert opened.do(APART) <= 1
    assert opened.do("() => parkmap.data.differences.length") > 20
