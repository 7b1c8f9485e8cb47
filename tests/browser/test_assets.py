"""The assets that the page embeds: as pinned, with licences, and pointing nowhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import branca.element
import folium
import pytest

from parkmap.output.html import assets, offline
from parkmap.output.html.assets import RemoteResourceError
from parkmap.output.html.elements import AtlasMap, OfflineFigure

from .conftest import sample_page

ROOT = Path(assets.__file__).parent / "assets"
SCRIPTS = (*assets.SCRIPTS, *assets.DENSE_SCRIPTS)
MANIFEST = json.loads((ROOT / "MANIFEST.json").read_text(encoding="utf-8"))


def test_vendored_files_are_as_pinned() -> None:
    listed = {path: entry for package in MANIFEST["packages"] for path, entry in package["files"].items()}
    assert {path: hashlib.sha256((ROOT / path).read_bytes()).hexdigest() for path in listed} == {
        path: entry["sha256"] for path, entry in listed.items()
    }
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / "vendor").rglob("*") if path.is_file()} == set(listed)


def test_every_package_has_a_licence_and_a_pin() -> None:
    for package in MANIFEST["packages"]:
        assert package["licence"]
        assert package["integrity"].startswith("sha512-")
        assert any(path.endswith("/LICENSE") for path in package["files"])


@pytest.mark.parametrize("name", [*SCRIPTS, *assets.STYLES, "panel.html"])
def test_no_asset_points_outside(name: str) -> None:
    text = assets.text(name)
    assert "sourceMappingURL" not in text
    assert not re.search(r"</(script|style)", text, flags=re.IGNORECASE)
    assert [url for url in re.findall(r"url\(([^)]*)", text) if not url.startswith(("data:", "#"))] == []
    assert [url for url in re.findall(r"https?://[^\s\"'`)<>]+", text) if not url.startswith(assets.INERT_URLS)] == []


@pytest.mark.parametrize("name", [*SCRIPTS, *assets.STYLES])
def test_every_asset_is_used_and_none_is_missing(name: str) -> None:
    assert (ROOT / name).is_file()
    ours = {path.relative_to(ROOT).as_posix() for kind in ("js", "css") for path in (ROOT / kind).rglob("*.*")}
    assert ours <= {*SCRIPTS, *assets.STYLES}


def test_scripts_are_strict_and_share_one_name() -> None:
    for name in SCRIPTS:
        if name.startswith("js/"):
            text = assets.text(name)
            assert '"use strict";' in text
            assert "innerHTML" not in text
            assert text.rstrip().endswith(("}(window.parkmap));", "}(window));"))


def test_an_unknown_link_is_refused() -> None:
    figure = OfflineFigure()
    atlas = AtlasMap(sample_page())
    figure.add_child(atlas)
    figure.header.add_child(folium.JavascriptLink("https://cdn.example.org/plugin.js"))
    with pytest.raises(RemoteResourceError, match=r"cdn\.example\.org"):
        figure.render()


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://example.org/a.png">',
        '<link rel="stylesheet" href="//example.org/a.css">',
        "<style>a { background: url(https://example.org/a.png) }</style>",
        '<style>@import "a.css";</style>',
        '<p style="background: url(a.png)"></p>',
        '<script src="a.js"></script>',
    ],
)
def test_whatever_would_be_requested_is_refused(html: str) -> None:
    with pytest.raises(RemoteResourceError):
        offline.refuse_remote(html)


def test_addresses_that_are_only_text_are_allowed() -> None:
    offline.refuse_remote('<p>https://example.org</p><script>"https://example.org"</script><a href="#top">x</a>')


def test_private_names_of_branca_are_still_there() -> None:
    """The pins branca>=0.8.2,<0.9 and folium>=0.20,<0.21 stand on these names."""
    figure = branca.element.Figure()
    assert isinstance(figure._children, dict)
    assert isinstance(figure.header._children, dict)
    assert hasattr(branca.element.Figure, "_template")
    assert hasattr(branca.element.MacroElement, "render")
    link = branca.element.JavascriptLink("asset:x.js")
    link.code = "let here = 1;"  # type: ignore[assignment]
    assert link.render(embedded=True) == "<script>let here = 1;</script>"
    sheet = branca.element.CssLink("asset:x.css")
    sheet.code = "a {}"  # type: ignore[assignment]
    assert sheet.render(embedded=True) == "<style>a {}</style>"
