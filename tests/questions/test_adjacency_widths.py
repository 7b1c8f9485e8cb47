"""Widths of border lines.

| case | what must hold |
|---|---|
| few lines | the longest 8 px, one of no length 1.5 px, in between by length |
| 400 lines | half of that: a fourth of the lines would fill as much |
| very many | a third, never less |
| equal or no lengths | one width; none for no lines |
"""

from __future__ import annotations

import numpy as np
import pytest

from parkmap.questions.adjacency.lines import widths_px


def test_few_lines_are_as_wide_as_they_are_long() -> None:
    assert widths_px(np.array([0.0, 50.0, 100.0])) == [1.5, 4.75, 8.0]


@pytest.mark.parametrize(("lines", "widest", "thinnest"), [(100, 8.0, 1.5), (400, 4.0, 0.75), (90_000, 2.67, 0.5)])
def test_many_lines_are_thinner(lines: int, widest: float, thinnest: float) -> None:
    found = widths_px(np.arange(lines, dtype=float))
    assert (found[-1], found[0]) == (widest, thinnest)


def test_no_lengths_and_no_lines() -> None:
    assert widths_px(np.zeros(2)) == [8.0, 8.0]
    assert widths_px(np.array([])) == []
