"""Every shipped scenario of every plan: what must hold whatever its numbers are.

| law | for |
|---|---|
| ledger rows of a claim add up to its allocation, rows of a pool to what is drawn | every scenario |
| allocated + unallocated = supply, nobody above claim or cap, nobody below the floor | every one with an answer |
| the same, and group bounds, by every method, the ways of rounding in turn | every scenario |
| sums by district, class and the like are the totals | every scenario |
| the infeasible one names floors and supply of the right year, and the way out makes it solvable | severe-cut |
| every figure says what it rests on; every cited rule exists | every scenario |
| rounding, groups, hand-set amounts and whole plots as their scenarios say | their scenarios |
"""

from __future__ import annotations

import itertools

import pytest

from parkmap.allocation.allocate import overrides_of, problem_of
from parkmap.analysis.quota.conflict.search import relaxed
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.solve import solve
from parkmap.plan.catalog import Catalog, shipped_root
from quota_answer import told

CATALOG = Catalog((shipped_root().resolve(),))
PLANS = sorted(CATALOG.plan_files())
CASES = [(plan, scenario) for plan in PLANS for scenario in sorted(CATALOG.scenario_files(plan))]


@pytest.fixture(scope="module")
def report(shipped):
    """A function from plan and scenario to the report on its quota."""

    def run(plan, scenario):
        results = shipped(plan)
        return told(results, results.plan_set.scenarios[scenario])

    return run


def test_every_plan_has_further_scenarios():
    for plan in PLANS:
        assert {"base", "supply-minus-tenth", "fairness-dial", "floor-space"} <= set(CATALOG.scenario_files(plan))


@pytest.mark.parametrize(("plan", "scenario"), CASES)
def test_the_ledger_adds_up(report, plan, scenario):
    found = report(plan, scenario)
    claims, pools = {}, {}
    for row in found.ledger:
        claims[row.claim] = claims.get(row.claim, 0) + row.m2
        if row.pool:
            pools[row.pool] = pools.get(row.pool, 0) + row.m2
    assert claims == {a.claim: a.allocated_m2 for a in found.allocations}
    assert pools == {p.id: p.drawn_m2 for p in found.pools if p.drawn_m2}


@pytest.mark.parametrize(("plan", "scenario"), CASES)
def test_the_ledger_adds_up_by_every_method(shipped, plan, scenario):
    plan_set = shipped(plan).plan_set
    chosen = plan_set.scenarios[scenario]
    problem, overrides = problem_of(chosen, plan_set), overrides_of(chosen)
    for method, rounding in zip(sorted(METHODS), itertools.cycle(["largest-remainder", "sainte-lague"])):
        found = solve(problem, method=method, rounding=rounding, fairness=0.5, overrides=overrides)
        given = found.claims["allocated_m2"]
        assert found.ledger.groupby("claim")["m2"].sum().to_dict() == given.to_dict()
        drawn = found.ledger[found.ledger["m2"] != 0].groupby("pool")["m2"].sum()
        assert drawn.to_dict() == {pool: m2 for pool, m2 in found.pools["drawn_m2"].items() if m2}
        assert (found.pools["drawn_m2"] <= problem.pools["supply_m2"]).all()
        assert (found.totals["allocated_m2"] + found.totals["unallocated_m2"] == found.totals["supply_m2"]).all()
        if found.status != "infeasible":
            assert (found.groups["allocated_m2"] <= problem.groups["cap_m2"]).all()
            assert (found.groups["allocated_m2"] >= problem.groups["floor_m2"]).all()
            assert given.sum() > 0


@pytest.mark.parametrize(("plan", "scenario"), CASES)
def test_totals_and_bounds(report, plan, scenario):
    found = report(plan, scenario)
    for total in found.totals:
        assert total.allocated_m2 + total.unallocated_m2 == total.supply_m2
        assert total.allocated_m2 + total.unmet_m2 == total.claim_m2
    for pool in found.pools:
        assert 0 <= pool.drawn_m2 <= pool.supply_m2
    by_hand = {row.claim for row in found.ledger if row.stage == "override"}
    for entry in found.allocations:
        assert 0 <= entry.allocated_m2 <= entry.claim_m2
        if found.status != "infeasible" and entry.claim not in by_hand:
            assert entry.floor_m2 <= entry.allocated_m2 <= entry.cap_m2
    for partition in {entry.partition for entry in found.sums}:
        own = sum(entry.allocated_m2 for entry in found.sums if entry.partition == partition)
        assert own == sum(total.allocated_m2 for total in found.totals)


