"""`parkmap show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("show")
@options.plan_argument
@options.common
@options.json_option
def command(*, plan: str, lang: str | None, project: Path | None, as_of: dt.date, as_json: bool) -> None:
    """Show structure, components, parks, projects, targets and rules with their clauses.

    列出空间结构、要素、园区、项目、目标和规则及其条款。
    """
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.plan import show_report  # noqa: PLC0415
    from parkmap.output.tables.plan import show_tables  # noqa: PLC0415
    from parkmap.pipeline import analyse  # noqa: PLC0415

    results = analyse(options.catalog(project), plan, as_of=as_of)
    report = show_report(results)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(show_tables(report, options.detect_lang(lang)))
