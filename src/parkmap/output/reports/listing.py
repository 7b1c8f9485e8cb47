"""Reports that need no analysis: the list of plans and the list of findings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from parkmap.output.reports.base import Report
from parkmap.plan.load import load_plan
from parkmap.plan.validity import Status, status_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.finding import Finding
    from parkmap.plan.catalog import Catalog


class PlanEntry(Report):
    """One line of `parkmap plans`."""

    id: str
    city: str
    name_zh: str
    name_en: str
    structure_zh: str
    validity: Status
    components: int
    parks: int
    scenarios: list[str]
    file: str


class PlansReport(Report):
    """Result of `parkmap plans`."""

    as_of: dt.date
    plans: list[PlanEntry]


class FindingEntry(Report):
    """One finding."""

    plan: str
    code: str
    severity: Literal["error", "warning", "note"]
    file: str | None
    line: int | None
    key: str | None
    ids: list[str]
    text_zh: str
    text_en: str
    advice_zh: str
    advice_en: str


class CheckReport(Report):
    """Result of `parkmap check`."""

    as_of: dt.date
    findings: list[FindingEntry]


def plans_report(catalog: Catalog, as_of: dt.date) -> PlansReport:
    """Return every plan of a catalog.

    Parameters
    ----------
    catalog
        Where plans lie.
    as_of
        Day for which validity is told.

    Raises
    ------
    InvalidInputError
        When a plan cannot be read.
    """
    entries = []
    for name, path in catalog.plan_files().items():
        plan_set = load_plan(catalog, name)
        plan = plan_set.plan
        entries.append(
            PlanEntry(
                id=plan.id,
                city=plan.city,
                name_zh=plan.name.zh,
                name_en=plan.name.en,
                structure_zh=plan.structure.name.zh,
                validity=status_in(plan_set.documents, plan.document, as_of),
                components=len(plan.components),
                parks=len(plan.parks),
                scenarios=list(plan_set.scenarios),
                file=catalog.display(path),
            )
        )
    return PlansReport(as_of=as_of, plans=entries)


def check_report(findings: Iterable[tuple[str, Finding]], as_of: dt.date) -> CheckReport:
    """Return findings of several plans in both languages.

    Parameters
    ----------
    findings
        Plan id and finding.
    as_of
        Day for which validity was told.
    """
    entries = [
        FindingEntry(
            plan=plan,
            code=f.code,
            severity=f.severity,
            file=f.file,
            line=f.line,
            key=f.key,
            ids=list(f.ids),
            text_zh=f.text("zh"),
            text_en=f.text("en"),
            advice_zh=f.advice("zh"),
            advice_en=f.advice("en"),
        )
        for plan, f in findings
    ]
    return CheckReport(as_of=as_of, findings=entries)
