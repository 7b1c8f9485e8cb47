"""`parkmap export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt


@click.command("export")
@options.plan_argument
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder. 输出文件夹。"
)
@options.common
@options.scenario_option
@options.overwrite_option
def command(
    *,
    plan: str,
    output: Path,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario: str | None,
    overwrite: bool,
) -> None:
    """Write GeoJSON layers with the results joined (RFC 7946, WGS 84). 输出带结果的 GeoJSON 图层。"""
    from parkmap.output.files import write_folder  # noqa: PLC0415
    from parkmap.questions.features import gis_files  # noqa: PLC0415
    from parkmap.questions.record import plan_record  # noqa: PLC0415
    from parkmap.results.plan import analyse  # noqa: PLC0415

    results = analyse(options.catalog(project), plan, as_of=as_of, scenario=scenario)
    language = options.detect_lang(lang)
    files = {name: text.encode() for name, text in gis_files(results).items()}
    write_folder(output, files, plan_record(results, lang=language, review_number=None), overwrite=overwrite)
    click.echo(messages.text("written", language, path=output), err=True)
