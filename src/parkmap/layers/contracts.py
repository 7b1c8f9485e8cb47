"""What a layer file must hold before parkmap uses it."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["districts", "land", "places"]
"""What a layer is read as."""

DETERMINACIES: Final = ("surveyed", "published", "indicative", "undetermined")
METHODS: Final = (
    "digitised_boundary",
    "surveyed_boundary",
    "anchor_point",
    "area_disc",
    "buffered_path",
    "not_placed",
)

COMMON: Final = ("id", "name_zh", "name_en", "determinacy", "method", "accuracy_m", "origin")
"""Properties that every feature of every layer has."""

Sort = Literal["text", "code", "number", "day", "flag", "basis"]
"""What a property holds: words, a code, a number above 0, a date, yes or no, a basis."""

SORTS: Final[dict[str, Sort]] = {
    "id": "text",
    "name_zh": "text",
    "name_en": "text",
    "determinacy": "text",
    "method": "text",
    "origin": "text",
    "adcode": "code",
    "statistical_adcode": "code",
    "land_clip": "flag",
    "area_published_ha": "number",
    "area_published_origin": "text",
    "area_agreement": "text",
    "area_note_zh": "text",
    "area_note_en": "text",
    "districts": "text",
    "aliases_zh": "text",
    "area_origin": "text",
    "area_basis": "basis",
    "area_valid_from": "day",
    "area_valid_to": "day",
    "note_zh": "text",
    "note_en": "text",
}
"""Sort of each property that parkmap reads, `accuracy_m` aside, which has a rule of its own."""

TRANSLATED: Final = (("area_note_zh", "area_note_en"), ("note_zh", "note_en"))
"""Notes in two languages; a file with one of them only gives it for both."""

EXTRA: Final[dict[Kind, dict[str, object]]] = {
    "districts": {
        "adcode": None,
        "statistical_adcode": None,
        "land_clip": False,
        "area_published_ha": None,
        "area_published_origin": None,
        "area_agreement": "unknown",
        "area_note_zh": None,
        "area_note_en": None,
    },
    "land": {},
    "places": {
        "districts": None,
        "aliases_zh": None,
        "area_published_ha": None,
        "area_origin": None,
        "area_basis": None,
        "area_valid_from": None,
        "area_valid_to": None,
        "note_zh": None,
        "note_en": None,
    },
}
"""Further properties that parkmap reads, with the value taken where a user's file has none."""

SHAPES: Final[dict[Kind, frozenset[str]]] = {
    "districts": frozenset({"Polygon", "MultiPolygon"}),
    "land": frozenset({"Polygon", "MultiPolygon"}),
    "places": frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}),
}
"""Geometry types that each kind of layer may hold."""
