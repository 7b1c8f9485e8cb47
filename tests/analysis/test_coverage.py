"""Coverage: answers seen by eye on squares, laws on random ones, a peer, and a simulation of the true edges.

Case matrix, on districts of 1000 m x 1000 m side by side in EPSG:4547
- zone inside, across a border, as large as the district, outside of all, touching only the edge, a belt of lines
- two zones apart, overlapping, the same twice; three on one spot
- accuracy 0, an accuracy that the zone survives, one that it does not, area fixed or not
- extent unknown: no geometry, a point; in a named district, in none
- no zones at all, zones of unknown extent only, shuffled rows, a part of the districts
"""

from __future__ import annotations

from random import Random

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from shapely.affinity import rotate, scale, translate

from parkmap.analysis.coverage import coverage

CRS = "EPSG:4547"
X0, Y0, SIDE = 500_000.0, 2_500_000.0, 1000.0
TO_DEGREES = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
GEOD = pyproj.Geod(ellps="WGS84")


def area_m2(shape):
    """Measure one polygon on the ellipsoid with pyproj alone."""
    total = 0.0
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            sizes = [abs(GEOD.polygon_area_perimeter(*TO_DEGREES.transform(*ring.coords.xy))[0]) for ring in rings]
            total += sizes[0] - sum(sizes[1:])
    return total


def square(x, y, width=SIDE, height=None):
    """A rectangle with its lower left corner x, y metres from the origin."""
    return shapely.box(X0 + x, Y0 + y, X0 + x + width, Y0 + y + (width if height is None else height))


def districts(count=2):
    names = ["west", "east", "far"][:count]
    return gpd.GeoDataFrame(index=names, geometry=[square(i * SIDE, 0) for i in range(count)], crs=CRS)


def zones(*rows):
    """Zones from dicts with geometry, and where it matters accuracy_m, area_fixed, extent_known, district_ids."""
    defaults = {"accuracy_m": 0.0, "area_fixed": False, "extent_known": True, "district_ids": ()}
    names = [row.get("id", f"z{i}") for i, row in enumerate(rows)]
    filled = [{**defaults, **{k: v for k, v in row.items() if k != "id"}} for row in rows]
    columns = ["geometry", *defaults]
    return gpd.GeoDataFrame(pd.DataFrame(filled, index=names, columns=columns), geometry="geometry", crs=CRS)


def known_zone(shape, **keys):
    return {"geometry": shape, **keys}


def best(result, district, column="covered_best_m2"):
    return result.districts.loc[district, column]


# Known answers


def test_a_quarter_inside():
    """A square of 500 m in a square of 1000 m: a quarter, whether on the plane or on the ellipsoid."""
    result = coverage(districts(), zones(known_zone(square(100, 100, 500))))
    assert best(result, "west") == pytest.approx(250_000, rel=2e-4)
    assert best(result, "west", "share_best") == pytest.approx(0.25, rel=1e-6)
    assert best(result, "west", "gap_m2") == pytest.approx(750_000, rel=2e-4)
    assert best(result, "east") == 0
    assert result.items.loc["z0", "inside_m2"] == pytest.approx(250_000, rel=2e-4)


def test_areas_are_those_of_the_ellipsoid():
    zone = square(100, 100, 500)
    ground = districts()
    result = coverage(ground, zones(known_zone(zone)))
    assert best(result, "west") == pytest.approx(area_m2(zone), rel=1e-9)
    assert result.items.loc["z0", "area_m2"] == pytest.approx(area_m2(zone), rel=1e-9)
    for name, shape in ground.geometry.items():
        assert best(result, name, "area_m2") == pytest.approx(area_m2(shape), rel=1e-9)
        assert best(result, name, "area_m2") == pytest.approx(shape.area, rel=2e-4)


def test_half_across_the_border():
    result = coverage(districts(), zones(known_zone(square(900, 0, 200, 1000))))
    assert result.districts["share_best"].to_list() == pytest.approx([0.1, 0.1], rel=1e-6)
    assert list(result.pairs.index) == [("east", "z0"), ("west", "z0")]


def test_the_whole_district():
    result = coverage(districts(), zones(known_zone(square(0, 0))))
    assert best(result, "west", "share_best") == pytest.approx(1)
    assert best(result, "west", "gap_m2") == pytest.approx(0, abs=1e-3)
    assert best(result, "east") == pytest.approx(0, abs=1e-3)
    assert list(result.pairs.index) == [("west", "z0")]  # a shared edge is no coverage


