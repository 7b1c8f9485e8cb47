"""Outcomes of several scenarios or methods side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.analysis.quota.outcome.outcome import Outcome

KEYS = ["item", "commodity", "year"]


def compare(outcomes: Mapping[str, Outcome]) -> pd.DataFrame:
    """Return outcomes side by side.

    Parameters
    ----------
    outcomes
        Label (scenario or method) to outcome, at least one.

    Returns
    -------
    DataFrame
        Index item, commodity, year, in the order of the scenarios. For each label the columns ``<label> claim_m2`` and
        ``<label> allocated_m2``, nullable integers (empty where a scenario has no such claim), and for each label but
        the first ``<label> change_m2``: its allocation less that of the first.
    """
    columns: dict[str, pd.Series] = {}
    first: pd.Series | None = None
    order: dict[tuple[str, str, int], None] = {}
    for label, outcome in outcomes.items():
        table = outcome.problem.claims.assign(allocated_m2=outcome.claims["allocated_m2"])
        order |= dict.fromkeys(table[KEYS].itertuples(index=False, name=None))
        sums = table.groupby(KEYS)[["claim_m2", "allocated_m2"]].sum().astype("Int64")
        columns |= {f"{label} {name}": sums[name] for name in sums}
        if first is None:
            first = sums["allocated_m2"]
        else:
            both = pd.concat([first, sums["allocated_m2"]], axis=1, keys=["old", "new"]).fillna(0)
            columns[f"{label} change_m2"] = both["new"] - both["old"]
    return pd.concat(columns, axis=1).reindex(pd.MultiIndex.from_tuples(order, names=KEYS))


def spread(outcome: Outcome) -> pd.DataFrame:
    """Return how evenly land is distributed over the claims of each market.

    Parameters
    ----------
    outcome
        An outcome.

    Returns
    -------
    DataFrame
        Index commodity, year: claims (their number), least_share, mean_share (of the claim met) and gini (of the shares
        met; 0 is even). Claims of 0 m2 are left out. Source: Gini 1912; Sen 1973, On Economic Inequality.
    """
    table = outcome.problem.claims.assign(allocated_m2=outcome.claims["allocated_m2"])
    table = table[table["claim_m2"] > 0]
    rows = {}
    for key, own in table.groupby(["commodity", "year"]):
        share = np.sort((own["allocated_m2"] / own["claim_m2"]).to_numpy(dtype=float))
        n, total = len(share), float(share.sum())
        weighted = float((np.arange(1, n + 1) * share).sum())
        gini = (2 * weighted / (n * total) - (n + 1) / n) if total > 0 else 0.0
        rows[key] = {"claims": n, "least_share": share[0], "mean_share": total / n, "gini": gini}
    index = pd.MultiIndex.from_tuples(list(rows), names=["commodity", "year"])
    return pd.DataFrame(list(rows.values()), index=index)
