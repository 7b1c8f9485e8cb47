"""From a site to the nearest point on a street: not to a node, so that nothing depends on where streets are cut."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from parkmap.analysis.network.graph import KMH_IN_M_PER_MINUTE, edge_lines
from parkmap.defaults import SNAP_LIMIT_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.routing import Router


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Snapped:
    """Sites on the network.

    Parameters
    ----------
    edge
        Position of the segment, shape (s,); -1 where the site is off the network.
    fraction
        Where on the segment, 0 at its first node and 1 at its last, shape (s,).
    offset_m
        Distance from the site to the nearest segment, shape (s,); inf where there is none at all.
    xy_m
        The point on the segment, shape (s, 2); missing where off the network.
    access
        Cost from the site to that point, in the unit of the router, shape (s,).
    """

    edge: NDArray[np.int64]
    fraction: NDArray[np.float64]
    offset_m: NDArray[np.float64]
    xy_m: NDArray[np.float64]
    access: NDArray[np.float64]

    @property
    def on_network(self) -> NDArray[np.bool_]:
        """Whether each site is within the limit of a segment."""
        return self.edge >= 0


def snap(
    router: Router, xy_m: NDArray[Any], *, limit_m: float = SNAP_LIMIT_M, access_kmh: float | None = None
) -> Snapped:
    """Snap sites to the nearest point on a segment that the profile may use.

    Parameters
    ----------
    router
        The prepared network.
    xy_m
        Sites, shape (s, 2), in the system of the network.
    limit_m
        Sites farther than this are off the network.
    access_kmh
        Speed from the site to the street; None counts no time for it. Where the router counts metres, any speed counts
        the straight distance.

    Returns
    -------
    Snapped
        One entry per site, in order.
    """
    sites = np.asarray(xy_m, dtype=np.float64).reshape(-1, 2)
    edge = np.full(len(sites), -1, dtype=np.int64)
    fraction, offset = np.zeros(len(sites)), np.full(len(sites), np.inf)
    place = np.full((len(sites), 2), np.nan)
    points = shapely.points(sites)
    (which, found), far = router.tree.query_nearest(points, return_distance=True, all_matches=False)
    offset[which] = far
    near = far <= limit_m
    which, edges = which[near], router.snappable[found[near]]
    lines = edge_lines(router.roads, edges)
    share = shapely.line_locate_point(lines, points[which], normalized=True)
    edge[which], fraction[which] = edges, np.clip(share, 0.0, 1.0)
    place[which] = shapely.get_coordinates(shapely.line_interpolate_point(lines, share, normalized=True))
    return Snapped(
        edge=edge, fraction=fraction, offset_m=offset, xy_m=place, access=_access(router, edge, offset, access_kmh)
    )


def _access(
    router: Router, edge: NDArray[np.int64], offset_m: NDArray[np.float64], access_kmh: float | None
) -> NDArray[np.float64]:
    if access_kmh is None:
        return np.zeros(len(edge))
    own = offset_m if router.unit == "metres" else offset_m / (access_kmh * KMH_IN_M_PER_MINUTE)
    return np.where(edge >= 0, own, 0.0)
