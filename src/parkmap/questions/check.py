"""`check`: what is wrong with plans and their layers, and whether the texts say what is cited."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.errors import InvalidInputError
from parkmap.facts.columns import column, in_words, table
from parkmap.facts.facts import facts
from parkmap.facts.units import COUNT, DAY, ID, TEXT, TEXTS, coded
from parkmap.questions.base import Answer, Document, Question
from parkmap.questions.option import asked

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from parkmap.finding import Finding
    from parkmap.plan.catalog import Catalog
    from parkmap.questions.base import Workspace
    from parkmap.results.plan import PlanResults

LEVELS: Final = ("error", "warning", "note")
DAY_HEAD: Final = table(
    "day",
    "title.head",
    "day",
    column("as_of", "日期", "day", DAY, "Day for which validity is told."),
    at="",
    shape="record",
    people=False,
)
FINDINGS: Final = table(
    "findings",
    "title.findings",
    "finding",
    column("plan", "规划", "plan", ID),
    column("code", "代码", "code", TEXT),
    column("severity", "级别", "severity", coded("severity")),
    column("file", "文件", "file", TEXT, null=True),
    column("line", "行", "line", COUNT, null=True),
    column("key", "位置", "where", TEXT, null=True),
    column("ids", "编号", "ids", TEXTS),
    in_words("text", "结果", "finding"),
    in_words("advice", "建议", "advice"),
    column("place", "文件", "file", TEXT, "File and line.", null=True, hide=["json"]),
    at="findings",
    order=("severity", "plan", "place", "key", "text", "advice"),
    doc="One finding.",
)
DOCUMENT: Final = Document(key="check", tables=(DAY_HEAD, FINDINGS))


@dataclasses.dataclass(frozen=True, kw_only=True)
class CheckRequest:
    """What is asked.

    Parameters
    ----------
    sources
        Folder with the texts of the documents.
    register
        Whether the hash of every cited clause is recorded.
    fail_on
        Severity from which on the check fails.
    """

    sources: Path | None = asked(
        None,
        "Folder with the texts: proves every cited clause, name and number. 政策原文所在文件夹，逐条核对。",
        "folder",
        must_exist=True,
    )
    register: bool = asked(
        False,
        "With --sources: record the hash of every cited clause in config/clauses.yaml. 登记所引各条款的校验值。",
        "flag",
        goes_with=("sources",),
    )
    fail_on: str = asked(
        "error",
        "Exit with 1 from this severity on. 从该级别起退出码为 1。",
        "choice",
        choices=LEVELS,
        show=True,
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: CheckRequest) -> Answer:
    """Return what was found in plans; where asked for, what they cite is registered first."""
    catalog, told = workspace.catalog, []
    if request.register and request.sources is not None:
        registry = register_clauses(catalog, plans, request.sources, afresh=set(plans) >= set(catalog.plan_files()))
        told.append(messages.words("written", path=registry))
    found, usable = [], True
    for name in plans:
        findings, fine = check(catalog, name, as_of=workspace.as_of, sources=request.sources)
        found += [(name, one) for one in findings]
        usable &= fine
    counts = {level: sum(one.severity == level for _, one in found) for level in LEVELS}
    failed = any(counts[level] for level in LEVELS[: LEVELS.index(request.fail_on) + 1])
    answer = _told(found, workspace.as_of)
    told.append(messages.words("check.summary", **counts))
    return dataclasses.replace(answer, told=tuple(told), code=int(failed) if usable else 2)


def _of_plan(results: PlanResults, _request: CheckRequest) -> Answer:
    return _told(((results.plan.id, found) for found in results.findings), results.as_of)


def _told(found: Iterable[tuple[str, Finding]], as_of: dt.date) -> Answer:
    return Answer(document=DOCUMENT, facts=(facts(DAY_HEAD, [{"as_of": as_of}]), facts(FINDINGS, finding_rows(found))))


def finding_rows(found: Iterable[tuple[str, Finding]]) -> Iterator[dict[str, Any]]:
    """Yield findings as rows.

    Parameters
    ----------
    found
        Plan id and finding.
    """
    for plan, one in found:
        yield {
            **{key: getattr(one, key) for key in ("code", "severity", "file", "line", "key", "ids")},
            "plan": plan,
            "text": messages.each(one.text),
            "advice": messages.each(one.advice),
            "place": ":".join(str(part) for part in (one.file, one.line) if part is not None) or None,
        }


def check(catalog: Catalog, plan_id: str, *, as_of: dt.date, sources: Path | None = None) -> tuple[list[Finding], bool]:
    """Check one plan with its layers and, where given, against the texts of its documents.

    Parameters
    ----------
    catalog
        Where plans and layers lie.
    plan_id
        Id of the plan.
    as_of
        Day for which validity is told.
    sources
        Folder with the texts of the documents.

    Returns
    -------
    tuple of list of Finding and bool
        What was found, and whether the plan can be used at all.
    """
    from parkmap.layers.extents import published_areas_m2
    from parkmap.plan.conflicts.readings import PlanReference
    from parkmap.plan.load import load_plan
    from parkmap.plan.sources.bilingual import bilingual_findings
    from parkmap.plan.sources.citation_checks import citation_findings
    from parkmap.plan.sources.registry import read_hashes
    from parkmap.results.plan import analyse

    try:
        results = analyse(catalog, plan_id, as_of=as_of)
        found = list(results.findings)
    except InvalidInputError as error:
        return list(error.findings), False
    as_written = load_plan(catalog, PlanReference.parse(plan_id).plan_id)
    found += bilingual_findings(as_written)
    if sources is not None:
        areas = published_areas_m2(results.geography)
        found += citation_findings(as_written, sources, hashes=read_hashes(catalog), areas_m2=areas)
    return found, True


def register_clauses(catalog: Catalog, plan_ids: Iterable[str], sources: Path, *, afresh: bool) -> Path:
    """Record the hash of every clause that some plans cite, in the registry of the user's own folder.

    Parameters
    ----------
    catalog
        Where plans lie.
    plan_ids
        Ids of the plans.
    sources
        Folder with the texts of the documents.
    afresh
        True forgets what was registered before, so that clauses no longer cited leave the registry.

    Returns
    -------
    Path
        The registry.
    """
    from parkmap.output.files import write_file
    from parkmap.plan.conflicts.readings import PlanReference
    from parkmap.plan.load import load_plan
    from parkmap.plan.sources.citation_checks import cited_hashes, read_texts
    from parkmap.plan.sources.registry import hashes_text, read_hashes

    hashes = {} if afresh else read_hashes(catalog, own_only=True)
    for plan_id in plan_ids:
        plan_set = load_plan(catalog, PlanReference.parse(plan_id).plan_id)
        texts, _ = read_texts(plan_set, sources)
        for document, clauses in cited_hashes(plan_set, texts).items():
            hashes[document] = {**hashes.get(document, {}), **clauses}
    write_file(catalog.own_clause_file(), hashes_text(hashes).encode(), overwrite=True)
    return catalog.own_clause_file()


QUESTION: Final = Question(
    key="check",
    help="Check plans and their layers; findings come with advice. 检查规划与图层，每条结果附处理建议。",
    documents=(DOCUMENT,),
    request=CheckRequest,
    plans="some",
    every=True,
    answer=_answer,
    of_plan=_of_plan,
    folder=False,
)
