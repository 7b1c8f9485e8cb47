"""Maps that users build on with folium, written as one file: every script, style and icon stands in it.

folium links what it needs to five public hosts. Here each link is answered from the package, or from a folder that the
user names; what neither has is an error that says so, and the page's content policy forbids every request.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from typing import TYPE_CHECKING, Any, Final

from branca.element import Element, Figure, Link
from folium.raster_layers import TileLayer, WmsTileLayer

from parkmap.output.html import assets
from parkmap.output.html.assets import RemoteResourceError
from parkmap.output.html.offline import requested

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES: Final = (
    (r"/leaflet@1\.9\.\d+/dist/leaflet\.js$", (f"{assets.LEAFLET}/leaflet.js",)),
    (r"/leaflet@1\.9\.\d+/dist/leaflet\.css$", (f"{assets.LEAFLET}/leaflet.css",)),
    (r"/jquery-3\.\d+\.\d+(\.min)?\.js$", ("vendor/jquery-3.7.1/jquery.min.js",)),
    (
        r"/leaflet\.awesome-markers(\.min)?\.js$",
        ("vendor/leaflet.awesome-markers-2.0.5/leaflet.awesome-markers.min.js",),
    ),
    (r"/leaflet\.awesome-markers(\.min)?\.css$", ("vendor/leaflet.awesome-markers-2.0.5/leaflet.awesome-markers.css",)),
    (r"/bootstrap-glyphicons\.css$", ("vendor/bootstrap-3.4.1/bootstrap.css",)),
    (
        r"/fontawesome-free@6\.\d+\.\d+/css/all\.min\.css$",
        ("vendor/fontawesome-free-6.2.0/fontawesome.min.css", "vendor/fontawesome-free-6.2.0/solid.min.css"),
    ),
)
"""Addresses that folium links by default, and the package's own copy of what they lead to."""
ONLY_WHERE: Final = (
    (r"/jquery-", r"\$\(|\$\.|jQuery"),
    (r"awesome\.rotate", r"fa-rotate-[1-9]"),
    (r"awesome-markers", r"AwesomeMarkers"),
    (r"fontawesome", r'"fa[sr]?"|\bfa-(?!rotate-)[a-z]'),
    (r"glyphicons", r"glyphicon"),
    (r"/bootstrap@", r"data-bs-|bootstrap\."),
)
"""Libraries that folium links to every map, and what a map holds that needs them; without it they are left out."""
POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
DEFAULT_ICON: Final = """<script>(function () {
  if (!window.L) { return; }
  const probe = document.createElement("div");
  probe.className = "leaflet-default-icon-path";
  document.documentElement.appendChild(probe);
  const found = getComputedStyle(probe).backgroundImage.match(/url\\("?(data:[^")]+)"?\\)/);
  probe.remove();
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions({ iconUrl: found[1], iconRetinaUrl: found[1], shadowUrl: "" });
}());</script>"""
"""Leaflet looks for the picture of its default marker beside its style sheet; here it stands in the style sheet."""


class EmbeddingFigure(Figure):
    """A page of folium's that holds all that it links to.

    Parameters
    ----------
    files
        Folder with scripts and style sheets that the package does not have, under the names in their addresses.
    """

    def __init__(self, files: Path | None = None) -> None:
        super().__init__()
        self.files = files

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401  branca's signature
        """Return the page with everything embedded.

        Parameters
        ----------
        **kwargs
            Passed on to the elements.

        Raises
        ------
        RemoteResourceError
            When the map needs something that neither the package nor the folder has.
        """
        self._refuse_tiles(self)
        for child in self._children.values():
            child.render(**kwargs)
        self._embed()
        page = str(self._template.render(this=self, kwargs={**kwargs, "embedded": True}))
        left = sorted(set(requested(page)))
        if left:
            raise RemoteResourceError(_missing(left))
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        return page.replace("<head>\n", f'<head>\n{policy}<link rel="icon" href="data:,">\n', 1)

    def _refuse_tiles(self, element: Element) -> None:
        """Refuse layers of online tiles, wherever they stand: nothing could be embedded of them."""
        for child in element._children.values():  # noqa: SLF001  branca has no public way to its children
            address = getattr(child, "tiles", None) or getattr(child, "url", None)
            if isinstance(child, TileLayer | WmsTileLayer) and not str(address).startswith("data:"):
                raise RemoteResourceError(_missing([str(address)]))
            self._refuse_tiles(child)

    def _embed(self) -> None:
        """Put the code behind every link, and drop the links that this map does not need."""
        links = {key: one for key, one in self.header._children.items() if isinstance(one, Link)}  # noqa: SLF001
        body = "".join(part.render() for part in (self.html, self.script))
        needed = {key: one for key, one in links.items() if _is_needed(one.url, body)}
        for key in links.keys() - needed.keys():
            del self.header._children[key]  # noqa: SLF001
        found = {key: self._code(one.url) for key, one in needed.items()}
        unknown = [needed[key].url for key, code in found.items() if code is None]
        if unknown:
            raise RemoteResourceError(_missing(unknown))
        for key, code in found.items():
            needed[key].code = code  # type: ignore[assignment]  # as text: bytes print as b'…'
        if "L.marker(" in body:
            self.header.add_child(Element("{% raw %}" + DEFAULT_ICON + "{% endraw %}"), name="default_icon")

    def _code(self, url: str) -> str | None:
        """Return what stands behind an address, fit to stand inline; None where nobody has it."""
        name = url.partition("?")[0].rpartition("/")[2]
        own = None if self.files is None else next(iter(sorted(self.files.rglob(name))), None)
        if own is not None:
            body = own.read_text(encoding="utf-8")
            return assets.inline_style(_with_data(body, own)) if name.endswith(".css") else assets.inline_script(body)
        if name == "leaflet.awesome.rotate.min.css":
            return ROTATE
        known = next((names for pattern, names in LIBRARIES if re.search(pattern, url)), ())
        return "\n".join(map(assets.library, known)) or None


ROTATE: Final = "".join(f".fa-rotate-{turn}{{transform:rotate({turn}deg)}}" for turn in range(360))
"""Classes by which markers turn their icons."""


def _is_needed(url: str, body: str) -> bool:
    marks = next((mark for name, mark in ONLY_WHERE if re.search(name, url)), None)
    return marks is None or re.search(marks, body) is not None


def _with_data(css: str, path: Path) -> str:
    """Put pictures and fonts that lie beside a style sheet into it."""

    def data(match: re.Match[str]) -> str:
        target = match[1].strip("'\" ").split("?")[0].split("#")[0]
        if not target or target.startswith("data:"):
            return match[0]
        beside = path.parent / target
        if not beside.is_file():
            raise RemoteResourceError(_missing([f"{path.name}: {target}"]))
        kind = mimetypes.guess_type(target)[0] or "application/octet-stream"
        return f"url(data:{kind};base64,{base64.b64encode(beside.read_bytes()).decode()})"

    return re.sub(r"url\(([^)]*)\)", data, css)


def _missing(addresses: list[str]) -> str:
    """Say what a map needs and nobody has, and what to do."""
    return (
        f"an offline map cannot hold {', '.join(addresses)}. Download it into a folder and name that folder: "
        "explore(files=FOLDER). Online tiles cannot be embedded: explore(offline=False) asks the network for them."
    )
