"""Prove a plan against the texts it cites: the clause exists, and the names and numbers stand in it."""

from __future__ import annotations

import difflib
import hashlib
import re
from typing import TYPE_CHECKING

from parkmap.finding import Finding, finding
from parkmap.plan.citations import clause_text, contains, contains_number, document_lines, normalise
from parkmap.plan.links import walk_sources
from parkmap.plan.schema import Amount, Base, Closed, Industry, Item, Position, Rule, Source, Target
from parkmap.plan.yaml_file import KeyPath, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from parkmap.plan.load import PlanSet


def citation_findings(plan_set: PlanSet, sources: Path) -> list[Finding]:
    """Return every citation that the texts do not bear out.

    Parameters
    ----------
    plan_set
        A plan with its policies and documents.
    sources
        Folder with the text file of each document.

    Returns
    -------
    list of Finding
        Missing texts, changed texts, unknown clauses, and names or numbers that their clauses do not hold.
    """
    found: list[Finding] = []
    owners: list[tuple[str, Closed]] = [(plan_set.plan.id, plan_set.plan)]
    owners += list(plan_set.policies.items())
    owners += [(f"{plan_set.plan.id}/{name}", scenario) for name, scenario in plan_set.scenarios.items()]
    cited = {source.document for _, owner in owners for _, source in walk_sources(owner)}
    texts = dict(_texts(plan_set, sorted(cited), sources, found))
    for name, owner in owners:
        for key, value in _walk(owner, ()):
            found += _value_findings(f"{name} {dotted(key)}", value, texts)
    return found


def _texts(
    plan_set: PlanSet, cited: Iterable[str], sources: Path, found: list[Finding]
) -> Iterator[tuple[str, list[str]]]:
    for name in cited:
        document = plan_set.documents[name]
        path = sources / document.text_file
        if not path.is_file():
            found.append(finding("cite.no_text", "error", file=str(path), key=name))
            continue
        content = path.read_bytes()
        if document.sha256 is not None and hashlib.sha256(content).hexdigest() != document.sha256:
            found.append(finding("cite.text_changed", "error", file=str(path), key=name))
        yield name, document_lines(content.decode("utf-8", errors="replace"))


def _walk(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, Closed]]:
    if isinstance(value, Closed):
        yield key, value
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*key, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*key, getattr(inner, "id", position)))


def _value_findings(where: str, value: Closed, texts: Mapping[str, list[str]]) -> Iterator[Finding]:
    source = getattr(value, "source", None)
    if not isinstance(source, Source):
        return
    clauses: list[str] = []
    for cited in (source, *getattr(value, "also", ())):
        if cited.document not in texts:
            continue
        clause = clause_text(texts[cited.document], cited.clause)
        if clause is None:
            yield finding("cite.no_clause", "error", key=where, clause=cited.clause, document=cited.document)
        else:
            clauses.append(clause)
    whole = "\n".join(clauses)
    missing = [phrase for phrase in cited_phrases(value) if not contains(whole, phrase)]
    missing += [number for number in cited_numbers(value) if not contains_number(whole, number)]
    for phrase in missing if clauses else ():
        near = _nearest(whole, phrase)
        yield finding("cite.not_in_clause", "error", key=where, phrase=phrase, clause=source.clause, near=near)


def cited_phrases(value: Closed) -> tuple[str, ...]:
    """Return the names of a plan value that its clauses must hold.

    Parameters
    ----------
    value
        Any value of a plan or policy that has a source.
    """
    if isinstance(value, Item):
        return (value.name.zh, *value.aliases, *value.lead_units, *value.support_units)
    if isinstance(value, Target):
        return () if value.written is None else (value.written,)
    if isinstance(value, Industry):
        return (value.name.zh,)
    if isinstance(value, Position):
        return (value.position.zh,)
    return value.place_names if isinstance(value, Rule) else ()


def cited_numbers(value: Closed) -> tuple[str, ...]:
    """Return the numbers of a plan value that its clauses must hold, written as the texts write them.

    Parameters
    ----------
    value
        Any value of a plan or policy that has a source.
    """
    if isinstance(value, Target):
        digits = () if value.written is not None else (value.value, value.value_to)
        numbers = [f"{n:g}" for n in digits if n is not None]
        return (*numbers, *([str(value.year)] if value.year else []))
    if isinstance(value, Base):
        return (f"{value.value:g}", str(value.year))
    if isinstance(value, Rule):
        return tuple(number for amount in value.amounts for number in _amount_numbers(amount))
    return ()


def _amount_numbers(amount: Amount) -> Iterator[str]:
    if amount.rate_percent is not None:
        yield f"{amount.rate_percent:g}%"
    for yuan in (amount.cap_yuan, amount.amount_yuan):
        if yuan is not None:
            yield f"{yuan / 1e8:g}亿元" if yuan >= 1e8 else f"{yuan / 1e4:g}万元"  # noqa: PLR2004
    if amount.years is not None:
        yield f"{amount.years}年"


def _nearest(text: str, phrase: str) -> str:
    wanted = normalise(phrase)
    pieces = [piece for piece in re.split(r"[\n,。;:、()“”]", text) if piece]
    near = difflib.get_close_matches(wanted, pieces, n=1, cutoff=0.3)
    return near[0] if near else "-"
