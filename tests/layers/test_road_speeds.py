"""Speeds from tags.

access    | general, of the mode, more specific wins, opening a closed class, private
one way   | yes, -1, roundabout, motorway, explicit no, of the bicycle, on foot, drawn one way by the source
limit     | number, mph, several, none, walk, zero
class     | listed, closed, unknown
"""

from __future__ import annotations

import numpy as np
import pytest

from parkmap.layers.raw_roads import RawRoads
from parkmap.layers.road_speeds import class_findings, speeds_kmh
from parkmap.plan.travel import TravelProfile

WORDS = {"zh": "测试", "en": "test"}


def profile(mode):
    """Return a profile: 40 on primary, 20 on residential, 5 on footway, motorways 60 by car only, steps closed."""
    basis = {"basis": "assumption", "origin": WORDS}
    fast = [{"kmh": 60.0, "classes": ["motorway"], **basis}] if mode == "drive" else []
    return TravelProfile.model_validate(
        {
            "id": f"p-{mode}",
            "name": WORDS,
            "mode": mode,
            "straight": {"kmh": 7.0, **basis},
            "speeds": [
                *fast,
                {"kmh": 40.0, "classes": ["primary"], **basis},
                {"kmh": 20.0, "classes": ["residential"], **basis},
            ],
            "closed": ["steps"] if mode == "drive" else ["steps", "motorway"],
            "detour": {"factor": 1.3, **basis},
        }
    )


def raw(*tags, drawn=(True, True)):
    count = len(tags)
    line = np.tile([[0, 0], [10, 0]], (count, 1))
    return RawRoads(
        node_ids=np.array([1, 2]),
        node_lonlat_e7=np.array([[0, 0], [10, 0]]),
        edge_ids=np.arange(count) + 50,
        edge_nodes=np.tile([[0, 1]], (count, 1)),
        vertex_lonlat_e7=line,
        vertex_start=np.arange(count + 1) * 2,
        tags=tags,
        drawn=np.tile([drawn], (count, 1)),
    )


def pair(mode, **tags):
    named = {key.replace("__", ":"): value for key, value in tags.items()}
    (found,) = speeds_kmh(raw({"highway": "residential", **named}), profile(mode))[0]
    return tuple(found.tolist())


@pytest.mark.parametrize(
    ("mode", "tags", "expected"),
    [
        ("walk", {}, (20, 20)),
        ("walk", {"highway": "primary"}, (40, 40)),
        ("walk", {"highway": "steps"}, (0, 0)),
        ("walk", {"highway": "motorway"}, (0, 0)),
        ("walk", {"access": "no"}, (0, 0)),
        ("walk", {"access": "private"}, (0, 0)),
        ("walk", {"access": "no", "foot": "yes"}, (20, 20)),
        ("walk", {"access": "yes", "foot": "no"}, (0, 0)),
        ("walk", {"highway": "motorway", "foot": "designated"}, (7, 7)),
        ("walk", {"highway": "motorway", "access": "yes"}, (0, 0)),
        ("walk", {"oneway": "yes"}, (20, 20)),
        ("walk", {"oneway__foot": "yes"}, (20, 0)),
        ("walk", {"maxspeed": "5"}, (20, 20)),
        ("bike", {"vehicle": "no"}, (0, 0)),
        ("bike", {"vehicle": "no", "bicycle": "yes"}, (20, 20)),
        ("bike", {"oneway": "yes"}, (20, 0)),
        ("bike", {"oneway": "yes", "oneway__bicycle": "no"}, (20, 20)),
        ("drive", {"oneway": "yes"}, (20, 0)),
        ("drive", {"oneway": "1"}, (20, 0)),
        ("drive", {"oneway": "-1"}, (0, 20)),
        ("drive", {"oneway": "no"}, (20, 20)),
        ("drive", {"junction": "roundabout"}, (20, 0)),
        ("drive", {"highway": "motorway"}, (60, 0)),
        ("drive", {"highway": "motorway", "oneway": "no"}, (60, 60)),
        ("drive", {"motor_vehicle": "no"}, (0, 0)),
        ("drive", {"vehicle": "no", "motor_vehicle": "yes"}, (20, 20)),
        ("drive", {"motor_vehicle": "no", "motorcar": "yes"}, (20, 20)),
        ("drive", {"maxspeed": "15"}, (15, 15)),
        ("drive", {"maxspeed": "15;30"}, (15, 15)),
        ("drive", {"maxspeed": "10 mph"}, (16.09344, 16.09344)),
        ("drive", {"maxspeed": "80"}, (20, 20)),
        ("drive", {"maxspeed": "walk"}, (20, 20)),
        ("drive", {"maxspeed": "0"}, (20, 20)),
    ],
)
def test_rules(mode, tags, expected):
    assert pair(mode, **tags) == pytest.approx(expected)


@pytest.mark.parametrize(("mode", "expected"), [("walk", (20, 20)), ("bike", (20, 0)), ("drive", (20, 0))])
def test_a_direction_that_the_source_left_out_is_closed_to_wheels(mode, expected):
    (found,) = speeds_kmh(raw({"highway": "residential"}, drawn=(True, False)), profile(mode))[0]
    assert tuple(found) == expected


def test_an_unknown_class_is_closed_and_told_once_for_all_profiles():
    roads = raw({"highway": "hyperloop"}, {"highway": "residential"}, {"highway": "hyperloop"})
    unknown = {}
    for mode in ("walk", "drive"):
        speeds, unknown[mode] = speeds_kmh(roads, profile(mode))
        assert speeds[:, 0].tolist() == [0, 20, 0]
    (found,) = class_findings(unknown, "a.osm")
    assert (found.code, found.ids, found.severity) == ("roads.unknown_class", ("50", "52"), "warning")
    assert "hyperloop" in found.text("zh")
    assert "walk, drive" in found.text("en")
    assert "travel.yaml" in found.advice("en")
