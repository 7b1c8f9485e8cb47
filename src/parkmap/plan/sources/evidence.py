"""What each value of a plan claims of its clause: the names and numbers that must stand there, as texts write them."""

from __future__ import annotations

import dataclasses
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from parkmap.plan.conflicts.schema import NamedList
from parkmap.plan.scenarios.schema import Money
from parkmap.plan.schema import (
    Amount,
    CitedText,
    Closed,
    Document,
    Figure,
    Industry,
    Item,
    Period,
    Position,
    Rule,
    Statement,
    Structure,
    Target,
)
from parkmap.units import M2_PER_HA, M2_PER_KM2, MU_PER_HA

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

Spellings = tuple[str, ...]
"""Ways to write one number, the usual one first; one of them must occur in the clause."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Evidence:
    """What must occur in the clauses of a value.

    Parameters
    ----------
    phrases
        Names and words.
    numbers
        Numbers with their units, each in all its spellings; one that is named twice must stand there twice.
    once
        The same for numbers that may serve several values.
    """

    phrases: tuple[str, ...] = ()
    numbers: tuple[Spellings, ...] = ()
    once: tuple[Spellings, ...] = ()


def evidence(value: Closed) -> Evidence:
    """Return what the clauses of a value must hold; nothing for values that quote nothing.

    Parameters
    ----------
    value
        Any value of a plan, policy, scenario or document registry.
    """
    if isinstance(value, Target):
        return _target(value)
    if isinstance(value, Rule):
        amounts = (spelling for amount in value.amounts for spelling in _amount(amount))
        return Evidence(
            phrases=value.place_names, numbers=tuple(amounts), once=tuple(dict.fromkeys(_days(value.period)))
        )
    if isinstance(value, Figure):
        return Evidence(numbers=(area_spellings(value.m2),) if value.basis == "document" else ())
    if isinstance(value, Money):
        return Evidence(numbers=(yuan_spellings(value.yuan),) if value.basis == "document" else ())
    return Evidence(phrases=_phrases(value))


def _phrases(value: Closed) -> tuple[str, ...]:
    if isinstance(value, Item):
        return (value.name.zh, *value.aliases, *value.lead_units, *value.support_units)
    if isinstance(value, Industry | Structure):
        return (value.name.zh,)
    if isinstance(value, Position):
        return (value.position.zh,)
    if isinstance(value, Statement | CitedText):
        return (value.written,)
    return tuple(entry.written for entry in value.entries) if isinstance(value, NamedList) else ()


def document_evidence(document: Document) -> Evidence:
    """Return what the text of a document must hold anywhere: title, issuers, number, day of issue.

    Parameters
    ----------
    document
        Entry of the registry.
    """
    named = (document.title.zh, *document.issuers, *([document.number] if document.number else []))
    return Evidence(phrases=named, numbers=(day_spellings(document.issued),) if document.issued else ())


def period_evidence(document: Document) -> Evidence:
    """Return what the clause that fixes the period must hold: a stated last day, a term.

    Parameters
    ----------
    document
        Entry of the registry.
    """
    stated = document.expires is not None and document.expires_basis == "stated"
    numbers = [day_spellings(document.expires)] if stated and document.expires is not None else []
    if document.term_years is not None:
        numbers.append((f"{document.term_years}年",))
    return Evidence(numbers=tuple(numbers))


def day_spellings(day: dt.date) -> Spellings:
    """Return the ways in which texts write a day.

    Parameters
    ----------
    day
        The day.
    """
    return (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}.{day.month}.{day.day}")


def area_spellings(area_m2: float) -> Spellings:
    """Return the ways in which texts write an area: 平方米, 万平方米, 公顷, 亩, 平方公里.

    Parameters
    ----------
    area_m2
        Area, m².
    """
    area = Decimal(str(area_m2))
    units = (
        ("平方米", 1),
        ("万平方米", 10_000),
        ("公顷", M2_PER_HA),
        ("亩", Decimal(M2_PER_HA) / MU_PER_HA),
        ("平方公里", M2_PER_KM2),
    )
    written = [f"{digits(area / size)}{unit}" for unit, size in units]
    return (*sorted(written, key=len), f"{digits(area / M2_PER_KM2)}平方千米")


def yuan_spellings(yuan: int) -> Spellings:
    """Return the ways in which texts write a sum of money: 亿元, 万元, 元, the shortest first.

    Parameters
    ----------
    yuan
        The sum.
    """
    sizes = (("元", 1), ("万元", 10_000), ("亿元", 10**8))
    return tuple(sorted((f"{digits(Decimal(yuan) / size)}{unit}" for unit, size in sizes), key=len))


def digits(value: float | Decimal) -> str:
    """Write a number in plain digits, without an exponent and without trailing zeros.

    Parameters
    ----------
    value
        The number.
    """
    return f"{Decimal(str(value)).normalize():f}"


def _target(target: Target) -> Evidence:
    phrases = () if target.written is None else (target.written,)
    numbers = [] if target.written is not None else [_with_unit(target)]
    if target.year is not None:
        return Evidence(phrases=phrases, numbers=tuple(numbers), once=((str(target.year),),))
    return Evidence(phrases=phrases, numbers=tuple(numbers))


def base_evidence(target: Target) -> Evidence:
    """Return what the clause of a target's base must hold: its value with the target's unit, and its year.

    Parameters
    ----------
    target
        A target with a base.
    """
    if target.base is None:
        return Evidence()
    return Evidence(numbers=((f"{digits(target.base.value)}{target.unit.zh}",), (str(target.base.year),)))


def _with_unit(target: Target) -> Spellings:
    """Return the value with its unit; the lower end of a range may cut its unit short: 3-5家, 40亿-80亿美元."""
    unit, low = target.unit.zh, digits(target.value)
    if target.value_to is None:
        return (f"{low}{unit}",)
    high = digits(target.value_to)
    parts = [unit[:length] for length in range(len(unit) + 1)]
    return tuple(f"{low}{part}{dash}{high}{unit}" for part, dash in itertools.product(parts, "-~至到"))


def _days(period: Period | None) -> Iterator[Spellings]:
    """Yield what a rule's own period rests on: a year where it is whole, otherwise the day itself."""
    if period is None:
        return
    for day, end in ((period.first, (1, 1)), (period.last, (12, 31))):
        if day is not None:
            yield (str(day.year),) if (day.month, day.day) == end else day_spellings(day)


def _amount(amount: Amount) -> Iterator[Spellings]:
    if amount.rate_percent is not None:
        yield (f"{digits(amount.rate_percent)}%",)
    for yuan in (amount.cap_yuan, amount.amount_yuan):
        if yuan is not None:
            yield yuan_spellings(yuan)
    if amount.years is not None:
        yield (f"{amount.years}年",)
