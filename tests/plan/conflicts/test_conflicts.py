"""Each rule that derives a conflict: a plan that breaks it, and the same plan without the break.

Case matrix (rule: what is broken)

unlisted    a role that is declared and only stands as a placeholder; a named element without a place is listed
count       a role declared once and named twice; declared and named alike
target      a count that the goals set and the number that the text names; equal
list        a list of carriers with one name too many, one too few; equal
outside     a component that reaches beyond the list of areas
lead_units  responsible units that name a district government and leave out the entry's own
alias       a name in brackets that is also an alias; brackets that are none
roles       a declared role that was read from a name
extent      two published extents of one place
units       a public body with another name now; of another city
register    an entry of the plan file replaces a derived one; ids are unique
"""

from __future__ import annotations

import pytest

from parkmap.layers.prepare import prepare
from parkmap.plan.conflicts.register import conflict_register
from parkmap.plan.conflicts.units import RenamedUnit
from parkmap.plan.elements import Name

PLAN = "config/plans/testville.yaml"
PLACES = "layers/testville/places.geojson"
SOURCE = "source: {document: testville-2024, clause: 二/(一)}"


def register(project, units=()):
    prepared = prepare(project.catalog, "testville")
    return {one.conflict.id: one for one in conflict_register(prepared.base.plan, prepared.facts, units)}


def readings(entry):
    return [reading.id for reading in entry.conflict.readings]


def edits(entry, name):
    return next(reading.edits for reading in entry.conflict.readings if reading.id == name)


def test_the_tiny_plan_leaves_one_thing_open(testville):
    assert list(register(testville)) == ["unlisted-node"]


def test_a_declared_role_with_only_a_placeholder_is_not_listed(testville):
    found = register(testville)["unlisted-node"]
    assert found.rule == "unlisted"
    assert found.items == ("corner", "other-nodes")
    assert found.conflict.topic.zh == "“多点”只有宣布没有名单：宣布若干个（点），列名 1 个"  # the corner is named
    assert "several declared, 1 named" in found.conflict.topic.en
    assert [s.written for s in found.conflict.says] == ["一核一带、多点支撑", "多点"]


def test_a_declared_number_without_a_list_is_told(testville):
    testville.replace(PLAN, "      count: null\n", "      count: 3\n")
    topic = register(testville)["unlisted-node"].conflict.topic
    assert "宣布 3 个（点）" in topic.zh
    assert "3 declared, 1 named" in topic.en


def test_an_element_that_is_named_and_not_placed_is_listed(testville):
    testville.replace(PLAN, "      zh: 多点\n", "      zh: 试城实验室\n")
    assert "unlisted-node" not in register(testville)


def test_passages_that_only_look_like_the_list_are_told(testville):
    testville.replace(
        PLAN,
        "    - role: node\n      count: null\n",
        "    - role: node\n      count: null\n      not_meant:\n"
        f"        - {{written: 惠民诊所, meaning: {{zh: 不是点, en: No node}}, {SOURCE}}}\n",
    )
    assert [s.written for s in register(testville)["unlisted-node"].conflict.not_meant] == ["惠民诊所"]


def test_one_declared_and_two_named(testville):
    testville.replace(
        PLAN,
        "    role: node\n    role_basis: stated\n    place: corner",
        "    role: belt\n    role_basis: stated\n    place: corner",
    )
    found = register(testville)["count-belt"]
    assert found.items == ("belt", "corner")
    assert "1" in found.conflict.topic.en
    assert "2" in found.conflict.topic.en


def test_a_count_in_the_goals_against_the_number_named(testville):
    testville.replace(
        PLAN,
        "    comparator: exact\n    value: 12\n",
        "    comparator: at_least\n    value: 3\n    measured_by: count_of_components\n",
    )
    found = register(testville)["target-firms"]
    assert found.items == ("core", "belt", "corner")  # neither the part of the core nor the placeholder
    assert [s.written for s in found.conflict.says] == ["3", "试城核心区", "南北产业带", "西南角点"]


def test_an_exact_count_that_agrees_is_no_conflict(testville):
    testville.replace(
        PLAN,
        "    comparator: exact\n    value: 12\n",
        "    comparator: exact\n    value: 2\n    measured_by: count_of_parks\n",
    )
    assert "target-firms" not in register(testville)


