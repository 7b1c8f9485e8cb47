"""`coverage`: what plans or readings cover, of the land and of demand."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.questions.base import Question
from parkmap.questions.coverage.tables import ONE_PLAN, SEVERAL_PLANS
from parkmap.questions.option import asked

if TYPE_CHECKING:
    from pathlib import Path

    from parkmap.questions.base import Answer, Workspace
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class CoverageRequest:
    """What is asked.

    Parameters
    ----------
    demand, weight
        User's demand and the property that holds its weight; None takes the district populations of the city where
        there are any, and counts each feature of a user's file as 1.
    every_reading
        Whether each plan is taken under each of its readings in turn.
    """

    demand: Path | None = asked(
        None, "Demand: points, areas, or a CSV. 需求文件（点、面或 CSV）。 [layers/<city>/population.csv]", "file"
    )
    weight: str | None = asked(None, "Property with the weight of demand. 需求量字段。 [1 each 每个计1; population]")
    every_reading: bool = asked(
        False,
        "Under each reading of the text in turn. 逐一采用每种读法，并列比较。",
        "flag",
        flag="--all-readings",
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: CoverageRequest) -> Answer:
    from parkmap.questions.coverage.answer import cover

    return cover(workspace, plans, request)


def _of_plan(results: PlanResults, _request: CoverageRequest) -> Answer:
    from parkmap.questions.coverage.answer import land_of

    return land_of(results)


QUESTION: Final = Question(
    key="coverage",
    help="""Show what components and parks cover of land and demand. 各行政区用地与需求的覆盖、比例、重叠与空白。

    Several plans, or plan@reading, are laid over each other. 给出多个规划或“规划@读法”时，叠加比较。
    """,
    documents=(ONE_PLAN, SEVERAL_PLANS),
    request=CoverageRequest,
    plans="some",
    answer=_answer,
    of_plan=_of_plan,
)
