"""Share the land of a plan as it was asked for: scenarios, another method, a user's claims, constraint layers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from parkmap.allocation.study import study
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.intake.claims import read_claims, with_claims
from parkmap.plan.scenarios.schema import CONSTRAINT_KINDS, Constraint, Sharing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parkmap.allocation.allocate import Quota
    from parkmap.allocation.study import Study
    from parkmap.plan.scenarios.schema import Scenario
    from parkmap.questions.base import Workspace
    from parkmap.questions.quota import WhatIf
    from parkmap.results.plan import PlanResults

DIAL = 0.5
"""Setting of the dial where none is given."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotaResults:
    """A plan with the quota of one scenario and all that is told beside it.

    Parameters
    ----------
    plan
        The plan under the scenario that is reported.
    scenario
        That scenario.
    quota
        Its quota.
    study
        What follows from it.
    beside
        Quotas of other scenarios that are held against it, by id.
    """

    plan: PlanResults
    scenario: Scenario
    quota: Quota
    study: Study
    beside: Mapping[str, Quota]

    @property
    def scenarios(self) -> Mapping[str, Quota]:
        """Every quota by the id of its scenario, the one that is reported first."""
        return {self.scenario.id: self.quota, **self.beside}


def measure(workspace: Workspace, reference: str, request: WhatIf, scenarios: Sequence[str]) -> QuotaResults:
    """Share the land of a plan.

    Parameters
    ----------
    workspace
        Where plans and layers lie, and for which day.
    reference
        The plan, `plan` or `plan@reading+reading`.
    request
        What is asked for beside the scenarios themselves.
    scenarios
        Ids of scenarios; the first is the one reported, the others are held against it. Empty is `base`.

    Raises
    ------
    InvalidInputError
        With every problem of request, plan, layers and the user's table; or when the plan has no scenario.
    """
    constraints = tuple(_constraints(request))
    plan = workspace.plan(reference, scenario=scenarios[0] if scenarios else None)
    if plan.scenario is None:
        raise InvalidInputError([finding("quota.no_scenario", "error", plan=plan.plan.id)])
    known = plan.plan_set.scenarios
    unknown = [name for name in scenarios if name not in known]
    if unknown:
        near, of = ", ".join(known), plan.plan.id
        raise InvalidInputError(
            [finding("scenario.unknown", "error", name=name, near=near, plan=of) for name in unknown]
        )
    others = [name for name in dict.fromkeys(scenarios[1:]) if name != plan.scenario.id]
    chosen, *beside = (
        _changed(scenario, plan, request, constraints)
        for scenario in (plan.scenario, *(known[name] for name in others))
    )
    return told(plan.under(chosen).reading_also(request.claims), beside, percent=request.weights_percent)


def told(plan: PlanResults, beside: Sequence[Scenario], *, percent: float) -> QuotaResults:
    """Return the quota of a plan's scenario with what follows from it.

    Parameters
    ----------
    plan
        The plan, under a scenario.
    beside
        Scenarios that are held against it.
    percent
        By how many per cent weights may be off.
    """
    scenario, quota = plan.scenario, plan.quota
    if scenario is None or quota is None:
        raise InvalidInputError([finding("quota.no_scenario", "error", plan=plan.plan.id)])
    return QuotaResults(
        plan=plan,
        scenario=scenario,
        quota=quota,
        study=study(quota, plan.plan_set, percent=percent),
        beside={other.id: plan.share(other) for other in beside},
    )


def _constraints(request: WhatIf) -> Iterator[Constraint]:
    """Yield the constraint layers that were asked for; refuse what does not go together."""
    if request.fairness is not None and request.method != "dial":
        raise InvalidInputError([finding("quota.fairness", "error")])
    for text in request.constraints:
        kind, _, file = text.partition("=")
        known = next((one for one in CONSTRAINT_KINDS if one == kind), None)
        if known is None or not file:
            kinds = ", ".join(CONSTRAINT_KINDS)
            raise InvalidInputError([finding("quota.constraint", "error", value=text, kinds=kinds)])
        yield Constraint(kind=known, file=file)


def _changed(scenario: Scenario, plan: PlanResults, request: WhatIf, constraints: tuple[Constraint, ...]) -> Scenario:
    changed = scenario
    if request.claims is not None:
        table = read_claims(request.claims, plan.plan_set, scenario)
        changed = with_claims(scenario, table, request.claims.name)
    if constraints:
        changed = changed.model_copy(update={"constraints": (*changed.constraints, *constraints)})
    if request.method is not None:
        fairness = (request.fairness if request.fairness is not None else DIAL) if request.method == "dial" else None
        sharing = Sharing(name=request.method, rounding=scenario.method.rounding, fairness=fairness)
        changed = changed.model_copy(update={"method": sharing})
    return changed
