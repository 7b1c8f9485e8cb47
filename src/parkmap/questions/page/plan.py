"""From the results of a plan to what its map page shows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from parkmap import messages
from parkmap.crs import WGS84
from parkmap.output.html.dense.payload import layer_of
from parkmap.output.html.model import LayerGroup, MapFeature, MapPage
from parkmap.output.html.places import drawn
from parkmap.questions.adjacency.lines import plan_borders
from parkmap.questions.page.cards import district_cards, item_cards
from parkmap.questions.page.lists import open_items, open_questions, sources, stamps
from parkmap.questions.page.roads import credit, road_groups
from parkmap.questions.quota.page import quota_board, quota_layer
from parkmap.questions.show.wording import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import geopandas as gpd

    from parkmap.facts.card import Row
    from parkmap.layers.road_file import RoadFile
    from parkmap.messages import Words
    from parkmap.output.html.basemap import Basemap
    from parkmap.output.html.dense.model import DenseLayer, TiledLayer
    from parkmap.plan.schema import Item
    from parkmap.questions.page.cards import Cards
    from parkmap.results.plan import PlanResults

LABEL_RANKS: Final[dict[str, int | None]] = {
    "core": 0,
    "node": 2,
    "place": 2,
    "corridor": 2,
    "park": 2,
    "administrative": 3,
    "project": 4,
    "land": None,
    "land-around": None,
}
"""Which label wins where two would overlap, by style; the other elements of the structure have rank 1."""
BANDS: Final = frozenset({"belt", "corridor"})
"""Roles drawn below the others: long and wide."""
EMPTY: Final[Mapping[str, Any]] = {}


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
    cards = item_cards(results)
    groups = (*_components(results, cards), *_others(results, cards))
    return tuple(group for group in groups if group.features)


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
    features = _features(land, style=lambda name: "land-around" if name.endswith("around") else "land")
    return _group("land", "layer.land", "layer.base", features, interactive=False)


def _districts(results: PlanResults) -> LayerGroup:
    frame, cards = results.geography.districts.set_geometry("outline"), district_cards(results)
    return _group(
        "districts", "layer.districts", "layer.base", _features(frame, cards, style=lambda _: "administrative")
    )


def _group(key: str, title: str, parent: str, features: tuple[MapFeature, ...], **more: Any) -> LayerGroup:  # noqa: ANN401
    heading, above = messages.words(title).capitalised(), messages.words(parent)
    return LayerGroup(id=key, title=heading, parent=above, features=features, **more)


def _components(results: PlanResults, cards: Cards) -> Iterator[LayerGroup]:
    """Yield one layer per role, areas first so that points stay on top."""
    roles = list(dict.fromkeys(component.role for component in results.plan.components))
    for role in sorted(roles, key=lambda r: (r not in BANDS, roles.index(r))):
        chosen = [component for component in results.plan.components if component.role == role]
        yield _group(f"role-{role}", f"role.{role}", "layer.structure", _items(results, chosen, role, cards))


def _others(results: PlanResults, cards: Cards) -> Iterator[LayerGroup]:
    for section, items in (("parks", results.plan.parks), ("projects", results.plan.projects)):
        features = _items(results, items, section.removesuffix("s"), cards)
        yield _group(section, f"layer.{section}", "layer.listed", features)


def _items(results: PlanResults, items: Sequence[Item], style: str, cards: Cards) -> tuple[MapFeature, ...]:
    """Return items of one style as they are drawn, the largest first."""
    located = results.items.loc[[item.id for item in items]]
    kinds = {item.id: kind_of(item).capitalised() for item in items}
    order = (-located.geometry.area).fillna(0).sort_values(kind="stable").index
    return _features(located.loc[order], cards, style=lambda _: style, kinds=kinds)


def _features(
    frame: gpd.GeoDataFrame,
    cards: Mapping[str, tuple[Row, ...]] = EMPTY,
    *,
    style: Callable[[str], str],
    kinds: Mapping[str, Words] = EMPTY,
) -> tuple[MapFeature, ...]:
    """Return the rows of a frame that have a shape, in their order."""
    return tuple(
        MapFeature(
            id=name,
            name=called,
            geometry=shape,
            style=style(name),
            determinacy=str(frame.at[name, "determinacy"]),
            kind=kinds.get(name),
            rows=cards.get(name, ()),
            label_rank=LABEL_RANKS.get(style(name), 1),
        )
        for name, called, shape in drawn(frame)
    )
