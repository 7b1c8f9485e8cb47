"""What adjoins what in a plan or in a user's layer, as tables of facts and as a graph.

Of a layer, results stay arrays until somebody reads them: a million pairs are no objects of their own.
"""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from parkmap import messages
from parkmap.analysis.adjacency import contiguity
from parkmap.analysis.adjacency.distance import distance_band, k_nearest, travel_time_graph
from parkmap.analysis.adjacency.similarity import similarity
from parkmap.analysis.adjacency.structure import structure
from parkmap.analysis.adjacency.summary import polygons, summary
from parkmap.crs import scale_range
from parkmap.errors import InvalidInputError
from parkmap.facts.facts import Facts, Lazy, facts
from parkmap.facts.reading import COMMA
from parkmap.finding import finding
from parkmap.layers.parcels import LAYER_MARK, read_parcels
from parkmap.layers.road_file import city_roads
from parkmap.messages import Words
from parkmap.output.files import sha256
from parkmap.plan.travel import load_travel
from parkmap.questions.adjacency import tables
from parkmap.questions.base import Answer
from parkmap.questions.heads import head, plan_names, stamps, titled
from parkmap.questions.links import Means

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import geopandas as gpd

    from parkmap.analysis.adjacency import Adjacency, Contiguity, Graph
    from parkmap.analysis.adjacency.structure import Structure
    from parkmap.facts.columns import Column, Names
    from parkmap.output.html.model import MapPage
    from parkmap.questions.adjacency import AdjacencyRequest
    from parkmap.results.plan import PlanResults

NEAREST_FIRST: Final = {"border": 0, "overlap": 1, "point": 2, "undecidable": 3, "unknown": 4, "apart": 4}
DUPLICATES_FIRST: Final = {"duplicate": 0, "complementary": 1, "partly": 2, "different": 3, "unknown": 4}
NUMBER_OF: Final = {"band": "within_m", "nearest": "nearest", "time": "within_minutes"}
"""The number that belongs to a kind of graph."""


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class Neighbours:
    """The graph that was asked for.

    Parameters
    ----------
    title
        What was compared.
    graph, structure
        The graph, and its structure.
    names
        Names of its places; one that has none goes by its id.
    """

    title: Words
    graph: Graph
    structure: Structure
    names: Mapping[Any, Words] = dataclasses.field(default_factory=dict)

    def name(self, place: Any) -> Words:  # noqa: ANN401  ids are of any type
        """Return the name of a place.

        Parameters
        ----------
        place
            Its id.
        """
        return self.names.get(place) or messages.plain(place)


def of_plan(results: PlanResults, request: AdjacencyRequest) -> Answer:
    """Return what adjoins what among the components and parks of a plan, or among its districts.

    Parameters
    ----------
    results
        The plan.
    request
        What is asked.

    Raises
    ------
    InvalidInputError
        With every problem of the graph or the road file.
    """
    districts = request.of == "districts"
    compared = results.district_adjacency if districts else results.adjacency
    frame = results.geography.districts.set_geometry("outline") if districts else results.items
    names, industries = plan_names(results), results.plan.industries
    names = {**names, "place": names["district" if districts else "item"]}
    names["industry"] = {industry.id: industry.name.words for industry in industries}
    graph = _graph_of_plan(results, compared, frame.loc[compared.items.index], request)
    known = compared.structure if graph is compared.graph else structure(graph)
    found = Neighbours(title=results.plan.name.words, graph=graph, structure=known, names=names["place"])
    near = compared.near_or_in(graph)
    columns = (*tables.PAIRS.columns, tables.weight(graph.unit))
    return Answer(
        document=tables.PLAN,
        name="adjacency-districts" if districts else "",
        facts=(
            head(results),
            facts(tables.OF, [{"of": request.of}]),
            *_contacts(results, compared, names),
            *_of_graph(found, request, names),
            *_borders(compared, names),
            _relations(results, near[:0] if districts else near, names),
            *_joined(columns, lambda: graph.joined_to(compared.pairs), lambda: compared.borders),
        ),
        base=results,
        shapes={tables.LINES.key: compared.borders},
        page=lambda _: _page_of_plan(results, found, frame.geometry, kind=request.graph),
        results=found,
        brief=(),
    )


def _graph_of_plan(
    results: PlanResults, compared: Adjacency, places: gpd.GeoDataFrame, request: AdjacencyRequest
) -> Graph:
    if request.graph == "contact":
        return compared.graph
    if request.graph == "possible":
        return compared.possible
    if request.graph != "time":
        return _by_distance(places.geometry, request)
    profile = load_travel(results.catalog).profile(request.profile)
    means = Means(profile=profile, roads=city_roads(results.catalog, results.plan, request.roads))
    return travel_time_graph(pd.Index(places.index), means.times(places).minutes, request.within_minutes)


def _by_distance(places: gpd.GeoSeries, request: AdjacencyRequest) -> Graph:
    if request.graph == "band":
        return distance_band(places, request.within_m)
    return k_nearest(places, request.nearest)


