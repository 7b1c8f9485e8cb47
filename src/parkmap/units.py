"""Units of area in terms of the square metre, in which all land is counted."""

from __future__ import annotations

from typing import Final

M2_PER_HA: Final = 10_000
"""1 公顷."""
M2_PER_KM2: Final = 1_000_000
"""1 平方公里."""
MU_PER_HA: Final = 15
"""亩 in 1 公顷."""
