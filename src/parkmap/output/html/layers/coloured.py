"""A table of facts as a coloured layer: what its rows are about, by one of their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.facts.card import row_card
from parkmap.facts.classes import amounts, classes
from parkmap.output.html.model import LayerGroup, MapFeature
from parkmap.output.html.places import MAP_DECIMALS
from parkmap.output.vector import geometry_json

if TYPE_CHECKING:
    import geopandas as gpd

    from parkmap.facts.facts import Facts

STYLE: Final = "classed"
MOST_DRAWN: Final = 20_000
"""Rows up to which a page draws each of them."""


def coloured_layer(facts: Facts, shapes: gpd.GeoSeries) -> LayerGroup | None:
    """Return the rows of a table as a layer coloured by class; None where they are too many, or none has a place.

    Parameters
    ----------
    facts
        The facts, of a table that names the column by which it is coloured.
    shapes
        Geometry of each row but the total, in their order.
    """
    if len(shapes) > MOST_DRAWN:
        return None
    subject, found = facts.subject(), amounts(facts)
    ids, names = facts.values[subject.key], facts.names.get(subject.of or "", {})
    title = facts.table.title.capitalised()
    numbers = [number for number in range(len(facts)) if not facts.is_total(number)]
    rows = zip(numbers, found, geometry_json(shapes, MAP_DECIMALS), strict=True)
    features = tuple(
        MapFeature(
            id=f"{facts.key}-{ids[number]}",
            name=names.get(ids[number], messages.plain(ids[number])),
            geometry=shape,
            style=STYLE,
            determinacy="indicative",
            kind=title,
            rows=tuple(row_card(facts, number, by=subject.key)),
            amount=amount,
        )
        for number, amount, shape in rows
        if shape is not None
    )
    if not features:
        return None
    return LayerGroup(
        id=facts.key,
        title=title,
        parent=messages.words("layer.analysis"),
        features=features,
        classes=classes(facts),
    )
