"""What stands beside the allocation: used land, subsidies, developable land.

| topic | case |
|---|---|
| carry-over | none, one year, two years, overrun, several rows of a key |
| subsidy | rate and cap, years, fixed sums, ceilings per firm and year and in all, the higher of two, faults |
| developable land | a square kilometre with a red line and a boundary, by eye |
"""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from parkmap.analysis.quota.context.developable import developable, floor_space_cap_m2
from parkmap.analysis.quota.context.monitoring import monitor_use
from parkmap.analysis.quota.context.subsidy import estimate_support
from parkmap.analysis.quota.model.faults import InvalidProblemError


def amounts(*years):
    return pd.DataFrame([("a", "land", year, m2) for year, m2 in years], columns=["item", "commodity", "year", "m2"])


@pytest.mark.parametrize(
    ("carry", "expected"),
    [
        (0, [(100, 60, 0, 40, 0), (50, 70, 20, 0, 0), (0, 0, 0, 0, 0)]),
        (1, [(100, 60, 0, 0, 40), (90, 70, 0, 0, 20), (20, 0, 0, 20, 0)]),
        (2, [(100, 60, 0, 0, 40), (90, 70, 0, 0, 20), (20, 0, 0, 0, 20)]),
    ],
)
def test_what_is_not_used_is_carried_over(carry, expected):
    """100 given and 60 used, then 50 given and 70 used, then nothing; the oldest is used first."""
    table = monitor_use(
        amounts((2024, 70), (2024, 30), (2025, 50)), amounts((2024, 60), (2025, 70), (2026, 0)), carry_years=carry
    )
    columns = ["available_m2", "used_m2", "overrun_m2", "lapsed_m2", "carried_out_m2"]
    assert [tuple(row) for row in table[columns].to_numpy().tolist()] == expected
    balance = (
        table["available_m2"] + table["overrun_m2"] - table["used_m2"] - table["lapsed_m2"] - table["carried_out_m2"]
    )
    assert (balance == 0).all()


def test_faults_of_used_land_all_at_once():
    used = pd.DataFrame(
        [("a", "land", 2024, -1), ("a", "land", 2024, 1.5)], columns=["item", "commodity", "year", "m2"]
    )
    with pytest.raises(InvalidProblemError) as caught:
        monitor_use(amounts((2024, 1)).drop(columns="item"), used)
    assert {(f.table, f.row, f.code) for f in caught.value.faults} == {
        ("allocated", -1, "missing_column"),
        ("used", 0, "negative"),
        ("used", 1, "not_whole"),
    }


SUPPORTS = pd.DataFrame(
    [
        ("29-park", "measures-29", 10, 100_000_000, None, None, "project"),
        ("29-rent", "measures-29", 50, 5_000_000, None, 3, "firm_year"),
        ("17-product", "measures-17", None, None, 20_000, None, "product"),
        ("17-firm", "measures-17", None, 500_000, None, None, "firm_year"),
        ("17-all", "measures-17", None, 10_000_000, None, None, "all_year"),
        ("other-rent", "district-rule", 40, 9_000_000, None, 3, "firm_year"),
    ],
    columns=["support", "rule", "rate_percent", "cap_yuan", "amount_yuan", "years", "per"],
)


def asked(*rows):
    columns = ["application", "applicant", "support", "cost_yuan", "count", "first_year", "expense"]
    return pd.DataFrame([(*row, *(None,) * (7 - len(row))) for row in rows], columns=columns)


def test_ten_per_cent_up_to_a_hundred_million():
    found = estimate_support(
        SUPPORTS, asked(("x", "park x", "29-park", 800_000_000, 1, 2024), ("y", "park y", "29-park", 2e9, 1, 2024))
    )
    assert found.lines["paid_yuan"].to_dict() == {"x": 80_000_000, "y": 100_000_000}
    assert found.lines["capped"].to_dict() == {"x": False, "y": True}
    assert found.total_yuan == 180_000_000


def test_half_the_rent_for_three_years():
    found = estimate_support(SUPPORTS, asked(("r", "firm", "29-rent", 4_000_001, 1, 2024)))
    assert found.yearly[["year", "yuan"]].to_numpy().tolist() == [
        [2024, 2_000_000],
        [2025, 2_000_000],
        [2026, 2_000_000],
    ]


