"""Service areas on the map page, from the tiny project with a street through its core.

layer     | bands, streets, sites; bottom first
streets   | some, none of an estimate, too many for a page
site      | of the plan, own
"""

from __future__ import annotations

import datetime as dt
import json

import pytest

from parkmap.layers.road_build import build_roads
from parkmap.messages import Words
from parkmap.plan.travel import load_travel
from parkmap.questions.base import Workspace
from parkmap.questions.reach import QUESTION, ReachRequest, page

DAY = dt.date(2025, 6, 1)


@pytest.fixture
def roads(testville):
    nodes = "".join(f'<node id="{i}" lon="{114.0 + i * 0.01}" lat="22.63"/>' for i in range(4))
    refs = "".join(f'<nd ref="{i}"/>' for i in range(4))
    source = testville.root / "street.osm"
    source.write_text(f'<osm>{nodes}<way id="1">{refs}<tag k="highway" v="residential"/></way></osm>', encoding="utf-8")
    path = testville.root / "roads.npz"
    path.write_bytes(build_roads(source, load_travel(testville.catalog).profiles, name="street.osm").content)
    return path


def groups(testville, **asked):
    workspace = Workspace(catalog=testville.catalog, as_of=DAY)
    answer = QUESTION.answer(workspace, ("testville",), ReachRequest(**asked))
    return {group.id: group for group in answer.layers()}


def test_the_widest_band_is_at_the_bottom_and_sites_are_on_top(testville, roads):
    assert list(groups(testville, roads=roads)) == ["reach-15", "reach-10", "reach-5", "reach-streets", "reach-sites"]


def test_streets_are_drawn_where_they_were_followed(testville, roads):
    (street,) = groups(testville, roads=roads, items=("core",))["reach-streets"].features
    assert street.id == "reach-core-streets"
    assert {lat for _, lat in street.geometry["coordinates"]} == {22.63}
    assert {row.label["en"]: row.value["en"] for row in street.rows}["Street reached"] == "2.00 km"
    assert "reach-streets" not in groups(testville)


def test_so_many_streets_are_left_to_the_geojson(testville, roads, monkeypatch):
    monkeypatch.setattr(page, "STREET_VERTICES", 1)
    assert "reach-streets" not in groups(testville, roads=roads)


def test_every_layer_says_how_it_was_made(testville, roads):
    assert groups(testville)["reach-5"].title == Words("5 分钟以内（估算）", "Within 5 min (estimate)")
    assert groups(testville, roads=roads, items=("core",))["reach-5"].title["en"] == "Within 5 min (streets)"


def test_items_of_the_plan_are_labelled_once(testville):
    spot = {"type": "Point", "coordinates": [114.01, 22.63]}
    layer = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"id": "own"}, "geometry": spot}],
    }
    path = testville.root / "own.geojson"
    path.write_text(json.dumps(layer), encoding="utf-8")
    assert {f.label_rank for f in groups(testville)["reach-sites"].features} == {None}
    assert [f.label_rank for f in groups(testville, sites=path)["reach-sites"].features] == [2]


def test_cards_say_areas_in_the_unit_of_their_language(testville):
    area = groups(testville)["reach-5"].features[0]
    shown = {row.label["zh"]: row.value for row in area.rows}
    assert list(shown) == ["范围", "方法", "面积", "方式"]
    assert shown["面积"]["zh"].endswith(" 公顷")
    assert shown["面积"]["en"].endswith(" ha")
    assert "4 公里/时（假设：" in shown["方式"]["zh"]
    assert "4 km/h (assumption: " in shown["方式"]["en"]


def test_the_page_opens_where_the_areas_are_and_says_what_is_a_guess(testville):
    answer = QUESTION.answer(Workspace(catalog=testville.catalog, as_of=DAY), ("testville",), ReachRequest())
    shown = answer.page(answer)
    west, south, east, north = shown.bounds
    assert 113.9 < west < east < 114.1
    assert 22.5 < south < north < 22.7
    assert any("estimates" in stamp["en"] for stamp in shown.stamps)
