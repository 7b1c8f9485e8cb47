"""A layer of polygons in numbers: its pairs and borders added up, and everything known of each polygon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.adjacency.result import CONTACTS
from parkmap.analysis.adjacency.structure import shapes_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from parkmap.analysis.adjacency.result import Contiguity
    from parkmap.analysis.adjacency.structure import Structure


def summary(contiguity: Contiguity, described: Structure) -> dict[str, float | int]:
    """Return a layer in numbers.

    Parameters
    ----------
    contiguity
        Pairs and polygons.
    described
        Structure of the graph that was made of them.

    Returns
    -------
    dict of str to float or int
        polygons; pairs, and those of each of `CONTACTS`; isolates, clusters, bridges, articulations of the graph;
        shared_m, exact_m, overlap_m2 summed over pairs; outer_m summed over polygons; identity_gap_m.
    """
    places = described.places
    counts = np.bincount(contiguity.contact, minlength=len(CONTACTS)).tolist()
    return {
        "polygons": len(contiguity.ids),
        "pairs": len(contiguity.first),
        **dict(zip(CONTACTS, counts, strict=True)),
        "isolates": int(places["isolate"].sum()),
        "clusters": len(described.clusters),
        "bridges": len(described.bridges),
        "articulations": int(places["articulation"].sum()),
        "shared_m": float(contiguity.shared_border_m.sum()),
        "exact_m": float(contiguity.exact_m.sum()),
        "overlap_m2": float(contiguity.overlap_m2.sum()),
        "outer_m": float(contiguity.outer_m.sum()),
        "identity_gap_m": contiguity.identity_gap_m,
    }


def polygons(contiguity: Contiguity, parcels: gpd.GeoSeries, described: Structure) -> pd.DataFrame:
    """Return everything known of each polygon.

    Parameters
    ----------
    contiguity
        Pairs and polygons.
    parcels
        The polygons that were compared.
    described
        Structure of a graph of the same polygons.

    Returns
    -------
    DataFrame
        Index item. The columns of `Contiguity.polygons` and of `shapes_of`; degree, articulation and betweenness in
        the graph.
    """
    own = contiguity.polygons.join(shapes_of(contiguity, parcels))
    return own.join(described.places[["degree", "articulation", "betweenness"]])
