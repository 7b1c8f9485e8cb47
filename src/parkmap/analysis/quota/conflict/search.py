"""Why a problem has no solution: an irreducible conflicting set of bounds, and the cheapest relaxation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parkmap.analysis.quota.conflict.bounds import (
    KINDS,
    BoundKind,
    BoundRef,
    Change,
    Conflict,
    distinct,
    merged,
    relaxed,
    row_ref,
)
from parkmap.analysis.quota.conflict.elastic import (
    SLACK_M2,
    Prices,
    Relaxation,
    Sides,
    cheapest_relaxation,
    free_prices,
    lifts_of,
    overshoot_m2,
    sides_of,
    split,
)
from parkmap.analysis.quota.conflict.whole import whole_changes, whole_conflict
from parkmap.analysis.quota.model.region import region_of
from parkmap.analysis.quota.rounding.apportion import largest_remainder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.model.region import Region

    Floats = NDArray[np.float64]


def conflict_of(problem: Problem) -> Conflict:
    """Explain why a problem is infeasible.

    Parameters
    ----------
    problem
        A problem whose bounds conflict.

    Returns
    -------
    Conflict
        A smallest conflicting set (deletion filter: Chinneck 2008, Feasibility and Infeasibility in Optimization,
        ch. 6) and the cheapest relaxation (elastic program, ibid.).
    """
    region = region_of(problem)
    if overshoot_m2(region) == 0:
        return whole_conflict(problem, region)
    search = _Search(problem, region)
    kept, core = search.smallest()
    changes = tuple(search.changes(search.relax(KINDS)))
    rest = whole_changes(relaxed(problem, changes))
    changes = merged((*changes, *rest))
    alone = [(kind, search.relax((kind,)).moved_m2) for kind in KINDS]
    finite = sorted(((cost, kind) for kind, cost in alone if np.isfinite(cost)), key=lambda pair: pair[0])
    return Conflict(
        bounds=tuple(search.bounds(kept, core)),
        missing_m2=_up(search.missing_m2(kept, core)),
        cheapest=changes,
        cheapest_m2=sum(change.by_m2 for change in changes),
        by_kind=tuple((kind, _up(cost)) for cost, kind in finite),
    )


def _up(value: float) -> int:
    return int(np.ceil(value - SLACK_M2))


class _Search:
    def __init__(self, problem: Problem, region: Region) -> None:
        self._problem, self._region = problem, region
        self._sides, self._lifts = sides_of(region), lifts_of(region)
        room = problem.claims["claim_m2"].to_numpy(dtype=np.int64) - region.high
        self._cap_room = region.cell_sums(room)
        self._overshoot = max(overshoot_m2(region), 1.0)

    def relax(self, kinds: Sequence[BoundKind]) -> Relaxation:
        """Let only bounds of these kinds move."""
        region, lifts = self._region, self._lifts
        limits: dict[BoundKind, Floats] = {
            "claim_floor": self._sides.floors,
            "claim_cap": self._cap_room,
            "group_floor": self._sides.row_floors,
        }
        by_pool = np.array([bool(name) for name in lifts.pools], dtype=bool)
        kind_of_lift = ("supply", "group_cap")
        # The order of kinds only decides between equally cheap relaxations: its surcharges stay below one square metre.
        surcharge = min(1e-6, 0.1 / (len(KINDS) * self._overshoot))
        prices = {kind: 1.0 + surcharge * k for k, kind in enumerate(KINDS)}
        pairs = [
            (np.full(len(limit), prices[kind]), limit if kind in kinds else np.zeros(len(limit)))
            for kind, limit in limits.items()
        ]
        allowed = np.where(by_pool, kind_of_lift[0] in kinds, kind_of_lift[1] in kinds)
        cost = np.where(by_pool, prices["supply"], prices["group_cap"])
        lift = (cost, np.where(allowed, np.inf, 0.0))
        return cheapest_relaxation(
            region, self._sides, lifts, Prices(floors=pairs[0], caps=pairs[1], row_floors=pairs[2], lifts=lift)
        )

    def smallest(self) -> tuple[NDArray[np.bool_], Relaxation]:
        """Return which sides stay in a smallest conflicting set, and what shows that it conflicts."""
        free = free_prices(self._region, self._lifts)
        first = cheapest_relaxation(self._region, self._sides, self._lifts, free)
        kept = (first.multipliers > 1e-9) & self._binding()  # noqa: PLR2004 -- duals of a network are 0 or 1
        core = self._only(kept, free)
        for k in np.flatnonzero(kept).tolist():
            without = kept.copy()
            without[k] = False
            tried = self._only(without, free)
            if tried.cost > SLACK_M2:
                kept, core = without, tried
        return kept, core

    def _binding(self) -> NDArray[np.bool_]:
        flat = self._sides.flat
        cells, m = self._region.cells, len(self._region.rows)
        is_cap = np.repeat([False, True, False, True], [cells, cells, m, m])
        binding: NDArray[np.bool_] = is_cap | (flat > 0)
        return binding

    def _only(self, kept: NDArray[np.bool_], free: Prices) -> Relaxation:
        parts = split(kept.astype(float), self._region)
        values = split(self._sides.flat, self._region)
        open_ends = (0.0, np.inf, 0.0, np.inf)
        chosen = [np.where(part > 0, value, end) for part, value, end in zip(parts, values, open_ends, strict=True)]
        sides = Sides(floors=chosen[0], caps=chosen[1], row_floors=chosen[2], row_caps=chosen[3])
        return cheapest_relaxation(self._region, sides, self._lifts, free)

    def bounds(self, kept: NDArray[np.bool_], core: Relaxation) -> Iterator[BoundRef]:
        """Yield the bounds of a smallest conflicting set, in terms of the problem."""
        floors, caps, row_floors, row_caps = (part > 0 for part in split(kept.astype(float), self._region))
        for row in np.flatnonzero(row_caps).tolist():
            yield row_ref(self._problem, self._region, row, cap=True)
        for row in np.flatnonzero(row_floors).tolist():
            yield row_ref(self._problem, self._region, row, cap=False)
        yield from self._floor_refs(self._needed(floors, core))
        for cell in np.flatnonzero(caps).tolist():
            yield from self._cap_refs(cell)

    def missing_m2(self, kept: NDArray[np.bool_], core: Relaxation) -> float:
        """Return by how much the set overshoots once small floors are left out."""
        floors = split(kept.astype(float), self._region)[0] > 0
        part = self._parts(floors, core)
        left_out = (part > 0) & ~self._needed(floors, core)
        return core.cost - float(part[left_out].sum())

    def _parts(self, floors: NDArray[np.bool_], core: Relaxation) -> Floats:
        """Return what the floor of each claim adds to the contradiction; the multipliers of the cells say so."""
        weight = np.where(floors, core.multipliers[: self._region.cells], 0.0)
        return weight[self._region.cell] * self._region.low

    def _needed(self, floors: NDArray[np.bool_], core: Relaxation) -> NDArray[np.bool_]:
        """Leave out small floors as long as the rest still overshoots; `core.cost` is the contradiction itself."""
        part = self._parts(floors, core)
        claims = np.flatnonzero(part > 0)
        order = claims[np.argsort(part[claims], kind="stable")]
        needed = part > 0
        needed[order[np.cumsum(part[order]) < core.cost - SLACK_M2]] = False
        return needed

    def _floor_refs(self, needed: NDArray[np.bool_]) -> Iterator[BoundRef]:
        for claim in np.flatnonzero(needed).tolist():
            row = self._problem.claims.iloc[claim]
            yield BoundRef(
                kind="claim_floor", ids=(str(row.name),), rules=distinct([row["floor_rule"]]), m2=int(row["floor_m2"])
            )

    def _cap_refs(self, cell: int) -> Iterator[BoundRef]:
        own = self._problem.claims[self._region.cell == cell]
        capped = own["cap_m2"] < own["claim_m2"]
        kinds: tuple[BoundKind, ...] = ("claim_cap", "claim")
        for kind, part in zip(kinds, (own[capped], own[~capped]), strict=True):
            if len(part):
                rules = distinct(part["cap_rule"]) if kind == "claim_cap" else ()
                yield BoundRef(kind=kind, ids=tuple(map(str, part.index)), rules=rules, m2=int(part["cap_m2"].sum()))

    def changes(self, found: Relaxation) -> Iterator[Change]:
        """Yield a relaxation in terms of the problem."""
        region, claims, groups, pools = self._region, self._problem.claims, self._problem.groups, self._problem.pools
        for row in np.flatnonzero(found.row_floors > SLACK_M2).tolist():
            group, low = region.rows[row].id, int(region.row_low[row])
            yield _change("group_floor", group, groups.loc[group, "rule"], low, low - _up(found.row_floors[row]))
        for cell in np.flatnonzero(found.floors > SLACK_M2).tolist():
            for at, m2 in self._lowered(cell, _up(found.floors[cell])):
                yield _change("claim_floor", claims.index[at], claims["floor_rule"].iloc[at], int(region.low[at]), m2)
        for cell in np.flatnonzero(found.caps > SLACK_M2).tolist():
            for at, m2 in self._raised(cell, _up(found.caps[cell])):
                yield _change("claim_cap", claims.index[at], claims["cap_rule"].iloc[at], int(region.high[at]), m2)
        for k in np.flatnonzero(found.lifts > SLACK_M2).tolist():
            by, pool, row = _up(found.lifts[k]), self._lifts.pools[k], int(self._lifts.rows[k])
            if pool:
                supply = int(pools.loc[pool, "supply_m2"])
                yield _change("supply", pool, pools.loc[pool, "rule"], supply, supply + by)
            else:
                group, high = region.rows[row].id, int(region.row_high[row])
                yield _change("group_cap", group, groups.loc[group, "rule"], high, high + by)

    def _lowered(self, cell: int, by: int) -> Iterator[tuple[int, int]]:
        """Lower the floors of a cell, last tier first, in proportion inside a tier."""
        own = np.flatnonzero(self._region.cell == cell)
        tiers = self._problem.claims["tier"].to_numpy()[own]
        for tier in np.unique(tiers)[::-1]:
            same = own[tiers == tier]
            floors = self._region.low[same]
            part = min(by, int(floors.sum()))
            yield from ((at, m2) for at, m2 in zip(same.tolist(), floors - _divide(part, floors), strict=True))
            by -= part
            if not by:
                return

    def _raised(self, cell: int, by: int) -> Iterator[tuple[int, int]]:
        own = np.flatnonzero(self._region.cell == cell)
        room = self._problem.claims["claim_m2"].to_numpy(dtype=np.int64)[own] - self._region.high[own]
        yield from zip(own.tolist(), self._region.high[own] + _divide(by, room), strict=True)


def _divide(total: int, room: NDArray[np.int64]) -> NDArray[np.int64]:
    shares = total * room / max(int(room.sum()), 1)
    zero = np.zeros(len(room), dtype=np.int64)
    return largest_remainder(shares, np.array([total]), zero, low=zero, high=room).m2


def _change(kind: BoundKind, name: str, rule: str, old: int, new: int) -> Change:
    return Change(kind=kind, id=str(name), rule=str(rule), from_m2=old, to_m2=int(new))
