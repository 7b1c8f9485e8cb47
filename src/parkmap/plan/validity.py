"""Is a document, or a rule, in force on a day? What the text leaves open stays open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.plan.schema import Document, Rule

Status = Literal["not_yet", "in_force", "expired", "superseded", "open"]
"""`superseded`: a later document replaces it; `open`: the text does not fix the dates that would decide it."""


def status(document: Document, as_of: dt.date, *, superseded: dt.date | None = None) -> Status:
    """Return whether a document is in force.

    Parameters
    ----------
    document
        The document, with what its text states of dates.
    as_of
        The day asked about.
    superseded
        First day on which a later document replaces it, from `superseded_on`; None where none is known to.

    Returns
    -------
    str
        A known last day decides `expired` even without a first day; an unknown last day never gives `in_force`.
    """
    expires = last_day(document)
    if expires is not None and as_of > expires:
        return "expired"
    starts = document.issued
    if starts is not None and as_of < starts:
        return "not_yet"
    if document.not_before is not None and as_of < document.not_before:
        return "not_yet"
    if superseded is not None and as_of >= superseded:
        return "superseded"
    return "in_force" if starts is not None and expires is not None else "open"


def status_in(documents: Mapping[str, Document], name: str, as_of: dt.date) -> Status:
    """Return whether one document of a registry is in force, later documents considered.

    Parameters
    ----------
    documents
        The registry.
    name
        Id of the document.
    as_of
        The day asked about.
    """
    later = successor(documents, name, as_of)
    issued = None if later is None else documents[later].issued
    return status(documents[name], as_of, superseded=issued)


def successor(documents: Mapping[str, Document], name: str, as_of: dt.date) -> str | None:
    """Return the first document that replaces another and is issued by a day; None where none is.

    Parameters
    ----------
    documents
        The registry.
    name
        Id of the document that may be replaced.
    as_of
        The day asked about. A later document without a day of issue replaces nothing yet: its day is open.
    """
    later = [
        (document.issued, other)
        for other, document in documents.items()
        if document.issued is not None
        and document.issued <= as_of
        and any(superseded.document == name for superseded in document.supersedes)
    ]
    return min(later)[1] if later else None


def last_day(document: Document) -> dt.date | None:
    """Return the last day in force, or None where it cannot be known."""
    return document.expires if document.expires is not None else term_end(document)


def term_end(document: Document) -> dt.date | None:
    """Return the last day of a term that is counted from the day of issue, or None where either is not known."""
    if document.issued is None or document.term_years is None:
        return None
    return _anniversary(document.issued, document.term_years) - dt.timedelta(days=1)


def rule_status(rule: Rule, document_status: Status, as_of: dt.date) -> Status:
    """Return whether a rule applies: its own period where its clause names one, inside that of its document.

    Parameters
    ----------
    rule
        The rule.
    document_status
        Whether its document is in force on the day.
    as_of
        The day asked about.
    """
    own = rule.period
    if own is None or document_status in {"expired", "superseded", "not_yet"}:
        return document_status
    if own.first is not None and as_of < own.first:
        return "not_yet"
    if own.last is not None and as_of > own.last:
        return "expired"
    return document_status


def _anniversary(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return dt.date(day.year + years, 3, 1)
