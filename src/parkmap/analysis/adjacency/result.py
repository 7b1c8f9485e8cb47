"""The result of comparing polygons: pairs and polygons as arrays over one list of ids, handed out as fresh tables."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.adjacency.edges import edges_of, sums
from parkmap.analysis.adjacency.graph import Graph, pair_index
from parkmap.analysis.adjacency.hashing import changes
from parkmap.analysis.adjacency.overlaps import part_ends

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.tolerant import Pieces

BORDER: Final = 0
POINT: Final = 1
OVERLAP: Final = 2
CONTACTS: Final = ("border", "point", "overlap")
"""Words for the three numbers in `Contiguity.contact`."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Contiguity:
    """Which polygons adjoin which: result of `contiguity`.

    Arrays are read-only; position `k` of the pair arrays describes one pair, pairs in canonical order (by position of
    the first, then of the second polygon), each once.

    Parameters
    ----------
    ids
        Ids of all polygons in the order of the input, those without neighbours included.
    first, second
        Positions of the two polygons in `ids`, first < second, shape (p,).
    contact
        How they meet, a number of `CONTACTS`: a line, only a point, or interiors that overlap by more than the
        tolerance, shape (p,).
    shared_border_m
        Length along which their edges lie against each other from opposite sides, shape (p,).
    exact_m
        The part of it where the edges match vertex by vertex, shape (p,).
    overlap_m2
        Overlap in m² (planar); 0 unless the contact is `overlap`, shape (p,).
    perimeter_m
        Length of each polygon's boundary, holes included, shape (n,).
    outer_m
        Length of the boundary that no other polygon matches, measured by itself, shape (n,).
    borders
        Where the borders run, as pieces of edges, or None where they were not requested.
    """

    ids: pd.Index
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    contact: NDArray[np.int8]
    shared_border_m: NDArray[np.float64]
    exact_m: NDArray[np.float64]
    overlap_m2: NDArray[np.float64]
    perimeter_m: NDArray[np.float64]
    outer_m: NDArray[np.float64]
    borders: Pieces | None = None

    def __post_init__(self) -> None:
        """Lock the arrays."""
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    @property
    def pairs(self) -> pd.DataFrame:
        """One row per pair, a fresh copy: index (item, other), contact, shared_border_m, exact_m, overlap_m2."""
        columns = {
            "contact": np.array(CONTACTS, dtype=object)[self.contact],
            "shared_border_m": self.shared_border_m.copy(),
            "exact_m": self.exact_m.copy(),
            "overlap_m2": self.overlap_m2.copy(),
        }
        return pd.DataFrame(columns, index=pair_index(self.ids, self.first, self.second))

    @property
    def polygons(self) -> pd.DataFrame:
        """One row per polygon, a fresh copy.

        Index item. perimeter_m; shared_m (sum over its pairs); outer_m; residual_m (perimeter less shared less outer:
        0 up to the tolerance where no border is claimed twice); border_share (of the perimeter); neighbours (by line
        or overlap).
        """
        shared = self._sum(self.shared_border_m)
        columns = {
            "perimeter_m": self.perimeter_m.copy(),
            "shared_m": shared,
            "outer_m": self.outer_m.copy(),
            "residual_m": self.perimeter_m - shared - self.outer_m,
            "border_share": 1 - self.outer_m / self.perimeter_m,
            "neighbours": self._sum((self.contact != POINT).astype(float)).astype(int),
        }
        return pd.DataFrame(columns, index=self.ids.rename("item"))

    @property
    def identity_gap_m(self) -> float:
        """The largest |perimeter - shared borders - outer border| of any polygon."""
        residual = self.perimeter_m - self._sum(self.shared_border_m) - self.outer_m
        return float(np.abs(residual).max(initial=0.0))

    def _sum(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum a value of the pairs over both polygons of each."""
        size = len(self.ids)
        return sums(self.first, values, size) + sums(self.second, values, size)

    def graph(self, kind: Literal["rook", "queen"] = "rook", *, weight: Literal["border", "one"] = "border") -> Graph:
        """Return the pairs as a graph.

        Parameters
        ----------
        kind
            `rook` leaves point contacts out, `queen` takes them in.
        weight
            `border`: length of the shared border in metres (0 for a point); `one`: 1 for every pair.
        """
        kept = np.ones(len(self.first), dtype=bool) if kind == "queen" else self.contact != POINT
        values = self.shared_border_m[kept] if weight == "border" else np.ones(int(kept.sum()))
        return Graph(
            ids=self.ids,
            first=self.first[kept],
            second=self.second[kept],
            weight=values,
            unit="m" if weight == "border" else "1",
        )

    def border_lines(self, parcels: gpd.GeoSeries) -> gpd.GeoSeries:
        """Return where the shared borders run.

        Parameters
        ----------
        parcels
            The polygons that were compared.

        Returns
        -------
        GeoSeries
            Index (item, other), each pair with a shared border once; lines as drawn for the first of the two.

        Raises
        ------
        ValueError
            When the result was made without `keep_borders`, or from other polygons.
        """
        if self.borders is None or not parcels.index.equals(self.ids):
            raise ValueError("needs a result made with keep_borders=True, and the polygons that it was made from")
        edges = edges_of(parcels.to_numpy())
        pieces = self.borders
        owner, other = edges.owner[pieces.one], edges.owner[pieces.two]
        turned = owner > other
        numbers = np.where(turned, pieces.two, pieces.one)
        spans = np.where(turned[:, None], pieces.two_span_m, pieces.one_span_m)
        order = np.lexsort((spans[:, 0], numbers, np.maximum(owner, other), np.minimum(owner, other)))
        first, second = np.minimum(owner, other)[order], np.maximum(owner, other)[order]
        lines = shapely.linestrings(part_ends(edges, numbers[order], spans[order]))
        fresh = changes(first) | changes(second)
        joined = shapely.line_merge(shapely.multilinestrings(lines, indices=np.cumsum(fresh) - 1))
        return gpd.GeoSeries(joined, index=pair_index(self.ids, first[fresh], second[fresh]), crs=parcels.crs)
