"""`parkmap compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.basemap import Name


@click.command("compare")
@click.argument("before", metavar="A")
@options.other_plan_argument
@options.common
@click.option("--scenario-a", help="Scenario of A. A 的情景编号。 [base]")
@click.option("--scenario-b", help="Scenario of B. B 的情景编号。 [base]")
@click.option("--year-a", type=int, help="Year of A whose quota is compared. A 的指标年份。 [every year 各年]")
@click.option("--year-b", type=int, help="Year of B whose quota is compared. B 的指标年份。 [every year 各年]")
@options.json_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a swipe and double map, as one HTML file. 输出卷帘与双图对比地图（单个 HTML 文件）。",
)
@options.review_option
@options.basemap_option
@options.overwrite_option
def command(
    *,
    before: str,
    after: str | None,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario_a: str | None,
    scenario_b: str | None,
    year_a: int | None,
    year_b: int | None,
    as_json: bool,
    output: Path | None,
    review_number: str | None,
    basemap: Name,
    overwrite: bool,
) -> None:
    """Compare two plans of one city, or one plan under two readings, scenarios or years.

    比较同一城市的两个规划，或同一规划的两种读法、两个情景、两个年份。

    A and B are plan ids; PLAN@READING takes a plan under another reading, PLAN@R1+R2 under several. B is A where it is
    left out; --reading, --scenario-b and --year-b then say what differs.
    """
    from parkmap.output.files import write_file  # noqa: PLC0415
    from parkmap.output.html.contents.compare_page import compare_page  # noqa: PLC0415
    from parkmap.output.html.page import render  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.compare import compare_report  # noqa: PLC0415
    from parkmap.output.style import read_style  # noqa: PLC0415
    from parkmap.output.tables.compare import compare_tables  # noqa: PLC0415
    from parkmap.pipeline.compare import compare  # noqa: PLC0415

    if (year_a is None) != (year_b is None):
        raise click.UsageError("--year-a and --year-b go together --year-a 与 --year-b 须同时给出")
    years = None if year_a is None or year_b is None else (year_a, year_b)
    catalog, language = options.catalog(project), options.detect_lang(lang)
    results = compare(catalog, ((before, scenario_a), (after or before, scenario_b)), as_of=as_of, years=years)
    report = compare_report(*results, years=years)
    if output is not None:
        tiles = options.open_basemap(basemap, language)
        page = compare_page(*results, report=report, review_number=review_number, basemap=tiles)
        document = render(page, style=read_style(catalog.style_file()), lang=language)
        write_file(output, document.encode(), overwrite=overwrite)
        click.echo(messages.text("written", language, path=output), err=True)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(compare_tables(report, language))
