"""Whole square metres: every value within one of its share, the sum exact, ties to the earlier entry."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from parkmap.analysis.quota.rounding import apportion


def largest_remainder(shares, total, low, high):
    """Round one set of shares; the function itself takes several parts at once."""
    shares, low, high = (np.array(v, dtype=t) for v, t in ((shares, float), (low, np.int64), (high, np.int64)))
    part = np.zeros(len(shares), dtype=np.int64)
    return apportion.largest_remainder(shares, np.array([total]), part, low=low, high=high).m2.tolist()


FREE = 10**9


@pytest.mark.parametrize(
    ("shares", "total", "expected"),
    [
        ([1.5, 2.5], 4, [2, 2]),  # a tie goes to the earlier
        ([1.2, 2.8], 4, [1, 3]),
        ([0.25, 0.25, 0.25, 0.25], 1, [1, 0, 0, 0]),
        ([33.333333, 33.333333, 33.333334], 100, [33, 33, 34]),
        ([5.0, 7.0], 12, [5, 7]),
        ([], 0, []),
        # Alabama: the classical table of Hamilton's method, seats for six states
        ([14.15, 23.36, 4.95, 4.83, 1.56, 1.15], 50, [14, 23, 5, 5, 2, 1]),
    ],
)
def test_hamiltons_method(shares, total, expected):
    assert largest_remainder(shares, total, [0] * len(shares), [FREE] * len(shares)) == expected


def test_a_bound_passes_its_unit_to_the_next():
    assert largest_remainder([1.9, 1.6, 1.5], 5, [0, 0, 0], [1, FREE, FREE]) == [1, 2, 2]


def test_a_floor_that_lifts_takes_from_the_smallest_remainder():
    assert largest_remainder([2.0, 1.4, 1.6], 5, [2, 1, 2], [FREE] * 3) == [2, 1, 2]


@pytest.mark.parametrize(("total", "low", "high"), [(5, [3, 3], [9, 9]), (5, [0, 0], [2, 2]), (1, [], [])])
def test_a_total_outside_the_bounds_is_refused(total, low, high):
    with pytest.raises(ValueError, match="bounds"):
        largest_remainder([2.5] * len(low), total, low, high)


@st.composite
def problems(draw, size=4, top=5):
    """Shares in eighths (exact in binary) within whole bounds, with a whole sum."""
    n = draw(st.integers(1, size))
    low = draw(st.lists(st.integers(0, top), min_size=n, max_size=n))
    high = [a + draw(st.integers(0, top)) for a in low]
    eighths = [draw(st.integers(8 * a, 8 * b)) for a, b in zip(low, high, strict=True)]
    short = -sum(eighths) % 8
    room = [8 * b - e for b, e in zip(high, eighths, strict=True)]
    assume(sum(room) >= short)
    for i, free in enumerate(room):
        step = min(free, short)
        eighths[i] += step
        short -= step
    return [e / 8 for e in eighths], sum(eighths) // 8, low, high


@settings(max_examples=500)
@given(problems())
@example(([0.5, 0.5], 1, [0, 0], [1, 1]))
def test_no_whole_numbers_are_nearer_to_the_shares(problem):
    """Hamilton's method minimises the squared distance; of several minima it serves the earlier entries."""
    shares, total, low, high = problem
    found = largest_remainder(shares, total, low, high)
    every = itertools.product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))

    def distance(values):
        return sum((v - s) ** 2 for v, s in zip(values, shares, strict=True))

    candidates = [values for values in every if sum(values) == total]
    least = min(map(distance, candidates))
    assert tuple(found) == max(values for values in candidates if distance(values) == least)


@settings(max_examples=500)
@given(problems(size=10, top=10**6))
def test_sum_bounds_and_nearness(problem):
    shares, total, low, high = problem
    found = largest_remainder(shares, total, low, high)
    assert sum(found) == total
    assert all(a <= v <= b for a, v, b in zip(low, found, high, strict=True))
    assert all(abs(v - s) < 1 for v, s in zip(found, shares, strict=True))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3) | st.integers(0, 10**6),
            st.sampled_from([0.0, -0.0, 1.0, np.inf, -np.inf, 5e-324]) | st.floats(allow_nan=False),
        )
    )
)
def test_sorted_as_lexsort_does(pairs):
    part, value = (np.array([pair[k] for pair in pairs], dtype=t) for k, t in ((0, np.int64), (1, float)))
    assert apportion.by_part_and_value(part, value).tolist() == np.lexsort((value, part)).tolist()
