"""Fields of a request: how the command asks for them as options, and the library as keywords."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "flag", "int", "float", "file", "folder", "choice", "numbers", "counts"]
"""`numbers` are written 5,10,15; `counts` are a range of whole numbers, 1-8."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Option:
    """How a field of a request is asked for on the command line.

    Parameters
    ----------
    help
        What it is, in both languages.
    kind
        What sort of value it takes.
    flag
        Its name; None makes it from the field.
    choices
        Values of a choice.
    least, most
        Bounds of a number.
    above, below
        Whether the number must be greater than `least`, or less than `most`.
    metavar
        What stands for its value in the help text.
    many
        Whether it may be repeated.
    show
        Whether the help text shows the default.
    must_exist
        Whether a file must be there.
    goes_with
        What must be asked for as well, for it to say anything: `plan`, the name of a field, or ``field=value``. A
        command refuses it without that, because its user would take the answer for another one.
    argument
        Whether it is asked for by its place behind the plans and not by its name.
    """

    help: str
    kind: Kind = "text"
    flag: str | None = None
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    above: bool = False
    below: bool = False
    metavar: str | None = None
    many: bool = False
    show: bool = False
    must_exist: bool = False
    goes_with: tuple[str, ...] = ()
    argument: bool = False


def asked(default: Any, text: str, kind: Kind | None = None, **more: Any) -> Any:  # noqa: ANN401
    """Return a field of a request.

    Parameters
    ----------
    default
        Its value where nothing is said.
    text
        What it is, in both languages.
    kind
        What sort of value it takes; None takes a choice where there are choices, else what the default is.
    **more
        The other parameters of `Option`.
    """
    known: dict[type, Kind] = {bool: "flag", int: "int", float: "float"}
    own = kind or ("choice" if more.get("choices") else known.get(type(default), "text"))
    return dataclasses.field(default=default, metadata={"option": Option(help=text, kind=own, **more)})


def not_asked(option: Option, given: Mapping[str, Any]) -> str | None:
    """Return what an option goes with and was not asked for, the last of several; None where nothing is missing.

    Parameters
    ----------
    option
        The option.
    given
        Values of all fields, and of `plan`.
    """
    for needed in reversed(option.goes_with):
        name, _, value = needed.partition("=")
        if str(given[name]) != value if value else not given[name]:
            return needed
    return None
