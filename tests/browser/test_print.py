"""The page on paper: one sheet, with what belongs on a map and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Opened

Open = Callable[..., Opened]


@pytest.mark.parametrize("size", [(1600, 1000), (360, 740)])
def test_printing_gives_one_sheet_and_puts_the_page_back(open_page: Open, size: tuple[int, int]) -> None:
    opened = open_page(size=size)
    view = (
        "() => [parkmap.map.getCenter().lat.toFixed(4), parkmap.map.getCenter().lng.toFixed(4), parkmap.map.getZoom()]"
    )
    before = opened.do(view)
    sheet = opened.page.pdf(prefer_css_page_size=True, print_background=True)
    assert sheet.count(b"/Type /Page\n") + sheet.count(b"/Type /Page /") == 1
    assert opened.do("() => document.body.classList.contains('pm-printing')") is False
    assert opened.do(view) == before


def test_the_sheet_has_title_legend_and_stamps_but_no_controls(open_page: Open) -> None:
    page = open_page().page
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    for selector in (
        "h1",
        "#pm-legend",
        "#pm-notes",
        "#pm-sources",
        ".pm-review-line",
        ".leaflet-control-scale",
        ".pm-north",
    ):
        assert page.locator(selector).is_visible(), selector
    for selector in (".pm-tools", "#pm-search", "#pm-menu", ".pm-lang", "#pm-layers", ".pm-print"):
        assert not page.locator(selector).is_visible(), selector
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".pm-tools").is_visible()
