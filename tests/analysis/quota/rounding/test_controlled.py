"""Controlled rounding of two-way tables: every entry and every sum goes to a neighbour (Cox 1987), by law."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parkmap.analysis.quota.rounding.controlled import controlled_rounding


@settings(max_examples=200)
@given(arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 400)))
def test_every_entry_and_every_sum_goes_to_a_neighbour(hundredths):
    rounded = controlled_rounding(hundredths / 100)
    pairs = [(rounded, hundredths), *((rounded.sum(axis=k), hundredths.sum(axis=k)) for k in (0, 1, None))]
    for whole, exact in pairs:
        assert (np.abs(100 * np.asarray(whole) - exact) < 100).all()


def test_a_table_that_plain_rounding_breaks():
    """Four halves: each row and column holds 1, so one diagonal is rounded up."""
    rounded = controlled_rounding(np.array([[0.5, 0.5], [0.5, 0.5]]))
    assert rounded.sum(axis=0).tolist() == rounded.sum(axis=1).tolist() == [1, 1]
