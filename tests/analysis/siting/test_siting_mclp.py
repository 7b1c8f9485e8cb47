"""Maximal cover without capacities: what makes the proof quick must not change the answer.

| case                                              | known from                                  |
|---------------------------------------------------|---------------------------------------------|
| overlapping sites, whole and broken weights       | trying every set of sites                   |
| some sites exist, a budget instead of a number    | trying every set of sites                   |
| a bound is never below what is reached            | definition                                  |
| totals of whole weights that differ by one        | written down                                |
"""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from lines import allows

from parkmap.analysis.siting.cover import max_cover
from parkmap.analysis.siting.problem import Problem


def question(seed: int, *, whole: bool, existing: int = 0, priced: bool = False) -> Problem:
    rng = np.random.default_rng(seed)
    at = rng.random((22, 2)) * 10
    ends = rng.random((11, 2)) * 10
    weights = rng.integers(1, 100, 22).astype(float) if whole else rng.random(22)
    status = ["existing"] * existing + ["candidate"] * (11 - existing)
    return Problem(
        demand=pd.Series(weights, index=[f"d{k}" for k in range(22)]),
        sites=pd.DataFrame(
            {"status": status, "capacity": np.nan, "price_yuan": rng.integers(2, 9, 11).astype(float)},
            index=[f"s{k}" for k in range(11)],
        ),
        cost=np.hypot(*(at[:, None] - ends[None]).transpose(2, 0, 1)),
        count=None if priced else 4,
        budget_yuan=14.0 if priced else None,
    )


def best_by_trying(problem: Problem, reach: float) -> float:
    near = problem.cost <= reach
    sets = itertools.chain.from_iterable(itertools.combinations(problem.candidates, size) for size in range(8))
    allowed = (np.array(chosen, dtype=int) for chosen in sets)
    return max(
        float(problem.weights[near[:, [*problem.existing, *chosen]].any(axis=1)].sum())
        for chosen in allowed
        if allows(problem, chosen)
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(("existing", "priced"), [(0, False), (2, False), (1, True)])
def test_the_optimum_is_that_of_trying_all(seed, whole, existing, priced):
    asked = question(seed, whole=whole, existing=existing, priced=priced)
    answer = max_cover(asked, reach=2.5)
    assert answer.objective == pytest.approx(best_by_trying(asked, 2.5), rel=1e-9)
    assert answer.status == "optimal"
    assert answer.bound >= answer.objective
    assert allows(asked, np.flatnonzero(asked.sites.index.isin(answer.opened)))


@pytest.mark.parametrize("heavier", range(8))
def test_a_difference_of_one_is_seen(heavier):
    """Eight places of weight 1,000,000, one of them one heavier: the proof may not stop a whole one short."""
    weights = np.full(8, 1e6)
    weights[heavier] += 1
    asked = Problem(
        demand=pd.Series(weights, index=[f"d{k}" for k in range(8)]),
        sites=pd.DataFrame(
            {"status": "candidate", "capacity": np.nan, "price_yuan": np.nan}, index=[f"s{k}" for k in range(8)]
        ),
        cost=np.where(np.eye(8, dtype=bool), 0.0, 9.0),
        count=1,
    )
    answer = max_cover(asked, reach=1)
    assert (answer.opened, answer.objective, answer.bound) == ((f"s{heavier}",), 1_000_001, 1_000_001)
