"""How the geometry of a place is made from points, areas, districts and land."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString, Point

from layerkit.measure import M2_PER_HA, area_m2, equivalent_radius_m, rounded, to_lonlat, to_metric

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from layerkit.anchors import Anchor
    from layerkit.entry import Entry
    from layerkit.recipe import Assumptions

QUARTER_SEGMENTS = 32  # an arc of a 6 km disc then leaves the circle by under 2 m
AREA_TOLERANCE_M2 = 0.5
LARGEST_GROWTH = 8.0  # a clipped disc that needs eight times its radius no longer says anything about a place
SMALLEST_PART_M2 = 1_000.0  # slivers between two coarse boundaries are not land


class UnreachableAreaError(ValueError):
    """A disc that cannot reach its published area inside its districts."""


@dataclass(frozen=True)
class Ground:
    """What geometry may be kept to, in the metric plane.

    Parameters
    ----------
    districts : Mapping[str, BaseGeometry]
        Districts by id.
    land : BaseGeometry
        All land, the city's own and its neighbours'.
    """

    districts: Mapping[str, BaseGeometry]
    land: BaseGeometry

    def allowed(self, entry: Entry) -> BaseGeometry:
        """Find where the geometry of an entry may lie.

        Parameters
        ----------
        entry : Entry
            Entry with known districts.

        Returns
        -------
        BaseGeometry
            Union of its districts, less the sea when it is kept to land.
        """
        area = shapely.union_all([self.districts[name] for name in entry.clip_to])
        return area.intersection(self.land) if entry.clip_to_land else area


def disc_of_area(centre: Point, *, area_published_ha: float, allowed: BaseGeometry) -> BaseGeometry:
    """Grow a disc until what remains of it after clipping has the published area.

    Parameters
    ----------
    centre : Point
        Centre in the metric plane.
    area_published_ha : float
        Area to reach, in hectares on the ellipsoid.
    allowed : BaseGeometry
        Where the disc may lie, in the metric plane.

    Returns
    -------
    BaseGeometry
        Clipped disc in WGS 84 degrees.

    Raises
    ------
    UnreachableAreaError
        When even a disc of eight times the radius is too small after clipping.
    """
    target_m2 = area_published_ha * M2_PER_HA
    low, high = 0.0, equivalent_radius_m(area_published_ha) * LARGEST_GROWTH
    reachable_m2 = area_m2(_clipped_disc(centre, high, allowed))
    if reachable_m2 < target_m2:
        raise UnreachableAreaError(f"only {reachable_m2 / M2_PER_HA:.0f} ha of {area_published_ha:g} ha fit in clip_to")
    while True:
        radius_m = (low + high) / 2
        disc = _clipped_disc(centre, radius_m, allowed)
        excess_m2 = area_m2(disc) - target_m2
        if abs(excess_m2) <= AREA_TOLERANCE_M2 or math.nextafter(low, high) >= high:
            return disc
        low, high = (low, radius_m) if excess_m2 > 0 else (radius_m, high)


def path_belt(points: Sequence[Point], *, half_width_m: float, allowed: BaseGeometry) -> BaseGeometry:
    """Buffer straight lines through points and keep the belt to where it may lie.

    Parameters
    ----------
    points : Sequence[Point]
        Nodes in order, in the metric plane.
    half_width_m : float
        Distance from the line to each edge.
    allowed : BaseGeometry
        Where the belt may lie, in the metric plane.

    Returns
    -------
    BaseGeometry
        Belt in WGS 84 degrees.
    """
    band = LineString(points).buffer(half_width_m, quad_segs=QUARTER_SEGMENTS)
    return rounded(to_lonlat(_polygons(band.intersection(allowed), SMALLEST_PART_M2)))


def accuracy_m(entry: Entry, *, anchors: Iterable[Anchor], assumptions: Assumptions) -> int:
    """Say how far the constructed geometry may be off.

    Parameters
    ----------
    entry : Entry
        A placed entry.
    anchors : Iterable[Anchor]
        Its anchors.
    assumptions : Assumptions
        Assumed errors.

    Returns
    -------
    int
        Whole metres.
    """
    levels = [entry.confidence or anchor.confidence for anchor in anchors]
    error_m = max(assumptions.anchor_error_m[level] for level in levels)
    if entry.method == "area_disc" and entry.area_published_ha is not None:
        error_m += assumptions.disc_deviation_ratio * equivalent_radius_m(entry.area_published_ha)
    if entry.method == "buffered_path":
        error_m += entry.half_width_m or 0
        error_m = max(error_m, assumptions.assumed_course_accuracy_m) if entry.course_assumed else error_m
    return max(round(error_m), entry.accuracy_m or 0)


def districts_around(entry: Entry, *, point: Point, ground: Ground) -> bool:
    """Tell whether a point lies in one of its entry's districts.

    Parameters
    ----------
    entry : Entry
        Entry with known districts.
    point : Point
        Anchor in the metric plane.
    ground : Ground
        Districts of the city.

    Returns
    -------
    bool
        True when at least one district covers the point.
    """
    return any(ground.districts[name].covers(point) for name in entry.districts)


def ground_from(districts: Mapping[str, BaseGeometry], land: Iterable[BaseGeometry]) -> Ground:
    """Project districts and land once for all entries.

    Parameters
    ----------
    districts : Mapping[str, BaseGeometry]
        Districts by id, in WGS 84 degrees.
    land : Iterable[BaseGeometry]
        Pieces of land, in WGS 84 degrees.

    Returns
    -------
    Ground
        The same in the metric plane.
    """
    metric = {name: to_metric(geometry) for name, geometry in districts.items()}
    return Ground(metric, shapely.union_all([to_metric(piece) for piece in land]))


def _clipped_disc(centre: Point, radius_m: float, allowed: BaseGeometry) -> BaseGeometry:
    disc = centre.buffer(radius_m, quad_segs=QUARTER_SEGMENTS)
    return rounded(to_lonlat(_polygons(disc.intersection(allowed), 0.0)))


def _polygons(geometry: BaseGeometry, smallest_m2: float) -> BaseGeometry:
    """Keep the polygons of a clip: touching borders leave points and lines behind."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > smallest_m2]
    return shapely.union_all(parts)
