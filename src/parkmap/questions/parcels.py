"""Users' own parcels on a plan's map: in the page or as tiles beside it, coloured by one property, all on the card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.layers.map_parcels import read_map_parcels
from parkmap.messages import Words
from parkmap.output.html.dense.columns import LARGEST
from parkmap.output.html.dense.model import Column, DenseLayer, TiledLayer
from parkmap.output.html.dense.tiles import tile
from parkmap.output.html.shades import Shade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    from numpy.typing import NDArray

    from parkmap.results.plan import PlanResults

MOST_IN_PAGE: Final = 250_000
"""Parcels above which a page would be slow to open: unless told otherwise, they then stand as tiles beside it."""
NAME_FIELDS: Final = ("name_zh", "name", "名称", "地块编号", "id", "ID", "OBJECTID", "BSM")
"""Properties that name a parcel, the best first."""
MOST_DECIMALS: Final = 6
DIGITS: Final = 6
"""Digits that are shown of a number which has no end."""
NO_COLOUR: Final = "#DDDDDD"


def read_parcels(
    file: Path, *, results: PlanResults, style: Mapping[str, Any], name: str | None = None, by: str | None = None
) -> DenseLayer:
    """Return parcels as a layer of a plan's page or sheet.

    Parameters
    ----------
    file
        The file.
    results
        Results of the plan; its districts say where parcels can lie.
    style, name, by
        See `parcel_layer`.

    Raises
    ------
    InvalidInputError
        With every problem of the file.
    """
    west, south, east, north = results.geography.districts["outline"].to_crs(WGS84).total_bounds
    fields = [field for field in (name, by) if field is not None]
    parcels = read_map_parcels(file, within=(west, south, east, north), fields=fields)
    return parcel_layer(parcels, style=style, file=file.name, name=name, by=by)


def in_page_or_tiles(
    layer: DenseLayer, *, folder: str, tiles: bool | None = None
) -> tuple[DenseLayer | TiledLayer, dict[str, bytes]]:
    """Return parcels as a layer of a page, and the files that must stand beside the page.

    Parameters
    ----------
    layer
        The parcels.
    folder
        Name of the folder beside the page in which the files will stand.
    tiles
        Whether they stand beside the page; None decides by their number.
    """
    beside = len(layer) > MOST_IN_PAGE if tiles is None else tiles
    if not beside:
        return layer, {}
    cut = tile(layer)
    return TiledLayer(layer=layer, header=cut.header, folder=folder), cut.files


def parcel_layer(
    parcels: gpd.GeoDataFrame, *, style: Mapping[str, Any], file: str, name: str | None = None, by: str | None = None
) -> DenseLayer:
    """Return parcels as a layer.

    Parameters
    ----------
    parcels
        Polygons in WGS 84 with their properties.
    style
        The style file: ``classes`` are the colours of texts, the last one for all that has none of its own; ``ramp``
        those of numbers.
    file
        Name of the file they are from.
    name
        Property that names a parcel; None takes a usual one, else the running number from 1.
    by
        Property by which they are coloured, numbers by fifths; None is one colour for all.
    """
    field = name or next((known for known in NAME_FIELDS if known in parcels.columns), None)
    names = [str(row) for row in range(1, len(parcels) + 1)] if field is None else _texts(parcels[field])
    classes, class_of = _one_class(len(parcels), style) if by is None else _classes(parcels[by], style)
    columns = tuple(
        _column(str(key), parcels[key]) for key in parcels.columns if key not in {parcels.geometry.name, field}
    )
    return DenseLayer(
        id="parcels",
        title=messages.words("layer.parcels"),
        parent=None,
        shapes=parcels.geometry.to_numpy(),
        names=names,
        classes=classes,
        class_of=class_of,
        origin=messages.words("page.own_data", file=file),
        by=None if by is None else messages.plain(by),
        columns=columns,
    )


def _one_class(count: int, style: Mapping[str, Any]) -> tuple[tuple[Shade, ...], NDArray[np.uint8]]:
    role = style["roles"]["parcel"]
    only = Shade(name=Words(role["zh"], role["en"]), colour=role["colour"])
    return (only,), np.zeros(count, dtype=np.uint8)


def _classes(values: pd.Series, style: Mapping[str, Any]) -> tuple[tuple[Shade, ...], NDArray[np.uint8]]:
    """Return fifths of numbers; of texts a class for each of the most frequent, and one for the rest."""
    colours: Sequence[str] = style["classes"]
    if _is_number(values) and values.nunique() > len(colours):
        return _fifths(values.to_numpy(dtype=np.float64, na_value=np.nan), [step["colour"] for step in style["ramp"]])
    texts = pd.Series(_texts(values))
    known = list(texts.value_counts(sort=True).index)
    own = known if len(known) <= len(colours) else known[: len(colours) - 1]
    place = {text: number for number, text in enumerate(sorted(own))}
    classes = [Shade(name=_named(text), colour=colours[number]) for text, number in place.items()]
    if len(own) < len(known):
        classes.append(Shade(name=messages.words("page.other_classes"), colour=colours[-1]))
    return tuple(classes), texts.map(place).fillna(len(place)).to_numpy(dtype=np.uint8)


def _fifths(numbers: NDArray[np.float64], colours: Sequence[str]) -> tuple[tuple[Shade, ...], NDArray[np.uint8]]:
    """Return classes with about as many parcels each, as many as there are colours; what has no number comes last."""
    known = np.isfinite(numbers)
    cuts = np.quantile(numbers[known], np.linspace(0, 1, len(colours) + 1))
    inner = np.unique([float(f"{cut:.3g}") for cut in cuts[1:-1]])  # what the legend says is what is drawn
    edges = [f"{edge:.3g}" for edge in (cuts[0], *inner, cuts[-1])]
    classes = [
        Shade(name=messages.plain(f"{low} – {high}"), colour=colour)
        for low, high, colour in zip(edges[:-1], edges[1:], colours, strict=False)
    ]
    class_of = np.searchsorted(inner, numbers, side="left")
    if not known.all():
        class_of[~known] = len(classes)
        classes.append(Shade(name=_named(""), colour=NO_COLOUR))
    return tuple(classes), class_of.astype(np.uint8)


def _named(text: str) -> Words:
    return messages.plain(text) if text.strip() else messages.words("page.no_value")


def _column(key: str, values: pd.Series) -> Column:
    label = messages.plain(key)
    if not _is_number(values):
        return Column(label=label, values=_texts(values))
    numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    decimals = _decimals(numbers[np.isfinite(numbers)])
    if np.abs(numbers[np.isfinite(numbers)]).max(initial=0) * 10**decimals > LARGEST:
        return Column(label=label, values=_texts(values))
    return Column(label=label, values=numbers, decimals=decimals)


def _decimals(numbers: NDArray[np.float64]) -> int:
    """Return the digits after the point that numbers have, or that are worth showing where they have no end."""
    for decimals in range(MOST_DECIMALS + 1):
        scaled = numbers * 10**decimals
        if (np.abs(scaled - np.rint(scaled)) <= 1e-9 + 1e-12 * np.abs(scaled)).all():
            return decimals
    whole = int(np.floor(np.log10(np.abs(numbers).max()))) + 1
    return int(np.clip(DIGITS - whole, 0, MOST_DECIMALS))


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _texts(values: pd.Series) -> list[str]:
    """Return texts; what is missing is empty, and 12.0 is 12 where no value of the column has a fraction."""
    known = values.notna()
    if pd.api.types.is_float_dtype(values) and (values[known] % 1 == 0).all():
        values = values.astype("Int64")
    elif pd.api.types.is_datetime64_any_dtype(values) and (values[known] == values[known].dt.normalize()).all():
        values = values.dt.date
    return [str(value) for value in values.astype(object).where(known, "")]
