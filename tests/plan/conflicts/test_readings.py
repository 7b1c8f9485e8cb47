"""A plan under another reading, against what a person who edits the file by hand would get.

Case matrix
reference   plan alone, one reading, two, empty tail, and back to text
choice      unknown id with the nearest, two answers to one question, the reading in use as a choice
leave out   a component with its part, with park, project, position, list entry, claim; an id twice left out
add         a component, also one that covers a whole district
change      role, place, within (and the districts follow), aliases, part_of
merge       names, clauses, references, claims of both, a claim of one only
bad input   unknown ids in every edit, repeated ids, cycles, in_use without reading or with edits: file, key, at once
"""

from __future__ import annotations

import pytest

from parkmap.errors import InvalidInputError
from parkmap.layers.prepare import prepare
from parkmap.plan.conflicts.readings import PlanReference, apply_readings, chosen_readings
from parkmap.plan.conflicts.schema import Change, Conflict, Edits, Merge, Reading

PLAN = "config/plans/testville.yaml"
NAME = {"zh": "读法", "en": "A reading"}
SOURCE = {"document": "testville-2024", "clause": "二/(一)"}


def reading(name="other", **edits):
    return Reading(id=name, name=NAME, edits=Edits(**edits))


def conflict(*readings, name="question"):
    said = [{"written": "试城核心区", "source": SOURCE}]
    return Conflict(id=name, topic=NAME, says=said, readings=readings, in_use=readings[0].id)


def under(project, **edits):
    return apply_readings(project.load(), [reading(**edits)])


# References


@pytest.mark.parametrize(
    ("text", "plan", "readings"),
    [
        ("a-plan", "a-plan", ()),
        ("a-plan@x", "a-plan", ("x",)),
        ("a-plan@x+y", "a-plan", ("x", "y")),
        ("a-plan@", "a-plan", ()),
    ],
)
def test_a_reference_is_a_plan_with_readings(text, plan, readings):
    assert PlanReference.parse(text) == PlanReference(plan, readings)


@pytest.mark.parametrize("text", ["a-plan", "a-plan@x", "a-plan@x+y"])
def test_a_reference_is_written_as_it_is_read(text):
    assert str(PlanReference.parse(text)) == text


# Choice


def test_an_unknown_reading_offers_the_nearest():
    with pytest.raises(InvalidInputError) as caught:
        chosen_readings([conflict(reading("wide"), reading("narrow"))], ["narow"], "testville")
    (found,) = caught.value.findings
    assert (found.code, found.key) == ("reading.unknown", "testville")
    assert "narow" in found.text("zh")
    assert "narrow" in found.advice("en")


def test_two_answers_to_one_question_are_refused():
    with pytest.raises(InvalidInputError) as caught:
        chosen_readings([conflict(reading("wide"), reading("narrow"))], ["wide", "narrow"], "testville")
    (found,) = caught.value.findings
    assert found.code == "reading.twice"
    assert "question" in found.text("en")


def test_every_wrong_choice_is_told_at_once():
    with pytest.raises(InvalidInputError) as caught:
        chosen_readings([conflict(reading("wide"))], ["a", "b"], "testville")
    assert [f.code for f in caught.value.findings] == ["reading.unknown", "reading.unknown"]


def test_the_reading_in_use_may_be_asked_for_and_changes_nothing(testville):
    chosen = chosen_readings([conflict(reading("wide"))], ["wide"], "testville")
    assert apply_readings(testville.load(), chosen).plan == testville.load().plan


# Leave out


def test_what_is_left_out_goes_with_its_parts_and_its_claims(testville):
    left = under(testville, leave_out=("core",))
    assert [c.id for c in left.plan.components] == [
        "belt",
        "corner",
        "other-nodes",
    ]  # the incubator is part of the core
    assert left.plan.parks[0].component is None
    assert [p.id for p in left.plan.positions] == ["nw-position"]
    assert [c.item for c in left.scenarios["base"].claims] == ["border-park", "corner-park", "clinic"]


def test_a_part_of_a_part_goes_too(testville):
    testville.replace(PLAN, "    place: corner-point\n", "    place: corner-point\n    part_of: incubator\n")
    assert [c.id for c in under(testville, leave_out=("core",)).plan.components] == ["belt", "other-nodes"]


def test_a_project_that_is_left_out_leaves_the_positions(testville):
    left = under(testville, leave_out=("laboratory",)).plan
    assert [p.id for p in left.projects] == ["clinic"]
    assert left.positions[0].places == ()


def test_a_scenario_without_claims_is_gone(testville):
    everything = ("core", "border-park", "corner-park", "clinic")
    assert under(testville, leave_out=everything).scenarios == {}


def test_an_edit_of_what_an_earlier_reading_left_out_does_nothing(testville):
    first = reading("a", leave_out=("belt",))
    second = reading("b", change=(Change(item="belt", role="corridor"),))
    both = apply_readings(testville.load(), [first, second]).plan
    assert both == apply_readings(testville.load(), [first]).plan


# Change


