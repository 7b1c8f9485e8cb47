"""Laws of siting, against trying every set of sites.

Cases: drawn questions with unreachable pairs, demand without weight, existing and forbidden sites, capacities, prices,
number, budget and closeness in all mixtures; each of the four models; the search with and without HiGHS at its leaves;
the bound never passes the value; more sites never hurt; a longer reach never covers less.
"""

from __future__ import annotations

import dataclasses
import itertools

import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from lines import allows
from scipy.optimize import linprog

from parkmap.analysis.siting import branch_and_bound
from parkmap.analysis.siting.centre import p_centre
from parkmap.analysis.siting.cover import max_cover, set_cover
from parkmap.analysis.siting.median import p_median
from parkmap.analysis.siting.problem import Problem
from parkmap.analysis.siting.program import within_reach

FAR = 1e9
seeds = st.integers(min_value=0, max_value=10**6)


def drawn(seed: int) -> Problem:
    """Return a small question with at least one usable site."""
    rng = np.random.default_rng(seed)
    rows, columns = rng.integers(1, 8), rng.integers(1, 7)
    cost = rng.integers(0, 20, (rows, columns)).astype(float)
    if rng.random() < 0.4:
        cost[rng.random((rows, columns)) < 0.3] = np.inf
    status = rng.choice(["existing", "candidate", "candidate", "candidate", "forbidden"], columns)
    status[0] = "candidate"
    limited = rng.random() < 0.35
    capacity = np.where(rng.random(columns) < 0.5, rng.integers(0, 12, columns), np.nan) if limited else np.nan
    limits = {"count": int(rng.integers(0, 4))} if rng.random() < 0.6 else {}
    if rng.random() < 0.4 or not limits:
        limits["budget_yuan"] = float(rng.integers(0, 15))
    if rng.random() < 0.25:
        limits["within"] = float(rng.integers(5, 20))
    return Problem(
        demand=pd.Series(rng.integers(0, 6, rows).astype(float), index=[f"d{i}" for i in range(rows)]),
        sites=pd.DataFrame(
            {"status": status, "capacity": capacity, "price_yuan": rng.integers(1, 10, columns).astype(float)},
            index=[f"s{j}" for j in range(columns)],
        ),
        cost=cost,
        **limits,
    )


def choices(question: Problem):
    """Yield every allowed set of open sites that is near enough to everyone."""
    for size in range(len(question.candidates) + 1):
        for new in itertools.combinations(question.candidates, size):
            chosen = np.array(new, dtype=int)
            opened = np.concatenate([question.existing, chosen]).astype(int)
            nearest = question.cost[:, opened].min(axis=1, initial=np.inf)
            if allows(question, chosen) and (question.within is None or (nearest <= question.within).all()):
                yield chosen, opened


def flow(question: Problem, opened, reach: float, *, per_way: float) -> tuple[float, float]:
    """Return the most weight that open sites serve within reach, and the least total way of serving it all.

    A linear program of its own, in plain scipy, written without the code under test.
    """
    weights, ways = question.weights, question.cost[:, opened]
    pairs = [(i, j) for i in range(len(weights)) for j in range(len(opened)) if ways[i, j] <= min(reach, FAR)]
    if not pairs:
        return 0.0, 0.0 if weights.sum() == 0 else np.inf
    out = np.array([[float(i == row) for i, _ in pairs] for row in range(len(weights))])
    room = np.array([[float(j == column) for _, j in pairs] for column in range(len(opened))])
    capacity = np.minimum(question.capacities[opened], FAR)
    limits, bounds = np.vstack([out, room]), np.concatenate([weights, capacity])
    most = -linprog(-np.ones(len(pairs)), A_ub=limits, b_ub=bounds).fun
    costs = np.array([ways[i, j] * per_way for i, j in pairs])
    least = linprog(costs, A_ub=room, b_ub=capacity, A_eq=out, b_eq=weights)
    return most, least.fun if least.status == 0 else np.inf


def longest(question: Problem, opened) -> float:
    """Return the least radius within which open sites serve everyone."""
    ways = question.cost[:, opened]
    for radius in np.unique(ways[np.isfinite(ways)]):
        near = ((ways <= radius) & np.isfinite(ways)).any(axis=1).all()
        if near and (not question.limited or np.isfinite(flow(question, opened, radius, per_way=1.0)[1])):
            return float(radius)
    return np.inf


