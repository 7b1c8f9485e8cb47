"""The columns of the four tables of a quota problem: type, default, and what a cell may hold."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_CAP: Final = 2**53
"""Cap of a group that has none, in square metres; also the sum up to which totals are exact."""

Kind = Literal["id", "text", "area", "integer", "positive", "number", "flag", "ids"]


@dataclasses.dataclass(frozen=True)
class Column:
    """One column.

    Parameters
    ----------
    kind
        What its cells hold; `area` is whole square metres from 0 on.
    default
        Value of a missing column or an empty cell; None means that it must be given.
    """

    kind: Kind
    default: object = None

    @property
    def dtype(self) -> str:
        """Type in the finished table."""
        return {"area": "int64", "integer": "int64", "positive": "float64", "number": "float64", "flag": "bool"}.get(
            self.kind, "object"
        )


POOLS: Final = {
    "pool": Column("id"),
    "commodity": Column("text"),
    "year": Column("integer"),
    "supply_m2": Column("area"),
    "order": Column("integer", "position"),
    "rule": Column("text", ""),
}
CLAIMS: Final = {
    "claim": Column("id", "composed"),
    "item": Column("text"),
    "commodity": Column("text"),
    "year": Column("integer"),
    "claim_m2": Column("area"),
    "floor_m2": Column("area", 0),
    "cap_m2": Column("area", "claim_m2"),
    "tier": Column("integer", 1),
    "weight": Column("positive", 1.0),
    "indivisible": Column("flag", default=False),
    "pools": Column("ids", ()),
    "tie_key": Column("number", 0.0),
    "floor_rule": Column("text", ""),
    "cap_rule": Column("text", ""),
    "tier_rule": Column("text", ""),
}
GROUPS: Final = {
    "group": Column("id"),
    "partition": Column("text", ""),
    "floor_m2": Column("area", 0),
    "cap_m2": Column("area", NO_CAP),
    "rule": Column("text", ""),
}
MEMBERS: Final = {"group": Column("text"), "claim": Column("text")}


def completed(table: pd.DataFrame | None, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Fill in defaults; required values that are missing stay missing.

    Parameters
    ----------
    table
        The table as given, or None for an empty one.
    columns
        Its columns.

    Returns
    -------
    DataFrame
        A copy with a fresh index 0, 1, ...; columns that must be given but are not are absent.
    """
    if table is None:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
    whole = table.reset_index(drop=True)
    for name, column in columns.items():
        if column.default is not None:
            whole = _with_default(whole, name, column)
    return whole


def _with_default(table: pd.DataFrame, name: str, column: Column) -> pd.DataFrame:
    if column.default == "composed":
        return table if name in table else table.assign(**{name: _composed(table)})
    if column.default == "position":
        default = pd.Series(range(len(table)), index=table.index)
    elif isinstance(column.default, str) and column.default in table:
        default = table[column.default]
    elif name in table:
        default = pd.Series([column.default] * len(table), index=table.index, dtype=object)
    else:
        return table.assign(**{name: [column.default] * len(table)})
    if name not in table:
        return table.assign(**{name: default})
    empty = table[name].isna()
    return table.assign(**{name: table[name].astype(object).where(~empty, default)}) if empty.any() else table


def _composed(table: pd.DataFrame) -> pd.Series:
    parts = [table[name].astype(str) for name in ("item", "commodity", "year") if name in table]
    text = parts[0] if parts else pd.Series([""] * len(table), dtype=object)
    for part in parts[1:]:
        text = text + ":" + part
    return text
