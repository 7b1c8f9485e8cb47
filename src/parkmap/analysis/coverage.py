"""What the zones of a plan cover, district by district: covered, share, overlap and gap, as low, best and high.

A zone is drawn with an accuracy: its true edge lies within `accuracy_m` of the drawn one. So the true zone contains
the drawn one shrunk by the accuracy and lies within the drawn one grown by it, which brackets every covered area. Where
the zone's area is itself published (`area_fixed`), what can lie outside a district bounds what must lie inside.
A zone without an extent covers an unknown area, never zero.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.overlay import covered_parts, polygonal
from parkmap.crs import ellipsoidal_area_m2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

SLIVER_M2: Final = 1.0
"""Covered areas below one square metre are rounding, not coverage."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Coverage:
    """Result of `coverage`.

    Parameters
    ----------
    districts
        Index district. area_m2; covered_low_m2, covered_best_m2, covered_high_m2 (union of all zones with an extent);
        share_low, share_best, share_high (of area_m2); overlap_m2 (covered at least twice); gap_m2 (not covered);
        unknown_items (tuple of ids of zones in the district whose extent is unknown: the covered area is then a
        lower bound).
    pairs
        Index (district, item), only where the zone may reach the district. low_m2, best_m2, high_m2, share_best.
    items
        Index item. area_m2 (missing where the extent is unknown), inside_m2 (inside any district), status `known`
        or `unknown`.
    """

    districts: pd.DataFrame
    pairs: pd.DataFrame
    items: pd.DataFrame


