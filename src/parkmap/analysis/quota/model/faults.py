"""Faults of a quota problem: plain records, all of them at once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

from parkmap.errors import ParkmapError

if TYPE_CHECKING:
    from collections.abc import Sequence

TableName = Literal["pools", "claims", "groups", "members", "overrides", "applications", "allocated", "used"]
FaultCode = Literal[
    "missing_column",
    "not_a_number",
    "negative",
    "not_whole",
    "not_positive",
    "too_large",
    "missing_id",
    "duplicate_id",
    "duplicate_member",
    "floor_above_claim",
    "floor_above_cap",
    "unknown_pool",
    "foreign_pool",
    "unknown_claim",
    "unknown_group",
    "mixed_commodity",
    "indivisible_floor",
    "too_many_pool_sets",
    "no_reason",
    "unknown_support",
]


@dataclasses.dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong in one cell of the input.

    Parameters
    ----------
    table
        Which table it is in.
    row
        Position of the row in that table, counted from 0; -1 is the whole table.
    column
        Name of the column.
    code
        What is wrong.
    id
        Id of the claim, pool or group in that row, or the empty string where it has none.
    value
        What stands there, as text.
    """

    table: TableName
    row: int
    column: str
    code: FaultCode
    id: str = ""
    value: str = ""


class InvalidProblemError(ParkmapError, ValueError):
    """A quota problem that cannot be solved as given; carries every fault.

    Parameters
    ----------
    faults
        The faults, ordered by table, row and column.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{f.table}[{f.row}].{f.column}: {f.code} {f.id} {f.value}" for f in self.faults))
