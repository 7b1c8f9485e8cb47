"""The price of fairness: from strict priority to proportional shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from parkmap.analysis.quota.methods.ideal import ideal
from parkmap.analysis.quota.model.region import region_of
from parkmap.units import M2_PER_HA

if TYPE_CHECKING:
    from parkmap.analysis.quota.model.problem import Problem


def price_of_fairness(problem: Problem, *, steps: int = 11) -> pd.DataFrame:
    """Return what each tier gains or loses against strict priority for several degrees of fairness.

    Parameters
    ----------
    problem
        A feasible problem; all claims are taken as divisible.
    steps
        Number of settings from 0 to 1, at least 2.

    Returns
    -------
    DataFrame
        fairness, commodity, tier, claim_m2, allocated_ha, change_ha (against fairness 0), moved_ha (land that changes
        hands in the whole commodity at this setting: the price of fairness; Bertsimas, Farias and Trichakis 2011,
        Oper. Res. 59(1), there as a share of the best total). Amounts are before rounding to 1 m2.
    """
    region, claims = region_of(problem), problem.claims
    strict, even = (ideal(name, claims, region) for name in ("priority", "proportional"))
    keys = ["commodity", "tier"]
    parts = []
    for fairness in np.linspace(0.0, 1.0, steps):
        change = fairness * (even - strict)
        table = claims[["commodity", "tier", "claim_m2"]].assign(
            allocated_ha=(strict + change) / M2_PER_HA,
            change_ha=change / M2_PER_HA,
            moved_ha=np.maximum(-change, 0.0) / M2_PER_HA,
        )
        moved = table.groupby("commodity")["moved_ha"].sum()
        sums = table.groupby(keys)[["claim_m2", "allocated_ha", "change_ha"]].sum().reset_index()
        parts.append(sums.assign(fairness=float(fairness), moved_ha=sums["commodity"].map(moved)))
    order = ["fairness", "commodity", "tier", "claim_m2", "allocated_ha", "change_ha", "moved_ha"]
    return pd.concat(parts, ignore_index=True)[order]
