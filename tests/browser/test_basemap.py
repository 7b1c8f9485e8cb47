"""Online basemaps: what is asked of whom, where tiles in GCJ-02 lie, and what happens without a network.

| case | answer from |
|---|---|
| GCJ-02 of three places | published pairs of eviltransform and coordtransform, WGS 84 -> GCJ-02 |
| the inverse | closes on itself below a millimetre |
| where a tile lies | the corner of the tile in Web Mercator, moved by the published pair of a place on it |
| what is requested | intercepted: only the hosts of the provider, and nothing at all without one |
| no network | own land and sea come back |
"""

from __future__ import annotations

import dataclasses
import math
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from parkmap.errors import InvalidInputError
from parkmap.output.html import offline
from parkmap.output.html.assets import RemoteResourceError
from parkmap.output.html.basemap import NAMES, online_basemap
from parkmap.output.html.page import render

from .conftest import STYLE, Opened, sample_page
from .test_compare import pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from parkmap.output.html.model import MapPage

PAIRS = [
    # WGS 84 and GCJ-02, latitude first
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
    ((39.915, 116.404), (39.91640428150164, 116.41024449916938)),
]
SAME = 2e-7  # degrees, 2 cm: publications differ in the ellipsoid they take


def grey_tile() -> bytes:
    """A PNG of one grey pixel, which the page stretches to a tile."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\xbb")) + chunk(b"IEND", b"")


@pytest.fixture
def open_online(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page with a basemap; every remote request gets a grey tile, or fails where there is no network."""
    contexts = []

    def opener(name: str, *, network: bool = True, model: MapPage | None = None) -> Opened:
        file = tmp_path / "page.html"
        page = dataclasses.replace(model or sample_page(), basemap=online_basemap(name, key="abc123"))  # type: ignore[arg-type]
        file.write_text(render(page, style=STYLE, lang="zh"), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
        contexts.append(context)
        one = Opened(context.new_page(), [], [])
        one.page.on("pageerror", lambda error: one.trouble.append(str(error)))
        one.page.on("request", lambda request: one.requests.append(request.url))

        def answer(route: Any) -> None:
            if route.request.url == file.as_uri():
                route.continue_()
            elif network:
                route.fulfill(body=grey_tile(), content_type="image/png")
            else:
                route.abort()

        context.route("**/*", answer)
        one.page.goto(file.as_uri())
        one.page.wait_for_selector("body.pm-ready")
        one.page.wait_for_load_state("networkidle")
        return one

    yield opener
    for context in contexts:
        context.close()


def remote(opened: Opened) -> list[str]:
    return [url for url in opened.requests if not url.startswith(("file:", "data:"))]


def host(url: str) -> str:
    found = re.match(r"https://[^/]+", url)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("name", ["tianditu", "osm", "amap"])
def test_only_the_provider_is_asked_and_named(open_online: Callable[..., Opened], name: str) -> None:
    opened = open_online(name)
    basemap = online_basemap(name, key="abc123")  # type: ignore[arg-type]
    assert basemap is not None
    assert remote(opened)
    assert {host(url) for url in remote(opened)} <= set(basemap.hosts)
    assert opened.trouble == []
    assert basemap.attribution["zh"] in opened.page.inner_text(".pm-attribution")
    assert opened.do("() => parkmap.groups.find((g) => g.data.id === 'land').layer._map || null") is None
    assert "海域" not in opened.page.inner_text("#pm-legend")
    assert all("tk=abc123" in url for url in remote(opened)) is (name == "tianditu")


def test_the_policy_lets_nothing_else_through(open_online: Callable[..., Opened]) -> None:
    """Whoever asks gets a grey tile here, so that an image fails to load only where the page's policy forbids it."""
    opened = open_online("osm")
    loads = """(url) => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = url;
    })"""
    assert opened.do(loads, "https://tile.openstreetmap.org/0/0/0.png") is True
    assert opened.do(loads, "https://other.example.org/a.png") is False


def test_without_a_basemap_nothing_is_asked(open_online: Callable[..., Opened]) -> None:
    opened = open_online("none")
    assert remote(opened) == []
    assert opened.page.inner_text(".pm-attribution") == "WGS 84 · 无底图瓦片"
    assert opened.page.locator("body.pm-online").count() == 0


@pytest.mark.parametrize(("place", "published"), PAIRS)
def test_gcj_is_as_published(
    open_online: Callable[..., Opened], place: tuple[float, float], published: tuple[float, float]
) -> None:
    opened = open_online("none")
    there = opened.do("(p) => { const q = parkmap.toGcj(L.latLng(p)); return [q.lat, q.lng]; }", list(place))
    assert there == pytest.approx(published, abs=SAME)
    back = opened.do("(p) => { const q = parkmap.fromGcj(L.latLng(p)); return [q.lat, q.lng]; }", there)
    assert back == pytest.approx(place, abs=1e-8)


def test_a_place_lies_on_its_own_pixel_of_a_shifted_tile(open_online: Callable[..., Opened]) -> None:
    """What the tile shows at GCJ-02 (22.5408, 113.9172) must lie where the map draws WGS 84 (22.5438, 113.9123)."""
    (lat, lng), (gcj_lat, gcj_lng) = PAIRS[1]
    zoom, size = 15, 256
    opened = open_online("amap")
    opened.do("([lat, lng, z]) => parkmap.map.setView([lat, lng], z, { animate: false })", [lat, lng, zoom])
    opened.page.wait_for_load_state("networkidle")
    # the world's width in tiles; the published pixel of the place, by the definition of Web Mercator
    world = 2**zoom
    x = (gcj_lng + 180) / 360 * world
    y = (1 - math.asinh(math.tan(math.radians(gcj_lat))) / math.pi) / 2 * world
    corner = opened.do(
        """([x, y]) => {
          const tile = [...document.querySelectorAll(".leaflet-tile-pane img")]
            .find((image) => image.src.includes(`x=${x}&`) && image.src.includes(`y=${y}&`));
          const stage = parkmap.map.getContainer().getBoundingClientRect();
          const at = tile.getBoundingClientRect();
          return [at.x - stage.x, at.y - stage.y];
        }""",
        [int(x), int(y)],
    )
    shown = opened.do(
        "([lat, lng]) => { const p = parkmap.map.latLngToContainerPoint([lat, lng]); return [p.x, p.y]; }", [lat, lng]
    )
    assert corner[0] + (x - int(x)) * size == pytest.approx(shown[0], abs=1.5)
    assert corner[1] + (y - int(y)) * size == pytest.approx(shown[1], abs=1.5)
    # unshifted, the same pixel would be more than a hundred pixels off: 4.78 m each at this zoom and latitude
    plain = (lng + 180) / 360 * world
    assert abs(x - plain) * size > 100


def test_wgs_tiles_are_not_shifted(open_online: Callable[..., Opened]) -> None:
    opened = open_online("osm")
    opened.do("() => parkmap.map.setView([22.6, 114.1], 12, { animate: false })")
    opened.page.wait_for_load_state("networkidle")
    off = opened.do(
        """() => [...document.querySelectorAll(".leaflet-tile-pane img")].map((image) => {
          const [, z, x, y] = image.src.match(/\\/(\\d+)\\/(\\d+)\\/(\\d+)\\.png/).map(Number);
          const stage = parkmap.map.getContainer().getBoundingClientRect();
          const corner = parkmap.map.latLngToContainerPoint(parkmap.map.unproject([x * 256, y * 256], z));
          const at = image.getBoundingClientRect();
          return Math.hypot(at.x - stage.x - corner.x, at.y - stage.y - corner.y);
        })"""
    )
    assert max(off) < 1.5


def test_tiles_cover_the_window(open_online: Callable[..., Opened]) -> None:
    opened = open_online("amap")
    for zoom in (10, 12.25, 16):
        opened.do("(z) => parkmap.map.setView([22.6, 114.1], z, { animate: false })", zoom)
        opened.page.wait_for_load_state("networkidle")
        bare = opened.do(
            """() => {
              const stage = parkmap.map.getContainer().getBoundingClientRect();
              const images = [...document.querySelectorAll(".leaflet-tile-pane img")];
              const tiles = images.map((image) => image.getBoundingClientRect());
              const bare = [];
              for (let x = stage.left + 1; x < stage.right; x += 7) {
                for (let y = stage.top + 1; y < stage.bottom; y += 7) {
                  if (!tiles.some((t) => x >= t.left && x <= t.right && y >= t.top && y <= t.bottom)) bare.push([x, y]);
                }
              }
              return bare;
            }"""
        )
        assert bare == []


def test_the_basemap_can_be_switched_off(open_online: Callable[..., Opened]) -> None:
    opened = open_online("osm")
    box = opened.page.get_by_label("在线底图：开放街图（OSM）")
    assert box.is_checked()
    box.uncheck()
    assert opened.page.locator(".leaflet-tile-pane img").count() == 0
    assert opened.do("() => parkmap.map.hasLayer(parkmap.groups.find((g) => g.data.id === 'land').layer)") is True
    assert opened.page.inner_text(".pm-attribution") == "WGS 84 · 无底图瓦片"


TILES = """(selector) => [...document.querySelectorAll(`${selector} img.leaflet-tile`)].filter((tile) => tile.complete
  && tile.naturalWidth > 0).length"""


def test_both_maps_of_a_comparison_stand_on_the_basemap(open_online: Callable[..., Opened]) -> None:
    opened = open_online("osm", model=pair())
    opened.page.click("[data-mode=double]")
    for selector in (".pm-map", ".pm-twin"):
        opened.page.wait_for_function(f"() => ({TILES})('{selector}') > 0")
        assert opened.page.locator(f"{selector} .leaflet-pm-sea-pane").is_visible() is False
    assert "OpenStreetMap" in opened.page.inner_text(".pm-attribution")  # whose tiles they are must stand there
    box = opened.page.locator("label.pm-tick", has_text="OSM").locator("input")
    box.uncheck()
    for selector in (".pm-map", ".pm-twin"):
        assert opened.page.locator(f"{selector} img.leaflet-tile").count() == 0
        assert opened.page.locator(f"{selector} .leaflet-pm-sea-pane path").is_visible()


def test_without_a_network_the_own_base_comes_back(open_online: Callable[..., Opened]) -> None:
    opened = open_online("amap", network=False)
    opened.page.wait_for_selector("body:not(.pm-online)")
    assert opened.do("() => parkmap.map.hasLayer(parkmap.groups.find((g) => g.data.id === 'land').layer)") is True
    assert opened.trouble == []


@pytest.mark.parametrize("key", [None, "", "a b", '"x"', "密钥"])
def test_tianditu_needs_a_plain_key(key: str | None) -> None:
    with pytest.raises(InvalidInputError) as caught:
        online_basemap("tianditu", key=key)
    assert "PARKMAP_TIANDITU_KEY" in caught.value.findings[0].text("zh")


def test_every_address_is_one_of_the_hosts() -> None:
    for name in NAMES:
        basemap = online_basemap(name, key="abc123")
        if basemap is not None:
            assert all(re.fullmatch(r"https://[a-z0-9.]+", one) for one in basemap.hosts)
            assert all(path.startswith("/") for path in basemap.paths)


@pytest.mark.parametrize(
    "shell", ['<script>fetch("https://example.org/x")</script>', "<script>new WebSocket('wss://a.b')</script>"]
)
def test_an_unknown_address_in_the_shell_is_an_error(shell: str) -> None:
    with pytest.raises(RemoteResourceError, match=r"example\.org|wss"):
        offline.refuse_addresses(shell)
