"""`parkmap map`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.basemap import Name


@click.command("map")
@options.plan_argument
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="HTML file. 输出文件。"
)
@options.common
@options.scenario_option
@options.review_option
@options.basemap_option
@options.overwrite_option
def command(
    *,
    plan: str,
    output: Path,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario: str | None,
    review_number: str | None,
    basemap: Name,
    overwrite: bool,
) -> None:
    """Write an interactive map as one HTML file that needs no network. 输出无需联网的单文件交互地图。"""
    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.output.html.page import render  # noqa: PLC0415
    from parkmap.output.html.plan_page import plan_page  # noqa: PLC0415
    from parkmap.output.style import read_style  # noqa: PLC0415
    from parkmap.pipeline.analyse import analyse  # noqa: PLC0415

    catalog = options.catalog(project)
    language = options.detect_lang(lang)
    tiles = options.open_basemap(basemap, language)
    results = analyse(catalog, plan, as_of=as_of, scenario=scenario)
    shown = plan_page(results, review_number=review_number, basemap=tiles)
    page = render(shown, style=read_style(catalog.style_file()), lang=language)
    write_file(output, page.encode(), overwrite=overwrite)
    click.echo(messages.text("written", language, path=output), err=True)
