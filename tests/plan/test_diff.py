"""Two plans by their words: what a person sees who lays the files side by side."""

from __future__ import annotations

from parkmap.plan.conflicts.readings import apply_readings
from parkmap.plan.conflicts.schema import Change, Edits, Merge, Reading
from parkmap.plan.counts import claimed_m2
from parkmap.plan.diff import count_diffs, item_diffs, measured_diffs, plan_districts, target_diffs

PLAN = "config/plans/testville.yaml"


def after(project, **edits):
    changed = Reading(id="x", name={"zh": "x", "en": "x"}, edits=Edits(**edits))
    return apply_readings(project.load(), [changed]).plan


def told(before, other):
    return {d.id: (d.fate, d.aspects) for d in item_diffs(before, other) if d.fate != "kept" or d.aspects}


def test_a_plan_does_not_differ_from_itself(testville):
    plan = testville.load().plan
    assert told(plan, plan) == {}
    assert {d.fate for d in target_diffs(plan, plan)} == {"same"}


def test_each_kind_of_change_is_told_apart(testville):
    before = testville.load().plan
    other = after(
        testville,
        leave_out=("corner",),
        change=(
            Change(item="belt", role="corridor", place="core-zone"),
            Change(item="incubator", part_of="belt"),
            Change(item="border-park", within=("nw",)),
        ),
    )
    assert told(before, other) == {
        "corner": ("dropped", ()),
        "belt": ("kept", ("moved", "role")),
        "incubator": ("kept", ("part_of",)),
        "border-park": ("kept", ("within",)),
    }
    assert told(other, before)["corner"] == ("added", ())


def test_another_chinese_name_is_a_new_name(testville):
    before = testville.load().plan
    testville.replace(PLAN, "      zh: 西南角点\n", "      zh: 西南角\n")
    assert told(before, testville.load().plan) == {"corner": ("kept", ("renamed",))}


def test_a_component_that_becomes_a_project_changes_its_role(testville):
    before = testville.load().plan
    other = before.model_copy(
        update={
            "parks": before.parks[:1],
            "projects": (*before.projects, before.projects[1].model_copy(update={"id": "corner-park"})),
        }
    )
    fates = told(before, other)
    assert "role" in fates["corner-park"][1]


def test_a_merged_entry_is_gone(testville):
    before = testville.load().plan
    assert told(before, after(testville, merge=(Merge(item="incubator", into="core"),))) == {
        "incubator": ("dropped", ())
    }


def test_targets_are_matched_by_id(testville):
    before = testville.load().plan
    testville.replace(PLAN, "    value: 500\n", "    value: 600\n")
    testville.replace(PLAN, "  - id: firms\n", "  - id: companies\n")
    fates = {d.id: d.fate for d in target_diffs(before, testville.load().plan)}
    assert fates == {"output": "changed", "firms": "dropped", "companies": "added"}


def test_districts_of_components_parks_and_positions(testville):
    assert plan_districts(testville.load().plan) == {"nw"}
    testville.replace(PLAN, "    place: corner-park\n", "    place: corner-park\n    districts: [se]\n")
    assert plan_districts(testville.load().plan) == {"nw", "se"}


def test_counts_that_differ_by_role_and_by_target(testville):
    """By hand: the plan has one belt, which its formula declares; the target counts components, of which it is one."""
    testville.replace(
        PLAN,
        "    comparator: exact\n    value: 12\n",
        "    comparator: at_least\n    value: 3\n    measured_by: count_of_components\n",
    )
    before = testville.load().plan
    other = after(testville, leave_out=("belt",))
    (belts,) = count_diffs(before, other)
    assert (belts["role"], belts["before_listed"], belts["after_listed"]) == ("belt", 1, 0)
    assert belts["before_declared"] == belts["after_declared"] == 1
    (firms,) = measured_diffs(before, other)
    assert (firms["target"].id, firms["before"], firms["after"]) == ("firms", 3, 2)
    assert (firms["before_met"], firms["after_met"]) == (True, False)
    assert count_diffs(before, before) == measured_diffs(before, before) == []


def test_land_claimed_is_summed_over_the_years(testville):
    scenario = testville.load().scenarios["base"]
    claims = [(claim.item, claim.claim.m2) for claim in scenario.claims if claim.commodity == "land"]
    found = claimed_m2(scenario, "land")
    assert sum(found.values()) == sum(m2 for _, m2 in claims) > 0
    assert set(found) == {item for item, _ in claims}
    assert claimed_m2(None, "land") == {}
