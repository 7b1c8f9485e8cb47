"""Columns about streets and speeds that several questions share: where a road file is from, what a number rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parkmap import messages
from parkmap.facts.columns import column, in_words
from parkmap.facts.units import TEXT, coded

if TYPE_CHECKING:
    from parkmap.facts.columns import Column
    from parkmap.messages import Words
    from parkmap.plan.travel import Grounded

ORIGIN = (
    column("origin", "来源", "origin", TEXT, "Name of the source file, or the place that was fetched."),
    column("date", "日期", "day", TEXT, "Day in ISO form; null where the source does not state it.", null=True),
    column("licence", "许可", "licence", TEXT),
)
"""Where a road file is from; the keys are those of `RoadMeta`."""


def grounds(stem: str, *, reference: bool = True) -> tuple[Column, ...]:
    """Return the columns of what a number rests on.

    Parameters
    ----------
    stem
        What the number is, in front of each key.
    reference
        Whether it is told where the statement was read.
    """
    read = column(f"{stem}_reference", "出处", "reference", TEXT, "Where the statement was read.", null=True)
    basis = column(f"{stem}_basis", "依据", "basis", coded("basis"))
    return basis, in_words(f"{stem}_origin", "理由", "origin", "Study or reasoning."), *([read] if reference else [])


def grounds_row(stem: str, number: Grounded) -> dict[str, Any]:
    """Return what a number rests on, by key.

    Parameters
    ----------
    stem
        What the number is.
    number
        The number.
    """
    told = {"basis": number.basis, "origin": number.origin.words, "reference": number.reference}
    return {f"{stem}_{key}": value for key, value in told.items()}


def stated(number: Grounded) -> Words:
    """Return what a number rests on with the kind of it in front, so that an assumption is called one.

    Parameters
    ----------
    number
        The number.
    """
    return messages.words("basis.stated", basis=messages.words(f"basis.{number.basis}"), origin=number.origin.words)
