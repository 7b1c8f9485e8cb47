"""Check a plan against the texts it cites: the clause exists, and the names and numbers occur in it."""

from __future__ import annotations

import codecs
import dataclasses
import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from parkmap.finding import Finding, finding
from parkmap.plan.links import ITEM_SECTIONS, walk_sources
from parkmap.plan.schema import Closed, Document, Item, Plan, Source, Target
from parkmap.plan.sources.citations import (
    clause_hash,
    clause_text,
    clauses_with,
    contains,
    count_number,
    document_lines,
    nearest_clause,
    nearest_phrase,
)
from parkmap.plan.sources.evidence import (
    Evidence,
    area_spellings,
    base_evidence,
    document_evidence,
    evidence,
    period_evidence,
)
from parkmap.plan.yaml_file import KeyPath, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from parkmap.plan.load import PlanSet

Hashes = dict[str, dict[str, str]]
"""SHA-256 of each cited clause, by document and clause."""
Located = tuple[KeyPath, Finding]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Library:
    """The texts at hand.

    Parameters
    ----------
    texts
        Normalised lines by document id.
    hashes
        Registered hashes of clauses.
    """

    texts: Mapping[str, list[str]]
    hashes: Mapping[str, Mapping[str, str]]


def citation_findings(
    plan_set: PlanSet,
    sources: Path,
    *,
    hashes: Mapping[str, Mapping[str, str]] | None = None,
    areas_m2: Mapping[str, float] | None = None,
) -> list[Finding]:
    """Return every citation that the texts do not support.

    Parameters
    ----------
    plan_set
        A plan with its policies and documents, as the files state it (no reading applied).
    sources
        Folder with the text file of each document.
    hashes
        Registered SHA-256 of clauses, by document and clause.
    areas_m2
        Areas that the layers take from a document, by the id of the layer feature.

    Returns
    -------
    list of Finding
        Missing texts, changed texts and clauses, unknown clauses, and names or numbers that their clauses do not
        hold, each with file, line and key.
    """
    texts, found = read_texts(plan_set, sources)
    library = Library(texts=texts, hashes=hashes or {})
    for key, owner in _owners(plan_set):
        origin = plan_set.origins[key]
        for path, one in _owner_findings(owner, library):
            found.append(dataclasses.replace(origin.located(path, one), key=dotted(by_id(owner, path))))
    for path, one in _area_findings(plan_set.plan, areas_m2 or {}, library):
        found.append(
            dataclasses.replace(plan_set.origins["plan"].located(path, one), key=dotted(by_id(plan_set.plan, path)))
        )
    for name in _cited(plan_set):
        if name in texts:
            located = _document_findings(plan_set.documents[name], library, name)
            found += [plan_set.origins[f"documents/{name}"].located((name, *path), one) for path, one in located]
    return list(dict.fromkeys(found))


def by_id(owner: Closed, key: KeyPath) -> KeyPath:
    """Return a key path with ids instead of list positions where entries have ids.

    Parameters
    ----------
    owner
        Plan, policy or scenario to which the path belongs.
    key
        Path from its top.
    """
    value: Any = owner
    named: list[str | int] = []
    for step in key:
        value = value[step] if isinstance(step, int) else getattr(value, step)
        named.append(getattr(value, "id", step) if isinstance(step, int) else step)
    return tuple(named)


def read_texts(plan_set: PlanSet, sources: Path) -> tuple[dict[str, list[str]], list[Finding]]:
    """Read the text of every cited document.

    Parameters
    ----------
    plan_set
        A plan with its policies and documents.
    sources
        Folder with the text files.

    Returns
    -------
    tuple of dict and list of Finding
        Normalised lines by document id, and the texts that are missing or not the registered ones.
    """
    texts: dict[str, list[str]] = {}
    found: list[Finding] = []
    for name in _cited(plan_set):
        document = plan_set.documents[name]
        path = sources / document.text_file
        if not path.is_file():
            found.append(finding("cite.no_text", "error", file=str(path), key=name))
            continue
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            found.append(finding("file.not_utf8", "error", file=str(path), key=name))
            continue
        if document.sha256 is not None and document.sha256 not in _hashes(content):
            found.append(finding("cite.text_changed", "error", file=str(path), key=name))
        texts[name] = document_lines(text)
    return texts, found


def _hashes(content: bytes) -> set[str]:
    """Return the hashes of a text as it is and with the line ends of other systems, with and without a mark."""
    plain = content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    same = (content, plain, plain.replace(b"\n", b"\r\n"), codecs.BOM_UTF8 + plain)
    return {hashlib.sha256(one).hexdigest() for one in same}


def cited_hashes(plan_set: PlanSet, texts: Mapping[str, list[str]]) -> Hashes:
    """Return the hash of every clause that a plan, its policies, scenarios or documents cite.

    Parameters
    ----------
    plan_set
        A plan with its policies and documents.
    texts
        Normalised lines by document id.
    """
    hashes: Hashes = {}
    owners: list[Closed] = [owner for _, owner in _owners(plan_set)]
    owners += [plan_set.documents[name] for name in _cited(plan_set)]
    for owner in owners:
        for _, source in walk_sources(owner):
            text = clause_text(texts[source.document], source.clause) if source.document in texts else None
            if text is not None:
                hashes.setdefault(source.document, {})[source.clause] = clause_hash(text)
    return hashes


