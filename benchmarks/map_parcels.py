"""A map of 100,000 parcels: parkmap against folium's own GeoJson layer, size and time, and the page in a browser.

    python benchmarks/map_parcels.py [--count 100000] [--repeat 3] [--no-peer] [--tiles | --no-tiles]

Both start from the same frame in memory and end with a file. folium is used as its manual shows: a style function for
the colours, a popup with the properties. parkmap writes the page of a whole plan with the parcels on it; it is opened
in Chromium (PARKMAP_CHROMIUM, or the first one found) with the network blocked; tiles come from a web server on this
machine. folium's page is not opened: without a network it stays blank. `busy` is the processor time of the browser.
"""

from __future__ import annotations

import argparse
import datetime as dt
import functools
import http.server
import os
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
import geopandas as gpd
import numpy as np
import shapely
from parcel_layers import clean
from playwright.sync_api import sync_playwright

from parkmap.output.html.dense.model import TiledLayer
from parkmap.output.html.dense.tiles import tile
from parkmap.output.html.page import render
from parkmap.plan.catalog import open_catalog
from parkmap.plan.style import read_style
from parkmap.questions.page.plan import plan_page
from parkmap.questions.parcels import parcel_layer
from parkmap.results.plan import analyse

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

SEED = 7
PLAN = "shenzhen-big-health-2022"
DAY = dt.date(2025, 6, 1)
USES = ("工业用地", "居住用地", "商业用地", "公园绿地", "教育用地", "医疗用地")
COLOURS = ("#332288", "#88CCEE", "#44AA99", "#117733", "#999933", "#DDCC77")
WINDOW = {"width": 1600, "height": 1000}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
STEPS = 90

DRAWN = """() => document.body.classList.contains("pm-dense-ready") && !parkmap.denseBusy()
  && parkmap.dense.every((group) => !group.layer.isLoading())"""
FRAMES = """() => { window.times = []; window.on = true;
  const next = (now) => { times.push(now); if (on) { requestAnimationFrame(next); } }; requestAnimationFrame(next); }"""
CARD = """() => { window.clicked = null; window.shown = null;
  addEventListener("click", () => { clicked = performance.now(); }, { capture: true, once: true });
  const look = (_, own) => { if (document.querySelector(".pm-card")) { shown = performance.now(); own.disconnect(); } };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true }); }"""


def main() -> None:
    options = _options()
    frame = parcels(options.count)
    results = analyse(open_catalog(None), PLAN, as_of=DAY)
    style = read_style(open_catalog(None).style_file())
    print(f"{options.count:,} parcels, seed {SEED}, {os.cpu_count()} cores, medians of {options.repeat}")
    with tempfile.TemporaryDirectory() as folder:
        ways: dict[str, Callable[[], int]] = {
            "parkmap": functools.partial(own_page, frame, results, style, Path(folder), tiles=options.tiles)
        }
        if options.peer:
            ways = {"folium.GeoJson": functools.partial(folium_page, frame, Path(folder)), **ways}
        _print_builds(_timed(ways, options.repeat))
        _print_views(Path(folder), options)


