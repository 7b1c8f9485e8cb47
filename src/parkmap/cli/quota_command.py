"""`parkmap quota`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("quota")
@options.plan_argument
@options.common
@options.json_option
@options.scenario_option
@click.option(
    "--fail-on-unmet", is_flag=True, help="Exit with 1 when a claim stays unmet. 有未满足的需求时退出码为 1。"
)
def command(
    *,
    plan: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    scenario: str | None,
    fail_on_unmet: bool,
) -> None:
    """Allocate the land quota of a scenario; totals are exact to 1 m2. 分配用地指标，合计精确到 1 平方米。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.quota import quota_report  # noqa: PLC0415
    from parkmap.output.tables.quota import quota_tables  # noqa: PLC0415
    from parkmap.pipeline import analyse  # noqa: PLC0415

    results = analyse(options.catalog(project), plan, as_of=as_of, scenario=scenario)
    report = quota_report(results)
    language = options.detect_lang(lang)
    if report is None:
        click.echo(messages.text("quota.no_scenario", language, plan=plan), err=True)
        sys.exit(2)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(quota_tables(report, language))
    if fail_on_unmet and any(total.unmet_m2 for total in report.totals):
        sys.exit(1)
