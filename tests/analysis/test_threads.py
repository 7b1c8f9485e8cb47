"""Work on several threads.

items   | order of results, one thread, an error in one of them
rows    | split and joined again, fewer rows than parts, none
blocks  | joined in order, the last one shorter, none
pairs   | as measured at once; more than one block
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from parkmap.analysis import threads
from parkmap.analysis.threads import in_blocks, in_threads, measure_pairs, split_in_threads


@pytest.mark.parametrize("count", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(count):
    assert in_threads(lambda at: at * at, list(range(7)), count) == [0, 1, 4, 9, 16, 25, 36]


def test_an_error_in_an_item_is_raised():
    with pytest.raises(ZeroDivisionError):
        in_threads(lambda at: 1 // at, [0, 1, 2], 2)


@pytest.mark.parametrize(("size", "parts"), [(100, 8), (3, 3), (0, 1)])
def test_rows_are_split_and_none_is_lost(size, parts):
    made = split_in_threads(lambda rows: rows.copy(), np.arange(size), 2)
    assert len(made) == parts
    assert np.concatenate(made).tolist() == list(range(size))


@pytest.mark.parametrize("size", [0, 1, 10, 11, 29])
def test_blocks_are_joined_in_order(size):
    values = np.arange(size) ** 2
    assert in_blocks(lambda rows: values[rows], size, block=10).tolist() == values.tolist()


def test_pairs_of_several_blocks_are_not_mixed_up(monkeypatch):
    monkeypatch.setattr(threads, "PAIRS_PER_BLOCK", 7)
    shapes = shapely.points(np.arange(10.0), np.zeros(10))
    one, two = np.triu_indices(10, 1)
    assert measure_pairs(shapely.distance, shapes, one, two).tolist() == (two - one).tolist()
    assert measure_pairs(lambda a, b: shapely.dwithin(a, b, 1), shapes, one[:0], two[:0]).dtype == bool