def parcels(count: int) -> gpd.GeoDataFrame:
    """Return seeded parcels of about 30 m in Shenzhen with four properties, WGS 84."""
    shapes = clean(count, seed=SEED)
    rng = np.random.default_rng(SEED)
    columns = {
        "地块编号": [f"P-{number:07d}" for number in range(count)],
        "用途": np.array(USES)[rng.integers(0, len(USES), count)],
        "面积_m2": np.rint(shapely.area(shapes)).astype(int),
        "容积率": np.round(rng.uniform(0.5, 6, count), 1),
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4547").to_crs("EPSG:4326")


def folium_page(frame: gpd.GeoDataFrame, folder: Path) -> int:
    colour = dict(zip(USES, COLOURS, strict=True))
    west, south, east, north = frame.total_bounds
    page = folium.Map(location=[(south + north) / 2, (west + east) / 2], zoom_start=13)
    folium.GeoJson(
        frame,
        style_function=lambda feature: {"fillColor": colour[feature["properties"]["用途"]], "weight": 0.5},
        popup=folium.GeoJsonPopup(fields=["地块编号", "用途", "面积_m2", "容积率"]),
    ).add_to(page)
    page.save(folder / "folium.html")
    return (folder / "folium.html").stat().st_size


def own_page(frame: gpd.GeoDataFrame, results: Any, style: Any, folder: Path, *, tiles: bool) -> int:
    layer: Any = parcel_layer(frame, style=style, file="parcels", by="用途")
    if tiles:
        cut = tile(layer)
        (folder / "tiles").mkdir(exist_ok=True)
        for name, content in cut.files.items():
            (folder / "tiles" / name).write_bytes(content)
        layer = TiledLayer(layer=layer, header=cut.header, folder="tiles")
    page = render(plan_page(results, dense=(layer,)), style=style, lang="zh")
    (folder / "parkmap.html").write_text(page, encoding="utf-8")
    beside = sum(file.stat().st_size for file in (folder / "tiles").glob("*")) if tiles else 0
    return (folder / "parkmap.html").stat().st_size + beside


def _timed(ways: dict[str, Callable[[], int]], repeat: int) -> dict[str, tuple[float, float, int]]:
    """Return median seconds by the clock and of the processor, and bytes; the contenders take turns."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    sizes = {}
    for _ in range(repeat):
        for name, run in ways.items():
            clock, busy = time.perf_counter(), time.process_time()
            sizes[name] = run()
            taken[name].append((time.perf_counter() - clock, time.process_time() - busy))
    return {
        name: (statistics.median(c for c, _ in both), statistics.median(b for _, b in both), sizes[name])
        for name, both in taken.items()
    }


def _print_builds(builds: dict[str, tuple[float, float, int]]) -> None:
    print("\n| page | clock s | processor s | MB |\n|---|---|---|---|")
    for name, (clock, busy, size) in builds.items():
        print(f"| {name} | {clock:.2f} | {busy:.2f} | {size / 1e6:.2f} |")
    if len(builds) == 2:
        peer, own = builds.values()
        ratios = [a / b for a, b in zip(peer, own, strict=True)]
        print(f"| ratio | {ratios[0]:.1f} | {ratios[1]:.1f} | {ratios[2]:.1f} |")


def _print_views(folder: Path, options: argparse.Namespace) -> None:
    address = (folder / "parkmap.html").as_uri()
    server = None
    if options.tiles:
        handler = functools.partial(Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/parkmap.html"
    with sync_playwright() as playwright:
        runs = []
        for _ in range(options.repeat):
            browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
            runs.append(_view(browser, address))
            browser.close()
    if server is not None:
        server.shutdown()
    print("\n| in Chromium | median | worst |\n|---|---|---|")
    for name in runs[0]:
        values = [run[name] for run in runs]
        worst = min(values) if "frames" in name else max(values)
        print(f"| {name} | {statistics.median(values):.1f} | {worst:.1f} |")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def _view(browser: Browser, address: str) -> dict[str, float]:
    """Return what a reader waits for: first view, frames while panning, the card after a click."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    base = address.rsplit("/", 1)[0]
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort())
    page = context.new_page()
    before = _busy(browser)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.parkmap && document.body.classList.contains('pm-ready')")
    page.wait_for_function(DRAWN)
    shown = page.evaluate(
        "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now()))))"
    )
    found = {"in view, s": shown / 1000, "busy until in view, s": _busy(browser) - before}
    for more in (0, 1, 2):
        if more:
            page.evaluate("() => parkmap.map.setZoom(parkmap.map.getZoom() + 1, { animate: false })")
            page.wait_for_function(DRAWN)
        zoom = page.evaluate("() => parkmap.map.getZoom()")
        name = f"zoom {zoom:g}: " if not more else f"zoom +{more}: "
        found |= {name + what: value for what, value in _panned(page).items()}
    page.evaluate(CARD)
    page.mouse.click(*_middle(page))
    page.wait_for_function("() => window.shown !== null")
    found["click to card, ms"] = page.evaluate("() => shown - clicked")
    context.close()
    return found


def _panned(page: Page) -> dict[str, float]:
    """Drag the map to and fro, and return frames a second and the longest wait between two."""
    x, y = _middle(page)
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(STEPS):
        away = step if step < STEPS / 2 else STEPS - step
        page.mouse.move(x - away * 9, y - away * 4)
    page.mouse.up()
    times = page.evaluate("() => { on = false; return times; }")
    page.wait_for_function(DRAWN)
    waits = np.diff(times)
    return {"frames a second": 1000 * len(waits) / waits.sum(), "longest wait between two, ms": float(waits.max())}


def _middle(page: Page) -> tuple[float, float]:
    box = page.evaluate(
        "() => { const b = parkmap.map.getContainer().getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }"
    )
    return box[0] + box[2] / 2 + 3, box[1] + box[3] / 2 + 3


def _busy(browser: Browser) -> float:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sum(process["cpuTime"] for process in processes)


def _chromium() -> str:
    named = os.environ.get("PARKMAP_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise SystemExit("no Chromium: install one or name it in PARKMAP_CHROMIUM")
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--no-peer", dest="peer", action="store_false")
    parser.add_argument("--tiles", action=argparse.BooleanOptionalAction, default=False)
    return parser.parse_args()


if __name__ == "__main__":
    main()
