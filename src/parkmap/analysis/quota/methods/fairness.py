"""Weighted proportional fairness under any group bounds: maximise the sum of w_i log x_i.

Dual method. With one price per row, a claim pays the sum s of the prices of its rows and takes clip(w_i / s, l_i, u_i).
The dual is convex and, but for kinks at price 0 and where claims meet their bounds, smooth, with one variable per row.
It is minimised by a projected Newton method with Armijo steps (Bertsekas 1982, SIAM J. Control Optim. 20(2)). Where the
dual is straight, because claims lie at their bounds, Newton crawls: there the price of one row is settled exactly. The
kinks are separable, so that such steps alone would get there too (Tseng 2001, J. Optim. Theory Appl. 109(3)).
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.quota.methods.fixed_cells import fixed_cells

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]

RESIDUAL_M2 = 1e-5
"""Bounds hold, and prices are paid for full rows only, up to this many square metres."""
MAX_STEPS = 200
SLOW = 0.5
"""A Newton step that leaves more than this share of the residual is helped."""
HALVINGS = 60


@dataclasses.dataclass(frozen=True, kw_only=True)
class FairShares:
    """A proportionally fair allocation.

    Parameters
    ----------
    x
        Allocation before rounding, shape (n,).
    price
        Price of each row: by how much the sum of w log x rises per square metre of its bound, shape (m,); 0 for rows
        that hold claims at their floors or caps whatever the rest get.
    residual_m2
        The largest violation of a bound, or of the rule that only full rows have a price.
    """

    x: Floats
    price: Floats
    residual_m2: float


def proportional_fairness(claims: pd.DataFrame, region: Region) -> FairShares:
    """Return the proportionally fair allocation.

    Parameters
    ----------
    claims
        Claims of a problem, in the order of the region.
    region
        A feasible region of any structure.

    Returns
    -------
    FairShares
        Allocation and prices.
    """
    dual = _Dual(claims["weight"].to_numpy(dtype=float), region)
    price = dual.start()
    for _ in range(MAX_STEPS):
        point = dual.at(price)
        if point.residual <= RESIDUAL_M2:
            break
        price = _step(dual, point)
        after = dual.at(price)
        if after.residual > SLOW * point.residual:
            price = dual.settled(after, row=int(np.argmax(np.abs(after.over))))
    point = dual.at(price)
    return FairShares(x=point.x, price=price, residual_m2=point.residual)


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Point:
    price: Floats
    x: Floats
    value: float
    over: Floats
    """Use of each row less the bound that its price pays for: the negative gradient."""
    residual: float
    sign: Floats
    """Side on which the price may move: +1 cap, -1 floor, 0 stays at zero."""
    curvature: Floats
    """By how much the use of each cell falls per unit of price."""
    steepness: Floats
    """The same, were there no bounds of claims."""
    idle: NDArray[np.bool_]
    """Rows whose claims all stay as they are when the price goes to zero."""


class _Dual:
    def __init__(self, weight: Floats, region: Region) -> None:
        self.region = region
        # Claims that cannot move stay out: one held at zero would need an infinite price.
        down, up = (flags[region.cell] for flags in fixed_cells(region))
        live = (region.high > region.low) & ~down & ~up
        self._settled = np.where(up, region.high, region.low)
        self._live = np.flatnonzero(live)
        self._cell = region.cell[self._live]
        self._weight = weight[self._live]
        self._low = region.low[self._live].astype(float)
        self._high = region.high[self._live].astype(float)
        self._fixed = region.matrix @ region.cell_sums(np.where(live, 0, self._settled))

    def start(self) -> Floats:
        """Prices at which each market would spend its supply, were there neither bounds nor groups."""
        pull = self.region.matrix @ np.bincount(self._cell, weights=self._weight, minlength=self.region.cells)
        first = np.array([row.kind == "supply" for row in self.region.rows])
        return np.where(first & (pull > 0), pull / np.maximum(self.region.row_high, 1), 0.0)

    def at(self, price: Floats) -> _Point:
        region = self.region
        paid = (region.matrix.T @ price)[self._cell]
        with np.errstate(divide="ignore"):
            free = np.where(paid > 0, self._weight / np.maximum(paid, 1e-300), np.inf)
        own = np.clip(free, self._low, self._high)
        used = self._fixed + region.matrix @ np.bincount(self._cell, weights=own, minlength=region.cells)
        sign = np.where(price != 0, np.sign(price), (used > region.row_high) * 1.0 - (used < region.row_low))
        bound = np.where(sign < 0, region.row_low, region.row_high)
        over = np.where(sign == 0, 0.0, used - bound)
        steep = own / np.where(paid > 0, paid, 1.0)
        slope = np.where((free > self._low) & (free < self._high), steep, 0.0)
        to_rise, to_fall = (region.matrix @ self._count(own < self._high), region.matrix @ self._count(own > self._low))
        gain = float(self._weight @ np.log(own) - paid @ own)
        return _Point(
            price=price,
            x=self._whole(own),
            value=gain + float(price @ (np.where(price < 0, region.row_low, region.row_high) - self._fixed)),
            over=over,
            residual=float(np.abs(over).max(initial=0.0)),
            sign=sign,
            curvature=np.bincount(self._cell, weights=slope, minlength=region.cells).astype(float),
            steepness=np.bincount(self._cell, weights=steep, minlength=region.cells).astype(float),
            idle=np.where(sign > 0, to_rise, to_fall) == 0,
        )

    def settled(self, point: _Point, *, row: int) -> Floats:
        """Return the prices with that of one row such that its use keeps its bounds, the others as they are."""
        inside = np.flatnonzero((self.region.matrix[[row]].toarray().ravel() > 0)[self._cell])
        paid = (self.region.matrix.T @ point.price)[self._cell[inside]] - point.price[row]
        weight, low, high = (values[inside] for values in (self._weight, self._low, self._high))
        fixed, least, most = (float(of[row]) for of in (self._fixed, self.region.row_low, self.region.row_high))

        def used(price: float) -> float:
            total = np.maximum(paid + price, 1e-300)
            return fixed + float(np.clip(weight / total, low, high).sum())

        def where(target: float, side: int) -> float:
            near, far = 0.0, side * float((weight / high).max())
            while side * (used(far) - target) > 0:
                near, far = far, 2 * far
            for _ in range(HALVINGS):
                middle = (near + far) / 2
                near, far = (middle, far) if side * (used(middle) - target) > 0 else (near, middle)
            return far

        price = point.price.copy()
        idle = used(0.0)
        price[row] = where(most, 1) if idle > most else where(least, -1) if idle < least else 0.0
        return price

    def _count(self, which: NDArray[np.bool_]) -> Floats:
        return np.bincount(self._cell, weights=which, minlength=self.region.cells).astype(float)

    def _whole(self, own: Floats) -> Floats:
        x = self._settled.astype(float)
        x[self._live] = own
        return x


def _step(dual: _Dual, point: _Point) -> Floats:
    """Return better prices, or the same when none are found."""
    matrix, price = dual.region.matrix, point.price
    scale = np.maximum(np.abs(price).max(initial=0.0), 1e-12)
    # A price that wants to fall goes to zero at once where it is all but zero, so that it cannot bend the Newton step,
    # and where it restrains no claim: there the dual is a straight line, on which Newton only crawls.
    leaving = ((np.abs(price) < 1e-9 * scale) | point.idle) & (point.sign * point.over < 0)
    free = np.flatnonzero((point.sign != 0) & ~leaving)
    inner = matrix[free]
    hessian = (inner @ (inner * point.curvature[None, :]).T).toarray()
    diagonal = np.diag(hessian).copy()
    # Where all claims of a row lie at their bounds the dual is flat; the slope that they would have without bounds
    # gives the step its length there.
    unbounded = inner @ point.steepness
    damping = 1e-11 * diagonal + np.where(diagonal < 1e-6 * unbounded, unbounded, 0.0) + 1e-300
    move = np.zeros_like(price)
    move[free] = np.linalg.solve(hessian + np.diag(damping), point.over[free]) if len(free) else 0.0
    length, noise = 1.0, 1e-13 * (1.0 + abs(point.value))
    for _ in range(HALVINGS):
        tried = price + length * move
        tried = np.where(leaving | (tried * point.sign < 0), 0.0, tried)
        after = dual.at(tried)
        better = after.value <= point.value - 1e-4 * float(point.over @ (tried - price)) - noise
        # Near the optimum the dual no longer tells better from worse, its gradient still does.
        if better or (after.value <= point.value + noise and after.residual < point.residual):
            return tried
        length /= 2
    return price
