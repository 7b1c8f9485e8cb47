"""Each rule of a plan, broken once: the finding has the right code, file, line and key, and nothing else is blamed.

Case matrix (file: what is broken)

plan        unknown key, missing key, word not allowed, wrong type, wrong form of id
plan        place and undetermined both, or neither
plan        repeated id: in a section, across sections, industries, positions, targets
plan        broken reference: document, source, policy, industry, parent, part_of, component, place, member, district
plan        cycles: part_of and industry parents, of one and of two
policy      unknown key, broken document, rate above the whole
scenario    amounts that are no whole square metres, basis without source or origin, no pool, floor above claim or cap,
            repeated claim, broken item, rule, plan, repeated pool id
documents   unknown key, expires without basis, basis without expires, broken period_source, not a mapping
all         id that differs from the file name; problems in several files at once
"""

from __future__ import annotations

import shutil

import pytest

from parkmap.errors import InvalidInputError
from parkmap.plan.load import load_plan

PLAN, POLICY = "config/plans/testville.yaml", "config/policies/testville-land.yaml"
SCENARIO, DOCUMENTS = "config/scenarios/testville/base.yaml", "config/documents.yaml"


def sentences(finding):
    """Return text and advice in both languages; raises when one of them does not exist or lacks a value."""
    return [say(lang) for say in (finding.text, finding.advice) for lang in ("zh", "en")]


def where(found):
    return sorted((f.code, f.file, f.line, f.key) for f in found)


def test_the_untouched_project_loads(testville):
    loaded = testville.load()
    assert loaded.plan.id == "testville"
    assert list(loaded.policies) == ["testville-land"]
    assert list(loaded.scenarios) == ["base"]
    names = {
        path.relative_to(testville.root).as_posix() for path in loaded.files if path.is_relative_to(testville.root)
    }
    assert names == {PLAN, POLICY, SCENARIO, DOCUMENTS}


def test_a_loaded_plan_cannot_be_changed(testville):
    plan = testville.load().plan
    with pytest.raises(ValueError, match="frozen"):
        plan.city = "elsewhere"


