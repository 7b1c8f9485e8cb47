"""Continuity of a belt: its members in order, the gaps between them, its weakest link, and the districts it lies in.

Continuity is the share of the path from the first member to the last, from member to member, that lies within reach of
one of them: sum of min(gap, 2 r) over sum of gaps, with the reach r. 1 is a belt on which no point is farther than r
from a member; a single long gap pulls it down in proportion to its length.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.link_times import anchor_of
from parkmap.crs import ellipsoidal_area_m2, ellipsoidal_length_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.linkage import Times

REACH_M: Final = 1_000.0
"""Reach of a member where none is stated: 15 minutes on foot at the 4 km/h of config/travel.yaml, an assumption."""

SLIVER_M2: Final = 100.0
"""Less of a belt in a district is what two drawings of one boundary leave."""

Status = Literal["known", "unknown"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Belt:
    """Result of `belt`.

    Parameters
    ----------
    status
        `unknown` where the members are not listed or one of them has no place.
    members
        Index item, in the order of the belt. order (from 1); placed; accuracy_m; district (id of the district in which
        it lies, or None); named (that district is one of the belt's).
    gaps
        Index (item, other), consecutive members. straight_m with low_m and high_m within the accuracies (edge to edge);
        way_m, minutes (slower direction) and estimate from the travel times; weakest (the longest gap).
    weakest_sure
        Whether the accuracies leave no other gap that could be the longest.
    continuity_low, continuity, continuity_high
        Continuity, from 0 to 1; None where unknown.
    districts
        Index district: those the plan assigns it to and those that its axis or area reaches. named; area_m2 (of the
        drawn belt); area_share; axis_m, axis_share (of the line through its members).
    area_share_inside
        Share of the drawn belt within its districts; None where it is not drawn or has none.
    axis_share_low, axis_share_inside, axis_share_high
        Share of the axis within them; low and high if the edge or the axis is off by the accuracy.
    reach_m
        The reach r.
    """

    status: Status
    members: pd.DataFrame
    gaps: pd.DataFrame
    weakest_sure: bool | None
    continuity_low: float | None
    continuity: float | None
    continuity_high: float | None
    districts: pd.DataFrame
    area_share_inside: float | None
    axis_share_low: float | None
    axis_share_inside: float | None
    axis_share_high: float | None
    reach_m: float


def belt(
    members: gpd.GeoDataFrame,
    shape: shapely.Geometry | None,
    districts: gpd.GeoDataFrame,
    named: Sequence[str],
    *,
    times: Times | None = None,
    reach_m: float = REACH_M,
) -> Belt:
    """Measure one belt.

    Parameters
    ----------
    members
        Index item, in the order of the belt; accuracy_m and geometry (None where not placed) in a metric system.
    shape
        The belt as drawn, in the same system, or None.
    districts
        Index district; polygons in the same system.
    named
        Ids of the districts to which the plan assigns the belt.
    times
        Travel times between the members, in their order; None leaves ways and minutes open.
    reach_m
        Reach of a member.

    Returns
    -------
    Belt
        Lengths in m; the axis is measured on the ellipsoid, gaps in the plane of the system.
    """
    complete = len(members) > 1 and bool(members.geometry.notna().all())
    gaps = _gaps(members, times)
    low, best, high = _continuity(gaps, reach_m) if complete else (None, None, None)
    axis = shapely.LineString([anchor_of(g) for g in members.geometry]) if complete else None
    shares = _axis_shares(axis, districts, named, float(members["accuracy_m"].max()) if complete else 0.0)
    return Belt(
        status="known" if complete else "unknown",
        members=_members(members, districts, named),
        gaps=gaps,
        weakest_sure=_weakest_sure(gaps) if complete else None,
        continuity_low=low,
        continuity=best,
        continuity_high=high,
        districts=_districts(axis, shape, districts, named),
        area_share_inside=_area_share(shape, districts, named),
        axis_share_low=shares[0],
        axis_share_inside=shares[1],
        axis_share_high=shares[2],
        reach_m=reach_m,
    )


def _gaps(members: gpd.GeoDataFrame, times: Times | None) -> pd.DataFrame:
    first, second = np.arange(len(members) - 1), np.arange(1, max(len(members), 1))
    shapes, slack = members.geometry.to_numpy(), members["accuracy_m"].to_numpy(dtype=float)
    straight = shapely.distance(shapes[first], shapes[second]) if len(first) else np.empty(0)
    off = slack[first] + slack[second]
    columns = {"straight_m": straight, "low_m": np.clip(straight - off, 0, None), "high_m": straight + off}
    index = pd.MultiIndex.from_arrays([members.index[first], members.index[second]], names=["item", "other"])
    frame = pd.DataFrame(columns, index=index)
    frame["way_m"] = times.way_m[first, second] if times is not None else np.nan
    minutes = np.fmax(times.minutes, times.minutes.T)[first, second] if times is not None else np.nan
    frame["minutes"] = minutes
    frame["estimate"] = times.estimate[first, second] if times is not None else True
    frame["weakest"] = frame["straight_m"] == frame["straight_m"].max()
    return frame


def _weakest_sure(gaps: pd.DataFrame) -> bool:
    """Tell whether the longest gap is at least as long as any other could be."""
    others = gaps.loc[~gaps["weakest"], "high_m"]
    return bool(gaps["weakest"].sum() == 1 and (others <= gaps.loc[gaps["weakest"], "low_m"].iloc[0]).all())


def _continuity(gaps: pd.DataFrame, reach_m: float) -> tuple[float, float, float]:
    """Return low, best and high: a gap up to 2 r raises the share as it grows, a longer one lowers it."""
    low, high = gaps["low_m"].to_numpy(), gaps["high_m"].to_numpy()
    best = _covered(gaps["straight_m"].to_numpy(), reach_m)
    most = _covered(np.clip(2 * reach_m, low, high), reach_m)
    return min(_least(low, high, reach_m), best), best, max(most, best)


def _least(low: NDArray[np.float64], high: NDArray[np.float64], reach_m: float) -> float:
    """Return the least share that gaps between low and high can have, after Dinkelbach (1967): it takes few rounds."""
    share, before = _covered(high, reach_m), np.inf
    while share < before:
        before = share
        worth_low, worth_high = (np.minimum(end, 2 * reach_m) - share * end for end in (low, high))
        share = _covered(np.where(worth_low < worth_high, low, high), reach_m)
    return min(share, before)


def _covered(gaps_m: NDArray[np.float64], reach_m: float) -> float:
    total = float(gaps_m.sum())
    return 1.0 if total == 0 else float(np.minimum(gaps_m, 2 * reach_m).sum()) / total


def _members(members: gpd.GeoDataFrame, districts: gpd.GeoDataFrame, named: Sequence[str]) -> pd.DataFrame:
    places = [None if g is None else anchor_of(g) for g in members.geometry]
    holding = [None if p is None else _holder(p, districts) for p in places]
    columns = {
        "order": np.arange(1, len(members) + 1),
        "placed": members.geometry.notna().to_numpy(),
        "accuracy_m": members["accuracy_m"].astype(float).to_numpy(),
        "district": holding,
        "named": [name in named for name in holding],
    }
    return pd.DataFrame(columns, index=members.index.rename("item"))


def _holder(place: shapely.Point, districts: gpd.GeoDataFrame) -> str | None:
    """Return the district in which a point lies, or None."""
    inside = districts.index[districts.geometry.covers(place)]
    return str(inside[0]) if len(inside) else None


def _axis_shares(
    axis: shapely.LineString | None, districts: gpd.GeoDataFrame, named: Sequence[str], accuracy_m: float
) -> tuple[float | None, float | None, float | None]:
    own = districts.geometry[districts.index.isin(named)]
    if axis is None or len(own) == 0 or axis.length == 0:
        return None, None, None
    whole = own.union_all()
    areas = (whole.buffer(-accuracy_m), whole, whole.buffer(accuracy_m))
    low, best, high = (axis.intersection(area).length / axis.length for area in areas)
    return low, best, high


def _area_share(shape: shapely.Geometry | None, districts: gpd.GeoDataFrame, named: Sequence[str]) -> float | None:
    own = districts.geometry[districts.index.isin(named)]
    if shape is None or shape.area == 0 or len(own) == 0:
        return None
    return float(shape.intersection(own.union_all()).area / shape.area)


def _districts(
    axis: shapely.LineString | None,
    shape: shapely.Geometry | None,
    districts: gpd.GeoDataFrame,
    named: Sequence[str],
) -> pd.DataFrame:
    """Return which part of belt and axis lies in each district."""
    frame = pd.DataFrame({"named": districts.index.isin(named)}, index=districts.index.rename("district"))
    frame["area_m2"] = _measured(shape, districts, area=True)
    frame["axis_m"] = _measured(axis, districts, area=False)
    drawn = 0.0 if shape is None else float(ellipsoidal_area_m2(gpd.GeoSeries([shape], crs=districts.crs))[0])
    length = 0.0 if axis is None else float(ellipsoidal_length_m(gpd.GeoSeries([axis], crs=districts.crs))[0])
    frame["area_share"] = frame["area_m2"] / drawn if drawn else np.nan
    frame["axis_share"] = frame["axis_m"] / length if length else np.nan
    return frame[frame["named"] | (frame["area_m2"] >= SLIVER_M2) | (frame["axis_m"] > 0)]


def _measured(part: shapely.Geometry | None, districts: gpd.GeoDataFrame, *, area: bool) -> NDArray[np.float64]:
    if part is None:
        return np.full(len(districts), np.nan)
    cut = districts.geometry.intersection(part)
    return ellipsoidal_area_m2(cut) if area else ellipsoidal_length_m(cut)
