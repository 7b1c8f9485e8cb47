"""Numbers that both the command line shows and analyses use where none are given; imports nothing heavy."""

from __future__ import annotations

from typing import Final

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
