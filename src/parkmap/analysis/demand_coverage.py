"""How much demand lies under zones: people, jobs or output of points and areas, as low, best and high.

Where only the total of an area is known, its distribution within it is unknown. The best estimate spreads it evenly
(areal weighting: Goodchild, Lam 1980, Areal interpolation: a variant of the traditional spatial problem); low and high
then follow from the accuracy of the zones. Beside them stand two bounds that hold however the weight lies: `least`
counts only areas that are covered wholly even by the shrunk zones, `most` all areas that the grown zones touch at all.
Counting the corners of an area inside a zone would not be a bound, because a zone can pass between two corners.
Zones are a union: weight under several counts once.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.coverage import coverage, covered_m2, extents
from parkmap.analysis.overlay import overlay_parts, polygonal
from parkmap.analysis.point_in_polygon import points_in_polygons
from parkmap.crs import ellipsoidal_area_m2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WHOLE: Final = 1e-6
"""Share of an area below which a rest is rounding of the geometry, neither covered nor uncovered."""
OUTSIDE: Final = ""
"""District of the pieces that lie in none."""
MEASURES: Final = (
    "covered_low",
    "covered_best",
    "covered_high",
    "covered_least",
    "covered_most",
    "overlap",
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class DemandCoverage:
    """Result of `demand_coverage`; every number in the unit of the weight.

    Parameters
    ----------
    demand
        Index demand. weight; covered_low, covered_best, covered_high (evenly spread); covered_least, covered_most
        (however spread); overlap (under at least two zones); gap (weight less covered_best); share_low, share_best,
        share_high (of the weight; missing where it is 0).
    districts
        Index district; the same columns. Weight of an area in several districts is shared by area; what lies in no
        district is in no row.
    items
        Index item: low, best, high, what each zone covers by itself; zones that overlap do not add up.
    """

    demand: pd.DataFrame
    districts: pd.DataFrame
    items: pd.DataFrame

    def totals(self) -> pd.Series:
        """Return the sums over all demand with their shares."""
        columns = ["weight", *MEASURES, "gap"]
        return _with_shares(self.demand[columns].sum().to_frame().T).iloc[0]


def demand_pieces(demand: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Cut demand along the borders of districts.

    Parameters
    ----------
    demand
        Index demand; column weight; points and polygons in a metric system.
    districts
        Index district; polygons in the same system.

    Returns
    -------
    GeoDataFrame
        Index piece. demand; district (`OUTSIDE` where it is in none); weight, by share of the ellipsoidal area; part
        (False where the piece is the whole of its demand); geometry. A point on a border is in one district only.
    """
    is_area = shapely.get_dimensions(demand.geometry.to_numpy()) == 2  # noqa: PLR2004
    districts = districts.set_geometry(polygonal(districts.geometry.to_numpy()), crs=districts.crs)
    frames = [_area_pieces(demand[is_area], districts), _point_pieces(demand[~is_area], districts)]
    joined = pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=demand.crs).rename_axis("piece")


def outside_weight(demand: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame) -> float:
    """Return how much demand lies in no district: what its pieces inside do not add up to.

    Parameters
    ----------
    demand
        Column weight.
    pieces
        The same, from `demand_pieces`.
    """
    inside = pieces.loc[pieces["district"] != OUTSIDE, "weight"].sum()
    return max(float(demand["weight"].sum() - inside), 0.0)


def left_outside(pieces: gpd.GeoDataFrame) -> tuple[tuple[str, ...], float]:
    """Return the ids of demand of which something lies in no district, and how much that is.

    Parameters
    ----------
    pieces
        Demand, from `demand_pieces`.
    """
    beyond = pieces[(pieces["district"] == OUTSIDE) & (pieces["weight"] > 0)]
    return tuple(str(name) for name in beyond["demand"].unique()), float(beyond["weight"].sum())


def point_and_area_counts(demand: gpd.GeoDataFrame) -> tuple[int, int]:
    """Return how many points and how many areas there are.

    Parameters
    ----------
    demand
        Points and polygons.
    """
    areas = int((shapely.get_dimensions(demand.geometry.to_numpy()) == 2).sum())  # noqa: PLR2004
    return len(demand) - areas, areas


