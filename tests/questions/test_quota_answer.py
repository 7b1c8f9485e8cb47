"""The quota of Testville, worked out by hand.

Supply of land in 2025: 100,000 + 20,001. The core is served first (60,000). 60,001 are left for two parks of tier 2;
weight times claim is 1 x 80,000 for the border park and 2 x 40,000 for the corner park, so each should get 30,000.5.
One square metre goes to the smaller id: 30,001 for the border park.

| case | answer |
|---|---|
| ledger | rows of a claim add up to its allocation, rows of a pool to what is drawn |
| infeasible | floors of 130,000 against 120,001: the bounds, 9,999 m² missing, nothing allocated |
| override | the ledger shows the difference with who, when, why |
| groups, access | what holds a claim is named |
| variant | supply and claims change as told, halves up |
| comparison | differences to the first scenario |
| actuals, supports | carry-over and ceilings as defined |
"""

from __future__ import annotations

import datetime as dt

import pytest

from parkmap.allocation.allocate import allocate
from parkmap.plan.scenarios.schema import (
    Access,
    Actual,
    Figure,
    Grant,
    GroupBound,
    Money,
    Name,
    Override,
    Selection,
    Sharing,
    SupplyChange,
    Variant,
)
from parkmap.plan.scenarios.variants import percent_of, resolve_variant
from quota_answer import told

WHY = Name(zh="假定", en="assumed")


def figure(m2):
    return Figure(m2=m2, basis="assumption", origin=WHY)


@pytest.fixture
def report(testville_results):
    """Report on the base scenario, changed as told."""

    def run(*, beside=None, **changes):
        scenario = testville_results.scenario.model_copy(update=changes)
        return told(testville_results, scenario, beside=beside)

    return run


def amounts(found):
    return {a.id: a.allocated_m2 for a in found.allocations}


def ledger_sums(found):
    sums = {}
    for row in found.ledger:
        sums[row.claim] = sums.get(row.claim, 0) + row.m2
    return sums


def test_by_hand(report):
    found = report()
    assert amounts(found) == {"core": 60_000, "border-park": 30_001, "corner-park": 30_000, "clinic": 2_000}
    assert [(t.commodity, t.year, t.supply_m2, t.allocated_m2, t.unallocated_m2) for t in found.totals] == [
        ("floor_space", 2026, 5_000, 2_000, 3_000),
        ("land", 2025, 120_001, 120_001, 0),
    ]
    assert found.status == "exact"
    assert found.example


def test_what_holds_each_claim(report):
    bounds = {a.id: a.bound for a in report().allocations}
    assert bounds == {"core": "claim", "border-park": "supply", "corner-park": "supply", "clinic": "claim"}


def test_the_ledger_adds_up_with_rule_and_clause(report):
    found = report()
    assert ledger_sums(found) == {a.claim: a.allocated_m2 for a in found.allocations}
    first = next(row for row in found.ledger if row.id == "core")
    assert (first.stage, first.m2, first.pool) == ("floor", 10_000, "increment")
    assert (first.pool_rule.id, first.pool_rule.clause) == ("land-order", "一/(一)")
    share = next(row for row in found.ledger if row.id == "core" and row.stage == "share")
    assert (share.rule.id, share.m2) == ("core-grant", 50_000)
    (unit,) = [row for row in found.ledger if row.stage == "rounding"]
    assert (unit.id, unit.m2) == ("border-park", 1)


def test_the_sums_of_every_partition_are_the_totals(report):
    found = report()
    for partition in {entry.partition for entry in found.sums}:
        own = [entry for entry in found.sums if entry.partition == partition]
        for total in found.totals:
            same = [e for e in own if (e.commodity, e.year) == (total.commodity, total.year)]
            assert sum(e.allocated_m2 for e in same) == total.allocated_m2
            assert sum(e.claim_m2 for e in same) == total.claim_m2


