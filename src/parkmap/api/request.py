"""From the keywords of a call to the request of a question: checked as the command checks its options."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from parkmap.errors import InvalidInputError
from parkmap.finding import finding
from parkmap.questions.option import not_asked

if TYPE_CHECKING:
    from collections.abc import Callable

    from parkmap.finding import Finding
    from parkmap.questions.base import Question
    from parkmap.questions.option import Option


def request_of(question: Question, given: Mapping[str, Any], *, plans: bool = True) -> Any:  # noqa: ANN401  its dataclass
    """Return the request of a question.

    Parameters
    ----------
    question
        The question.
    given
        Values by keyword; what is left out has its default.
    plans
        Whether it is asked about plans.

    Raises
    ------
    InvalidInputError
        With every value that its option does not allow.
    """
    problems, values = [], {}
    fields = {keyword_of(field): field for field in dataclasses.fields(question.request)}
    for keyword in given.keys() & fields.keys():
        field, value = fields[keyword], given[keyword]
        option: Option = field.metadata["option"]
        try:
            values[field.name] = _value(value, option, field.default)
        except (TypeError, ValueError):
            problems.append(_wrong(question, keyword, value, wanted_of(option)))
    asked = {"plan": plans, "plans": plans, **{one.name: one.default for one in fields.values()}, **values}
    for keyword in given.keys() & fields.keys():
        needed = not_asked(fields[keyword].metadata["option"], asked)
        if needed is not None:
            name, wanted = f"{question.key}: {keyword}", _said(question, needed)
            problems.append(finding("request.goes_with", "error", name=name, wanted=wanted))
    if problems:
        raise InvalidInputError(sorted(problems, key=lambda one: one.values))
    return question.request(**values)


def _wrong(question: Question, keyword: str, value: Any, wanted: str) -> Finding:  # noqa: ANN401
    return finding("request.value", "error", name=f"{question.key}: {keyword}", value=repr(value), wanted=wanted)


def _said(question: Question, needed: str) -> str:
    """Return what a keyword goes with, as it is written in a call."""
    name, _, value = needed.partition("=")
    if name in {"plan", "plans"}:
        return "a plan"
    field = next(field for field in dataclasses.fields(question.request) if field.name == name)
    return f"{keyword_of(field)}={repr(value) if value else '…'}"


def keyword_of(field: dataclasses.Field[Any]) -> str:
    """Return the keyword by which a field of a request is given: that of the command's option.

    Parameters
    ----------
    field
        The field, made by `asked`.
    """
    option: Option = field.metadata["option"]
    return (option.flag or field.name).removeprefix("--").replace("-", "_")


def _value(value: Any, option: Option, default: Any) -> Any:  # noqa: ANN401
    """Return a value as the request holds it; raises TypeError or ValueError where the option does not allow it."""
    if value is None and default is None:
        return None
    if option.many:
        several = [value] if isinstance(value, str | Path) or not isinstance(value, Iterable) else value
        return tuple(_one(one, option) for one in several)
    return _one(value, option)


def _one(value: Any, option: Option) -> Any:  # noqa: ANN401
    return _KINDS[option.kind](value, option)


def _text(value: Any, _option: Option) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise TypeError
    return value


def _choice(value: Any, option: Option) -> str:  # noqa: ANN401
    if value not in option.choices:
        raise ValueError
    return str(value)


def _flag(value: Any, _option: Option) -> bool:  # noqa: ANN401
    if value is not True and value is not False:
        raise TypeError
    return bool(value)


def _number(value: Any, option: Option) -> float:  # noqa: ANN401
    known = float(value) if not isinstance(value, bool | str) else math.nan
    least, most = option.least, option.most
    if math.isnan(known) or (least is not None and (known < least or (option.above and known == least))):
        raise ValueError
    if most is not None and (known > most or (option.below and known == most)):
        raise ValueError
    return known


def _whole(value: Any, option: Option) -> int:  # noqa: ANN401
    known = _number(value, option)
    if not known.is_integer():
        raise ValueError
    return int(known)


def _path(value: Any, option: Option) -> Path:  # noqa: ANN401
    path = Path(value)
    if option.must_exist and not path.exists():
        raise ValueError
    return path


_KINDS: Final[Mapping[str, Callable[[Any, Option], Any]]] = {
    "text": _text,
    "choice": _choice,
    "flag": _flag,
    "float": _number,
    "int": _whole,
    "file": _path,
    "folder": _path,
    "numbers": lambda value, option: tuple(_number(one, option) for one in value),
    "counts": lambda value, option: tuple(_whole(one, option) for one in value),
}
_TYPES: Final = {
    "text": "str",
    "flag": "bool",
    "float": "float",
    "int": "int",
    "file": "str | Path",
    "folder": "str | Path",
    "numbers": "Iterable[float]",
    "counts": "Iterable[int]",
}


def type_of(option: Option) -> str:
    """Return the type that a keyword takes, as an annotation.

    Parameters
    ----------
    option
        The option behind it.
    """
    one = f"Literal[{', '.join(map(repr, option.choices))}]" if option.kind == "choice" else _TYPES[option.kind]
    return f"{one} | Iterable[{one}]" if option.many else one


def wanted_of(option: Option) -> str:
    """Return what an option allows, in signs that are the same in both languages.

    Parameters
    ----------
    option
        The option.
    """
    if option.kind == "choice":
        return " | ".join(option.choices)
    bounds = [] if option.least is None else [f"{'>' if option.above else '>='} {option.least:g}"]
    bounds += [] if option.most is None else [f"{'<' if option.below else '<='} {option.most:g}"]
    return " ".join([type_of(option), ", ".join(bounds)]).strip()
