"""From shares to whole square metres: totals of the outer groups first, then what lies inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from parkmap.analysis.highs import Program
from parkmap.analysis.quota.model.nesting import Tree, levels_of
from parkmap.analysis.quota.rounding.apportion import Rounded, largest_remainder, sainte_lague, snapped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region
    from parkmap.analysis.quota.rounding.apportion import Rounding

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

FUZZ = 1e-3
"""Sums over many claims carry this much arithmetic: a group total this near to a whole number is that number."""


class Rule(Protocol):
    """A rounding rule of `rounding`."""

    def __call__(self, shares: Floats, totals: Ints, part: Ints, *, low: Ints, high: Ints) -> Rounded:
        """Round shares part by part."""


RULES: dict[Rounding, Rule] = {"largest-remainder": largest_remainder, "sainte-lague": sainte_lague}


def reach(region: Region, tree: Tree) -> tuple[Ints, Ints]:
    """Return the least and the largest total that each row of a nested region can have.

    Parameters
    ----------
    region, tree
        A nested region and its tree.

    Returns
    -------
    tuple of ndarray of int64, shape (m,)
        Least and largest; least > largest where bounds collide.
    """
    m = len(region.rows)
    least, most = np.zeros(m, dtype=np.int64), np.zeros(m, dtype=np.int64)
    leaf = tree.leaf[region.cell]
    np.add.at(least, leaf, region.low)
    np.add.at(most, leaf, region.high)
    for depth in range(int(tree.depth.max(initial=-1)), -1, -1):
        at = np.flatnonzero(tree.depth == depth)
        least[at] = np.maximum(least[at], region.row_low[at])
        most[at] = np.minimum(most[at], region.row_high[at])
        inner = at[tree.parent[at] >= 0]
        np.add.at(least, tree.parent[inner], least[inner])
        np.add.at(most, tree.parent[inner], most[inner])
    return least, most


def round_nested(shares: Floats, region: Region, tree: Tree, *, rule: Rounding) -> Rounded:
    """Round top down: the outermost totals, then those of the groups inside them, then the claims.

    Parameters
    ----------
    shares
        Allocation before rounding, shape (n,).
    region, tree
        A feasible nested region and its tree.
    rule
        Name of the rounding rule.

    Returns
    -------
    Rounded
        Within all bounds of claims and rows.
    """
    m = len(region.rows)
    near = snapped(shares)
    least, most = reach(region, tree)
    leaf = tree.leaf[region.cell]
    wanted: Floats = np.bincount(leaf, weights=near, minlength=m).astype(np.float64)
    for depth, _ in levels_of(tree, region.cell):
        inner = np.flatnonzero((tree.depth == depth) & (tree.parent >= 0))
        np.add.at(wanted, tree.parent[inner], wanted[inner])
    wanted = snapped(wanted, within=FUZZ)
    outer = tree.depth == 0
    totals = np.where(outer, np.clip(np.rint(wanted), least, most), 0).astype(np.int64)
    values, tied = np.zeros(len(shares), dtype=np.int64), np.zeros(len(shares), dtype=bool)
    first = np.full(m, len(shares))
    np.minimum.at(first, leaf, np.arange(len(shares)))
    for depth in range(int(tree.depth.max(initial=-1)) + 1):
        groups = np.flatnonzero((tree.parent >= 0) & (tree.depth == depth + 1))
        groups = groups[np.argsort(first[groups], kind="stable")]
        own = np.flatnonzero(tree.depth[leaf] == depth)
        parts = np.concatenate([tree.parent[groups], leaf[own]])
        rows, part = np.unique(parts, return_inverse=True)
        done = RULES[rule](
            np.concatenate([np.clip(wanted[groups], least[groups], most[groups]), near[own]]),
            totals[rows],
            part,
            low=np.concatenate([least[groups], region.low[own]]),
            high=np.concatenate([most[groups], region.high[own]]),
        )
        totals[groups] = done.m2[: len(groups)]
        values[own], tied[own] = done.m2[len(groups) :], done.tied[len(groups) :]
    return Rounded(m2=values, tied=tied)


def round_cells(shares: Floats, region: Region, *, rule: Rounding) -> Rounded | None:
    """Round the totals of the cells together, then the claims of each cell.

    Parameters
    ----------
    shares
        Allocation before rounding, shape (n,).
    region
        A feasible region of any structure.
    rule
        Name of the rounding rule, used inside the cells.

    Returns
    -------
    Rounded or None
        Within all bounds. Cells and, where bounds allow, rows are rounded to one of the two next whole numbers
        (controlled rounding: Cox 1987, J. Amer. Stat. Assoc. 82(398); always possible when rows cross in two nested
        families). None when no whole numbers obey the bounds.
    """
    wanted = snapped(region.cell_sums(snapped(shares)), within=FUZZ)
    totals = _next_whole(wanted, region)
    if totals is None:
        totals = _any_whole(wanted, region)
    if totals is None:
        return None
    return RULES[rule](shares, totals, region.cell, low=region.low, high=region.high)


def _next_whole(wanted: Floats, region: Region) -> Ints | None:
    down = np.floor(wanted)
    remainder = wanted - down
    sums = snapped(region.matrix @ wanted, within=FUZZ)
    low, high = np.maximum(region.row_low, np.floor(sums)), np.minimum(region.row_high, np.ceil(sums))
    base = region.matrix @ down
    found = Program(
        1.0 + remainder / (1.0 + len(wanted)),  # no square metre idle first, the largest remainders second
        region.matrix,
        rows=(low - base, high - base),
        columns=(np.zeros(len(wanted)), (remainder > 0).astype(float)),
        whole=np.full(len(wanted), region.structure == "general"),
    ).solve()
    return None if found.status != "optimal" else (down + np.rint(found.x)).astype(np.int64)


def _any_whole(wanted: Floats, region: Region) -> Ints | None:
    """Return whole cell totals within the bounds with the least sum of deviations."""
    from scipy import sparse  # noqa: PLC0415 -- only where bounds of three crossing partitions meet

    down = np.floor(wanted)
    least, most = region.cell_sums(region.low), region.cell_sums(region.high)
    base = region.matrix @ down
    count = len(wanted)
    found = Program(
        np.concatenate([np.full(count, -1.0), np.full(count, -1.0)]),
        sparse.hstack([region.matrix, -region.matrix]),
        rows=(region.row_low - base, region.row_high - base),
        columns=(np.zeros(2 * count), np.concatenate([most - down, down - least])),
        whole=np.ones(2 * count, dtype=bool),
    ).solve()
    if found.status != "optimal":
        return None
    return (down + np.rint(found.x[:count]) - np.rint(found.x[count:])).astype(np.int64)
