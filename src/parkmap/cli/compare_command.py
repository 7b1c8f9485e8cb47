"""`parkmap compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap.cli import options

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@click.command("compare")
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@options.common
@click.option("--scenario-a", help="Scenario of A. A 的情景编号。 [base]")
@click.option("--scenario-b", help="Scenario of B. B 的情景编号。 [base]")
@options.json_option
def command(
    *,
    before: str,
    after: str,
    lang: str | None,
    project: Path | None,
    as_of: dt.date,
    scenario_a: str | None,
    scenario_b: str | None,
    as_json: bool,
) -> None:
    """Compare two plans of one city, or one plan under two readings or scenarios.

    比较同一城市的两个规划，或同一规划的两种读法、两个情景。

    A and B are plan ids; PLAN@READING takes a plan under another reading, PLAN@R1+R2 under several.
    """
    from parkmap.comparing import compare  # noqa: PLC0415
    from parkmap.output.reports.base import to_json  # noqa: PLC0415
    from parkmap.output.reports.compare import compare_report  # noqa: PLC0415
    from parkmap.output.tables.compare import compare_tables  # noqa: PLC0415

    sides = ((before, scenario_a), (after, scenario_b))
    report = compare_report(*compare(options.catalog(project), sides, as_of=as_of))
    if as_json:
        options.write_json(to_json(report))
    else:
        options.write_tables(compare_tables(report, options.detect_lang(lang)))
