"""What cannot be compared: errors that name the ids and what to do, in both languages, all at once.

ids       | repeated, missing
system    | none, degrees, feet, Web Mercator
shapes    | points, lines, none, empty; invalid ones that cannot be overlaid
tolerance | zero, negative, no number, without end
many      | everything wrong at once; more ids than are spelt out
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from squares import CRS, box, parcels, polygon

from parkmap.analysis.adjacency import contiguity
from parkmap.errors import InvalidInputError


def findings(series, **asked):
    with pytest.raises(InvalidInputError) as caught:
        contiguity(series, **asked)
    for found in caught.value.findings:
        for lang in ("zh", "en"):
            assert found.text(lang)
            assert found.advice(lang)
    return list(caught.value.findings)


def named(series, **asked):
    return [(found.code, found.ids) for found in findings(series, **asked)]


GOOD = parcels(a=box(0, 0), b=box(10, 0), c=box(20, 0))


def test_repeated_ids_are_named():
    assert named(GOOD.set_axis(["x", "y", "x"])) == [("graph.repeated_ids", ("x",))]


def test_missing_ids_are_counted():
    (found,) = findings(GOOD.set_axis(["x", None, None]))
    assert found.code == "graph.missing_ids"
    assert "2" in found.text("en")


@pytest.mark.parametrize(
    ("crs", "code"),
    [(None, "crs.missing"), (4326, "crs.not_metric"), (4490, "crs.not_metric"), (2225, "crs.not_metric")],
)
def test_systems_without_metres(crs, code):
    assert [f.code for f in findings(GOOD.set_crs(crs, allow_override=True))] == [code]


def test_invalid_shapes_that_cannot_be_overlaid_are_named():
    twisted = polygon((11, 8), (7, 6), (6, 11), (3, 9), (8, 0), (4, 10), (6, 0))
    series = parcels(twisted=twisted, other=box(3, 2, 6, 5), far=box(50, 50))
    assert named(series, eps_m=1.0) == [("parcels.invalid", ("twisted",))]
    assert "Self-intersection" in findings(series, eps_m=1.0)[0].text("en")


def test_shapes_that_are_no_polygons():
    point, line = shapely.Point(0, 0), shapely.LineString([(0, 0), (1, 1)])
    series = gpd.GeoSeries({"a": box(0, 0), "p": point, "l": line, "n": None, "e": shapely.Polygon()}, crs=CRS)
    assert named(series) == [("graph.no_shape", ("n", "e")), ("graph.not_polygons", ("p", "l"))]


@pytest.mark.parametrize("eps", [0.0, -1.0, np.nan, np.inf])
def test_tolerances_that_are_none(eps):
    assert [f.code for f in findings(GOOD, eps_m=eps)] == ["graph.eps"]


def test_everything_at_once():
    series = gpd.GeoSeries([box(0, 0), shapely.Point(0, 0), None], index=["a", "a", None])
    codes = [found.code for found in findings(series, eps_m=-1)]
    assert codes == [
        "graph.missing_ids",
        "graph.repeated_ids",
        "crs.missing",
        "graph.no_shape",
        "graph.not_polygons",
        "graph.eps",
    ]


def test_ten_ids_are_spelt_out_and_all_are_listed():
    series = gpd.GeoSeries([shapely.Point(k, 0) for k in range(12)], index=[f"p{k}" for k in range(12)], crs=CRS)
    (found,) = findings(series)
    assert len(found.ids) == 12
    assert "p9 … (12)" in found.text("en")
    assert "p10" not in found.text("zh")
