"""`site`: where new sites should stand, with proof of the optimum."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, Literal

from parkmap.defaults import CELL_M, SITE_PROFILE, SITING_SECONDS
from parkmap.questions.base import Failure, Question
from parkmap.questions.option import asked
from parkmap.questions.site.tables import SITING, WHOLE

if TYPE_CHECKING:
    from pathlib import Path

    from parkmap.questions.base import Answer, Workspace

    Ids = tuple[str, ...]
    File = Path | None
    Limit = float | None

MODELS, UNITS = ("max-cover", "set-cover", "p-median", "p-centre"), ("minutes", "metres")
BACKUPS, LEAST = ("none", "most", "all"), ("count", "price")


@dataclasses.dataclass(frozen=True, kw_only=True)
class SiteRequest:
    """What is asked.

    Parameters
    ----------
    model
        Which siting model.
    count, budget_yuan, within
        Limits of the question; see `Problem`.
    reach
        How far a site serves, for the cover models.
    unit
        Unit of `reach` and `within`.
    backup, least
        What set cover asks of a second site, and what it counts.
    curve
        Numbers of new sites for which the optimum is told as well; empty asks for none.
    candidates
        User's sites; None takes the plan's own components and parks.
    existing, forbidden
        Ids of sites that are open anyway, or must not be opened.
    demand, weight
        User's demand and the property that holds its weight; None takes the district populations of the city.
    cell_m
        Width of the cells into which areas of demand are cut.
    matrix
        User's table of ways; None measures them.
    roads, profile
        Road file and travel profile.
    seconds
        Time limit of each optimisation.
    """

    model: str = asked(MODELS[0], "Model. 选址模型。", "choice", choices=MODELS, show=True)
    count: int | None = asked(None, "Most new sites, existing ones not counted. 新增个数上限。", "int", least=0)
    budget_yuan: Limit = asked(None, "Largest sum of prices of new sites. 新增点价格合计上限（元）。", "float", least=0)
    reach: Limit = asked(None, "How far a site serves, for the cover models. 服务距离（覆盖模型）。", "float", least=0)
    within: Limit = asked(None, "Maximum distance from any demand to its site. 每处需求的最远路程。", "float", least=0)
    unit: Literal["minutes", "metres"] = asked(
        UNITS[0], "Unit of --reach and --within. 路程单位。", "choice", choices=UNITS, show=True
    )
    backup: Literal["none", "most", "all"] = asked(
        BACKUPS[0], "Second site within reach, set cover. 集合覆盖的备份要求。", "choice", choices=BACKUPS, show=True
    )
    least: Literal["count", "price"] = asked(
        LEAST[0], "What set cover counts. 集合覆盖以个数还是价格最少为目标。", "choice", choices=LEAST, show=True
    )
    curve: tuple[int, ...] = asked((), "Optimum for each number of new sites. 逐个增加的最优值。", "counts")
    candidates: File = asked(None, "Own candidates (status, capacity, price_yuan). 自有备选点文件。", "file")
    existing: Ids = asked((), "This site is open anyway. 已有的点，固定保留。", many=True, metavar="ID")
    forbidden: Ids = asked((), "This site must not open. 不得选用的点。", flag="--forbid", many=True, metavar="ID")
    demand: File = asked(None, "Demand: points, areas, or a CSV. 需求文件。 [layers/<city>/population.csv]", "file")
    weight: str | None = asked(None, "Property with the weight of demand. 需求量字段。 [1 each 每个计1; population]")
    cell_m: float = asked(
        CELL_M,
        "Cells that evenly spread areas of demand. 面状需求均摊的方格边长。",
        "float",
        least=100,
        show=True,
    )
    matrix: File = asked(None, "Own table of ways: demand, site, minutes or m. 自有路程表。", "file")
    roads: File = asked(None, "Road file of `parkmap roads`. 道路文件。 [layers/<city>/roads.npz]", "file")
    profile: str = asked(SITE_PROFILE, "Travel profile, see config/travel.yaml. 出行方式。", show=True)
    seconds: float = asked(
        SITING_SECONDS,
        "Time limit of each run. 每次求解的时限（秒）。",
        "float",
        least=0,
        above=True,
        show=True,
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: SiteRequest) -> Answer:
    from parkmap.questions.site.answer import site

    return site(workspace, plans[0], request)


UNPROVEN: Final = Failure(
    flag="--fail-on-unproven",
    help="Exit with 1 where the answer is not proven optimal. 未证明最优时退出码为 1。",
    holds=lambda answer: bool(answer.table(WHOLE.key).values["status"][0] != "optimal"),
)
QUESTION: Final = Question(
    key="site",
    help="Find where new sites should stand, with proof of the optimum. 选址：求最优解并给出证明。",
    documents=(SITING,),
    request=SiteRequest,
    answer=_answer,
    failures=(UNPROVEN,),
)
