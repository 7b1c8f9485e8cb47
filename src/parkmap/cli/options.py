"""Options that several commands share, each defined once."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from parkmap import messages
from parkmap.cli.stdout import data_stream, say
from parkmap.defaults import SITE_PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from parkmap.facts.sheet import Sheet
    from parkmap.messages import Lang
    from parkmap.output.html.basemap import Basemap, Name
    from parkmap.plan.catalog import Catalog
    from parkmap.questions.base import Answer

_Command = TypeVar("_Command", bound=Callable[..., Any])
_READINGS = "parkmap.readings"


def detect_lang(chosen: str | None = None) -> Lang:
    """Return the language: the option, then PARKMAP_LANG, then the locale; Chinese where none says English.

    Parameters
    ----------
    chosen
        Value of `--lang`; None looks it up in the command being run.
    """
    context = click.get_current_context(silent=True)
    if chosen is None and context is not None:
        chosen = context.params.get("lang")
    name = chosen or _lang_argument()
    if name is None:
        return messages.own_lang()
    return "en" if name.lower().startswith("en") else "zh"


def _lang_argument() -> str | None:
    """Return `--lang` from the command line itself, for errors after click has left."""
    words = sys.argv[1:]
    following = dict(itertools.pairwise(words))
    joined = next((word.split("=", 1)[1] for word in words if word.startswith("--lang=")), None)
    return joined or following.get("--lang")


def _as_of(_context: click.Context, _option: click.Parameter, value: dt.datetime | None) -> dt.date:
    return value.date() if value is not None else dt.datetime.now(tz=dt.UTC).astimezone().date()


def _remember_readings(context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    context.meta[_READINGS] = value
    return value


def _under_readings(context: click.Context, _argument: click.Parameter, value: str) -> str:
    """Return the plan with its readings as one reference, `plan@reading+reading`."""
    readings = context.meta.get(_READINGS, ())
    if not readings:
        return value
    return "@".join([value, "+".join(readings)]) if "@" not in value else "+".join([value, *readings])


def _perhaps_under_readings(context: click.Context, argument: click.Parameter, value: str | None) -> str | None:
    return None if value is None else _under_readings(context, argument, value)


def _all_under_readings(context: click.Context, argument: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    if context.meta.get(_READINGS) and not value:
        raise click.UsageError("--reading needs a plan 使用 --reading 时请给出规划编号")
    return tuple(_under_readings(context, argument, plan) for plan in value)


lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), help="Language 语言. [PARKMAP_LANG, locale]")
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON (UTF-8) to stdout. 输出 JSON。")
project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with your own config/ and layers/. 自有 config/ 与 layers/ 所在文件夹。 [current folder 当前文件夹]",
)
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_as_of,
    help="Day for which validity is told. 判断有效性的日期。 [today 今天]",
)
scenario_option = click.option("--scenario", help="Scenario id. 情景编号。 [base]")
overwrite_option = click.option(
    "--overwrite", is_flag=True, help="Replace files that parkmap did not write. 覆盖并非 parkmap 写出的文件。"
)
review_option = click.option(
    "--review-number", help="Map review number, if one was granted. 审图号（已取得的才填写）。", metavar="TEXT"
)
basemap_option = click.option(
    "--online-basemap",
    "basemap",
    type=click.Choice(["tianditu", "osm", "amap", "none"]),
    default="none",
    show_default=True,
    help="Tiles under the map; the page then needs a network for them. 在线底图瓦片。 [tianditu: PARKMAP_TIANDITU_KEY]",
)
reading_option = click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="ID",
    is_eager=True,  # the plan argument takes it up, so that every command runs under it
    expose_value=False,
    callback=_remember_readings,
    help="Another reading of the text; may be repeated (parkmap conflicts). 采用另一读法，可重复。",
)

parcels_option = click.option(
    "--parcels",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Your own parcels: GeoPackage, Shapefile, GeoJSON, … 自有地块图层。",
)
parcels_by_option = click.option(
    "--parcels-by", metavar="FIELD", help="Property by which parcels are coloured. 地块着色字段。"
)
roads_option = click.option(
    "--roads",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Road file of `parkmap roads`. 道路文件。 [layers/<city>/roads.npz]",
)
drive_option = click.option(
    "--profile", default=SITE_PROFILE, show_default=True, help="Travel profile, see config/travel.yaml. 出行方式。"
)


def plan_argument(command: _Command) -> _Command:
    """Add the plan and the readings under which it is taken."""
    return click.argument("plan", metavar="PLAN", callback=_under_readings)(reading_option(command))


def optional_plan_argument(command: _Command) -> _Command:
    """Add a plan that may be left out, and the readings under which it is taken."""
    return click.argument("plan", required=False, metavar="[PLAN]", callback=_perhaps_under_readings)(
        reading_option(command)
    )


def plans_argument(command: _Command) -> _Command:
    """Add plans and the readings under which they are taken."""
    argument = click.argument("plans", nargs=-1, metavar="[PLAN]...", callback=_all_under_readings)
    return argument(reading_option(command))


def _other_under_readings(context: click.Context, argument: click.Parameter, value: str | None) -> str | None:
    """Return the second plan of two, which is the first where it is left out, under the readings asked for."""
    other = context.params.get("before") if value is None else value
    return None if other is None else _under_readings(context, argument, other)


def two_plans_arguments(command: _Command) -> _Command:
    """Add two plans and the readings under which the second is taken; it is the first where it is left out."""
    other = click.argument("after", required=False, metavar="[B]", callback=_other_under_readings)
    return click.argument("before", metavar="A")(other(reading_option(command)))


all_option = click.option("--all", "every", is_flag=True, help="All plans. 全部规划。")


def common(command: _Command) -> _Command:
    """Add the options that every command has: language, project folder, day."""
    return lang_option(project_option(as_of_option(command)))


def answered(command: _Command) -> _Command:
    """Add what every question about a plan has: the common options, a folder or JSON for the answer."""
    folder = click.option(
        "-o",
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder for map, tables and GeoJSON. 输出地图、表格与 GeoJSON 的文件夹。",
    )
    return folder(common(json_option(review_option(basemap_option(overwrite_option(command))))))


def write_answer(
    folder: Path,
    files: Callable[..., tuple[dict[str, bytes], dict[str, Any]]],
    *,
    catalog_in_use: Catalog,
    lang: Lang,
    basemap: Name,
    overwrite: bool,
) -> None:
    """Write the answer to a question into a folder, and say where the map is.

    Parameters
    ----------
    folder
        Where to.
    files
        Returns files and manifest, given `lang`, `style` and `basemap`.
    catalog_in_use
        Knows the style.
    lang
        Language of tables and of the map when it opens.
    basemap
        Name of the online basemap.
    overwrite
        Whether files that parkmap did not write are replaced.
    """
    from parkmap.output.files import write_folder  # noqa: PLC0415  heavy, only when a command runs
    from parkmap.plan.style import read_style  # noqa: PLC0415

    style = read_style(catalog_in_use.style_file())
    content, record = files(lang=lang, style=style, basemap=open_basemap(basemap, lang))
    write_folder(folder, content, record, overwrite=overwrite)
    click.echo(messages.text("written", lang, path=folder / "map.html"), err=True)


def catalog(project: Path | None) -> Catalog:
    """Open the catalog of a project folder."""
    from parkmap.plan.catalog import open_catalog  # noqa: PLC0415  heavy, only when a command runs

    return open_catalog(project)


def open_basemap(name: Name, lang: Lang) -> Basemap | None:
    """Return the online basemap that was asked for, after saying what that means for the page."""
    from parkmap.output.html.basemap import KEY_VARIABLE, online_basemap  # noqa: PLC0415  only when a command runs

    found = online_basemap(name, key=os.environ.get(KEY_VARIABLE))
    if found is not None:
        host = found.hosts[0].removeprefix("https://")
        click.echo(messages.text("basemap.online", lang, host=host), err=True)
        if found.key is not None:
            click.echo(messages.text("basemap.key_in_page", lang), err=True)
    return found


def write_json(text: str) -> None:
    """Write JSON to stdout as UTF-8, whatever the console's own encoding is."""
    stream = data_stream()
    stream.flush()
    stream.buffer.write(text.encode())
    stream.buffer.flush()


