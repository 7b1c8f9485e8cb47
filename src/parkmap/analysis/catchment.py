"""Which demand reaches which site: the nearest site of each point, and what falls to each site within each band."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.network.routing import prepare_router
from parkmap.analysis.network.travel import mixed_costs
from parkmap.analysis.service_area import rule_findings
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.service_area import ReachRules

CELLS: Final = 4_000_000
"""Pairs of site and demand looked at in one go: 32 MB of costs."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reachability:
    """Result of `reachability`.

    Parameters
    ----------
    demand
        Index demand. weight; nearest (site, missing where none is within the last cut-off); cost (to it, in the unit
        of the rules); method (`network` or `estimate`, of that cost; None where the streets lead to none);
        sites_within (tuple of counts, one per cut-off).
    catchments
        Index (site, cutoff). method (`estimate` where any of its costs is one); points and weight for which the site is
        the nearest; reachable_points and reachable_weight within the cut-off, whichever site is nearest.
    totals
        Index cutoff. points, weight within any site's cut-off; share of all weight.
    pairs
        demand, site, cost, estimate: one row per pair within the last cut-off, sorted.
    """

    demand: pd.DataFrame
    catchments: pd.DataFrame
    totals: pd.DataFrame
    pairs: pd.DataFrame


def reachability(
    demand: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, roads: Roads | None, rules: ReachRules
) -> Reachability:
    """Measure the cost between demand and sites, and share the demand out to the nearest site.

    Parameters
    ----------
    demand
        Index demand; points with a column `weight`, in the metric system of the network. Focal frame: rows are
        independent of each other.
    sites
        Index site; points in the same system.
    roads
        The network, or None: then every cost is an estimate.
    rules
        Cut-offs, profile, direction.

    Returns
    -------
    Reachability
        Tables by demand, by site and in total.

    Raises
    ------
    InvalidInputError
        When there is no demand or no site, or weights are missing or negative; with their ids.
    """
    problems = [*rule_findings(rules), *_findings(demand, sites)]
    if problems:
        raise InvalidInputError(problems)
    pairs = _pairs(demand, sites, roads, rules)
    best = pairs.sort_values(["demand", "cost"], kind="stable").drop_duplicates("demand").set_index("demand")
    fallback = "estimate" if roads is None else None
    return Reachability(
        demand=_demand_table(demand, pairs, best, rules, fallback),
        catchments=_catchments(demand, sites, pairs, best, rules, fallback),
        totals=_totals(demand, best, rules),
        pairs=pairs,
    )


def _findings(demand: gpd.GeoDataFrame, sites: gpd.GeoDataFrame) -> Iterator[Finding]:
    if len(sites) == 0:
        yield finding("reach.no_sites", "error")
    if len(demand) == 0:
        yield finding("reach.no_demand", "error")
        return
    weight = pd.to_numeric(demand["weight"], errors="coerce").to_numpy(dtype=np.float64)
    ids = tuple(str(name) for name in demand.index[~(np.isfinite(weight) & (weight >= 0))])
    if ids:
        yield finding("reach.weight", "error", key=", ".join(ids[:5]), ids=ids, count=len(ids))


def _pairs(demand: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, roads: Roads | None, rules: ReachRules) -> pd.DataFrame:
    router = (
        None if roads is None else prepare_router(roads, profile=rules.profile, unit=rules.unit, towards=rules.towards)
    )
    starts = shapely.get_coordinates(sites.geometry.to_numpy())
    ends = shapely.get_coordinates(demand.geometry.to_numpy())
    step = max(1, CELLS // len(starts))
    found = []
    for first in range(0, len(ends), step):
        cost, estimate = mixed_costs(
            router,
            starts,
            ends[first : first + step],
            unit=rules.unit,
            assumed=rules.assumed,
            limit=rules.cutoffs[-1],
        )
        end, start = np.nonzero(np.isfinite(cost.T))
        found.append((end + first, start, cost[start, end], estimate[start, end]))
    end, start, values, guessed = (np.concatenate(column) for column in zip(*found, strict=True))
    names = {"demand": demand.index.to_numpy()[end], "site": sites.index.to_numpy()[start]}
    return pd.DataFrame({**names, "cost": values, "estimate": guessed})


def _methods(guessed: pd.Series, fallback: str | None) -> pd.Series:
    """Return `estimate` or `network`; where nothing was reached, the fallback."""
    words = guessed.map({True: "estimate", False: "network"}).astype(object)
    return words.where(words.notna(), fallback)


def _demand_table(
    demand: gpd.GeoDataFrame, pairs: pd.DataFrame, best: pd.DataFrame, rules: ReachRules, fallback: str | None
) -> pd.DataFrame:
    result = pd.DataFrame({"weight": demand["weight"].astype(float)}, index=demand.index.rename("demand"))
    result["nearest"] = best["site"].reindex(result.index)
    result["cost"] = best["cost"].reindex(result.index)
    result["method"] = _methods(best["estimate"].reindex(result.index), fallback)
    counts = [
        pairs[pairs["cost"] <= cutoff].groupby("demand").size().reindex(result.index, fill_value=0)
        for cutoff in rules.cutoffs
    ]
    result["sites_within"] = list(zip(*(count.tolist() for count in counts), strict=True))
    return result


def _catchments(
    demand: gpd.GeoDataFrame,
    sites: gpd.GeoDataFrame,
    pairs: pd.DataFrame,
    best: pd.DataFrame,
    rules: ReachRules,
    fallback: str | None,
) -> pd.DataFrame:
    weight = demand["weight"].astype(float)
    own = best.reset_index()
    index = pd.MultiIndex.from_product([sites.index, list(rules.cutoffs)], names=["site", "cutoff"])
    parts = []
    for cutoff in rules.cutoffs:
        columns = {}
        for prefix, table in (("", own), ("reachable_", pairs)):
            near = table[table["cost"] <= cutoff]
            grouped = near.assign(weight=weight.loc[near["demand"]].to_numpy()).groupby("site")
            columns[f"{prefix}points"] = grouped.size().reindex(sites.index, fill_value=0)
            columns[f"{prefix}weight"] = grouped["weight"].sum().reindex(sites.index, fill_value=0.0)
        near = pairs[pairs["cost"] <= cutoff]
        guessed = near.groupby("site")["estimate"].any().reindex(sites.index)
        columns["method"] = _methods(guessed, fallback)
        parts.append(pd.DataFrame(columns).assign(cutoff=cutoff).set_index("cutoff", append=True))
    return pd.concat(parts).rename_axis(["site", "cutoff"]).loc[index]


def _totals(demand: gpd.GeoDataFrame, best: pd.DataFrame, rules: ReachRules) -> pd.DataFrame:
    weight = demand["weight"].astype(float)
    total = float(weight.sum())
    rows = []
    for cutoff in rules.cutoffs:
        near = best.index[best["cost"] <= cutoff]
        held = float(weight.loc[near].sum())
        rows.append({"points": len(near), "weight": held, "share": held / total if total else np.nan})
    return pd.DataFrame(rows, index=pd.Index(rules.cutoffs, name="cutoff"))
