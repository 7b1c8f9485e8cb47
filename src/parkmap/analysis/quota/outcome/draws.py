"""Which pool each square metre comes from."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from parkmap.analysis.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem

    Ints = NDArray[np.int64]


def draws_of(problem: Problem, values: pd.Series) -> pd.DataFrame:
    """Let the claims draw on the pools.

    Parameters
    ----------
    problem
        The problem.
    values
        Index claim; whole square metres, within every bound of the problem.

    Returns
    -------
    DataFrame
        claim, pool, m2, at (position of the claim), in the order of the claims. Pools are used up in their order;
        those of the same order side by side, in proportion to their supply, where all claims may draw on all of them.
        Where several claims want the same pool, the first tier, then the smaller tie key, then the smaller id comes
        first. Rows of a claim add up to its value; no pool is overdrawn.
    """
    claims = problem.claims[["commodity", "year", "tier", "tie_key", "pools"]].assign(
        m2=values, own=problem.claims.index, at=np.arange(len(problem.claims))
    )
    claims = claims[claims["m2"] > 0].sort_values("own", kind="stable").sort_values(["tier", "tie_key"], kind="stable")
    parts = [np.empty((0, 3), dtype=np.int64)]
    for (commodity, year), market in claims.groupby(["commodity", "year"], sort=False):
        own = np.flatnonzero((problem.pools["commodity"] == commodity) & (problem.pools["year"] == year))
        if len(own):
            parts += _market_draws(market, problem.pools.iloc[own], own)
    rows = np.concatenate(parts)
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    names = problem.claims.index.to_numpy(dtype=object), problem.pools.index.to_numpy(dtype=object)
    return pd.DataFrame(
        {"claim": names[0][rows[:, 0]], "pool": names[1][rows[:, 1]], "m2": rows[:, 2], "at": rows[:, 0]}
    )


def _market_draws(claims: pd.DataFrame, pools: pd.DataFrame, where: Ints) -> list[Ints]:
    """Draw in one market: kinds of claims (by the pools open to them) first, then the claims of each kind."""
    order = np.argsort(pools["order"].to_numpy(), kind="stable")
    pools, where = pools.iloc[order], where[order]
    kinds, kind = _kinds(claims["pools"], pools.index.tolist())
    amounts = np.bincount(kind, weights=claims["m2"], minlength=len(kinds)).astype(np.int64)
    supply = pools["supply_m2"].to_numpy(dtype=np.int64)
    if len(kinds) == 1:
        supply = np.where(kinds[0], supply, 0)  # what is closed to all that draw holds nothing for them
    table = _side_by_side(_kind_table(kinds, amounts, pools, supply), kinds, pools["order"].to_numpy(), supply)
    at, m2 = claims["at"].to_numpy(dtype=np.int64), claims["m2"].to_numpy(dtype=np.int64)
    return [_in_turn(at[kind == k], m2[kind == k], table[k], where) for k in range(len(kinds))]


def _kinds(sets: pd.Series, names: list[str]) -> tuple[NDArray[np.bool_], Ints]:
    """Return the different sets of pools open to claims, and which each claim has."""
    code, distinct = pd.factorize(sets)
    table = np.array([[not own or name in own for name in names] for own in distinct], dtype=bool)
    kinds, merged = np.unique(table, axis=0, return_inverse=True)
    return kinds, merged.ravel()[code]


def _kind_table(kinds: NDArray[np.bool_], amounts: Ints, pools: pd.DataFrame, supply: Ints) -> Ints:
    """Return how much each kind draws on each pool: early orders as fully as possible, in whole numbers."""
    if len(kinds) == 1:
        before = np.concatenate([[0], np.cumsum(supply)[:-1]])
        alone: Ints = np.clip(amounts[0] - before, 0, supply)[None, :].astype(np.int64)
        return alone
    k, p = kinds.shape
    arcs = np.argwhere(kinds)
    columns = np.arange(len(arcs))
    matrix = sparse.csr_array(
        (np.ones(2 * len(arcs)), (np.concatenate([arcs[:, 0], k + arcs[:, 1]]), np.concatenate([columns, columns]))),
        shape=(k + p, len(arcs)),
    )
    _, rank = np.unique(pools["order"].to_numpy(), return_inverse=True)
    low, high = np.concatenate([amounts, np.zeros(p)]), np.concatenate([amounts, supply])
    top = np.full(len(arcs), np.inf)
    cost = np.zeros(len(arcs))
    # Early orders first, one after the other: what they carry is settled before the next is looked at.
    for level in range(int(rank.max()) + 1):
        cost = (rank[arcs[:, 1]] == level).astype(float)
        found = Program(cost, matrix, rows=(low, high), columns=(np.zeros(len(arcs)), top)).solve()
        used = round(float(cost @ found.x))
        matrix = sparse.vstack([matrix, sparse.csr_array(cost[None, :])]).tocsr()
        low, high = np.append(low, used), np.append(high, used)
    table = np.zeros((k, p), dtype=np.int64)
    table[arcs[:, 0], arcs[:, 1]] = np.rint(found.x)
    return table


def _side_by_side(table: Ints, kinds: NDArray[np.bool_], order: Ints, supply: Ints) -> Ints:
    """Spread what pools of the same order give over all of them, where one kind alone draws on them."""
    if len(kinds) > 1:
        return table
    for level in np.unique(order):
        same = np.flatnonzero(order == level)
        if len(same) > 1:
            table[0, same] = _spread(int(table[0, same].sum()), supply[same])
    return table


def _spread(total: int, supply: Ints) -> Ints:
    """Divide a total in proportion to the supplies, by cumulative rounding in whole numbers."""
    ends = [0] + [total * int(part) // max(int(supply.sum()), 1) for part in np.cumsum(supply)]
    return np.array([end - start for start, end in itertools.pairwise(ends)], dtype=np.int64)


def _in_turn(claims: Ints, amounts: Ints, given: Ints, pools: Ints) -> Ints:
    """Let claims take their amounts from the pools in turn (north-west corner): rows of claim, pool, m2."""
    claim_end, pool_end = np.cumsum(amounts), np.cumsum(given)
    cuts = np.unique(np.concatenate([[0], claim_end, pool_end]))
    cuts = cuts[cuts <= claim_end[-1]]
    who = np.searchsorted(claim_end, cuts[:-1], side="right")
    where = np.searchsorted(pool_end, cuts[:-1], side="right")
    return np.column_stack([claims[who], pools[where], np.diff(cuts)])
