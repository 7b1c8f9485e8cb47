"""Tables of facts about adjacency: of a plan's places, and of a user's own polygons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap.facts import units
from parkmap.facts.columns import Column, Table, column, id_list, named_id, table
from parkmap.facts.units import COUNT, FLAG, MEASURED_M2, METRES, NUMBER, TEXT, coded, one_of
from parkmap.messages import Words, words
from parkmap.questions.base import Document
from parkmap.questions.heads import HEAD

if TYPE_CHECKING:
    from parkmap.facts.units import Unit

GRAPHS: Final = ("contact", "possible", "band", "nearest", "time")
"""Which pairs are neighbours: `contact` for sure, `possible` also where the accuracies leave it open, within a
distance, the nearest few, within a travel time."""
KINDS: Final = ("rook", "queen", "tolerant")
CUTS: Final = "Without it its cluster falls apart."
NOWHERE: Final = ("table", "card")


def weight(unit: str) -> Column:
    """Return the column of the weight of a pair in a graph.

    Parameters
    ----------
    unit
        Unit of the weights: `m`, `minutes`, or `1` for none.
    """
    known = {"m": METRES, "minutes": units.MINUTES}.get(unit, NUMBER)
    return column("weight", "权重", "weight", known, "In the unit of the graph.", null=True)


def _pair(of: str, zh: str, en: str) -> tuple[Column, ...]:
    """Return the columns of the two sides of a pair."""
    return named_id("item", zh, en, of=of, named=None), named_id("other", "另一方", "other", of=of, named=None)


def _record(key: str, *columns: Column, at: str = "") -> Table:
    """Return a table of one row that JSON alone needs."""
    return table(key, "title.adjacency", "graph", *columns, at=at, shape="record", people=False)


def _edges(unit: Unit) -> tuple[Column, ...]:
    """Return what is measured along the edge of a polygon."""
    return (
        column("perimeter_m", "周长", "perimeter", unit, "Holes included."),
        column("shared_m", "共界", "shared", unit, "Over all its pairs.", hide=("card",)),
        column("outer_m", "外界", "outer", unit, "That no other polygon matches, measured by itself.", hide=("card",)),
        column("residual_m", "差", "rest", METRES, "Perimeter less shared less outer.", hide=NOWHERE),
        column("border_share", "共界比例", "border share", units.SHARE, "Of the perimeter, that is not outer."),
    )


def _in_graph(**more: Any) -> tuple[Column, ...]:  # noqa: ANN401  the parameters of `Column`
    """Return what a graph says of a place beside its degree and cluster."""
    return (
        column("articulation", "割点", "articulation", FLAG, CUTS, **more),
        column("betweenness", "中介性", "betweenness", NUMBER, "From 0 to 1.", null=True, **more),
    )


SHARED_BORDER = column(
    "shared_border_m", "共界", "shared border", METRES, "Length along which both lie against each other.", null=True
)
CONTACT = column("contact", "接触", "contact", coded("contact"))
OVERLAP = column("overlap_m2", "重叠", "overlap", MEASURED_M2, "In the plane of the system.", null=True)
COMPACTNESS = column("compactness", "紧凑度", "compactness", NUMBER, "4 pi A / P^2; 1 for a circle.", hide=("card",))
GRAPH = _record(
    "adjacency-graph",
    column("kind", "规则", "rule", one_of(*GRAPHS), "Which pairs count as neighbours."),
    column("within_m", "距离", "distance", METRES, null=True),
    column("nearest", "最近几个", "nearest", COUNT, null=True),
    column("within_minutes", "时间", "time", units.MINUTES, null=True),
    column("pairs", "对数", "pairs", COUNT),
    column("unit", "单位", "unit", TEXT, "Unit of the weights: m, minutes, or 1 for none."),
    column("betweenness", "中介性", "betweenness", one_of("exact", "sampled", "none"), "How it was found."),
    at="graph",
)


def _beside(contact: str) -> Column:
    how = words(f"contact.{contact}")
    return id_list(f"near_{contact}", f"相邻（{how.zh}）", f"beside it ({how.en})", of="item", hide=("table", "gis"))


NEIGHBOURS = table(
    *("item-neighbours", "title.adjacency", "item"),
    named_id("id", "名称", "name", of="item"),
    column("cluster", "组团", "cluster", COUNT, "Number from 1.", null=True, hide=("card",)),
    column("neighbours", "邻居数", "neighbours", COUNT, "That touch for sure.", null=True, hide=("card",)),
    *(_beside(contact) for contact in ("border", "overlap", "point", "undecidable")),
    gis=True,
    people=False,
)
"""What stands of it on cards and in GIS files of a plan's components and parks."""
JOINED = table("adjacency-joined", "title.adjacency", "pair", people=False)
"""Every pair with its weight in the graph, for programs; the columns are those of the pairs, and the weight."""
LINES = table("adjacency-lines", "title.adjacency", "pair", gis=True, people=False)
"""The same of the pairs whose border has a line."""

