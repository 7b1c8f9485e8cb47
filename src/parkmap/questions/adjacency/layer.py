"""What adjoins what in a layer of a user's own polygons: results stay arrays until somebody reads them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np

from parkmap import messages
from parkmap.analysis.adjacency import contiguity
from parkmap.analysis.adjacency.structure import structure
from parkmap.analysis.adjacency.summary import polygons, summary
from parkmap.crs import WGS84, scale_range
from parkmap.errors import InvalidInputError
from parkmap.facts.card import row_card
from parkmap.facts.facts import Facts, Lazy, facts
from parkmap.finding import finding
from parkmap.layers.parcels import LAYER_MARK, read_parcels
from parkmap.output.files import sha256
from parkmap.questions.adjacency import tables
from parkmap.questions.adjacency.neighbours import (
    Neighbours,
    arrays,
    by_distance,
    graph_facts,
    graph_note,
    joined_facts,
)
from parkmap.questions.base import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import geopandas as gpd

    from parkmap.analysis.adjacency import Contiguity, Graph
    from parkmap.messages import Words
    from parkmap.output.html.model import LayerGroup, MapPage
    from parkmap.questions.adjacency import AdjacencyRequest
    from parkmap.questions.base import Workspace


def of_layer(workspace: Workspace, request: AdjacencyRequest) -> Answer:
    """Return what adjoins what among the polygons of a file.

    Parameters
    ----------
    workspace
        Is told which step begins.
    request
        What is asked; `layer` is the file.

    Raises
    ------
    InvalidInputError
        With every problem of the file and the request.
    """
    if request.layer is None or request.graph == "time":
        raise InvalidInputError([finding("graph.needs_times", "error", key="--graph time")])
    workspace.on_step("reading")
    parcels = read_parcels(request.layer, id_field=request.id_field, crs=request.crs)
    compared = contiguity(parcels, kind=request.kind, eps_m=request.eps_m, keep_borders=True, on_step=workspace.on_step)
    workspace.on_step("graph")
    graph = _graph(compared, parcels, request)
    workspace.on_step("structure")
    name = request.layer.as_posix().rsplit("/", 1)[-1]  # what goes to others has no use for our folders
    found = Neighbours(
        title=messages.plain(name), graph=graph, structure=structure(graph, betweenness=request.betweenness)
    )
    borders = functools.cache(lambda: compared.border_lines(parcels))
    own = request.graph != "contact"
    pairs = functools.cache(lambda: graph.joined_to(compared.pairs) if own else compared.pairs)
    told = (
        *_numbers(compared, parcels, found, request),
        *_rows(compared, parcels, found),
        *joined_facts(
            tables.LAYER_JOINED, tables.LAYER_LINES, pairs, borders, names={}, unit=graph.unit if own else None
        ),
    )
    return Answer(
        document=tables.LAYER,
        facts=told,
        shapes=Lazy((tables.LAYER_LINES.key,), lambda: {tables.LAYER_LINES.key: borders()}),
        page=lambda answer: _page(answer, parcels, borders(), request),
        record=_record(request.layer),
        found=found,
        brief=(tables.SUMMARY.key,),
    )


def _record(file: Path) -> Lazy[Any]:
    """Return what the manifest of a folder says; the file is hashed only for that."""
    source = type(file)(file.as_posix().partition(LAYER_MARK)[0])
    return Lazy(("layer", "inputs"), lambda: {"layer": file.name, "inputs": {source.name: sha256(source.read_bytes())}})


def _graph(compared: Contiguity, parcels: gpd.GeoSeries, request: AdjacencyRequest) -> Graph:
    if request.graph in {"contact", "possible"}:
        return compared.graph("queen" if request.kind == "queen" else "rook")
    return by_distance(parcels, request)


def _numbers(
    compared: Contiguity, parcels: gpd.GeoSeries, found: Neighbours, request: AdjacencyRequest
) -> Iterator[Facts]:
    """Yield how it was measured, the layer in numbers, and what the graph is."""
    low, high = scale_range(parcels.crs, tuple(parcels.total_bounds))
    file, summed = str(request.layer), summary(compared, found.structure)
    eps_m = request.eps_m if request.kind == "tolerant" else None
    measured = {"file": file, "crs": parcels.crs.to_string(), "scale_low": low, "scale_high": high}
    notes = (
        _method(request),
        messages.words("parcels.identity", gap=f"{summed['identity_gap_m']:.6f}"),
        messages.words("parcels.scale", low=f"{low:.6f}", high=f"{high:.6f}"),
        graph_note(found, request),
    )
    yield facts(tables.FILE, [{**measured, "kind": request.kind, "eps_m": eps_m}])
    yield facts(tables.SUMMARY, [summed], title=messages.words("title.parcels_of", file=file), notes=notes)
    yield graph_facts(found, request)


def _method(request: AdjacencyRequest) -> Words:
    return messages.words(f"parcels.kind.{request.kind}", eps=f"{request.eps_m:g}")


def _rows(compared: Contiguity, parcels: gpd.GeoSeries, found: Neighbours) -> Iterator[Facts]:
    """Yield pairs, for people overlaps and the longest borders first, polygons, and bridges."""
    yield facts(
        tables.LAYER_PAIRS,
        lambda: arrays(compared.pairs),
        ranked=lambda: np.lexsort((-compared.shared_border_m, -compared.overlap_m2)).tolist(),
    )
    yield facts(tables.POLYGONS, lambda: arrays(polygons(compared, parcels, found.structure).rename_axis("id")))
    yield facts(tables.BRIDGES, [{"bridges": found.structure.bridges}])


def _page(answer: Answer, parcels: gpd.GeoSeries, borders: gpd.GeoSeries, request: AdjacencyRequest) -> MapPage:
    """Return the page of the polygons, their borders, and the links of their graph."""
    from parkmap.output.html.layers.adjacency import border_layer, link_layer
    from parkmap.output.html.model import MapPage

    found: Neighbours = answer.found
    lengths = np.asarray(answer.table(tables.LAYER_LINES.key).values["shared_border_m"], dtype=float)
    title = messages.words("layer.borders")
    lines = border_layer(borders, lengths, found.name, title=title, determinacy="surveyed", shown=True)
    links = link_layer(found.graph, parcels, found.name, kind=request.graph, shown=False)
    west, south, east, north = parcels.to_crs(WGS84).total_bounds
    return MapPage(
        title=messages.words("title.parcels_of", file=found.title),
        subtitle=_method(request),
        stamps=(),
        groups=(_polygons(answer.table(tables.POLYGONS.key), parcels, found.name), *lines, *links),
        open_items=(),
        sources=(found.title,),
        bounds=(float(west), float(south), float(east), float(north)),
    )


def _polygons(rows: Facts, parcels: gpd.GeoSeries, name: Callable[[Any], Words]) -> LayerGroup:
    from parkmap.output.html.layers.adjacency import DECIMALS
    from parkmap.output.html.model import LayerGroup, MapFeature
    from parkmap.output.vector import geometry_json

    drawn = enumerate(zip(parcels.index, geometry_json(parcels, DECIMALS), strict=True))
    features = tuple(
        MapFeature(
            id=f"parcel-{place}",
            name=name(place),
            geometry=shape,
            style="parcel",
            determinacy="surveyed",
            rows=tuple(row_card(rows, number, by="id")),
        )
        for number, (place, shape) in drawn
        if shape is not None
    )
    return LayerGroup(id="parcels", title=messages.words("layer.own_parcels"), parent=None, features=features)
