"""Similarity of neighbours: whether the industries of each pair duplicate or complement each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DUPLICATE: Final = 0.5
"""Share of common industries from which on two neighbours count as duplicates."""


def similarity(
    pairs: pd.MultiIndex, industries: Mapping[str, Sequence[str]], parents: Mapping[str, str | None]
) -> pd.DataFrame:
    """Compare the industries of the two sides of each pair.

    Parameters
    ----------
    pairs
        Pairs (item, other).
    industries
        Industries of each item; an item without any is unknown.
    parents
        The wider field of each industry, or None.

    Returns
    -------
    DataFrame
        Index of the pairs. similarity, the share |A and B| / |A or B| of Jaccard (1901), missing where unknown;
        shared (tuple of industries); relation: `duplicate` from 0.5 on, `partly` below that, `complementary` where
        nothing is shared but both work in the same widest field, `different` where not even that, `unknown`.
    """
    rows = [_compare(set(industries.get(one, ())), set(industries.get(two, ())), parents) for one, two in pairs]
    found = pd.DataFrame(rows, index=pairs, columns=["similarity", "shared", "relation"])
    return found.astype({"similarity": float})


def _compare(
    one: set[str], two: set[str], parents: Mapping[str, str | None]
) -> tuple[float | None, tuple[str, ...], str]:
    if not one or not two:
        return None, (), "unknown"
    shared = one & two
    share = len(shared) / len(one | two)
    if shared:
        return share, tuple(sorted(shared)), "duplicate" if share >= DUPLICATE else "partly"
    same_field = {_widest(name, parents) for name in one} & {_widest(name, parents) for name in two}
    return share, (), "complementary" if same_field else "different"


def _widest(name: str, parents: Mapping[str, str | None]) -> str:
    """Return the uppermost field of an industry; a circle, which the schema refuses, ends where it closes."""
    seen = {name}
    while (parent := parents.get(name)) is not None and parent not in seen:
        seen.add(parent)
        name = parent
    return name
