"""What adjoins what: contact, shared border and distance of every pair, and clusters and isolates.

Between surveyed or published shapes the contact is exact. Where an indicative shape is involved, the two edges are
known only to within the sum of their accuracies: then contact is stated where every possible position agrees, and is
`undecidable` otherwise. A place whose extent is unknown has a distance to its anchor, but no contact.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from parkmap.crs import ellipsoidal_length_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

Contact = Literal["border", "point", "overlap", "apart", "undecidable", "unknown"]
"""`border`: a line is shared; `point`: only a point; `overlap`: interiors meet; `unknown`: an extent is unknown."""

EXACT: Final = frozenset({"surveyed", "published"})
TOUCHING: Final = ("border", "overlap")
"""Contacts that join two places into one cluster; a single point does not."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Adjacency:
    """Result of `adjacency`.

    Parameters
    ----------
    pairs
        Index (item, other), each unordered pair once. contact; shared_border_m; overlap_m2 (planar); distance_m
        (between the drawn shapes); distance_low_m, distance_high_m (within the accuracies; missing where an extent is
        unknown).
    items
        Index item. cluster (number from 1), neighbours (number of touching items), isolate (bool).
    not_placed
        Ids without any geometry.
    """

    pairs: pd.DataFrame
    items: pd.DataFrame
    not_placed: tuple[str, ...]


def adjacency(items: gpd.GeoDataFrame) -> Adjacency:
    """Compare every pair of placed items.

    Parameters
    ----------
    items
        Index id; columns determinacy, accuracy_m (metres), extent_known, geometry in a metric system or None.

    Returns
    -------
    Adjacency
        Distances and lengths in metres.
    """
    placed = items[items.geometry.notna()].sort_index()
    order = list(itertools.combinations(range(len(placed)), 2))
    first, second = (np.array(order, dtype=int).reshape(-1, 2).T) if order else np.empty((2, 0), dtype=int)
    pairs = _pairs(placed, first, second)
    return Adjacency(
        pairs=pairs,
        items=_clusters(placed, first, second, pairs),
        not_placed=tuple(items.index[items.geometry.isna()]),
    )


def _pairs(placed: gpd.GeoDataFrame, first: NDArray[np.int_], second: NDArray[np.int_]) -> pd.DataFrame:
    shapes = placed.geometry.to_numpy()
    one, two = shapes[first], shapes[second]
    slack = placed["accuracy_m"].to_numpy(dtype=float)
    known = placed["extent_known"].to_numpy(dtype=bool)
    exact = placed["determinacy"].isin(EXACT).to_numpy()
    measured = known[first] & known[second]
    decided = exact[first] & exact[second]
    reach = np.where(decided, 0.0, slack[first] + slack[second])
    distance = shapely.distance(one, two)
    border = ellipsoidal_length_m(gpd.GeoSeries(shapely.intersection(_edges(one), _edges(two)), crs=placed.crs))
    overlap = shapely.area(shapely.intersection(one, two))
    cores = shapely.buffer(shapes, -slack)
    sure_overlap = shapely.intersects(cores[first], cores[second])
    contact = np.select(
        [~measured, decided, sure_overlap, distance > reach],
        ["unknown", _drawn_contact(distance, border, overlap), "overlap", "apart"],
        default="undecidable",
    )
    sure = np.isin(contact, ("overlap",)) | (decided & (distance == 0))
    columns = {
        "contact": contact,
        "shared_border_m": np.where(contact == "border", border, np.nan),
        "overlap_m2": np.where(measured & decided, overlap, np.nan),
        "distance_m": distance,
        "distance_low_m": np.where(measured, np.clip(distance - reach, 0, None), np.nan),
        "distance_high_m": np.where(measured, np.where(sure, 0.0, distance + reach), np.nan),
    }
    index = pd.MultiIndex.from_arrays([placed.index[first], placed.index[second]], names=["item", "other"])
    return pd.DataFrame(columns, index=index).sort_index()


def _edges(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return outlines of polygons; points and lines have none to share."""
    outlines: NDArray[np.object_] = shapely.boundary(shapes)
    outlines[shapely.get_dimensions(shapes) < 2] = shapely.LineString()  # noqa: PLR2004
    return outlines


def _drawn_contact(
    distance: NDArray[np.float64], border: NDArray[np.float64], overlap: NDArray[np.float64]
) -> NDArray[np.str_]:
    """Classify pairs by their drawn shapes alone."""
    return np.select([distance > 0, overlap > 0, border > 0], ["apart", "overlap", "border"], default="point")


def _clusters(
    placed: gpd.GeoDataFrame, first: NDArray[np.int_], second: NDArray[np.int_], pairs: pd.DataFrame
) -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([placed.index[first], placed.index[second]])
    touching = pairs["contact"].reindex(index).isin(TOUCHING).to_numpy()
    one, two = first[touching], second[touching]
    size = len(placed)
    graph = coo_array((np.ones(len(one)), (one, two)), shape=(size, size))
    _, label = connected_components(graph, directed=False) if size else (0, np.empty(0, dtype=int))
    neighbours = np.bincount(one, minlength=size) + np.bincount(two, minlength=size)
    columns = {"cluster": label + 1, "neighbours": neighbours, "isolate": neighbours == 0}
    return pd.DataFrame(columns, index=placed.index.rename("item"))
