"""What can be wrong with a problem: every fault at once, each with table, row, column and value."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from parkmap.analysis.quota.model.faults import InvalidProblemError
from parkmap.analysis.quota.model.override import Override
from parkmap.analysis.quota.model.problem import make_problem
from parkmap.analysis.quota.solve import solve

POOL = {"pool": "p", "commodity": "land", "year": 2025, "supply_m2": 100}
CLAIM = {"claim": "a", "item": "a", "commodity": "land", "year": 2025, "claim_m2": 50}


def faults(pools=(POOL,), claims=(CLAIM,), groups=None, members=None):
    with pytest.raises(InvalidProblemError) as caught:
        make_problem(
            pools=pd.DataFrame(list(pools)),
            claims=pd.DataFrame(list(claims)),
            groups=None if groups is None else pd.DataFrame(groups),
            members=None if members is None else pd.DataFrame(members),
        )
    return [(f.table, f.row, f.column, f.code) for f in caught.value.faults]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"claim_m2": -1}, "claim_m2", "negative"),
        ({"claim_m2": float("nan")}, "claim_m2", "not_a_number"),
        ({"claim_m2": float("inf")}, "claim_m2", "not_a_number"),
        ({"claim_m2": "12 ha"}, "claim_m2", "not_a_number"),
        ({"claim_m2": True}, "claim_m2", "not_a_number"),
        ({"claim_m2": 10.5}, "claim_m2", "not_whole"),
        ({"claim_m2": 2**60}, "claim_m2", "too_large"),
        ({"floor_m2": 60}, "floor_m2", "floor_above_claim"),
        ({"floor_m2": 40, "cap_m2": 30}, "floor_m2", "floor_above_cap"),
        ({"weight": 0}, "weight", "not_positive"),
        ({"weight": float("nan")}, None, None),  # an empty weight is the default
        ({"tier": 0}, "tier", "not_positive"),
        ({"claim": ""}, "claim", "missing_id"),
        ({"pools": ("q",)}, "pools", "unknown_pool"),
        ({"pools": ("other",)}, "pools", "foreign_pool"),
        ({"indivisible": True, "floor_m2": 20}, "floor_m2", "indivisible_floor"),
    ],
)
def test_one_fault(change, column, code):
    pools = (POOL, {**POOL, "pool": "other", "year": 2030})
    second = {**CLAIM, "claim": "b", **change}
    if code is None:
        made = make_problem(pools=pd.DataFrame(list(pools)), claims=pd.DataFrame([CLAIM, second]))
        assert made.claims.loc["b", "weight"] == 1.0
    else:
        assert ("claims", 1, column, code) in faults(pools, (CLAIM, second))


def test_all_faults_at_once():
    found = faults(
        pools=(POOL, {**POOL, "supply_m2": -5}),
        claims=({**CLAIM, "claim_m2": -1}, {**CLAIM, "weight": -2}),
        groups=[{"group": "g", "cap_m2": "many"}],
    )
    assert set(found) == {
        ("pools", 1, "pool", "duplicate_id"),
        ("pools", 1, "supply_m2", "negative"),
        ("claims", 0, "claim_m2", "negative"),
        ("claims", 0, "cap_m2", "negative"),
        ("claims", 1, "claim", "duplicate_id"),
        ("claims", 1, "weight", "not_positive"),
        ("groups", 0, "cap_m2", "not_a_number"),
    }


def test_a_missing_column_speaks_of_the_table():
    nameless = {name: CLAIM[name] for name in ("item", "commodity", "year")}
    assert ("claims", -1, "claim_m2", "missing_column") in faults(claims=(nameless,))


def test_groups_and_members():
    claims = (CLAIM, {**CLAIM, "claim": "b", "commodity": "floor_space"})
    groups = [{"group": "g", "floor_m2": 9, "cap_m2": 5}]
    members = [("g", "a"), ("g", "b"), ("g", "a"), ("h", "a"), ("g", "nobody")]
    found = faults(claims=claims, groups=groups, members=[{"group": g, "claim": c} for g, c in members])
    assert set(found) == {
        ("groups", 0, "floor_m2", "floor_above_cap"),
        ("members", 1, "group", "mixed_commodity"),
        ("members", 2, "claim", "duplicate_member"),
        ("members", 3, "group", "unknown_group"),
        ("members", 4, "claim", "unknown_claim"),
    }


def test_totals_beyond_exact_arithmetic_are_refused():
    claims = tuple({**CLAIM, "claim": f"c{k}", "claim_m2": 2**52} for k in range(3))
    assert ("claims", -1, "claim_m2", "too_large") in faults(claims=claims)


def test_the_tables_given_stay_as_they_are():
    pools, claims = pd.DataFrame([POOL]), pd.DataFrame([{**CLAIM, "tenure": "lease"}])
    before = claims.copy()
    made = make_problem(pools=pools, claims=claims)
    pd.testing.assert_frame_equal(claims, before)
    assert made.claims.loc["a", "tenure"] == "lease"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"claim": "nobody"}, "unknown_claim"),
        ({"m2": 51}, "floor_above_claim"),
        ({"m2": -1}, "negative"),
        ({"who": " "}, "no_reason"),
        ({"why": ""}, "no_reason"),
    ],
)
def test_an_override_needs_a_claim_an_amount_and_a_reason(change, code):
    good = {"claim": "a", "m2": 10, "who": "planner", "when": dt.date(2025, 1, 1), "why": "court ruling"}
    made = make_problem(pools=pd.DataFrame([POOL]), claims=pd.DataFrame([CLAIM]))
    with pytest.raises(InvalidProblemError) as caught:
        solve(made, overrides=[Override(**{**good, **change})])
    assert code in {fault.code for fault in caught.value.faults}
