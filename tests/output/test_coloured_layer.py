"""A table that names a column of numbers is a layer of the map: on the page's data, on the still map, in both legends.

Four districts of the tiny project: 1, 2 and 3 parks per 100 km2, and one without a number.
"""

from __future__ import annotations

import dataclasses
import io
import json
import re

import numpy as np
import pytest
from PIL import Image

from parkmap.facts.columns import TOTAL, column, named_id, table
from parkmap.facts.facts import facts
from parkmap.facts.units import NUMBER
from parkmap.messages import Words
from parkmap.output.figure.sheet import picture
from parkmap.output.html.layers.coloured import MOST_DRAWN, coloured_layer
from parkmap.output.html.page import render
from parkmap.output.html.shades import OF_RAMP, OPACITY, UNKNOWN, shades
from parkmap.plan.catalog import shipped_root
from parkmap.plan.style import read_style
from parkmap.questions.page.plan import over_base, plan_page

STYLE = read_style(shipped_root() / "config/style.yaml")
DENSITY = table(
    "density",
    "title.coverage",
    "district",
    named_id("id", "行政区", "district", of="district"),
    column("parks", "每百平方公里园区数", "parks per 100 km2", NUMBER, null=True),
    identity=("id",),
    total_at="total",
    coloured="parks",
)
VALUES = {"nw": 1.0, "ne": 2.0, "sw": 3.0, "se": None}
ROWS = [*({"id": name, "parks": value} for name, value in VALUES.items()), {"id": TOTAL, "parks": 6.0}]


@pytest.fixture(scope="module")
def layer(testville_results):
    names = {"district": {"nw": Words("西北区", "North-west")}}
    shapes = testville_results.geography.districts.geometry.loc[list(VALUES)]
    return coloured_layer(facts(DENSITY, ROWS, names=names), shapes)


def data_of(page):
    html = render(page, style=STYLE, lang="zh")
    return json.loads(re.search(r'id="parkmap-data">(.*?)</script>', html, re.DOTALL)[1])


def test_each_row_but_the_total_is_a_feature_with_its_card(layer):
    assert [feature.id for feature in layer.features] == [f"density-{name}" for name in VALUES]
    first, last = layer.features[0], layer.features[-1]
    assert first.name == Words("西北区", "North-west")
    assert [(row.label.en, row.value.en) for row in first.rows] == [("Parks per 100 km2", "1.00")]
    assert last.amount is None
    assert last.rows == ()
    assert layer.parent is not None
    assert layer.parent.en == "Analyses"
    assert layer.shown


def test_the_page_has_the_colours_of_the_style_file_and_each_geometry_once(layer, testville_results):
    data = data_of(over_base(plan_page(testville_results), [layer]))
    group = next(one for one in data["groups"] if one["id"] == "density")
    ramp = [step["colour"] for step in STYLE["ramp"]]
    assert [(one["en"], one["colour"]) for one in group["classes"]] == [
        ("≤ 1.4", ramp[0]),
        ("1.4–2.2", ramp[2]),
        ("> 2.2", ramp[4]),
        ("No data", UNKNOWN),
    ]
    assert group["by"]["zh"] == "每百平方公里园区数"
    ids = [one["id"] for one in data["groups"]]
    assert ids.index("density") == ids.index("districts") + 1
    outlines = {feature["id"]: feature["shape"] for one in data["groups"] if one["id"] == "districts" for feature in one["features"]}  # fmt: skip # noqa: E501
    assert {feature["shape"] for feature in group["features"]} == {outlines[name] for name in VALUES}
    assert len(data["shapes"]) == len({json.dumps(shape) for shape in data["shapes"]})


def test_the_quota_keeps_the_classes_of_the_ramp():
    assert [shade.name.en for shade in shades(OF_RAMP, STYLE)] == ["0–24%", "25–49%", "50–74%", "75–99%", "100%"]


def test_what_would_be_too_many_or_nowhere_is_not_drawn(testville_results):
    shapes = testville_results.geography.districts.geometry
    nowhere = facts(DENSITY, ROWS[:1])
    assert coloured_layer(nowhere, shapes.loc[["nw"]].where([False])) is None
    many = facts(DENSITY, [{"id": str(number), "parks": 1.0} for number in range(MOST_DRAWN + 1)])
    assert coloured_layer(many, shapes.iloc[[0] * (MOST_DRAWN + 1)]) is None


def blended(colour, ground):
    rgb = [np.array([int(one[k : k + 2], 16) for k in (1, 3, 5)]) for one in (colour, ground)]
    return np.round(rgb[0] * OPACITY + rgb[1] * (1 - OPACITY)).astype(int)


def pixels_like(image, colour):
    return int((np.abs(image.astype(int) - colour).max(axis=2) <= 1).sum())


def test_the_still_map_draws_every_class_and_its_key(layer, testville_results):
    page = plan_page(testville_results)
    bare = dataclasses.replace(page, groups=tuple(one for one in page.groups if one.id in {"land", "districts"}))
    drawn = {}
    for name, shown in (("with", [layer]), ("without", [])):
        crs = testville_results.plan.crs
        made = picture(over_base(bare, shown), crs=crs, style=STYLE, lang="en", layout="a4", form="png")
        drawn[name] = np.asarray(Image.open(io.BytesIO(made)).convert("RGB"))
    land = STYLE["roles"]["land"]["colour"]
    for shade in shades(layer.classes, STYLE):
        if not shade.missing:
            colour = blended(shade.colour, land)
            assert pixels_like(drawn["with"], colour) > pixels_like(drawn["without"], colour) + 5_000, shade.name
