"""Travel profiles and presets.

file      | shipped, user's own, broken in every way
shipped   | every number says what it rests on, presets cite a clause that says so
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from parkmap.errors import InvalidInputError
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.travel import TRAVEL_FILE, load_travel

SOURCES = Path(os.environ.get("PARKMAP_SOURCES", "-"))
SHIPPED = Catalog((shipped_root().resolve(),))


def own(tmp_path, old="", new=""):
    """Return a catalog with a copy of the shipped file in which the first such text is changed."""
    text = (shipped_root() / TRAVEL_FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "config").mkdir()
    (tmp_path / TRAVEL_FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    return Catalog((tmp_path, shipped_root().resolve()))


def test_shipped_profiles_know_the_common_streets():
    travel = load_travel(SHIPPED)
    assert [p.id for p in travel.profiles] == ["walk", "walk-elderly", "bike", "drive"]
    common = ("motorway", "primary", "residential", "service", "footway", "steps", "cycleway", "path", "pedestrian")
    for profile in travel.profiles:
        assert [name for name in common if profile.speed_of(name) is None] == []


def test_the_elderly_walk_more_slowly_everywhere():
    travel = load_travel(SHIPPED)
    usual, elderly = travel.profile("walk"), travel.profile("walk-elderly")
    for speed in usual.speeds:
        for name in speed.classes:
            assert elderly.speed_of(name) < usual.speed_of(name)


def test_whatever_is_more_than_an_assumption_says_where_it_was_read():
    for profile in load_travel(SHIPPED).profiles:
        for number in (profile.straight, profile.detour, *profile.speeds):
            assert number.basis == "assumption" or number.reference
            assert number.origin.zh
            assert number.origin.en


def test_who_may_not_go_where():
    travel = load_travel(SHIPPED)
    assert travel.profile("walk").speed_of("motorway") == 0
    assert travel.profile("drive").speed_of("footway") == 0
    assert travel.profile("walk").speed_of("hyperloop") is None


def test_the_quarter_hour_is_cited():
    preset = load_travel(SHIPPED).preset("quarter-hour")
    assert preset.minutes[-1] == 15
    assert (preset.source.document, preset.source.clause) == ("shenzhen-big-health-measures", "二/(四)")


@pytest.mark.skipif(not SOURCES.is_dir(), reason="PARKMAP_SOURCES does not name the documents")
def test_the_cited_clause_speaks_of_the_quarter_hour():
    text = (SOURCES / "shenzhen-big-health-measures.txt").read_text(encoding="utf-8")
    (section,) = re.findall(r"^二、.*?^三、", text, flags=re.MULTILINE | re.DOTALL)
    (clause,) = re.findall(r"^（四）.*?^（五）", section, flags=re.MULTILINE | re.DOTALL)
    assert "一刻钟" in clause


def test_a_users_file_replaces_the_shipped_one(tmp_path):
    assert load_travel(own(tmp_path, "kmh: 4.0", "kmh: 5.0")).profile("walk").straight.kmh == 5.0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kmh: 4.0", "kmh: -4.0", "schema.invalid"),
        ("kmh: 4.0", "kmh: fast", "schema.invalid"),
        ("mode: walk", "mode: fly", "schema.not_allowed"),
        ("mode: walk", "modus: walk", "schema.unknown_key"),
        ("classes: [steps]", "classes: [steps, footway]", "schema.rule"),
        ("factor: 1.3", "factor: 0.9", "schema.invalid"),
        ("minutes: [5, 10, 15]", "minutes: [15, 5]", "schema.rule"),
        ("profile: walk-elderly", "profile: walk-young", "schema.rule"),
        ("id: bike", "id: walk", "schema.rule"),
        ("assumption\n      origin: {zh: 取次干路", "official\n      origin: {zh: 取次干路", "schema.rule"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, old, new, says):
    with pytest.raises(InvalidInputError) as caught:
        load_travel(own(tmp_path, old, new))
    assert says in [f.code for f in caught.value.findings]
    assert all(f.file == TRAVEL_FILE and f.line for f in caught.value.findings)


@pytest.mark.parametrize(("kind", "code"), [("profile", "travel.no_profile"), ("preset", "travel.no_preset")])
def test_an_unknown_name_lists_the_known_ones(kind, code):
    with pytest.raises(InvalidInputError) as caught:
        getattr(load_travel(SHIPPED), kind)("nothing")
    (found,) = caught.value.findings
    assert found.code == code
    assert ("walk" if kind == "profile" else "quarter-hour") in found.advice("zh")