def test_overlapping_zones_count_once():
    """Two squares of 400 m that share 200 m x 400 m: covered 0.24 km2, of that twice 0.08 km2."""
    result = coverage(districts(), zones(known_zone(square(0, 0, 400)), known_zone(square(200, 0, 400))))
    assert best(result, "west") == pytest.approx(240_000, rel=2e-4)
    assert best(result, "west", "overlap_m2") == pytest.approx(80_000, rel=2e-4)
    assert best(result, "west", "gap_m2") == pytest.approx(760_000, rel=2e-4)
    assert result.pairs["best_m2"].to_list() == pytest.approx([160_000, 160_000], rel=2e-4)


def test_the_same_zone_twice_counts_once():
    result = coverage(districts(), zones(known_zone(square(0, 0, 400)), known_zone(square(0, 0, 400))))
    assert best(result, "west") == pytest.approx(160_000, rel=2e-4)
    assert best(result, "west", "overlap_m2") == pytest.approx(160_000, rel=2e-4)


def test_what_lies_under_three_zones_overlaps_once():
    """Strips of 300 m shifted by 100 m: 500 m x 1000 m covered, 300 m x 1000 m of it at least twice."""
    strips = [known_zone(square(x, 0, 300, 1000)) for x in (0, 100, 200)]
    result = coverage(districts(), zones(*strips))
    assert best(result, "west") == pytest.approx(500_000, rel=2e-4)
    assert best(result, "west", "overlap_m2") == pytest.approx(300_000, rel=2e-4)


def test_zones_that_only_touch_do_not_overlap():
    result = coverage(districts(), zones(known_zone(square(0, 0, 400)), known_zone(square(400, 0, 400))))
    assert best(result, "west", "overlap_m2") == pytest.approx(0, abs=1e-3)


def test_a_zone_outside_of_all_districts_covers_nothing():
    result = coverage(districts(), zones(known_zone(square(5000, 5000))))
    assert result.districts["covered_high_m2"].to_list() == [0, 0]
    assert len(result.pairs) == 0
    assert result.items.loc["z0", "area_m2"] == pytest.approx(1e6, rel=2e-4)
    assert result.items.loc["z0", "status"] == "known"
    assert result.items.loc["z0", "inside_m2"] == 0  # known to be nothing, which is not unknown


def test_a_zone_with_a_hole():
    ring = square(0, 0, 600).difference(square(200, 200, 200))
    result = coverage(districts(), zones(known_zone(ring)))
    assert best(result, "west") == pytest.approx(320_000, rel=2e-4)


def test_a_district_of_two_parts():
    ground = gpd.GeoDataFrame(index=["both"], geometry=[shapely.union(square(0, 0), square(3000, 0))], crs=CRS)
    result = coverage(ground, zones(known_zone(square(500, 0, 3000, 1000))))
    assert best(result, "both", "share_best") == pytest.approx(0.5, rel=1e-6)


# Accuracy


def test_an_exact_zone_has_one_area():
    row = coverage(districts(), zones(known_zone(square(100, 100, 500)))).districts.loc["west"]
    assert row["covered_low_m2"] == pytest.approx(row["covered_best_m2"], rel=1e-9)
    assert row["covered_high_m2"] == pytest.approx(row["covered_best_m2"], rel=1e-9)


def test_the_bracket_of_a_square_by_hand():
    """100 m off: between a square of 300 m, and one of 700 m with rounded corners."""
    row = coverage(districts(), zones(known_zone(square(200, 200, 500), accuracy_m=100.0))).districts.loc["west"]
    assert row["covered_low_m2"] == pytest.approx(90_000, rel=2e-4)
    assert row["covered_best_m2"] == pytest.approx(250_000, rel=2e-4)
    rounded = 500**2 + 4 * 500 * 100 + np.pi * 100**2
    assert row["covered_high_m2"] == pytest.approx(rounded, rel=2e-3)


def test_a_fixed_area_far_inside_is_certain():
    """If the area is published and no edge can reach the border, the whole of it lies in the district."""
    zone = known_zone(square(200, 200, 500), accuracy_m=100.0, area_fixed=True)
    row = coverage(districts(), zones(zone)).districts.loc["west"]
    assert row["covered_low_m2"] == pytest.approx(row["covered_best_m2"], rel=1e-9)
    assert row["covered_high_m2"] == pytest.approx(row["covered_best_m2"], rel=1e-9)


def test_a_fixed_area_at_the_border_may_lie_across_it():
    zone = known_zone(square(450, 250, 500), accuracy_m=100.0, area_fixed=True)
    result = coverage(districts(), zones(zone)).districts
    assert result.loc["west", "covered_best_m2"] == pytest.approx(250_000, rel=2e-4)
    assert result.loc["west", "covered_high_m2"] == pytest.approx(250_000, rel=2e-4)
    assert 90_000 < result.loc["west", "covered_low_m2"] < 250_000
    assert result.loc["east", "covered_low_m2"] == 0
    assert result.loc["east", "covered_best_m2"] == 0
    assert 0 < result.loc["east", "covered_high_m2"] < 50 * 700


