"""Allocation of each method before rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.quota.methods.fairness import proportional_fairness
from parkmap.analysis.quota.methods.linear import maximise_benefit
from parkmap.analysis.quota.methods.nested import fill
from parkmap.analysis.quota.methods.parametric import PARAMETRIC_RULES
from parkmap.analysis.quota.methods.progressive import fill_general
from parkmap.analysis.quota.model.nesting import tree_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region
    from parkmap.defaults import MethodName

    Floats = NDArray[np.float64]


def ideal(method: MethodName, claims: pd.DataFrame, region: Region, *, fairness: float = 0.0) -> Floats:
    """Return the allocation of a method before rounding, every claim taken as divisible.

    Parameters
    ----------
    method
        Name of the method.
    claims
        Claims of a problem, in the order of the region.
    region
        A feasible region.
    fairness
        For `dial`: 0 is strict priority, 1 is proportional.

    Returns
    -------
    ndarray of float, shape (n,)
        Within all bounds up to arithmetic.
    """
    if method == "dial":
        first, second = (ideal(name, claims, region) for name in ("priority", "proportional"))
        return (1 - fairness) * first + fairness * second
    name = "max-benefit" if method == "indivisible" else method
    if region.structure == "nested":
        return fill(PARAMETRIC_RULES[name](claims), region, tree_of(region))
    if name == "proportional-fair":
        return proportional_fairness(claims, region).x
    if name == "max-benefit":
        return maximise_benefit(claims["weight"].to_numpy(dtype=float), region).x
    return fill_general(PARAMETRIC_RULES[name](claims), region)


def objective(method: MethodName, claims: pd.DataFrame, values: NDArray[np.int64]) -> float | None:
    """Return what the method maximises, or None for rules without objective.

    Parameters
    ----------
    method
        Name of the method.
    claims
        Claims of a problem.
    values
        Whole allocation in the same order.
    """
    weight = claims["weight"].to_numpy(dtype=float)
    if method in ("max-benefit", "indivisible"):
        return float((weight * values).sum())
    if method == "proportional-fair":
        wanting = claims["cap_m2"].to_numpy() > 0
        return float((weight[wanting] * np.log(np.maximum(values[wanting], 1))).sum())
    return None
