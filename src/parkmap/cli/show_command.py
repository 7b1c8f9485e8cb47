"""`parkmap show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt


@click.command("show")
@options.plan_argument
@options.common
@options.json_option
@click.option("--item", metavar="ID", help="The chain behind one entry: clause, document, geometry. 单个条目的依据链。")
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --item: folder with the texts, to prove and quote. 政策原文所在文件夹，核对并引出原句。",
)
def command(
    *,
    plan: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    item: str | None,
    sources: Path | None,
) -> None:
    """Show structure, components, parks, projects, targets and rules with their clauses.

    列出空间结构、要素、园区、项目、目标和规则及其条款。
    """
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.plan import show_report  # noqa: PLC0415
    from parkmap.output.tables.item import item_tables  # noqa: PLC0415
    from parkmap.output.tables.plan import show_tables  # noqa: PLC0415
    from parkmap.pipeline.prove import item_chain  # noqa: PLC0415
    from parkmap.results.plan import analyse  # noqa: PLC0415

    if sources is not None and item is None:
        raise click.UsageError("--sources goes with --item 与 --item 一起使用")
    catalog, language = options.catalog(project), options.detect_lang(lang)
    results = analyse(catalog, plan, as_of=as_of)
    if item is not None:
        chain = item_chain(catalog, results, item, sources=sources)
        shown, tables = to_json(chain), item_tables(chain, language)
    else:
        report = show_report(results)
        shown, tables = to_json(report), show_tables(report, language)
    if as_json:
        options.write_json(shown)
    else:
        options.write_tables(tables)
