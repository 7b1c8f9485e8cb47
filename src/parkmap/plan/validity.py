"""Is a document in force on a day? What the text leaves open stays open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parkmap.plan.schema import Document

Status = Literal["not_yet", "in_force", "expired", "open"]
"""`open`: the text does not fix the dates that would decide it."""


def status(document: Document, as_of: dt.date) -> Status:
    """Return whether a document is in force.

    Parameters
    ----------
    document
        The document, with what its text states of dates.
    as_of
        The day asked about.

    Returns
    -------
    str
        `not_yet`, `in_force`, `expired` or `open`. A known last day decides `expired` even without a first day;
        an unknown last day never gives `in_force`.
    """
    expires = last_day(document)
    if expires is not None and as_of > expires:
        return "expired"
    starts = document.issued
    if starts is not None and as_of < starts:
        return "not_yet"
    if document.not_before is not None and as_of < document.not_before:
        return "not_yet"
    return "in_force" if starts is not None and expires is not None else "open"


def last_day(document: Document) -> dt.date | None:
    """Return the last day in force, or None where it cannot be known."""
    if document.expires is not None:
        return document.expires
    if document.issued is not None and document.term_years is not None:
        return _anniversary(document.issued, document.term_years) - dt.timedelta(days=1)
    return None


def _anniversary(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return dt.date(day.year + years, 3, 1)
