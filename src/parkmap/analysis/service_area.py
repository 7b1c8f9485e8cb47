"""Who is within five, ten or fifteen minutes: service areas of sites over the streets, with nested bands.

Where a site has no street within the snapping limit, or there is no road file at all, its areas are circles of the
cut-off divided by a detour factor, and its rows say `estimate`.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from parkmap.analysis.network.graph import KMH_IN_M_PER_MINUTE
from parkmap.analysis.network.isochrones import reachable_nodes, reached_length_m, reached_segments, within_cutoff
from parkmap.analysis.network.polygons import circle_areas, street_areas, street_lines
from parkmap.analysis.network.routing import Cost, prepare_router
from parkmap.analysis.network.snap import snap
from parkmap.crs import ellipsoidal_area_m2
from parkmap.defaults import HOLE_M2, STREET_BUFFER_M
from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from parkmap.analysis.network.graph import Roads
    from parkmap.analysis.network.routing import Router
    from parkmap.analysis.network.snap import Snapped
    from parkmap.analysis.network.travel import Assumed


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReachRules:
    """How far, how, and how areas are drawn.

    Parameters
    ----------
    profile
        Key of the speeds of the network.
    unit
        Whether the cut-offs are minutes or metres.
    cutoffs
        Limits of the bands, rising.
    assumed
        Speed and detour factor of estimates, and the snapping limit.
    towards
        Travel to the sites instead of away from them.
    street_buffer_m
        Strip on each side of a reached street.
    hole_m2
        Holes of at least this area stay open.
    """

    profile: str
    unit: Cost
    cutoffs: tuple[float, ...]
    assumed: Assumed
    towards: bool = False
    street_buffer_m: float = STREET_BUFFER_M
    hole_m2: float = HOLE_M2

    def radius_m(self, cutoff: float) -> float:
        """Return how far a cut-off leads as the crow flies, by the estimate.

        Parameters
        ----------
        cutoff
            In the unit of the rules.
        """
        way_m = cutoff if self.unit == "metres" else cutoff * self.assumed.speed_kmh * KMH_IN_M_PER_MINUTE
        return way_m / self.assumed.detour_factor


@dataclasses.dataclass(frozen=True, kw_only=True)
class ServiceAreas:
    """Result of `service_areas`.

    Parameters
    ----------
    sites
        Index site. method (`network` or `estimate`), offset_m (to the nearest street; missing where there is
        none to use).
    areas
        Index (site, cutoff). method and offset_m of the site, reached_m (length of street within the cut-off; missing
        for an estimate), area_m2 (on the ellipsoid), geometry.
    streets
        Index site: the streets within the last cut-off, cut where it is used up; empty for an estimate.
    findings
        Sites off the network, outside it, or near its edge.
    """

    sites: pd.DataFrame
    areas: gpd.GeoDataFrame
    streets: gpd.GeoSeries
    findings: tuple[Finding, ...]

    @property
    def method(self) -> Literal["network", "estimate", "mixed"]:
        """How the areas were made, over all sites."""
        methods = set(self.sites["method"])
        if len(methods) > 1:
            return "mixed"
        return "network" if methods == {"network"} else "estimate"


def service_areas(
    sites: gpd.GeoDataFrame, roads: Roads | None, rules: ReachRules, *, barriers: gpd.GeoSeries | None = None
) -> ServiceAreas:
    """Return what each site reaches within each cut-off.

    Parameters
    ----------
    sites
        Index site; points in the metric system of the network. Focal frame: rows are independent of each other.
    roads
        The network, or None: then every row is an estimate.
    rules
        Cut-offs, profile and drawing.
    barriers
        Areas that cannot be crossed off the streets, in the same system.

    Returns
    -------
    ServiceAreas
        Lengths, areas and shapes per site and band.

    Raises
    ------
    InvalidInputError
        When there is no site or no rising cut-off, or the network cannot be used.
    """
    problems = list(rule_findings(rules)) + ([] if len(sites) else [finding("reach.no_sites", "error")])
    if problems:
        raise InvalidInputError(problems)
    xy_m = shapely.get_coordinates(sites.geometry.to_numpy())
    walls = None if barriers is None else barriers.to_numpy()
    router = (
        None if roads is None else prepare_router(roads, profile=rules.profile, unit=rules.unit, towards=rules.towards)
    )
    assumed = rules.assumed
    starts = None if router is None else snap(router, xy_m, limit_m=assumed.snap_limit_m, access_kmh=assumed.speed_kmh)
    on = np.zeros(len(sites), dtype=bool) if starts is None else starts.on_network
    own = pd.DataFrame({"method": np.where(on, "network", "estimate")}, index=sites.index.rename("site"))
    own["offset_m"] = np.nan if starts is None else np.where(starts.offset_m < np.inf, starts.offset_m, np.nan)
    bands, streets = _bands(router, starts, xy_m, rules, walls)
    return ServiceAreas(
        sites=own,
        areas=_frame(sites, own, bands, rules),
        streets=gpd.GeoSeries(streets, index=own.index, crs=sites.crs),
        findings=tuple(_site_findings(sites, xy_m, router, starts, rules)),
    )


Band = tuple["NDArray[np.float64]", "NDArray[np.object_]"]
"""Reached length and area of each site within one cut-off."""


def _bands(
    router: Router | None, starts: Snapped | None, xy_m: NDArray[Any], rules: ReachRules, walls: NDArray[Any] | None
) -> tuple[list[Band], NDArray[np.object_]]:
    """Return each band, and the streets of the last one."""
    off = np.ones(len(xy_m), dtype=bool) if starts is None else ~starts.on_network
    reached = None if router is None or starts is None else reachable_nodes(router, starts, limit=rules.cutoffs[-1])
    bands: list[Band] = []
    streets = np.full(len(xy_m), shapely.MultiLineString(), dtype=object)
    for cutoff in rules.cutoffs:
        length, areas = np.full(len(xy_m), np.nan), np.empty(len(xy_m), dtype=object)
        if router is not None and starts is not None and reached is not None:
            held = within_cutoff(router, starts, reached, cutoff=cutoff)
            length = np.where(off, np.nan, reached_length_m(router, starts, held))
            parts = reached_segments(router, held)
            if cutoff == rules.cutoffs[-1]:
                streets = street_lines(router.roads, parts, count=len(xy_m))
            areas = street_areas(
                router.roads,
                parts,
                count=len(xy_m),
                street_buffer_m=rules.street_buffer_m,
                hole_m2=rules.hole_m2,
                barriers=walls,
            )
        areas[off] = circle_areas(xy_m[off], rules.radius_m(cutoff), barriers=walls)
        bands.append((length, areas))
    return bands, streets


def _frame(sites: gpd.GeoDataFrame, own: pd.DataFrame, bands: list[Band], rules: ReachRules) -> gpd.GeoDataFrame:
    parts = []
    for cutoff, (length, areas) in zip(rules.cutoffs, bands, strict=True):
        index = pd.MultiIndex.from_product([own.index, [cutoff]], names=["site", "cutoff"])
        shapes = gpd.GeoSeries(areas, index=index, crs=sites.crs)
        columns = {"reached_m": length, "area_m2": ellipsoidal_area_m2(shapes)}
        parts.append(
            gpd.GeoDataFrame(own.set_index(index).assign(**columns), geometry=shapes, index=index, crs=sites.crs)
        )
    return gpd.GeoDataFrame(pd.concat(parts)).sort_index(level="site", sort_remaining=False).loc[list(own.index)]


def district_shares(districts: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return how much of each district lies within any site's area.

    Parameters
    ----------
    districts
        Index district; polygons in a metric system.
    areas
        Index (site, cutoff); column method and polygons in the same system, as `service_areas` returns them.

    Returns
    -------
    DataFrame, index (district, cutoff)
        within_m2 (on the ellipsoid, overlaps once), share, method (`estimate` where any area that meets the district is
        one; missing where none does).
    """
    total = ellipsoidal_area_m2(districts.geometry)
    parts = []
    for cutoff, band in areas.groupby(level="cutoff", sort=True):
        union = shapely.union_all(band.geometry.to_numpy())
        inside = gpd.GeoSeries(shapely.intersection(districts.geometry.to_numpy(), union), crs=districts.crs)
        held = ellipsoidal_area_m2(gpd.GeoSeries([_polygonal(shape) for shape in inside], crs=districts.crs))
        guessed = band.geometry[band["method"] == "estimate"].to_numpy()
        rough = shapely.intersects(districts.geometry.to_numpy(), shapely.union_all(guessed))
        method = pd.Series(np.where(rough, "estimate", "network"), dtype=object).where(held > 0, None).to_numpy()
        index = pd.MultiIndex.from_product([districts.index, [cutoff]], names=["district", "cutoff"])
        parts.append(pd.DataFrame({"within_m2": held, "share": held / total, "method": method}, index=index))
    return pd.concat(parts).sort_index()


