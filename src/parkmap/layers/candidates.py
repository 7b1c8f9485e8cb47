"""Where a site could stand: users' own points with what is known of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.layers.features import anchors, read_features
from parkmap.layers.read import open_vector

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

CANDIDATE: Final = "candidate"
NUMBERS: Final = ("capacity", "price_yuan")
"""Properties that a site may have; a missing capacity is unlimited, a missing price unknown."""


def read_candidates(path: Path, *, crs: str, name: str | None = None) -> gpd.GeoDataFrame:
    """Read sites with their status, capacity and price.

    Parameters
    ----------
    path
        GeoJSON, GeoPackage or anything GDAL reads.
    crs
        Working system of the plan.
    name
        File name for the findings; None is the path.

    Returns
    -------
    GeoDataFrame
        Index site. Columns name_zh, name_en, status (`candidate` where the file says nothing), capacity, price_yuan
        (missing where it says nothing), geometry as points.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    file = name or path.as_posix()
    frame = anchors(read_features(path, crs=crs, name=file)).rename_axis("site")
    own, _ = open_vector(path, name=file)
    frame["status"] = CANDIDATE
    if "status" in own.columns:
        frame["status"] = own["status"].fillna(CANDIDATE).astype(str).to_numpy()
    problems = []
    for column in NUMBERS:
        values = own[column] if column in own.columns else pd.Series(np.nan, index=own.index)
        numbers = pd.to_numeric(values, errors="coerce")
        wrong = tuple(str(site) for site in frame.index[(values.notna() & numbers.isna()).to_numpy()])
        if wrong:
            problems.append(
                finding(
                    "features.no_number",
                    "error",
                    file=file,
                    key=", ".join(wrong[:5]),
                    ids=wrong,
                    name=column,
                    count=len(wrong),
                )
            )
        frame[column] = numbers.to_numpy(dtype=np.float64)
    if problems:
        raise InvalidInputError(problems)
    return frame
