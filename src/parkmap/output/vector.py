"""RFC 7946 GeoJSON: one file per layer, results joined, null geometry where a place is undetermined."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from parkmap.crs import WGS84
from parkmap.plan.schema import Component, Item, Park, Project

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from parkmap.results.plan import PlanResults

DECIMALS = 7
"""Digits of a degree in written files: 1 cm."""


def geojson_files(results: PlanResults) -> dict[str, str]:
    """Return the GeoJSON text of each layer of a plan.

    Parameters
    ----------
    results
        The results of one plan.

    Returns
    -------
    dict of str to str
        File name to content: districts, components, parks, projects.
    """
    plan = results.plan
    return {
        "districts.geojson": _districts(results),
        "components.geojson": _items(results, plan.components),
        "parks.geojson": _items(results, plan.parks),
        "projects.geojson": _items(results, plan.projects),
    }


def geometry_json(shapes: gpd.GeoSeries, decimals: int = DECIMALS) -> list[dict[str, Any] | None]:
    """Return GeoJSON geometries in WGS 84 with the winding and rounding of RFC 7946; None where there is none.

    Parameters
    ----------
    shapes
        Geometries in any system.
    decimals
        Digits of a degree.
    """
    geographic = shapely.orient_polygons(shapes.to_crs(WGS84).to_numpy())
    rounded = shapely.set_precision(geographic, 10.0**-decimals, mode="pointwise")
    return [None if g is None else _trim(json.loads(shapely.to_geojson(g)), decimals) for g in rounded]


def _trim(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    """Round away the binary noise that the precision grid leaves in the last digits."""

    def trimmed(value: Any) -> Any:  # noqa: ANN401
        return [trimmed(inner) for inner in value] if isinstance(value, list) else round(value, decimals)

    return {**geometry, "coordinates": trimmed(geometry["coordinates"])}


def feature_collection(shapes: gpd.GeoSeries, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a feature collection, one feature per line, so that two versions can be compared line by line.

    Parameters
    ----------
    shapes
        Geometries in any system, None where a place is undetermined.
    rows
        Properties of each, in the same order; `id`, where there is one, is the id of the feature as well.
    """
    lines = [
        json.dumps(
            {"type": "Feature", **({"id": row["id"]} if "id" in row else {}), "properties": row, "geometry": geometry},
            ensure_ascii=False,
        )
        for row, geometry in zip(rows, geometry_json(shapes), strict=True)
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _districts(results: PlanResults) -> str:
    frame = results.geography.districts.set_geometry("outline")
    covered = results.coverage.districts
    columns = [name for name in frame.columns if name not in {"geometry", "outline"}]
    rows = []
    for name in frame.index:
        own = {column: _plain(frame.at[name, column]) for column in columns}
        result = {column: _plain(covered.at[name, column]) for column in covered.columns}
        rows.append({"id": name, **own, **result})
    return feature_collection(frame.geometry, rows)


def _items(results: PlanResults, items: Sequence[Item]) -> str:
    frame = results.items.loc[[item.id for item in items]]
    return feature_collection(frame.geometry, [_item_row(results, item) for item in items])


def _item_row(results: PlanResults, item: Item) -> dict[str, Any]:
    located = results.items.loc[item.id]
    row: dict[str, Any] = {
        "id": item.id,
        "name_zh": item.name.zh,
        "name_en": item.name.en,
        "aliases_zh": "；".join(item.aliases) or None,
        "plan": results.plan.id,
        "role": item.role if isinstance(item, Component) else None,
        "role_basis": item.role_basis if isinstance(item, Component) else None,
        "kind": item.kind if isinstance(item, Project) else None,
        "component": item.component
        if isinstance(item, Park | Project)
        else item.part_of
        if isinstance(item, Component)
        else None,
        "districts": ",".join(located["district_ids"]) or None,
        "industries": ",".join(item.industries) or None,
        "lead_units": "；".join(item.lead_units) or None,
        "determinacy": located["determinacy"],
        "method": located["method"],
        "accuracy_m": _plain(located["accuracy_m"]),
        "undetermined_zh": item.undetermined.zh if item.undetermined else _note(results, item),
        "document": item.source.document,
        "clause": item.source.clause,
        "validity": results.validity,
        "as_of": results.as_of.isoformat(),
    }
    return row if isinstance(item, Project) else {**row, **_results_of(results, item.id)}


def _note(results: PlanResults, item: Item) -> str | None:
    """Return why a place that the layers know has no geometry."""
    if item.place is None or results.geography.places.geometry[item.place] is not None:
        return None
    return str(_plain(results.geography.places.at[item.place, "note_zh"]) or "") or None


def _results_of(results: PlanResults, name: str) -> dict[str, Any]:
    area = results.coverage.items.loc[name]
    row: dict[str, Any] = {"area_m2": _plain(area["area_m2"]), "area_status": area["status"]}
    beside = results.adjacency.items
    for column in ("cluster", "neighbours"):
        row[column] = int(beside.at[name, column]) if name in beside.index else None
    quota = results.quota
    if quota is not None:
        own = quota.allocations[quota.allocations["item"] == name]
        for commodity in ("land", "floor_space"):
            asked = own[own["commodity"] == commodity]
            for column in ("claim_m2", "allocated_m2", "unmet_m2"):
                row[f"quota_{commodity}_{column}"] = int(asked[column].sum()) if len(asked) else None
        row["quota_example"] = results.rests_on_assumptions
    return row


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return ",".join(value) or None
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    plain = value.item() if hasattr(value, "item") else value
    return round(plain, 6) if isinstance(plain, float) else plain
