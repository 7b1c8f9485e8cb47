"""`parkmap reach`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parkmap import defaults
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.basemap import Name


def _numbers(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[float, ...] | None:
    """Return numbers separated by commas."""
    if value is None:
        return None
    try:
        return tuple(float(part) for part in value.replace("，", ",").split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} (5,10,15)") from None


FILE = click.Path(dir_okay=False, path_type=Path)
POSITIVE = click.FloatRange(min=0, min_open=True)


@click.command("reach")
@options.plan_argument
@options.roads_option
@click.option("--profile", help="Travel profile, see config/travel.yaml. 出行方式。 [walk]")
@click.option("--minutes", callback=_numbers, metavar="N,N,…", help="Cut-offs in minutes. 时间界限（分钟）。 [5,10,15]")
@click.option("--metres", callback=_numbers, metavar="N,N,…", help="Cut-offs in metres instead. 改用距离界限（米）。")
@click.option("--preset", help="Circle that a document names: quarter-hour. 文件提出的服务圈：quarter-hour（一刻钟）。")
@click.option("--sites", type=FILE, help="Own sites instead of the plan's. 自有设施点文件，代替规划中的要素与园区。")
@click.option("--item", "items", multiple=True, help="Item of the plan to take as a site. 以规划中的该项为设施点。")
@click.option("--capacity", help="Property with the capacity of a site. 设施点容量字段。 [1 each 每个计1]")
@click.option("--demand", type=FILE, help="Demand: points, areas, or a CSV. 需求文件（点、面或 CSV）。")
@click.option("--weight", help="Property with the weight of demand. 需求量字段。 [1 each 每个计1]")
@click.option("--barriers", type=FILE, help="Areas that no one crosses beside the streets. 道路以外不可穿越的区域。")
@click.option(
    "--nearest",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="List the costs to so many nearest sites. 列出到最近若干设施点的距离。",
)
@click.option(
    "--to-sites", "towards", is_flag=True, help="Travel to the sites, not from them. 按前往设施点的方向计算。"
)
@click.option(
    "--band-weights",
    callback=_numbers,
    metavar="N,N,…",
    help="Weights of the bands, enhanced 2SFCA. 各级权重。 [1,0.68,0.22]",
)
@click.option(
    "--street-buffer-m",
    type=POSITIVE,
    default=defaults.STREET_BUFFER_M,
    show_default=True,
    help="Strip on each side of a street. 道路两侧宽度。",
)
@click.option(
    "--hole-m2",
    type=click.FloatRange(min=0),
    default=defaults.HOLE_M2,
    show_default=True,
    help="Holes of this area stay open. 保留不小于此面积的空洞。",
)
@click.option(
    "--snap-limit-m",
    type=click.FloatRange(min=0),
    default=defaults.SNAP_LIMIT_M,
    show_default=True,
    help="Farther sites are off the network. 超过此距离视为不在路网上。",
)
@options.answered
def command(
    *,
    plan: str,
    output: Path | None,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    review_number: str | None,
    basemap: Name,
    overwrite: bool,
    **asked: Any,  # noqa: ANN401  the options that make the request, one to one
) -> None:
    """Show who is within reach of sites: service areas, demand, floating catchments. 服务范围、可达需求与可达性。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.reach import reach_report  # noqa: PLC0415
    from parkmap.output.tables.reach import reach_tables  # noqa: PLC0415
    from parkmap.pipeline.reach import ReachRequest, reach  # noqa: PLC0415

    if asked["minutes"] and asked["metres"]:
        raise click.UsageError("--minutes or --metres, not both 二者只选其一")
    catalog = options.catalog(project)
    results = reach(catalog, plan, ReachRequest(**asked), as_of=as_of)
    report, language = reach_report(results), options.detect_lang(lang)
    if output is not None:
        from parkmap.output.bundles.reach import reach_bundle  # noqa: PLC0415

        files = functools.partial(reach_bundle, results, report, review_number=review_number)
        options.write_answer(output, files, catalog_in_use=catalog, lang=language, basemap=basemap, overwrite=overwrite)
    if as_json:
        options.write_json(to_json(report))
    elif output is None:
        options.write_tables(reach_tables(report, language))
