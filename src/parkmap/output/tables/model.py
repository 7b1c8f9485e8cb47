"""One table, as plain values, and the words that all tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.facts.columns import Cell as Cell  # noqa: PLC0414  until the last table is declared
from parkmap.facts.sheet import Sheet

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.base import Head

HECTARE_M2: Final = 10_000


Table = Sheet


def title_of(key: str, report: Head, lang: Lang) -> str:
    """Return plan name and title of a table."""
    return f"{pick(report, lang)} / {words(f'title.{key}', lang)}"


def stamps_of(report: Head, lang: Lang) -> tuple[str, ...]:
    """Return what must stand under every table of the report: validity, and readings other than those in use."""
    validity = words(f"validity.stamp.{report.validity}", lang, day=report.as_of)
    if not report.readings:
        return (validity,)
    names = "; ".join(pick(reading, lang) for reading in report.readings)
    return (validity, words("stamp.readings", lang, names=names))


def pick(named: object, lang: Lang) -> str:
    """Return the name in one language of anything with `name_zh` and `name_en`."""
    return str(getattr(named, f"name_{lang}"))


def columns(lang: Lang, *keys: str) -> tuple[str, ...]:
    """Return column heads."""
    return tuple(words(f"head.{key}", lang) for key in keys)


def stated(basis: str, origin: str, lang: Lang) -> str:
    """Return what a number rests on, with the kind of it in front, so that an assumption is called one."""
    return words("basis.stated", lang, basis=words(f"basis.{basis}", lang), origin=origin)


def words(key: str, lang: Lang, **values: object) -> str:
    """Return a message."""
    return messages.text(key, lang, **values)
