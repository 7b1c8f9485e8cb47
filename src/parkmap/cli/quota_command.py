"""`parkmap quota`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parkmap import messages
from parkmap.cli import options, quota_options

if TYPE_CHECKING:
    import datetime as dt

    from parkmap.messages import Lang
    from parkmap.output.reports.quota import QuotaReport
    from parkmap.pipeline.quota import QuotaRun
    from parkmap.plan.catalog import Catalog


_OUT = click.Path(dir_okay=False, path_type=Path)


@click.command("quota")
@options.plan_argument
@options.common
@options.json_option
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    metavar="ID",
    help="Scenario id; further ones are compared with the first. 情景编号，可重复，与第一个对比。 [base]",
)
@quota_options.what_if
@click.option("--table", metavar="KEY", help="Show one table only, for example quota-ledger. 只输出一张表，如台账。")
@click.option(
    "--csv", type=_OUT, help="Write the allocations, or the table chosen, as CSV. 将分配表（或所选的表）存为 CSV。"
)
@click.option("--xlsx", type=_OUT, help="Write a workbook. 输出工作簿。")
@click.option("--docx", type=_OUT, help="Write a Word report. 输出 Word 报告。")
@click.option("--figure", type=_OUT, help="Draw pools, classes and parks (.png, .svg, .pdf). 输出流向图。")
@options.overwrite_option
@click.option(
    "--fail-on-unmet", is_flag=True, help="Exit with 1 when a claim stays unmet. 有未满足的需求时退出码为 1。"
)
def command(
    *,
    plan: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    scenarios: tuple[str, ...],
    table: str | None,
    csv: Path | None,
    xlsx: Path | None,
    docx: Path | None,
    figure: Path | None,
    overwrite: bool,
    fail_on_unmet: bool,
    **asked: Any,  # noqa: ANN401  options of `what_if`
) -> None:
    """Allocate the land quota of a scenario; totals are exact to 1 m2. 分配用地指标，合计精确到 1 平方米。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.pipeline.quota import quota_run  # noqa: PLC0415

    catalog = options.catalog(project)
    run = quota_run(catalog, plan, as_of=as_of, scenarios=scenarios, wanted=quota_options.wanted(**asked))
    language = options.detect_lang(lang)
    if run.report is None:
        click.echo(messages.text("quota.no_scenario", language, plan=plan), err=True)
        sys.exit(2)
    files = {"csv": csv, "xlsx": xlsx, "docx": docx, "figure": figure}
    for kind, path in files.items():
        if path is not None:
            content = _content(kind, path, run, language, table=table, catalog=catalog)
            _write(path, content, language, overwrite=overwrite)
    if as_json:
        options.write_json(to_json(run.report))
    else:
        options.write_tables(_tables(run.report, language, table))
    if fail_on_unmet and (run.report.infeasible or any(total.unmet_m2 for total in run.report.totals)):
        sys.exit(1)


def _tables(report: QuotaReport, lang: Lang, key: str | None) -> list[Any]:
    from parkmap.output.tables.quota import quota_tables  # noqa: PLC0415
    from parkmap.output.tables.quota_all import all_tables  # noqa: PLC0415
    from parkmap.output.tables.quota_study import comparison_tables  # noqa: PLC0415

    if key is None:
        compared = comparison_tables(report.comparison, lang) if report.comparison else []
        return [*quota_tables(report, lang), *compared]
    tables = all_tables(report, lang)
    chosen = [table for table in tables if table.key == key]
    if not chosen:
        raise click.UsageError(f"--table: {', '.join(table.key for table in tables)}")
    return chosen


def _write(path: Path, content: bytes | None, lang: Lang, *, overwrite: bool) -> None:
    from parkmap.output.files import write_file  # noqa: PLC0415

    if content is None:
        click.echo(messages.text("quota.nothing_to_draw", lang), err=True)
        return
    write_file(path, content, overwrite=overwrite)
    click.echo(messages.text("written", lang, path=path), err=True)


def _content(kind: str, path: Path, run: QuotaRun, lang: Lang, *, table: str | None, catalog: Catalog) -> bytes | None:
    report = run.report
    if report is None:
        return None
    if kind == "csv":
        from parkmap.output.tables.csv_file import to_csv  # noqa: PLC0415

        return to_csv(_tables(report, lang, table or "quota")[0])
    if kind == "xlsx":
        from parkmap.output.workbook import quota_workbook  # noqa: PLC0415

        return quota_workbook(report, lang)
    if kind == "docx":
        from parkmap.output.document import quota_document  # noqa: PLC0415

        return quota_document(report, lang, map_png=_map(run, lang, catalog))
    from parkmap.output.figure.quota import quota_picture  # noqa: PLC0415

    suffix: Any = path.suffix.lower().removeprefix(".")
    if suffix not in ("png", "svg", "pdf"):
        raise click.UsageError("--figure: .png, .svg, .pdf")
    return quota_picture(report, lang, kind=suffix)


def _map(run: QuotaRun, lang: Lang, catalog: Catalog) -> bytes:
    from parkmap.output.figure.sheet import picture  # noqa: PLC0415
    from parkmap.output.style import read_style  # noqa: PLC0415
    from parkmap.questions.page.plan import plan_page  # noqa: PLC0415

    page = plan_page(run.results, review_number=None)
    style = read_style(catalog.style_file())
    return picture(page, crs=run.results.plan.crs, style=style, lang=lang, layout="report", form="png")
