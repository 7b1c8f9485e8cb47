"""Accessibility.

measure   | cumulative, nearest, two-step, enhanced
oracle    | by hand on two sites and three points; PySAL's `access` on random tables; conservation of capacity
input     | nothing within reach, zero demand, missing or negative numbers, bands without weights
"""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parkmap.analysis.accessibility import (
    accessibility,
    cumulative_opportunities,
    enhanced_two_step_fca,
    nearest_costs,
    two_step_fca,
)
from parkmap.errors import InvalidInputError

DEMAND = pd.Series({"a": 10.0, "b": 30.0, "c": 5.0})
SUPPLY = pd.Series({"x": 8.0, "y": 3.0})
PAIRS = pd.DataFrame(
    [("a", "x", 2.0), ("b", "x", 4.0), ("b", "y", 9.0), ("a", "y", 12.0)], columns=["demand", "site", "cost"]
)
"""c reaches nothing."""


def test_cumulative_opportunities():
    found = cumulative_opportunities(PAIRS, DEMAND, SUPPLY, cutoff=10.0)
    assert found.to_dict() == {"a": 8.0, "b": 11.0, "c": 0.0}


def test_nearest():
    found = nearest_costs(PAIRS, DEMAND, k=3)
    assert list(found.columns) == [1, 2, 3]
    assert found.loc["a"].dropna().tolist() == [2.0, 12.0]
    assert found.loc["b"].dropna().tolist() == [4.0, 9.0]
    assert found.loc["c"].isna().all()


def test_two_step_by_hand():
    found = two_step_fca(PAIRS, DEMAND, SUPPLY, cutoff=10.0)
    assert found.to_dict() == pytest.approx({"a": 8 / 40, "b": 8 / 40 + 3 / 30, "c": 0.0})


def test_enhanced_by_hand():
    found = enhanced_two_step_fca(PAIRS, DEMAND, SUPPLY, cutoffs=(3.0, 10.0), weights=(1.0, 0.5))
    x, y = 8 / (10 + 0.5 * 30), 3 / (0.5 * 30)
    assert found.to_dict() == pytest.approx({"a": x, "b": 0.5 * (x + y), "c": 0.0})


def test_all_measures_beside_each_other():
    found = accessibility(PAIRS, DEMAND, SUPPLY, cutoffs=(3.0, 10.0), weights=(1.0, 0.5))
    assert found.loc["b"].to_dict() == pytest.approx({"opportunities": 11.0, "two_step": 0.3, "enhanced": 0.26})
    assert accessibility(PAIRS, DEMAND, SUPPLY, cutoffs=(3.0, 10.0))["enhanced"].isna().all()


def test_a_limit_belongs_to_the_band_that_it_ends():
    found = enhanced_two_step_fca(PAIRS, DEMAND, SUPPLY, cutoffs=(2.0, 10.0), weights=(1.0, 0.0))
    assert found.to_dict() == pytest.approx({"a": 8 / 10, "b": 0.0, "c": 0.0})


def test_sites_without_demand_share_nothing():
    found = two_step_fca(PAIRS, DEMAND * 0, SUPPLY, cutoff=10.0)
    assert found.to_dict() == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_every_bad_number_is_named_at_once():
    with pytest.raises(InvalidInputError) as caught:
        enhanced_two_step_fca(
            PAIRS,
            pd.Series({"a": np.nan, "b": 1.0, "c": 1.0}),
            pd.Series({"x": 1.0, "y": -1.0}),
            cutoffs=(1, 2),
            weights=(1,),
        )
    assert [(f.code, f.ids) for f in caught.value.findings] == [
        ("access.bands", ()),
        ("reach.weight", ("a",)),
        ("access.capacity", ("y",)),
    ]


def tables(seed):
    """Return a random table of costs with demand and supply that all occur in it."""
    rng = np.random.default_rng(seed)
    demand = pd.Series(rng.integers(1, 50, 12).astype(float), index=[f"d{i}" for i in range(12)])
    supply = pd.Series(rng.integers(1, 20, 5).astype(float), index=[f"s{i}" for i in range(5)])
    full = [(d, s, float(rng.integers(1, 31))) for d in demand.index for s in supply.index]
    return pd.DataFrame(full, columns=["demand", "site", "cost"]), demand, supply


@given(st.integers(0, 2**32 - 1), st.floats(1, 30))
def test_capacity_is_shared_out_whole(seed, cutoff):
    pairs, demand, supply = tables(seed)
    given_out = (two_step_fca(pairs, demand, supply, cutoff=cutoff) * demand).sum()
    used = pairs[pairs["cost"] <= cutoff]["site"].unique()
    assert given_out == pytest.approx(supply.loc[used].sum())


@pytest.fixture(scope="module")
def pysal():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import access  # noqa: PLC0415  warns of its own dependencies
    return access


def by_pysal(pysal, measure, pairs, demand, supply, **keywords):
    """Return a measure of PySAL's `access` in the order of the demand; a point that reaches nothing has 0."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        own = pysal.Access(
            demand_df=demand.rename("people").rename_axis("origin").reset_index(),
            demand_index="origin",
            demand_value="people",
            supply_df=supply.rename("beds").rename_axis("dest").reset_index(),
            supply_index="dest",
            supply_value="beds",
            cost_df=pairs.rename(columns={"demand": "origin", "site": "dest"}),
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
        )
        getattr(own, measure)(name="own", **keywords)
    return own.access_df["own_beds"].reindex(demand.index).fillna(0.0).to_numpy()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("cutoff", [5.0, 15.0, 30.0])
def test_two_step_as_pysal_has_it(pysal, seed, cutoff):
    pairs, demand, supply = tables(seed)
    theirs = by_pysal(pysal, "two_stage_fca", pairs, demand, supply, max_cost=cutoff)
    assert two_step_fca(pairs, demand, supply, cutoff=cutoff).to_numpy() == pytest.approx(theirs)


@pytest.mark.parametrize("seed", range(5))
def test_enhanced_as_pysal_has_it(pysal, seed):
    pairs, demand, supply = tables(seed)
    bands = dict(zip((10.0, 20.0, 30.0), (1.0, 0.68, 0.22), strict=True))
    step = pysal.weights.step_fn(bands)
    theirs = by_pysal(pysal, "enhanced_two_stage_fca", pairs, demand, supply, max_cost=30.0, weight_fn=step)
    ours = enhanced_two_step_fca(pairs, demand, supply, cutoffs=tuple(bands), weights=tuple(bands.values()))
    assert ours.to_numpy() == pytest.approx(theirs)


@pytest.mark.parametrize("seed", range(5))
def test_cumulative_opportunities_as_pysal_has_them(pysal, seed):
    pairs, demand, supply = tables(seed)
    theirs = by_pysal(pysal, "weighted_catchment", pairs, demand, supply, max_cost=12.0)
    assert cumulative_opportunities(pairs, demand, supply, cutoff=12.0).to_numpy() == pytest.approx(theirs)
