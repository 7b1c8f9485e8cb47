"""Rows of a frame as a map page draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap.messages import Words
from parkmap.output.vector import geometry_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd


MAP_DECIMALS: Final = 5
"""Digits of a degree on the page: 1 m, finer than any screen shows."""


def name_of(frame: gpd.GeoDataFrame, place: str) -> Words:
    """Return the name of a row in both languages.

    Parameters
    ----------
    frame
        Columns name_zh, name_en; index ids.
    place
        Id of the row.
    """
    return Words(str(frame.at[place, "name_zh"]), str(frame.at[place, "name_en"]))


def drawn(frame: gpd.GeoDataFrame) -> Iterator[tuple[str, Words, dict[str, Any]]]:
    """Yield id, name and GeoJSON geometry of each row that has one, in their order.

    Parameters
    ----------
    frame
        Columns name_zh, name_en and the active geometry; index ids.
    """
    for place, shape in zip(frame.index, geometry_json(frame.geometry, MAP_DECIMALS), strict=True):
        if shape is not None:
            yield place, name_of(frame, place), shape
