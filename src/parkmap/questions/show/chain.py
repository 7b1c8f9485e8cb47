"""The whole chain from an entry of a plan to its clauses, documents, geometry and accuracy."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.errors import InvalidInputError
from parkmap.facts import numbers
from parkmap.facts.columns import column, in_words, record, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.reading import measured
from parkmap.facts.units import COUNT, DAY, HA, HECTARES, ID, M2, TEXT, TEXTS, YEAR, coded
from parkmap.finding import finding
from parkmap.messages import Words, plain, words
from parkmap.plan.links import ITEM_SECTIONS
from parkmap.plan.schema import Item
from parkmap.plan.sources.citation_checks import read_texts
from parkmap.plan.sources.proof import cited_clauses
from parkmap.plan.sources.registry import read_hashes
from parkmap.plan.validity import last_day, status_in
from parkmap.questions.base import Answer
from parkmap.questions.heads import HEAD, VALIDITY, head, stamps, titled
from parkmap.questions.show import ITEM
from parkmap.questions.show.answer import both
from parkmap.questions.show.tables import ACCURACY, BASIS, DETERMINACY, METHOD, PUBLISHED
from parkmap.questions.show.wording import details

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from parkmap.plan.schema import Closed
    from parkmap.plan.sources.proof import CitedClause
    from parkmap.results.plan import PlanResults

SECTIONS: Final = (*ITEM_SECTIONS, "industries", "positions", "targets")
DIGITS: Final = 12
"""Digits of a hash that people see; the JSON has all of them."""
Row = dict[str, Any]
Link = tuple[Words, Words, Words | None]
"""What is told, and where it stands."""

_CLAUSES: Final = (
    column("document", "文件", "document", TEXT),
    column("clause", "条款", "clause", TEXT),
    column("sha256", "校验值", "sha256", TEXT, "Registered hash; null where the clause is not registered.", null=True),
    column("proved", "已核对", "proved", TEXTS, "Names and numbers of the entry that stand in the clause."),
    column("missing", "未找到", "missing", TEXTS, "Names and numbers of the entry that stand in none of its clauses."),
    column("quotes", "原文", "quotes", TEXTS, "Sentences of the text that hold them."),
)
_DOCUMENTS: Final = (
    column("id", "编号", "id", TEXT),
    in_words("title", "名称", "title"),
    column("issuers", "发布机关", "issuers", TEXTS),
    column("number", "文号", "number", TEXT, null=True),
    column("issued", "发布", "issued", DAY, null=True),
    column("not_before", "不早于", "not before", DAY, null=True),
    column("last_day", "有效至", "last day", DAY, null=True),
    column("term_years", "有效期", "term", COUNT, "In years from its issue, where the text states that.", null=True),
    VALIDITY,
    column("sha256", "校验值", "sha256", TEXT, null=True),
)
_GEOMETRY: Final = (
    column("place", "图层要素", "layer feature", TEXT),
    in_words("name", "名称", "name"),
    DETERMINACY,
    METHOD,
    ACCURACY,
    column("origin", "数据来源", "data origin", TEXT),
    column("area_m2", "面积", "area", HECTARES, null=True),
    PUBLISHED,
    BASIS,
    column("area_origin", "公布面积出处", "origin of the published area", TEXT, null=True),
    column("valid_from", "起", "valid from", TEXT, null=True),
    column("valid_to", "止", "valid to", TEXT, null=True),
    in_words("note", "说明", "note", null=True),
)
_CLAIMS: Final = (
    column("commodity", "指标类别", "commodity", coded("commodity")),
    column("year", "年份", "year", YEAR),
    column("claim_m2", "需求", "claim", M2),
    column("basis", "依据", "basis", coded("basis")),
)
CHAINS: Final = table(
    "chains",
    "title.item",
    "entry",
    column("section", "类别", "section", coded("item.section")),
    column("id", "编号", "id", ID),
    in_words("name", "名称", "name"),
    record("details", "内容", "content", column("key", "项", "key", TEXT), in_words("text", "内容", "text"), many=True),
    record("clauses", "条款", "clauses", *_CLAUSES, many=True),
    record("documents", "文件", "documents", *_DOCUMENTS, many=True),
    record("geometry", "位置", "geometry", *_GEOMETRY, null=True),
    in_words("undetermined", "未落位原因", "why it has no place", null=True),
    column("rules", "相关规则", "rules", TEXTS, "Ids of the policy rules that name its place."),
    record("claims", "情景需求", "claims", *_CLAIMS, many=True),
    column("conflicts", "表述冲突", "conflicts", TEXTS, "Ids of the conflicts that bear on it."),
    at="chains",
    doc="One entry with everything that it rests on.",
    people=False,
)
STEPS: Final = table(
    "item",
    "title.item",
    "entry",
    in_words("step", "环节", "step"),
    in_words("what", "内容", "what"),
    in_words("where", "出处", "where", null=True),
)
"""One line per link of a chain."""
TABLES: Final = (HEAD, CHAINS, STEPS)


def chain_of(results: PlanResults, name: str, *, sources: Path | None) -> Answer:
    """Return what every entry with an id rests on.

    Parameters
    ----------
    results
        The plan.
    name
        Id of a component, park, project, industry, position, target, rule or supply pool.
    sources
        Folder with the texts of the documents, to prove and quote the clauses; None goes without.

    Raises
    ------
    InvalidInputError
        When nothing has that id.
    """
    known = list(_entries(results))
    chosen = [(section, entry) for section, entry in known if entry.id == name]
    if not chosen:
        near = ", ".join(difflib.get_close_matches(name, sorted({entry.id for _, entry in known}), n=3)) or "-"
        raise InvalidInputError([finding("item.unknown", "error", name=name, plan=results.plan.id, near=near)])
    hashes = read_hashes(results.catalog)
    texts = {} if sources is None else read_texts(results.plan_set, sources)[0]
    chains = [_chain(results, section, entry, hashes, texts) for section, entry in chosen]
    steps = (_steps(results, chain) for chain in chains)
    return Answer(document=ITEM, facts=(head(results), facts(CHAINS, chains), *steps), base=results)


def _entries(results: PlanResults) -> Iterator[tuple[str, Any]]:
    for section in SECTIONS:
        yield from ((section, entry) for entry in getattr(results.plan, section))
    for policy in results.plan_set.policies.values():
        yield from (("rules", rule) for rule in policy.rules)
    if results.scenario is not None:
        yield from (("pools", pool) for pool in results.scenario.pools)


def _chain(
    results: PlanResults,
    section: str,
    entry: Any,  # noqa: ANN401  any entry with an id
    hashes: Mapping[str, Mapping[str, str]],
    texts: Mapping[str, list[str]],
) -> Row:
    item = entry if isinstance(entry, Item) else None
    clauses = cited_clauses(entry, texts)
    return {
        "section": section,
        "id": entry.id,
        "name": next(value for key in ("name", "position", "indicator") if (value := getattr(entry, key, None))).words,
        "details": list(_details(results, entry)),
        "clauses": [_clause(one, hashes) for one in clauses],
        "documents": [_document(results, name) for name in dict.fromkeys(clause.document for clause in clauses)],
        "geometry": _geometry(results, item) if item else None,
        "undetermined": item.undetermined.words if item and item.undetermined else None,
        "rules": _rules(results, item.place) if item and item.place else [],
        "claims": _claims(results, entry.id) if item else [],
        "conflicts": [one.conflict.id for one in results.register if item and entry.id in one.items],
    }


def _details(results: PlanResults, entry: Closed) -> Iterator[Row]:
    yield from ({"key": key, "text": text} for key, text in details(entry))
    if isinstance(entry, Item) and entry.districts:
        names = results.names["district"]
        named = messages.joined((names[district] for district in entry.districts), by=plain(", "))
        yield {"key": "district", "text": named}


def _clause(one: CitedClause, hashes: Mapping[str, Mapping[str, str]]) -> Row:
    return {**dataclasses.asdict(one), "sha256": hashes.get(one.document, {}).get(one.clause)}


def _document(results: PlanResults, name: str) -> Row:
    known = results.plan_set.documents
    document = known[name]
    return {
        **{
            key: getattr(document, key) for key in ("issuers", "number", "issued", "not_before", "term_years", "sha256")
        },
        "id": name,
        "title": document.title.words,
        "last_day": last_day(document),
        "validity": status_in(known, name, results.as_of),
    }


def _geometry(results: PlanResults, item: Item) -> Row | None:
    if item.place is None:
        return None
    located, place = results.items.loc[item.id], results.geography.places.loc[item.place].to_dict()
    areas = results.coverage.items["area_m2"]
    return {
        **{key: _known(place[key]) for key in ("origin", "area_published_ha", "area_basis", "area_origin")},
        **{key: located[key] for key in ("determinacy", "method", "accuracy_m")},
        "place": item.place,
        "name": both(place, "name"),
        "area_m2": areas.get(item.id),
        "valid_from": _known(place["area_valid_from"]),
        "valid_to": _known(place["area_valid_to"]),
        "note": both(place, "note"),
    }


def _known(value: Any) -> Any:  # noqa: ANN401  a cell of a frame
    return None if numbers.is_missing(value) else value


def _rules(results: PlanResults, place: str) -> list[str]:
    policies = results.plan_set.policies.values()
    return [rule.id for policy in policies for rule in policy.rules if place in rule.places]


def _claims(results: PlanResults, name: str) -> list[Row]:
    claims = results.scenario.claims if results.scenario else ()
    return [
        {"commodity": claim.commodity, "year": claim.year, "claim_m2": claim.claim.m2, "basis": claim.claim.basis}
        for claim in claims
        if claim.item == name
    ]


def _steps(results: PlanResults, chain: Row) -> Facts:
    """Return a chain as people read it, one line per link."""
    steps = dataclasses.replace(STEPS, key=f"item-{chain['section']}")
    title = messages.joined([titled(results, STEPS), chain["name"]], by=plain(" / "))
    rows = (dict(zip(("step", "what", "where"), link, strict=True)) for link in _links(chain))
    return facts(steps, rows, title=title, stamps=stamps(results))


def _links(chain: Row) -> Iterator[Link]:
    section = words(f"item.section.{chain['section']}")
    yield _link("entry", chain["name"], messages.joined([section, plain(chain["id"])], by=plain(" ")))
    yield from ((words(f"head.{detail['key']}"), detail["text"], None) for detail in chain["details"])
    for clause in chain["clauses"]:
        yield from _clause_links(clause)
    yield from (_link("document", document["title"], _issued(document)) for document in chain["documents"])
    if chain["undetermined"] is not None:
        yield _link("geometry", words("item.no_place", why=chain["undetermined"]))
    if chain["geometry"] is not None:
        yield from _geometry_links(chain["geometry"])
    yield from (_link("rule", plain(rule)) for rule in chain["rules"])
    yield from (_claim_link(claim) for claim in chain["claims"])
    yield from (_link("conflict", plain(conflict)) for conflict in chain["conflicts"])


def _link(step: str, what: Words, where: Words | None = None) -> Link:
    return words(f"step.{step}"), what, where


def _claim_link(claim: Row) -> Link:
    asked, amount = words(f"commodity.{claim['commodity']}"), measured(claim["claim_m2"], M2)
    what = messages.each(lambda lang: f"{asked[lang]} {claim['year']}: {amount[lang]}")
    return _link("claim", what, words(f"basis.{claim['basis']}"))


def _clause_links(clause: Row) -> Iterator[Link]:
    known = clause["sha256"]
    registered = words("item.not_registered") if known is None else words("item.registered", hash=known[:DIGITS])
    yield _link("clause", plain(f"{clause['document']} {clause['clause']}"), registered)
    for key, proof in (("proved", True), ("missing", False)):
        if clause[key]:
            yield _link("quote", plain(", ".join(clause[key])), words(f"item.proof.{proof}"))
    yield from (_link("quote", plain(quote), plain(clause["clause"])) for quote in clause["quotes"])


def _issued(document: Row) -> Words:
    unknown, years = words("item.not_stated"), document["term_years"]
    term = words("item.term", years=years) if years else None
    return words(
        "item.issued",
        issuers=", ".join(document["issuers"]) or unknown,
        number=document["number"] or unknown,
        issued=document["issued"] or unknown,
        expires=document["last_day"] or term or unknown,
        status=words(f"validity.word.{document['validity']}"),
    )


def _geometry_links(geometry: Row) -> Iterator[Link]:
    yield _link("place", geometry["name"], plain(f"{geometry['place']}; {geometry['origin']}"))
    yield _link("geometry", words(f"method.{geometry['method']}"), geometry["note"])
    sort, accuracy = words(f"determinacy.{geometry['determinacy']}"), geometry["accuracy_m"]
    if not numbers.is_missing(accuracy):
        sort = words("item.accuracy", accuracy=f"{accuracy:,.0f}", determinacy=sort)
    yield _link("accuracy", sort)
    if geometry["area_published_ha"] is not None:
        area, origin = measured(geometry["area_published_ha"], HA), geometry["area_origin"]
        basis = words(f"basis.{geometry['area_basis']}") if geometry["area_basis"] else plain(numbers.MISSING)
        period = " – ".join(str(geometry[key] or numbers.MISSING)[:10] for key in ("valid_from", "valid_to"))
        what = messages.each(lambda lang: f"{area[lang]} ({basis[lang]}); {period}")
        yield _link("extent", what, None if origin is None else plain(origin))
