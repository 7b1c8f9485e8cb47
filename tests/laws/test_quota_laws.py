"""Laws of the quota by priority, on hundreds of random markets.

Each law is one small function that looks at one market; many markets are solved in one call, each as a year of its own.
The oracle is written anew in plain Python with fractions: no pandas, no numpy, no floating point.
"""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from quota_flat import share


@dataclasses.dataclass(frozen=True)
class Market:
    """One supply with its claims as (claim, floor, cap, tier, weight), and what became of them."""

    rows: list
    supply: int
    got: list
    bounds: list
    real: list
    """Shares before rounding."""
    total: dict


def solved(problems):
    """Solve each (rows, supply) as a year of its own; claims keep their order."""
    pools, claims = [], []
    for k, (rows, supply) in enumerate(problems):
        pools.append((f"pool{k}", "land", 2000 + k, supply))
        claims += [(f"p{i:02d}", "land", 2000 + k, *row) for i, row in enumerate(rows)]
    columns = ["item", "commodity", "year", "claim_m2", "floor_m2", "cap_m2", "tier", "weight"]
    quota = share(
        pd.DataFrame(pools, columns=["pool", "commodity", "year", "supply_m2"]), pd.DataFrame(claims, columns=columns)
    )
    table = quota.allocations.assign(real=quota.outcome.claims["ideal_m2"].to_numpy())
    totals = quota.totals.set_index("year").to_dict("index")
    markets = []
    for k, (rows, supply) in enumerate(problems):
        own = table[table["year"] == 2000 + k]
        assert own["item"].to_list() == [f"p{i:02d}" for i in range(len(rows))]
        got, bounds, real = (own[name].to_list() for name in ("allocated_m2", "bound", "real"))
        markets.append(Market(list(rows), supply, got, bounds, real, totals[2000 + k]))
    return markets


