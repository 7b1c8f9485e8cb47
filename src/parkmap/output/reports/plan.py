"""Report of `parkmap show`: the plan itself, each entry with its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap.output.reports.base import Head, head, number
from parkmap.plan.schema import Component, Industry, Park, Position, Project, Rule, Structure, Target

if TYPE_CHECKING:
    from parkmap.results import PlanResults


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


class ShowReport(Head):
    """Result of `parkmap show`."""

    structure: Structure
    industries: list[Industry]
    components: list[LocatedComponent]
    parks: list[LocatedPark]
    projects: list[LocatedProject]
    positions: list[Position]
    targets: list[Target]
    rules: list[Rule]


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
        industries=list(plan.industries),
        components=located(plan.components, LocatedComponent),
        parks=located(plan.parks, LocatedPark),
        projects=located(plan.projects, LocatedProject),
        positions=list(plan.positions),
        targets=list(plan.targets),
        rules=[rule for policy in results.plan_set.policies.values() for rule in policy.rules],
    )
