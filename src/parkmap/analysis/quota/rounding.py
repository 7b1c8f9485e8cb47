"""Round shares to whole square metres so that the total and every bound hold exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def largest_remainder(
    shares: NDArray[np.float64], total: int, *, floor: NDArray[np.int64], cap: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Round by largest remainder within bounds.

    Parameters
    ----------
    shares
        Real shares, shape (n,), each within its bounds; their sum is about `total`.
    total
        Sum to reach.
    floor, cap
        Integer bounds, shape (n,); sum(floor) <= total <= sum(cap).

    Returns
    -------
    ndarray of int64, shape (n,)
        Whole numbers within the bounds with exactly that sum. Every entry is first rounded down; the missing units go
        to the largest remainders that still have room, ties to the earlier entry. Source: Hamilton's method, with the
        bounds of Balinski and Young (1982, ch. 7).

    Raises
    ------
    ValueError
        When no whole numbers within the bounds have that sum.
    """
    if not int(floor.sum()) <= total <= int(cap.sum()):
        raise ValueError("total lies outside the sum of the bounds")
    result = np.clip(np.floor(shares).astype(np.int64), floor, cap)
    while missing := total - int(result.sum()):
        step = 1 if missing > 0 else -1
        room = result < cap if step > 0 else result > floor
        order = np.argsort(-step * (shares - result), kind="stable")
        chosen = order[room[order]][: abs(missing)]
        result[chosen] += step
    return result
