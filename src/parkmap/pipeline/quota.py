"""A quota as the command line asks for it: scenarios, another method, a user's claims."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING

from parkmap.allocation.study import study
from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.intake.claims import read_claims, with_claims
from parkmap.intake.tables import plain
from parkmap.output.reports.quota import quota_report
from parkmap.plan.links import plan_items
from parkmap.plan.scenarios.schema import Sharing
from parkmap.results.plan import analyse

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from parkmap.output.reports.quota import QuotaReport
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.scenarios.schema import Constraint, MethodName, Scenario
    from parkmap.plan.schema import Item
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotaRun:
    """A plan with its quota and the report on it.

    Parameters
    ----------
    results
        Results of the plan under the first scenario.
    report
        Report with everything that is told beside the allocation; None where the plan has no scenario.
    """

    results: PlanResults
    report: QuotaReport | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for beside the scenario itself.

    Parameters
    ----------
    method, fairness
        Another method than the scenario's; None keeps it.
    claims
        File with claims that take the place of the scenario's.
    constraints
        Constraint layers beside those of the scenario.
    percent
        By how many per cent weights may be off in the sensitivity.
    """

    method: MethodName | None = None
    fairness: float | None = None
    claims: Path | None = None
    constraints: tuple[Constraint, ...] = ()
    percent: float = 10.0


def quota_run(
    catalog: Catalog, plan_id: str, *, as_of: dt.date, scenarios: Sequence[str] = (), wanted: Wanted | None = None
) -> QuotaRun:
    """Share the land of a plan.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    plan_id
        Id of the plan, with readings where others than those in use are wanted.
    as_of
        Day for which validity is told.
    scenarios
        Ids of scenarios; the first is the one reported, the others are held against it. Empty is `base`.
    wanted
        What is asked for beside it.

    Raises
    ------
    InvalidInputError
        With every problem of plan, layers and the user's table.
    """
    asked = wanted or Wanted()
    first = scenarios[0] if scenarios else None
    results = analyse(catalog, plan_id, as_of=as_of, scenario=first)
    if results.scenario is None or results.quota is None:
        return QuotaRun(results=results, report=None)
    known = results.plan_set.scenarios
    unknown = [name for name in scenarios if name not in known]
    if unknown:
        near = ", ".join(known)
        plan = results.plan.id
        raise InvalidInputError(
            [finding("scenario.unknown", "error", name=name, near=near, plan=plan) for name in unknown]
        )
    chosen = _changed(results.scenario, results, asked)
    if chosen is not results.scenario:
        results = results.under(chosen)
    others = [name for name in dict.fromkeys(scenarios[1:]) if name != chosen.id]
    beside = {name: results.share(_changed(known[name], results, asked)) for name in others}
    told = study(results.quota, results.plan_set, percent=asked.percent) if results.quota is not None else None
    return QuotaRun(results=results, report=quota_report(results, told, beside=beside))


def full_report(results: PlanResults) -> QuotaReport | None:
    """Return the report on the quota with everything beside it, held against every other scenario of the plan.

    Parameters
    ----------
    results
        Results of the plan.
    """
    if results.scenario is None or results.quota is None:
        return None
    others = {name: other for name, other in results.plan_set.scenarios.items() if name != results.scenario.id}
    beside = {name: results.share(other) for name, other in others.items()}
    return quota_report(results, study(results.quota, results.plan_set), beside=beside)


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


def _changed(scenario: Scenario, results: PlanResults, asked: Wanted) -> Scenario:
    changed = scenario
    if asked.claims is not None:
        table = read_claims(asked.claims, results.plan_set, scenario)
        changed = with_claims(scenario, table, asked.claims.name)
    if asked.constraints:
        changed = changed.model_copy(update={"constraints": (*changed.constraints, *asked.constraints)})
    if asked.method is not None:
        fairness = (asked.fairness if asked.fairness is not None else 0.5) if asked.method == "dial" else None
        sharing = Sharing(name=asked.method, rounding=scenario.method.rounding, fairness=fairness)
        changed = changed.model_copy(update={"method": sharing})
    return changed
