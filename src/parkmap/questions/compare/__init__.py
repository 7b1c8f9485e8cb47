"""`compare`: two plans of one city, or one plan under two readings, scenarios or years."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.questions.base import FileForm, Question
from parkmap.questions.compare.tables import DOCUMENT
from parkmap.questions.option import asked

if TYPE_CHECKING:
    from parkmap.output.context import Context
    from parkmap.questions.base import Answer, Workspace


@dataclasses.dataclass(frozen=True, kw_only=True)
class CompareRequest:
    """What is asked.

    Parameters
    ----------
    scenario_a, scenario_b
        Scenario of either side; None is `base`.
    year_a, year_b
        Year of either side whose quota is compared, both or neither; None holds every year against itself.
    """

    scenario_a: str | None = asked(None, "Scenario of A. A 的情景编号。 [base]")
    scenario_b: str | None = asked(None, "Scenario of B. B 的情景编号。 [base]")
    year_a: int | None = asked(None, "Year of A whose quota is compared. A 的指标年份。 [every year 各年]", "int")
    year_b: int | None = asked(None, "Year of B whose quota is compared. B 的指标年份。 [every year 各年]", "int")


def _answer(workspace: Workspace, plans: tuple[str, ...], request: CompareRequest) -> Answer:
    from parkmap.questions.compare.answer import compare

    return compare(workspace, plans, request)


def _page(answer: Answer, _ending: str, context: Context) -> bytes | None:
    from parkmap.questions.files import page_bytes

    return page_bytes(answer, context)


QUESTION: Final = Question(
    key="compare",
    help="""Compare two plans of one city, or one plan under two readings, scenarios or years.

    比较同一城市的两个规划，或同一规划的两种读法、两个情景、两个年份。

    A and B are plan ids; PLAN@READING takes a plan under another reading, PLAN@R1+R2 under several. B is A where it is
    left out; --reading, --scenario-b and --year-b then say what differs.
    """,
    documents=(DOCUMENT,),
    request=CompareRequest,
    plans="two",
    folder=False,
    files=(
        FileForm(
            key="output",
            flags=("-o", "--output"),
            help="Write a swipe and double map, as one HTML file. 输出卷帘与双图对比地图（单个 HTML 文件）。",
            make=_page,
        ),
    ),
    answer=_answer,
)
