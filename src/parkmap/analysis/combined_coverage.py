"""Several plans, or readings of one, on the same ground: what any, all, several, one alone or none of them covers.

A set covers the union of its zones, and weight under several zones of one set counts once for it. `any` is the union of
the sets, `all` what lies under each of them.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.coverage import extents, overlaps
from parkmap.analysis.demand_coverage import measured_shares, shares_under
from parkmap.analysis.overlay import polygonal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BRACKET: Final = ("low", "best", "high")


@dataclasses.dataclass(frozen=True, kw_only=True)
class CombinedCoverage:
    """Result of `combined_coverage` and `sum_by_place`, in the unit of the weight.

    Parameters
    ----------
    places
        Index piece or place. weight; any_low, any_best, any_high (under at least one set); all_low, all_best, all_high
        (under every set); twice (under at least two sets, as drawn); gap (under none, as drawn).
    each
        Index (piece or place, set). low, best, high; only (under this set alone, as drawn).
    """

    places: pd.DataFrame
    each: pd.DataFrame

    def with_shares(self) -> CombinedCoverage:
        """Return the same with `share`, of the weight: in `places` under at least one set, in `each` under the set.

        It is missing where the weight is 0. Shares do not add up: take them last.
        """
        weight = self.places["weight"].where(self.places["weight"] > 0)
        of_each = weight.reindex(self.each.index.get_level_values(0)).to_numpy()
        return CombinedCoverage(
            places=self.places.assign(share=self.places["any_best"] / weight),
            each=self.each.assign(share=self.each["best"] / of_each),
        )


def combined_coverage(pieces: gpd.GeoDataFrame, sets: Mapping[str, gpd.GeoDataFrame]) -> CombinedCoverage:
    """Compare what several sets of zones cover.

    Parameters
    ----------
    pieces
        Column weight; points and polygons in a metric system. With the area as weight the answer is land.
    sets
        Zones of each, as for `coverage`; at least one.

    Returns
    -------
    Together
        By piece.
    """
    each = {name: _alone(pieces, zones) for name, zones in sets.items()}
    united = {name: _united(zones) for name, zones in sets.items()}
    shares = _jointly(pieces, united, each)
    drawn = _array([shapes["best"] for shapes in united.values()])
    for at, name in enumerate(sets):
        each[name]["only"] = np.maximum(shares["any_best"] - shares_under(pieces, np.delete(drawn, at)), 0.0)
    weight = pieces["weight"].to_numpy(dtype=np.float64)[:, None]
    rows = {name: pd.DataFrame(columns, index=pieces.index) * weight for name, columns in each.items()}
    return CombinedCoverage(
        places=pd.DataFrame(shares, index=pieces.index) * weight,
        each=pd.concat(rows, names=["set"]).swaplevel(),
    )


def sum_by_place(found: CombinedCoverage, key: pd.Series) -> CombinedCoverage:
    """Sum pieces by the place to which each belongs.

    Parameters
    ----------
    found
        By piece.
    key
        Place of each piece; pieces that it lacks are in no row.
    """
    name = str(key.name)
    places = found.places.loc[key.index].groupby(key).sum().rename_axis(name)
    sets = found.each.index.unique("set")
    rows = {own: found.each.xs(own, level="set").loc[key.index].groupby(key).sum() for own in sets}
    order = [(place, own) for place in places.index for own in sets]
    return CombinedCoverage(places=places, each=pd.concat(rows, names=["set", name]).swaplevel().reindex(order))


def _alone(pieces: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> dict[str, Floats]:
    shares, _ = measured_shares(pieces, zones)
    return {name: shares[f"covered_{name}"].to_numpy() for name in BRACKET}


def _united(zones: gpd.GeoDataFrame) -> dict[str, shapely.Geometry]:
    shapes = extents(zones)
    return {name: shapely.union_all(getattr(shapes, name)) for name in BRACKET}


def _jointly(
    pieces: gpd.GeoDataFrame,
    united: Mapping[str, Mapping[str, shapely.Geometry]],
    each: Mapping[str, Mapping[str, Floats]],
) -> dict[str, Floats]:
    """Return the shares of each piece under any, all, several and none of the sets.

    What one set covers at least, all of them together cover at least; what they share, none covers less than.
    """
    rows: dict[str, Floats] = {"weight": np.ones(len(pieces))}
    for name in BRACKET:
        shapes = _array([own[name] for own in united.values()])
        common = _array([functools.reduce(_common_area, shapes)])
        alone = np.array([own[name] for own in each.values()])
        rows[f"any_{name}"] = shares_under(pieces, shapes)
        rows[f"all_{name}"] = np.minimum(shares_under(pieces, common), alone.min(axis=0))
        if name == "low":
            rows["any_low"] = np.maximum(rows["any_low"], alone.max(axis=0))
        if name == "high":
            rows["any_high"] = np.minimum(rows["any_high"], np.minimum(alone.sum(axis=0), 1.0))
    rows["any_low"] = np.minimum(rows["any_low"], rows["any_best"])
    rows["any_high"] = np.maximum(rows["any_high"], rows["any_best"])
    drawn = _array([own["best"] for own in united.values()])
    rows["twice"] = shares_under(pieces, overlaps(drawn))
    rows["gap"] = 1.0 - rows["any_best"]
    return rows


def _common_area(one: shapely.Geometry, two: shapely.Geometry) -> shapely.Geometry:
    """Return the common area of two shapes; GEOS cannot go on with the lines that stay where they only touch."""
    return polygonal(_array([shapely.intersection(one, two)]))[0]


def _array(shapes: list[Any]) -> NDArray[Any]:
    """Return geometries as an array of objects, whatever their number."""
    made: NDArray[Any] = np.empty(len(shapes), dtype=object)
    made[:] = shapes
    return made
