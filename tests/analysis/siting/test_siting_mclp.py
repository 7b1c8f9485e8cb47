"""Maximal cover without capacities: the parts that make the proof quick must not change the answer.

| case                                              | known from                                  |
|---------------------------------------------------|---------------------------------------------|
| overlapping sites, whole and broken weights       | trying every set of sites                   |
| some sites exist, a budget instead of a number    | trying every set of sites                   |
| a bound is never below what is reached            | definition                                  |
| tabu search never ends worse than it starts       | definition                                  |
| tabu search leaves a trap that interchange keeps  | drawn by hand                               |
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
from parkmap.analysis.siting.tabu import Covering, exchanged


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


def covering(near: list[list[int]], weight: list[float]) -> Covering:
    columns = len(near[0])
    return Covering(near=np.array(near, dtype=float), weight=np.array(weight), price=np.ones(columns), budget=np.inf)


def missed(asked: Covering, opened: np.ndarray) -> float:
    return float(asked.weight[asked.near[:, opened].sum(axis=1) == 0].sum())


@pytest.mark.parametrize("seed", range(20))
def test_tabu_search_never_ends_worse(seed):
    rng = np.random.default_rng(seed)
    asked = covering((rng.random((30, 12)) < 0.2).astype(int).tolist(), rng.random(30).tolist())
    start = rng.permutation(12)[:4]
    found = exchanged(asked, start, steps=40, rng=rng)
    assert missed(asked, found) <= missed(asked, start) + 1e-12
    assert len(set(found.tolist())) == 4


def test_tabu_search_leaves_a_trap():
    """Columns 0 and 1 cover 9 of 10; each exchange with 2 or 3 covers less, both together cover all."""
    near = [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]
    asked = covering(near, [3.0, 3.0, 1.5, 1.5, 1.0])
    start = np.array([0, 1])
    singles = [np.array(pair) for pair in ((0, 2), (0, 3), (1, 2), (1, 3))]
    assert all(missed(asked, pair) > missed(asked, start) for pair in singles)
    found = exchanged(asked, start, steps=10, rng=np.random.default_rng(0))
    assert sorted(found.tolist()) == [2, 3]


def test_a_budget_holds_in_each_exchange():
    asked = Covering(near=np.eye(3), weight=np.array([1.0, 2.0, 3.0]), price=np.array([1.0, 1.0, 5.0]), budget=2.0)
    assert exchanged(asked, np.array([0]), steps=10, rng=np.random.default_rng(0)).tolist() == [1]
