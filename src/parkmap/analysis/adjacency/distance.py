"""Graphs by distance: everything within a band, the k nearest, and pairs within a travel time of each other.

Distances are between the shapes themselves, edge to edge, never between centroids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import shapely
from scipy.spatial import cKDTree

from parkmap.analysis.adjacency.checks import id_finding, id_findings, system_findings
from parkmap.analysis.adjacency.graph import Graph, graph_of
from parkmap.analysis.adjacency.hashing import distinct
from parkmap.analysis.threads import measure_pairs
from parkmap.errors import InvalidInputError
from parkmap.finding import finding

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from numpy.typing import NDArray

LARGE: Final = 0.5
"""Radius, in bands, from which on a shape is looked up by its box and not by its centre."""


def distance_band(places: gpd.GeoSeries, within_m: float, *, weight: Literal["distance", "one"] = "distance") -> Graph:
    """Join all places that lie within a distance of each other.

    Pairs of circles around the shapes settle most pairs; only where the circles leave it open are the shapes compared.

    Parameters
    ----------
    places
        Geometries of any kind in a metric system; the index holds their ids. Missing ones have no neighbours.
    within_m
        Largest distance, inclusive.
    weight
        `distance`: metres between the shapes, 0 where they touch; `one`: 1 for every pair, which is quicker.

    Returns
    -------
    Graph
        All pairs.

    Raises
    ------
    InvalidInputError
        When ids repeat, the system is not metric, or the distance is not a positive number.
    """
    found = [*id_findings(places.index), *system_findings(places)]
    if not (np.isfinite(within_m) and within_m >= 0):
        found.append(finding("graph.band", "error", value=within_m))
    if found:
        raise InvalidInputError(found)
    placed = np.flatnonzero(~(shapely.is_missing(places.to_numpy()) | shapely.is_empty(places.to_numpy())))
    shapes = places.to_numpy()[placed]
    one, two = _within(shapes, within_m)
    if weight == "distance":
        return graph_of(
            places.index, placed[one], placed[two], measure_pairs(shapely.distance, shapes, one, two), unit="m"
        )
    return graph_of(places.index, placed[one], placed[two], np.ones(len(one)), unit="1")


def _within(shapes: NDArray[np.object_], within_m: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return positions of all pairs within the distance, each once."""
    centre, radius, inner = _circles(shapes)
    small = np.flatnonzero(radius <= max(LARGE * within_m, 1.0))
    reach = within_m + 2 * float(radius[small].max(initial=0.0))
    tree = cKDTree(centre[small])
    one, two = small[tree.query_pairs(reach, output_type="ndarray")].T
    gap = np.hypot(*(centre[one] - centre[two]).T)
    sure = gap + inner[one] + inner[two] <= within_m
    open_ = np.flatnonzero(~sure & (gap - radius[one] - radius[two] <= within_m))
    near = measure_pairs(lambda a, b: shapely.dwithin(a, b, within_m), shapes, one[open_], two[open_])
    sure[open_[near]] = True
    big_one, big_two = _of_large(shapes, np.setdiff1d(np.arange(len(shapes)), small), within_m)
    return np.concatenate([one[sure], big_one]), np.concatenate([two[sure], big_two])


