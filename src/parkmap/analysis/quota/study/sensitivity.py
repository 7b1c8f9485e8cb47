"""How an allocation responds to its inputs: shadow prices, weights, supply. All before rounding to 1 m2."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.methods.ideal import ideal
from parkmap.analysis.quota.methods.nested import cut
from parkmap.analysis.quota.methods.parametric import PARAMETRIC_RULES
from parkmap.analysis.quota.model.columns import NO_CAP
from parkmap.analysis.quota.model.nesting import tree_of
from parkmap.analysis.quota.model.region import Region, region_of
from parkmap.analysis.quota.rounding.apportion import snapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.defaults import MethodName

    Floats = NDArray[np.float64]

STEP_M2 = 1
MOVED_M2 = 1e-4
"""A claim has left its floor, and not yet reached its cap, when more than this lies between: more than arithmetic."""


def shadow_prices(problem: Problem, *, method: MethodName = "priority", fairness: float = 0.0) -> pd.DataFrame:
    """Return for each binding bound the effect of one more square metre.

    Parameters
    ----------
    problem
        A feasible problem; all claims are taken as divisible.
    method, fairness
        As in `solve`.

    Returns
    -------
    DataFrame
        One row per binding bound: kind (`supply`, `pool_access`, `group_cap`, `group_floor`, `claim_cap`,
        `claim_floor`), id, rule, bound_m2, total_m2 (change of the total allocation), benefit (change of the sum of
        weight times square metres; for `max-benefit` this is the dual of the linear program), winner (the claim that
        gains most) and winner_m2. Each is the effect of easing the bound by 1 m2, solved again: caps and supplies up,
        floors down. Bounds whose easing changes nothing are left out.
    """
    region = region_of(problem)
    before = ideal(method, problem.claims, region, fairness=fairness)
    weight = problem.claims["weight"].to_numpy(dtype=float)
    rows = []
    for kind, name, rule, m2, eased in _eased(problem, region, before):
        bounded = problem.claims.assign(floor_m2=eased.low, cap_m2=eased.high)
        change = ideal(method, bounded, eased, fairness=fairness) - before
        change[np.abs(change) < 1e-7] = 0.0  # noqa: PLR2004 -- arithmetic of two solutions
        if change.any():
            best = int(np.argmax(change))
            total, gain = float(change.sum()), float(weight @ change)
            rows.append((kind, name, rule, m2, total, gain, problem.claims.index[best], float(change[best])))
    columns = ["kind", "id", "rule", "bound_m2", "total_m2", "benefit", "winner", "winner_m2"]
    return pd.DataFrame(rows, columns=columns).round({"total_m2": 6, "benefit": 6, "winner_m2": 6})


def _eased(problem: Problem, region: Region, before: Floats) -> Iterator[tuple[str, str, str, int, Region]]:
    """Yield each binding bound with the region in which it is eased."""
    sums = region.row_sums(before)
    for row, what in enumerate(region.rows):
        rule = problem.groups.loc[what.id, "rule"] if what.kind == "group" else _pool_rules(problem, what.pools)
        caps = {"supply": "supply", "pool_access": "pool_access", "group": "group_cap"}
        if abs(sums[row] - region.row_high[row]) < 1e-3:  # noqa: PLR2004 -- sums carry arithmetic
            high = region.row_high.copy()
            high[row] += STEP_M2
            lifted = dataclasses.replace(region, row_high=high)
            yield caps[what.kind], what.id, rule, int(region.row_high[row]), lifted
        if region.row_low[row] > 0 and abs(sums[row] - region.row_low[row]) < 1e-3:  # noqa: PLR2004
            low = region.row_low.copy()
            low[row] -= STEP_M2
            yield "group_floor", what.id, rule, int(region.row_low[row]), dataclasses.replace(region, row_low=low)
    claims = problem.claims
    for at in np.flatnonzero((before > region.high - 0.5) & (region.high < claims["claim_m2"].to_numpy())).tolist():
        high = region.high.copy()
        high[at] += STEP_M2
        row = claims.iloc[at]
        yield "claim_cap", str(row.name), row["cap_rule"], int(region.high[at]), dataclasses.replace(region, high=high)
    for at in np.flatnonzero((before < region.low + 0.5) & (region.low > 0)).tolist():
        low = region.low.copy()
        low[at] -= STEP_M2
        row = claims.iloc[at]
        yield "claim_floor", str(row.name), row["floor_rule"], int(region.low[at]), dataclasses.replace(region, low=low)


def _pool_rules(problem: Problem, pools: tuple[str, ...]) -> str:
    rules = dict.fromkeys(rule for rule in problem.pools.loc[list(pools), "rule"] if rule)
    return ", ".join(rules)


def weight_ranges(
    problem: Problem, *, method: MethodName = "priority", percent: float = 10.0, fairness: float = 0.0
) -> pd.DataFrame:
    """Return the range of each claim's quota when all weights may be off by so many per cent.

    Parameters
    ----------
    problem
        A feasible problem; all claims are taken as divisible.
    method, fairness
        As in `solve`.
    percent
        Every weight may lie anywhere between ``1 - percent/100`` and ``1 + percent/100`` times its value.

    Returns
    -------
    DataFrame
        Index claim: low_m2, ideal_m2, high_m2 (floats), best_rank, worst_rank (of the quota among the claims of the
        market, as far as the ranges leave room), rank_stable, exact. Under nested bounds a claim gets more when its own
        weight rises and no more when another's does, so the range is attained at two corners of the box and `exact`;
        under crossing bounds these corners are only a part of the box.
    """
    region, claims = region_of(problem), problem.claims
    middle = ideal(method, claims, region, fairness=fairness)
    low, high = middle.copy(), middle.copy()
    if METHODS[method].by_weight and percent > 0:
        weight = claims["weight"].to_numpy(dtype=float)
        down, up = weight * (1 - percent / 100), weight * (1 + percent / 100)
        for at in np.flatnonzero(region.high > region.low).tolist():
            low[at] = _at_corner(method, claims, region, (down, up, at), fairness)
            high[at] = _at_corner(method, claims, region, (up, down, at), fairness)
        low, high = np.minimum(low, middle), np.maximum(high, middle)
    table = pd.DataFrame({"low_m2": low, "ideal_m2": middle, "high_m2": high}, index=claims.index)
    ranks = _ranks(table, claims)
    exact = region.structure == "nested" or not METHODS[method].by_weight
    return table.join(ranks).assign(rank_stable=ranks["best_rank"] == ranks["worst_rank"], exact=exact)


def _at_corner(
    method: MethodName, claims: pd.DataFrame, region: Region, corner: tuple[Floats, Floats, int], fairness: float
) -> float:
    own, others, at = corner
    weight = others.copy()
    weight[at] = own[at]
    return float(ideal(method, claims.assign(weight=weight), region, fairness=fairness)[at])


def _ranks(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    best = pd.Series(1, index=table.index)
    worst = pd.Series(1, index=table.index)
    for _, own in table.groupby([claims["commodity"], claims["year"]]):
        low, high = np.sort(snapped(own["low_m2"].to_numpy())), np.sort(snapped(own["high_m2"].to_numpy()))
        surely_above = len(own) - np.searchsorted(low, snapped(own["high_m2"].to_numpy()), side="right")
        perhaps_above = len(own) - np.searchsorted(high, snapped(own["low_m2"].to_numpy()), side="right")
        moving = (own["high_m2"] > own["low_m2"]).to_numpy()
        best[own.index] = 1 + surely_above
        worst[own.index] = np.maximum(1 + perhaps_above - moving, 1 + surely_above)
    return pd.DataFrame({"best_rank": best, "worst_rank": worst})


def break_even(problem: Problem, *, method: MethodName = "priority", fairness: float = 0.0) -> pd.DataFrame:
    """Return the supply from which each claim gets more than floors hold for it, and the supply that meets it in full.

    Parameters
    ----------
    problem
        A feasible problem; all claims are taken as divisible.
    method, fairness
        As in `solve`.

    Returns
    -------
    DataFrame
        Index claim: starts_m2 and met_m2, the total supply of the claim's market (all else equal), nullable floats:
        empty where no supply is enough because a group or the pools open to the claim hold it back. Under nested
        bounds they are read off the rule; under crossing ones they are the whole numbers next to it, by bisection:
        starts_m2 the last supply at which it gets no more than under the least one, met_m2 the first that meets it.
    """
    region = region_of(problem)
    if method == "dial":
        parts = [break_even(problem, method=name) for name in ("priority", "proportional")]
        chosen = [part for part, share in zip(parts, (1 - fairness, fairness), strict=True) if share > 0]
        starts = pd.concat([part["starts_m2"] for part in chosen], axis=1).min(axis=1)
        met = pd.concat([part["met_m2"] for part in chosen], axis=1).max(axis=1, skipna=False)
        return pd.DataFrame({"starts_m2": starts, "met_m2": met})
    if region.structure == "nested" and _outermost_supplies(region):
        return _read_off(problem, method, region)
    return _bisected(problem, method, region)


def _outermost_supplies(region: Region) -> bool:
    """Tell whether the outermost rows are the supplies of the markets, so that each market has a level of its own."""
    tree = tree_of(region)
    return all(region.rows[k].kind == "supply" for k in np.flatnonzero(tree.depth == 0).tolist())


def _without_supply(region: Region) -> Region:
    supply = np.array([row.kind == "supply" for row in region.rows], dtype=bool)
    return dataclasses.replace(region, row_high=np.where(supply, NO_CAP, region.row_high))


def _read_off(problem: Problem, method: MethodName, region: Region) -> pd.DataFrame:
    claims = problem.claims
    segments = PARAMETRIC_RULES["max-benefit" if method == "indivisible" else method](claims)
    start, end = cut(segments, _without_supply(region), tree_of(region))
    markets = claims.groupby(["commodity", "year"], sort=False).ngroup().to_numpy()
    starts, met = np.full(len(claims), np.nan), np.full(len(claims), np.nan)
    begin, finish = np.full(len(claims), np.inf), np.full(len(claims), -np.inf)
    rising = end > start
    np.minimum.at(begin, segments.claim[rising], start[rising])
    np.maximum.at(finish, segments.claim[rising], end[rising])  # what floors of groups force needs no level
    blocked = np.zeros(len(claims), dtype=bool)
    np.logical_or.at(blocked, segments.claim, end < segments.end)
    for market in np.unique(markets):
        own = markets == market
        mine = own[segments.claim]
        level, total = _totals(start[mine], end[mine], segments.slope[mine])
        base = float(region.low[own].sum() + (segments.slope * (start - segments.start))[mine].sum())
        starts[own] = np.where(np.isfinite(begin[own]), base + np.interp(begin[own], level, total), np.nan)
        met[own] = np.where(np.isfinite(finish[own]), base + np.interp(finish[own], level, total), base)
        met[own & blocked] = np.nan
    settled = region.high == region.low
    return pd.DataFrame({"starts_m2": np.where(settled, np.nan, starts), "met_m2": met}, index=claims.index)


def _totals(start: Floats, end: Floats, slope: Floats) -> tuple[Floats, Floats]:
    """Return the breakpoints of the level, and how much all segments together have grown there."""
    level = np.concatenate([start, end])
    order = np.argsort(level, kind="stable")
    level = level[order]
    if not len(level):
        return np.zeros(1), np.zeros(1)
    speed = np.cumsum(np.concatenate([slope, -slope])[order])
    return level, np.concatenate([[0.0], np.cumsum(speed[:-1] * np.diff(level))])


def _bisected(problem: Problem, method: MethodName, region: Region) -> pd.DataFrame:
    claims = problem.claims
    starts, met = np.full(len(claims), np.nan), np.full(len(claims), np.nan)
    for row in [k for k, what in enumerate(region.rows) if what.kind == "supply"]:
        cells = region.matrix.indices[region.matrix.indptr[row] : region.matrix.indptr[row + 1]]
        own = np.flatnonzero(np.isin(region.cell, cells))
        cache: dict[int, Floats] = {}
        least, most = int(region.low[own].sum()), int(region.high[own].sum())
        least = max(least, _least_feasible(region, row, least, most))
        for at in own.tolist():
            setting, ends = (problem, method, region, row), (least, most)
            met[at] = _first(cache, setting, (at, region.high[at] - MOVED_M2), ends)
            if region.high[at] > region.low[at]:
                held = float(_at_supply(cache, setting, least)[at])
                starts[at] = max(_first(cache, setting, (at, held + MOVED_M2), ends) - 1, least)
    return pd.DataFrame({"starts_m2": starts, "met_m2": met}, index=claims.index)


def _least_feasible(region: Region, row: int, least: int, most: int) -> int:
    """Return the least supply for which the region stays feasible."""
    from parkmap.analysis.quota.conflict.elastic import overshoot_m2  # noqa: PLC0415 -- needed under crossing bounds only

    while least < most:
        middle = (least + most) // 2
        if overshoot_m2(_supplied(region, row, middle)) > 0:
            least = middle + 1
        else:
            most = middle
    return least


def _supplied(region: Region, row: int, supply: int) -> Region:
    high = region.row_high.copy()
    high[row] = supply
    return dataclasses.replace(region, row_high=high)


def _at_supply(cache: dict[int, Floats], setting: tuple[Problem, MethodName, Region, int], supply: int) -> Floats:
    """Return what the claims get when a market has that supply."""
    problem, method, region, row = setting
    if supply not in cache:
        cache[supply] = ideal(method, problem.claims, _supplied(region, row, supply))
    return cache[supply]


def _first(
    cache: dict[int, Floats],
    setting: tuple[Problem, MethodName, Region, int],
    wanted: tuple[int, float],
    ends: tuple[int, int],
) -> float:
    """Return the first supply at which a claim gets what is wanted, or nan."""

    def reaches(supply: int) -> bool:
        return bool(_at_supply(cache, setting, supply)[wanted[0]] >= wanted[1])

    low, high = ends
    if not reaches(high):
        return float("nan")
    while low < high:
        middle = (low + high) // 2
        if reaches(middle):
            high = middle
        else:
            low = middle + 1
    return float(low)
