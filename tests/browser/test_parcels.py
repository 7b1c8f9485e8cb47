"""Layers of very many polygons on the page: what stands in the file is what is drawn, clicked, found and printed.

reading  | every ring, class and text in the browser is what was encoded, holes and parts included
view     | the page opens on the parcels; each pixel has the colour of its parcel, a hole has none; small ones are dots
click    | card and outline of a parcel, of a second part; in a hole, the district; switched off, the district
search   | by part of a name, exact names first; comes into view
hostile  | names, fields, values, classes
language, printing, an old browser, the same bytes
tiles    | over a web server: drawn at every level, clicked, found; opened as a file or without tiles: a sentence
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from parkmap.output.html.dense.model import Column, DenseLayer, TiledLayer
from parkmap.output.html.dense.tiles import tile
from parkmap.output.html.page import render
from parkmap.output.html.shades import Shade

from .conftest import STYLE, Opened, sample_page, still, words
from .test_page import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from parkmap.output.html.model import MapPage

Open = Callable[..., Opened]

SIDE = 0.002
COLOURS = ("#332288", "#44aa99", "#ddcc77")
CLASSES = tuple(Shade(name=words(*names), colour=colour) for names, colour in zip(
    (("工业", "Industry"), ("居住", "Housing"), ("公园", "Park")), COLOURS, strict=True
))  # fmt: skip

DRAWN = """() => document.body.classList.contains("pm-dense-ready") && !parkmap.denseBusy()
  && parkmap.dense.every((group) => !parkmap.map.hasLayer(group.layer) || !group.layer.isLoading())"""
COLOUR = """([lat, lng, reach]) => {
  const box = parkmap.map.getContainer().getBoundingClientRect();
  const at = parkmap.map.latLngToContainerPoint([lat, lng]).add([box.x, box.y]);
  const tile = [...document.querySelectorAll("canvas.pm-dense-tile")].find((canvas) => {
    const { left, right, top, bottom } = canvas.getBoundingClientRect();
    return left <= at.x && at.x < right && top <= at.y && at.y < bottom;
  });
  if (!tile) { return null; }
  const { left, top, width } = tile.getBoundingClientRect();
  const scale = tile.width / width;
  const side = 2 * reach + 1;
  const copy = Object.assign(document.createElement("canvas"), { width: side, height: side }).getContext("2d");
  copy.drawImage(tile, reach - Math.floor((at.x - left) * scale), reach - Math.floor((at.y - top) * scale));
  const cells = copy.getImageData(0, 0, side, side).data;
  const all = Array.from({ length: side * side }, (_, i) => cells.slice(i * 4, i * 4 + 4));
  const first = all.find((cell) => cell[3] > 0);
  return first ? "#" + [...first.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("") : null;
}"""


def shapes() -> list[shapely.Geometry]:
    """A grid of ten by ten squares, then one with a hole, then one of two parts."""
    grid = [shapely.box(114.10 + SIDE * (i % 10), 22.60 + SIDE * (i // 10), 114.10 + SIDE * (i % 10 + 1),
                        22.60 + SIDE * (i // 10 + 1)) for i in range(100)]  # fmt: skip
    ring = shapely.box(114.13, 22.60, 114.14, 22.61).difference(shapely.box(114.133, 22.603, 114.137, 22.607))
    two = shapely.union_all(
        [shapely.box(114.13, 22.615, 114.133, 22.618), shapely.box(114.137, 22.615, 114.14, 22.618)]
    )
    return [*grid, ring, two]


def parcels(own: list[shapely.Geometry] | None = None, **changes: Any) -> DenseLayer:
    own = shapes() if own is None else own
    values: dict[str, Any] = {
        "id": "parcels",
        "title": words("地块", "Parcels"),
        "parent": None,
        "shapes": np.array(own, dtype=object),
        "names": [f"P-{i:04d}" for i in range(len(own))],
        "classes": CLASSES,
        "class_of": np.arange(len(own), dtype=np.uint8) % 3,
        "origin": words("自有数据", "Own data"),
        "by": words("用途"),
        "columns": (
            Column(label=words("面积_m2"), values=np.arange(len(own)) * 10.5, decimals=1),
            Column(label=words("备注"), values=["临时" if i % 2 else "" for i in range(len(own))]),
        ),
        **changes,
    }
    return DenseLayer(**values)


def with_parcels(**changes: Any) -> MapPage:
    return sample_page(dense=(parcels(**changes),))


def drawn(page: Page) -> Page:
    page.wait_for_function(DRAWN)
    return page


def colour(page: Page, lat: float, lng: float, *, reach: int = 0) -> str | None:
    """The colour that the parcels have at a place, or in the cells around it where it has none."""
    return page.evaluate(COLOUR, [lat, lng, reach])


def near(found: str | None, wanted: str) -> bool:
    """The browser stores colours multiplied by their opacity: a step or two may be lost."""
    if found is None:
        return False
    return all(abs(int(found[k : k + 2], 16) - int(wanted[k : k + 2], 16)) <= 2 for k in (1, 3, 5))


def point(page: Page, lat: float, lng: float) -> tuple[float, float]:
    """Move the mouse to a place."""
    at = page.evaluate(
        """([lat, lng]) => { const box = parkmap.map.getContainer().getBoundingClientRect();
          const at = parkmap.map.latLngToContainerPoint([lat, lng]); return [at.x + box.x, at.y + box.y]; }""",
        [lat, lng],
    )
    page.mouse.move(*at)
    return at[0], at[1]


def click(page: Page, lat: float, lng: float) -> None:
    page.mouse.click(*point(page, lat, lng))


def card(page: Page) -> tuple[str, list[str], list[list[str]]]:
    page.wait_for_selector("body.pm-card-open .pm-card")
    still(page)
    rows = (
        [row.split("\t") for row in page.inner_text(".pm-card table").split("\n")]
        if page.query_selector(".pm-card table")
        else []
    )
    return page.inner_text(".pm-card h2"), page.locator(".pm-card-kind span").all_inner_texts(), rows


def test_the_browser_reads_what_was_written(open_page: Open) -> None:
    rng = np.random.default_rng(5)
    own = [
        *shapes(),
        *(
            shapely.Point(*at).buffer(rng.uniform(1e-4, 0.02), 5)
            for at in rng.uniform((114.0, 22.5), (114.4, 22.9), (40, 2))
        ),
        shapely.box(-179.9, -80, -179.8, -79.9),
        shapely.box(179.8, 80, 179.9, 80.1),
    ]
    layer = parcels(own)
    page = drawn(open_page(sample_page(dense=(layer,))).page)
    found = page.evaluate(
        """() => { const { data } = parkmap.dense[0].source.index;
          return Array.from({ length: data.count }, (_, row) => ({
            name: data.name(row), kind: data.classes[row], texts: data.columns.map(({ text }) => text(row)),
            rings: Array.from({ length: data.rings[row + 1] - data.rings[row] }, (_, i) => {
              const ring = data.rings[row] + i;
              return Array.from({ length: data.points[ring + 1] - data.points[ring] }, (_, k) => {
                const { lat, lng } = parkmap.gridToLatLng(data.x[data.points[ring] + k], data.y[data.points[ring] + k]);
                return [lng, lat]; }); }) })); }"""
    )
    assert len(found) == len(own)
    for one in found:
        row = int(one["name"][2:])
        assert one["kind"] == row % 3
        assert one["texts"] == [f"{row * 10.5:.1f}", "临时" if row % 2 else ""]
        rings = [ring for part in shapely.get_parts(own[row]) for ring in (part.exterior, *part.interiors)]
        assert len(one["rings"]) == len(rings)
        read = shapely.polygons([shapely.linearrings(ring) for ring in one["rings"]])
        assert (shapely.hausdorff_distance(read, shapely.polygons(rings)) < 5e-6).all()  # half a metre


def test_the_page_opens_on_the_parcels(open_page: Open) -> None:
    opened = open_page(with_parcels())
    page = drawn(opened.page)
    assert opened.do(
        """() => { const seen = parkmap.map.getBounds(); return seen.contains([[22.60, 114.10], [22.62, 114.14]])
          && seen.getEast() - seen.getWest() < 0.12; }"""
    )
    page.click("[data-tool=home]")
    assert opened.do("() => parkmap.map.getBounds().contains(parkmap.wholeBounds())")


def test_each_place_has_the_colour_of_its_parcel(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    for row in range(0, 100, 7):
        middle = (22.60 + SIDE * (row // 10 + 0.5), 114.10 + SIDE * (row % 10 + 0.5))
        assert near(colour(page, *middle), COLOURS[row % 3]), row
    assert near(colour(page, 22.6015, 114.1315), COLOURS[100 % 3])
    assert near(colour(page, 22.6165, 114.1385), COLOURS[101 % 3])
    assert colour(page, 22.605, 114.135) is None  # the hole
    assert colour(page, 22.6165, 114.135) is None  # between the parts


def test_after_each_zoom_only_its_own_tiles_are_left(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    for zoom in (12, 14.25, 14.5, 16.75, 13):
        page.evaluate("(zoom) => parkmap.map.setView([22.611, 114.111], zoom, { animate: false })", zoom)
        drawn(page)
        assert near(colour(page, 22.611, 114.111), COLOURS[55 % 3]), zoom
        page.wait_for_function(
            """() => [...document.querySelectorAll(".pm-dense-tile")].every((tile) => {
              const { width } = tile.getBoundingClientRect();
              return Math.abs(width - 256) < 0.01 && getComputedStyle(tile).opacity === "1"; })"""
        )
    page.mouse.move(1000, 500)
    page.mouse.wheel(0, -300)
    page.wait_for_function("() => parkmap.map.getZoom() > 13")
    page.wait_for_function(DRAWN)
    page.wait_for_function(
        "() => new Set(Object.values(parkmap.dense[0].layer._tiles).map((t) => t.coords.z)).size === 1"
    )


def test_features_of_a_dot_are_not_lost(open_page: Open) -> None:
    specks = [shapely.box(x, y, x + 1e-5, y + 1e-5) for x in (114.1, 114.2, 114.3) for y in (22.6, 22.7)]
    page = drawn(open_page(sample_page(dense=(parcels(specks),))).page)
    for row, speck in enumerate(specks):
        middle = speck.centroid
        assert near(colour(page, middle.y, middle.x, reach=1), COLOURS[row % 3])


def test_a_click_opens_the_card_of_the_parcel(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    click(page, 22.6070, 114.1050)  # fourth row, third column
    assert card(page) == ("P-0032", ["公园", "自有数据"], [["面积_m2", "336.0"]])
    assert page.evaluate(
        """() => { let found = null; parkmap.map.eachLayer((layer) => { if (layer instanceof L.Polygon
          && layer.options.color === "#9b1c31") { found = layer.getBounds().toBBoxString(); } });
          return found.split(",").map((edge) => Number(edge).toFixed(4)); }"""
    ) == ["114.1040", "22.6060", "114.1060", "22.6080"]
    click(page, 22.6165, 114.1385)
    page.wait_for_function("() => document.querySelector('.pm-card h2').textContent === 'P-0101'")
    assert card(page)[2] == [["面积_m2", "1060.5"], ["备注", "临时"]]


def test_over_parcels_no_district_is_named(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    tips = "() => [...document.querySelectorAll('.pm-tip')].map((tip) => tip.textContent).join()"
    over = (22.6070, 114.1050)
    point(page, *over)
    page.wait_for_timeout(100)
    assert page.evaluate(tips) == ""
    page.locator("[data-group=parcels] input").uncheck()
    point(page, *over)
    page.wait_for_function("() => document.querySelector('.pm-tip')")
    assert "第0区" in page.evaluate(tips)


def test_a_click_beside_the_parcels_is_for_the_district(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    click(page, 22.605, 114.135)
    assert card(page)[0] == "第0区"


def test_a_layer_of_parcels_can_be_switched_off_and_on(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    box = page.locator("[data-group=parcels] input")
    assert page.inner_text("[data-group=parcels] .pm-number") == "102"
    assert "地块 · 用途" in page.inner_text("#pm-legend")
    assert "居住" in page.inner_text("#pm-legend")
    box.uncheck()
    assert "居住" not in page.inner_text("#pm-legend")
    assert page.locator("canvas.pm-dense-tile").count() == 0
    click(page, 22.6070, 114.1050)
    assert card(page)[0] == "第0区"
    page.keyboard.press("Escape")
    box.check()
    drawn(page)
    assert near(colour(page, 22.6070, 114.1050), COLOURS[2])
    assert "居住" in page.inner_text("#pm-legend")


def test_search_finds_parcels_and_shows_them(open_page: Open) -> None:
    names = [f"P-{i}" for i in range(102)]
    page = drawn(open_page(with_parcels(names=names)).page)
    page.click("[data-tool=home]")
    page.fill("#pm-search", "p-9")
    page.wait_for_selector("#pm-found .pm-found-name")
    found = page.locator("#pm-found .pm-found-name").all_inner_texts()
    assert found[0] == "P-9"
    assert sorted(found[1:]) == [f"P-{i}" for i in range(90, 100)]
    page.keyboard.press("Enter")
    assert card(page)[0] == "P-9"
    assert page.evaluate("() => parkmap.map.getBounds().contains([22.601, 114.119]) && parkmap.map.getZoom() >= 15")


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_parcels_are_inert(open_page: Open, kind: str) -> None:
    text = HOSTILE[kind]
    page = drawn(
        open_page(
            with_parcels(
                title=words(text),
                names=[text] * 102,
                classes=tuple(Shade(name=words(text), colour=colour) for colour in COLOURS),
                columns=(Column(label=words(text), values=[f"{text}{i}" for i in range(102)]),),
            )
        ).page
    )
    click(page, 22.6070, 114.1050)
    page.wait_for_selector(".pm-card")
    shown = "(selector) => document.querySelector(selector).textContent"
    flat = text.replace("\n", " ")  # a name is one line
    assert page.evaluate(shown, ".pm-card h2") == flat
    assert page.evaluate(shown, ".pm-card td") == f"{flat}32"
    assert page.evaluate(shown, ".pm-card th") == text
    assert page.evaluate(shown, "[data-group=parcels] span") == text
    page.fill("#pm-search", flat[:20].strip() or "x")
    page.wait_for_timeout(250)
    page.locator("[data-lang=en]").click()
    assert page.evaluate("() => window.hacked") is None
    assert page.locator("main img, aside img, aside script").count() == 0


def test_parcels_speak_both_languages(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    page.locator("[data-lang=en]").click()
    assert "Housing" in page.inner_text("#pm-legend")
    assert page.inner_text("[data-group=parcels] span >> nth=0") == "Parcels"
    click(page, 22.6070, 114.1050)
    assert card(page)[1] == ["Park", "Own data"]


def test_parcels_are_on_the_printed_sheet(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    page.emulate_media(media="print")
    # What must be drawn is drawn before the event returns: the browser takes its picture then.
    page.evaluate("() => { dispatchEvent(new Event('beforeprint')); window.late = parkmap.denseBusy(); }")
    assert page.evaluate("() => window.late") is False
    assert near(colour(page, 22.6070, 114.1050), COLOURS[2])
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")


def test_the_same_parcels_give_the_same_bytes() -> None:
    assert render(with_parcels(), style=STYLE, lang="zh") == render(with_parcels(), style=STYLE, lang="zh")


def test_pages_without_parcels_carry_none_of_their_scripts() -> None:
    assert "denseSource" not in render(sample_page(), style=STYLE, lang="zh")
    assert "connect-src" not in render(with_parcels(), style=STYLE, lang="zh")


def test_an_old_browser_is_told_so(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(render(with_parcels(), style=STYLE, lang="zh"), encoding="utf-8")
    page = browser.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.add_init_script("delete window.DecompressionStream;")
    page.goto(file.as_uri())
    page.wait_for_selector("body.pm-ready")
    assert "浏览器版本过低" in page.inner_text("#pm-dense-note")
    assert page.locator("[data-group=districts] input").is_checked()
    assert page.locator("[data-group=parcels]").count() == 0
    assert trouble == []
    page.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def tiled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with its tiles beside it."""
    folder = tmp_path_factory.mktemp("tiled")
    layer = parcels()
    tiles = tile(layer, aim=10)
    page = sample_page(dense=(TiledLayer(layer=layer, header=tiles.header, folder="own_tiles"),))
    (folder / "page.html").write_text(render(page, style=STYLE, lang="zh"), encoding="utf-8")
    (folder / "own_tiles").mkdir()
    for name, content in tiles.files.items():
        (folder / "own_tiles" / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def served(tiled_folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(tiled_folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tiled_page(browser: Browser, served: str) -> Iterator[Page]:
    """The page with tiles, from the server that has them and no other."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(served) else route.abort())
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{served}/page.html")
    yield drawn(page)
    assert trouble == []
    context.close()


def test_tiles_are_drawn_at_every_level(tiled_page: Page) -> None:
    leaf = tiled_page.evaluate("() => parkmap.data.dense[0].tiles.leaf")
    assert leaf < 17
    for zoom in (leaf - 2, leaf, 17):
        tiled_page.evaluate("(zoom) => parkmap.map.setView([22.611, 114.111], zoom, { animate: false })", zoom)
        tiled_page.wait_for_function(DRAWN)
        assert near(colour(tiled_page, 22.611, 114.111), COLOURS[55 % 3]), zoom
    assert colour(tiled_page, 22.6045, 114.125) is None


def test_tiles_are_clicked(tiled_page: Page) -> None:
    click(tiled_page, 22.6070, 114.1050)
    assert card(tiled_page) == ("P-0032", ["公园", "自有数据"], [["面积_m2", "336.0"]])


def test_what_is_in_tiles_is_found_by_name(tiled_page: Page) -> None:
    tiled_page.fill("#pm-search", "p-0101")
    tiled_page.wait_for_selector("#pm-found [role=option] .pm-found-name")
    tiled_page.keyboard.press("Enter")
    assert card(tiled_page)[0] == "P-0101"
    assert tiled_page.evaluate("() => parkmap.map.getBounds().contains([22.6165, 114.1385])")


@pytest.mark.parametrize("way", ["as a file", "without tiles"])
def test_without_tiles_a_sentence_says_so(browser: Browser, tiled_folder: Path, served: str, way: str) -> None:
    page = browser.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.route("**/own_tiles/**", lambda route: route.fulfill(status=404))
    page.goto((tiled_folder / "page.html").as_uri() if way == "as a file" else f"{served}/page.html")
    page.wait_for_selector("#pm-dense-note")
    assert "网页服务器" in page.inner_text("#pm-dense-note")
    assert page.locator("[data-group=districts] input").is_checked()
    assert trouble == []
    page.close()


HALF = SIDE / 2


def test_parcels_are_reached_by_keyboard_alone(open_page: Open) -> None:
    opened = open_page(with_parcels(), motion=True)
    page = drawn(opened.page)
    page.evaluate(
        "([lat, lng]) => parkmap.map.setView([lat, lng], 15, { animate: false })", [22.60 + HALF, 114.10 + HALF]
    )
    page.keyboard.press("Tab")  # the way to the map
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.classList.contains('pm-map')")
    page.keyboard.press("Enter")
    page.wait_for_selector("body.pm-card-open")
    assert opened.card() == "P-0000"
    for way, name in (
        ("east", "P-0001"),
        ("east", "P-0002"),
        ("north", "P-0012"),
        ("west", "P-0011"),
        ("south", "P-0001"),
    ):
        page.focus(f"[data-way={way}]")
        page.keyboard.press("Enter")
        page.wait_for_function("(name) => document.querySelector('.pm-card h2').textContent === name", arg=name)
        assert opened.card() == name
        assert page.evaluate("() => document.activeElement.dataset.way") == way
    page.keyboard.press("Escape")
    page.wait_for_selector(".pm-card", state="detached")
    assert page.evaluate("() => document.activeElement.classList.contains('pm-map')")


def test_the_way_leads_over_gaps_and_ends_at_the_last(open_page: Open) -> None:
    opened = open_page(with_parcels(), motion=True)
    page = drawn(opened.page)
    click(page, 22.605, 114.119)
    page.wait_for_selector("body.pm-card-open")
    assert opened.card() == "P-0029"
    page.click("[data-way=east]")
    page.wait_for_function(
        "() => document.querySelector('.pm-card h2').textContent === 'P-0100'"
    )  # over 1 km of nothing
    page.click("[data-way=east]")
    page.wait_for_selector("[data-way=east][aria-disabled=true]")
    assert opened.card() == "P-0100"


def test_where_no_parcel_is_the_map_says_so(open_page: Open) -> None:
    page = drawn(open_page(with_parcels()).page)
    page.focus(".pm-map")
    page.evaluate("() => parkmap.map.setView([22.59, 114.11], 15, { animate: false })")
    assert "十字处的地块" in page.get_attribute(".pm-map", "data-keys")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pm-map[data-keys='十字处没有地块']")
    page.click("[data-lang=en]")
    assert page.get_attribute(".pm-map", "aria-description").startswith("Arrow keys")


def test_the_page_opens_with_no_parcel_under_the_overview(open_page: Open) -> None:
    tall = [shapely.box(114.10 + SIDE * (i % 20), 22.60 + SIDE * (i // 20), 114.10 + SIDE * (i % 20 + 1),
                        22.60 + SIDE * (i // 20 + 1)) for i in range(400)]  # fmt: skip
    for size in ((1600, 1000), (1000, 640)):
        opened = open_page(sample_page(dense=(parcels(tall),)), size=size)
        page = drawn(opened.page)
        box = page.locator(".pm-minimap").bounding_box()
        assert box is not None
        corner = page.evaluate(
            """() => { const box = parkmap.map.getContainer().getBoundingClientRect();
              const at = parkmap.map.latLngToContainerPoint([22.64, 114.10]); return [at.x + box.x, at.y + box.y]; }"""
        )
        assert corner[0] >= box["x"] + box["width"] or corner[1] >= box["y"] + box["height"], size
