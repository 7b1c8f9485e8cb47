"""What may be asked of a quota beside its scenario: options that `quota` and `why` share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

if TYPE_CHECKING:
    from parkmap.pipeline.quota import Wanted

_Command = TypeVar("_Command", bound=Callable[..., Any])


class _Method(click.ParamType[str]):
    """Name of a method; known only when used, so that `--help` stays fast."""

    name = "method"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Return the name, or fail with the list of all."""
        from parkmap.plan.scenarios.schema import MethodName  # noqa: PLC0415

        if value not in get_args(MethodName):
            self.fail(f"{value!r}: {', '.join(get_args(MethodName))}", param, ctx)
        return str(value)


_method = click.option(
    "--method",
    type=_Method(),
    help="Another method: priority, proportional, equal-awards, equal-losses, talmud, max-min, proportional-fair, "
    "max-benefit, indivisible, dial. 改用其他分配方法。",
)
_fairness = click.option(
    "--fairness", type=click.FloatRange(0, 1), help="For dial: 0 priority, 1 proportional. 公平调节值。 [0.5]"
)
_weights_percent = click.option(
    "--weights-percent",
    type=click.FloatRange(0, 100, max_open=True),
    default=10.0,
    show_default=True,
    help="By how much weights may be off in the sensitivity. 敏感性分析中权重的变动幅度（%）。",
)
_claims = click.option(
    "--claims",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV or XLSX with your own claims. 自有需求表（CSV 或 XLSX），代替情景中的需求。",
)
_constraint = click.option(
    "--constraint",
    "constraints",
    multiple=True,
    metavar="KIND=FILE",
    help="Layer that limits what can be built on; KIND is ecological-red-line, permanent-basic-farmland, "
    "urban-growth-boundary or industrial-line. 约束图层（红线、基本农田、开发边界、工业区块线），可重复。",
)


def what_if(command: _Command) -> _Command:
    """Add another method, the user's claims, constraint layers, and by how much weights may be off."""
    return _method(_fairness(_weights_percent(_claims(_constraint(command)))))


def wanted(
    *,
    method: Any,  # noqa: ANN401  one of the method names, checked by its type
    fairness: float | None,
    weights_percent: float,
    claims: Path | None,
    constraints: tuple[str, ...],
) -> Wanted:
    """Return what was asked for with the options of `what_if`.

    Raises
    ------
    click.UsageError
        When options do not go together.
    """
    from parkmap.pipeline.quota import Wanted  # noqa: PLC0415  heavy, only when a command runs

    if fairness is not None and method != "dial":
        raise click.UsageError("--fairness goes with --method dial 只与 --method dial 一起使用")
    return Wanted(
        method=method,
        fairness=fairness,
        claims=claims,
        constraints=_layers(constraints),
        percent=weights_percent,
    )


def _layers(given: tuple[str, ...]) -> tuple[Any, ...]:
    from parkmap.plan.scenarios.schema import CONSTRAINT_KINDS, Constraint  # noqa: PLC0415

    found = []
    for text in given:
        kind, _, file = text.partition("=")
        if kind not in CONSTRAINT_KINDS or not file:
            raise click.UsageError(f"--constraint {text}: KIND=FILE, KIND: {', '.join(CONSTRAINT_KINDS)}")
        found.append(Constraint(kind=kind, file=file))
    return tuple(found)
