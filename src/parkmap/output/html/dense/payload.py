"""Layers of very many polygons as the page's script reads them."""

from __future__ import annotations

import base64
from typing import Any, Final

import shapely

from parkmap.output.html.dense.encode import encode
from parkmap.output.html.dense.model import DenseLayer, TiledLayer

BOUNDS_DECIMALS: Final = 5


def layer_of(dense: DenseLayer | TiledLayer) -> DenseLayer:
    """Return the layer itself, whether it stands in the page or beside it.

    Parameters
    ----------
    dense
        A layer in either form.
    """
    return dense.layer if isinstance(dense, TiledLayer) else dense


def dense_payload(dense: DenseLayer | TiledLayer) -> tuple[dict[str, Any], str]:
    """Return the entry of a layer in the page's data, and its body as base64; a tiled layer has none.

    Parameters
    ----------
    dense
        A layer in either form.
    """
    layer = layer_of(dense)
    entry: dict[str, Any] = {
        "id": layer.id,
        "title": layer.title.by_lang(),
        "parent": None if layer.parent is None else layer.parent.by_lang(),
        "shown": layer.shown,
        "style": layer.style,
        "origin": layer.origin.by_lang(),
        "count": len(layer),
        "bounds": [round(float(edge), BOUNDS_DECIMALS) for edge in shapely.total_bounds(layer.shapes)],
        "by": None if layer.by is None else layer.by.by_lang(),
        "classes": [shade.plain() for shade in layer.classes],
    }
    if isinstance(dense, TiledLayer):
        return {**entry, "tiles": {"folder": dense.folder, **dense.header}}, ""
    blob = encode(layer)
    return {**entry, "header": blob.header}, base64.b64encode(blob.body).decode()
