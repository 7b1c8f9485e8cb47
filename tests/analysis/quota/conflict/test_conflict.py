"""Conflicts on cases worked by hand.

| why is there no allocation | case |
|---|---|
| claims | floors above the supply |
| groups | a floor above what the claims of the group may take |
| whole projects | two that only fit when they are cut |
"""

from __future__ import annotations

from parkmap.analysis.quota.conflict.bounds import relaxed
from parkmap.analysis.quota.solve import solve
from quota_problem import problem


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
