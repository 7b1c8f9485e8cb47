"""Travel times between points: over the streets where both ends are on them, and stated estimates elsewhere.

The estimate is the straight distance times a detour factor: Newell (1980) puts network distance in cities at about 1.2
times the straight one, O'Sullivan and Morrall (1996) at 1.21 to 1.23 for walks to stations.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from parkmap.analysis.network.graph import KMH_IN_M_PER_MINUTE
from parkmap.analysis.network.routing import distances, part_cost, prepare
from parkmap.analysis.network.snap import SNAP_LIMIT_M, snap

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.routing import Router
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
        Length of the way over the straight distance, for the estimate.
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
    straight = straight_line_minutes(origins, destinations, speed_kmh=speed_kmh, detour_factor=detour_factor)
    if roads is None:
        return Travel(minutes=_limited(straight, limit_minutes), estimate=np.ones(straight.shape, dtype=bool))
    backwards = len(destinations) < len(origins)
    router = prepare(roads, profile=profile, towards=backwards)
    snapped = [snap(router, xy, limit_m=snap_limit_m, access_kmh=speed_kmh) for xy in (origins, destinations)]
    first, second = snapped[::-1] if backwards else snapped
    own = network_costs(router, first, second, limit=limit_minutes)
    on = np.logical_and.outer(*(points.on_network for points in snapped))
    minutes = np.where(on, own.T if backwards else own, straight)
    return Travel(minutes=_limited(minutes, limit_minutes), estimate=~on)


def straight_line_minutes(
    origins_xy_m: NDArray[Any], destinations_xy_m: NDArray[Any], *, speed_kmh: float, detour_factor: float
) -> NDArray[np.float64]:
    """Return estimated times: straight distance times detour factor over speed.

    Parameters
    ----------
    origins_xy_m, destinations_xy_m
        Points, shapes (o, 2) and (d, 2).
    speed_kmh
        Speed along the way.
    detour_factor
        Length of the way over the straight distance.

    Returns
    -------
    ndarray of float, shape (o, d)
        Minutes.
    """
    apart = _points(origins_xy_m)[:, None, :] - _points(destinations_xy_m)[None, :, :]
    return np.hypot(apart[..., 0], apart[..., 1]) * detour_factor / (speed_kmh * KMH_IN_M_PER_MINUTE)


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
    from_first = part_cost(ends.fraction, router.cost[edge, 0])
    from_last = part_cost(1 - ends.fraction, router.cost[edge, 1])
    result = np.full((len(starts.edge), len(edge)), np.inf)
    for part, to_node in distances(router, starts, limit=limit):
        over = np.minimum(to_node[:, first] + from_first, to_node[:, last] + from_last)
        result[part] = np.minimum(over, _along_one_edge(router, starts, ends, part))
    result = np.where(on[None, :], result + ends.access[None, :], np.inf)
    return _limited(result, limit)


def _along_one_edge(router: Router, starts: Snapped, ends: Snapped, part: slice) -> NDArray[np.float64]:
    """Return the cost between points on the same segment without leaving it."""
    edge, share = starts.edge[part, None], starts.fraction[part, None]
    safe = np.where(edge >= 0, edge, 0)
    ahead = ends.fraction[None, :] - share
    direct = np.where(
        ahead >= 0,
        part_cost(np.maximum(ahead, 0), router.cost[safe, 0]),
        part_cost(np.maximum(-ahead, 0), router.cost[safe, 1]),
    )
    same = (edge == ends.edge[None, :]) & (edge >= 0)
    return np.where(same, direct + starts.access[part, None], np.inf)


def _limited(values: NDArray[np.float64], limit: float) -> NDArray[np.float64]:
    return np.where(values <= limit, values, np.inf)


def _points(xy_m: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
