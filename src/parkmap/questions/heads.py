"""What every document about a plan says first, and the statements that must stand with its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.columns import Table, column, in_words, named_id, record, table
from parkmap.facts.facts import Facts, facts
from parkmap.facts.units import DAY, TEXT, TEXTS, coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parkmap.facts.columns import Names
    from parkmap.finding import Finding
    from parkmap.messages import Words
    from parkmap.results.plan import PlanResults

READINGS = record(
    "readings",
    "读法",
    "readings",
    column("id", "编号", "id", TEXT),
    in_words("name", "名称", "name"),
    many=True,
    doc="Readings of the text other than those in use, under which the report holds.",
)
VALIDITY = column("validity", "有效性", "validity", coded("validity.word"), "Whether it is in force on the day.")
HEAD = table(
    "head",
    "title.head",
    "plan",
    named_id("plan", "规划", "plan", of="plan"),
    column("as_of", "日期", "day", DAY, "Day for which validity is told."),
    VALIDITY,
    READINGS,
    at="",
    shape="record",
    people=False,
)


def head(results: PlanResults) -> Facts:
    """Return what every document about a plan says first.

    Parameters
    ----------
    results
        The plan.
    """
    return facts(HEAD, [{"plan": results.plan.id, **head_values(results)}], names=plan_names(results))


def head_values(results: PlanResults) -> dict[str, Any]:
    """Return day, validity and readings of a plan, by key.

    Parameters
    ----------
    results
        The plan.
    """
    readings = [{"id": reading.id, "name": reading.name.words} for reading in results.readings]
    return {"as_of": results.as_of, "validity": results.validity, "readings": readings}


def plan_names(results: PlanResults) -> Names:
    """Return the names of a plan and of what it speaks of: districts, components, parks, projects.

    Parameters
    ----------
    results
        The plan.
    """
    return {"plan": {results.plan.id: results.plan.name.words}, **results.names}


def titled(results: PlanResults, table: Table) -> Words:
    """Return the heading of a plan's first table: its name, then what the table is.

    Parameters
    ----------
    results
        The plan.
    table
        The table.
    """
    return messages.joined([results.plan.name.words, table.title], by=messages.Words(" / ", " / "))


def stamps(results: PlanResults) -> tuple[Words, ...]:
    """Return what must stand under the tables of a plan: validity, and readings other than those in use.

    Parameters
    ----------
    results
        The plan.
    """
    validity = messages.words(f"validity.stamp.{results.validity}", day=results.as_of)
    if not results.readings:
        return (validity,)
    names = messages.joined((r.name.words for r in results.readings), by=messages.Words("; ", "; "))
    return (validity, messages.words("stamp.readings", names=names))


NAMED: Final = 5
"""How many ids of a finding people read; the JSON has all."""


def _few(ids: Sequence[str]) -> str:
    return ", ".join(ids[:NAMED]) + (" …" if len(ids) > NAMED else "")


FINDING = (
    column("code", "代码", "code", TEXT),
    column("severity", "级别", "severity", coded("severity")),
    column("file", "文件", "file", TEXT, null=True),
    column("ids", "位置", "where", TEXTS, "Ids of what it is about.", read=lambda ids, _names, _lang: _few(ids)),
    in_words("text", "结果", "finding"),
    in_words("advice", "建议", "advice"),
)
"""Columns of what was found on the way."""


def findings_at(place: str, key: str) -> Table:
    """Return the table of what was found on the way, which people read as notes of other tables.

    Parameters
    ----------
    place
        Its place in the document.
    key
        Its key.
    """
    title = messages.words("title.findings")
    return Table(key=key, title=title, about="finding", columns=FINDING, at=place, people=False)


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as rows.

    Parameters
    ----------
    findings
        What was found.
    """
    return [
        {
            "code": found.code,
            "severity": found.severity,
            "file": found.file,
            "ids": found.ids,
            "text": messages.each(found.text),
            "advice": messages.each(found.advice),
        }
        for found in findings
    ]
