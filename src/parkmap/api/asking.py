"""From a registered question to a method: its signature, its documentation, what it does."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from parkmap import questions
from parkmap.api.request import keyword_of, request_of, type_of
from parkmap.messages import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parkmap.api.result import Result
    from parkmap.questions.base import Question

Kind = inspect._ParameterKind  # noqa: SLF001  the public enumeration has no public name
Plans = Mapping[str, tuple[inspect.Parameter, ...]]
OTHERS: Final = inspect.Parameter("others", Kind.VAR_POSITIONAL, annotation="str")
PLANS: Final = inspect.Parameter("plans", Kind.VAR_POSITIONAL, annotation="str")


def _plan(name: str, *, perhaps: bool = False) -> inspect.Parameter:
    """Return the parameter of a plan that may be left out, or must not be."""
    if perhaps:
        return inspect.Parameter(name, Kind.POSITIONAL_OR_KEYWORD, default=None, annotation="str | None")
    return inspect.Parameter(name, Kind.POSITIONAL_OR_KEYWORD, annotation="str")


PROPERTIES: Final = ("plans",)
"""Questions that are asked without parentheses."""
FURTHER_PLANS: Final[Plans] = {
    "one": (),
    "perhaps": (),
    "some": (OTHERS,),
    "two": (_plan("other", perhaps=True),),
}
"""Which plans a method of a plan takes beside it."""
ALL_PLANS: Final[Plans] = {
    "none": (),
    "perhaps": (_plan("plan", perhaps=True),),
    "some": (PLANS,),
    "two": (_plan("before"), _plan("after", perhaps=True)),
}
"""Which plans a method of a project takes."""
PLAN_DOCS: Final = {
    "others": Words(
        "与之叠加比较的其他规划：规划或“规划@读法”。", "Further plans beside it: `plan` or `plan@reading`."
    ),
    "other": Words("与之比较的另一规划或读法。", "The plan to compare it with; None is itself under another reading."),
    "plans": Words("规划或“规划@读法”。", "Plans: `plan` or `plan@reading`."),
    "plan": Words("规划或“规划@读法”。", "The plan: `plan` or `plan@reading`."),
    "before": Words("前一规划。", "The plan compared with."),
    "after": Words("后一规划。", "The plan that is compared; None is the same."),
}


class Asked:
    """What can be asked questions."""

    def _ask(self, question: Question, plans: tuple[str, ...], request: Any) -> Result:  # noqa: ANN401
        raise NotImplementedError


def signature(question: Question, plans: Plans) -> inspect.Signature:
    """Return the signature of a question as a method.

    Parameters
    ----------
    question
        The question.
    plans
        `FURTHER_PLANS` or `ALL_PLANS`.
    """
    own = inspect.Parameter("self", Kind.POSITIONAL_ONLY)
    fields = dataclasses.fields(question.request)
    placed = [_parameter(one, Kind.POSITIONAL_OR_KEYWORD) for one in fields if one.metadata["option"].argument]
    named = [_parameter(one, Kind.KEYWORD_ONLY) for one in fields if not one.metadata["option"].argument]
    taken = sorted([*placed, *plans[question.plans]], key=lambda one: one.default is not one.empty)
    return inspect.Signature([own, *taken, *named], return_annotation=result_class(question))


def _parameter(field: dataclasses.Field[Any], kind: Kind) -> inspect.Parameter:
    option = field.metadata["option"]
    if option.argument:
        return inspect.Parameter(keyword_of(field), kind, annotation=type_of(option))
    perhaps = " | None" if field.default is None else ""
    return inspect.Parameter(keyword_of(field), kind, default=field.default, annotation=type_of(option) + perhaps)


def result_class(question: Question) -> str:
    """Return the name under which the stub types the answer to a question.

    Parameters
    ----------
    question
        The question.
    """
    return f"{question.key.title().replace('-', '')}Result"


def documentation(question: Question, plans: Plans) -> str:
    """Return the docstring of a question as a method, in the layout of numpydoc.

    Parameters
    ----------
    question
        The question.
    plans
        `FURTHER_PLANS` or `ALL_PLANS`.
    """
    paragraphs = [inspect.cleandoc(question.help), "", *_parameter_docs(question, plans)]
    return "\n".join([*paragraphs, "Returns", "-------", result_class(question), "    The answer."])


def _parameter_docs(question: Question, plans: Plans) -> Iterator[str]:
    parameters = list(signature(question, plans).parameters.values())[1:]
    if not parameters:
        return
    fields = {keyword_of(field): field for field in dataclasses.fields(question.request)}
    yield from ("Parameters", "----------")
    for one in parameters:
        star = "*" if one.kind is Kind.VAR_POSITIONAL else ""
        yield f"{star}{one.name} : {one.annotation}"
        told = PLAN_DOCS[one.name].en if one.name not in fields else fields[one.name].metadata["option"].help
        yield f"    {told}"
    yield ""


def method(question: Question, plans: Plans) -> Callable[..., Result]:
    """Return a question as a method of `Asked`.

    Parameters
    ----------
    question
        The question.
    plans
        `FURTHER_PLANS` or `ALL_PLANS`.
    """
    shape = signature(question, plans)
    fields = {keyword_of(field) for field in dataclasses.fields(question.request)}

    def ask(*arguments: Any, **keywords: Any) -> Result:  # noqa: ANN401
        try:
            bound = shape.bind(*arguments, **keywords).arguments
        except TypeError as error:
            known = ", ".join(list(shape.parameters)[1:]) or "nothing"
            raise TypeError(f"{question.key}: {error}; it takes {known}") from None
        asked: Asked = bound.pop("self")
        given = (value for name, value in bound.items() if name not in fields)
        named = (name for value in given for name in (value if isinstance(value, tuple) else (value,)))
        references = tuple(name for name in named if name is not None)
        own = {name: value for name, value in bound.items() if name in fields}
        request = request_of(question, own, plans=bool(references) or plans is FURTHER_PLANS)
        return asked._ask(question, references, request)  # noqa: SLF001

    ask.__name__ = ask.__qualname__ = question.key.replace("-", "_")
    ask.__doc__ = documentation(question, plans)
    vars(ask)["__signature__"] = shape
    return ask


def asked_of(plans: Plans) -> list[Question]:
    """Return every question that is a method where some numbers of plans can be asked about.

    Parameters
    ----------
    plans
        `FURTHER_PLANS` or `ALL_PLANS`.
    """
    known = [questions.question(name) for name in questions.NAMES if name not in PROPERTIES]
    return [one for one in known if one.plans in plans]


def methods(plans: Plans) -> dict[str, Callable[..., Result]]:
    """Return those questions as methods by name.

    Parameters
    ----------
    plans
        `FURTHER_PLANS` or `ALL_PLANS`.
    """
    return {one.key.replace("-", "_"): method(one, plans) for one in asked_of(plans)}