# (file, what stands there, what is put there, code, key); the line is that of the new text.
ON_ITS_OWN_LINE = {
    "unknown key of the plan": (PLAN, "city: testville", "city: testville\nciti: x", "schema.unknown_key", "citi"),
    "unknown key of a component": (
        PLAN,
        "    place: incubator-zone",
        "    place: incubator-zone\n    colour: red",
        "schema.unknown_key",
        "components[1].colour",
    ),
    "role that does not exist": (PLAN, "    role: belt", "    role: heart", "schema.not_allowed", "components[2].role"),
    "year that is a word": (PLAN, "      year: 2023", "      year: soon", "schema.invalid", "targets[0].base.year"),
    "id with a capital": (PLAN, "  - id: firms", "  - id: Firms", "schema.invalid", "targets[1].id"),
    "empty name": (PLAN, "      en: Health food", '      en: " "', "schema.invalid", "industries[1].name.en"),
    "crs without a code": (PLAN, "crs: EPSG:4547", "crs: CGCS2000", "schema.invalid", "crs"),
    "repeated id in a section": (PLAN, "  - id: incubator", "  - id: belt", "link.repeated_id", "components[2].id"),
    "repeated target": (PLAN, "  - id: firms", "  - id: output", "link.repeated_id", "targets[1].id"),
    "repeated position": (
        PLAN,
        "  - id: core-position",
        "  - id: nw-position",
        "link.repeated_id",
        "positions[1].id",
    ),
    "document of the plan": (
        PLAN,
        "document: testville-2024\ncrs",
        "document: testvile-2024\ncrs",
        "link.broken",
        "document",
    ),
    "document of a source": (
        PLAN,
        "    lead_units: [市发展改革委]\n    support_units: [西北区政府]\n    source: {document: testville-2024,",
        "    lead_units: [市发展改革委]\n    support_units: [西北区政府]\n    source: {document: testvill-2024,",
        "link.broken",
        "parks[0].source.document",
    ),
    "policy": (PLAN, "policies: [testville-land]", "policies: [testville-land, other]", "link.broken", "policies[1]"),
    "parent of an industry": (PLAN, "    parent: health", "    parent: helth", "link.broken", "industries[1].parent"),
    "industry of an item": (
        PLAN,
        "    industries: [health-food]",
        "    industries: [health-fod]",
        "link.broken",
        "parks[1].industries",
    ),
    "part_of": (PLAN, "    part_of: core", "    part_of: cor", "link.broken", "components[1].part_of"),
    "component of a park": (
        PLAN,
        "    component: core\n    lead",
        "    component: corr\n    lead",
        "link.broken",
        "parks[0].component",
    ),
    "component of a project": (
        PLAN,
        "    component: border-park",
        "    component: borderpark",
        "link.broken",
        "projects[0].component",
    ),
    "component of a position": (
        PLAN,
        "    component: core\n    position",
        "    component: corre\n    position",
        "link.broken",
        "positions[1].component",
    ),
    "place of a position": (
        PLAN,
        "    places: [laboratory]",
        "    places: [laboratry]",
        "link.broken",
        "positions[0].places",
    ),
    "unknown key of a rule": (
        POLICY,
        "        rate_percent: 20",
        "        rate_percent: 20\n        rate: 20",
        "schema.unknown_key",
        "rules[1].amounts[0].rate",
    ),
    "rate above the whole": (
        POLICY,
        "        rate_percent: 20",
        "        rate_percent: 120",
        "schema.invalid",
        "rules[1].amounts[0].rate_percent",
    ),
    "document of a rule": (
        POLICY,
        "    source: {document: testville-measures, clause: 一/(二)}",
        "    source: {document: measures, clause: 一/(二)}",
        "link.broken",
        "rules[1].source.document",
    ),
    "document of the policy": (
        POLICY,
        "document: testville-measures\nrules",
        "document: testville-measure\nrules",
        "link.broken",
        "document",
    ),
    "unknown key of a claim": (
        SCENARIO,
        "    weight: 2.0",
        "    weight: 2.0\n    wight: 3.0",
        "schema.unknown_key",
        "claims[2].wight",
    ),
    "area that is not whole": (SCENARIO, "m2: 40000", "m2: 40000.5", "schema.invalid", "claims[2].claim.m2"),
    "area that is text": (SCENARIO, "m2: 40000", "m2: '40000'", "schema.invalid", "claims[2].claim.m2"),
    "area below nothing": (SCENARIO, "m2: 20001", "m2: -1", "schema.invalid", "pools[1].supply.m2"),
    "weight of nothing": (SCENARIO, "weight: 2.0", "weight: 0", "schema.invalid", "claims[2].weight"),
    "weight without end": (SCENARIO, "weight: 2.0", "weight: .inf", "schema.invalid", "claims[2].weight"),
    "tier before the first": (
        SCENARIO,
        "    tier: 1\n    tier_rule: core-grant",
        "    tier_rule: core-grant\n    tier: 0",
        "schema.invalid",
        "claims[0].tier",
    ),
    "item of a claim": (SCENARIO, "  - item: corner-park", "  - item: cornerpark", "link.broken", "claims[2].item"),
    "rule of a tier": (
        SCENARIO,
        "tier_rule: core-grant",
        "tier_rule: core-grants",
        "link.broken",
        "claims[0].tier_rule",
    ),
    "rule of a pool": (SCENARIO, "    rule: land-order", "    rule: land-ordre", "link.broken", "pools[0].rule"),
    "plan of the scenario": (SCENARIO, "plan: testville", "plan: testvile", "link.broken", "plan"),
    "repeated pool": (SCENARIO, "  - id: stock", "  - id: increment", "link.repeated_id", "pools[1].id"),
    "unknown key of a document": (
        DOCUMENTS,
        "  term_years: 5",
        "  term_years: 5\n  term: 5",
        "schema.unknown_key",
        "testville-measures.term",
    ),
    "term of nothing": (
        DOCUMENTS,
        "  term_years: 5",
        "  term_years: 0",
        "schema.invalid",
        "testville-measures.term_years",
    ),
    "document of a period": (
        DOCUMENTS,
        "    document: testville-2024",
        "    document: testville-2025",
        "link.broken",
        "testville-2024.period_source.document",
    ),
    "plan id": (PLAN, "id: testville\ncity", "id: testville-2\ncity", "file.id_differs", "id"),
    "policy id": (POLICY, "id: testville-land\ncity", "id: testville-lands\ncity", "file.id_differs", "id"),
    "scenario id": (SCENARIO, "id: base\nplan", "id: basis\nplan", "file.id_differs", "id"),
}
FOLLOWING_WORDS = ("\ncrs", "\nrules", "\ncity", "\nplan", "\n    lead", "\n    position")
"""Text after the broken line that only makes the place unique."""


