"""The frames of an outcome: claims with the bound that held them, totals, groups, pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.model.region import Region


def claims_table(
    problem: Problem, region: Region, values: NDArray[np.int64], ideal: NDArray[np.float64], *, by_tier: bool
) -> pd.DataFrame:
    """Return what each claim gets and what held it there.

    Parameters
    ----------
    problem
        The problem.
    region
        Its region, in the same order.
    values
        Whole allocation, shape (n,).
    ideal
        Allocation before rounding, shape (n,).
    by_tier
        Whether the method looks at tiers; only then can a claim wait for its tier.

    Returns
    -------
    DataFrame
        Index claim: allocated_m2, unmet_m2, ideal_m2, bound, bound_by, bound_rule.
    """
    claims = problem.claims
    asked, low, high = (claims[name].to_numpy(dtype=np.int64) for name in ("claim_m2", "floor_m2", "cap_m2"))
    row = _tight_row(region, values)
    kinds = np.array([r.kind for r in region.rows] + ["none"], dtype=object)[row]
    names = np.array([r.id for r in region.rows] + [""], dtype=object)[row]
    full, at_floor, whole = values == high, values == low, claims["indivisible"].to_numpy(dtype=bool)
    tests = [
        ("cap", full & (high < asked)),
        ("claim", full),
        ("indivisible", whole),
        ("tier", by_tier & at_floor & ~_tier_served(claims, values) & (kinds != "none")),
        ("floor", at_floor & (values > 0)),
        ("group", kinds == "group"),
    ]
    bound = np.select([test for _, test in tests], [name for name, _ in tests], default="supply").astype(object)
    by = np.where(np.isin(bound, ["group", "supply"]), names, "")
    return pd.DataFrame(
        {
            "allocated_m2": values,
            "unmet_m2": asked - values,
            "ideal_m2": ideal,
            "bound": bound,
            "bound_by": by,
            "bound_rule": _bound_rules(problem, bound, by),
        },
        index=claims.index,
    )


def _tight_row(region: Region, values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each claim the row of fewest cells that is full, or m where there is none."""
    m = len(region.rows)
    tight = region.row_sums(values) >= region.row_high
    size = np.asarray(region.matrix.sum(axis=1)).ravel()
    found = np.full(region.cells, m)
    for row in np.flatnonzero(tight)[np.argsort(-size[tight], kind="stable")]:
        found[region.matrix.indices[region.matrix.indptr[row] : region.matrix.indptr[row + 1]]] = row
    return found[region.cell]


def _tier_served(claims: pd.DataFrame, values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell whether any claim of the same market and tier got more than its floor, or the tier is the first."""
    above = pd.Series(values > claims["floor_m2"].to_numpy(), index=claims.index)
    keys = [claims["commodity"], claims["year"]]
    first = claims["tier"] == claims.groupby(keys)["tier"].transform("min") if len(claims) else above
    served = above.groupby([*keys, claims["tier"]]).transform("any") if len(claims) else above
    result: NDArray[np.bool_] = (served | first).to_numpy(dtype=bool)
    return result


def _bound_rules(problem: Problem, bound: NDArray[np.object_], by: NDArray[np.object_]) -> NDArray[np.object_]:
    groups = problem.groups["rule"].to_dict()
    caps, tiers = problem.claims["cap_rule"].to_numpy(), problem.claims["tier_rule"].to_numpy()
    floors = problem.claims["floor_rule"].to_numpy()
    held = np.array([groups.get(name, "") for name in by], dtype=object)
    return np.select(
        [bound == "cap", bound == "tier", bound == "floor", bound == "group"], [caps, tiers, floors, held], default=""
    )


def totals_table(problem: Problem, values: NDArray[np.int64]) -> pd.DataFrame:
    """Return one row per commodity and year; allocated + unallocated = supply."""
    keys = ["commodity", "year"]
    claims = problem.claims.assign(allocated_m2=values)
    sums = claims.groupby(keys)[["claim_m2", "floor_m2", "allocated_m2"]].sum()
    supply = problem.pools.groupby(keys)["supply_m2"].sum()
    table = pd.concat([supply, sums], axis=1).fillna(0).astype("int64").sort_index().reset_index()
    table["unmet_m2"] = table["claim_m2"] - table["allocated_m2"]
    table["unallocated_m2"] = table["supply_m2"] - table["allocated_m2"]
    return table


def groups_table(problem: Problem, region: Region, values: NDArray[np.int64]) -> pd.DataFrame:
    """Return what each group gets and which of its bounds is reached."""
    groups = problem.groups
    first = len(region.rows) - len(groups)
    sums = np.rint(region.row_sums(values)[first:]).astype(np.int64)
    low, high = groups["floor_m2"].to_numpy(dtype=np.int64), groups["cap_m2"].to_numpy(dtype=np.int64)
    bound = np.select([sums == high, (sums == low) & (low > 0)], ["cap", "floor"], default="").astype(object)
    return groups.assign(allocated_m2=sums, bound=bound)


def pools_table(problem: Problem, draws: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn from each pool and what is left."""
    pools = problem.pools
    drawn = draws.groupby("pool")["m2"].sum().reindex(pools.index, fill_value=0).astype("int64")
    return pools.assign(drawn_m2=drawn, left_m2=pools["supply_m2"] - drawn)