def coverage(districts: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> Coverage:
    """Measure how zones cover districts; areas are ellipsoidal, and a union is never counted twice.

    Parameters
    ----------
    districts
        Index district; polygons in a metric system. Focal frame: rows are independent of each other.
    zones
        Index item; columns extent_known, area_fixed, accuracy_m (metres), district_ids (tuple), geometry in the same
        system (None or a point where the extent is unknown). A column `limit`, where there is one, holds the area that
        a zone cannot leave however inaccurate its edge is, or None.

    Returns
    -------
    Coverage
        Areas in m², shares as fractions.
    """
    known = _known(zones)
    known = known.assign(area_m2=ellipsoidal_area_m2(known.geometry))
    shrunk, grown = _brackets(known)
    pairs = _pairs(districts, known, shrunk, grown)
    return Coverage(
        districts=_districts(districts, zones, pairs, (shrunk, known.geometry, grown)),
        pairs=pairs,
        items=_items(zones, known, pairs),
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Extents:
    """What some zones cover: surely, as drawn, and at most; each the union of its shapes.

    Parameters
    ----------
    low, best, high
        Polygons, which may overlap or be empty.
    """

    low: NDArray[Any]
    best: NDArray[Any]
    high: NDArray[Any]


def extents(zones: gpd.GeoDataFrame) -> Extents:
    """Return the drawn shapes of zones, and the same shrunk and grown by their accuracy.

    Parameters
    ----------
    zones
        As for `coverage`; those of unknown extent are left out.
    """
    known = _known(zones)
    shrunk, grown = _brackets(known)
    return Extents(low=shrunk.to_numpy(), best=known.geometry.to_numpy(), high=grown.to_numpy())


def _known(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return zones[zones["extent_known"].astype(bool)]


def _brackets(known: gpd.GeoDataFrame) -> tuple[gpd.GeoSeries, gpd.GeoSeries]:
    accuracy = known["accuracy_m"].astype(float)
    return known.geometry.buffer(-accuracy), _within_limits(known.geometry.buffer(accuracy), known)


def _within_limits(grown: gpd.GeoSeries, known: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """Cut what a zone may reach to what it cannot leave."""
    limits = known["limit"] if "limit" in known.columns else pd.Series(index=known.index, dtype=object)
    bound = limits.notna().to_numpy()
    shapes = grown.to_numpy().copy()
    shapes[bound] = shapely.intersection(shapes[bound], limits.to_numpy()[bound])
    return gpd.GeoSeries(shapes, index=grown.index, crs=grown.crs)


def _pairs(
    districts: gpd.GeoDataFrame, known: gpd.GeoDataFrame, shrunk: gpd.GeoSeries, grown: gpd.GeoSeries
) -> pd.DataFrame:
    focal, other = districts.sindex.query(grown.to_numpy(), predicate="intersects")[::-1]
    index = pd.MultiIndex.from_arrays([districts.index[focal], known.index[other]], names=["district", "item"])
    ground = districts.geometry.to_numpy()[focal]

    def inside(shapes: gpd.GeoSeries) -> NDArray[Any]:
        return _area(shapely.intersection(ground, shapes.to_numpy()[other]), districts)

    best, low, high = inside(known.geometry), inside(shrunk), inside(grown)
    total = known["area_m2"].to_numpy()[other]
    fixed = known["area_fixed"].to_numpy(dtype=bool)[other]
    beyond = _area(shapely.difference(grown.to_numpy()[other], ground), districts)
    low = np.where(fixed, np.maximum(low, np.clip(total - beyond, 0, None)), low)
    high = np.where(fixed, np.minimum(high, total), high)
    area = ellipsoidal_area_m2(districts.geometry)[focal]
    frame = pd.DataFrame(
        {
            "low_m2": np.minimum(low, best),
            "best_m2": best,
            "high_m2": np.maximum(high, best),
            "share_best": best / area,
        },
        index=index,
    )
    return frame[frame["high_m2"] >= SLIVER_M2].sort_index()


def _districts(
    districts: gpd.GeoDataFrame,
    zones: gpd.GeoDataFrame,
    pairs: pd.DataFrame,
    brackets: tuple[gpd.GeoSeries, gpd.GeoSeries, gpd.GeoSeries],
) -> pd.DataFrame:
    area = ellipsoidal_area_m2(districts.geometry)
    low, best, high = (covered_m2(districts, shapes.to_numpy()) for shapes in brackets)
    by_district = pairs.groupby(level="district")
    low = np.maximum(low, by_district["low_m2"].max().reindex(districts.index, fill_value=0.0))
    high = np.minimum(high, by_district["high_m2"].sum().reindex(districts.index, fill_value=0.0))
    unknown = zones[~zones["extent_known"].astype(bool)]
    result = pd.DataFrame({"area_m2": area}, index=districts.index.rename("district"))
    for name, values in (("low", np.minimum(low, best)), ("best", best), ("high", np.maximum(high, best))):
        result[f"covered_{name}_m2"] = values
    for name in ("low", "best", "high"):
        result[f"share_{name}"] = result[f"covered_{name}_m2"] / area
    result["overlap_m2"] = covered_m2(districts, overlaps(brackets[1].to_numpy()))
    result["gap_m2"] = area - best
    result["unknown_items"] = [_listed_in(name, unknown) for name in districts.index]
    return result


def covered_m2(districts: gpd.GeoDataFrame, shapes: NDArray[Any]) -> NDArray[np.float64]:
    """Return, for each district, the area under the union of some shapes.

    Parameters
    ----------
    districts
        Polygons in a metric system.
    shapes
        Polygons in the same system; what lies under several counts once.

    Returns
    -------
    ndarray of float, shape (districts,)
        Ellipsoidal areas, m².
    """
    return _area(covered_parts(districts.geometry.to_numpy(), shapes), districts)


def overlaps(shapes: NDArray[Any]) -> NDArray[Any]:
    """Return the pieces that lie under at least two shapes.

    Parameters
    ----------
    shapes
        Polygons.
    """
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    return polygonal(shapely.intersection(shapes[first[once]], shapes[second[once]]))


def _area(shapes: NDArray[Any], like: gpd.GeoDataFrame) -> NDArray[np.float64]:
    return ellipsoidal_area_m2(gpd.GeoSeries(polygonal(shapes), crs=like.crs))


def _listed_in(district: str, unknown: gpd.GeoDataFrame) -> tuple[str, ...]:
    held: Iterable[bool] = (district in ids for ids in unknown["district_ids"])
    return tuple(unknown.index[list(held)]) if len(unknown) else ()


def _items(zones: gpd.GeoDataFrame, known: gpd.GeoDataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    inside = pairs.groupby(level="item")["best_m2"].sum()
    result = pd.DataFrame(index=zones.index.rename("item"))
    result["area_m2"] = known["area_m2"].reindex(zones.index)
    result["inside_m2"] = inside.reindex(zones.index, fill_value=0.0).where(zones["extent_known"].astype(bool))
    result["status"] = np.where(zones["extent_known"].astype(bool), "known", "unknown")
    return result
