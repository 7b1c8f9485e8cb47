"""The rules of honesty that each entry of a recipe must keep."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from layerkit.anchors import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layerkit.anchors import Anchor
    from layerkit.entry import Entry

# What each method needs beyond the names; any other construction key would be silently idle, so it is refused.
KEYS_BY_METHOD: dict[str, tuple[str, ...]] = {
    "anchor_point": ("anchor",),
    "area_disc": ("anchor", "clip_to", "area_published_ha"),
    "buffered_path": ("anchors", "clip_to", "clip_to_land", "half_width_m"),
    "not_placed": (),
}
OPTIONAL_BY_METHOD: dict[str, tuple[str, ...]] = {
    "anchor_point": ("confidence", "accuracy_m"),
    "area_disc": ("confidence", "accuracy_m", "clip_to_land"),
    "buffered_path": ("confidence", "accuracy_m", "course_assumed"),
    "not_placed": (),
}
CONSTRUCTION = (
    "anchor",
    "anchors",
    "clip_to",
    "clip_to_land",
    "half_width_m",
    "confidence",
    "accuracy_m",
    "course_assumed",
)
METHODS_BY_FILE = {
    "sites": ("anchor_point", "not_placed"),
    "zones": ("area_disc", "not_placed"),
    "belts": ("buffered_path", "not_placed"),
}
BASES = ("document", "press", "official")
SHORTEST_PATH = 2


def entry_problems(entry: Entry, *, anchors: Mapping[str, Anchor], district_ids: Collection[str]) -> list[str]:
    """List what is wrong with one entry.

    Parameters
    ----------
    entry : Entry
        Entry whose method is known.
    anchors : Mapping[str, Anchor]
        Known anchors.
    district_ids : Collection[str]
        Known districts.

    Returns
    -------
    list[str]
        One clause per problem, without the entry's name.
    """
    return [
        *_file_problems(entry),
        *_key_problems(entry),
        *_determinacy_problems(entry),
        *_anchor_problems(entry, anchors),
        *_district_problems(entry, district_ids),
        *_area_problems(entry),
    ]


def _file_problems(entry: Entry) -> list[str]:
    allowed = METHODS_BY_FILE.get(entry.file)
    if allowed is None:
        return [f"file {entry.file!r} is not one of {', '.join(METHODS_BY_FILE)}"]
    if entry.method not in allowed:
        return [f"file {entry.file} takes {' or '.join(allowed)}, not {entry.method}"]
    return []


def _key_problems(entry: Entry) -> list[str]:
    needed = KEYS_BY_METHOD[entry.method]
    welcome = (*needed, *OPTIONAL_BY_METHOD[entry.method])
    found = [f"{entry.method} needs {key}" for key in needed if not getattr(entry, key)]
    idle = [key for key in CONSTRUCTION if key not in welcome and getattr(entry, key)]
    found += [f"{entry.method} does not take {key}" for key in idle]
    if entry.method == "buffered_path" and 0 < len(entry.anchors) < SHORTEST_PATH:
        found.append("a path needs at least two anchors")
    return found


def _determinacy_problems(entry: Entry) -> list[str]:
    due = "undetermined" if entry.method == "not_placed" else "indicative"
    found = [] if entry.determinacy == due else [f"determinacy of {entry.method} is {due}, not {entry.determinacy}"]
    if entry.method == "not_placed" and not (entry.note_zh.strip() and entry.note_en.strip()):
        found.append("not_placed needs its reason in note_zh and note_en")
    return found


def _anchor_problems(entry: Entry, anchors: Mapping[str, Anchor]) -> list[str]:
    found = [f"anchor {name!r} is not in anchors.csv" for name in entry.all_anchors if name not in anchors]
    known = [anchors[name] for name in entry.all_anchors if name in anchors]
    found += [
        f"anchor {anchor.anchor_id!r} is of low confidence: use not_placed"
        for anchor in known
        if anchor.confidence == "low"
    ]
    if entry.confidence is None:
        return found
    if entry.confidence not in CONFIDENCES[1:]:
        return [*found, "confidence must be medium or high; below that use not_placed"]
    worst = min((CONFIDENCES.index(anchor.confidence) for anchor in known), default=len(CONFIDENCES))
    if CONFIDENCES.index(entry.confidence) > worst:
        found.append(f"confidence may not be above that of its anchor ({CONFIDENCES[worst]})")
    return found


def _district_problems(entry: Entry, district_ids: Collection[str]) -> list[str]:
    named = dict.fromkeys([*entry.districts, *entry.clip_to])
    found = [f"district {name!r} is not in districts.geojson" for name in named if name not in district_ids]
    if not entry.districts and entry.method != "not_placed":
        found.append("districts is empty: a placed feature lies in at least one district")
    return found


def _area_problems(entry: Entry) -> list[str]:
    found = []
    if entry.area_published_ha is not None:
        if not entry.area_origin:
            found.append("area_published_ha needs area_origin")
        if entry.area_basis not in BASES:
            found.append(f"area_basis {entry.area_basis!r} is not one of {', '.join(BASES)}")
    elif entry.area_origin or entry.area_basis:
        found.append("area_origin and area_basis stand without area_published_ha")
    return found + _date_problems(entry)


def _date_problems(entry: Entry) -> list[str]:
    dates = {"area_valid_from": entry.area_valid_from, "area_valid_to": entry.area_valid_to}
    found = [f"{key} {text!r} is not an ISO date" for key, text in dates.items() if text and not _is_date(text)]
    if not found and entry.area_valid_from and entry.area_valid_to and entry.area_valid_from > entry.area_valid_to:
        found.append("area_valid_from is after area_valid_to")
    return found


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
