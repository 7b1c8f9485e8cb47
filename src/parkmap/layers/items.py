"""Bring what was decided (plan) and what is on the ground (layers) together, item by item."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from parkmap.finding import Finding, finding
from parkmap.layers.features import anchors
from parkmap.layers.properties import district_ids
from parkmap.plan.links import ITEM_SECTIONS
from parkmap.plan.schema import Component, Item, Plan, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parkmap.layers.read import Geography
    from parkmap.plan.conflicts.schema import Change
    from parkmap.plan.yaml_file import KeyPath

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
        district_ids (tuple), limit (area that the extent cannot leave, or None), geometry (None where undetermined).
        References were checked by `place_findings`.
    """
    rows = [_row(item, section, geography) for section in ITEM_SECTIONS for item in getattr(plan, section)]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=geography.districts.crs).set_index("id")
    return frame.rename_axis("item")


def item_sites(items: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return the items that have a place of their own as points, and the ids of those that have none.

    Parameters
    ----------
    items
        As `located_items` returns them; a band along a line is no place to stand.

    Returns
    -------
    tuple of GeoDataFrame and tuple of str
        Index site; name_zh, name_en, geometry (points). Ids of the items that are left out.
    """
    placed = items.geometry.notna() & (items["method"] != "buffered_path")
    sites = anchors(items.loc[placed, ["name_zh", "name_en", "geometry"]].rename_axis("site"))
    return sites, tuple(str(name) for name in items.index[~placed])


def with_district_places(geography: Geography, plan: Plan) -> Geography:
    """Return the layers with a place for every whole district that an item has as its place.

    Parameters
    ----------
    geography
        Layers of a plan.
    plan
        The plan; an item whose `place` is no place feature and is a district covers that district.
    """
    wanted = {item.place for section in ITEM_SECTIONS for item in getattr(plan, section) if item.place}
    whole = sorted(wanted & set(geography.districts.index) - set(geography.places.index))
    if not whole:
        return geography
    columns = ["name_zh", "name_en", "determinacy", "method", "accuracy_m", "origin", "geometry"]
    added = geography.districts.loc[whole, columns].reindex(columns=geography.places.columns)
    added = added.assign(districts=whole).astype({name: object for name in added.columns if name != "geometry"})
    places = gpd.GeoDataFrame(pd.concat([geography.places, added]), geometry="geometry", crs=geography.places.crs)
    return dataclasses.replace(geography, places=places.sort_index())


def place_findings(
    plan: Plan, geography: Geography, policies: Mapping[str, Policy]
) -> Iterator[tuple[str, KeyPath, Finding]]:
    """Yield references of a plan, or of its policies, to features that no layer has.

    Parameters
    ----------
    plan
        The plan.
    geography
        Its layers.
    policies
        Policies by id, whose rules name places.

    Yields
    ------
    tuple of str, key path and Finding
        `plan` or `policies/<id>`, the key in that file, and what is wrong.
    """
    districts = geography.districts.index
    known = {"place": geography.places.index.union(districts), "district": districts}
    references = [*(("plan", *reference) for reference in _references(plan)), *_rule_references(policies)]
    for origin, key, kind, names in references:
        for name in names:
            if name not in known[kind]:
                near = _near(name, known[kind])
                yield origin, key, finding("link.broken", "error", kind=kind, name=name, near=near)


def _references(plan: Plan) -> Iterator[tuple[KeyPath, str, tuple[str, ...]]]:
    """Yield key, `place` or `district`, and the ids that are referred to there."""
    for section in ITEM_SECTIONS:
        for i, item in enumerate(getattr(plan, section)):
            yield (section, i, "place"), "place", (item.place,) if item.place else ()
            yield (section, i, "districts"), "district", item.districts
            yield (section, i, "within"), "district", item.within
            if isinstance(item, Component):
                yield (section, i, "members"), "place", item.members
    for i, position in enumerate(plan.positions):
        yield ("positions", i, "district"), "district", (position.district,) if position.district else ()
    for i, named in enumerate(plan.lists):
        yield ("lists", i), "district", tuple(d for entry in named.entries for d in entry.districts)
    for i, conflict in enumerate(plan.conflicts):
        for k, reading in enumerate(conflict.readings):
            changed: list[Change | Component] = [*reading.edits.change, *reading.edits.add]
            key = ("conflicts", i, "readings", k)
            yield key, "place", tuple(entry.place for entry in changed if entry.place)
            yield key, "district", tuple(d for entry in changed for d in entry.within or ())


def _rule_references(policies: Mapping[str, Policy]) -> Iterator[tuple[str, KeyPath, str, tuple[str, ...]]]:
    for name, policy in policies.items():
        for i, rule in enumerate(policy.rules):
            yield f"policies/{name}", ("rules", i, "places"), "place", rule.places


def _near(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "-")


def _row(item: Item, section: str, geography: Geography) -> dict[str, Any]:
    place: Any = geography.places.loc[item.place] if item.place is not None else None
    geometry = None if place is None else place.geometry
    limit = geography.districts.geometry[list(item.within)].union_all() if item.within else None
    if geometry is not None and limit is not None:
        geometry = geometry.intersection(limit)
        geometry = None if geometry.is_empty else geometry
    polygon = geometry is not None and geometry.geom_type in {"Polygon", "MultiPolygon"}
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
        "area_fixed": polygon and not item.within and place["method"] in AREA_FIXED_METHODS,
        "district_ids": item.districts or district_ids(None if place is None else place["districts"]),
        "limit": limit,
        "geometry": geometry,
    }