@pytest.mark.parametrize("case", ON_ITS_OWN_LINE)
def test_one_broken_line_is_one_finding(testville, case):
    name, old, new, code, key = ON_ITS_OWN_LINE[case]
    line = testville.replace(name, old, new)
    line -= new.endswith(FOLLOWING_WORDS)
    if case == "repeated id in a section":  # the second of the two is the one to blame
        line = testville.line(name, "  - id: belt\n    name:\n      zh: 南北产业带")
    found = testville.problems()
    expected = [(code, name, line, key)]
    if case == "plan id":  # the scenario still names the plan by its file
        expected.append(("link.broken", SCENARIO, testville.line(SCENARIO, "plan: testville"), "plan"))
    assert where(found) == sorted(expected)
    for finding in found:
        assert finding.severity == "error"
        assert all(sentences(finding))


STRUCTURE = """structure:
  name:
    zh: 一核一带、多点支撑
    en: One core, one belt, several nodes
  declared:
    - role: core
      count: 1
    - role: belt
      count: 1
    - role: node
      count: null
  source: {document: testville-2024, clause: 二/(一)}
"""

# The complaint is about an entry, so its line is that of the entry. (file, old, new, code, key, text of the line)
OF_AN_ENTRY = {
    "role is missing": (PLAN, "    role: belt\n", "", "schema.missing", "components[2].role", "  - id: belt"),
    "zh name is missing": (
        PLAN,
        "      zh: 健康食品产业\n",
        "",
        "schema.missing",
        "industries[1].name.zh",
        "    name:\n      en: Health food",
    ),
    "structure is missing": (
        PLAN,
        STRUCTURE,
        "",
        "schema.missing",
        "structure",
        "id: testville\ncity",
    ),
    "place and undetermined": (
        PLAN,
        "    place: corner-park\n",
        "    place: corner-park\n    undetermined: {zh: 未定, en: open}\n",
        "schema.rule",
        "parks[1]",
        "  - id: corner-park",
    ),
    "neither place nor undetermined": (
        PLAN,
        "    place: corner-park\n",
        "",
        "schema.rule",
        "parks[1]",
        "  - id: corner-park",
    ),
    "basis document without source": (
        SCENARIO,
        "      source: {document: testville-2024, clause: 二/专栏1/(2)}\n",
        "      origin: {zh: 某处, en: somewhere}\n",
        "schema.rule",
        "claims[3].claim",
        "    claim:\n      m2: 2000\n",
    ),
    "basis press without origin": (
        SCENARIO,
        "      origin:\n        zh: 试城日报，2024年。\n        en: Testville Daily, 2024.\n",
        "",
        "schema.rule",
        "pools[1].supply",
        "    supply:\n      m2: 20001",
    ),
    "expires without basis": (
        DOCUMENTS,
        "  expires_basis: title\n",
        "",
        "schema.rule",
        "testville-2024",
        "testville-2024:",
    ),
    "basis without expires": (
        DOCUMENTS,
        "  term_years: 5\n",
        "  expires_basis: stated\n",
        "schema.rule",
        "testville-measures",
        "testville-measures:",
    ),
    "claim without a pool": (
        SCENARIO,
        "    year: 2026\n    claim:",
        "    year: 2027\n    claim:",
        "scenario.no_pool",
        "claims[3]",
        "  - item: clinic",
    ),
    "claim of another commodity": (
        SCENARIO,
        "  - item: corner-park\n    commodity: land\n    year: 2025",
        "  - item: corner-park\n    commodity: floor_space\n    year: 2025",
        "scenario.no_pool",
        "claims[2]",
        "  - item: corner-park",
    ),
    "floor above the claim": (
        SCENARIO,
        "      m2: 10000\n",
        "      m2: 60001\n",
        "scenario.floor",
        "claims[0].floor",
        "    floor:",
    ),
    "floor above the cap": (
        SCENARIO,
        "    cap:\n      m2: 70000\n",
        "    floor: {m2: 70001, basis: assumption, origin: {zh: 例, en: example}}\n    cap:\n      m2: 70000\n",
        "scenario.floor",
        "claims[1].floor",
        "    floor: {m2: 70001",
    ),
    "repeated claim": (
        SCENARIO,
        "  - item: corner-park",
        "  - item: border-park",
        "scenario.repeated",
        "claims[2]",
        "  - item: border-park\n    commodity: land\n    year: 2025\n    claim:\n      m2: 40000",
    ),
    "no pool at all": (SCENARIO, None, "pools: []\n", "schema.invalid", "pools", "pools:"),
}


