"""Cells that the rows fix at the floors or caps of their claims; they are found before anything is shared."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def fixed_cells(region: Region) -> tuple[Flags, Flags]:
    """Tell which cells stay at their floors, and which at their caps, in every allocation.

    Parameters
    ----------
    region
        A feasible region of any structure.

    Returns
    -------
    tuple of ndarray of bool, shape (S,)
        Cells whose claims all get their floors, and cells whose claims all get their caps, whatever the others get.
        Where the floors of the claims obey every row, only a full row holds a cell. Otherwise two linear programs tell.
    """
    base = region.row_sums(region.low)
    if (base >= region.row_low).all():
        full = (base >= region.row_high).astype(float)
        return region.matrix.T @ full > 0, np.zeros(region.cells, dtype=bool)
    mirror = dataclasses.replace(
        region, low=-region.high, high=-region.low, row_low=-region.row_high, row_high=-region.row_low
    )
    return ~_growing(region), ~_growing(mirror)


def _growing(region: Region) -> Flags:
    """Return the cells that some allocation lifts above the floors of their claims.

    One linear program finds an allocation that lifts all of them: maximise the sum of min(1, z) over the cone of the
    region, ``z = k (x - low), k >= 1`` (Freund, Roundy and Todd 1985, Identifying the set of always-active constraints
    in a system of linear inequalities by a single linear program, MIT Sloan WP 1674-85).
    """
    cells, rows = region.cells, len(region.rows)
    base = region.row_sums(region.low)
    room = region.cell_sums(region.high - region.low)
    unit = max(float(room.max(initial=1.0)), 1.0)  # areas in this unit keep the program well scaled
    # What claims cannot reach in any case binds nothing; without it the entries would differ by many orders.
    cap = np.minimum(region.row_high - base, region.matrix @ room) / unit
    floor = np.maximum(region.row_low - base, 0.0) / unit
    eye = sparse.eye_array(cells, format="csr")
    matrix = sparse.vstack(
        [
            sparse.hstack([eye, eye, -_column(room / unit)]),
            sparse.hstack([region.matrix, region.matrix, -_column(cap)]),
            sparse.hstack([-region.matrix, -region.matrix, _column(floor)]),
        ]
    )
    count = cells + 2 * rows
    found = Program(
        np.concatenate([np.ones(cells), np.zeros(cells + 1)]),
        matrix,
        rows=(np.full(count, -np.inf), np.zeros(count)),
        columns=(
            np.concatenate([np.zeros(2 * cells), [1.0]]),
            np.concatenate([np.ones(cells), np.full(cells + 1, np.inf)]),
        ),
    ).solve()
    return found.x[:cells] > 0.5  # noqa: PLR2004 -- at the optimum each is 0 or 1


def _column(values: Floats) -> sparse.csr_array:
    return sparse.csr_array(values[:, None])
