"""The list of places to build: what it may say, and everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import yaml

from layerkit.entry import Entry
from layerkit.problems import InputProblemsError
from layerkit.rules import KEYS_BY_METHOD, entry_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from layerkit.anchors import Anchor

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LISTS = ("districts", "anchors", "clip_to", "aliases_zh")
REQUIRED = ("id", "name_zh", "name_en", "file", "method", "districts", "determinacy", "note_zh", "note_en")


@dataclass(frozen=True)
class Assumptions:
    """Numbers that nobody published.

    Parameters
    ----------
    anchor_error_m : dict[str, float]
        Metres that an anchor may be off, by confidence.
    disc_deviation_ratio : float
        How far a true boundary may leave the disc, as a part of its equivalent radius.
    assumed_course_accuracy_m : float
        Accuracy of a belt whose course is assumed.
    """

    anchor_error_m: dict[str, float]
    disc_deviation_ratio: float
    assumed_course_accuracy_m: float


@dataclass(frozen=True)
class Recipe:
    """All places of a city.

    Parameters
    ----------
    assumptions : Assumptions
        Numbers that the accuracies rest on.
    entries : list[Entry]
        Places to build.
    """

    assumptions: Assumptions
    entries: list[Entry]


def read_recipe(
    path: Path, *, anchors: Mapping[str, Anchor], district_ids: Collection[str]
) -> tuple[Recipe, list[str]]:
    """Read a recipe and list what is wrong with it.

    Parameters
    ----------
    path : Path
        YAML file with `assumptions` and `features`.
    anchors : Mapping[str, Anchor]
        Known anchors.
    district_ids : Collection[str]
        Known districts.

    Returns
    -------
    tuple[Recipe, list[str]]
        The entries without a problem, and one sentence per problem.

    Raises
    ------
    InputProblemsError
        When the file is absent, or is not a recipe at all.
    """
    if not path.is_file():
        raise InputProblemsError([f"{path}: absent"])
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise InputProblemsError([f"{path}: needs a mapping with assumptions and a list of features"])
    entries: list[Entry] = []
    problems: list[str] = []
    for number, raw in enumerate(document["features"], start=1):
        found = _shape_problems(raw)
        entry = None if found else _entry(raw)
        if entry is not None:
            found = entry_problems(entry, anchors=anchors, district_ids=district_ids)
            found += ["id used twice"] if any(entry.id == other.id for other in entries) else []
            entries.append(entry)
        problems += [f"{path.name}: {_label(raw, number)}: {problem}" for problem in found]
    return Recipe(_assumptions(document.get("assumptions"), path), entries), problems


def _assumptions(raw: Any, path: Path) -> Assumptions:  # noqa: ANN401 - whatever the YAML holds
    try:
        errors = {level: float(raw["anchor_error_m"][level]) for level in ("high", "medium")}
        return Assumptions(errors, float(raw["disc_deviation_ratio"]), float(raw["assumed_course_accuracy_m"]))
    except (KeyError, TypeError, ValueError) as error:
        advice = "assumptions need anchor_error_m (high, medium), disc_deviation_ratio, assumed_course_accuracy_m"
        raise InputProblemsError([f"{path.name}: {advice}"]) from error


def _label(raw: Any, number: int) -> str:  # noqa: ANN401 - whatever the YAML holds
    return str(raw["id"]) if isinstance(raw, dict) and raw.get("id") else f"feature {number}"


def _shape_problems(raw: Any) -> list[str]:  # noqa: ANN401 - whatever the YAML holds
    """Find what keeps a raw entry from becoming an `Entry`."""
    if not isinstance(raw, dict):
        return ["is not a mapping"]
    known = {item.name for item in fields(Entry)}
    found = [f"unknown key {key!r}" for key in raw if key not in known]
    found += [f"{key} is missing" for key in REQUIRED if raw.get(key) is None]
    found += [f"{key} must be a list" for key in LISTS if _no_list(raw, key)]
    numbers = ("area_published_ha", "half_width_m", "accuracy_m")
    found += [f"{key} must be a number above 0" for key in numbers if _no_positive(raw.get(key))]
    if raw.get("method") not in KEYS_BY_METHOD:
        found.append(f"method {raw.get('method')!r} is not one of {', '.join(KEYS_BY_METHOD)}")
    if not KEBAB.fullmatch(str(raw.get("id", ""))):
        found.append("id is not kebab-case")
    return found


def _no_list(raw: dict[str, Any], key: str) -> bool:
    return key in raw and not isinstance(raw[key], list)


def _no_positive(value: object) -> bool:
    if value is None:
        return False
    return isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0


def _entry(raw: dict[str, Any]) -> Entry:
    # YAML reads a bare date as a date object; the layers hold ISO text.
    dates = {key: str(raw[key]) for key in ("area_valid_from", "area_valid_to") if raw.get(key)}
    return Entry(**{**raw, **dates})