@st.composite
def claim_rows(draw, top=10**6):
    claim = draw(st.one_of(st.integers(0, 12), st.integers(0, top)))
    cap = draw(st.sampled_from([claim, claim // 2, claim // 3, claim + 1000]))
    floor = draw(st.sampled_from([0, 0, 0, min(claim, cap) // 2, min(claim, cap) // 7, min(claim, cap)]))
    weight = draw(st.sampled_from([1.0, 1.0, 0.25, 0.5, 2.0, 3.0]))  # exact in binary
    return claim, floor, cap, draw(st.integers(1, 3)), weight


@st.composite
def markets(draw, *, floors_fit=True):
    """Claims and a supply, from nothing to more than enough; with or without room for all floors."""
    rows = draw(st.lists(claim_rows(), min_size=1, max_size=6))
    if draw(st.booleans()):
        rows.append(rows[0])
    floors, wants = sum(row[1] for row in rows), sum(map(want, rows))
    part = draw(st.integers(0, 110))
    if floors_fit:
        return rows, floors + (wants - floors) * part // 100
    return rows, floors * min(part, 99) // 100


def batches(**keywords):
    return st.lists(markets(**keywords), min_size=12, max_size=20)


def want(row):
    return min(row[0], row[2])


# The oracle


def level(pull, low, high, total):
    """Share `total` as clip(t * pull, low, high), by freezing what hits a bound, one round after the other."""
    shares: dict[int, Fraction] = {}
    free = [i for i in range(len(pull)) if pull[i] > 0]
    for i in set(range(len(pull))) - set(free):
        shares[i] = Fraction(low[i])
    while free:
        left = total - sum(shares.values())
        t = left / sum(pull[i] for i in free)
        too_low = {i: Fraction(low[i]) for i in free if t * pull[i] < low[i]}
        too_high = {i: Fraction(high[i]) for i in free if t * pull[i] > high[i]}
        short = sum(low[i] - t * pull[i] for i in too_low)
        spare = sum(t * pull[i] - high[i] for i in too_high)
        if not too_low and not too_high:
            shares.update({i: t * pull[i] for i in free})
            break
        frozen = too_low if short >= spare else too_high  # the side that moves the level for good
        if short == spare:
            frozen = {**too_low, **too_high}
        shares.update(frozen)
        free = [i for i in free if i not in frozen]
    return [shares[i] for i in range(len(pull))]


def oracle(rows, supply):
    """Return the real shares of the tier rule and the tier totals in whole square metres."""
    tiers = sorted({row[3] for row in rows})
    shares = [Fraction(0)] * len(rows)
    left = supply
    for tier in tiers:
        own = [i for i, row in enumerate(rows) if row[3] == tier]
        floors = [rows[i][1] for i in own]
        total = min(left, sum(floors))
        for i, part in zip(own, level([Fraction(f) for f in floors], [0] * len(own), floors, total), strict=True):
            shares[i] = part
        left -= total
    if left == 0:
        return shares
    for tier in tiers:
        own = [i for i, row in enumerate(rows) if row[3] == tier]
        low, high = [rows[i][1] for i in own], [want(rows[i]) for i in own]
        total = min(left + sum(low), sum(high))
        pull = [Fraction(rows[i][4]) * rows[i][0] for i in own]
        for i, part in zip(own, level(pull, low, high, total), strict=True):
            shares[i] = part
        left -= total - sum(low)
    return shares


# Laws of one market


def near_the_rule(market):
    """Every share is that of the rule, and every allocation is within a square metre of it."""
    for share_m2, real, got in zip(oracle(market.rows, market.supply), market.real, market.got, strict=True):
        assert abs(Fraction(real) - share_m2) < Fraction(1, 1000)
        assert abs(got - share_m2) < 1 + Fraction(1, 10**6)


def exact_total(market):
    total = min(market.supply, sum(map(want, market.rows)))
    assert sum(market.got) == market.total["allocated_m2"] == total
    assert market.total["allocated_m2"] + market.total["unallocated_m2"] == market.total["supply_m2"] == market.supply
    assert market.total["unmet_m2"] == sum(row[0] for row in market.rows) - total
    assert all(isinstance(got, int) for got in market.got)


def bounds_hold(market):
    floors_fit = sum(row[1] for row in market.rows) <= market.supply
    assert market.total["floors_met"] is floors_fit
    for row, got in zip(market.rows, market.got, strict=True):
        assert 0 <= got <= want(row)
        assert got >= row[1] or not floors_fit


def nobody_gets_more_than_a_floor_while_an_earlier_tier_waits(market):
    waiting = {row[3] for got, row in zip(market.got, market.rows, strict=True) if got < want(row)}
    for got, row in zip(market.got, market.rows, strict=True):
        assert got <= row[1] or not any(tier < row[3] for tier in waiting)


def equal_claims_differ_by_one_square_metre_at_most(market):
    by_row = {}
    for row, got in zip(market.rows, market.got, strict=True):
        by_row.setdefault(row, []).append(got)
    assert all(max(values) - min(values) <= 1 for values in by_row.values())


def what_holds_a_claim_is_what_the_numbers_say(market):
    for row, got, held in zip(market.rows, market.got, market.bounds, strict=True):
        if held == "claim":
            assert got == row[0]
        elif held == "cap":
            assert got == row[2] < row[0]
        elif held == "floor":
            assert got == row[1] > 0
        else:
            assert got < want(row)
            assert market.total["unallocated_m2"] == 0
        if held == "tier":
            assert got <= row[1]


LAWS = (
    exact_total,
    bounds_hold,
    nobody_gets_more_than_a_floor_while_an_earlier_tier_waits,
    equal_claims_differ_by_one_square_metre_at_most,
    what_holds_a_claim_is_what_the_numbers_say,
    near_the_rule,
)


@settings(max_examples=40)
@given(batches())
def test_the_laws_of_a_market(problems):
    for market in solved(problems):
        for law in LAWS:
            law(market)


def floors_come_first_and_tier_by_tier(market):
    assert all(got <= row[1] for got, row in zip(market.got, market.rows, strict=True))
    short = min(row[3] for got, row in zip(market.got, market.rows, strict=True) if got < row[1])
    assert all(got == 0 for got, row in zip(market.got, market.rows, strict=True) if row[3] > short)
    assert all(got == row[1] for got, row in zip(market.got, market.rows, strict=True) if row[3] < short)


@settings(max_examples=25)
@given(markets(floors_fit=False))
def test_a_supply_that_does_not_reach_all_floors(problem):
    (market,) = solved([problem])
    exact_total(market)
    bounds_hold(market)
    if sum(row[1] for row in market.rows) > market.supply:
        floors_come_first_and_tier_by_tier(market)
        for share_m2, got in zip(oracle(market.rows, market.supply), market.got, strict=True):
            assert abs(got - share_m2) < 1 + Fraction(1, 10**6)


# Laws of two markets


def in_another_order(random, rows, supply):
    order = list(range(len(rows)))
    random.shuffle(order)
    return [rows[i] for i in order], supply, order


def the_order_of_claims_matters_for_ties_only(market, other, order):
    for place, i in enumerate(order):
        assert abs(other.got[place] - market.got[i]) <= 1
        assert abs(other.real[place] - market.real[i]) <= 1e-6 * max(1, market.real[i])


def a_unit_of_another_size_changes_nothing_but_rounding(market, scaled, factor):
    for one, many in zip(market.got, scaled.got, strict=True):
        assert abs(many - one * factor) <= factor + 1


def more_supply_takes_nothing_away(market, richer):
    assert all(b >= a - 1e-6 * max(1, a) for a, b in zip(market.real, richer.real, strict=True))
    assert all(b >= a - 1 for a, b in zip(market.got, richer.got, strict=True))  # one may go in rounding


def a_later_tier_without_floors_does_not_change_an_earlier_one(market, longer):
    assert longer.got[: len(market.got)] == market.got


@settings(max_examples=30)
@given(batches(), st.integers(0, 10**6))
def test_the_laws_of_two_markets(problems, seed):
    random = Random(seed)
    factor = random.randint(2, 50)
    shuffled = [in_another_order(random, rows, supply) for rows, supply in problems]
    kinds = [
        problems,
        [(rows, supply) for rows, supply, _ in shuffled],
        [([(c * factor, f * factor, k * factor, t, w) for c, f, k, t, w in rows], s * factor) for rows, s in problems],
        [(rows, supply + random.randint(0, 2000)) for rows, supply in problems],
        [([*rows, (random.randint(1, 1000), 0, 1000, 9, 1.0)], supply) for rows, supply in problems],
    ]
    n = len(problems)
    everything = solved([problem for kind in kinds for problem in kind])
    for k, (_, _, order) in enumerate(shuffled):
        base, reordered, scaled, richer, longer = (everything[i * n + k] for i in range(5))
        the_order_of_claims_matters_for_ties_only(base, reordered, order)
        a_unit_of_another_size_changes_nothing_but_rounding(base, scaled, factor)
        more_supply_takes_nothing_away(base, richer)
        a_later_tier_without_floors_does_not_change_an_earlier_one(base, longer)
