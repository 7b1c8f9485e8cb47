"""The page of a user's own polygons: the polygons, their borders, and the links of their graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.facts.card import row_card
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.vector import geometry_json
from parkmap.questions.adjacency import tables
from parkmap.questions.adjacency.lines import DECIMALS, border_layer, link_layer

if TYPE_CHECKING:
    import geopandas as gpd

    from parkmap.questions.adjacency.answer import Neighbours
    from parkmap.questions.base import Answer

SURVEYED = "surveyed"
"""What a user's own polygons are taken to be."""


def layer_page(answer: Answer, parcels: gpd.GeoSeries, *, kind: str) -> MapPage:
    """Return the page of a user's own polygons.

    Parameters
    ----------
    answer
        What adjoins what.
    parcels
        The polygons; index id.
    kind
        Kind of the graph.
    """
    found: Neighbours = answer.results
    lines, rows, summed = (answer.table(one.key) for one in (tables.LINES, tables.POLYGONS, tables.SUMMARY))
    drawn = enumerate(zip(parcels.index, geometry_json(parcels, DECIMALS), strict=True))
    features = tuple(
        MapFeature(
            id=f"parcel-{place}",
            name=found.name(place),
            geometry=shape,
            style="parcel",
            determinacy=SURVEYED,
            rows=tuple(row_card(rows, number, by="id")),
        )
        for number, (place, shape) in drawn
        if shape is not None
    )
    borders = border_layer(
        answer.shapes[lines.key],
        np.asarray(lines.values["shared_border_m"], dtype=float),
        found.name,
        title=messages.words("layer.borders"),
        determinacy=SURVEYED,
        shown=True,
    )
    west, south, east, north = parcels.to_crs(WGS84).total_bounds
    return MapPage(
        title=messages.words("title.parcels_of", file=found.title),
        subtitle=summed.notes[0],
        stamps=(),
        groups=(
            LayerGroup(id="parcels", title=messages.words("layer.own_parcels"), parent=None, features=features),
            *borders,
            *link_layer(found.graph, parcels, found.name, kind=kind, shown=False),
        ),
        open_items=(),
        sources=(found.title,),
        bounds=(float(west), float(south), float(east), float(north)),
    )
