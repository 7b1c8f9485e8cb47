"""Bounds in terms of a problem: which of them conflict, and which are relaxed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parkmap.analysis.quota.model.problem import Problem
    from parkmap.analysis.quota.model.region import Region

BoundKind = Literal[
    "supply", "pool_access", "claim_floor", "claim_cap", "claim", "group_floor", "group_cap", "indivisible"
]
KINDS: tuple[BoundKind, ...] = ("group_floor", "claim_floor", "group_cap", "claim_cap", "supply")
"""Kinds of bounds that can be relaxed; where two ways cost the same, the earlier kind gives way."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class BoundRef:
    """One bound, in terms of the problem.

    Parameters
    ----------
    kind
        `supply` of pools; `pool_access`: the same for claims that may draw on these pools only; floor or cap of
        claims; `claim`: no more is allocated than claimed; floor or cap of a group; `indivisible`: claims that get all
        or nothing.
    ids
        The pools, the claims (one for a floor; for caps all that together cannot take more), or the group.
    rules
        Ids of the rules that set it, without repetition.
    m2
        The bound itself; the sum where there are several claims.
    """

    kind: BoundKind
    ids: tuple[str, ...]
    rules: tuple[str, ...]
    m2: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class Change:
    """One step of a relaxation.

    Parameters
    ----------
    kind, id
        Which bound is moved: `supply` of a pool, floor or cap of a claim or group.
    rule
        Id of the rule that sets it, or "".
    from_m2, to_m2
        Old and new value; floors go down, caps and supplies go up.
    """

    kind: BoundKind
    id: str
    rule: str
    from_m2: int
    to_m2: int

    @property
    def by_m2(self) -> int:
        """By how much it moves."""
        return abs(self.to_m2 - self.from_m2)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Conflict:
    """Why there is no allocation.

    Parameters
    ----------
    bounds
        Bounds that cannot hold together; without any one of them the rest of the set can.
    missing_m2
        By how much one of them must give way for the set to hold.
    cheapest
        Changes of least total m2 that make the problem solvable. Among equally cheap ones the order of `KINDS` decides,
        and inside a group of like claims the last tier gives way first. Where indivisible claims then still do not
        fit, the cheapest further changes of supplies and groups are added.
    cheapest_m2
        Their total.
    by_kind
        For each kind that alone can make the problem solvable: the least total m2, cheapest first.
    whole
        True when the bounds collide even for divisible land; False when only whole square metres or indivisible claims
        do not fit.
    """

    bounds: tuple[BoundRef, ...]
    missing_m2: int
    cheapest: tuple[Change, ...]
    cheapest_m2: int
    by_kind: tuple[tuple[BoundKind, int], ...]
    whole: bool = True


def relaxed(problem: Problem, changes: Sequence[Change]) -> Problem:
    """Return the problem with some bounds moved.

    Parameters
    ----------
    problem
        The problem.
    changes
        What moves, for example `Conflict.cheapest`.
    """
    pools, claims, groups = problem.pools.copy(), problem.claims.copy(), problem.groups.copy()
    places = {
        "supply": (pools, "supply_m2"),
        "claim_floor": (claims, "floor_m2"),
        "claim_cap": (claims, "cap_m2"),
        "group_floor": (groups, "floor_m2"),
        "group_cap": (groups, "cap_m2"),
    }
    for change in changes:
        table, column = places[change.kind]
        table.loc[change.id, column] = change.to_m2
    return dataclasses.replace(problem, pools=pools, claims=claims, groups=groups)


def merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Join changes of the same bound, made one after the other.

    Parameters
    ----------
    changes
        In the order in which they are made.
    """
    joined: dict[tuple[BoundKind, str], Change] = {}
    for change in changes:
        key = change.kind, change.id
        joined[key] = dataclasses.replace(change, from_m2=joined[key].from_m2) if key in joined else change
    return tuple(joined.values())


def row_ref(problem: Problem, region: Region, row: int, *, cap: bool) -> BoundRef:
    """Return one bound of a row of the region in terms of the problem.

    Parameters
    ----------
    problem, region
        The problem and its region.
    row
        Number of the row.
    cap
        True for its upper bound, False for its lower.
    """
    what = region.rows[row]
    m2 = int((region.row_high if cap else region.row_low)[row])
    if what.kind == "group":
        kind: BoundKind = "group_cap" if cap else "group_floor"
        return BoundRef(kind=kind, ids=(what.id,), rules=distinct([problem.groups.loc[what.id, "rule"]]), m2=m2)
    rules = distinct(problem.pools.loc[list(what.pools), "rule"])
    return BoundRef(kind=what.kind, ids=what.pools, rules=rules, m2=m2)


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Return the rule ids among values, each once, in order; empty ones are none."""
    return tuple(dict.fromkeys(str(value) for value in values if value))
