"""Classes of a coloured map: breaks in the unit that people read, so that the legend says what is drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from parkmap.facts import numbers

if TYPE_CHECKING:
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
    known = sorted(value for raw in facts.values[key] if (value := numbers.read(raw, column.unit)) is not None)
    if not known:
        return ()
    found = (_quantile(known, step / count) for step in range(1, count))
    cuts = sorted({float(f"{cut:.2g}") for cut in found})
    return tuple(cut for cut in cuts if known[0] <= cut < known[-1])


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


def _quantile(ordered: list[float], share: float) -> float:
    """Return a quantile, linear between the two nearest values."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
