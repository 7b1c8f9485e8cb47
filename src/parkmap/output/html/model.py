"""What a map page shows, as plain values: no plan, no analysis and no folium in it.

The page is drawn from this model alone, so it can be tested with hostile names and odd geometries by hand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Literal

Words = Mapping[Literal["zh", "en"], str]
"""The same text in Chinese and English; plain text, never markup."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a popup."""

    label: Words
    value: Words


@dataclasses.dataclass(frozen=True, kw_only=True)
class MapFeature:
    """One thing drawn.

    Parameters
    ----------
    id
        Id of the item or layer feature.
    name
        Name for label, tooltip, search and popup head.
    geometry
        GeoJSON geometry, WGS 84, longitude first, rounded; never None.
    style
        Key under ``roles`` of config/style.yaml.
    determinacy
        `surveyed`, `published`, `indicative`: decides how the edge is drawn.
    rows
        Lines of the popup, in order; provenance last.
    label_rank
        Labels of a lower rank win where two would overlap; None is never labelled.
    """

    id: str
    name: Words
    geometry: Mapping[str, Any]
    style: str
    determinacy: str
    rows: tuple[Row, ...] = ()
    label_rank: int | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class LayerGroup:
    """One entry of the layer tree; bottom groups come first.

    Parameters
    ----------
    id
        Stable id.
    title
        Title in the layer tree.
    parent
        Heading in the layer tree under which it stands, or None.
    features
        What it draws, bottom first.
    shown
        Whether it is switched on at first.
    interactive
        False for the base (land): no popup, no tooltip, not in the search.
    """

    id: str
    title: Words
    parent: Words | None
    features: tuple[MapFeature, ...]
    shown: bool = True
    interactive: bool = True


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenItem:
    """Something that the plan names or declares and that is not drawn."""

    name: Words
    role: Words
    reason: Words
    source: Words


@dataclasses.dataclass(frozen=True, kw_only=True)
class MapPage:
    """A whole page.

    Parameters
    ----------
    title, subtitle
        Plan name; city, structure formula.
    stamps
        Statements that must stand on the page: validity, example figures, not reviewed.
    groups
        Layers, bottom first.
    open_items
        What is not drawn, and why.
    sources
        Documents and data origins.
    bounds
        West, south, east, north of what must be in view, degrees.
    review_number
        Map review number (审图号), or None: then the page says that it is an internal working map.
    """

    title: Words
    subtitle: Words
    stamps: tuple[Words, ...]
    groups: tuple[LayerGroup, ...]
    open_items: tuple[OpenItem, ...]
    sources: tuple[Words, ...]
    bounds: tuple[float, float, float, float]
    review_number: str | None = None
