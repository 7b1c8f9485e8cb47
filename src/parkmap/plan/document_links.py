"""Checks between documents: what replaces what, and why a document without a day of issue cannot be earlier."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from parkmap.finding import Finding, finding
from parkmap.plan.references import broken_reference, transitive_closure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from parkmap.plan.schema import CitedText, Document
    from parkmap.plan.yaml_file import KeyPath

Found = tuple[str, "KeyPath", Finding]
"""Document id, key path inside its entry, finding."""


def supersession_findings(documents: Mapping[str, Document], known: Collection[str]) -> Iterator[Found]:
    """Yield documents that replace nothing known, replace each other, or begin before what they replace.

    Parameters
    ----------
    documents
        The registry.
    known
        Ids that may be cited.

    Returns
    -------
    iterator of tuple
        Document id, key path inside its entry, finding.
    """
    earlier = {name: [s.document for s in document.supersedes] for name, document in documents.items()}
    for name, document in documents.items():
        for i, superseded in enumerate(document.supersedes):
            key = ("supersedes", i, "document")
            if superseded.document not in known:
                yield name, key, broken_reference("document", superseded.document, known)
            if superseded.document not in documents:
                continue
            if name in transitive_closure(superseded.document, earlier):
                yield name, key, finding("period.cycle", "error", name=name, other=superseded.document)
            other = documents[superseded.document]
            if document.issued is not None and other.issued is not None and document.issued < other.issued:
                yield (
                    name,
                    key,
                    finding(
                        "period.order",
                        "error",
                        name=name,
                        day=document.issued,
                        other=superseded.document,
                        other_day=other.issued,
                    ),
                )


def earliest_findings(documents: Mapping[str, Document], known: Collection[str]) -> Iterator[Found]:
    """Yield earliest days that rest on nothing, or do not follow from the dated text that is cited.

    A registered text gives its own day of issue; any other gives the first day of a year that its citation names.

    Parameters
    ----------
    documents
        The registry.
    known
        Ids that may be cited.
    """
    for name, document in documents.items():
        cited = document.not_before_cites
        if cited is None:
            if document.not_before is not None:
                yield name, ("not_before",), finding("period.no_basis", "error", name=name, day=document.not_before)
            continue
        if cited.document is not None and cited.document not in known:
            yield name, ("not_before_cites", "document"), broken_reference("document", cited.document, known)
            continue
        days = _days(cited, documents)
        if days and document.not_before not in days:
            shown = ", ".join(day.isoformat() for day in days)
            values: Any = {"day": document.not_before or "-", "days": shown, "written": cited.written}
            yield name, ("not_before",), finding("period.not_before", "error", name=name, **values)


def _days(cited: CitedText, documents: Mapping[str, Document]) -> list[dt.date]:
    """Return the days that a citation may stand for; none where the cited entry could not be read or is undated."""
    if cited.document is not None:
        entry = documents.get(cited.document)
        return [] if entry is None or entry.issued is None else [entry.issued]
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", unicodedata.normalize("NFKC", cited.written))
    return [dt.date(int(year), 1, 1) for year in years]
