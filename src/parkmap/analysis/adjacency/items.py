"""Adjacency of a plan's places: contact, shared border and distance of every pair, and clusters and isolates.

Between surveyed or published shapes the contact is exact. Where an indicative shape is involved, the two edges are
known only to within the sum of their accuracies: then contact is stated where every possible position agrees, and is
`undecidable` otherwise. A place whose extent is unknown has a distance to its anchor, but no contact.
"""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.adjacency.contiguity import contiguity
from parkmap.analysis.adjacency.graph import Graph, graph_of
from parkmap.analysis.adjacency.structure import Structure, shapes_of, structure
from parkmap.crs import ellipsoidal_length_m

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.result import Contiguity

Contact = Literal["border", "point", "overlap", "apart", "undecidable", "unknown"]
"""`border`: a line is shared; `point`: only a point; `overlap`: interiors meet; `unknown`: an extent is unknown."""

NEAR: Final[tuple[Contact, ...]] = ("border", "overlap", "point", "undecidable")
"""Contacts of pairs that touch, if only in a point, or may touch within the accuracies."""
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
    graph
        The pairs that touch for sure, weighted by their shared border in metres (0 for an overlap).
    structure
        Structure of that graph.
    polygons
        Index item, exact polygons only. perimeter_m, shared_m, outer_m, residual_m (see `Contiguity.polygons`, lengths
        in the plane of the system), border_share, compactness.
    identity_gap_m
        The largest |perimeter - shared borders - outer border| of an exact polygon.
    borders
        Index (item, other): where the borders of exact polygons run, in the system of the items.
    """

    pairs: pd.DataFrame
    items: pd.DataFrame
    not_placed: tuple[str, ...]
    graph: Graph
    structure: Structure
    polygons: pd.DataFrame
    identity_gap_m: float
    borders: gpd.GeoSeries

    def near_or_in(self, graph: Graph) -> pd.MultiIndex:
        """Return the pairs that touch, if only in a point, or may touch within the accuracies, and those of a graph.

        Parameters
        ----------
        graph
            A graph of the same places.

        Returns
        -------
        MultiIndex
            (item, other), each pair once, sorted.
        """
        near: pd.MultiIndex = self.pairs.index[self.pairs["contact"].isin(NEAR).to_numpy()]
        return near.union(graph.pairs.index) if len(graph.first) else near

    def beside(self, item: str) -> dict[Contact, tuple[str, ...]]:
        """Return the neighbours of an item by how they meet, one of `NEAR`.

        Parameters
        ----------
        item
            Its id.
        """
        found: dict[Contact, list[str]] = {contact: [] for contact in NEAR}
        for (one, two), contact in self.pairs["contact"].items():
            if contact in found and item in {one, two}:
                found[contact].append(two if one == item else one)
        return {contact: tuple(others) for contact, others in found.items()}

    @property
    def possible(self) -> Graph:
        """The pairs that touch along a line, overlap, or may touch within the accuracies, as a graph of weight 1."""
        ids = pd.Index(self.items.index)
        kept = self.pairs.index[self.pairs["contact"].isin((*TOUCHING, "undecidable")).to_numpy()]
        first, second = (ids.get_indexer(kept.get_level_values(level)) for level in (0, 1))
        return graph_of(ids, first, second, np.ones(len(kept)), unit="1")


def adjacency(items: gpd.GeoDataFrame) -> Adjacency:
    """Compare every pair of placed items.

    Parameters
    ----------
    items
        Index id; columns determinacy, accuracy_m (metres), extent_known, geometry in a metric system or None.

    Returns
    -------
    Adjacency
        Distances in the plane of the system, shared borders on the ellipsoid, both in metres.
    """
    placed = items[items.geometry.notna()].sort_index()
    order = list(itertools.combinations(range(len(placed)), 2))
    first, second = (np.array(order, dtype=int).reshape(-1, 2).T) if order else np.empty((2, 0), dtype=int)
    exact = placed[placed["determinacy"].isin(EXACT) & placed["extent_known"].astype(bool)]
    drawn = contiguity(exact.geometry, kind="queen", keep_borders=True)
    borders = drawn.border_lines(exact.geometry)
    pairs = _pairs(placed, first, second, _measured(drawn, borders))
    graph = _touching(placed, first, second, pairs)
    described = structure(graph)
    return Adjacency(
        pairs=pairs,
        items=_items(described),
        not_placed=tuple(items.index[items.geometry.isna()]),
        graph=graph,
        structure=described,
        polygons=drawn.polygons.drop(columns="neighbours").join(shapes_of(drawn, exact.geometry)["compactness"]),
        identity_gap_m=drawn.identity_gap_m,
        borders=borders,
    )


def _measured(drawn: Contiguity, borders: gpd.GeoSeries) -> pd.DataFrame:
    """Return contact, border on the ellipsoid and overlap of all exact polygons that meet."""
    found = drawn.pairs
    lengths = pd.Series(ellipsoidal_length_m(borders), index=borders.index)
    found["shared_border_m"] = lengths.reindex(found.index, fill_value=0.0)
    return found


def _pairs(
    placed: gpd.GeoDataFrame, first: NDArray[np.int_], second: NDArray[np.int_], found: pd.DataFrame
) -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([placed.index[first], placed.index[second]], names=["item", "other"])
    drawn = found.reindex(index)
    shapes = placed.geometry.to_numpy()
    slack = placed["accuracy_m"].to_numpy(dtype=float)
    known = placed["extent_known"].to_numpy(dtype=bool)
    exact = placed["determinacy"].isin(EXACT).to_numpy()
    measured = known[first] & known[second]
    decided = exact[first] & exact[second]
    reach = np.where(decided, 0.0, slack[first] + slack[second])
    distance = shapely.distance(shapes[first], shapes[second])
    cores = shapely.buffer(shapes, -slack)
    one, two = cores[first], cores[second]
    sure_overlap = shapely.intersects(one, two) & ~shapely.touches(one, two)
    contact = np.select(
        [~measured, decided, sure_overlap, distance > reach],
        ["unknown", drawn["contact"].fillna("apart").to_numpy(dtype=str), "overlap", "apart"],
        default="undecidable",
    )
    sure = (contact == "overlap") | (decided & np.isin(contact, ("border", "point")))
    columns = {
        "contact": contact,
        "shared_border_m": np.where(contact == "border", drawn["shared_border_m"], np.nan),
        "overlap_m2": np.where(measured & decided, drawn["overlap_m2"].fillna(0.0), np.nan),
        "distance_m": distance,
        "distance_low_m": np.where(measured, np.clip(distance - reach, 0, None), np.nan),
        "distance_high_m": np.where(measured, np.where(sure, 0.0, distance + reach), np.nan),
    }
    return pd.DataFrame(columns, index=index).sort_index()


def _touching(
    placed: gpd.GeoDataFrame, first: NDArray[np.int_], second: NDArray[np.int_], pairs: pd.DataFrame
) -> Graph:
    """Return the graph of the pairs that touch along a line or overlap."""
    index = pd.MultiIndex.from_arrays([placed.index[first], placed.index[second]])
    own = pairs.reindex(index)
    kept = own["contact"].isin(TOUCHING).to_numpy()
    weight = own["shared_border_m"].fillna(0.0).to_numpy(dtype=float)[kept]
    return graph_of(pd.Index(placed.index), first[kept], second[kept], weight, unit="m")


def _items(described: Structure) -> pd.DataFrame:
    places = described.places
    return pd.DataFrame({"cluster": places["cluster"], "neighbours": places["degree"], "isolate": places["isolate"]})
