"""The methods on textbook problems, with answers from the literature or by hand.

| case | source |
|---|---|
| contested garment 100/200/300 | Aumann and Maschler 1985, table 1 |
| equal awards and losses | Thomson 2003, by hand |
| linear network of two links: max-min and proportional fairness differ | Kelly 1998, by hand |
| knapsack with a gap between greedy and optimum | by hand |
| group caps and floors, pools open to some | by hand |
| divisor method | Balinski and Young 1982; PyPI `apportionment` in tests/laws |
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from parkmap.analysis.quota.model.problem import make_problem
from parkmap.analysis.quota.rounding.apportion import sainte_lague
from parkmap.analysis.quota.solve import solve


def problem(supply, claims, groups=(), **more):
    """A market of one pool; claims: id -> (claim, extra columns); groups: id -> (members, floor, cap)."""
    rows = [
        {"claim": name, "item": name, "commodity": "land", "year": 2025, "claim_m2": claim, **columns}
        for name, (claim, columns) in claims.items()
    ]
    pools = more.get("pools") or [{"pool": "p", "commodity": "land", "year": 2025, "supply_m2": supply}]
    return make_problem(
        pools=pd.DataFrame(pools),
        claims=pd.DataFrame(rows),
        groups=pd.DataFrame(
            [{"group": name, "floor_m2": floor, "cap_m2": cap} for name, (_, floor, cap) in dict(groups).items()],
            columns=["group", "floor_m2", "cap_m2"],
        ),
        members=pd.DataFrame(
            [(name, claim) for name, (members, _, _) in dict(groups).items() for claim in members],
            columns=["group", "claim"],
        ),
    )


def plain(**amounts):
    return {name: (amount, {}) for name, amount in amounts.items()}


def given(outcome):
    return tuple(outcome.claims["allocated_m2"])


CREDITORS = plain(a=1000, b=2000, c=3000)


@pytest.mark.parametrize(
    ("estate", "expected"), [(1000, (333, 333, 333)), (2000, (500, 750, 750)), (3000, (500, 1000, 1500))]
)
def test_the_contested_garment(estate, expected):
    """The Mishna's estates 100, 200, 300 for claims 100, 200, 300, ten times as large."""
    got = given(solve(problem(estate, CREDITORS), method="talmud"))
    assert sum(got) == estate
    assert all(abs(one - other) <= 1 for one, other in zip(got, expected, strict=True))


def test_the_garment_of_two():
    """One claims all, one claims half: three quarters and one quarter."""
    assert given(solve(problem(100, plain(a=100, b=50)), method="talmud")) == (75, 25)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("equal-awards", (1000, 1250, 1250)),
        ("equal-losses", (167, 1167, 2167)),
        ("proportional", (583, 1167, 1750)),
        ("max-min", (583, 1167, 1750)),
        ("proportional-fair", (1000, 1250, 1250)),
    ],
)
def test_three_creditors_and_3500(method, expected):
    got = given(solve(problem(3500, CREDITORS), method=method))
    assert sum(got) == 3500
    assert all(abs(one - other) <= 1 for one, other in zip(got, expected, strict=True))


def test_equal_losses_leave_the_small_claim_nothing():
    assert given(solve(problem(2000, CREDITORS), method="equal-losses")) == (0, 500, 1500)


def test_weights_in_proportional_fairness():
    claims = {"a": (1000, {"weight": 1.0}), "b": (1000, {"weight": 3.0})}
    assert given(solve(problem(800, claims), method="proportional-fair")) == (200, 600)


CROSSING = {"north": (("x", "y"), 0, 300), "labs": (("y", "z"), 0, 300)}
"""y lies in both groups, x in the first, z in the second only."""


@pytest.mark.parametrize(("method", "expected"), [("max-min", (150, 150, 150)), ("proportional-fair", (200, 100, 200))])
def test_two_links_one_of_them_twice(method, expected):
    """Capacity 300 each: max-min gives 150 to all, proportional fairness 200, 100, 200, benefit starves y."""
    outcome = solve(problem(9999, plain(x=900, y=900, z=900), CROSSING), method=method)
    assert given(outcome) == expected
    assert outcome.totals["unallocated_m2"].to_list() == [9999 - sum(expected)]


def test_benefit_starves_the_claim_that_lies_in_both_groups():
    assert given(solve(problem(9999, plain(x=900, y=900, z=900), CROSSING), method="max-benefit")) == (300, 0, 300)


def test_a_cap_of_a_group_leaves_land_to_the_others():
    outcome = solve(problem(300, plain(a=200, b=200, c=200), {"g": (("a", "b"), 0, 100)}), method="proportional")
    assert given(outcome) == (50, 50, 200)
    assert outcome.claims["bound"].to_list() == ["group", "group", "claim"]
    assert outcome.claims["bound_by"].to_list() == ["g", "g", ""]
    assert outcome.groups.loc["g", "bound"] == "cap"


def test_a_floor_of_a_group_takes_land_from_the_others():
    outcome = solve(problem(300, plain(a=200, b=200, c=600), {"g": (("a", "b"), 180, 999)}), method="proportional")
    assert given(outcome) == (90, 90, 120)
    assert outcome.groups.loc["g", "bound"] == "floor"


def test_groups_in_groups():
    """The district holds 150 of 400, its park 30 of them."""
    groups = {"district": (("a", "b", "c"), 0, 150), "park": (("a",), 0, 30)}
    assert given(solve(problem(400, plain(a=200, b=200, c=200, d=500), groups))) == (30, 60, 60, 250)


