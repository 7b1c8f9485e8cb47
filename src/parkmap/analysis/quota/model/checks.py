"""Checks of the tables of a quota problem: every fault, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.model.columns import CLAIMS, GROUPS, MEMBERS, NO_CAP, POOLS, Column
from parkmap.analysis.quota.model.faults import Fault, FaultCode, TableName

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TABLES: dict[TableName, tuple[dict[str, Column], str]] = {
    "pools": (POOLS, "pool"),
    "claims": (CLAIMS, "claim"),
    "groups": (GROUPS, "group"),
    "members": (MEMBERS, "claim"),
}
POOL_SETS = 10
"""So many different sets of eligible pools in one market; their unions all become bounds."""


def problem_faults(tables: Mapping[str, pd.DataFrame]) -> list[Fault]:
    """Return every fault of the four tables.

    Parameters
    ----------
    tables
        pools, claims, groups and members, completed by `columns.completed`.

    Returns
    -------
    list of Fault
        Ordered by table, row and column; empty when a problem can be made of them.
    """
    found: list[Fault] = []
    for name, (columns, key) in TABLES.items():
        found += _table_faults(name, tables[name], columns, key)
    if not found:
        found += _claim_faults(tables["claims"])
        found += _pool_faults(tables["claims"], tables["pools"])
        found += _member_faults(tables)
        found += _overflow(tables)
    return sorted(found)


def _table_faults(name: TableName, table: pd.DataFrame, columns: dict[str, Column], key: str) -> Iterator[Fault]:
    ids = table[key].map(str).tolist() if key in table else [""] * len(table)
    for column, rule in columns.items():
        if column not in table:
            yield Fault(table=name, row=-1, column=column, code="missing_column")
            continue
        for code, bad in _cell_checks(table[column], rule):
            yield from _faults(name, column, code, table[column], ids, bad)


def _cell_checks(cells: pd.Series, rule: Column) -> Iterator[tuple[FaultCode, np.ndarray]]:
    if rule.kind in ("area", "integer", "positive", "number"):
        yield from _number_checks(cells, rule)
    elif rule.kind in ("id", "text"):
        missing = cells.isna().to_numpy()
        if rule.kind == "id" or rule.default is None:
            missing = missing | (cells.map(str).str.strip() == "").to_numpy(dtype=bool)
        yield "missing_id", missing
        if rule.kind == "id":
            yield "duplicate_id", cells.duplicated().to_numpy() & ~missing


def _number_checks(cells: pd.Series, rule: Column) -> Iterator[tuple[FaultCode, np.ndarray]]:
    plain = cells.dtype.kind in "iuf"
    numbers = (cells if plain else pd.to_numeric(cells, errors="coerce")).to_numpy(dtype=float)
    flags = np.zeros(len(cells), dtype=bool) if plain else cells.map(lambda v: isinstance(v, bool)).to_numpy(dtype=bool)
    finite = np.isfinite(numbers) & ~flags
    yield "not_a_number", ~finite
    if rule.kind in ("area", "integer"):
        yield "not_whole", finite & (numbers != np.floor(np.where(finite, numbers, 0)))
        yield "too_large", finite & (np.abs(numbers) > NO_CAP)
    if rule.kind == "area":
        yield "negative", finite & (numbers < 0)
    if rule.kind == "positive":
        yield "not_positive", finite & (numbers <= 0)


def _faults(
    name: TableName, column: str, code: FaultCode, cells: pd.Series, ids: list[str], bad: np.ndarray
) -> Iterator[Fault]:
    for row in np.flatnonzero(bad).tolist():
        yield Fault(table=name, row=row, column=column, code=code, id=ids[row], value=str(cells.iloc[row]))


def _claim_faults(claims: pd.DataFrame) -> Iterator[Fault]:
    claim, floor = claims["claim_m2"].to_numpy(dtype=float), claims["floor_m2"].to_numpy(dtype=float)
    cap, tier = claims["cap_m2"].to_numpy(dtype=float), claims["tier"].to_numpy(dtype=float)
    whole = claims["indivisible"].to_numpy(dtype=bool)
    ids = claims["claim"].map(str).tolist()
    checks: Iterable[tuple[str, FaultCode, np.ndarray]] = (
        ("floor_m2", "floor_above_claim", floor > claim),
        ("floor_m2", "floor_above_cap", (floor > cap) & (floor <= claim)),
        ("floor_m2", "indivisible_floor", whole & (floor > 0) & (floor != claim) & (floor <= np.minimum(claim, cap))),
        ("tier", "not_positive", tier < 1),
    )
    for column, code, bad in checks:
        yield from _faults("claims", column, code, claims[column], ids, bad)


def _pool_faults(claims: pd.DataFrame, pools: pd.DataFrame) -> Iterator[Fault]:
    sets = claims["pools"].map(tuple)
    if not sets.map(len).any():
        return
    markets = {row.pool: (row.commodity, row.year) for row in pools.itertuples()}
    seen: dict[tuple[object, object], set[frozenset[str]]] = {}
    for row, (names, commodity, year, claim) in enumerate(
        zip(sets, claims["commodity"], claims["year"], claims["claim"], strict=True)
    ):
        for name in names:
            if name not in markets:
                yield Fault(table="claims", row=row, column="pools", code="unknown_pool", id=str(claim), value=name)
            elif markets[name] != (commodity, year):
                yield Fault(table="claims", row=row, column="pools", code="foreign_pool", id=str(claim), value=name)
        kinds = seen.setdefault((commodity, year), set())
        kinds.add(frozenset(names))
        if len(kinds) == POOL_SETS + 1:
            yield Fault(table="claims", row=row, column="pools", code="too_many_pool_sets", id=str(claim))
            return


def _member_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    members, claims, groups = tables["members"], tables["claims"], tables["groups"]
    yield from _floor_above_cap(groups)
    if members.empty:
        return
    ids = members["claim"].map(str).tolist()
    known = members["claim"].isin(claims["claim"]).to_numpy()
    yield from _faults("members", "claim", "unknown_claim", members["claim"], ids, ~known)
    foreign = ~members["group"].isin(groups["group"]).to_numpy()
    yield from _faults("members", "group", "unknown_group", members["group"], ids, foreign)
    again = members.duplicated(["group", "claim"]).to_numpy()
    yield from _faults("members", "claim", "duplicate_member", members["claim"], ids, again)
    commodity = members["claim"].map(claims.set_index("claim")["commodity"])
    first = commodity.groupby(members["group"]).transform("first")
    yield from _faults("members", "group", "mixed_commodity", members["group"], ids, (known & (commodity != first)))


def _floor_above_cap(groups: pd.DataFrame) -> Iterator[Fault]:
    bad = groups["floor_m2"].to_numpy(dtype=float) > groups["cap_m2"].to_numpy(dtype=float)
    yield from _faults("groups", "floor_m2", "floor_above_cap", groups["floor_m2"], list(groups["group"]), bad)


def _overflow(tables: Mapping[str, pd.DataFrame]) -> Iterator[Fault]:
    for name, column in (("pools", "supply_m2"), ("claims", "claim_m2")):
        total = sum(int(value) for value in tables[name][column])
        if total > NO_CAP:
            table: TableName = "pools" if name == "pools" else "claims"
            yield Fault(table=table, row=-1, column=column, code="too_large", value=str(total))
