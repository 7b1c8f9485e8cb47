"""Industries of neighbours: Jaccard shares and relations, known by counting.

share     | all, half, some, none in common
relation  | duplicate from 0.5 on, partly, complementary (one field), different, unknown
fields    | own parent, grandparent, itself the parent of the other, a circle
"""

from __future__ import annotations

import pandas as pd
import pytest

from parkmap.analysis.adjacency.similarity import similarity

PARENTS = {
    "health": None,
    "drugs": "health",
    "vaccines": "drugs",
    "devices": "health",
    "food": None,
    "ring": "round",
    "round": "ring",
}


def compare(one, two):
    pairs = pd.MultiIndex.from_tuples([("a", "b")], names=["item", "other"])
    row = similarity(pairs, {"a": one, "b": two}, PARENTS).iloc[0]
    return None if pd.isna(row["similarity"]) else row["similarity"], row["shared"], row["relation"]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (["drugs"], ["drugs"], (1, ("drugs",), "duplicate")),
        (["drugs", "food"], ["drugs"], (1 / 2, ("drugs",), "duplicate")),
        (["drugs", "food"], ["drugs", "devices"], (1 / 3, ("drugs",), "partly")),
        (["food", "drugs", "devices"], ["drugs", "devices", "food"], (1, ("devices", "drugs", "food"), "duplicate")),
        (["drugs"], ["devices"], (0, (), "complementary")),
        (["vaccines"], ["devices"], (0, (), "complementary")),
        (["health"], ["vaccines"], (0, (), "complementary")),
        (["drugs"], ["food"], (0, (), "different")),
        (["unheard"], ["food"], (0, (), "different")),
        (["ring"], ["food"], (0, (), "different")),
        ([], ["drugs"], (None, (), "unknown")),
        (["drugs"], [], (None, (), "unknown")),
    ],
)
def test_pairs(one, two, expected):
    assert compare(one, two) == expected
    assert compare(two, one) == expected


def test_repeated_industries_count_once():
    assert compare(["drugs", "drugs"], ["drugs", "food"]) == (1 / 2, ("drugs",), "duplicate")


def test_the_index_is_that_of_the_pairs():
    pairs = pd.MultiIndex.from_tuples([("b", "c"), ("a", "b")], names=["item", "other"])
    found = similarity(pairs, {"a": ["food"], "b": ["food"]}, PARENTS)
    assert found.index.equals(pairs)
    assert found["relation"].tolist() == ["unknown", "duplicate"]
