"""The conflicts of the shipped plans, one by one as a person found them in the texts, with effects that are computed.

Each row: plan, id in the register, words that its passages hold, other readings. The numbers of the effects are not
written down here: that they follow from the edits is checked by law (what is left out covers nothing, what is limited
covers only there), so that better layers do not break the tests.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from types import SimpleNamespace

import pandas as pd
import pytest
import shapely

from parkmap.crs import ellipsoidal_area_m2
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.questions import compare as comparison
from parkmap.questions import conflicts
from parkmap.questions.base import Workspace
from parkmap.questions.sides import every_reading
from parkmap.results.plan import analyse

AS_OF = dt.date(2025, 6, 1)
HEALTH, GUANGZHOU = "shenzhen-big-health-2022", "guangzhou-health-2017"
LIFE, BEAUTY, BIO = "shenzhen-life-health-2013", "shenzhen-beauty-valley", "shenzhen-biopharma-2020"
NAMED = {
    "one belt or two, and Luohu's ecological belt": (
        HEALTH,
        "one-or-two-belts",
        ("一核一带", "一核两带", "大健康综合发展生态带"),
        {"medical-beauty-is-the-belt", "yantian-dapeng-is-the-belt", "luohu-is-the-belt"},
    ),
    "roles read from names": (HEALTH, "inferred-roles", ("坪山深圳美丽谷",), {"roles-as-stated"}),
    "nodes declared without a list": (HEALTH, "unlisted-node", ("多点",), set()),
    "six areas or more": (HEALTH, "target-industry-areas-2025", ("6",), set()),
    "a belt that starts in Futian": (
        HEALTH,
        "outside-five-areas-medical-beauty-belt",
        ("前海、罗湖、盐田、大鹏、坪山", "华强北"),
        {"outside-five-areas-medical-beauty-belt-limited"},
    ),
    "lead units without Yantian": (
        HEALTH,
        "lead-units-yantian-dapeng-belt",
        ("大鹏新区管委会",),
        {"lead-units-yantian-dapeng-belt-limited"},
    ),
    "Bio-Valley and Food Valley": (HEALTH, "alias-intl-bio-valley", ("食品谷",), {"intl-bio-valley-apart"}),
    "Health Valley": (HEALTH, "alias-yantian-health-valley", ("健康谷",), {"yantian-health-valley-apart"}),
    "units renamed, Shenzhen": (HEALTH, "renamed-units", ("科技创新委",), set()),
    "three belts that are not listed": (GUANGZHOU, "unlisted-belt", ("三带联动",), set()),
    "key parks and nodes": (GUANGZHOU, "list-key-parks", ("花都生物医药产业园",), {"only-key-parks"}),
    "units renamed, Guangzhou": (GUANGZHOU, "renamed-units", ("市卫生计生委", "市国土规划委"), set()),
    "Knowledge City before and after": (
        GUANGZHOU,
        "extent-knowledge-city",
        ("中新广州知识城",),
        {"knowledge-city-as-knowledge-city-enlarged"},
    ),
    "centres declared without a list": (LIFE, "unlisted-centre", ("多中心",), set()),
    "Qianhai before and after, 2013": (
        LIFE,
        "extent-qianhai-cooperation-zone",
        ("前海深港现代服务业合作区",),
        {"qianhai-cooperation-zone-as-qianhai-enlarged"},
    ),
    "Qianhai before and after, Beauty Valley": (
        BEAUTY,
        "extent-qianhai-cooperation-zone",
        ("前海深港现代服务业合作区",),
        {"qianhai-cooperation-zone-as-qianhai-initial"},
    ),
    "the zone and the base in brackets": (BIO, "pingshan-zone-and-base", ("坪山高新区",), {"zone-is-base"}),
}


WORKSPACE = Workspace(catalog=Catalog((shipped_root().resolve(),)), as_of=AS_OF)


@functools.cache
def run(plan):
    return every_reading(WORKSPACE, plan)


def told(answer):
    """The JSON of an answer, its keys as attributes."""
    return json.loads(json.dumps(answer.as_document()), object_hook=lambda found: SimpleNamespace(**found))


@functools.cache
def report(plan):
    answer = conflicts.QUESTION.answer(WORKSPACE, (plan,), conflicts.ConflictsRequest())
    return {entry.id: entry for entry in told(answer).conflicts}


def compared(before, after):
    return told(comparison.QUESTION.answer(WORKSPACE, (before, after), comparison.CompareRequest()))


def effect(plan, conflict, reading):
    return next(r.changes for r in report(plan)[conflict].readings if r.id == reading)


@pytest.mark.parametrize("case", NAMED)
def test_every_conflict_that_the_texts_hold_is_listed(case):
    plan, name, words, others = NAMED[case]
    entry = report(plan)[name]
    said = "\n".join(statement.written for statement in entry.says) + entry.topic_zh
    assert all(word in said for word in words)
    assert all(statement.clause and statement.document for statement in (*entry.says, *entry.not_meant))
    assert {r.id for r in entry.readings if not r.in_use} == others
    assert sum(r.in_use for r in entry.readings) == 1
    assert entry.topic_zh != entry.topic_en


@pytest.mark.parametrize("case", NAMED)
def test_effects_are_computed_for_every_reading_and_only_there(case):
    plan, name, _, _ = NAMED[case]
    for reading in report(plan)[name].readings:
        assert (reading.changes is None) is reading.in_use


OTHERS = [(plan, name, other) for plan, name, _, others in NAMED.values() for other in sorted(others)]


@functools.cache
def alone(reference):
    """One run by itself, as `parkmap coverage PLAN@READING` makes it."""
    return analyse(Catalog((shipped_root().resolve(),)), reference, as_of=AS_OF)


def covered_m2(results):
    """Land of each district under any zone of known extent, measured with shapely and PROJ alone."""
    zones = results.items[(results.items["section"] != "projects") & results.items["extent_known"].astype(bool)]
    union = shapely.union_all(zones.geometry.to_numpy())
    ground = results.geography.districts.geometry
    return dict(zip(ground.index, ellipsoidal_area_m2(ground.intersection(union)), strict=True))


@pytest.mark.parametrize(("plan", "conflict", "reading"), OTHERS)
def test_effects_in_coverage_are_the_difference_of_two_runs(plan, conflict, reading):
    changes = {c.district: c for c in effect(plan, conflict, reading).coverage}
    before, after = covered_m2(alone(plan)), covered_m2(alone(f"{plan}@{reading}"))
    for district in before:
        if district in changes:
            assert changes[district].before_best_m2 == pytest.approx(before[district], rel=1e-6, abs=1)
            assert changes[district].after_best_m2 == pytest.approx(after[district], rel=1e-6, abs=1)
        else:
            assert after[district] == pytest.approx(before[district], rel=1e-6, abs=1)


@pytest.mark.parametrize(("plan", "conflict", "reading"), OTHERS)
def test_effects_in_adjacency_and_quota_are_the_difference_of_two_runs(plan, conflict, reading):
    """Two tables, joined on their keys; pairs that are apart, unknown or absent count as one state."""
    changes = effect(plan, conflict, reading)
    before, after = alone(plan), alone(f"{plan}@{reading}")
    contacts = [{frozenset(pair): kind for pair, kind in r.adjacency.pairs["contact"].items()} for r in (before, after)]
    loose = {None, "apart", "unknown"}
    expected = {
        pair: (contacts[0].get(pair), contacts[1].get(pair))
        for pair in contacts[0].keys() | contacts[1].keys()
        if contacts[0].get(pair) != contacts[1].get(pair)
        and not {contacts[0].get(pair), contacts[1].get(pair)} <= loose
    }
    assert {frozenset((c.item, c.other)): (c.before, c.after) for c in changes.contacts} == expected
    keys = ["item", "commodity", "year"]
    sums = [
        r.quota.allocations.set_index(keys)["allocated_m2"].rename(n)
        for n, r in zip("ab", (before, after), strict=True)
    ]
    joined = pd.concat(sums, axis=1).astype(object)
    joined = joined.where(joined.notna(), None)
    differing = {key: (row.a, row.b) for key, row in joined.iterrows() if row.a != row.b}
    assert {(q.item, q.commodity, q.before_year): (q.before_m2, q.after_m2) for q in changes.quota} == differing


def test_effects_reach_coverage_adjacency_and_quota():
    """Guards the two tests above: a register in which nothing ever changes would pass them."""
    changed = [effect(*other) for other in OTHERS]
    assert all(any(getattr(c, kind) for c in changed) for kind in ("coverage", "contacts", "quota", "roles", "targets"))


def test_what_is_taken_for_the_three_belts_and_is_not():
    look_alikes = report(GUANGZHOU)["unlisted-belt"].not_meant
    assert [s.clause for s in look_alikes] == [
        "三/(六)/推动健康旅游融合发展",
        "四/(三)/大坦沙健康生态岛",
        "五/(四)/附件",
    ]


def test_the_key_parks_against_the_structure_name_by_name():
    """By hand: of core, five bases, seven nodes the list has the core, two bases, five nodes, and Huadu beside."""
    entry = report(GUANGZHOU)["list-key-parks"]
    missing = {s.written for s in entry.says[1:]}
    assert missing == {
        "广州科学城生物产业基地",
        "广州国际生物岛",
        "中新广州知识城生物医药与医疗器械产业园",
        "广州国际专科医疗中心",
        "大坦沙健康生态岛",
    }
    assert "花都生物医药产业园" in entry.says[0].meaning_zh


def test_the_number_of_renamed_units_is_that_of_the_lead_units():
    """Counted in the plan file: 31 entries of the 2022 plan are led by 科技创新委 or 市科技创新委."""
    plan = run(HEALTH)[0].plan
    named = [
        i for i in (*plan.components, *plan.parks, *plan.projects) if {"科技创新委", "市科技创新委"} & set(i.lead_units)
    ]
    assert len(report(HEALTH)["renamed-units"].items) == len(named)


@pytest.mark.parametrize(
    ("reading", "gone"),
    [("medical-beauty-is-the-belt", "yantian-dapeng-belt"), ("yantian-dapeng-is-the-belt", "medical-beauty-belt")],
)
def test_a_belt_that_does_not_count_covers_and_claims_nothing(reading, gone):
    results, others = run(HEALTH)
    other = others[reading]
    assert gone not in other.items.index
    changes = effect(HEALTH, "one-or-two-belts", reading)
    touched = set(results.coverage.pairs.xs(gone, level="item").index)
    assert touched <= {c.district for c in changes.coverage}
    assert all(c.after_best_m2 <= c.before_best_m2 for c in changes.coverage)
    assert {(q.after_m2 is None) for q in changes.quota if q.item == gone} == {True}
    (belts,) = [r for r in changes.roles if r.role == "belt"]
    assert (belts.before_listed, belts.after_listed, belts.after_declared) == (2, 1, 1)
    (areas,) = changes.targets
    assert (areas.before, areas.after, areas.after_met) == (7, 6, True)


def test_luohu_as_the_belt_covers_luohu():
    changes = {c.district: c for c in effect(HEALTH, "one-or-two-belts", "luohu-is-the-belt").coverage}
    assert changes["luohu"].after_share == pytest.approx(1.0)
    assert changes["futian"].after_best_m2 == 0


def test_the_belt_inside_the_five_areas_leaves_futian_and_nothing_else():
    key = "outside-five-areas-medical-beauty-belt"
    changes = {c.district: c for c in effect(HEALTH, key, f"{key}-limited").coverage}
    assert changes["futian"].after_best_m2 < 1 < changes["futian"].before_best_m2
    others = [c for name, c in changes.items() if name != "futian"]
    assert all(c.after_best_m2 == pytest.approx(c.before_best_m2, abs=1.0) for c in others)


def test_a_part_that_is_apart_is_one_more_unknown_extent():
    (change,) = effect(HEALTH, "alias-intl-bio-valley", "intl-bio-valley-apart").coverage
    assert change.district == "dapeng"
    assert len(change.after_unknown) == len(change.before_unknown) + 1


def test_roles_as_stated_leave_the_land_as_it_is():
    changes = effect(HEALTH, "inferred-roles", "roles-as-stated")
    assert (changes.coverage, changes.contacts, changes.quota) == ([], [], [])
    assert {r.role: r.after_listed for r in changes.roles if r.before_declared} == {"core": 0, "belt": 0, "valley": 0}


@pytest.mark.parametrize(
    ("plan", "conflict", "reading", "district", "hectares"),
    [
        (GUANGZHOU, "extent-knowledge-city", "knowledge-city-as-knowledge-city-enlarged", "huangpu", 23_200 - 12_300),
        (LIFE, "extent-qianhai-cooperation-zone", "qianhai-cooperation-zone-as-qianhai-enlarged", None, 12_056 - 1_492),
    ],
)
def test_a_larger_extent_covers_more_by_the_published_difference(plan, conflict, reading, district, hectares):
    changes = effect(plan, conflict, reading).coverage
    gained = sum(c.after_best_m2 - c.before_best_m2 for c in changes if district in (None, c.district))
    assert gained / 10_000 == pytest.approx(hectares, rel=2e-3)


def test_a_plan_compared_with_itself_under_another_reading_says_what_the_register_says():
    found = compared(HEALTH, f"{HEALTH}@luohu-is-the-belt")
    assert found.changes == effect(HEALTH, "one-or-two-belts", "luohu-is-the-belt")
    fates = {item.id: item.fate for item in found.items if item.fate != "kept"}
    assert fates == {
        "medical-beauty-belt": "dropped",
        "yantian-dapeng-belt": "dropped",
        "luohu-ecological-belt": "added",
    }


def test_from_2013_to_2022():
    """By hand from both structure clauses: the Bio-Valley turns from core to valley, two zones go."""
    found = compared(LIFE, HEALTH)
    items = {item.id: item for item in found.items}
    valley = items["intl-bio-valley"]
    assert (valley.fate, valley.before_role, valley.after_role) == ("kept", "core", "valley")
    assert "renamed" in valley.aspects
    assert {name for name, item in items.items() if item.fate == "dropped"} == {
        "qianhai-cooperation-zone",
        "intl-low-carbon-city",
        "several-centres",
    }
    assert [(p.before, p.after) for p in found.possibly_one] == [("qianhai-cooperation-zone", "qianhai-health-core")]
    assert {(d.district, d.fate) for d in found.districts} == {
        ("futian", "in"),
        ("luohu", "in"),
        ("yantian", "in"),
        ("pingshan", "in"),
        ("longgang", "out"),
    }
    total = sum(cell.area_m2 for cell in found.transfer_by_role)
    districts = run(HEALTH)[0].coverage.districts["area_m2"].sum()
    assert total == pytest.approx(districts, rel=1e-6)
    left = sum(cell.area_m2 for cell in found.transfer if cell.before == ["intl-low-carbon-city"])
    assert left / 10_000 == pytest.approx(5_300, rel=1e-3)  # its published area, none of it kept
    growth = {t.id: (t.before_growth_percent, t.after_growth_percent) for t in found.targets}
    assert growth["industry-scale-2015"] == (pytest.approx(25.99, abs=0.01), None)
    assert growth["revenue-2025"] == (None, pytest.approx(15.43, abs=0.01))
