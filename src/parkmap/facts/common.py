"""Columns that tables of several questions and the page of every plan have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from parkmap.facts.columns import column
from parkmap.facts.units import METRES, MINUTES, NUMBER

if TYPE_CHECKING:
    from parkmap.facts.columns import Column

SHARED_BORDER: Final = column(
    "shared_border_m", "共界", "shared border", METRES, "Length along which both lie against each other.", null=True
)


def weight(unit: str) -> Column:
    """Return the column of the weight of a pair in a graph.

    Parameters
    ----------
    unit
        Unit of the weights: `m`, `minutes`, or `1` for none.
    """
    known = {"m": METRES, "minutes": MINUTES}.get(unit, NUMBER)
    return column("weight", "权重", "weight", known, "In the unit of the graph.", null=True)