def features(results: PlanResults) -> tuple[Facts]:
    """Return the cluster and the neighbours of each component and park, for its card and its feature.

    Parameters
    ----------
    results
        The plan.
    """
    return (facts(tables.NEIGHBOURS, [_beside(results, name) for name in results.zones.index], names=results.names),)


def _beside(results: PlanResults, name: str) -> dict[str, Any]:
    found = results.adjacency
    own = found.items.loc[name] if name in found.items.index else {"cluster": None, "neighbours": None}
    return {"id": name, **own, **{f"near_{contact}": others for contact, others in found.beside(name).items()}}


def _contacts(results: PlanResults, compared: Adjacency, names: Names) -> Iterator[Facts]:
    """Yield pairs, for people the nearest first, and clusters."""
    notes, missing = [messages.words("note.adjacency")], compared.not_placed
    if missing:
        listed = messages.joined((names["place"][item] for item in missing), by=COMMA)
        notes.append(messages.words("note.not_placed", count=len(missing), names=listed))
    yield facts(
        tables.PAIRS,
        compared.pairs,
        names=names,
        title=titled(results, tables.PAIRS),
        notes=notes,
        stamps=stamps(results),
        ranked=_ranked(compared.pairs, lambda row: (NEAREST_FIRST[row["contact"]], row["distance_m"])),
    )
    yield facts(tables.ITEMS, compared.items.rename_axis("id"), names=names)
    yield facts(tables.NOT_PLACED, [{"not_placed": missing}], names=names)


def _ranked(frame: pd.DataFrame, key: Callable[[Any], Any]) -> Callable[[], Sequence[int]]:
    """Return what puts the rows of a small frame in order; equal ones stay as they are."""
    rows = frame.to_dict("records")
    return lambda: sorted(range(len(rows)), key=lambda number: key(rows[number]))


def _of_graph(found: Neighbours, request: AdjacencyRequest, names: Names) -> Iterator[Facts]:
    """Yield what the graph is, its pairs, and its places, for people the most central first."""
    described, pairs = found.structure, found.graph.pairs
    bridges = [messages.joined(map(found.name, pair), by=Words(" - ", " - ")) for pair in described.bridges]
    notes = [_graph_note(found, request)]
    if bridges:
        notes.append(messages.words("note.bridges", names=messages.joined(bridges, by=Words("; ", "; "))))
    places = described.places.rename_axis("id")
    ranked = _ranked(places, lambda row: (-row["betweenness"], -row["degree"]))
    yield _graph_facts(found, request)
    yield facts(tables.GRAPH_PAIRS, pairs.assign(bridge=described.is_bridge(pairs.index)), names=names)
    yield facts(tables.STRUCTURE, places, names=names, notes=notes, ranked=ranked)


def _graph_facts(found: Neighbours, request: AdjacencyRequest) -> Facts:
    """Return what the graph is, with only the number that its kind uses."""
    used = {key: getattr(request, key) if kind == request.graph else None for kind, key in NUMBER_OF.items()}
    told = {"pairs": len(found.graph.first), "unit": found.graph.unit, "betweenness": found.structure.betweenness}
    return facts(tables.GRAPH, [{"kind": request.graph, **used, **told}])


def _graph_note(found: Neighbours, request: AdjacencyRequest) -> Words:
    """Say which pairs count as neighbours."""
    return messages.words(
        f"graph_rule.{request.graph}",
        metres=f"{request.within_m:,.0f}",
        count=request.nearest,
        minutes=f"{request.within_minutes:g}",
        pairs=len(found.graph.first),
    )


def _borders(compared: Adjacency, names: Names) -> Iterator[Facts]:
    """Yield how the borders of exact polygons add up."""
    note = messages.words("note.identity", gap=f"{compared.identity_gap_m:.6f}")
    yield facts(tables.BORDERS, compared.polygons.rename_axis("id"), names=names, notes=[note])
    yield facts(tables.IDENTITY, [{"identity_gap_m": compared.identity_gap_m}])


def _relations(results: PlanResults, pairs: pd.MultiIndex, names: Names) -> Facts:
    """Return what the industries of neighbours say of each other, for people duplicates first."""
    plan = results.plan
    industries = {item.id: item.industries for item in (*plan.components, *plan.parks)}
    found = similarity(pairs, industries, {industry.id: industry.parent for industry in plan.industries})
    ranked = _ranked(found, lambda row: (DUPLICATES_FIRST[row["relation"]], -row["similarity"]))
    notes = [messages.words("note.relations")]
    return facts(tables.RELATIONS, found.rename_axis(["item", "other"]), names=names, notes=notes, ranked=ranked)


def _joined(
    columns: tuple[Column, ...], pairs: Callable[[], pd.DataFrame], borders: Callable[[], gpd.GeoSeries]
) -> Iterator[Facts]:
    """Yield every pair, and those whose border has a line; nothing is joined before it is asked for."""
    yield facts(tables.JOINED, lambda: _arrays(pairs()), columns=columns)
    yield facts(tables.LINES, lambda: _arrays(pairs().reindex(borders().index)), columns=columns)