def _polygonal(shape: shapely.Geometry) -> shapely.Geometry:
    """Drop the points and lines that an intersection along an edge leaves."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def rule_findings(rules: ReachRules) -> Iterator[Finding]:
    """Yield cut-offs that make no sense.

    Parameters
    ----------
    rules
        The rules.
    """
    cutoffs = list(rules.cutoffs)
    if not cutoffs or min(cutoffs) <= 0 or cutoffs != sorted(set(cutoffs)):
        yield finding("reach.cutoffs", "error", key=", ".join(f"{c:g}" for c in cutoffs))


def _site_findings(
    sites: gpd.GeoDataFrame, xy_m: NDArray[Any], router: Router | None, starts: Snapped | None, rules: ReachRules
) -> Iterator[Finding]:
    if router is None or starts is None:
        yield finding("reach.no_roads", "note", factor=f"{rules.assumed.detour_factor:g}")
        return
    west, south, east, north = router.roads.bounds_m
    rim = np.min([xy_m[:, 0] - west, xy_m[:, 1] - south, east - xy_m[:, 0], north - xy_m[:, 1]], axis=0)
    off = ~starts.on_network
    limit = f"{rules.assumed.snap_limit_m:g}"
    reach = rules.radius_m(rules.cutoffs[-1])
    for code, chosen in (
        ("reach.outside", off & (rim < 0)),
        ("reach.off_network", off & (rim >= 0)),
        ("reach.near_edge", ~off & (rim < reach)),
    ):
        ids = tuple(str(name) for name in sites.index[chosen])
        if ids:
            yield finding(code, "warning", key=", ".join(ids), ids=ids, count=len(ids), limit=limit)
