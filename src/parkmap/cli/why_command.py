"""`parkmap why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from parkmap import messages
from parkmap.cli import options, quota_options
from parkmap.cli.stdout import say

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("why")
@options.plan_argument
@click.argument("park", metavar="PARK")
@options.common
@options.json_option
@options.scenario_option
@quota_options.what_if
def command(
    *,
    plan: str,
    park: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    scenario: str | None,
    **asked: Any,  # noqa: ANN401  options of `what_if`
) -> None:
    """Tell why a park got this much land: rule, clause, pool and bound behind every square metre.

    说明某个园区为何得到这些指标：每一平方米的规则、条款、指标池和约束。PARK 可写编号或中英文名称。
    """
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.why import why_report  # noqa: PLC0415
    from parkmap.pipeline.quota import find_item, quota_run  # noqa: PLC0415

    scenarios = () if scenario is None else (scenario,)
    wanted = quota_options.wanted(**asked)
    run = quota_run(options.catalog(project), plan, as_of=as_of, scenarios=scenarios, wanted=wanted)
    item = find_item(run.results, park)
    language = options.detect_lang(lang)
    if run.report is None:
        raise click.ClickException(messages.text("quota.no_scenario", language, plan=plan))
    report = why_report(run.report, item.id, name_zh=item.name.zh, name_en=item.name.en)
    if as_json:
        options.write_json(to_json(report))
        return
    if report.example:
        say(messages.text("stamp.example", language))
    if not report.claims:
        name = item.name.zh if language == "zh" else item.name.en
        say(messages.text("why.no_claim", language, name=name, scenario=report.scenario))
    for claim in report.claims:
        first, *others = claim.sentences_zh if language == "zh" else claim.sentences_en
        say(first)
        for sentence in others:
            say(f"  - {sentence}")
