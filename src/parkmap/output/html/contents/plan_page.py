"""From the results of a plan to what its map page shows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.output.html.contents.plan_lists import open_items, open_questions, sources, stamps
from parkmap.output.html.contents.plan_rows import district_rows, item_rows, kind
from parkmap.output.html.dense.payload import layer_of
from parkmap.output.html.layers.adjacency import plan_borders
from parkmap.output.html.layers.quota import quota_board, quota_layer
from parkmap.output.html.layers.road import credit, road_groups
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.places import MAP_DECIMALS, drawn
from parkmap.output.vector import geometry_json
from parkmap.plan.schema import Component, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parkmap.layers.road_file import RoadFile
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.html.dense.model import DenseLayer, TiledLayer
    from parkmap.results.plan import PlanResults

LABEL_RANKS: Final = {"core": 0, "node": 2, "place": 2, "corridor": 2, "park": 2, "administrative": 3, "project": 4}
"""Which label wins where two would overlap, by style; the other elements of the structure have rank 1."""
BANDS: Final = frozenset({"belt", "corridor"})
"""Roles drawn below the others: long and wide."""


def plan_page(
    results: PlanResults,
    *,
    review_number: str | None = None,
    extra: Sequence[LayerGroup] = (),
    dense: Sequence[DenseLayer | TiledLayer] = (),
    basemap: Basemap | None = None,
    roads: RoadFile | None = None,
) -> MapPage:
    """Return the page of one plan.

    Parameters
    ----------
    results
        The results of one plan.
    review_number
        Map review number (审图号), if one was granted.
    extra
        Further layers, drawn above the districts and below the plan's own elements.
    dense
        Layers of very many polygons.
    basemap
        Online basemap, or None for the page's own base alone.
    roads
        Road file whose wide streets are drawn as part of the base.
    """
    plan = results.plan
    quota = quota_board(results)
    themes = () if quota is None else (quota_layer(results, quota),)
    streets = () if roads is None else road_groups(roads, plan.crs)
    credited = (credit(roads.meta),) if roads is not None and streets else ()
    base, own = (*base_groups(results), *streets), plan_groups(results)
    west, south, east, north = results.geography.districts["outline"].to_crs(WGS84).total_bounds
    return MapPage(
        title=plan.name.words,
        subtitle=plan.structure.name.words,
        stamps=tuple(stamps(results)),
        groups=(*base, *themes, *plan_borders(results), *extra, *own),
        open_items=tuple(open_items(results)),
        sources=(*sources(results), *(layer_of(layer).origin for layer in dense), *credited),
        bounds=(float(west), float(south), float(east), float(north)),
        review_number=review_number,
        questions=tuple(open_questions(results)),
        quota=quota,
        dense=tuple(dense),
        basemap=basemap,
    )


def over_base(page: MapPage, layers: Sequence[LayerGroup]) -> MapPage:
    """Return a page with further layers right above its base.

    Parameters
    ----------
    page
        The page.
    layers
        The layers, bottom first.
    """
    base = messages.words("layer.base")
    above = max((number for number, group in enumerate(page.groups, start=1) if group.parent == base), default=0)
    return dataclasses.replace(page, groups=(*page.groups[:above], *layers, *page.groups[above:]))


def plan_groups(results: PlanResults) -> tuple[LayerGroup, ...]:
    """Return the layers of a plan's own elements, bottom first.

    Parameters
    ----------
    results
        The results of one plan.
    """
    return (*_components(results), *_others(results))


def base_groups(results: PlanResults) -> tuple[LayerGroup, ...]:
    """Return what every map of a city stands on, bottom first: land, districts.

    Parameters
    ----------
    results
        The results of one plan.
    """
    return (_land(results), _districts(results))


def _land(results: PlanResults) -> LayerGroup:
    land = results.geography.land
    features = tuple(
        MapFeature(
            id=place,
            name=name,
            geometry=shape,
            style="land-around" if place.endswith("around") else "land",
            determinacy=land.at[place, "determinacy"],
        )
        for place, name, shape in drawn(land)
    )
    return LayerGroup(
        id="land",
        title=messages.words("layer.land"),
        parent=messages.words("layer.base"),
        features=features,
        interactive=False,
    )


def _districts(results: PlanResults) -> LayerGroup:
    frame = results.geography.districts.set_geometry("outline")
    features = tuple(
        MapFeature(
            id=place,
            name=name,
            geometry=shape,
            style="administrative",
            determinacy=frame.at[place, "determinacy"],
            rows=tuple(district_rows(results, place)),
            label_rank=LABEL_RANKS["administrative"],
        )
        for place, name, shape in drawn(frame)
    )
    return LayerGroup(
        id="districts", title=messages.words("layer.districts"), parent=messages.words("layer.base"), features=features
    )


def _components(results: PlanResults) -> Iterator[LayerGroup]:
    """Yield one layer per role, areas first so that points stay on top."""
    roles = list(dict.fromkeys(component.role for component in results.plan.components))
    for role in sorted(roles, key=lambda r: (r not in BANDS, roles.index(r))):
        chosen = [component for component in results.plan.components if component.role == role]
        features = tuple(_features(results, chosen, "components"))
        if features:
            yield LayerGroup(
                id=f"role-{role}",
                title=messages.words(f"role.{role}").capitalised(),
                parent=messages.words("layer.structure"),
                features=features,
            )


def _others(results: PlanResults) -> Iterator[LayerGroup]:
    for section, items in (("parks", results.plan.parks), ("projects", results.plan.projects)):
        features = tuple(_features(results, items, section))
        if features:
            yield LayerGroup(
                id=section,
                title=messages.words(f"layer.{section}"),
                parent=messages.words("layer.listed"),
                features=features,
            )


def _features(results: PlanResults, items: Sequence[Item], section: str) -> Iterator[MapFeature]:
    located = results.items.loc[[item.id for item in items]]
    shapes = geometry_json(located.geometry, MAP_DECIMALS)
    placed = [(item, shape) for item, shape in zip(items, shapes, strict=True) if shape is not None]
    placed.sort(key=lambda pair: -located.geometry[pair[0].id].area)
    for item, shape in placed:
        style = item.role if isinstance(item, Component) else section.removesuffix("s")
        yield MapFeature(
            id=item.id,
            name=item.name.words,
            geometry=shape,
            style=style,
            determinacy=located.at[item.id, "determinacy"],
            kind=kind(item),
            rows=tuple(item_rows(results, item)),
            label_rank=LABEL_RANKS.get(style, 1),
        )
