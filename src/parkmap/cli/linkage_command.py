"""`parkmap linkage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

ROLES = ("core", "valley", "base", "node", "district", "centre", "place")
POSITIVE = click.FloatRange(min=0, min_open=True)


@click.command("linkage")
@options.plan_argument
@options.common
@options.json_option
@options.roads_option
@options.drive_option
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    help="Role whose components are linked. 计算该类要素的联动。 [every role with two or more 两个以上的各类]",
)
@click.option(
    "--item", "items", multiple=True, help="Component, park or project to link, two or more. 指定地点（两个以上）。"
)
@click.option(
    "--reference-minutes",
    type=POSITIVE,
    default=60.0,
    show_default=True,
    help="Reference time of the index, minutes. 指数的基准时间（分钟）。",
)
@click.option("--link-kmh", type=POSITIVE, help="Speed over a new link. 新通道的时速。 [trunk road 主干路]")
def command(
    *,
    plan: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    roads: Path | None,
    profile: str,
    roles: tuple[str, ...],
    items: tuple[str, ...],
    reference_minutes: float,
    link_kmh: float | None,
) -> None:
    """Show travel times between components, a linkage index, and what new links would change.

    要素之间的出行时间、联动指数，以及新增通道的影响。
    """
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.links import linkage_report  # noqa: PLC0415
    from parkmap.output.tables.links import linkage_tables  # noqa: PLC0415
    from parkmap.pipeline.links import LinkRequest, links  # noqa: PLC0415

    request = LinkRequest(
        profile=profile,
        roads=roads,
        roles=roles,
        items=items,
        reference_minutes=reference_minutes,
        link_kmh=link_kmh,
    )
    report = linkage_report(links(options.catalog(project), plan, request, as_of=as_of))
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(linkage_tables(report, options.detect_lang(lang)))
