"""How well demand is served by sites with a capacity: counts, nearest sites, and floating catchments.

All of them read one long table of costs between demand and sites, as `reachability` returns it, so that they can be
compared on equal terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LUO_QI_WEIGHTS: Final = (1.0, 0.68, 0.22)
"""Weights of three bands after Luo and Qi (2009)."""


def cumulative_opportunities(pairs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, cutoff: float) -> pd.Series:
    """Return how much supply each demand point has within a cut-off.

    Parameters
    ----------
    pairs
        demand, site, cost.
    demand
        Index demand; weights are not used, the index gives the rows.
    supply
        Index site; capacity of each site.
    cutoff
        Largest cost, in the unit of `pairs`.

    Returns
    -------
    Series, index demand
        Sum of the capacities within the cut-off; 0 where there is none. Wachs and Kumagai (1973).
    """
    near = pairs[pairs["cost"] <= cutoff]
    held = supply.loc[near["site"]].to_numpy(dtype=np.float64)
    return _by_demand(near, held, demand)


def nearest_costs(pairs: pd.DataFrame, demand: pd.Series, *, k: int) -> pd.DataFrame:
    """Return the costs to the k nearest sites.

    Parameters
    ----------
    pairs
        demand, site, cost.
    demand
        Index demand; gives the rows.
    k
        How many sites.

    Returns
    -------
    DataFrame, index demand, columns 1 to k
        Costs, rising; missing where fewer sites are in `pairs`.
    """
    ranked = pairs.sort_values(["demand", "cost"], kind="stable")
    rank = ranked.groupby("demand").cumcount() + 1
    kept = ranked[rank <= k].assign(rank=rank)
    table = kept.pivot_table(index="demand", columns="rank", values="cost")
    return table.reindex(index=demand.index, columns=range(1, k + 1)).rename_axis(index="demand", columns=None)


def two_step_fca(pairs: pd.DataFrame, demand: pd.Series, supply: pd.Series, *, cutoff: float) -> pd.Series:
    """Return the accessibility of each demand point by the two-step floating catchment area method.

    First each site shares its capacity over the demand within the cut-off, then each demand point adds up the shares
    of the sites within the cut-off. Luo and Wang (2003), Environment and Planning B 30(6).

    Parameters
    ----------
    pairs
        demand, site, cost.
    demand
        Index demand; weight of each point.
    supply
        Index site; capacity of each site.
    cutoff
        Largest cost, in the unit of `pairs`.

    Returns
    -------
    Series, index demand
        Capacity per unit of weight.

    Raises
    ------
    InvalidInputError
        When weights or capacities are missing or negative; with their ids.
    """
    return enhanced_two_step_fca(pairs, demand, supply, cutoffs=(cutoff,), weights=(1.0,))


def enhanced_two_step_fca(
    pairs: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    *,
    cutoffs: Sequence[float],
    weights: Sequence[float],
) -> pd.Series:
    """Return the accessibility by the enhanced method, in which nearer bands weigh more.

    Luo and Qi (2009), Health and Place 15(4): the weight of a pair's band is applied in both steps.

    Parameters
    ----------
    pairs
        demand, site, cost.
    demand
        Index demand; weight of each point.
    supply
        Index site; capacity of each site.
    cutoffs
        Limits of the bands, rising, in the unit of `pairs`.
    weights
        Weight of each band, for example 1, 0.68 and 0.22 after Luo and Qi.

    Returns
    -------
    Series, index demand
        Capacity per unit of weight.

    Raises
    ------
    InvalidInputError
        When weights or capacities are missing or negative, or there is not one weight per band.
    """
    problems = list(_findings(demand, supply, cutoffs, weights))
    if problems:
        raise InvalidInputError(problems)
    near = pairs[pairs["cost"] <= cutoffs[-1]]
    decay = _band_weights(near["cost"].to_numpy(dtype=np.float64), cutoffs, weights)
    crowd = demand.loc[near["demand"]].to_numpy(dtype=np.float64) * decay
    load = pd.Series(crowd, index=near["site"].to_numpy()).groupby(level=0).sum().reindex(supply.index, fill_value=0.0)
    share = (supply.astype(float) / load.where(load > 0)).fillna(0.0)
    return _by_demand(near, share.loc[near["site"]].to_numpy() * decay, demand)


def accessibility(
    pairs: pd.DataFrame,
    demand: pd.Series,
    supply: pd.Series,
    *,
    cutoffs: Sequence[float],
    weights: Sequence[float] = (),
) -> pd.DataFrame:
    """Return how well each demand point is served, by each measure.

    Parameters
    ----------
    pairs
        demand, site, cost.
    demand
        Index demand; weight of each point.
    supply
        Index site; capacity of each site.
    cutoffs
        Limits of the bands, rising, in the unit of `pairs`; all measures but the enhanced one use the last.
    weights
        Weight of each band in the enhanced method; empty leaves it out.

    Returns
    -------
    DataFrame, index demand
        opportunities (`cumulative_opportunities`), two_step (`two_step_fca`), enhanced (`enhanced_two_step_fca`;
        missing without weights).

    Raises
    ------
    InvalidInputError
        When weights or capacities are missing or negative, or there is not one weight per band.
    """
    last = cutoffs[-1]
    enhanced = enhanced_two_step_fca(pairs, demand, supply, cutoffs=cutoffs, weights=weights) if weights else np.nan
    columns = {
        "opportunities": cumulative_opportunities(pairs, demand, supply, cutoff=last),
        "two_step": two_step_fca(pairs, demand, supply, cutoff=last),
        "enhanced": enhanced,
    }
    return pd.DataFrame(columns, index=demand.index)


def _by_demand(pairs: pd.DataFrame, values: NDArray[np.float64], demand: pd.Series) -> pd.Series:
    total = pd.Series(values, index=pairs["demand"].to_numpy()).groupby(level=0).sum()
    return total.reindex(demand.index, fill_value=0.0).rename_axis("demand")


def _band_weights(cost: NDArray[np.float64], cutoffs: Sequence[float], weights: Sequence[float]) -> NDArray[np.float64]:
    """Return the weight of the band in which each cost lies; a limit belongs to the band that it ends."""
    band = np.searchsorted(np.asarray(cutoffs, dtype=np.float64), cost, side="left")
    return np.asarray(weights, dtype=np.float64)[band]


def _findings(
    demand: pd.Series, supply: pd.Series, cutoffs: Sequence[float], weights: Sequence[float]
) -> Iterator[Finding]:
    if len(cutoffs) != len(weights):
        yield finding("access.bands", "error", cutoffs=len(cutoffs), weights=len(weights))
    for code, values in (("reach.weight", demand), ("access.capacity", supply)):
        numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float64)
        ids = tuple(str(name) for name in values.index[~(np.isfinite(numbers) & (numbers >= 0))])
        if ids:
            yield finding(code, "error", key=", ".join(ids[:5]), ids=ids, count=len(ids))
