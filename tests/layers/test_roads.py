"""Streets fetched from OpenStreetMap, with answers put in the services' mouths: nothing leaves the machine.

network   | none, refused, place unknown, box, place
cache     | asked once; settings of OSMnx as before
"""

from __future__ import annotations

import json
import socket

import osmnx as ox
import pytest
import requests

from parkmap.errors import InvalidInputError
from parkmap.layers.road_build import build_graph_roads
from parkmap.layers.roads import fetch
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.travel import load_travel

BOX = (114.04, 22.53, 114.07, 22.56)
STREETS = {
    "elements": [
        {"type": "node", "id": 1, "lon": 114.05, "lat": 22.54},
        {"type": "node", "id": 2, "lon": 114.06, "lat": 22.54},
        {"type": "node", "id": 3, "lon": 114.06, "lat": 22.55},
        {"type": "way", "id": 10, "nodes": [1, 2], "tags": {"highway": "residential", "foot": "no"}},
        {"type": "way", "id": 11, "nodes": [2, 3], "tags": {"highway": "tertiary", "oneway": "yes"}},
    ]
}
PLACE = [
    {
        "place_id": 1,
        "osm_type": "relation",
        "osm_id": 1,
        "class": "boundary",
        "type": "administrative",
        "addresstype": "city_district",
        "name": "福田区",
        "place_rank": 14,
        "importance": 0.5,
        "display_name": "福田区",
        "lat": "22.54",
        "lon": "114.05",
        "boundingbox": ["22.53", "22.56", "114.04", "114.07"],
        "geojson": {
            "type": "Polygon",
            "coordinates": [[[114.04, 22.53], [114.07, 22.53], [114.07, 22.56], [114.04, 22.56], [114.04, 22.53]]],
        },
    }
]


class Answer:
    """An answer of a web service."""

    status_code, ok, reason, url = 200, True, "OK", "https://example.invalid/"

    def __init__(self, content):
        self.content = self.text = json.dumps(content)
        self.headers = {}

    def json(self):
        return json.loads(self.content)


@pytest.fixture
def services(monkeypatch):
    """Answer for both services and count the questions."""
    asked = []

    def get(url, **_):
        asked.append(url)
        return Answer(PLACE)

    def post(url, **_):
        asked.append(url)
        return Answer(STREETS)

    monkeypatch.setattr(requests, "get", get)
    monkeypatch.setattr(requests, "post", post)
    monkeypatch.setattr(ox.settings, "overpass_rate_limit", False)
    monkeypatch.setattr(socket, "gethostbyname", lambda _: "203.0.113.1")
    monkeypatch.setattr("time.sleep", lambda _: None)
    return asked


@pytest.mark.parametrize("place", [BOX, "福田区, 深圳市, 中国"])
def test_streets_come_with_the_tags_that_the_rules_need(services, tmp_path, place):
    found = fetch(place, cache=tmp_path)
    assert sorted(found.roads.edge_ids.tolist()) == [10, 11]
    tags = dict(zip(found.roads.edge_ids.tolist(), found.roads.tags, strict=True))
    assert tags[10]["foot"] == "no"
    profiles = load_travel(Catalog((shipped_root().resolve(),))).profiles
    built = build_graph_roads(found, profiles, name="here")
    assert built.open_length_m["walk"] < built.open_length_m["drive"]
    assert services


def test_the_same_question_is_asked_once(services, tmp_path):
    fetch(BOX, cache=tmp_path)
    first = len(services)
    fetch(BOX, cache=tmp_path)
    assert first == len(services) == 1


@pytest.mark.usefixtures("services")
def test_settings_are_put_back(tmp_path):
    before = {name: getattr(ox.settings, name) for name in ("cache_folder", "useful_tags_way", "requests_timeout")}
    fetch(BOX, cache=tmp_path)
    assert {name: getattr(ox.settings, name) for name in before} == before


@pytest.mark.usefixtures("services")
@pytest.mark.parametrize("place", [BOX, "福田区"])
def test_no_network_says_what_to_do(monkeypatch, tmp_path, place):
    def refuse(*_, **__):
        raise requests.exceptions.ConnectionError("no route")

    monkeypatch.setattr(requests, "get", refuse)
    monkeypatch.setattr(requests, "post", refuse)
    with pytest.raises(InvalidInputError) as caught:
        fetch(place, cache=tmp_path)
    (found,) = caught.value.findings
    assert found.code == "roads.no_network"
    assert "parkmap roads build --osm" in found.advice("zh")


@pytest.mark.usefixtures("services")
def test_an_unknown_place(monkeypatch, tmp_path):
    monkeypatch.setattr(requests, "get", lambda *_, **__: Answer([]))
    with pytest.raises(InvalidInputError) as caught:
        fetch("Nowhereville", cache=tmp_path)
    assert [(f.code, f.key) for f in caught.value.findings] == [("roads.no_place", "Nowhereville")]


@pytest.mark.usefixtures("services")
def test_no_street_there(monkeypatch, tmp_path):
    monkeypatch.setattr(requests, "post", lambda *_, **__: Answer({"elements": []}))
    with pytest.raises(InvalidInputError) as caught:
        fetch(BOX, cache=tmp_path)
    assert [f.code for f in caught.value.findings] == ["roads.no_place"]
