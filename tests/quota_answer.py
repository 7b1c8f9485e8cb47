"""A quota as tests look at it: the values of its JSON document by name, and its tables of facts."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

from parkmap.allocation.study import study
from parkmap.facts.document import to_json
from parkmap.facts.sheet import sheet
from parkmap.questions.quota.answer import answer_of
from parkmap.questions.quota.measure import QuotaResults
from parkmap.questions.quota.reasons import Reasons

if TYPE_CHECKING:
    from parkmap.facts.sheet import Sheet
    from parkmap.questions.base import Answer


class Told(SimpleNamespace):
    """The JSON document of a quota with attributes for its keys."""

    answer: Answer

    def tables(self, lang="zh") -> dict[str, Sheet]:
        return {facts.key: sheet(facts, lang) for facts in self.answer.for_people()}

    def reasons(self, claim, lang="zh") -> list[str]:
        return [sentence[lang] for sentence in Reasons(self.answer).of(claim.claim)]


def told(results, scenario=None, *, quota=None, beside=None) -> Told:
    """Return the quota of a plan under a scenario, by default its own, held against others."""
    plan = results if scenario is None else results.under(scenario, quota=quota)
    found = QuotaResults(
        plan=plan,
        scenario=plan.scenario,
        quota=plan.quota,
        study=study(plan.quota, plan.plan_set),
        beside=beside or {},
    )
    answer = answer_of(found)
    values = json.loads(to_json(answer.as_document()), object_hook=lambda row: SimpleNamespace(**row))
    return Told(**vars(values), answer=answer)
