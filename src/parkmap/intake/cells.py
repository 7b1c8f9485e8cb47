"""What may stand in a cell: numbers with units, years, yes and no, words out of a list."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from parkmap.intake.tables import plain
from parkmap.units import M2_PER_HA, MU_PER_HA

if TYPE_CHECKING:
    from collections.abc import Mapping

MU_M2: Final = Decimal(M2_PER_HA) / MU_PER_HA
"""One 亩 is 2000/3 square metres; amounts in 亩 are rounded to whole square metres, halves up."""
MOST_M2: Final = Decimal(10) ** 13
OFFERED: Final = 3
"""So many of the nearest words are offered."""
YES: Final = frozenset({"是", "整块", "yes", "y", "true", "1", "√"})
NO: Final = frozenset({"否", "no", "n", "false", "0", "×"})
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_YEAR: Final = re.compile(r"(\d+)年度?")


class CellError(Exception):
    """A cell that cannot be read; carries the code and values of its finding.

    Parameters
    ----------
    code
        Key of the text.
    **values
        Values for its gaps.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def number(cell: object) -> Decimal:
    """Return a number; separators of thousands, where they belong, and full-width digits are allowed.

    Parameters
    ----------
    cell
        Content of the cell.

    Raises
    ------
    CellError
        When it is no finite number.
    """
    if isinstance(cell, bool):
        raise CellError("intake.not_a_number", value=cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        raise CellError("intake.not_a_number", value=cell)
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if "," in text:
        if not _GROUPED.fullmatch(text):  # 1,05 may be 1.05: a hundredfold error would go unseen
            raise CellError("intake.separators", value=cell)
        text = text.replace(",", "")
    try:
        value = Decimal("" if "_" in text else text)
    except InvalidOperation:
        raise CellError("intake.not_a_number", value=cell) from None
    if not value.is_finite():
        raise CellError("intake.not_a_number", value=cell)
    return value


def area_m2(cell: object, unit: str) -> int:
    """Return an area in whole square metres.

    Parameters
    ----------
    cell
        Content of the cell.
    unit
        `m2`, `ha` or `mu`.

    Raises
    ------
    CellError
        When it is no number, negative, not a whole number of square metres, or more than all land.
    """
    value = number(cell)
    if value < 0:
        raise CellError("intake.negative", value=cell)
    scaled = value * {"m2": Decimal(1), "ha": Decimal(M2_PER_HA), "mu": MU_M2}[unit]
    if scaled > MOST_M2:
        raise CellError("intake.too_large", value=cell)
    if unit == "mu":
        return int(scaled + Decimal("0.5"))
    if scaled != scaled.to_integral_value():
        raise CellError("intake.not_whole", value=cell)
    return int(scaled)


def whole(cell: object, *, least: int, most: int) -> int:
    """Return a whole number within limits.

    Parameters
    ----------
    cell
        Content of the cell.
    least, most
        Limits, both included.

    Raises
    ------
    CellError
        When it is none.
    """
    value = number(cell)
    if value != value.to_integral_value() or not least <= value <= most:
        raise CellError("intake.not_between", value=cell, least=least, most=most)
    return int(value)


def year(cell: object) -> int:
    """Return a year; 年 may follow the digits.

    Parameters
    ----------
    cell
        Content of the cell.

    Raises
    ------
    CellError
        When it is none.
    """
    written = _YEAR.fullmatch(unicodedata.normalize("NFKC", str(cell)).strip())
    return whole(written[1] if written else cell, least=1900, most=2200)


def positive(cell: object) -> float:
    """Return a positive number.

    Parameters
    ----------
    cell
        Content of the cell.

    Raises
    ------
    CellError
        When it is none.
    """
    value = float(number(cell))
    if value <= 0 or not math.isfinite(value):
        raise CellError("intake.not_positive", value=cell)
    return value


def flag(cell: object) -> bool:
    """Return yes or no.

    Parameters
    ----------
    cell
        Content of the cell.

    Raises
    ------
    CellError
        When it is neither.
    """
    word = plain(cell)
    if isinstance(cell, bool):
        return cell
    if word in YES or word in NO:
        return word in YES
    raise CellError("intake.not_listed", value=cell, near="是 / 否, yes / no")


def listed(cell: object, words: Mapping[str, str]) -> str:
    """Return the key of a word out of a list.

    Parameters
    ----------
    cell
        Content of the cell.
    words
        Plain word to key.

    Raises
    ------
    CellError
        When the list has no such word; the nearest is offered.
    """
    word = plain(cell)
    if word in words:
        return words[word]
    near = difflib.get_close_matches(word, list(words), n=OFFERED, cutoff=0.0)
    keys = ((other, words[other]) for other in near)
    offer = ", ".join(dict.fromkeys(key if other == plain(key) else f"{other} ({key})" for other, key in keys))
    raise CellError("intake.not_listed", value=cell, near=offer)