def test_the_higher_of_two_supports_and_never_both():
    """Half of 12 million is capped at 5; two fifths under the other rule are 4.8 million."""
    rows = [
        ("r", "firm", "29-rent", 12_000_000, 1, 2024, "rent"),
        ("s", "firm", "other-rent", 12_000_000, 1, 2024, "rent"),
    ]
    found = estimate_support(SUPPORTS, asked(*rows))
    assert found.lines["superseded_by"].to_dict() == {"r": "", "s": "r"}
    assert found.total_yuan == 15_000_000


def test_ceilings_per_firm_and_in_all():
    """30 products of 20,000 are 600,000, cut to 500,000; 25 such firms ask 12.5 million, cut to 10."""
    found = estimate_support(
        SUPPORTS, asked(*[(f"a{k}", f"firm {k}", "17-product", None, 30, 2024) for k in range(25)])
    )
    assert found.total_yuan == 10_000_000
    assert set(found.lines["paid_yuan"]) == {400_000}
    assert len(found.ceilings) == 26


@pytest.mark.parametrize(("cap", "amount", "paid"), [(None, 3_000, 3_000), (3_000, None, 3_000), (None, None, 8_000)])
def test_a_ceiling_stated_as_a_sum_or_as_a_cap_or_not_at_all(cap, amount, paid):
    rows = [
        ("grant", "r", 20, None, None, None, "project"),
        ("all", "r", None, cap, amount, None, "all_year"),
    ]
    found = estimate_support(
        pd.DataFrame(rows, columns=SUPPORTS.columns), asked(("x", "park", "grant", 40_000, 1, 2024))
    )
    assert found.total_yuan == paid


def test_faults_of_applications_all_at_once():
    rows = [("a", "x", "nothing", 1, 1, 2024), ("a", "x", "29-park", None, 0, 2024), ("b", "x", "17-all", 5, 1, 2024)]
    with pytest.raises(InvalidProblemError) as caught:
        estimate_support(SUPPORTS, asked(*rows))
    assert {(f.row, f.code) for f in caught.value.faults} == {
        (0, "unknown_support"),
        (1, "duplicate_id"),
        (1, "not_a_number"),
        (1, "not_positive"),
        (2, "unknown_support"),
    }


def test_developable_land_by_eye():
    """A square kilometre: 10 ha behind a red line, a strip of 20 ha outside the boundary, 2 ha in both."""
    x, y = 500_000, 2_500_000
    crs = "EPSG:4547"
    zones = gpd.GeoSeries([box(x, y, x + 1000, y + 1000), None], index=["zone", "unknown"], crs=crs)
    red = gpd.GeoSeries([box(x, y, x + 100, y + 1000)], crs=crs)
    inside = gpd.GeoSeries([box(x - 50, y + 200, x + 2000, y + 3000)], crs=crs)
    table = developable(zones, excluded={"red_line": red}, required={"boundary": inside})
    assert table.loc["zone"].to_list() == pytest.approx([1_000_000, 100_000, 200_000, 720_000], rel=1e-3)
    assert table.loc["unknown"].isna().all()
    with pytest.raises(ValueError, match="red_line"):
        developable(zones, excluded={"red_line": red.to_crs("EPSG:4326")}, required={})


@pytest.mark.parametrize("kind", ["excluded", "required"])
@pytest.mark.parametrize("east", [-5.0, 333.3, 5e6])
def test_one_layer_leaves_exactly_the_rest(kind, east):
    """A layer half over the zone, or far away: what it takes and what it leaves add up to the square metre."""
    x, y, crs = 500_000.37, 2_500_000.61, "EPSG:4547"
    zones = gpd.GeoSeries([box(x, y, x + 1000.3, y + 999.9)], index=["zone"], crs=crs)
    layer = gpd.GeoSeries([box(x + east, y - 9, x + east + 400, y + 2000)], crs=crs)
    layers = {"excluded": {}, "required": {}, kind: {"layer": layer}}
    row = developable(zones, **layers).loc["zone"]
    assert row["gross_m2"] == row["layer_m2"] + row["developable_m2"]


@pytest.mark.parametrize(("land", "ratio", "floor"), [(1001, 2.5, 2502), (10, 0.7, 7), (100, 1.1, 110), (0, 3.0, 0)])
def test_floor_space_that_land_carries(land, ratio, floor):
    """0.7 x 10 is 7 and 1.1 x 100 is 110, which doubles miss."""
    assert floor_space_cap_m2(land, ratio) == floor
