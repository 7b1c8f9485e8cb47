"""Classes of a coloured map: breaks in the unit that people read, so that the legend says what is drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from parkmap.facts import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.facts import Facts


def breaks(facts: Facts, key: str, *, count: int = 5) -> tuple[float, ...]:
    """Return the breaks between classes that hold about as many rows each.

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
        Ascending, two significant digits, in the unit that people read; a value on a break is in the class below it.
    """
    column = facts.table.column(key)
    return cuts_of(
        sorted(value for raw in facts.values[key] if (value := numbers.read(raw, column.unit)) is not None), count=count
    )


def cuts_of(ordered: Sequence[float], *, count: int, digits: int = 2) -> tuple[float, ...]:
    """Return the breaks between classes that hold about as many numbers each.

    Parameters
    ----------
    ordered
        The numbers, ascending.
    count
        How many classes are wanted; ties and few values give fewer.
    digits
        Significant digits of a break.

    Returns
    -------
    tuple of float
        Ascending; a number on a break is in the class below it.
    """
    if len(ordered) == 0:
        return ()
    found = sorted({float(f"{_quantile(ordered, step / count):.{digits}g}") for step in range(1, count)})
    return tuple(cut for cut in found if ordered[0] <= cut < ordered[-1])


def class_of(value: float | None, cuts: tuple[float, ...]) -> int | None:
    """Return the number of the class of a value, or None where it is missing.

    Parameters
    ----------
    value
        The value, in the unit of the breaks.
    cuts
        The breaks.
    """
    return None if value is None else sum(value > cut for cut in cuts)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile, linear between the two nearest values."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
