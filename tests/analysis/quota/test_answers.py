"""Ledger, overrides, conflicts and sensitivity on cases worked by hand.

| question | case |
|---|---|
| which rule and pool is each square metre from | two pools, a floor, a unit of rounding, an override up and down |
| why is there no allocation | floors above supply; floor of a group above its claims; cap of a group below a floor |
| what does a bound cost | supply, cap of a group, cap of a claim |
| what if weights or supply change | two claims in proportion, two tiers |
| scenarios side by side, price of fairness | two methods, two tiers |
"""

from __future__ import annotations

import dataclasses
import datetime as dt

import numpy as np
import pandas as pd
import pytest

from parkmap.analysis.quota.bounds import relaxed
from parkmap.analysis.quota.compare import compare, spread
from parkmap.analysis.quota.dial import price_of_fairness
from parkmap.analysis.quota.outcome import Override
from parkmap.analysis.quota.problem import make_problem
from parkmap.analysis.quota.sensitivity import break_even, shadow_prices, weight_ranges
from parkmap.analysis.quota.solve import solve

DAY = dt.date(2025, 3, 1)


def problem(claims, *, pools=None, supply=100, groups=(), members=()):
    own = [{"pool": "p", "commodity": "land", "year": 2025, "supply_m2": supply, "rule": "measures-28"}]
    rows = [
        {"claim": name, "item": name, "commodity": "land", "year": 2025, **columns} for name, columns in claims.items()
    ]
    return make_problem(
        pools=pd.DataFrame(pools or own),
        claims=pd.DataFrame(rows),
        groups=pd.DataFrame(list(groups)) if groups else None,
        members=pd.DataFrame(list(members), columns=["group", "claim"]) if members else None,
    )


def rows(outcome, claim):
    table = outcome.ledger[outcome.ledger["claim"] == claim]
    return [(r.pool, r.stage, r.rule, r.m2) for r in table.itertuples()]


TWO_POOLS = [
    {"pool": "list", "commodity": "land", "year": 2025, "supply_m2": 40, "order": 0},
    {"pool": "city", "commodity": "land", "year": 2025, "supply_m2": 61, "order": 1},
]
PAIR = {
    "a": {"claim_m2": 100, "floor_m2": 20, "tier_rule": "measures-01", "floor_rule": "reserve"},
    "b": {"claim_m2": 100},
}


def test_the_ledger_names_rule_and_pool_of_every_square_metre():
    """50.5 each of 101: the unit goes to a; its floor of 20 and 20 more come from the list, the rest from the city."""
    outcome = solve(problem(PAIR, pools=TWO_POOLS))
    assert rows(outcome, "a") == [
        ("list", "floor", "reserve", 20),
        ("list", "share", "measures-01", 20),
        ("city", "share", "measures-01", 10),
        ("city", "rounding", "", 1),
    ]
    assert rows(outcome, "b") == [("city", "share", "", 50)]


@pytest.mark.parametrize(("m2", "difference", "other"), [(80, 29, 21), (10, -41, 91), (51, 0, 50)])
def test_an_override_is_a_row_with_who_when_and_why(m2, difference, other):
    by_hand = Override(claim="a", m2=m2, who="Li", when=DAY, why="court ruling")
    outcome = solve(problem(PAIR, pools=TWO_POOLS), overrides=[by_hand])
    assert outcome.claims["allocated_m2"].to_dict() == {"a": m2, "b": other}
    assert outcome.claims.loc["a", "bound"] == "override"
    table = outcome.ledger[outcome.ledger["stage"] == "override"]
    assert table["m2"].sum() == difference
    assert outcome.ledger.groupby("claim")["m2"].sum().to_dict() == {"a": m2, "b": other}
    if difference:
        assert set(zip(table["who"], table["when"], table["why"], strict=True)) == {
            ("Li", "2025-03-01", "court ruling")
        }


def test_a_claim_that_gets_nothing_has_a_row_that_says_why():
    claims = {"a": {"claim_m2": 100}, "b": {"claim_m2": 50, "tier": 2, "tier_rule": "second"}}
    row = solve(problem(claims)).ledger.query("claim == 'b'").iloc[0]
    assert (row["m2"], row["bound"], row["bound_rule"]) == (0, "tier", "second")


# Conflicts


def named(conflict):
    return {(ref.kind, ref.ids, ref.rules) for ref in conflict.bounds}


def test_floors_above_the_supply_name_the_fewest_floors():
    """60 + 50 of 100 collide already; the floor of 5 has no part in it."""
    claims = {
        "a": {"claim_m2": 90, "floor_m2": 60, "floor_rule": "r1"},
        "b": {"claim_m2": 90, "floor_m2": 50, "floor_rule": "r2", "tier": 2},
        "c": {"claim_m2": 9, "floor_m2": 5, "floor_rule": "r3"},
    }
    made = problem(claims)
    outcome = solve(made)
    assert outcome.status == "infeasible"
    assert (outcome.claims["allocated_m2"] == 0).all()
    assert named(outcome.conflict) == {
        ("supply", ("p",), ("measures-28",)),
        ("claim_floor", ("a",), ("r1",)),
        ("claim_floor", ("b",), ("r2",)),
    }
    assert outcome.conflict.missing_m2 == 10
    assert outcome.conflict.cheapest_m2 == 15
    assert dict(outcome.conflict.by_kind) == {"claim_floor": 15, "supply": 15}
    (change,) = outcome.conflict.cheapest
    assert (change.kind, change.id, change.rule, change.from_m2, change.to_m2) == ("claim_floor", "b", "r2", 50, 35)
    after = solve(relaxed(made, outcome.conflict.cheapest))
    assert after.claims["allocated_m2"].to_dict() == {"a": 60, "b": 35, "c": 5}


def test_a_group_that_must_take_more_than_its_claims():
    groups = [{"group": "north", "floor_m2": 70, "rule": "district-plan"}]
    claims = {"a": {"claim_m2": 40}, "b": {"claim_m2": 60, "cap_m2": 20, "cap_rule": "red-line"}}
    conflict = solve(problem(claims, groups=groups, members=[("north", "a"), ("north", "b")])).conflict
    assert named(conflict) == {
        ("group_floor", ("north",), ("district-plan",)),
        ("claim", ("a",), ()),
        ("claim_cap", ("b",), ("red-line",)),
    }
    assert conflict.missing_m2 == 10
    assert dict(conflict.by_kind) == {"group_floor": 10, "claim_cap": 10}


def test_lumps_and_a_cap():
    """Two projects of 60, one group that must take 70 and may take 100: divisible land would fit."""
    claims = {name: {"claim_m2": 60, "indivisible": True} for name in "ab"}
    groups = [{"group": "g", "floor_m2": 70, "cap_m2": 100, "rule": "r"}]
    made = problem(claims, supply=500, groups=groups, members=[("g", "a"), ("g", "b")])
    conflict = solve(made, method="indivisible").conflict
    assert conflict.whole is False
    assert {ref.kind for ref in conflict.bounds} == {"group_floor", "group_cap", "indivisible"}
    assert (conflict.cheapest[0].kind, conflict.cheapest_m2) == ("group_floor", 10)


# Sensitivity


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