def test_every_figure_is_listed_with_its_basis(report):
    found = report()
    kinds = [f.what for f in found.figures]
    assert kinds.count("supply") == 3
    assert kinds.count("claim") == 4
    assert kinds.count("floor") == kinds.count("cap") == 1
    assert kinds.count("tier") == 3  # only the core's tier rests on a rule
    assert {f.basis for f in found.figures} == {"assumption", "press", "document"}
    assert all(f.origin_zh or f.clause for f in found.figures)
    (order,) = [f for f in found.figures if f.what == "order"]  # one rule names new land, none names the stock
    assert (order.commodity, order.year) == ("land", 2025)
    assert order.origin_en.endswith("New land, Existing stock")


def test_floors_beyond_the_supply_are_an_answer(report, testville_results):
    claims = [
        c.model_copy(update={"floor": figure(c.claim.m2)}) if c.item == "core" else c
        for c in testville_results.scenario.claims
    ]
    claims = [c.model_copy(update={"floor": figure(70_000)}) if c.item == "border-park" else c for c in claims]
    found = report(claims=tuple(claims))
    assert found.status == "infeasible"
    assert found.infeasible.missing_m2 == 9_999
    assert {(b.kind, b.m2) for b in found.infeasible.bounds} == {
        ("supply", 120_001),
        ("claim_floor", 60_000),
        ("claim_floor", 70_000),
    }
    supply = next(b for b in found.infeasible.bounds if b.kind == "supply")
    assert [rule.id for rule in supply.rules] == ["land-order"]
    assert "120,001" in supply.text_zh
    assert found.infeasible.cheapest_m2 == 9_999
    assert all(change.by_m2 for change in found.infeasible.changes)
    assert all(a.allocated_m2 == 0 for a in found.allocations)
    assert found.sensitivity is None
    border = next(a for a in found.allocations if a.id == "border-park")
    told = found.reasons(border)
    assert any("界河产业园（2025年用地） 的下限 70,000 平方米（没有规则依据，属假设）" in s for s in told)
    stamped(found)


def stamped(found):
    """Hold every table to the stamp of what rests on assumptions."""
    for table in found.tables().values():
        assert any("示例" in note for note in table.notes), table.key


def test_every_table_is_stamped(report, testville_results):
    left = Access(kinds=("stock",), reason=WHY)
    claims = tuple(
        c.model_copy(update={"pools": left}) if c.item == "border-park" else c
        for c in testville_results.scenario.claims
    )
    grant = Grant(
        id="g",
        item="border-park",
        rule="core-grant",
        amount=1,
        year=2025,
        cost=Money(yuan=1, basis="assumption", origin=WHY),
    )
    used = Actual(item="border-park", commodity="land", year=2025, used=figure(1))
    stamped(report(claims=claims, grants=(grant,), actuals=(used,)))


def test_an_amount_set_by_hand_is_a_row_with_who_when_and_why(report):
    by_hand = Override(
        item="border-park", commodity="land", year=2025, m2=40_001, who="Mayor", when=dt.date(2025, 3, 1), why=WHY
    )
    found = report(overrides=(by_hand,))
    assert amounts(found) == {"core": 60_000, "border-park": 40_001, "corner-park": 20_000, "clinic": 2_000}
    assert ledger_sums(found) == {a.claim: a.allocated_m2 for a in found.allocations}
    rows = [row for row in found.ledger if row.stage == "override"]
    assert {(row.who, row.when, row.why_zh, row.id) for row in rows} == {("Mayor", "2025-03-01", "假定", "border-park")}
    assert sum(row.m2 for row in rows) == 10_000


def test_a_group_that_is_full_is_named(report):
    bound = GroupBound(
        id="outer",
        name=Name(zh="外围上限", en="Outer cap"),
        partition="other",
        of=Selection(items=("border-park", "corner-park"), commodity="land", year=2025),
        cap=figure(50_001),
        rule="land-order",
    )
    found = report(groups=(bound,))
    assert amounts(found)["border-park"] + amounts(found)["corner-park"] == 50_001
    (group,) = found.groups
    assert (group.allocated_m2, group.bound, group.rule.id) == (50_001, "cap", "land-order")
    held = next(a for a in found.allocations if a.id == "border-park")
    assert (held.bound, held.bound_by) == ("group", "outer")
    assert any("外围上限" in sentence for sentence in found.reasons(held))


