"""`parkmap map`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Name
    from parkmap.output.html.dense.model import DenseLayer, TiledLayer


@click.command("map")
@options.plan_argument
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="HTML file. 输出文件。"
)
@options.parcels_option
@click.option("--parcels-name", metavar="FIELD", help="Property that names a parcel. 地块名称字段。")
@options.parcels_by_option
@click.option(
    "--tiles/--no-tiles",
    default=None,
    help="Parcels as tiles beside the page, for a web server; or all in it. "
    "地块切成瓦片放在网页旁（需网页服务器），或全部写入网页。 [tiles above 250,000]",
)
@options.common
@options.scenario_option
@options.review_option
@options.basemap_option
@options.roads_option
@options.overwrite_option
def command(
    *,
    plan: str,
    output: Path,
    parcels: Path | None,
    parcels_name: str | None,
    parcels_by: str | None,
    tiles: bool | None,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario: str | None,
    review_number: str | None,
    basemap: Name,
    roads: Path | None,
    overwrite: bool,
) -> None:
    """Write an interactive map as one HTML file that needs no network. 输出无需联网的单文件交互地图。"""
    if parcels is None and (parcels_name is not None or parcels_by is not None or tiles is not None):
        raise click.UsageError("--parcels-name, --parcels-by, --tiles need --parcels 需要同时给出 --parcels")

    from parkmap.errors import OutputExistsError  # noqa: PLC0415
    from parkmap.layers.road_file import city_roads  # noqa: PLC0415
    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.output.html.page import render  # noqa: PLC0415
    from parkmap.plan.style import read_style  # noqa: PLC0415
    from parkmap.questions.page.plan import plan_page  # noqa: PLC0415
    from parkmap.questions.parcels import in_page_or_tiles, read_parcels  # noqa: PLC0415
    from parkmap.results.plan import analyse  # noqa: PLC0415

    if output.exists() and not overwrite:
        raise OutputExistsError(str(output))  # before its tiles are replaced
    catalog = options.catalog(project)
    language = options.detect_lang(lang)
    ground = options.open_basemap(basemap, language)
    results = analyse(catalog, plan, as_of=as_of, scenario=scenario)
    style = read_style(catalog.style_file())
    folder = output.with_name(f"{output.stem}_tiles")
    dense: list[DenseLayer | TiledLayer] = []
    beside: Mapping[str, bytes] = {}
    if parcels is not None:
        own = read_parcels(parcels, results=results, style=style, name=parcels_name, by=parcels_by)
        layer, beside = in_page_or_tiles(own, folder=folder.name, tiles=tiles)
        dense.append(layer)
    streets = city_roads(catalog, results.plan, roads)
    shown = plan_page(results, review_number=review_number, dense=dense, basemap=ground, roads=streets)
    page = render(shown, style=style, lang=language)
    if beside:
        _write_tiles(folder, beside, language, overwrite=overwrite)
    write_file(output, page.encode(), overwrite=overwrite)
    click.echo(messages.text("written", language, path=output), err=True)


def _write_tiles(folder: Path, files: Mapping[str, bytes], language: Lang, *, overwrite: bool) -> None:
    from parkmap.output.files import write_folder  # noqa: PLC0415

    write_folder(folder, files, {"tiles": len(files)}, overwrite=overwrite)
    click.echo(messages.text("page.tiles", language, count=f"{len(files):,}", folder=folder), err=True)
