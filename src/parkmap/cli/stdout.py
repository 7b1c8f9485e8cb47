"""Stdout is for data alone, whatever a library prints: at its descriptor for C, at `sys.stdout` for Python."""

from __future__ import annotations

import contextlib
import copy
import functools
import os
import sys
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable

STDOUT: Final = 1
STDERR: Final = 2
_DATA: Final = "parkmap.stdout"


def claim() -> None:
    """Move stdout to a descriptor that nobody else knows, and point the one that all know at stderr.

    It stays so until the process ends: what the C library still holds by then is written at exit, and to stderr. A
    stand-in for stdout (of a test, of a notebook) has no descriptor of its own and is left alone.
    """
    if sys.stdout is None:  # closed by the caller: the next file opened would get its number, and libraries' chatter
        _point_at_stderr()
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        return
    try:
        if sys.stdout.fileno() != STDOUT:
            return
    except (OSError, ValueError):
        return
    sys.stdout.flush()
    private = os.dup(STDOUT)
    _point_at_stderr()
    sys.stdout = open(private, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)  # noqa: PTH123, SIM115


def data_stream() -> TextIO:
    """Return the stream for the data of the command being run."""
    context = click.get_current_context(silent=True)
    return cast("TextIO", sys.stdout if context is None else context.meta.get(_DATA, sys.stdout))


def say(line: str) -> None:
    """Write a line of an answer; `click.echo` would lead to stderr, as `print` does.

    Parameters
    ----------
    line
        The line, without its end.
    """
    click.echo(line, file=data_stream())


def guarded(command: click.Command) -> click.Command:
    """Return a command in whose body `print` leads to stderr, and only `data_stream` to stdout.

    Help and version are written before the body runs, and so to stdout.

    Parameters
    ----------
    command
        A command, or a group of commands.
    """
    twin = copy.copy(command)
    if isinstance(twin, click.Group):
        twin.commands = {name: guarded(one) for name, one in twin.commands.items()}
    if twin.callback is not None:
        twin.callback = _redirected(twin.callback)
    return twin


def _redirected(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401  as click calls it
        click.get_current_context().meta.setdefault(_DATA, sys.stdout)
        with contextlib.redirect_stdout(sys.stderr):
            return callback(*arguments, **options)

    return run


def drop() -> None:
    """Let what is still unwritten go nowhere, so that the end of the process does not fail at it once more."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(_nowhere(), sys.stdout.fileno())


def _point_at_stderr() -> None:
    try:
        os.dup2(STDERR, STDOUT)
    except OSError:  # stderr is closed
        os.dup2(_nowhere(), STDOUT)


def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)
