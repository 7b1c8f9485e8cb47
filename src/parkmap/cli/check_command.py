"""`parkmap check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parkmap import messages
from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt

LEVELS = ("error", "warning", "note")


@click.command("check")
@options.plans_argument
@options.all_option
@options.common
@options.json_option
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the texts: proves every cited clause, name and number. 政策原文所在文件夹，逐条核对。",
)
@click.option(
    "--register",
    is_flag=True,
    help="With --sources: record the hash of every cited clause in config/clauses.yaml. 登记所引各条款的校验值。",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    default="error",
    show_default=True,
    help="Exit with 1 from this severity on. 从该级别起退出码为 1。",
)
def command(
    *,
    plans: tuple[str, ...],
    every: bool,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    as_json: bool,
    sources: Path | None,
    register: bool,
    fail_on: str,
) -> None:
    """Check plans and their layers; findings come with advice. 检查规划与图层，每条结果附处理建议。"""
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.listing import check_report  # noqa: PLC0415
    from parkmap.output.tables.plan import findings_table  # noqa: PLC0415
    from parkmap.pipeline.analyse import check  # noqa: PLC0415
    from parkmap.pipeline.prove import register_clauses  # noqa: PLC0415

    if register and sources is None:
        raise click.UsageError("--register needs --sources 需要同时给出 --sources")
    catalog = options.catalog(project)
    names = options.chosen_plans(catalog, plans, every=every)
    if register and sources is not None:
        registry = register_clauses(catalog, names, sources, afresh=every)
        click.echo(messages.text("written", options.detect_lang(lang), path=registry), err=True)
    found, usable = [], True
    for name in names:
        findings, fine = check(catalog, name, as_of=as_of, sources=sources)
        found += [(name, finding) for finding in findings]
        usable &= fine
    report = check_report(found, as_of)
    language = options.detect_lang(lang)
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(findings_table(report, language))
    counts = {level: sum(f.severity == level for _, f in found) for level in LEVELS}
    click.echo(messages.text("check.summary", language, **counts), err=True)
    if not usable:
        sys.exit(2)
    sys.exit(1 if any(counts[level] for level in LEVELS[: LEVELS.index(fail_on) + 1]) else 0)
