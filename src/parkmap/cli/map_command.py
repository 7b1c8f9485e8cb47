"""`parkmap map`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from parkmap.messages import Lang
    from parkmap.output.html.dense import DenseLayer, TiledLayer


@click.command("map")
@options.plan_argument
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="HTML file. 输出文件。"
)
@click.option(
    "--parcels",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own parcels: GeoPackage, Shapefile, GeoJSON, … 自有地块图层。",
)
@click.option("--parcels-name", metavar="FIELD", help="Property that names a parcel. 地块名称字段。")
@click.option("--parcels-by", metavar="FIELD", help="Property by which parcels are coloured. 地块着色字段。")
@click.option("--tiles", is_flag=True, help="Parcels as tiles beside the page. 地块切成瓦片，放在网页旁。 [> 250,000]")
@options.common
@options.scenario_option
@options.review_option
@options.overwrite_option
def command(
    *,
    plan: str,
    output: Path,
    parcels: Path | None,
    parcels_name: str | None,
    parcels_by: str | None,
    tiles: bool,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario: str | None,
    review_number: str | None,
    overwrite: bool,
) -> None:
    """Write an interactive map as one HTML file that needs no network. 输出无需联网的单文件交互地图。"""
    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.output.html.page import render  # noqa: PLC0415
    from parkmap.output.html.plan_page import plan_page  # noqa: PLC0415
    from parkmap.output.style import read_style  # noqa: PLC0415
    from parkmap.pipeline.analyse import analyse  # noqa: PLC0415

    catalog = options.catalog(project)
    results = analyse(catalog, plan, as_of=as_of, scenario=scenario)
    language = options.detect_lang(lang)
    style = read_style(catalog.style_file())
    dense = []
    if parcels is not None:
        layer = _parcels(parcels, style, name=parcels_name, by=parcels_by)
        folder = output.with_name(f"{output.stem}_tiles")
        dense.append(_placed(layer, folder, tiles=tiles, language=language, overwrite=overwrite))
    page = render(plan_page(results, review_number=review_number, dense=dense), style=style, lang=language)
    write_file(output, page.encode(), overwrite=overwrite)
    click.echo(messages.text("written", language, path=output), err=True)


def _parcels(path: Path, style: Mapping[str, Any], *, name: str | None, by: str | None) -> DenseLayer:
    from parkmap.layers.map_parcels import read_map_parcels  # noqa: PLC0415
    from parkmap.output.html.parcel_layer import parcel_layer  # noqa: PLC0415

    parcels = read_map_parcels(path, fields=[field for field in (name, by) if field is not None])
    return parcel_layer(parcels, style=style, name=name, by=by)


def _placed(
    layer: DenseLayer, folder: Path, *, tiles: bool, language: Lang, overwrite: bool
) -> DenseLayer | TiledLayer:
    """Return the layer as it goes into the page: whole, or with its tiles written beside it."""
    from parkmap.output.files import write_folder  # noqa: PLC0415
    from parkmap.output.html.parcel_layer import MOST_IN_PAGE, tiled  # noqa: PLC0415

    if not tiles and len(layer) <= MOST_IN_PAGE:
        return layer
    entry, files = tiled(layer, folder.name)
    write_folder(folder, files, {"tiles": len(files)}, overwrite=overwrite)
    click.echo(messages.text("page.tiles", language, most=f"{MOST_IN_PAGE:,}", folder=folder), err=True)
    return entry
