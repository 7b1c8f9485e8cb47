"""What others do for the same questions: libpysal, an STRtree with intersections, DuckDB with its spatial extension."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import duckdb
import duckdb_extension_spatial
import numpy as np
import pandas as pd
import shapely
from libpysal.graph import Graph as LibpysalGraph

if TYPE_CHECKING:
    import geopandas as gpd


def libpysal_rook(parcels: gpd.GeoSeries, *, lengths: bool):
    """Return positions of pairs and their weights from libpysal's rook contiguity, by shared perimeter if asked."""
    table = LibpysalGraph.build_contiguity(parcels, rook=True, by_perimeter=lengths).adjacency
    table = table[table > 0]  # isolates stand for themselves
    focal, other = (table.index.get_level_values(level).to_numpy() for level in (0, 1))
    once = focal < other
    return focal[once], other[once], table.to_numpy()[once]


def strtree_intersections(parcels: gpd.GeoSeries):
    """Return pairs that intersect and the length of what they share: the loop everyone writes, without the loop."""
    shapes = parcels.to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = one < two
    one, two = one[once], two[once]
    shared_m = shapely.length(shapely.intersection(shapes[one], shapes[two]))
    kept = shared_m > 0
    return one[kept], two[kept], shared_m[kept]


def strtree_outlines(parcels: gpd.GeoSeries):
    """Return pairs whose outlines have a line in common: polygons by tree, lengths from their boundaries."""
    shapes = parcels.to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = one < two
    one, two = one[once], two[once]
    outlines = shapely.boundary(shapes)
    shared_m = shapely.length(shapely.intersection(outlines[one], outlines[two]))
    kept = shared_m > 0
    return one[kept], two[kept], shared_m[kept]


def strtree_within_tolerance(parcels: gpd.GeoSeries, *, eps_m: float):
    """Return pairs within the tolerance and the length of each one's outline within it of the other (mean of both)."""
    shapes = parcels.to_numpy()
    one, two = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=eps_m)
    once = one < two
    one, two = one[once], two[once]
    outlines, grown = shapely.boundary(shapes), shapely.buffer(shapes, eps_m, join_style="mitre")
    there = shapely.length(shapely.intersection(outlines[one], grown[two]))
    back = shapely.length(shapely.intersection(outlines[two], grown[one]))
    shared_m = (there + back) / 2
    kept = shared_m > 4 * eps_m  # less is what two polygons at one corner have within the tolerance
    return one[kept], two[kept], shared_m[kept]


def strtree_pairs_within(shapes, *, within_m: float, with_distance: bool):
    """Return pairs within a distance from an STRtree."""
    one, two = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=within_m)
    once = one < two
    one, two = one[once], two[once]
    return one, two, shapely.distance(shapes[one], shapes[two]) if with_distance else np.ones(len(one))


def duckdb_table(shapes) -> duckdb.DuckDBPyConnection:
    """Return a connection whose table `parcels` holds the polygons: not timed, as the polygons of the others are."""
    connection = duckdb.connect()
    extension = next(pathlib.Path(duckdb_extension_spatial.__path__[0]).rglob("*.duckdb_extension"))
    connection.execute(f"load '{extension}'")
    frame = pd.DataFrame({"position": np.arange(len(shapes)), "wkb": list(shapely.to_wkb(shapes))})
    connection.register("frame", frame)
    connection.execute("create table parcels as select position, ST_GeomFromWKB(wkb) as shape from frame")
    return connection


def duckdb_pairs_within(connection: duckdb.DuckDBPyConnection, *, within_m: float, with_distance: bool):
    """Return pairs within a distance from DuckDB's spatial join.

    A further condition in the join (one < two) would cost the spatial join operator: the order is sorted out here.
    """
    distance = ", ST_Distance(one.shape, two.shape) as distance_m" if with_distance else ""
    rows = connection.execute(
        f"select one.position as one, two.position as two{distance} "
        f"from parcels one join parcels two on ST_DWithin(one.shape, two.shape, {within_m})"
    ).fetchnumpy()
    once = rows["one"] < rows["two"]
    return rows["one"][once], rows["two"][once], rows["distance_m"][once] if with_distance else np.ones(int(once.sum()))
