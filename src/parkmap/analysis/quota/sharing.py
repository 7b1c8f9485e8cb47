"""Share and round: from a problem and its region to whole square metres, as arrays."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.highs import Program
from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.analysis.quota.methods.ideal import ideal
from parkmap.analysis.quota.methods.indivisible import choose, nearest, top_up, with_choice
from parkmap.analysis.quota.methods.linear import maximise_benefit
from parkmap.analysis.quota.model.nesting import tree_of
from parkmap.analysis.quota.rounding.integral import reach, round_cells, round_nested

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.model.region import Region
    from parkmap.analysis.quota.rounding.apportion import Rounded, Rounding
    from parkmap.defaults import MethodName

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


FAIR_GAP = 1e-6
"""An average claim that could gain less than this share of itself is fair."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Options:
    """How to share.

    Parameters
    ----------
    method
        Name of the method, see `methods.METHODS`.
    rounding
        `largest-remainder` or `sainte-lague`.
    fairness
        For `dial`: 0 is strict priority, 1 is proportional.
    seconds, relative_gap
        When to stop the search for indivisible claims: after about so many seconds (None is never), or once the gap
        is proven to be so small. The gap reached is reported.
    """

    method: MethodName = "priority"
    rounding: Rounding = "largest-remainder"
    fairness: float = 0.0
    seconds: float | None = 60.0
    relative_gap: float = 0.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shared:
    """An allocation as arrays, in the order of the claims given to `share_out`.

    Parameters
    ----------
    m2
        Whole square metres, shape (n,).
    ideal
        Before rounding, shape (n,).
    tied
        Where the tie key decided a unit, shape (n,).
    gap
        Proven relative gap of the objective, None for rules without one.
    """

    m2: Ints
    ideal: Floats
    tied: NDArray[np.bool_]
    gap: float | None


def share_out(problem: Problem, region: Region, options: Options) -> Shared | None:
    """Share and round, as arrays.

    Parameters
    ----------
    problem
        A problem whose claims are in the order that decides ties.
    region
        Its region.
    options
        How to share.

    Returns
    -------
    Shared or None
        None when no allocation obeys every bound.
    """
    if not feasible(region):
        return None
    whole = problem.claims["indivisible"].to_numpy(dtype=bool) & (region.high > region.low)
    if not whole.any():
        return _divisible(problem, region, options)
    return _with_indivisible(problem, region, options, whole)


def feasible(region: Region) -> bool:
    """Tell whether any allocation, whole or not, obeys every bound of a region."""
    if region.structure == "nested":
        least, most = reach(region, tree_of(region))
        return bool((least <= most).all())
    found = Program(
        np.zeros(region.cells),
        region.matrix,
        rows=(region.row_low.astype(float), region.row_high.astype(float)),
        columns=(region.cell_sums(region.low), region.cell_sums(region.high)),
    ).solve()
    return found.status == "optimal"


def _divisible(problem: Problem, region: Region, options: Options) -> Shared | None:
    shares = ideal(options.method, problem.claims, region, fairness=options.fairness)
    rounded = _rounded(shares, region, options.rounding)
    if rounded is None:
        return None
    return Shared(
        m2=rounded.m2, ideal=shares, tied=rounded.tied, gap=_gap(options, problem, region, (rounded.m2, shares))
    )


def _rounded(shares: Floats, region: Region, rule: Rounding) -> Rounded | None:
    if region.structure == "nested":
        return round_nested(shares, region, tree_of(region), rule=rule)
    return round_cells(shares, region, rule=rule)


def _gap(options: Options, problem: Problem, region: Region, found: tuple[Ints, Floats]) -> float | None:
    """Return by how much, at most, the objective could still rise, relative to it; None without objective.

    The sum of w log x is concave: no allocation y is better than x by more than the sum of (w / x) (y - x), and the
    largest such sum is a linear program. Rounding to 1 m2 is not counted there.
    """
    if not METHODS[options.method].objective:
        return None
    values, shares = found
    weight = problem.claims["weight"].to_numpy(dtype=float)
    if options.method == "proportional-fair":
        if region.structure == "nested":
            return 0.0
        slope = np.where(region.high > 0, weight / np.maximum(shares, 1e-9), 0.0)
        missed = maximise_benefit(slope, region).objective - float((slope * shares).sum())
        return 0.0 if missed <= FAIR_GAP * weight.sum() else missed / float(weight.sum())
    reached = float((weight * values).sum())
    missed = float((weight * shares).sum()) - reached
    return 0.0 if missed <= 1e-9 * max(abs(reached), 1.0) else missed / max(abs(reached), 1e-9)


def _with_indivisible(problem: Problem, region: Region, options: Options, whole: NDArray[np.bool_]) -> Shared | None:
    """Decide the indivisible claims first, then share the rest."""
    by_benefit = METHODS[options.method].objective.startswith("sum of w_i x_i,")
    if by_benefit:
        weight = problem.claims["weight"].to_numpy(dtype=float)
        chosen = choose(weight, region, whole, seconds=options.seconds, relative_gap=options.relative_gap)
    else:
        shares = ideal(options.method, problem.claims, region, fairness=options.fairness)
        chosen = nearest(shares, region, whole, seconds=options.seconds)
    if chosen is None:
        return None
    settled = with_choice(region, whole, chosen.granted)
    final = ideal(options.method, _bounded(problem.claims, settled), settled, fairness=options.fairness)
    rounded = _rounded(final, settled, options.rounding)
    if rounded is None:
        return None
    if by_benefit:
        return Shared(m2=rounded.m2, ideal=final, tied=rounded.tied, gap=chosen.gap)
    m2 = top_up(rounded.m2, shares, region, whole)
    return Shared(m2=m2, ideal=shares, tied=rounded.tied, gap=None)


def _bounded(claims: pd.DataFrame, region: Region) -> pd.DataFrame:
    return claims.assign(floor_m2=region.low, cap_m2=region.high)
