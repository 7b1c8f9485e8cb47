"""Orchestration of `parkmap map --parcels`: users' own parcels in the page, or as tiles beside it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap.crs import WGS84
from parkmap.layers.map_parcels import read_map_parcels
from parkmap.output.html.dense.model import TiledLayer
from parkmap.output.html.dense.tiles import tile
from parkmap.output.html.layers.parcel import parcel_layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from parkmap.output.html.dense.model import DenseLayer
    from parkmap.results.plan import PlanResults

MOST_IN_PAGE: Final = 250_000
"""Parcels above which a page would be slow to open: unless told otherwise, they then stand as tiles beside it."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ParcelFile:
    """What is asked of a file of parcels.

    Parameters
    ----------
    path
        The file.
    name
        Property that names a parcel; None takes a usual one.
    by
        Property by which they are coloured; None is one colour for all.
    tiles
        Whether they stand beside the page; None decides by their number.
    """

    path: Path
    name: str | None = None
    by: str | None = None
    tiles: bool | None = None


def parcel_map(
    asked: ParcelFile, *, results: PlanResults, style: Mapping[str, Any], folder: str
) -> tuple[DenseLayer | TiledLayer, dict[str, bytes]]:
    """Return parcels as a layer of a plan's page, and the files that must stand beside the page.

    Parameters
    ----------
    asked
        Which parcels, and how.
    results
        Results of the plan; its districts say where parcels can lie.
    style
        The style file.
    folder
        Name of the folder beside the page in which the files will stand.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    layer = read_parcels(asked, results=results, style=style)
    beside = len(layer) > MOST_IN_PAGE if asked.tiles is None else asked.tiles
    if not beside:
        return layer, {}
    tiles = tile(layer)
    return TiledLayer(layer=layer, header=tiles.header, folder=folder), tiles.files


def read_parcels(asked: ParcelFile, *, results: PlanResults, style: Mapping[str, Any]) -> DenseLayer:
    """Return parcels as a layer of a plan's page or sheet.

    Parameters
    ----------
    asked
        Which parcels, and how.
    results
        Results of the plan; its districts say where parcels can lie.
    style
        The style file.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    west, south, east, north = results.geography.districts["outline"].to_crs(WGS84).total_bounds
    fields = [field for field in (asked.name, asked.by) if field is not None]
    parcels = read_map_parcels(asked.path, within=(west, south, east, north), fields=fields)
    return parcel_layer(parcels, style=style, file=asked.path.name, name=asked.name, by=asked.by)
