"""The only roundings of outputs: as stored, as Excel reads it, as people read it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parkmap.facts.units import Unit

MISSING = "-"
"""What people read where there is no value."""


def is_missing(value: Any) -> bool:  # noqa: ANN401
    """Return whether a cell of a frame holds nothing, or no number that could be written: infinity.

    Parameters
    ----------
    value
        The cell.
    """
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:  # without importing pandas
        return True
    return isinstance(value, float) and not math.isfinite(value)


def stored(value: Any, unit: Unit) -> Any:  # noqa: ANN401
    """Return a number as files for machines hold it: whole where the unit is whole, else to the millimetre.

    Parameters
    ----------
    value
        A number, or missing.
    unit
        Its unit.

    Returns
    -------
    int, float or None
        Numbers of at most 1 keep nine decimals, larger ones three, where the unit says nothing else; what is missing or
        infinite is None.
    """
    if is_missing(value) or not math.isfinite(value):
        return None
    if unit.stored is not None:
        return round(float(value), unit.stored) + 0.0
    return math.floor(value + 0.5) if unit.json == "integer" else rounded(float(value))


def rounded(value: float) -> float:
    """Return a number to the ninth decimal where it is at most 1, else to the third; never minus zero.

    Parameters
    ----------
    value
        The number.
    """
    return round(value, 9 if abs(value) <= 1 else 3) + 0.0


def read(value: Any, unit: Unit) -> float | int | None:  # noqa: ANN401
    """Return a number as people read it, in the unit of the head.

    Parameters
    ----------
    value
        A stored number, or missing.
    unit
        Its unit.
    """
    known: float | int | None = stored(value, unit)
    if known is None or unit.factor == 1.0:
        return known
    if unit.factor < 1.0:
        return known / round(1.0 / unit.factor)  # a whole divisor leaves no noise in the last digits
    return round(known * unit.factor, 9)


def shown(value: float | None, digits: int) -> str:
    """Return a number with separators and so many decimals, never minus zero; whole numbers have none.

    Parameters
    ----------
    value
        The number, in the unit of the head; None is missing.
    digits
        Decimals.
    """
    if value is None:
        return MISSING
    return f"{round(value, digits) + 0.0:,.{digits}f}" if isinstance(value, float) else f"{value:,}"


def signed(value: float, digits: int) -> str:
    """Return a change with its sign, separators and so many decimals; what rounds to nothing has no sign.

    Parameters
    ----------
    value
        The change, in the unit in which it is read.
    digits
        Decimals.
    """
    return f"{value:+,.{digits}f}" if round(value, digits) else shown(0.0, digits)
