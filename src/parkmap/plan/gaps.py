"""What a document leaves open: declared but not listed, named but not placed, dates not stated, expired."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parkmap.finding import Finding, finding
from parkmap.plan.validity import last_day, status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from parkmap.plan.load import PlanSet
    from parkmap.plan.schema import Plan


def gap_findings(plan_set: PlanSet, as_of: dt.date) -> Iterator[Finding]:
    """Yield the gaps of the document itself; none of them stops the work.

    Parameters
    ----------
    plan_set
        A plan with its documents.
    as_of
        Day for which validity is told.
    """
    yield from _validity(plan_set, as_of)
    yield from _declared(plan_set.plan)
    for section in ("components", "parks"):
        for item in getattr(plan_set.plan, section):
            if item.undetermined is not None:
                yield finding(
                    "gap.undetermined",
                    "note",
                    key=f"{section}.{item.id}",
                    ids=(item.id,),
                    name=item.name.zh,
                    name_en=item.name.en,
                    why=item.undetermined.zh,
                    why_en=item.undetermined.en,
                )


def _validity(plan_set: PlanSet, as_of: dt.date) -> Iterator[Finding]:
    cited = {plan_set.plan.document, *(policy.document for policy in plan_set.policies.values())}
    for name in sorted(cited):
        document = plan_set.documents[name]
        state = status(document, as_of)
        if state in {"expired", "not_yet", "open"}:
            day = last_day(document) if state == "expired" else as_of
            yield finding(
                f"validity.{state}", "note", key=name, title=document.title.zh, title_en=document.title.en, day=day
            )


def _declared(plan: Plan) -> Iterator[Finding]:
    listed = Counter(
        component.role for component in plan.components if component.undetermined is None and component.part_of is None
    )
    for declared in plan.structure.declared:
        count = listed[declared.role]
        if declared.count is not None and declared.count != count:
            yield finding(
                "gap.count",
                "note",
                key=f"structure.{declared.role}",
                declared=declared.count,
                listed=count,
                role=declared.role,
            )
