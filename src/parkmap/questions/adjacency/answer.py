"""What adjoins what in a plan, as tables of facts and as a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import pandas as pd

from parkmap import messages
from parkmap.analysis.adjacency.distance import travel_time_graph
from parkmap.analysis.adjacency.similarity import similarity
from parkmap.analysis.adjacency.structure import structure
from parkmap.analysis.link_times import link_times
from parkmap.analysis.network.travel import Assumed
from parkmap.facts.facts import Facts, facts
from parkmap.facts.reading import COMMA
from parkmap.messages import Words
from parkmap.pipeline.reach import city_roads
from parkmap.plan.travel import load_travel
from parkmap.questions.adjacency import tables
from parkmap.questions.adjacency.neighbours import Neighbours, by_distance, graph_facts, graph_note, joined_facts
from parkmap.questions.base import Answer
from parkmap.questions.heads import head, plan_names, stamps, titled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from parkmap.analysis.adjacency import Adjacency, Graph
    from parkmap.facts.columns import Names
    from parkmap.output.html.model import MapPage
    from parkmap.questions.adjacency import AdjacencyRequest
    from parkmap.results.plan import PlanResults

NEAREST_FIRST: Final = {"border": 0, "overlap": 1, "point": 2, "undecidable": 3, "unknown": 4, "apart": 4}
DUPLICATES_FIRST: Final = {"duplicate": 0, "complementary": 1, "partly": 2, "different": 3, "unknown": 4}


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
    graph = _graph(results, compared, frame.loc[compared.items.index], request)
    found = Neighbours(
        title=results.plan.name.words,
        graph=graph,
        structure=compared.structure if graph is compared.graph else structure(graph),
        names=names["place"],
    )
    near = compared.near.union(graph.pairs.index) if len(graph.first) else compared.near
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
            *joined_facts(
                tables.JOINED,
                tables.LINES,
                lambda: graph.joined_to(compared.pairs),
                lambda: compared.borders,
                names=names,
                unit=graph.unit,
            ),
        ),
        base=results,
        shapes={tables.LINES.key: compared.borders},
        page=lambda _: _page(results, found, frame.geometry, kind=request.graph),
        found=found,
        brief=(),
    )


def _graph(results: PlanResults, compared: Adjacency, places: gpd.GeoDataFrame, request: AdjacencyRequest) -> Graph:
    if request.graph == "contact":
        return compared.graph
    if request.graph == "possible":
        return compared.possible
    if request.graph != "time":
        return by_distance(places.geometry, request)
    profile = load_travel(results.catalog).profile(request.profile)
    roads = city_roads(results.catalog, results.plan, request.roads)
    times = link_times(
        places,
        gpd.GeoSeries([None] * len(places), index=places.index, crs=places.crs),
        roads=None if roads is None else roads.roads,
        profile=profile.id,
        assumed=Assumed(speed_kmh=profile.straight.kmh, detour_factor=profile.detour.factor),
    )
    return travel_time_graph(pd.Index(places.index), times.minutes, request.within_minutes)


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
    notes = [graph_note(found, request)]
    if bridges:
        notes.append(messages.words("note.bridges", names=messages.joined(bridges, by=Words("; ", "; "))))
    places = described.places.rename_axis("id")
    ranked = _ranked(places, lambda row: (-row["betweenness"], -row["degree"]))
    yield graph_facts(found, request)
    yield facts(tables.GRAPH_PAIRS, pairs.assign(bridge=described.is_bridge(pairs.index)), names=names)
    yield facts(tables.STRUCTURE, places, names=names, notes=notes, ranked=ranked)


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


def _page(results: PlanResults, found: Neighbours, places: gpd.GeoSeries, *, kind: str) -> MapPage:
    from parkmap.output.html.contents.plan_page import plan_page
    from parkmap.output.html.layers.adjacency import link_layer

    return plan_page(results, extra=link_layer(found.graph, places, found.name, kind=kind))