def test_an_accuracy_larger_than_the_zone_leaves_nothing_certain():
    row = coverage(districts(), zones(known_zone(square(400, 400, 100), accuracy_m=80.0))).districts.loc["west"]
    assert row["covered_low_m2"] == 0
    assert row["covered_best_m2"] == pytest.approx(10_000, rel=2e-4)


def test_no_more_than_the_district_can_be_covered():
    row = coverage(districts(1), zones(known_zone(square(100, 100, 800), accuracy_m=500.0))).districts.loc["west"]
    assert row["share_high"] == pytest.approx(1)


# Unknown extents


@pytest.mark.parametrize("shape", [None, shapely.Point(X0 + 500, Y0 + 500)])
def test_an_unknown_extent_is_never_zero(shape):
    hidden = {"id": "hidden", "geometry": shape, "extent_known": False, "district_ids": ("west",)}
    hidden["accuracy_m"] = None if shape is None else 50.0
    result = coverage(districts(), zones(known_zone(square(100, 100, 500)), hidden))
    assert result.items.loc["hidden", "status"] == "unknown"
    assert np.isnan(result.items.loc["hidden", "area_m2"])
    assert np.isnan(result.items.loc["hidden", "inside_m2"])
    assert "hidden" not in result.pairs.index.get_level_values("item")
    assert result.districts["unknown_items"].to_list() == [("hidden",), ()]
    assert best(result, "west") == pytest.approx(250_000, rel=2e-4)


def test_an_unknown_extent_may_concern_several_districts():
    hidden = {"id": "hidden", "geometry": None, "extent_known": False, "district_ids": ("east", "west")}
    result = coverage(districts(3), zones(hidden))
    assert result.districts["unknown_items"].to_list() == [("hidden",), ("hidden",), ()]
    assert result.districts["covered_best_m2"].to_list() == [0, 0, 0]


def test_no_zones_at_all():
    result = coverage(districts(), zones())
    assert result.districts["covered_high_m2"].to_list() == [0, 0]
    assert result.districts["gap_m2"].to_list() == pytest.approx(result.districts["area_m2"].to_list())
    assert result.districts["unknown_items"].to_list() == [(), ()]
    assert len(result.pairs) == len(result.items) == 0


# Laws


COORDINATE = st.integers(-30, 130).map(lambda n: n * 20.0)
LENGTH = st.integers(1, 60).map(lambda n: n * 20.0)


@st.composite
def zone_rows(draw):
    shape = square(draw(COORDINATE), draw(COORDINATE), draw(LENGTH), draw(LENGTH))
    return known_zone(shape, accuracy_m=float(draw(st.sampled_from([0, 30, 150, 600]))), area_fixed=draw(st.booleans()))


GRID = gpd.GeoDataFrame(
    index=["nw", "ne", "sw", "se"],
    geometry=[square(x, y) for x, y in ((0, 1000), (1000, 1000), (0, 0), (1000, 0))],
    crs=CRS,
)


@settings(max_examples=60)
@given(st.lists(zone_rows(), min_size=1, max_size=5))
def test_the_frame_of_numbers_holds_together(rows):
    result = coverage(GRID, zones(*rows))
    table = result.districts
    slack = 1e-3
    assert (table["covered_low_m2"] <= table["covered_best_m2"] + slack).all()
    assert (table["covered_best_m2"] <= table["covered_high_m2"] + slack).all()
    assert (table["covered_high_m2"] <= table["area_m2"] + slack).all()
    assert (table["covered_low_m2"] >= 0).all()
    assert (table["overlap_m2"] <= table["covered_best_m2"] + slack).all()
    np.testing.assert_allclose(table["gap_m2"] + table["covered_best_m2"], table["area_m2"])
    for end in ("low", "best", "high"):
        np.testing.assert_allclose(table[f"share_{end}"], table[f"covered_{end}_m2"] / table["area_m2"])
    pairs = result.pairs
    assert (pairs["low_m2"] <= pairs["best_m2"] + slack).all()
    assert (pairs["best_m2"] <= pairs["high_m2"] + slack).all()
    by_district = pairs["best_m2"].groupby(level="district").sum().reindex(table.index, fill_value=0)
    assert (table["covered_best_m2"] <= by_district + len(rows)).all()  # a union is no more than its parts
    inside = result.items["inside_m2"].fillna(0)
    assert (inside <= result.items["area_m2"] + slack).all()