@pytest.mark.parametrize("case", OF_AN_ENTRY)
def test_one_broken_entry_is_one_finding(testville, case):
    name, old, new, code, key, line_text = OF_AN_ENTRY[case]
    if old is None:  # everything between the two heads goes
        text = (testville.root / name).read_text(encoding="utf-8")
        old = text[text.index("pools:") : text.index("claims:")]
    testville.replace(name, old, new)
    found = testville.problems()
    assert where(found) == [(code, name, testville.line(name, line_text), key)]
    assert all(sentences(found[0]))


def test_a_floor_as_high_as_the_claim_is_allowed(testville):
    testville.replace(SCENARIO, "      m2: 10000\n", "      m2: 60000\n")
    assert testville.load().scenarios["base"].claims[0].floor.m2 == 60000


def test_ids_are_shared_by_components_parks_and_projects(testville):
    testville.replace(PLAN, "  - id: laboratory", "  - id: corner")
    found = [f for f in testville.problems() if f.code == "link.repeated_id"]
    assert where(found) == [
        (
            "link.repeated_id",
            PLAN,
            testville.line(PLAN, "  - id: corner\n    name:\n      zh: 试城实验室"),
            "projects[0].id",
        )
    ]


def test_an_industry_may_bear_the_id_of_a_component(testville):
    testville.replace(PLAN, "  - id: health-food", "  - id: core")
    testville.replace(PLAN, "    industries: [health-food]", "    industries: [core]")
    assert testville.load().plan.industries[1].id == "core"


def test_two_components_inside_each_other(testville):
    line = testville.replace(PLAN, "    place: core-zone", "    place: core-zone\n    part_of: incubator")
    other = testville.line(PLAN, "    part_of: core")
    assert where(testville.problems()) == [
        ("link.cycle", PLAN, line, "components[0].part_of"),
        ("link.cycle", PLAN, other, "components[1].part_of"),
    ]


def test_a_component_inside_itself(testville):
    line = testville.replace(PLAN, "    place: belt-strip", "    place: belt-strip\n    part_of: belt")
    assert where(testville.problems()) == [("link.cycle", PLAN, line, "components[2].part_of")]


def test_a_component_below_a_cycle_is_not_blamed(testville):
    testville.replace(PLAN, "    place: core-zone", "    place: core-zone\n    part_of: core")
    assert [f.key for f in testville.problems()] == ["components[0].part_of"]