def test_a_cap_over_two_years():
    """A park may take 100 in all; each year has 80, and the other park takes what is left."""
    rows = [
        {"claim": f"{name}{year}", "item": name, "commodity": "land", "year": year, "claim_m2": 80}
        for name in "ab"
        for year in (2024, 2025)
    ]
    pools = [{"pool": f"p{year}", "commodity": "land", "year": year, "supply_m2": 80} for year in (2024, 2025)]
    made = make_problem(
        pools=pd.DataFrame(pools),
        claims=pd.DataFrame(rows),
        groups=pd.DataFrame([{"group": "a", "cap_m2": 50}]),
        members=pd.DataFrame([("a", "a2024"), ("a", "a2025")], columns=["group", "claim"]),
    )
    outcome = solve(made, method="proportional")
    assert given(outcome) == (25, 25, 55, 55)
    assert (outcome.totals["unallocated_m2"] == 0).all()


def test_pools_open_to_some():
    """The list is open to the key project only; what the other may use limits it."""
    pools = [
        {"pool": "list", "commodity": "land", "year": 2025, "supply_m2": 100, "order": 0},
        {"pool": "city", "commodity": "land", "year": 2025, "supply_m2": 40, "order": 1},
    ]
    claims = {"key": (60, {"tier": 2, "pools": ()}), "other": (90, {"tier": 1, "pools": ("city",)})}
    outcome = solve(problem(0, claims, pools=pools))
    assert given(outcome) == (60, 40)
    assert outcome.draws.to_dict("records") == [
        {"claim": "key", "pool": "list", "m2": 60},
        {"claim": "other", "pool": "city", "m2": 40},
    ]


def test_pools_side_by_side_are_used_alike():
    pools = [
        {"pool": name, "commodity": "land", "year": 2025, "supply_m2": supply, "order": order}
        for name, supply, order in (("city", 100, 0), ("stock", 300, 0), ("reserve", 50, 1))
    ]
    outcome = solve(problem(0, plain(a=100, b=100), pools=pools))
    assert outcome.pools["drawn_m2"].to_dict() == {"city": 50, "stock": 150, "reserve": 0}


def test_an_indivisible_project_is_not_cut():
    """60 at 1.1 is the best per square metre; 50 + 50 at 1.0 is the best that fits."""
    claims = {
        "a": (60, {"weight": 1.1, "indivisible": True}),
        "b": (50, {"weight": 1.0, "indivisible": True}),
        "c": (50, {"weight": 1.0, "indivisible": True}),
    }
    outcome = solve(problem(100, claims), method="indivisible")
    assert given(outcome) == (0, 50, 50)
    assert (outcome.objective, outcome.gap, outcome.status) == (100.0, 0.0, "exact")
    assert outcome.claims["bound"].to_list() == ["indivisible", "claim", "claim"]


def test_a_rule_that_shares_keeps_indivisible_projects_whole():
    """Proportional would give 50 each: the indivisible one is rounded to all, the other takes the rest."""
    claims = {"a": (80, {"indivisible": True}), "b": (80, {})}
    assert given(solve(problem(100, claims), method="proportional")) == (80, 20)


def test_the_dial_lies_between_its_ends():
    claims = {"a": (100, {"tier": 1}), "b": (100, {"tier": 2})}
    got = [given(solve(problem(100, claims), method="dial", fairness=f)) for f in (0.0, 0.5, 1.0)]
    assert got == [(100, 0), (75, 25), (50, 50)]


def test_an_unknown_setting_of_the_dial_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        solve(problem(1, plain(a=1)), method="dial", fairness=1.5)


@pytest.mark.parametrize(
    ("votes", "seats", "expected"),
    [
        ([53, 24, 23], 7, [3, 2, 2]),  # Hamilton would give 4, 2, 1
        ([9061, 7179, 5259, 3319, 1182], 26, [9, 8, 5, 3, 1]),  # Balinski and Young 1982, table 2.1
    ],
)
def test_the_divisor_method_of_webster(votes, seats, expected):
    shares = np.array(votes) * seats / sum(votes)
    zero = np.zeros(len(votes), dtype=np.int64)
    got = sainte_lague(shares, np.array([seats]), zero, low=zero, high=np.full(len(votes), seats))
    assert got.m2.tolist() == expected


def test_the_divisor_method_within_bounds():
    shares, part = np.array([5.0, 3.0, 2.0]), np.zeros(3, dtype=np.int64)
    got = sainte_lague(shares, np.array([10]), part, low=np.array([0, 0, 4]), high=np.array([9, 2, 9]))
    assert got.m2.tolist() == [4, 2, 4]


@pytest.mark.parametrize("seed", range(8))
def test_bracketing_levels_first_finds_the_same(seed, monkeypatch):
    rng = np.random.default_rng(seed)
    claims = {f"c{k}": (int(rng.integers(1, 90)), {"tier": int(rng.integers(1, 4))}) for k in range(40)}
    groups = {f"g{k}": ([f"c{i}" for i in range(k, 40, 4)], 20 * (k == 0), 150) for k in range(4)}
    made = problem(int(rng.integers(100, 500)), claims, groups)
    plainly = {name: given(solve(made, method=name)) for name in ("priority", "talmud", "max-benefit", "max-min")}
    monkeypatch.setattr("parkmap.analysis.quota.methods.nested.MANY", 0)
    assert {name: given(solve(made, method=name)) for name in plainly} == plainly
