"""Measure many pairs of shapes on all cores: GEOS works outside Python's lock."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SPLIT: Final = 20_000
"""Pairs from which on the work is shared between the cores."""


def shared_out(
    measure: Callable[[Any, Any], Any], shapes: NDArray[np.object_], one: NDArray[Any], two: NDArray[Any]
) -> NDArray[Any]:
    """Return a measure of pairs of shapes.

    Parameters
    ----------
    measure
        Takes two arrays of shapes of the same length and returns an array of that length.
    shapes
        Shapes, shape (n,).
    one, two
        Positions of the two shapes of each pair, shape (p,).

    Returns
    -------
    ndarray, shape (p,)
        The same as `measure(shapes[one], shapes[two])`.
    """
    if len(one) < SPLIT:
        return np.asarray(measure(shapes[one], shapes[two]))
    parts = os.cpu_count() or 1
    slices = [(one[k::parts], two[k::parts]) for k in range(parts)]
    with ThreadPoolExecutor(parts) as pool:
        results = list(pool.map(lambda pair: measure(shapes[pair[0]], shapes[pair[1]]), slices))
    whole = np.empty(len(one), dtype=results[0].dtype)
    for k, result in enumerate(results):
        whole[k::parts] = result
    return whole
