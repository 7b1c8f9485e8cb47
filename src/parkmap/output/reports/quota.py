"""Report of `parkmap quota`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from parkmap.analysis.quota.methods.catalogue import METHODS
from parkmap.output.reports.base import Head, Report, head, number
from parkmap.output.reports.quota_assumptions import FigureEntry, figure_entries
from parkmap.output.reports.quota_comparison import ComparisonEntry, comparison_entry
from parkmap.output.reports.quota_conflict import InfeasibleEntry, infeasible_entry
from parkmap.output.reports.quota_developable import DevelopableEntry, developable_entries
from parkmap.output.reports.quota_names import names_for
from parkmap.output.reports.quota_parts import (
    AllocationEntry,
    GroupEntry,
    LedgerEntry,
    PoolEntry,
    SumEntry,
    TieEntry,
    TotalEntry,
    allocation_entries,
    group_entries,
    ledger_entries,
    pool_entries,
    sum_entries,
    total_entries,
)
from parkmap.output.reports.quota_study import (
    ActualEntry,
    SensitivityEntry,
    SubsidyEntry,
    actual_entries,
    sensitivity_entry,
    subsidy_entry,
)
from parkmap.plan.scenarios.schema import MethodName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.allocation.allocate import Quota
    from parkmap.allocation.study import Study
    from parkmap.results.plan import PlanResults


class MethodEntry(Report):
    """By which rule the supply was shared."""

    name: MethodName
    rounding: Literal["largest-remainder", "sainte-lague"]
    fairness: float | None
    formula: str
    source: str
    reason_zh: str | None
    reason_en: str | None
    objective: float | None
    gap: float | None
    """Proven relative gap of the objective; null for rules without one."""


class SignOffEntry(Report):
    """Slots of the first page; null stays open."""

    prepared_by: str | None
    reviewed_by: str | None
    approved_by: str | None


class QuotaReport(Head):
    """Result of `parkmap quota`."""

    scenario: str
    scenario_name_zh: str
    scenario_name_en: str
    note_zh: str
    note_en: str
    example: bool
    """True when any number or tier is an assumption: the table is then an example, not a decision."""
    method: MethodEntry
    status: Literal["exact", "gap", "infeasible"]
    """`infeasible`: no allocation obeys every bound; all amounts are 0 and `infeasible` says why."""
    sign_off: SignOffEntry
    pools: list[PoolEntry]
    allocations: list[AllocationEntry]
    totals: list[TotalEntry]
    sums: list[SumEntry]
    groups: list[GroupEntry]
    developable: list[DevelopableEntry]
    """Empty where no constraint layer was supplied."""
    ledger: list[LedgerEntry]
    ties: list[TieEntry]
    figures: list[FigureEntry]
    """Every figure and choice of the scenario with its basis."""
    infeasible: InfeasibleEntry | None
    sensitivity: SensitivityEntry | None
    """Null where there is no allocation, or more claims than can be solved anew one by one."""
    subsidies: SubsidyEntry | None
    actuals: list[ActualEntry]
    comparison: ComparisonEntry | None
    """Null where only one scenario was asked for."""


def quota_report(
    results: PlanResults, told: Study | None = None, *, beside: Mapping[str, Quota] | None = None
) -> QuotaReport | None:
    """Return the quota as a report, or None where the plan has no scenario.

    Parameters
    ----------
    results
        Results of the plan.
    told
        What is told beside the quota; None leaves it out.
    beside
        Quotas of other scenarios to hold against it, by id.
    """
    scenario, quota = results.scenario, results.quota
    if scenario is None or quota is None:
        return None
    names = names_for(results, scenario)
    allocations = allocation_entries(quota, names, results.plan_set)
    return QuotaReport(
        **head(results),
        scenario=scenario.id,
        scenario_name_zh=scenario.name.zh,
        scenario_name_en=scenario.name.en,
        note_zh=scenario.note.zh,
        note_en=scenario.note.en,
        example=results.rests_on_assumptions,
        method=_method(quota),
        status=quota.outcome.status,
        sign_off=SignOffEntry(**scenario.sign_off.model_dump()),
        pools=pool_entries(quota, names),
        allocations=allocations,
        totals=total_entries(quota),
        sums=sum_entries(allocations, names),
        groups=group_entries(quota, names),
        developable=developable_entries(quota, names),
        ledger=list(ledger_entries(quota, names)),
        ties=[TieEntry(claim=row.claim, won=bool(row.won)) for row in quota.outcome.ties.itertuples()],
        figures=list(figure_entries(scenario, names)),
        infeasible=infeasible_entry(quota.outcome.conflict, names),
        sensitivity=sensitivity_entry(told.sensitivity if told else None, names),
        subsidies=subsidy_entry(told.subsidies if told else None, scenario, names),
        actuals=actual_entries(told.monitoring if told else None, names),
        comparison=comparison_entry({scenario.id: quota, **(beside or {})}, names),
    )


def _method(quota: Quota) -> MethodEntry:

    outcome, sharing = quota.outcome, quota.scenario.method
    known = METHODS[outcome.method]
    return MethodEntry(
        name=outcome.method,
        rounding=outcome.rounding,
        fairness=sharing.fairness,
        formula=known.formula,
        source=known.source,
        reason_zh=sharing.reason.zh if sharing.reason else None,
        reason_en=sharing.reason.en if sharing.reason else None,
        objective=number(outcome.objective),
        gap=number(outcome.gap),
    )
