"""Extents with periods: which hold on a day, which contradict each other, and which features are one place.

Case matrix
state       before, on and after the first and last day; a successor; an undated one beside a dated one
overlap     the day between, the same day, open ends, undated, other places
one place   same name with brackets at its end, shared alias, another name, no published area
"""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.errors import InvalidInputError
from parkmap.layers.extents import extent_state, ground_facts
from parkmap.layers.read import read_geography
from parkmap.plan.conflicts.ground_facts import Extent
from parkmap.plan.elements import Name

PLACES = "layers/testville/places.geojson"


def day(text):
    return None if text is None else dt.date.fromisoformat(text)


def extent(place, first, last, area=100.0):
    return Extent(
        place=place, name=Name(zh=place, en=place), published_ha=area, first=day(first), last=day(last), drawn=True
    )


EARLY, LATE = extent("early", "2010-08-26", "2021-09-05"), extent("late", "2021-09-06", None)
UNDATED = extent("undated", None, None)
OPEN = extent("open", "2010-06-30", None)


@pytest.mark.parametrize(
    ("one", "others", "on", "state"),
    [
        (EARLY, (EARLY, LATE), "2010-08-25", "not_yet"),
        (EARLY, (EARLY, LATE), "2010-08-26", "in_force"),
        (EARLY, (EARLY, LATE), "2021-09-05", "in_force"),
        (EARLY, (EARLY, LATE), "2021-09-06", "superseded"),
        (LATE, (EARLY, LATE), "2021-09-05", "not_yet"),
        (LATE, (EARLY, LATE), "2021-09-06", "in_force"),
        (LATE, (EARLY, LATE), "2099-01-01", "in_force"),
        (OPEN, (OPEN, UNDATED), "2020-01-01", "open"),  # the other may have replaced it
        (UNDATED, (OPEN, UNDATED), "2020-01-01", "open"),
        (OPEN, (OPEN,), "2020-01-01", "in_force"),
        (OPEN, (OPEN, LATE), "2021-09-06", "superseded"),  # a later first day ends an open one
        (UNDATED, (UNDATED,), "2020-01-01", "open"),
    ],
)
def test_the_state_of_an_extent_on_a_day(one, others, on, state):
    assert extent_state(one, others, day(on)) == state


def second_park(project, **properties):
    """Give the corner park a second feature of the same name."""
    collection = project.layer(PLACES)
    park = next(f for f in collection["features"] if f["properties"]["id"] == "corner-park")
    own = {
        **park["properties"],
        "id": "corner-park-later",
        "name_zh": "东南产业园（扩区后）",
        "area_published_ha": 150.0,
    }
    collection["features"].append(
        {"type": "Feature", "properties": {**own, **properties}, "geometry": park["geometry"]}
    )
    project.write_layer(PLACES, collection)


def dated(project, first, last):
    project.feature(PLACES, "corner-park", area_valid_from=first, area_valid_to=last)


def problems(project):
    with pytest.raises(InvalidInputError) as caught:
        project.analyse()
    return list(caught.value.findings)


@pytest.mark.parametrize(
    ("first", "last", "later"),
    [
        ("2010-01-01", "2020-01-01", "2020-01-01"),
        ("2010-01-01", "2021-01-01", "2020-01-01"),
        ("2020-01-01", "2020-12-31", "2020-01-01"),
    ],
)
def test_two_extents_of_one_place_on_one_day_are_an_error(testville, first, last, later):
    dated(testville, first, last)
    second_park(testville, area_valid_from=later, area_valid_to=None)
    (found,) = problems(testville)
    assert (found.code, found.severity) == ("period.overlap", "error")
    assert PLACES in found.file
    assert found.ids == ("corner-park", "corner-park-later")


@pytest.mark.parametrize(
    ("first", "last", "later"),
    [
        ("2010-01-01", "2019-12-31", "2020-01-01"),
        ("2010-01-01", None, "2020-01-01"),  # an open end gives way to a later first day
        (None, None, "2020-01-01"),
        ("2010-01-01", "2030-01-01", None),
    ],
)
def test_extents_that_follow_each_other_or_are_not_dated_are_fine(testville, first, last, later):
    dated(testville, first, last)
    second_park(testville, area_valid_from=later, area_valid_to=None)
    assert testville.analyse().facts.extents["corner-park"][0].place in {"corner-park", "corner-park-later"}


def test_an_extent_that_ends_before_it_begins(testville):
    dated(testville, "2020-01-01", "2019-12-31")
    (found,) = problems(testville)
    assert (found.code, found.key) == ("period.reversed", "corner-park")


def test_contradictions_and_broken_references_are_told_at_once(testville):
    dated(testville, "2020-01-01", "2019-12-31")
    testville.replace("config/plans/testville.yaml", "    place: corner-point\n", "    place: corner-pont\n")
    assert sorted(f.code for f in problems(testville)) == ["link.broken", "period.reversed"]


@pytest.mark.parametrize(
    ("properties", "one_place"),
    [
        ({}, True),
        ({"name_zh": "产业园", "aliases_zh": "大园；东南产业园"}, True),
        ({"name_zh": "产业园"}, False),
        ({"area_published_ha": None}, False),
    ],
)
def test_which_features_are_one_place(testville, properties, one_place):
    second_park(testville, **properties)
    facts = ground_facts(read_geography(testville.catalog, testville.load().plan))
    versions = [e.place for e in facts.extents["corner-park"]]
    assert versions == (["corner-park", "corner-park-later"] if one_place else ["corner-park"])


def test_an_extent_in_use_that_does_not_hold_on_the_day_is_told(testville):
    dated(testville, "2010-01-01", "2019-12-31")
    second_park(testville, area_valid_from="2020-01-01", area_valid_to=None)
    (told,) = [f for f in testville.analyse(as_of=day("2025-06-01")).findings if f.code == "validity.extent"]
    assert told.key == "parks.corner-park"
    assert "2019-12-31" in told.text("zh")
    assert "扩区后" in told.text("zh")
    assert not [f for f in testville.analyse(as_of=day("2015-01-01")).findings if f.code == "validity.extent"]


@pytest.mark.parametrize(
    ("plan_id", "item", "places"),
    [
        ("shenzhen-life-health-2013", "qianhai-cooperation-zone", ["qianhai-initial", "qianhai-enlarged"]),
        ("guangzhou-health-2017", "knowledge-city", ["knowledge-city-initial", "knowledge-city-enlarged"]),
    ],
)
def test_the_extents_that_were_published_one_after_the_other(shipped, plan_id, item, places):
    results = shipped(plan_id)
    place = results.items.at[item, "place"]
    assert [e.place for e in results.facts.extents[place]] == places
