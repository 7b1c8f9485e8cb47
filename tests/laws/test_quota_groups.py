"""Laws of the quota under groups, checked against independent solvers on random problems.

| law | shapes | oracle |
|---|---|---|
| a problem is solvable or not | flat, nested, crossing, three-way | scipy linear program over the claims |
| every bound and every sum holds to the square metre | all | arithmetic |
| nested filling equals progressive filling | flat, nested | the other algorithm |
| benefit, divisible and not | all | scipy mixed-integer program over the claims |
| proportional fairness | all | no exchange improves it: a linear program |
| order, scale, equals, more supply | all / nested | the same problem, changed |
| a conflict: set, minimality, way out | all | scipy linear program on the bounds named |
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from quota_cases import problems
from scipy import optimize, sparse

from parkmap.analysis.quota.conflict.bounds import relaxed
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.methods.fairness import proportional_fairness
from parkmap.analysis.quota.methods.ideal import ideal
from parkmap.analysis.quota.methods.nested import fill
from parkmap.analysis.quota.methods.parametric import PARAMETRIC_RULES
from parkmap.analysis.quota.methods.progressive import fill_general
from parkmap.analysis.quota.model.nesting import tree_of
from parkmap.analysis.quota.model.problem import make_problem
from parkmap.analysis.quota.model.region import region_of
from parkmap.analysis.quota.sharing import feasible
from parkmap.analysis.quota.solve import solve

EVERY = st.sampled_from(sorted(METHODS))
DIVISIBLE = st.sampled_from(sorted(set(METHODS) - {"indivisible"}))


def rows_of(region):
    """Return rows over claims, with bounds that a solver can take."""
    matrix = sparse.csr_array(region.matrix)[:, region.cell].toarray()
    return matrix, region.row_low.astype(float), np.minimum(region.row_high, 10**6).astype(float)


def solvable(region):
    """Ask scipy whether any real numbers obey all bounds."""
    matrix, low, high = rows_of(region)
    found = optimize.linprog(
        np.zeros(len(region.low)),
        A_ub=np.vstack([matrix, -matrix]),
        b_ub=np.concatenate([high, -low]),
        bounds=np.column_stack([region.low, region.high]),
    )
    return found.status == 0


def solved(problem, **options):
    region = region_of(problem)
    assume(feasible(region))
    outcome = solve(problem, **options)
    if region.structure == "general" or problem.claims["indivisible"].any():
        assume(outcome.status != "infeasible")
    assert outcome.status in {"exact", "gap"}
    return region, outcome


@settings(max_examples=80)
@given(problems())
def test_solvable_or_not(problem):
    region = region_of(problem)
    assert feasible(region) is solvable(region)


@settings(max_examples=80)
@given(problems(), EVERY, st.sampled_from(["largest-remainder", "sainte-lague"]), st.floats(0, 1))
def test_every_bound_and_every_sum_holds_to_the_square_metre(problem, method, rounding, fairness):
    region, outcome = solved(problem, method=method, rounding=rounding, fairness=fairness)
    got = outcome.claims["allocated_m2"].to_numpy()
    assert got.dtype == np.int64
    assert (region.low <= got).all()
    assert (got <= region.high).all()
    sums = np.rint(region.row_sums(got)).astype(np.int64)
    assert (region.row_low <= sums).all()
    assert (sums <= region.row_high).all()
    by_claim = outcome.ledger.groupby("claim")["m2"].sum().reindex(outcome.claims.index)
    assert (by_claim == outcome.claims["allocated_m2"]).all()
    drawn = outcome.draws.groupby("claim")["m2"].sum().reindex(outcome.claims.index, fill_value=0)
    assert (drawn == outcome.claims["allocated_m2"]).all()
    assert (outcome.pools["left_m2"] >= 0).all()
    assert (outcome.totals["allocated_m2"] + outcome.totals["unallocated_m2"] == outcome.totals["supply_m2"]).all()
    in_ledger = outcome.ledger[outcome.ledger["m2"] > 0].groupby(["claim", "pool"])["m2"].sum()
    assert in_ledger.to_dict() == outcome.draws.groupby(["claim", "pool"])["m2"].sum().to_dict()


@settings(max_examples=80)
@given(problems(), DIVISIBLE)
def test_rounding_moves_nobody_by_a_square_metre(problem, method):
    region, outcome = solved(problem, method=method)
    if region.structure != "general":
        assert (abs(outcome.claims["allocated_m2"] - outcome.claims["ideal_m2"]) < 1.001).all()


@settings(max_examples=60)
@given(problems(shape="nested"))
def test_nested_filling_is_progressive_filling(problem):
    region = region_of(problem)
    assume(region.structure == "nested" and feasible(region))
    for name, path in PARAMETRIC_RULES.items():
        one, other = fill(path(problem.claims), region, tree_of(region)), fill_general(path(problem.claims), region)
        np.testing.assert_allclose(one, other, atol=1e-3, err_msg=name)


@settings(max_examples=80)
@given(problems(indivisible=True), st.sampled_from(["max-benefit", "indivisible"]))
def test_no_benefit_is_larger(problem, method):
    region = region_of(problem)
    weight = problem.claims["weight"].to_numpy()
    whole = problem.claims["indivisible"].to_numpy() & (region.high > 0)
    unit = np.where(whole, region.high, 1)
    matrix, low, high = rows_of(region)
    peer = optimize.milp(
        -weight * unit,
        constraints=optimize.LinearConstraint(matrix * unit, low, high),
        bounds=optimize.Bounds(region.low / unit, region.high / unit),
        integrality=np.ones(len(unit)),
    )
    outcome = solve(problem, method=method)
    assert (outcome.status == "infeasible") == (peer.status == 2)
    if peer.status == 0:
        best = -peer.fun
        assert outcome.objective <= best + 1e-6
        assert best <= outcome.objective * (1 + outcome.gap) + 1e-6  # what is promised holds
        if region.structure != "general":
            assert outcome.objective == pytest.approx(best)
            assert outcome.gap == 0


def largest(weights, region):
    """Ask scipy for the largest weighted sum that the bounds allow."""
    matrix, low, high = rows_of(region)
    found = optimize.linprog(
        -weights,
        A_ub=np.vstack([matrix, -matrix]),
        b_ub=np.concatenate([high, -low]),
        bounds=np.column_stack([region.low, region.high]),
    )
    return -found.fun


def hold(region, x):
    sums = region.row_sums(x)
    assert (sums <= region.row_high + 1e-3).all()
    assert (sums >= region.row_low - 1e-3).all()


@settings(max_examples=80)
@given(problems())
def test_no_exchange_is_fairer(problem):
    """At the optimum of a concave function no feasible direction goes up (Kelly 1998)."""
    region = region_of(problem)
    assume(feasible(region))
    found = proportional_fairness(problem.claims, region)
    assert found.residual_m2 < 1e-3
    hold(region, found.x)
    with_land = found.x > 1e-6
    for at in np.flatnonzero((region.high > 0) & ~with_land):
        assert largest(np.eye(len(found.x))[at], region) == pytest.approx(0)  # nothing only where nothing can be had
    slope = np.where(with_land, problem.claims["weight"] / np.maximum(found.x, 1e-9), 0.0)
    assert largest(slope, region) <= slope @ found.x + 1e-3 * max(1.0, slope.max())


def test_full_and_forced_groups_leave_the_rest_to_share():
    """By hand: b may have nothing, d is owed all that it wants; a and c share the other 30 as 2 to 1."""
    names = list("abcd")
    wants = {"a": 40, "b": 10, "c": 40, "d": 20}
    claims = pd.DataFrame(
        [{"claim": n, "item": n, "commodity": "land", "year": 2025, "claim_m2": wants[n], "weight": 1.0} for n in names]
    ).assign(weight=[2.0, 5.0, 1.0, 0.5])
    found = solve(
        make_problem(
            pools=pd.DataFrame([{"pool": "p", "commodity": "land", "year": 2025, "supply_m2": 50}]),
            claims=claims,
            groups=pd.DataFrame(
                [("none", "one", 0, 0), ("all", "one", 20, 99), ("x", "", 0, 60), ("y", "", 0, 60), ("z", "", 0, 60)],
                columns=["group", "partition", "floor_m2", "cap_m2"],
            ),
            members=pd.DataFrame(
                [
                    ("none", "b"),
                    ("all", "d"),
                    *(("x", n) for n in "ab"),
                    *(("y", n) for n in "bc"),
                    ("z", "c"),
                    ("z", "d"),
                ],
                columns=["group", "claim"],
            ),
        ),
        method="proportional-fair",
    )
    assert region_of(found.problem).structure == "crossing"
    assert found.claims["allocated_m2"].to_dict() == {"a": 20, "b": 0, "c": 10, "d": 20}


# Changed problems


@settings(max_examples=40)
@given(problems(), DIVISIBLE, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(problem, method, random):
    _, outcome = solved(problem, method=method)
    order = list(range(len(problem.claims)))
    random.shuffle(order)
    members = problem.members.sample(frac=1, random_state=random.randint(0, 99))
    other = solve(dataclasses.replace(problem, claims=problem.claims.iloc[order], members=members), method=method)
    if region_of(problem).structure == "nested":
        assert other.claims["allocated_m2"].to_dict() == outcome.claims["allocated_m2"].to_dict()
    difference = other.claims["ideal_m2"] - outcome.claims["ideal_m2"]
    if method != "max-benefit" or region_of(problem).structure == "nested":  # crossing: several optima
        assert (difference.abs() < 1e-2).all()


def scaled(problem, factor):
    claims = problem.claims.assign(**{c: problem.claims[c] * factor for c in ("claim_m2", "floor_m2", "cap_m2")})
    pools = problem.pools.assign(supply_m2=problem.pools["supply_m2"] * factor)
    groups = problem.groups.assign(
        floor_m2=problem.groups["floor_m2"] * factor, cap_m2=np.minimum(problem.groups["cap_m2"], 10**9) * factor
    )
    return dataclasses.replace(problem, claims=claims, pools=pools, groups=groups)


@settings(max_examples=40)
@given(problems(), st.sampled_from(sorted(set(METHODS) - {"indivisible", "max-benefit"})), st.sampled_from([7, 1000]))
def test_the_unit_of_area_does_not_matter(problem, method, factor):
    region, outcome = solved(problem, method=method)
    large = solve(scaled(problem, factor), method=method)
    np.testing.assert_allclose(large.claims["ideal_m2"] / factor, outcome.claims["ideal_m2"], atol=1e-2)
    if region.structure != "general":
        assert (abs(large.claims["allocated_m2"] / factor - outcome.claims["allocated_m2"]) <= 1.02).all()


@settings(max_examples=40)
@given(problems(), DIVISIBLE)
def test_equals_are_treated_as_equals(problem, method):
    """A twin of every claim, in the same groups, and room for both."""
    twin = problem.claims.rename(index=lambda name: f"{name}-twin")
    doubled = dataclasses.replace(
        problem,
        claims=pd.concat([problem.claims, twin]).rename_axis("claim"),
        members=pd.concat([problem.members, problem.members.assign(claim=problem.members["claim"] + "-twin")]),
    )
    _, outcome = solved(doubled, method=method)
    got = outcome.claims["allocated_m2"]
    for name in problem.claims.index:
        assert abs(got[name] - got[f"{name}-twin"]) <= 1


@settings(max_examples=80)
@given(
    problems(shape="nested"),
    st.sampled_from(sorted(n for n, m in METHODS.items() if m.house_monotone)),
    st.integers(1, 30),
)
def test_more_supply_takes_from_nobody(problem, method, more):
    region = region_of(problem)
    assume(region.structure == "nested" and feasible(region))
    before = ideal(method, problem.claims, region, fairness=0.4)
    raised = dataclasses.replace(problem, pools=problem.pools.assign(supply_m2=problem.pools["supply_m2"] + more))
    after = ideal(method, problem.claims, region_of(raised), fairness=0.4)
    assert (after >= before - 1e-6).all()


# Conflicts


def bounds_hold_together(problem, refs):
    """Ask scipy whether the bounds named, and nothing else, can hold together."""
    names = list(problem.claims.index)
    region = region_of(problem)
    of_group = {row.id: region.matrix[[k]].toarray().ravel()[region.cell] for k, row in enumerate(region.rows)}
    low, high = np.zeros(len(names)), np.full(len(names), np.inf)
    rows, limits = [], []
    for ref in refs:
        where = [names.index(name) for name in ref.ids if name in names]
        if ref.kind == "claim_floor":
            low[where] = ref.m2
        elif ref.kind in {"claim", "claim_cap"}:
            high[where] = region.high[where]
        elif ref.kind in {"supply", "pool_access"}:
            (key,) = [row.id for row in region.rows if row.pools == ref.ids and row.kind == ref.kind]
            rows.append(of_group[key])
            limits.append(ref.m2)
        else:
            sign = 1 if ref.kind == "group_cap" else -1
            rows.append(sign * of_group[ref.ids[0]])
            limits.append(sign * ref.m2)
    found = optimize.linprog(
        np.zeros(len(names)),
        A_ub=np.array(rows) if rows else None,
        b_ub=limits or None,
        bounds=np.column_stack([low, high]),
    )
    return found.status == 0


@settings(max_examples=40)
@given(problems(supply=15))
def test_a_conflict_is_one_and_is_smallest_and_has_a_way_out(problem):
    region = region_of(problem)
    assume(region.structure == "general" or not feasible(region))  # elsewhere whole numbers fit where others do
    outcome = solve(problem)
    assume(outcome.status == "infeasible")
    conflict = outcome.conflict
    if conflict.whole:
        assert not bounds_hold_together(problem, conflict.bounds)
        for k in range(len(conflict.bounds)):
            assert bounds_hold_together(problem, conflict.bounds[:k] + conflict.bounds[k + 1 :])
        assert conflict.missing_m2 > 0
    assert solve(relaxed(problem, conflict.cheapest)).status != "infeasible"
    assert conflict.cheapest_m2 == sum(change.by_m2 for change in conflict.cheapest) > 0
    if region.structure != "general":
        assert all(conflict.cheapest_m2 <= m2 for _, m2 in conflict.by_kind)


@settings(max_examples=20)
@given(problems(indivisible=True, supply=15))
def test_lumps_that_do_not_fit_have_a_way_out(problem):
    outcome = solve(problem, method="indivisible")
    assume(outcome.status == "infeasible")
    assert solve(relaxed(problem, outcome.conflict.cheapest), method="indivisible").status != "infeasible"


def test_ties_go_to_the_smaller_key_and_are_told():
    """Three equal claims, two units left over: the keys 1, 2, 3 belong to c, b, a."""
    pools = pd.DataFrame([{"pool": "p", "commodity": "land", "year": 2025, "supply_m2": 11}])
    rows = [{"claim": name, "item": name, "commodity": "land", "year": 2025, "claim_m2": 9} for name in "abc"]
    claims = pd.DataFrame(rows)
    outcome = solve(make_problem(pools=pools, claims=claims.assign(tie_key=[3, 2, 1])))
    assert outcome.claims["allocated_m2"].to_dict() == {"a": 3, "b": 4, "c": 4}
    assert outcome.ties.set_index("claim")["won"].to_dict() == {"a": False, "b": True, "c": True}
    assert solve(make_problem(pools=pools, claims=claims)).claims["allocated_m2"].to_dict() == {"a": 4, "b": 4, "c": 3}
