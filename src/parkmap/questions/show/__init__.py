"""`show`: what a plan says, each entry with its clause, or everything that one entry rests on."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap.questions.base import Document, Question
from parkmap.questions.later import Later
from parkmap.questions.option import asked

if TYPE_CHECKING:
    from pathlib import Path

    from parkmap.questions.base import Answer, Workspace
    from parkmap.results.plan import PlanResults

SHOW: Final = Document(key="show", tables=Later("parkmap.questions.show.tables", "TABLES"))
"""What a plan says."""
ITEM: Final = Document(key="item", tables=Later("parkmap.questions.show.chain", "TABLES"))
"""What one entry rests on."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class ShowRequest:
    """What is asked.

    Parameters
    ----------
    item
        Id of an entry whose chain of evidence is wanted; None tells the whole plan.
    sources
        Folder with the texts of the documents, to prove and quote its clauses.
    """

    item: str | None = asked(
        None, "The chain behind one entry: clause, document, geometry. 单个条目的依据链。", metavar="ID"
    )
    sources: Path | None = asked(
        None,
        "With --item: folder with the texts, to prove and quote. 政策原文所在文件夹，核对并引出原句。",
        "folder",
        must_exist=True,
        goes_with=("item",),
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: ShowRequest) -> Answer:
    from parkmap.questions.show.chain import chain_of

    results = workspace.plan(plans[0])
    if request.item is None:
        return _of_plan(results, request)
    return chain_of(results, request.item, sources=request.sources)


def _of_plan(results: PlanResults, _request: ShowRequest) -> Answer:
    from parkmap.questions.show.answer import show

    return show(results)


QUESTION: Final = Question(
    key="show",
    help="""Show structure, components, parks, projects, targets and rules with their clauses.

    列出空间结构、要素、园区、项目、目标和规则及其条款。
    """,
    documents=(SHOW, ITEM),
    request=ShowRequest,
    answer=_answer,
    of_plan=_of_plan,
    features=lambda _results: (),  # they are the features themselves
)
