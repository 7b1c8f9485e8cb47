"""Who falls to which site.

demand    | nearest of two, out of reach, off the streets, without weight, negative weight, none at all
sites     | several, one, none
cut-off   | bands
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from parkmap.analysis.catchment import reachability
from parkmap.analysis.network.travel import Assumed
from parkmap.analysis.service_area import ReachRules
from parkmap.errors import InvalidInputError
from streets import network

STREET = network([(0, 0), (2000, 0)], [(0, 1)])
"""One street of 2 km, 20 minutes long."""
RULES = ReachRules(
    profile="walk",
    unit="minutes",
    cutoffs=(2.0, 5.0),
    assumed=Assumed(speed_kmh=6.0, detour_factor=1.5, snap_limit_m=50.0),
)


def frame(places, **columns):
    points = shapely.points(np.array(list(places.values()), dtype=float).reshape(-1, 2))
    return gpd.GeoDataFrame(columns, index=list(places), geometry=points, crs="EPSG:4547")


SITES = frame({"west": (200, 0), "east": (1000, 0)})
DEMAND = frame(
    {"a": (100, 0), "b": (550, 0), "c": (700, 0), "far": (1900, 0), "off": (200, 200)}, weight=[1, 2, 4, 8, 16]
)


def test_each_point_falls_to_the_nearest_site():
    found = reachability(DEMAND, SITES, STREET, RULES).demand
    assert found["nearest"].dropna().to_dict() == {"a": "west", "b": "west", "c": "east", "off": "west"}
    assert found["cost"].dropna().to_dict() == pytest.approx({"a": 1.0, "b": 3.5, "c": 3.0, "off": 3.0})
    assert found["sites_within"].to_dict() == {"a": (1, 1), "b": (0, 2), "c": (0, 2), "far": (0, 0), "off": (0, 1)}
    assert found["method"].dropna().to_dict() == {"a": "network", "b": "network", "c": "network", "off": "estimate"}


def test_catchments_add_up():
    found = reachability(DEMAND, SITES, STREET, RULES).catchments
    assert found["weight"].to_dict() == {
        ("west", 2.0): 1.0,
        ("west", 5.0): 1.0 + 2.0 + 16.0,
        ("east", 2.0): 0.0,
        ("east", 5.0): 4.0,
    }
    assert found.loc[("west", 5.0), "reachable_weight"] == 1 + 2 + 4 + 16
    assert found.loc[("east", 5.0), "reachable_weight"] == 2 + 4
    assert found.loc[("west", 5.0), "method"] == "estimate"
    assert found.loc[("west", 2.0), "method"] == "network"


def test_totals():
    found = reachability(DEMAND, SITES, STREET, RULES).totals
    assert found["weight"].to_dict() == {2.0: 1.0, 5.0: 23.0}
    assert found["share"].to_dict() == pytest.approx({2.0: 1 / 31, 5.0: 23 / 31})
    assert found["points"].to_dict() == {2.0: 1, 5.0: 4}


def test_without_roads_everything_is_an_estimate():
    found = reachability(DEMAND, SITES, None, RULES)
    assert set(found.demand["method"]) == set(found.catchments["method"]) == {"estimate"}
    assert found.demand.loc["a", "cost"] == pytest.approx(1.5)


def test_metres():
    rules = ReachRules(profile="walk", unit="metres", cutoffs=(500.0,), assumed=RULES.assumed)
    assert reachability(DEMAND, SITES, STREET, rules).demand.loc["b", "cost"] == pytest.approx(350.0)


@pytest.mark.parametrize("weight", [np.nan, -1.0])
def test_a_weight_that_is_none_names_its_point(weight):
    with pytest.raises(InvalidInputError) as caught:
        reachability(DEMAND.assign(weight=[1, 2, weight, 8, 16]), SITES, STREET, RULES)
    assert [(f.code, f.ids) for f in caught.value.findings] == [("reach.weight", ("c",))]


@pytest.mark.parametrize(
    ("demand", "sites", "codes"),
    [
        (DEMAND.iloc[:0], SITES, ["reach.no_demand"]),
        (DEMAND, SITES.iloc[:0], ["reach.no_sites"]),
        (DEMAND.iloc[:0], SITES.iloc[:0], ["reach.no_sites", "reach.no_demand"]),
    ],
)
def test_nothing_to_reach(demand, sites, codes):
    with pytest.raises(InvalidInputError) as caught:
        reachability(demand, sites, STREET, RULES)
    assert [f.code for f in caught.value.findings] == codes


def test_rows_are_independent_of_each_other():
    whole = reachability(DEMAND, SITES, STREET, RULES).demand
    halves = [reachability(part, SITES, STREET, RULES).demand for part in (DEMAND.iloc[:2], DEMAND.iloc[2:])]
    pd.testing.assert_frame_equal(pd.concat(halves), whole, check_dtype=False)