def a_list(project, of, *entries):
    lines = "".join(f"      - {entry}\n" for entry in entries)
    head = f"\nlists:\n  - id: named\n    name: {{zh: 名单, en: The list}}\n    of: {of}\n"
    project.append(PLAN, f"{head}    entries:\n{lines}    {SOURCE}\n")


CORE = "{written: 试城核心区, items: [core]}"
BELT = "{written: 南北产业带, items: [belt]}"
CORNER = "{written: 西南角点, items: [corner]}"
PARK = "{written: 界河产业园, items: [border-park]}"


def test_a_list_is_compared_with_the_structure_name_by_name(testville):
    a_list(testville, "carriers", CORE, CORNER, PARK)
    found = register(testville)["list-named"]
    assert found.items == ("belt", "border-park")
    assert edits(found, "only-named").leave_out == ("belt",)
    assert "界河产业园" in found.conflict.says[0].meaning.zh
    assert [s.written for s in found.conflict.says[1:]] == ["南北产业带"]


def test_a_list_that_agrees_is_no_conflict(testville):
    a_list(testville, "carriers", CORE, BELT, CORNER)
    assert "list-named" not in register(testville)


def test_a_component_beyond_the_areas_can_be_limited_to_them(testville):
    testville.replace(PLAN, "    place: belt-strip\n", "    place: belt-strip\n    districts: [nw, sw]\n")
    a_list(testville, "areas", "{written: 西北区, districts: [nw]}")
    found = register(testville)["outside-named-belt"]
    assert "西南区" in found.conflict.topic.zh
    assert edits(found, "outside-named-belt-limited").change[0].within == ("nw",)


def test_an_area_may_be_named_by_what_stands_there(testville):
    testville.replace(PLAN, "    place: belt-strip\n", "    place: belt-strip\n    districts: [nw]\n")
    a_list(testville, "areas", "{written: 试城核心区, items: [core]}")
    assert not [name for name in register(testville) if name.startswith("outside")]


def test_responsible_units_that_leave_out_a_district(testville):
    testville.replace(PLAN, "    place: border-park\n", "    place: border-park\n    districts: [nw, ne]\n")
    found = register(testville)["lead-units-border-park"]
    assert "东北区" in found.conflict.topic.zh
    assert "西北区政府" in found.conflict.says[1].written
    assert edits(found, "lead-units-border-park-limited").change[0].within == ("nw",)


@pytest.mark.parametrize("units", ["[市发展改革委]", "[西北区政府, 东北区政府]", "[西北区政府, 各区政府]"])
def test_units_of_the_whole_city_leave_nobody_out(testville, units):
    testville.replace(PLAN, "    place: border-park\n", "    place: border-park\n    districts: [nw, ne]\n")
    testville.replace(PLAN, "    support_units: [西北区政府]", f"    support_units: {units}")
    assert "lead-units-border-park" not in register(testville)


def test_a_name_in_brackets_may_be_a_part(testville):
    testville.replace(
        PLAN,
        "      zh: 南北产业带\n      en: North–south belt\n    aliases: [南北走廊]",
        "      zh: 南北产业带（南北走廊）\n      en: North–south belt (Corridor)\n    aliases: [南北走廊]",
    )
    found = register(testville)["alias-belt"]
    apart = edits(found, "belt-apart")
    assert (apart.add[0].name.zh, apart.add[0].name.en, apart.add[0].part_of) == ("南北走廊", "Corridor", "belt")
    assert apart.add[0].undetermined is not None
    assert apart.change[0].aliases == ()


def test_brackets_that_hold_no_alias_are_only_brackets(testville):
    testville.replace(PLAN, "      zh: 南北产业带\n", "      zh: 南北产业带（一期）\n")
    assert "alias-belt" not in register(testville)


def test_roles_read_from_names_can_be_taken_back(testville):
    testville.replace(PLAN, "    role: belt\n    role_basis: stated", "    role: belt\n    role_basis: inferred")
    found = register(testville)["inferred-roles"]
    assert found.items == ("belt",)  # the incubator is inferred too, but no role of the formula
    (change,) = edits(found, "roles-as-stated").change
    assert (change.item, change.role, change.role_basis) == ("belt", "place", "stated")


