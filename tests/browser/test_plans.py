"""Every shipped plan in the browser, the network cut off: what a planner does with the page before showing it.

| what | known from |
|---|---|
| names, clause, district on the card | config/plans/*.yaml, copied by hand |
| pinyin | read off by hand |
| totals of the quota over the years | summed up here from the results |
| sheet of paper | ISO 216, landscape, in points |
| accessibility | axe-core's rules |
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from typing import TYPE_CHECKING

import pytest

from .conftest import serious
from .test_page import boxes, overlap

if TYPE_CHECKING:
    from collections.abc import Callable

    from parkmap.output.html.model import MapPage

    from .conftest import Opened

    Open = Callable[..., Opened]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Known:
    """One item of a plan, as the plan file has it."""

    zh: str
    en: str
    pinyin: str
    role: str
    district: str
    clause: str


KNOWN = {
    "guangzhou-health-2017": Known(
        zh="广州国际生物岛",
        en="Guangzhou International Bio-Island",
        pinyin="guojishengwudao",
        role="基地",
        district="海珠区",
        clause="四/(三)/广州国际生物岛",
    ),
    "shenzhen-beauty-valley": Known(
        zh="盐田中英街",
        en="Chung Ying Street, Yantian",
        pinyin="zhongyingjie",
        role="点（据名称推定）",
        district="盐田区",
        clause="七/(二十五)",
    ),
    "shenzhen-big-health-2022": Known(
        zh="前海大健康核心研发区",
        en="Qianhai Big-Health R&D Core",
        pinyin="qianhaidajiankang",
        role="核（据名称推定）",
        district="南山区",
        clause="三/(四)",
    ),
    "shenzhen-biopharma-2020": Known(
        zh="光明科学城",
        en="Guangming Science City",
        pinyin="guangmingkexuecheng",
        role="重点片区",
        district="光明区",
        clause="六/专栏6/(4)",
    ),
    "shenzhen-life-health-2013": Known(
        zh="深圳国际低碳城",
        en="Shenzhen International Low-Carbon City",
        pinyin="ditancheng",
        role="片区",
        district="龙岗区",
        clause="四/(五)",
    ),
}
SHEETS = {"A4": (841.9, 595.3), "A3": (1190.6, 841.9)}

plans = pytest.mark.parametrize("plan", KNOWN)


def data_box(opened: Opened) -> dict[str, float]:
    """Where the plan's area lies on the screen."""
    return opened.do(
        """() => {
          const at = parkmap.map.getContainer().getBoundingClientRect();
          const first = parkmap.map.latLngToContainerPoint(parkmap.wholeBounds().getNorthWest());
          const last = parkmap.map.latLngToContainerPoint(parkmap.wholeBounds().getSouthEast());
          return { x: at.x + first.x, y: at.y + first.y, width: last.x - first.x, height: last.y - first.y };
        }"""
    )


def look_at_view(opened: Opened, width: int) -> None:
    """Nothing scrolls sideways, nothing covers the data, no label covers another."""
    assert opened.do("() => document.documentElement.scrollWidth") <= width
    data = data_box(opened)
    panel = ["#pm-panel"] if width > 760 and opened.page.locator("#pm-panel").is_visible() else []
    for selector in (".pm-tools", ".pm-review", ".pm-foot", ".pm-head", *panel):
        assert not overlap(boxes(opened, selector)[0], data), selector
    stage = boxes(opened, ".pm-stage")[0]
    assert data["width"] > 0.5 * stage["width"] or data["height"] > 0.5 * stage["height"]
    labels = boxes(opened, ".pm-label")
    assert len(labels) >= 4
    assert [pair for pair in itertools.combinations(labels, 2) if overlap(*pair)] == []
    for selector in (".pm-tools", ".pm-review", ".pm-foot-upper"):
        (box,) = boxes(opened, selector)
        assert [label for label in labels if overlap(label, box)] == [], selector


@plans
def test_the_page_fits_every_window(open_plan: Open, plan: str) -> None:
    for width, height in ((360, 740), (768, 1024), (1600, 1000)):
        opened = open_plan(plan, width=width, height=height)
        look_at_view(opened, width)
        opened.page.click("[data-lang=en]")
        look_at_view(opened, width)
        opened.page.click("#pm-menu")  # closes the panel, or on a phone opens the drawer
        look_at_view(opened, width)
        opened.page.click("#pm-menu")
        look_at_view(opened, width)


@plans
def test_search_finds_by_every_spelling_and_the_card_is_right(open_plan: Open, plan: str) -> None:
    known = KNOWN[plan]
    opened = open_plan(plan)
    for typed in (known.zh, known.en, known.pinyin, known.en.upper()):
        opened.page.fill("#pm-search", typed)
        opened.page.keyboard.press("Enter")
        opened.page.wait_for_selector(".pm-card")
        assert opened.card() == known.zh, typed
        opened.page.keyboard.press("Escape")
        opened.page.wait_for_selector(".pm-card", state="detached")
    opened.page.fill("#pm-search", known.zh)
    opened.page.keyboard.press("Enter")
    card = opened.page.locator(".pm-card")
    assert card.locator(".pm-card-other").inner_text() == known.en
    assert card.locator(".pm-card-kind span").first.inner_text() == known.role
    rows = [row.split("\t") for row in re.sub(r"\n+", "\n", card.locator("table").inner_text()).split("\n")]
    assert rows[-1][0] == "依据条款"
    assert rows[-1][1].endswith(known.clause)
    assert not re.search(r"\d ha\b", card.inner_text())
    card.get_by_role("button", name=known.district).click()
    assert opened.card() == known.district


