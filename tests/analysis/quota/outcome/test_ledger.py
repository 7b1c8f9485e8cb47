"""The ledger on cases worked by hand.

| question | case |
|---|---|
| which rule and pool is each square metre from | two pools, a floor, a unit of rounding, an override up and down |
| why did a claim get nothing | a tier that the supply did not reach |
"""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.analysis.quota.model.override import Override
from parkmap.analysis.quota.solve import solve
from quota_problem import problem

DAY = dt.date(2025, 3, 1)


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


@pytest.mark.parametrize("method", ["proportional", "talmud", "max-benefit", "proportional-fair"])
def test_a_method_without_tiers_gives_nothing_by_the_rule_of_a_tier(method):
    """Two claims of 100 on 100 m2; under max-benefit the heavier one takes all, not because its tier came first."""
    claims = {
        "a": {"claim_m2": 100, "weight": 2.0, "tier": 2, "tier_rule": "second"},
        "b": {"claim_m2": 100, "tier": 1, "tier_rule": "first"},
        "c": {"claim_m2": 100, "weight": 1e-9, "tier": 3, "tier_rule": "third"},
    }
    outcome = solve(problem(claims), method=method)
    assert set(outcome.ledger["rule"]) == {""}
    assert "tier" not in set(outcome.claims["bound"])
    assert set(outcome.claims["bound_rule"]) == {""}


@pytest.mark.parametrize("order", [(0, 0), (0, 1), (1, 0)])
@pytest.mark.parametrize("open_pools", [("list",), ("city",)])
def test_where_all_that_draw_share_one_restriction_closed_pools_stay_untouched(order, open_pools):
    pools = [{**pool, "order": step} for pool, step in zip(TWO_POOLS, order, strict=True)]
    claims = {"a": {"claim_m2": 30, "pools": open_pools}, "b": {"claim_m2": 5, "pools": open_pools}}
    outcome = solve(problem(claims, pools=pools))
    assert outcome.draws.groupby("pool")["m2"].sum().to_dict() == {open_pools[0]: 35}
    assert set(outcome.ledger["pool"]) == set(open_pools)
