"""One table, as plain values, and the words that all tables share."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap import messages

if TYPE_CHECKING:
    from parkmap.messages import Lang
    from parkmap.output.reports.base import Head

Cell = str | int | float | None
HECTARE_M2: Final = 10_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    """One table.

    Parameters
    ----------
    key
        Stable name, used as file name.
    title
        Heading.
    headers
        Column heads.
    rows
        Cells; None is shown as a dash, a float with two decimals.
    notes
        Sentences under the table.
    """

    key: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


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
