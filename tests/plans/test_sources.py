"""The shipped plans against the texts that they cite; the folder with the texts is named by PARKMAP_SOURCES.

The texts are not part of the project. Without them these tests skip, and say so.
"""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path

import pytest

from parkmap.plan.catalog import Catalog, shipped_root
from parkmap.plan.load import load_plan
from parkmap.plan.schema import Closed
from parkmap.plan.sources.citation_checks import citation_findings
from parkmap.plan.sources.evidence import evidence
from parkmap.plan.sources.registry import read_hashes
from parkmap.questions.check import check

PLANS = (
    "guangzhou-health-2017",
    "shenzhen-beauty-valley",
    "shenzhen-big-health-2022",
    "shenzhen-biopharma-2020",
    "shenzhen-life-health-2013",
)
SHIPPED = Catalog((shipped_root().resolve(),))


@pytest.fixture(scope="module")
def sources():
    folder = os.environ.get("PARKMAP_SOURCES")
    if not folder:
        pytest.skip("PARKMAP_SOURCES does not name the folder with the texts of the five documents")
    return Path(folder)


@functools.cache
def loaded(plan):
    return load_plan(SHIPPED, plan)


def errors(plan_set, sources):
    found = citation_findings(plan_set, sources, hashes=read_hashes(SHIPPED))
    return [(f.code, f.place, f.text("en")) for f in found]


@pytest.mark.parametrize("plan", PLANS)
def test_every_item_passes(sources, plan):
    assert errors(loaded(plan), sources) == []


@pytest.mark.parametrize("plan", PLANS)
def test_check_with_the_texts_finds_no_error(sources, plan):
    import datetime as dt  # noqa: PLC0415

    found, usable = check(SHIPPED, plan, as_of=dt.date(2025, 6, 1), sources=sources)
    assert usable
    assert [f for f in found if f.severity != "note"] == []


@pytest.mark.parametrize("plan", PLANS)
def test_every_cited_clause_is_registered_and_none_beside(sources, plan):  # noqa: ARG001 - the texts made the registry
    cited = {(s.document, s.clause) for owner in owners(plan) for s in sources_of(owner)}
    registered = {(d, c) for d, clauses in read_hashes(SHIPPED).items() for c in clauses}
    assert cited <= registered


def test_nothing_is_registered_that_no_plan_cites():
    cited = {(s.document, s.clause) for plan in PLANS for owner in owners(plan) for s in sources_of(owner)}
    registered = {(d, c) for d, clauses in read_hashes(SHIPPED).items() for c in clauses}
    assert registered == cited


def owners(plan):
    plan_set = loaded(plan)
    return [plan_set.plan, *plan_set.policies.values(), *plan_set.scenarios.values(), *plan_set.documents.values()]


def sources_of(owner):
    from parkmap.plan.links import walk_sources  # noqa: PLC0415

    return [source for _, source in walk_sources(owner)]


def values(owner):
    """Yield every value inside a plan, policy or scenario."""
    if isinstance(owner, Closed):
        yield owner
        for name in type(owner).model_fields:
            yield from values(getattr(owner, name))
    elif isinstance(owner, tuple):
        for inner in owner:
            yield from values(inner)


@pytest.mark.parametrize("plan", PLANS)
def test_the_texts_prove_many_names_and_numbers(sources, plan):  # noqa: ARG001
    """Guards this file itself: a proof of nothing would pass as well."""
    claims = [evidence(value) for owner in owners(plan)[:2] for value in values(owner)]
    assert sum(len(claim.phrases) + len(claim.numbers) for claim in claims) > 20


# One digit, altered in a file; every number of every file is in test_altered_digits.py


@pytest.fixture
def copy(tmp_path, sources):
    """A copy of plans, layers and texts that may be broken."""
    root = tmp_path / "shipped"
    shutil.copytree(shipped_root() / "config", root / "config")
    shutil.copytree(sources, root / "texts")
    for path in (root / "texts").iterdir():
        path.chmod(0o644)
    return root


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("config/plans/shenzhen-big-health-2022.yaml", "    value: 1200\n", "    value: 1300\n"),
        ("config/policies/shenzhen-big-health-measures.yaml", "cap_yuan: 100000000\n", "cap_yuan: 200000000\n"),
        ("config/documents.yaml", "  issued: 2022-06-06\n", "  issued: 2022-06-16\n"),
    ],
)
def test_a_digit_altered_in_a_file_is_caught_with_file_and_line(copy, name, old, new):
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    found = [f for f in caught(copy, "shenzhen-big-health-2022") if f.file == name]
    assert len(found) == 1
    assert abs(found[0].line - line) < 25  # the line of the entry that holds the number


def caught(copy, plan):
    """Return the complaints of loading and proving a copy."""
    from parkmap.errors import InvalidInputError  # noqa: PLC0415

    try:
        plan_set = load_plan(Catalog((copy, shipped_root().resolve())), plan)
    except InvalidInputError as error:
        return list(error.findings)
    return citation_findings(plan_set, copy / "texts", hashes=read_hashes(SHIPPED))
