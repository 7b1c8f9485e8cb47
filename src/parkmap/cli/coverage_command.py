"""`parkmap coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("coverage")
@options.plan_argument
@options.common
@options.json_option
def command(*, plan: str, lang: str | None, project: Path | None, as_of: dt.date, as_json: bool) -> None:
    """Show what components and parks cover, district by district. 各行政区的覆盖面积、比例、重叠与空白。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.coverage import coverage_report  # noqa: PLC0415
    from parkmap.output.tables.coverage import coverage_tables  # noqa: PLC0415
    from parkmap.pipeline.analyse import analyse  # noqa: PLC0415

    results = analyse(options.catalog(project), plan, as_of=as_of)
    report = coverage_report(results)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(coverage_tables(report, options.detect_lang(lang)))
