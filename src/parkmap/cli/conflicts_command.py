"""`parkmap conflicts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("conflicts")
@options.plan_argument
@options.common
@options.scenario_option
@options.json_option
def command(
    *, plan: str, lang: str | None, project: Path | None, as_of: dt.date, scenario: str | None, as_json: bool
) -> None:
    """List where the text disagrees with itself, and what each reading changes. 表述冲突登记及各读法的影响。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.conflicts import conflicts_report  # noqa: PLC0415
    from parkmap.output.tables.conflicts import conflict_tables  # noqa: PLC0415
    from parkmap.pipeline.compare import every_reading  # noqa: PLC0415

    results, others = every_reading(options.catalog(project), plan, as_of=as_of, scenario=scenario)
    report = conflicts_report(results, others)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(conflict_tables(report, options.detect_lang(lang)))
