"""Land from zones to zones, on squares whose answer is seen by eye, and by its laws.

The squares lie on the central meridian near the equator of EPSG:4547, where planar and ellipsoidal areas agree to
better than 1 in 1,000; the laws hold to the rounding of floating point.

Case matrix: nothing on either side; one zone that stays, moves, shrinks; two zones that overlap before; zones across
districts; a hole; no known extent; swapping the sides; order of zones and districts
"""

from __future__ import annotations

import geopandas as gpd
import hypothesis
import pytest
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box

from parkmap.analysis.transition import SUM, matrix, transition

CRS = "EPSG:4547"
EAST, NORTH = 500_000, 1_000_000
TOLERANCE = 2e-3


def square(x, y, width, height):
    return box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + height)


def zones(**shapes):
    frame = gpd.GeoDataFrame({"geometry": list(shapes.values())}, index=list(shapes), crs=CRS)
    known = [shape is not None and shape.geom_type == "Polygon" for shape in shapes.values()]
    return frame.assign(extent_known=known)


def districts(**shapes):
    return gpd.GeoDataFrame({"geometry": list(shapes.values())}, index=list(shapes), crs=CRS)


TOWN = districts(town=square(0, 0, 10_000, 10_000))
NOTHING = zones(nowhere=None)


def cells(before, after, town=TOWN):
    result = transition(town, before, after).cells
    return {(r.district, r.before, r.after): r.area_m2 for r in result.itertuples()}


def about(hectares):
    return pytest.approx(hectares * 10_000, rel=TOLERANCE)


def test_land_under_nothing_stays_under_nothing():
    assert cells(NOTHING, NOTHING) == {("town", (), ()): about(10_000)}


def test_a_zone_that_stays():
    park = zones(park=square(0, 0, 5_000, 10_000))
    assert cells(park, park) == {("town", (), ()): about(5_000), ("town", ("park",), ("park",)): about(5_000)}


def test_a_zone_that_moves_by_half_its_width():
    before, after = zones(park=square(0, 0, 4_000, 10_000)), zones(park=square(2_000, 0, 4_000, 10_000))
    assert cells(before, after) == {
        ("town", ("park",), ()): about(2_000),
        ("town", ("park",), ("park",)): about(2_000),
        ("town", (), ("park",)): about(2_000),
        ("town", (), ()): about(4_000),
    }


def test_land_under_two_zones_goes_once():
    before = zones(core=square(0, 0, 6_000, 10_000), belt=square(4_000, 0, 6_000, 10_000))
    assert cells(before, NOTHING) == {
        ("town", ("core",), ()): about(4_000),
        ("town", ("belt", "core"), ()): about(2_000),
        ("town", ("belt",), ()): about(4_000),
    }


def test_a_zone_across_two_districts_and_beyond_them():
    two = districts(east=square(5_000, 0, 5_000, 10_000), west=square(0, 0, 5_000, 10_000))
    assert cells(NOTHING, zones(belt=square(4_000, -2_000, 2_000, 14_000)), two) == {
        ("east", (), ()): about(4_000),
        ("east", (), ("belt",)): about(1_000),
        ("west", (), ()): about(4_000),
        ("west", (), ("belt",)): about(1_000),
    }


def test_a_hole_is_under_nothing():
    ring = Polygon(square(0, 0, 10_000, 10_000).exterior.coords, [square(2_000, 2_000, 5_000, 5_000).exterior.coords])
    assert cells(zones(ring=ring), NOTHING) == {("town", (), ()): about(2_500), ("town", ("ring",), ()): about(7_500)}


def test_a_district_with_a_hole_is_cut_inside_only():
    ring = Polygon(square(0, 0, 10_000, 10_000).exterior.coords, [square(4_000, 4_000, 2_000, 2_000).exterior.coords])
    half = zones(half=square(0, 0, 5_000, 10_000))
    assert cells(NOTHING, half, districts(ring=ring)) == {
        ("ring", (), ()): about(4_800),
        ("ring", (), ("half",)): about(4_800),
    }


def test_a_zone_without_an_extent_takes_no_part_and_is_named():
    result = transition(TOWN, zones(point=Point(EAST, NORTH), park=square(0, 0, 100, 100)), NOTHING)
    assert result.unknown_before == ("point",)
    assert result.unknown_after == ("nowhere",)
    assert "point" not in {name for names in result.cells["before"] for name in names}


