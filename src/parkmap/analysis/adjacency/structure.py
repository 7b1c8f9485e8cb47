"""Structure of a graph of neighbours: clusters, bridges, articulation places, degree, betweenness, shape."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

import networkx as nx
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from parkmap.analysis.adjacency.graph import pair_index

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from parkmap.analysis.adjacency.graph import Graph
    from parkmap.analysis.adjacency.result import Contiguity

EXACT_UP_TO: Final = 1_000
"""Number of places up to which betweenness is computed from every place."""
PIVOTS: Final = 64
"""Places from which it is estimated above that."""
SEED: Final = 20_240_601


@dataclasses.dataclass(frozen=True, kw_only=True)
class Structure:
    """Result of `structure`.

    Parameters
    ----------
    places
        Index item. degree; cluster (number from 1, by first member); isolate; articulation (without it its cluster
        falls apart); betweenness (0 to 1, missing where it was not requested).
    bridges
        Index (item, other): pairs without which a cluster falls apart.
    clusters
        Index cluster. members (count), pairs (count).
    betweenness
        `exact`, `sampled` (from `PIVOTS` places) or `none`.
    """

    places: pd.DataFrame
    bridges: pd.MultiIndex
    clusters: pd.DataFrame
    betweenness: Literal["exact", "sampled", "none"]

    def is_bridge(self, pairs: pd.MultiIndex) -> NDArray[np.bool_]:
        """Tell which pairs are bridges.

        Parameters
        ----------
        pairs
            Pairs (item, other) of the graph, shape (p,).
        """
        found: NDArray[np.bool_] = pairs.isin(self.bridges)
        return found


def structure(graph: Graph, *, betweenness: bool = True) -> Structure:
    """Describe the structure of a graph; weights play no part.

    Parameters
    ----------
    graph
        The graph.
    betweenness
        Whether betweenness is wanted, which takes by far the longest.

    Returns
    -------
    Structure
        Degree after Freeman (1978); betweenness after Freeman (1977) by Brandes (2001), above `EXACT_UP_TO` places
        estimated from pivots (Brandes and Pich 2007); bridges and articulation places after Hopcroft and Tarjan (1973).
    """
    size = len(graph.ids)
    plain = nx.Graph()
    plain.add_nodes_from(range(size))
    plain.add_edges_from(zip(graph.first.tolist(), graph.second.tolist(), strict=True))
    cluster = clusters_of(graph)
    cut = np.zeros(size, dtype=bool)
    cut[list(nx.articulation_points(plain))] = True
    between, basis = _betweenness(plain, wanted=betweenness)
    places = {
        "degree": graph.degrees,
        "cluster": cluster,
        "isolate": graph.degrees == 0,
        "articulation": cut,
        "betweenness": between,
    }
    bridges = np.array(sorted(tuple(sorted(pair)) for pair in nx.bridges(plain)), dtype=np.int32).reshape(-1, 2)
    counts = {
        "members": np.bincount(cluster, minlength=1)[1:],
        "pairs": np.bincount(cluster[graph.first], minlength=int(cluster.max(initial=0)) + 1)[1:],
    }
    return Structure(
        places=pd.DataFrame(places, index=graph.ids.rename("item")),
        bridges=pair_index(graph.ids, bridges[:, 0], bridges[:, 1]),
        clusters=pd.DataFrame(counts, index=pd.RangeIndex(1, len(counts["members"]) + 1, name="cluster")),
        betweenness=basis,
    )


def clusters_of(graph: Graph) -> NDArray[np.int64]:
    """Return the cluster of each place, numbered from 1 in the order of their first members.

    Parameters
    ----------
    graph
        The graph.
    """
    if len(graph.ids) == 0:
        return np.empty(0, dtype=np.int64)
    size, joined = len(graph.ids), np.ones(len(graph.first), dtype=bool)  # a weight may be 0, the pair is there
    _, label = connected_components(
        coo_array((joined, (graph.first, graph.second)), shape=(size, size)), directed=False
    )
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(1, len(first) + 1)
    numbered: NDArray[np.int64] = rank[inverse]
    return numbered


def _betweenness(plain: nx.Graph, *, wanted: bool) -> tuple[NDArray[np.float64], Literal["exact", "sampled", "none"]]:
    size = plain.number_of_nodes()
    if not wanted:
        return np.full(size, np.nan), "none"
    exact = size <= EXACT_UP_TO
    found = nx.betweenness_centrality(plain, k=None if exact else PIVOTS, normalized=True, seed=SEED)
    return np.array([found[position] for position in range(size)], dtype=np.float64), "exact" if exact else "sampled"


def shapes_of(contiguity: Contiguity, parcels: gpd.GeoSeries) -> pd.DataFrame:
    """Describe the shape of each polygon and of each cluster of polygons that share borders.

    Parameters
    ----------
    contiguity
        Their contiguity.
    parcels
        The polygons.

    Returns
    -------
    DataFrame
        Index item. area_m2 (planar); compactness 4 pi A / P^2 (Polsby and Popper 1991: 1 for a circle); cluster;
        cluster_compactness, the same of the whole cluster, whose perimeter is the sum of the outer borders of its
        members.
    """
    area = shapely.area(parcels.to_numpy())
    cluster = clusters_of(contiguity.graph())
    whole_area, whole_edge = np.bincount(cluster, weights=area), np.bincount(cluster, weights=contiguity.outer_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = 4 * np.pi * whole_area / whole_edge**2
    columns = {
        "area_m2": area,
        "compactness": 4 * np.pi * area / contiguity.perimeter_m**2,
        "cluster": cluster,
        "cluster_compactness": whole[cluster],
    }
    return pd.DataFrame(columns, index=contiguity.ids.rename("item"))
