"""Make the pictures of the README from the real pages, in headless Chromium with the network blocked.

Run after `parkmap build --all`; writes maps/gallery/<plan>.<lang>.png.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from parkmap.cli.options import catalog

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "maps" / "gallery"
SIZE = {"width": 1440, "height": 900}
ENGLISH = ("shenzhen-big-health-2022",)
"""Plans that are also shown in English."""


def main() -> None:
    """Take one picture per plan in Chinese, and of some in English."""
    plans = list(catalog(ROOT).plan_files())
    missing = [name for name in plans if not _page(name).is_file()]
    if missing:
        sys.exit(f"run `parkmap build --all` first; no page of: {', '.join(missing)}")
    chromium = os.environ.get("PARKMAP_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium found; install it or set PARKMAP_CHROMIUM")
    GALLERY.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in plans:
            _picture(browser, name, "zh")
            if name in ENGLISH:
                _picture(browser, name, "en")
        browser.close()


def _page(name: str) -> Path:
    return ROOT / "maps" / name / "map.html"


def _picture(browser: Any, name: str, lang: str) -> None:  # noqa: ANN401  playwright's own type is private
    page = browser.new_page(viewport=SIZE)
    page.route("http*://**/*", lambda route: route.abort())
    page.goto(_page(name).as_uri())
    page.get_by_role("button", name="EN" if lang == "en" else "中文").click()
    page.wait_for_timeout(500)
    page.screenshot(path=GALLERY / f"{name}.{lang}.png")
    page.close()


if __name__ == "__main__":
    main()
