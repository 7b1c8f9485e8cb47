"""The assets of the page: package data, read, made safe to stand inline, and never fetched."""

from __future__ import annotations

import importlib.resources
import re
from typing import Final

from parkmap.errors import ParkmapError

SCHEME: Final = "asset:"
"""Prefix of the links that the page's elements declare; what follows is a path below ``assets/``."""

LEAFLET: Final = "vendor/leaflet-1.9.4"

SCRIPTS: Final = (
    f"{LEAFLET}/leaflet.js",
    "js/core.js",
    "js/geodesy.js",
    "js/symbols.js",
    "js/card.js",
    "js/layers.js",
    "js/label_text.js",
    "js/labels.js",
    "js/panel.js",
    "js/quota.js",
    "js/quota_map.js",
    "js/legend.js",
    "js/search.js",
    "js/controls.js",
    "js/measure.js",
    "js/minimap.js",
    "js/basemap.js",
    "js/print.js",
    "js/compare.js",
    "js/differences.js",
    "js/twin.js",
    "js/start.js",
)
DENSE_SCRIPTS: Final = (
    "js/dense_decode.js",
    "js/dense_index.js",
    "js/dense_draw.js",
    "js/dense_source.js",
    "js/dense.js",
    "js/dense_keys.js",
)
"""What only pages with layers of very many polygons need."""
STYLES: Final = (
    f"{LEAFLET}/leaflet.css",
    "css/page.css",
    "css/panel.css",
    "css/sections.css",
    "css/map.css",
    "css/card.css",
    "css/tools.css",
    "css/quota.css",
    "css/compare.css",
    "css/narrow.css",
    "css/print.css",
)

INERT_URLS: Final = (
    "http://www.w3.org/",
    "https://leafletjs.com",
    "https://bugs.chromium.org/",
    "https://bugzilla.mozilla.org/",
)
"""Addresses that stand in the assets as names, link texts or comments and are never requested."""


class RemoteResourceError(ParkmapError, RuntimeError):
    """The page would ask the network for something."""


def text(name: str) -> str:
    """Return an asset, fit to stand inside ``<script>`` or ``<style>``.

    Parameters
    ----------
    name
        Path below ``assets/``.

    Raises
    ------
    RemoteResourceError
        When the asset holds an address that is not known to be inert.
    FileNotFoundError
        When there is no such asset.
    """
    body = _read(name)
    for url in re.findall(r"https?://[^\s\"'`)<>]+", body):
        if not url.startswith(INERT_URLS):
            raise RemoteResourceError(f"asset {name} holds the address {url}")
    if name.endswith(".css"):
        return _style(name, body)
    if name.endswith(".js"):
        return inline_script(body)
    return body


def library(name: str) -> str:
    """Return a script or style sheet of a library that our own page does not use, fit to stand inline.

    Parameters
    ----------
    name
        Path below ``assets/``; its digest stands in the manifest, its links in comments are never requested.
    """
    body = _read(name)
    return _style(name, body) if name.endswith(".css") else inline_script(body)


def _read(name: str) -> str:
    return importlib.resources.files(__package__).joinpath("assets", *name.split("/")).read_text(encoding="utf-8")


def of_link(url: str) -> str:
    """Return the asset behind a link that an element of the page declares.

    Parameters
    ----------
    url
        Address as declared in ``default_js`` or ``default_css``.

    Raises
    ------
    RemoteResourceError
        When it is not one of the page's own assets.
    """
    if not url.startswith(SCHEME):
        raise RemoteResourceError(f"the page links to {url}, which is not among its assets")
    return text(url.removeprefix(SCHEME))


def inline_script(body: str) -> str:
    """Return a script that may stand inside ``<script>``.

    Parameters
    ----------
    body
        The script.
    """
    # Inside <script> only these two sequences mean something to the HTML parser.
    return re.sub(r"</(?=script)", r"<\\/", body, flags=re.IGNORECASE).replace("<!--", "<\\!--")


def _style(name: str, body: str) -> str:
    if "@import" in body or re.search(r"url\((?!['\"]?(?:data:|#))", body):
        raise RemoteResourceError(f"style sheet {name} points outside itself")
    return inline_style(body)


def inline_style(body: str) -> str:
    """Return a style sheet that may stand inside ``<style>``.

    Parameters
    ----------
    body
        The style sheet.
    """
    return re.sub(r"</(?=style)", r"<\\/", body, flags=re.IGNORECASE)
