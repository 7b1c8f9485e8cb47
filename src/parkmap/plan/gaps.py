"""What a document leaves open: declared but not listed, named but not placed, dates not stated, expired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.finding import Finding, finding
from parkmap.plan.counts import listed_counts
from parkmap.plan.validity import last_day, rule_status, status_in, successor, term_end

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from parkmap.plan.load import PlanSet
    from parkmap.plan.schema import Document, Plan, Rule


def gap_findings(plan_set: PlanSet, as_of: dt.date) -> Iterator[Finding]:
    """Yield the gaps of the document itself; none of them stops the work.

    Parameters
    ----------
    plan_set
        A plan with its documents.
    as_of
        Day for which validity is reported.
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
    documents = plan_set.documents
    for name in sorted({plan_set.plan.document, *(policy.document for policy in plan_set.policies.values())}):
        document = documents[name]
        state = status_in(documents, name, as_of)
        title: Any = {"title": document.title.zh, "title_en": document.title.en}
        if state == "superseded":
            yield _superseded(documents, name, as_of)
        elif state in {"expired", "not_yet", "open"}:
            day = last_day(document) if state == "expired" else as_of
            yield finding(f"validity.{state}", "note", key=name, **title, day=day)
        other = term_end(document)
        if document.expires is not None and other is not None and other != document.expires:
            years = document.term_years
            yield finding(
                "period.two_ends", "warning", key=name, **title, day=document.expires, years=years, other=other
            )
    for policy in plan_set.policies.values():
        for rule in policy.rules:
            yield from _rule_validity(rule, policy.id, documents[policy.document], as_of)


def _superseded(documents: Mapping[str, Document], name: str, as_of: dt.date) -> Finding:
    later = documents[successor(documents, name, as_of) or name]
    own = documents[name].title
    return finding(
        "validity.superseded",
        "note",
        key=name,
        title=own.zh,
        title_en=own.en,
        other=later.title.zh,
        other_en=later.title.en,
        day=later.issued,
    )


def _rule_validity(rule: Rule, policy: str, document: Document, as_of: dt.date) -> Iterator[Finding]:
    """Yield whether the day lies in a rule's own period, and whether it lies outside that of its document."""
    own = rule.period
    if own is None:
        return
    span: Any = {"first": own.first or "-", "last": own.last or "-"}
    start, end = document.issued or document.not_before, last_day(document)
    early = own.first is not None and start is not None and own.first < start
    late = own.last is not None and end is not None and own.last > end
    if early or late:
        values: Any = {**span, "start": start or "-", "end": end or "-"}
        yield finding("period.outside", "warning", key=f"{policy}.{rule.id}", **values)
    if rule_status(rule, "in_force", as_of) != "in_force":
        names: Any = {"name": rule.name.zh, "name_en": rule.name.en}
        yield finding("validity.rule", "note", key=f"{policy}.{rule.id}", **names, **span, day=as_of)


def _declared(plan: Plan) -> Iterator[Finding]:
    listed = listed_counts(plan)
    for declared in plan.structure.declared:
        count = listed[declared.role]
        if declared.count is not None and declared.count != count:
            yield finding(
                "gap.count",
                "note",
                key=f"structure.{declared.role}",
                declared=declared.count,
                listed=count,
                role_zh=messages.text(f"role.{declared.role}", "zh"),
                role_en=messages.text(f"role.{declared.role}", "en"),
            )
