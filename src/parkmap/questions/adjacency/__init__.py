"""`adjacency`: what adjoins what, of a plan's components, parks or districts, or of a user's own polygons."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Final, Literal

from parkmap.defaults import SITE_PROFILE
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.questions.adjacency.tables import GRAPHS, KINDS, LAYER, PLAN
from parkmap.questions.base import FileForm, Question, Variant
from parkmap.questions.option import asked

if TYPE_CHECKING:
    from pathlib import Path

    from parkmap.facts.facts import Facts
    from parkmap.output.context import Context
    from parkmap.questions.base import Answer, Workspace
    from parkmap.results.plan import PlanResults

OF_LAYER: Final = ("layer",)
OF_TIME: Final = ("plan", "graph=time")
PICTURES: Final = ("png", "svg")
FORMS: Final = {
    "csv": "Pairs, or the table of --table, as CSV for programs. 将地块对（或 --table 所选的表）存为供程序读取的 CSV。",
    "gal": "Graph as GAL. 图（GAL）。",
    "gwt": "Graph as GWT, with weights. 带权图（GWT）。",
    "geojson": "Shared borders as GeoJSON lines. 共界线（GeoJSON）。",
    "matrix": "Picture of the matrix, .png or .svg. 邻接矩阵图（.png 或 .svg）。",
    "map": "Offline map with lines as wide as the borders are long. 离线地图，连线粗细表示共界长度。",
}


@dataclasses.dataclass(frozen=True, kw_only=True)
class AdjacencyRequest:
    """What is asked.

    Parameters
    ----------
    layer
        A user's own polygons, instead of a plan.
    id_field
        Field with the ids of the layer; None takes `id`, else the running number.
    crs
        Metric system to measure the layer in; None takes that of the file.
    kind, eps_m
        How the polygons of the layer are compared; the tolerance, metres, is for `tolerant`.
    of
        What of the plan is compared.
    graph
        Which pairs make the graph, one of `GRAPHS`.
    within_m, nearest, within_minutes
        Distance of `band`, number of neighbours of `nearest`, time of `time`.
    roads, profile
        Road file (None looks for that of the city) and travel profile of `time`.
    betweenness
        Whether betweenness is wanted of the layer.
    """

    layer: Path | None = asked(None, "Own polygons instead of a plan. 自有面图层，代替规划。", "file")
    id_field: str | None = asked(
        None, "Field with the ids of the layer. 图层的编号字段。 [id, or 1, 2, …]", flag="--id", goes_with=OF_LAYER
    )
    crs: str | None = asked(
        None,
        "Metric system to measure the layer in. 量算坐标系，例如 EPSG:4547。 [of the file 文件自身的]",
        goes_with=OF_LAYER,
    )
    kind: Literal["rook", "queen", "tolerant"] = asked(
        "tolerant",
        "Lines; lines and points; lines within --eps. 共边；共边或共点；容差内共边。",
        choices=KINDS,
        show=True,
        goes_with=OF_LAYER,
    )
    eps_m: float = asked(
        0.05, "Tolerance, m. 容差（米）。", flag="--eps", least=0, above=True, show=True, goes_with=OF_LAYER
    )
    of: Literal["items", "districts"] = asked(
        "items",
        "Components and parks, or districts, of a plan. 规划的要素与园区，或行政区。",
        choices=("items", "districts"),
        show=True,
        goes_with=("plan",),
    )
    graph: str = asked(
        "contact",
        "Neighbours by contact, distance, nearest, travel time. 按接触、可能接触、距离、最近、时间确定邻居。",
        choices=GRAPHS,
        show=True,
    )
    within_m: float = asked(1000.0, "For band. 距离。", least=0, show=True, goes_with=("graph=band",))
    nearest: int = asked(3, "For nearest. 最近几个。", least=1, show=True, goes_with=("graph=nearest",))
    within_minutes: float = asked(
        30.0, "For time. 出行时间。", least=0, above=True, show=True, goes_with=("graph=time",)
    )
    roads: Path | None = asked(
        None, "Road file of `parkmap roads`. 道路文件。 [layers/<city>/roads.npz]", "file", goes_with=OF_TIME
    )
    profile: str = asked(
        SITE_PROFILE, "Travel profile, see config/travel.yaml. 出行方式。", show=True, goes_with=OF_TIME
    )
    betweenness: bool = asked(False, "For a layer: betweenness too, slow. 图层另算中介性（较慢）。", goes_with=OF_LAYER)


def _answer(workspace: Workspace, plans: tuple[str, ...], request: AdjacencyRequest) -> Answer:
    from parkmap.questions.adjacency.answer import of_layer, of_plan

    if plans and request.layer is None:
        return of_plan(workspace.plan(plans[0]), request)
    if plans or request.layer is None:
        raise InvalidInputError([finding("adjacency.plan_or_layer", "error")])
    return of_layer(request.layer, request, on_step=workspace.on_step)


def _of_plan(results: PlanResults, request: AdjacencyRequest) -> Answer:
    from parkmap.questions.adjacency.answer import of_plan

    return of_plan(results, request)


def _features(results: PlanResults) -> tuple[Facts]:
    from parkmap.questions.adjacency.answer import features

    return features(results)


def _make(key: str, answer: Answer, ending: str, context: Context) -> bytes | None:
    from parkmap.questions.adjacency.forms import MAKERS

    return MAKERS[key](answer, ending, context)


QUESTION: Final = Question(
    key="adjacency",
    help="""Show what adjoins what: contact, shared border, distance, clusters, industries of neighbours.

    邻接关系：接触类型、共界长度、距离、组团、相邻产业；也可用于自有地块图层（--layer）。
    """,
    documents=(PLAN, LAYER),
    request=AdjacencyRequest,
    plans="perhaps",
    answer=_answer,
    files=tuple(
        FileForm(key=key, help=text, make=functools.partial(_make, key), endings=PICTURES if key == "matrix" else ())
        for key, text in FORMS.items()
    ),
    kept={"graph": "parkmap.analysis.adjacency.Graph"},
    of_plan=_of_plan,
    features=_features,
    variants=(Variant(), Variant(fields={"of": "districts"}, tables=False)),
    steps=("reading", "edges", "exact", "tolerance", "overlaps", "points", "totals", "graph", "structure"),
)