def test_a_claim_draws_only_on_the_pools_open_to_it(report, testville_results):
    claims = [
        c.model_copy(update={"pools": Access(kinds=("stock",), reason=WHY)}) if c.item == "border-park" else c
        for c in testville_results.scenario.claims
    ]
    found = report(claims=tuple(claims))
    held = next(a for a in found.allocations if a.id == "border-park")
    assert held.open_pools == ["stock"]
    assert {draw.pool for draw in held.draws} == {"stock"}
    assert held.allocated_m2 == 20_001


def test_why_tells_rule_clause_pool_and_bound(report):
    found = report()
    core = next(a for a in found.allocations if a.id == "core")
    assert found.reasons(core, "en")[0].startswith("Testville")
    zh = found.reasons(core)
    assert "申请 60,000 平方米，分得 60,000 平方米（6.0000 公顷）" in zh[0]
    assert any("先保下限 10,000 平方米" in s and "一/(一)" in s for s in zh)
    assert any("核心区资助" in s and "一/(二)" in s for s in zh)
    assert zh[-1] == "申请全部满足。"
    border = next(a for a in found.allocations if a.id == "border-park")
    assert any("未满足 49,999 平方米" in s for s in found.reasons(border))


def test_a_variant_changes_supply_and_keeps_the_rest(testville_results):
    variant = Variant(
        id="less",
        plan="testville",
        of="base",
        name=Name(zh="少", en="less"),
        note=Name(zh="少一成", en="a tenth less"),
        supply=(SupplyChange(percent=90, origin=Name(zh="压减", en="cut")),),
        commodities=("land",),
    )
    made = resolve_variant(variant, testville_results.scenario)
    assert [(p.id, p.supply.m2) for p in made.pools] == [("increment", 90_000), ("stock", 18_001)]
    assert {c.commodity for c in made.claims} == {"land"}
    assert made.pools[1].supply.basis == "assumption"
    assert "20,001" in made.pools[1].supply.origin.zh


@pytest.mark.parametrize(("m2", "percent", "answer"), [(20_001, 90, 18_001), (5, 50, 3), (3, 33.3, 1), (7, 100, 7)])
def test_a_share_is_rounded_halves_up(m2, percent, answer):
    assert percent_of(m2, percent) == answer


def test_scenarios_side_by_side(report, testville_results):
    dial = testville_results.scenario.model_copy(update={"id": "dial", "method": Sharing(name="proportional")})
    found = report(beside={"dial": allocate(dial, testville_results.plan_set)})
    assert [s.id for s in found.comparison.scenarios] == ["base", "dial"]
    core = next(c for c in found.comparison.claims if c.id == "core")
    first, second = core.values
    assert first.change_m2 is None
    assert second.change_m2 == second.allocated_m2 - first.allocated_m2
    changes = [c.values[1].change_m2 for c in found.comparison.claims if c.commodity == "land"]
    assert sum(changes) == 0


@pytest.mark.parametrize("assumed", [(False, False), (False, True), (True, False)])
def test_a_comparison_is_stamped_when_any_scenario_rests_on_assumptions(testville_results, assumed):
    scenario = testville_results.scenario
    first, second = (scenario if one else backed(scenario) for one in assumed)
    dial = allocate(second.model_copy(update={"id": "dial"}), testville_results.plan_set)
    found = told(testville_results, first, beside={"dial": dial})
    assert [s.example for s in found.comparison.scenarios] == list(assumed)
    for key in ("quota-scenarios", "quota-comparison"):
        notes = found.tables()[key].notes
        assert any(note.startswith("示例：表中含假设") for note in notes) == any(assumed), key