def best(values):
    return min((value for value in values if np.isfinite(value)), default=None)


def agrees(answer, expected):
    if expected is None:
        assert answer.status == "infeasible"
        assert answer.findings
    else:
        assert answer.objective == pytest.approx(expected, abs=1e-6)
        assert answer.bound == pytest.approx(expected, abs=1e-6)
        assert answer.status == "optimal"


@hypothesis.given(seeds, st.integers(min_value=2, max_value=15))
@hypothesis.settings(max_examples=40)
def test_maximal_cover_is_the_best_of_all_sets(seed, reach):
    question = drawn(seed)
    served = [flow(question, opened, reach, per_way=0.0)[0] for _, opened in choices(question)]
    agrees(max_cover(question, reach=reach), max(served) if served else None)


@hypothesis.given(seeds, st.integers(min_value=2, max_value=15))
@hypothesis.settings(max_examples=40)
def test_set_cover_is_the_smallest_of_all_sets(seed, reach):
    question = drawn(seed)
    reach = min(reach, question.within or reach)
    reachable = within_reach(question, reach).any(axis=1)
    hypothesis.assume(reachable.any())
    kept = dataclasses.replace(question, demand=question.demand[reachable], cost=question.cost[reachable])
    sizes = [
        float(len(new))
        for new, opened in choices(kept)
        if (kept.cost[:, opened].min(axis=1, initial=np.inf) <= reach).all()
        and np.isfinite(flow(kept, opened, reach, per_way=1.0)[1])
    ]
    agrees(set_cover(question, reach=reach), best(sizes))


@pytest.mark.parametrize("leaves", [True, False])
@hypothesis.given(seeds)
@hypothesis.settings(max_examples=40)
def test_p_median_is_the_best_of_all_sets(leaves, seed):
    question = drawn(seed)
    hypothesis.assume(question.weights.sum() > 0)
    reach = FAR if question.within is None else question.within
    totals = [flow(question, opened, reach, per_way=1.0)[1] for _, opened in choices(question)]
    with pytest.MonkeyPatch.context() as patch:
        if not leaves:  # every node must then be branched on
            patch.setattr(branch_and_bound, "SMALL", -1)
            patch.setattr(branch_and_bound, "SMALL_ROOT", -1)
        agrees(p_median(question), best(totals))


@hypothesis.given(seeds)
@hypothesis.settings(max_examples=40)
def test_p_centre_is_the_best_of_all_sets(seed):
    question = drawn(seed)
    limit = np.inf if question.within is None else question.within
    radii = [longest(question, opened) for _, opened in choices(question)]
    agrees(p_centre(question), best([radius for radius in radii if radius <= limit]))


@hypothesis.given(seeds)
@hypothesis.settings(max_examples=12)
def test_the_search_branches_to_the_same_median_on_larger_planes(seed):
    """On thirty points the search without HiGHS and the program of HiGHS alone must meet."""
    rng = np.random.default_rng(seed)
    at = rng.random((30, 2)) * 1000
    question = Problem(
        demand=pd.Series(rng.integers(1, 9, 30).astype(float), index=[f"d{i}" for i in range(30)]),
        sites=pd.DataFrame(
            {"status": "candidate", "capacity": np.nan, "price_yuan": np.nan}, index=[f"s{i}" for i in range(30)]
        ),
        cost=np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)),
        count=int(rng.integers(1, 8)),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(branch_and_bound, "SMALL", -1)
        patch.setattr(branch_and_bound, "SMALL_ROOT", -1)
        searched = p_median(question)
    roomy = dataclasses.replace(question, sites=question.sites.assign(capacity=1e6))
    assert searched.objective == pytest.approx(p_median(roomy).objective, rel=1e-7)
    assert searched.status == "optimal"


@hypothesis.given(seeds, st.integers(min_value=2, max_value=12))
@hypothesis.settings(max_examples=25)
def test_more_sites_or_reach_never_cover_less(seed, reach):
    question = dataclasses.replace(drawn(seed), count=1, budget_yuan=None, within=None)
    one = max_cover(question, reach=reach).objective
    assert max_cover(dataclasses.replace(question, count=2), reach=reach).objective >= one - 1e-6
    assert max_cover(question, reach=reach + 3).objective >= one - 1e-6
