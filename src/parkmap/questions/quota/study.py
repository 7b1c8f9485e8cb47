"""What is told beside a quota as tables of facts: sensitivity, use, supports, other scenarios."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pandas as pd

from parkmap import messages
from parkmap.allocation.allocate import rules_of
from parkmap.analysis.quota.study.compare import compare, spread
from parkmap.facts.columns import column
from parkmap.facts.units import M2
from parkmap.messages import Words
from parkmap.questions.quota import study_tables as tables
from parkmap.questions.quota.names import method_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.allocation.allocate import Quota
    from parkmap.allocation.study import Sensitivity
    from parkmap.facts.facts import Facts
    from parkmap.questions.quota.measure import QuotaResults
    from parkmap.questions.quota.names import QuotaNames

Row = dict[str, Any]
OTHER = "other:"
"""Before the id of an application stands its other city measure of the same kind."""


def study_facts(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield sensitivity, use against allocation and supports, as far as there are any.

    Parameters
    ----------
    found
        The quota.
    names
        Names behind the ids.
    """
    study = found.study
    if study.sensitivity is not None:
        yield from _sensitivity(study.sensitivity, names)
    used = pd.DataFrame() if study.monitoring is None else study.monitoring.rename(columns={"item": "id"})
    yield names.facts(tables.ACTUALS, used.to_dict("records"), messages.words("note.monitoring"))
    if study.subsidies is not None:
        yield from _subsidies(found, names)


def _sensitivity(found: Sensitivity, names: QuotaNames) -> Iterator[Facts]:
    yield names.facts(tables.SENSITIVITY, [{"percent": found.percent}])
    prices = found.prices.to_dict("records")
    bounds = {one["id"]: names.bound(one["kind"], one["id"]) for one in prices}
    with_bounds = dataclasses.replace(names, of={**names.of, "bound": bounds})
    rows = [{**one, "rules": [r for name in one["rule"].split(", ") if (r := names.rule(name))]} for one in prices]
    yield with_bounds.facts(tables.PRICES, rows, messages.words("note.shadow_prices"))
    notes = [messages.words("note.ranges", percent=f"{found.percent:g}"), messages.words("note.break_even")]
    if not found.ranges["exact"].all():
        notes.append(messages.words("note.ranges_inner"))
    ranks = zip(found.ranges["best_rank"], found.ranges["worst_rank"], strict=True)
    ranked = found.ranges.assign(rank=[f"{best}–{worst}" if worst > best else str(best) for best, worst in ranks])
    yield names.facts(tables.RANGES, ranked, *notes)
    by_tier = found.fairness.reset_index(drop=True).sort_values(["commodity", "tier", "fairness"]).index.tolist()
    yield names.facts(tables.FAIRNESS, found.fairness, messages.words("note.fairness"), ranked=by_tier)


def _subsidies(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    estimate = found.study.subsidies
    if estimate is None:
        return
    grants = [_grant(row, found, names) for row in estimate.lines.reset_index().to_dict("records")]
    ceilings = [
        {**names.resolved(row), "item": row["applicant"] or None} for row in estimate.ceilings.to_dict("records")
    ]
    yearly = estimate.by_year.to_dict()
    yield names.facts(tables.SUBSIDIES, [{"yearly": yearly, "total_yuan": estimate.total_yuan}])
    yield names.facts(tables.GRANTS, grants, messages.words("note.subsidies", yuan=f"{estimate.total_yuan:,}"))
    yield names.facts(tables.GRANTS_YEARLY, [{"year": year, "yuan": yuan} for year, yuan in yearly.items()])
    yield names.facts(tables.CEILINGS, ceilings)


def _grant(row: Row, found: QuotaResults, names: QuotaNames) -> Row:
    grant = next(one for one in found.scenario.grants if one.id == row["application"].removeprefix(OTHER))
    other = row["application"].startswith(OTHER)
    rule = rules_of(found.plan.plan_set)[grant.rule]
    said = f"grant.capped.{bool(row['capped'])}"
    return {
        **names.resolved(row),
        "id": row["application"],
        "item": grant.item,
        "what": messages.words("grant.other") if other else rule.amounts[grant.amount - 1].what.words,
        "rule": None if other else names.rule(grant.rule),
        "year": grant.year,
        "remark": messages.words("grant.superseded" if row["superseded_by"] else said),
    }


def compared_facts(found: QuotaResults, names: QuotaNames) -> Iterator[Facts]:
    """Yield scenarios side by side: their totals, then claim by claim; nothing where there is only one.

    Parameters
    ----------
    found
        The quota with others beside it.
    names
        Names behind the ids.
    """
    quotas = found.scenarios
    if not found.beside:
        return
    stamps = ("stamp.example",) if any(one.scenario.rests_on_assumptions for one in quotas.values()) else ()
    names = dataclasses.replace(names, stamps=tuple(messages.words(key) for key in stamps))
    scenarios = [_scenario(quota) for quota in quotas.values()]
    frame = compare({name: quota.outcome for name, quota in quotas.items()}).astype(object)
    frame = frame.where(frame.notna(), None).reset_index().rename(columns={"item": "id"})
    claims = [_claim(row, list(quotas), names) for row in frame.to_dict("records")]
    yield names.facts(tables.COMPARISON, [{"scenarios": scenarios, "claims": claims}])
    totals = [
        {"scenario": one["id"], "sharing": method_words(one["method"], one["fairness"]), **total}
        for one in scenarios
        for total in one["totals"]
    ]
    said = [messages.joined([one["name"], one["note"]], by=Words(": ", ": ")) for one in scenarios]
    yield names.facts(tables.SCENARIOS, totals, *said, messages.words("note.least_share"))
    columns = [*tables.COMPARED.columns]
    for key, one in zip(quotas, scenarios, strict=True):
        zh, en = one["name"].zh, one["name"].en
        columns.append(column(f"{key} allocated_m2", f"{zh}：分配", f"{en}: allocated", M2, null=True))
        if f"{key} change_m2" in frame:
            columns.append(column(f"{key} change_m2", f"{zh}：增减", f"{en}: change", M2, null=True))
    yield names.facts(tables.COMPARED, frame, columns=columns)


def _scenario(quota: Quota) -> Row:
    scenario, outcome = quota.scenario, quota.outcome
    totals = outcome.totals.join(spread(outcome), on=["commodity", "year"])
    return {
        "id": scenario.id,
        "name": scenario.name.words,
        "note": scenario.note.words,
        "example": scenario.rests_on_assumptions,
        "method": outcome.method,
        "fairness": scenario.method.fairness,
        "status": outcome.status,
        "totals": totals.to_dict("records"),
    }


def _claim(row: Row, scenarios: list[str], names: QuotaNames) -> Row:
    values = [
        {"scenario": name, **{key: row.get(f"{name} {key}") for key in ("claim_m2", "allocated_m2", "change_m2")}}
        for name in scenarios
    ]
    return {**row, "name": names.of["item"][row["id"]], "values": values}
