"""The picture of a graph's matrix: what is written on it, and that every pair can be seen.

few       | names with numbers, weights in cells, km for long borders, minutes, nothing for weights of one
many      | one square per pair that is neither lost nor larger than its cell, whatever the number of places
text      | long names are broken, Chinese ones too; the heading stays inside the picture
"""

from __future__ import annotations

import io
import re

import matplotlib.image
import numpy as np
import pandas as pd
import pytest

from parkmap.analysis.adjacency import graph_of
from parkmap.output.figure.matrix import NAME_COLUMNS, matrix_picture


def ring(size, weight, *, unit="m"):
    """Every place is a neighbour of the next."""
    one = np.arange(size)
    ids = pd.Index([f"p{k}" for k in range(size)])
    return graph_of(ids, one, (one + 1) % size, np.full(size, float(weight)), unit=unit)


def drawn(graph, names=None, *, title="Title", lang="en", form="svg"):
    names = [str(name) for name in graph.ids] if names is None else names
    return matrix_picture(graph, names, title=title, lang=lang, form=form)


def words(picture):
    """What is written on it, a line each: letters are outlines, with the text beside them in a comment."""
    return re.findall(r"<!-- (.*?) -->", picture.decode("utf-8"))


def coloured(graph):
    """Number of pixels that are neither white nor grey nor black, inside the frame of the matrix."""
    pixels = matplotlib.image.imread(io.BytesIO(drawn(graph, form="png")))[:, :, :3]
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    return int((spread[:, : int(0.8 * spread.shape[1])] > 0.2).sum())


@pytest.mark.parametrize(
    ("weight", "unit", "number", "scale"),
    [
        (41_000, "m", "41.0", "kilometres"),
        (9_900, "m", "9900", "metres"),
        (12.34, "m", "12.3", "metres"),
        (25, "minutes", "25.0", "minutes"),
    ],
)
def test_weights_stand_in_the_cells_in_a_unit_that_fits(weight, unit, number, scale):
    text = words(drawn(ring(5, weight, unit=unit)))
    assert text.count(number) == 10
    assert any(scale in line for line in text)


def test_weights_of_one_are_not_written():
    text = words(drawn(ring(5, 1, unit="1")))
    assert "1.0" not in text
    assert not any("metres" in line for line in text)


def test_names_carry_numbers():
    text = words(drawn(ring(3, 5), ["Core", "Park", "Belt"]))
    for name in ("Core  1", "Park  2", "Belt  3"):
        assert name in text


@pytest.mark.parametrize(("name", "most"), [("long word " * 12, NAME_COLUMNS), ("产业园区" * 12, NAME_COLUMNS // 2)])
def test_long_names_are_broken(name, most):
    text = words(drawn(ring(3, 5), [name.strip(), "b", "c"], lang="zh"))
    lines = [line for line in text if "long word" in line or "产业" in line]
    assert len(lines) > 1
    assert max(map(len, lines)) <= most + 4


@pytest.mark.parametrize("size", [61, 200, 2_000])
def test_every_pair_of_many_can_be_seen(size):
    """Squares on the two lines beside the diagonal: at least a pixel each, at most a tenth of the picture."""
    found = coloured(ring(size, 30))
    side = 7 * 150
    assert found >= min(2 * size, side)
    assert found <= 0.1 * side**2


def test_a_weight_far_below_the_others_can_be_seen():
    size = 100
    one = np.arange(size - 1)
    weight = np.full(size - 1, 0.01)
    weight[0] = 1000
    faint = graph_of(pd.Index(range(size)), one, one + 1, weight, unit="m")
    assert coloured(faint) > 50 * (size - 1)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_no_places_and_no_pairs(form):
    for size in (0, 1, 70):
        empty = graph_of(pd.Index(range(size)), np.empty(0, int), np.empty(0, int), np.empty(0), unit="m")
        assert drawn(empty, form=form)
