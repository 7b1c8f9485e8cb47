"""The page's data as plain JSON values, for the page's script."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any, Final

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.messages import TEXTS
from parkmap.output.html.anchors import anchor
from parkmap.output.html.dense.payload import layer_of
from parkmap.output.html.pinyin import spellings
from parkmap.output.html.shades import EDGE, OPACITY, shades

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.facts.card import Row
    from parkmap.output.html.model import (
        Difference,
        LayerGroup,
        MapFeature,
        MapPage,
        OpenItem,
        OpenQuestion,
        QuotaBoard,
        Share,
    )

ESCAPES: Final = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})
"""Characters that mean something to HTML, or ended a line of old JavaScript."""

STYLE_FILE: Final = "config/style.yaml"

ALWAYS: Final = ("sea",)
"""Styles that the page shows although no feature names them."""

Shapes = dict[str, tuple[int, dict[str, Any]]]
"""Geometries of a page with their numbers, by their text."""


def payload(page: MapPage, *, style: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return everything that the page's script reads.

    Parameters
    ----------
    page
        What is shown.
    style
        ``roles`` and ``determinacy`` by key, ``ramp`` as the colours of classes.
    lang
        Language in which the page opens.

    Raises
    ------
    InvalidInputError
        When a feature names a style or a determinacy that `style` does not have.
    """
    features = [feature for group in page.groups for feature in group.features]
    shapes: Shapes = {}
    dense = [layer_of(layer) for layer in page.dense]
    return {
        "lang": lang,
        "texts": {key[3:]: words.by_lang() for key, words in TEXTS.items() if key.startswith("ui.")},
        "title": page.title.by_lang(),
        "subtitle": page.subtitle.by_lang(),
        "stamps": [stamp.by_lang() for stamp in page.stamps],
        "review": page.review_number,
        "bounds": list(page.bounds),
        "roles": _used(style["roles"], {*(f.style for f in features), *(layer.style for layer in dense), *ALWAYS}),
        "determinacy": _used(style["determinacy"], {feature.determinacy for feature in features}),
        "groups": [_group(group, style, shapes) for group in page.groups],
        "class_opacity": OPACITY,
        "class_edge": EDGE,
        "shapes": [shape for _, shape in shapes.values()],
        "open": [_open_item(item) for item in page.open_items],
        "questions": [_question(question) for question in page.questions],
        "quota": None if page.quota is None else _quota(page.quota),
        "sources": [source.by_lang() for source in page.sources],
        "basemap": None if page.basemap is None else dataclasses.asdict(page.basemap),
        "sides": None if page.sides is None else [side.by_lang() for side in page.sides],
        "differences": [_difference(one) for one in page.differences],
    }


def _difference(one: Difference) -> dict[str, Any]:
    notes = [note.by_lang() for note in one.notes]
    return {"heading": one.heading.by_lang(), "name": one.name.by_lang(), "notes": notes, "target": one.target}


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
        raise InvalidInputError([finding("style.missing", "error", file=STYLE_FILE, names=", ".join(missing))])
    return {key: dict(entry) for key, entry in known.items() if key in keys}


def _group(group: LayerGroup, style: Mapping[str, Any], shapes: Shapes) -> dict[str, Any]:
    found = () if group.classes is None else shades(group.classes, style)
    return {
        "id": group.id,
        "title": group.title.by_lang(),
        "parent": None if group.parent is None else group.parent.by_lang(),
        "shown": group.shown,
        "interactive": group.interactive,
        "side": group.side,
        "by": None if group.classes is None else group.classes.title.by_lang(),
        "classes": [shade.plain() for shade in found],
        "features": [_feature(feature, shapes) for feature in group.features],
    }


def _feature(feature: MapFeature, shapes: Shapes) -> dict[str, Any]:
    return {
        "id": feature.id,
        "name": feature.name.by_lang(),
        "pinyin": spellings(feature.name["zh"]),
        "kind": None if feature.kind is None else feature.kind.by_lang(),
        "width": feature.width_px,
        "amount": feature.amount,
        "style": feature.style,
        "determinacy": feature.determinacy,
        "rank": feature.label_rank,
        "rows": [_row(row) for row in feature.rows],
        "anchor": None if feature.label_rank is None else anchor(feature.geometry),
        "shape": _place(feature.geometry, shapes),
    }


def _place(geometry: Mapping[str, Any], shapes: Shapes) -> int:
    """Return where a geometry stands among those of the page: what several layers draw is written once."""
    key = json.dumps(geometry)
    if key not in shapes:
        shapes[key] = (len(shapes), dict(geometry))
    return shapes[key][0]


def _row(row: Row) -> list[Any]:
    links = [[link.id, link.name.by_lang()] for link in row.links]
    return [row.label.by_lang(), row.value.by_lang(), *([links] if links else [])]


def _open_item(item: OpenItem) -> dict[str, Any]:
    texts = {key: getattr(item, key).by_lang() for key in ("name", "role", "reason", "source")}
    return {"id": item.id, "pinyin": spellings(item.name["zh"]), **texts}


def _question(question: OpenQuestion) -> dict[str, Any]:
    return {
        "topic": question.topic.by_lang(),
        "in_use": question.in_use.by_lang(),
        "others": [other.by_lang() for other in question.others],
        "says": [said.by_lang() for said in question.says],
        "reason": None if question.reason is None else question.reason.by_lang(),
    }


def _quota(board: QuotaBoard) -> dict[str, Any]:
    return {
        "commodities": [[key, name.by_lang()] for key, name in board.commodities],
        "items": [_share(share) for share in board.items],
        "districts": [_share(share) for share in board.districts],
        "stamp": None if board.stamp is None else board.stamp.by_lang(),
        "note": None if board.note is None else board.note.by_lang(),
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "id": share.id,
        "name": share.name.by_lang(),
        "commodity": share.commodity,
        "year": share.year,
        "claim": share.claim_m2,
        "allocated": share.allocated_m2,
    }