@pytest.mark.parametrize(("plan", "scenario"), CASES)
def test_every_figure_is_backed_and_every_example_is_stamped(report, plan, scenario):
    found = report(plan, scenario)
    assert all(f.clause if f.basis == "document" else f.origin_zh and f.origin_en for f in found.figures)
    assert found.example
    assert {"priority", "dial", "indivisible"} >= {found.method.name}


def test_only_the_severe_cut_has_no_answer(report):
    statuses = {(plan, scenario): report(plan, scenario).status for plan, scenario in CASES}
    assert [case for case, status in statuses.items() if status == "infeasible"] == [
        ("shenzhen-big-health-2022", "severe-cut")
    ]


def test_the_conflict_names_the_floors_the_supply_and_article_28(report, shipped):
    found = report("shenzhen-big-health-2022", "severe-cut").infeasible
    assert found.missing_m2 == 5_000
    supply = [b for b in found.bounds if b.kind == "supply"]
    floors = [b for b in found.bounds if b.kind == "claim_floor"]
    assert [b.m2 for b in supply] == [120_000]
    assert [rule.id for b in supply for rule in b.rules] == ["measures-28"]
    assert sum(b.m2 for b in floors) == 125_000
    results = shipped("shenzhen-big-health-2022")
    scenario = results.plan_set.scenarios["severe-cut"]
    problem = problem_of(scenario, results.plan_set)
    conflict = solve(problem).conflict
    assert solve(relaxed(problem, conflict.cheapest)).status == "exact"


def test_article_28_draws_on_the_lists_first_and_opens_stock_beside_them(report):
    steps = {p.kind: p.step for p in report("shenzhen-big-health-2022", "base").pools if p.commodity == "land"}
    assert steps == {"national-provincial-list": 1, "city-increment": 2, "existing-stock": 1}


def test_rehabilitation_devices_come_first_under_article_1(report):
    found = report("shenzhen-big-health-2022", "base")
    entry = next(a for a in found.allocations if a.claim == "pingshan-rehab-park:land:2023")
    assert (entry.tier, entry.tier_rule.id, entry.unmet_m2) == (1, "measures-01", 0)
    assert {d.pool for d in entry.draws} == {"national-provincial-list-2023"}


def test_lease_first_grant_later_carries_its_clause(report):
    land = [a for a in report("shenzhen-biopharma-2020", "base").allocations if a.commodity == "land"]
    assert {a.tenure for a in land} == {"lease-then-grant"}
    assert {a.tenure_rule.clause for a in land} == {"九/(四)"}


def test_bounds_by_district_and_class_hold(report):
    found = report("shenzhen-big-health-2022", "group-bounds")
    assert {g.partition for g in found.groups} == {"district", "land-class"}
    for group in found.groups:
        assert group.floor_m2 <= group.allocated_m2
        assert group.cap_m2 is None or group.allocated_m2 <= group.cap_m2
    assert [g.bound for g in found.groups if g.id == "pingshan-2023"] == ["cap"]


def test_an_amount_set_by_hand_stands_in_the_ledger(report):
    found = report("shenzhen-big-health-2022", "manual-decision")
    entry = next(a for a in found.allocations if a.claim == "national-agri-park:land:2023")
    assert entry.allocated_m2 == 10_000
    rows = [row for row in found.ledger if row.stage == "override"]
    assert {row.claim for row in rows} == {entry.claim}
    assert all(row.who and row.when == "2023-06-30" and row.why_zh for row in rows)


def test_whole_plots_are_given_whole_or_not_at_all(report):
    found = report("shenzhen-beauty-valley", "whole-plots")
    assert all(a.allocated_m2 in (0, a.claim_m2) for a in found.allocations)
    assert found.method.gap == 0
    # 110,000 + 10,000 = 120,000 fills the supply; no other choice of the three plots holds more.
    assert found.totals[0].unallocated_m2 == 0
