"""Progressive filling: a parametric rule under any group bounds; raise all, freeze what is blocked, go on.

The level rises for all claims at once until some bound, or some cut through several bounds, lets no more through. What
that cut holds is frozen, the rest goes on rising (progressive filling: Bertsekas and Gallager 1992, Data Networks,
sec. 6.5; with lower bounds: Megiddo 1974, Optimal flows in networks with multiple sources and sinks). The result is the
leximin of the levels; under nested bounds it is the same as `nested.fill`. Only the cells enter the linear programs, so
their size does not depend on the number of claims.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from parkmap.analysis.highs import Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from parkmap.analysis.quota.methods.parametric import ParametricRule
    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]

TOLERANCE = 1e-5
"""A shortage below this many square metres is arithmetic, not land."""


def fill_general(rule: ParametricRule, region: Region) -> Floats:
    """Raise every claim along its segments as far as the bounds allow.

    Parameters
    ----------
    rule
        The rule of a method.
    region
        A feasible region of any structure.

    Returns
    -------
    ndarray of float, shape (n,)
        The allocation before rounding.
    """
    search = _Search(rule, region)
    levels = np.full(region.cells, np.nan)
    while np.isnan(levels).any():
        level, blocked = search.next_level(levels)
        levels[blocked] = level
    at = levels[region.cell][rule.claim]
    grown = np.clip(at, rule.start, rule.end) - rule.start
    return np.clip(
        region.low + np.bincount(rule.claim, weights=rule.slope * grown, minlength=len(region.low)),
        region.low,
        region.high,
    )


class _Search:
    """Finds the level at which the next cells are blocked."""

    def __init__(self, rule: ParametricRule, region: Region) -> None:
        self._region = region
        cell = region.cell[rule.claim]
        order = np.argsort(np.concatenate([rule.start, rule.end]))
        self._level = np.concatenate([rule.start, rule.end])[order]
        self._steps = np.concatenate([rule.slope, -rule.slope])[order]
        self._cell = np.concatenate([cell, cell])[order]
        self._base = region.cell_sums(region.low)
        self._full = region.cell_sums(region.high)
        self._rule, self._rule_cell = rule, cell
        # x = wanted + beyond: as much as possible of what is wanted, and beyond it what floors of groups force.
        both = sparse.hstack([region.matrix, region.matrix])
        cost = np.concatenate([np.ones(region.cells), np.zeros(region.cells)])
        nothing = np.zeros(2 * region.cells)
        self._program = Program(
            cost,
            both,
            rows=(region.row_low.astype(float), region.row_high.astype(float)),
            columns=(nothing, np.concatenate([self._base, self._full - self._base])),
        )

    def next_level(self, levels: Floats) -> tuple[float, NDArray[np.bool_]]:
        """Return the highest common level of the cells that still rise, and the cells that it blocks.

        Discrete Newton: at a level that is too high the dual of the program is a cut that no allocation can pass;
        the level at which that cut is just full is the next to try. The cuts are vertices of one polyhedron, so the
        search ends.
        """
        rising = np.isnan(levels)
        frozen = self._wanted(np.where(rising, 0.0, levels))
        level = np.inf
        blocked = rising
        while True:
            wanted = np.where(rising, self._wanted(np.full(len(levels), level)), frozen)
            short, cut = self._shortage(wanted, rising)
            if short <= TOLERANCE * (1 + len(levels) - rising.sum()):  # each frozen cell may add its own error
                return level, blocked
            weight = np.where(rising, cut, 0.0)
            blocked = weight > 1e-9  # noqa: PLR2004 -- duals of a network are 0 or 1; elsewhere small fractions
            lower = self._level_of(weight, float(weight @ wanted) - short)
            if not lower < level:
                return level, blocked
            level = lower

    def _wanted(self, levels: Floats) -> Floats:
        rule = self._rule
        grown = np.clip(levels[self._rule_cell], rule.start, rule.end) - rule.start
        return self._base + np.bincount(self._rule_cell, weights=rule.slope * grown, minlength=len(levels))

    def _shortage(self, wanted: Floats, rising: NDArray[np.bool_]) -> tuple[float, Floats]:
        """Return by how much the bounds fall short of what is wanted, and the cut that shows it."""
        beyond = np.where(rising, np.maximum(self._full - wanted, 0.0), 10 * TOLERANCE)
        self._program.bound_columns(np.zeros(2 * len(wanted)), np.concatenate([wanted, beyond]))
        found = self._program.solve()
        price = self._region.matrix.T @ found.row_dual
        return float(wanted.sum() - found.objective), np.clip(price, 0.0, 1.0)

    def _level_of(self, weight: Floats, target: float) -> float:
        """Return the level at which the weighted sum of what is wanted reaches the target."""
        speed = np.cumsum(self._steps * weight[self._cell])
        sums = float(weight @ self._base) + np.concatenate([[0.0], np.cumsum(speed[:-1] * np.diff(self._level))])
        k = int(np.searchsorted(sums, target, side="left"))
        if k == 0 or k == len(sums):
            return float(self._level[0]) if k == 0 else np.inf
        rest = target - sums[k - 1]
        return float(self._level[k - 1] + (rest / speed[k - 1] if speed[k - 1] > 0 else 0.0))
