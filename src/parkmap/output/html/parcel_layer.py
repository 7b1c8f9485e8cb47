"""Users' own parcels as a layer of the map: coloured by one property, every property on the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from parkmap.output.html import words
from parkmap.output.html.dense import Column, DenseClass, DenseLayer, TiledLayer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from numpy.typing import NDArray

NAME_FIELDS: Final = ("name_zh", "name", "名称", "地块编号", "id", "ID", "OBJECTID", "BSM")
"""Properties that name a parcel, the best first."""
MOST_IN_PAGE: Final = 250_000
"""Parcels from which a page would be too heavy: they then stand as tiles beside it."""
DECIMALS: Final = 2


def parcel_layer(
    parcels: gpd.GeoDataFrame, *, style: Mapping[str, Any], name: str | None = None, by: str | None = None
) -> DenseLayer:
    """Return parcels as a layer.

    Parameters
    ----------
    parcels
        Polygons in WGS 84 with their properties.
    style
        The style file: ``classes`` are the colours, the last one for all that has none of its own.
    name
        Property that names a parcel; None takes a usual one, else the running number from 1.
    by
        Property by which they are coloured; None is one colour for all.
    """
    field = name or next((known for known in NAME_FIELDS if known in parcels.columns), None)
    numbers = [str(row) for row in range(1, len(parcels) + 1)]
    names = numbers if field is None else [_text(value) for value in parcels[field]]
    classes, class_of = _one_class(len(parcels), style) if by is None else _classes(parcels[by], style)
    columns = tuple(
        _column(str(key), parcels[key]) for key in parcels.columns if key not in {parcels.geometry.name, field}
    )
    return DenseLayer(
        id="parcels",
        title=words.text("layer.parcels"),
        parent=None,
        shapes=parcels.geometry.to_numpy(),
        names=names,
        classes=classes,
        class_of=class_of,
        columns=columns,
    )


def tiled(layer: DenseLayer, folder: str) -> tuple[TiledLayer, dict[str, bytes]]:
    """Return a layer as tiles beside the page, and their files.

    Parameters
    ----------
    layer
        The layer.
    folder
        Folder of the tiles, relative to the page.
    """
    from parkmap.output.html.dense_tiles import tile  # noqa: PLC0415  needs an imaging library

    tiles = tile(layer)
    return TiledLayer(layer=layer, header=tiles.header, folder=folder), tiles.files


def _one_class(count: int, style: Mapping[str, Any]) -> tuple[tuple[DenseClass, ...], NDArray[np.uint8]]:
    role = style["roles"]["parcel"]
    only = DenseClass(name={"zh": role["zh"], "en": role["en"]}, colour=role["colour"])
    return (only,), np.zeros(count, dtype=np.uint8)


def _classes(values: pd.Series, style: Mapping[str, Any]) -> tuple[tuple[DenseClass, ...], NDArray[np.uint8]]:
    """Return a class for each of the most frequent values, and one for the rest."""
    colours: Sequence[str] = style["classes"]
    texts = pd.Series([_text(value) for value in values])
    known = list(texts.value_counts(sort=True).index)
    own = known if len(known) <= len(colours) else known[: len(colours) - 1]
    place = {text: number for number, text in enumerate(sorted(own))}
    classes = [DenseClass(name=words.plain(text or "-"), colour=colours[number]) for text, number in place.items()]
    if len(own) < len(known):
        classes.append(DenseClass(name=words.text("page.other_classes"), colour=colours[-1]))
    return tuple(classes), texts.map(place).fillna(len(place)).to_numpy(dtype=np.uint8)


def _column(key: str, values: pd.Series) -> Column:
    label = words.plain(key)
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return Column(label=label, values=[_text(value) for value in values])
    numbers = values.to_numpy(dtype=np.float64)
    finite = numbers[np.isfinite(numbers)]
    whole = bool((finite == np.rint(finite)).all())
    return Column(label=label, values=numbers, decimals=0 if whole else DECIMALS)


def _text(value: object) -> str:
    return "" if value is None or (not isinstance(value, str) and pd.isna(value)) else str(value)
