"""Classes of a coloured map: limits in the unit that people read, so that the legend says what is drawn."""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import TYPE_CHECKING, Final

from parkmap.facts import numbers
from parkmap.messages import Words, each, plain, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.facts import Facts

COUNT: Final = 5
"""Classes that the eye tells apart."""
MOST_FIGURES: Final = 6
"""Significant figures of a limit that are tried before two classes fall together."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Classes:
    """What a table is coloured by.

    Parameters
    ----------
    title
        Name and unit of the numbers.
    limits
        Limits between the classes, ascending; a number on one is in the class below it.
    names
        Name of each class, one more than limits; empty where no number is known.
    missing
        Name of what has no number; None where every row has one.
    """

    title: Words
    limits: tuple[float, ...]
    names: tuple[Words, ...]
    missing: Words | None = None


def classes(facts: Facts) -> Classes:
    """Return the classes of the column by which a table is coloured.

    Parameters
    ----------
    facts
        The facts, of a table that names such a column.
    """
    column, found = facts.coloured_by(), amounts(facts)
    return classes_of(found, title=each(column.head), limits=facts.table.limits or breaks(facts, column.key))


def classes_of(found: Sequence[float | None], *, title: Words, limits: tuple[float, ...]) -> Classes:
    """Return classes between given limits.

    Parameters
    ----------
    found
        The numbers, None where there is none.
    title
        Name and unit of the numbers.
    limits
        Limits between the classes, ascending.
    """
    known = [amount for amount in found if amount is not None]
    names = tuple(plain(name) for name in _names(limits, known)) if known else ()
    missing = words("class.missing") if len(known) < len(found) else None
    return Classes(title=title, limits=limits, names=names, missing=missing)


def amounts(facts: Facts) -> list[float | None]:
    """Return the numbers by which the rows of a table are coloured, as people read them, without its total.

    Parameters
    ----------
    facts
        The facts.
    """
    return _amounts(facts, facts.coloured_by().key)


def breaks(facts: Facts, key: str, *, count: int = COUNT) -> tuple[float, ...]:
    """Return the limits between classes that hold about as many rows each.

    Parameters
    ----------
    facts
        The facts.
    key
        Key of the column.
    count
        How many classes are wanted; ties and few values give fewer.

    Returns
    -------
    tuple of float
        Ascending, in the unit that people read and with no more digits, two significant figures where that tells the
        classes apart; none of the classes is empty, and a value on a limit is in the class below it.
    """
    known = sorted(amount for amount in _amounts(facts, key) if amount is not None)
    found = [quantile(known, step / count) for step in range(1, count)] if known else []
    wanted, digits = len(_filled(known, found)), facts.column(key).unit.digits
    limits: tuple[float, ...] = ()
    for figures in range(2, MOST_FIGURES + 1):
        limits = _filled(known, [round(float(f"{limit:.{figures}g}"), digits) for limit in found])
        if len(limits) == wanted:
            break
    return limits


def class_of(value: float | None, limits: tuple[float, ...]) -> int | None:
    """Return the number of the class of a value, or None where it is missing.

    Parameters
    ----------
    value
        The value, in the unit of the limits.
    limits
        The limits.
    """
    return None if value is None else sum(value > limit for limit in limits)


def _amounts(facts: Facts, key: str) -> list[float | None]:
    """Return numbers to the digits that are read, so that none looks as if it were in another class."""
    unit = facts.column(key).unit
    values = [value for number, value in enumerate(facts.values[key]) if not facts.is_total(number)]
    read = (numbers.read(value, unit) for value in values)
    return [None if amount is None else round(float(amount), unit.digits) + 0.0 for amount in read]


def _filled(known: Sequence[float], found: Sequence[float]) -> tuple[float, ...]:
    """Return the limits that leave no class empty."""
    kept: list[float] = []
    for limit in sorted(set(found)):
        below = kept[-1] if kept else -math.inf
        if any(below < value <= limit for value in known) and known[-1] > limit:
            kept.append(limit)
    return tuple(kept)


def _names(limits: tuple[float, ...], known: Sequence[float]) -> list[str]:
    """Return what each class is called: up to the first limit, from limit to limit, above the last one."""
    if not limits:
        low, high = _figure(min(known)), _figure(max(known))
        return [low if low == high else f"{low}–{high}"]
    first = _figure(limits[0]) if limits[0] == 0 <= min(known) else f"≤ {_figure(limits[0])}"
    between = [f"{_figure(low)}–{_figure(high)}" for low, high in itertools.pairwise(limits)]
    return [first, *between, f"> {_figure(limits[-1])}"]


def _figure(value: float) -> str:
    """Return a limit with separators and no more decimals than it has."""
    whole = f"{value:,.6f}".rstrip("0").rstrip(".")
    return whole.replace("-", "−")


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile, linear between the two nearest values.

    Parameters
    ----------
    ordered
        The values, ascending, at least one.
    share
        Share of the values that lie below, from 0 to 1.
    """
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
