"""A page made by hand, and a Chromium without a network to open it in."""

from __future__ import annotations

import dataclasses
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from parkmap.facts.card import Row
from parkmap.messages import Words
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage, OpenItem
from parkmap.output.html.page import render
from parkmap.plan.catalog import shipped_root
from parkmap.plan.style import read_style
from parkmap.questions.page.plan import plan_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

STYLE: dict[str, Any] = {
    "roles": {
        "core": {"zh": "核", "en": "Core", "colour": "#B3261E", "symbol": "star", "draw": "area"},
        "belt": {"zh": "带", "en": "Belt", "colour": "#CC79A7", "symbol": "line", "draw": "area"},
        "base": {"zh": "基地", "en": "Base", "colour": "#0072B2", "symbol": "square", "draw": "area"},
        "project": {"zh": "项目", "en": "Project", "colour": "#455A64", "symbol": "dot", "draw": "point"},
        "valley": {"zh": "谷", "en": "Valley", "colour": "#117733", "symbol": "triangle", "draw": "area"},
        "administrative": {
            "zh": "行政区",
            "en": "District",
            "colour": "#5F6B76",
            "symbol": "outline",
            "draw": "outline",
        },
        "border": {"zh": "共界", "en": "Shared border", "colour": "#8C510A", "symbol": "line", "draw": "line"},
        "parcel": {"zh": "地块", "en": "Parcel", "colour": "#8C6D31", "symbol": "fill", "draw": "area"},
        "quota": {"zh": "用地指标", "en": "Land quota", "colour": "#54278F", "symbol": "fill", "draw": "theme"},
        "classed": {"zh": "分级设色", "en": "By class", "colour": "#6B5B4B", "symbol": "fill", "draw": "theme"},
        "land": {"zh": "陆地", "en": "Land", "colour": "#F7F5EF", "symbol": "fill", "draw": "base"},
        "land-around": {"zh": "周边陆地", "en": "Other land", "colour": "#E6E3DA", "symbol": "fill", "draw": "base"},
        "sea": {"zh": "海域", "en": "Sea", "colour": "#D6E6F0", "symbol": "fill", "draw": "base"},
    },
    "determinacy": {
        "surveyed": {"zh": "实测范围", "en": "Surveyed extent", "dash": None, "fill_opacity": 0.45},
        "published": {"zh": "公布范围", "en": "Published extent", "dash": None, "fill_opacity": 0.35},
        "indicative": {"zh": "示意范围", "en": "Indicative extent", "dash": "6 4", "fill_opacity": 0.22, "hatch": True},
    },
    "ramp": [
        {"up_to": 49, "colour": "#CBC9E2"},
        {"up_to": 99, "colour": "#756BB1"},
        {"up_to": 100, "colour": "#54278F"},
    ],
}


def words(zh: str, en: str | None = None) -> dict[str, str]:
    """The same text in both languages; in English as in Chinese when none is given."""
    return Words(zh, zh if en is None else en)


def square(west: float, south: float, side: float, high: float | None = None) -> dict[str, Any]:
    east, north = west + side, south + (high or side)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def feature(key: str, name: dict[str, str], geometry: dict[str, Any], style: str, **more: Any) -> MapFeature:
    rows = (Row(label=words("出处", "Source"), value=words("文件 二/(一)", "Document 2(1)")),)
    values = {"determinacy": "indicative", "label_rank": 10, "rows": rows, **more}
    return MapFeature(id=key, name=name, geometry=geometry, style=style, **values)


def group(
    key: str, title: dict[str, str], parent: dict[str, str] | None, *features: MapFeature, **more: Any
) -> LayerGroup:
    return LayerGroup(id=key, title=title, parent=parent, features=features, **more)


