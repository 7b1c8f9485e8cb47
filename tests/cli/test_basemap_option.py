"""`--online-basemap` on every command that writes a page: the page's policy names the host, and stderr says so."""

from __future__ import annotations

import html
import json
import re

import pytest

COMMANDS = {
    "map": ("map", "testville", "-o", "out.html"),
    "build": ("build", "testville", "-o", "out"),
    "compare": ("compare", "testville", "--scenario-b", "base", "-o", "out.html"),
    "reach": ("reach", "testville", "--metres", "500", "-o", "out"),
    "site": ("site", "testville", "--reach", "30", "--count", "1", "--demand", "demand.geojson", "-o", "out"),
    "coverage": ("coverage", "testville", "-o", "out"),
    "adjacency": ("adjacency", "testville", "--map", "out.html"),
}


DEMAND = {"type": "Feature", "properties": {"id": "d"}, "geometry": {"type": "Point", "coordinates": [114.01, 22.63]}}


@pytest.fixture(autouse=True)
def demand(testville):
    """A place that sites may serve."""
    file = testville.root / "demand.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [DEMAND]}), encoding="utf-8")


def images(root) -> str:
    """What the one page below a folder may ask for images."""
    (page,) = [*root.glob("out.html"), *root.glob("out/**/*.html")]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.read_text(encoding="utf-8"))
    assert policy is not None
    found = re.search(r"img-src ([^;]*);", html.unescape(policy[1]))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_asks_whom_it_was_told_to_ask_and_nobody_else(parkmap, testville, name):
    ran = parkmap(*COMMANDS[name], "--online-basemap", "osm")
    assert ran.code == 0, ran.err
    assert images(testville.root) == "data: https://tile.openstreetmap.org"
    assert "tile.openstreetmap.org" in ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_without_the_option_it_asks_nobody(parkmap, testville, name):
    ran = parkmap(*COMMANDS[name])
    assert ran.code == 0, ran.err
    assert images(testville.root) == "data:"
