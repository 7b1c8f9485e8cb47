"""Bring what was decided (plan) and what is on the ground (layers) together, item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd

from parkmap.errors import InvalidInputError
from parkmap.finding import Finding, finding
from parkmap.plan.links import ITEM_SECTIONS
from parkmap.plan.schema import Component, Item, Plan, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parkmap.layers.read import Geography

AREA_FIXED_METHODS = frozenset({"area_disc"})
"""Methods whose shape is indicative but whose area is the published one."""


def located_items(plan: Plan, geography: Geography) -> gpd.GeoDataFrame:
    """Return one row per component, park and project, with the geometry of its place.

    Parameters
    ----------
    plan
        The plan.
    geography
        Its layers.

    Returns
    -------
    GeoDataFrame
        Index item id. Columns: section, role, name_zh, name_en, place, determinacy, method, accuracy_m,
        extent_known (has an area on the ground), area_fixed (that area is the published one),
        district_ids (tuple), geometry (None where undetermined).

    Raises
    ------
    InvalidInputError
        When a plan refers to a place or district that no layer has.
    """
    problems = list(place_findings(plan, geography))
    if problems:
        raise InvalidInputError(problems)
    rows = [_row(item, section, geography) for section in ITEM_SECTIONS for item in getattr(plan, section)]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=geography.districts.crs).set_index("id")
    return frame.rename_axis("item")


def place_findings(plan: Plan, geography: Geography, policies: Iterable[Policy] = ()) -> Iterator[Finding]:
    """Yield references of a plan, or of its policies, to features that no layer has."""
    places, districts = set(geography.places.index), set(geography.districts.index)
    for section in ITEM_SECTIONS:
        for item in getattr(plan, section):
            members = item.members if isinstance(item, Component) else ()
            for name in (item.place, *members):
                if name is not None and name not in places:
                    yield finding("link.broken", "error", key=f"{section}.{item.id}", kind="place", name=name, near="-")
            for name in item.districts:
                if name not in districts:
                    yield finding(
                        "link.broken", "error", key=f"{section}.{item.id}", kind="district", name=name, near="-"
                    )
    for position in plan.positions:
        if position.district is not None and position.district not in districts:
            key = f"positions.{position.id}"
            yield finding("link.broken", "error", key=key, kind="district", name=position.district, near="-")
    for policy in policies:
        for rule in policy.rules:
            for name in rule.places:
                if name not in places:
                    yield finding("link.broken", "error", key=f"{policy.id}.{rule.id}", kind="place", name=name, near="-")


def _row(item: Item, section: str, geography: Geography) -> dict[str, Any]:
    place = geography.places.loc[item.place] if item.place is not None else None
    geometry = None if place is None else place.geometry
    polygon = geometry is not None and geometry.geom_type in {"Polygon", "MultiPolygon"}
    listed = place["districts"] if place is not None and isinstance(place["districts"], str) else ""
    return {
        "id": item.id,
        "section": section,
        "role": item.role if isinstance(item, Component) else section.removesuffix("s"),
        "name_zh": item.name.zh,
        "name_en": item.name.en,
        "place": item.place,
        "determinacy": "undetermined" if geometry is None else place["determinacy"],
        "method": "not_placed" if geometry is None else place["method"],
        "accuracy_m": None if geometry is None else float(place["accuracy_m"]),
        "extent_known": polygon,
        "area_fixed": polygon and place["method"] in AREA_FIXED_METHODS,
        "district_ids": item.districts or tuple(filter(None, listed.split(","))),
        "geometry": geometry,
    }
