"""Service areas of sites.

site       | on the streets, off them inside the file, outside the file, near its edge
roads      | some, none, one-way
cut-off    | minutes, metres, several bands, not rising, none
district   | partly within, not at all, met by an estimate
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from parkmap.analysis.network.travel import Assumed
from parkmap.analysis.service_area import ReachRules, district_shares, service_areas
from parkmap.errors import InvalidInputError
from streets import grid, network

CRS = "EPSG:4547"
ORIGIN = np.array([500_000.0, 2_500_000.0])
"""On the central meridian, where the plane and the ellipsoid agree."""


def placed(roads):
    moved = {"node_xy_m": roads.node_xy_m + ORIGIN, "vertex_xy_m": roads.vertex_xy_m + ORIGIN}
    return type(roads)(**{**{f: getattr(roads, f) for f in roads.__dataclass_fields__}, **moved})


def sites(**places):
    points = shapely.points(np.array(list(places.values()), dtype=float).reshape(-1, 2) + ORIGIN)
    return gpd.GeoDataFrame(index=list(places), geometry=points, crs=CRS)


def rules(**changes):
    assumed = Assumed(speed_kmh=6.0, detour_factor=1.25, snap_limit_m=30.0)
    base = {"profile": "walk", "unit": "minutes", "cutoffs": (1.0, 1.5), "assumed": assumed}
    return ReachRules(**{**base, "street_buffer_m": 10.0, "hole_m2": 0.0, **changes})


def test_lengths_by_eye():
    found = service_areas(sites(middle=(300, 300), corner=(0, 0)), placed(grid(7, 7)), rules())
    assert found.areas["reached_m"].to_dict() == pytest.approx(
        {("middle", 1.0): 400, ("middle", 1.5): 1000, ("corner", 1.0): 200, ("corner", 1.5): 400}
    )
    assert set(found.areas["method"]) == {"network"}


def test_the_way_to_the_street_is_part_of_the_cut_off():
    found = service_areas(sites(a=(300, 320)), placed(grid(7, 7)), rules(cutoffs=(0.5,)))
    # 320 is 20 m up the street that runs north, so the site itself lies on it
    assert found.areas["reached_m"].tolist() == pytest.approx([50 + 20 + 3 * 30])
    beside = service_areas(sites(a=(320, 320)), placed(grid(7, 7)), rules(cutoffs=(0.5,)))
    assert beside.areas["reached_m"].tolist() == pytest.approx([30 + 20 + 3 * 10])


def test_metres_and_minutes_agree_at_100_m_a_minute():
    minutes = service_areas(sites(a=(310, 290)), placed(grid(7, 7)), rules())
    metres = service_areas(sites(a=(310, 290)), placed(grid(7, 7)), rules(unit="metres", cutoffs=(100.0, 150.0)))
    assert minutes.areas["reached_m"].tolist() == pytest.approx(metres.areas["reached_m"].tolist())


def test_streets_end_where_the_cut_off_is_used_up():
    found = service_areas(sites(a=(100, 0), far=(9000, 0)), placed(network([(0, 0), (1000, 0)], [(0, 1)])), rules())
    (line,) = shapely.get_parts(found.streets["a"])
    assert sorted(x - ORIGIN[0] for x, _ in line.coords) == pytest.approx([0, 250])
    assert found.streets["a"].length == pytest.approx(found.areas.loc[("a", 1.5), "reached_m"])
    assert found.streets["far"].is_empty


def test_areas_are_measured_on_the_ellipsoid():
    found = service_areas(sites(a=(500, 0)), placed(network([(0, 0), (1000, 0)], [(0, 1)])), rules(cutoffs=(1.0,)))
    assert found.areas["area_m2"].tolist() == pytest.approx([200 * 20 + np.pi * 100], rel=0.002)


def test_off_the_streets_is_an_estimate_and_a_finding():
    roads = placed(grid(7, 7))
    found = service_areas(sites(on=(300, 300), off=(350, 350), out=(900, 900), edge=(600, 300)), roads, rules())
    assert found.sites["method"].tolist() == ["network", "estimate", "estimate", "network"]
    codes = {f.code: f.ids for f in found.findings}
    assert codes == {"reach.outside": ("out",), "reach.off_network": ("off",), "reach.near_edge": ("edge",)}
    assert all(f.severity == "warning" and f.text("zh") and f.advice("en") for f in found.findings)
    estimate = found.areas.loc["off"]
    assert estimate["reached_m"].isna().all()
    assert estimate["area_m2"].tolist() == pytest.approx([np.pi * 80**2, np.pi * 120**2], rel=0.002)


def test_without_roads_every_row_is_an_estimate():
    found = service_areas(sites(a=(0, 0), b=(5, 5)), None, rules())
    assert set(found.areas["method"]) == set(found.sites["method"]) == {"estimate"}
    assert [f.code for f in found.findings] == ["reach.no_roads"]
    assert "1.25" in found.findings[0].text("en")


def test_a_network_closed_to_the_profile_leaves_estimates():
    closed = placed(network([(0, 0), (1000, 0)], [(0, 1)], speeds=[(0, 0)]))
    found = service_areas(sites(a=(500, 0)), closed, rules())
    assert found.sites["method"].tolist() == ["estimate"]
    assert found.sites["offset_m"].isna().all()
    assert [f.code for f in found.findings] == ["reach.off_network"]


def test_towards_the_site_goes_against_one_way_streets():
    street = placed(network([(0, 0), (1000, 0)], [(0, 1)], speeds=[(6, 0)]))
    away, towards = (service_areas(sites(a=(500, 0)), street, rules(towards=t, cutoffs=(1.0,))) for t in (False, True))
    centre = 500 + ORIGIN[0]
    assert away.areas.geometry.iloc[0].bounds[2] == pytest.approx(centre + 110)
    assert towards.areas.geometry.iloc[0].bounds[0] == pytest.approx(centre - 110)


def test_rows_stay_in_the_order_of_the_sites():
    found = service_areas(sites(z=(300, 300), a=(0, 0)), placed(grid(7, 7)), rules())
    assert list(found.areas.index) == [("z", 1.0), ("z", 1.5), ("a", 1.0), ("a", 1.5)]


@pytest.mark.parametrize("cutoffs", [(), (0.0,), (5.0, 5.0), (10.0, 5.0), (-1.0, 5.0)])
def test_cut_offs_must_rise(cutoffs):
    with pytest.raises(InvalidInputError) as caught:
        service_areas(sites(a=(0, 0)), None, rules(cutoffs=cutoffs))
    assert [f.code for f in caught.value.findings] == ["reach.cutoffs"]


def test_no_site_is_a_finding():
    with pytest.raises(InvalidInputError) as caught:
        service_areas(sites(), placed(grid(2, 2)), rules())
    assert [f.code for f in caught.value.findings] == ["reach.no_sites"]


def test_districts_count_overlaps_once():
    found = service_areas(
        sites(a=(500, 0), b=(500, 0), far=(5000, 5000)),
        placed(network([(0, 0), (1000, 0)], [(0, 1)])),
        rules(cutoffs=(1.0,)),
    )
    boxes = [(490, -50, 2000, 50), (-500, -50, 490, 50), (4990, 4000, 6000, 6000), (7000, 0, 8000, 1000)]
    shapes = [shapely.box(w + ORIGIN[0], s + ORIGIN[1], e + ORIGIN[0], n + ORIGIN[1]) for w, s, e, n in boxes]
    districts = gpd.GeoDataFrame(index=["east", "west", "guessed", "none"], geometry=shapes, crs=CRS)
    shares = district_shares(districts, found.areas).xs(1.0, level="cutoff")
    half = np.pi * 100 / 2
    assert shares.loc["east", "within_m2"] == pytest.approx(110 * 20 + half, rel=0.002)
    assert shares.loc["west", "within_m2"] == pytest.approx(90 * 20 + half, rel=0.002)
    assert shares.loc["east", "share"] == pytest.approx((110 * 20 + half) / (1510 * 100), rel=0.002)
    assert shares["method"].dropna().to_dict() == {"east": "network", "west": "network", "guessed": "estimate"}
    assert shares.loc["none", "within_m2"] == 0
