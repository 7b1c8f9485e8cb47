"""Several scenarios side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from parkmap.analysis.quota.study.compare import compare, spread
from parkmap.output.reports.base import Report, number
from parkmap.plan.scenarios.schema import MethodName
from parkmap.plan.schema import Commodity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parkmap.allocation.allocate import Quota
    from parkmap.output.reports.quota_names import QuotaNames


class ScenarioTotal(Report):
    """Sum of one commodity in one year under one scenario, and how evenly it is spread."""

    commodity: Commodity
    year: int
    supply_m2: int
    claim_m2: int
    allocated_m2: int
    least_share: float | None
    """Smallest share of a claim that is met."""
    gini: float | None
    """Gini coefficient of the shares met; 0 is even."""


class ComparedScenario(Report):
    """One scenario of the comparison."""

    id: str
    name_zh: str
    name_en: str
    note_zh: str
    note_en: str
    example: bool
    """Whether it rests on assumptions."""
    method: MethodName
    fairness: float | None
    status: Literal["exact", "gap", "infeasible"]
    totals: list[ScenarioTotal]


class ComparedValue(Report):
    """What one claim gets under one scenario; null where the scenario has no such claim."""

    scenario: str
    claim_m2: int | None
    allocated_m2: int | None
    change_m2: int | None
    """Against the first scenario; null for the first."""


class ComparedClaim(Report):
    """One claim under all scenarios."""

    id: str
    name_zh: str
    name_en: str
    commodity: Commodity
    year: int
    values: list[ComparedValue]


class ComparisonEntry(Report):
    """Scenarios side by side; the first is the one that the others are held against."""

    scenarios: list[ComparedScenario]
    claims: list[ComparedClaim]


def comparison_entry(quotas: Mapping[str, Quota], names: QuotaNames) -> ComparisonEntry | None:
    """Return the comparison, or None where there is only one scenario.

    Parameters
    ----------
    quotas
        Quotas by scenario id, the first one first.
    names
        Names behind the ids.
    """
    if len(quotas) < 2:  # noqa: PLR2004 -- a comparison needs two
        return None
    frame = compare({name: quota.outcome for name, quota in quotas.items()})
    claims = []
    for key, row in frame.iterrows():
        item, commodity, year = key
        values = [
            ComparedValue(
                scenario=name,
                claim_m2=_whole(row[f"{name} claim_m2"]),
                allocated_m2=_whole(row[f"{name} allocated_m2"]),
                change_m2=_whole(row.get(f"{name} change_m2")),
            )
            for name in quotas
        ]
        label = names.items[item]
        claims.append(
            ComparedClaim(id=item, name_zh=label.zh, name_en=label.en, commodity=commodity, year=year, values=values)
        )
    return ComparisonEntry(scenarios=[_scenario(quota) for quota in quotas.values()], claims=claims)


def _scenario(quota: Quota) -> ComparedScenario:
    scenario, outcome = quota.scenario, quota.outcome
    even = spread(outcome)
    return ComparedScenario(
        id=scenario.id,
        name_zh=scenario.name.zh,
        name_en=scenario.name.en,
        note_zh=scenario.note.zh,
        note_en=scenario.note.en,
        example=scenario.rests_on_assumptions,
        method=outcome.method,
        fairness=scenario.method.fairness,
        status=outcome.status,
        totals=[
            ScenarioTotal(
                commodity=row.commodity,
                year=row.year,
                supply_m2=row.supply_m2,
                claim_m2=row.claim_m2,
                allocated_m2=row.allocated_m2,
                least_share=_even(even, (row.commodity, row.year), "least_share"),
                gini=_even(even, (row.commodity, row.year), "gini"),
            )
            for row in outcome.totals.itertuples()
        ],
    )


def _even(even: pd.DataFrame, key: tuple[str, int], column: str) -> float | None:
    return number(even.at[key, column]) if key in even.index else None


def _whole(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(str(value))