PLACES = _pair("place", "名称", "name")
DISTANCE = column(
    "distance_m",
    "距离",
    "distance",
    units.KILOMETRES,
    "Between the drawn shapes; low and high within the accuracies, null where an extent is unknown.",
    ends=("distance_low_m", "distance_m", "distance_high_m"),
    names=(Words("低", "low"), Words("距离", "distance"), Words("高", "high")),
    null=True,
)
OF = _record("adjacency-of", column("of", "对象", "of", one_of("items", "districts"), "What is compared."))
PAIRS = table(
    *("adjacency-pairs", "title.adjacency", "pair"),
    *(*PLACES, CONTACT, SHARED_BORDER, OVERLAP, DISTANCE),
    at="pairs",
    order=("item", "other", "contact", "shared_border_m", "distance_m"),
    doc="One pair; null where the accuracies or extents do not allow a number.",
)
ITEMS = table(
    *("adjacency-items", "title.adjacency_items", "place"),
    named_id("id", "名称", "name", of="place"),
    column("cluster", "组团", "cluster", COUNT, "Number from 1."),
    column("neighbours", "邻居数", "neighbours", COUNT, "That touch for sure."),
    column("isolate", "孤立", "isolate", FLAG),
    at="items",
    doc="One placed item among its neighbours.",
)
NOT_PLACED = _record("adjacency-not-placed", id_list("not_placed", "未落位", "not placed", of="place"))
GRAPH_PAIRS = table(
    *("adjacency-graph-pairs", "title.adjacency", "pair"),
    *(*PLACES, weight("1"), column("bridge", "桥", "bridge", FLAG, CUTS)),
    at="graph_pairs",
    doc="One pair of the graph.",
    people=False,
)
STRUCTURE = table(
    *("adjacency-structure", "title.adjacency_structure", "place"),
    named_id("id", "名称", "name", of="place", named=None),
    column("degree", "邻居数", "neighbours", COUNT, "In the graph that was asked for."),
    column("cluster", "组团", "cluster", COUNT, "Of the graph, number from 1."),
    column("isolate", "孤立", "isolate", FLAG, hide=("table",)),
    *_in_graph(),
    at="places",
    doc="One place in the graph.",
)
BORDERS = table(
    *("adjacency-borders", "title.adjacency_borders", "place"),
    *(named_id("id", "名称", "name", of="place", named=None), *_edges(units.KILOMETRES), COMPACTNESS),
    at="polygons",
    doc="One exact polygon: perimeter = shared borders + outer border, in the plane of the working system.",
    if_empty=False,
)
IDENTITY = _record(
    "adjacency-identity",
    column("identity_gap_m", "恒等式偏差", "gap", METRES, "The largest |perimeter - shared - outer| of a polygon."),
)
RELATIONS = table(
    *("adjacency-industries", "title.adjacency_industries", "pair"),
    *PLACES,
    column("similarity", "相似度", "similarity", NUMBER, "Share of common industries among all of both.", null=True),
    id_list("shared", "共有产业", "shared industries", of="industry"),
    column("relation", "关系", "relation", coded("relation"), "What the industries of two neighbours say."),
    at="relations",
    order=("item", "other", "relation", "similarity", "shared"),
    doc="Industries of a pair of the graph, or of a pair that touches or may touch; none for districts.",
    if_empty=False,
)
OF_PLAN = (HEAD, OF, PAIRS, ITEMS, NOT_PLACED, GRAPH, GRAPH_PAIRS, STRUCTURE, BORDERS, IDENTITY, RELATIONS)
PLAN = Document(key="adjacency", tables=(*OF_PLAN, NEIGHBOURS, JOINED, LINES))
"""Adjacency of a plan's components and parks, or of its districts."""