side = st.lists(
    st.tuples(*(st.integers(0, 9) for _ in range(2)), *(st.integers(1, 6) for _ in range(2))), min_size=0, max_size=4
)


def drawn(rectangles):
    shapes = {f"z{i}": square(x * 1_000, y * 1_000, w * 1_000, h * 1_000) for i, (x, y, w, h) in enumerate(rectangles)}
    return zones(**shapes) if shapes else NOTHING


@hypothesis.given(side, side)
def test_laws(before, after):
    """Pieces sum to the district; each side's cover is its union's; swapping the sides swaps the columns."""
    one, two = drawn(before), drawn(after)
    result = transition(TOWN, one, two).cells
    assert result["area_m2"].sum() == pytest.approx(transition(TOWN, NOTHING, NOTHING).cells["area_m2"].sum(), rel=1e-6)
    union = one[one["extent_known"]].geometry.union_all().intersection(TOWN.geometry["town"]).area
    covered = result.loc[[bool(names) for names in result["before"]], "area_m2"].sum()
    assert covered == pytest.approx(union, rel=TOLERANCE, abs=1.0)
    swapped = {(r.before, r.after): r.area_m2 for r in transition(TOWN, two, one).cells.itertuples()}
    for row in result.itertuples():
        assert swapped[(row.after, row.before)] == pytest.approx(row.area_m2, rel=1e-6, abs=0.01)


@hypothesis.given(side, st.randoms(use_true_random=False))
def test_the_order_of_zones_does_not_matter(rectangles, chance):
    frame = drawn(rectangles)
    order = list(frame.index)
    chance.shuffle(order)
    first, second = cells(frame, NOTHING), cells(frame.loc[order], NOTHING)
    assert first.keys() == second.keys()
    assert all(first[key] == pytest.approx(second[key], rel=1e-9) for key in first)


def test_land_by_kind_and_its_matrix_by_hand():
    """A belt on the left half loses its upper half to a core; the right half stays under nothing."""
    before = zones(belt=square(0, 0, 5_000, 10_000))
    later = zones(belt=square(0, 0, 5_000, 5_000), core=square(0, 5_000, 5_000, 5_000))
    kinds = transition(TOWN, before, later).by_kind({"belt": "belt"}, {"belt": "belt", "core": "core"})
    found = {(r.before, r.after): r.area_m2 for r in kinds.itertuples()}
    assert found == {("belt", "belt"): about(2_500), ("belt", "core"): about(2_500), ("none", "none"): about(5_000)}
    table = matrix(kinds)
    assert list(table.index) == ["belt", "none", SUM]
    assert list(table.columns) == ["belt", "core", "none", SUM]
    assert table.at["belt", SUM] == about(5_000)
    assert table.at[SUM, "core"] == about(2_500)
    assert table.at[SUM, SUM] == pytest.approx(kinds["area_m2"].sum())
    assert table.isna().at["none", "core"]


def test_two_zones_of_one_kind_are_that_kind():
    before = zones(one=square(0, 0, 6_000, 10_000), two=square(4_000, 0, 6_000, 10_000))
    kinds = transition(TOWN, before, NOTHING).by_kind({"one": "belt", "two": "belt"}, {})
    assert {(r.before, r.after): r.area_m2 for r in kinds.itertuples()} == {("belt", "none"): about(10_000)}


def test_people_read_no_splinters_and_no_land_under_nothing():
    found = transition(TOWN, zones(park=square(0, 0, 5, 5), yard=square(0, 9_000, 1_000, 1_000)), NOTHING)
    assert [r.before for r in found.telling().itertuples()] == [("yard",)]
    assert ("park",) in set(found.noticeable()["before"])


@hypothesis.given(side, side)
def test_the_matrix_sums_up(before, after):
    one, two = drawn(before), drawn(after)
    own = ({name: f"kind-{name}" for name in frame.index} for frame in (one, two))
    kinds = transition(TOWN, one, two).by_kind(*own)
    table = matrix(kinds)
    inner = table.drop(index=SUM, columns=SUM)
    assert table[SUM].drop(SUM).to_numpy() == pytest.approx(inner.sum(axis=1).to_numpy())
    assert table.loc[SUM].drop(SUM).to_numpy() == pytest.approx(inner.sum(axis=0).to_numpy())
    assert table.at[SUM, SUM] == pytest.approx(kinds["area_m2"].sum())
