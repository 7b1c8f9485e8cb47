"""`parkmap site`."""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parkmap import defaults
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.basemap import Name

FILE = click.Path(dir_okay=False, path_type=Path)
NOT_NEGATIVE = click.FloatRange(min=0)
MODELS = ("max-cover", "set-cover", "p-median", "p-centre")


def _counts(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, ...]:
    """Return the whole numbers of a range such as 1-8."""
    if value is None:
        return ()
    first, _, last = value.partition("-")
    try:
        counts = tuple(range(int(first), int(last or first) + 1))
    except ValueError:
        raise click.BadParameter(f"{value!r} (1-8)") from None
    if not counts:
        raise click.BadParameter(f"{value!r} (1-8)")
    return counts


@click.command("site")
@options.plan_argument
@click.option("--model", type=click.Choice(MODELS), default="max-cover", show_default=True, help="Model. 选址模型。")
@click.option("--count", type=click.IntRange(min=0), help="Most new sites, existing ones not counted. 新增个数上限。")
@click.option("--budget-yuan", type=NOT_NEGATIVE, help="Largest sum of prices of new sites. 新增点价格合计上限（元）。")
@click.option("--reach", type=NOT_NEGATIVE, help="How far a site serves, for the cover models. 服务距离（覆盖模型）。")
@click.option("--within", type=NOT_NEGATIVE, help="Everyone must have a site no further. 每处需求的最远路程。")
@click.option(
    "--unit",
    type=click.Choice(["minutes", "metres"]),
    default="minutes",
    show_default=True,
    help="Unit of --reach and --within. 路程单位。",
)
@click.option(
    "--backup",
    type=click.Choice(["none", "most", "all"]),
    default="none",
    show_default=True,
    help="Second site within reach, set cover. 集合覆盖的备份要求。",
)
@click.option(
    "--least",
    type=click.Choice(["count", "price"]),
    default="count",
    show_default=True,
    help="What set cover counts. 集合覆盖以个数还是价格最少为目标。",
)
@click.option(
    "--curve", callback=_counts, metavar="N-N", help="Optimum for each number of new sites. 逐个增加的最优值。"
)
@click.option("--candidates", type=FILE, help="Own candidates (status, capacity, price_yuan). 自有备选点文件。")
@click.option("--existing", multiple=True, metavar="ID", help="This site is open anyway. 已有的点，固定保留。")
@click.option("--forbid", "forbidden", multiple=True, metavar="ID", help="This site must not open. 不得选用的点。")
@click.option("--demand", type=FILE, help="Demand: points, areas, or a CSV. 需求文件。 [layers/<city>/population.csv]")
@click.option("--weight", help="Property with the weight of demand. 需求量字段。 [1 each 每个计1; population]")
@click.option(
    "--cell-m",
    type=click.FloatRange(min=100),
    default=defaults.CELL_M,
    show_default=True,
    help="Cells over which areas of demand are evenly spread. 面状需求均摊的方格边长。",
)
@click.option("--matrix", type=FILE, help="Own table of ways: demand, site, minutes or m. 自有路程表。")
@options.roads_option
@options.drive_option
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=defaults.SITING_SECONDS,
    show_default=True,
    help="Time limit of each optimisation. 每次求解的时限（秒）。",
)
@click.option(
    "--fail-on-unproven",
    is_flag=True,
    help="Exit with 1 where the answer is not proven optimal. 未证明最优时退出码为 1。",
)
@options.answered
def command(
    *,
    plan: str,
    model: str,
    fail_on_unproven: bool,
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
    """Find where new sites should stand, with proof of the optimum. 选址：求最优解并给出证明。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.siting import siting_report  # noqa: PLC0415
    from parkmap.output.tables.siting import siting_tables  # noqa: PLC0415
    from parkmap.pipeline.site import SiteRequest, site  # noqa: PLC0415

    catalog = options.catalog(project)
    request = SiteRequest(model=model.replace("-", "_"), **asked)  # type: ignore[arg-type]
    results = site(catalog, plan, request, as_of=as_of)
    report, language = siting_report(results), options.detect_lang(lang)
    if output is not None:
        from parkmap.output.bundles.site import site_bundle  # noqa: PLC0415

        files = functools.partial(site_bundle, results, report, review_number=review_number)
        options.write_answer(output, files, catalog_in_use=catalog, lang=language, basemap=basemap, overwrite=overwrite)
    if as_json:
        options.write_json(to_json(report))
    elif output is None:
        options.write_tables(siting_tables(report, language)[: 1 + bool(report.curve)])
    if fail_on_unproven and report.status != "optimal":
        sys.exit(1)
