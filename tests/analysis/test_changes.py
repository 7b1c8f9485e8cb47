"""What differs between two results, on tables whose differences are seen by eye, and by its laws.

Case matrix
coverage    | same, less than 1 m² apart, another best, another high alone, other extents unknown
contacts    | changed, new, gone; apart, unknown and absent are alike; the order of a pair does not matter
allocations | more, less, new claim, claim gone, nothing allocated at all; no quota; years against each other
"""

from __future__ import annotations

from types import SimpleNamespace

import hypothesis
import pandas as pd
from hypothesis import strategies as st

from parkmap.analysis.changes import (
    allocation_changes,
    cluster_counts,
    contact_changes,
    coverage_changes,
    net_change_m2,
)
from parkmap.analysis.coverage import Coverage

NOTHING = pd.DataFrame()


def covered(**rows):
    """Coverage from district to low, best, high and unknown zones."""
    frame = pd.DataFrame(
        [(*ends, best / 1000, unknown) for *ends, unknown in rows.values() for best in [ends[1]]],
        index=list(rows),
        columns=["covered_low_m2", "covered_best_m2", "covered_high_m2", "share_best", "unknown_items"],
    )
    return Coverage(districts=frame, pairs=NOTHING, items=NOTHING)


def adjacent(pairs, cluster=(), isolate=()):
    index = pd.MultiIndex.from_tuples(list(pairs), names=["item", "other"])
    items = pd.DataFrame({"cluster": list(cluster), "isolate": list(isolate)})
    return SimpleNamespace(pairs=pd.DataFrame({"contact": list(pairs.values())}, index=index), items=items)


def quota(*rows):
    return pd.DataFrame(rows, columns=["item", "commodity", "year", "allocated_m2"])


def test_districts_covered_differently():
    before = covered(a=(0, 100, 200, ()), b=(0, 100, 200, ()), c=(0, 100, 200, ()), d=(0, 100, 200, ("x", "y")))
    after = covered(d=(0, 100, 200, ("y", "z")), c=(0, 100, 205, ()), b=(0, 100.9, 200, ()), a=(0, 70, 200, ()))
    found = coverage_changes(before, after)
    assert list(found.index) == ["a", "c", "d"]
    assert found["change_m2"].tolist() == [-30, 0, 0]
    assert net_change_m2(found) == -30
    assert found.at["a", "after_share"] == 0.07
    assert found.at["d", "after_unknown"] == ("y", "z")


def test_nothing_differs_from_itself():
    same = covered(a=(0, 1, 2, ("x",)))
    assert coverage_changes(same, same).empty
    pairs = adjacent({("a", "b"): "border"})
    assert contact_changes(pairs, pairs).empty
    claims = quota(("a", "land", 2025, 5))
    assert allocation_changes(claims, claims).empty


def test_pairs_that_meet_differently():
    before = adjacent({("a", "b"): "border", ("c", "b"): "apart", ("d", "a"): "point", ("e", "f"): "unknown"})
    after = adjacent({("b", "a"): "overlap", ("b", "c"): "unknown", ("g", "h"): "border", ("i", "j"): "apart"})
    found = contact_changes(before, after)
    assert found.to_numpy().tolist() == [
        ["a", "b", "border", "overlap"],
        ["a", "d", "point", None],
        ["g", "h", None, "border"],
    ]


def test_clusters_and_isolated_zones_of_either_side():
    before = adjacent({("a", "b"): "border"}, cluster=[1, 1, 2], isolate=[False, False, True])
    after = adjacent({("a", "b"): "apart"}, cluster=[1, 2, 3], isolate=[True, True, True])
    assert cluster_counts(before, after) == {
        "before_clusters": 2,
        "after_clusters": 3,
        "before_isolates": 1,
        "after_isolates": 3,
    }


def test_claims_that_get_more_less_or_are_gone():
    before = quota(("a", "land", 2025, 10), ("b", "land", 2025, 5), ("c", "land", 2025, None), ("d", "land", 2025, 1))
    after = quota(("a", "land", 2025, 7), ("d", "land", 2025, 1), ("e", "floor_space", 2026, 3))
    found = allocation_changes(before, after)
    assert found[["item", "before_m2", "after_m2", "change_m2"]].to_numpy().tolist() == [
        ["a", 10, 7, -3],
        ["b", 5, None, -5],
        ["e", None, 3, 3],
    ]
    assert allocation_changes(None, None).empty
    assert allocation_changes(None, before)["after_m2"].tolist() == [10, 5, 1]


def test_one_year_against_another():
    claims = quota(("a", "land", 2025, 10), ("a", "land", 2026, 4), ("b", "land", 2025, 6), ("c", "land", 2026, 2))
    found = allocation_changes(claims, claims, years=(2025, 2026))
    assert found.to_numpy().tolist() == [
        ["a", "land", 2025, 2026, 10, 4, -6],
        ["b", "land", 2025, 2026, 6, None, -6],
        ["c", "land", 2025, 2026, None, 2, 2],
    ]
    assert allocation_changes(claims, claims, years=(2025, 2025)).empty


amounts = st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(2025, 2027)), st.integers(0, 9))


@hypothesis.given(amounts, amounts)
def test_changes_sum_up_and_turn_with_the_sides(before, after):
    one, two = (quota(*((item, "land", year, m2) for (item, year), m2 in side.items())) for side in (before, after))
    there, back = allocation_changes(one, two), allocation_changes(two, one)
    assert there["change_m2"].sum() == sum(after.values()) - sum(before.values())
    assert there["change_m2"].tolist() == [-change for change in back["change_m2"]]
    assert there["before_m2"].tolist() == back["after_m2"].tolist()
