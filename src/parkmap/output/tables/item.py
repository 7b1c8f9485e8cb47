"""Table of `parkmap show --item`: one line per link of the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parkmap.output.tables.model import Cell, Table, columns, pick, stamps_of, title_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.messages import Lang
    from parkmap.output.reports.item import Chain, ClauseEntry, DocumentEntry, GeometryEntry, ItemReport

DIGITS = 12
"""Digits of a hash that are shown; the JSON has all of them."""


def item_tables(report: ItemReport, lang: Lang) -> list[Table]:
    """Return one table per entry with the id."""
    heads = columns(lang, "step", "what", "where")
    return [
        Table(
            key=f"item-{chain.section}",
            title=f"{title_of('item', report, lang)} / {pick(chain, lang)}",
            headers=heads,
            rows=tuple(_rows(chain, lang)),
            notes=stamps_of(report, lang),
        )
        for chain in report.chains
    ]


def _rows(chain: Chain, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    yield _row("entry", pick(chain, lang), f"{words(f'item.section.{chain.section}', lang)} {chain.id}", lang)
    for detail in chain.details:
        what = detail.text_zh if lang == "zh" else detail.text_en
        yield words(f"head.{detail.key}", lang), what, None
    for clause in chain.clauses:
        yield from _clause(clause, lang)
    for document in chain.documents:
        yield _row("document", document.title_zh if lang == "zh" else document.title_en, _issued(document, lang), lang)
    undetermined = chain.undetermined_zh if lang == "zh" else chain.undetermined_en
    if undetermined is not None:
        yield _row("geometry", words("item.no_place", lang, why=undetermined), None, lang)
    if chain.geometry is not None:
        yield from _geometry(chain.geometry, lang)
    for rule in chain.rules:
        yield _row("rule", rule, None, lang)
    for claim in chain.claims:
        what = f"{words(f'commodity.{claim.commodity}', lang)} {claim.year}: {claim.claim_m2:,} m2"
        yield _row("claim", what, words(f"basis.{claim.basis}", lang), lang)
    for conflict in chain.conflicts:
        yield _row("conflict", conflict, None, lang)


def _row(step: str, what: str, where: str | None, lang: Lang) -> tuple[Cell, ...]:
    return words(f"step.{step}", lang), what, where


def _clause(clause: ClauseEntry, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    registered = words("item.not_registered", lang)
    if clause.sha256 is not None:
        registered = words("item.registered", lang, hash=clause.sha256[:DIGITS])
    yield _row("clause", f"{clause.document} {clause.clause}", registered, lang)
    if clause.proved:
        yield _row("quote", ", ".join(clause.proved), words("item.proof.True", lang), lang)
    if clause.missing:
        yield _row("quote", ", ".join(clause.missing), words("item.proof.False", lang), lang)
    for quote in clause.quotes:
        yield _row("quote", quote, clause.clause, lang)


def _issued(document: DocumentEntry, lang: Lang) -> str:
    open_word = words("item.not_stated", lang)
    term = words("item.term", lang, years=document.term_years) if document.term_years else None
    return words(
        "item.issued",
        lang,
        issuers=", ".join(document.issuers) or open_word,
        number=document.number or open_word,
        issued=document.issued or open_word,
        expires=document.last_day or term or open_word,
        status=words(f"validity.word.{document.validity}", lang),
    )


def _geometry(geometry: GeometryEntry, lang: Lang) -> Iterator[tuple[Cell, ...]]:
    yield _row("place", pick(geometry, lang), f"{geometry.place}; {geometry.origin}", lang)
    note = geometry.note_zh if lang == "zh" else geometry.note_en
    yield _row("geometry", words(f"method.{geometry.method}", lang), note, lang)
    sort = words(f"determinacy.{geometry.determinacy}", lang)
    if geometry.accuracy_m is None:
        yield _row("accuracy", sort, None, lang)
    else:
        accuracy = f"{geometry.accuracy_m:,.0f}"
        yield _row("accuracy", words("item.accuracy", lang, accuracy=accuracy, determinacy=sort), None, lang)
    if geometry.area_published_ha is not None:
        basis = words(f"basis.{geometry.area_basis}", lang) if geometry.area_basis else "-"
        period = f"{geometry.valid_from or '-'} – {geometry.valid_to or '-'}"
        yield _row("extent", f"{geometry.area_published_ha:,.1f} ha ({basis}); {period}", geometry.area_origin, lang)
