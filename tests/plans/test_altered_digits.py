"""A number altered by one digit is caught: every number of every plan, policy and document, and of every cited clause.

Every scalar that holds a digit is altered in one digit, drawn by a seed: numbers and days of the files, digits in
names and quoted words, in clauses, in our own words of either language, and the hashes. The alterations are made in
turns, one in each entry at a time, so that each must be answered by a finding at its own entry.

Left out are ids: they name entries and claim nothing (that references to them lead somewhere is tested elsewhere). A
clause altered to another one that also holds what is cited is no wrong citation and cannot be told from the text.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import re
import unicodedata
from pathlib import Path

import pytest
from pydantic import ValidationError

from parkmap.crs import covers, is_metric
from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.document_links import earliest_findings
from parkmap.plan.links import plan_link_findings, policy_link_findings, walk_sources
from parkmap.plan.load import load_plan
from parkmap.plan.schema import Closed, Document
from parkmap.plan.sources.bilingual import bilingual_findings, number_findings
from parkmap.plan.sources.citation_checks import by_id, citation_findings
from parkmap.plan.sources.citations import clause_hash, clause_text, document_lines
from parkmap.plan.sources.registry import read_hashes
from parkmap.plan.yaml_file import dotted

PLANS = (
    "guangzhou-health-2017",
    "shenzhen-beauty-valley",
    "shenzhen-big-health-2022",
    "shenzhen-biopharma-2020",
    "shenzhen-life-health-2013",
)
SHIPPED = Catalog((shipped_root().resolve(),))
IDS = {"id", "place", "city"}
CITY = (113.7, 22.4, 114.7, 22.9)  # degrees; both cities lie near this longitude


@pytest.fixture(scope="module")
def sources():
    folder = os.environ.get("PARKMAP_SOURCES")
    if not folder:
        pytest.skip("PARKMAP_SOURCES does not name the folder with the texts of the five documents")
    return Path(folder)


def numbers(value, path=()):
    """Yield the path and value of everything that holds a digit."""
    if isinstance(value, Closed):
        for name in type(value).model_fields:
            if name not in IDS:
                yield from numbers(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for i, inner in enumerate(value):
            yield from numbers(inner, (*path, i))
    elif re.search(r"\d", "" if isinstance(value, bool | None) else str(value)):
        yield path, value


def altered(value, chance):
    """Return the value with another digit in one place; a day stays a day."""
    written = f"{value:.10g}" if isinstance(value, float) else str(value)
    while True:
        position = chance.choice([i for i, char in enumerate(written) if char.isdigit()])
        digit = chance.choice([d for d in "0123456789" if d != unicodedata.normalize("NFKC", written[position])])
        changed = written[:position] + digit + written[position + 1 :]
        try:
            return dt.date.fromisoformat(changed) if isinstance(value, dt.date) else type(value)(changed)
        except ValueError:
            continue


def put(owner, path, value):
    """Return a copy with one value changed; nothing is validated."""
    first, *rest = path
    inner = value if not rest else put(owner[first] if isinstance(first, int) else getattr(owner, first), rest, value)
    if isinstance(first, int):
        return (*owner[:first], inner, *owner[first + 1 :])
    return owner.model_copy(update={first: inner})


def entry(owner, path):
    """Name of the entry that a path leads into: `targets.revenue-2025`, `crs`."""
    return dotted(by_id(owner, path[:2] if len(path) > 1 and isinstance(path[1], int) else path[:1]))


def turns(owner, paths):
    """Yield lists of paths with one path of each entry."""
    while paths:
        taken, rest, seen = [], [], set()
        for path, value in paths:
            key = entry(owner, path)
            (rest if key in seen else taken).append((path, value))
            seen.add(key)
        yield taken
        paths = rest


def answered(keys, key):
    return any(found == key or found.startswith((f"{key}.", f"{key}[")) for found in keys if found)


def told(plan_set, owner, name, sources):
    """Keys of all findings about an owner, which may be broken in any way."""
    keys = {f.key for f in citation_findings(plan_set, sources, hashes=read_hashes(SHIPPED))}
    located = [*number_findings(owner)]
    if name == "plan":
        located += plan_link_findings(owner, plan_set.documents.keys(), tuple(plan_set.policies))
        keys |= set() if is_metric(owner.crs) and covers(owner.crs, CITY) else {"crs"}
    else:
        located += policy_link_findings(owner, plan_set.documents.keys())
    return keys | {dotted(by_id(owner, key)) for key, _ in located}


def still_true(path, value):
    """Whether a citation leads to another clause that is there, so that only its words can be held against it."""
    return path[-1] == "clause" and any(value in clauses for clauses in read_hashes(SHIPPED).values())


@pytest.mark.parametrize("plan", PLANS)
def test_every_number_of_a_plan_and_its_policies(sources, plan):
    plan_set, chance = load_plan(SHIPPED, plan), random.Random(plan)
    owners = [("plan", plan_set.plan), *plan_set.policies.items()]
    silent, count = [], 0
    for name, owner in owners:
        for turn in turns(owner, list(numbers(owner))):
            broken, made = owner, []
            for path, value in turn:
                other = altered(value, chance)
                broken = put(broken, path, other)
                made.append((path, value, other))
            changed = {"plan": broken} if name == "plan" else {"policies": {**plan_set.policies, name: broken}}
            # A citation of a document that is not registered is told by its link; its text cannot be asked for.
            known = dataclasses.replace(plan_set, **changed, documents=Registered(plan_set.documents))
            keys = told(known, broken, name, sources)
            count += len(made)
            silent += [
                (entry(owner, path), path[-1], value, other)
                for path, value, other in made
                if not answered(keys, entry(owner, path)) and not still_true(path, other)
            ]
    assert silent == []
    assert count > 5


class Registered(dict):
    """A registry that answers for unknown documents with one that has no text."""

    def __missing__(self, key):
        return Document(title={"zh": "无", "en": "none"}, text_file="none.txt")


def test_every_number_of_the_registry_of_documents(sources):
    """Days, terms, titles, hashes, file names, our own words: each entry of the registry, one number at a time."""
    chance = random.Random("documents")
    plan_set = load_plan(SHIPPED, "shenzhen-big-health-2022")
    sets = {plan: load_plan(SHIPPED, plan) for plan in PLANS}
    silent = []
    for name, document in plan_set.documents.items():
        citing = next(s for s in sets.values() if name in {s.plan.document, *(p.document for p in s.policies.values())})
        for path, value in numbers(document):
            other = altered(value, chance)
            broken = put(document, path, other)
            if not refused(broken) and not complaints(citing, name, broken, sources):
                silent.append((name, path, value, other))
    assert silent == []


def refused(document):
    try:
        Document.model_validate(document.model_dump())
    except ValidationError:
        return True
    return False


def complaints(plan_set, name, broken, sources):
    documents = Registered({**plan_set.documents, name: broken})
    changed = dataclasses.replace(plan_set, documents=documents)
    links = [s for _, s in walk_sources(broken) if s.document not in plan_set.documents]
    cites = broken.not_before_cites
    links += [cites] if cites is not None and cites.document not in (None, *plan_set.documents) else []
    found = [f for f in bilingual_findings(changed) if f.key.startswith(name)]
    found += [
        f for owner, _, f in earliest_findings(plan_set.documents | {name: broken}, plan_set.documents) if owner == name
    ]
    return links or found or citation_findings(changed, sources, hashes=read_hashes(SHIPPED))


@pytest.mark.parametrize("plan", PLANS)
def test_every_number_in_every_cited_clause_of_a_text(sources, plan):
    """Altering any digit of a text changes the hash of each clause that holds it, and so names that clause."""
    plan_set, chance = load_plan(SHIPPED, plan), random.Random(plan)
    hashes = read_hashes(SHIPPED)
    name = plan_set.plan.document
    text = (sources / plan_set.documents[name].text_file).read_text(encoding="utf-8")
    lines = document_lines(text)
    count = 0
    for clause, registered in hashes[name].items():
        body = clause_text(lines, clause)
        assert clause_hash(body) == registered
        for match in re.finditer(r"\d", body):
            digit = chance.choice([d for d in "0123456789" if d != match[0]])
            count += 1
            assert clause_hash(body[: match.start()] + digit + body[match.end() :]) != registered
    assert count > 20


def test_an_altered_digit_of_a_text_is_a_finding_that_names_its_clauses(sources, tmp_path):
    """Through the whole way: in each document one digit that a target rests on, and the targets are named as well."""
    for plan, old, new, keys in (
        ("shenzhen-big-health-2022", "1200亿元", "1300亿元", {"targets.revenue-2025"}),
        ("guangzhou-health-2017", "600名", "700名", {"targets.care-graduates"}),
        ("shenzhen-biopharma-2020", "2000万份", "2001万份", {"targets.gene-bank-samples"}),
        ("shenzhen-life-health-2013", "超亿元企业50家", "超亿元企业60家", {"targets.firms-over-100-million-2015"}),
        ("shenzhen-beauty-valley", "“1+N”", "“2+N”", {"structure"}),
    ):
        plan_set = load_plan(SHIPPED, plan)
        for document in plan_set.documents.values():
            text = (sources / document.text_file).read_text(encoding="utf-8")
            (tmp_path / document.text_file).write_text(text, encoding="utf-8", newline="")
        path = tmp_path / plan_set.documents[plan_set.plan.document].text_file
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")
        found = citation_findings(plan_set, tmp_path, hashes=read_hashes(SHIPPED))
        codes = {f.code for f in found}
        assert {"cite.text_changed", "cite.clause_changed", "cite.not_in_clause"} <= codes, plan
        missing = {f.key for f in found if f.code == "cite.not_in_clause"}
        assert all(answered(missing, key) for key in keys), (plan, missing)
