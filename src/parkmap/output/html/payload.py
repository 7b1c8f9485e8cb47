"""The page's data as plain JSON values, for the page's script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from parkmap.errors import ParkmapError
from parkmap.output.html.anchors import anchor
from parkmap.output.html.ui_texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.output.html.model import LayerGroup, MapFeature, MapPage, Row, Words

ESCAPES: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""Characters that mean something to HTML, or ended a line of old JavaScript."""

ALWAYS: Final = ("sea",)
"""Styles that the page shows although no feature names them."""


class UnknownStyleError(ParkmapError, KeyError):
    """A feature names a style or a determinacy that the style file does not have."""


def payload(page: MapPage, *, style: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return everything that the page's script reads.

    Parameters
    ----------
    page
        What is shown.
    style
        ``roles`` and ``determinacy`` by key.
    lang
        Language in which the page opens.

    Raises
    ------
    UnknownStyleError
        When a feature names a style or a determinacy that `style` does not have.
    """
    features = [feature for group in page.groups for feature in group.features]
    return {
        "lang": lang,
        "texts": TEXTS,
        "title": _words(page.title),
        "subtitle": _words(page.subtitle),
        "stamps": [_words(stamp) for stamp in page.stamps],
        "review": page.review_number,
        "bounds": list(page.bounds),
        "roles": _used(style["roles"], {*(feature.style for feature in features), *ALWAYS}),
        "determinacy": _used(style["determinacy"], {feature.determinacy for feature in features}),
        "groups": [_group(group) for group in page.groups],
        "open": [
            {key: _words(getattr(item, key)) for key in ("name", "role", "reason", "source")}
            for item in page.open_items
        ],
        "sources": [_words(source) for source in page.sources],
    }


def as_json(value: Mapping[str, Any]) -> str:
    """Return JSON that may stand inside a ``<script>`` element.

    Parameters
    ----------
    value
        Anything that `json` can write.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(ESCAPES)


def _used(known: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    missing = sorted(keys - set(known))
    if missing:
        raise UnknownStyleError(f"config/style.yaml has no {', '.join(missing)}")
    return {key: dict(entry) for key, entry in known.items() if key in keys}


def _group(group: LayerGroup) -> dict[str, Any]:
    return {
        "id": group.id,
        "title": _words(group.title),
        "parent": None if group.parent is None else _words(group.parent),
        "shown": group.shown,
        "interactive": group.interactive,
        "features": [_feature(feature) for feature in group.features],
    }


def _feature(feature: MapFeature) -> dict[str, Any]:
    return {
        "id": feature.id,
        "name": _words(feature.name),
        "style": feature.style,
        "determinacy": feature.determinacy,
        "rank": feature.label_rank,
        "rows": [_row(row) for row in feature.rows],
        "anchor": None if feature.label_rank is None else anchor(feature.geometry),
        "geometry": dict(feature.geometry),
    }


def _row(row: Row) -> list[dict[str, str]]:
    return [_words(row.label), _words(row.value)]


def _words(words: Words) -> dict[str, str]:
    return {"zh": words["zh"], "en": words["en"]}
