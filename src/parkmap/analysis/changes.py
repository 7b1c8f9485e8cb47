"""What differs between two results over the same districts: coverage, contacts, clusters, allocations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from parkmap.analysis.coverage import SLIVER_M2

if TYPE_CHECKING:
    from parkmap.analysis.adjacency import Adjacency
    from parkmap.analysis.coverage import Coverage

Years = tuple[int, int]
"""A year of the first side and one of the second."""
COVERED: Final = ["covered_low_m2", "covered_best_m2", "covered_high_m2"]
APART: Final = ("apart", "unknown", "absent")
"""Contacts that make no difference: a pair that lies apart, that nobody knows, or that does not exist."""


def coverage_changes(before: Coverage, after: Coverage) -> pd.DataFrame:
    """Return the districts that are covered differently, by 1 m² or more, or where other extents are unknown.

    Parameters
    ----------
    before, after
        Coverage of the same districts.

    Returns
    -------
    DataFrame
        Index district. before_low_m2, before_best_m2, before_high_m2 and the same of after; change_m2 (of best);
        before_share, after_share (of the district); before_unknown, after_unknown (tuples of ids of zones).
    """
    one, two = before.districts, after.districts.loc[before.districts.index]
    covered = ((one[COVERED] - two[COVERED]).abs() >= SLIVER_M2).any(axis=1)
    pairs = zip(one["unknown_items"], two["unknown_items"], strict=True)
    unknown = np.array([set(old) != set(new) for old, new in pairs], dtype=bool)
    sides = [_side(frame[covered | unknown], when) for frame, when in ((one, "before"), (two, "after"))]
    joined = pd.concat(sides, axis=1).rename_axis("district")
    return joined.assign(change_m2=joined["after_best_m2"] - joined["before_best_m2"])


def net_change_m2(coverage: pd.DataFrame) -> float:
    """Return how much more land is covered, all districts together.

    Parameters
    ----------
    coverage
        What `coverage_changes` found.
    """
    return float(coverage["change_m2"].sum())


def _side(districts: pd.DataFrame, when: str) -> pd.DataFrame:
    ends = {name: f"{when}_{name.removeprefix('covered_')}" for name in COVERED}
    own = {**ends, "share_best": f"{when}_share", "unknown_items": f"{when}_unknown"}
    return districts[list(own)].rename(columns=own)


def contact_changes(before: Adjacency, after: Adjacency) -> pd.DataFrame:
    """Return the pairs whose contact differs; pairs that lie apart, are not known or do not exist are alike.

    Parameters
    ----------
    before, after
        Adjacency of the zones of either side.

    Returns
    -------
    DataFrame
        Columns item, other, before, after (None where the pair does not exist); in order of the ids.
    """
    one, two = _contacts(before), _contacts(after)
    joined = pd.concat([one, two], axis=1, keys=["before", "after"]).fillna("absent")
    alike = joined.isin(APART).all(axis=1) | (joined["before"] == joined["after"])
    differing = joined[~alike].sort_index().astype(object)
    return differing.where(differing != "absent", None).reset_index()


def _contacts(adjacency: Adjacency) -> pd.Series:
    """Return the contact of each pair, the smaller id first."""
    pairs = [sorted(map(str, pair)) for pair in adjacency.pairs.index]
    index = pd.MultiIndex.from_arrays([[one for one, _ in pairs], [two for _, two in pairs]], names=["item", "other"])
    return pd.Series(adjacency.pairs["contact"].to_numpy(dtype=object), index=index, dtype=object)


def cluster_counts(before: Adjacency, after: Adjacency) -> dict[str, int]:
    """Return how many clusters and how many isolated zones each side has.

    Parameters
    ----------
    before, after
        Adjacency of the zones of either side.

    Returns
    -------
    dict of str to int
        before_clusters, after_clusters, before_isolates, after_isolates.
    """
    sides = {"before": before.items, "after": after.items}
    clusters = {f"{when}_clusters": int(items["cluster"].nunique()) for when, items in sides.items()}
    return clusters | {f"{when}_isolates": int(items["isolate"].sum()) for when, items in sides.items()}


def allocation_changes(
    before: pd.DataFrame | None, after: pd.DataFrame | None, *, years: Years | None = None
) -> pd.DataFrame:
    """Return the claims whose allocation differs.

    Parameters
    ----------
    before, after
        Columns item, commodity, year, allocated_m2 (missing where nothing was allocated at all); None is no quota.
    years
        A year of either side whose claims are held against each other; None holds each year against itself.

    Returns
    -------
    DataFrame
        Columns item, commodity, before_year, after_year, before_m2, after_m2 (whole m², None where there is no such
        claim), change_m2; in order of item, commodity and year.
    """
    one, two = _allocated(before, years and years[0]), _allocated(after, years and years[1])
    rows: list[dict[str, Any]] = []
    for item, commodity, year in sorted({*one, *two}):
        old, new = one.get((item, commodity, year)), two.get((item, commodity, year))
        first, second = years or (year, year)
        if old != new:
            change = {"before_m2": old, "after_m2": new, "change_m2": (new or 0) - (old or 0)}
            rows.append({"item": item, "commodity": commodity, "before_year": first, "after_year": second, **change})
    columns = ["item", "commodity", "before_year", "after_year", "before_m2", "after_m2", "change_m2"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _allocated(rows: pd.DataFrame | None, year: int | None) -> dict[tuple[str, str, int], int]:
    """Return what each claim got; where one year is looked at, it counts as year 0, as that of the other side does."""
    if rows is None:
        return {}
    known = rows[["item", "commodity", "year", "allocated_m2"]].dropna()
    own = known if year is None else known[known["year"] == year].assign(year=0)
    return {(row.item, row.commodity, int(row.year)): int(row.allocated_m2) for row in own.itertuples()}
