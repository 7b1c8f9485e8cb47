"""`parkmap figure`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.dense.model import DenseLayer

FORMATS = ("png", "svg", "pdf")


def _known_format(_context: click.Context, _option: click.Parameter, value: Path) -> Path:
    if value.suffix.lower().removeprefix(".") not in FORMATS:
        raise click.BadParameter(f"must end in .png, .svg or .pdf 文件名须以 .png、.svg 或 .pdf 结尾: {value}")
    return value


@click.command("figure")
@options.plan_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_known_format,
    required=True,
    help="PNG, SVG or PDF file; its ending says which. 输出文件，格式由扩展名决定。",
)
@click.option(
    "--layout",
    type=click.Choice(["a4", "a3", "report"]),
    default="a4",
    show_default=True,
    help="A4 or A3 sheet, or a picture as wide as the text of a report. 版式：A4、A3 图幅，或报告插图。",
)
@options.parcels_option
@options.parcels_by_option
@options.common
@options.scenario_option
@options.review_option
@options.overwrite_option
def command(
    *,
    plan: str,
    output: Path,
    layout: str,
    parcels: Path | None,
    parcels_by: str | None,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario: str | None,
    review_number: str | None,
    overwrite: bool,
) -> None:
    """Write a still map with title, legend, scale, north arrow and sources. 输出带图名、图例、比例尺的静态地图。"""
    if parcels is None and parcels_by is not None:
        raise click.UsageError("--parcels-by needs --parcels 需要同时给出 --parcels")

    from parkmap.output.figure.sheet import picture  # noqa: PLC0415
    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.plan.style import read_style  # noqa: PLC0415
    from parkmap.questions.page.plan import plan_page  # noqa: PLC0415
    from parkmap.questions.parcels import read_parcels  # noqa: PLC0415
    from parkmap.results.plan import analyse  # noqa: PLC0415

    catalog = options.catalog(project)
    results = analyse(catalog, plan, as_of=as_of, scenario=scenario)
    language = options.detect_lang(lang)
    style = read_style(catalog.style_file())
    dense: list[DenseLayer] = []
    if parcels is not None:
        dense.append(read_parcels(parcels, results=results, style=style, by=parcels_by))
    drawn = picture(
        plan_page(results, review_number=review_number, dense=dense),
        crs=results.plan.crs,
        style=style,
        lang=language,
        layout=layout,  # type: ignore[arg-type]  # one of the choices
        form=output.suffix.lower().removeprefix("."),  # type: ignore[arg-type]  # checked above
    )
    write_file(output, drawn, overwrite=overwrite)
    click.echo(messages.text("written", language, path=output), err=True)
