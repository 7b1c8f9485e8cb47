"""Units: what is stored, what people read, and the factor between the two."""

from __future__ import annotations

import dataclasses
from typing import Final, Literal

from parkmap.messages import Words

JsonType = Literal["number", "integer", "string", "boolean", "array", "object"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit, or a kind of text.

    Parameters
    ----------
    key
        The stored unit, as JSON schemas and GIS fields name it.
    json
        Type of a value in JSON.
    shown
        Unit in the head of a column that people read; None for what has none.
    factor
        What people read is the stored number times this.
    digits
        Decimals that people see.
    vocabulary
        For codes: the words of code `x` have the key ``<vocabulary>.x``.
    stored
        Decimals that files for machines hold; None keeps nine of numbers up to 1, and three of larger ones.
    each
        For several numbers in one value: the unit of each.
    codes
        The values of a text that takes no others and needs no words.
    """

    key: str
    json: JsonType
    shown: Words | None = None
    factor: float = 1.0
    digits: int = 2
    vocabulary: str | None = None
    stored: int | None = None
    each: Unit | None = None
    codes: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether values are numbers that can be coloured and put into charts."""
        return self.json in {"number", "integer"} and self.key != "year"

    @property
    def adds_up(self) -> bool:
        """Whether a sum over rows has a meaning: shares and speeds have none."""
        return self.is_number and self.key not in {"share", "percent", "km/h"}


NUMBER: Final = Unit(key="1", json="number")
COUNT: Final = Unit(key="count", json="integer", digits=0)
SHARE: Final = Unit(key="share", json="number", shown=Words("%", "%"), factor=100.0)
PERCENT: Final = Unit(key="percent", json="number", shown=Words("%", "%"))
M2: Final = Unit(key="m2", json="integer", shown=Words("平方米", "m2"), digits=0)
HECTARES: Final = Unit(key="m2", json="integer", shown=Words("公顷", "ha"), factor=1e-4)
"""Square metres that people read in hectares."""
HA: Final = Unit(key="ha", json="number", shown=Words("公顷", "ha"), stored=4)
"""Hectares that are stored as hectares, to the square metre."""
MEASURED_M2: Final = Unit(key="m2", json="number", shown=Words("平方米", "m2"))
"""Square metres as measured: of slivers and single parcels, which whole ones would hide."""
METRES: Final = Unit(key="m", json="number", shown=Words("米", "m"))
KILOMETRES: Final = Unit(key="m", json="number", shown=Words("公里", "km"), factor=1e-3)
"""Metres that people read in kilometres."""
MINUTES: Final = Unit(key="minutes", json="number", shown=Words("分钟", "minutes"))
SECONDS: Final = Unit(key="seconds", json="number", shown=Words("秒", "s"))
KM_PER_HOUR: Final = Unit(key="km/h", json="number", shown=Words("公里/时", "km/h"))
SCALE: Final = Unit(key="1", json="number", digits=6, stored=9)
"""A ratio near 1."""
YUAN: Final = Unit(key="yuan", json="integer", shown=Words("元", "yuan"), digits=0)
PRICE: Final = Unit(key="yuan", json="number", shown=Words("元", "yuan"))
"""Yuan as a user states them, cents and all."""
DEGREES: Final = Unit(key="degree", json="number", shown=Words("度", "degrees"), digits=5, stored=7)
"""Longitude and latitude, to the centimetre."""

TEXT: Final = Unit(key="text", json="string")
TEXTS: Final = Unit(key="texts", json="array")
"""Several texts."""
WORDS: Final = Unit(key="words", json="string")
"""Text in both languages: two properties in JSON and GeoJSON, one column for people."""
ID: Final = Unit(key="id", json="string")
IDS: Final = Unit(key="ids", json="array")
ID_PAIRS: Final = Unit(key="pairs", json="array")
"""Several pairs of ids, which only JSON has."""
FLAG: Final = Unit(key="flag", json="boolean")
DAY: Final = Unit(key="day", json="string")
YEAR: Final = Unit(key="year", json="integer")
"""A calendar year: a whole number that is never summed and has no thousands separator."""
RECORD: Final = Unit(key="record", json="object")
RECORDS: Final = Unit(key="records", json="array")
"""Values inside a value: nested in JSON, read by people through the column's own `read`."""
AS_WRITTEN: Final = Unit(key="as written", json="object")
"""A plain value that has a schema of its own and stands in JSON as it is."""
MAPPING: Final = Unit(key="mapping", json="object")
"""Values of one column by keys that depend on the rows: kinds of layers, years."""


def several(unit: Unit) -> Unit:
    """Return the unit of values that hold several numbers of a unit.

    Parameters
    ----------
    unit
        Unit of each number.
    """
    return dataclasses.replace(unit, json="array", each=unit)


def all_coded(vocabulary: str) -> Unit:
    """Return the unit of several codes in one value.

    Parameters
    ----------
    vocabulary
        Topic of the words in `parkmap.messages`.
    """
    return Unit(key="codes", json="array", vocabulary=vocabulary)


def coded(vocabulary: str) -> Unit:
    """Return the unit of codes that people read as words.

    Parameters
    ----------
    vocabulary
        Topic of the words in `parkmap.messages`.
    """
    return Unit(key="code", json="string", vocabulary=vocabulary)


def one_of(*codes: str) -> Unit:
    """Return the unit of a text that takes certain values only.

    Parameters
    ----------
    *codes
        The values.
    """
    return Unit(key="text", json="string", codes=codes)
