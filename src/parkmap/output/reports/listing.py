"""Reports that need no analysis: the list of plans and the list of findings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from parkmap.errors import InvalidInputError
from parkmap.output.reports.base import Report
from parkmap.plan.load import load_plan
from parkmap.plan.validity import Status, status_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parkmap.finding import Finding
    from parkmap.plan.catalog import Catalog
    from parkmap.plan.load import PlanSet


class PlanEntry(Report):
    """One line of `parkmap plans`."""

    id: str
    city: str
    name_zh: str
    name_en: str
    structure_zh: str
    structure_en: str
    validity: Status
    components: int
    parks: int
    scenarios: list[str]
    file: str


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


class PlansReport(Report):
    """Result of `parkmap plans`."""

    as_of: dt.date
    plans: list[PlanEntry]
    findings: list[FindingEntry]
    """Why the plans that are not listed cannot be read."""


class CheckReport(Report):
    """Result of `parkmap check`."""

    as_of: dt.date
    findings: list[FindingEntry]


def plans_report(catalog: Catalog, as_of: dt.date) -> tuple[PlansReport, tuple[Finding, ...]]:
    """Return every plan of a catalog; one that cannot be read does not hide the others.

    Parameters
    ----------
    catalog
        Where plans lie.
    as_of
        Day for which validity is told.

    Returns
    -------
    tuple of PlansReport and tuple of Finding
        The plans, and what is wrong with the others.
    """
    entries, problems = [], []
    for name, path in catalog.plan_files().items():
        try:
            entries.append(_plan_entry(load_plan(catalog, name), as_of, catalog.display(path)))
        except InvalidInputError as error:
            problems += [(name, found) for found in error.findings]
    report = PlansReport(as_of=as_of, plans=entries, findings=_finding_entries(problems))
    return report, tuple(dict.fromkeys(found for _, found in problems))


def _plan_entry(plan_set: PlanSet, as_of: dt.date, file: str) -> PlanEntry:
    plan = plan_set.plan
    return PlanEntry(
        id=plan.id,
        city=plan.city,
        name_zh=plan.name.zh,
        name_en=plan.name.en,
        structure_zh=plan.structure.name.zh,
        structure_en=plan.structure.name.en,
        validity=status_in(plan_set.documents, plan.document, as_of),
        components=len(plan.components),
        parks=len(plan.parks),
        scenarios=list(plan_set.scenarios),
        file=file,
    )


def check_report(findings: Iterable[tuple[str, Finding]], as_of: dt.date) -> CheckReport:
    """Return findings of several plans in both languages.

    Parameters
    ----------
    findings
        Plan id and finding.
    as_of
        Day for which validity was told.
    """
    return CheckReport(as_of=as_of, findings=_finding_entries(findings))


def _finding_entries(findings: Iterable[tuple[str, Finding]]) -> list[FindingEntry]:
    return [
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
