"""Seeded quota problems for benchmarks."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from parkmap.analysis.quota.model.problem import make_problem

DISTRICTS, USES, PARKS_EACH = 20, 10, 50
FLOORED = 0.2


@dataclasses.dataclass(frozen=True)
class Case:
    """A problem, and the same as plain arrays for the peers: rows are supply, districts, then uses or parks."""

    problem: object
    weight: np.ndarray
    low: np.ndarray
    high: np.ndarray
    member: list[np.ndarray]
    row_low: np.ndarray
    row_high: np.ndarray


def case(count: int, *, shape: str, seed: int, indivisible: bool = False, floors: bool = True) -> Case:
    """Return a land problem with one supply, 20 districts and, if crossing, 10 land uses, if nested, 50 parks each.

    Claims of 100 to 20,000 m2, one in five with a floor; benefits are lognormal with three decimals; supply meets 45 %
    of the claims, caps of groups 30 to 60 %, floors of groups a third of their caps. `flat` has no groups, `districts`
    only the districts.
    """
    rng = np.random.default_rng(seed)
    claim = rng.integers(100, 20_000, count)
    floor = np.where((rng.random(count) < FLOORED) & floors & (not indivisible), claim // 20, 0)
    cap = claim if indivisible else claim - claim // 7
    district = rng.integers(0, DISTRICTS, count)
    second = (
        rng.integers(0, USES, count)
        if shape == "crossing"
        else district * PARKS_EACH + rng.integers(0, PARKS_EACH, count)
    )
    partitions = (
        []
        if shape == "flat"
        else [(district, DISTRICTS), (second, USES if shape == "crossing" else DISTRICTS * PARKS_EACH)]
    )
    if shape == "districts":
        partitions = partitions[:1]
    supply = int(claim.sum() * 0.45)
    names = np.array([f"claim-{k:06d}" for k in range(count)], dtype=object)
    weight = np.round(rng.lognormal(0.0, 0.5, count), 3) + 0.001
    claims = pd.DataFrame(
        {
            "claim": names, "item": names, "commodity": "land", "year": 2025, "claim_m2": claim, "floor_m2": floor,
            "cap_m2": cap, "tier": rng.integers(1, 4, count), "weight": weight, "indivisible": indivisible,
        }
    )  # fmt: skip
    row_low, row_high, groups, members = [0], [supply], [], []
    for label, (part, parts) in enumerate(partitions):
        room = np.bincount(part, weights=claim, minlength=parts)
        held = np.bincount(part, weights=floor, minlength=parts)
        highs = np.maximum(room * rng.uniform(0.3, 0.6, parts), held + 1).astype(np.int64)
        lows = (highs // 3 if floors else 0 * highs).astype(np.int64)
        row_low += lows.tolist()
        row_high += highs.tolist()
        ids = np.array([f"group-{label}-{k}" for k in range(parts)], dtype=object)
        groups.append(pd.DataFrame({"group": ids, "partition": str(label), "floor_m2": lows, "cap_m2": highs}))
        members.append(pd.DataFrame({"group": ids[part], "claim": names}))
    problem = make_problem(
        pools=pd.DataFrame(
            {
                "pool": ["list", "increment"],
                "commodity": "land",
                "year": 2025,
                "supply_m2": [supply // 2, supply - supply // 2],
            }
        ),
        claims=claims,
        groups=pd.concat(groups) if groups else None,
        members=pd.concat(members) if members else None,
    )
    offsets = np.cumsum([1, *[parts for _, parts in partitions]])
    rows = [np.zeros(count, dtype=np.int64), *[part + offsets[k] for k, (part, _) in enumerate(partitions)]]
    return Case(
        problem=problem,
        weight=weight,
        low=floor.astype(np.int64),
        high=cap.astype(np.int64),
        member=rows,
        row_low=np.array(row_low),
        row_high=np.array(row_high),
    )
