"""From a `MapPage` to one HTML file that asks the network for nothing but the tiles it was told to show."""

from __future__ import annotations

import html as markup
import re
from typing import TYPE_CHECKING, Any, Final, Literal

from parkmap.output.html import offline
from parkmap.output.html.dense.payload import dense_payload, layer_of
from parkmap.output.html.elements import AtlasMap, DenseGrid, GroupLayer, OfflineFigure, Panel, Start
from parkmap.output.html.payload import as_json, payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.output.html.model import MapPage

LANG_TAG: Final = {"zh": "zh-CN", "en": "en"}


def render(page: MapPage, *, style: Mapping[str, Any], lang: Literal["zh", "en"]) -> str:
    """Return the interactive page as one HTML document.

    The same arguments give the same bytes.

    Parameters
    ----------
    page
        What is shown.
    style
        ``config/style.yaml`` as a mapping: ``roles`` and ``determinacy``.
    lang
        Language in which the page opens; it can be switched on the page.

    Returns
    -------
    str
        The document, UTF-8 when written.

    Raises
    ------
    InvalidInputError
        When a feature names a style or a determinacy that `style` does not have.
    RemoteResourceError
        When the page would request something.
    """
    shell = offline.stable_ids(_shell(page))
    offline.refuse_addresses(shell)
    dense = [dense_payload(layer) for layer in page.dense]
    data = payload(page, style=style, lang=lang)
    data["dense"] = [entry for entry, _ in dense]
    hosts = page.basemap.hosts if page.basemap else ()
    parts = {
        "lang": LANG_TAG[lang],
        "title": markup.escape(page.title[lang]),
        "policy": markup.escape(offline.content_policy(shell, hosts=hosts, tiles=any(not body for _, body in dense))),
        "data": as_json(data),
        "dense": "\n".join(
            f'<script type="text/plain" id="pm-dense-{number}">{body}</script>'
            for number, (_, body) in enumerate(dense)
            if body
        ),
    }
    # One pass over the shell: what is put in is never looked at again.
    document = re.sub(r"@parkmap:([a-z]+)@", lambda match: parts[match[1]], shell)
    offline.refuse_remote(document)
    return document


def _shell(page: MapPage) -> str:
    """Return the document without any text of the plan."""
    figure = OfflineFigure()
    figure.add_child(Panel())
    atlas = AtlasMap(page)
    figure.add_child(atlas)
    for index, group in enumerate(page.groups):
        atlas.add_child(GroupLayer(index=index, shown=group.shown))
    for index, dense in enumerate(page.dense):
        atlas.add_child(DenseGrid(index=index, shown=layer_of(dense).shown))
    atlas.add_child(Start())
    return figure.render()
