"""Names and clauses behind the ids of a quota."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap import messages
from parkmap.allocation.allocate import rules_of
from parkmap.output.reports.base import Report
from parkmap.plan.elements import Name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.plan.load import PlanSet
    from parkmap.plan.scenarios.schema import Claim, Scenario
    from parkmap.plan.schema import Document, Rule
    from parkmap.results.plan import PlanResults


class RuleRef(Report):
    """A rule with the clause that states it."""

    id: str
    name_zh: str
    name_en: str
    document: str
    document_zh: str
    document_en: str
    clause: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotaNames:
    """Looks up names by id.

    Parameters
    ----------
    items, districts, pools, groups
        Names by id.
    rules
        Rules by id.
    documents
        Documents by id.
    claims
        Claims by id, ``item:commodity:year``.
    """

    items: Mapping[str, Name]
    districts: Mapping[str, Name]
    pools: Mapping[str, Name]
    groups: Mapping[str, Name]
    rules: Mapping[str, Rule]
    documents: Mapping[str, Document]
    claims: Mapping[str, Claim]

    def rule(self, name: str | None) -> RuleRef | None:
        """Return a rule with its clause; None where there is none.

        Parameters
        ----------
        name
            Id of the rule; empty is none.
        """
        if not name or name not in self.rules:
            return None
        rule = self.rules[name]
        title = self.documents[rule.source.document].title
        return RuleRef(
            id=rule.id,
            name_zh=rule.name.zh,
            name_en=rule.name.en,
            document=rule.source.document,
            document_zh=title.zh,
            document_en=title.en,
            clause=rule.source.clause,
        )

    def claim(self, name: str) -> Name:
        """Return a claim in words: item, commodity, year.

        Parameters
        ----------
        name
            Id of the claim.
        """
        claim = self.claims[name]
        item = self.items[claim.item]
        zh, en = (messages.text(f"commodity.{claim.commodity}", lang) for lang in ("zh", "en"))
        return Name(zh=f"{item.zh}（{claim.year}年{zh}）", en=f"{item.en} ({en}, {claim.year})")

    def group(self, name: str) -> Name:
        """Return the name of a bound; one from constraint layers is named after its item.

        Parameters
        ----------
        name
            Id of the bound.
        """
        if name.startswith("developable:"):
            item = self.items[name.removeprefix("developable:")]
            return Name(zh=f"{item.zh}可开发用地", en=f"Developable land of {item.en}")
        if name.startswith("developable-floor:"):
            item = self.items[name.removeprefix("developable-floor:")]
            return Name(zh=f"{item.zh}可开发用地可建用房", en=f"Floor space that developable land of {item.en} carries")
        return self.groups[name]


def names_for(results: PlanResults, scenario: Scenario) -> QuotaNames:
    """Return the names behind the ids of a scenario's quota.

    Parameters
    ----------
    results
        Results of its plan.
    scenario
        The scenario.
    """
    districts = results.geography.districts
    named = zip(districts.index, districts["name_zh"], districts["name_en"], strict=True)
    return names_in(results.plan_set, scenario, districts={str(key): Name(zh=zh, en=en) for key, zh, en in named})


def names_in(plan_set: PlanSet, scenario: Scenario, *, districts: Mapping[str, Name]) -> QuotaNames:
    """Return the names behind the ids of a scenario's quota, without results.

    Parameters
    ----------
    plan_set
        The plan with documents and policies.
    scenario
        The scenario.
    districts
        Names of districts by id.
    """
    plan = plan_set.plan
    return QuotaNames(
        items={item.id: item.name for item in (*plan.components, *plan.parks, *plan.projects)},
        districts=districts,
        pools={pool.id: pool.name for pool in scenario.pools},
        groups={group.id: group.name for group in scenario.groups},
        rules=rules_of(plan_set),
        documents=plan_set.documents,
        claims={f"{c.item}:{c.commodity}:{c.year}": c for c in scenario.claims},
    )