def test_two_extents_of_one_place_are_two_readings(testville):
    collection = testville.layer(PLACES)
    park = next(f for f in collection["features"] if f["properties"]["id"] == "corner-park")
    park["properties"] |= {"area_valid_from": "2010-01-01", "area_valid_to": "2019-12-31", "aliases_zh": "东南园"}
    larger = {
        "type": "Feature",
        "properties": {
            **park["properties"],
            "id": "corner-park-enlarged",
            "name_zh": "东南产业园（扩区后）",
            "area_published_ha": 200.0,
            "area_valid_from": "2020-01-01",
            "area_valid_to": None,
        },
        "geometry": park["geometry"],
    }
    collection["features"].append(larger)
    testville.write_layer(PLACES, collection)
    found = register(testville)["extent-corner-park"]
    assert edits(found, "corner-park-as-corner-park-enlarged").change[0].place == "corner-park-enlarged"
    assert "2019-12-31" in found.conflict.says[0].meaning.zh
    assert "200 ha" in found.conflict.says[0].meaning.en


def a_unit(**keys):
    name = Name(zh="市发展和改革局", en="Bureau")
    return RenamedUnit(
        **{
            "city": "testville",
            "was": ("市发展改革委",),
            "now": name,
            "year": 2025,
            "change": "renamed",
            "verified": False,
            **keys,
        }
    )


def test_bodies_with_another_name_now(testville):
    found = register(testville, [a_unit()])["renamed-units"]
    assert found.items == ("border-park",)
    assert found.conflict.says[0].written == "市发展改革委"
    assert found.conflict.topic.en == "Responsible units with another name now: 1; entries that name them: 1"
    assert "2025" in found.conflict.says[0].meaning.zh
    assert "市发展和改革局" in found.conflict.says[0].meaning.zh


@pytest.mark.parametrize("keys", [{"city": "elsewhere"}, {"was": ("市发改委",)}])
def test_bodies_of_other_cities_or_names_do_not_count(testville, keys):
    assert "renamed-units" not in register(testville, [a_unit(**keys)])


STATED = f"""
conflicts:
  - id: what-nodes
    topic: {{zh: 多点是什么, en: What the nodes are}}
    says:
      - {{written: 多点, {SOURCE}}}
    readings:
      - {{id: open-nodes, name: {{zh: 未定, en: Open}}}}
    in_use: open-nodes
    replaces: [unlisted-node]
"""


def test_an_entry_of_the_file_replaces_a_derived_one(testville):
    testville.append(PLAN, STATED)
    found = register(testville)
    assert list(found) == ["what-nodes"]
    assert found["what-nodes"].rule == "stated"


def test_a_derived_conflict_gives_way_to_one_of_the_same_id(testville):
    testville.append(
        PLAN, STATED.replace("id: what-nodes", "id: unlisted-node").replace("    replaces: [unlisted-node]\n", "")
    )
    assert register(testville)["unlisted-node"].rule == "stated"


def test_every_derived_reading_can_be_run(testville):
    """All rules at once, so that edits of one rule meet the entries of the others."""
    testville.replace(PLAN, "    place: belt-strip\n", "    place: belt-strip\n    districts: [nw, sw]\n")
    testville.replace(PLAN, "    place: border-park\n", "    place: border-park\n    districts: [nw, ne]\n")
    testville.replace(PLAN, "    role: belt\n    role_basis: stated", "    role: belt\n    role_basis: inferred")
    a_list(testville, "carriers", CORE, PARK)
    from parkmap.questions.base import Workspace  # noqa: PLC0415
    from parkmap.questions.sides import every_reading  # noqa: PLC0415

    workspace = Workspace(catalog=testville.catalog, as_of=testville.analyse().as_of)
    results, others = every_reading(workspace, "testville")
    assert set(others) == {"roles-as-stated", "only-named", "lead-units-border-park-limited"}
    for name, other in others.items():
        assert [r.id for r in other.readings] == [name]
    assert results.readings == ()
