"""Without bounds the rounding rules are methods of apportionment: PyPI `apportionment` gives the same seats.

| rule | peer | votes |
|---|---|---|
| largest remainder | Hare quota, in fractions | up to 12 parties, up to 60 seats, no tie |
| Sainte-Lague | Webster, in fractions | the same |
| both | both | an election on which they differ, by hand |

Elections with a tie are left out: the peer serves the first party at the edge, even before a larger remainder.
"""

from __future__ import annotations

import pandas as pd
import pytest
from apportionment import methods as apportionment
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parkmap.analysis.quota.model.problem import make_problem
from parkmap.analysis.quota.solve import solve

RULES = {"largest-remainder": "largest_remainder", "sainte-lague": "saintelague"}


def seats_of(elections, rounding):
    """Share so many square metres in proportion to votes, each election as a year; claims bind nobody."""
    houses = [
        {"pool": f"house{year}", "commodity": "land", "year": year, "supply_m2": seats}
        for year, (_, seats) in enumerate(elections, start=2000)
    ]
    claims = [
        {"item": f"p{k:02d}", "commodity": "land", "year": year, "claim_m2": vote * seats}
        for year, (votes, seats) in enumerate(elections, start=2000)
        for k, vote in enumerate(votes)
    ]
    problem = make_problem(pools=pd.DataFrame(houses), claims=pd.DataFrame(claims))
    given = solve(problem, method="proportional", rounding=rounding).claims["allocated_m2"].tolist()
    return [[given.pop(0) for _ in votes] for votes, _ in elections]


def peer(votes, seats, rounding):
    found = apportionment.compute(RULES[rounding], votes, seats, fractions=True, tiesallowed=False)
    return [int(number) for number in found]


def tied(election, rounding):
    try:
        peer(*election, rounding)
    except apportionment.TiesException:
        return True
    return False


ELECTIONS = st.tuples(st.lists(st.integers(1, 10**5), min_size=1, max_size=12), st.integers(1, 60))


@pytest.mark.parametrize("rounding", RULES)
@settings(max_examples=20)
@given(elections=st.lists(ELECTIONS, min_size=10, max_size=20))
def test_the_same_seats(rounding, elections):
    clear = [election for election in elections if not tied(election, rounding)]
    assume(clear)
    assert seats_of(clear, rounding) == [peer(*election, rounding) for election in clear]


@pytest.mark.parametrize(("rounding", "expected"), [("largest-remainder", [4, 2, 1]), ("sainte-lague", [3, 2, 2])])
def test_the_two_rules_differ(rounding, expected):
    """By hand: quotas 3.71, 1.68, 1.61; quotients 53, 24, 23, 53/3, 53/5, 24/3, 23/3 come before 53/7."""
    election = [53, 24, 23], 7
    assert [peer(*election, rounding)] == seats_of([election], rounding) == [expected]