def test_a_change_sets_what_it_gives_and_keeps_the_rest(testville):
    before = testville.load().plan.components[2]
    after = under(testville, change=(Change(item="belt", role="corridor"),)).plan.components[2]
    assert after.role == "corridor"
    assert after.model_copy(update={"role": before.role}) == before


def test_an_undetermined_entry_that_gets_a_place_is_no_longer_undetermined(testville):
    changed = under(testville, change=(Change(item="other-nodes", place="corner-point"),)).plan.components[4]
    assert (changed.place, changed.undetermined) == ("corner-point", None)


def test_limiting_an_extent_limits_its_districts(testville):
    changed = under(testville, change=(Change(item="belt", within=("sw",)),)).plan.components[2]
    assert (changed.within, changed.districts) == (("sw",), ("sw",))


# Merge


def test_of_two_that_are_one_the_names_and_clauses_stay(testville):
    merged = under(testville, merge=(Merge(item="incubator", into="core"),)).plan
    assert [c.id for c in merged.components] == ["core", "belt", "corner", "other-nodes"]
    assert merged.components[0].aliases == ("试城孵化园",)
    assert [s.clause for s in merged.components[0].also] == []  # both cite the same clause


def test_references_to_the_one_that_is_given_up_lead_to_the_other(testville):
    merged = under(testville, merge=(Merge(item="core", into="belt"),)).plan
    assert merged.components[0].part_of == "belt"
    assert merged.parks[0].component == "belt"
    assert merged.positions[1].component == "belt"


def test_of_two_claims_that_become_one_that_of_the_entry_that_stays_counts(testville):
    merged = under(testville, merge=(Merge(item="border-park", into="corner-park"),)).scenarios["base"]
    assert [(c.item, c.claim.m2) for c in merged.claims] == [("core", 60000), ("corner-park", 40000), ("clinic", 2000)]


def test_a_claim_of_one_of_them_only_is_kept(testville):
    merged = under(testville, merge=(Merge(item="clinic", into="core"),)).scenarios["base"]
    assert ("core", "floor_space") in [(c.item, c.commodity) for c in merged.claims]


# On the ground

ADDED = """
conflicts:
  - id: how-far
    topic: {zh: 范围有多大, en: How far it reaches}
    says:
      - {written: 试城核心区, source: {document: testville-2024, clause: 二/(一)}}
    readings:
      - {id: as-drawn, name: {zh: 照画, en: As drawn}}
      - id: whole-south-east
        name: {zh: 东南全区, en: The whole south-east}
        edits:
          leave_out: [belt]
          add:
            - id: south-east
              name: {zh: 东南产业园, en: South-East}
              role: belt
              role_basis: stated
              place: se
              source: {document: testville-2024, clause: 二/(二)}
      - id: belt-in-the-south
        name: {zh: 只算南段, en: Its southern half}
        edits: {change: [{item: belt, within: [sw]}]}
    in_use: as-drawn
"""


def test_a_whole_district_can_be_a_place(testville):
    testville.append(PLAN, ADDED)
    results = testville.analyse()
    whole = prepare(testville.catalog, "testville@whole-south-east")
    assert "se" in whole.geography.places.index
    from parkmap.results.plan import analyse_prepared  # noqa: PLC0415

    under_it = analyse_prepared(testville.catalog, whole, as_of=results.as_of)
    assert under_it.coverage.districts.at["se", "share_best"] == pytest.approx(1.0)
    assert results.coverage.districts.at["se", "share_best"] == pytest.approx(0.25, rel=1e-3)  # half by half of it


def test_an_extent_limited_to_one_district_covers_only_that(testville):
    testville.append(PLAN, ADDED)
    before = testville.analyse().coverage.pairs["best_m2"]
    from parkmap.results.plan import analyse  # noqa: PLC0415

    results = analyse(testville.catalog, "testville@belt-in-the-south", as_of=testville.analyse().as_of)
    after = results.coverage.pairs["best_m2"]
    assert after["sw", "belt"] == pytest.approx(before["sw", "belt"])
    assert before["nw", "belt"] > 0
    assert ("nw", "belt") not in after  # not even within the accuracy of its edge: the district's border is exact


def test_a_result_says_under_which_readings_it_stands(testville):
    testville.append(PLAN, ADDED)
    from parkmap.results.plan import analyse  # noqa: PLC0415

    results = analyse(testville.catalog, "testville@belt-in-the-south", as_of=testville.analyse().as_of)
    assert [r.id for r in results.readings] == ["belt-in-the-south"]
    assert testville.analyse().readings == ()


# Bad input

