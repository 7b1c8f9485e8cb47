"""What makes a page one closed file: stable names, a content policy, and a check that nothing is requested."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from parkmap.output.html.assets import INERT_URLS, RemoteResourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

REQUESTING: Final = frozenset(
    {"src", "href", "srcset", "data", "poster", "action", "formaction", "background", "xlink:href", "ping", "manifest"}
)
"""Attributes whose value a browser may ask the network for."""


def stable_ids(html: str) -> str:
    """Replace each random id of folium by a counter, in order of first appearance.

    Parameters
    ----------
    html
        The page without users' data: an MD5 in a source note is no id.
    """
    seen: dict[str, str] = {}
    return re.sub(r"(?<=_)[0-9a-f]{32}\b", lambda match: seen.setdefault(match[0], str(len(seen) + 1)), html)


def content_policy(html: str, *, hosts: Sequence[str] = (), tiles: bool = False) -> str:
    """Return a content security policy: no request but for tiles, and no script but those that stand in the page.

    Parameters
    ----------
    html
        The page; the hashes of its scripts are listed in the policy.
    hosts
        Addresses of which the page may ask for images: those of its online basemap.
    tiles
        Whether the page may fetch tiles that lie beside it, from its own server and no other.
    """
    digests = [
        "'sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() + "'"
        for body in re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    ]
    return (
        f"default-src 'none'; script-src {' '.join(digests)}; style-src 'unsafe-inline'; "
        f"{' '.join(['img-src', 'data:', *hosts])}; font-src data:; base-uri 'none'; form-action 'none'"
        + ("; connect-src 'self'" if tiles else "")
    )


def refuse_addresses(shell: str) -> None:
    """Make sure that the page's own scripts and styles hold no address but those known to be inert.

    Parameters
    ----------
    shell
        The page without users' data, in which an address is a text.

    Raises
    ------
    RemoteResourceError
        When there is one.
    """
    found = re.findall(r"(?:https?|wss?)://[^\s\"'`)<>]+", shell)
    unknown = sorted({url for url in found if not url.startswith(INERT_URLS)})
    if unknown:
        raise RemoteResourceError("the page holds the address " + ", ".join(unknown))


def refuse_remote(html: str) -> None:
    """Make sure that a page asks for nothing when it is opened.

    Parameters
    ----------
    html
        The whole page.

    Raises
    ------
    RemoteResourceError
        When an attribute or a style sheet points outside the page.
    """
    found = requested(html, links=True)
    if found:
        raise RemoteResourceError("the page would request " + ", ".join(found))


def requested(html: str, *, links: bool = False) -> list[str]:
    """Return what attributes and style sheets of a page point at outside it.

    Parameters
    ----------
    html
        The whole page.
    links
        Whether links that wait for a click count.
    """
    reader = _Reader(links=links)
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Collects what a browser would request."""

    def __init__(self, *, links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._links = links
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            if tag in {"a", "area"} and name == "href" and not self._links:
                continue
            if name in REQUESTING and value and not value.startswith(("data:", "#")):
                self.found.append(value)
            if name == "style" and value:
                self._style(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._style(data)

    def _style(self, css: str) -> None:
        self.found += re.findall(r"@import[^;]*", css)
        self.found += [url for url in re.findall(r"url\(['\"]?([^)'\"]*)", css) if not url.startswith(("data:", "#"))]