def _arrays(frame: pd.DataFrame) -> dict[str, Any]:
    """Return index levels and columns of a frame as arrays."""
    plain = frame.reset_index()
    return {str(name): plain[name].to_numpy() for name in plain}


def _page_of_plan(results: PlanResults, found: Neighbours, places: gpd.GeoSeries, *, kind: str) -> MapPage:
    from parkmap.questions.adjacency.lines import link_layer
    from parkmap.questions.page.plan import plan_page

    return plan_page(results, extra=link_layer(found.graph, places, found.name, kind=kind))


def of_layer(layer: Path, request: AdjacencyRequest, *, on_step: Callable[[str], None]) -> Answer:
    """Return what adjoins what among the polygons of a file.

    Parameters
    ----------
    layer
        The file.
    request
        What is asked.
    on_step
        Called with the name of each step before it begins.

    Raises
    ------
    InvalidInputError
        With every problem of the file and the request.
    """
    if request.graph == "time":
        raise InvalidInputError([finding("graph.needs_times", "error", key="--graph time")])
    on_step("reading")
    parcels = read_parcels(layer, id_field=request.id_field, crs=request.crs)
    compared = contiguity(parcels, kind=request.kind, eps_m=request.eps_m, keep_borders=True, on_step=on_step)
    on_step("graph")
    if request.graph in {"contact", "possible"}:
        graph = compared.graph("queen" if request.kind == "queen" else "rook")
    else:
        graph = _by_distance(parcels, request)
    on_step("structure")
    described = structure(graph, betweenness=request.betweenness)
    name = messages.plain(layer.as_posix().rsplit("/", 1)[-1])  # what goes to others has no use for our folders
    found = Neighbours(title=name, graph=graph, structure=described)
    borders = functools.cache(lambda: compared.border_lines(parcels))
    pairs, columns = functools.cache(lambda: compared.pairs), tables.LAYER_PAIRS.columns
    if request.graph != "contact":
        pairs = functools.cache(lambda: graph.joined_to(compared.pairs))
        columns = (*columns, tables.weight(graph.unit))
    return Answer(
        document=tables.LAYER,
        facts=(
            *_numbers(compared, parcels, found, request),
            *_rows(compared, parcels, found),
            *_joined(columns, pairs, borders),
        ),
        shapes=Lazy((tables.LINES.key,), lambda: {tables.LINES.key: borders()}),
        page=lambda answer: _page_of_layer(answer, parcels, request),
        record=_record(layer),
        results=found,
        brief=(tables.SUMMARY.key,),
    )


def _numbers(
    compared: Contiguity, parcels: gpd.GeoSeries, found: Neighbours, request: AdjacencyRequest
) -> Iterator[Facts]:
    """Yield how it was measured, the layer in numbers, and what the graph is."""
    low, high = scale_range(parcels.crs, tuple(parcels.total_bounds))
    file, summed = str(request.layer), summary(compared, found.structure)
    eps_m = request.eps_m if request.kind == "tolerant" else None
    measured = {"file": file, "crs": parcels.crs.to_string(), "scale_low": low, "scale_high": high}
    notes = (
        messages.words(f"parcels.kind.{request.kind}", eps=f"{request.eps_m:g}"),
        messages.words("parcels.identity", gap=f"{summed['identity_gap_m']:.6f}"),
        messages.words("parcels.scale", low=f"{low:.6f}", high=f"{high:.6f}"),
        _graph_note(found, request),
    )
    yield facts(tables.FILE, [{**measured, "kind": request.kind, "eps_m": eps_m}])
    yield facts(tables.SUMMARY, [summed], title=messages.words("title.parcels_of", file=file), notes=notes)
    yield _graph_facts(found, request)


def _rows(compared: Contiguity, parcels: gpd.GeoSeries, found: Neighbours) -> Iterator[Facts]:
    """Yield pairs, for people overlaps and the longest borders first, polygons, and bridges."""
    yield facts(
        tables.LAYER_PAIRS,
        lambda: _arrays(compared.pairs),
        ranked=lambda: np.lexsort((-compared.shared_border_m, -compared.overlap_m2)).tolist(),
    )
    yield facts(tables.POLYGONS, lambda: _arrays(polygons(compared, parcels, found.structure).rename_axis("id")))
    yield facts(tables.BRIDGES, [{"bridges": found.structure.bridges}])


def _page_of_layer(answer: Answer, parcels: gpd.GeoSeries, request: AdjacencyRequest) -> MapPage:
    from parkmap.questions.adjacency.page import layer_page

    return layer_page(answer, parcels, kind=request.graph)


def _record(layer: Path) -> Lazy[Any]:
    """Return what the manifest of a folder says; the file is hashed only for that."""
    source = Path(layer.as_posix().partition(LAYER_MARK)[0])
    return Lazy(
        ("layer", "inputs"), lambda: {"layer": layer.name, "inputs": {source.name: sha256(source.read_bytes())}}
    )
