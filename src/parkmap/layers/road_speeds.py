"""From OpenStreetMap's tags to the speed of a profile on each segment, forward and backward.

The rules are those of the OpenStreetMap wiki, "Key:access" (the most specific key decides) and "Key:oneway".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from parkmap.layers.raw_roads import RawRoads
    from parkmap.plan.travel import TravelProfile

ACCESS_KEYS: Final = {
    "walk": ("foot", "access"),
    "bike": ("bicycle", "vehicle", "access"),
    "drive": ("motorcar", "motor_vehicle", "vehicle", "access"),
}
"""Keys that say whether a mode may pass, the most specific first."""
CLOSING: Final = frozenset({"no", "private"})
OPENING: Final = frozenset({"yes", "designated", "permissive", "official"})
"""Values that open a class of street that is closed to the profile as a rule; only the mode's own key can."""
FORWARD: Final = frozenset({"yes", "true", "1"})
BACKWARD: Final = frozenset({"-1", "reverse"})
ONEWAY_CLASSES: Final = frozenset({"motorway", "motorway_link"})
"""One-way unless tagged otherwise, as roundabouts are."""
READ: Final = frozenset(
    {"highway", "junction", "oneway", "oneway:bicycle", "oneway:foot", "maxspeed"}.union(*ACCESS_KEYS.values())
)
"""Every key that the rules look at."""
MILE_KM: Final = 1.609344


def speeds_kmh(raw: RawRoads, profile: TravelProfile) -> tuple[NDArray[np.float64], dict[str, list[int]]]:
    """Return the speeds of a profile.

    Parameters
    ----------
    raw
        The segments with their tags.
    profile
        Speeds by class of street.

    Returns
    -------
    tuple of ndarray of float, shape (m, 2), and dict of str to list of int
        Speed forward and backward, 0 where closed; and the ways of each class of which the profile knows nothing, which
        count as closed.
    """
    known: dict[tuple[tuple[str, str], ...], tuple[float, float]] = {}
    speeds = np.zeros((len(raw.edge_ids), 2))
    unknown: dict[str, list[int]] = {}
    for row, tags in enumerate(raw.tags):
        key = tuple(sorted((name, value) for name, value in tags.items() if name in READ))
        if key not in known:
            known[key] = _pair(dict(key), profile)
        speeds[row] = known[key]
        if profile.speed_of(tags["highway"]) is None:
            unknown.setdefault(tags["highway"], []).append(int(raw.edge_ids[row]))
    if profile.mode != "walk":
        speeds *= raw.drawn
    return speeds, unknown


def class_findings(unknown: Mapping[str, Mapping[str, Iterable[int]]], file: str) -> Iterator[Finding]:
    """Yield classes of street of which some profile knows nothing.

    Parameters
    ----------
    unknown
        Ids of the ways of each class, by profile.
    file
        File name for the findings.
    """
    for highway in sorted({name for classes in unknown.values() for name in classes}):
        who = [profile for profile, classes in unknown.items() if highway in classes]
        ids = tuple(str(way) for way in sorted(set(unknown[who[0]][highway])))
        yield finding(
            "roads.unknown_class",
            "warning",
            file=file,
            key=f"highway={highway}",
            ids=ids,
            highway=highway,
            profile=", ".join(who),
            count=len(ids),
        )


def _pair(tags: Mapping[str, str], profile: TravelProfile) -> tuple[float, float]:
    speed = _speed(tags, profile)
    if profile.mode == "drive":
        speed = min(speed, _limit_kmh(tags.get("maxspeed", "")))
    forward, backward = _directions(tags, profile.mode)
    return speed * forward, speed * backward


def _speed(tags: Mapping[str, str], profile: TravelProfile) -> float:
    """Return the speed where both class and access tags allow the profile, else 0."""
    keys = ACCESS_KEYS[profile.mode]
    said = next((tags[key] for key in keys if key in tags), "")
    if said in CLOSING:
        return 0.0
    speed = profile.speed_of(tags["highway"])
    if not speed and speed is not None and tags.get(keys[0]) in OPENING:
        return profile.straight.kmh
    return speed or 0.0


def _directions(tags: Mapping[str, str], mode: str) -> tuple[bool, bool]:
    """Return whether a mode may go forward and backward."""
    own = {"walk": "oneway:foot", "bike": "oneway:bicycle"}.get(mode)
    said = tags.get(own, "") if own else ""
    if mode != "walk" and not said:
        said = tags.get("oneway", "")
        if not said and (tags.get("junction") == "roundabout" or tags["highway"] in ONEWAY_CLASSES):
            said = "yes"
    return said not in BACKWARD, said not in FORWARD


def _limit_kmh(text: str) -> float:
    """Return a speed limit in km/h; inf where there is none or it is not a number."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?", text.split(";", maxsplit=1)[0].strip())
    if found is None or float(found[1]) == 0:
        return np.inf
    return float(found[1]) * (MILE_KM if found[2] == "mph" else 1.0)
