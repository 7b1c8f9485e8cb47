"""Travel times between points: over the streets where both ends are on them, and stated estimates elsewhere.

The estimate is the straight distance times a detour factor; `config/travel.yaml` gives the source of the factor.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from parkmap.analysis.network.graph import KMH_IN_M_PER_MINUTE
from parkmap.analysis.network.routing import part_cost, prepare_router
from parkmap.analysis.network.search import search
from parkmap.analysis.network.snap import snap
from parkmap.defaults import SNAP_LIMIT_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.routing import Cost, Router
    from parkmap.analysis.network.snap import Snapped


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Travel:
    """Result of `travel_minutes`.

    Parameters
    ----------
    minutes
        Time from each origin to each destination, shape (o, d); inf where the streets do not connect them, or beyond
        the limit.
    estimate
        Whether that time is a straight-line estimate, shape (o, d).
    """

    minutes: NDArray[np.float64]
    estimate: NDArray[np.bool_]

    @property
    def method(self) -> Literal["network", "estimate", "mixed"]:
        """How the times were measured, over all pairs."""
        return "estimate" if self.estimate.all() else "mixed" if self.estimate.any() else "network"


def travel_minutes(
    roads: Roads | None,
    origins_xy_m: NDArray[Any],
    destinations_xy_m: NDArray[Any],
    *,
    profile: str,
    speed_kmh: float,
    detour_factor: float,
    limit_minutes: float = np.inf,
    snap_limit_m: float = SNAP_LIMIT_M,
) -> Travel:
    """Return the travel time from each origin to each destination.

    Parameters
    ----------
    roads
        The network, or None where there is no road file: then every time is an estimate.
    origins_xy_m, destinations_xy_m
        Points, shapes (o, 2) and (d, 2), in the system of the network.
    profile
        Profile of travel, a key of the speeds of the network.
    speed_kmh
        Speed of the profile between a point and the street, and along the straight line of an estimate.
    detour_factor
        Travelled distance divided by straight-line distance, for the estimate.
    limit_minutes
        Times beyond it are returned as inf.
    snap_limit_m
        A point farther than this from any segment is off the network.

    Returns
    -------
    Travel
        Minutes, and which of them are estimates: those with an end off the network.

    Raises
    ------
    InvalidInputError
        When the network cannot be used or lacks the profile.
    """
    origins, destinations = _points(origins_xy_m), _points(destinations_xy_m)
    backwards = len(destinations) < len(origins)
    router = None if roads is None else prepare_router(roads, profile=profile, towards=backwards)
    assumed = Assumed(speed_kmh=speed_kmh, detour_factor=detour_factor, snap_limit_m=snap_limit_m)
    ends = (destinations, origins) if backwards else (origins, destinations)
    cost, estimate = mixed_costs(router, *ends, unit="minutes", assumed=assumed, limit=limit_minutes)
    return Travel(minutes=cost.T, estimate=estimate.T) if backwards else Travel(minutes=cost, estimate=estimate)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Assumed:
    """What is assumed where the network does not say.

    Parameters
    ----------
    speed_kmh
        Speed between a point and the street, and along the straight line of an estimate.
    detour_factor
        Travelled distance divided by straight-line distance, for the estimate.
    snap_limit_m
        A point farther than this from any segment is off the network.
    """

    speed_kmh: float
    detour_factor: float
    snap_limit_m: float = SNAP_LIMIT_M


def mixed_costs(
    router: Router | None,
    starts_xy_m: NDArray[Any],
    ends_xy_m: NDArray[Any],
    *,
    unit: Cost,
    assumed: Assumed,
    limit: float = np.inf,
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return costs over the streets where both ends are on them, and estimates elsewhere.

    Parameters
    ----------
    router
        The prepared network, or None.
    starts_xy_m, ends_xy_m
        Points, shapes (s, 2) and (e, 2).
    unit
        Minutes or metres; that of the router.
    assumed
        Assumptions for estimates and for access to the street.
    limit
        Costs beyond it are returned as inf.

    Returns
    -------
    tuple of ndarray of float and ndarray of bool, both of shape (s, e)
        Costs, and which of them are estimates.
    """
    straight = straight_line_m(starts_xy_m, ends_xy_m) * assumed.detour_factor
    if unit == "minutes":
        straight = straight / (assumed.speed_kmh * KMH_IN_M_PER_MINUTE)
    if router is None:
        return _limited(straight, limit), np.ones(straight.shape, dtype=bool)
    starts, ends = (
        snap(router, xy, limit_m=assumed.snap_limit_m, access_kmh=assumed.speed_kmh) for xy in (starts_xy_m, ends_xy_m)
    )
    on = np.logical_and.outer(starts.on_network, ends.on_network)
    cost = np.where(on, network_costs(router, starts, ends, limit=limit), straight)
    return _limited(cost, limit), ~on