def backed(scenario):
    """Return a scenario whose every figure is from the press and whose every tier has its rule."""

    def press(one, *fields):
        stated = {name: getattr(one, name) for name in fields if getattr(one, name) is not None}
        return {name: value.model_copy(update={"basis": "press"}) for name, value in stated.items()}

    pools = tuple(pool.model_copy(update=press(pool, "supply")) for pool in scenario.pools)
    claims = tuple(
        claim.model_copy(update={**press(claim, "claim", "floor", "cap"), "tier_rule": "core-grant"})
        for claim in scenario.claims
    )
    return scenario.model_copy(update={"pools": pools, "claims": claims})


def test_use_against_allocation(report):
    used = Actual(item="core", commodity="land", year=2025, used=figure(45_000))
    (entry,) = report(actuals=(used,), carry_over_years=1).actuals
    assert (entry.allocated_m2, entry.used_m2, entry.carried_out_m2, entry.lapsed_m2) == (60_000, 45_000, 15_000, 0)
    (entry,) = report(actuals=(used,)).actuals
    assert (entry.carried_out_m2, entry.lapsed_m2) == (0, 15_000)


def test_supports_are_capped_and_the_higher_of_a_kind_applies(report):
    money = {"basis": "assumption", "origin": WHY}
    grant = Grant(
        id="plant",
        item="core",
        rule="core-grant",
        year=2025,
        cost=Money(yuan=100_000_000, **money),
        other=Money(yuan=50_000_000, **money),
    )
    found = report(grants=(grant,)).subsidies
    own, other = found.grants
    assert (own.computed_yuan, own.capped_yuan, own.paid_yuan) == (60_000_000, 45_000_000, 0)
    assert own.superseded_by == "other:plant"
    assert (other.paid_yuan, found.total_yuan) == (50_000_000, 50_000_000)


def test_sensitivity_is_told(report):
    found = report().sensitivity
    assert {(p.kind, p.bound_m2) for p in found.prices} >= {("supply", 120_001)}
    border = next(r for r in found.ranges if r.claim == "border-park:land:2025")
    assert border.low_m2 < 30_000.5 < border.high_m2
    assert border.starts_m2 == 60_000


def test_a_shadow_price_names_who_gains_most(report):
    """Border and corner park pull alike, so half of one more square metre goes to the first of them."""
    table = report().tables()["quota-shadow-prices"]
    (row,) = [r for r in table.rows if r[3] == 120_001]
    found = dict(zip(table.headers, row, strict=True))
    assert found["受益最大者"] == "界河产业园"
    assert found["受益最大者增加（平方米）"] == pytest.approx(0.5)


def printed(table):
    """Return the hundredths of a two-way table as printed: body, row totals, column totals."""
    cells = [[round(100 * (cell or 0)) for cell in row[1:]] for row in table.rows]
    return [row[:-1] for row in cells[:-1]], [row[-1] for row in cells[:-1]], cells[-1]


def test_hectares_add_up_as_printed(report, testville_results):
    """Claims of 1 m2 more or less than a step of 100 m2: rounded one by one they would not add up to 9.00 ha."""
    scenario = testville_results.scenario
    claims = [c for c in scenario.claims if c.commodity == "land"]
    same = {"floor": None, "cap": None, "tier": 1, "weight": 1.0}
    amounts = {"core": 30_049, "border-park": 30_049, "corner-park": 29_902}
    changed = tuple(c.model_copy(update={**same, "claim": figure(amounts[c.item])}) for c in claims)
    tables = report(claims=changed).tables()
    body, rows, last = printed(tables["quota-hectares-years-land"])
    assert [sum(row) for row in body] == rows
    assert [sum(column) for column in zip(*body, strict=True)] == last[:-1]
    assert last[-1] == sum(rows) == 900
    assert sorted(rows) == [299, 300, 301]
    assert tables["quota-hectares-years-land"].headers == ("名称", "2025（公顷）", "合计（公顷）")


def test_no_hectares_where_nothing_is_allocated(report, testville_results):
    pools = tuple(
        p.model_copy(update={"supply": p.supply.model_copy(update={"m2": 0})}) for p in testville_results.scenario.pools
    )
    assert not [key for key in report(pools=pools).tables() if "hectares" in key]
