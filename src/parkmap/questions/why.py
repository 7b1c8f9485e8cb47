"""`why`: why a park gets this much land, rule, clause, pool and bound behind every square metre."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.facts.columns import column, in_words, named_id, table
from parkmap.facts.units import FLAG, ID, TEXT, TEXTS
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.heads import HEAD
from parkmap.questions.option import asked
from parkmap.questions.quota import WhatIf
from parkmap.questions.quota.tables import CLAIM_ID, LEDGER

if TYPE_CHECKING:
    from parkmap.plan.schema import Item
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class WhyRequest(WhatIf):
    """What is asked.

    Parameters
    ----------
    park
        Id, Chinese or English name, or alias of a component, park or project.
    scenario
        Id of the scenario; None is `base`.
    """

    park: str = asked("", "Id or name. 编号或名称。", argument=True, metavar="PARK")
    scenario: str | None = asked(None, "Scenario id. 情景编号。 [base]")


ABOUT = table(
    "why-item",
    "title.why",
    "item",
    column("scenario", "情景", "scenario", TEXT),
    column("example", "示例", "example", FLAG, "Whether any number or tier is an assumption: then no decision."),
    named_id("item", "主体", "item", of="item", named="item"),
    at="",
    shape="record",
    people=False,
)
CLAIMS = table(
    "why-claims",
    "title.why",
    "claim",
    CLAIM_ID,
    *(column(f"sentences_{lang}", "说明", "sentences", TEXTS) for lang in messages.LANGS),
    at="claims",
    identity=("claim",),
    people=False,
    doc="Why one claim got what it got; empty where the item claims nothing.",
)
OF_CLAIM = column("of_claim", "需求", "claim", ID)
OWN_LEDGER = dataclasses.replace(
    LEDGER,
    key="why-ledger",
    columns=(OF_CLAIM, *LEDGER.columns),
    at="claims[].ledger",
    under=("of_claim",),
    people=False,
)
SENTENCES = table("why", "title.why", "claim", CLAIM_ID, in_words("sentence", "说明", "sentence"), prose=True)
WHY: Final = Document(key="why", tables=(HEAD, ABOUT, CLAIMS, OWN_LEDGER))


def _answer(workspace: Workspace, plans: tuple[str, ...], request: WhyRequest) -> Answer:
    from parkmap.questions.quota.answer import answer_of
    from parkmap.questions.quota.measure import measure

    found = measure(workspace, plans[0], request, () if request.scenario is None else (request.scenario,))
    return why(answer_of(found), request.park)


def _of_answer(quota: Answer, request: WhyRequest) -> Answer:
    return why(quota, request.park)


def why(quota: Answer, park: str) -> Answer:
    """Return the reasons for the quota of one item.

    Parameters
    ----------
    quota
        Answer about the quota of a plan.
    park
        Id, Chinese or English name, or alias of the item.

    Raises
    ------
    InvalidInputError
        When there is no such item; the nearest is offered.
    """
    from parkmap.facts.facts import facts
    from parkmap.questions.heads import head
    from parkmap.questions.quota.reasons import Reasons

    found = quota.results
    item, told, names = find_item(found.plan, park), Reasons(quota), quota.table("quota").names
    own = {name: told.of(name) for name, row in told.claims.items() if row["id"] == item.id}
    about = {"scenario": found.scenario.id, "example": found.scenario.rests_on_assumptions, "item": item.id}
    claims = [
        {"claim": name, **{f"sentences_{lang}": [one[lang] for one in said] for lang in messages.LANGS}}
        for name, said in own.items()
    ]
    ledger = [{**row, "of_claim": row["claim"]} for row in quota.table(LEDGER.key).rows() if row["claim"] in own]
    nothing = messages.words("why.no_claim", name=item.name.words, scenario=found.scenario.id)
    sentences = facts(
        SENTENCES,
        [{"claim": name, "sentence": sentence} for name, said in own.items() for sentence in said],
        names=names,
        notes=() if own else (nothing,),
        stamps=(messages.words("stamp.example"),) if about["example"] else (),
    )
    tables = (facts(ABOUT, [about], names=names), facts(CLAIMS, claims, names=names))
    return Answer(
        document=WHY,
        facts=(head(found.plan), *tables, facts(OWN_LEDGER, ledger, names=names), sentences),
        base=found.plan,
    )


def find_item(results: PlanResults, name: str) -> Item:
    """Return the component, park or project of that id or name.

    Parameters
    ----------
    results
        Results of the plan.
    name
        Id, Chinese or English name, or alias.

    Raises
    ------
    InvalidInputError
        When there is none; the nearest is offered.
    """
    from parkmap.errors import InvalidInputError
    from parkmap.finding import finding
    from parkmap.intake.tables import plain
    from parkmap.plan.links import plan_items

    words: dict[str, Item] = {}
    for item in plan_items(results.plan):
        for word in (item.id, item.name.zh, item.name.en, *item.aliases):
            words.setdefault(plain(word), item)
    found = words.get(plain(name))
    if found is not None:
        return found
    near = difflib.get_close_matches(plain(name), list(words), n=3, cutoff=0.4)
    offered = ", ".join(dict.fromkeys(f"{words[word].id} {words[word].name.zh}" for word in near)) or "-"
    raise InvalidInputError([finding("why.unknown", "error", plan=results.plan.id, name=name, near=offered)])


QUESTION: Final = Question(
    key="why",
    help="""Tell why a park got this much land: rule, clause, pool and bound behind every square metre.

    说明某个园区为何得到这些指标：每一平方米的规则、条款、指标池和约束。PARK 可写编号或中英文名称。
    """,
    documents=(WHY,),
    request=WhyRequest,
    answer=_answer,
    after="quota",
    of_answer=_of_answer,
    folder=False,
)
