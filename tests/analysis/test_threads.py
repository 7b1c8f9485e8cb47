"""Work on several threads, and the pause of the collector.

work       | order of answers, one thread, an error in a piece
collector  | paused inside; on again after, after an error; left off where it was off
"""

from __future__ import annotations

import gc

import pytest

from parkmap.analysis.threads import in_threads, many_objects


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_answers_come_in_the_order_of_the_work(threads):
    assert in_threads(lambda at: at * at, 7, threads) == [0, 1, 4, 9, 16, 25, 36]


def test_an_error_in_a_piece_is_told():
    with pytest.raises(ZeroDivisionError):
        in_threads(lambda at: 1 // at, 3, 2)


def test_the_collector_pauses_and_goes_on():
    with many_objects():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_an_error():
    with pytest.raises(KeyError), many_objects():
        raise KeyError
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with many_objects():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
