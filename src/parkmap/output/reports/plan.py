"""Report of `parkmap show`: the plan itself, each entry with its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from parkmap.output.reports.base import Head, Report, head, number
from parkmap.plan.schema import Component, Industry, Park, Position, Project, Rule, Structure, Target
from parkmap.plan.targets import growth_percent, is_met, measured_value
from parkmap.plan.validity import Status, rule_status, status_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.plan.schema import Plan
    from parkmap.results.plan import PlanResults


class LocatedComponent(Component):
    """A component with how sure its place is."""

    determinacy: str
    accuracy_m: float | None


class LocatedPark(Park):
    """A park with how sure its place is."""

    determinacy: str
    accuracy_m: float | None


class LocatedProject(Project):
    """A project with how sure its place is."""

    determinacy: str
    accuracy_m: float | None


class CheckedTarget(Target):
    """A target with the growth that it implies and whether parkmap can check it."""

    growth_percent_low: float | None
    """Compound yearly growth from base to target, per cent; null without a base or a target year."""
    growth_percent_high: float | None
    """Differs from the lower one for a range."""
    checked_by: Literal["parkmap", "statistics"]
    """`parkmap` counts it itself; `statistics` needs figures that parkmap does not hold."""
    measured: int | None
    met: bool | None


class RuleInForce(Rule):
    """A rule with its policy and whether it applies on the day."""

    policy: str
    validity: Status


class DistrictName(Report):
    """Name of an administrative district."""

    id: str
    name_zh: str
    name_en: str


class ShowReport(Head):
    """Result of `parkmap show`."""

    structure: Structure
    districts: list[DistrictName]
    industries: list[Industry]
    components: list[LocatedComponent]
    parks: list[LocatedPark]
    projects: list[LocatedProject]
    positions: list[Position]
    targets: list[CheckedTarget]
    rules: list[RuleInForce]


def show_report(results: PlanResults) -> ShowReport:
    """Return structure, components, parks, projects, targets and rules with their clauses."""
    plan = results.plan

    def located(items: tuple[Any, ...], model: type[Any]) -> list[Any]:
        rows = results.items.loc[[item.id for item in items]]
        sure = [{"determinacy": r.determinacy, "accuracy_m": number(r.accuracy_m)} for r in rows.itertuples()]
        return [model(**dict(item), **extra) for item, extra in zip(items, sure, strict=True)]

    return ShowReport(
        **head(results),
        structure=plan.structure,
        districts=[
            DistrictName(id=str(r.Index), name_zh=r.name_zh, name_en=r.name_en)
            for r in results.geography.districts[["name_zh", "name_en"]].itertuples()
        ],
        industries=list(plan.industries),
        components=located(plan.components, LocatedComponent),
        parks=located(plan.parks, LocatedPark),
        projects=located(plan.projects, LocatedProject),
        positions=list(plan.positions),
        targets=[_checked(plan, target) for target in plan.targets],
        rules=list(_rules(results)),
    )


def _checked(plan: Plan, target: Target) -> CheckedTarget:
    growth = growth_percent(target)
    counted = measured_value(plan, target)
    return CheckedTarget(
        **dict(target),
        growth_percent_low=None if growth is None else round(growth[0], 2),
        growth_percent_high=None if growth is None else round(growth[1], 2),
        checked_by="statistics" if target.measured_by is None else "parkmap",
        measured=counted,
        met=None if counted is None else is_met(target, counted),
    )


def _rules(results: PlanResults) -> Iterator[RuleInForce]:
    documents = results.plan_set.documents
    for name, policy in results.plan_set.policies.items():
        state = status_in(documents, policy.document, results.as_of)
        for rule in policy.rules:
            yield RuleInForce(**dict(rule), policy=name, validity=rule_status(rule, state, results.as_of))
