"""The colours of a layer's classes, out of the style file: the same on page, legend and still map."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.facts.classes import Classes, class_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parkmap.messages import Words

OF_RAMP: Final = Classes(title=messages.words("ui.quota_met"), limits=(), names=())
"""The classes that the ramp of the style file itself has: whole per cent of a claim that are met."""
OPACITY: Final = 0.72
EDGE: Final = "#6B5B4B"
EDGE_PX: Final = 0.6
"""How an area of a class is filled, and its edge."""
UNKNOWN: Final = "#5F6B76"
"""Colour of the hatching of what has no number."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Shade:
    """How a class is drawn.

    Parameters
    ----------
    name
        Its name in the legend.
    colour
        Its colour.
    up_to
        Its upper limit; None for the highest class, and for what has no number.
    missing
        Whether it is that of what has no number: hatched.
    """

    name: Words
    colour: str
    up_to: float | None = None
    missing: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as the page's script reads it."""
        return {**self.name.by_lang(), "colour": self.colour, "up_to": self.up_to, "missing": self.missing}


def shades(classes: Classes, style: Mapping[str, Any]) -> tuple[Shade, ...]:
    """Return how each class is drawn, lowest first; last what has no number, where there is such.

    Parameters
    ----------
    classes
        The classes.
    style
        The style file; a few classes take colours from the whole length of its ramp.
    """
    if classes == OF_RAMP:
        return tuple(_of_ramp(style["ramp"]))
    ramp = [step["colour"] for step in style["ramp"]]
    limits = [*classes.limits, None]
    found = [
        Shade(name=name, colour=_colour(ramp, number, len(classes.names)), up_to=limit)
        for number, (name, limit) in enumerate(zip(classes.names, limits, strict=False))
    ]
    missing = [] if classes.missing is None else [Shade(name=classes.missing, colour=UNKNOWN, missing=True)]
    return (*found, *missing)


def shade_of(amount: float | None, found: Sequence[Shade]) -> Shade | None:
    """Return how a feature is drawn, or None where it is not coloured.

    Parameters
    ----------
    amount
        Its number, in the unit of the limits.
    found
        The classes of its layer.
    """
    if amount is None:
        return next((shade for shade in found if shade.missing), None)
    known = [shade for shade in found if not shade.missing]
    number = class_of(amount, tuple(shade.up_to for shade in known[:-1] if shade.up_to is not None))
    return known[number] if number is not None and known else None


def _colour(ramp: Sequence[str], number: int, count: int) -> str:
    """Return the colour of one of several classes: the ends of the ramp first, one class its middle."""
    last = len(ramp) - 1
    place = last / 2 if count == 1 else number * last / (count - 1)
    return ramp[min(round(place), last)]


def _of_ramp(ramp: Sequence[Mapping[str, Any]]) -> list[Shade]:
    found, above = [], 0
    for step in ramp:
        low, high = above, step["up_to"]
        name = f"{high}%" if low == high else f"{low}–{high}%"
        found.append(Shade(name=messages.plain(name), colour=step["colour"], up_to=high))
        above = high + 1
    return found
