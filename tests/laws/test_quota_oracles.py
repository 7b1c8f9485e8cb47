"""Levels and supplies of the quota, against linear programs over the claims that know nothing of cells and cuts.

| law | shapes | oracle |
|---|---|---|
| the levels of a path are the leximin | all | bisection on feasibility, then one linear program per claim |
| the supply that meets a claim meets it, and 1 m2 less does not | all | the problem with that supply, shared anew |
| an indivisible claim is all or nothing, and refused only where no choice fits | all | every choice tried |
"""

from __future__ import annotations

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from quota_cases import problems
from scipy import optimize, sparse

from parkmap.analysis.quota.methods.ideal import ideal
from parkmap.analysis.quota.methods.parametric import PARAMETRIC_RULES
from parkmap.analysis.quota.model.region import region_of
from parkmap.analysis.quota.sharing import feasible
from parkmap.analysis.quota.solve import solve
from parkmap.analysis.quota.study.sensitivity import break_even

LEVELLED = sorted(set(PARAMETRIC_RULES) - {"max-benefit", "proportional-fair"})


def rows_of(region):
    """Return rows over claims as ``matrix x <= limit``."""
    matrix = sparse.csr_array(region.matrix)[:, region.cell].toarray()
    high = np.minimum(region.row_high, 10**6)
    return np.vstack([matrix, -matrix]), np.concatenate([high, -region.row_low]).astype(float)


class Leximin:
    """Raises the common level as far as possible, then settles every claim that cannot go on."""

    def __init__(self, path, region):
        self.path, self.region, self.rows = path, region, rows_of(region)
        self.settled = np.full(len(region.low), np.nan)

    def at(self, level):
        grown = np.clip(level, self.path.start, self.path.end) - self.path.start
        free = self.region.low + np.bincount(
            self.path.claim, weights=self.path.slope * grown, minlength=len(self.region.low)
        )
        return np.where(np.isnan(self.settled), free, self.settled)

    def most(self, level, claim=None, slack=0.0):
        """Return the largest amount of a claim (0 without one) when all others have that level; None when none fits."""
        low = np.clip(self.at(level) - slack, self.region.low, self.region.high)
        high = np.where(np.isnan(self.settled), self.region.high, np.maximum(self.settled + 1e-5, low))
        cost = np.zeros(len(low)) if claim is None else -np.eye(len(low))[claim]
        found = optimize.linprog(cost, self.rows[0], self.rows[1] + 1e-7, bounds=np.column_stack([low, high]))
        return -found.fun if found.status == 0 else None

    def solve(self):
        ends = np.concatenate([self.path.start, self.path.end, [0.0]])
        while np.isnan(self.settled).any():
            low, high = ends.min() - 1, ends.max() + 1
            if self.most(high) is not None:
                low = high
            for _ in range(50 if low < high else 0):
                middle = (low + high) / 2
                low, high = (middle, high) if self.most(middle) is not None else (low, middle)
            wanted, before = self.at(low), int(np.isnan(self.settled).sum())
            for claim in np.flatnonzero(np.isnan(self.settled)):
                most = self.most(low, claim, slack=1e-5)
                if most is None or most <= wanted[claim] + 1e-3:
                    self.settled[claim] = wanted[claim]
            if int(np.isnan(self.settled).sum()) == before:
                return None  # too near to a kink for this oracle
        return self.settled


@settings(max_examples=20)
@given(problems(most=6), st.sampled_from(LEVELLED))
def test_levels_are_the_leximin(problem, name):
    region = region_of(problem)
    assume(feasible(region))
    expected = Leximin(PARAMETRIC_RULES[name](problem.claims), region).solve()
    assume(expected is not None)
    assert ideal(name, problem.claims, region) == pytest.approx(expected, abs=0.02)


def supplied(problem, claim, total):
    """Return the problem with that supply in the market of a claim: more in its first pool, less from the first on."""
    pools = problem.pools
    own = pools.index[(pools["commodity"] == claim["commodity"]) & (pools["year"] == claim["year"])]
    supply, change = pools["supply_m2"].copy(), total - int(pools.loc[own, "supply_m2"].sum())
    for pool in own:
        step = change if change >= 0 else -min(-change, int(supply[pool]))
        supply[pool] += step
        change -= step
    return dataclasses.replace(problem, pools=pools.assign(supply_m2=supply))


@settings(max_examples=80)
@given(problems(most=5), st.sampled_from(["priority", "proportional", "talmud", "proportional-fair"]))
def test_the_supply_that_meets_a_claim(problem, method):
    assume(feasible(region_of(problem)))
    table = break_even(problem, method=method)

    def shared(name, total):
        other = supplied(problem, problem.claims.loc[name], total)
        if total < 0 or not feasible(region_of(other)):
            return None
        return ideal(method, other.claims, region_of(other))[problem.claims.index.get_loc(name)]

    for name, met in table["met_m2"].items():
        cap = problem.claims.at[name, "cap_m2"]
        if np.isnan(met):
            assert shared(name, 10**4) < cap - 1e-3
            continue
        needed = math.ceil(met - 1e-4)
        assert shared(name, needed) >= cap - 1e-2
        less = shared(name, needed - 1)
        assert less is None or less < cap - 1e-4 or cap == problem.claims.at[name, "floor_m2"]


@settings(max_examples=30)
@given(problems(most=6, indivisible=True), st.sampled_from(["priority", "max-min", "proportional-fair", "dial"]))
def test_a_rule_that_shares_finds_a_choice_where_there_is_one(problem, method):
    region = region_of(problem)
    lumps = np.flatnonzero(problem.claims["indivisible"].to_numpy() & (region.high > region.low))
    assume(feasible(region) and len(lumps))
    matrix, limit = rows_of(region)
    fits = False
    for choice in itertools.product([False, True], repeat=len(lumps)):
        low, high = region.low.astype(float), region.high.astype(float)
        low[lumps] = high[lumps] = np.where(choice, region.high[lumps], region.low[lumps])
        found = optimize.milp(
            np.zeros(len(low)),
            constraints=optimize.LinearConstraint(matrix, ub=limit),
            bounds=optimize.Bounds(low, high),
            integrality=np.ones(len(low)),
        )
        fits = fits or found.status == 0
    outcome = solve(problem, method=method, fairness=0.5)
    assert (outcome.status != "infeasible") == fits
    if fits:
        got = outcome.claims["allocated_m2"].to_numpy()[lumps]
        assert ((got == region.low[lumps]) | (got == region.high[lumps])).all()
