"""`parkmap coverage`."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.output.html.basemap import Name

TERMINAL_SKIPS = ("coverage-demand", "coverage-set-demand-rows")
"""Tables with a row per feature of demand, which may be many: written to the folder, not to the terminal."""


@click.command("coverage")
@options.plans_argument
@click.option(
    "--demand",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Demand: points, areas, or a CSV. 需求文件（点、面或 CSV）。 [layers/<city>/population.csv]",
)
@click.option("--weight", help="Property with the weight of demand. 需求量字段。 [1 each 每个计1; population]")
@click.option(
    "--all-readings",
    "every_reading",
    is_flag=True,
    help="Under each reading of the text in turn. 逐一采用每种读法，并列比较。",
)
@options.answered
def command(
    *,
    plans: tuple[str, ...],
    demand: Path | None,
    weight: str | None,
    every_reading: bool,
    output: Path | None,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    review_number: str | None,
    basemap: Name,
    overwrite: bool,
) -> None:
    """Show what components and parks cover of land and demand. 各行政区用地与需求的覆盖、比例、重叠与空白。

    Several plans, or plan@reading, are laid over each other. 给出多个规划或“规划@读法”时，叠加比较。
    """
    from parkmap.output.bundles.coverage import coverage_bundle, coverage_outputs  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.pipeline.coverage import CoverageRequest, cover  # noqa: PLC0415

    if not plans:
        raise click.UsageError("name a plan 请给出规划编号 (parkmap plans)")
    catalog, language = options.catalog(project), options.detect_lang(lang)
    request = CoverageRequest(demand=demand, weight=weight, every_reading=every_reading)
    results = cover(catalog, plans, request, as_of=as_of)
    report, tables = coverage_outputs(results, lang=language)
    if output is not None:
        files = functools.partial(coverage_bundle, results, review_number=review_number)
        options.write_answer(output, files, catalog_in_use=catalog, lang=language, basemap=basemap, overwrite=overwrite)
    if as_json:
        options.write_json(to_json(report))
    elif output is None:
        options.write_tables([table for table in tables if table.key not in TERMINAL_SKIPS])