@plans
def test_every_layer_can_be_switched_off_and_on(open_plan: Open, plan: str) -> None:
    opened = open_plan(plan)
    shown = "(id) => parkmap.map.hasLayer(parkmap.groups.find((g) => g.data.id === id).layer)"
    drawn = "() => document.querySelectorAll('.leaflet-overlay-pane path').length"
    for key in opened.do("() => parkmap.groups.filter((g) => g.data.id !== 'quota').map((g) => g.data.id)"):
        box = opened.page.locator(f"[data-group='{key}'] input")
        was, count = box.is_checked(), opened.do(drawn)
        box.click()
        assert opened.do(shown, key) is not was
        assert (opened.do(drawn) > count) is not was, key
        box.click()
        assert opened.do(shown, key) is was
        assert opened.do(drawn) == count


@plans
def test_the_language_switch_reaches_legend_tree_and_title(open_plan: Open, plan: str) -> None:
    page = open_plan(plan).page
    page.click("[data-lang=en]")
    assert page.get_attribute("html", "lang") == "en"
    for selector in ("h1", "#pm-subtitle", "#pm-notes", "#pm-layers", "#pm-legend", ".pm-foot", "#pm-review"):
        assert not re.search(r"[\u4e00-\u9fff]", page.inner_text(selector)), selector
    assert page.title() == page.inner_text("h1")


@plans
def test_the_years_of_the_quota_add_up(open_plan: Open, page_of: Callable[[str], MapPage], plan: str) -> None:
    board = page_of(plan).quota
    assert board is not None
    page = open_plan(plan).page
    page.click("#pm-quota-section > summary")
    commodity = board.commodities[0][0]
    years = sorted({share.year for share in board.items if share.commodity == commodity})
    for step, year in enumerate(years):
        if len(years) > 1:
            page.locator(".pm-years input").evaluate(
                "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }", step
            )
        chosen = [share for share in board.items if (share.commodity, share.year) == (commodity, year)]
        claim, given = (sum(getattr(share, key) for share in chosen) / 1e4 for key in ("claim_m2", "allocated_m2"))
        assert str(year) in page.inner_text(".pm-years")
        numbers = [
            float(text.replace(",", "")) for text in re.findall(r"[\d,]+\.\d", page.inner_text(".pm-quota-total"))
        ]
        assert numbers == pytest.approx([given, claim], abs=0.051)
        assert page.locator(".pm-bars li").count() == len(chosen)


@plans
def test_printing_gives_one_sheet_with_sources(open_plan: Open, plan: str) -> None:
    opened = open_plan(plan, width=1440, height=900)
    for paper, size in SHEETS.items():
        opened.page.select_option("#pm-paper", paper)
        sheet = opened.page.pdf(prefer_css_page_size=True, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
        box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", sheet)
        assert box is not None
        assert (float(box[1]), float(box[2])) == pytest.approx(size, abs=1.5)
    opened.page.emulate_media(media="print")
    opened.do("() => window.dispatchEvent(new Event('beforeprint'))")
    (panel,) = boxes(opened, "#pm-panel")
    for selector in ("#pm-notes", "#pm-legend", "#pm-sources", "#pm-questions-section"):
        if opened.page.locator(selector).is_visible():
            (box_,) = boxes(opened, selector)
            assert box_["y"] + box_["height"] <= panel["y"] + panel["height"] + 1, selector
    assert opened.page.locator("#pm-sources li").count() >= 3


@plans
def test_axe_finds_nothing_serious(open_plan: Open, plan: str) -> None:
    for width, height in ((1440, 900), (360, 740)):
        opened = open_plan(plan, width=width, height=height)
        if width < 760:
            opened.page.click("#pm-menu")
        opened.do("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        opened.do("() => { parkmap.openCard(parkmap.records.find((r) => r.feature.rows.length), null, false); }")
        assert serious(opened.page) == []


@plans
def test_the_page_can_be_used_without_a_mouse(open_plan: Open, plan: str) -> None:
    opened = open_plan(plan)
    at = """() => {
      const e = document.activeElement;
      const { width, height } = e.getBoundingClientRect();
      return [e.id || e.dataset.lang || e.dataset.tool || e.className || e.tagName, width * height > 0];
    }"""
    order = []
    for _ in range(6):
        opened.page.keyboard.press("Tab")
        order.append(opened.do(at))
    assert [name for name, _ in order[:4]] == ["pm-skip", "pm-menu", "zh", "en"]
    assert all(visible for _, visible in order)
    box = opened.page.locator("[data-group=districts] input")
    box.focus()
    opened.page.keyboard.press("Space")
    assert not box.is_checked()
    assert opened.do("() => document.activeElement.closest('[data-group]').dataset.group") == "districts"
    opened.page.keyboard.press("Space")
    assert box.is_checked()
    mark = opened.page.locator("path[role=button][tabindex='0']").last
    mark.focus()
    opened.page.keyboard.press("Enter")
    assert opened.do("() => document.activeElement.className") == "pm-card"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector(".pm-card", state="detached")
    assert opened.do("() => document.activeElement.getAttribute('role')") == "button"
