"""Bilingual names and notes: numbers given in one language must occur in the other, years perhaps in a heading."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from parkmap.finding import Finding, finding
from parkmap.plan.elements import Closed, Name, Source
from parkmap.plan.number_words import numbers_zh, plain, unmatched_numbers
from parkmap.plan.schema import Target
from parkmap.plan.sources.citation_checks import by_id
from parkmap.plan.yaml_file import KeyPath, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.plan.load import PlanSet
    from parkmap.plan.references import Located


def bilingual_findings(plan_set: PlanSet) -> Iterator[Finding]:
    """Yield the `number_findings` of a plan, its policies and documents, with file and line.

    Parameters
    ----------
    plan_set
        A plan with its policies and documents, as the files state it.
    """
    owners: list[tuple[str, KeyPath, Closed]] = [("plan", (), plan_set.plan)]
    owners += [(f"policies/{name}", (), policy) for name, policy in plan_set.policies.items()]
    cited = {plan_set.plan.document, *(policy.document for policy in plan_set.policies.values())}
    owners += [(f"documents/{name}", (name,), plan_set.documents[name]) for name in sorted(cited)]
    for origin, prefix, owner in owners:
        for key, found in number_findings(owner):
            located = plan_set.origins[origin].located((*prefix, *key), found)
            yield dataclasses.replace(located, key=dotted((*prefix, *by_id(owner, key))))


def number_findings(owner: Closed) -> Iterator[Located]:
    """Yield numbers that only one language of a name or a note has, and values that differ from their written form.

    Parameters
    ----------
    owner
        Plan, policy or document.
    """
    for key, value, clauses in _walk(owner, (), ""):
        if isinstance(value, Name):
            years = set(re.findall(r"(?<!\d)\d{4}(?!\d)", plain(clauses)))
            for number in unmatched_numbers(value.zh, value.en):
                if number in years:  # "the city by 2015": the year is in the heading, not in the name
                    continue
                yield key, finding("words.number", "warning", number=number, zh=value.zh, en=value.en)
        elif isinstance(value, Target) and value.written is not None and not _bears(value, value.written):
            values: Any = {"written": value.written, "unit": value.unit.zh}
            yield (*key, "value"), finding("target.written", "error", number=f"{value.value:g}", **values)


def _bears(target: Target, written: str) -> bool:
    """Tell whether the written form of a value states the value, in the target's unit or with the unit's own size."""
    said = {float(number) for number in numbers_zh(written)}
    sizes = {1.0, *(float(size) for size in numbers_zh(target.unit.zh))}
    return any(target.value * size in said for size in sizes)


def _walk(value: object, key: KeyPath, clauses: str) -> Iterator[tuple[KeyPath, Closed, str]]:
    """Yield every value with the clauses that it, or what it stands in, cites."""
    if isinstance(value, Closed):
        own = [getattr(value, "source", None), *(getattr(value, "also", None) or ())]
        here = " ".join(source.clause for source in own if isinstance(source, Source)) or clauses
        yield key, value, here
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*key, name), here)
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _walk(inner, (*key, position), clauses)