@settings(max_examples=40)
@given(st.lists(zone_rows(), min_size=1, max_size=5))
def test_agreement_with_geopandas_overlay(rows):
    frame = zones(*rows)
    union = gpd.GeoDataFrame(geometry=[frame.union_all()], crs=CRS)
    peer = gpd.overlay(GRID.reset_index(names="district"), union, how="intersection", keep_geom_type=True)
    expected = dict.fromkeys(GRID.index, 0.0)
    for name, shape in zip(peer["district"], peer.geometry, strict=True):
        expected[name] += area_m2(shape)
    result = coverage(GRID, frame)
    np.testing.assert_allclose(result.districts["covered_best_m2"], list(expected.values()), rtol=1e-7, atol=0.01)
    pairs = gpd.overlay(
        GRID.reset_index(names="district"), frame.reset_index(names="item"), how="intersection", keep_geom_type=True
    )
    for (name, item), shape in pairs.set_index(["district", "item"]).geometry.items():
        if shape.area > 1:
            assert result.pairs.loc[(name, item), "best_m2"] == pytest.approx(area_m2(shape), rel=1e-7, abs=0.01)


@settings(max_examples=25)
@given(st.lists(zone_rows(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows, random):
    frame = zones(*rows)
    order = list(frame.index)
    random.shuffle(order)
    ground = list(GRID.index)
    random.shuffle(ground)
    one, two = coverage(GRID, frame), coverage(GRID.loc[ground], frame.loc[order])
    pd.testing.assert_frame_equal(one.districts, two.districts.loc[GRID.index])
    pd.testing.assert_frame_equal(one.pairs, two.pairs)
    pd.testing.assert_frame_equal(one.items, two.items.loc[frame.index])


@settings(max_examples=25)
@given(st.lists(zone_rows(), min_size=1, max_size=5), st.sets(st.sampled_from(list(GRID.index)), min_size=1))
def test_some_districts_alone_give_their_rows_of_the_whole(rows, chosen):
    frame = zones(*rows)
    names = [name for name in GRID.index if name in chosen]
    whole, part = coverage(GRID, frame), coverage(GRID.loc[names], frame)
    pd.testing.assert_frame_equal(part.districts, whole.districts.loc[names])
    kept = whole.pairs[whole.pairs.index.get_level_values("district").isin(names)]
    pd.testing.assert_frame_equal(part.pairs, kept)


def moved(shape, accuracy, random, *, fixed):
    """Return a possible true zone: no point of its edge farther than `accuracy` from the drawn edge."""
    kind = random.choice(["shift", "turn", "stretch"] if fixed else ["shift", "turn", "grow"])
    if kind == "shift":
        angle, length = random.uniform(0, 2 * np.pi), random.uniform(0, accuracy)
        return translate(shape, length * np.cos(angle), length * np.sin(angle))
    if kind == "grow":
        return shape.buffer(random.uniform(-accuracy, accuracy))
    reach = shapely.hausdorff_distance(shape.centroid, shape.exterior)
    if kind == "stretch":  # the area stays: longer one way, shorter the other
        factor = 1 + random.uniform(0, 0.7) * accuracy / reach
        return scale(shape, factor, 1 / factor)
    return rotate(shape, random.uniform(-1, 1) * accuracy / reach, use_radians=True)


@settings(max_examples=60)
@given(st.lists(zone_rows(), min_size=1, max_size=3), st.integers(0, 10**6))
@example([known_zone(square(900, 400, 200), accuracy_m=150.0, area_fixed=True)], 7)
def test_the_true_zones_always_lie_in_the_bracket(rows, seed):
    random = Random(seed)
    result = coverage(GRID, zones(*rows))
    slack = 1 + 1e-6 * SIDE**2
    for _ in range(8):
        true = [moved(r["geometry"], r["accuracy_m"], random, fixed=r["area_fixed"]) for r in rows]
        union = shapely.union_all(true)
        for name, ground in GRID.geometry.items():
            row = result.districts.loc[name]
            covered = area_m2(shapely.intersection(ground, union))
            assert row["covered_low_m2"] - slack <= covered <= row["covered_high_m2"] + slack
            for item, shape in zip(result.items.index, true, strict=True):
                alone = area_m2(shapely.intersection(ground, shape))
                if (name, item) in result.pairs.index:
                    pair = result.pairs.loc[(name, item)]
                    assert pair["low_m2"] - slack <= alone <= pair["high_m2"] + slack
                else:
                    assert alone <= slack


@settings(max_examples=25)
@given(zone_rows())
def test_the_bracket_is_no_wider_than_it_must_be(row):
    """Grown and shrunk zones are themselves possible, so they reach the ends of the bracket."""
    assume(not row["area_fixed"])
    shape, accuracy = row["geometry"], row["accuracy_m"]
    result = coverage(GRID, zones(row)).districts
    for name, ground in GRID.geometry.items():
        low = area_m2(shapely.intersection(ground, shape.buffer(-accuracy)))
        high = area_m2(shapely.intersection(ground, shape.buffer(accuracy)))
        assert result.loc[name, "covered_low_m2"] == pytest.approx(low, rel=1e-6, abs=1)
        assert result.loc[name, "covered_high_m2"] == pytest.approx(high, rel=1e-6, abs=1)
