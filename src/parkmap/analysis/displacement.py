"""How far places moved from one plan to the next, and which of the old and the new may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

SHARED_LETTERS: Final = 2
"""Characters at the beginning of two names that must be equal before two places may be one."""


def displacements(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the distance between the centres of the old and the new place of each item.

    Parameters
    ----------
    before, after
        Index item, the same in both; accuracy_m and geometry (or None) in the same metric system.

    Returns
    -------
    DataFrame
        Index item. moved_m; moved_low_m, moved_high_m within the accuracies of both; NaN where either has no geometry.
    """
    moved_m = shapely.distance(*(shapely.centroid(side.geometry.to_numpy()) for side in (before, after)))
    slack_m = before["accuracy_m"].to_numpy(dtype=float) + after["accuracy_m"].to_numpy(dtype=float)
    ends = {"moved_low_m": np.clip(moved_m - slack_m, 0, None), "moved_high_m": moved_m + slack_m}
    return pd.DataFrame({"moved_m": moved_m, **ends}, index=before.index)


def possibly_one(dropped: gpd.GeoDataFrame, added: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return dropped and added items whose names begin alike and whose places may touch: perhaps one thing.

    Parameters
    ----------
    dropped, added
        Index item; name_zh, accuracy_m and geometry (or None) in the same metric system.

    Returns
    -------
    DataFrame
        Columns before, after (ids), distance_m, accuracy_m (sum of both accuracies, within which the two cannot be
        told apart).
    """
    old, new = (np.repeat(np.arange(len(dropped)), len(added)), np.tile(np.arange(len(added)), len(dropped)))
    begins = [side["name_zh"].str[:SHARED_LETTERS].to_numpy() for side in (dropped, added)]
    shapes = [side.geometry.to_numpy() for side in (dropped, added)]
    slack_m = [side["accuracy_m"].to_numpy(dtype=float) for side in (dropped, added)]
    frame = pd.DataFrame(
        {
            "before": dropped.index[old],
            "after": added.index[new],
            "distance_m": shapely.distance(shapes[0][old], shapes[1][new]),
            "accuracy_m": slack_m[0][old] + slack_m[1][new],
        }
    )
    alike = begins[0][old] == begins[1][new]
    return frame[alike & (frame["distance_m"] <= frame["accuracy_m"])].reset_index(drop=True)