BROKEN = """
lists:
  - id: twice
    name: {zh: 名单, en: List}
    of: carriers
    entries:
      - {written: 试城核心区, items: [cor]}
    source: {document: testville-2024, clause: 二/(一)}
  - id: twice
    name: {zh: 名单, en: List}
    of: areas
    entries:
      - {written: 西北区, districts: [nw]}
    source: {document: testville-24, clause: 二/(一)}
conflicts:
  - id: question
    topic: {zh: 问题, en: Question}
    says:
      - {written: 试城核心区, source: {document: testville-2024, clause: 二/(一)}}
    readings:
      - {id: plain, name: {zh: 原样, en: Plain}}
      - id: plain
        name: {zh: 同名, en: Same id}
        edits:
          leave_out: [beltt]
          change:
            - {item: cornr, part_of: belts}
          merge:
            - {item: core, into: belt}
            - {item: belt, into: core}
            - {item: corer, into: bel}
          add:
            - id: core
              name: {zh: 试城核心区, en: Core}
              role: core
              role_basis: stated
              place: core-zone
              part_of: nowhere
              industries: [healt]
              source: {document: testville-2024, clause: 二/(一)}
    in_use: plain
"""


def test_every_broken_reference_of_readings_and_lists_is_told_at_once(testville):
    testville.append(
        PLAN,
        BROKEN.replace(
            "      - {id: plain, name: {zh: 原样, en: Plain}}\n", "      - {id: first, name: {zh: 原样, en: Plain}}\n"
        ).replace("in_use: plain", "in_use: first"),
    )
    found = testville.problems()
    assert {f.file for f in found} == {PLAN}
    assert all(f.line is not None for f in found)
    edits = "conflicts[0].readings[1].edits"
    assert sorted((f.code, f.key) for f in found) == sorted(
        [
            ("link.broken", "lists[0].entries[0].items"),
            ("link.broken", "lists[1].source.document"),
            ("link.repeated_id", "lists[1].id"),
            ("link.broken", f"{edits}.leave_out"),
            ("link.broken", f"{edits}.change[0].item"),
            ("link.broken", f"{edits}.change[0].part_of"),
            ("link.alias_cycle", f"{edits}.merge[0]"),
            ("link.alias_cycle", f"{edits}.merge[1]"),
            ("link.broken", f"{edits}.merge[2].item"),
            ("link.broken", f"{edits}.merge[2].into"),
            ("link.repeated_id", f"{edits}.add[0].id"),
            ("link.broken", f"{edits}.add[0].part_of"),
            ("link.broken", f"{edits}.add[0].industries"),
        ]
    )


def test_a_reading_id_stands_once_in_a_plan(testville):
    second = ADDED.removeprefix("\nconflicts:\n").replace("id: how-far", "id: how-wide")
    line = testville.append(PLAN, ADDED + second)
    found = testville.problems()
    assert {(f.code, f.file) for f in found} >= {("link.repeated_id", PLAN)}
    assert [f.key for f in found if f.code == "link.repeated_id"] == [
        f"conflicts[1].readings[{i}].id" for i in range(3)
    ]
    assert min(f.line for f in found) > line


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    in_use: as-drawn", "    in_use: as-drwn"),
        ("    in_use: as-drawn", "    in_use: belt-in-the-south"),
    ],
)
def test_the_reading_in_use_is_one_of_them_and_changes_nothing(testville, old, new):
    testville.append(PLAN, ADDED.replace(old, new))
    (found,) = testville.problems()
    assert (found.code, found.file, found.key) == ("schema.rule", PLAN, "conflicts[0]")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("within: [sw]", "within: [south]", "district"),
        ("              place: se\n", "              place: see\n", "place"),
    ],
)
def test_districts_and_places_of_readings_are_looked_for_in_the_layers(testville, old, new, kind):
    testville.append(PLAN, ADDED.replace(old, new))
    with pytest.raises(InvalidInputError) as caught:
        testville.analyse()
    (found,) = caught.value.findings
    assert found.code == "link.broken"
    assert found.key.startswith("conflicts[0].readings[")
    assert kind in found.text("en")


def test_two_entries_that_are_aliases_of_each_other(testville):
    line = testville.replace(PLAN, "    aliases: [南北走廊]", "    aliases: [南北走廊, 西南角点]")
    other = (
        testville.replace(PLAN, "    place: corner-point\n", "    place: corner-point\n    aliases: [南北产业带]\n") - 1
    )
    found = testville.problems()
    assert sorted((f.code, f.file, f.line, f.key) for f in found) == [
        ("link.alias_cycle", PLAN, line, "components[2].aliases"),
        ("link.alias_cycle", PLAN, other, "components[3].aliases"),
    ]


def test_three_entries_around_a_circle_of_aliases(testville):
    testville.replace(PLAN, "    aliases: [南北走廊]", "    aliases: [西南角点]")
    testville.replace(PLAN, "    place: corner-point\n", "    place: corner-point\n    aliases: [界河产业园]\n")
    testville.replace(PLAN, "    place: border-park\n", "    place: border-park\n    aliases: [南北产业带]\n")
    assert [f.code for f in testville.problems()] == ["link.alias_cycle"] * 3


def test_an_alias_that_names_another_entry_without_a_circle_is_allowed(testville):
    testville.replace(PLAN, "    aliases: [南北走廊]", "    aliases: [南北走廊, 西南角点]")
    assert testville.load().plan.components[2].aliases == ("南北走廊", "西南角点")
