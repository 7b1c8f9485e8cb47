"""Work shared between threads; GEOS and NumPy let the others run while they compute."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

Item = TypeVar("Item")
Result = TypeVar("Result")

PARTS_PER_THREAD: Final = 4
"""More parts than threads, so that a slow part does not leave the other threads idle at the end."""
PAIRS_PER_BLOCK: Final = 20_000
"""Pairs of shapes measured at a time; fewer are not worth a thread."""


def in_threads(work: Callable[[Item], Result], items: list[Item], threads: int | None = None) -> list[Result]:
    """Apply a function to every item, and return the results in the order of the items.

    Parameters
    ----------
    work
        From an item to its result.
    items
        What is worked on.
    threads
        Number of threads; None is the number of cores.
    """
    count = _thread_count(threads)
    if count == 1 or len(items) <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, items))


def split_in_threads(
    work: Callable[[NDArray[Any]], Result], rows: NDArray[Any], threads: int | None = None
) -> list[Result]:
    """Split rows into several parts for each thread, and return the result for each part in order.

    Parameters
    ----------
    work
        From a part of the rows, perhaps empty, to its result.
    rows
        What is split; at least one part is made.
    threads
        Number of threads; None is the number of cores.
    """
    parts = min(max(len(rows), 1), PARTS_PER_THREAD * _thread_count(threads))
    return in_threads(work, np.array_split(rows, parts), threads)


def in_blocks(measure: Callable[[slice], NDArray[Any]], size: int, *, block: int) -> NDArray[Any]:
    """Return an array that is computed block by block, on all cores.

    Parameters
    ----------
    measure
        From a range of positions to the values there.
    size
        Length of the array.
    block
        Length of a block.
    """
    if size <= block:
        return measure(slice(0, size))
    return np.concatenate(in_threads(measure, [slice(start, start + block) for start in range(0, size, block)]))


def measure_pairs(
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
    return in_blocks(
        lambda rows: np.asarray(measure(shapes[one[rows]], shapes[two[rows]])), len(one), block=PAIRS_PER_BLOCK
    )


def _thread_count(wanted: int | None) -> int:
    return wanted or os.cpu_count() or 1