def test_industries_that_are_each_others_parent(testville):
    line = testville.replace(PLAN, "  - id: health\n", "  - id: health\n    parent: health-food\n") - 1
    assert where(testville.problems()) == sorted(
        [
            ("link.cycle", PLAN, line, "industries[0].parent"),
            ("link.cycle", PLAN, testville.line(PLAN, "    parent: health\n"), "industries[1].parent"),
        ]
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "near"),
    [
        (PLAN, "    part_of: core", "    part_of: cores", "core"),
        (PLAN, "policies: [testville-land]", "policies: [testville-lnd]", "testville-land"),
        (PLAN, "    industries: [health-food]", "    industries: [healthfood]", "health-food"),
        (SCENARIO, "  - item: border-park", "  - item: boarder-park", "border-park"),
    ],
)
def test_a_broken_reference_offers_the_nearest(testville, name, old, new, near):
    testville.replace(name, old, new)
    (broken,) = [f for f in testville.problems() if f.code == "link.broken" and f.file == name]
    assert near in broken.advice("en")
    assert near in broken.advice("zh")


def test_a_wrong_word_offers_the_words_that_are_allowed(testville):
    testville.replace(PLAN, "    kind: facility", "    kind: factory")
    (found,) = testville.problems()
    assert "factory" in found.text("en")
    assert "'facility'" in found.advice("en")
    assert "'hospital'" in found.advice("zh")


def test_an_id_that_differs_from_the_file_name_tells_the_file_name(testville):
    testville.replace(POLICY, "id: testville-land\ncity", "id: testville-lands\ncity")
    (found,) = testville.problems()
    assert "'testville-land'" in found.text("en")
    assert "“testville-land”" in found.text("zh")


# Everything at once


def test_three_broken_references_in_three_files_are_reported_together(testville):
    expected = [
        (
            "link.broken",
            PLAN,
            testville.replace(PLAN, "    part_of: core", "    part_of: nowhere"),
            "components[1].part_of",
        ),
        (
            "link.broken",
            POLICY,
            testville.replace(POLICY, "document: testville-measures\nrules", "document: nowhere\nrules") - 1,
            "document",
        ),
        (
            "link.broken",
            SCENARIO,
            testville.replace(SCENARIO, "  - item: corner-park", "  - item: nowhere"),
            "claims[2].item",
        ),
    ]
    assert where(testville.problems()) == sorted(expected)


def test_two_problems_in_one_file_are_reported_together(testville):
    first = testville.replace(PLAN, "    role: belt", "    role: heart")
    second = testville.replace(PLAN, "      year: 2023", "      year: soon")
    assert where(testville.problems()) == sorted(
        [
            ("schema.not_allowed", PLAN, first, "components[2].role"),
            ("schema.invalid", PLAN, second, "targets[0].base.year"),
        ]
    )


def test_a_misspelt_key_in_every_file_is_reported_together(testville):
    expected = [
        ("schema.unknown_key", name, testville.append(name, "odd: 1\n"), "odd") for name in (PLAN, POLICY, SCENARIO)
    ]
    line = testville.replace(DOCUMENTS, "  term_years: 5", "  term_years: 5\n  odd: 1")
    expected.append(("schema.unknown_key", DOCUMENTS, line, "testville-measures.odd"))
    assert where(testville.problems()) == sorted(expected)


def test_broken_yaml_in_two_files_is_reported_together(testville):
    expected = [("file.not_yaml", name, testville.append(name, "]\n"), None) for name in (PLAN, SCENARIO)]
    assert where(testville.problems()) == sorted(expected)


@pytest.mark.parametrize(("name", "code"), [(POLICY, "schema.unknown_key"), (SCENARIO, "schema.unknown_key")])
def test_a_file_that_cannot_be_used_is_blamed_alone(testville, name, code):
    line = testville.append(name, "odd: 1\n")
    assert where(testville.problems()) == [(code, name, line, "odd")]


def test_a_document_that_cannot_be_used_does_not_make_its_citations_wrong(testville):
    line = testville.replace(DOCUMENTS, "  not_before: 2024-02-29", "  not_befor: 2024-02-29")
    assert where(testville.problems()) == [("schema.unknown_key", DOCUMENTS, line, "testville-measures.not_befor")]


# Files of the wrong shape


