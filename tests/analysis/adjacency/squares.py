"""Polygons whose borders can be seen by eye, and what `contiguity` says of them in plain words."""

from __future__ import annotations

import geopandas as gpd
import shapely

from parkmap.analysis.adjacency import contiguity

CRS = "EPSG:4547"
EAST_M, NORTH_M = 500_000.0, 2_500_000.0


def box(x, y, width=10.0, height=10.0):
    """A rectangle with its lower left corner at (x, y) metres from the middle of the map."""
    return shapely.box(EAST_M + x, NORTH_M + y, EAST_M + x + width, NORTH_M + y + height)


def polygon(*corners, holes=()):
    """A polygon by its corners."""

    def placed(ring):
        return [(EAST_M + x, NORTH_M + y) for x, y in ring]

    return shapely.Polygon(placed(corners), [placed(hole) for hole in holes])


def parcels(**shapes) -> gpd.GeoSeries:
    """Shapes by id."""
    return gpd.GeoSeries(list(shapes.values()), index=list(shapes), crs=CRS)


def contacts(series, **asked) -> dict:
    """Return contact, shared border rounded to the micrometre, and overlap of each pair."""
    pairs = contiguity(series, **asked).pairs
    return {
        pair: (row.contact, round(row.shared_border_m, 6), round(row.overlap_m2, 6))
        for pair, row in zip(pairs.index, pairs.itertuples(), strict=True)
    }


def border(length, overlap=0.0):
    return ("border", length, overlap)


POINT = ("point", 0.0, 0.0)
