"""Numbered pieces of work on several threads; GEOS and NumPy let the others run while they compute."""

from __future__ import annotations

import contextlib
import gc
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Made = TypeVar("Made")


def thread_count(wanted: int | None) -> int:
    """Return the number of threads to use.

    Parameters
    ----------
    wanted
        What the caller asks for; None is the number of cores.
    """
    return wanted or os.cpu_count() or 1


def in_threads(work: Callable[[int], Made], size: int, threads: int | None = None) -> list[Made]:
    """Do pieces of work, and return what each made in their order.

    Parameters
    ----------
    work
        From the number of a piece, counted from 0, to what it makes.
    size
        How many pieces there are.
    threads
        Number of threads; None is the number of cores.
    """
    if thread_count(threads) == 1 or size <= 1:
        return [work(at) for at in range(size)]
    with ThreadPoolExecutor(thread_count(threads)) as pool:
        return list(pool.map(work, range(size)))


@contextlib.contextmanager
def many_objects() -> Iterator[None]:
    """Hold back the search for reference cycles while very many geometries are made.

    Each few hundred new objects would start it, it would walk all of them again and again, and a geometry is never
    part of a cycle.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
