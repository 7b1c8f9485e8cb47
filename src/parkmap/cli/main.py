"""The `parkmap` command: finds its subcommands, and turns errors into sentences."""

from __future__ import annotations

import contextlib
import difflib
import errno
import importlib
import logging
import sys
from typing import TYPE_CHECKING, Final

import click

from parkmap import messages, questions
from parkmap.cli import stdout
from parkmap.cli.options import detect_lang
from parkmap.cli.question_command import command_of
from parkmap.cli.usage import usage_lines
from parkmap.errors import InvalidInputError, OutputExistsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_ORDER: Final = (
    "plans",
    "show",
    "check",
    "conflicts",
    "coverage",
    "roads",
    "reach",
    "site",
    "adjacency",
    "belts",
    "linkage",
    "quota",
    "why",
    "compare",
    "map",
    "figure",
    "export",
    "build",
)
COMMANDS: Final = (*_IN_ORDER, *(name for name in questions.NAMES if name not in _IN_ORDER))
"""Subcommands in the order of a planner's work: questions, and `parkmap.cli.<name>_command.command`."""


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return one subcommand."""
        if cmd_name not in COMMANDS:
            near = ", ".join(difflib.get_close_matches(cmd_name, COMMANDS)) or ", ".join(COMMANDS)
            raise click.UsageError(messages.text("usage.command", detect_lang(), name=cmd_name, near=near), ctx)
        if cmd_name in questions.NAMES:
            return stdout.guarded(command_of(cmd_name))
        command: click.Command = importlib.import_module(f"parkmap.cli.{cmd_name}_command").command
        return stdout.guarded(command)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="parkmap", prog_name="parkmap")
def group() -> None:
    """From a published industrial plan to maps, quota tables and GIS files.

    从已发布的产业规划到地图、用地指标表和 GIS 文件。

    Exit codes 退出码: 0 fine 正常; 1 findings or unmet targets, when asked to fail 有结果或未满足;
    2 invalid input 输入有误.
    """


def main() -> None:
    """Run the command line."""
    stdout.claim()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a GBK console must not stop the work over one character
            reconfigure(errors="replace")
    with _notes_once():
        code = _run()
    sys.exit(code)


def _run() -> int:
    """Run the command that the arguments name, and return the code to exit with."""
    try:
        code: int = group(prog_name="parkmap", standalone_mode=False) or 0
        sys.stdout.flush()
    except click.Abort:
        return 1
    except click.ClickException as error:
        for line in usage_lines(error, detect_lang()):
            click.echo(line, err=True)
        return error.exit_code
    except InvalidInputError as error:
        _report_findings(error)
    except OutputExistsError as error:
        _say("error.exists", path=error)
    except OSError as error:
        stdout.drop()
        if error.errno == errno.EPIPE:  # the reader has left, as `| head` does
            return 1
        _say("error.os", path=error.filename or "", why=error.strerror or error)
    else:
        return code
    return 2


@contextlib.contextmanager
def _notes_once() -> Iterator[None]:
    """Let the same note of several outputs (a character that pictures cannot show) be told once."""
    told: set[str] = set()

    def new(record: logging.LogRecord) -> bool:
        known = record.getMessage() in told
        told.add(record.getMessage())
        return not known

    logger = logging.getLogger("parkmap")
    logger.addFilter(new)
    try:
        yield
    finally:
        logger.removeFilter(new)


def _say(key: str, **values: object) -> None:
    click.echo(messages.text(key, detect_lang(), **values), err=True)


def _report_findings(error: InvalidInputError) -> None:
    lang = detect_lang()
    _say("error.invalid", count=len(error.findings))
    for found in error.findings:
        click.echo("  " + ": ".join(part for part in (found.place, found.text(lang)) if part), err=True)
        click.echo(f"    -> {found.advice(lang)}", err=True)
