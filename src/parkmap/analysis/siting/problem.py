"""A location problem as one value: demand, sites, travel costs between them, and limits.

Every model reads the same question, so that a fixed or forbidden site, a budget or a capacity means the same in all.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

Model = Literal["set_cover", "max_cover", "p_median", "p_centre"]
"""`set_cover`: fewest sites that serve all demand; `max_cover`: most weight served; `p_median`: least total cost;
`p_centre`: least maximum cost."""

STATUSES: Final = ("existing", "candidate", "forbidden")
NAMED_IDS: Final = 20
"""How many ids a finding names before it only counts."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Problem:
    """Demand, sites and the travel costs between them.

    Parameters
    ----------
    demand
        Index demand; the weight of each (people, jobs, output), not negative.
    sites
        Index site; columns status (`existing` is open in every solution, `candidate` may be opened, `forbidden` may
        not), capacity (weight it can serve; missing is unlimited), price_yuan (missing where it has none).
    cost
        Travel cost from each demand (row) to each site (column): metres or minutes, infinite where there is no path.
    count
        Largest number of new sites; existing ones are not counted. None sets no such limit.
    budget_yuan
        Largest sum of the prices of new sites. None sets no such limit.
    within
        Maximum cost from each demand to an open site, and of every assignment where all demand is served; None sets no
        such limit.
    """

    demand: pd.Series
    sites: pd.DataFrame
    cost: NDArray[np.float64]
    count: int | None = None
    budget_yuan: float | None = None
    within: float | None = None

    @property
    def weights(self) -> NDArray[np.float64]:
        """Weight of each demand."""
        return np.asarray(self.demand, dtype=np.float64)

    @property
    def existing(self) -> NDArray[np.int_]:
        """Positions of the sites that are open anyway."""
        return np.flatnonzero((self.sites["status"] == "existing").to_numpy())

    @property
    def candidates(self) -> NDArray[np.int_]:
        """Positions of the sites that may be opened."""
        return np.flatnonzero((self.sites["status"] == "candidate").to_numpy())

    @property
    def usable(self) -> NDArray[np.int_]:
        """Positions of the sites that are or may be open."""
        return np.flatnonzero((self.sites["status"] != "forbidden").to_numpy())

    @property
    def prices(self) -> NDArray[np.float64]:
        """Price of each site; 0 where it has none."""
        return np.asarray(self.sites["price_yuan"].fillna(0.0), dtype=np.float64)

    @property
    def capacities(self) -> NDArray[np.float64]:
        """Capacity of each site; infinite where it is not limited."""
        return np.asarray(self.sites["capacity"].fillna(np.inf), dtype=np.float64)

    @property
    def limited(self) -> bool:
        """Whether any usable site has a capacity."""
        return bool(np.isfinite(self.capacities[self.usable]).any())


def check_problem(problem: Problem, *, reach: float | None = None, limit: bool = True, priced: bool = False) -> None:
    """Check that a question is well posed.

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves, where the model has one.
    limit
        Whether the model needs a number of sites or a budget.
    priced
        Whether the model needs the price of every candidate.

    Raises
    ------
    InvalidInputError
        With every problem found.
    """
    found = [*_demand_findings(problem), *_site_findings(problem), *_cost_findings(problem)]
    found += _limit_findings(problem, reach, limit=limit)
    if priced or problem.budget_yuan is not None:
        found += _price_findings(problem)
    if found:
        raise InvalidInputError(found)


def id_values(ids: Any) -> dict[str, Any]:  # noqa: ANN401 - any sequence of ids
    """Return the keywords of a finding that speaks of some ids: count, a readable list, and the ids.

    Parameters
    ----------
    ids
        The ids.
    """
    names = tuple(str(name) for name in ids)
    shown = ", ".join(names[:NAMED_IDS]) + (" …" if len(names) > NAMED_IDS else "")
    return {"ids": names, "count": len(names), "names": shown}


def _demand_findings(problem: Problem) -> Iterator[Finding]:
    demand = problem.demand
    if demand.empty:
        yield finding("siting.no_demand", "error")
    repeated = demand.index[demand.index.duplicated()]
    if len(repeated):
        yield finding("siting.repeated", "error", what="demand", **id_values(repeated))
    unweighted = demand.index[demand.isna() | (demand < 0) | np.isinf(problem.weights)]
    if len(unweighted):
        yield finding("siting.no_weight", "error", **id_values(unweighted))


def _site_findings(problem: Problem) -> Iterator[Finding]:
    sites = problem.sites
    if len(problem.usable) == 0:
        yield finding("siting.no_site", "error")
    repeated = sites.index[sites.index.duplicated()]
    if len(repeated):
        yield finding("siting.repeated", "error", what="site", **id_values(repeated))
    unknown = sites.index[~sites["status"].isin(STATUSES)]
    if len(unknown):
        yield finding("siting.status", "error", allowed=", ".join(STATUSES), **id_values(unknown))
    for column in ("capacity", "price_yuan"):
        negative = sites.index[sites[column] < 0]
        if len(negative):
            yield finding("siting.negative", "error", column=column, **id_values(negative))


def _cost_findings(problem: Problem) -> Iterator[Finding]:
    wrong = np.isnan(problem.cost) | (problem.cost < 0)
    if wrong.any():
        yield finding("siting.cost", "error", **id_values(problem.demand.index[wrong.any(axis=1)]))


def _price_findings(problem: Problem) -> Iterator[Finding]:
    sites = problem.sites
    unpriced = sites.index[(sites["status"] == "candidate") & ~(sites["price_yuan"] > 0)]
    if len(unpriced):
        yield finding("siting.no_price", "error", **id_values(unpriced))


def _limit_findings(problem: Problem, reach: float | None, *, limit: bool) -> Iterator[Finding]:
    if limit and problem.count is None and problem.budget_yuan is None:
        yield finding("siting.no_limit", "error")
    numbers = {"count": problem.count, "budget_yuan": problem.budget_yuan, "within": problem.within, "reach": reach}
    for name, value in numbers.items():
        if value is not None and not value >= 0:
            yield finding("siting.negative_number", "error", key=name, name=name, value=value)


def unreachable(problem: Problem, reach: float) -> NDArray[np.bool_]:
    """Return which demand no usable site can serve.

    Parameters
    ----------
    problem
        The question.
    reach
        How far a site serves.

    Returns
    -------
    ndarray of bool, shape (demand,)
        True where every usable site is further than `reach`, or there is no path at all.
    """
    near = problem.cost[:, problem.usable]
    served = (near <= reach) & np.isfinite(near)
    return np.asarray(~served.any(axis=1), dtype=np.bool_)
