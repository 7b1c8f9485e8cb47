"""`plans`: every plan that there is, shipped or the user's own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.errors import InvalidInputError
from parkmap.facts.columns import column, in_words, table
from parkmap.facts.facts import facts
from parkmap.facts.units import COUNT, ID, TEXT, TEXTS
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.check import DAY_HEAD, FINDINGS, finding_rows
from parkmap.questions.heads import VALIDITY

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from parkmap.plan.load import PlanSet
    from parkmap.questions.base import Workspace

PLANS: Final = table(
    "plans",
    "title.plans",
    "plan",
    column("id", "规划", "plan", ID),
    column("city", "城市", "city", TEXT),
    in_words("name", "名称", "name"),
    in_words("structure", "空间结构", "structure"),
    VALIDITY,
    column("components", "要素", "components", COUNT),
    column("parks", "园区", "parks", COUNT),
    column("scenarios", "情景", "scenarios", TEXTS),
    column("file", "文件", "file", TEXT),
    at="plans",
    order=("id", "name", "structure", "validity", "components", "parks", "file"),
    doc="One plan.",
)
UNREAD: Final = dataclasses.replace(FINDINGS, people=False, doc="Why a plan that is not listed cannot be read.")
DOCUMENT: Final = Document(key="plans", tables=(DAY_HEAD, PLANS, UNREAD))


@dataclasses.dataclass(frozen=True, kw_only=True)
class PlansRequest:
    """What is asked: nothing."""


def _answer(workspace: Workspace, _plans: tuple[str, ...], _request: PlansRequest) -> Answer:
    """Return every plan of a catalog; one that cannot be read does not hide the others."""
    from parkmap.plan.load import load_plan

    rows, problems = [], []
    for name, path in workspace.catalog.plan_files().items():
        try:
            rows.append(_row(load_plan(workspace.catalog, name), workspace, path))
        except InvalidInputError as error:
            problems += [(name, found) for found in error.findings]
    told = (
        facts(DAY_HEAD, [{"as_of": workspace.as_of}]),
        facts(PLANS, rows),
        facts(UNREAD, finding_rows(problems)),
    )
    return Answer(document=DOCUMENT, facts=told, errors=tuple(dict.fromkeys(found for _, found in problems)))


def _row(plan_set: PlanSet, workspace: Workspace, path: Path) -> dict[str, Any]:
    from parkmap.plan.validity import status_in

    plan = plan_set.plan
    return {
        "id": plan.id,
        "city": plan.city,
        "name": plan.name.words,
        "structure": plan.structure.name.words,
        "validity": status_in(plan_set.documents, plan.document, workspace.as_of),
        "components": len(plan.components),
        "parks": len(plan.parks),
        "scenarios": tuple(plan_set.scenarios),
        "file": workspace.catalog.display(path),
    }


QUESTION: Final = Question(
    key="plans",
    help="List the shipped plans and your own. 列出随附和自有的规划。",
    documents=(DOCUMENT,),
    request=PlansRequest,
    plans="none",
    answer=_answer,
    folder=False,
)
