"""Sums over claims, worked out by hand.

| function | what must hold |
|---|---|
| sums_by | each market sums up to its total; claims without the property are gathered under "" |
| tier_sums | earlier, own and later tiers of a market add up to what it gets |
| two_way | items in their order, "" as the last column, nothing where nothing was claimed |
| rounded_two_way | rows, columns and the total agree as printed, each a neighbour of its square metres |
| flows_of | what goes into a class comes out of it; an item without land is not drawn |
"""

from __future__ import annotations

import pandas as pd
import pytest

from parkmap.analysis.quota.outcome.flows import flows_of
from parkmap.analysis.quota.outcome.sums import TOTAL, rounded_two_way, sums_by, tier_sums, two_way

CLAIMS = pd.DataFrame(
    [
        ("b:land:1", "b", "land", 1, 1, "nw", "08", 100, 90),
        ("a:land:1", "a", "land", 1, 2, "", "10", 80, 35),
        ("c:land:1", "c", "land", 1, 3, "nw", "", 60, 0),
        ("b:land:2", "b", "land", 2, 1, "nw", "10", 50, 50),
    ],
    columns=["claim", "item", "commodity", "year", "tier", "district", "class", "claim_m2", "allocated_m2"],
).set_index("claim")
CLAIMS["unmet_m2"] = CLAIMS["claim_m2"] - CLAIMS["allocated_m2"]


def test_sums_by_a_property():
    found = sums_by(CLAIMS, "district").set_index(["year", "district"])
    assert found.loc[(1, ""), ["claims", "claim_m2", "allocated_m2", "unmet_m2"]].tolist() == [1, 80, 35, 45]
    assert found.loc[(1, "nw"), ["claims", "claim_m2", "allocated_m2", "unmet_m2"]].tolist() == [2, 160, 90, 70]
    assert found["allocated_m2"].sum() == CLAIMS["allocated_m2"].sum()


def test_tiers_before_and_after():
    found = tier_sums(CLAIMS).set_index(["year", "tier"])
    assert found.loc[(1, 2), ["before_m2", "allocated_m2", "after_m2", "rivals", "tiers"]].tolist() == [90, 35, 0, 3, 3]
    assert found.loc[(1, 3), ["before_m2", "after_m2"]].tolist() == [125, 0]
    assert found.loc[(2, 1), ["before_m2", "after_m2", "rivals", "tiers"]].tolist() == [0, 0, 1, 1]


def test_two_ways():
    found = two_way(CLAIMS, "class")
    assert list(found.index) == ["b", "a", "c"]
    assert list(found.columns) == ["08", "10", "", TOTAL]
    assert found.loc["b"].tolist()[:2] == [90, 50]
    assert found.isna().sum().sum() == 5
    assert found[TOTAL].tolist() == [140, 35, 0]


def test_two_ways_add_up_rounded():
    exact = two_way(CLAIMS, "class")
    found = rounded_two_way(exact, 100)
    body = found.drop(index=TOTAL).drop(columns=TOTAL)
    assert (body.sum(axis=1) == found.loc[body.index, TOTAL]).all()
    assert (body.sum() == found.loc[TOTAL, body.columns]).all()
    assert found.at[TOTAL, TOTAL] in {100, 200}
    assert ((body - exact.drop(columns=TOTAL)).abs().fillna(0) < 100).all().all()
    assert (body.isna() == exact.drop(columns=TOTAL).isna()).all().all()


@pytest.mark.parametrize("side", ["into", "out"])
def test_what_flows_into_a_class_comes_out_of_it(side):
    draws = pd.DataFrame(
        [("b:land:1", "p1", 60), ("b:land:1", "q1", 30), ("a:land:1", "q1", 35), ("b:land:2", "p2", 50)],
        columns=["claim", "pool", "m2"],
    )
    pools = pd.DataFrame({"kind": ["p", "q", "p"]}, index=["p1", "q1", "p2"])
    found = flows_of(draws, CLAIMS, pools)
    assert found.kinds.to_dict("index") == {"p": {"m2": 110, "pool": "p1"}, "q": {"m2": 65, "pool": "q1"}}
    assert found.items.to_dict("index") == {"b": {"m2": 140, "claim_m2": 150}, "a": {"m2": 35, "claim_m2": 80}}
    assert getattr(found, side).groupby("class").sum().to_dict() == found.classes.to_dict() == {"08": 90, "10": 85}
