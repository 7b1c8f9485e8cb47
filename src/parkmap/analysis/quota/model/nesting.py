"""Tree of the rows of a nested region."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tree:
    """How the rows of a nested region are nested.

    Parameters
    ----------
    parent
        Next larger row of each row, -1 for the outermost, shape (m,).
    depth
        0 for the outermost, shape (m,).
    leaf
        Innermost row of each cell, shape (S,).
    """

    parent: NDArray[np.int64]
    depth: NDArray[np.int64]
    leaf: NDArray[np.int64]


def tree_of(region: Region) -> Tree:
    """Return the tree of the rows of a nested region.

    Parameters
    ----------
    region
        A region whose structure is `nested`.
    """
    m, cells = region.matrix.shape
    size = np.asarray(region.matrix.sum(axis=1)).ravel()
    pairs = region.matrix.tocoo()
    order = np.lexsort((pairs.row, -size[pairs.row], pairs.col))
    row, cell = pairs.row[order], pairs.col[order]
    parent, depth, leaf = np.full(m, -1), np.zeros(m, dtype=np.int64), np.full(cells, -1)
    follows = np.flatnonzero(cell[1:] == cell[:-1]) + 1
    parent[row[follows]] = row[follows - 1]
    first = np.searchsorted(cell, cell)
    depth[row] = np.arange(len(row)) - first
    leaf[cell] = row
    return Tree(parent=parent, depth=depth, leaf=leaf)


def levels_of(tree: Tree, cell: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Yield each depth, deepest first, with the row in which each claim lies at that depth, or -1.

    Parameters
    ----------
    tree
        The tree.
    cell
        Cell of each claim, shape (n,).
    """
    at = tree.leaf.copy()
    for depth in range(int(tree.depth.max(initial=-1)), -1, -1):
        here = np.where((at >= 0) & (tree.depth[at] == depth), at, -1)
        yield depth, here[cell]
        at = np.where(here >= 0, tree.parent[here], at)