def _point_pieces(demand: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    points = demand.geometry.to_numpy()
    held = points_in_polygons(shapely.get_x(points), shapely.get_y(points), districts.geometry.to_numpy())
    first = held.groupby("point")["area"].min()
    names = np.full(len(demand), OUTSIDE, dtype=object)
    names[first.index] = districts.index.to_numpy(dtype=object)[first]
    return _pieces(demand, np.arange(len(demand)), names, points, np.ones(len(demand)))


def _area_pieces(demand: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shapes = polygonal(demand.geometry.to_numpy())
    parts = overlay_parts(shapes, districts.geometry.to_numpy())
    solid = shapely.area(parts.shapes) > WHOLE * shapely.area(shapes[parts.focal])
    focal, pieces = parts.focal[solid], polygonal(parts.shapes[solid])
    inside = np.bincount(focal, shapely.area(pieces), minlength=len(shapes))
    beyond = np.flatnonzero(inside < (1 - WHOLE) * shapely.area(shapes))
    near = shapely.union_all(districts.geometry.to_numpy())
    rest = polygonal(shapely.difference(shapes[beyond], near))
    focal, pieces = np.concatenate([focal, beyond]), np.concatenate([pieces, rest])
    names = np.concatenate(
        [districts.index.to_numpy(dtype=object)[parts.other[solid]], np.full(len(beyond), OUTSIDE, dtype=object)]
    )
    area = ellipsoidal_area_m2(gpd.GeoSeries(pieces, crs=demand.crs))
    total = np.bincount(focal, area, minlength=len(shapes))
    order = np.argsort(focal, kind="stable")
    focal, share = focal[order], (area / total[focal])[order]
    return _pieces(demand, focal, names[order], pieces[order], share)


def _pieces(
    demand: gpd.GeoDataFrame, focal: NDArray[Any], district: NDArray[Any], shapes: NDArray[Any], share: Floats
) -> gpd.GeoDataFrame:
    frame = {
        "demand": demand.index.to_numpy(dtype=object)[focal],
        "district": district,
        "weight": demand["weight"].to_numpy(dtype=np.float64)[focal] * share,
        "part": np.bincount(focal, minlength=len(demand))[focal] > 1,
    }
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=demand.crs)


def demand_coverage(demand: gpd.GeoDataFrame, pieces: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> DemandCoverage:
    """Measure how much demand zones cover.

    Parameters
    ----------
    demand
        Index demand; column weight.
    pieces
        What `demand_pieces` made of it.
    zones
        As for `coverage`. A point is taken to be where it is drawn.

    Returns
    -------
    DemandCoverage
        Weights.
    """
    measured, by_item = measured_shares(pieces, zones)
    weighted = measured.mul(pieces["weight"], axis=0)
    demand_rows = weighted.groupby(pieces["demand"], sort=False).sum().reindex(demand.index, fill_value=0.0)
    sure = measured["covered_least"].groupby(pieces["demand"], sort=False).min()
    perhaps = measured["covered_most"].groupby(pieces["demand"], sort=False).max()
    weight = demand["weight"].astype(float)
    demand_rows["covered_least"] = sure.reindex(demand.index).to_numpy() * weight
    demand_rows["covered_most"] = perhaps.reindex(demand.index).to_numpy() * weight
    return DemandCoverage(
        demand=_rows(weight, demand_rows).rename_axis("demand"),
        districts=_by_district(pieces, measured, weighted, weight),
        items=_by_item(pieces, by_item, zones),
    )


def _rows(weight: pd.Series, weighted: pd.DataFrame) -> pd.DataFrame:
    frame = weighted[list(MEASURES)].copy()
    frame.insert(0, "weight", weight.reindex(frame.index))
    frame["gap"] = frame["weight"] - frame["covered_best"]
    return _with_shares(frame)


def _with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    weight = frame["weight"].where(frame["weight"] > 0)
    return frame.assign(**{f"share_{end}": frame[f"covered_{end}"] / weight for end in ("low", "best", "high")})


def _by_district(
    pieces: gpd.GeoDataFrame, measured: pd.DataFrame, weighted: pd.DataFrame, weight: pd.Series
) -> pd.DataFrame:
    """Sum pieces by district; a piece that is only part of its demand may hold all of its weight, or none."""
    sums = weighted.copy()
    sums["covered_least"] = measured["covered_least"] * np.where(pieces["part"], 0.0, pieces["weight"])
    sums["covered_most"] = measured["covered_most"] * weight.reindex(pieces["demand"]).to_numpy()
    inside = pieces["district"] != OUTSIDE
    grouped = sums[inside].groupby(pieces.loc[inside, "district"]).sum().rename_axis("district")
    return _rows(pieces.loc[inside].groupby("district")["weight"].sum(), grouped)


def _by_item(pieces: gpd.GeoDataFrame, by_item: pd.DataFrame, zones: gpd.GeoDataFrame) -> pd.DataFrame:
    weights = pieces["weight"].reindex(by_item["piece"]).to_numpy()
    known = zones.index[zones["extent_known"].astype(bool)]
    columns = ["low", "best", "high"]
    sums = by_item[columns].mul(weights, axis=0).groupby(by_item["item"]).sum()
    return sums.reindex(known, fill_value=0.0).rename_axis("item")


def measured_shares(pieces: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how much of each piece zones cover.

    Parameters
    ----------
    pieces
        Points and polygons in a metric system.
    zones
        As for `coverage`.

    Returns
    -------
    tuple of DataFrame and DataFrame
        Index piece, columns `MEASURES`: shares of the piece. One row per piece and zone: piece, item, low, best, high.
    """
    is_area = shapely.get_dimensions(pieces.geometry.to_numpy()) == 2  # noqa: PLR2004
    areas, area_items = _measured_areas(pieces[is_area], zones)
    points, point_items = _measured_points(pieces[~is_area], zones)
    return pd.concat([areas, points]).reindex(pieces.index), pd.concat([area_items, point_items])


def _measured_areas(pieces: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    found = coverage(pieces, zones)
    rows, area = found.districts, found.districts["area_m2"].to_numpy()
    shares = {f"covered_{name}": rows[f"share_{name}"].clip(0.0, 1.0).to_numpy() for name in ("low", "best", "high")}
    shares["covered_least"] = (shares["covered_low"] >= 1 - WHOLE).astype(float)
    shares["covered_most"] = (shares["covered_high"] > WHOLE).astype(float)
    shares["overlap"] = (rows["overlap_m2"].to_numpy() / area).clip(0.0, 1.0)
    pairs = found.pairs.reset_index()
    of_piece = rows["area_m2"].reindex(pairs["district"]).to_numpy()
    items = {name: (pairs[f"{name}_m2"] / of_piece).clip(0.0, 1.0) for name in ("low", "best", "high")}
    by_item = pd.DataFrame({"piece": pairs["district"], "item": pairs["item"], **items})
    return pd.DataFrame(shares, index=pieces.index), by_item


def _measured_points(pieces: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    shapes = extents(zones)
    known = zones.index[zones["extent_known"].astype(bool)].to_numpy(dtype=object)
    points = pieces.geometry.to_numpy()
    x, y = shapely.get_x(points), shapely.get_y(points)
    hits = {name: points_in_polygons(x, y, getattr(shapes, name)) for name in ("low", "best", "high")}
    counts = {name: np.bincount(held["point"], minlength=len(points)) for name, held in hits.items()}
    shares = {f"covered_{name}": (count > 0).astype(float) for name, count in counts.items()}
    shares["covered_least"], shares["covered_most"] = shares["covered_low"], shares["covered_high"]
    shares["overlap"] = (counts["best"] > 1).astype(float)
    single = [
        pd.DataFrame({"piece": pieces.index.to_numpy()[held["point"]], "item": known[held["area"]], name: 1.0})
        for name, held in hits.items()
    ]
    by_item = pd.concat(single).groupby(["piece", "item"], as_index=False).sum()
    return pd.DataFrame(shares, index=pieces.index), by_item


def shares_under(pieces: gpd.GeoDataFrame, shapes: NDArray[Any]) -> Floats:
    """Return the share of each piece under the union of some shapes.

    Parameters
    ----------
    pieces
        Points and polygons in a metric system.
    shapes
        Polygons in the same system.

    Returns
    -------
    ndarray of float, shape (pieces,)
        1 or 0 for a point.
    """
    geometry = pieces.geometry.to_numpy()
    is_area = shapely.get_dimensions(geometry) == 2  # noqa: PLR2004
    result = np.zeros(len(pieces))
    area = ellipsoidal_area_m2(pieces.geometry[is_area])
    result[is_area] = np.clip(covered_m2(pieces[is_area], shapes) / np.where(area > 0, area, 1.0), 0.0, 1.0)
    points = geometry[~is_area]
    held = points_in_polygons(shapely.get_x(points), shapely.get_y(points), shapes)
    result[np.flatnonzero(~is_area)[held["point"].unique()]] = 1.0
    return result
