"""`reach`: who is within reach of sites."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.defaults import HOLE_M2, SNAP_LIMIT_M, STREET_BUFFER_M
from parkmap.questions.base import Question
from parkmap.questions.option import asked
from parkmap.questions.reach.tables import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from parkmap.questions.base import Answer, Workspace

    Numbers = tuple[float, ...] | None
    File = Path | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReachRequest:
    """What is asked.

    Parameters
    ----------
    roads
        Road file; None looks for `layers/<city>/roads.npz`.
    profile, minutes, metres
        How, and how far; minutes or metres, not both. None takes the preset's, then walking and 5, 10, 15 minutes.
    preset
        Id of a circle in config/travel.yaml.
    sites
        User's sites; None takes the plan's own components and parks.
    items
        Ids of the plan's items to take as sites; empty takes all that have a place of their own.
    capacity
        Property of the sites that holds their capacity; None counts each as 1.
    demand, weight
        User's demand and the property that holds its weight; None counts each point as 1.
    barriers
        User's areas that no one crosses beside the streets.
    nearest
        To how many of the nearest sites each demand point's costs are listed.
    towards
        Travel to the sites.
    band_weights
        Weights of the bands for the enhanced floating catchment; None takes those of Luo and Qi where there are three.
    street_buffer_m, hole_m2, snap_limit_m
        Numbers of drawing and snapping.
    """

    roads: File = asked(None, "Road file of `parkmap roads`. 道路文件。 [layers/<city>/roads.npz]", "file")
    profile: str | None = asked(None, "Travel profile, see config/travel.yaml. 出行方式。 [walk]")
    minutes: Numbers = asked(None, "Cut-offs in minutes. 时间界限（分钟）。 [5,10,15]", "numbers")
    metres: Numbers = asked(None, "Cut-offs in metres instead. 改用距离界限（米）。", "numbers")
    preset: str | None = asked(
        None, "Circle that a document names: quarter-hour. 文件提出的服务圈：quarter-hour（一刻钟）。"
    )
    sites: File = asked(None, "Own sites instead of the plan's. 自有设施点文件，代替规划中的要素与园区。", "file")
    items: tuple[str, ...] = asked(
        (), "Item of the plan to take as a site. 以规划中的该项为设施点。", flag="--item", many=True
    )
    capacity: str | None = asked(None, "Property with the capacity of a site. 设施点容量字段。 [1 each 每个计1]")
    demand: File = asked(None, "Demand: points, areas, or a CSV. 需求文件（点、面或 CSV）。", "file")
    weight: str | None = asked(None, "Property with the weight of demand. 需求量字段。 [1 each 每个计1]")
    barriers: File = asked(None, "Areas that no one crosses beside the streets. 道路以外不可穿越的区域。", "file")
    nearest: int = asked(
        1, "List the costs to so many nearest sites. 列出到最近若干设施点的距离。", "int", least=1, show=True
    )
    towards: bool = asked(False, "Travel to the sites, not from them. 按前往设施点计算。", "flag", flag="--to-sites")
    band_weights: Numbers = asked(None, "Weights of the bands, enhanced 2SFCA. 各级权重。 [1,0.68,0.22]", "numbers")
    street_buffer_m: float = asked(
        STREET_BUFFER_M, "Strip on each side of a street. 道路两侧宽度。", "float", least=0, above=True, show=True
    )
    hole_m2: float = asked(HOLE_M2, "Holes of this area stay open. 保留此面积以上的空洞。", "float", least=0, show=True)
    snap_limit_m: float = asked(
        SNAP_LIMIT_M, "Farther sites are off the network. 超过此距离视为不在路网上。", "float", least=0, show=True
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: ReachRequest) -> Answer:
    from parkmap.questions.reach.answer import reach

    return reach(workspace, plans[0], request)


QUESTION: Final = Question(
    key="reach",
    help="Show who is within reach of sites: service areas, demand, floating catchments. 服务范围、可达需求与可达性。",
    documents=(REACH,),
    request=ReachRequest,
    answer=_answer,
)
