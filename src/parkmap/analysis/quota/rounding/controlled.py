"""Rounding of two-way tables so that every cell, row, column and the total agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE = 1e-9


def controlled_rounding(table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Round a two-way table.

    Parameters
    ----------
    table
        Real numbers, shape (r, c); a table in hectares with one decimal is given in tenths of a hectare.

    Returns
    -------
    ndarray of int64, shape (r, c)
        Each entry is one of its two neighbouring whole numbers (itself, where it is whole), and so is each row sum,
        each column sum and the total. Among all such tables it is one with the largest sum of remainders rounded up.
        It always exists, because the sums form a network (Cox 1987, J. Amer. Stat. Assoc. 82(398); Causey, Cox and
        Ernst 1985, J. Amer. Stat. Assoc. 80(392)).
    """
    values = np.asarray(table, dtype=float)
    rows, columns = values.shape
    down = np.floor(values + TOLERANCE)
    remainder = np.clip(values - down, 0.0, 1.0)
    remainder[remainder <= TOLERANCE] = 0.0
    count = rows * columns
    if not count:
        return down.astype(np.int64)
    cell = np.arange(count)
    sums = sparse.csr_array(
        (
            np.ones(3 * count),
            (
                np.concatenate([cell // columns, rows + cell % columns, np.full(count, rows + columns)]),
                np.tile(cell, 3),
            ),
        ),
        shape=(rows + columns + 1, count),
    )
    wanted = sums @ remainder.ravel()
    found = Program(
        2 * remainder.ravel() - 1,
        sums,
        rows=(np.floor(wanted + TOLERANCE), np.ceil(wanted - TOLERANCE)),
        columns=(np.zeros(count), (remainder.ravel() > 0).astype(float)),
    ).solve()
    return (down + np.rint(found.x).reshape(rows, columns)).astype(np.int64)