def sample_page(**changes: Any) -> MapPage:
    """Four districts on a square island, a core, two bases, a belt, a group that is off, two open items."""
    base, plan = words("底图", "Base"), words("规划要素", "Plan elements")
    land = feature(
        "land", words("陆地", "Land"), square(114.0, 22.5, 0.4), "land", label_rank=None, determinacy="published"
    )
    districts = [
        feature(
            f"district-{i}",
            words(f"第{i}区", f"District {i}"),
            square(114.0 + 0.2 * (i % 2), 22.5 + 0.2 * (i // 2), 0.2),
            "administrative",
            determinacy="published",
            label_rank=50,
        )
        for i in range(4)
    ]
    rows = (
        Row(label=words("面积", "Area"), value=words("3.02 平方公里", "3.02 km²")),
        Row(label=words("出处", "Source"), value=words("行动计划 三/(二)", "Action plan 3(2)")),
    )
    groups = (
        group("land", words("陆地", "Land"), base, land, interactive=False),
        group("districts", words("行政区", "Districts"), base, *districts),
        group(
            "belts",
            words("带", "Belts"),
            plan,
            feature("belt", words("滨海带", "Coastal belt"), square(114.05, 22.53, 0.3, 0.012), "belt"),
        ),
        group(
            "bases",
            words("基地", "Bases"),
            plan,
            feature(
                "base-1",
                words("生物产业基地", "Bio-industry base"),
                square(114.05, 22.6, 0.05),
                "base",
                rows=rows,
                label_rank=2,
            ),
            feature(
                "base-2",
                words("科学城", "Science city"),
                point(114.3, 22.62),
                "base",
                label_rank=3,
                determinacy="published",
            ),
        ),
        group(
            "core",
            words("核", "Core"),
            plan,
            feature("core", words("健康核心区（起步）", "Health core"), point(114.2, 22.7), "core", label_rank=1),
        ),
        group(
            "projects",
            words("项目", "Projects"),
            None,
            feature("project", words("检测平台", "Testing platform"), point(114.31, 22.82), "project"),
            shown=False,
        ),
    )
    values: dict[str, Any] = {
        "title": words("大健康产业集群行动计划", "Big Health Cluster Action Plan"),
        "subtitle": words("测试市 · 一核一带", "Test City · one core and one belt"),
        "stamps": (words("规划期已过", "The plan period is over"), words("示例数字", "Example figures")),
        "groups": groups,
        "open_items": (
            OpenItem(
                name=words("美丽谷", "Beauty Valley"),
                role=words("谷", "Valley"),
                reason=words("位置未公布", "No place published"),
                source=words("三/(三)"),
            ),
            OpenItem(
                name=words("多点", "Many nodes"),
                role=words("点", "Node"),
                reason=words("未列出", "Not listed"),
                source=words("二"),
            ),
        ),
        "sources": (words("行动计划全文", "Text of the action plan"), words("https://example.org/data is only text")),
        "bounds": (114.0, 22.5, 114.4, 22.9),
        **changes,
    }
    return MapPage(**values)


@dataclasses.dataclass
class Opened:
    """A page in the browser, and what it did."""

    page: Page
    requests: list[str]
    trouble: list[str]

    def do(self, script: str, argument: object = None) -> Any:
        return self.page.evaluate(script, argument)

    def card(self) -> str | None:
        """Heading of the card that can be seen, once nothing on the page moves or fades any more."""
        still(self.page)
        heading: str | None = self.do(SEEN_CARD)
        return heading


STILL = """() => {
  const moves = (map) => map._animatingZoom || (map._panAnim && map._panAnim._inProgress);
  const maps = [parkmap.map, parkmap.twin].filter(Boolean);
  return !maps.some(moves) && document.getAnimations().every((animation) => animation.playState !== "running");
}"""
SEEN_CARD = """() => {
  const heading = document.querySelector(".pm-card h2");
  if (!heading || Number(getComputedStyle(heading.closest(".leaflet-popup")).opacity) < 1) { return null; }
  const { left, top, width, height } = heading.getBoundingClientRect();
  const at = document.elementFromPoint(left + Math.min(20, width / 2), top + Math.min(10, height / 2));
  return heading.contains(at) ? heading.textContent : null;
}"""


def still(page: Page) -> None:
    """Wait for the end of all that slides, zooms or fades: a card that fades away still has its text."""
    page.wait_for_function(STILL)


def serious(page: Page) -> list[tuple[str, str]]:
    """Serious faults of accessibility, each with the element; what still fades would lack contrast."""
    still(page)
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found if rule["impact"] in {"serious", "critical"}]


def chromium() -> str | None:
    named = os.environ.get("PARKMAP_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("no Chromium: install one or name it in PARKMAP_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page of the model; at the end no message on the console and no request but the file itself is allowed."""
    opened: list[Opened] = []

    def opener(
        model: MapPage | None = None,
        *,
        lang: str = "zh",
        size: tuple[int, int] = (1600, 1000),
        style: dict[str, Any] = STYLE,
        touch: bool = False,
        motion: bool = False,
    ) -> Opened:
        file = tmp_path / f"page-{len(opened)}.html"
        file.write_text(render(model or sample_page(), style=style, lang=lang), encoding="utf-8")  # type: ignore[arg-type]
        viewport = {"width": size[0], "height": size[1]}
        reduced = "no-preference" if motion else "reduce"
        context = browser.new_context(viewport=viewport, reduced_motion=reduced, has_touch=touch)  # type: ignore[arg-type]
        one = Opened(context.new_page(), [], [])
        opened.append(one)
        one.page.on("console", lambda message: one.trouble.append(f"{message.type}: {message.text}"))
        one.page.on("pageerror", lambda error: one.trouble.append(str(error)))
        context.route("**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort())
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.goto(file.as_uri())
        one.page.wait_for_selector("body.pm-ready")
        one.do("document.fonts.ready")
        return one

    yield opener
    for one in opened:
        assert one.trouble == []
        assert len([url for url in one.requests if not url.startswith("data:")]) == 1
        one.page.context.close()


@pytest.fixture(scope="session")
def page_of(shipped: Callable[[str], Any]) -> Callable[[str], MapPage]:
    made: dict[str, MapPage] = {}

    def of(plan: str) -> MapPage:
        if plan not in made:
            made[plan] = plan_page(shipped(plan))
        return made[plan]

    return of


@pytest.fixture
def open_plan(browser: Browser, page_of: Callable[[str], MapPage], tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open the page of a plan; at the end the console must have stayed silent and nothing been requested."""
    style = read_style(shipped_root() / "config" / "style.yaml")
    opened: list[Opened] = []

    def opener(plan: str, *, width: int = 1600, height: int = 1000, motion: bool = False) -> Opened:
        file = tmp_path / f"{plan}.html"
        file.write_text(render(page_of(plan), style=style, lang="zh"), encoding="utf-8")
        reduced = "no-preference" if motion else "reduce"
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion=reduced)  # type: ignore[arg-type]
        one = Opened(context.new_page(), [], [])
        opened.append(one)
        one.page.on("console", lambda message: one.trouble.append(f"{message.type}: {message.text}"))
        one.page.on("pageerror", lambda error: one.trouble.append(str(error)))
        context.route("**/*", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort())
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.goto(file.as_uri())
        one.page.wait_for_selector("body.pm-ready")
        return one

    yield opener
    for one in opened:
        assert one.trouble == []
        assert len([url for url in one.requests if not url.startswith("data:")]) == 1
        one.page.context.close()
