"""The clauses of one entry: what of it stands in them, what stands in none, and the sentences that hold it."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from parkmap.plan.links import walk_sources
from parkmap.plan.schema import Closed, Target
from parkmap.plan.sources.citations import clause_text, contains, contains_number, normalise
from parkmap.plan.sources.evidence import base_evidence, evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.plan.sources.evidence import Spellings


@dataclasses.dataclass(frozen=True, kw_only=True)
class CitedClause:
    """A clause that an entry cites.

    Parameters
    ----------
    document, clause
        Id of the document; the clause.
    proved
        Names and numbers of the entry that stand in it; empty without the texts.
    missing
        Names and numbers of the entry that stand in none of its clauses; empty without the texts.
    quotes
        Sentences of the text that hold them; empty without the texts.
    """

    document: str
    clause: str
    proved: tuple[str, ...]
    missing: tuple[str, ...]
    quotes: tuple[str, ...]


def cited_clauses(entry: Closed, texts: Mapping[str, list[str]]) -> tuple[CitedClause, ...]:
    """Return the clauses of an entry; a name may stand in any of them, so what is missing stands in none.

    Parameters
    ----------
    entry
        Anything that cites clauses.
    texts
        Normalised lines by document, to prove and quote; a document may be missing.
    """
    claimed = _claimed(entry)
    sources = dict.fromkeys((source.document, source.clause) for _, source in walk_sources(entry))
    texted = {key: None if key[0] not in texts else clause_text(texts[key[0]], key[1]) for key in sources}
    found = [text for text in texted.values() if text is not None]
    nowhere = tuple(words[0] for words in claimed if found and not any(_held(text, words) for text in found))
    return tuple(
        CitedClause(
            document=document,
            clause=clause,
            proved=tuple(words[0] for words in claimed if _held(text or "", words)),
            missing=nowhere,
            quotes=_quotes(text or "", claimed),
        )
        for (document, clause), text in texted.items()
    )


def _claimed(entry: Closed) -> list[Spellings]:
    parts = [evidence(entry)]
    if isinstance(entry, Target):
        parts.append(base_evidence(entry))
    parts += [evidence(value) for value in dict(entry).values() if isinstance(value, Closed)]
    return [words for part in parts for words in (*((phrase,) for phrase in part.phrases), *part.numbers)]


def _held(text: str, words: Spellings) -> bool:
    return any(contains_number(text, word) if word[:1].isdigit() else contains(text, word) for word in words)


def _quotes(text: str, claimed: list[Spellings]) -> tuple[str, ...]:
    sentences = [part for part in re.split(r"(?<=[。;])|\n", text) if part]
    names = [normalise(word) for words in claimed for word in words]
    return tuple(sentence for sentence in sentences if any(word in sentence for word in names))