FILE = _record(
    "parcels-file",
    column("file", "文件", "file", TEXT),
    column("crs", "坐标系", "system", TEXT, "In which it was measured."),
    column("scale_low", "比例", "scale", units.SCALE, "Length in that system over length on the ground, least."),
    column("scale_high", "比例", "scale", units.SCALE, "The same, greatest."),
    column("kind", "规则", "rule", one_of(*KINDS)),
    column("eps_m", "容差", "tolerance", METRES, "Null unless the kind is tolerant.", null=True),
)
SUMMARY = table(
    *("parcels", "title.parcels", "layer"),
    column("polygons", "地块", "polygons", COUNT),
    column("pairs", "相接的地块对", "pairs that meet", COUNT),
    column("border", "其中共界", "with a shared border", COUNT),
    column("point", "其中点接触", "at a point only", COUNT),
    column("overlap", "其中重叠", "overlapping", COUNT),
    column("isolates", "孤立地块", "isolates", COUNT),
    column("clusters", "组团", "clusters", COUNT),
    column("bridges", "桥", "bridges", COUNT),
    column("articulations", "割点", "articulation polygons", COUNT),
    column("shared_m", "共界总长", "shared borders", METRES),
    column("exact_m", "其中顶点吻合", "of which vertices match", METRES),
    column("overlap_m2", "重叠总面积", "overlaps", MEASURED_M2),
    column("outer_m", "外界总长", "outer borders", METRES),
    column("identity_gap_m", "差", "gap", METRES, "The largest |perimeter - shared - outer|.", hide=("table",)),
    at="summary",
    shape="record",
    doc="The layer in numbers.",
)
EXACT = column("exact_m", "其中顶点吻合", "vertices match", METRES, "The part of the border whose vertices match.")
LAYER_PAIRS = table(
    *("parcel-pairs", "title.parcel_pairs", "pair"),
    *(*_pair("polygon", "编号", "id"), CONTACT, SHARED_BORDER, EXACT, OVERLAP),
    at="pairs",
    doc="One pair of polygons that meet.",
    most=40,
)
POLYGONS = table(
    *("parcel-polygons", "title.parcel_polygons", "polygon"),
    named_id("id", "编号", "id", of="polygon", named=None),
    column("area_m2", "面积", "area", MEASURED_M2, "In the plane of the system."),
    *_edges(METRES),
    column("neighbours", "邻居数", "neighbours", COUNT, "By a line or an overlap."),
    COMPACTNESS,
    column("cluster", "组团", "cluster", COUNT, "That hangs together by borders, number from 1.", hide=("card",)),
    column("cluster_compactness", "组团紧凑度", "compactness of its cluster", NUMBER, hide=("card",)),
    column("degree", "图中邻居数", "neighbours in the graph", COUNT, "In the graph asked for.", hide=("card",)),
    *_in_graph(hide=("card",)),
    at="polygons",
    doc="One polygon.",
    terminal=False,
)
BRIDGES = _record("parcel-bridges", column("bridges", "桥", "bridges", units.ID_PAIRS, "Pairs. " + CUTS))
LAYER = Document(key="adjacency-layer", tables=(FILE, SUMMARY, GRAPH, LAYER_PAIRS, POLYGONS, BRIDGES, JOINED, LINES))
"""Adjacency of a user's own polygons."""
