"""`parkmap belts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("belts")
@options.plan_argument
@options.common
@options.json_option
@options.roads_option
@options.drive_option
@click.option(
    "--reach-m",
    type=click.FloatRange(min=0, min_open=True),
    default=1000.0,
    show_default=True,
    help="Reach of a member, metres. 节点的服务半径（米）。",
)
def command(
    *,
    plan: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    roads: Path | None,
    profile: str,
    reach_m: float,
) -> None:
    """Check belts: order, gaps, weakest link, continuity, districts.

    检查带：节点顺序、间隔、最弱环节、连续性、所在行政区。
    """
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.links import belts_report  # noqa: PLC0415
    from parkmap.output.tables.links import belts_tables  # noqa: PLC0415
    from parkmap.pipeline.links import LinkRequest, links  # noqa: PLC0415

    request = LinkRequest(profile=profile, roads=roads, reach_m=reach_m)
    report = belts_report(links(options.catalog(project), plan, request, as_of=as_of))
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(belts_tables(report, options.detect_lang(lang)))