def _circles(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle of each box, the radius of the circle around it, and how far the shape itself is from there."""
    box = shapely.bounds(shapes)
    centre = (box[:, :2] + box[:, 2:]) / 2
    radius = np.hypot(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) / 2
    return centre, radius, shapely.distance(shapely.points(centre), shapes)


def _of_large(
    shapes: NDArray[np.object_], large: NDArray[np.int64], within_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of which at least one is large."""
    if len(large) == 0:
        return large, large
    one, two = shapely.STRtree(shapes).query(shapes[large], predicate="dwithin", distance=within_m)
    one = large[one]
    first, second = np.minimum(one, two), np.maximum(one, two)
    number = distinct(first[first != second] * len(shapes) + second[first != second])
    first, second = np.divmod(number, len(shapes))
    return first, second


def k_nearest(places: gpd.GeoSeries, k: int, *, mutual: bool = False) -> Graph:
    """Join every place with its k nearest; places at the same distance as the k-th are all taken.

    Parameters
    ----------
    places
        Geometries of any kind in a metric system; the index holds their ids. Missing ones have no neighbours.
    k
        Number of neighbours that each place reaches out to.
    mutual
        Whether both must be among the k nearest of each other; otherwise one of them is enough. Either way the
        graph is symmetric.

    Returns
    -------
    Graph
        Weights are distances in metres.

    Raises
    ------
    InvalidInputError
        When ids repeat, the system is not metric, or k is less than 1.
    """
    found = [*id_findings(places.index), *system_findings(places)]
    if k < 1:
        found.append(finding("graph.k", "error", value=k))
    if found:
        raise InvalidInputError(found)
    placed = np.flatnonzero(~(shapely.is_missing(places.to_numpy()) | shapely.is_empty(places.to_numpy())))
    shapes = places.to_numpy()[placed]
    if len(shapes) < 2:  # noqa: PLR2004
        return graph_of(places.index, placed[:0], placed[:0], np.empty(0), unit="m")
    one, two, distance_m = _reached(shapes, min(k, len(shapes) - 1))
    number = np.minimum(one, two) * len(shapes) + np.maximum(one, two)
    order = np.argsort(number, kind="stable")
    number, distance_m = number[order], distance_m[order]
    again = np.append(number[1:] == number[:-1], False)
    kept = again if mutual else ~again
    first, second = np.divmod(number[kept], len(shapes))
    return graph_of(places.index, placed[first], placed[second], distance_m[kept], unit="m")


def _reached(shapes: NDArray[np.object_], k: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return, for each shape, all others at most as far away as the k-th nearest."""
    centre, _, _ = _circles(shapes)
    _, near = cKDTree(centre).query(centre, k=k + 1)
    own = np.repeat(np.arange(len(shapes)), k + 1)
    guess_m = measure_pairs(shapely.distance, shapes, own, near.ravel()).reshape(near.shape)
    guess_m[near == np.arange(len(shapes))[:, None]] = np.inf
    limit_m = np.sort(guess_m, axis=1)[:, k - 1]  # at least k others are that near
    tree = shapely.STRtree(shapes)
    one, two = tree.query(shapes, predicate="dwithin", distance=np.nextafter(limit_m, np.inf))
    one, two = one[one != two], two[one != two]
    distance_m = measure_pairs(shapely.distance, shapes, one, two)
    order = np.lexsort((distance_m, one))
    one, two, distance_m = one[order], two[order], distance_m[order]
    begin = np.searchsorted(one, np.arange(len(shapes)))
    kept = distance_m <= distance_m[begin + k - 1][one]
    return one[kept], two[kept], distance_m[kept]


def travel_time_graph(ids: pd.Index, minutes: NDArray[np.float64], within_minutes: float) -> Graph:
    """Join places between which one gets within a time, there and back.

    Parameters
    ----------
    ids
        Ids of the places.
    minutes
        Travel time from row to column, shape (n, n); NaN or infinite where there is no way.
    within_minutes
        Longest time, inclusive.

    Returns
    -------
    Graph
        Weights are minutes of the slower direction.

    Raises
    ------
    InvalidInputError
        When the table does not fit the ids, holds negative times, or ids repeat.
    """
    minutes = np.asarray(minutes, dtype=np.float64)
    found = list(id_findings(ids))
    if minutes.shape != (len(ids), len(ids)):
        found.append(finding("graph.times_shape", "error", shape=minutes.shape, count=len(ids)))
    elif (minutes < 0).any():
        found.append(id_finding("graph.times_negative", ids[(minutes < 0).any(axis=1)]))
    if found:
        raise InvalidInputError(found)
    slower = np.maximum(minutes, minutes.T)  # NaN stays NaN, and is within nothing
    first, second = np.nonzero(np.triu(slower <= within_minutes, k=1))
    return graph_of(ids, first, second, slower[first, second], unit="minutes")
