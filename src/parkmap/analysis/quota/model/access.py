"""Which claims can draw on which pools, as bounds on sums (Hall's condition)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


def access_rows(
    sets: Sequence[tuple[str, ...]], every: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], NDArray[np.int64]]]:
    """Yield the sets of pools whose supply bounds the claims that can draw on nothing else.

    Parameters
    ----------
    sets
        For each claim of a market the pools that it may draw on; empty is all.
    every
        All pools of the market.

    Yields
    ------
    tuple of (tuple of str, ndarray of int64)
        A set of pools, and the positions of the claims whose pools all lie in it. Amounts x can be drawn if and only
        if for every union P of such sets the claims inside P together ask for no more than P holds (Hall 1935, Gale
        1957). Unions that hold every pool are left out: the supply of the market is the same bound.
    """
    whole = frozenset(every)
    kinds = {frozenset(names) for names in sets if names} - {whole}
    unions: set[frozenset[str]] = set()
    for kind in kinds:
        unions |= {kind} | {kind | other for other in unions}
    owned = [frozenset(names) if names else whole for names in sets]
    for union in sorted(unions - {whole}, key=sorted):
        hit = np.array([own <= union for own in owned], dtype=bool)
        yield tuple(name for name in every if name in union), np.flatnonzero(hit)
