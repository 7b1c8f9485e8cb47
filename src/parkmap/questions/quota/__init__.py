"""`quota`: land shared out under a scenario, exact to 1 m²."""

from __future__ import annotations

import dataclasses
from pathlib import Path  # noqa: TC003  fields of a request
from typing import TYPE_CHECKING, Any, Final

from parkmap.defaults import METHOD_NAMES, WEIGHTS_PERCENT, MethodName
from parkmap.questions.base import Document, Failure, FileForm, Question
from parkmap.questions.heads import HEAD
from parkmap.questions.option import asked
from parkmap.questions.quota import conflict_tables, tables
from parkmap.questions.quota import study_tables as study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parkmap.facts.facts import Facts
    from parkmap.output.context import Context
    from parkmap.questions.base import Answer, Workspace
    from parkmap.results.plan import PlanResults


@dataclasses.dataclass(frozen=True, kw_only=True)
class WhatIf:
    """What is asked of a quota beside its scenario.

    Parameters
    ----------
    method, fairness
        Another method than the scenario's, and the setting of the dial; None keeps it.
    weights_percent
        By how many per cent weights may be off in the sensitivity.
    claims
        File with claims that take the place of the scenario's.
    constraints
        Constraint layers beside those of the scenario, each as KIND=FILE.
    """

    method: MethodName | None = asked(
        None,
        f"Another method: {', '.join(METHOD_NAMES)}. 改用其他分配方法。",
        "choice",
        choices=METHOD_NAMES,
        metavar="METHOD",
    )
    fairness: float | None = asked(
        None, "For dial: 0 priority, 1 proportional. 公平调节值。 [0.5]", "float", least=0, most=1
    )
    weights_percent: float = asked(
        WEIGHTS_PERCENT,
        "By how much weights may be off in the sensitivity. 敏感性分析中权重的变动幅度（%）。",
        "float",
        least=0,
        most=100,
        below=True,
        show=True,
    )
    claims: Path | None = asked(
        None,
        "CSV or XLSX with your own claims. 自有需求表（CSV 或 XLSX），代替情景中的需求。",
        "file",
        must_exist=True,
    )
    constraints: tuple[str, ...] = asked(
        (),
        "Layer that limits what can be built on; KIND is ecological-red-line, permanent-basic-farmland, "
        "urban-growth-boundary or industrial-line. 约束图层（红线、基本农田、开发边界、工业区块线），可重复。",
        flag="--constraint",
        metavar="KIND=FILE",
        many=True,
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuotaRequest(WhatIf):
    """What is asked of a quota.

    Parameters
    ----------
    scenarios
        Ids of scenarios; the first is the one reported, the others are held against it. Empty is `base`.
    """

    scenarios: tuple[str, ...] = asked(
        (),
        "Scenario id; further ones are compared with the first. 情景编号，可重复，与第一个对比。 [base]",
        flag="--scenario",
        metavar="ID",
        many=True,
    )


def _answer(workspace: Workspace, plans: tuple[str, ...], request: QuotaRequest) -> Answer:
    from parkmap.questions.quota.answer import answer_of
    from parkmap.questions.quota.measure import measure

    return answer_of(measure(workspace, plans[0], request, request.scenarios))


def _of_plan(results: PlanResults, request: QuotaRequest) -> Answer | None:
    """Return the quota held against every other scenario of the plan, or None where it has no scenario."""
    from parkmap.questions.quota.answer import answer_of
    from parkmap.questions.quota.measure import told

    scenario = results.scenario
    if scenario is None:
        return None
    others = [other for name, other in results.plan_set.scenarios.items() if name != scenario.id]
    return answer_of(told(results, others, percent=request.weights_percent))


def _features(results: PlanResults) -> Iterator[Facts]:
    from parkmap.questions.quota.page import item_facts

    return item_facts(results)


def _file(kind: str) -> Any:  # noqa: ANN401  a writer
    """Return the writer of one kind of file, which is imported when it writes."""

    def make(answer: Answer, ending: str, context: Context) -> bytes | None:
        from parkmap.questions.quota.files import WRITERS

        return WRITERS[kind](answer, ending, context)

    return make


def _unmet(answer: Answer) -> bool:
    return any(answer.table(tables.TOTALS.key).values["unmet_m2"])


QUOTA: Final = Document(
    key="quota",
    tables=(
        HEAD,
        tables.SCENARIO,
        tables.POOLS,
        tables.CLAIMS,
        tables.TOTALS,
        tables.SUMS,
        tables.GROUPS,
        tables.DEVELOPABLE,
        tables.LEDGER,
        tables.TIES,
        tables.FIGURES,
        conflict_tables.INFEASIBLE,
        conflict_tables.CONFLICT,
        conflict_tables.RELAXATION,
        conflict_tables.RELAXATION_KINDS,
        study.SENSITIVITY,
        study.PRICES,
        study.RANGES,
        study.FAIRNESS,
        study.SUBSIDIES,
        study.GRANTS,
        study.CEILINGS,
        study.ACTUALS,
        study.COMPARISON,
    ),
)
QUESTION: Final = Question(
    key="quota",
    help="Allocate the land quota of a scenario; totals are exact to 1 m2. 分配用地指标，合计精确到 1 平方米。",
    documents=(QUOTA,),
    request=QuotaRequest,
    answer=_answer,
    of_plan=_of_plan,
    features=_features,
    files=(
        FileForm(key="xlsx", help="Write a workbook. 输出工作簿。", make=_file("xlsx")),
        FileForm(key="docx", help="Write a Word report. 输出 Word 报告。", make=_file("docx")),
        FileForm(
            key="figure",
            help="Draw pools, classes and parks (.png, .svg, .pdf). 输出流向图。",
            make=_file("figure"),
            endings=("png", "svg", "pdf"),
        ),
    ),
    failures=(
        Failure(
            flag="--fail-on-unmet",
            help="Exit with 1 when a claim stays unmet. 有未满足的需求时退出码为 1。",
            holds=_unmet,
        ),
    ),
)
