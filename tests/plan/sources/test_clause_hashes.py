"""The registry of cited clauses: what is registered is proved to be unchanged, clause by clause."""

from __future__ import annotations

import hashlib

import pytest
import yaml

from parkmap.errors import InvalidInputError
from parkmap.plan.sources.citation_checks import citation_findings
from parkmap.plan.sources.citations import clause_hash, clause_text, document_lines
from parkmap.plan.sources.registry import hashes_text, read_hashes
from parkmap.questions.check import register_clauses

TEXT = "sources/testville-2024.txt"
PLAN, DOCUMENTS = "config/plans/testville.yaml", "config/documents.yaml"


def checked(project):
    hashes = read_hashes(project.catalog)
    return [(f.code, f.key) for f in citation_findings(project.load(), project.sources, hashes=hashes)]


def registered(project):
    return register_clauses(project.catalog, ["testville"], project.sources, afresh=True)


def test_the_hash_is_that_of_the_clause_in_plain_form():
    text = clause_text(document_lines("一、目标\n（一）到２０２６年 达500亿元。\n二、其他"), "一")
    assert clause_hash(text) == hashlib.sha256("一、目标(一)到2026年达500亿元。".encode()).hexdigest()


def test_every_cited_clause_is_registered_once(testville):
    path = registered(testville)
    assert path == testville.root / "config/clauses.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(content["testville-2024"]) == {
        "前言",
        "一/(一)",
        "一/(二)",
        "二/(一)",
        "二/(二)",
        "二/专栏1/(1)",
        "二/专栏1/(2)",
    }
    assert set(content["testville-measures"]) == {"前言", "一/(一)", "一/(二)"}
    assert all(len(digest) == 64 for clauses in content.values() for digest in clauses.values())
    assert checked(testville) == []


def test_a_clause_whose_words_changed_is_named(testville):
    registered(testville)
    testville.replace(TEXT, "研发引领区", "研发引领区域")
    found = checked(testville)
    assert ("cite.text_changed", "testville-2024") in found
    changed = {key for code, key in found if code == "cite.clause_changed"}
    assert "components.core.source.clause" in changed  # 二/(一), which holds the words
    assert "parks.border-park.source.clause" not in changed  # 二/(二) is as it was


def test_white_space_and_width_do_not_change_a_clause(testville):
    registered(testville)
    testville.replace(TEXT, "龙头企业12家", "龙头企业 １２ 家")
    assert {code for code, _ in checked(testville)} == {"cite.text_changed"}


def test_a_clause_that_is_not_registered_is_told(testville):
    registered(testville)
    testville.replace(
        PLAN,
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1/(2)}",
        "    place: lost-clinic\n    source: {document: testville-2024, clause: 二/专栏1}",
    )
    assert checked(testville) == [("cite.not_registered", "projects.clinic.source.clause")]


def test_registering_one_plan_keeps_the_clauses_of_others(testville):
    path = registered(testville)
    path.write_text(hashes_text({"other": {"一": "0" * 64}}), encoding="utf-8")
    register_clauses(testville.catalog, ["testville"], testville.sources, afresh=False)
    assert set(read_hashes(testville.catalog, own_only=True)) == {"other", "testville-2024", "testville-measures"}
    registered(testville)
    assert set(read_hashes(testville.catalog, own_only=True)) == {"testville-2024", "testville-measures"}


@pytest.mark.parametrize("content", ["- a list\n", "a: 1\n", "a: {b: {c: d}}\n"])
def test_a_malformed_registry_is_a_finding(testville, content):
    (testville.root / "config/clauses.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        read_hashes(testville.catalog)
    (found,) = caught.value.findings
    assert (found.code, found.file) == ("cite.registry", "config/clauses.yaml")


# What the registry of documents says is proved, too


@pytest.mark.parametrize(
    ("old", "new", "phrase"),
    [
        ("zh: 试城促进未来产业若干措施", "zh: 试城促进未来产业若干意见", "试城促进未来产业若干意见"),
        ("  issuers: [试城市人民政府]", "  issuers: [试城市发展改革委员会]", "试城市发展改革委员会"),
        ("  issued: 2024-02-29", "  issued: 2024-02-29\n  number: 试府〔2024〕1号", "试府〔2024〕1号"),
    ],
)
def test_title_issuer_number_and_day_stand_in_the_text(testville, old, new, phrase):
    testville.replace(DOCUMENTS, old, new)
    found = citation_findings(testville.load(), testville.sources)
    assert [f.code for f in found] == ["cite.not_in_text"]
    assert found[0].file == DOCUMENTS
    assert phrase in found[0].text("zh")


def test_a_day_of_issue_stands_in_the_text(testville):
    """Both days at once: the measures follow the plan that they cite."""
    testville.replace(DOCUMENTS, "  issued: 2024-02-29", "  issued: 2024-02-28")
    testville.replace(DOCUMENTS, "  not_before: 2024-02-29", "  not_before: 2024-02-28")
    (found,) = citation_findings(testville.load(), testville.sources)
    assert found.code == "cite.not_in_text"
    assert "2024年2月28日" in found.text("zh")


def test_the_words_that_cite_a_dated_text_stand_in_their_clause(testville):
    testville.replace(
        DOCUMENTS,
        "written: 《试城未来产业行动计划（2024－2026年）》",
        "written: 《试城未来产业行动方案（2024－2026年）》",
    )
    (found,) = citation_findings(testville.load(), testville.sources)
    assert (found.code, found.file) == ("cite.not_in_clause", DOCUMENTS)
    assert found.key == "testville-measures.not_before_cites"


def test_a_stated_term_stands_in_the_clause_of_the_period(testville):
    testville.replace(
        DOCUMENTS, "  term_years: 5", "  term_years: 6\n  period_source: {document: testville-measures, clause: 二}"
    )
    (found,) = citation_findings(testville.load(), testville.sources)
    assert (found.code, found.key) == ("cite.not_in_clause", "testville-measures.period_source")
    assert "6年" in found.text("zh")
    assert "5年" in found.advice("zh")


# Periods of rules and areas of layers


def test_the_years_of_a_rule_stand_in_its_clause(testville):
    testville.replace(
        "config/policies/testville-land.yaml",
        "    pools: [increment, stock]\n",
        "    pools: [increment, stock]\n    period: {first: 2025-01-01, last: 2025-12-31}\n",
    )
    (found,) = citation_findings(testville.load(), testville.sources)
    assert found.key == "rules.land-order"
    assert "2025" in found.text("zh")


@pytest.mark.parametrize(("hectares", "codes"), [(0.2, []), (0.3, ["cite.not_in_clause"])])
def test_an_area_that_a_layer_takes_from_the_document_stands_in_a_clause_of_what_lies_there(testville, hectares, codes):
    """The clause of the clinic states 2000 m² of floor, which is 0.2 ha."""
    testville.feature(
        "layers/testville/places.geojson", "lost-clinic", area_published_ha=hectares, area_basis="document"
    )
    found, usable = testville.check(sources=testville.sources)
    assert usable
    assert [f.code for f in found if f.severity == "error"] == codes


@pytest.mark.parametrize(
    ("old", "new"),
    [("expires: 2026-12-31", "expires: 2027-12-31"), ("expires: 2026-12-31", "expires: 2026-12-30")],
)
def test_an_end_that_the_title_does_not_name(testville, old, new):
    testville.replace(DOCUMENTS, old, new)
    (found,) = testville.problems()
    assert (found.code, found.file, found.key) == ("schema.rule", DOCUMENTS, "testville-2024")
