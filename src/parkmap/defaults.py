"""Numbers and names that both the command line shows and analyses use; imports nothing heavy."""

from __future__ import annotations

from typing import Final, Literal, get_args

MethodName = Literal[
    "priority",
    "proportional",
    "equal-awards",
    "equal-losses",
    "talmud",
    "max-min",
    "proportional-fair",
    "max-benefit",
    "indivisible",
    "dial",
]
"""By which rule a quota is shared, see `parkmap.analysis.quota.methods.catalogue`."""
METHOD_NAMES: Final[tuple[MethodName, ...]] = get_args(MethodName)
WEIGHTS_PERCENT: Final = 10.0
"""By how much weights may be off in the sensitivity of a quota."""

REACH_PROFILE: Final = "walk"
SITE_PROFILE: Final = "drive"
REACH_MINUTES: Final = (5.0, 10.0, 15.0)
STREET_BUFFER_M: Final = 50.0
"""Width of the strip on each side of a reached street."""
HOLE_M2: Final = 10_000.0
"""Holes of a service area from this size stay open: one hectare, a small block."""
SNAP_LIMIT_M: Final = 300.0
"""How far from the nearest street a place may lie."""
SITING_SECONDS: Final = 60.0
"""Time limit of one optimisation."""
CELL_M: Final = 2000.0
"""Width of the cells over which areas of demand are spread."""
