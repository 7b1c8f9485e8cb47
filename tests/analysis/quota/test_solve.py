"""A whole scenario: each commodity and year on its own, and each square metre from one pool."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quota_flat import share

POOL_COLUMNS = ["pool", "commodity", "year", "supply_m2"]
CLAIM_COLUMNS = ["item", "commodity", "year", "tier", "weight", "claim_m2", "floor_m2", "cap_m2"]


def pools(*rows):
    return pd.DataFrame(rows, columns=POOL_COLUMNS)


def claims(*rows):
    """Claims from (item, commodity, year, tier, claim) and, where they differ, floor, cap and weight."""
    filled = []
    for item, commodity, year, tier, claim, *rest in rows:
        floor, cap, weight = (*rest, *(None,) * (3 - len(rest)))
        filled.append((item, commodity, year, tier, weight or 1.0, claim, floor or 0, claim if cap is None else cap))
    return pd.DataFrame(filled, columns=CLAIM_COLUMNS)


def allocated(quota):
    table = quota.allocations
    return {(r.item, r.commodity, r.year): r.allocated_m2 for r in table.itertuples()}


def draws(quota):
    return sorted((r.item, r.commodity, r.year, r.pool, r.m2) for r in quota.draws.itertuples())


def test_commodities_and_years_do_not_mix():
    quota = share(
        pools(("p1", "land", 2024, 100), ("p2", "land", 2025, 10), ("p3", "floor_space", 2024, 1000)),
        claims(("a", "land", 2024, 1, 80), ("a", "land", 2025, 1, 80), ("a", "floor_space", 2024, 1, 80)),
    )
    assert allocated(quota) == {("a", "land", 2024): 80, ("a", "land", 2025): 10, ("a", "floor_space", 2024): 80}
    totals = quota.totals.set_index(["commodity", "year"])
    assert totals["supply_m2"].to_dict() == {("floor_space", 2024): 1000, ("land", 2024): 100, ("land", 2025): 10}
    assert totals["unallocated_m2"].to_dict() == {("floor_space", 2024): 920, ("land", 2024): 20, ("land", 2025): 0}
    assert totals["unmet_m2"].to_dict() == {("floor_space", 2024): 0, ("land", 2024): 0, ("land", 2025): 70}


def test_pools_of_one_commodity_and_year_are_one_supply_drawn_in_order():
    quota = share(
        pools(("new", "land", 2024, 100), ("stock", "land", 2024, 50)),
        claims(("late", "land", 2024, 2, 100), ("early", "land", 2024, 1, 80)),
    )
    assert allocated(quota) == {("late", "land", 2024): 70, ("early", "land", 2024): 80}
    assert draws(quota) == [
        ("early", "land", 2024, "new", 80),
        ("late", "land", 2024, "new", 20),
        ("late", "land", 2024, "stock", 50),
    ]


def test_a_pool_that_is_not_needed_is_not_drawn_on():
    quota = share(pools(("p", "land", 2024, 100), ("q", "land", 2024, 100)), claims(("a", "land", 2024, 1, 60)))
    assert draws(quota) == [("a", "land", 2024, "p", 60)]


def test_a_pool_that_nobody_claims_stays_whole():
    """Land that is offered in a year without claims is a result, not an error."""
    quota = share(pools(("p", "land", 2024, 100), ("q", "land", 2025, 70)), claims(("a", "land", 2024, 1, 60)))
    totals = quota.totals.set_index("year")
    assert totals.loc[2025, ["supply_m2", "allocated_m2", "unallocated_m2"]].to_list() == [70, 0, 70]
    assert bool(totals.loc[2025, "floors_met"]) is True
    assert allocated(quota) == {("a", "land", 2024): 60}


def test_empty_pools():
    quota = share(pools(("p", "land", 2024, 0)), claims(("a", "land", 2024, 1, 60)))
    assert allocated(quota) == {("a", "land", 2024): 0}
    assert draws(quota) == []


def test_floors_that_are_not_met_are_told():
    quota = share(pools(("p", "land", 2024, 10)), claims(("a", "land", 2024, 1, 60, 20)))
    assert quota.totals["floors_met"].to_list() == [False]
    assert allocated(quota) == {("a", "land", 2024): 10}


def test_a_claim_twice_in_a_year_is_refused():
    with pytest.raises(ValueError, match="a"):
        share(pools(("p", "land", 2024, 10)), claims(("a", "land", 2024, 1, 6), ("a", "land", 2024, 1, 5)))


AMOUNT = st.integers(0, 100_000)
KEY = st.sampled_from([("land", 2024), ("land", 2025), ("floor_space", 2024)])


@st.composite
def scenarios(draw):
    keys = draw(st.lists(KEY, min_size=1, max_size=3, unique=True))
    supply = [
        (f"pool{i}", *key, draw(AMOUNT))
        for i, key in enumerate(k for k in keys for _ in range(draw(st.integers(1, 3))))
    ]
    asked = []
    for key in keys:
        for i in range(draw(st.integers(1, 4))):
            claim = draw(AMOUNT)
            cap = draw(st.integers(0, claim))
            floor = draw(st.one_of(st.just(0), st.integers(0, cap)))
            asked.append((f"item{i}", *key, draw(st.integers(1, 3)), claim, floor, cap, draw(st.floats(0.1, 10))))
    return pools(*supply), claims(*draw(st.permutations(asked)))


def every_square_metre_comes_from_one_pool(supply, quota):
    drawn = quota.draws
    assert (drawn["m2"] > 0).all()
    by_claim = drawn.groupby(["item", "commodity", "year"])["m2"].sum().to_dict()
    assert {key: value for key, value in allocated(quota).items() if value} == by_claim
    by_pool = drawn.groupby("pool")["m2"].sum()
    for row in supply.itertuples():
        assert by_pool.get(row.pool, 0) <= row.supply_m2
        own = drawn[drawn["pool"] == row.pool]
        assert (own["commodity"] == row.commodity).all()
        assert (own["year"] == row.year).all()
    for (commodity, year), group in supply.groupby(
        ["commodity", "year"]
    ):  # a later pool only when the earlier is empty
        used = [(int(by_pool.get(r.pool, 0)), r.supply_m2) for r in group.itertuples()]
        for (taken, there), (later, _) in itertools.pairwise(used):
            assert later == 0 or taken == there, (commodity, year)


def totals_add_up(asked, quota):
    for row in quota.totals.itertuples():
        own = (asked["commodity"] == row.commodity) & (asked["year"] == row.year)
        want = asked[own][["claim_m2", "cap_m2"]].min(axis=1).sum()
        assert row.allocated_m2 == min(row.supply_m2, want)
        assert row.allocated_m2 + row.unallocated_m2 == row.supply_m2
        assert row.claim_m2 == asked[own]["claim_m2"].sum()
        assert row.unmet_m2 == row.claim_m2 - row.allocated_m2
    assert len(quota.allocations) == len(asked)


def each_commodity_and_year_alone_gives_the_same(supply, asked, quota):
    whole = allocated(quota)
    for (commodity, year), group in supply.groupby(["commodity", "year"]):
        own = asked[(asked["commodity"] == commodity) & (asked["year"] == year)]
        alone = allocated(share(group, own))
        assert alone == {key: value for key, value in whole.items() if key[1:] == (commodity, year)}


@settings(max_examples=15)
@given(scenarios())
def test_the_laws_of_a_scenario(scenario):
    supply, asked = scenario
    quota = share(supply, asked)
    totals_add_up(asked, quota)
    every_square_metre_comes_from_one_pool(supply, quota)
    each_commodity_and_year_alone_gives_the_same(supply, asked, quota)
