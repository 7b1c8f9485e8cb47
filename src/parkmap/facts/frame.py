"""Facts as a data frame: the values that JSON holds, typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from parkmap.facts.plain import columnwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parkmap.facts.columns import Column
    from parkmap.facts.facts import Facts

_TYPES: Final = {"number": ("float64", "float64"), "integer": ("int64", "Int64"), "boolean": ("bool", "boolean")}
"""By type in JSON: that of a column that lacks nothing, and of one that may; all else is left as it is."""
_WIDEST: Final = 2**63


def frame(facts: Facts) -> pd.DataFrame:
    """Return the stored values of facts, one column per key: ids and codes as text, names beside their ids.

    Parameters
    ----------
    facts
        The facts.
    """
    found: dict[str, pd.Series] = {}
    for column, key, values in columnwise(facts):
        if key not in found or column.shown_in("json"):  # a key may stand a second time, as people read it
            found[key] = _series(column, values)
    return pd.DataFrame(found, index=pd.RangeIndex(len(facts)))


def _series(column: Column, values: Sequence[Any]) -> pd.Series:
    full, sparse = _TYPES.get(column.unit.json, ("object", "object"))
    wide = column.unit.json == "integer" and any(value is not None and abs(value) >= _WIDEST for value in values)
    kind = "object" if wide else sparse if column.null or None in values else full
    return pd.Series(values, dtype=kind)
