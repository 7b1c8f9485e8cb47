"""Report of `parkmap show --item`: the whole chain from an entry to its clauses, documents, geometry and accuracy."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.output.reports.base import Head, Report, head, number
from parkmap.output.reports.said import details
from parkmap.plan.links import walk_sources
from parkmap.plan.schema import Basis, Closed, Item, Target
from parkmap.plan.sources.citations import clause_text, contains, contains_number, normalise
from parkmap.plan.sources.evidence import Evidence, base_evidence, evidence
from parkmap.plan.validity import Status, last_day, status_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from parkmap.results.plan import PlanResults

Texts = "Mapping[str, list[str]]"
SECTIONS = ("components", "parks", "projects", "industries", "positions", "targets")


class ClauseEntry(Report):
    """A clause that the entry cites."""

    document: str
    clause: str
    sha256: str | None
    """Registered hash of the clause; null where it is not registered."""
    proved: list[str]
    """Names and numbers of the entry that stand in the clause; empty without the texts."""
    missing: list[str]
    """Names and numbers of the entry that stand in none of its clauses; empty without the texts."""
    quotes: list[str]
    """Sentences of the text that hold them; empty without the texts."""


class DocumentEntry(Report):
    """A document that the entry cites."""

    id: str
    title_zh: str
    title_en: str
    issuers: list[str]
    number: str | None
    issued: dt.date | None
    not_before: dt.date | None
    last_day: dt.date | None
    term_years: int | None
    validity: Status
    sha256: str | None


class GeometryEntry(Report):
    """Where the entry is, how that was drawn, and how sure it is."""

    place: str
    name_zh: str
    name_en: str
    determinacy: str
    method: str
    accuracy_m: float | None
    origin: str
    area_m2: float | None
    area_published_ha: float | None
    area_basis: str | None
    area_origin: str | None
    valid_from: str | None
    valid_to: str | None
    note_zh: str | None
    note_en: str | None


class ClaimEntry(Report):
    """What the entry claims in the scenario."""

    commodity: str
    year: int
    claim_m2: int
    basis: Basis


class DetailEntry(Report):
    """One thing that the entry says: its role, value, aid, units, or what a reader must know of it."""

    key: str
    text_zh: str
    text_en: str


class Chain(Report):
    """One entry with everything that it rests on."""

    section: str
    id: str
    name_zh: str
    name_en: str
    details: list[DetailEntry]
    clauses: list[ClauseEntry]
    documents: list[DocumentEntry]
    geometry: GeometryEntry | None
    undetermined_zh: str | None
    undetermined_en: str | None
    rules: list[str]
    """Ids of the policy rules that name its place."""
    claims: list[ClaimEntry]
    conflicts: list[str]
    """Ids of the conflicts that bear on it."""


class ItemReport(Head):
    """Result of `parkmap show --item`."""

    chains: list[Chain]


def item_report(
    results: PlanResults,
    name: str,
    *,
    hashes: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, list[str]] | None = None,
) -> ItemReport:
    """Return the chain of every entry with an id.

    Parameters
    ----------
    results
        The results of one plan.
    name
        Id of a component, park, project, industry, position, target, rule or supply pool.
    hashes
        Registered hashes of clauses, by document and clause.
    texts
        Normalised lines by document, to prove and quote the clauses; None goes without.

    Raises
    ------
    InvalidInputError
        When nothing has that id.
    """
    known = list(_entries(results))
    chosen = [(section, entry) for section, entry in known if getattr(entry, "id", None) == name]
    if not chosen:
        ids = sorted({str(getattr(entry, "id", "")) for _, entry in known})
        near = ", ".join(difflib.get_close_matches(name, ids, n=3)) or "-"
        raise InvalidInputError([finding("item.unknown", "error", name=name, plan=results.plan.id, near=near)])
    chains = [_chain(results, section, entry, hashes, texts or {}) for section, entry in chosen]
    return ItemReport(**head(results), chains=chains)


def _entries(results: PlanResults) -> Iterator[tuple[str, Closed]]:
    for section in SECTIONS:
        yield from ((section, entry) for entry in getattr(results.plan, section))
    for policy in results.plan_set.policies.values():
        yield from (("rules", rule) for rule in policy.rules)
    if results.scenario is not None:
        yield from (("pools", pool) for pool in results.scenario.pools)


def _chain(
    results: PlanResults,
    section: str,
    entry: Any,  # noqa: ANN401 - any entry with an id
    hashes: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, list[str]],
) -> Chain:
    label = next(value for key in ("name", "position", "indicator") if (value := getattr(entry, key, None)))
    item = entry if isinstance(entry, Item) else None
    undetermined = item.undetermined if item else None
    clauses = _clauses(entry, hashes, texts)
    documents = dict.fromkeys(clause.document for clause in clauses)
    return Chain(
        section=section,
        id=entry.id,
        name_zh=label.zh,
        name_en=label.en,
        details=_details(results, entry),
        clauses=clauses,
        documents=[_document(results, name) for name in documents],
        geometry=_geometry(results, item) if item else None,
        undetermined_zh=undetermined.zh if undetermined else None,
        undetermined_en=undetermined.en if undetermined else None,
        rules=_rules(results, item.place) if item and item.place else [],
        claims=_claims(results, entry.id) if item else [],
        conflicts=[one.conflict.id for one in results.register if item and entry.id in one.items],
    )


def _details(results: PlanResults, entry: Closed) -> list[DetailEntry]:
    both = zip(details(entry, "zh"), details(entry, "en"), strict=True)
    found = [DetailEntry(key=key, text_zh=zh, text_en=en) for (key, zh), (_, en) in both]
    if isinstance(entry, Item) and entry.districts:
        named = results.geography.districts.loc[list(entry.districts)]
        words = {f"text_{lang}": ", ".join(named[f"name_{lang}"]) for lang in ("zh", "en")}
        found.append(DetailEntry(key="district", **words))
    return found


def _clauses(
    entry: Closed, hashes: Mapping[str, Mapping[str, str]], texts: Mapping[str, list[str]]
) -> list[ClauseEntry]:
    """Return the clauses of an entry; a name may stand in any of them, so what is missing stands in none."""
    claimed = _claimed(entry)
    sources = list(dict.fromkeys((source.document, source.clause) for _, source in walk_sources(entry)))
    found = {
        key: text for key in sources if key[0] in texts and (text := clause_text(texts[key[0]], key[1])) is not None
    }
    nowhere = [words[0] for words in claimed if found and not any(_held(text, words) for text in found.values())]
    return [
        ClauseEntry(
            document=document,
            clause=clause,
            sha256=hashes.get(document, {}).get(clause),
            proved=[words[0] for words in claimed if _held(found.get((document, clause), ""), words)],
            missing=nowhere,
            quotes=_quotes(found.get((document, clause), ""), claimed),
        )
        for document, clause in sources
    ]


def _claimed(entry: Closed) -> list[tuple[str, ...]]:
    parts: list[Evidence] = [evidence(entry)]
    if isinstance(entry, Target):
        parts.append(base_evidence(entry))
    parts += [evidence(value) for value in dict(entry).values() if isinstance(value, Closed)]
    return [words for part in parts for words in (*((phrase,) for phrase in part.phrases), *part.numbers)]


def _held(text: str, words: tuple[str, ...]) -> bool:
    return any(contains_number(text, word) if word[:1].isdigit() else contains(text, word) for word in words)


def _quotes(text: str, claimed: list[tuple[str, ...]]) -> list[str]:
    sentences = [part for part in re.split(r"(?<=[。;])|\n", text) if part]
    names = [normalise(word) for words in claimed for word in words]
    return [sentence for sentence in sentences if any(word in sentence for word in names)]


def _document(results: PlanResults, name: str) -> DocumentEntry:
    known = results.plan_set.documents
    document = known[name]
    return DocumentEntry(
        id=name,
        title_zh=document.title.zh,
        title_en=document.title.en,
        issuers=list(document.issuers),
        number=document.number,
        issued=document.issued,
        not_before=document.not_before,
        last_day=last_day(document),
        term_years=document.term_years,
        validity=status_in(known, name, results.as_of),
        sha256=document.sha256,
    )


def _geometry(results: PlanResults, item: Item) -> GeometryEntry | None:
    if item.place is None:
        return None
    located, place = results.items.loc[item.id], results.geography.places.loc[item.place]
    areas = results.coverage.items["area_m2"]
    shown = ("area_basis", "area_origin", "note_zh", "note_en")
    return GeometryEntry(
        place=item.place,
        name_zh=place["name_zh"],
        name_en=place["name_en"],
        determinacy=located["determinacy"],
        method=located["method"],
        accuracy_m=_number(located["accuracy_m"]),
        origin=place["origin"],
        area_m2=_number(areas[item.id]) if item.id in areas.index else None,
        area_published_ha=_number(place["area_published_ha"]),
        valid_from=_day(place["area_valid_from"]),
        valid_to=_day(place["area_valid_to"]),
        **{key: place[key] if isinstance(place[key], str) else None for key in shown},
    )


def _number(value: Any) -> float | None:  # noqa: ANN401 - a cell of a frame
    return None if value is None or pd.isna(value) else number(float(value))


def _day(value: Any) -> str | None:  # noqa: ANN401 - a cell of a frame
    return None if value is None or pd.isna(value) else str(value)[:10]


def _rules(results: PlanResults, place: str) -> list[str]:
    policies = results.plan_set.policies.values()
    return [rule.id for policy in policies for rule in policy.rules if place in rule.places]


def _claims(results: PlanResults, name: str) -> list[ClaimEntry]:
    claims = results.scenario.claims if results.scenario else ()
    return [
        ClaimEntry(commodity=claim.commodity, year=claim.year, claim_m2=claim.claim.m2, basis=claim.claim.basis)
        for claim in claims
        if claim.item == name
    ]