def _owners(plan_set: PlanSet) -> list[tuple[str, Closed]]:
    owners: list[tuple[str, Closed]] = [("plan", plan_set.plan)]
    owners += [(f"policies/{name}", policy) for name, policy in plan_set.policies.items()]
    return owners + [(f"scenarios/{name}", scenario) for name, scenario in plan_set.scenarios.items()]


def _cited(plan_set: PlanSet) -> list[str]:
    return sorted({source.document for _, owner in _owners(plan_set) for _, source in walk_sources(owner)})


def _owner_findings(owner: Closed, library: Library) -> Iterator[Located]:
    for key, source in walk_sources(owner):
        yield from _clause_findings(key, source, library)
    for key, value in _walk(owner, ()):
        yield from _value_findings(key, value, library)


def _area_findings(plan: Plan, areas_m2: Mapping[str, float], library: Library) -> Iterator[Located]:
    """Yield published areas that no clause of the entries at their place states."""
    at: dict[str, list[tuple[KeyPath, Item]]] = {}
    for section in ITEM_SECTIONS:
        for i, item in enumerate(getattr(plan, section)):
            if item.place in areas_m2:
                at.setdefault(item.place, []).append(((section, i, "place"), item))
    for place, entries in at.items():
        claimed = Evidence(numbers=(area_spellings(areas_m2[place]),))
        sources = [source for _, item in entries for source in (item.source, *item.also)]
        yield from _proved(entries[0][0], claimed, sources, library)


def _document_findings(document: Document, library: Library, name: str) -> Iterator[Located]:
    """Yield what the registry states about a document and its text does not."""
    for key, source in walk_sources(document):
        yield from _clause_findings(key, source, library)
    whole = "\n".join(library.texts[name])
    for phrase, near in _missing(document_evidence(document), whole):
        yield (), finding("cite.not_in_text", "error", phrase=phrase, near=near)
    if document.not_before_cites is not None:
        cited = document.not_before_cites
        yield from _proved(("not_before_cites",), evidence(cited), [cited.source], library)
    if document.period_source is not None:
        yield from _proved(("period_source",), period_evidence(document), [document.period_source], library)


def _clause_findings(key: KeyPath, source: Source, library: Library) -> Iterator[Located]:
    lines = library.texts.get(source.document)
    if lines is None:
        return
    text = clause_text(lines, source.clause)
    registered = library.hashes.get(source.document)
    cited: Any = {"clause": source.clause, "document": source.document}
    at = (*key, "clause")
    if text is None:
        yield at, finding("cite.no_clause", "error", **cited, near=nearest_clause(lines, source.clause))
    elif registered is not None and source.clause not in registered:
        yield at, finding("cite.not_registered", "warning", **cited)
    elif registered is not None and registered[source.clause] != clause_hash(text):
        yield at, finding("cite.clause_changed", "error", **cited)


def _walk(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, Closed]]:
    if isinstance(value, Closed):
        yield key, value
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*key, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*key, position))


def _value_findings(key: KeyPath, value: Closed, library: Library) -> Iterator[Located]:
    source = getattr(value, "source", None)
    if not isinstance(source, Source):
        return
    yield from _proved(key, evidence(value), [source, *getattr(value, "also", ())], library)
    if isinstance(value, Target) and value.base is not None:
        yield from _proved((*key, "base"), base_evidence(value), [value.base.source], library)


def _proved(key: KeyPath, claimed: Evidence, cited: Iterable[Source], library: Library) -> Iterator[Located]:
    """Yield what is claimed and occurs in none of the clauses; missing clauses are reported elsewhere."""
    at_hand = [source for source in cited if source.document in library.texts]
    texts = [clause_text(library.texts[source.document], source.clause) for source in at_hand]
    clauses = [text for text in texts if text is not None]
    if not clauses:
        return
    where = ", ".join(dict.fromkeys(source.clause for source in at_hand))
    for phrase, near in _missing(claimed, "\n".join(clauses)):
        elsewhere = [] if phrase[:1].isdigit() else list(clauses_with(library.texts[at_hand[0].document], phrase))
        other = ", ".join(dict.fromkeys(elsewhere)) or "-"
        yield key, finding("cite.not_in_clause", "error", phrase=phrase, clause=where, near=near, other=other)


def _missing(claimed: Evidence, text: str) -> Iterator[tuple[str, str]]:
    """Yield each phrase and number that a text does not hold, with what is nearest to it."""
    missing = [phrase for phrase in claimed.phrases if not contains(text, phrase)]
    wanted = Counter(claimed.numbers) | Counter(dict.fromkeys(claimed.once, 1))
    for spellings, times in wanted.items():
        if sum(count_number(text, spelling) for spelling in spellings) < times:
            missing.append(spellings[0])
    for phrase in missing:
        yield phrase, nearest_phrase(text, phrase)
