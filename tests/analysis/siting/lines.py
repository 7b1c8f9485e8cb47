"""Six demands and six sites on a line, one apart: every answer can be read off."""

from __future__ import annotations

import numpy as np
import pandas as pd

from parkmap.analysis.siting.problem import Problem

SIZE = 6


def line(*, weights=None, status=None, capacity=np.nan, price=None, **limits) -> Problem:
    """Return the question; `status` maps a position to another status than `candidate`."""
    at = np.arange(SIZE, dtype=float)
    states = ["candidate"] * SIZE
    for position, state in (status or {}).items():
        states[position] = state
    prices = [np.nan] * SIZE if price is None else price
    return Problem(
        demand=pd.Series([1.0] * SIZE if weights is None else weights, index=[f"d{i}" for i in range(SIZE)]),
        sites=pd.DataFrame(
            {"status": states, "capacity": capacity, "price_yuan": prices}, index=[f"s{i}" for i in range(SIZE)]
        ),
        cost=np.abs(at[:, None] - at[None, :]),
        **limits,
    )


def allows(problem: Problem, opened) -> bool:
    """Tell whether new sites keep to number and budget."""
    few = problem.count is None or len(opened) <= problem.count
    return few and (problem.budget_yuan is None or problem.prices[opened].sum() <= problem.budget_yuan)
