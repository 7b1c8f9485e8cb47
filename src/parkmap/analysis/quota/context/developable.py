"""Developable land: zones minus constraint layers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from parkmap.crs import ellipsoidal_area_m2

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd


def developable(
    zones: gpd.GeoSeries, *, excluded: Mapping[str, gpd.GeoSeries], required: Mapping[str, gpd.GeoSeries]
) -> pd.DataFrame:
    """Return how much of each zone can be built on.

    Parameters
    ----------
    zones
        Polygons in one metric system, by id; missing ones stay unknown.
    excluded
        Layers on which nothing may be built, by name (生态保护红线, 永久基本农田), in the same system.
    required
        Layers outside which nothing may be built (城镇开发边界, 工业区块线), in the same system.

    Returns
    -------
    DataFrame
        Index as given: gross_m2, ``<name>_m2`` for each layer (what it takes away on its own: the part inside an
        excluded layer, the part outside a required one), developable_m2 (what is left under all of them, overlaps
        counted once). Whole m2 on the ellipsoid, nullable integers; areas are rounded down, and what a layer takes away
        is the difference of two of them, so that one layer alone leaves exactly the rest.

    Raises
    ------
    ValueError
        When a layer has another coordinate system than the zones.
    """
    for name, layer in (*excluded.items(), *required.items()):
        if layer.crs != zones.crs:
            raise ValueError(f"{name}: {layer.crs} is not {zones.crs}")
    known = zones[zones.notna()]
    gross = _whole(known)
    table = pd.DataFrame({"gross_m2": gross}, index=known.index)
    left = known
    for name, layer in excluded.items():
        mask = shapely.union_all(layer.to_numpy())
        table[f"{name}_m2"] = gross - _whole(known.difference(mask))
        left = left.difference(mask)
    for name, layer in required.items():
        mask = shapely.union_all(layer.to_numpy())
        table[f"{name}_m2"] = gross - _whole(known.intersection(mask))
        left = left.intersection(mask)
    table["developable_m2"] = _whole(left)
    return table.reindex(zones.index).astype("Int64")


def floor_space_cap_m2(land_m2: int, floor_area_ratio: float) -> int:
    """Return the floor space that land can carry, rounded down to whole square metres of gross floor area.

    Parameters
    ----------
    land_m2
        Whole square metres of land.
    floor_area_ratio
        Square metres of floor per square metre of land.
    """
    return int(land_m2 * Fraction(str(floor_area_ratio)))


def _whole(shapes: gpd.GeoSeries) -> np.ndarray:
    return np.floor(ellipsoidal_area_m2(shapes) + 1e-6).astype(np.int64)
