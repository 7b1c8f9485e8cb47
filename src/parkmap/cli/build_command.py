"""`parkmap build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.basemap import Name


@click.command("build")
@options.plans_argument
@options.all_option
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("maps"),
    show_default=True,
    help="Folder that gets one folder per plan. 输出文件夹，每个规划一个子文件夹。",
)
@options.common
@options.scenario_option
@options.review_option
@options.basemap_option
@options.overwrite_option
def command(
    *,
    plans: tuple[str, ...],
    every: bool,
    output: Path,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario: str | None,
    review_number: str | None,
    basemap: Name,
    overwrite: bool,
) -> None:
    """Write map, reports, tables and GIS files of each plan, with a manifest. 输出每个规划的全部成果及清单。"""
    from parkmap.output.context import Context  # noqa: PLC0415
    from parkmap.output.files import write_folder  # noqa: PLC0415
    from parkmap.plan.style import read_style  # noqa: PLC0415
    from parkmap.questions.build import build_files  # noqa: PLC0415
    from parkmap.questions.record import plan_record  # noqa: PLC0415
    from parkmap.results.plan import analyse  # noqa: PLC0415

    catalog = options.catalog(project)
    language = options.detect_lang(lang)
    tiles = options.open_basemap(basemap, language)
    style = read_style(catalog.style_file())
    context = Context(lang=language, style=style, review_number=review_number, basemap=tiles)
    names = options.chosen_plans(catalog, plans, every=every)
    for name in options.with_progress(names, language):
        results = analyse(catalog, name, as_of=as_of, scenario=scenario)
        files = build_files(results, context)
        write_folder(
            output / name, files, plan_record(results, lang=language, review_number=review_number), overwrite=overwrite
        )
    for name in names:
        click.echo(messages.text("written", language, path=output / name / "map.html"), err=True)
