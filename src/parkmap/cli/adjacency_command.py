"""`parkmap adjacency`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("adjacency")
@options.plan_argument
@options.common
@options.json_option
@click.option(
    "--of",
    type=click.Choice(["items", "districts"]),
    default="items",
    show_default=True,
    help="Components and parks, or districts. 要素与园区，或行政区。",
)
def command(*, plan: str, lang: str | None, project: Path | None, as_of: dt.date, as_json: bool, of: str) -> None:
    """Show what adjoins what: contact, shared border, distance, clusters. 邻接关系：接触类型、共界长度、距离、组团。"""
    from parkmap.output.reports.adjacency import adjacency_report  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.tables.adjacency import adjacency_tables  # noqa: PLC0415
    from parkmap.pipeline import analyse  # noqa: PLC0415

    results = analyse(options.catalog(project), plan, as_of=as_of)
    report = adjacency_report(results, of=cast("Literal['items', 'districts']", of))
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(adjacency_tables(report, options.detect_lang(lang)))
