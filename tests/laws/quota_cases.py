"""Random quota problems, small enough for a solver to check and odd enough to hurt."""

from __future__ import annotations

import hypothesis.strategies as st
import pandas as pd

from parkmap.analysis.quota.model.problem import make_problem

SHAPES = ("flat", "nested", "crossing", "three-way")


@st.composite
def problems(draw, *, shape=None, floors=True, indivisible=False, most=9, supply=120):
    """A problem with one or two markets, up to `most` claims and groups of the given shape.

    Small numbers and few different values make ties, empty claims and colliding bounds common; a small `supply` makes
    most of them unsolvable.
    """
    shape = draw(st.sampled_from(SHAPES)) if shape is None else shape
    n = draw(st.integers(1, most))
    years = draw(st.integers(1, 2))
    claims = [draw(_claim(i, years, floors=floors, indivisible=indivisible)) for i in range(n)]
    pools = [draw(_pool(k, year, supply)) for year in range(years) for k in range(draw(st.integers(1, 2)))]
    groups, members = draw(_groups(shape, claims, floors=floors))
    return make_problem(
        pools=pd.DataFrame(pools),
        claims=pd.DataFrame(claims),
        groups=pd.DataFrame(groups, columns=["group", "partition", "floor_m2", "cap_m2"]),
        members=pd.DataFrame(members, columns=["group", "claim"]),
    )


@st.composite
def _claim(draw, i, years, *, floors, indivisible):
    claim = draw(st.integers(0, 40))
    cap = draw(st.integers(0, claim)) if draw(st.booleans()) else claim
    floor = draw(st.integers(0, cap // 2)) if floors and draw(st.booleans()) else 0
    whole = indivisible and draw(st.booleans())
    return {
        "claim": f"c{i}",
        "item": f"c{i}",
        "commodity": "land",
        "year": 2025 + draw(st.integers(0, years - 1)),
        "claim_m2": claim,
        "cap_m2": cap,
        "floor_m2": 0 if whole else floor,
        "tier": draw(st.integers(1, 3)),
        "weight": draw(st.sampled_from([0.5, 1.0, 1.0, 2.0, 3.0])),
        "indivisible": whole,
    }


@st.composite
def _pool(draw, k, year, supply):
    return {
        "pool": f"p{k}-{year}",
        "commodity": "land",
        "year": 2025 + year,
        "supply_m2": draw(st.integers(0, supply)),
        "order": draw(st.integers(0, 1)),
    }


@st.composite
def _groups(draw, shape, claims, *, floors):
    names = [claim["claim"] for claim in claims]
    groups, members = [], []

    def add(partition, own):
        if own:
            room = sum(claim["cap_m2"] for claim in claims if claim["claim"] in own)
            cap = draw(st.integers(0, max(room, 1))) if draw(st.booleans()) else 2**53
            floor = draw(st.integers(0, min(cap, room) // 3)) if floors and draw(st.booleans()) else 0
            name = f"g{len(groups)}"
            groups.append((name, partition, floor, cap))
            members.extend((name, claim) for claim in own)

    def partition(label):
        of = draw(st.lists(st.integers(0, 2), min_size=len(names), max_size=len(names)))
        parts = [[name for name, k in zip(names, of, strict=True) if k == part] for part in range(3)]
        for own in parts:
            add(label, own)
        return parts

    if shape != "flat":
        first = partition("district")
        if shape == "nested":
            for own in first:
                add("park", own[: len(own) // 2])
                add("park", own[len(own) // 2 :])
        else:
            for k in range(1 if shape == "crossing" else 2):
                partition(f"use{k}")
    return groups, members
