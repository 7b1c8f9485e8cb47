"""Travel times between the places of a plan, with ranges where a location is uncertain.

A place with a point or an extent is reached at its anchor; its accuracy makes the time a range. Of a place that is only
known to lie in some district, only a range can be given: from the nearest to the farthest point of that district.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.linkage import Times
from parkmap.analysis.network.graph import KMH_IN_M_PER_MINUTE
from parkmap.analysis.network.routing import prepare_router
from parkmap.analysis.network.travel import mixed_costs, straight_line_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.travel import Assumed


def link_times(
    places: gpd.GeoDataFrame, around: gpd.GeoSeries, *, roads: Roads | None, profile: str, assumed: Assumed
) -> Times:
    """Return travel times between places.

    Parameters
    ----------
    places
        Index item; accuracy_m and geometry in a metric system, None where there is no place.
    around
        Same index: the area in which a place without geometry lies, or None where not even that is known.
    roads
        The network, or None: then every time is an estimate.
    profile
        Profile of travel, a key of the speeds of the network.
    assumed
        Speed and detour factor of estimates, and the snapping limit.

    Returns
    -------
    Times
        Ranges are the best value less or more the accuracies of both ends, at the speed and detour of estimates.
    """
    size = len(places)
    anchors = [None if g is None else anchor_of(g) for g in places.geometry]
    placed = np.flatnonzero(places.geometry.notna().to_numpy())
    minutes, way_m, straight_m = (np.full((size, size), np.nan) for _ in range(3))
    estimate = np.ones((size, size), dtype=bool)
    known = np.ix_(placed, placed)
    if len(placed):
        xy_m = shapely.get_coordinates(anchors)  # missing ones have none
        straight_m[known] = straight_line_m(xy_m, xy_m)
        routers = [
            None if roads is None else prepare_router(roads, profile=profile, unit=u) for u in ("minutes", "metres")
        ]
        minutes[known], estimate[known] = mixed_costs(routers[0], xy_m, xy_m, unit="minutes", assumed=assumed)
        way_m[known], _ = mixed_costs(routers[1], xy_m, xy_m, unit="metres", assumed=assumed)
    np.fill_diagonal(minutes, 0.0)
    pace = assumed.detour_factor / (assumed.speed_kmh * KMH_IN_M_PER_MINUTE)
    slack = places["accuracy_m"].astype(float).to_numpy()
    near_m, far_m = _ranges(anchors, around, slack)
    off = (slack[:, None] + slack[None, :]) * pace
    best = np.isfinite(minutes)
    return Times(
        ids=pd.Index(places.index),
        minutes=minutes,
        low=np.where(np.isnan(minutes), near_m * pace, np.where(best, np.clip(minutes - off, 0, None), minutes)),
        high=np.where(np.isnan(minutes), far_m * pace, np.where(best, minutes + off, minutes)),
        way_m=way_m,
        straight_m=straight_m,
        straight_low_m=near_m,
        straight_high_m=far_m,
        estimate=estimate,
    )


def ground_of(inside: pd.Series, districts: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return the districts in which each place lies as one area, None where it lies in none.

    Parameters
    ----------
    inside
        Ids of districts, several for each place; index places.
    districts
        Index district; areas.
    """
    own = [districts[districts.index.isin(names)] for names in inside]
    areas = [area.union_all() if len(area) else None for area in own]
    return gpd.GeoSeries(areas, index=inside.index, crs=districts.crs)


def anchor_of(geometry: shapely.Geometry) -> shapely.Point:
    """Return the point that stands for a place: its centroid where that lies inside, else a point that does.

    Parameters
    ----------
    geometry
        A place.
    """
    centre = geometry.centroid
    return centre if centre.intersects(geometry) else geometry.point_on_surface()


def _ranges(
    anchors: list[shapely.Point | None], around: gpd.GeoSeries, slack: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the greatest straight distance between places of which one is only known by its area."""
    areas = [area if anchor is None else anchor for anchor, area in zip(anchors, around, strict=True)]
    size = len(areas)
    near, far = np.full((size, size), np.nan), np.full((size, size), np.nan)
    for one in range(size):
        for two in range(one):
            if areas[one] is None or areas[two] is None:
                continue
            off = np.nansum([slack[one], slack[two]])
            near[one, two] = near[two, one] = max(areas[one].distance(areas[two]) - off, 0.0)
            far[one, two] = far[two, one] = _farthest_m(areas[one], areas[two]) + off
    return near, far


def _farthest_m(one: shapely.Geometry, two: shapely.Geometry) -> float:
    """Return the distance between the two points that are farthest apart: corners of the convex hulls."""
    corners = [shapely.get_coordinates(shape.convex_hull) for shape in (one, two)]
    return float(straight_line_m(*corners).max())