def write_tables(tables: list[Sheet]) -> None:
    """Write tables to stdout; a pipe gets them unwrapped."""
    from rich.console import Console  # noqa: PLC0415  heavy, only when a command runs

    from parkmap.output.tables.terminal import to_terminal  # noqa: PLC0415

    stream = data_stream()
    to_terminal(tables, Console(file=stream, width=_width(stream), highlight=False, soft_wrap=False))


def _width(stream: TextIO) -> int | None:
    """Return the columns of the terminal that a stream leads to; None leaves them to COLUMNS and to rich."""
    if not stream.isatty():
        return 100_000
    return None if "COLUMNS" in os.environ else os.get_terminal_size(stream.fileno()).columns or None


def known_table(answer: Answer, table: str | None) -> None:
    """Refuse a table that an answer does not have.

    Raises
    ------
    click.UsageError
        When it has no table of that key.
    """
    known = [facts.key for facts in answer.for_people()]
    if table is not None and table not in known:
        raise click.UsageError(f"--table: {', '.join(known)}")


def write_facts(answer: Answer, lang: Lang, *, table: str | None = None, brief: bool = False) -> None:
    """Write the tables of an answer to stdout, or one of them, or what is shown beside single files."""
    from parkmap.facts.sheet import sheet  # noqa: PLC0415  heavy, only when a command runs

    shown = answer.for_people(terminal=True) if table is None else (answer.table(table),)
    if brief and table is None and answer.brief is not None:
        shown = tuple(facts for facts in shown if facts.key in answer.brief)
    sheets = [(facts.table.prose, sheet(facts, lang, ranges=True, most=facts.table.most)) for facts in shown]
    for told in (one for prose, one in sheets if prose):
        write_sentences(told)
    write_tables([one for prose, one in sheets if not prose])


