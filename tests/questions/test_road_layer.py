"""Streets in the base of the map page.

class   | wide, its slip roads, minor only
room    | all classes, the widest only
credit  | origin, date, licence
"""

from __future__ import annotations

import pytest

from parkmap.layers.road_file import RoadFile, RoadMeta
from parkmap.questions.page import roads as road
from streets import network

CRS = "EPSG:4547"
META = RoadMeta(origin="town.osm", date="2024-05-06", licence="ODbL 1.0", profiles=())
PLACES = [(500000 + 1000 * k, 2500000) for k in range(5)]


def town(*classes):
    streets = [(k, k + 1) for k in range(len(classes))]
    return RoadFile(roads=network(PLACES[: len(classes) + 1], streets, highway=list(classes)), meta=META)


def drawn(roads):
    return [feature for group in road.road_groups(roads, CRS) for feature in group.features]


def test_wide_streets_lie_on_top_of_narrower_ones():
    found = drawn(town("tertiary", "motorway", "primary"))
    assert [feature.id for feature in found] == ["road-tertiary", "road-primary", "road-motorway"]
    assert [feature.width_px for feature in found] == sorted(feature.width_px for feature in found)


def test_slip_roads_belong_to_their_class_and_lines_are_joined():
    (found,) = drawn(town("primary", "primary_link"))
    assert found.geometry["type"] == "LineString"
    assert found.geometry["coordinates"][0] != found.geometry["coordinates"][-1]
    assert len(found.geometry["coordinates"]) == 2  # straight on: the place between says nothing


def test_minor_streets_are_no_base():
    assert road.road_groups(town("residential", "footway"), CRS) == ()


def test_the_widest_come_first_where_there_is_no_room_for_all(monkeypatch):
    monkeypatch.setattr(road, "VERTICES", 3)
    assert [feature.id for feature in drawn(town("tertiary", "motorway"))] == ["road-motorway"]


@pytest.mark.parametrize(("lang", "text"), [("zh", "2024-05-06"), ("en", "ODbL 1.0")])
def test_the_credit_names_origin_and_licence(lang, text):
    said = road.credit(META)[lang]
    assert "town.osm" in said
    assert text in said
