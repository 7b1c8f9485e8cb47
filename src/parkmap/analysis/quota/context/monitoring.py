"""Used against allocated, year by year, with what is carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from parkmap.analysis.quota.model.faults import Fault, FaultCode, InvalidProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = ["item", "commodity", "year"]
COLUMNS = [
    *KEYS, "allocated_m2", "carried_in_m2", "available_m2", "used_m2", "overrun_m2", "lapsed_m2", "carried_out_m2",
    "used_share",
]  # fmt: skip


def monitor_use(allocated: pd.DataFrame, used: pd.DataFrame, *, carry_years: int = 0) -> pd.DataFrame:
    """Compare what was used with what was allocated.

    Parameters
    ----------
    allocated
        item, commodity, year, m2: several rows of one key are added up.
    used
        The same columns: what was really taken up.
    carry_years
        For how many years an unused square metre may still be used; 0 is none. The oldest is used first.

    Returns
    -------
    DataFrame
        One row per item, commodity and year from its first to its last: allocated_m2, carried_in_m2, available_m2
        (both together), used_m2, overrun_m2 (used beyond what was available), lapsed_m2 (unused and no longer usable),
        carried_out_m2, used_share (used within what was available; empty where nothing was available).
        available + overrun = used + lapsed + carried_out.

    Raises
    ------
    InvalidProblemError
        With every missing column and every amount that is not a whole number from 0 on.
    """
    faults = [*_faults("allocated", allocated), *_faults("used", used)]
    if faults:
        raise InvalidProblemError(sorted(faults))
    given, taken = (table.groupby(KEYS)["m2"].sum().astype("int64") for table in (allocated, used))
    pairs = sorted({key[:2] for key in [*given.index, *taken.index]})
    rows = [row for item, commodity in pairs for row in _years(item, commodity, given, taken, carry_years)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _faults(name: str, table: pd.DataFrame) -> Iterator[Fault]:
    for column in (*KEYS, "m2"):
        if column not in table:
            yield Fault(table=name, row=-1, column=column, code="missing_column")  # type: ignore[arg-type]
    for column in {"year", "m2"} & set(table):
        numbers = pd.to_numeric(table[column], errors="coerce")
        for row, (number, value) in enumerate(zip(numbers, table[column], strict=True)):
            code: FaultCode | None = None
            if pd.isna(number) or isinstance(value, bool) or abs(number) == float("inf"):
                code = "not_a_number"
            elif number != int(number):
                code = "not_whole"
            elif number < 0:
                code = "negative"
            if code is not None:
                ident = str(table["item"].iloc[row]) if "item" in table else ""
                yield Fault(table=name, row=row, column=column, code=code, id=ident, value=str(value))  # type: ignore[arg-type]


def _years(
    item: str, commodity: str, given: pd.Series, taken: pd.Series, carry_years: int
) -> Iterator[tuple[object, ...]]:
    own = [{key[2]: int(m2) for key, m2 in table.items() if key[:2] == (item, commodity)} for table in (given, taken)]
    lots: list[tuple[int, int]] = []
    for year in range(min((*own[0], *own[1])), max((*own[0], *own[1])) + 1):
        fresh, used = own[0].get(year, 0), own[1].get(year, 0)
        carried = sum(m2 for _, m2 in lots)
        lots, overrun = _use([*lots, (year, fresh)], used)
        lapsed = sum(m2 for start, m2 in lots if year - start >= carry_years)
        lots = [(start, m2) for start, m2 in lots if year - start < carry_years and m2]
        out = sum(m2 for _, m2 in lots)
        available = fresh + carried
        share = (used - overrun) / available if available else None
        yield item, commodity, year, fresh, carried, available, used, overrun, lapsed, out, share


def _use(lots: list[tuple[int, int]], wanted: int) -> tuple[list[tuple[int, int]], int]:
    """Take from the oldest lots; return what is left of them and what they could not give."""
    left = []
    for start, m2 in lots:
        part = min(m2, wanted)
        wanted -= part
        left.append((start, m2 - part))
    return left, wanted
