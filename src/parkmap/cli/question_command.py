"""From a registered question to its command: options out of the request, and the answer to screen or files."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parkmap import messages, questions
from parkmap.cli import options
from parkmap.errors import InvalidInputError
from parkmap.questions.forms import FIGURE, forms_of
from parkmap.questions.option import not_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parkmap.messages import Lang
    from parkmap.output.context import Context
    from parkmap.plan.catalog import Catalog
    from parkmap.questions.base import Answer, FileForm, Question
    from parkmap.questions.option import Option

_METAVARS = {"numbers": "N,N,…", "counts": "N-N"}
_SHARED = ("lang", "project", "as_of", "as_json", "output", "review_number", "basemap", "overwrite", "table")


def command_of(name: str) -> click.Command:
    """Return the command of a question.

    Parameters
    ----------
    name
        Name of the question.
    """
    question = questions.question(name)

    def run(**given: Any) -> None:  # noqa: ANN401  the options of the question
        _run(question, given)

    run.__doc__ = question.help
    command: Any = run
    for decorate in reversed(list(_decorators(question))):
        command = decorate(command)
    return click.command(question.key, help=question.help)(command)


def _decorators(question: Question) -> Iterator[Callable[[Any], Any]]:
    """Yield what gives the command its arguments and options, in the order of its help text."""
    takes = {
        "one": options.plan_argument,
        "two": options.two_plans_arguments,
        "perhaps": options.optional_plan_argument,
        "some": options.plans_argument,
    }
    if question.plans != "none":
        yield takes[question.plans]
    if question.every:
        yield options.all_option
    for field in dataclasses.fields(question.request):
        option: Option = field.metadata["option"]
        if option.argument:
            yield click.argument(field.name, metavar=option.metavar)
            continue
        yield click.option(*_flags(field.name, option), **_settings(option, field.default))
    if question.folder:
        yield click.option(
            "-o",
            "--output",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for map, tables and GeoJSON. 输出地图、表格与 GeoJSON 的文件夹。",
        )
    forms = forms_of(question)
    for form in forms:
        path = click.Path(dir_okay=False, path_type=Path)
        yield click.option(*(form.flags or (f"--{form.key}",)), f"file_{form.key}", type=path, help=form.help)
    yield click.option("--table", metavar="KEY", help="Show one table only. 只输出一张表。")
    yield options.common
    yield options.json_option
    if question.folder or question.files or FIGURE in forms:
        yield options.review_option
    if question.folder or question.files:
        yield options.basemap_option
    yield options.overwrite_option
    for number, failure in enumerate(question.failures):
        yield click.option(failure.flag, f"fail_{number}", is_flag=True, help=failure.help)


def _flags(name: str, option: Option) -> tuple[str, ...]:
    return (option.flag or f"--{name.replace('_', '-')}", name)


def _settings(option: Option, default: Any) -> dict[str, Any]:  # noqa: ANN401  any value of a request
    """Return the settings of a click option."""
    settings: dict[str, Any] = {"help": option.help, "metavar": option.metavar or _METAVARS.get(option.kind)}
    if option.kind == "flag":
        return {**settings, "is_flag": True}
    if option.kind in {"numbers", "counts"}:
        settings["callback"] = options.numbers if option.kind == "numbers" else options.counts
        return settings
    bounds: dict[str, Any] = {"min": option.least, "max": option.most, "min_open": option.above}
    bounded = option.least is not None or option.most is not None
    kinds: dict[str, Any] = {
        "text": str,
        "int": click.IntRange(**bounds) if bounded else int,
        "float": click.FloatRange(**bounds, max_open=option.below) if bounded else float,
        "file": click.Path(dir_okay=False, exists=option.must_exist, path_type=Path),
        "folder": click.Path(file_okay=False, exists=option.must_exist, path_type=Path),
        "choice": click.Choice(option.choices),
    }
    return {**settings, "type": kinds[option.kind], "multiple": option.many, "show_default": option.show} | (
        {} if option.many or default is None else {"default": default}
    )


def _run(question: Question, given: dict[str, Any]) -> None:
    _refuse_idle(question, given)
    language, catalog = options.detect_lang(given["lang"]), options.catalog(given["project"])
    wanted = _files(question, given)
    answer = _answer(question, given, catalog, language)
    options.known_table(answer, given["table"])
    if given.get("output") is not None or wanted:
        _write(answer, wanted, given, _context(given, catalog, language))
    if given["as_json"]:
        from parkmap.facts.document import to_json  # noqa: PLC0415

        options.write_json(to_json(answer.as_document()))
    elif given.get("output") is None:
        options.write_facts(answer, language, table=given["table"], brief=bool(wanted))
    for said in answer.told:
        click.echo(said[language], err=True)
    if answer.errors:
        raise InvalidInputError(answer.errors)
    failed = any(given[f"fail_{n}"] and failure.holds(answer) for n, failure in enumerate(question.failures))
    if answer.code or failed:
        sys.exit(answer.code or 1)


def _answer(question: Question, given: dict[str, Any], catalog: Catalog, lang: Lang) -> Answer:
    from parkmap.questions.base import Workspace  # noqa: PLC0415  heavy, only when a command runs

    request = question.request(**{field.name: given[field.name] for field in dataclasses.fields(question.request)})
    plans, workspace = _plans(question, given, catalog), Workspace(catalog=catalog, as_of=given["as_of"])
    if not question.steps:
        return question.answer(workspace, plans, request)
    from parkmap.cli.progress import StepBar  # noqa: PLC0415

    with StepBar(question.steps, lang) as bar:
        return question.answer(dataclasses.replace(workspace, on_step=bar), plans, request)


def _refuse_idle(question: Question, given: dict[str, Any]) -> None:
    """Refuse options that were given and would change nothing."""
    idle = []
    context = click.get_current_context()
    for field in dataclasses.fields(question.request):
        option: Option = field.metadata["option"]
        if context.get_parameter_source(field.name) is click.core.ParameterSource.COMMANDLINE:
            missing = not_asked(option, given)
            idle += [] if missing is None else [f"{_flags(field.name, option)[0]} ({_home(question, missing)})"]
    if idle:
        raise click.UsageError(f"without effect here, goes with 此处不起作用，须与括号内的一起使用: {', '.join(idle)}")


def _home(question: Question, needed: str) -> str:
    """Return what an option goes with, as it is written on the command line."""
    name, _, value = needed.partition("=")
    if name in {"plan", "plans"}:
        return "PLAN"
    (option,) = (field.metadata["option"] for field in dataclasses.fields(question.request) if field.name == name)
    return f"{_flags(name, option)[0]} {value}".strip()


def _files(question: Question, given: dict[str, Any]) -> dict[FileForm, Path]:
    """Return the single files that are wanted; an ending that says nothing known is refused before the work begins."""
    wanted = {form: path for form in forms_of(question) if (path := given[f"file_{form.key}"]) is not None}
    for form, path in wanted.items():
        if form.endings and _ending(path) not in form.endings:
            known = ", ".join(f".{one}" for one in form.endings)
            raise click.UsageError(f"--{form.key}: {path.name} ({known})")
    return wanted


def _ending(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")


def _plans(question: Question, given: dict[str, Any], catalog: Catalog) -> tuple[str, ...]:
    if question.every:
        return options.chosen_plans(catalog, given["plans"], every=given["every"])
    if question.plans == "some":
        plans: tuple[str, ...] = given["plans"]
        if not plans:
            raise click.UsageError("name a plan 请给出规划编号 (parkmap plans)")
        return plans
    if question.plans == "two":
        return given["before"], given["after"]
    plan = given.get("plan")
    return () if plan is None else (plan,)


def _context(given: dict[str, Any], catalog: Catalog, lang: Lang) -> Context:
    from parkmap.output.context import Context  # noqa: PLC0415
    from parkmap.plan.style import read_style  # noqa: PLC0415

    style, basemap = read_style(catalog.style_file()), options.open_basemap(given.get("basemap", "none"), lang)
    number, table = given.get("review_number"), given["table"]
    return Context(lang=lang, style=style, review_number=number, basemap=basemap, table=table)


def _write(answer: Answer, wanted: dict[FileForm, Path], given: dict[str, Any], context: Context) -> None:
    """Write single files, then the folder, and say where they are."""
    from parkmap.output.files import write_file, write_folder  # noqa: PLC0415
    from parkmap.questions.files import answer_files, manifest  # noqa: PLC0415

    made = [(form, path, form.make(answer, _ending(path), context)) for form, path in wanted.items()]
    for form, path, content in made:  # none is written where one cannot be made
        if content is None:
            click.echo(messages.text(form.none, context.lang), err=True)
            continue
        write_file(path, content, overwrite=given["overwrite"])
        click.echo(messages.text("written", context.lang, path=path), err=True)
    folder: Path | None = given.get("output")
    if folder is not None:
        files = answer_files(answer, context)
        write_folder(folder, files, manifest(answer, context), overwrite=given["overwrite"])
        first = "map.html" if "map.html" in files else f"{answer.file_name}.json"
        click.echo(messages.text("written", context.lang, path=folder / first), err=True)