@pytest.mark.parametrize("content", ["", "- a list\n", "only a word\n", "5\n"])
@pytest.mark.parametrize("name", [PLAN, SCENARIO, POLICY])
def test_a_file_that_is_no_mapping_is_a_finding(testville, name, content):
    (testville.root / name).write_text(content, encoding="utf-8")
    found = testville.problems()
    code = "schema.invalid" if content else "file.empty"
    assert (code, name) in {(f.code, f.file) for f in found}
    assert all(all(sentences(f)) for f in found)


# What stands there, what is put there, and the words that a user must find, in both languages.
WORDS = {
    "a word for a count": ("      count: null", "      count: two", "应为整数", "a whole number is needed"),
    "a number for an id": ("document: testville-2024\ncrs", "document: 2024\ncrs", "应为文字", "text is needed"),
    "one word for a list": ("    aliases: [南北走廊]", "    aliases: 南北走廊", "应为列表", "a list is needed"),
    "nothing": ("crs: EPSG:4547", "crs:", "没有填写", "Nothing is given"),
    "too small": ("      count: null", "      count: 0", "应不小于 1", "at least 1"),
    "another form": ("crs: EPSG:4547", "crs: UTM", "写法应符合", "must be written as"),
    "both a place and none": (
        "    place: incubator-zone",
        "    place: incubator-zone\n    undetermined: {zh: 未定, en: open}",
        "须写且只写一个",
        "not both",
    ),
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_a_wrong_value_is_told_in_the_language_of_the_user(testville, words):
    old, new, zh, en = words
    testville.replace(PLAN, old, new)
    (found,) = testville.problems()
    assert zh in found.text("zh")
    assert en in found.text("en")
    assert "Input" not in found.text("en")


def test_a_list_is_not_told_to_be_short_because_its_entries_are_wrong(testville):
    place = "  places:\n    - layers/testville/places.geojson\n"
    testville.replace(PLAN, place, "  places:\n    - 5\n")
    assert [(f.code, f.key) for f in testville.problems()] == [("schema.invalid", "layers.places[0]")]


def test_advice_names_nothing_near_where_nothing_is(testville):
    testville.replace(PLAN, "    place: incubator-zone", "    place: zzz")
    _, usable = testville.check()
    found = [f for f in testville.check()[0] if f.code == "link.broken"]
    assert not usable
    assert [(f.advice("zh"), f.advice("en")) for f in found] == [
        ("改正引用，或补上该条目。", "Correct the reference or add the entry.")
    ]


@pytest.mark.parametrize("content", ["- a list\n", "only a word\n", "5\n"])
def test_a_registry_that_is_no_mapping_is_a_finding(testville, content):
    (testville.root / DOCUMENTS).write_text(content, encoding="utf-8")
    assert DOCUMENTS in {f.file for f in testville.problems()}


def test_an_empty_registry_is_no_error_of_its_own(testville):
    (testville.root / DOCUMENTS).write_text("# nothing yet\n", encoding="utf-8")
    assert {f.code for f in testville.problems()} == {"link.broken"}


def test_an_amount_beyond_all_land_is_an_error_and_no_overflow(testville):
    testville.replace(SCENARIO, "m2: 40000", "m2: 400000000000000000000000")
    with pytest.raises(InvalidInputError) as caught:
        testville.analyse()
    assert caught.value.findings[0].key == "claims[2].claim.m2"


def test_an_unknown_plan_offers_the_nearest(testville):
    with pytest.raises(InvalidInputError) as caught:
        load_plan(testville.catalog, "testvile")
    (found,) = caught.value.findings
    assert found.code == "plan.unknown"
    assert "testvile" in found.text("zh")
    assert "testville" in found.advice("en")


def test_a_plan_without_policy_and_scenario_is_a_plan(testville):
    shutil.rmtree(testville.root / "config/scenarios")
    testville.replace(PLAN, "policies: [testville-land]\n", "")
    loaded = testville.load()
    assert (dict(loaded.policies), dict(loaded.scenarios)) == ({}, {})