def straight_line_m(starts_xy_m: NDArray[Any], ends_xy_m: NDArray[Any]) -> NDArray[np.float64]:
    """Return straight distances.

    Parameters
    ----------
    starts_xy_m, ends_xy_m
        Points, shapes (s, 2) and (e, 2).

    Returns
    -------
    ndarray of float, shape (s, e)
        Metres.
    """
    apart = _points(starts_xy_m)[:, None, :] - _points(ends_xy_m)[None, :, :]
    return np.hypot(apart[..., 0], apart[..., 1])


def network_costs(router: Router, starts: Snapped, ends: Snapped, *, limit: float = np.inf) -> NDArray[np.float64]:
    """Return the cost over the network from each start to each end, with the access at both.

    Parameters
    ----------
    router
        The prepared network.
    starts, ends
        Points on it.
    limit
        Cost beyond which nothing is looked for.

    Returns
    -------
    ndarray of float, shape (starts, ends)
        Costs in the unit of the router; inf beyond the limit, where nothing connects, and off the network.
    """
    on = ends.on_network
    edge = np.where(on, ends.edge, 0)
    first, last = router.roads.edge_nodes[edge].T
    wanted, column = np.unique(np.concatenate([first, last]), return_inverse=True)
    place = np.full(len(router.roads.node_ids), len(wanted))
    place[wanted] = np.arange(len(wanted))
    to_first, to_last = column[: len(first)], column[len(first) :]
    from_first = part_cost(ends.fraction, router.cost[edge, 0])
    from_last = part_cost(1 - ends.fraction, router.cost[edge, 1])
    result = np.full((len(starts.edge), len(edge)), np.inf)
    for part in search(router, starts, limit=limit):
        cost = np.full((len(part.starts), len(wanted) + 1), np.inf)  # the last column is for all other nodes
        cost[part.rank, place[part.node]] = part.cost
        via_first, via_last = cost[:, to_first] + from_first, cost[:, to_last] + from_last
        direct = _along_one_edge(router, starts, ends, part.starts)
        result[part.starts] = np.minimum(np.minimum(via_first, via_last), direct)
    result = np.where(on[None, :], result + ends.access[None, :], np.inf)
    return _limited(result, limit)


def _along_one_edge(router: Router, starts: Snapped, ends: Snapped, group: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the cost between points on the same segment without leaving it."""
    edge, share = starts.edge[group, None], starts.fraction[group, None]
    ahead = ends.fraction[None, :] - share
    direct = np.where(
        ahead >= 0,
        part_cost(np.maximum(ahead, 0), router.cost[edge, 0]),
        part_cost(np.maximum(-ahead, 0), router.cost[edge, 1]),
    )
    return np.where(edge == ends.edge[None, :], direct + starts.access[group, None], np.inf)


def _limited(values: NDArray[np.float64], limit: float) -> NDArray[np.float64]:
    return np.where(values <= limit, values, np.inf)


def _points(xy_m: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
