"""Low and high of the shipped plans against simulated true edges.

No draw leaves the bracket, and the bracket is no wider than the band in which an edge may lie.

A true edge is drawn as the published one moved by a smooth field of vectors no longer than the accuracy; a zone whose
area is published is only shifted, because its area stays. (Laws on random zones: tests/analysis/test_coverage.py.)
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from parkmap.crs import ellipsoidal_area_m2

DRAWS = 12
PLANS = ("guangzhou-health-2017", "shenzhen-beauty-valley", "shenzhen-big-health-2022", "shenzhen-life-health-2013")


def displaced(shape, accuracy, random, *, fixed):
    """Return the shape with every point of its edge moved by at most the accuracy."""
    angle, wave = random.uniform(0, 2 * np.pi, 2), random.uniform(4, 12) * accuracy
    length = accuracy * np.sqrt(random.uniform())
    if fixed:
        return shapely.transform(shape, lambda xy: xy + length * np.array([np.cos(angle[0]), np.sin(angle[0])]))

    def moved(xy):
        turn = angle[0] + np.pi * np.sin((xy[:, 0] * np.cos(angle[1]) + xy[:, 1] * np.sin(angle[1])) / wave)
        return xy + length * np.column_stack([np.cos(turn), np.sin(turn)])

    return shapely.transform(shapely.segmentize(shape, accuracy / 2), moved).buffer(0)


def known_zones(results):
    zones = results.items[(results.items["section"] != "projects") & results.items["extent_known"].astype(bool)]
    return zones[zones["accuracy_m"].astype(float) > 0]


@pytest.mark.parametrize("plan", PLANS)
def test_no_possible_edge_leaves_the_bracket(shipped, plan):
    results = shipped(plan)
    zones, random = known_zones(results), np.random.default_rng(7)
    assert len(zones) > 0
    drawn = {district: [] for district in results.geography.districts.index}
    for _ in range(DRAWS):
        true = {
            name: displaced(row.geometry, float(row["accuracy_m"]), random, fixed=bool(row["area_fixed"]))
            for name, row in zones.iterrows()
        }
        for district, ground in results.geography.districts.geometry.items():
            parts = zones.geometry.iloc[:0].reindex(list(true)).to_crs(zones.crs)
            parts[:] = [shapely.intersection(ground, shape) for shape in true.values()]
            covered = ellipsoidal_area_m2(parts)
            drawn[district].append(covered)
            for name, area in zip(true, covered, strict=True):
                pair = (district, name)
                low, high = 0.0, 0.0
                if pair in results.coverage.pairs.index:
                    low, high = results.coverage.pairs.loc[pair, ["low_m2", "high_m2"]]
                assert low - 1 - 1e-4 * high <= area <= high + 1 + 1e-4 * high, pair


@pytest.mark.parametrize("plan", PLANS)
def test_a_bracket_is_no_wider_than_the_band_of_its_edge(shipped, plan):
    """The edge lies in the band of its accuracy on both sides; a fixed area is never exceeded."""
    results = shipped(plan)
    zones = known_zones(results)
    for (_, item), row in results.coverage.pairs.iterrows():
        if item in zones.index:
            zone = zones.loc[item]
            accuracy = float(zone["accuracy_m"])
            band = zone.geometry.buffer(accuracy).area - zone.geometry.buffer(-accuracy).area
            assert row["high_m2"] - row["low_m2"] <= band * 1.001 + 1
            if zone["area_fixed"]:
                whole = float(results.coverage.items.loc[item, "area_m2"])
                assert row["high_m2"] <= whole * 1.0001
