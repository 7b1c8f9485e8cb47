"""A quota problem of one year, written as a mapping."""

from __future__ import annotations

import pandas as pd

from parkmap.analysis.quota.model.problem import make_problem


def problem(claims, *, pools=None, supply=100, groups=(), members=()):
    """Claims by id with their columns; one pool of `supply` unless rows of pools are given."""
    own = [{"pool": "p", "commodity": "land", "year": 2025, "supply_m2": supply, "rule": "measures-28"}]
    rows = [
        {"claim": name, "item": name, "commodity": "land", "year": 2025, **columns} for name, columns in claims.items()
    ]
    return make_problem(
        pools=pd.DataFrame(pools or own),
        claims=pd.DataFrame(rows),
        groups=pd.DataFrame(list(groups)) if groups else None,
        members=pd.DataFrame(list(members), columns=["group", "claim"]) if members else None,
    )
