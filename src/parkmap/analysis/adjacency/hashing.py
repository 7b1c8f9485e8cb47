"""Find equal things among millions without sorting them: coordinates become 64-bit numbers that meet in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.edges import Edges

_Whole = TypeVar("_Whole", np.int32, np.int64)
Pairs = tuple["NDArray[np.int32]", "NDArray[np.int32]"]
"""Two arrays of the same length: one and other."""

GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
MIX_AGAIN: Final = np.uint64(0x94D049BB133111EB)
"""Odd multipliers of the splitmix64 generator (Steele, Lea and Flood 2014)."""


def point_keys(points: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return a 64-bit number for each point; equal points have equal numbers.

    Parameters
    ----------
    points
        Shape (n, 2), without negative zeros.

    Returns
    -------
    ndarray of uint64, shape (n,)
        Numbers. Among ten million different points two share a number with a chance of about 3 in a million.
    """
    bits = points.view(np.uint64)
    key = bits[:, 0] * GOLDEN
    key ^= key >> np.uint64(29)
    key += bits[:, 1]
    key *= MIX
    key ^= key >> np.uint64(32)
    key *= MIX_AGAIN
    key ^= key >> np.uint64(29)
    return key


def equal_edges(edges: Edges, keys: NDArray[np.uint64]) -> Pairs:
    """Return edges of different polygons that run between the same two vertices in opposite directions.

    Parameters
    ----------
    edges
        Edges.
    keys
        Numbers of their vertices, from `point_keys`.

    Returns
    -------
    tuple of ndarray
        Edge numbers, each pair once: polygons on the two sides of a shared edge.
    """
    numbers = edges.numbers
    undirected = keys[numbers] + keys[numbers + 1]
    undirected *= MIX  # a sum of two mixed numbers; the table reads its upper bits
    one, two = (numbers[side] for side in pairs_in_groups(*equal_groups(undirected)))
    kept = edges.owner[one] != edges.owner[two]
    one, two = one[kept], two[kept]
    opposite = (_start(edges, keys, one) == _end(edges, keys, two)) & (
        _end(edges, keys, one) == _start(edges, keys, two)
    )
    return one[opposite], two[opposite]


def _start(edges: Edges, keys: NDArray[np.uint64], numbers: NDArray[np.int32]) -> NDArray[np.uint64]:
    return keys[np.where(edges.left[numbers], numbers, numbers + 1)]


def _end(edges: Edges, keys: NDArray[np.uint64], numbers: NDArray[np.int32]) -> NDArray[np.uint64]:
    return keys[np.where(edges.left[numbers], numbers + 1, numbers)]


def equal_groups(keys: NDArray[np.uint64]) -> Pairs:
    """Group equal numbers.

    Everything is written into one table at the place that its number names; the last one written is the leader of
    all that have its number. Those that lost their place to another number go on to the next, smaller table.

    Parameters
    ----------
    keys
        Mixed 64-bit numbers, shape (n,).

    Returns
    -------
    tuple of ndarray
        Members and their leaders, as positions; a leader is not its own member, and what is unique is not listed.
    """
    left = np.arange(len(keys), dtype=np.int32)
    members, leaders = [left[:0]], [left[:0]]
    while len(left):
        bits = max(int(2 * len(left) - 1).bit_length(), 4)
        place = keys >> np.uint64(64 - bits)
        table = np.empty(1 << bits, dtype=np.int32)
        order = np.arange(len(left), dtype=np.int32)
        table[place] = order
        holder = table[place]
        same = keys[holder] == keys
        member = same & (holder != order)
        members.append(left[member])
        leaders.append(left[holder[member]])
        left, keys = left[~same], keys[~same] * GOLDEN  # other bits decide in the next table
    return np.concatenate(members), np.concatenate(leaders)


def pairs_in_groups(members: NDArray[np.int32], leaders: NDArray[np.int32]) -> Pairs:
    """Return all pairs inside each group.

    Parameters
    ----------
    members, leaders
        Groups as `equal_groups` returns them.

    Returns
    -------
    tuple of ndarray
        Positions, each unordered pair once.
    """
    if len(members) == 0:
        return members, leaders
    size = np.bincount(leaders)
    small = size[leaders] == 1
    big_leaders = np.flatnonzero(size > 1).astype(np.int32)
    group = np.concatenate([leaders[~small], big_leaders])
    value = np.concatenate([members[~small], big_leaders])
    one, two = sorted_pairs(group, value)
    return np.concatenate([members[small], one]), np.concatenate([leaders[small], two])


def sorted_pairs(group: NDArray[np.int32], value: NDArray[np.int32]) -> Pairs:
    """Return all pairs of values of the same group, by comparing each value with the next, then with the next but one.

    Parameters
    ----------
    group
        Group of each value, shape (n,).
    value
        Values, shape (n,).

    Returns
    -------
    tuple of ndarray
        Values, each unordered pair of places once.
    """
    order = np.argsort(group, kind="stable")
    group, value = group[order], value[order]
    at = np.arange(len(group))
    one, two, apart = [value[:0]], [value[:0]], 1
    while True:
        at = at[at + apart < len(group)]
        at = at[group[at] == group[at + apart]]
        if len(at) == 0:
            return np.concatenate(one), np.concatenate(two)
        one.append(value[at])
        two.append(value[at + apart])
        apart += 1


def in_runs(begin: NDArray[np.int64], count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return everything in some runs, as the number of the run and the place.

    Parameters
    ----------
    begin
        Place at which each run begins, shape (r,).
    count
        How long it is, shape (r,).
    """
    run = np.repeat(np.arange(len(count)), count)
    return run, np.arange(len(run)) + np.repeat(begin - (np.cumsum(count) - count), count)


def distinct(values: NDArray[_Whole]) -> NDArray[_Whole]:
    """Return the values in ascending order, each once (numpy's own `unique` hashes, and is slower by far here).

    Parameters
    ----------
    values
        Any integers.
    """
    ordered = np.sort(values)
    return ordered[changes(ordered)]


def changes(values: NDArray[np.int64] | NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return where a value differs from the one before; the first one does.

    Parameters
    ----------
    values
        Values, shape (n,).
    """
    fresh = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return fresh
