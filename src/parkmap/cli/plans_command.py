"""`parkmap plans`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("plans")
@options.common
@options.json_option
def command(*, lang: str | None, project: Path | None, as_of: dt.date, as_json: bool) -> None:
    """List the shipped plans and your own. 列出随附和自有的规划。"""
    from parkmap.errors import InvalidInputError  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.listing import plans_report  # noqa: PLC0415
    from parkmap.output.tables.plan import plans_table  # noqa: PLC0415

    report, unread = plans_report(options.catalog(project), as_of)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(plans_table(report, options.detect_lang(lang)))
    if unread:
        raise InvalidInputError(unread)
