"""Questions that are not well put: every problem is named at once, with the ids, in both languages.

Cases: no demand; demand without weight; negative weight; repeated ids; no usable site; unknown status; negative
capacity; missing and negative ways; neither number nor budget; budget without prices; negative limits.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from lines import line

from parkmap.analysis.siting.cover import max_cover, set_cover
from parkmap.analysis.siting.median import p_median
from parkmap.errors import InvalidInputError


def refused(solve, *arguments, **keywords):
    with pytest.raises(InvalidInputError) as caught:
        solve(*arguments, **keywords)
    found = caught.value.findings
    for finding in found:
        for lang in ("zh", "en"):
            assert finding.text(lang)
            assert finding.advice(lang)
    return [(finding.code, finding.ids) for finding in found]


def test_demand_without_weight_is_named():
    assert refused(p_median, line(weights=[1, np.nan, 1, -2, 1, np.inf], count=1)) == [
        ("siting.no_weight", ("d1", "d3", "d5"))
    ]


def test_empty_demand():
    question = line(count=1)
    empty = dataclasses.replace(question, demand=question.demand[:0], cost=question.cost[:0])
    assert ("siting.no_demand", ()) in refused(p_median, empty)


def test_repeated_ids():
    question = line(count=1)
    twice = dataclasses.replace(
        question,
        demand=pd.Series(1.0, index=["a", "a", "b", "c", "d", "e"]),
        sites=question.sites.set_axis(list("xxyzuv")),
    )
    assert refused(p_median, twice) == [("siting.repeated", ("a",)), ("siting.repeated", ("x",))]


def test_no_usable_site():
    assert ("siting.no_site", ()) in refused(
        max_cover, line(status=dict.fromkeys(range(6), "forbidden"), count=1), reach=1
    )


def test_an_unknown_status_and_a_negative_capacity():
    assert refused(p_median, line(status={2: "open"}, capacity=-1.0, count=1)) == [
        ("siting.status", ("s2",)),
        ("siting.negative", tuple(f"s{i}" for i in range(6))),
    ]


def test_missing_and_negative_ways():
    question = line(count=1)
    cost = question.cost.copy()
    cost[1, 0], cost[4, 2] = np.nan, -1
    assert refused(p_median, dataclasses.replace(question, cost=cost)) == [("siting.cost", ("d1", "d4"))]


def test_neither_number_nor_budget():
    assert refused(p_median, line()) == [("siting.no_limit", ())]
    assert set_cover(line(), reach=1).objective == 2


def test_a_budget_needs_prices():
    prices = [1, 2, np.nan, 4, 0, 6]
    assert refused(p_median, line(price=prices, budget_yuan=5)) == [("siting.no_price", ("s2", "s4"))]
    assert refused(set_cover, line(price=prices), reach=1, least="price") == [("siting.no_price", ("s2", "s4"))]


def test_negative_limits_are_told_together():
    found = refused(max_cover, line(count=-1, within=-2), reach=-3)
    assert [code for code, _ in found] == ["siting.negative_number"] * 3
