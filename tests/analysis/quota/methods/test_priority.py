"""Quota by tiers: textbook cases worked by hand, what holds a claim where it is, and errors that name ids."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from quota_flat import share


@dataclasses.dataclass(frozen=True)
class Allocation:
    """What a supply becomes: claims by id, and what is left."""

    claims: pd.DataFrame
    supply_m2: int
    allocated_m2: int
    unallocated_m2: int
    floors_met: bool


def allocate(table, *, supply_m2):
    """Share one supply of one commodity in one year."""
    pools = pd.DataFrame([("pool", "land", 2025, supply_m2)], columns=["pool", "commodity", "year", "supply_m2"])
    quota = share(pools, table.rename_axis("item").reset_index().assign(commodity="land", year=2025))
    (total,) = quota.totals.to_dict("records")
    left = {name: total[name] for name in ("supply_m2", "allocated_m2", "unallocated_m2", "floors_met")}
    return Allocation(claims=quota.allocations.set_index("item"), **left)


def claims(**rows):
    """Claims by id from (claim, floor, cap, tier, weight); what is left out is None, 0, claim, 1, 1.0."""
    table = {}
    for name, values in rows.items():
        claim, floor, cap, tier, weight = (*values, *(None,) * (5 - len(values)))
        table[name] = {
            "claim_m2": claim,
            "floor_m2": floor or 0,
            "cap_m2": claim if cap is None else cap,
            "tier": tier or 1,
            "weight": 1.0 if weight is None else weight,
        }
    columns = ["claim_m2", "floor_m2", "cap_m2", "tier", "weight"]
    index = pd.Index(list(table), dtype=object)
    return pd.DataFrame(list(table.values()), index=index, columns=columns)


def given(supply, **rows):
    return allocate(claims(**rows), supply_m2=supply).claims["allocated_m2"].to_dict()


def bounds(supply, **rows):
    return allocate(claims(**rows), supply_m2=supply).claims["bound"].to_dict()


# Textbook


@pytest.mark.parametrize(
    ("supply", "expected"),
    [
        (300, {"a": 100, "b": 100, "c": 100}),
        (0, {"a": 0, "b": 0, "c": 0}),
        (1, {"a": 1, "b": 0, "c": 0}),  # ties go to the smaller id
        (2, {"a": 1, "b": 1, "c": 0}),
        (100, {"a": 34, "b": 33, "c": 33}),
        (900, {"a": 300, "b": 300, "c": 300}),
        (1000, {"a": 300, "b": 300, "c": 300}),
    ],
)
def test_equal_claims_are_treated_equally(supply, expected):
    assert given(supply, a=(300,), b=(300,), c=(300,)) == expected


@pytest.mark.parametrize(
    ("estate", "expected"),
    [  # the three creditors of the Talmud, here in proportion to their claims
        (100, (17, 33, 50)),
        (200, (33, 67, 100)),
        (300, (50, 100, 150)),
        (600, (100, 200, 300)),
    ],
)
def test_three_creditors_in_proportion(estate, expected):
    shares = given(estate, a=(100,), b=(200,), c=(300,))
    assert tuple(shares.values()) == expected


def test_weights_multiply_claims():
    assert given(900, a=(600, 0, None, 1, 1.0), b=(600, 0, None, 1, 2.0)) == {"a": 300, "b": 600}


def test_what_a_capped_claim_leaves_goes_to_the_others():
    """Proportional would be 100 each; a may have 40 only, so b and c share 260."""
    assert given(300, a=(200, 0, 40), b=(200,), c=(200,)) == {"a": 40, "b": 130, "c": 130}


def test_a_floor_that_holds_takes_from_the_others():
    """Proportional would be 50, 50, 200; a is promised 120, so b and c share 180 as 1 to 4."""
    assert given(300, a=(150, 120), b=(150,), c=(600,)) == {"a": 120, "b": 36, "c": 144}


def test_a_floor_below_the_share_changes_nothing():
    assert given(300, a=(300, 50), b=(300,)) == given(300, a=(300,), b=(300,)) == {"a": 150, "b": 150}


def test_floor_and_cap_at_once_worked_by_hand():
    """S = 100. t = 0.5 gives a 10 -> floor 30, b 40 -> cap 20, c 50: the sum is 100."""
    assert given(100, a=(20 * 3, 30, None, 1, 1 / 3), b=(80, 0, 20), c=(100,)) == {"a": 30, "b": 20, "c": 50}


def test_the_first_tier_is_served_before_the_second():
    rows = {"a": (100, 0, None, 1), "b": (100, 0, None, 2), "c": (100, 0, None, 2), "d": (100, 0, None, 3)}
    assert given(50, **rows) == {"a": 50, "b": 0, "c": 0, "d": 0}
    assert given(201, **rows) == {"a": 100, "b": 51, "c": 50, "d": 0}
    assert given(310, **rows) == {"a": 100, "b": 100, "c": 100, "d": 10}


def test_tiers_need_not_be_consecutive():
    assert given(150, a=(100, 0, None, 7), b=(100, 0, None, 2)) == {"a": 50, "b": 100}


def test_floors_of_late_tiers_come_before_wants_of_early_ones():
    assert given(120, a=(100, 0, None, 1), b=(100, 40, None, 2)) == {"a": 80, "b": 40}


def test_floors_that_cannot_all_be_met_go_by_tier_and_then_in_proportion():
    rows = {"a": (100, 60, None, 1), "b": (100, 30, None, 2), "c": (100, 60, None, 2), "d": (100, 10, None, 3)}
    result = allocate(claims(**rows), supply_m2=90)
    assert result.claims["allocated_m2"].to_dict() == {"a": 60, "b": 10, "c": 20, "d": 0}
    assert result.floors_met is False


def test_a_claim_of_nothing_gets_nothing():
    assert given(10, a=(0,), b=(5,)) == {"a": 0, "b": 5}
    assert given(3, a=(0,), b=(5,)) == {"a": 0, "b": 3}


def test_a_cap_of_nothing():
    assert given(10, a=(50, 0, 0), b=(50,)) == {"a": 0, "b": 10}


def test_a_cap_above_the_claim_does_not_add_to_it():
    result = allocate(claims(a=(50, 0, 500), b=(50,)), supply_m2=1000)
    assert result.claims["allocated_m2"].to_list() == [50, 50]
    assert result.claims.loc["a", "cap_m2"] == 50
    assert result.unallocated_m2 == 900


def test_square_metres_of_a_whole_country_stay_exact():
    rows = {f"p{i}": (9_600_000_000_000 // 7 + i,) for i in range(7)}
    result = allocate(claims(**rows), supply_m2=9_599_999_999_999)
    assert result.allocated_m2 == 9_599_999_999_999
    assert int(result.claims["allocated_m2"].sum()) == 9_599_999_999_999


def test_one_square_metre_beside_a_thousand_square_kilometres():
    shares = given(500_000_001, a=(1,), b=(1_000_000_000,))
    assert sum(shares.values()) == 500_000_001
    assert shares["a"] in {0, 1}


# The result


def test_the_result_keeps_the_order_and_says_what_is_unmet():
    result = allocate(claims(z=(100,), a=(300,)), supply_m2=200)
    assert list(result.claims.index) == ["z", "a"]
    assert result.claims["allocated_m2"].to_dict() == {"z": 50, "a": 150}
    assert result.claims["unmet_m2"].to_dict() == {"z": 50, "a": 150}
    assert (result.supply_m2, result.allocated_m2, result.unallocated_m2) == (200, 200, 0)
    assert result.floors_met is True


def test_the_unmet_part_is_that_of_the_claim_not_of_the_cap():
    result = allocate(claims(a=(100, 0, 30)), supply_m2=500)
    assert result.claims.loc["a", "unmet_m2"] == 70
    assert result.unallocated_m2 == 470


def test_the_claims_given_are_not_changed():
    table = claims(a=(100, 0, 300), b=(50,))
    before = table.copy()
    allocate(table, supply_m2=70)
    pd.testing.assert_frame_equal(table, before)


def test_no_claims_leave_the_whole_supply():
    result = allocate(claims(), supply_m2=77)
    assert len(result.claims) == 0
    assert (result.allocated_m2, result.unallocated_m2, result.floors_met) == (0, 77, True)


# What held the claim where it is


def test_met_and_capped():
    assert bounds(1000, a=(100,), b=(100, 0, 60)) == {"a": "claim", "b": "cap"}


def test_proportional_floor_and_cap_in_the_tier_where_the_supply_ends():
    assert bounds(300, a=(150, 120), b=(150,), c=(600,)) == {"a": "floor", "b": "none", "c": "none"}
    assert bounds(300, a=(200, 0, 40), b=(200,), c=(200,)) == {"a": "cap", "b": "none", "c": "none"}


def test_a_tier_after_the_supply_ended():
    found = bounds(120, a=(100, 0, None, 1), b=(100, 10, None, 2), c=(100, 0, None, 3))
    assert found == {"a": "claim", "b": "none", "c": "tier"}
    found = bounds(90, a=(100, 0, None, 1), b=(100, 10, None, 2), c=(100, 0, None, 3))
    assert found == {"a": "none", "b": "tier", "c": "tier"}


def test_a_floor_that_the_supply_did_not_reach_is_held_by_the_tier():
    """8 m2 go to the floor of a; the supply ends before b, which gets less than its floor."""
    result = allocate(claims(a=(10, 10, None, 1), b=(5, 5, None, 2)), supply_m2=8)
    assert result.claims["allocated_m2"].to_dict() == {"a": 8, "b": 0}
    assert result.claims.loc["b", "bound"] == "tier"


# Errors


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((100, 101), "floor above the claim"),
        ((100, 60, 50), "floor above the cap"),
        ((100, -1), "floor below nothing"),
        ((100, 0, None, -1), "tier before the first"),
        ((100, 0, None, 1, 0.0), "no weight"),
        ((100, 0, None, 1, -2.0), "weight below nothing"),
        ((100, 0, None, 1, np.inf), "weight without end"),
        ((-100, 0, -100), "claim below nothing"),
        ((100, 0, -1), "cap below nothing"),
    ],
)
def test_what_is_out_of_range_is_named_by_its_id(row, why):
    with pytest.raises(ValueError, match="wrong-one") as caught:
        allocate(claims(**{"good-one": (10,), "wrong-one": row}), supply_m2=5)
    assert "good-one" not in str(caught.value), why


def test_every_wrong_claim_is_named():
    with pytest.raises(ValueError, match=r"x(.|\n)*y"):
        allocate(claims(x=(1, 0, None, 1, 0.0), ok=(1,), y=(1, 0, None, 1, -1.0)), supply_m2=5)


def test_a_supply_below_nothing_is_refused():
    with pytest.raises(ValueError, match="supply"):
        allocate(claims(a=(10,)), supply_m2=-1)


def test_repeated_ids_are_refused():
    table = pd.concat([claims(a=(10,)), claims(a=(20,))])
    with pytest.raises(ValueError, match="a"):
        allocate(table, supply_m2=5)
