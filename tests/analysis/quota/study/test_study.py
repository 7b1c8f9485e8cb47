"""Sensitivity, the price of fairness and comparison on cases worked by hand.

| question | case |
|---|---|
| what does a bound cost | supply, cap of a group, cap of a claim |
| what if weights or supply change | two claims in proportion, two tiers |
| scenarios side by side, price of fairness | two methods, two tiers |
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from parkmap.analysis.quota.solve import solve
from parkmap.analysis.quota.study.compare import compare, spread
from parkmap.analysis.quota.study.fairness import price_of_fairness
from parkmap.analysis.quota.study.sensitivity import break_even, shadow_prices, weight_ranges
from quota_problem import problem


def test_what_a_bound_costs():
    """a earns 3, b 2, c 1; the group of a is full, b is capped, c takes the rest of the supply."""
    claims = {
        "a": {"claim_m2": 90, "weight": 3.0},
        "b": {"claim_m2": 90, "cap_m2": 30, "weight": 2.0, "cap_rule": "red-line"},
        "c": {"claim_m2": 90, "weight": 1.0},
    }
    made = problem(claims, groups=[{"group": "g", "cap_m2": 40, "rule": "r"}], members=[("g", "a")])
    table = shadow_prices(made, method="max-benefit").set_index("kind")
    assert table["benefit"].to_dict() == {"supply": 1.0, "group_cap": 2.0, "claim_cap": 1.0}
    assert table["winner"].to_dict() == {"supply": "c", "group_cap": "a", "claim_cap": "b"}
    assert table["total_m2"].to_dict() == {"supply": 1.0, "group_cap": 0.0, "claim_cap": 0.0}


def test_the_range_over_weights():
    """Of 100, a weighs 1 and b 1: a gets between 0.8/2.0 and 1.2/2.0 at 20 per cent."""
    table = weight_ranges(problem({name: {"claim_m2": 100} for name in "ab"}), method="proportional", percent=20)
    assert table["low_m2"].to_list() == pytest.approx([40, 40])
    assert table["high_m2"].to_list() == pytest.approx([60, 60])
    assert table["exact"].all()
    assert not table["rank_stable"].any()
    assert table[["best_rank", "worst_rank"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def test_the_range_holds_every_corner_of_the_box():
    rng = np.random.default_rng(5)
    claims = {f"c{k}": {"claim_m2": int(rng.integers(20, 90)), "tier": 1 + k % 2, "floor_m2": k} for k in range(5)}
    made = problem(claims, supply=160, groups=[{"group": "g", "cap_m2": 60}], members=[("g", "c0"), ("g", "c2")])
    table = weight_ranges(made, method="priority", percent=30)
    for _ in range(40):
        weight = 1 + 0.3 * rng.choice([-1, 1], 5)
        changed = dataclasses.replace(made, claims=made.claims.assign(weight=weight))
        got = solve(changed).claims["ideal_m2"]
        assert (got >= table["low_m2"] - 1e-6).all()
        assert (got <= table["high_m2"] + 1e-6).all()


def test_the_supply_from_which_a_claim_is_served():
    claims = {"a": {"claim_m2": 60, "tier": 1}, "b": {"claim_m2": 50, "tier": 2, "floor_m2": 10}}
    table = break_even(problem(claims))
    assert table.loc["a"].to_list() == [10, 70]
    assert table.loc["b"].to_list() == [70, 110]


def test_a_claim_that_no_supply_meets():
    made = problem({"a": {"claim_m2": 60}}, groups=[{"group": "g", "cap_m2": 30}], members=[("g", "a")])
    assert break_even(made)["met_m2"].isna().all()


def test_the_price_of_fairness_is_the_land_that_moves():
    claims = {"a": {"claim_m2": 1_000_000, "tier": 1}, "b": {"claim_m2": 1_000_000, "tier": 2}}
    table = price_of_fairness(problem(claims, supply=1_000_000), steps=3)
    assert table.groupby("fairness")["moved_ha"].first().to_dict() == {0.0: 0.0, 0.5: 25.0, 1.0: 50.0}
    assert table.set_index(["fairness", "tier"])["change_ha"][1.0].to_dict() == {1: -50.0, 2: 50.0}


def test_scenarios_side_by_side():
    claims = {"a": {"claim_m2": 100, "tier": 1}, "b": {"claim_m2": 100, "tier": 2}}
    made = problem(claims)
    table = compare({"strict": solve(made), "even": solve(made, method="proportional")})
    assert table["even change_m2"].to_list() == [-50, 50]
    assert spread(solve(made)).loc[("land", 2025)].to_list() == [2, 0.0, 0.5, 0.5]
    assert spread(solve(made, method="proportional")).loc[("land", 2025), "gini"] == 0


def test_a_comparison_keeps_the_order_of_the_scenarios():
    first, second = problem({"b": {"claim_m2": 10}, "a": {"claim_m2": 10}}), problem({"c": {"claim_m2": 9}})
    table = compare({"one": solve(first), "two": solve(second)})
    assert [item for item, _, _ in table.index] == ["b", "a", "c"]
    assert table["one claim_m2"].isna().to_list() == [False, False, True]
    assert table["two change_m2"].to_list() == [-10, -10, 9]
