"""The document's own gaps are notes: they are told, and they stop nothing."""

from __future__ import annotations

import datetime as dt

from parkmap.plan.gaps import gap_findings


def gaps(project, as_of=dt.date(2025, 6, 1)):
    found = list(gap_findings(project.load(), as_of))
    assert {f.severity for f in found} <= {"note"}
    return [(f.code, f.key) for f in found]


def test_the_tiny_plan_has_two(testville):
    assert gaps(testville) == [("validity.open", "testville-measures"), ("gap.undetermined", "components.other-nodes")]


def test_an_expired_document_is_told_with_its_last_day(testville):
    found = list(gap_findings(testville.load(), dt.date(2027, 1, 1)))
    (expired,) = [f for f in found if f.code == "validity.expired"]
    assert expired.key == "testville-2024"
    assert "2026-12-31" in expired.text("en")
    assert "2026-12-31" in expired.text("zh")


def test_a_document_not_yet_in_force_is_told(testville):
    assert ("validity.not_yet", "testville-2024") in gaps(testville, dt.date(2024, 2, 28))
    assert ("validity.not_yet", "testville-2024") not in gaps(testville, dt.date(2024, 2, 29))


def test_a_declared_number_that_differs_from_the_list_is_told(testville):
    testville.replace(testville.plan, "    - role: belt\n      count: 1", "    - role: belt\n      count: 3")
    testville.replace(testville.plan, "zh: 一核一带、多点支撑", "zh: 一核三带、多点支撑")
    found = [f for f in gap_findings(testville.load(), dt.date(2025, 6, 1)) if f.code == "gap.count"]
    (gap,) = found
    assert gap.key == "structure.belt"
    assert "3" in gap.text("en")
    assert "1" in gap.text("en")


def test_a_declared_role_that_nothing_has_is_told(testville):
    testville.replace(testville.plan, "    - role: belt\n      count: 1", "    - role: valley\n      count: 3")
    assert ("gap.count", "structure.valley") in gaps(testville)


def test_undetermined_components_and_parts_of_others_do_not_count(testville):
    # one node is named, one is only declared; the incubator is part of the core
    testville.replace(testville.plan, "    - role: node\n      count: null", "    - role: node\n      count: 1")
    testville.replace(testville.plan, "    role: place\n", "    role: core\n")
    assert not [code for code, _ in gaps(testville) if code == "gap.count"]


def test_an_undetermined_park_is_told_with_its_reason(testville):
    testville.replace(
        testville.plan, "    place: corner-park\n", "    undetermined: {zh: 没有写在哪里, en: It is not said where}\n"
    )
    found = list(gap_findings(testville.load(), dt.date(2025, 6, 1)))
    (park,) = [f for f in found if f.key == "parks.corner-park"]
    assert (park.code, park.ids) == ("gap.undetermined", ("corner-park",))
    assert "没有写在哪里" in park.text("zh")
    assert "It is not said where" in park.text("en")