def write_sentences(told: Sheet) -> None:
    """Write sentences to stdout: notes first, then of each thing the first sentence and under it the others."""
    for note in told.notes:
        say(note)
    above: Any = None
    for about, *_, sentence in told.rows:
        say(f"  - {sentence}" if about == above else str(sentence))
        above = about


def numbers(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[float, ...] | None:
    """Return numbers separated by commas."""
    if value is None:
        return None
    try:
        return tuple(float(part) for part in value.replace("，", ",").split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} (5,10,15)") from None


def counts(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, ...]:
    """Return the whole numbers of a range such as 1-8."""
    if value is None:
        return ()
    first, _, last = value.partition("-")
    try:
        found = tuple(range(int(first), int(last or first) + 1))
    except ValueError:
        raise click.BadParameter(f"{value!r} (1-8)") from None
    if not found:
        raise click.BadParameter(f"{value!r} (1-8)")
    return found


def with_progress(names: Iterable[str], lang: Lang) -> Iterable[str]:
    """Yield names while a bar on stderr shows how far the work is; a pipe gets no bar."""
    from rich.console import Console  # noqa: PLC0415  heavy, only when a command runs
    from rich.progress import track  # noqa: PLC0415

    console = Console(stderr=True)
    quiet = not console.is_terminal
    return track(names, messages.text("progress", lang), console=console, transient=True, disable=quiet)


def chosen_plans(catalog_in_use: Catalog, plans: tuple[str, ...], *, every: bool) -> tuple[str, ...]:
    """Return the plans to work on; naming none is a usage error.

    Raises
    ------
    click.UsageError
        When neither a plan nor `--all` was given, or both.
    """
    if every and plans:
        raise click.UsageError("name plans or use --all, not both 规划编号与 --all 只用其一")
    names = tuple(catalog_in_use.plan_files()) if every else tuple(dict.fromkeys(plans))
    if not names:
        raise click.UsageError("name a plan or use --all 请给出规划编号或使用 --all (parkmap plans)")
    return names
