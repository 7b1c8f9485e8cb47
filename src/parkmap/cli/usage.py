"""What click says of a wrong call, in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from parkmap import messages

if TYPE_CHECKING:
    from parkmap.messages import Lang


def usage_lines(error: click.ClickException, lang: Lang) -> list[str]:
    """Return what went wrong with a call, and how the command is called.

    Parameters
    ----------
    error
        Error that click raised.
    lang
        Language.

    Returns
    -------
    list of str
        Lines for stderr.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return [error.format_message()]
    lines = [messages.text("usage.wrong", lang, what=_what(error, lang))]
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        lines += [context.get_usage(), messages.text("usage.help", lang, command=context.command_path)]
    return lines


def _what(error: click.ClickException, lang: Lang) -> str:
    """Say in one sentence what is wrong; texts of click that have no sentence of ours stay as they are."""
    if isinstance(error, click.MissingParameter):
        return messages.text("usage.missing", lang, name=_name(error))
    if isinstance(error, click.BadParameter):
        return messages.text("usage.value", lang, name=_name(error), why=error.message)
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or ())
        key = "usage.option_near" if near else "usage.option"
        return messages.text(key, lang, name=error.option_name, near=near)
    return error.format_message()


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    return parameter.human_readable_name if isinstance(parameter, click.Argument) else "/".join(parameter.opts)
